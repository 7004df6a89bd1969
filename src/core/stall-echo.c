/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-core"

#include "config.h"

#include "stall-echo.h"

#include "stall-error.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#define DAY_LENGTH 10 /* “2026-11-20” */

struct _StallEcho
{
  GObject parent_instance;

  char *id;
  char *revision;
  char *subject;
  char *day;
  JsonObject *root;
};

G_DEFINE_FINAL_TYPE (StallEcho, stall_echo, G_TYPE_OBJECT)

static const struct
{
  const char *text;
  const char *label;
} measures[STALL_N_ECHO_MEASURES] = {
  [STALL_ECHO_VIEWS] = { "views", NC_ ("echo", "Views") },
  [STALL_ECHO_DWELL] = { "dwell", NC_ ("echo", "Time Spent") },
  [STALL_ECHO_LIKES] = { "likes", NC_ ("echo", "Likes") },
  [STALL_ECHO_SAVES] = { "saves", NC_ ("echo", "Saves") },
  [STALL_ECHO_COMMENTS] = { "comments", NC_ ("echo", "Comments") },
  [STALL_ECHO_JOINS] = { "joins", NC_ ("echo", "Joins") },
};

static void
stall_echo_finalize (GObject *object)
{
  StallEcho *self = STALL_ECHO (object);

  g_free (self->id);
  g_free (self->revision);
  g_free (self->subject);
  g_free (self->day);
  g_clear_pointer (&self->root, json_object_unref);

  G_OBJECT_CLASS (stall_echo_parent_class)->finalize (object);
}

static void
stall_echo_class_init (StallEchoClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = stall_echo_finalize;
}

static void
stall_echo_init (StallEcho *self)
{
}

/**
 * stall_echo_measure_to_string:
 * @measure: what is counted
 *
 * Returns: the name of the member that documents carry
 */
const char *
stall_echo_measure_to_string (StallEchoMeasure measure)
{
  g_return_val_if_fail ((guint) measure < STALL_N_ECHO_MEASURES, NULL);

  return measures[measure].text;
}

/**
 * stall_echo_measure_get_label:
 * @measure: what is counted
 *
 * Returns: its name for a person, translated
 */
const char *
stall_echo_measure_get_label (StallEchoMeasure measure)
{
  g_return_val_if_fail ((guint) measure < STALL_N_ECHO_MEASURES, NULL);

  return g_dpgettext2 (GETTEXT_PACKAGE, "echo", measures[measure].label);
}

/* “2026-11-20” and nothing else. */
static gboolean
is_day (const char *text)
{
  if (text == NULL || strlen (text) != DAY_LENGTH)
    return FALSE;
  for (guint i = 0; i < DAY_LENGTH; i++)
    if (i == 4 || i == 7 ? text[i] != '-' : !g_ascii_isdigit (text[i]))
      return FALSE;
  return g_date_valid_dmy (atoi (text + 8), atoi (text + 5), atoi (text));
}

/**
 * stall_echo_new:
 * @subject_id: "note:…" or "product:…"
 * @day: “2026-11-20”
 *
 * Returns: (transfer full): an echo of nothing yet
 */
StallEcho *
stall_echo_new (const char *subject_id, const char *day)
{
  StallEcho *self;

  g_return_val_if_fail (subject_id != NULL, NULL);
  g_return_val_if_fail (is_day (day), NULL);

  self = g_object_new (STALL_TYPE_ECHO, NULL);
  self->id = g_strconcat ("echo:", subject_id, ":", day, NULL);
  self->subject = g_strdup (subject_id);
  self->day = g_strdup (day);
  self->root = stall_document_new_root (STALL_KIND_ECHO, NULL);
  return self;
}

/* What the id says: "echo:SUBJECT:DATE". */
static gboolean
read_id (StallEcho *self)
{
  const char *subject = strchr (self->id, ':');
  const char *day = strrchr (self->id, ':');

  if (subject == NULL || day <= subject + 1 || !is_day (day + 1))
    return FALSE;
  self->subject = g_strndup (subject + 1, day - subject - 1);
  self->day = g_strdup (day + 1);
  return TRUE;
}

/**
 * stall_echo_new_from_document:
 * @document: a document of kind echo
 * @error: return location for a %STALL_ERROR_INVALID
 *
 * Reads an echo. Whose it is and of which day is what its id says.
 *
 * Returns: (transfer full): the echo, or %NULL when it is of no day or the body is not a JSON
 * object
 */
StallEcho *
stall_echo_new_from_document (StallDocument *document, GError **error)
{
  g_autoptr (StallEcho) self = NULL;
  JsonObject *root;

  g_return_val_if_fail (STALL_IS_DOCUMENT (document), NULL);

  root = stall_document_get_root (document, error);
  if (root == NULL)
    return NULL;
  self = g_object_new (STALL_TYPE_ECHO, NULL);
  self->id = g_strdup (stall_document_get_id (document));
  self->revision = g_strdup (stall_document_get_revision (document));
  self->root = stall_json_copy_object (root);
  if (read_id (self))
    return g_steal_pointer (&self);
  g_set_error (error, STALL_ERROR, STALL_ERROR_INVALID, _ ("“%s” does not say its day."), self->id);
  return NULL;
}

/**
 * stall_echo_to_document:
 * @self: an echo
 * @device: (nullable): id of this installation
 *
 * Returns: (transfer full): its document, with all members that it was read with
 */
StallDocument *
stall_echo_to_document (StallEcho *self, const char *device)
{
  g_return_val_if_fail (STALL_IS_ECHO (self), NULL);

  if (device != NULL)
    json_object_set_string_member (self->root, "device", device);
  return stall_document_new_from_root (self->id, self->revision, self->root);
}

/**
 * stall_echo_get_subject:
 * @self: an echo
 *
 * Returns: "note:…" or "product:…"
 */
const char *
stall_echo_get_subject (StallEcho *self)
{
  g_return_val_if_fail (STALL_IS_ECHO (self), NULL);

  return self->subject;
}

/**
 * stall_echo_get_day:
 * @self: an echo
 *
 * Returns: the day as the platform counts days, “2026-11-20”
 */
const char *
stall_echo_get_day (StallEcho *self)
{
  g_return_val_if_fail (STALL_IS_ECHO (self), NULL);

  return self->day;
}

/**
 * stall_echo_get_count:
 * @self: an echo
 * @measure: what is counted
 *
 * Returns: how many, 0 or more; seconds for %STALL_ECHO_DWELL
 */
gint64
stall_echo_get_count (StallEcho *self, StallEchoMeasure measure)
{
  g_return_val_if_fail (STALL_IS_ECHO (self), 0);
  g_return_val_if_fail ((guint) measure < STALL_N_ECHO_MEASURES, 0);

  return CLAMP (stall_json_get_int (self->root, measures[measure].text, 0), 0, G_MAXUINT32);
}

/**
 * stall_echo_set_count:
 * @self: an echo
 * @measure: what is counted
 * @count: how many, 0 or more; seconds for %STALL_ECHO_DWELL
 */
void
stall_echo_set_count (StallEcho *self, StallEchoMeasure measure, gint64 count)
{
  g_return_if_fail (STALL_IS_ECHO (self));
  g_return_if_fail ((guint) measure < STALL_N_ECHO_MEASURES);
  g_return_if_fail (count >= 0);

  json_object_set_int_member (self->root, measures[measure].text, count);
}
