/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "stall-note-figures.h"
#include "stall-product-figures.h"
#include "stall-stage-change.h"
#include "stall-versions.h"
#include "test-util.h"

static StallReceipt *
save_note (Fixture *fixture, StallNote *note, gint64 continued)
{
  g_autoptr (StallDocument) document = stall_note_to_document (note, "device");
  g_autoptr (StallChangeSet) changes = stall_change_set_new ("Write");

  stall_change_set_put (changes, document);
  stall_change_set_continue (changes, continued);
  return test_apply (fixture, changes);
}

static StallNote *
load_note (Fixture *fixture, const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StallDocument) document
      = dex_await_object (stall_store_load (fixture->store, id), &error);
  StallNote *note;

  g_assert_no_error (error);
  note = stall_note_new_from_document (document, &error);
  g_assert_no_error (error);
  return note;
}

static char *
add_note (Fixture *fixture, const char *title, const char *body)
{
  g_autoptr (StallNote) note = stall_note_new ();

  stall_note_set_title (note, title);
  stall_note_set_body (note, body);
  stall_receipt_free (save_note (fixture, note, 0));
  return g_strdup (stall_note_get_id (note));
}

static StallProduct *
load_product (Fixture *fixture, const char *id)
{
  g_autoptr (StallDocument) document
      = dex_await_object (stall_store_load (fixture->store, id), NULL);

  return stall_product_new_from_document (document, NULL);
}

static void
save_product (Fixture *fixture, StallProduct *product)
{
  g_autoptr (StallDocument) document = stall_product_to_document (product, "device");

  stall_receipt_free (test_put (fixture, "Save", document));
}

static char *
find (Fixture *fixture, const StallQuery *query)
{
  g_autoptr (GListModel) rows = test_rows (fixture, query);
  GString *titles = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (StallNoteRow) row = g_list_model_get_item (rows, i);

      g_string_append_printf (titles, i > 0 ? " %s" : "%s", stall_note_row_get_title (row));
    }
  return g_string_free (titles, FALSE);
}

static void
assert_found (Fixture *fixture, const StallQuery *query, const char *titles)
{
  g_autofree char *found = find (fixture, query);

  g_assert_cmpstr (found, ==, titles);
}

static void
test_search_and_filters (Fixture *fixture)
{
  g_autofree char *first = add_note (fixture, "Hills", "山里的**羊毛**\n\n- Merino");
  g_autofree char *second = add_note (fixture, "Kiln", "柴窑三天\n\n火的颜色");
  g_autoptr (StallNote) note = load_note (fixture, first);
  StallQuery query = { .list = STALL_LIST_NOTES };
  g_auto (GStrv) topics = NULL;

  stall_note_set_topics (note, (const char *[]) { "wool", NULL });
  stall_note_schedule (note, TEST_NOON);
  stall_receipt_free (save_note (fixture, note, 0));

  assert_found (fixture, &query, "Hills Kiln");
  query.search = (char *) "羊毛";
  assert_found (fixture, &query, "Hills");
  query.search = (char *) "柴窑";
  assert_found (fixture, &query, "Kiln");
  query.search = (char *) "meri";
  assert_found (fixture, &query, "Hills");
  query.search = (char *) "?!";
  assert_found (fixture, &query, "");
  query.search = NULL;
  query.note_states = 1 << STALL_NOTE_SCHEDULED;
  assert_found (fixture, &query, "Hills");
  query.note_states = 1 << STALL_NOTE_DRAFT | 1 << STALL_NOTE_PUBLISHED;
  assert_found (fixture, &query, "Kiln");
  query.note_states = 0;
  query.ready_at = TEST_NOON - 1;
  assert_found (fixture, &query, "");
  query.ready_at = TEST_NOON;
  assert_found (fixture, &query, "Hills");
  query.ready_at = 0;
  query.topic = (char *) "wool";
  assert_found (fixture, &query, "Hills");
  topics = dex_await_boxed (stall_store_topics (fixture->store), NULL);
  g_assert_cmpuint (g_strv_length (topics), ==, 1);
  test_check_is_clean (fixture);
}

