/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "stall-figures.h"
#include "stall-poll-figures.h"
#include "stall-poll.h"
#include "stall-product.h"
#include "stall-query-model.h"
#include "stall-sample.h"
#include "stall-stage-change.h"
#include "test-util.h"

#include <string.h>

/* 21:40 and 6:40 in Dali: what is dated today must not lie ahead. */
#define EVENING G_GINT64_CONSTANT (1795354800000)
#define MORNING (EVENING - 15 * STALL_HOUR)

static void
fill (Fixture *fixture, const char *language, StallTime now)
{
  g_autoptr (GError) error = NULL;

  g_setenv ("LANGUAGE", language, TRUE);
  dex_await (stall_sample_fill (fixture->store, now), &error);
  g_assert_no_error (error);
}

static gint64
count (Fixture *fixture, StallKind kind)
{
  g_autoptr (GError) error = NULL;
  gint64 n = dex_await_int64 (stall_store_count (fixture->store, kind), &error);

  g_assert_no_error (error);
  return n;
}

static void
assert_is_whole (Fixture *fixture)
{
  static const struct
  {
    StallKind kind;
    guint at_least;
  } expected[] = {
    { STALL_KIND_PROFILE, 1 },  { STALL_KIND_PRODUCT, 16 }, { STALL_KIND_MOVEMENT, 120 },
    { STALL_KIND_ORDER, 140 },  { STALL_KIND_EVENT, 350 },  { STALL_KIND_CONTACT, 100 },
    { STALL_KIND_REMARK, 6 },   { STALL_KIND_NOTE, 4 },     { STALL_KIND_POLL, 2 },
    { STALL_KIND_DECISION, 1 }, { STALL_KIND_SIGNAL, 1 },   { STALL_KIND_SESSION, 2 },
    { STALL_KIND_BUYER, 2 },    { STALL_KIND_SEGMENT, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpint (count (fixture, expected[i].kind), >=, expected[i].at_least);
  test_check_is_clean (fixture);
}

static void
assert_every_product_is_told (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) documents
      = dex_await_object (stall_store_list (fixture->store, "product:"), &error);
  guint stages = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < g_list_model_get_n_items (documents); i++)
    {
      g_autoptr (StallDocument) document = g_list_model_get_item (documents, i);
      g_autoptr (StallProduct) product = stall_product_new_from_document (document, &error);
      g_autoptr (GPtrArray) pictures = stall_product_dup_pictures (product);

      g_assert_no_error (error);
      g_assert_cmpstr (stall_product_get_title (product), !=, "");
      g_assert_cmpint (g_utf8_strlen (stall_product_get_story (product), -1), >, 100);
      g_assert_cmpstr (stall_product_get_origin (product), !=, "");
      g_assert_cmpstr (stall_product_get_maker (product), !=, "");
      g_assert_cmpuint (pictures->len, >=, 1);
      for (guint j = 0; j < pictures->len; j++)
        {
          const StallPicture *picture = g_ptr_array_index (pictures, j);
          g_autofree char *path = stall_store_get_attachment_path (fixture->store, picture->digest);

          g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
        }
      stages |= 1u << stall_product_get_stage (product);
    }
  g_assert_cmpuint (stages, ==, (1u << STALL_N_STAGES) - 1);
}

/* Who votes on colours sees the colours. */
static void
assert_options_look_different (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) documents
      = dex_await_object (stall_store_list (fixture->store, "poll:"), &error);
  g_autoptr (GHashTable) digests = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < g_list_model_get_n_items (documents); i++)
    {
      g_autoptr (StallDocument) document = g_list_model_get_item (documents, i);
      g_autoptr (StallPoll) poll = stall_poll_new_from_document (document, &error);
      g_autoptr (GPtrArray) options = stall_poll_dup_options (poll);

      for (guint j = 0; j < options->len; j++)
        {
          const StallPollOption *option = g_ptr_array_index (options, j);
          g_autofree char *path = NULL;

          if (option->picture == NULL)
            continue;
          path = stall_store_get_attachment_path (fixture->store, option->digest);
          g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
          g_assert_true (g_hash_table_add (digests, g_strdup (option->digest)));
        }
    }
  g_assert_cmpuint (g_hash_table_size (digests), >=, 3);
}

