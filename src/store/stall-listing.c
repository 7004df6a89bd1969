/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-store"

#include "config.h"

#include "stall-listing.h"

#include "stall-list-diff.h"
#include "stall-query-private.h"

typedef struct
{
  StallQuery *query;
  guint limit;
  StallNumbers *known; /* what the list shows now */
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  stall_query_free (request->query);
  stall_numbers_unref (request->known);
  g_free (request);
}

static gpointer
stall_listing_copy (gpointer data)
{
  return g_atomic_rc_box_acquire (data);
}

static void
clear (gpointer data)
{
  StallListing *listing = data;

  g_clear_pointer (&listing->numbers, stall_numbers_unref);
  g_clear_pointer (&listing->changes, g_array_unref);
  g_clear_pointer (&listing->rows, g_ptr_array_unref);
}

void
stall_listing_free (gpointer data)
{
  g_atomic_rc_box_release_full (data, clear);
}

G_DEFINE_BOXED_TYPE (StallListing, stall_listing, stall_listing_copy, stall_listing_free)

static gboolean
read_ledger (StallListing *listing, StallDatabase *database, const char *variant, GError **error)
{
  listing->rows = stall_ledger_read (database, variant != NULL ? variant : "", error);
  if (listing->rows == NULL)
    return FALSE;
  listing->numbers = stall_numbers_new ();
  for (guint i = 0; i < listing->rows->len; i++)
    stall_numbers_append (listing->numbers,
                          stall_row_get_number (g_ptr_array_index (listing->rows, i)));
  return TRUE;
}

static GArray *
find_changes (StallNumbers *from, StallNumbers *to)
{
  g_autofree gint64 *before = stall_numbers_unpack (from);
  g_autofree gint64 *after = stall_numbers_unpack (to);

  return stall_list_diff (before, stall_numbers_get_length (from), after,
                          stall_numbers_get_length (to));
}

static DexFuture *
list_job (StallDatabase *database, gpointer data)
{
  Request *request = data;
  g_autoptr (StallListing) listing = g_atomic_rc_box_new0 (StallListing);
  GError *error = NULL;

  if (request->query->list == STALL_LIST_LEDGER)
    read_ledger (listing, database, request->query->variant, &error);
  else
    listing->numbers = stall_query_read_numbers (request->query, database, request->limit, &error);
  /* The first rows are wanted at once; a ledger is read whole. */
  if (error == NULL && request->limit > 0 && listing->rows == NULL)
    {
      g_autofree gint64 *numbers = stall_numbers_unpack (listing->numbers);

      listing->rows = stall_row_read_many (request->query, database, numbers,
                                           stall_numbers_get_length (listing->numbers), &error);
    }
  if (error != NULL)
    return dex_future_new_for_error (error);
  listing->changes = find_changes (request->known, listing->numbers);
  return dex_future_new_take_boxed (STALL_TYPE_LISTING, g_steal_pointer (&listing));
}

/**
 * stall_listing_read:
 * @store: a store
 * @query: which list
 * @limit: how many numbers at most; 0: all of them
 * @known: what the list shows now
 * @cancellable: (nullable): given up with this
 *
 * Reads a list and finds, on the reading thread, how to get there from what is shown.
 *
 * Returns: (transfer full): a future of a #StallListing
 */
DexFuture *
stall_listing_read (StallStore *store,
                    const StallQuery *query,
                    guint limit,
                    StallNumbers *known,
                    GCancellable *cancellable)
{
  Request *request = g_new0 (Request, 1);

  request->query = stall_query_copy (query);
  request->limit = limit;
  request->known = stall_numbers_ref (known);
  return stall_store_read (store, STALL_READER_LISTS, list_job, request, request_free, cancellable);
}
