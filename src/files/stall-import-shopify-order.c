/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-files"

#include "config.h"

#include "stall-import-shopify-order.h"

#include "stall-csv-values.h"
#include "stall-money.h"
#include "stall-order-event.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const char *const column_names[STALL_N_SHOPIFY_FIELDS] = {
  [STALL_SHOPIFY_FINANCIAL] = "Financial Status",
  [STALL_SHOPIFY_FULFILMENT] = "Fulfillment Status",
  [STALL_SHOPIFY_PAID_AT] = "Paid at",
  [STALL_SHOPIFY_FULFILLED_AT] = "Fulfilled at",
  [STALL_SHOPIFY_CANCELLED_AT] = "Cancelled at",
  [STALL_SHOPIFY_CURRENCY] = "Currency",
  [STALL_SHOPIFY_TAXES] = "Taxes",
  [STALL_SHOPIFY_TOTAL] = "Total",
  [STALL_SHOPIFY_DISCOUNT_CODE] = "Discount Code",
  [STALL_SHOPIFY_SHIPPING_METHOD] = "Shipping Method",
  [STALL_SHOPIFY_PAYMENT] = "Payment Method",
  [STALL_SHOPIFY_REFUNDED] = "Refunded Amount",
  [STALL_SHOPIFY_TAGS] = "Tags",
  [STALL_SHOPIFY_ADDRESS1] = "Shipping Address1",
  [STALL_SHOPIFY_ADDRESS2] = "Shipping Address2",
  [STALL_SHOPIFY_CITY] = "Shipping City",
  [STALL_SHOPIFY_ZIP] = "Shipping Zip",
  [STALL_SHOPIFY_PROVINCE] = "Shipping Province",
  [STALL_SHOPIFY_COUNTRY] = "Shipping Country",
  [STALL_SHOPIFY_PHONE] = "Phone",
  [STALL_SHOPIFY_LINE_STATUS] = "Lineitem fulfillment status",
};

struct _StallShopifyOrder
{
  char *financial;  /* lower case */
  char *fulfilment; /* lower case */
  char *payment;
  char *tags;
  char *address;
  char *phone;
  StallTime paid_at;
  StallTime fulfilled_at;
  StallTime cancelled_at;
  gint64 taxes;
  gint64 total;
  gboolean has_total;
  gint64 refunded;
  GArray *fulfilled; /* StallEventLine: lines that say so themselves */
  guint n_lines;
};

void
stall_shopify_columns_init (StallShopifyColumns *self, StallImportJob *job)
{
  self->currency_told = FALSE;
  self->zone = job->zone;
  for (guint i = 0; i < STALL_N_SHOPIFY_FIELDS; i++)
    self->columns[i] = stall_import_job_find_column (job, column_names[i]);
}

const char *
stall_shopify_columns_get (StallShopifyColumns *self,
                           StallCsvReader *reader,
                           StallShopifyField field)
{
  return stall_csv_reader_get_text (reader, self->columns[field]);
}

static StallTime
get_time (StallShopifyColumns *columns, StallCsvReader *reader, StallShopifyField field)
{
  StallTime time;

  if (stall_csv_parse_date (stall_shopify_columns_get (columns, reader, field), STALL_DATE_YMD,
                            columns->zone, &time))
    return time;
  return STALL_TIME_NONE;
}

static gboolean
get_price (StallShopifyColumns *columns,
           StallCsvReader *reader,
           StallShopifyField field,
           guint digits,
           gint64 *amount)
{
  gboolean rounded;

  *amount = 0;
  return stall_csv_parse_price (stall_shopify_columns_get (columns, reader, field), FALSE, digits,
                                amount, &rounded);
}

static char *
join_address (StallShopifyColumns *columns, StallCsvReader *reader)
{
  static const StallShopifyField parts[]
      = { STALL_SHOPIFY_ADDRESS1, STALL_SHOPIFY_ADDRESS2, STALL_SHOPIFY_ZIP,
          STALL_SHOPIFY_CITY,     STALL_SHOPIFY_PROVINCE, STALL_SHOPIFY_COUNTRY };
  GString *address = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      const char *part = stall_shopify_columns_get (columns, reader, parts[i]);

      /* Shopify guards postal codes with an apostrophe. */
      part += parts[i] == STALL_SHOPIFY_ZIP && *part == '\'';
      if (*part != '\0')
        g_string_append_printf (address, "%s%s", address->len > 0 ? ", " : "", part);
    }
  return g_string_free_and_steal (address);
}

