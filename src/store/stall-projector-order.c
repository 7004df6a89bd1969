/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-store"

#include "config.h"

#include <string.h>

#include "stall-documents.h"
#include "stall-projector-private.h"
#include "stall-query-private.h"
#include "stall-remark.h"
#include "stall-search-text.h"

/* Lines that are kept back so that they go in by variant: 64 bytes each, so 64 MB at most. */
#define MAX_LINES (1024 * 1024)

/* Kits in kits in kits are followed this far down, and to so many different goods. */
#define MAX_KIT_DEPTH 8
#define MAX_KIT_GOODS 500

void
stall_pending_order_free (StallPendingOrder *self)
{
  g_free (self->id);
  g_clear_object (&self->order);
  g_ptr_array_unref (self->events);
  g_free (self);
}

/**
 * stall_projector_get_pending:
 * @self: a projector
 * @order_id: an order's id
 *
 * Notes that an order's rows have to be made anew.
 *
 * Returns: (transfer none): what is known of it in this batch
 */
StallPendingOrder *
stall_projector_get_pending (StallProjector *self, const char *order_id)
{
  StallPendingOrder *pending = g_hash_table_lookup (self->pending, order_id);

  if (pending == NULL)
    {
      pending = g_new0 (StallPendingOrder, 1);
      pending->id = g_strdup (order_id);
      pending->events = g_ptr_array_new_with_free_func (g_object_unref);
      g_hash_table_insert (self->pending, pending->id, pending);
    }
  return pending;
}

/**
 * stall_projector_add_order:
 * @self: a projector
 * @number: the document's number
 * @document: the order as it is now
 * @is_new: no rows speak of it yet
 * @error: return location
 *
 * Notes an order, to be settled with its events.
 *
 * Returns: %FALSE when the tables could not be written
 */
gboolean
stall_projector_add_order (StallProjector *self,
                           gint64 number,
                           StallDocument *document,
                           gboolean is_new,
                           GError **error)
{
  StallPendingOrder *pending = stall_projector_get_pending (self, stall_document_get_id (document));
  g_autoptr (GError) reason = NULL;

  /* What is deleted and made again in one batch still has its old rows. */
  pending->is_new = is_new && pending->number == 0;
  pending->number = number;
  g_clear_object (&pending->order);
  pending->removed = stall_document_get_deleted (document);
  if (pending->removed)
    return TRUE;
  pending->order = stall_order_new_from_document (document, &reason);
  if (pending->order != NULL)
    return TRUE;
  pending->removed = TRUE;
  return stall_projector_set_aside (self, number, reason, error);
}

/* “event:X:Y” and “remark:X” speak of “order:X”; X may hold colons. */
static char *
order_id_of (const char *id)
{
  const char *start = strchr (id, ':') + 1;
  const char *end = stall_kind_of_id (id) == STALL_KIND_EVENT ? strrchr (start, ':') : NULL;

  return end != NULL ? g_strdup_printf ("order:%.*s", (int) (end - start), start)
                     : g_strconcat ("order:", start, NULL);
}

/**
 * stall_projector_add_about_order:
 * @self: a projector
 * @document: an event or remark as it is now
 * @error: return location
 *
 * Notes that something was said of an order.
 *
 * Returns: %FALSE when the tables could not be written
 */
gboolean
stall_projector_add_about_order (StallProjector *self, StallDocument *document, GError **error)
{
  g_autofree char *order_id = order_id_of (stall_document_get_id (document));
  StallPendingOrder *pending = stall_projector_get_pending (self, order_id);
  StallOrderEvent *event;

  if (stall_document_get_kind (document) != STALL_KIND_EVENT)
    return TRUE;
  if (stall_document_get_deleted (document))
    {
      g_ptr_array_set_size (pending->events, 0); /* it may be among them: they are read again */
      return TRUE;
    }
  event = stall_order_event_new_from_document (document, NULL);
  if (event != NULL)
    g_ptr_array_add (pending->events, event);
  return TRUE;
}

