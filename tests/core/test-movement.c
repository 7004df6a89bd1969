/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "stall-error.h"
#include "stall-movement.h"

#include <string.h>

static StallDocument *
new_document (const char *text)
{
  g_autoptr (GBytes) body = g_bytes_new_static (text, strlen (text));

  return stall_document_new ("movement:1", body);
}

/* The same body without the thing it was written from, as it comes from disk. */
static StallDocument *
forget_object (StallDocument *document)
{
  return stall_document_new (stall_document_get_id (document), stall_document_get_body (document));
}

static void
assert_same (StallMovement *a, StallMovement *b)
{
  g_assert_cmpstr (stall_movement_get_id (a), ==, stall_movement_get_id (b));
  g_assert_cmpstr (stall_movement_get_variant (a), ==, stall_movement_get_variant (b));
  g_assert_cmpstr (stall_movement_get_place (a), ==, stall_movement_get_place (b));
  g_assert_cmpint (stall_movement_is_count (a), ==, stall_movement_is_count (b));
  g_assert_cmpint (stall_movement_get_quantity (a), ==, stall_movement_get_quantity (b));
  g_assert_cmpint (stall_movement_get_reason (a), ==, stall_movement_get_reason (b));
  g_assert_cmpint (stall_movement_get_at (a), ==, stall_movement_get_at (b));
  g_assert_cmpstr (stall_movement_get_ref (a), ==, stall_movement_get_ref (b));
  g_assert_cmpstr (stall_movement_get_remark (a), ==, stall_movement_get_remark (b));
}

static void
test_round_trip (void)
{
  g_autoptr (StallMovement) movement
      = stall_movement_new ("v1", "fair:1", -3, STALL_REASON_DAMAGED, 1500);
  g_autoptr (StallMovement) count = stall_movement_new_count ("v2", "workshop", 12, 2000);
  StallMovement *movements[] = { movement, count };

  stall_movement_set_ref (movement, "order:1");
  stall_movement_set_remark (movement, "fell off “the” table");
  stall_movement_set_id (count, "movement:derived");

  for (guint i = 0; i < G_N_ELEMENTS (movements); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (StallDocument) document = stall_movement_to_document (movements[i], "d");
      g_autoptr (StallDocument) stored = forget_object (document);
      g_autoptr (StallMovement) same = stall_movement_new_from_document (document, &error);
      g_autoptr (StallMovement) read = stall_movement_new_from_document (stored, &error);

      g_assert_no_error (error);
      g_assert_true (same == movements[i]);
      g_assert_true (read != movements[i]);
      assert_same (read, movements[i]);
    }
  g_assert_true (g_str_has_prefix (stall_movement_get_id (movement), "movement:"));
  g_assert_cmpstr (stall_movement_get_id (count), ==, "movement:derived");
  g_assert_cmpint (stall_movement_get_reason (count), ==, STALL_REASON_COUNTED);
}

static void
test_read (void)
{
  g_autoptr (StallDocument) document
      = new_document ("{\"variant\":\"v\",\"quantity\":2.0,\"reason\":\"moonlight\","
                      "\"made_at\":\"1970-01-01T00:00:01Z\",\"new\":{\"x\":[1]}}");
  g_autoptr (StallMovement) movement = stall_movement_new_from_document (document, NULL);

  g_assert_cmpint (stall_movement_get_quantity (movement), ==, 2);
  g_assert_cmpstr (stall_movement_get_place (movement), ==, "workshop");
  g_assert_cmpint (stall_movement_get_reason (movement), ==, STALL_REASON_OTHER);
  g_assert_cmpint (stall_movement_get_at (movement), ==, 1000);
  g_assert_null (stall_movement_get_ref (movement));
}