/* A note warns of what a reader cannot buy, and stops as soon as they can. */
static void
test_problems (Fixture *fixture)
{
  g_autoptr (StallProduct) cup = test_make_product ("Cup", "C-1", 100);
  const char *id = stall_product_get_id (cup);
  g_autofree char *body = g_strdup_printf ("[Cup](%s)\n\n[Lost](product:lost)", id);
  g_autofree char *note = NULL;
  g_autoptr (StallProduct) loaded = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GPtrArray) left = NULL;
  g_autoptr (StallNoteFigures) figures = NULL;
  StallQuery query = { .list = STALL_LIST_NOTES, .problems = TRUE };
  StallLinkProblem *problem;

  save_product (fixture, cup);
  note = add_note (fixture, "Both", body);
  problems = dex_await_boxed (stall_store_link_problems (fixture->store, note), NULL);
  g_assert_cmpuint (problems->len, ==, 2);
  problem = g_ptr_array_index (problems, 0);
  g_assert_cmpint (problem->trouble, ==, STALL_LINK_SOLD_OUT);
  g_assert_cmpstr (problem->title, ==, "Cup");
  problem = g_ptr_array_index (problems, 1);
  g_assert_cmpint (problem->trouble, ==, STALL_LINK_GONE);
  assert_found (fixture, &query, "Both");
  figures = dex_await_boxed (stall_store_note_figures (fixture->store, TEST_NOON), NULL);
  g_assert_cmpuint (figures->n_problems, ==, 1);
  g_assert_cmpuint (figures->n_by_state[STALL_NOTE_DRAFT], ==, 1);

  test_move (fixture, test_first_variant (cup), 3, TEST_NOON);
  left = dex_await_boxed (stall_store_link_problems (fixture->store, note), NULL);
  g_assert_cmpuint (left->len, ==, 1);
  loaded = load_product (fixture, id);
  stall_product_move_to_stage (loaded, STALL_STAGE_DROPPED, "No more clay", TEST_NOON);
  save_product (fixture, loaded);
  g_clear_pointer (&left, g_ptr_array_unref);
  left = dex_await_boxed (stall_store_link_problems (fixture->store, note), NULL);
  g_assert_cmpuint (left->len, ==, 2);
  test_check_is_clean (fixture);
}

static void
undo_last (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StallReceipt) receipt = dex_await_boxed (stall_store_undo (fixture->store, 0), &error);

  g_assert_no_error (error);
}

static GListModel *
versions (Fixture *fixture, const char *id)
{
  return dex_await_object (stall_store_versions (fixture->store, id), NULL);
}

/* Twenty pauses while typing are one step, one version, and one Undo. */
static void
test_typing_is_one_step (Fixture *fixture)
{
  g_autofree char *id = add_note (fixture, "Kiln", "Begin.\n");
  gint64 step = 0;
  g_autoptr (GListModel) list = NULL;
  g_autoptr (StallNote) taken_back = NULL;
  g_autoptr (StallNote) again = NULL;
  g_autoptr (StallReceipt) redone = NULL;
  g_autoptr (StallDocumentVersion) first = NULL;
  g_autoptr (StallDocumentVersion) last = NULL;

  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (StallNote) note = load_note (fixture, id);
      g_autofree char *body = g_strdup_printf ("Begin.\n%u words", i);
      g_autoptr (StallReceipt) receipt = NULL;

      stall_note_set_body (note, body);
      receipt = save_note (fixture, note, step);
      g_assert_true (step == 0 || receipt->change_set == step);
      step = receipt->change_set;
    }
  list = versions (fixture, id);
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 2);
  first = g_list_model_get_item (list, 0);
  last = g_list_model_get_item (list, 1);
  g_assert_true (stall_document_version_get_current (first));
  g_assert_false (stall_document_version_get_current (last));
  g_assert_cmpint (stall_document_version_get_at (last), !=, STALL_TIME_NONE);

  undo_last (fixture);
  taken_back = load_note (fixture, id);
  g_assert_cmpstr (stall_note_get_body (taken_back), ==, "Begin.\n");
  redone = dex_await_boxed (stall_store_redo (fixture->store), NULL);
  again = load_note (fixture, id);
  g_assert_cmpstr (stall_note_get_body (again), ==, "Begin.\n19 words");
  test_check_is_clean (fixture);
}

