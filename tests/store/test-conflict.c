/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <sqlite3.h>

#include "stall-conflict.h"
#include "stall-merge.h"
#include "stall-replica.h"
#include "test-util.h"

/* Two devices that changed the same field: what is kept, listed, settled and taken back. Here is
 * the laptop of the fixture; there is another one. */

#define PRODUCT "product:1"

static void
put_on (StallStore *store, const char *revision, const char *body, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));
  g_autoptr (StallDocument) document
      = stall_document_new_revision (PRODUCT, bytes, revision, FALSE);
  g_autoptr (StallChangeSet) changes = stall_change_set_new ("Edit");

  stall_change_set_put (changes, document);
  stall_receipt_free (dex_await_boxed (stall_store_apply (store, changes), error));
}

static StallDocument *
load (StallStore *store)
{
  g_autoptr (GError) error = NULL;
  StallDocument *document = dex_await_object (stall_store_load (store, PRODUCT), &error);

  g_assert_no_error (error);
  return document;
}

static char *
get_revision (StallStore *store)
{
  g_autoptr (StallDocument) document = load (store);

  return g_strdup (stall_document_get_revision (document));
}

/* As a page does: what it shows, with a title and a price typed in. */
static void
edit (StallStore *store, const char *title, int price)
{
  g_autofree char *revision = NULL;
  g_autofree char *body
      = g_strdup_printf ("{\"kind\":\"product\",\"title\":\"%s\",\"price\":%d}", title, price);
  g_autoptr (StallDocument) before = dex_await_object (stall_store_load (store, PRODUCT), NULL);
  g_autoptr (GError) error = NULL;

  put_on (store, before != NULL ? stall_document_get_revision (before) : NULL, body, &error);
  g_assert_no_error (error);
}

static void
assert_shown (StallStore *store, const char *title, int price)
{
  g_autoptr (StallDocument) document = load (store);
  JsonObject *root = stall_document_get_root (document, NULL);

  g_assert_cmpstr (stall_json_get_string (root, "title", NULL), ==, title);
  g_assert_cmpint (stall_json_get_int (root, "price", 0), ==, price);
}

static guint
count_conflicts (StallStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = dex_await_boxed (stall_store_list_conflicts (store), &error);

  g_assert_no_error (error);
  return list->len;
}

static StallConflict *
load_conflict (StallStore *store)
{
  g_autoptr (GError) error = NULL;
  StallConflict *conflict = dex_await_object (stall_store_load_conflict (store, PRODUCT), &error);

  g_assert_no_error (error);
  return conflict;
}

/* The versions beside each other, deleted ones, too. */
static guint
count_leaves (StallStore *store, gboolean deleted)
{
  g_autoptr (GPtrArray) list = NULL;
  guint n = 0;

  dex_await (stall_store_mark_unsent (store, 0), NULL);
  list = dex_await_boxed (stall_store_list_unsent (store, 0, 100, 1 << 20), NULL);
  for (guint i = 0; i < list->len; i++)
    {
      StallOutgoing *outgoing = g_ptr_array_index (list, i);

      for (guint j = 0; j < outgoing->leaves->len; j++)
        {
          StallPeerRevision *leaf = g_ptr_array_index (outgoing->leaves, j);

          n += g_str_equal (outgoing->id, PRODUCT)
               && stall_document_get_deleted (leaf->document) == deleted;
        }
    }
  return n;
}

/* What a platform between the two does: every leaf goes over as it is. */
static void
send (StallStore *from, StallStore *to)
{
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GPtrArray) revisions
      = g_ptr_array_new_with_free_func ((GDestroyNotify) stall_peer_revision_free);
  g_autoptr (GError) error = NULL;

  dex_await (stall_store_mark_unsent (from, 0), NULL);
  list = dex_await_boxed (stall_store_list_unsent (from, 0, 100, 1 << 20), &error);
  g_assert_no_error (error);
  for (guint i = 0; i < list->len; i++)
    {
      StallOutgoing *outgoing = g_ptr_array_index (list, i);

      for (guint j = 0; j < outgoing->leaves->len; j++)
        {
          StallPeerRevision *leaf = g_ptr_array_index (outgoing->leaves, j);

          g_ptr_array_add (revisions, stall_peer_revision_new (
                                          outgoing->id, leaf->generation, g_strdupv (leaf->history),
                                          stall_document_get_deleted (leaf->document),
                                          stall_document_get_body (leaf->document)));
        }
    }
  stall_receipt_free (dex_await_boxed (stall_store_receive (to, revisions, NULL, NULL), &error));
  g_assert_no_error (error);
}

