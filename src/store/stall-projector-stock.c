/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-store"

#include "config.h"

#include <string.h>

#include "stall-projector-private.h"

/* The movement as it was before it was deleted, from its last revision with a body. */
static StallMovement *
load_former (StallProjector *self, gint64 number, const char *id)
{
  g_autoptr (StallDocument) document = NULL;
  g_autoptr (GBytes) body = NULL;
  sqlite3_stmt *row
      = stall_database_query (self->database, NULL,
                              "SELECT body FROM revision WHERE document = ? AND NOT deleted "
                              "ORDER BY generation DESC LIMIT 1",
                              "i", number);

  if (!stall_database_step (self->database, row, NULL))
    return NULL;
  body = stall_column_bytes (row, 0);
  sqlite3_reset (row);
  if (body == NULL)
    return NULL;
  document = stall_document_new (id, body);
  return stall_movement_new_from_document (document, NULL);
}

/**
 * stall_projector_add_movement:
 * @self: a projector
 * @number: the document's number
 * @document: the movement as it is now
 * @error: return location
 *
 * Writes the row of a movement or count.
 *
 * Returns: %FALSE when the tables could not be written
 */
gboolean
stall_projector_add_movement (StallProjector *self,
                              gint64 number,
                              StallDocument *document,
                              GError **error)
{
  g_autoptr (StallMovement) movement = NULL;
  g_autoptr (GError) reason = NULL;
  gboolean deleted = stall_document_get_deleted (document);
  gint64 variant;

  movement = deleted ? load_former (self, number, stall_document_get_id (document))
                     : stall_movement_new_from_document (document, &reason);
  if (movement == NULL)
    return deleted || stall_projector_set_aside (self, number, reason, error);
  variant = stall_projector_get_variant (self, stall_movement_get_variant (movement), error);
  if (variant == 0)
    return FALSE;
  stall_projector_touch_variant (self, variant);
  if (deleted)
    return stall_database_run (
        self->database, error,
        "DELETE FROM ledger WHERE variant = ? AND place = ? AND at = ? AND document = ?", "isii",
        variant, stall_movement_get_place (movement), stall_movement_get_at (movement), number);
  return stall_database_run (
      self->database, error,
      "INSERT OR REPLACE INTO ledger VALUES (?, ?, ?, ?, 0, ?, ?, ?, ?, ?, NULL)", "isiiiiiss",
      variant, stall_movement_get_place (movement), stall_movement_get_at (movement), number,
      (gint64) stall_movement_get_quantity (movement), (gint64) stall_movement_is_count (movement),
      (gint64) stall_movement_get_reason (movement), stall_movement_get_ref (movement),
      stall_movement_get_remark (movement));
}

/* The running sum of one place. Of two counts of one instant the one whose document has the greater
 * id holds, on every device; what moves in the instant of a count comes after it. */
typedef struct
{
  char *place;
  StallStockFold fold;
  StallTime since;  /* of the last count */
  gint64 moved_now; /* moves of the instant that is being read */
  StallTime now;
  char *count_id; /* document of the last count */
} PlaceSum;

static void
place_sum_start (PlaceSum *sum, const char *place)
{
  g_free (sum->count_id);
  g_free (sum->place);
  *sum = (PlaceSum) { .place = g_strdup (place), .since = G_MININT64 + 1, .now = G_MININT64 };
}

static void
place_sum_clear (PlaceSum *sum)
{
  g_free (sum->place);
  g_free (sum->count_id);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PlaceSum, place_sum_clear)

static char *
load_id (StallProjector *self, gint64 document)
{
  return stall_database_get_text (self->database, NULL, "SELECT id FROM document WHERE number = ?",
                                  "i", document);
}