/* Every status, every source and something for Today to show. */
static void
assert_is_busy (Fixture *fixture, StallTime now)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StallQuery) query = stall_query_new (STALL_LIST_ORDERS);
  g_autoptr (GListModel) rows
      = dex_await_object (stall_store_query_rows (fixture->store, query, 0), &error);
  g_autoptr (StallFigures) figures = NULL;
  guint statuses = 0, sources = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (StallOrderRow) row = g_list_model_get_item (rows, i);

      statuses |= 1u << stall_order_row_get_status (row);
      sources |= 1u << stall_order_row_get_source (row);
      g_assert_cmpint (stall_order_row_get_placed_at (row), <=, now);
      g_assert_cmpint (stall_order_row_get_total (row), >, 0);
      g_assert_cmpint (stall_order_row_get_total (row), >=, stall_order_row_get_paid (row));
      g_assert_cmpstr (stall_order_row_get_currency (row), ==, "CNY");
    }
  g_assert_cmphex (statuses, ==, (1u << STALL_N_STATUSES) - 1);
  g_assert_cmphex (sources, ==, (1u << STALL_N_SOURCES) - 1);

  figures = dex_await_boxed (stall_store_figures (fixture->store, now), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (figures->n_due, >=, 4);
  g_assert_cmpuint (figures->n_overdue, >=, 1);
  g_assert_cmpuint (figures->n_running_out, >=, 3);
  g_assert_cmpuint (g_list_model_get_n_items (figures->running_out), >=, 3);
  g_assert_cmpuint (g_list_model_get_n_items (figures->due), ==, MIN (figures->n_due, 5));
  g_assert_cmpuint (figures->n_oversold, ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (figures->takings); i++)
    g_assert_cmpint (figures->takings[i].now, >, 0);
  g_assert_cmpint (figures->takings[2].before, >, 0);
}

/* How every style came to its stage, with a reason for each drop. */
static void
assert_styles_moved (Fixture *fixture)
{
  g_autoptr (GListModel) documents
      = dex_await_object (stall_store_list (fixture->store, "product:"), NULL);

  for (guint i = 0; i < g_list_model_get_n_items (documents); i++)
    {
      g_autoptr (StallDocument) document = g_list_model_get_item (documents, i);
      g_autoptr (StallProduct) product = stall_product_new_from_document (document, NULL);
      g_autoptr (GPtrArray) changes = stall_product_dup_stage_changes (product);
      StallStage stage = STALL_STAGE_IDEA;

      for (guint j = 0; j < changes->len; j++)
        {
          const StallStageChange *change = g_ptr_array_index (changes, j);

          g_assert_cmpint (change->from, ==, stage);
          g_assert_cmpint (change->at, <, EVENING);
          g_assert_true (change->to != STALL_STAGE_DROPPED || *change->reason != '\0');
          stage = change->to;
        }
      g_assert_cmpint (stage, ==, stall_product_get_stage (product));
    }
}

/* Earlier polls were made and sold, so that the open one can say what to make first. */
static void
assert_votes_were_sold (Fixture *fixture)
{
  g_autofree char *hat = stall_id_derive (STALL_KIND_POLL, "sample", "hat");
  g_autofree char *scarf = stall_id_derive (STALL_KIND_POLL, "sample", "scarf");
  g_autoptr (StallPollFigures) open
      = dex_await_boxed (stall_store_poll_figures (fixture->store, hat, EVENING), NULL);
  g_autoptr (StallPollFigures) made
      = dex_await_boxed (stall_store_poll_figures (fixture->store, scarf, EVENING), NULL);

  g_assert_cmpint (open->state, ==, STALL_POLL_OPEN);
  g_assert_true (open->has_history);
  g_assert_cmpint (open->conversion.votes, ==, 52 + 47);
  g_assert_cmpint (made->state, ==, STALL_POLL_DECIDED);
  g_assert_cmpint (made->options[0].sold, ==, 12);
}

static void
test_english (Fixture *fixture)
{
  g_autofree char *undo = NULL;

  fill (fixture, "en_GB", EVENING);
  /* What a stall begins with is not taken back by Ctrl+Z. */
  g_object_get (fixture->store, "undo-label", &undo, NULL);
  g_assert_null (undo);
  assert_is_whole (fixture);
  assert_every_product_is_told (fixture);
  assert_options_look_different (fixture);
  assert_is_busy (fixture, EVENING);
  assert_styles_moved (fixture);
  assert_votes_were_sold (fixture);
}

static void
test_chinese (Fixture *fixture)
{
  g_autofree char *id = stall_id_derive (STALL_KIND_PRODUCT, "shopify", "drying-day-shirt");
  g_autoptr (StallDocument) document = NULL;
  g_autoptr (StallProduct) product = NULL;

  fill (fixture, "zh_CN", MORNING);
  assert_is_whole (fixture);
  assert_every_product_is_told (fixture);
  assert_options_look_different (fixture);
  assert_is_busy (fixture, MORNING);
  document = dex_await_object (stall_store_load (fixture->store, id), NULL);
  product = stall_product_new_from_document (document, NULL);
  g_assert_cmpstr (stall_product_get_title (product), ==, "晾布日衬衫");
}

