/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-store"

#include "config.h"

#include "stall-oversold.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "stall-change-set.h"
#include "stall-documents.h"
#include "stall-projector-private.h"
#include "stall-query-private.h"
#include "stall-schema.h"
#include "stall-shortage.h"
#include "stall-store-private.h"

static void
claim_free (gpointer data)
{
  StallClaim *claim = data;

  g_free (claim->order_id);
  g_free (claim->order_number);
  g_free (claim->customer);
  g_free (claim);
}

/**
 * stall_oversold_free:
 * @self: (transfer full): a variant that is short
 *
 * Frees it with its claims.
 */
void
stall_oversold_free (StallOversold *self)
{
  g_free (self->variant_id);
  g_free (self->product_id);
  g_free (self->product_title);
  g_free (self->title);
  g_free (self->sku);
  g_free (self->cover);
  g_ptr_array_unref (self->claims);
  g_free (self);
}

/* --- the list --- */

static StallClaim *
read_claim (sqlite3_stmt *row)
{
  StallClaim *claim = g_new0 (StallClaim, 1);

  claim->number = sqlite3_column_int64 (row, 0);
  claim->position = sqlite3_column_int64 (row, 1);
  claim->open = sqlite3_column_int64 (row, 2);
  claim->waiting = sqlite3_column_int64 (row, 3);
  claim->order_id = g_strdup (stall_column_text (row, 4));
  claim->order_number = g_strdup (stall_column_text (row, 5));
  claim->customer = g_strdup (stall_column_text (row, 6));
  claim->source = sqlite3_column_int (row, 7);
  claim->status = sqlite3_column_int (row, 8);
  claim->placed_at = sqlite3_column_int64 (row, 9);
  return claim;
}

/* The claims on a variant, the newest first; @limit -1: all. */
static GPtrArray *
read_claims (StallDatabase *database, gint64 variant, gint64 limit, GError **error)
{
  g_autoptr (GPtrArray) claims = g_ptr_array_new_with_free_func (claim_free);
  g_autoptr (GError) failed = NULL;
  sqlite3_stmt *row = stall_database_query (
      database, &failed,
      "SELECT l.orders, l.position, l.open, coalesce (w.pieces, 0), o.id, o.order_number, "
      "  o.customer, o.source, o.status, o.placed_at "
      "FROM line l JOIN orders o ON o.number = l.orders "
      "LEFT JOIN waiting w ON w.orders = l.orders AND w.position = l.position "
      "WHERE l.variant = ? AND l.open > 0 ORDER BY l.placed_at DESC, o.id DESC, l.position DESC "
      "LIMIT ?",
      "ii", variant, limit);

  while (stall_database_step (database, row, &failed))
    g_ptr_array_add (claims, read_claim (row));
  if (failed == NULL)
    return g_steal_pointer (&claims);
  g_propagate_error (error, g_steal_pointer (&failed));
  return NULL;
}

static int
compare_claims (gconstpointer a, gconstpointer b)
{
  const StallClaim *first = a, *second = b;

  if (first->placed_at != second->placed_at)
    return first->placed_at < second->placed_at ? -1 : 1;
  if (first->number != second->number)
    return strcmp (first->order_id, second->order_id);
  return first->position < second->position ? -1 : first->position > second->position;
}

static StallOversold *
read_oversold (sqlite3_stmt *row)
{
  StallOversold *self = g_new0 (StallOversold, 1);

  self->variant_id = g_strdup (stall_column_text (row, 1));
  self->product_id = g_strdup (stall_column_text (row, 2));
  self->product_title = g_strdup (stall_column_text (row, 3));
  self->title = g_strdup (stall_column_text (row, 4));
  self->sku = g_strdup (stall_column_text (row, 5));
  self->cover = g_strdup ((const char *) sqlite3_column_text (row, 6));
  self->on_hand = sqlite3_column_int64 (row, 7);
  self->reserved = sqlite3_column_int64 (row, 8);
  self->waiting = sqlite3_column_int64 (row, 9);
  self->undecided = stall_shortage_get_undecided (self->on_hand, self->reserved, self->waiting);
  self->claims = g_ptr_array_new_with_free_func (claim_free);
  return self;
}

