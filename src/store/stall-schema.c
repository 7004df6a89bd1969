/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-store"

#include "config.h"

#include "stall-schema.h"

#include <glib/gi18n-lib.h>

#include "stall-error.h"
#include "stall-kind.h"
#include "stall-query-private.h"

/* Documents and their revision trees: the truth. A revision without a body is an ancestor that is
 * known by its id only. `unsent` is cleared by the platform's stored acknowledgement alone. */
static const char truth_sql[]
    = "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;"
      "CREATE TABLE document ("
      "  number INTEGER PRIMARY KEY,"
      "  id TEXT NOT NULL UNIQUE,"
      "  kind INTEGER NOT NULL,"
      "  deleted INTEGER NOT NULL,"
      "  winner INTEGER NOT NULL,"
      "  conflicts INTEGER NOT NULL DEFAULT 0,"
      "  sequence INTEGER NOT NULL UNIQUE,"
      "  unsent INTEGER NOT NULL"
      ") STRICT;"
      "CREATE INDEX document_unsent ON document (number) WHERE unsent;"
      "CREATE TABLE revision ("
      "  number INTEGER PRIMARY KEY,"
      "  document INTEGER NOT NULL REFERENCES document,"
      "  generation INTEGER NOT NULL,"
      "  hash TEXT NOT NULL,"
      "  parent INTEGER,"
      "  deleted INTEGER NOT NULL,"
      "  leaf INTEGER NOT NULL,"
      "  body TEXT"
      ") STRICT;"
      "CREATE INDEX revision_of_document ON revision (document);"
      "CREATE TABLE change_set ("
      "  number INTEGER PRIMARY KEY AUTOINCREMENT,"
      "  label TEXT NOT NULL,"
      "  at INTEGER NOT NULL,"
      "  state INTEGER NOT NULL" /* 0 done, 1 undone, 2 undone and past redoing */
      ") STRICT;"
      "CREATE INDEX change_set_by_state ON change_set (state, number);"
      "CREATE TABLE change ("
      "  change_set INTEGER NOT NULL REFERENCES change_set ON DELETE CASCADE,"
      "  document INTEGER NOT NULL,"
      "  before INTEGER," /* the winning revision before it; NULL: there was no document */
      "  after INTEGER NOT NULL,"
      "  PRIMARY KEY (change_set, document)"
      ") STRICT, WITHOUT ROWID;"
      "CREATE TABLE attachment ("
      "  digest TEXT PRIMARY KEY,"
      "  sha256 TEXT NOT NULL,"
      "  length INTEGER NOT NULL"
      ") STRICT, WITHOUT ROWID;"
      /* replication: checkpoints of both sides, and what the platform refused */
      "CREATE TABLE checkpoint (id TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT, WITHOUT ROWID;"
      "CREATE TABLE stuck ("
      "  document INTEGER PRIMARY KEY REFERENCES document,"
      "  revision INTEGER NOT NULL,"
      "  reason TEXT NOT NULL,"
      "  at INTEGER NOT NULL"
      ") STRICT;";

/* What is typed is looked for by prefix. A prefix of an indexed length is one list, read from its
 * newest end as far as it is needed; one of another length merges the lists of all words that begin
 * so, and of the order numbers that begin with 2026 or the customers that begin with “guest” there
 * are hundreds of thousands. Eight letters reach from a year to a day and past most stems. */
#define SEARCH_OPTIONS                                           \
  "content='', contentless_delete=1, prefix='1 2 3 4 5 6 7 8', " \
  "tokenize=\"unicode61 remove_diacritics 0\""

/* Projections: made from the documents, and made anew when this changes. `line` is clustered by
 * variant because sales, reservations and the ledger all ask by variant; an order's own lines are
 * read from its document. A line that left whole, from the workshop, carries that in `gone`; every
 * other stock effect has a row in `ledger`. */
