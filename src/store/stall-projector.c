/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-store"

#include "config.h"

#include "stall-projector.h"

#include <string.h>

#include "stall-documents.h"
#include "stall-profile.h"
#include "stall-projector-private.h"
#include "stall-schema.h"

/* Orders that wait for the end of a batch; more than this are settled at once, so memory stays
 * flat. */
#define MAX_PENDING_ORDERS 4096

/* What is low where no profile says so. */
#define DEFAULT_LOW_AT 3

/* Names sort as in the locale that the file was last opened in with a window, also when a script
 * without a locale of its own writes to it. */
static locale_t
open_collation (StallDatabase *database)
{
  g_autofree char *name = stall_schema_get_meta (database, "collation");

  if (name == NULL || strcmp (name, setlocale (LC_COLLATE, NULL)) == 0)
    return (locale_t) 0;
  return newlocale (LC_COLLATE_MASK | LC_CTYPE_MASK, name, (locale_t) 0);
}

/**
 * stall_projector_make_name_key:
 * @self: a projector
 * @title: a product's title
 *
 * Returns: (transfer full): bytes that sort as titles do
 */
GBytes *
stall_projector_make_name_key (StallProjector *self, const char *title)
{
  locale_t before = self->collation != (locale_t) 0 ? uselocale (self->collation) : (locale_t) 0;
  char *key = g_utf8_collate_key (title, -1);

  if (before != (locale_t) 0)
    uselocale (before);
  return g_bytes_new_take (key, strlen (key));
}