static gboolean
add_claims (StallOversold *self, StallDatabase *database, gint64 variant, GError **error)
{
  gint64 n_claims = 0;
  GPtrArray *claims = read_claims (database, variant, STALL_CLAIMS_MAX, error);

  if (claims == NULL
      || !stall_database_get_int (database, &n_claims, error,
                                  "SELECT count(*) FROM line WHERE variant = ? AND open > 0", "i",
                                  variant))
    return FALSE;
  g_ptr_array_unref (self->claims);
  self->claims = claims;
  self->n_earlier = (guint) n_claims - claims->len;
  g_ptr_array_sort_values (claims, compare_claims);
  return TRUE;
}

static DexFuture *
list_job (StallDatabase *database, gpointer data)
{
  g_autoptr (GPtrArray) list
      = g_ptr_array_new_with_free_func ((GDestroyNotify) stall_oversold_free);
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
  GError *error = NULL;
  sqlite3_stmt *row = stall_database_query (
      database, &error,
      "SELECT v.number, v.id, p.id, p.title, v.title, v.sku, p.cover, v.on_hand, v.reserved, "
      "  v.waiting FROM (SELECT * FROM " STALL_OVERSOLD_VARIANTS
      "  ORDER BY reserved = 0, number LIMIT " G_STRINGIFY (
          STALL_OVERSOLD_MAX) ") v "
                              "JOIN product p ON p.number = v.product ORDER BY v.reserved = 0, "
                              "p.name_key, v.position",
      "");

  while (stall_database_step (database, row, &error))
    {
      gint64 number = sqlite3_column_int64 (row, 0);

      g_array_append_val (numbers, number);
      g_ptr_array_add (list, read_oversold (row));
    }
  for (guint i = 0; error == NULL && i < list->len; i++)
    add_claims (list->pdata[i], database, g_array_index (numbers, gint64, i), &error);
  if (error != NULL)
    return dex_future_new_for_error (error);
  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_steal_pointer (&list));
}

/**
 * stall_store_list_oversold:
 * @store: a store
 *
 * Lists the variants that the owner has to decide on, each with the orders that want it in the
 * order in which they were placed.
 *
 * Returns: (transfer full): a future of a boxed #GPtrArray of #StallOversold, at most
 *   %STALL_OVERSOLD_MAX
 */
DexFuture *
stall_store_list_oversold (StallStore *store)
{
  dex_return_error_if_fail (STALL_IS_STORE (store));

  return stall_store_read (store, STALL_READER_REST, list_job, NULL, NULL, NULL);
}

/* --- who waits --- */

typedef struct
{
  char *variant_id;
  char *order_id; /* NULL: the newest */
} Pick;

static void
pick_free (gpointer data)
{
  Pick *pick = data;

  g_free (pick->variant_id);
  g_free (pick->order_id);
  g_free (pick);
}

static StallOrderState *
load_state (StallDatabase *database, const char *order_id, GError **error)
{
  g_autoptr (StallDocument) document = stall_documents_load (database, order_id, error);
  g_autofree char *prefix = stall_id_for_order (STALL_KIND_EVENT, order_id, "");
  g_autoptr (GPtrArray) documents = NULL;
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (StallOrder) order = NULL;

  if (document != NULL)
    order = stall_order_new_from_document (document, error);
  if (order != NULL)
    documents = stall_documents_list (database, prefix, error);
  for (guint i = 0; documents != NULL && i < documents->len; i++)
    {
      StallOrderEvent *event = stall_order_event_new_from_document (documents->pdata[i], NULL);

      if (event != NULL)
        g_ptr_array_add (events, event);
    }
  return documents != NULL ? stall_order_state_new (order, events) : NULL;
}