static const char projection_sql[]
    = "CREATE TABLE product ("
      "  number INTEGER PRIMARY KEY, id TEXT NOT NULL, title TEXT NOT NULL, name_key BLOB NOT NULL,"
      "  stage INTEGER NOT NULL, one_off INTEGER NOT NULL, cover TEXT, skus TEXT NOT NULL,"
      "  has_story INTEGER NOT NULL, stage_at INTEGER, stage_reason TEXT NOT NULL,"
      "  n_variants INTEGER NOT NULL, price_min INTEGER, price_max INTEGER, currency TEXT,"
      "  on_hand INTEGER NOT NULL DEFAULT 0, reserved INTEGER NOT NULL DEFAULT 0,"
      "  n_low INTEGER NOT NULL DEFAULT 0, n_out INTEGER NOT NULL DEFAULT 0, n_oversold INTEGER "
      "NOT NULL DEFAULT 0,"
      "  n_running INTEGER NOT NULL DEFAULT 0,"
      "  sold INTEGER NOT NULL DEFAULT 0, recent INTEGER NOT NULL DEFAULT 0,"
      "  days_left REAL"
      ") STRICT;"
      "CREATE INDEX product_by_name ON product (name_key);"
      "CREATE INDEX product_running_out ON product (days_left, name_key) WHERE n_running > 0;"
      "CREATE INDEX product_oversold ON product (name_key) WHERE n_oversold > 0;"
      "CREATE TABLE variant ("
      "  number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, product INTEGER, position INTEGER "
      "NOT NULL DEFAULT 0,"
      "  title TEXT NOT NULL DEFAULT '', sku TEXT NOT NULL DEFAULT '', barcode TEXT NOT NULL "
      "DEFAULT '',"
      "  price INTEGER, cost INTEGER, currency TEXT, low_at INTEGER, kit INTEGER NOT NULL DEFAULT "
      "0,"
      "  on_hand INTEGER NOT NULL DEFAULT 0, reserved INTEGER NOT NULL DEFAULT 0,"
      "  waiting INTEGER NOT NULL DEFAULT 0,"
      "  sold INTEGER NOT NULL DEFAULT 0, recent INTEGER NOT NULL DEFAULT 0"
      ") STRICT;"
      /* What can be settled by letting an order wait comes first. */
      "CREATE INDEX variant_oversold ON variant (reserved = 0) WHERE " STALL_IS_OVERSOLD ";"
      "CREATE INDEX variant_of_product ON variant (product, position);"
      /* As stall-query.c writes it: thousands may be sold out alike, and Today shows five. */
      "CREATE INDEX variant_running_out ON variant (max (on_hand, 0) * 28.0 / nullif (recent, 0)) "
      "WHERE recent > 0 AND (on_hand <= 0 OR on_hand * 28 < recent * 14);"
      "CREATE INDEX variant_by_sku ON variant (sku COLLATE NOCASE) WHERE sku <> '';"
      "CREATE INDEX variant_by_barcode ON variant (barcode) WHERE barcode <> '';"
      "CREATE TABLE kit_part ("
      "  kit INTEGER NOT NULL, part INTEGER NOT NULL, quantity INTEGER NOT NULL, PRIMARY KEY (kit, "
      "part)"
      ") STRICT, WITHOUT ROWID;"
      "CREATE INDEX kit_part_by_part ON kit_part (part);"
      "CREATE TABLE tag ("
      "  product INTEGER NOT NULL, tag TEXT NOT NULL, PRIMARY KEY (product, tag)"
      ") STRICT, WITHOUT ROWID;"
      "CREATE INDEX tag_by_name ON tag (tag, product);"
      "CREATE TABLE orders ("
      "  number INTEGER PRIMARY KEY, id TEXT NOT NULL, order_number TEXT NOT NULL, customer TEXT "
      "NOT NULL,"
      "  status INTEGER NOT NULL, source INTEGER NOT NULL, placed_at INTEGER NOT NULL, ship_by "
      "INTEGER,"
      "  total INTEGER NOT NULL, paid INTEGER NOT NULL, currency TEXT NOT NULL, pieces INTEGER NOT "
      "NULL,"
      "  n_lines INTEGER NOT NULL, first_variant INTEGER, first_title TEXT NOT NULL,"
      "  flag INTEGER NOT NULL, remark TEXT NOT NULL, personalised INTEGER NOT NULL,"
      "  source_ref TEXT NOT NULL"
      ") STRICT;"
      "CREATE INDEX orders_by_time ON orders (placed_at, number);"
      "CREATE INDEX orders_by_status ON orders (status, placed_at);"
      "CREATE INDEX orders_by_customer ON orders (customer, placed_at) WHERE customer <> '';"
      "CREATE INDEX orders_by_ref ON orders (source_ref, placed_at) WHERE source_ref <> '';"
      "CREATE INDEX orders_by_flag ON orders (flag, placed_at) WHERE flag;"
      "CREATE TABLE line ("
      "  variant INTEGER NOT NULL, placed_at INTEGER NOT NULL, orders INTEGER NOT NULL, position "
      "INTEGER NOT NULL,"
      "  sold INTEGER NOT NULL, open INTEGER NOT NULL, gone INTEGER NOT NULL, gone_at INTEGER,"
      "  PRIMARY KEY (variant, placed_at, orders, position)"
      ") STRICT, WITHOUT ROWID;"
      /* Few orders wait; a line that does not has no row here. Goods that are not in the inventory
       * are variant 0. */
      "CREATE TABLE waiting ("
      "  orders INTEGER NOT NULL, position INTEGER NOT NULL, variant INTEGER NOT NULL,"
      "  pieces INTEGER NOT NULL, PRIMARY KEY (orders, position)"
      ") STRICT, WITHOUT ROWID;"
      "CREATE INDEX waiting_for_variant ON waiting (variant, pieces);"
      "CREATE TABLE ledger ("
      "  variant INTEGER NOT NULL, place TEXT NOT NULL, at INTEGER NOT NULL, document INTEGER NOT "
      "NULL,"
      "  position INTEGER NOT NULL, quantity INTEGER NOT NULL, counted INTEGER NOT NULL, reason "
      "INTEGER,"
      "  ref TEXT, remark TEXT, orders INTEGER,"
      "  PRIMARY KEY (variant, place, at, document, position)"
      ") STRICT, WITHOUT ROWID;"
      "CREATE TABLE stock ("
      "  variant INTEGER NOT NULL, place TEXT NOT NULL, on_hand INTEGER NOT NULL, PRIMARY KEY "
      "(variant, place)"
      ") STRICT, WITHOUT ROWID;"
      "CREATE TABLE payment ("
      "  number INTEGER PRIMARY KEY, orders INTEGER NOT NULL, at INTEGER NOT NULL, amount INTEGER "
      "NOT NULL,"
      "  source INTEGER NOT NULL, currency TEXT NOT NULL"
      ") STRICT;"
      "CREATE INDEX payment_by_time ON payment (at, currency, source, amount, orders);"
      "CREATE INDEX payment_of_order ON payment (orders);"
      "CREATE VIRTUAL TABLE product_search USING fts5 (words, " SEARCH_OPTIONS ");"
      "CREATE VIRTUAL TABLE order_search USING fts5 (words, " SEARCH_OPTIONS ");";

