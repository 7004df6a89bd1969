/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-opening.h"

#include "stall-async.h"
#include "stall-sample.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdio.h>

typedef struct
{
  char *folder;
  char *name;
  char *currency;
  StallProgress *progress; /* or NULL */
} Opening;

static Opening *
opening_new (const char *folder)
{
  Opening *opening = g_new0 (Opening, 1);

  opening->folder = g_strdup (folder);
  return opening;
}

static void
opening_free (Opening *opening)
{
  g_free (opening->folder);
  g_free (opening->name);
  g_free (opening->currency);
  g_clear_object (&opening->progress);
  g_free (opening);
}

/* The profile of an open store. A stall that came without one (made on the command line) gets the
 * defaults of the locale; they are written when the person first edits them. */
static StallProfile *
await_profile (StallStore *store, GError **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (StallDocument) document
      = dex_await_object (stall_store_load (store, STALL_PROFILE_ID), &reason);

  if (document != NULL)
    return stall_profile_new_from_document (document, error);
  if (g_error_matches (reason, STALL_ERROR, STALL_ERROR_NOT_FOUND))
    return stall_profile_new ();
  g_propagate_error (error, g_steal_pointer (&reason));
  return NULL;
}

/* What a desk is made from. */
typedef struct
{
  StallStore *store;
  StallProfile *profile;
  StallFigures *figures;
} Opened;

static void
opened_clear (gpointer data)
{
  Opened *opened = data;

  g_clear_object (&opened->store);
  g_clear_object (&opened->profile);
  g_clear_pointer (&opened->figures, stall_figures_free);
}

static void
opened_release (Opened *opened)
{
  g_atomic_rc_box_release_full (opened, opened_clear);
}

#define TYPE_OPENED (opened_get_type ())
static GType opened_get_type (void);
G_DEFINE_BOXED_TYPE (Opened, opened, g_atomic_rc_box_acquire, opened_release)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Opened, opened_release)

/* Reads all that the first look needs beside the main thread, which has a toolkit to start
 * meanwhile. Figures that cannot be read are left to the desk, which reports why. */
static DexFuture *
open_work (gpointer data)
{
  Opening *opening = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (Opened) opened = g_atomic_rc_box_new0 (Opened);

  opened->store = dex_await_object (
      stall_store_open_with_progress (opening->folder, STALL_STORE_WRITE, opening->progress),
      &error);
  if (opened->store != NULL)
    opened->profile = await_profile (opened->store, &error);
  if (opened->profile == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  opened->figures = dex_await_boxed (stall_store_figures (opened->store, stall_time_now ()), NULL);
  return dex_future_new_take_boxed (TYPE_OPENED, g_steal_pointer (&opened));
}

static DexFuture *
open_existing_fiber (gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Opened) opened = dex_await_boxed (dex_ref (data), &error);

  if (opened == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  return dex_future_new_take_object (
      stall_desk_new (opened->store, opened->profile, opened->figures));
}

static DexFuture *
open_new_fiber (gpointer data)
{
  Opening *opening = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (StallStore) store = NULL;
  g_autoptr (StallProfile) profile = stall_profile_new ();
  g_autoptr (StallChangeSet) changes = NULL;
  g_autoptr (StallDocument) document = NULL;

  store = dex_await_object (
      stall_store_open (opening->folder, STALL_STORE_WRITE | STALL_STORE_CREATE), &error);
  if (store == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  if (opening->name == NULL)
    return dex_future_new_take_object (stall_desk_new (store, profile, NULL));
  changes = stall_change_set_new (_ ("Stall started"));
  stall_profile_set_name (profile, opening->name);
  stall_profile_set_currency (profile, opening->currency);
  document = stall_profile_to_document (profile, stall_store_get_device (store));
  stall_change_set_put (changes, document);
  if (!dex_await (stall_store_apply (store, changes), &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  return dex_future_new_take_object (stall_desk_new (store, profile, NULL));
}

/* The sample is made beside its place and renamed into it, so that one that was interrupted is
 * never taken for a whole one. */
static gboolean
await_sample (const char *folder, GError **error)
{
  g_autofree char *beside = g_strconcat (folder, ".new", NULL);
  g_autoptr (StallStore) store = NULL;
  gboolean filled;

  stall_store_discard (beside);
  store
      = dex_await_object (stall_store_open (beside, STALL_STORE_WRITE | STALL_STORE_CREATE), error);
  if (store == NULL)
    return FALSE;
  filled = dex_await (stall_sample_fill (store, stall_time_now ()), error);
  if (!dex_await (stall_store_close (store), filled ? error : NULL) || !filled)
    return FALSE;
  if (rename (beside, folder) != 0)
    {
      int code = errno;

      g_set_error (error, G_FILE_ERROR, (int) g_file_error_from_errno (code),
                   _ ("The sample stall could not be put into “%s”: %s"), folder,
                   g_strerror (code));
      return FALSE;
    }
  return TRUE;
}

static DexFuture *
open_sample_fiber (gpointer data)
{
  Opening *opening = data;
  g_autoptr (GError) error = NULL;

  if (!stall_store_exists (opening->folder) && !await_sample (opening->folder, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  return stall_open_existing (opening->folder, NULL);
}

/**
 * stall_find_last_folder:
 * @settings: what this person set for this computer
 *
 * Returns: (transfer full): the folder of the stall that was shown last, of the person's own at
 *   first
 */
char *
stall_find_last_folder (GSettings *settings)
{
  g_autofree char *last = g_settings_get_string (settings, "stall-folder");

  if (*last != '\0')
    return g_steal_pointer (&last);
  return g_build_filename (g_get_user_data_dir (), "stall", NULL);
}

/**
 * stall_open_existing:
 * @folder: of a stall
 * @progress: (nullable) (transfer none): told how far lists are that are made anew
 *
 * Opens a stall for writing. The work begins at once, before the main loop runs.
 *
 * Returns: (transfer full): a future of its StallDesk; rejected with the STALL_ERROR that stands in
 * the way
 */
DexFuture *
stall_open_existing (const char *folder, StallProgress *progress)
{
  Opening *opening;

  dex_return_error_if_fail (folder != NULL);

  opening = opening_new (folder);
  g_set_object (&opening->progress, progress);
  return stall_async (open_existing_fiber,
                      stall_run_in_thread (open_work, opening, (GDestroyNotify) opening_free),
                      dex_unref);
}

/**
 * stall_open_new:
 * @folder: where there is no stall yet
 * @name: (nullable): of the stall; %NULL: its profile will come from the platform
 * @currency: (nullable): ISO 4217 code, with a name
 *
 * Starts an empty stall.
 *
 * Returns: (transfer full): a future of its StallDesk
 */
DexFuture *
stall_open_new (const char *folder, const char *name, const char *currency)
{
  Opening *opening;

  dex_return_error_if_fail (folder != NULL);
  dex_return_error_if_fail (name == NULL || currency != NULL);

  opening = opening_new (folder);
  opening->name = g_strdup (name);
  opening->currency = g_strdup (currency);
  return stall_async (open_new_fiber, opening, (GDestroyNotify) opening_free);
}

/**
 * stall_open_sample:
 * @folder: of the sample stall; missing, empty or made before
 *
 * Opens the sample stall and makes it first where there is none.
 *
 * Returns: (transfer full): a future of its StallDesk
 */
DexFuture *
stall_open_sample (const char *folder)
{
  dex_return_error_if_fail (folder != NULL);

  return stall_async (open_sample_fiber, opening_new (folder), (GDestroyNotify) opening_free);
}
