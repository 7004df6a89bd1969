/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-files"

#include "config.h"

#include "stall-import-goods.h"
#include "stall-import-private.h"
#include "stall-import-sale.h"
#include "stall-import-shopify-order.h"
#include "stall-preset-private.h"

#include "stall-contact.h"
#include "stall-error.h"
#include "stall-money.h"
#include "stall-movement.h"
#include "stall-order-event.h"
#include "stall-remark.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The file is read twice. The first pass finds what is wrong, what is sold, and how many rows each
 * order has; the second makes an order as soon as the last of its rows is there. So memory holds
 * one small entry an order number and the orders whose rows stand apart, whatever the file's size.
 */

/* An order beyond this is a column taken for the order number. */
#define MAX_LINES 5000

typedef struct
{
  const char *number;
  guint rows;
  guint first_line;
  gboolean failed;
  gboolean skipped; /* in the stall already */
  struct _Draft *draft;
} Entry;

/* An order whose rows are being read. */
typedef struct _Draft
{
  StallOrder *order;
  StallShopifyOrder *shopify;
  gboolean credit_note;
  gboolean has_goods;
  guint n_rows;
  char *name;
  char *phone;
  char *address;
  char *remark;
} Draft;

typedef struct
{
  StallImportJob *job;
  StallSaleColumns columns;
  StallShopifyColumns shopify;
  StallGoods *goods;
  GStringChunk *numbers;
  GHashTable *entries; /* number → Entry, owned */
  Entry *last;         /* rows of one order mostly follow each other */
  StallTime last_at;
} Reading;

static void
draft_free (Draft *draft)
{
  g_object_unref (draft->order);
  g_clear_pointer (&draft->shopify, stall_shopify_order_free);
  g_free (draft->name);
  g_free (draft->phone);
  g_free (draft->address);
  g_free (draft->remark);
  g_free (draft);
}

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_clear_pointer (&entry->draft, draft_free);
  g_free (entry);
}

static Entry *
find_entry (Reading *self, const char *number, guint line)
{
  Entry *entry = self->last;

  if (entry != NULL && g_str_equal (entry->number, number))
    return entry;
  entry = g_hash_table_lookup (self->entries, number);
  if (entry == NULL)
    {
      entry = g_new0 (Entry, 1);
      entry->number = g_string_chunk_insert (self->numbers, number);
      entry->first_line = line;
      g_hash_table_insert (self->entries, (gpointer) entry->number, entry);
    }
  return self->last = entry;
}

/* FALSE: the line is no charge. */
static gboolean
find_charge (Reading *self, const StallSale *sale, StallChargeKind *kind)
{
  return *sale->sku != '\0'
         && stall_preset_find_charge (self->job->preset, stall_goods_key (self->goods, sale->sku),
                                      kind);
}

/* Shopify's file says which currency an order's amounts are in, on the first row of the order. The
 * first of the file is the one that its orders are summed in. */
static void
read_currency (Reading *self, StallCsvReader *reader)
{
  StallImportJob *job = self->job;
  const char *text = stall_shopify_columns_get (&self->shopify, reader, STALL_SHOPIFY_CURRENCY);
  g_autofree char *currency = g_ascii_strup (text, -1);

  if (stall_currency_is_valid (currency) && g_set_str (&job->currency, currency))
    stall_sale_columns_init (&self->columns, job);
  if (job->counts->lines == 0)
    g_strlcpy (job->counts->currency, job->currency, sizeof job->counts->currency);
}