/* Polls. Ballots, tallies and decisions name their poll by its id, because they may come first. */
static const char poll_sql[]
    = "CREATE TABLE poll ("
      "  number INTEGER PRIMARY KEY, id TEXT NOT NULL, question TEXT NOT NULL,"
      "  opens_at INTEGER, closes_at INTEGER, votes_at INTEGER NOT NULL, deposits_at INTEGER NOT "
      "NULL,"
      "  hidden INTEGER NOT NULL, n_options INTEGER NOT NULL"
      ") STRICT;"
      "CREATE INDEX poll_by_id ON poll (id);"
      "CREATE TABLE poll_option ("
      "  poll INTEGER NOT NULL, position INTEGER NOT NULL, id TEXT NOT NULL, label TEXT NOT NULL,"
      "  variant TEXT, digest TEXT, PRIMARY KEY (poll, position)"
      ") STRICT, WITHOUT ROWID;"
      "CREATE INDEX poll_option_by_variant ON poll_option (variant) WHERE variant IS NOT NULL;"
      "CREATE TABLE ballot ("
      "  number INTEGER PRIMARY KEY, poll TEXT NOT NULL, voter TEXT NOT NULL, option TEXT NOT NULL,"
      "  at INTEGER NOT NULL, via TEXT NOT NULL"
      ") STRICT;"
      "CREATE INDEX ballot_of_poll ON ballot (poll, voter);"
      "CREATE TABLE tally ("
      "  number INTEGER NOT NULL, poll TEXT NOT NULL, origin TEXT NOT NULL, option TEXT NOT NULL,"
      "  votes INTEGER NOT NULL, deposits INTEGER NOT NULL, money INTEGER NOT NULL,"
      "  as_of INTEGER NOT NULL, PRIMARY KEY (number, option)"
      ") STRICT, WITHOUT ROWID;"
      "CREATE INDEX tally_of_poll ON tally (poll);"
      "CREATE TABLE decision ("
      "  number INTEGER PRIMARY KEY, id TEXT NOT NULL, poll TEXT NOT NULL, outcome INTEGER NOT "
      "NULL,"
      "  option TEXT, quantity INTEGER NOT NULL, at INTEGER NOT NULL"
      ") STRICT;"
      "CREATE INDEX decision_of_poll ON decision (poll, at, id);";