/* Events of this batch are all there are when the tables hold as many; else they are read. */
static gboolean
complete_events (StallProjector *self, StallPendingOrder *pending, GError **error)
{
  g_autofree char *prefix = g_strdup_printf ("event:%s:", strchr (pending->id, ':') + 1);
  g_autofree char *end = stall_documents_prefix_end (prefix);
  g_autoptr (GPtrArray) documents = NULL;
  g_autoptr (GError) failed = NULL;
  gint64 count = 0;

  if (!stall_database_get_int (
          self->database, &count, &failed,
          "SELECT count(*) FROM document WHERE id >= ? AND id < ? AND NOT deleted", "SS", prefix,
          end))
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  if (count == pending->events->len)
    return TRUE;
  documents = stall_documents_list (self->database, prefix, error);
  if (documents == NULL)
    return FALSE;
  g_ptr_array_set_size (pending->events, 0);
  for (guint i = 0; i < documents->len; i++)
    {
      StallDocument *document = g_ptr_array_index (documents, i);
      g_autofree char *order_id = order_id_of (stall_document_get_id (document));
      g_autoptr (GError) reason = NULL;
      StallOrderEvent *event;
      StallDocumentState state;

      if (!g_str_equal (order_id, pending->id))
        continue;
      event = stall_order_event_new_from_document (document, &reason);
      if (event != NULL)
        g_ptr_array_add (pending->events, event);
      else if (!stall_documents_look_up (self->database, stall_document_get_id (document), &state,
                                         error)
               || !stall_projector_set_aside (self, state.number, reason, error))
        return FALSE;
    }
  return TRUE;
}

/* The order as it was before it was deleted: its lines say which rows have to go. */
static StallOrder *
load_former (StallProjector *self, StallPendingOrder *pending)
{
  g_autoptr (StallDocument) document = NULL;
  g_autoptr (GBytes) body = NULL;
  sqlite3_stmt *row
      = stall_database_query (self->database, NULL,
                              "SELECT body FROM revision WHERE document = ? AND NOT deleted "
                              "ORDER BY generation DESC LIMIT 1",
                              "i", pending->number);

  if (!stall_database_step (self->database, row, NULL))
    return NULL;
  body = stall_column_bytes (row, 0);
  sqlite3_reset (row);
  if (body == NULL)
    return NULL;
  document = stall_document_new (pending->id, body);
  return stall_order_new_from_document (document, NULL);
}

static gboolean
load_order (StallProjector *self, StallPendingOrder *pending, GError **error)
{
  StallDocumentState state;
  g_autoptr (StallDocument) document = NULL;

  if (!stall_documents_look_up (self->database, pending->id, &state, error))
    return FALSE;
  if (state.number == 0)
    return TRUE;
  document = stall_documents_load_number (self->database, state.number, error);
  return document != NULL && stall_projector_add_order (self, state.number, document, FALSE, error);
}

static gboolean
remove_rows_of_variant (StallProjector *self,
                        gint64 orders,
                        gint64 variant,
                        StallTime placed_at,
                        GError **error)
{
  stall_projector_touch_variant (self, variant);
  return stall_database_run (self->database, error,
                             "DELETE FROM line WHERE variant = ? AND placed_at = ? AND orders = ?",
                             "iii", variant, placed_at, orders)
         && stall_database_run (self->database, error,
                                "DELETE FROM ledger WHERE variant = ? AND orders = ?", "ii",
                                variant, orders);
}

/* The parts of a kit as its product lists them, in the order of their ids, which is the same in
 * every file. */
static GArray *
load_parts (StallProjector *self, gint64 kit)
{
  GArray *parts = g_array_new (FALSE, FALSE, sizeof (StallKitGoods));
  sqlite3_stmt *row = stall_database_query (
      self->database, NULL,
      "SELECT k.part, k.quantity FROM kit_part k JOIN variant v ON v.number = k.part "
      "WHERE k.kit = ? ORDER BY v.id",
      "i", kit);

  while (stall_database_step (self->database, row, NULL))
    {
      StallKitGoods part = { sqlite3_column_int64 (row, 0), sqlite3_column_int64 (row, 1) };

      g_array_append_val (parts, part);
    }
  return parts;
}