/* Something else in between, or an undo, begins a new step. */
static void
test_typing_ends (Fixture *fixture)
{
  g_autofree char *id = add_note (fixture, "Kiln", "one");
  g_autoptr (StallNote) note = load_note (fixture, id);
  g_autoptr (StallNote) other = NULL;
  g_autoptr (StallNote) result = NULL;
  g_autoptr (StallReceipt) first = NULL;
  g_autoptr (StallReceipt) second = NULL;
  g_autoptr (StallReceipt) third = NULL;
  g_autofree char *elsewhere = NULL;

  stall_note_set_body (note, "one two");
  first = save_note (fixture, note, 0);
  elsewhere = add_note (fixture, "Other", "");
  other = load_note (fixture, id);
  stall_note_set_body (other, "one two three");
  second = save_note (fixture, other, first->change_set);
  g_assert_cmpint (second->change_set, !=, first->change_set);
  undo_last (fixture);
  result = load_note (fixture, id);
  g_assert_cmpstr (stall_note_get_body (result), ==, "one two");
  stall_note_set_body (result, "one two four");
  third = save_note (fixture, result, second->change_set);
  g_assert_cmpint (third->change_set, !=, second->change_set);
  test_check_is_clean (fixture);
}

/* Two editors, two paragraphs: both stay, even while one of them types on. */
static void
test_two_editors (Fixture *fixture)
{
  g_autofree char *id = add_note (fixture, "Kiln", "one\n\ntwo\n");
  g_autoptr (StallNote) ours = load_note (fixture, id);
  g_autoptr (StallNote) theirs = load_note (fixture, id);
  g_autoptr (StallNote) result = NULL;
  gint64 step = 0;

  for (guint i = 0; i < 9; i++)
    {
      g_autoptr (StallNote) note = load_note (fixture, id);
      g_autofree char *body = g_strdup_printf ("one %u\n\ntwo\n", i);
      g_autoptr (StallReceipt) receipt = NULL;

      stall_note_set_body (note, body);
      receipt = save_note (fixture, note, step);
      step = receipt->change_set;
    }
  stall_note_set_body (theirs, "one\n\ntwo, and more\n");
  stall_receipt_free (save_note (fixture, theirs, 0));
  result = load_note (fixture, id);
  g_assert_cmpstr (stall_note_get_body (result), ==, "one 8\n\ntwo, and more\n");
  test_check_is_clean (fixture);
}

static void
test_restore (Fixture *fixture)
{
  g_autofree char *id = add_note (fixture, "Kiln", "first");
  g_autoptr (StallNote) note = load_note (fixture, id);
  g_autoptr (GListModel) list = NULL;
  g_autoptr (StallDocumentVersion) oldest = NULL;
  g_autoptr (StallDocument) former = NULL;
  g_autoptr (StallReceipt) receipt = NULL;
  g_autoptr (StallNote) restored = NULL;
  g_autoptr (StallNote) undone = NULL;
  g_autoptr (GListModel) after = NULL;
  g_autoptr (GError) error = NULL;

  stall_note_set_body (note, "second");
  stall_receipt_free (save_note (fixture, note, 0));
  list = versions (fixture, id);
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 2);
  oldest = g_list_model_get_item (list, 1);
  former = dex_await_object (
      stall_store_load_version (fixture->store, id, stall_document_version_get_revision (oldest)),
      &error);
  g_assert_no_error (error);
  receipt = dex_await_boxed (
      stall_store_restore_version (fixture->store, id, stall_document_version_get_revision (oldest),
                                   "Restore"),
      &error);
  g_assert_no_error (error);
  restored = load_note (fixture, id);
  g_assert_cmpstr (stall_note_get_body (restored), ==, "first");
  after = versions (fixture, id);
  g_assert_cmpuint (g_list_model_get_n_items (after), ==, 3);
  undo_last (fixture);
  undone = load_note (fixture, id);
  g_assert_cmpstr (stall_note_get_body (undone), ==, "second");
  g_clear_object (&former);
  former = dex_await_object (stall_store_load_version (fixture->store, id, "9-none"), &error);
  g_assert_error (error, STALL_ERROR, STALL_ERROR_NOT_FOUND);
  test_check_is_clean (fixture);
}

