/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-core"

#include "config.h"

#include "stall-order-event.h"

#include "stall-money.h"
#include "stall-movement.h"
#include "stall-order-private.h"

#include <glib/gi18n-lib.h>

struct _StallOrderEvent
{
  GObject parent_instance;

  char *id;
  char *order_id;
  StallStep step;
  StallTime made_at;
  StallTime at;
  GArray *lines; /* StallEventLine; NULL: not said */
  gint64 amount;
  char *currency; /* NULL: no money said */
  char *payment;
  char *carrier;
  char *tracking;
  char *place;
  gboolean restock;
  char *remark;
};

G_DEFINE_FINAL_TYPE (StallOrderEvent, stall_order_event, G_TYPE_OBJECT)

static const char *const step_names[STALL_N_STEPS] = {
  "paid",      "packed",   "shipped",  "delivered", "completed",
  "cancelled", "returned", "refunded", "waiting",   "resumed",
};

static const char *const step_labels[STALL_N_STEPS] = {
  NC_ ("order step", "Paid"),      NC_ ("order step", "Packed"),
  NC_ ("order step", "Shipped"),   NC_ ("order step", "Delivered"),
  NC_ ("order step", "Completed"), NC_ ("order step", "Cancelled"),
  NC_ ("order step", "Returned"),  NC_ ("order step", "Refunded"),
  NC_ ("order step", "Waits"),     NC_ ("order step", "No longer waits"),
};

static void
set_text (char **place, const char *text)
{
  g_set_str (place, text != NULL && *text != '\0' ? text : NULL);
}

static void
write_lines (StallOrderEvent *self, StallJsonWriter *writer)
{
  stall_json_writer_begin_array (writer, "lines");
  for (guint i = 0; i < self->lines->len; i++)
    {
      const StallEventLine *line = &g_array_index (self->lines, StallEventLine, i);

      stall_json_writer_begin_object (writer, NULL);
      stall_json_writer_int (writer, "line", line->line);
      stall_json_writer_int (writer, "quantity", line->quantity);
      stall_json_writer_end_object (writer);
    }
  stall_json_writer_end_array (writer);
}

/* An event whose lines cannot be read must not become one that says “all that is open”. */
static gboolean
read_lines (StallOrderEvent *self, JsonObject *root, GError **error)
{
  JsonArray *lines;

  if (!stall_order_read_array (root, "lines", &lines))
    return stall_order_refuse (self->id, "lines", error);

  for (guint i = 0; lines != NULL && i < json_array_get_length (lines); i++)
    {
      JsonObject *object = stall_order_read_element (lines, i);
      gint64 line = stall_json_get_int (object, "line", -1);
      gint64 quantity = stall_json_get_int (object, "quantity", 0);

      if (line < 0 || line > G_MAXINT || quantity < 1 || quantity > STALL_PIECES_MAX)
        {
          g_autofree char *member = g_strdup_printf ("lines[%u]", i);
          return stall_order_refuse (self->id, member, error);
        }
      stall_order_event_add_line (self, line, quantity);
    }
  return TRUE;
}

static gboolean
read_members (StallOrderEvent *self, JsonObject *root, GError **error)
{
  JsonObject *tracking = stall_json_get_object (root, "tracking");
  const char *currency;
  gint64 amount;

  if (!stall_order_read_time (root, "made_at", &self->made_at))
    return stall_order_refuse (self->id, "made_at", error);
  if (!read_lines (self, root, error))
    return FALSE;

  if (stall_money_from_json (root, "money", &amount, &currency))
    stall_order_event_set_money (self, amount, currency);
  else if (json_object_has_member (root, "money") && !json_object_get_null_member (root, "money"))
    return stall_order_refuse (self->id, "money", error);

  stall_order_event_set_payment (self, stall_json_get_string (root, "payment", NULL));
  stall_order_event_set_tracking (self, stall_json_get_string (tracking, "carrier", NULL),
                                  stall_json_get_string (tracking, "number", NULL));
  stall_order_event_set_place (self, stall_json_get_string (root, "place", NULL));
  stall_order_event_set_restock (self, stall_json_get_boolean (root, "restock", FALSE));
  stall_order_event_set_remark (self, stall_json_get_string (root, "remark", NULL));
  return TRUE;
}

static void
stall_order_event_finalize (GObject *object)
{
  StallOrderEvent *self = STALL_ORDER_EVENT (object);

  g_free (self->id);
  g_free (self->order_id);
  g_clear_pointer (&self->lines, g_array_unref);
  g_free (self->currency);
  g_free (self->payment);
  g_free (self->carrier);
  g_free (self->tracking);
  g_free (self->place);
  g_free (self->remark);

  G_OBJECT_CLASS (stall_order_event_parent_class)->finalize (object);
}

