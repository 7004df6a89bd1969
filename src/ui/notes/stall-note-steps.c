/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-note-steps.h"

#include "stall-ask.h"
#include "stall-async.h"
#include "stall-note-words.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  StallDesk *desk;
  char *note_id;
  StallTime publish_at;
} Step;

static void
step_free (gpointer data)
{
  Step *step = data;

  g_object_unref (step->desk);
  g_free (step->note_id);
  g_free (step);
}

static Step *
step_new (StallDesk *desk, const char *note_id)
{
  Step *step = g_new0 (Step, 1);

  step->desk = g_object_ref (desk);
  step->note_id = g_strdup (note_id);
  return step;
}

static StallNote *
load (Step *step, GError **error)
{
  g_autoptr (StallDocument) document = dex_await_object (
      stall_store_load (stall_desk_get_store (step->desk), step->note_id), error);

  return document != NULL ? stall_note_new_from_document (document, error) : NULL;
}

static StallChangeSet *
new_change (Step *step, StallNote *note, const char *label)
{
  StallChangeSet *changes = stall_change_set_new (label);
  g_autoptr (StallDocument) document
      = stall_note_to_document (note, stall_desk_get_device (step->desk));

  stall_change_set_put (changes, document);
  return changes;
}

static DexFuture *
duplicate_fiber (gpointer data)
{
  Step *step = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (StallNote) note = load (step, &error);
  g_autoptr (StallNote) copy = note != NULL ? stall_note_new_copy (note) : NULL;
  g_autoptr (StallChangeSet) changes = NULL;
  g_autofree char *label = NULL;
  g_autofree char *title = NULL;

  if (copy == NULL)
    {
      stall_desk_report (step->desk, error);
      return dex_future_new_true ();
    }
  /* Translators: %s is the title of a note */
  title = g_strdup_printf (_ ("%s (Copy)"), stall_note_words_title (stall_note_get_title (note)));
  stall_note_set_title (copy, title);
  label = g_strdup_printf (_ ("Duplicate “%s”"),
                           stall_note_words_title (stall_note_get_title (note)));
  changes = new_change (step, copy, label);
  /* The desk says what went wrong. */
  dex_await (stall_desk_apply (step->desk, changes), NULL);
  return dex_future_new_true ();
}

static DexFuture *
schedule_fiber (gpointer data)
{
  Step *step = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (StallNote) note = load (step, &error);
  g_autoptr (StallChangeSet) changes = NULL;
  g_autofree char *label = NULL;

  if (note == NULL)
    {
      stall_desk_report (step->desk, error);
      return dex_future_new_true ();
    }
  label = g_strdup_printf (step->publish_at != STALL_TIME_NONE ? _ ("Schedule “%s”")
                                                               : _ ("Make “%s” a draft again"),
                           stall_note_words_title (stall_note_get_title (note)));
  if (step->publish_at != STALL_TIME_NONE)
    stall_note_schedule (note, step->publish_at);
  else
    stall_note_unschedule (note);
  changes = new_change (step, note, label);
  dex_await (stall_desk_apply (step->desk, changes), NULL);
  return dex_future_new_true ();
}

typedef struct
{
  GtkWidget *widget;
  StallDesk *desk;
  char *body;
} Keep;

static void
keep_free (gpointer data)
{
  Keep *keep = data;

  g_object_unref (keep->widget);
  g_object_unref (keep->desk);
  g_free (keep->body);
  g_free (keep);
}

static DexFuture *
keep_template_fiber (gpointer data)
{
  Keep *keep = data;
  g_autofree char *name = dex_await_string (
      stall_ask_name (keep->widget, _ ("New Template"),
                      _ ("A new note can begin with what this one says now."), _ ("_Add")),
      NULL);
  g_autofree char *label = NULL;
  g_autofree char *id = NULL;
  g_autoptr (StallDocument) document = NULL;
  g_autoptr (StallProfile) profile = NULL;
  g_autoptr (StallChangeSet) changes = NULL;
  g_autoptr (GError) error = NULL;

  if (name == NULL)
    return dex_future_new_true ();
  document = dex_await_object (
      stall_store_load (stall_desk_get_store (keep->desk), STALL_PROFILE_ID), &error);
  profile = document != NULL ? stall_profile_new_from_document (document, &error) : NULL;
  if (profile == NULL)
    {
      stall_desk_report (keep->desk, error);
      return dex_future_new_true ();
    }
  id = stall_profile_add_template (profile, name, keep->body);
  g_clear_object (&document);
  document = stall_profile_to_document (profile, stall_desk_get_device (keep->desk));
  /* Translators: %s is a template's name */
  label = g_strdup_printf (_ ("Add the template “%s”"), name);
  changes = stall_change_set_new (label);
  stall_change_set_put (changes, document);
  dex_await (stall_desk_apply (keep->desk, changes), NULL);
  return dex_future_new_true ();
}

/**
 * stall_note_steps_keep_template:
 * @widget: over what the name is asked
 * @desk: what every page is handed
 * @body: what a note says, as Markdown
 *
 * Keeps it as a template of the owner's, under a name that is asked for.
 */
void
stall_note_steps_keep_template (GtkWidget *widget, StallDesk *desk, const char *body)
{
  Keep *keep;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (STALL_IS_DESK (desk));
  g_return_if_fail (body != NULL);

  keep = g_new0 (Keep, 1);
  keep->widget = g_object_ref (widget);
  keep->desk = g_object_ref (desk);
  keep->body = g_strdup (body);
  stall_spawn (keep_template_fiber, keep, keep_free);
}

/**
 * stall_note_steps_duplicate:
 * @desk: what every page is handed
 * @note_id: of a saved note
 *
 * Makes a draft of its own that says the same.
 */
void
stall_note_steps_duplicate (StallDesk *desk, const char *note_id)
{
  g_return_if_fail (STALL_IS_DESK (desk));
  g_return_if_fail (note_id != NULL);

  stall_spawn (duplicate_fiber, step_new (desk, note_id), step_free);
}

/**
 * stall_note_steps_delete:
 * @desk: what every page is handed
 * @note_id: of a saved note
 * @title: its title, for the toast
 *
 * Deletes a note.
 */
void
stall_note_steps_delete (StallDesk *desk, const char *note_id, const char *title)
{
  g_autofree char *label = g_strdup_printf (_ ("Delete “%s”"), stall_note_words_title (title));
  g_autoptr (StallChangeSet) changes = stall_change_set_new (label);

  g_return_if_fail (STALL_IS_DESK (desk));
  g_return_if_fail (note_id != NULL);

  stall_change_set_delete (changes, note_id);
  dex_future_disown (stall_desk_apply (desk, changes));
}

/**
 * stall_note_steps_schedule:
 * @desk: what every page is handed
 * @note_id: of a saved note
 * @publish_at: when; %STALL_TIME_NONE makes it a draft again
 *
 * Schedules a note.
 */
void
stall_note_steps_schedule (StallDesk *desk, const char *note_id, StallTime publish_at)
{
  Step *step;

  g_return_if_fail (STALL_IS_DESK (desk));
  g_return_if_fail (note_id != NULL);

  step = step_new (desk, note_id);
  step->publish_at = publish_at;
  stall_spawn (schedule_fiber, step, step_free);
}