static void
add_goods (GArray *goods, gint64 variant, gint64 quantity)
{
  StallKitGoods added = { variant, MIN (quantity, STALL_KIT_PIECES_MAX) };

  for (guint i = 0; i < goods->len; i++)
    {
      StallKitGoods *known = &g_array_index (goods, StallKitGoods, i);

      if (known->variant == variant)
        {
          known->quantity = MIN (known->quantity + added.quantity, STALL_KIT_PIECES_MAX);
          return;
        }
    }
  if (goods->len < MAX_KIT_GOODS)
    g_array_append_val (goods, added);
}

/* Goes down through kits in kits; one that is on the way down already holds itself and adds
 * nothing.
 */
static void
add_goods_of (StallProjector *self,
              GArray *goods,
              gint64 way[MAX_KIT_DEPTH],
              guint depth,
              gint64 times)
{
  g_autoptr (GArray) parts = load_parts (self, way[depth]);

  if (parts->len == 0 && depth > 0)
    add_goods (goods, way[depth], times);
  for (guint i = 0; i < parts->len && depth + 1 < MAX_KIT_DEPTH; i++)
    {
      const StallKitGoods *part = &g_array_index (parts, StallKitGoods, i);
      gboolean holds_itself = FALSE;

      for (guint j = 0; j <= depth; j++)
        holds_itself |= way[j] == part->variant;
      if (holds_itself)
        continue;
      way[depth + 1] = part->variant;
      add_goods_of (self, goods, way, depth + 1,
                    MIN (times * part->quantity, STALL_KIT_PIECES_MAX));
    }
}

/**
 * stall_projector_load_kit:
 * @self: a projector
 * @variant: a variant's number
 *
 * Finds the goods that one piece of a kit consists of, through kits in kits.
 *
 * Returns: (transfer full) (nullable) (element-type StallKitGoods): the goods; %NULL for what is no
 *   kit, or one that holds nothing but itself
 */
GArray *
stall_projector_load_kit (StallProjector *self, gint64 variant)
{
  g_autoptr (GArray) goods = NULL;
  gint64 way[MAX_KIT_DEPTH] = { variant };

  if (!self->has_kits)
    return NULL;
  goods = g_array_new (FALSE, FALSE, sizeof (StallKitGoods));
  add_goods_of (self, goods, way, 0, 1);
  return goods->len > 0 ? g_steal_pointer (&goods) : NULL;
}

static const StallKitGoods *
get_goods (GArray *parts, guint index)
{
  return &g_array_index (parts, StallKitGoods, index);
}

static gboolean
remove_rows (StallProjector *self, gint64 orders, StallOrder *order, GError **error)
{
  StallTime placed_at = stall_order_get_placed_at (order);

  for (guint i = 0; i < stall_order_get_n_lines (order); i++)
    {
      const StallOrderLine *line = stall_order_get_line (order, i);
      g_autoptr (GArray) parts = NULL;
      gint64 variant;

      if (line->variant == NULL)
        continue;
      variant = stall_projector_get_variant (self, line->variant, error);
      if (variant == 0 || !remove_rows_of_variant (self, orders, variant, placed_at, error))
        return FALSE;
      parts = stall_projector_load_kit (self, variant);
      for (guint j = 0; parts != NULL && j < parts->len; j++)
        if (!remove_rows_of_variant (self, orders, get_goods (parts, j)->variant, placed_at, error))
          return FALSE;
    }
  return stall_database_run (self->database, error, "DELETE FROM payment WHERE orders = ?", "i",
                             orders)
         && stall_database_run (self->database, error, "DELETE FROM waiting WHERE orders = ?", "i",
                                orders)
         && stall_database_run (self->database, error, "DELETE FROM order_search WHERE rowid = ?",
                                "i", stall_query_get_order_key (placed_at, orders))
         && stall_database_run (self->database, error, "DELETE FROM orders WHERE number = ?", "i",
                                orders);
}