/* Nothing was ever sold before it was there. */
static void
test_stock_is_never_below_zero (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StallQuery) query = stall_query_new (STALL_LIST_VARIANTS);
  g_autoptr (GListModel) variants = NULL;

  fill (fixture, "en", EVENING);
  variants = dex_await_object (stall_store_query_rows (fixture->store, query, 0), &error);
  g_assert_no_error (error);
  for (guint i = 0; i < g_list_model_get_n_items (variants); i++)
    {
      g_autoptr (StallVariantRow) variant = g_list_model_get_item (variants, i);
      g_autoptr (StallQuery) ledger = stall_query_new (STALL_LIST_LEDGER);
      g_autoptr (GListModel) rows = NULL;

      ledger->variant = g_strdup (stall_variant_row_get_id (variant));
      rows = dex_await_object (stall_store_query_rows (fixture->store, ledger, 0), &error);
      g_assert_no_error (error);
      for (guint j = 0; j < g_list_model_get_n_items (rows); j++)
        {
          g_autoptr (StallLedgerRow) row = g_list_model_get_item (rows, j);

          if (stall_ledger_row_get_balance (row) < 0)
            g_test_message ("%s falls to %d", stall_variant_row_get_sku (variant),
                            stall_ledger_row_get_balance (row));
          g_assert_cmpint (stall_ledger_row_get_balance (row), >=, 0);
        }
    }
}

/* Both languages say everything: the two product files have the same goods, and where a text has
 * one language it has the other. */
static void
check_languages (JsonNode *node)
{
  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (array); i++)
        check_languages (json_array_get_element (array, i));
    }
  else if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObject *object = json_node_get_object (node);
      g_autoptr (GList) members = json_object_get_values (object);

      g_assert_cmpint (json_object_has_member (object, "en"), ==,
                       json_object_has_member (object, "zh_CN"));
      for (GList *l = members; l != NULL; l = l->next)
        check_languages (l->data);
    }
  else if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    {
      g_assert_cmpstr (json_node_get_string (node), !=, "");
    }
}

static void
test_languages_keep_in_step (void)
{
  static const char *const names[]
      = { "stall.json", "orders.json", "movements.json", "documents.json" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path
          = g_test_build_filename (G_TEST_DIST, "..", "data", "sample", names[i], NULL);
      g_autoptr (JsonParser) parser = json_parser_new ();
      g_autoptr (GError) error = NULL;

      json_parser_load_from_file (parser, path, &error);
      g_assert_no_error (error);
      check_languages (json_parser_get_root (parser));
    }
}

/* SKU and barcode of every line. */
static char *
read_goods (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "data", "sample", name, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GRegex) regex = g_regex_new (",([A-Z]{2}-[-A-Z0-9]+,[0-9]*),", G_REGEX_DEFAULT,
                                          G_REGEX_MATCH_DEFAULT, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  GString *goods = g_string_new (NULL);

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_regex_match (regex, text, G_REGEX_MATCH_DEFAULT, &match);
  while (g_match_info_matches (match))
    {
      g_autofree char *found = g_match_info_fetch (match, 1);

      g_string_append_printf (goods, "%s\n", found);
      g_match_info_next (match, NULL);
    }
  return g_string_free_and_steal (goods);
}

static void
test_both_files_have_the_same_goods (void)
{
  g_autofree char *english = read_goods ("products.en.csv");
  g_autofree char *chinese = read_goods ("products.zh_CN.csv");

  g_assert_nonnull (strstr (english, "SH-IN-M,20"));
  g_assert_cmpstr (english, ==, chinese);
}

int
main (int argc, char *argv[])
{
  g_setenv ("TZ", "Asia/Shanghai", TRUE);
  dex_init ();
  (void) dex_thread_pool_scheduler_get_default ();
  g_test_init (&argc, &argv, NULL);
  test_add ("/sample/english", test_english);
  test_add ("/sample/chinese", test_chinese);
  test_add ("/sample/stock-is-never-below-zero", test_stock_is_never_below_zero);
  g_test_add_func ("/sample/languages-keep-in-step", test_languages_keep_in_step);
  g_test_add_func ("/sample/both-files-have-the-same-goods", test_both_files_have_the_same_goods);
  return g_test_run ();
}