/* Both ways until there is nothing new. */
static void
exchange (StallStore *here, StallStore *there)
{
  for (guint i = 0; i < 2; i++)
    {
      send (here, there);
      send (there, here);
    }
}

static void
with_two (Fixture *fixture, void (*func) (Fixture *here, Fixture *there))
{
  Fixture there = { .folder = g_dir_make_tmp ("stall-test-XXXXXX", NULL) };

  test_open (&there, STALL_STORE_WRITE | STALL_STORE_CREATE);
  dex_await (stall_store_name_device (there.store, "Fair laptop"), NULL);
  edit (fixture->store, "Cup", 100);
  exchange (fixture->store, there.store);
  func (fixture, &there);
  test_check_is_clean (fixture);
  test_check_is_clean (&there);
  test_close (&there);
  test_remove_folder (there.folder);
  g_free (there.folder);
}

/* Both change the title, one the price besides. */
static void
disagree (Fixture *here, Fixture *there)
{
  edit (here->store, "Tea cup", 100);
  edit (there->store, "Mug", 120);
  exchange (here->store, there->store);
}

static void
settle (StallStore *store, const char *title, GError **error)
{
  g_autoptr (StallConflict) conflict = load_conflict (store);
  g_autoptr (JsonObject) merged = stall_json_copy_object (stall_conflict_get_merged (conflict));
  g_autoptr (StallChangeSet) changes = NULL;

  json_object_set_string_member (merged, "title", title);
  changes = stall_conflict_settle (conflict, merged, FALSE, "Settle");
  stall_receipt_free (dex_await_boxed (stall_store_apply (store, changes), error));
}

static void
assert_settled (StallStore *store, const char *title)
{
  g_autoptr (GError) error = NULL;

  settle (store, title, &error);
  g_assert_no_error (error);
}

/* Only what no rule can decide is asked, with who said it; a restart and a rebuild keep it. */
static void
listed (Fixture *here, Fixture *there)
{
  g_autoptr (StallConflict) conflict = NULL;
  const StallConflictSide *ours, *theirs, *mine;
  const StallConflictField *field;
  g_autofree char *path = g_build_filename (here->folder, "stall.db", NULL);
  sqlite3 *database;

  g_assert_cmpuint (count_conflicts (here->store), ==, 0);
  disagree (here, there);
  g_assert_cmpuint (count_conflicts (here->store), ==, 1);
  g_assert_cmpuint (count_conflicts (there->store), ==, 1);
  test_close (here);
  g_assert_cmpint (sqlite3_open (path, &database), ==, SQLITE_OK);
  sqlite3_exec (database, "UPDATE meta SET value = '0' WHERE name = 'projections'", NULL, NULL,
                NULL);
  sqlite3_close (database);
  test_open (here, STALL_STORE_WRITE);
  g_assert_cmpuint (count_conflicts (here->store), ==, 1);

  conflict = load_conflict (here->store);
  g_assert_cmpuint (stall_conflict_get_fields (conflict)->len, ==, 1);
  field = stall_conflict_get_fields (conflict)->pdata[0];
  g_assert_cmpstr (field->path, ==, "/title");
  g_assert_cmpint (stall_json_get_int (stall_conflict_get_merged (conflict), "price", 0), ==, 120);
  g_assert_cmpuint (stall_conflict_get_n_others (conflict), ==, 0);
  ours = stall_conflict_get_ours (conflict);
  theirs = stall_conflict_get_theirs (conflict);
  g_assert_true (ours->here != theirs->here);
  mine = ours->here ? ours : theirs;
  g_assert_cmpstr ((mine == ours ? theirs : ours)->device, ==, "Fair laptop");
  g_assert_cmpstr (json_node_get_string (mine == ours ? field->ours : field->theirs), ==,
                   "Tea cup");
  g_assert_cmpint (ours->at, >, stall_time_now () - STALL_HOUR);
  g_assert_cmpint (theirs->at, >, stall_time_now () - STALL_HOUR);
}

