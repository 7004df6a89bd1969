/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-sync-words.h"

#include "stall-format.h"

#include <glib/gi18n-lib.h>

/**
 * stall_sync_words_icon:
 * @sync: a sync
 *
 * Returns: (transfer none): the name of the icon of its state
 */
const char *
stall_sync_words_icon (StallSync *sync)
{
  switch (stall_sync_get_state (sync))
    {
    case STALL_SYNC_ALL_SENT:
      return "object-select-symbolic";
    case STALL_SYNC_UNSENT:
      return "document-send-symbolic";
    case STALL_SYNC_SYNCING:
      return "view-refresh-symbolic";
    case STALL_SYNC_OFFLINE:
      return "network-offline-symbolic";
    case STALL_SYNC_NEEDS_YOU:
      return "dialog-warning-symbolic";
    case STALL_SYNC_NOT_CONNECTED:
    default:
      return "network-server-symbolic";
    }
}

static char *
say_unsent (guint n)
{
  return g_strdup_printf (ngettext ("%u unsent", "%u unsent", n), n);
}

/**
 * stall_sync_words_short:
 * @sync: a sync
 *
 * Returns: (transfer full): its state in a word or two
 */
char *
stall_sync_words_short (StallSync *sync)
{
  guint n_unsent = stall_sync_get_n_unsent (sync);
  guint n_stuck = stall_sync_get_n_stuck (sync);
  guint n_conflicts = stall_sync_get_n_conflicts (sync);
  g_autofree char *unsent = say_unsent (n_unsent);

  switch (stall_sync_get_state (sync))
    {
    case STALL_SYNC_ALL_SENT:
      return g_strdup (_ ("All sent"));
    case STALL_SYNC_UNSENT:
      return g_steal_pointer (&unsent);
    case STALL_SYNC_SYNCING:
      return g_strdup (_ ("Syncing…"));
    case STALL_SYNC_OFFLINE:
      /* Translators: %s is how much is unsent, as in “3 unsent” */
      return n_unsent > 0 ? g_strdup_printf (_ ("Offline, %s"), unsent) : g_strdup (_ ("Offline"));
    case STALL_SYNC_NEEDS_YOU:
      if (stall_sync_get_error (sync) == NULL && n_stuck == 0)
        return g_strdup_printf (ngettext ("%u to settle", "%u to settle", n_conflicts),
                                n_conflicts);
      if (stall_sync_get_error (sync) == NULL)
        return g_strdup_printf (ngettext ("%u refused", "%u refused", n_stuck), n_stuck);
      if (g_error_matches (stall_sync_get_error (sync), STALL_SYNC_ERROR, STALL_SYNC_ERROR_SIGN_IN))
        return g_strdup (_ ("Sign in to sync"));
      return g_strdup (_ ("Sync needs you"));
    case STALL_SYNC_NOT_CONNECTED:
    default:
      return g_strdup (_ ("Not connected"));
    }
}

/* While an attempt is under way. */
static char *
say_progress (StallSync *sync)
{
  guint64 n_there;
  const StallSyncReport *so_far = stall_sync_get_so_far (sync, &n_there);
  g_autofree char *done = NULL;
  g_autofree char *whole = NULL;

  if (so_far == NULL || n_there == 0 || stall_sync_get_last_time (sync) != STALL_TIME_NONE)
    return g_strdup (_ ("Asking the platform for what is new, and sending what is not there yet."));
  done = stall_format_count ((gint64) MIN (so_far->n_pulled, n_there));
  whole = stall_format_count ((gint64) n_there);
  /* Translators: how much of the stall has come from the platform, as in “1,200 of 5,000” */
  return g_strdup_printf (_ ("%s of %s things have come from the platform."), done, whole);
}

static char *
say_all_sent (StallSync *sync)
{
  StallTime last = stall_sync_get_last_time (sync);
  g_autofree char *when = NULL;

  if (last == STALL_TIME_NONE)
    return g_strdup (_ ("Everything is on the platform."));
  when = stall_format_moment (last, stall_time_now ());
  /* Translators: %s is a time, as in “Today, 14:03” */
  return g_strdup_printf (_ ("Everything is on the platform. Last sync: %s."), when);
}

static char *
say_what_is_needed (StallSync *sync)
{
  guint n_conflicts = stall_sync_get_n_conflicts (sync);

  if (stall_sync_get_n_stuck (sync) > 0 || n_conflicts == 0)
    return g_strdup (_ ("The platform refused some changes. Everything else was sent."));
  return g_strdup_printf (
      ngettext ("%u thing was changed on two devices in two ways. Look at both and decide.",
                "%u things were changed on two devices in two ways. Look at both and decide.",
                n_conflicts),
      n_conflicts);
}

