/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-core"

#include "config.h"

#include "stall-order.h"

#include "stall-money.h"
#include "stall-movement.h"
#include "stall-order-private.h"

#include <glib/gi18n-lib.h>

/* Orders are made by the ten thousand with their lines by the hundred thousand: lines are plain
 * structs, and all their texts lie in one chunk of the order. */
struct _StallOrder
{
  GObject parent_instance;

  char *id;
  char *number;
  char *currency;
  StallSource source;
  const char *source_ref;
  StallTime made_at;
  StallTime placed_at;
  StallTime ship_by;
  const char *customer;
  GArray *lines;
  GArray *charges;
  GStringChunk *texts;
  gint64 goods_total;
  gint64 total;
};

G_DEFINE_FINAL_TYPE (StallOrder, stall_order, G_TYPE_OBJECT)

static const char *const source_names[STALL_N_SOURCES] = {
  "feed", "note", "live", "buyer", "stall-page", "fair", "other",
};

static const char *const source_labels[STALL_N_SOURCES] = {
  NC_ ("order source", "Market feed"), NC_ ("order source", "Note"),
  NC_ ("order source", "Live"),        NC_ ("order source", "Buyer"),
  NC_ ("order source", "Stall page"),  NC_ ("order source", "Fair"),
  NC_ ("order source", "Other"),
};

static const char *const charge_names[] = {
  "shipping", "discount", "fee", "tax", "adjustment",
};

/* What an order without a text of its own gets from the platform's newer kinds: it still counts. */
static StallChargeKind
charge_kind_from_string (const char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (charge_names); i++)
    if (g_strcmp0 (charge_names[i], text) == 0)
      return i;

  return STALL_CHARGE_ADJUSTMENT;
}

static const char *
keep_text (StallOrder *self, const char *text)
{
  return text != NULL && *text != '\0' ? g_string_chunk_insert (self->texts, text) : NULL;
}

static gboolean
sum (gint64 a, gint64 b, gint64 *result)
{
  return !__builtin_add_overflow (a, b, result) && *result >= -STALL_MONEY_MAX
         && *result <= STALL_MONEY_MAX;
}

static void
write_lines (StallOrder *self, StallJsonWriter *writer)
{
  stall_json_writer_begin_array (writer, "lines");
  for (guint i = 0; i < self->lines->len; i++)
    {
      const StallOrderLine *line = stall_order_get_line (self, i);

      stall_json_writer_begin_object (writer, NULL);
      stall_json_writer_string (writer, "variant", line->variant);
      stall_json_writer_string (writer, "sku", line->sku);
      stall_json_writer_string (writer, "title", line->title);
      stall_json_writer_int (writer, "quantity", line->quantity);
      stall_json_writer_money (writer, "price", line->price, self->currency);
      stall_json_writer_string (writer, "personalisation", line->personalisation);
      stall_json_writer_end_object (writer);
    }
  stall_json_writer_end_array (writer);
}

static void
write_charges (StallOrder *self, StallJsonWriter *writer)
{
  stall_json_writer_begin_array (writer, "charges");
  for (guint i = 0; i < self->charges->len; i++)
    {
      const StallOrderCharge *charge = stall_order_get_charge (self, i);

      stall_json_writer_begin_object (writer, NULL);
      stall_json_writer_string (writer, "kind", charge_names[charge->kind]);
      stall_json_writer_string (writer, "code", charge->code);
      stall_json_writer_string (writer, "title", charge->title);
      stall_json_writer_money (writer, "amount", charge->amount, self->currency);
      stall_json_writer_end_object (writer);
    }
  stall_json_writer_end_array (writer);
}

/* A quantity that was rounded would lie. */
static gboolean
read_quantity (JsonObject *object, int *quantity)
{
  gint64 value = stall_json_get_int (object, "quantity", G_MININT64);

  *quantity = value;
  return value >= -STALL_PIECES_MAX && value <= STALL_PIECES_MAX;
}

static gboolean
read_money (StallOrder *self, JsonObject *object, const char *member, gint64 *amount)
{
  const char *currency = NULL;

  return stall_money_from_json (object, member, amount, &currency)
         && g_strcmp0 (currency, self->currency) == 0;
}