/* Notes, context and echo. Links name their product by its id, because it may come later. */
static const char note_sql[]
    = "CREATE TABLE note ("
      "  number INTEGER PRIMARY KEY, id TEXT NOT NULL, title TEXT NOT NULL, excerpt TEXT NOT NULL,"
      "  state INTEGER NOT NULL, publish_at INTEGER, made_at INTEGER, template INTEGER NOT NULL,"
      "  cover TEXT, crop_x INTEGER, crop_y INTEGER, crop_width INTEGER, crop_height INTEGER,"
      "  n_words INTEGER NOT NULL, n_pictures INTEGER NOT NULL"
      ") STRICT;"
      "CREATE INDEX note_by_state ON note (state, publish_at);"
      "CREATE TABLE note_link ("
      "  note INTEGER NOT NULL, position INTEGER NOT NULL, product TEXT NOT NULL,"
      "  PRIMARY KEY (note, position)"
      ") STRICT, WITHOUT ROWID;"
      "CREATE INDEX note_link_by_product ON note_link (product);"
      "CREATE TABLE note_topic ("
      "  note INTEGER NOT NULL, topic TEXT NOT NULL, PRIMARY KEY (note, topic)"
      ") STRICT, WITHOUT ROWID;"
      "CREATE INDEX note_topic_by_name ON note_topic (topic, note);"
      "CREATE TABLE context ("
      "  number INTEGER PRIMARY KEY, id TEXT NOT NULL, product TEXT NOT NULL, type INTEGER NOT "
      "NULL,"
      "  text TEXT NOT NULL, link TEXT NOT NULL, by TEXT NOT NULL, at INTEGER, picture TEXT"
      ") STRICT;"
      "CREATE INDEX context_of_product ON context (product, type, at);"
      "CREATE TABLE echo ("
      "  number INTEGER PRIMARY KEY, subject TEXT NOT NULL, day TEXT NOT NULL,"
      "  views INTEGER NOT NULL, dwell INTEGER NOT NULL, likes INTEGER NOT NULL,"
      "  saves INTEGER NOT NULL, comments INTEGER NOT NULL, joins INTEGER NOT NULL"
      ") STRICT;"
      "CREATE INDEX echo_of_subject ON echo (subject, day);"
      "CREATE VIRTUAL TABLE note_search USING fts5 (words, " SEARCH_OPTIONS ");";

/* What is this installation's own: no document, no projection, never made anew and never dropped.
 * The votes of open polls (stall-votes.h) lie in it. */