/**
 * stall_sync_words_long:
 * @sync: a sync
 *
 * Returns: (transfer full): its state in sentences
 */
char *
stall_sync_words_long (StallSync *sync)
{
  guint n = stall_sync_get_n_unsent (sync);
  const GError *error = stall_sync_get_error (sync);

  switch (stall_sync_get_state (sync))
    {
    case STALL_SYNC_ALL_SENT:
      return say_all_sent (sync);
    case STALL_SYNC_UNSENT:
      return g_strdup_printf (
          ngettext ("%u change is about to be sent.", "%u changes are about to be sent.", n), n);
    case STALL_SYNC_SYNCING:
      return say_progress (sync);
    case STALL_SYNC_OFFLINE:
      return g_strconcat (error->message, "\n",
                          _ ("Stall tries again by itself; everything else works."), NULL);
    case STALL_SYNC_NEEDS_YOU:
      return error != NULL ? g_strdup (error->message) : say_what_is_needed (sync);
    case STALL_SYNC_NOT_CONNECTED:
    default:
      return g_strdup (_ ("This stall is on this computer only."));
    }
}

/**
 * stall_sync_words_entry:
 * @entry: of the log of syncs
 *
 * Returns: (transfer full): what it did, or why not
 */
char *
stall_sync_words_entry (StallSyncEntry *entry)
{
  const StallSyncReport *report = stall_sync_entry_get_report (entry);
  g_autofree char *size = g_format_size (report->n_received + report->n_sent);
  g_autofree char *pulled = stall_format_count ((gint64) report->n_pulled);
  g_autofree char *pushed = stall_format_count ((gint64) report->n_pushed);
  /* Translators: changes that came and that were sent, and an amount of data such as “12 kB” */
  g_autofree char *words = g_strdup_printf (_ ("%s received, %s sent, %s"), pulled, pushed, size);
  g_autofree char *missing = NULL;

  if (stall_sync_entry_get_problem (entry) != NULL)
    return g_strdup (stall_sync_entry_get_problem (entry));
  if (report->n_missing == 0)
    return g_steal_pointer (&words);
  missing = g_strdup_printf (ngettext ("%u thing there could not be read",
                                       "%u things there could not be read", report->n_missing),
                             (guint) report->n_missing);
  return g_strconcat (words, "\n", missing, NULL);
}

/**
 * stall_sync_words_kind:
 * @id: of a document
 *
 * Returns: (transfer none): what kind of thing it is
 */
const char *
stall_sync_words_kind (const char *id)
{
  switch (stall_kind_of_id (id))
    {
    case STALL_KIND_PROFILE:
      return _ ("Stall profile");
    case STALL_KIND_PRODUCT:
      return _ ("Product");
    case STALL_KIND_MOVEMENT:
      return _ ("Stock movement");
    case STALL_KIND_ORDER:
      return _ ("Order");
    case STALL_KIND_EVENT:
      return _ ("Order event");
    case STALL_KIND_REMARK:
      return _ ("Private remark");
    case STALL_KIND_CONTACT:
      return _ ("Contact");
    case STALL_KIND_NOTE:
      return _ ("Note");
    case STALL_KIND_ECHO:
      return _ ("Echo");
    case STALL_KIND_CONTEXT:
      return _ ("Context");
    case STALL_KIND_POLL:
      return _ ("Poll");
    case STALL_KIND_BALLOT:
      return _ ("Ballot");
    case STALL_KIND_TALLY:
      return _ ("Tally");
    case STALL_KIND_DECISION:
      return _ ("Decision");
    case STALL_KIND_SIGNAL:
      return _ ("Signal");
    case STALL_KIND_REPLY:
      return _ ("Answer to a signal");
    case STALL_KIND_SEGMENT:
      return _ ("Segment");
    case STALL_KIND_BUYER:
      return _ ("Buyer");
    case STALL_KIND_DEAL:
      return _ ("Deal");
    case STALL_KIND_SESSION:
      return _ ("Session");
    case STALL_KIND_LISTING:
      return _ ("Listing");
    case STALL_KIND_PLAN:
      return _ ("Plan");
    default:
      return _ ("Other");
    }
}

/**
 * stall_sync_words_thing:
 * @id: of a document
 * @title: (nullable): what it is called
 *
 * Returns: (transfer full): the title of its row
 */
char *
stall_sync_words_thing (const char *id, const char *title)
{
  return g_strdup (title != NULL && *title != '\0' ? title : stall_sync_words_kind (id));
}