static void
test_invalid (void)
{
  static const char *const members[] = {
    "\"quantity\":1",
    "\"variant\":\"\",\"quantity\":1",
    "\"variant\":7,\"quantity\":1",
    "\"variant\":\"v\"",
    "\"variant\":\"v\",\"quantity\":\"1\"",
    "\"variant\":\"v\",\"quantity\":1.5",
    "\"variant\":\"v\",\"quantity\":1,\"count\":1",
    "\"variant\":\"v\",\"quantity\":2147483648",
    "\"variant\":\"v\",\"count\":-2147483649",
  };
  g_autoptr (StallDocument) timeless = new_document ("{\"variant\":\"v\",\"quantity\":1}");
  g_autoptr (GError) timeless_error = NULL;

  g_assert_null (stall_movement_new_from_document (timeless, &timeless_error));
  g_assert_error (timeless_error, STALL_ERROR, STALL_ERROR_INVALID);
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      g_autofree char *text = g_strdup_printf ("{%s,\"at\":\"2026-01-01T00:00:00Z\"}", members[i]);
      g_autoptr (StallDocument) document = new_document (text);
      g_autoptr (GError) error = NULL;

      g_assert_null (stall_movement_new_from_document (document, &error));
      g_assert_error (error, STALL_ERROR, STALL_ERROR_INVALID);
    }
}

static void
test_reasons (void)
{
  for (guint i = 0; i < STALL_N_REASONS; i++)
    {
      g_assert_cmpint (stall_reason_from_string (stall_reason_to_string (i)), ==, i);
      g_assert_cmpstr (stall_reason_get_label (i), !=, "");
    }
  g_assert_cmpint (stall_reason_from_string (NULL), ==, STALL_REASON_OTHER);
}

typedef struct
{
  StallTime at;
  gboolean is_count;
  int quantity;
  guint id;
} Entry;

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  const Entry *one = a;
  const Entry *two = b;

  if (one->at != two->at)
    return one->at < two->at ? -1 : 1;
  if (one->is_count != two->is_count)
    return one->is_count ? -1 : 1;
  return one->id < two->id ? -1 : 1;
}

static gint64
fold (Entry *entries, guint n)
{
  StallStockFold stock = { 0 };

  qsort (entries, n, sizeof *entries, compare_entries);
  for (guint i = 0; i < n; i++)
    stall_stock_fold_add (&stock, entries[i].is_count, entries[i].quantity);
  return stock.on_hand;
}

/* A ledger that arrives in any order says the same, and says what adding up by hand says: the last
 * count and all that moved from its moment on. */
static void
test_fold_any_order (void)
{
  for (guint round = 0; round < 500; round++)
    {
      Entry entries[40];
      StallTime counted_at = G_MININT64;
      guint counted_id = 0;
      gint64 expected = 0;

      for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
        {
          entries[i] = (Entry) { g_test_rand_int_range (0, 15), g_test_rand_int_range (0, 6) == 0,
                                 g_test_rand_int_range (-9, 10), i };
          if (entries[i].is_count && entries[i].at >= counted_at)
            {
              counted_at = entries[i].at;
              counted_id = i;
            }
        }
      if (counted_at != G_MININT64)
        expected = entries[counted_id].quantity;
      for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
        if (!entries[i].is_count && entries[i].at >= counted_at)
          expected += entries[i].quantity;

      for (guint i = G_N_ELEMENTS (entries) - 1; i > 0; i--)
        {
          guint j = g_test_rand_int_range (0, i + 1);
          Entry swapped = entries[i];

          entries[i] = entries[j];
          entries[j] = swapped;
        }
      g_assert_cmpint (fold (entries, G_N_ELEMENTS (entries)), ==, expected);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/movement/round-trip", test_round_trip);
  g_test_add_func ("/movement/read", test_read);
  g_test_add_func ("/movement/invalid", test_invalid);
  g_test_add_func ("/movement/reasons", test_reasons);
  g_test_add_func ("/movement/fold-any-order", test_fold_any_order);
  return g_test_run ();
}