static void
survey_row (Reading *self, StallCsvReader *reader)
{
  StallImportJob *job = self->job;
  g_autofree char *problem = NULL;
  StallChargeKind kind;
  StallSale sale;
  Entry *entry;
  gboolean ok;

  if (self->columns.shopify)
    read_currency (self, reader);
  job->counts->lines++;
  ok = stall_sale_read (&sale, &self->columns, reader, &problem);
  if (*sale.number == '\0')
    {
      stall_import_job_fail (job, sale.line, "%s", problem);
      return;
    }
  entry = find_entry (self, sale.number, sale.line);
  entry->rows++;
  if (!stall_import_job_check_width (job, reader))
    {
      entry->failed = TRUE;
      return;
    }
  if (ok && entry->rows == 1 && sale.at == STALL_TIME_NONE)
    problem = g_strdup (_ ("The date is missing."));
  else if (ok && entry->rows == MAX_LINES + 1)
    problem = g_strdup_printf (
        _ ("Order %s has more than 5,000 lines. Is the right column mapped as order number?"),
        entry->number);
  if (problem != NULL)
    {
      stall_import_job_fail (job, sale.line, "%s", problem);
      entry->failed = TRUE;
      return;
    }
  if (sale.at != STALL_TIME_NONE)
    self->last_at = MAX (self->last_at, sale.at);
  if (!sale.has_goods)
    return;
  if (sale.rounded)
    {
      g_autofree char *read = stall_money_format (sale.price, job->currency);

      stall_import_job_warn (
          job, sale.line,
          _ ("The price “%s” has more decimals than the currency. It is read as %s."),
          sale.price_text, read);
    }
  if (!find_charge (self, &sale, &kind))
    stall_ware_note (stall_goods_find (self->goods, sale.sku, sale.title), sale.title,
                     sale.quantity, sale.price);
}

/* What was only guessed is said before it is believed. */
static void
warn_of_guess (StallImportJob *job)
{
  g_autoptr (GString) guesses = g_string_new (NULL);

  for (guint i = 0; i < STALL_N_FIELDS; i++)
    {
      const char *column = stall_preset_get_column (job->preset, i);

      if (column == NULL)
        continue;
      if (guesses->len > 0)
        /* Translators: between the items of a list */
        g_string_append (guesses, _ (", "));
      /* Translators: a field and the column of the file it is read from: “Date = Ordered on” */
      g_string_append_printf (guesses, _ ("%s = %s"), stall_field_get_label (i), column);
    }
  stall_import_job_warn (job, 1, _ ("The columns were recognised by their names: %s."),
                         guesses->str);
}

static gboolean
survey (Reading *self, GError **error)
{
  g_autoptr (StallCsvReader) reader = stall_import_job_open (self->job, 0, 2, error);
  g_autoptr (GError) local_error = NULL;

  if (reader == NULL
      || !stall_preset_check (self->job->preset, (const char *const *) self->job->columns, error))
    return FALSE;
  stall_sale_columns_init (&self->columns, self->job);
  stall_shopify_columns_init (&self->shopify, self->job);
  if (self->job->guessed)
    warn_of_guess (self->job);
  if (self->columns.columns[STALL_FIELD_COUNTRY] != G_MAXUINT
      && self->columns.columns[STALL_FIELD_ADDRESS] == G_MAXUINT
      && self->columns.columns[STALL_FIELD_NAME] == G_MAXUINT)
    stall_import_job_warn (self->job, 1, _ ("A country without a name or an address is not kept."));
  while (stall_import_job_next (self->job, reader, &local_error))
    survey_row (self, reader);
  if (local_error == NULL && self->job->counts->lines == 0)
    g_set_error_literal (&local_error, STALL_ERROR, STALL_ERROR_INVALID,
                         _ ("The file has column names but no lines below them."));
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* The number alone names an order of a known program. In a list of one's own two channels may count
 * alike, so the date belongs to it. */
static char *
make_order_id (Reading *self, const StallSale *sale)
{
  StallPreset *preset = self->job->preset;
  char time[32];
  g_autofree char *name = NULL;

  if (stall_preset_is_shipped (preset))
    return stall_id_derive (STALL_KIND_ORDER, stall_preset_get_id (preset), sale->number);
  stall_time_write (sale->at, time);
  name = g_strconcat (sale->number, " ", time, NULL);
  return stall_id_derive (STALL_KIND_ORDER, "orders", name);
}

/* “17850.0” is a number that went through a spreadsheet. */
static void
set_customer (StallOrder *order, const char *customer)
{
  gsize length = strlen (customer);
  g_autofree char *number = NULL;

  if (length > 2 && g_str_has_suffix (customer, ".0")
      && strspn (customer, "0123456789") == length - 2)
    customer = number = g_strndup (customer, length - 2);
  stall_order_set_customer (order, customer);
}

static void
set_source (Reading *self, StallOrder *order, StallCsvReader *reader)
{
  const char *text = stall_sale_columns_get (&self->columns, reader, STALL_FIELD_SOURCE);

  for (guint i = 0; *text != '\0' && i < STALL_N_SOURCES; i++)
    if (g_ascii_strcasecmp (text, stall_source_to_string (i)) == 0
        || g_str_equal (text, stall_source_get_label (i)))
      {
        stall_order_set_source (order, i, NULL);
        return;
      }
  stall_order_set_source (order, STALL_SOURCE_OTHER, *text != '\0' ? text : NULL);
}

/* Fields that belong to the order and may stand in any of its rows: the first one counts. */
static void
read_order_fields (Reading *self, Draft *draft, StallCsvReader *reader)
{
  const struct
  {
    StallField field;
    char **value;
  } texts[] = { { STALL_FIELD_NAME, &draft->name },
                { STALL_FIELD_PHONE, &draft->phone },
                { STALL_FIELD_ADDRESS, &draft->address },
                { STALL_FIELD_REMARK, &draft->remark } };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      const char *text = stall_sale_columns_get (&self->columns, reader, texts[i].field);

      if (*texts[i].value == NULL && *text != '\0')
        *texts[i].value = g_strdup (text);
    }
}