/* Settled on one, it is on both; taken back, both versions are there again, on both. */
static void
settled_and_back (Fixture *here, Fixture *there)
{
  g_autofree char *before = NULL;
  g_autoptr (StallDocument) shown = NULL;
  g_autoptr (GError) error = NULL;

  disagree (here, there);
  shown = load (here->store);
  before = g_strdup (stall_json_get_string (stall_document_get_root (shown, NULL), "title", NULL));
  assert_settled (here->store, "Tea mug");
  g_assert_cmpuint (count_conflicts (here->store), ==, 0);
  assert_shown (here->store, "Tea mug", 120);
  g_assert_cmpuint (count_leaves (here->store, FALSE), ==, 1);
  exchange (here->store, there->store);
  g_assert_cmpuint (count_conflicts (there->store), ==, 0);
  assert_shown (there->store, "Tea mug", 120);

  stall_receipt_free (dex_await_boxed (stall_store_undo (here->store, 0), &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_conflicts (here->store), ==, 1);
  exchange (here->store, there->store);
  for (guint i = 0; i < 2; i++)
    {
      StallStore *store = i == 0 ? here->store : there->store;
      g_autoptr (StallConflict) conflict = load_conflict (store);
      g_autoptr (StallDocument) again = load (store);

      g_assert_cmpuint (stall_conflict_get_fields (conflict)->len, ==, 1);
      g_assert_cmpstr (stall_json_get_string (stall_document_get_root (again, NULL), "title", NULL),
                       ==, before);
    }
  stall_receipt_free (dex_await_boxed (stall_store_redo (here->store), &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_conflicts (here->store), ==, 0);
  exchange (here->store, there->store);
  assert_shown (there->store, "Tea mug", 120);
  g_assert_cmpuint (count_conflicts (there->store), ==, 0);
}

/* One version as it is, for what cannot be compared. */
static void
kept_whole (Fixture *here, Fixture *there)
{
  g_autoptr (StallConflict) conflict = NULL;
  g_autoptr (StallChangeSet) changes = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (StallDocument) shown = NULL;
  g_autofree char *theirs = NULL;

  disagree (here, there);
  conflict = load_conflict (here->store);
  theirs = g_strdup (json_node_get_string (
      ((StallConflictField *) stall_conflict_get_fields (conflict)->pdata[0])->theirs));
  changes = stall_conflict_settle (conflict, NULL, TRUE, "Keep");
  stall_receipt_free (dex_await_boxed (stall_store_apply (here->store, changes), &error));
  g_assert_no_error (error);
  assert_shown (here->store, theirs, g_str_equal (theirs, "Mug") ? 120 : 100);
  exchange (here->store, there->store);
  g_assert_cmpuint (count_conflicts (there->store), ==, 0);
  assert_shown (there->store, theirs, g_str_equal (theirs, "Mug") ? 120 : 100);
}

/* Two people settle at once: both devices come to say the same, and where the two decided two
 * things, that is the conflict that is left. */
static void
settled_twice (Fixture *here, Fixture *there)
{
  g_autofree char *ours = NULL;
  g_autofree char *theirs = NULL;

  disagree (here, there);
  assert_settled (here->store, "Tea mug");
  assert_settled (there->store, "Cup of tea");
  exchange (here->store, there->store);
  ours = get_revision (here->store);
  theirs = get_revision (there->store);
  g_assert_cmpstr (ours, ==, theirs);
  g_assert_cmpuint (count_conflicts (here->store), ==, 1);
  g_assert_cmpuint (count_conflicts (there->store), ==, 1);
  assert_settled (here->store, "Tea mug");
  exchange (here->store, there->store);
  g_assert_cmpuint (count_conflicts (there->store), ==, 0);
  assert_shown (there->store, "Tea mug", 120);
  g_assert_cmpuint (count_leaves (there->store, FALSE), ==, 1);
}

/* Alike, there is nothing left to ask. */
static void
settled_alike (Fixture *here, Fixture *there)
{
  disagree (here, there);
  assert_settled (here->store, "Tea mug");
  assert_settled (there->store, "Tea mug");
  exchange (here->store, there->store);
  g_assert_cmpuint (count_conflicts (here->store), ==, 0);
  g_assert_cmpuint (count_conflicts (there->store), ==, 0);
  assert_shown (here->store, "Tea mug", 120);
}

/* What was looked at is not there any more: nothing is written. */
static void
settled_too_late (Fixture *here, Fixture *there)
{
  g_autoptr (StallConflict) conflict = NULL;
  g_autoptr (StallChangeSet) changes = NULL;
  g_autoptr (StallReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;

  disagree (here, there);
  conflict = load_conflict (here->store);
  edit (there->store, "Bowl", 130);
  exchange (here->store, there->store);
  changes = stall_conflict_settle (conflict, stall_conflict_get_merged (conflict), FALSE, "Settle");
  receipt = dex_await_boxed (stall_store_apply (here->store, changes), &error);
  g_assert_error (error, STALL_ERROR, STALL_ERROR_INVALID);
  g_assert_null (receipt);
  g_assert_cmpuint (count_conflicts (here->store), ==, 1);
  assert_settled (here->store, "Bowl");
  g_assert_cmpuint (count_conflicts (here->store), ==, 0);
}

/* A page that was open while the title came in saves its own: neither writes over the other, and
 * who types on goes on in the same version. */
static void
page_does_not_write_over (Fixture *here, Fixture *there)
{
  g_autofree char *base = get_revision (here->store);
  g_autoptr (StallConflict) conflict = NULL;
  g_autoptr (GError) error = NULL;
  const StallConflictField *field;

  edit (there->store, "Mug", 100);
  exchange (here->store, there->store);
  put_on (here->store, base, "{\"kind\":\"product\",\"title\":\"Tea\",\"price\":100}", &error);
  g_assert_no_error (error);
  put_on (here->store, base, "{\"kind\":\"product\",\"title\":\"Tea cup\",\"price\":100}", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_conflicts (here->store), ==, 1);
  g_assert_cmpuint (count_leaves (here->store, FALSE), ==, 2);
  conflict = load_conflict (here->store);
  field = stall_conflict_get_fields (conflict)->pdata[0];
  g_assert_true (g_str_equal (json_node_get_string (field->ours), "Tea cup")
                 || g_str_equal (json_node_get_string (field->theirs), "Tea cup"));
  g_assert_true (g_str_equal (json_node_get_string (field->ours), "Mug")
                 || g_str_equal (json_node_get_string (field->theirs), "Mug"));
}

/* Another field is merged, as ever; of what was edited here alone the last save stands. */
static void
page_merges (Fixture *here, Fixture *there)
{
  g_autofree char *base = get_revision (here->store);
  g_autoptr (GError) error = NULL;

  edit (there->store, "Mug", 100);
  exchange (here->store, there->store);
  put_on (here->store, base, "{\"kind\":\"product\",\"title\":\"Cup\",\"price\":90}", &error);
  g_assert_no_error (error);
  assert_shown (here->store, "Mug", 90);
  g_free (base);
  base = get_revision (here->store);
  edit (here->store, "Mug", 80);
  put_on (here->store, base, "{\"kind\":\"product\",\"title\":\"Mug\",\"price\":70}", &error);
  g_assert_no_error (error);
  assert_shown (here->store, "Mug", 70);
  g_assert_cmpuint (count_conflicts (here->store), ==, 0);
}

/* A page on a version that was merged into another meanwhile, and is deleted as such. */
static void
page_on_merged (Fixture *here, Fixture *there)
{
  g_autofree char *base = NULL;
  g_autoptr (GError) error = NULL;

  edit (here->store, "Tea cup", 100);
  base = get_revision (here->store);
  edit (there->store, "Cup", 120);
  exchange (here->store, there->store);
  assert_shown (here->store, "Tea cup", 120);
  g_assert_cmpuint (count_leaves (here->store, TRUE), ==, 1);
  put_on (here->store, base, "{\"kind\":\"product\",\"title\":\"Tea bowl\",\"price\":100}", &error);
  g_assert_no_error (error);
  assert_shown (here->store, "Tea bowl", 120);
  exchange (here->store, there->store);
  assert_shown (there->store, "Tea bowl", 120);
  g_assert_cmpuint (count_conflicts (there->store), ==, 0);
}

/* Undo of an edit that another device's version won over takes that edit back, not theirs. */
static void
undo_of_what_lost (Fixture *here, Fixture *there)
{
  Fixture *loser = NULL;
  g_autoptr (StallConflict) conflict = NULL;
  g_autoptr (GError) error = NULL;
  gboolean mug;

  disagree (here, there);
  conflict = load_conflict (here->store);
  loser = stall_conflict_get_theirs (conflict)->here ? here : there;
  mug = loser == here;
  stall_receipt_free (dex_await_boxed (stall_store_undo (loser->store, 0), &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_conflicts (loser->store), ==, 0);
  assert_shown (loser->store, mug ? "Mug" : "Tea cup", mug ? 120 : 100);
  exchange (here->store, there->store);
  g_assert_cmpuint (count_conflicts (here->store), ==, 0);
  g_assert_cmpuint (count_conflicts (there->store), ==, 0);
  assert_shown (here->store, mug ? "Mug" : "Tea cup", mug ? 120 : 100);

  stall_receipt_free (dex_await_boxed (stall_store_redo (loser->store), &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_conflicts (loser->store), ==, 1);
  exchange (here->store, there->store);
  g_assert_cmpuint (count_conflicts (here->store), ==, 1);
  g_assert_cmpuint (count_conflicts (there->store), ==, 1);
}

/* What stays the same is no edit, whenever it was written. */
static void
test_nothing_new (Fixture *fixture)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  edit (fixture->store, "Cup", 100);
  edit (fixture->store, "Cup", 120);
  first = get_revision (fixture->store);
  edit (fixture->store, "Cup", 120);
  second = get_revision (fixture->store);
  g_assert_cmpstr (first, ==, second);
}

static void
acknowledge_all (StallStore *store)
{
  g_autoptr (GPtrArray) list
      = dex_await_boxed (stall_store_list_unsent (store, 0, 100, 1 << 20), NULL);
  g_autoptr (GPtrArray) verdicts
      = g_ptr_array_new_with_free_func ((GDestroyNotify) stall_verdict_free);

  for (guint i = 0; i < list->len; i++)
    {
      StallOutgoing *outgoing = g_ptr_array_index (list, i);
      StallVerdict *verdict = g_new0 (StallVerdict, 1);

      verdict->number = outgoing->number;
      verdict->sequence = outgoing->sequence;
      verdict->winner = outgoing->winner;
      g_ptr_array_add (verdicts, verdict);
    }
  dex_await (stall_store_settle (store, verdicts, NULL, NULL), NULL);
}

/* A payment that the platform has is not taken back silently: it says so, and what was done before
 * it can be. */
static void
test_undo_of_sent_money (Fixture *fixture)
{
  g_autofree char *variant = test_add_product (fixture, "Cup", "C-1", 5000);
  g_autoptr (StallOrder) order = test_make_order ("7", variant, 2, 5000, TEST_NOON);
  g_autoptr (StallDocument) document = stall_order_to_document (order, "device");
  g_autoptr (GError) error = NULL;
  StallReceipt *receipt;

  stall_receipt_free (test_put (fixture, "Add", document));
  test_add_event (fixture, order, STALL_STEP_PAID, TEST_NOON + 1);
  /* not sent yet: undo is undo */
  stall_receipt_free (dex_await_boxed (stall_store_undo (fixture->store, 0), &error));
  g_assert_no_error (error);
  stall_receipt_free (dex_await_boxed (stall_store_redo (fixture->store), &error));
  g_assert_no_error (error);
  acknowledge_all (fixture->store);
  receipt = dex_await_boxed (stall_store_undo (fixture->store, 0), &error);
  g_assert_error (error, STALL_ERROR, STALL_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "refund"));
  g_assert_null (receipt);
  g_assert_cmpint (dex_await_int64 (stall_store_count (fixture->store, STALL_KIND_EVENT), NULL), ==,
                   1);
  g_clear_error (&error);
  stall_receipt_free (dex_await_boxed (stall_store_undo (fixture->store, 0), &error));
  g_assert_no_error (error);
  g_assert_cmpint (dex_await_int64 (stall_store_count (fixture->store, STALL_KIND_ORDER), NULL), ==,
                   0);
}

#define TWO(name)                            \
  static void test_##name (Fixture *fixture) \
  {                                          \
    with_two (fixture, name);                \
  }

TWO (listed)
TWO (settled_and_back)
TWO (kept_whole)
TWO (settled_twice)
TWO (settled_alike)
TWO (settled_too_late)
TWO (page_does_not_write_over)
TWO (page_merges)
TWO (page_on_merged)
TWO (undo_of_what_lost)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  test_add ("/conflict/listed", test_listed);
  test_add ("/conflict/settled-and-back", test_settled_and_back);
  test_add ("/conflict/kept-whole", test_kept_whole);
  test_add ("/conflict/settled-twice", test_settled_twice);
  test_add ("/conflict/settled-alike", test_settled_alike);
  test_add ("/conflict/settled-too-late", test_settled_too_late);
  test_add ("/conflict/page-does-not-write-over", test_page_does_not_write_over);
  test_add ("/conflict/page-merges", test_page_merges);
  test_add ("/conflict/page-on-merged", test_page_on_merged);
  test_add ("/conflict/undo-of-what-lost", test_undo_of_what_lost);
  test_add ("/conflict/nothing-new", test_nothing_new);
  test_add ("/conflict/undo-of-sent-money", test_undo_of_sent_money);
  return g_test_run ();
}