static gboolean
read_line (StallOrder *self, JsonArray *array, guint index, GError **error)
{
  JsonObject *object = stall_order_read_element (array, index);
  const char *wrong = NULL;
  StallOrderLine line = { 0 };

  if (object == NULL)
    wrong = "";
  else if (!read_quantity (object, &line.quantity))
    wrong = ".quantity";
  else if (!read_money (self, object, "price", &line.price))
    wrong = ".price";

  if (wrong == NULL)
    {
      line.variant = stall_json_get_string (object, "variant", NULL);
      line.sku = stall_json_get_string (object, "sku", NULL);
      line.title = stall_json_get_string (object, "title", NULL);
      line.personalisation = stall_json_get_string (object, "personalisation", NULL);
      if (!stall_order_add_line (self, &line))
        wrong = ".price";
    }

  if (wrong != NULL)
    {
      g_autofree char *member = g_strdup_printf ("lines[%u]%s", index, wrong);
      return stall_order_refuse (self->id, member, error);
    }
  return TRUE;
}

static gboolean
read_charge (StallOrder *self, JsonArray *array, guint index, GError **error)
{
  JsonObject *object = stall_order_read_element (array, index);
  StallOrderCharge charge = { 0 };
  gboolean right = object != NULL && read_money (self, object, "amount", &charge.amount);

  if (right)
    {
      charge.kind = charge_kind_from_string (stall_json_get_string (object, "kind", NULL));
      charge.code = stall_json_get_string (object, "code", NULL);
      charge.title = stall_json_get_string (object, "title", NULL);
      right = stall_order_add_charge (self, &charge);
    }

  if (!right)
    {
      g_autofree char *member = g_strdup_printf ("charges[%u].amount", index);
      return stall_order_refuse (self->id, member, error);
    }
  return TRUE;
}

static gboolean
read_head (StallOrder *self, JsonObject *root, GError **error)
{
  JsonObject *source = stall_json_get_object (root, "source");
  const char *wrong = NULL;

  self->made_at = STALL_TIME_NONE;
  if (*self->number == '\0')
    wrong = "number";
  else if (!stall_currency_is_valid (self->currency))
    wrong = "currency";
  else if (!stall_order_read_time (root, "made_at", &self->made_at))
    wrong = "made_at";
  else
    {
      self->placed_at = self->made_at;
      if (!stall_order_read_time (root, "placed_at", &self->placed_at)
          || self->placed_at == STALL_TIME_NONE)
        wrong = "placed_at";
      else if (!stall_order_read_time (root, "ship_by", &self->ship_by))
        wrong = "ship_by";
    }
  if (wrong != NULL)
    return stall_order_refuse (self->id, wrong, error);

  stall_order_set_source (self,
                          stall_source_from_string (stall_json_get_string (source, "kind", NULL)),
                          stall_json_get_string (source, "ref", NULL));
  stall_order_set_customer (
      self, stall_json_get_string (stall_json_get_object (root, "customer"), "handle", NULL));
  return TRUE;
}

static gboolean
read_parts (StallOrder *self, JsonObject *root, GError **error)
{
  JsonArray *lines, *charges;

  if (!stall_order_read_array (root, "lines", &lines))
    return stall_order_refuse (self->id, "lines", error);
  if (!stall_order_read_array (root, "charges", &charges))
    return stall_order_refuse (self->id, "charges", error);

  for (guint i = 0; lines != NULL && i < json_array_get_length (lines); i++)
    if (!read_line (self, lines, i, error))
      return FALSE;

  for (guint i = 0; charges != NULL && i < json_array_get_length (charges); i++)
    if (!read_charge (self, charges, i, error))
      return FALSE;

  return TRUE;
}

static void
stall_order_finalize (GObject *object)
{
  StallOrder *self = STALL_ORDER (object);

  g_free (self->id);
  g_free (self->number);
  g_free (self->currency);
  g_array_unref (self->lines);
  g_array_unref (self->charges);
  g_string_chunk_free (self->texts);

  G_OBJECT_CLASS (stall_order_parent_class)->finalize (object);
}

static void
stall_order_class_init (StallOrderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = stall_order_finalize;
}

static void
stall_order_init (StallOrder *self)
{
  self->source = STALL_SOURCE_OTHER;
  self->made_at = stall_time_now ();
  self->placed_at = self->made_at;
  self->ship_by = STALL_TIME_NONE;
  self->lines = g_array_new (FALSE, FALSE, sizeof (StallOrderLine));
  self->charges = g_array_new (FALSE, FALSE, sizeof (StallOrderCharge));
  self->texts = g_string_chunk_new (512);
}