static void
add_amount (Reading *self,
            Draft *draft,
            StallCsvReader *reader,
            StallField field,
            StallChargeKind kind,
            const char *code)
{
  StallOrderCharge charge = { .kind = kind, .code = code };
  g_autofree char *problem = NULL;

  if (!stall_sale_columns_get_price (&self->columns, reader, field, &charge.amount, &problem))
    stall_import_job_warn (self->job, stall_csv_reader_get_line (reader), "%s", problem);
  if (kind == STALL_CHARGE_DISCOUNT)
    charge.amount = -ABS (charge.amount);
  if (charge.amount == 0)
    return;
  stall_order_add_charge (draft->order, &charge);
  self->job->counts->charges++;
}

static Draft *
begin_order (Reading *self, const StallSale *sale, StallCsvReader *reader, const char *id)
{
  StallImportJob *job = self->job;
  Draft *draft = g_new0 (Draft, 1);
  StallTime ship_by = STALL_TIME_NONE;
  const char *code = NULL;

  draft->order = stall_order_new (id, sale->number, job->currency);
  draft->credit_note = stall_preset_is_credit_note (job->preset, sale->number);
  if (self->columns.shopify)
    {
      draft->shopify = stall_shopify_order_new (&self->shopify, job, reader, self->columns.digits);
      code = stall_shopify_columns_get (&self->shopify, reader, STALL_SHOPIFY_DISCOUNT_CODE);
      if (stall_shopify_order_is_open (draft->shopify))
        ship_by = sale->at + job->ship_days * STALL_DAY;
    }
  stall_order_set_times (draft->order, sale->at, ship_by);
  set_source (self, draft->order, reader);
  set_customer (draft->order,
                stall_sale_columns_get (&self->columns, reader, STALL_FIELD_CUSTOMER));
  add_amount (self, draft, reader, STALL_FIELD_SHIPPING, STALL_CHARGE_SHIPPING, NULL);
  add_amount (self, draft, reader, STALL_FIELD_DISCOUNT, STALL_CHARGE_DISCOUNT, code);
  return draft;
}