static gboolean
write_effect (StallProjector *self,
              gint64 orders,
              gint64 variant,
              gint64 position,
              gint64 times,
              const StallStockEffect *effect,
              GError **error)
{
  return stall_database_run (
      self->database, error,
      "INSERT OR REPLACE INTO ledger VALUES (?, ?, ?, ?, ?, ?, 0, NULL, NULL, ?, ?)", "isiiiisi",
      variant, effect->place, effect->at, orders, position, (gint64) effect->quantity * times,
      stall_order_event_get_remark (effect->event), orders);
}

/* The stock effects of one line: how many, and the last of them. */
typedef struct
{
  guint n;
  const StallStockEffect *last;
} LineEffects;

static LineEffects *
count_effects (const StallOrderState *state)
{
  LineEffects *effects = g_new0 (LineEffects, MAX (state->lines->len, 1));

  for (guint i = 0; i < state->stock->len; i++)
    {
      const StallStockEffect *effect = &g_array_index (state->stock, StallStockEffect, i);

      effects[effect->line].n++;
      effects[effect->line].last = effect;
    }
  return effects;
}

/* A line that left whole in one go from the workshop needs no rows in the ledger. */
static gboolean
left_whole (const LineEffects *effects)
{
  return effects->n == 1 && effects->last->quantity < 0
         && strcmp (effects->last->place, STALL_PLACE_WORKSHOP) == 0;
}

static gboolean
write_waiting (StallProjector *self,
               gint64 orders,
               gint64 position,
               gint64 variant,
               gint64 pieces,
               GError **error)
{
  return pieces == 0
         || stall_database_run (self->database, error, "INSERT INTO waiting VALUES (?, ?, ?, ?)",
                                "iiii", orders, position, variant, pieces);
}

static gboolean
write_kit_line (StallProjector *self,
                StallPendingOrder *pending,
                const StallOrderState *state,
                guint index,
                GArray *parts,
                GError **error)
{
  const StallLineState *line = &g_array_index (state->lines, StallLineState, index);

  for (guint i = 0; i < parts->len; i++)
    {
      gint64 position = (gint64) (index + 1) * STALL_KIT_POSITION + i;
      StallLineRow row = { .variant = get_goods (parts, i)->variant,
                           .placed_at = stall_order_get_placed_at (pending->order),
                           .orders = pending->number,
                           .position = position,
                           .open = line->open * get_goods (parts, i)->quantity,
                           .gone_at = STALL_TIME_NONE };

      stall_projector_keep_line (self, stall_projector_note_variant (self, row.variant), &row);
      if (!write_waiting (self, pending->number, position, row.variant,
                          line->waiting * get_goods (parts, i)->quantity, error))
        return FALSE;
      for (guint j = 0; j < state->stock->len; j++)
        {
          const StallStockEffect *effect = &g_array_index (state->stock, StallStockEffect, j);

          if (effect->line == index
              && !write_effect (self, pending->number, row.variant, position + 1000 * (gint64) j,
                                get_goods (parts, i)->quantity, effect, error))
            return FALSE;
        }
    }
  return TRUE;
}