static void
add_context (Fixture *fixture, const char *product, StallContextType type, StallTime at)
{
  g_autoptr (StallContext) context = stall_context_new (product, type);
  g_autoptr (StallDocument) document = NULL;

  stall_context_set_at (context, at);
  stall_context_set_text (context, "Words");
  document = stall_context_to_document (context, "device");
  stall_receipt_free (test_put (fixture, "Add", document));
}

static guint
count_products (Fixture *fixture, StallStoryFilter story)
{
  StallQuery query = { .list = STALL_LIST_PRODUCTS, .story = story };
  g_autoptr (GListModel) rows = test_rows (fixture, &query);

  return g_list_model_get_n_items (rows);
}

static void
test_context (Fixture *fixture)
{
  g_autoptr (StallProduct) first = test_make_product ("Cup", "C-1", 100);
  g_autoptr (StallProduct) second = test_make_product ("Bowl", "B-1", 100);
  const char *cup = stall_product_get_id (first), *bowl = stall_product_get_id (second);
  g_autoptr (StallProductContext) context = NULL;
  g_autoptr (StallProductContext) linked = NULL;
  g_autoptr (GListModel) rows = NULL;
  g_autofree char *body = NULL;
  g_autofree char *note = NULL;
  StallQuery query = { .list = STALL_LIST_CONTEXT, .product = (char *) cup };

  save_product (fixture, first);
  save_product (fixture, second);
  g_assert_cmpuint (count_products (fixture, STALL_STORY_LACKING), ==, 2);
  add_context (fixture, cup, STALL_CONTEXT_CUSTOMER, TEST_NOON);
  add_context (fixture, cup, STALL_CONTEXT_CUSTOMER, TEST_NOON + 5);
  add_context (fixture, cup, STALL_CONTEXT_OWNER, TEST_NOON + 1);
  context = dex_await_boxed (stall_store_product_context (fixture->store, cup), NULL);
  g_assert_cmpuint (context->counts[STALL_CONTEXT_CUSTOMER], ==, 2);
  g_assert_cmpint (context->last_at[STALL_CONTEXT_CUSTOMER], ==, TEST_NOON + 5);
  g_assert_false (stall_product_context_lacks (context, STALL_CONTEXT_OWNER));
  g_assert_true (stall_product_context_lacks (context, STALL_CONTEXT_BUYER));
  g_assert_cmpuint (count_products (fixture, STALL_STORY_LACKING), ==, 1);

  rows = test_rows (fixture, &query);
  g_assert_cmpuint (g_list_model_get_n_items (rows), ==, 3);
  query.context_type = STALL_CONTEXT_CUSTOMER + 1;
  g_clear_object (&rows);
  rows = test_rows (fixture, &query);
  g_assert_cmpuint (g_list_model_get_n_items (rows), ==, 2);

  body = g_strdup_printf ("[Bowl](%s)", bowl);
  note = add_note (fixture, "Bowls", body);
  linked = dex_await_boxed (stall_store_product_context (fixture->store, bowl), NULL);
  g_assert_cmpuint (linked->n_notes, ==, 1);
  g_assert_false (stall_product_context_lacks (linked, STALL_CONTEXT_OWNER));
  g_assert_cmpuint (count_products (fixture, STALL_STORY_LACKING), ==, 0);
  test_check_is_clean (fixture);
}