/* What people write beside a quantity that left without a sale. */
static StallReason
guess_reason (const char *description)
{
  static const struct
  {
    const char *word;
    StallReason reason;
  } words[] = {
    { "damage", STALL_REASON_DAMAGED },     { "broken", STALL_REASON_DAMAGED },
    { "smashed", STALL_REASON_DAMAGED },    { "crushed", STALL_REASON_DAMAGED },
    { "cracked", STALL_REASON_DAMAGED },    { "wet", STALL_REASON_DAMAGED },
    { "rust", STALL_REASON_DAMAGED },       { "mould", STALL_REASON_DAMAGED },
    { "faulty", STALL_REASON_DAMAGED },     { "throw", STALL_REASON_DAMAGED },
    { "unsaleable", STALL_REASON_DAMAGED }, { "missing", STALL_REASON_LOST },
    { "lost", STALL_REASON_LOST },          { "mia", STALL_REASON_LOST },
    { "stolen", STALL_REASON_LOST },        { "sample", STALL_REASON_SAMPLE },
    { "showroom", STALL_REASON_SAMPLE },    { "display", STALL_REASON_SAMPLE },
    { "given away", STALL_REASON_GIFT },    { "gift", STALL_REASON_GIFT },
    { "count", STALL_REASON_COUNTED },      { "check", STALL_REASON_COUNTED },
  };
  g_autofree char *lower = g_ascii_strdown (description, -1);

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strstr (lower, words[i].word) != NULL)
      return words[i].reason;
  return STALL_REASON_CORRECTION;
}

static void
put_write_off (Reading *self, Draft *draft, const StallSale *sale, const StallWare *ware)
{
  g_autofree char *name
      = g_strdup_printf ("%s:%u", stall_order_get_id (draft->order), draft->n_rows);
  g_autofree char *id = stall_id_derive (STALL_KIND_MOVEMENT, "write-off", name);
  g_autoptr (StallMovement) movement = stall_movement_new (
      ware->variant, STALL_PLACE_WORKSHOP, sale->quantity, guess_reason (sale->title), sale->at);

  stall_movement_set_id (movement, id);
  if (*sale->title != '\0')
    stall_movement_set_remark (movement, sale->title);
  stall_import_job_put_movement (self->job, movement, sale->line);
}

static void
add_charge_line (Reading *self, Draft *draft, const StallSale *sale, StallChargeKind kind)
{
  StallOrderCharge charge = {
    .kind = kind,
    .code = sale->sku,
    .title = *sale->title != '\0' ? sale->title : NULL,
    .amount = sale->price * sale->quantity + sale->remainder,
  };

  stall_order_add_charge (draft->order, &charge);
  self->job->counts->charges++;
}

static void
add_goods_line (Reading *self,
                Draft *draft,
                const StallSale *sale,
                const StallWare *ware,
                StallCsvReader *reader)
{
  const char *personalisation
      = stall_sale_columns_get (&self->columns, reader, STALL_FIELD_PERSONALISATION);
  g_autofree char *title = NULL;
  StallOrderLine line = {
    .variant = ware->variant,
    .sku = *sale->sku != '\0' ? sale->sku : NULL,
    .personalisation = *personalisation != '\0' ? personalisation : NULL,
    .quantity = sale->quantity,
    .price = sale->price,
  };

  if (*sale->options != '\0')
    title = g_strdup_printf ("%s (%s)", sale->title, sale->options);
  line.title = title != NULL ? title : sale->title;
  if (*line.title == '\0' || (ware->variant != NULL && g_strcmp0 (line.title, ware->title) == 0))
    line.title = NULL;
  stall_order_add_line (draft->order, &line);
  draft->has_goods = TRUE;
  self->job->counts->order_lines++;
  if (sale->remainder != 0)
    {
      StallOrderCharge rounding = { .kind = STALL_CHARGE_ADJUSTMENT, .amount = sale->remainder };

      stall_order_add_charge (draft->order, &rounding);
      self->job->counts->charges++;
    }
}