static void
stall_order_event_class_init (StallOrderEventClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = stall_order_event_finalize;
}

static void
stall_order_event_init (StallOrderEvent *self)
{
  self->made_at = stall_time_now ();
}

/**
 * stall_step_to_string:
 * @step: what happened
 *
 * Returns: the text that documents carry
 */
const char *
stall_step_to_string (StallStep step)
{
  g_return_val_if_fail (step < STALL_N_STEPS, NULL);

  return step_names[step];
}

/**
 * stall_step_from_string:
 * @text: (nullable): the text of a document
 * @step: (out): the step
 *
 * Returns: %FALSE when this version knows no such step
 */
gboolean
stall_step_from_string (const char *text, StallStep *step)
{
  for (guint i = 0; i < STALL_N_STEPS; i++)
    if (g_strcmp0 (step_names[i], text) == 0)
      {
        *step = i;
        return TRUE;
      }

  return FALSE;
}

/**
 * stall_step_get_label:
 * @step: what happened
 *
 * Returns: its name for a person, translated
 */
const char *
stall_step_get_label (StallStep step)
{
  g_return_val_if_fail (step < STALL_N_STEPS, NULL);

  return g_dpgettext2 (GETTEXT_PACKAGE, "order step", step_labels[step]);
}

/**
 * stall_order_event_new:
 * @order_id: "order:…"
 * @step: what happened
 * @at: when, milliseconds UTC
 *
 * A new event with an id of its own.
 *
 * Returns: (transfer full): the event
 */
StallOrderEvent *
stall_order_event_new (const char *order_id, StallStep step, StallTime at)
{
  g_autofree char *uuid = stall_uuid_new ();
  g_autofree char *id = NULL;

  g_return_val_if_fail (order_id != NULL, NULL);

  id = stall_id_for_order (STALL_KIND_EVENT, order_id, uuid);
  return stall_order_event_new_with_id (id, order_id, step, at);
}

/**
 * stall_order_event_new_with_id:
 * @id: "event:ORDER:…"
 * @order_id: "order:…"
 * @step: what happened
 * @at: when, milliseconds UTC
 *
 * A new event whose id says what it is, so that the same import makes the same event twice.
 *
 * Returns: (transfer full): the event
 */
StallOrderEvent *
stall_order_event_new_with_id (const char *id, const char *order_id, StallStep step, StallTime at)
{
  StallOrderEvent *self;

  g_return_val_if_fail (id != NULL && order_id != NULL, NULL);
  g_return_val_if_fail (step < STALL_N_STEPS, NULL);
  g_return_val_if_fail (at != STALL_TIME_NONE, NULL);

  self = g_object_new (STALL_TYPE_ORDER_EVENT, NULL);
  self->id = g_strdup (id);
  self->order_id = g_strdup (order_id);
  self->step = step;
  self->at = at;
  return self;
}

/**
 * stall_order_event_add_line:
 * @self: an event
 * @line: index into the order's lines
 * @quantity: pieces, above 0
 *
 * Says which line is concerned. An event without lines concerns all that it can.
 */
void
stall_order_event_add_line (StallOrderEvent *self, guint line, int quantity)
{
  StallEventLine added = { line, quantity };

  g_return_if_fail (STALL_IS_ORDER_EVENT (self));
  g_return_if_fail (quantity > 0);

  if (self->lines == NULL)
    self->lines = g_array_new (FALSE, FALSE, sizeof (StallEventLine));
  g_array_append_val (self->lines, added);
}

/**
 * stall_order_event_set_money:
 * @self: an event
 * @amount: minor units taken or given back, above 0
 * @currency: ISO 4217 code
 *
 * Says how much money changed hands; when not said, all that is due.
 */
void
stall_order_event_set_money (StallOrderEvent *self, gint64 amount, const char *currency)
{
  g_return_if_fail (STALL_IS_ORDER_EVENT (self));
  g_return_if_fail (currency != NULL);

  self->amount = amount;
  g_set_str (&self->currency, currency);
}

/**
 * stall_order_event_set_payment:
 * @self: an event
 * @payment: (nullable): cash, wechat, alipay, card, platform or other
 *
 * Says how money changed hands.
 */
void
stall_order_event_set_payment (StallOrderEvent *self, const char *payment)
{
  g_return_if_fail (STALL_IS_ORDER_EVENT (self));

  set_text (&self->payment, payment);
}

/**
 * stall_order_event_set_tracking:
 * @self: an event
 * @carrier: (nullable): who carries the parcel
 * @number: (nullable): its tracking number
 *
 * Says how the goods travel.
 */