static void
place_sum_add (PlaceSum *sum,
               StallProjector *self,
               StallTime at,
               gint64 document,
               gboolean counted,
               gint64 quantity)
{
  if (at != sum->now)
    sum->moved_now = 0;
  sum->now = at;
  if (!counted)
    {
      sum->moved_now += quantity;
      sum->fold.on_hand += quantity; /* a kit's part may move more than an int holds */
      return;
    }
  if (sum->since == at)
    {
      g_autofree char *id = load_id (self, document);

      if (g_strcmp0 (id, sum->count_id) < 0)
        return;
      g_set_str (&sum->count_id, id);
    }
  else
    {
      g_free (sum->count_id);
      sum->count_id = load_id (self, document);
    }
  sum->since = at;
  stall_stock_fold_add (&sum->fold, TRUE, quantity);
  sum->fold.on_hand += sum->moved_now;
}

typedef struct
{
  gint64 on_hand;
  gint64 open;
  gint64 sold;
  gint64 recent;
} VariantSums;

/* One look at the variant's lines: what is reserved, what was sold, and what left the workshop
 * since its last count. */
static gboolean
sum_lines (StallProjector *self,
           gint64 variant,
           StallTime since,
           VariantSums *sums,
           gint64 *gone,
           GError **error)
{
  g_autoptr (GError) failed = NULL;
  sqlite3_stmt *row
      = stall_database_query (self->database, &failed,
                              "SELECT sum (open), sum (sold), sum (iif (placed_at >= ?, sold, 0)),"
                              "  sum (iif (gone_at >= ?, gone, 0)) FROM line WHERE variant = ?",
                              "iii", self->recent_from, since, variant);

  if (stall_database_step (self->database, row, &failed))
    {
      sums->open = sqlite3_column_int64 (row, 0);
      sums->sold = sqlite3_column_int64 (row, 1);
      sums->recent = sqlite3_column_int64 (row, 2);
      *gone = sqlite3_column_int64 (row, 3);
      sqlite3_reset (row);
    }
  if (failed == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

static gboolean
write_place (StallProjector *self,
             gint64 variant,
             const char *place,
             gint64 on_hand,
             VariantSums *sums,
             GError **error)
{
  sums->on_hand += on_hand;
  return stall_database_run (self->database, error, "INSERT INTO stock VALUES (?, ?, ?)", "isi",
                             variant, place, on_hand);
}

/* Reads the ledger of a variant, place by place in time order, and writes what each place has on
 * hand. The workshop's own sum is kept back, for the lines that left from there. */
static gboolean
sum_ledger (StallProjector *self,
            gint64 variant,
            PlaceSum *workshop,
            gboolean *has_workshop,
            VariantSums *sums,
            GError **error)
{
  g_auto (GStrv) places = NULL;
  g_autoptr (GArray) amounts = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (PlaceSum) sum = { 0 };
  g_autoptr (GError) failed = NULL;
  sqlite3_stmt *row = stall_database_query (
      self->database, &failed,
      "SELECT place, at, document, counted, quantity FROM ledger WHERE variant = ? "
      "ORDER BY place, at, document, position",
      "i", variant);

  *has_workshop = FALSE;
  place_sum_start (workshop, STALL_PLACE_WORKSHOP);
  while (stall_database_step (self->database, row, &failed))
    {
      const char *place = stall_column_text (row, 0);
      PlaceSum *target = workshop;

      if (strcmp (place, STALL_PLACE_WORKSHOP) != 0)
        {
          target = &sum;
          if (g_strcmp0 (place, sum.place) != 0)
            {
              gint64 none = 0;

              place_sum_start (&sum, place);
              g_strv_builder_add (builder, place);
              g_array_append_val (amounts, none);
            }
        }
      else
        *has_workshop = TRUE;
      place_sum_add (target, self, sqlite3_column_int64 (row, 1), sqlite3_column_int64 (row, 2),
                     sqlite3_column_int (row, 3), sqlite3_column_int64 (row, 4));
      if (target == &sum)
        g_array_index (amounts, gint64, amounts->len - 1) = sum.fold.on_hand;
    }
  places = g_strv_builder_end (builder);
  for (guint i = 0; failed == NULL && i < amounts->len; i++)
    write_place (self, variant, places[i], g_array_index (amounts, gint64, i), sums, &failed);
  if (failed == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

/* On hand of a place = its last count + what moved from that moment on, in time order. */
static gboolean
settle_variant (StallProjector *self, gint64 variant, GError **error)
{
  g_auto (PlaceSum) workshop = { 0 };
  VariantSums sums = { 0 };
  gboolean has_workshop;
  gint64 gone = 0;

  return stall_database_run (self->database, error, "DELETE FROM stock WHERE variant = ?", "i",
                             variant)
         && sum_ledger (self, variant, &workshop, &has_workshop, &sums, error)
         && sum_lines (self, variant, workshop.since, &sums, &gone, error)
         && ((!has_workshop && gone == 0)
             || write_place (self, variant, STALL_PLACE_WORKSHOP, workshop.fold.on_hand - gone,
                             &sums, error))
         && stall_database_run (
             self->database, error,
             "UPDATE variant SET on_hand = ?1, reserved = ?2, sold = ?3, recent = ?4, waiting = "
             "(SELECT coalesce (sum (pieces), 0) FROM waiting WHERE variant = ?5) WHERE number = "
             "?5",
             "iiiii", sums.on_hand, sums.open, sums.sold, sums.recent, variant);
}

static gboolean
touch_kits (StallProjector *self, GHashTable *kits, gint64 variant, GError **error)
{
  g_autoptr (GError) failed = NULL;
  sqlite3_stmt *row
      = stall_database_query (self->database, &failed,
                              "WITH RECURSIVE up (n) AS (VALUES (?) "
                              "  UNION SELECT k.kit FROM kit_part k JOIN up ON k.part = up.n) "
                              "SELECT n FROM up JOIN variant v ON v.number = n WHERE v.kit",
                              "i", variant);

  while (stall_database_step (self->database, row, &failed))
    {
      gint64 kit = sqlite3_column_int64 (row, 0);

      g_hash_table_add (kits, g_memdup2 (&kit, sizeof kit));
      stall_projector_touch_variant (self, kit);
    }
  if (failed == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

/* A kit has as many as its scarcest part allows: of what is on hand, and of what is available. */
static gboolean
settle_kit (StallProjector *self, gint64 kit, GError **error)
{
  g_autoptr (GArray) parts = stall_projector_load_kit (self, kit);
  gint64 on_hand = parts != NULL ? G_MAXINT64 : 0, available = on_hand;

  for (guint i = 0; parts != NULL && i < parts->len; i++)
    {
      const StallKitGoods *part = &g_array_index (parts, StallKitGoods, i);
      g_autoptr (GError) failed = NULL;
      sqlite3_stmt *row = stall_database_query (
          self->database, &failed, "SELECT on_hand, reserved FROM variant WHERE number = ?", "i",
          part->variant);

      if (stall_database_step (self->database, row, &failed))
        {
          gint64 held = sqlite3_column_int64 (row, 0);

          on_hand = MIN (on_hand, held / part->quantity);
          available = MIN (available, (held - sqlite3_column_int64 (row, 1)) / part->quantity);
          sqlite3_reset (row);
        }
      if (failed != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&failed));
          return FALSE;
        }
    }
  return stall_database_run (
      self->database, error,
      "UPDATE variant SET on_hand = ?, reserved = ? WHERE number = ? AND kit", "iii", on_hand,
      on_hand - available, kit);
}

static GArray *
list_numbers (GHashTable *set)
{
  GArray *numbers = g_array_sized_new (FALSE, FALSE, sizeof (gint64), g_hash_table_size (set));
  GHashTableIter iter;
  gpointer number;

  g_hash_table_iter_init (&iter, set);
  while (g_hash_table_iter_next (&iter, &number, NULL))
    g_array_append_vals (numbers, number, 1);
  return numbers;
}

/* What nobody speaks of any more leaves no row; what a product has passes its sums on to it. */
static gboolean
leave_variant (StallProjector *self, gint64 variant, GError **error)
{
  gint64 product = 0;

  if (stall_database_get_int (self->database, &product, NULL,
                              "SELECT product FROM variant WHERE number = ?", "i", variant))
    {
      stall_projector_touch_product (self, product);
      return TRUE;
    }
  return stall_database_run (self->database, error,
                             "DELETE FROM variant WHERE number = ?1 AND product IS NULL "
                             "AND NOT EXISTS (SELECT 1 FROM line WHERE variant = ?1) "
                             "AND NOT EXISTS (SELECT 1 FROM ledger WHERE variant = ?1) "
                             "AND NOT EXISTS (SELECT 1 FROM kit_part WHERE part = ?1)",
                             "i", variant);
}

/* Low, out and running out are said only of what is on sale, and low never of a one-off. */
static gboolean
settle_product (StallProjector *self, gint64 product, GError **error)
{
  return stall_database_run (self->database, error,
                             "UPDATE product SET (on_hand, reserved, sold, recent, days_left, "
                             "price_min, price_max, currency,"
                             "    n_low, n_out, n_oversold, n_running) = ("
                             "  SELECT coalesce (sum (on_hand), 0), coalesce (sum (reserved), 0), "
                             "coalesce (sum (v.sold), 0),"
                             "    coalesce (sum (v.recent), 0),"
                             "    CASE WHEN sum (v.recent) > 0 THEN max (sum (on_hand), 0) "
                             "* " G_STRINGIFY (
                                 STALL_RECENT_DAYS) ".0"
                                                    "      / sum (v.recent) END,"
                                                    "    min (price), max (price), max "
                                                    "(v.currency),"
                                                    "    coalesce (sum (on_sale AND NOT single AND "
                                                    "on_hand > reserved"
                                                    "      AND on_hand - reserved <= coalesce "
                                                    "(low_at, ?2)), 0),"
                                                    "    coalesce (sum (on_sale AND on_hand <= "
                                                    "reserved), 0), coalesce (sum (on_hand < "
                                                    "reserved), 0),"
                                                    "    coalesce (sum (on_sale AND NOT single AND "
                                                    "v.recent > 0 AND (on_hand <= 0 OR"
                                                    "      on_hand * " G_STRINGIFY (STALL_RECENT_DAYS) " < v.recent * " G_STRINGIFY (
                                                        STALL_RUNNING_OUT_DAYS) ")), 0)"
                                                                                "  FROM variant v, "
                                                                                "(SELECT stage IN "
                                                                                "(4, 5) AS "
                                                                                "on_sale, one_off "
                                                                                "AS single FROM "
                                                                                "product WHERE "
                                                                                "number = ?1)"
                                                                                "  WHERE v.product "
                                                                                "= ?1) WHERE "
                                                                                "number = ?1",
                             "ii", product, self->low_at);
}

/**
 * stall_projector_settle_stock:
 * @self: a projector
 * @error: return location
 *
 * Sums the stock of every variant that was touched, then the kits they are in, then their products.
 *
 * Returns: whether all was written
 */
gboolean
stall_projector_settle_stock (StallProjector *self, GError **error)
{
  g_autoptr (GArray) variants = stall_projector_list_touched (self);
  g_autoptr (GHashTable) kit_set
      = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GArray) kits = NULL;
  g_autoptr (GArray) products = NULL;

  for (guint i = 0; i < variants->len; i++)
    {
      gint64 variant = g_array_index (variants, gint64, i);

      if (!settle_variant (self, variant, error)
          || (self->has_kits && !touch_kits (self, kit_set, variant, error)))
        return FALSE;
    }
  kits = list_numbers (kit_set);
  for (guint i = 0; i < kits->len; i++)
    {
      gint64 kit = g_array_index (kits, gint64, i);

      if (!settle_variant (self, kit, error) || !settle_kit (self, kit, error))
        return FALSE;
    }
  g_array_unref (variants);
  variants = stall_projector_list_touched (self);
  for (guint i = 0; i < variants->len; i++)
    if (!leave_variant (self, g_array_index (variants, gint64, i), error))
      return FALSE;
  products = list_numbers (self->dirty_products);
  for (guint i = 0; i < products->len; i++)
    if (!settle_product (self, g_array_index (products, gint64, i), error))
      return FALSE;
  g_assert (self->n_lines == 0);
  g_hash_table_remove_all (self->variant_ids);
  g_hash_table_remove_all (self->variants);
  g_hash_table_remove_all (self->dirty_products);
  return TRUE;
}