static const char local_sql[]
    = "CREATE TABLE IF NOT EXISTS box ("
      "  poll TEXT NOT NULL, voter TEXT NOT NULL, option TEXT NOT NULL, at INTEGER NOT NULL,"
      "  PRIMARY KEY (poll, voter)"
      ") STRICT, WITHOUT ROWID;"
      /* What decoding a picture told: it comes from no document. */
      "CREATE TABLE IF NOT EXISTS picture_fact ("
      "  digest TEXT PRIMARY KEY, white_border INTEGER NOT NULL"
      ") STRICT, WITHOUT ROWID;"
      /* Replication. Revisions that were made elsewhere, with a checksum of their body; the
       * revision of a document that the platform said it has; what the platform refused, and as of
       * which sequence of the document; attachments that are to be fetched still. */
      "CREATE TABLE IF NOT EXISTS received ("
      "  revision INTEGER PRIMARY KEY, checksum INTEGER NOT NULL"
      ") STRICT;"
      "CREATE TABLE IF NOT EXISTS sent ("
      "  document INTEGER PRIMARY KEY, revision INTEGER NOT NULL, at INTEGER NOT NULL"
      ") STRICT;"
      "CREATE TABLE IF NOT EXISTS refused ("
      "  document INTEGER PRIMARY KEY, sequence INTEGER NOT NULL, code TEXT NOT NULL,"
      "  reason TEXT NOT NULL, at INTEGER NOT NULL"
      ") STRICT;"
      "CREATE TABLE IF NOT EXISTS wanted ("
      "  digest TEXT PRIMARY KEY, document INTEGER NOT NULL, name TEXT NOT NULL,"
      "  length INTEGER NOT NULL"
      ") STRICT, WITHOUT ROWID;"
      "CREATE INDEX IF NOT EXISTS wanted_of_document ON wanted (document);"
      /* The versions that lost when a change set settled a conflict, for its undo. */
      "CREATE TABLE IF NOT EXISTS settled ("
      "  change_set INTEGER NOT NULL, document INTEGER NOT NULL, loser INTEGER NOT NULL,"
      "  PRIMARY KEY (change_set, document, loser)"
      ") STRICT, WITHOUT ROWID;";

/* A stall without conflicts pays nothing for them. */
static const char index_sql[]
    = "CREATE INDEX IF NOT EXISTS document_conflicts ON document (sequence) WHERE conflicts > 0;";

static const char drop_sql[]
    = "DROP TABLE IF EXISTS product; DROP TABLE IF EXISTS variant; DROP TABLE IF EXISTS kit_part;"
      "DROP TABLE IF EXISTS tag; DROP TABLE IF EXISTS orders; DROP TABLE IF EXISTS line;"
      "DROP TABLE IF EXISTS waiting;"
      "DROP TABLE IF EXISTS ledger; DROP TABLE IF EXISTS stock; DROP TABLE IF EXISTS payment;"
      "DROP TABLE IF EXISTS poll; DROP TABLE IF EXISTS poll_option; DROP TABLE IF EXISTS ballot;"
      "DROP TABLE IF EXISTS tally; DROP TABLE IF EXISTS decision;"
      "DROP TABLE IF EXISTS note; DROP TABLE IF EXISTS note_link; DROP TABLE IF EXISTS note_topic;"
      "DROP TABLE IF EXISTS context; DROP TABLE IF EXISTS echo; DROP TABLE IF EXISTS note_search;"
      "DROP TABLE IF EXISTS product_search; DROP TABLE IF EXISTS order_search;";

#define PROJECTION_STAMP G_STRINGIFY (STALL_PROJECTION_VERSION)

/**
 * stall_schema_get_meta:
 * @database: a connection
 * @name: which value
 *
 * Reads a value about the file itself.
 *
 * Returns: (transfer full) (nullable): the value
 */
char *
stall_schema_get_meta (StallDatabase *database, const char *name)
{
  return stall_database_get_text (database, NULL, "SELECT value FROM meta WHERE name = ?", "s",
                                  name);
}

gboolean
stall_schema_set_meta (StallDatabase *database, const char *name, const char *value, GError **error)
{
  return stall_database_run (database, error, "INSERT OR REPLACE INTO meta VALUES (?, ?)", "ss",
                             name, value);
}

gboolean
stall_schema_create_projections (StallDatabase *database, GError **error)
{
  return stall_database_run_script (database, projection_sql, error)
         && stall_database_run_script (database, poll_sql, error)
         && stall_database_run_script (database, note_sql, error)
         && stall_database_run_script (database, local_sql, error);
}

gboolean
stall_schema_drop_projections (StallDatabase *database, GError **error)
{
  return stall_database_run_script (database, drop_sql, error);
}

gboolean
stall_schema_projections_are_current (StallDatabase *database)
{
  g_autofree char *have = stall_schema_get_meta (database, "projections");

  return g_strcmp0 (have, PROJECTION_STAMP) == 0;
}

gboolean
stall_schema_stamp_projections (StallDatabase *database, GError **error)
{
  return stall_schema_set_meta (database, "projections", PROJECTION_STAMP, error);
}

/**
 * stall_schema_create:
 * @database: a writable connection to an empty file
 * @error: return location
 *
 * Makes the tables, in one transaction.
 *
 * Returns: whether they are on disk
 */