void
stall_order_event_set_tracking (StallOrderEvent *self, const char *carrier, const char *number)
{
  g_return_if_fail (STALL_IS_ORDER_EVENT (self));

  set_text (&self->carrier, carrier);
  set_text (&self->tracking, number);
}

/**
 * stall_order_event_set_place:
 * @self: an event
 * @place: (nullable): where the goods leave or come back to; %NULL: the workshop
 *
 * Says which place's stock changes.
 */
void
stall_order_event_set_place (StallOrderEvent *self, const char *place)
{
  g_return_if_fail (STALL_IS_ORDER_EVENT (self));

  set_text (&self->place, place);
}

/**
 * stall_order_event_set_restock:
 * @self: an event
 * @restock: whether goods that came back are fit to sell
 *
 * Says whether goods go back into stock.
 */
void
stall_order_event_set_restock (StallOrderEvent *self, gboolean restock)
{
  g_return_if_fail (STALL_IS_ORDER_EVENT (self));

  self->restock = restock;
}

/**
 * stall_order_event_set_remark:
 * @self: an event
 * @remark: (nullable): why
 *
 * Adds words to an event.
 */
void
stall_order_event_set_remark (StallOrderEvent *self, const char *remark)
{
  g_return_if_fail (STALL_IS_ORDER_EVENT (self));

  set_text (&self->remark, remark);
}

/**
 * stall_order_event_to_document:
 * @self: an event
 * @device: (nullable): id of this installation
 *
 * Writes the document of an event, which carries the event itself.
 *
 * Returns: (transfer full): the document
 */
StallDocument *
stall_order_event_to_document (StallOrderEvent *self, const char *device)
{
  g_autoptr (GBytes) body = NULL;
  StallJsonWriter writer;

  g_return_val_if_fail (STALL_IS_ORDER_EVENT (self), NULL);

  stall_json_writer_init (&writer, 384);
  stall_json_writer_begin_object (&writer, NULL);
  stall_document_write_head (&writer, STALL_KIND_EVENT, device, self->made_at);
  stall_json_writer_string (&writer, "order", self->order_id);
  stall_json_writer_string (&writer, "step", step_names[self->step]);
  stall_json_writer_time (&writer, "at", self->at);
  if (self->lines != NULL)
    write_lines (self, &writer);
  if (self->currency != NULL)
    stall_json_writer_money (&writer, "money", self->amount, self->currency);
  stall_json_writer_string (&writer, "payment", self->payment);
  if (self->carrier != NULL || self->tracking != NULL)
    {
      stall_json_writer_begin_object (&writer, "tracking");
      stall_json_writer_string (&writer, "carrier", self->carrier);
      stall_json_writer_string (&writer, "number", self->tracking);
      stall_json_writer_end_object (&writer);
    }
  stall_json_writer_string (&writer, "place", self->place);
  if (self->restock)
    stall_json_writer_boolean (&writer, "restock", TRUE);
  stall_json_writer_string (&writer, "remark", self->remark);
  stall_json_writer_end_object (&writer);
  body = stall_json_writer_end (&writer);

  return stall_document_new_for_object (self->id, body, G_OBJECT (self));
}

/**
 * stall_order_event_new_from_document:
 * @document: a document of kind event
 * @error: return location for %STALL_ERROR_INVALID; its message names the field
 *
 * Reads an event. One whose step this version does not know is an error: guessing would move goods
 * or money.
 *
 * Returns: (transfer full): the event
 */