/* Reads the first row of an order. */
StallShopifyOrder *
stall_shopify_order_new (StallShopifyColumns *columns,
                         StallImportJob *job,
                         StallCsvReader *reader,
                         guint digits)
{
  StallShopifyOrder *self = g_new0 (StallShopifyOrder, 1);
  const char *currency = stall_shopify_columns_get (columns, reader, STALL_SHOPIFY_CURRENCY);

  self->financial
      = g_ascii_strdown (stall_shopify_columns_get (columns, reader, STALL_SHOPIFY_FINANCIAL), -1);
  self->fulfilment
      = g_ascii_strdown (stall_shopify_columns_get (columns, reader, STALL_SHOPIFY_FULFILMENT), -1);
  self->payment
      = g_ascii_strdown (stall_shopify_columns_get (columns, reader, STALL_SHOPIFY_PAYMENT), -1);
  self->tags = g_strdup (stall_shopify_columns_get (columns, reader, STALL_SHOPIFY_TAGS));
  self->phone = g_strdup (stall_shopify_columns_get (columns, reader, STALL_SHOPIFY_PHONE));
  self->address = join_address (columns, reader);
  self->paid_at = get_time (columns, reader, STALL_SHOPIFY_PAID_AT);
  self->fulfilled_at = get_time (columns, reader, STALL_SHOPIFY_FULFILLED_AT);
  self->cancelled_at = get_time (columns, reader, STALL_SHOPIFY_CANCELLED_AT);
  self->has_total = get_price (columns, reader, STALL_SHOPIFY_TOTAL, digits, &self->total);
  get_price (columns, reader, STALL_SHOPIFY_TAXES, digits, &self->taxes);
  get_price (columns, reader, STALL_SHOPIFY_REFUNDED, digits, &self->refunded);
  self->fulfilled = g_array_new (FALSE, FALSE, sizeof (StallEventLine));
  if (*currency != '\0' && g_ascii_strcasecmp (currency, job->counts->currency) != 0
      && !columns->currency_told)
    {
      columns->currency_told = TRUE;
      stall_import_job_warn (
          job, stall_csv_reader_get_line (reader),
          _ ("This order is in %s and read as %s. The sum holds only the orders in %s."), currency,
          job->currency, job->counts->currency);
    }
  return self;
}

void
stall_shopify_order_free (StallShopifyOrder *self)
{
  g_free (self->financial);
  g_free (self->fulfilment);
  g_free (self->payment);
  g_free (self->tags);
  g_free (self->address);
  g_free (self->phone);
  g_array_unref (self->fulfilled);
  g_free (self);
}

/* In the order of the order's lines. */
void
stall_shopify_order_note_line (StallShopifyOrder *self, const char *line_status, int quantity)
{
  StallEventLine line = { self->n_lines++, quantity };

  if (g_ascii_strcasecmp (line_status, "fulfilled") == 0)
    g_array_append_val (self->fulfilled, line);
}

const char *
stall_shopify_order_get_address (StallShopifyOrder *self)
{
  return self->address;
}

const char *
stall_shopify_order_get_phone (StallShopifyOrder *self)
{
  return self->phone;
}

const char *
stall_shopify_order_get_tags (StallShopifyOrder *self)
{
  return self->tags;
}

/* Something has still to be sent, so it needs a ship-by time. */
gboolean
stall_shopify_order_is_open (StallShopifyOrder *self)
{
  return self->cancelled_at == STALL_TIME_NONE && !g_str_equal (self->fulfilment, "fulfilled")
         && !g_str_equal (self->financial, "refunded") && !g_str_equal (self->financial, "voided");
}

static void
add_charge (StallOrder *order, StallChargeKind kind, const char *title, gint64 amount)
{
  StallOrderCharge charge = { .kind = kind, .title = title, .amount = amount };

  if (amount != 0)
    stall_order_add_charge (order, &charge);
}