static void
test_echo (Fixture *fixture)
{
  g_autofree char *id = add_note (fixture, "Kiln", "fire");
  g_autoptr (StallNote) note = load_note (fixture, id);
  g_autoptr (StallEchoSeries) series = NULL;
  g_autoptr (GListModel) rows = NULL;
  g_autoptr (StallNoteRow) row = NULL;
  StallQuery query = { .list = STALL_LIST_NOTES };

  stall_note_publish (note, TEST_NOON - 3 * STALL_DAY);
  stall_receipt_free (save_note (fixture, note, 0));
  for (int i = 0; i < 40; i++)
    {
      g_autoptr (GDateTime) day
          = g_date_time_new_from_unix_local ((TEST_NOON - i * STALL_DAY) / 1000);
      g_autofree char *name = g_date_time_format (day, "%Y-%m-%d");
      g_autoptr (StallEcho) echo = stall_echo_new (id, name);
      g_autoptr (StallDocument) document = NULL;

      stall_echo_set_count (echo, STALL_ECHO_VIEWS, 100 + i);
      document = stall_echo_to_document (echo, "device");
      stall_receipt_free (test_put (fixture, "Echo", document));
    }
  series = dex_await_boxed (stall_store_echo_series (fixture->store, id, TEST_NOON, 30), NULL);
  g_assert_cmpuint (series->n_days, ==, 30);
  g_assert_cmpint (series->counts[STALL_ECHO_VIEWS][29], ==, 100);
  g_assert_cmpint (series->counts[STALL_ECHO_VIEWS][0], ==, 129);
  g_assert_cmpint (series->totals[STALL_ECHO_VIEWS], ==, 30 * 100 + 29 * 30 / 2);
  g_assert_cmpint (series->published, ==, 26);
  rows = test_rows (fixture, &query);
  row = g_list_model_get_item (rows, 0);
  g_assert_cmpint (stall_note_row_get_views (row), ==, 40 * 100 + 39 * 40 / 2);
  test_check_is_clean (fixture);
}

static void
test_sales (Fixture *fixture)
{
  g_autoptr (StallProduct) cup = test_make_product ("Cup", "C-1", 100);
  g_autofree char *note = NULL;
  g_autoptr (StallNoteSales) sales = NULL;
  g_autoptr (GListModel) rows = NULL;
  StallQuery query = { .list = STALL_LIST_ORDERS };

  save_product (fixture, cup);
  note = add_note (fixture, "Kiln", "fire");
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *number = g_strdup_printf ("N-%u", i);
      g_autoptr (StallOrder) order
          = test_make_order (number, test_first_variant (cup), 2, 100, TEST_NOON);
      g_autoptr (StallDocument) document = NULL;

      if (i < 2)
        stall_order_set_source (order, STALL_SOURCE_NOTE, note);
      document = stall_order_to_document (order, "device");
      stall_receipt_free (test_put (fixture, "Order", document));
      if (i == 0)
        test_add_event (fixture, order, STALL_STEP_CANCELLED, TEST_NOON + 1);
    }
  sales = dex_await_boxed (stall_store_note_sales (fixture->store, note, "CNY"), NULL);
  g_assert_cmpuint (sales->n_orders, ==, 1);
  g_assert_cmpint (sales->pieces, ==, 2);
  query.source_ref = note;
  rows = test_rows (fixture, &query);
  g_assert_cmpuint (g_list_model_get_n_items (rows), ==, 2);
  test_check_is_clean (fixture);
}

