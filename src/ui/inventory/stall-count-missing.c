/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-count-missing.h"

#include "stall-async.h"
#include "stall-figures.h"
#include "stall-query-model.h"

typedef struct
{
  StallCount *count;
  StallStore *store;
} Missing;

static void
missing_free (Missing *missing)
{
  g_object_unref (missing->count);
  g_object_unref (missing->store);
  g_free (missing);
}

static GHashTable *
list_counted (StallCount *count)
{
  GListModel *entries = stall_count_get_entries (count);
  GHashTable *counted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < g_list_model_get_n_items (entries); i++)
    {
      g_autoptr (StallCountEntry) entry = g_list_model_get_item (entries, i);

      g_hash_table_add (
          counted, g_strdup (stall_variant_row_get_id (stall_count_entry_get_variant (entry))));
    }
  return counted;
}

static DexFuture *
missing_fiber (gpointer data)
{
  Missing *missing = data;
  StallCount *count = missing->count;
  g_autofree char *place = g_strdup (stall_count_get_place (count));
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) ids = dex_await_boxed (stall_store_variants_at (missing->store, place), &error);
  g_autoptr (GListModel) variants = NULL;
  g_autoptr (GHashTable) counted = NULL;
  guint n = 0;

  if (ids != NULL)
    variants = dex_await_object (
        stall_store_variant_rows (missing->store, (const char *const *) ids), &error);
  if (variants == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  /* The count may have ended meanwhile. */
  if (g_strcmp0 (stall_count_get_place (count), place) != 0)
    return dex_future_new_for_uint (0);
  counted = list_counted (count);
  for (guint i = g_list_model_get_n_items (variants); i > 0; i--)
    {
      g_autoptr (StallVariantRow) variant = g_list_model_get_item (variants, i - 1);

      if (g_hash_table_contains (counted, stall_variant_row_get_id (variant)))
        continue;
      stall_count_add (count, variant, 0);
      n++;
    }
  return dex_future_new_for_uint (n);
}

/**
 * stall_count_add_missing:
 * @count: a started count
 * @store: of its stall
 *
 * Puts every variant of which pieces should be at the place, and none was counted, on top of the
 * list as none found: there it is counted, or taken off to leave its stock alone.
 *
 * Returns: (transfer full): a future of how many those are, as uint
 */
DexFuture *
stall_count_add_missing (StallCount *count, StallStore *store)
{
  Missing *missing;

  dex_return_error_if_fail (STALL_IS_COUNT (count) && STALL_IS_STORE (store));
  dex_return_error_if_fail (stall_count_get_started (count));

  missing = g_new0 (Missing, 1);
  missing->count = g_object_ref (count);
  missing->store = g_object_ref (store);
  return stall_async (missing_fiber, missing, (GDestroyNotify) missing_free);
}