/**
 * stall_source_to_string:
 * @source: where an order came through
 *
 * Returns: the text that documents carry
 */
const char *
stall_source_to_string (StallSource source)
{
  g_return_val_if_fail (source < STALL_N_SOURCES, NULL);

  return source_names[source];
}

/**
 * stall_source_from_string:
 * @text: (nullable): the text of a document
 *
 * Returns: the source; one that is not known is %STALL_SOURCE_OTHER
 */
StallSource
stall_source_from_string (const char *text)
{
  for (guint i = 0; i < STALL_N_SOURCES; i++)
    if (g_strcmp0 (source_names[i], text) == 0)
      return i;

  return STALL_SOURCE_OTHER;
}

/**
 * stall_source_get_label:
 * @source: where an order came through
 *
 * Returns: its name for a person, translated
 */
const char *
stall_source_get_label (StallSource source)
{
  g_return_val_if_fail (source < STALL_N_SOURCES, NULL);

  return g_dpgettext2 (GETTEXT_PACKAGE, "order source", source_labels[source]);
}

/**
 * stall_order_new:
 * @id: "order:…"
 * @number: what the customer calls it
 * @currency: ISO 4217 code of all its money
 *
 * A new order, placed now, from another source, without lines.
 *
 * Returns: (transfer full): the order
 */
StallOrder *
stall_order_new (const char *id, const char *number, const char *currency)
{
  StallOrder *self;

  g_return_val_if_fail (id != NULL && number != NULL && currency != NULL, NULL);

  self = g_object_new (STALL_TYPE_ORDER, NULL);
  self->id = g_strdup (id);
  self->number = g_strdup (number);
  self->currency = g_strdup (currency);
  return self;
}

/**
 * stall_order_set_source:
 * @self: an order
 * @source: where it came through
 * @ref: (nullable): which note, live session, buyer or fair
 *
 * Says where an order came through.
 */
void
stall_order_set_source (StallOrder *self, StallSource source, const char *ref)
{
  g_return_if_fail (STALL_IS_ORDER (self));
  g_return_if_fail (source < STALL_N_SOURCES);

  self->source = source;
  self->source_ref = keep_text (self, ref);
}

/**
 * stall_order_set_times:
 * @self: an order
 * @placed_at: when the customer bought
 * @ship_by: when it has to leave the stall, or %STALL_TIME_NONE
 *
 * Sets both times of an order, in milliseconds UTC.
 */
void
stall_order_set_times (StallOrder *self, StallTime placed_at, StallTime ship_by)
{
  g_return_if_fail (STALL_IS_ORDER (self));
  g_return_if_fail (placed_at != STALL_TIME_NONE);

  self->placed_at = placed_at;
  self->ship_by = ship_by;
}

/**
 * stall_order_set_customer:
 * @self: an order
 * @handle: (nullable): the customer's name on the market
 *
 * Says who bought.
 */
void
stall_order_set_customer (StallOrder *self, const char *handle)
{
  g_return_if_fail (STALL_IS_ORDER (self));

  self->customer = keep_text (self, handle);
}

/**
 * stall_order_add_line:
 * @self: an order
 * @line: the line; its texts are copied
 *
 * Adds a line and its price to the totals.
 *
 * Returns: %FALSE, with nothing added, when the line has more than %STALL_PIECES_MAX pieces or the
 *   total would pass %STALL_MONEY_MAX
 */
gboolean
stall_order_add_line (StallOrder *self, const StallOrderLine *line)
{
  StallOrderLine copy;
  gint64 amount, goods_total, total;

  g_return_val_if_fail (STALL_IS_ORDER (self), FALSE);

  if (line->quantity < -STALL_PIECES_MAX || line->quantity > STALL_PIECES_MAX
      || __builtin_mul_overflow (line->price, (gint64) line->quantity, &amount)
      || !sum (self->goods_total, amount, &goods_total) || !sum (self->total, amount, &total))
    return FALSE;

  copy = *line;
  copy.variant = keep_text (self, line->variant);
  copy.sku = keep_text (self, line->sku);
  copy.title = keep_text (self, line->title);
  copy.personalisation = keep_text (self, line->personalisation);
  g_array_append_val (self->lines, copy);
  self->goods_total = goods_total;
  self->total = total;
  return TRUE;
}