static void
test_funnel (Fixture *fixture)
{
  static const StallStage stages[]
      = { STALL_STAGE_IDEA, STALL_STAGE_ON_SALE, STALL_STAGE_ON_SALE, STALL_STAGE_ON_SALE };
  g_autoptr (StallFunnel) none = dex_await_boxed (stall_store_funnel (fixture->store), NULL);
  g_autoptr (StallFunnel) funnel = NULL;
  g_autoptr (GListModel) rows = NULL;
  g_autoptr (StallProductRow) row = NULL;
  StallQuery query = { .list = STALL_LIST_PRODUCTS, .stage = STALL_STAGE_DROPPED + 1 };

  g_assert_cmpfloat (stall_funnel_get_share_kept (none), <, 0);
  for (guint i = 0; i < G_N_ELEMENTS (stages); i++)
    {
      g_autoptr (StallProduct) product = stall_product_new ();
      g_autoptr (StallProduct) loaded = NULL;

      stall_product_set_stage (product, stages[i]);
      save_product (fixture, product);
      if (i != 3)
        continue;
      loaded = load_product (fixture, stall_product_get_id (product));
      stall_product_move_to_stage (loaded, STALL_STAGE_DROPPED, "Too dear", TEST_NOON);
      save_product (fixture, loaded);
    }
  funnel = dex_await_boxed (stall_store_funnel (fixture->store), NULL);
  g_assert_cmpuint (funnel->n_products, ==, 4);
  g_assert_cmpuint (funnel->counts[STALL_STAGE_IDEA], ==, 1);
  g_assert_cmpuint (funnel->n_kept, ==, 2);
  g_assert_cmpfloat_with_epsilon (stall_funnel_get_share_kept (funnel), 2.0 / 3, 0.001);
  rows = test_rows (fixture, &query);
  g_assert_cmpuint (g_list_model_get_n_items (rows), ==, 1);
  row = g_list_model_get_item (rows, 0);
  g_assert_cmpstr (stall_product_row_get_stage_reason (row), ==, "Too dear");
  g_assert_cmpint (stall_product_row_get_stage_at (row), ==, TEST_NOON);
  test_check_is_clean (fixture);
}

static void
test_white_border (Fixture *fixture)
{
  g_autoptr (StallProduct) product = test_make_product ("Cup", "C-1", 100);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("picture", 7);
  g_autoptr (GPtrArray) pictures
      = g_ptr_array_new_with_free_func ((GDestroyNotify) stall_picture_free);
  StallPicture *picture = g_new0 (StallPicture, 1);
  g_autofree char *digest = dex_await_string (stall_store_attach (fixture->store, bytes), NULL);
  g_auto (GStrv) unseen = NULL;
  g_auto (GStrv) left = NULL;

  picture->name = g_strdup ("a.jpg");
  g_ptr_array_add (pictures, picture);
  stall_product_set_pictures (product, pictures);
  stall_product_set_attachment (product, "a.jpg", "image/jpeg", 7, digest);
  save_product (fixture, product);
  unseen = dex_await_boxed (stall_store_pictures_to_look_at (fixture->store), NULL);
  g_assert_cmpuint (g_strv_length (unseen), ==, 1);
  g_assert_cmpstr (unseen[0], ==, digest);
  g_assert_cmpuint (count_products (fixture, STALL_STORY_WHITE_ONLY), ==, 0);
  g_assert_true (dex_await (stall_store_keep_white_border (fixture->store, digest, TRUE), NULL));
  g_assert_cmpuint (count_products (fixture, STALL_STORY_WHITE_ONLY), ==, 1);
  left = dex_await_boxed (stall_store_pictures_to_look_at (fixture->store), NULL);
  g_assert_cmpuint (g_strv_length (left), ==, 0);
  test_check_is_clean (fixture);
}

int
main (int argc, char *argv[])
{
  dex_init ();
  (void) dex_thread_pool_scheduler_get_default ();
  g_test_init (&argc, &argv, NULL);
  test_add ("/notes/search-and-filters", test_search_and_filters);
  test_add ("/notes/problems", test_problems);
  test_add ("/notes/typing-is-one-step", test_typing_is_one_step);
  test_add ("/notes/typing-ends", test_typing_ends);
  test_add ("/notes/two-editors", test_two_editors);
  test_add ("/notes/restore", test_restore);
  test_add ("/notes/context", test_context);
  test_add ("/notes/echo", test_echo);
  test_add ("/notes/sales", test_sales);
  test_add ("/notes/funnel", test_funnel);
  test_add ("/notes/white-border", test_white_border);
  return g_test_run ();
}