static gboolean
write_line (StallProjector *self,
            StallPendingOrder *pending,
            const StallOrderState *state,
            guint index,
            StallPendingVariant *variant,
            const LineEffects *effects,
            GError **error)
{
  const StallOrderLine *line = stall_order_get_line (pending->order, index);
  const StallLineState *line_state = &g_array_index (state->lines, StallLineState, index);
  g_autoptr (GArray) parts = stall_projector_load_kit (self, variant->number);
  StallLineRow row = { .variant = variant->number,
                       .placed_at = stall_order_get_placed_at (pending->order),
                       .orders = pending->number,
                       .position = index,
                       .sold = line->quantity - line_state->cancelled - line_state->returned,
                       .open = line_state->open,
                       .gone_at = STALL_TIME_NONE };

  if (parts != NULL)
    row.open = 0;
  else if (left_whole (effects))
    {
      row.gone = -effects->last->quantity;
      row.gone_at = effects->last->at;
    }
  stall_projector_keep_line (self, variant, &row);
  if (parts != NULL)
    return write_kit_line (self, pending, state, index, parts, error);
  if (!write_waiting (self, pending->number, index, variant->number, line_state->waiting, error))
    return FALSE;
  if (row.gone != 0 || effects->n == 0)
    return TRUE;
  for (guint i = 0; i < state->stock->len; i++)
    {
      const StallStockEffect *effect = &g_array_index (state->stock, StallStockEffect, i);

      if (effect->line == index
          && !write_effect (self, pending->number, variant->number, (gint64) index * 1000 + i, 1,
                            effect, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_payments (StallProjector *self,
                StallPendingOrder *pending,
                const StallOrderState *state,
                GError **error)
{
  for (guint i = 0; i < state->money->len; i++)
    {
      const StallMoneyEffect *effect = &g_array_index (state->money, StallMoneyEffect, i);

      if (!stall_database_run (self->database, error,
                               "INSERT INTO payment VALUES (NULL, ?, ?, ?, ?, ?)", "iiiiS",
                               pending->number, effect->at, effect->amount,
                               (gint64) stall_order_get_source (pending->order),
                               stall_order_get_currency (pending->order)))
        return FALSE;
    }
  return TRUE;
}

static StallRemark *
load_remark (StallProjector *self, const char *order_id)
{
  g_autofree char *id = stall_id_for_order (STALL_KIND_REMARK, order_id, NULL);
  g_autoptr (StallDocument) document = stall_documents_load (self->database, id, NULL);

  return document != NULL ? stall_remark_new_from_document (document, NULL) : NULL;
}

static void
append_words (GString *text, const char *words)
{
  if (words != NULL && *words != '\0')
    g_string_append_printf (text, " %s", words);
}

/* What an order is found by, beside the names of its products: those that are not in the inventory
 * are named by their lines alone. */
static char *
dup_search_text (StallOrder *order, const StallOrderState *state, const char *remark)
{
  GString *text = g_string_new (stall_order_get_number (order));

  append_words (text, stall_order_get_customer (order));
  append_words (text, remark);
  for (guint i = 0; i < stall_order_get_n_lines (order); i++)
    {
      const StallOrderLine *line = stall_order_get_line (order, i);

      append_words (text, line->personalisation);
      if (line->variant != NULL)
        continue;
      append_words (text, line->title);
      append_words (text, line->sku);
    }
  for (guint i = 0; i < state->events->len; i++)
    append_words (text, stall_order_event_get_tracking (g_ptr_array_index (state->events, i)));
  return g_string_free_and_steal (text);
}

static gboolean
write_head (StallProjector *self,
            StallPendingOrder *pending,
            const StallOrderState *state,
            gint64 first_variant,
            GError **error)
{
  StallOrder *order = pending->order;
  g_autoptr (StallRemark) remark = load_remark (self, pending->id);
  g_autofree char *words = NULL;
  g_autofree char *text = NULL;
  const char *first_title = "";
  const char *ref = stall_order_get_source_ref (order);
  const char *remark_text = remark != NULL ? stall_remark_get_text (remark) : "";
  gint64 pieces = 0;
  gboolean personalised = FALSE;
  guint n_lines = stall_order_get_n_lines (order);

  for (guint i = 0; i < n_lines; i++)
    {
      const StallOrderLine *line = stall_order_get_line (order, i);

      pieces += ABS (line->quantity);
      personalised |= line->personalisation != NULL && line->personalisation[0] != '\0';
      if (i == 0)
        first_title = line->title != NULL ? line->title : line->sku != NULL ? line->sku : "";
    }
  if (n_lines == 0 && stall_order_get_n_charges (order) > 0)
    first_title = stall_order_get_charge (order, 0)->title;
  text = dup_search_text (order, state, remark_text);
  words = stall_search_text (text);
  return stall_database_run (
             self->database, error,
             "INSERT INTO orders VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
             "iSSSiiitiiSiitSiSiS", pending->number, pending->id, stall_order_get_number (order),
             stall_order_get_customer (order), (gint64) state->status,
             (gint64) stall_order_get_source (order), stall_order_get_placed_at (order),
             stall_order_get_ship_by (order), stall_order_get_total (order),
             state->paid - state->refunded, stall_order_get_currency (order), pieces,
             (gint64) n_lines, first_variant != 0 ? first_variant : STALL_TIME_NONE,
             first_title != NULL ? first_title : "",
             remark != NULL ? (gint64) stall_remark_get_flag (remark) : (gint64) 0, remark_text,
             (gint64) personalised, ref != NULL ? ref : "")
         && stall_database_run (
             self->database, error, "INSERT INTO order_search (rowid, words) VALUES (?, ?)", "iS",
             stall_query_get_order_key (stall_order_get_placed_at (order), pending->number), words);
}

static gboolean
write_order (StallProjector *self, StallPendingOrder *pending, GError **error)
{
  g_autoptr (StallOrderState) state = stall_order_state_new (pending->order, pending->events);
  g_autofree LineEffects *effects = count_effects (state);
  gint64 first_variant = 0;

  for (guint i = 0; i < stall_order_get_n_lines (pending->order); i++)
    {
      const StallOrderLine *line = stall_order_get_line (pending->order, i);
      StallPendingVariant *variant;

      if (line->variant == NULL)
        {
          if (!write_waiting (self, pending->number, i, 0,
                              g_array_index (state->lines, StallLineState, i).waiting, error))
            return FALSE;
          continue;
        }
      variant = stall_projector_find_variant (self, line->variant, error);
      if (variant == NULL || !write_line (self, pending, state, i, variant, &effects[i], error))
        return FALSE;
      if (i == 0)
        first_variant = variant->number;
    }
  return write_head (self, pending, state, first_variant, error)
         && write_payments (self, pending, state, error);
}

static gboolean
settle_order (StallProjector *self, StallPendingOrder *pending, GError **error)
{
  gint64 known = 0;

  if (pending->order == NULL && !pending->removed && !load_order (self, pending, error))
    return FALSE;
  if (pending->number == 0)
    return TRUE; /* the order itself has not arrived yet */
  if (!pending->is_new
      && stall_database_get_int (self->database, &known, NULL,
                                 "SELECT number FROM orders WHERE number = ?", "i",
                                 pending->number))
    {
      g_autoptr (StallOrder) former
          = pending->order != NULL ? g_object_ref (pending->order) : load_former (self, pending);

      if (former != NULL && !remove_rows (self, pending->number, former, error))
        return FALSE;
    }
  if (pending->order == NULL)
    return TRUE;
  return complete_events (self, pending, error) && write_order (self, pending, error);
}

/* In the order of their keys in the search table, which writes rising keys fastest. */
static int
compare_pending (gconstpointer a, gconstpointer b)
{
  const StallPendingOrder *first = *(StallPendingOrder *const *) a,
                          *second = *(StallPendingOrder *const *) b;
  StallTime first_at = first->order != NULL ? stall_order_get_placed_at (first->order) : 0;
  StallTime second_at = second->order != NULL ? stall_order_get_placed_at (second->order) : 0;

  if (first_at != second_at)
    return first_at < second_at ? -1 : 1;
  return first->number < second->number ? -1 : first->number > second->number;
}

/**
 * stall_projector_flush_orders:
 * @self: a projector
 * @error: return location
 *
 * Writes the rows of the orders that wait.
 *
 * Returns: whether all was written
 */
gboolean
stall_projector_flush_orders (StallProjector *self, GError **error)
{
  g_autoptr (GPtrArray) orders = g_hash_table_get_values_as_ptr_array (self->pending);
  gboolean all_new = TRUE;

  for (guint i = 0; i < orders->len; i++)
    all_new &= ((StallPendingOrder *) g_ptr_array_index (orders, i))->is_new;
  /* Rows that an earlier batch kept back are there to be removed. */
  if (!all_new && !stall_projector_flush_lines (self, error))
    return FALSE;
  g_ptr_array_sort (orders, compare_pending);
  for (guint i = 0; i < orders->len; i++)
    if (!settle_order (self, g_ptr_array_index (orders, i), error))
      return FALSE;
  g_hash_table_remove_all (self->pending);
  return self->n_lines < MAX_LINES || stall_projector_flush_lines (self, error);
}