/* What one claim takes on of @undecided; the event of its order grows by it. */
static gboolean
add_share (StallClaim *claim,
           StallDatabase *database,
           GHashTable *events,
           gint64 *undecided,
           GError **error)
{
  guint index = claim->position < STALL_KIT_POSITION
                    ? (guint) claim->position
                    : (guint) (claim->position / STALL_KIT_POSITION - 1);
  g_autoptr (StallOrderState) state = load_state (database, claim->order_id, error);
  StallOrderEvent *event = g_hash_table_lookup (events, claim->order_id);
  const StallLineState *line;
  gint64 pieces_each;
  int share;

  if (state == NULL)
    return FALSE;
  line = &g_array_index (state->lines, StallLineState, index);
  pieces_each = MAX (claim->open / MAX (line->open, 1), 1);
  share = stall_shortage_get_share (*undecided, line->open, line->waiting, pieces_each);
  if (share == 0)
    return TRUE;
  if (event == NULL)
    {
      event = stall_order_event_new (claim->order_id, STALL_STEP_WAITING, stall_time_now ());
      g_hash_table_insert (events, claim->order_id, event);
    }
  stall_order_event_add_line (event, index, share);
  *undecided -= share * pieces_each;
  return TRUE;
}

static StallChangeSet *
new_changes (StallDatabase *database, GPtrArray *claims, GHashTable *events)
{
  g_autofree char *device = stall_schema_get_meta (database, "device");
  g_autofree char *label = NULL;
  StallChangeSet *changes;
  guint n = g_hash_table_size (events);

  for (guint i = 0; n == 1 && label == NULL && i < claims->len; i++)
    {
      const StallClaim *claim = claims->pdata[i];

      if (g_hash_table_contains (events, claim->order_id))
        label = g_strdup_printf (_ ("Order %s waits"), claim->order_number);
    }
  if (label == NULL)
    label = g_strdup_printf (ngettext ("%u order waits", "%u orders wait", n), n);
  changes = stall_change_set_new (label);
  for (guint i = 0; i < claims->len; i++)
    {
      const StallClaim *claim = claims->pdata[i];
      g_autoptr (StallOrderEvent) event = NULL;
      g_autoptr (StallDocument) document = NULL;

      if (!g_hash_table_steal_extended (events, claim->order_id, NULL, (gpointer *) &event))
        continue;
      document = stall_order_event_to_document (event, device);
      stall_change_set_put (changes, document);
    }
  return changes;
}

static DexFuture *
pick_job (StallDatabase *database, gpointer data)
{
  Pick *pick = data;
  g_autoptr (GHashTable) events
      = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  g_autoptr (GPtrArray) claims = NULL;
  GError *error = NULL;
  gint64 variant = 0, undecided = 0;

  if (stall_database_get_int (database, &variant, &error, "SELECT number FROM variant WHERE id = ?",
                              "s", pick->variant_id)
      && stall_database_get_int (
          database, &undecided, &error,
          "SELECT reserved - waiting - on_hand FROM variant WHERE number = ?", "i", variant))
    claims = read_claims (database, variant, -1, &error);
  for (guint i = 0; claims != NULL && error == NULL && undecided > 0 && i < claims->len; i++)
    {
      StallClaim *claim = claims->pdata[i];

      if (pick->order_id == NULL || g_str_equal (pick->order_id, claim->order_id))
        add_share (claim, database, events, &undecided, &error);
    }
  if (error != NULL)
    return dex_future_new_for_error (error);
  if (claims == NULL)
    claims = g_ptr_array_new ();
  return dex_future_new_take_object (new_changes (database, claims, events));
}

/**
 * stall_store_let_wait:
 * @store: a store
 * @variant_id: of which more is promised than there is
 * @order_id: (nullable): of the order that waits; %NULL: those that were placed last
 *
 * Makes the events that let as many pieces wait as are short and undecided.
 *
 * Returns: (transfer full): a future of a #StallChangeSet; it is empty when there is nothing left
 * to decide
 */
DexFuture *
stall_store_let_wait (StallStore *store, const char *variant_id, const char *order_id)
{
  Pick *pick;

  dex_return_error_if_fail (STALL_IS_STORE (store));
  dex_return_error_if_fail (variant_id != NULL);

  pick = g_new0 (Pick, 1);
  pick->variant_id = g_strdup (variant_id);
  pick->order_id = g_strdup (order_id);
  return stall_store_read (store, STALL_READER_REST, pick_job, pick, pick_free, NULL);
}
