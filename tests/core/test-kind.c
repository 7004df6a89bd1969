/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "stall-kind.h"

#include <string.h>

#define N_THREADS 4
#define N_IDS 20000

static void
test_names (void)
{
  for (guint kind = 1; kind < STALL_N_KINDS; kind++)
    {
      const char *name = stall_kind_to_string (kind);
      g_autofree char *id = g_strconcat (name, ":1", NULL);

      g_assert_cmpint (stall_kind_from_string (name), ==, kind);
      g_assert_cmpint (stall_kind_of_id (id), ==, kind);
    }

  g_assert_cmpint (stall_kind_of_id (STALL_PROFILE_ID), ==, STALL_KIND_PROFILE);
  g_assert_cmpint (stall_kind_of_id ("event:x:y"), ==, STALL_KIND_EVENT);
  g_assert_cmpint (stall_kind_of_id ("eve:x"), ==, STALL_KIND_OTHER);
  g_assert_cmpint (stall_kind_of_id ("eventual:x"), ==, STALL_KIND_OTHER);
  g_assert_cmpint (stall_kind_of_id ("event"), ==, STALL_KIND_OTHER);
  g_assert_cmpint (stall_kind_of_id (":x"), ==, STALL_KIND_OTHER);
  g_assert_cmpint (stall_kind_of_id (""), ==, STALL_KIND_OTHER);
  g_assert_cmpint (stall_kind_from_string (NULL), ==, STALL_KIND_OTHER);
  g_assert_cmpint (stall_kind_from_string ("basket"), ==, STALL_KIND_OTHER);
}

static void
test_immutable (void)
{
  for (guint kind = 0; kind < STALL_N_KINDS; kind++)
    g_assert_cmpint (stall_kind_is_immutable (kind), ==,
                     kind == STALL_KIND_MOVEMENT || kind == STALL_KIND_ORDER
                         || kind == STALL_KIND_EVENT || kind == STALL_KIND_BALLOT
                         || kind == STALL_KIND_DECISION);
}

static void
assert_uuid (const char *uuid, char version)
{
  g_assert_true (g_uuid_string_is_valid (uuid));
  g_assert_cmpint (uuid[14], ==, version);
  g_assert_nonnull (strchr ("89ab", uuid[19]));
}

static void
test_uuid_new (void)
{
  gint64 before = g_get_real_time () / 1000;
  g_autofree char *uuid = stall_uuid_new ();
  g_autofree char *digits = g_strdup_printf ("%.8s%.4s", uuid, uuid + 9);
  gint64 made = g_ascii_strtoll (digits, NULL, 16);

  assert_uuid (uuid, '7');
  g_assert_cmpint (made, >=, before);
  g_assert_cmpint (made, <=, before + 1000);
}

/* More than one millisecond's counter can tell apart. */
static gpointer
make_ids (gpointer data)
{
  g_autofree char *last = stall_uuid_new ();
  GHashTable *ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < N_IDS; i++)
    {
      char *next = stall_uuid_new ();

      g_assert_cmpstr (next, >, last);
      g_set_str (&last, next);
      g_hash_table_add (ids, next);
    }

  return ids;
}

static void
test_uuid_threads (void)
{
  GThread *threads[N_THREADS];
  g_autoptr (GHashTable) all = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < N_THREADS; i++)
    threads[i] = g_thread_new ("ids", make_ids, NULL);
  for (guint i = 0; i < N_THREADS; i++)
    {
      g_autoptr (GHashTable) ids = g_thread_join (threads[i]);
      GHashTableIter iter;
      gpointer id;

      g_hash_table_iter_init (&iter, ids);
      while (g_hash_table_iter_next (&iter, &id, NULL))
        {
          g_hash_table_iter_steal (&iter);
          g_assert_true (g_hash_table_add (all, id));
        }
    }
  g_assert_cmpuint (g_hash_table_size (all), ==, N_THREADS * N_IDS);
}

static void
test_uuid_derive (void)
{
  g_autofree char *uuid = stall_uuid_derive ("shopify", "#1001");
  g_autofree char *again = stall_uuid_derive ("shopify", "#1001");
  g_autofree char *other = stall_uuid_derive ("shopify#", "1001");
  g_autofree char *sum = g_compute_checksum_for_data (
      G_CHECKSUM_SHA256, (const guchar *) "shopify\0#1001", strlen ("shopify") + 6);

  assert_uuid (uuid, '8');
  g_assert_cmpstr (uuid, ==, again);
  g_assert_cmpstr (uuid, !=, other);
  g_assert_cmpint (strncmp (uuid, sum, 8), ==, 0);
  g_assert_cmpint (strncmp (uuid + 24, sum + 20, 12), ==, 0);
}

static void
test_ids (void)
{
  g_autofree char *new_id = stall_id_new (STALL_KIND_PRODUCT);
  g_autofree char *derived = stall_id_derive (STALL_KIND_ORDER, "shopify", "#1001");
  g_autofree char *uuid = stall_uuid_derive ("shopify", "#1001");
  g_autofree char *event = stall_id_for_order (STALL_KIND_EVENT, "order:X", "paid");
  g_autofree char *remark = stall_id_for_order (STALL_KIND_REMARK, "order:X", NULL);

  g_assert_true (g_str_has_prefix (new_id, "product:"));
  assert_uuid (new_id + strlen ("product:"), '7');
  g_assert_true (g_str_has_prefix (derived, "order:"));
  g_assert_cmpstr (derived + strlen ("order:"), ==, uuid);
  g_assert_cmpstr (event, ==, "event:X:paid");
  g_assert_cmpstr (remark, ==, "remark:X");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/kind/names", test_names);
  g_test_add_func ("/kind/immutable", test_immutable);
  g_test_add_func ("/kind/uuid/new", test_uuid_new);
  g_test_add_func ("/kind/uuid/threads", test_uuid_threads);
  g_test_add_func ("/kind/uuid/derive", test_uuid_derive);
  g_test_add_func ("/kind/ids", test_ids);
  return g_test_run ();
}