StallOrderEvent *
stall_order_event_new_from_document (StallDocument *document, GError **error)
{
  g_autoptr (StallOrderEvent) self = NULL;
  const char *wrong = NULL;
  StallTime at = STALL_TIME_NONE;
  GObject *object;
  JsonObject *root;
  const char *order_id;
  StallStep step;

  g_return_val_if_fail (STALL_IS_DOCUMENT (document), NULL);

  object = stall_document_get_object (document);
  if (object != NULL && STALL_IS_ORDER_EVENT (object))
    return g_object_ref (STALL_ORDER_EVENT (object));

  root = stall_document_get_root (document, error);
  if (root == NULL)
    return NULL;

  order_id = stall_json_get_string (root, "order", NULL);
  if (order_id == NULL)
    wrong = "order";
  else if (!stall_step_from_string (stall_json_get_string (root, "step", NULL), &step))
    wrong = "step";
  else if (!stall_order_read_time (root, "at", &at) || at == STALL_TIME_NONE)
    wrong = "at";
  if (wrong != NULL)
    {
      stall_order_refuse (stall_document_get_id (document), wrong, error);
      return NULL;
    }

  self = stall_order_event_new_with_id (stall_document_get_id (document), order_id, step, at);
  return read_members (self, root, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * stall_order_event_get_id:
 * @self: an event
 *
 * Returns: "event:ORDER:…"
 */
const char *
stall_order_event_get_id (StallOrderEvent *self)
{
  g_return_val_if_fail (STALL_IS_ORDER_EVENT (self), NULL);

  return self->id;
}

/**
 * stall_order_event_get_order_id:
 * @self: an event
 *
 * Returns: id of the order it happened to
 */
const char *
stall_order_event_get_order_id (StallOrderEvent *self)
{
  g_return_val_if_fail (STALL_IS_ORDER_EVENT (self), NULL);

  return self->order_id;
}

/**
 * stall_order_event_get_step:
 * @self: an event
 *
 * Returns: what happened
 */
StallStep
stall_order_event_get_step (StallOrderEvent *self)
{
  g_return_val_if_fail (STALL_IS_ORDER_EVENT (self), STALL_STEP_PAID);

  return self->step;
}

/**
 * stall_order_event_get_at:
 * @self: an event
 *
 * Returns: when it happened, milliseconds UTC
 */
StallTime
stall_order_event_get_at (StallOrderEvent *self)
{
  g_return_val_if_fail (STALL_IS_ORDER_EVENT (self), STALL_TIME_NONE);

  return self->at;
}

/**
 * stall_order_event_get_n_lines:
 * @self: an event
 *
 * Returns: how many lines it names; 0: all that it can concern
 */
guint
stall_order_event_get_n_lines (StallOrderEvent *self)
{
  g_return_val_if_fail (STALL_IS_ORDER_EVENT (self), 0);

  return self->lines != NULL ? self->lines->len : 0;
}

/**
 * stall_order_event_get_line:
 * @self: an event
 * @index: which one, below stall_order_event_get_n_lines()
 *
 * Returns: a line of the order and how many pieces of it are concerned
 */
const StallEventLine *
stall_order_event_get_line (StallOrderEvent *self, guint index)
{
  g_return_val_if_fail (index < stall_order_event_get_n_lines (self), NULL);

  return &g_array_index (self->lines, StallEventLine, index);
}

/**
 * stall_order_event_get_money:
 * @self: an event
 * @amount: (out): minor units
 *
 * Returns: %FALSE when the event does not say how much
 */
gboolean
stall_order_event_get_money (StallOrderEvent *self, gint64 *amount)
{
  g_return_val_if_fail (STALL_IS_ORDER_EVENT (self), FALSE);

  *amount = self->amount;
  return self->currency != NULL;
}

/**
 * stall_order_event_get_currency:
 * @self: an event
 *
 * Returns: (nullable): ISO 4217 code of its money, or %NULL when it says none
 */
const char *
stall_order_event_get_currency (StallOrderEvent *self)
{
  g_return_val_if_fail (STALL_IS_ORDER_EVENT (self), NULL);

  return self->currency;
}

/**
 * stall_order_event_get_payment:
 * @self: an event
 *
 * Returns: (nullable): cash, wechat, alipay, card, platform or other
 */
const char *
stall_order_event_get_payment (StallOrderEvent *self)
{
  g_return_val_if_fail (STALL_IS_ORDER_EVENT (self), NULL);

  return self->payment;
}

/**
 * stall_order_event_get_carrier:
 * @self: an event
 *
 * Returns: (nullable): who carries the parcel
 */
const char *
stall_order_event_get_carrier (StallOrderEvent *self)
{
  g_return_val_if_fail (STALL_IS_ORDER_EVENT (self), NULL);

  return self->carrier;
}

/**
 * stall_order_event_get_tracking:
 * @self: an event
 *
 * Returns: (nullable): the parcel's tracking number
 */
const char *
stall_order_event_get_tracking (StallOrderEvent *self)
{
  g_return_val_if_fail (STALL_IS_ORDER_EVENT (self), NULL);

  return self->tracking;
}

/**
 * stall_order_event_get_place:
 * @self: an event
 *
 * Returns: the place whose stock changes; the workshop when not said
 */
const char *
stall_order_event_get_place (StallOrderEvent *self)
{
  g_return_val_if_fail (STALL_IS_ORDER_EVENT (self), NULL);

  return self->place != NULL ? self->place : STALL_PLACE_WORKSHOP;
}

/**
 * stall_order_event_get_restock:
 * @self: an event
 *
 * Returns: whether goods that came back are fit to sell
 */
gboolean
stall_order_event_get_restock (StallOrderEvent *self)
{
  g_return_val_if_fail (STALL_IS_ORDER_EVENT (self), FALSE);

  return self->restock;
}

/**
 * stall_order_event_get_remark:
 * @self: an event
 *
 * Returns: (nullable): why
 */
const char *
stall_order_event_get_remark (StallOrderEvent *self)
{
  g_return_val_if_fail (STALL_IS_ORDER_EVENT (self), NULL);

  return self->remark;
}