static gboolean
rename_all (StallDatabase *database, GError **error)
{
  g_autoptr (StallProjector) self = stall_projector_new (database, stall_time_now ());
  g_autoptr (GError) failed = NULL;
  sqlite3_stmt *row
      = stall_database_query (database, &failed, "SELECT number, title FROM product", "");

  while (failed == NULL && stall_database_step (database, row, &failed))
    {
      g_autoptr (GBytes) key = stall_projector_make_name_key (self, stall_column_text (row, 1));

      stall_database_run (database, &failed, "UPDATE product SET name_key = ? WHERE number = ?",
                          "Bi", key, (gint64) sqlite3_column_int64 (row, 0));
    }
  if (failed == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

/**
 * stall_projector_renew_names:
 * @database: the writing connection, inside a transaction
 * @error: return location
 *
 * Makes names sort as they do in the locale of this program, if it has one.
 *
 * Returns: whether it went well
 */
gboolean
stall_projector_renew_names (StallDatabase *database, GError **error)
{
  const char *here = setlocale (LC_COLLATE, NULL);
  g_autofree char *there = stall_schema_get_meta (database, "collation");

  if (g_strcmp0 (here, there) == 0
      || (there != NULL
          && (g_str_equal (here, "POSIX") || g_str_equal (here, "C")
              || g_str_has_prefix (here, "C."))))
    return TRUE;
  return stall_schema_set_meta (database, "collation", here, error) && rename_all (database, error);
}

/**
 * stall_projector_new:
 * @database: the connection to write to, inside a transaction
 * @now: which day it is
 *
 * Returns: (transfer full): a projector for one transaction
 */
StallProjector *
stall_projector_new (StallDatabase *database, StallTime now)
{
  StallProjector *self = g_new0 (StallProjector, 1);
  g_autofree char *low_at = stall_schema_get_meta (database, "low-at");
  gint64 has_kits = FALSE;

  stall_database_get_int (database, &has_kits, NULL, "SELECT EXISTS (SELECT 1 FROM kit_part)", "");
  self->has_kits = has_kits;
  self->collation = open_collation (database);
  self->database = database;
  self->recent_from = stall_time_day_start (now, 1 - STALL_RECENT_DAYS);
  self->low_at = low_at != NULL ? g_ascii_strtoll (low_at, NULL, 10) : DEFAULT_LOW_AT;
  self->variants = stall_projector_new_variants ();
  self->variant_ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->pending = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                         (GDestroyNotify) stall_pending_order_free);
  self->dirty_products = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->contested = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  return self;
}

void
stall_projector_free (StallProjector *self)
{
  if (self->collation != (locale_t) 0)
    freelocale (self->collation);
  g_hash_table_unref (self->variant_ids);
  g_hash_table_unref (self->variants);
  g_hash_table_unref (self->pending);
  g_hash_table_unref (self->dirty_products);
  g_hash_table_unref (self->contested);
  g_free (self);
}

static void
touch (GHashTable *set, gint64 number)
{
  if (!g_hash_table_contains (set, &number))
    g_hash_table_add (set, g_memdup2 (&number, sizeof number));
}

void
stall_projector_touch_product (StallProjector *self, gint64 product)
{
  touch (self->dirty_products, product);
}

/* Notes that a product has to be looked at anew, for a variant that another product has too. */
void
stall_projector_contest (StallProjector *self, gint64 product)
{
  touch (self->contested, product);
}

/* A document that this Stall cannot read stays in the stall as it is and is listed with its reason.
 */
gboolean
stall_projector_set_aside (StallProjector *self,
                           gint64 number,
                           const GError *reason,
                           GError **error)
{
  return stall_database_run (
      self->database, error,
      "INSERT OR REPLACE INTO stuck SELECT number, winner, ?, ? FROM document WHERE number = ?",
      "sii", reason->message, stall_time_now (), number);
}

static gboolean
add_profile (StallProjector *self, gint64 number, StallDocument *document, GError **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (StallProfile) profile = stall_profile_new_from_document (document, &reason);
  gint64 said = profile != NULL ? stall_profile_get_low_at (profile) : DEFAULT_LOW_AT;
  g_autofree char *low_at = NULL;
  g_autoptr (GError) failed = NULL;
  sqlite3_stmt *row;

  if (!g_str_equal (stall_document_get_id (document), STALL_PROFILE_ID))
    return TRUE;
  if (reason != NULL && !stall_document_get_deleted (document)
      && !stall_projector_set_aside (self, number, reason, error))
    return FALSE;
  if (said == self->low_at)
    return TRUE;
  self->low_at = said;
  low_at = g_strdup_printf ("%" G_GINT64_FORMAT, self->low_at);
  row = stall_database_query (self->database, &failed, "SELECT number FROM product", "");
  while (stall_database_step (self->database, row, &failed))
    stall_projector_touch_product (self, sqlite3_column_int64 (row, 0));
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  return stall_schema_set_meta (self->database, "low-at", low_at, error);
}

/**
 * stall_projector_add:
 * @self: a projector
 * @number: the document's number
 * @document: its winning revision, as it is now
 * @is_new: there was no such document before, or it was deleted: no rows speak of it yet
 * @error: return location
 *
 * Takes in that a document changed.
 *
 * Returns: %FALSE when the tables could not be written
 */
gboolean
stall_projector_add (StallProjector *self,
                     gint64 number,
                     StallDocument *document,
                     gboolean is_new,
                     GError **error)
{
  /* What kept an earlier revision back says nothing of this one. */
  if (!is_new
      && !stall_database_run (self->database, error, "DELETE FROM stuck WHERE document = ?", "i",
                              number))
    return FALSE;
  switch (stall_document_get_kind (document))
    {
    case STALL_KIND_PROFILE:
      return add_profile (self, number, document, error);
    case STALL_KIND_PRODUCT:
      return stall_projector_add_product (self, number, document, is_new, error);
    case STALL_KIND_MOVEMENT:
      return stall_projector_add_movement (self, number, document, error);
    case STALL_KIND_ORDER:
      /* Before, not after: the events of an order follow it. */
      return (g_hash_table_size (self->pending) < MAX_PENDING_ORDERS
              || stall_projector_flush_orders (self, error))
             && stall_projector_add_order (self, number, document, is_new, error);
    case STALL_KIND_EVENT:
    case STALL_KIND_REMARK:
      /* Of orders that are in the stall already there may come very many. */
      return (g_hash_table_size (self->pending) < 2 * MAX_PENDING_ORDERS
              || stall_projector_flush_orders (self, error))
             && stall_projector_add_about_order (self, document, error);
    case STALL_KIND_POLL:
    case STALL_KIND_BALLOT:
    case STALL_KIND_TALLY:
    case STALL_KIND_DECISION:
      return stall_projector_add_about_poll (self, number, document, is_new, error);
    case STALL_KIND_NOTE:
      return stall_projector_add_note (self, number, document, is_new, error);
    case STALL_KIND_CONTEXT:
      return stall_projector_add_context (self, number, document, error);
    case STALL_KIND_ECHO:
      return stall_projector_add_echo (self, number, document, error);
    default:
      return TRUE;
    }
}

/* Each round hands a variant to a product with a lesser id, or nothing: it comes to an end. */
static gboolean
settle_contests (StallProjector *self, GError **error)
{
  self->settles_contests = TRUE;
  while (g_hash_table_size (self->contested) > 0)
    {
      g_autoptr (GHashTable) products = g_steal_pointer (&self->contested);
      GHashTableIter iter;
      gpointer product;

      self->contested = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
      g_hash_table_iter_init (&iter, products);
      while (g_hash_table_iter_next (&iter, &product, NULL))
        {
          gint64 number = *(gint64 *) product;
          g_autoptr (StallDocument) document
              = stall_documents_load_number (self->database, number, error);

          if (document == NULL || !stall_projector_add (self, number, document, FALSE, error))
            return FALSE;
        }
    }
  self->settles_contests = FALSE;
  return TRUE;
}

/**
 * stall_projector_finish:
 * @self: a projector
 * @error: return location
 *
 * Settles what waited for the end of the change set: orders, stock, sums of products.
 *
 * Returns: whether all was written
 */
gboolean
stall_projector_finish (StallProjector *self, GError **error)
{
  return settle_contests (self, error) && stall_projector_flush_orders (self, error)
         && stall_projector_flush_lines (self, error) && stall_projector_settle_stock (self, error);
}

static gboolean
add_numbers (StallProjector *self, GArray *numbers, GError **error)
{
  for (guint i = 0; i < numbers->len; i++)
    {
      gint64 number = g_array_index (numbers, gint64, i);
      g_autoptr (StallDocument) document
          = stall_documents_load_number (self->database, number, error);

      if (document == NULL || !stall_projector_add (self, number, document, TRUE, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * stall_projector_rebuild:
 * @database: a connection whose projection tables are empty, inside a transaction
 * @now: which day it is
 * @progress: (nullable): told how far it is
 * @error: return location
 *
 * Makes all projections from the documents. An order reads its own events and remark, so what is
 * said of an order that stands further down does not have to wait for it.
 *
 * Returns: whether it went well
 */
gboolean
stall_projector_rebuild (StallDatabase *database,
                         StallTime now,
                         StallProgress *progress,
                         GError **error)
{
  g_autoptr (StallProjector) self = NULL;
  gint64 last = 0, total = 1;

  if (!stall_database_run (database, error, "DELETE FROM meta WHERE name = 'low-at'", ""))
    return FALSE;
  self = stall_projector_new (database, now);
  stall_database_get_int (database, &total, NULL, "SELECT max(number) FROM document", "");
  for (;;)
    {
      g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
      g_autoptr (GError) failed = NULL;
      sqlite3_stmt *row = stall_database_query (
          database, &failed,
          "SELECT number FROM document WHERE number > ? AND NOT deleted AND kind NOT IN (?, ?) "
          "ORDER BY number LIMIT 1000",
          "iii", last, (gint64) STALL_KIND_EVENT, (gint64) STALL_KIND_REMARK);

      while (stall_database_step (database, row, &failed))
        {
          last = sqlite3_column_int64 (row, 0);
          g_array_append_val (numbers, last);
        }
      if (failed == NULL && numbers->len > 0)
        add_numbers (self, numbers, &failed);
      if (failed != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&failed));
          return FALSE;
        }
      if (progress != NULL)
        stall_progress_tell (progress, (double) last / MAX (total, 1));
      if (numbers->len == 0)
        return stall_projector_finish (self, error);
    }
}

/**
 * stall_projector_refresh_recent:
 * @database: the writing connection, inside a transaction
 * @now: which day it is
 * @changed: (out): whether anything differs from yesterday
 * @error: return location
 *
 * Moves the window of “sold lately” to today.
 *
 * Returns: whether it went well
 */
gboolean
stall_projector_refresh_recent (StallDatabase *database,
                                StallTime now,
                                gboolean *changed,
                                GError **error)
{
  g_autoptr (StallProjector) self = stall_projector_new (database, now);
  g_autofree char *today = g_strdup_printf ("%" G_GINT64_FORMAT, self->recent_from);
  g_autofree char *done = stall_schema_get_meta (database, "recent-from");
  g_autoptr (GError) failed = NULL;
  sqlite3_stmt *row;

  *changed = FALSE;
  if (g_strcmp0 (today, done) == 0)
    return TRUE;
  row = stall_database_query (
      database, &failed,
      "SELECT number FROM variant WHERE recent <> (SELECT coalesce (sum (sold), 0) FROM line "
      "WHERE variant = variant.number AND placed_at >= ?)",
      "i", self->recent_from);
  while (stall_database_step (database, row, &failed))
    stall_projector_touch_variant (self, sqlite3_column_int64 (row, 0));
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  *changed = g_hash_table_size (self->variants) > 0;
  return stall_projector_finish (self, error)
         && stall_schema_set_meta (database, "recent-from", today, error);
}