/* Prices hold their tax in some countries and not in others; the total tells. What does not add up
 * at all (a tip, a duty) is kept as an adjustment, so that the order is worth what Shopify says. */
void
stall_shopify_order_settle (StallShopifyOrder *self,
                            StallImportJob *job,
                            StallOrder *order,
                            guint line)
{
  gint64 missing = self->has_total ? self->total - stall_order_get_total (order) : 0;

  if (missing == 0)
    return;
  if (missing == self->taxes)
    {
      add_charge (order, STALL_CHARGE_TAX, NULL, self->taxes);
      return;
    }
  g_autofree char *said = stall_money_format (self->total, stall_order_get_currency (order));
  g_autofree char *summed
      = stall_money_format (self->total - missing, stall_order_get_currency (order));

  stall_import_job_warn (
      job, line,
      _ ("The lines of order %s add up to %s but its total is %s. The difference is "
         "kept as an adjustment."),
      stall_order_get_number (order), summed, said);
  add_charge (order, STALL_CHARGE_ADJUSTMENT, NULL, missing);
}

static const char *
find_payment (StallShopifyOrder *self)
{
  static const struct
  {
    const char *word;
    const char *payment;
  } words[]
      = { { "wechat", "wechat" }, { "alipay", "alipay" }, { "cash", "cash" }, { "card", "card" } };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strstr (self->payment, words[i].word) != NULL)
      return words[i].payment;
  return g_str_has_prefix (self->payment, "shopify") ? "platform" : "other";
}

static StallOrderEvent *
add_event (GPtrArray *events, StallOrder *order, StallStep step, StallTime at)
{
  const char *order_id = stall_order_get_id (order);
  g_autofree char *id
      = stall_id_for_order (STALL_KIND_EVENT, order_id, stall_step_to_string (step));
  StallOrderEvent *event = stall_order_event_new_with_id (id, order_id, step, at);

  g_ptr_array_add (events, event);
  return event;
}

static gboolean
says_paid (StallShopifyOrder *self)
{
  static const char *const states[]
      = { "paid", "partially_paid", "partially_refunded", "refunded", NULL };

  return g_strv_contains (states, self->financial);
}

static StallTime
or_else (StallTime time, StallTime otherwise)
{
  return time != STALL_TIME_NONE ? time : otherwise;
}

/* What happened to the order, in the order it happened: (element-type StallOrderEvent). */
GPtrArray *
stall_shopify_order_make_events (StallShopifyOrder *self, StallOrder *order)
{
  GPtrArray *events = g_ptr_array_new_with_free_func (g_object_unref);
  StallTime last = stall_order_get_placed_at (order);
  const char *currency = stall_order_get_currency (order);

  if (says_paid (self))
    {
      StallTime at = or_else (self->paid_at, last);
      StallOrderEvent *paid = add_event (events, order, STALL_STEP_PAID, at);

      stall_order_event_set_payment (paid, find_payment (self));
      last = MAX (last, at);
    }
  if (g_str_equal (self->fulfilment, "fulfilled") || self->fulfilled->len > 0)
    {
      StallTime at = or_else (self->fulfilled_at, last);
      StallOrderEvent *shipped = add_event (events, order, STALL_STEP_SHIPPED, at);

      for (guint i = 0; !g_str_equal (self->fulfilment, "fulfilled") && i < self->fulfilled->len;
           i++)
        {
          StallEventLine *line = &g_array_index (self->fulfilled, StallEventLine, i);

          stall_order_event_add_line (shipped, line->line, line->quantity);
        }
      last = MAX (last, at);
    }
  if (self->cancelled_at != STALL_TIME_NONE || g_str_equal (self->financial, "voided"))
    {
      StallTime at = or_else (self->cancelled_at, last);

      add_event (events, order, STALL_STEP_CANCELLED, at);
      last = MAX (last, at);
    }
  if (self->refunded > 0)
    {
      StallOrderEvent *refunded
          = add_event (events, order, STALL_STEP_REFUNDED, last + STALL_SECOND);

      stall_order_event_set_money (refunded, self->refunded, currency);
      stall_order_event_set_payment (refunded, find_payment (self));
    }
  return events;
}
