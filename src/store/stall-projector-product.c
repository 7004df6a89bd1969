/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-store"

#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "stall-error.h"
#include "stall-projector-private.h"
#include "stall-search-text.h"
#include "stall-stage-change.h"

/* The kits that a variant is in, itself among them, and all that they are made of: kits may hold
 * kits. */
#define FAMILY                                                                              \
  "WITH RECURSIVE up (n) AS (VALUES (?1) "                                                  \
  "  UNION SELECT k.kit FROM kit_part k JOIN up ON k.part = up.n), "                        \
  "down (n) AS (SELECT n FROM up UNION SELECT k.part FROM kit_part k JOIN down ON k.kit = " \
  "down.n) "

static gboolean
set_search_words (StallDatabase *database, gint64 number, const char *words, GError **error)
{
  if (words == NULL)
    return stall_database_run (database, error, "DELETE FROM product_search WHERE rowid = ?", "i",
                               number);
  return stall_database_run (database, error,
                             "INSERT INTO product_search (rowid, words) VALUES (?, ?)", "iS",
                             number, words);
}

/* What a product gives free may be in another one, which was set aside for it. */
static void
contest_losers (StallProjector *self, GError **error)
{
  sqlite3_stmt *row = stall_database_query (
      self->database, error,
      "SELECT s.document FROM stuck s JOIN document d ON d.number = s.document "
      "WHERE d.kind = ? AND NOT d.deleted",
      "i", (gint64) STALL_KIND_PRODUCT);

  while (stall_database_step (self->database, row, error))
    stall_projector_contest (self, sqlite3_column_int64 (row, 0));
}

/* Forgets the variants that a product has no longer, and those nothing else speaks of altogether.
 */
static gboolean
release_variants (StallProjector *self, gint64 product, GError **error)
{
  StallDatabase *database = self->database;
  g_autoptr (GError) failed = NULL;
  sqlite3_stmt *row = stall_database_query (
      database, &failed, "SELECT number FROM variant WHERE product = ?", "i", product);

  while (stall_database_step (database, row, &failed))
    stall_projector_touch_variant (self, sqlite3_column_int64 (row, 0));
  if (failed == NULL && !self->settles_contests)
    contest_losers (self, &failed);
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  return stall_database_run (
      database, error,
      "UPDATE variant SET product = NULL, position = 0, title = '', sku = '', barcode = '', "
      "price = NULL, cost = NULL, currency = NULL, low_at = NULL, kit = 0 WHERE product = ?",
      "i", product);
}

static gint64
price_or_null (gint64 price)
{
  return price == STALL_PRICE_NONE ? STALL_TIME_NONE : price;
}

/* One variant in two products is shown and counted in the product with the lesser id, whichever
 * came first. Returns whether that is this one, 0 on failure. */