static void
add_row (Reading *self, Draft *draft, const StallSale *sale, StallCsvReader *reader)
{
  StallChargeKind kind;
  StallWare *ware;

  draft->n_rows++;
  read_order_fields (self, draft, reader);
  if (!sale->has_goods)
    return;
  if (find_charge (self, sale, &kind))
    {
      add_charge_line (self, draft, sale, kind);
      return;
    }
  ware = stall_goods_find (self->goods, sale->sku, sale->title);
  if (sale->quantity < 0 && sale->price == 0 && !draft->credit_note && ware->variant != NULL
      && stall_preset_get_write_offs (self->job->preset))
    {
      put_write_off (self, draft, sale, ware);
      return;
    }
  add_goods_line (self, draft, sale, ware, reader);
  if (draft->shopify != NULL)
    stall_shopify_order_note_line (
        draft->shopify,
        stall_shopify_columns_get (&self->shopify, reader, STALL_SHOPIFY_LINE_STATUS),
        sale->quantity);
}

/* A list of sales is history: what was sold is done, and what was credited came back. */
static GPtrArray *
make_history_events (Draft *draft)
{
  GPtrArray *events = g_ptr_array_new_with_free_func (g_object_unref);
  const char *order_id = stall_order_get_id (draft->order);
  gint64 total = stall_order_get_total (draft->order);
  gboolean gives_back = draft->credit_note || total < 0;
  StallStep step = gives_back ? STALL_STEP_REFUNDED : STALL_STEP_COMPLETED;
  g_autofree char *id
      = stall_id_for_order (STALL_KIND_EVENT, order_id, stall_step_to_string (step));
  StallOrderEvent *event = stall_order_event_new_with_id (id, order_id, step,
                                                          stall_order_get_placed_at (draft->order));

  stall_order_event_set_money (event, ABS (total), stall_order_get_currency (draft->order));
  stall_order_event_set_payment (event, "other");
  stall_order_event_set_restock (event, gives_back && draft->has_goods);
  g_ptr_array_add (events, event);
  return events;
}

static void
put_contact_and_remark (Reading *self, Draft *draft)
{
  const char *order_id = stall_order_get_id (draft->order);
  const char *tags = draft->shopify != NULL ? stall_shopify_order_get_tags (draft->shopify) : "";

  if (draft->name != NULL || draft->phone != NULL || draft->address != NULL)
    {
      g_autoptr (StallContact) contact = stall_contact_new (order_id);

      stall_contact_set_name (contact, draft->name);
      stall_contact_set_phone (contact, draft->phone);
      stall_contact_set_address (contact, draft->address);
      stall_import_job_put (self->job, stall_contact_to_document (contact, self->job->device));
    }
  if (draft->remark != NULL || *tags != '\0')
    {
      g_autoptr (StallRemark) remark = stall_remark_new (order_id);
      g_autofree char *text
          = g_strdup_printf ("%s%s%s", draft->remark != NULL ? draft->remark : "",
                             draft->remark != NULL && *tags != '\0' ? "\n" : "", tags);

      stall_remark_set_text (remark, text);
      stall_import_job_put (self->job, stall_remark_to_document (remark, self->job->device));
    }
}

static void
add_sample (Reading *self, Draft *draft)
{
  guint n_lines = stall_order_get_n_lines (draft->order);
  const char *customer = stall_order_get_customer (draft->order);
  g_autofree char *value = stall_money_format (stall_order_get_total (draft->order),
                                               stall_order_get_currency (draft->order));
  /* Of an order of charges alone there is no line to count. */
  g_autofree char *lines
      = n_lines > 0 ? g_strdup_printf (ngettext ("%u line", "%u lines", n_lines), n_lines) : NULL;
  g_autofree char *detail = lines != NULL && *customer != '\0'
                                ? g_strconcat (lines, " · ", customer, NULL)
                                : g_strdup (lines != NULL ? lines : customer);

  stall_import_report_add_sample (self->job->report, stall_order_get_number (draft->order), detail,
                                  value);
}