gboolean
stall_schema_create (StallDatabase *database, GError **error)
{
  g_autofree char *pragmas
      = g_strdup_printf ("PRAGMA application_id = %d; PRAGMA user_version = %d;",
                         STALL_SCHEMA_APPLICATION_ID, STALL_SCHEMA_VERSION);
  g_autofree char *device = stall_uuid_new ();

  return stall_database_run_script (database, "PRAGMA page_size = 8192; BEGIN IMMEDIATE;", error)
         && stall_database_run_script (database, pragmas, error)
         && stall_database_run_script (database, truth_sql, error)
         && stall_database_run_script (database, index_sql, error)
         && stall_schema_create_projections (database, error)
         && stall_schema_stamp_projections (database, error)
         && stall_schema_set_meta (database, "device", device, error)
         && stall_database_run_script (database, "COMMIT;", error);
}

/**
 * stall_schema_check_header:
 * @database: a connection
 * @error: return location
 *
 * Refuses what is not a stall's file, and one from a newer Stall, before anything is read or
 * written.
 *
 * Returns: whether this Stall may use it
 */
gboolean
stall_schema_check_header (StallDatabase *database, GError **error)
{
  gint64 application = 0, version = 0;
  g_autoptr (GError) failed = NULL;

  if (!stall_database_get_int (database, &application, &failed, "PRAGMA application_id", "")
      || !stall_database_get_int (database, &version, &failed, "PRAGMA user_version", ""))
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  if (application != STALL_SCHEMA_APPLICATION_ID)
    {
      g_set_error_literal (
          error, STALL_ERROR, STALL_ERROR_DAMAGED,
          _ ("This is not a stall’s file. Choose another folder or restore a backup."));
      return FALSE;
    }
  if (version > STALL_SCHEMA_VERSION)
    {
      g_set_error_literal (
          error, STALL_ERROR, STALL_ERROR_NEWER,
          _ ("This stall was written by a newer Stall. Nothing was changed. Update Stall "
             "to open it."));
      return FALSE;
    }
  return TRUE;
}

/**
 * stall_schema_check_tables:
 * @database: a connection to a file that came from elsewhere
 * @error: return location for what kept it from being read
 *
 * Looks whether the tables of the truth are as this Stall makes them, and nothing acts by itself.
 *
 * Returns: %FALSE when they are not, or with @error set on failure
 */
gboolean
stall_schema_check_tables (StallDatabase *database, GError **error)
{
  g_autoptr (StallDatabase) model = stall_database_open ("", TRUE, TRUE, error);
  g_autoptr (GError) failed = NULL;
  gint64 n_active = 1;
  gboolean same = TRUE;
  sqlite3_stmt *row;

  if (model == NULL || !stall_database_run_script (model, truth_sql, error))
    return FALSE;
  stall_database_get_int (database, &n_active, &failed,
                          "SELECT count(*) FROM sqlite_schema WHERE type IN ('trigger', 'view')",
                          "");
  row = stall_database_query (model, &failed,
                              "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL", "");
  while (failed == NULL && stall_database_step (model, row, &failed))
    {
      g_autofree char *sql = stall_database_get_text (
          database, &failed, "SELECT sql FROM sqlite_schema WHERE name = ?", "s",
          stall_column_text (row, 0));

      same &= g_strcmp0 (sql, stall_column_text (row, 1)) == 0;
    }
  if (failed == NULL)
    return same && n_active == 0;
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

/**
 * stall_schema_prepare:
 * @database: a writable connection
 * @error: return location
 *
 * Checks the file and makes it ready for writing, with the tables of a newer Stall that it lacks.
 *
 * Returns: whether the file can be used
 */
gboolean
stall_schema_prepare (StallDatabase *database, GError **error)
{
  g_autofree char *name = g_utf8_make_valid (g_get_host_name (), -1);

  return stall_schema_check_header (database, error)
         && stall_database_run_script (
             database, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;", error)
         && stall_database_run_script (database, local_sql, error)
         && stall_database_run_script (database, index_sql, error)
         && stall_database_run (database, error,
                                "INSERT OR IGNORE INTO meta VALUES ('device_name', ?)", "s", name);
}