static gboolean
win_variant (StallProjector *self,
             gint64 number,
             const char *id,
             gint64 variant,
             gboolean *wins,
             GError **error)
{
  g_autoptr (GError) failed = NULL;
  sqlite3_stmt *row = stall_database_query (
      self->database, &failed,
      "SELECT d.number, d.id FROM variant v JOIN document d ON d.number = v.product "
      "WHERE v.number = ?",
      "i", variant);

  *wins = TRUE;
  if (stall_database_step (self->database, row, &failed))
    {
      gint64 holder = sqlite3_column_int64 (row, 0);

      *wins = holder == number || strcmp (id, stall_column_text (row, 1)) < 0;
      sqlite3_reset (row);
      if (*wins && holder != number)
        stall_projector_contest (self, holder);
    }
  if (failed == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

static gboolean
set_variant_aside (StallProjector *self, gint64 number, StallVariant *variant, GError **error)
{
  g_autofree char *title = stall_variant_dup_title (variant);
  const char *sku = stall_variant_get_sku (variant);
  g_autoptr (GError) reason = g_error_new (
      STALL_ERROR, STALL_ERROR_INVALID,
      _ ("The variant “%s” is in another product too and counts there. Give one of the two a "
         "variant of its own."),
      *sku != '\0'     ? sku
      : *title != '\0' ? title
                       : stall_variant_get_id (variant));

  return stall_projector_set_aside (self, number, reason, error);
}

static gboolean
write_variant (StallProjector *self,
               gint64 number,
               StallVariant *variant,
               guint position,
               gboolean kit,
               gint64 row,
               GError **error)
{
  g_autofree char *title = stall_variant_dup_title (variant);
  int low_at = stall_variant_get_low_at (variant);

  stall_projector_touch_variant (self, row);
  return stall_database_run (
      self->database, error,
      "UPDATE variant SET product = ?, position = ?, title = ?, sku = ?, barcode = ?, "
      "price = ?, cost = ?, currency = ?, low_at = ?, kit = ? WHERE number = ?",
      "iisssttstii", number, (gint64) position, title, stall_variant_get_sku (variant),
      stall_variant_get_barcode (variant), price_or_null (stall_variant_get_price (variant)),
      price_or_null (stall_variant_get_cost (variant)), stall_variant_get_currency (variant),
      low_at < 0 ? STALL_TIME_NONE : (gint64) low_at, (gint64) kit, row);
}

/* Writes the variants that are the product's own, and says which they are. */
static gboolean
write_variants (StallProjector *self,
                gint64 number,
                StallProduct *product,
                gboolean kit,
                GArray *own,
                GError **error)
{
  GListModel *variants = stall_product_get_variants (product);

  for (guint i = 0; i < g_list_model_get_n_items (variants); i++)
    {
      g_autoptr (StallVariant) variant = g_list_model_get_item (variants, i);
      gint64 row = stall_projector_get_variant (self, stall_variant_get_id (variant), error);
      gboolean wins;

      if (row == 0
          || !win_variant (self, number, stall_product_get_id (product), row, &wins, error))
        return FALSE;
      if (!(wins ? write_variant (self, number, variant, i, kit, row, error)
                 : set_variant_aside (self, number, variant, error)))
        return FALSE;
      if (wins)
        g_array_append_val (own, row);
    }
  return TRUE;
}

/* The parts of a kit decide which variants an order of it reserves and takes, so its orders are
 * made anew. */
static gboolean
touch_orders_of (StallProjector *self, gint64 variant, GError **error)
{
  g_autoptr (GError) failed = NULL;
  sqlite3_stmt *row = stall_database_query (
      self->database, &failed,
      FAMILY "SELECT DISTINCT o.id FROM line l JOIN orders o ON o.number = l.orders "
             "WHERE l.variant IN up AND l.position < " G_STRINGIFY (STALL_KIT_POSITION),
      "i", variant);

  while (stall_database_step (self->database, row, &failed))
    stall_projector_get_pending (self, stall_column_text (row, 0));
  if (failed == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

static gboolean
touch_parts_of (StallProjector *self, gint64 kit, GError **error)
{
  g_autoptr (GError) failed = NULL;
  sqlite3_stmt *row
      = stall_database_query (self->database, &failed, FAMILY "SELECT n FROM down", "i", kit);

  while (stall_database_step (self->database, row, &failed))
    stall_projector_touch_variant (self, sqlite3_column_int64 (row, 0));
  if (failed == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

static gboolean
clear_kit (StallProjector *self, gint64 kit, GError **error)
{
  return stall_projector_flush_lines (self, error) && touch_parts_of (self, kit, error)
         && stall_database_run (
             self->database, error,
             FAMILY "DELETE FROM line WHERE variant IN down "
                    "AND position >= " G_STRINGIFY (
                        STALL_KIT_POSITION) " AND orders IN "
                                            "(SELECT orders FROM line WHERE variant IN up)",
             "i", kit)
         && stall_database_run (self->database, error,
                                FAMILY
                                "DELETE FROM ledger WHERE variant IN down "
                                "AND orders IN (SELECT orders FROM line WHERE variant IN up)",
                                "i", kit)
         && touch_orders_of (self, kit, error)
         && stall_database_run (self->database, error, "DELETE FROM kit_part WHERE kit = ?", "i",
                                kit);
}

static gboolean
kit_is_as_before (StallProjector *self, gint64 kit, GPtrArray *parts)
{
  gint64 n_parts = 0;

  stall_database_get_int (self->database, &n_parts, NULL,
                          "SELECT count(*) FROM kit_part WHERE kit = ?", "i", kit);
  if (n_parts != parts->len)
    return FALSE;
  for (guint i = 0; i < parts->len; i++)
    {
      StallKitPart *part = g_ptr_array_index (parts, i);
      gint64 quantity = 0;

      stall_database_get_int (self->database, &quantity, NULL,
                              "SELECT quantity FROM kit_part WHERE kit = ? AND part = "
                              "(SELECT number FROM variant WHERE id = ?)",
                              "is", kit, part->variant);
      if (quantity != part->quantity)
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_kit (StallProjector *self, GArray *variants, GPtrArray *parts, GError **error)
{
  for (guint i = 0; i < variants->len; i++)
    {
      gint64 kit = g_array_index (variants, gint64, i);

      if (kit_is_as_before (self, kit, parts))
        continue;
      if (!clear_kit (self, kit, error))
        return FALSE;
      self->has_kits |= parts->len > 0;
      for (guint j = 0; j < parts->len; j++)
        {
          StallKitPart *part = g_ptr_array_index (parts, j);
          gint64 number = stall_projector_get_variant (self, part->variant, error);

          if (number == 0
              || !stall_database_run (self->database, error,
                                      "INSERT OR REPLACE INTO kit_part VALUES (?, ?, ?)", "iii",
                                      kit, number, (gint64) part->quantity))
            return FALSE;
          stall_projector_touch_variant (self, number);
        }
    }
  return TRUE;
}

static GArray *
list_kits_of (StallProjector *self, gint64 product, GError **error)
{
  g_autoptr (GArray) kits = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) failed = NULL;
  sqlite3_stmt *row
      = stall_database_query (self->database, &failed,
                              "SELECT number FROM variant WHERE product = ? AND kit", "i", product);

  while (stall_database_step (self->database, row, &failed))
    {
      gint64 kit = sqlite3_column_int64 (row, 0);

      g_array_append_val (kits, kit);
    }
  if (failed == NULL)
    return g_steal_pointer (&kits);
  g_propagate_error (error, g_steal_pointer (&failed));
  return NULL;
}

/* Forgets the parts of those among @kits that are kits no longer. */
static gboolean
clear_former_kits (StallProjector *self, GArray *kits, GError **error)
{
  for (guint i = 0; i < kits->len; i++)
    {
      gint64 kit = g_array_index (kits, gint64, i), is_kit = FALSE;

      if (!stall_database_get_int (self->database, &is_kit, NULL,
                                   "SELECT 1 FROM variant WHERE number = ? AND kit", "i", kit)
          && !clear_kit (self, kit, error))
        return FALSE;
    }
  return TRUE;
}

static char *
find_cover (StallProduct *product)
{
  g_autoptr (GPtrArray) pictures = stall_product_dup_pictures (product);
  StallPicture *best = NULL;

  for (guint i = 0; i < pictures->len; i++)
    {
      StallPicture *picture = g_ptr_array_index (pictures, i);

      if (picture->digest != NULL && (best == NULL || picture->slot < best->slot))
        best = picture;
    }
  return best != NULL ? g_strdup (best->digest) : NULL;
}

static char *
make_search_words (StallProduct *product, char **skus)
{
  g_autoptr (GString) text = g_string_new (stall_product_get_title (product));
  g_auto (GStrv) tags = stall_product_dup_tags (product);
  g_autofree char *joined = g_strjoinv (" ", tags);
  GListModel *variants = stall_product_get_variants (product);
  guint n_variants = g_list_model_get_n_items (variants);

  g_string_append_printf (text, " %s %s %s %s", joined, stall_product_get_maker (product),
                          stall_product_get_origin (product), stall_product_get_story (product));
  for (guint i = 0; i < n_variants; i++)
    {
      g_autoptr (StallVariant) variant = g_list_model_get_item (variants, i);
      g_autofree char *title = stall_variant_dup_title (variant);

      g_string_append_printf (text, " %s %s %s", title, stall_variant_get_sku (variant),
                              stall_variant_get_barcode (variant));
      if (n_variants == 1)
        *skus = g_strdup (stall_variant_get_sku (variant));
    }
  if (*skus == NULL)
    *skus = g_strdup ("");
  return stall_search_text (text->str);
}

static gboolean
write_tags (StallProjector *self, gint64 number, StallProduct *product, GError **error)
{
  g_auto (GStrv) tags = stall_product_dup_tags (product);

  for (guint i = 0; tags[i] != NULL; i++)
    if (!stall_database_run (self->database, error, "INSERT OR IGNORE INTO tag VALUES (?, ?)", "is",
                             number, tags[i]))
      return FALSE;
  return TRUE;
}

static gboolean
write_product (StallProjector *self, gint64 number, StallProduct *product, GError **error)
{
  g_autofree char *cover = find_cover (product);
  g_autofree char *skus = NULL;
  g_autofree char *words = make_search_words (product, &skus);
  g_autoptr (GBytes) name_key
      = stall_projector_make_name_key (self, stall_product_get_title (product));
  g_autoptr (GPtrArray) parts = stall_product_dup_kit (product);
  g_autoptr (GPtrArray) changes = stall_product_dup_stage_changes (product);
  const StallStageChange *last
      = changes->len > 0 ? g_ptr_array_index (changes, changes->len - 1) : NULL;
  g_autoptr (GArray) own = g_array_new (FALSE, FALSE, sizeof (gint64));

  return write_variants (self, number, product, parts->len > 0, own, error)
         && write_kit (self, own, parts, error)
         && stall_database_run (
             self->database, error,
             "INSERT INTO product (number, id, title, name_key, stage, one_off, cover, skus, "
             "has_story, stage_at, stage_reason, n_variants) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
             "?, ?)",
             "issBiissitsi", number, stall_product_get_id (product),
             stall_product_get_title (product), name_key,
             (gint64) stall_product_get_stage (product),
             (gint64) stall_product_get_one_off (product), cover, skus,
             (gint64) (*stall_product_get_story (product) != '\0'),
             last != NULL ? last->at : STALL_TIME_NONE, last != NULL ? last->reason : "",
             (gint64) own->len)
         && write_tags (self, number, product, error)
         && set_search_words (self->database, number, words, error);
}

/**
 * stall_projector_add_product:
 * @self: a projector
 * @number: the document's number
 * @document: the product as it is now
 * @is_new: no rows speak of it yet
 * @error: return location
 *
 * Writes the rows of a product and its variants.
 *
 * Returns: %FALSE when the tables could not be written
 */
gboolean
stall_projector_add_product (StallProjector *self,
                             gint64 number,
                             StallDocument *document,
                             gboolean is_new,
                             GError **error)
{
  g_autoptr (StallProduct) product = NULL;
  g_autoptr (GError) reason = NULL;
  g_autoptr (GArray) kits = list_kits_of (self, number, error);

  if (kits == NULL)
    return FALSE;
  if (!is_new
      && !(release_variants (self, number, error)
           && set_search_words (self->database, number, NULL, error)
           && stall_database_run (self->database, error, "DELETE FROM product WHERE number = ?",
                                  "i", number)
           && stall_database_run (self->database, error, "DELETE FROM tag WHERE product = ?", "i",
                                  number)))
    return FALSE;
  stall_projector_touch_product (self, number);
  if (stall_document_get_deleted (document))
    return clear_former_kits (self, kits, error);
  product = stall_product_new_from_document (document, &reason);
  if (product == NULL)
    return clear_former_kits (self, kits, error)
           && stall_projector_set_aside (self, number, reason, error);
  return write_product (self, number, product, error) && clear_former_kits (self, kits, error);
}