static void
put_order (Reading *self, Draft *draft)
{
  StallImportJob *job = self->job;
  g_autoptr (GPtrArray) events = NULL;

  stall_import_job_put (job, stall_order_to_document (draft->order, job->device));
  events = draft->shopify != NULL ? stall_shopify_order_make_events (draft->shopify, draft->order)
                                  : make_history_events (draft);
  for (guint i = 0; i < events->len; i++)
    stall_import_job_put (
        job, stall_order_event_to_document (g_ptr_array_index (events, i), job->device));
  put_contact_and_remark (self, draft);
}

/* All rows of an order are there. */
static void
finish_order (Reading *self, Entry *entry)
{
  Draft *draft = entry->draft;
  StallImportCounts *counts = self->job->counts;

  /* An “order” of write-offs alone is none. */
  if (draft->shopify != NULL || stall_order_get_n_lines (draft->order) > 0
      || stall_order_get_n_charges (draft->order) > 0)
    {
      if (draft->shopify != NULL)
        {
          if (draft->address == NULL && *stall_shopify_order_get_address (draft->shopify) != '\0')
            draft->address = g_strdup (stall_shopify_order_get_address (draft->shopify));
          if (draft->phone == NULL && *stall_shopify_order_get_phone (draft->shopify) != '\0')
            draft->phone = g_strdup (stall_shopify_order_get_phone (draft->shopify));
          stall_shopify_order_settle (draft->shopify, self->job, draft->order, entry->first_line);
        }
      counts->orders++;
      counts->refunds += draft->credit_note;
      if (g_str_equal (stall_order_get_currency (draft->order), counts->currency)
          && __builtin_add_overflow (counts->total, stall_order_get_total (draft->order),
                                     &counts->total))
        counts->total = G_MAXINT64;
      if (stall_import_report_wants_samples (self->job->report))
        add_sample (self, draft);
      if (self->job->pipe != NULL)
        put_order (self, draft);
    }
  g_clear_pointer (&entry->draft, draft_free);
}

static void
emit_row (Reading *self, StallCsvReader *reader)
{
  g_autofree char *problem = NULL;
  StallSale sale;
  Entry *entry;

  if (self->columns.shopify)
    read_currency (self, reader);
  if (!stall_sale_read (&sale, &self->columns, reader, &problem) && *sale.number == '\0')
    return;
  entry = find_entry (self, sale.number, sale.line);
  if (entry->failed || entry->skipped)
    return;
  if (entry->draft == NULL)
    {
      g_autofree char *id = make_order_id (self, &sale);

      entry->skipped = stall_catalog_has (self->job->catalog, id);
      self->job->counts->present += entry->skipped;
      if (entry->skipped)
        return;
      entry->draft = begin_order (self, &sale, reader, id);
    }
  add_row (self, entry->draft, &sale, reader);
  if (entry->draft->n_rows == entry->rows)
    finish_order (self, entry);
}

static gboolean
emit (Reading *self, GError **error)
{
  g_autoptr (StallCsvReader) reader = stall_import_job_open (self->job, 1, 2, error);
  g_autoptr (GError) local_error = NULL;

  if (reader == NULL)
    return FALSE;
  self->last = NULL;
  g_set_str (&self->job->currency, self->job->counts->currency);
  stall_sale_columns_init (&self->columns, self->job);
  stall_goods_emit (self->goods, self->last_at);
  while (stall_import_job_next (self->job, reader, &local_error))
    {
      emit_row (self, reader);
      if (!stall_import_job_flush (self->job, FALSE, &local_error))
        break;
    }
  if (local_error == NULL)
    return stall_import_job_flush (self->job, TRUE, error);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* Reads orders through the job's preset. */
gboolean
stall_import_orders_read (StallImportJob *job, GError **error)
{
  g_autoptr (StallGoods) goods = stall_goods_new (job);
  g_autoptr (GStringChunk) numbers = g_string_chunk_new (4096);
  g_autoptr (GHashTable) entries
      = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, entry_free);
  Reading reading = {
    .job = job,
    .goods = goods,
    .numbers = numbers,
    .entries = entries,
    .last_at = 0,
  };

  return survey (&reading, error) && emit (&reading, error);
}
