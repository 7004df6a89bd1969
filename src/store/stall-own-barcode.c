/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-store"

#include "config.h"

#include "stall-own-barcode.h"

#include "stall-async.h"
#include "stall-barcode.h"
#include "stall-error.h"
#include "stall-row.h"

#define NUMBERS G_GUINT64_CONSTANT (100000000000) /* that the ten ranges of own EAN-13 hold */

typedef struct
{
  StallStore *store;
  GHashTable *given;
} Search;

static void
search_free (Search *search)
{
  g_object_unref (search->store);
  g_clear_pointer (&search->given, g_hash_table_unref);
  g_free (search);
}

/* Drawn rather than counted: a second laptop gives its own while neither hears of the other. */
static char *
draw (void)
{
  guint64 number = (guint64) g_random_int () << 32 | g_random_int ();

  return stall_ean13_new_own (number % NUMBERS);
}

static DexFuture *
new_fiber (gpointer data)
{
  Search *search = data;

  while (TRUE)
    {
      g_autofree char *barcode = draw ();
      g_autoptr (GError) error = NULL;
      g_autoptr (StallVariantRow) taken = NULL;

      if (search->given != NULL && g_hash_table_contains (search->given, barcode))
        continue;
      taken = dex_await_object (stall_store_find_variant (search->store, barcode), &error);
      if (taken != NULL)
        continue;
      if (!g_error_matches (error, STALL_ERROR, STALL_ERROR_NOT_FOUND))
        return dex_future_new_for_error (g_steal_pointer (&error));
      if (search->given != NULL)
        g_hash_table_add (search->given, g_strdup (barcode));
      return dex_future_new_take_string (g_steal_pointer (&barcode));
    }
}

/**
 * stall_own_barcode_new:
 * @store: a stall
 * @given: (nullable) (element-type utf8): barcodes that were given out but are not stored yet; the
 *   new one joins them
 *
 * Finds an EAN-13 barcode of the range 20 to 29 that no variant of the stall has.
 *
 * Returns: (transfer full): a future of its 13 digits
 */
DexFuture *
stall_own_barcode_new (StallStore *store, GHashTable *given)
{
  Search *search;

  dex_return_error_if_fail (STALL_IS_STORE (store));

  search = g_new0 (Search, 1);
  search->store = g_object_ref (store);
  search->given = given != NULL ? g_hash_table_ref (given) : NULL;
  return stall_async (new_fiber, search, (GDestroyNotify) search_free);
}
