/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-store"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "stall-documents.h"
#include "stall-projector-private.h"
#include "stall-schema.h"
#include "stall-store-private.h"

/* What has to be equal in the live projections and in those made anew. Numbers of variants are
 * local to a table, so rows are compared by the ids behind them. %s is the schema. */
static const struct
{
  const char *name;
  const char *sql;
} comparisons[] = {
  { "product", "SELECT number, id, title, stage, one_off, cover, skus, has_story, stage_at, "
               "stage_reason, n_variants, price_min, "
               "price_max, currency, "
               "on_hand, reserved, n_low, n_out, n_oversold, n_running, sold, recent, days_left "
               "FROM %s.product" },
  { "variant", "SELECT id, product, position, title, sku, barcode, price, cost, currency, low_at, "
               "kit, on_hand, "
               "reserved, waiting, sold, recent FROM %s.variant" },
  { "kit_part",
    "SELECT a.id, b.id, k.quantity FROM %s.kit_part k JOIN %s.variant a ON a.number = k.kit "
    "JOIN %s.variant b ON b.number = k.part" },
  { "tag", "SELECT product, tag FROM %s.tag" },
  { "orders",
    "SELECT o.number, o.id, order_number, customer, status, source, placed_at, ship_by, total, "
    "paid, "
    "o.currency, pieces, n_lines, v.id, first_title, flag, remark, personalised, source_ref FROM "
    "%s.orders o "
    "LEFT JOIN %s.variant v ON v.number = o.first_variant" },
  { "line",
    "SELECT v.id, placed_at, orders, l.position, l.sold, open, gone, gone_at FROM %s.line l "
    "JOIN %s.variant v ON v.number = l.variant" },
  { "waiting", "SELECT w.orders, w.position, v.id, w.pieces FROM %s.waiting w "
               "LEFT JOIN %s.variant v ON v.number = w.variant" },
  { "ledger",
    "SELECT v.id, place, at, document, l.position, quantity, counted, reason, ref, remark, orders "
    "FROM %s.ledger l JOIN %s.variant v ON v.number = l.variant" },
  { "stock",
    "SELECT v.id, place, s.on_hand FROM %s.stock s JOIN %s.variant v ON v.number = s.variant" },
  { "payment", "SELECT orders, at, amount, source, currency, count(*) FROM %s.payment GROUP BY 1, "
               "2, 3, 4, 5" },
  { "poll", "SELECT number, id, question, opens_at, closes_at, votes_at, deposits_at, hidden, "
            "n_options FROM %s.poll" },
  { "poll_option", "SELECT poll, position, id, label, variant, digest FROM %s.poll_option" },
  { "ballot", "SELECT number, poll, voter, option, at, via FROM %s.ballot" },
  { "tally", "SELECT number, poll, origin, option, votes, deposits, money, as_of FROM %s.tally" },
  { "decision", "SELECT number, id, poll, outcome, option, quantity, at FROM %s.decision" },
  { "note",
    "SELECT number, id, title, excerpt, state, publish_at, made_at, template, cover, crop_x, "
    "crop_y, crop_width, crop_height, n_words, n_pictures FROM %s.note" },
  { "note_link", "SELECT note, position, product FROM %s.note_link" },
  { "note_topic", "SELECT note, topic FROM %s.note_topic" },
  { "context", "SELECT number, id, product, type, text, link, by, at, picture FROM %s.context" },
  { "echo",
    "SELECT number, subject, day, views, dwell, likes, saves, comments, joins FROM %s.echo" },
};

/* What a damaged file holds where text should be is shown as far as it is text. */
static void
add_finding (GStrvBuilder *found, const char *text)
{
  g_strv_builder_take (found, g_utf8_make_valid (text, -1));
}

static char *
with_schema (const char *sql, const char *schema)
{
  g_auto (GStrv) parts = g_strsplit (sql, "%s", -1);

  return g_strjoinv (schema, parts);
}

static gboolean
compare (StallDatabase *fresh, guint index, gboolean missing, GStrvBuilder *found, GError **error)
{
  g_autofree char *ours = with_schema (comparisons[index].sql, missing ? "main" : "live");
  g_autofree char *theirs = with_schema (comparisons[index].sql, missing ? "live" : "main");
  g_autofree char *sql = g_strdup_printf ("%s EXCEPT %s LIMIT 20", ours, theirs);
  sqlite3_stmt *row = stall_database_prepare (fresh, sql, error);
  g_autoptr (GError) failed = NULL;

  while (stall_database_step (fresh, row, &failed))
    {
      const char *first = stall_column_text (row, 0), *second = stall_column_text (row, 1);
      g_autofree char *text = missing ? g_strdup_printf (_ ("table %s lacks the row of %s (%s)"),
                                                         comparisons[index].name, first, second)
                                      : g_strdup_printf (_ ("table %s has a wrong row of %s (%s)"),
                                                         comparisons[index].name, first, second);

      add_finding (found, text);
    }
  sqlite3_finalize (row);
  if (failed != NULL)
    g_propagate_error (error, g_steal_pointer (&failed));
  return row != NULL && (error == NULL || *error == NULL);
}

