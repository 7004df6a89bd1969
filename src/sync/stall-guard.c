/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-sync"

#include "config.h"

#include "stall-attempt.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "stall-async.h"
#include "stall-feed.h"
#include "stall-json.h"
#include "stall-kind.h"
#include "stall-profile.h"
#include "stall-replica.h"
#include "stall-sync-error.h"
#include "stall-wire.h"

/* What is mixed up once can hardly be taken apart: so before anything moves between a stall and a
 * database that it does not know yet, it is looked at whose that is. */

/* So many rows of a feed tell a stall from something else. */
#define SAMPLE 200

static gboolean
refuse (GError **error, char *words)
{
  g_autofree char *message = words;

  g_set_error_literal (error, STALL_SYNC_ERROR, STALL_SYNC_ERROR_NOT_THIS_STALL, message);
  return FALSE;
}

/* A database with things in it, none of which a stall has. */
static gboolean
check_kinds (StallAttempt *attempt, GError **error)
{
  g_autofree char *path = stall_feed_make_path (NULL, SAMPLE, FALSE, FALSE);
  g_autoptr (StallPage) page = dex_await_object (
      stall_page_fetch (
          attempt->remote,
          &(StallRemoteRequest) { .path = path, .cancellable = attempt->cancellable }),
      error);
  g_autoptr (GPtrArray) rows
      = page != NULL ? dex_await_boxed (stall_page_read_rows (page), error) : NULL;
  guint n_strange = 0;

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      const StallChangeRow *row = g_ptr_array_index (rows, i);

      if (row->id == NULL || g_str_has_prefix (row->id, "_design/"))
        continue;
      if (stall_kind_of_id (row->id) != STALL_KIND_OTHER)
        return TRUE;
      n_strange++;
    }
  return n_strange == 0
         || refuse (error, g_strdup (_ ("The database at this address holds something else than a "
                                        "stall. Nothing was sent or fetched. Check the "
                                        "address.")));
}

/* The revisions that a profile has been through, as names. */
static GPtrArray *
list_history (StallPeerRevision *profile)
{
  GPtrArray *names = g_ptr_array_new_with_free_func ((GDestroyNotify) stall_revision_name_free);

  for (guint i = 0; profile->history[i] != NULL; i++)
    {
      g_autofree char *revision = g_strdup_printf ("%" G_GINT64_FORMAT "-%s",
                                                   profile->generation - i, profile->history[i]);

      g_ptr_array_add (names, stall_revision_name_new (STALL_PROFILE_ID, revision));
    }
  return names;
}

/* Whether this stall has a profile that never met the one there. */
static gboolean
is_a_stranger (StallAttempt *attempt,
               StallPeerRevision *profile,
               gboolean *stranger,
               GError **error)
{
  g_autoptr (GPtrArray) names = list_history (profile);
  g_autoptr (GPtrArray) missing = NULL;
  g_autoptr (StallDocument) own
      = dex_await_object (stall_store_load (attempt->store, STALL_PROFILE_ID), NULL);

  *stranger = FALSE;
  if (own == NULL)
    return TRUE;
  missing = dex_await_boxed (stall_store_find_missing (attempt->store, names), error);
  if (missing == NULL)
    return FALSE;
  *stranger = missing->len == names->len;
  return TRUE;
}

/* A stall that was only given a name here has nothing that could be mixed up. */
static gboolean
is_just_begun (StallAttempt *attempt, gboolean *begun, GError **error)
{
  g_autoptr (GPtrArray) waiting
      = dex_await_boxed (stall_store_list_waiting (attempt->store, 2), error);

  *begun = waiting != NULL && waiting->len == 1
           && g_str_equal (((StallUnsent *) waiting->pdata[0])->id, STALL_PROFILE_ID);
  return waiting != NULL;
}

static GBytes *
ask_for_profile (StallAttempt *attempt, GError **error)
{
  StallRemoteRequest request
      = { .path = "stall%3Aprofile?revs=true", .cancellable = attempt->cancellable };

  return dex_await_boxed (stall_remote_send (attempt->remote, &request), error);
}

static gboolean
compare_profiles (StallAttempt *attempt, GBytes *text, GError **error)
{
  gsize size;
  const char *bytes = g_bytes_get_data (text, &size);
  g_autoptr (StallPeerRevision) theirs
      = bytes != NULL ? stall_wire_read_document (bytes, size, error) : NULL;
  g_autoptr (StallProfile) profile = NULL;
  gboolean stranger, begun;

  if (theirs == NULL)
    return bytes == NULL;
  if (!is_a_stranger (attempt, theirs, &stranger, error))
    return FALSE;
  if (!stranger)
    return TRUE;
  if (!is_just_begun (attempt, &begun, error))
    return FALSE;
  if (begun)
    return TRUE;
  profile = stall_profile_new_from_document (theirs->document, NULL);
  return refuse (error,
                 g_strdup_printf (_ ("Another stall, “%s”, is at this address. Nothing was sent or "
                                     "fetched. Check the address: every stall has its own."),
                                  profile != NULL ? stall_profile_get_name (profile) : ""));
}

/**
 * stall_guard_check:
 * @attempt: an attempt that nothing is known of
 * @error: return location for a %STALL_SYNC_ERROR_NOT_THIS_STALL
 *
 * Looks whether the database is that of this stall or may become it.
 *
 * Returns: whether it is
 */
gboolean
stall_guard_check (StallAttempt *attempt, GError **error)
{
  g_autoptr (GError) failed = NULL;
  g_autoptr (GBytes) profile = ask_for_profile (attempt, &failed);

  if (profile != NULL)
    return compare_profiles (attempt, profile, error);
  if (g_error_matches (failed, STALL_SYNC_ERROR, STALL_SYNC_ERROR_GONE))
    return check_kinds (attempt, error);
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}