/**
 * stall_order_add_charge:
 * @self: an order
 * @charge: the charge; its texts are copied
 *
 * Adds a charge and its amount to the total.
 *
 * Returns: %FALSE, with nothing added, when the total would pass %STALL_MONEY_MAX
 */
gboolean
stall_order_add_charge (StallOrder *self, const StallOrderCharge *charge)
{
  StallOrderCharge copy;
  gint64 charges_total, total;

  g_return_val_if_fail (STALL_IS_ORDER (self), FALSE);
  g_return_val_if_fail (charge->kind < G_N_ELEMENTS (charge_names), FALSE);

  if (!sum (self->total, charge->amount, &total)
      || !sum (total, -self->goods_total, &charges_total))
    return FALSE;

  copy = *charge;
  copy.code = keep_text (self, charge->code);
  copy.title = keep_text (self, charge->title);
  g_array_append_val (self->charges, copy);
  self->total = total;
  return TRUE;
}

/**
 * stall_order_to_document:
 * @self: an order
 * @device: (nullable): id of this installation
 *
 * Writes the document of an order. It carries the order itself, so nobody who gets the document in
 * this process has to read it again.
 *
 * Returns: (transfer full): the document
 */
StallDocument *
stall_order_to_document (StallOrder *self, const char *device)
{
  g_autoptr (GBytes) body = NULL;
  StallJsonWriter writer;

  g_return_val_if_fail (STALL_IS_ORDER (self), NULL);

  stall_json_writer_init (&writer, 512 + 192 * (gsize) self->lines->len);
  stall_json_writer_begin_object (&writer, NULL);
  stall_document_write_head (&writer, STALL_KIND_ORDER, device, self->made_at);
  stall_json_writer_string (&writer, "number", self->number);
  stall_json_writer_begin_object (&writer, "source");
  stall_json_writer_string (&writer, "kind", source_names[self->source]);
  stall_json_writer_string (&writer, "ref", self->source_ref);
  stall_json_writer_end_object (&writer);
  stall_json_writer_string (&writer, "currency", self->currency);
  stall_json_writer_time (&writer, "placed_at", self->placed_at);
  stall_json_writer_time (&writer, "ship_by", self->ship_by);
  if (self->customer != NULL)
    {
      stall_json_writer_begin_object (&writer, "customer");
      stall_json_writer_string (&writer, "handle", self->customer);
      stall_json_writer_end_object (&writer);
    }
  write_lines (self, &writer);
  write_charges (self, &writer);
  stall_json_writer_begin_object (&writer, "totals");
  stall_json_writer_money (&writer, "goods", self->goods_total, self->currency);
  stall_json_writer_money (&writer, "charges", self->total - self->goods_total, self->currency);
  stall_json_writer_money (&writer, "total", self->total, self->currency);
  stall_json_writer_end_object (&writer);
  stall_json_writer_end_object (&writer);
  body = stall_json_writer_end (&writer);

  return stall_document_new_for_object (self->id, body, G_OBJECT (self));
}

/**
 * stall_order_new_from_document:
 * @document: a document of kind order
 * @error: return location for %STALL_ERROR_INVALID; its message names the field
 *
 * Reads an order. What may be absent is left out; what would make a wrong order is an error. The
 * totals are those of lines and charges, whatever the document says they are.
 *
 * Returns: (transfer full): the order
 */