static gboolean
compare_all (StallDatabase *fresh, GStrvBuilder *found, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (comparisons); i++)
    if (!compare (fresh, i, TRUE, found, error) || !compare (fresh, i, FALSE, found, error))
      return FALSE;
  return TRUE;
}

/* What the rebuild could not read, or not show whole. */
static gboolean
list_set_aside (StallDatabase *fresh, GStrvBuilder *found, GError **error)
{
  g_autoptr (GError) failed = NULL;
  sqlite3_stmt *row = stall_database_query (
      fresh, &failed,
      "SELECT d.id, s.reason FROM main.stuck s JOIN document d ON d.number = s.document "
      "ORDER BY d.id",
      "");

  while (stall_database_step (fresh, row, &failed))
    {
      /* Translators: the first is a document’s id, the second a whole sentence */
      g_autofree char *text = g_strdup_printf (
          _ ("%s is set aside: %s"), stall_column_text (row, 0), stall_column_text (row, 1));

      add_finding (found, text);
    }
  if (failed == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

/* Makes the projections anew in a temporary file, from the live documents, and compares. The
 * projector's SQL names no schema: tables of the truth are found in the attached file, projections
 * in the fresh one. */
static gboolean
check_projections (const char *folder, GStrvBuilder *found, GError **error)
{
  g_autofree char *path = g_build_filename (folder, STALL_STORE_FILE, NULL);
  g_autofree char *live = stall_database_make_uri (path);
  g_autoptr (StallDatabase) fresh = stall_database_open ("", TRUE, TRUE, error);
  StallTime recent_from;
  StallTime now = stall_time_now ();
  gboolean good;

  if (fresh == NULL || !stall_schema_create_projections (fresh, error)
      || !stall_database_run_script (
          fresh,
          "CREATE TABLE stuck (document PRIMARY KEY, revision, reason, at);"
          "CREATE TABLE meta (name PRIMARY KEY, value);",
          error))
    return FALSE;
  good = stall_database_run (fresh, error, "ATTACH ? AS live", "s", live)
         && stall_database_run_script (fresh, "BEGIN;", error);
  /* The day that the live ones were made for, which may be yesterday. */
  if (good
      && stall_database_get_int (fresh, &recent_from, NULL,
                                 "SELECT value FROM live.meta WHERE name = 'recent-from'", ""))
    now = stall_time_day_start (recent_from, STALL_RECENT_DAYS - 1);
  good = good && stall_projector_rebuild (fresh, now, NULL, error)
         && compare_all (fresh, found, error) && list_set_aside (fresh, found, error);
  stall_database_run_script (fresh, "ROLLBACK;", NULL);
  return good;
}

static gboolean
check_attachments (StallDatabase *database, const char *folder, GStrvBuilder *found)
{
  g_autoptr (GHashTable) names = stall_attachment_load_names (database);
  GHashTableIter iter;
  gpointer digest, sha256;

  g_hash_table_iter_init (&iter, names);
  while (g_hash_table_iter_next (&iter, &digest, &sha256))
    {
      g_autofree char *path = stall_attachment_get_path (folder, sha256);
      g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, NULL);
      g_autoptr (GBytes) bytes = file != NULL ? g_mapped_file_get_bytes (file) : NULL;
      g_autofree char *actual
          = bytes != NULL ? g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes) : NULL;

      if (g_strcmp0 (actual, sha256) != 0)
        {
          g_autofree char *text = g_strdup_printf (bytes == NULL ? _ ("picture %s is missing")
                                                                 : _ ("picture %s is damaged"),
                                                   (const char *) digest);

          add_finding (found, text);
        }
    }
  return TRUE;
}

static gboolean
check_file (StallDatabase *database, GStrvBuilder *found, GError **error)
{
  g_autoptr (GError) failed = NULL;
  sqlite3_stmt *row = stall_database_query (database, &failed, "PRAGMA integrity_check (50)", "");

  while (stall_database_step (database, row, &failed))
    if (g_strcmp0 (stall_column_text (row, 0), "ok") != 0)
      {
        g_autofree char *text
            = g_strdup_printf (_ ("the file is damaged: %s"), stall_column_text (row, 0));

        add_finding (found, text);
      }
  if (failed == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

/**
 * stall_check_run:
 * @database: a connection to the stall
 * @folder: the stall's folder
 * @error: return location
 *
 * Checks the file, the bodies against their revisions, the pictures against their names, and the
 * projections against a rebuild. Writes nothing.
 *
 * Returns: (transfer full) (nullable): what differs, a line each; empty when all is well
 */
GStrv
stall_check_run (StallDatabase *database, const char *folder, GError **error)
{
  g_autoptr (GStrvBuilder) found = g_strv_builder_new ();
  if (!check_file (database, found, error) || !check_attachments (database, folder, found)
      || !stall_documents_check_hashes (database, found, error)
      || !check_projections (folder, found, error))
    return NULL;
  return g_strv_builder_end (found);
}