StallOrder *
stall_order_new_from_document (StallDocument *document, GError **error)
{
  g_autoptr (StallOrder) self = NULL;
  GObject *object;
  JsonObject *root;

  g_return_val_if_fail (STALL_IS_DOCUMENT (document), NULL);

  object = stall_document_get_object (document);
  if (object != NULL && STALL_IS_ORDER (object))
    return g_object_ref (STALL_ORDER (object));

  root = stall_document_get_root (document, error);
  if (root == NULL)
    return NULL;

  self = stall_order_new (stall_document_get_id (document),
                          stall_json_get_string (root, "number", ""),
                          stall_json_get_string (root, "currency", ""));
  if (!read_head (self, root, error) || !read_parts (self, root, error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * stall_order_get_id:
 * @self: an order
 *
 * Returns: "order:…"
 */
const char *
stall_order_get_id (StallOrder *self)
{
  g_return_val_if_fail (STALL_IS_ORDER (self), NULL);

  return self->id;
}

/**
 * stall_order_get_number:
 * @self: an order
 *
 * Returns: what the customer calls it
 */
const char *
stall_order_get_number (StallOrder *self)
{
  g_return_val_if_fail (STALL_IS_ORDER (self), NULL);

  return self->number;
}

/**
 * stall_order_get_currency:
 * @self: an order
 *
 * Returns: ISO 4217 code of all its money
 */
const char *
stall_order_get_currency (StallOrder *self)
{
  g_return_val_if_fail (STALL_IS_ORDER (self), NULL);

  return self->currency;
}

/**
 * stall_order_get_source:
 * @self: an order
 *
 * Returns: where it came through
 */
StallSource
stall_order_get_source (StallOrder *self)
{
  g_return_val_if_fail (STALL_IS_ORDER (self), STALL_SOURCE_OTHER);

  return self->source;
}

/**
 * stall_order_get_source_ref:
 * @self: an order
 *
 * Returns: (nullable): which note, live session, buyer or fair
 */
const char *
stall_order_get_source_ref (StallOrder *self)
{
  g_return_val_if_fail (STALL_IS_ORDER (self), NULL);

  return self->source_ref;
}

/**
 * stall_order_get_placed_at:
 * @self: an order
 *
 * Returns: when the customer bought, milliseconds UTC
 */
StallTime
stall_order_get_placed_at (StallOrder *self)
{
  g_return_val_if_fail (STALL_IS_ORDER (self), STALL_TIME_NONE);

  return self->placed_at;
}

/**
 * stall_order_get_ship_by:
 * @self: an order
 *
 * Returns: when it has to leave the stall, milliseconds UTC, or %STALL_TIME_NONE
 */
StallTime
stall_order_get_ship_by (StallOrder *self)
{
  g_return_val_if_fail (STALL_IS_ORDER (self), STALL_TIME_NONE);

  return self->ship_by;
}

/**
 * stall_order_get_customer:
 * @self: an order
 *
 * Returns: the customer's name on the market; "" when unknown
 */
const char *
stall_order_get_customer (StallOrder *self)
{
  g_return_val_if_fail (STALL_IS_ORDER (self), NULL);

  return self->customer != NULL ? self->customer : "";
}

/**
 * stall_order_get_n_lines:
 * @self: an order
 *
 * Returns: how many lines it has
 */
guint
stall_order_get_n_lines (StallOrder *self)
{
  g_return_val_if_fail (STALL_IS_ORDER (self), 0);

  return self->lines->len;
}

/**
 * stall_order_get_line:
 * @self: an order
 * @index: which line, below stall_order_get_n_lines()
 *
 * Returns: the line, until the order changes
 */
const StallOrderLine *
stall_order_get_line (StallOrder *self, guint index)
{
  g_return_val_if_fail (STALL_IS_ORDER (self), NULL);
  g_return_val_if_fail (index < self->lines->len, NULL);

  return &g_array_index (self->lines, StallOrderLine, index);
}

/**
 * stall_order_get_n_charges:
 * @self: an order
 *
 * Returns: how many charges it has
 */
guint
stall_order_get_n_charges (StallOrder *self)
{
  g_return_val_if_fail (STALL_IS_ORDER (self), 0);

  return self->charges->len;
}

/**
 * stall_order_get_charge:
 * @self: an order
 * @index: which charge, below stall_order_get_n_charges()
 *
 * Returns: the charge, until the order changes
 */
const StallOrderCharge *
stall_order_get_charge (StallOrder *self, guint index)
{
  g_return_val_if_fail (STALL_IS_ORDER (self), NULL);
  g_return_val_if_fail (index < self->charges->len, NULL);

  return &g_array_index (self->charges, StallOrderCharge, index);
}

/**
 * stall_order_get_goods_total:
 * @self: an order
 *
 * Returns: the price of all lines, minor units
 */
gint64
stall_order_get_goods_total (StallOrder *self)
{
  g_return_val_if_fail (STALL_IS_ORDER (self), 0);

  return self->goods_total;
}

/**
 * stall_order_get_total:
 * @self: an order
 *
 * Returns: lines and charges together, minor units
 */
gint64
stall_order_get_total (StallOrder *self)
{
  g_return_val_if_fail (STALL_IS_ORDER (self), 0);

  return self->total;
}
