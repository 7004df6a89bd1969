/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-poll-editor.h"

#include "stall-async.h"
#include "stall-kind.h"
#include "stall-merge.h"
#include "stall-picture-copy.h"
#include "stall-votes.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Edits that follow each other faster than this become one change set. */
#define COALESCE 400 /* ms */

struct _StallPollEditor
{
  GObject parent_instance;

  StallDesk *desk;
  StallPoll *poll;
  GBytes *saved; /* body of @poll when it was last the same as the stored one */
  gboolean saved_once;
  gboolean touched;
  DexFuture *saving; /* the save under way */
  DexPromise *hurry; /* resolved to end its wait */
};

G_DEFINE_FINAL_TYPE (StallPollEditor, stall_poll_editor, G_TYPE_OBJECT)

enum
{
  SIGNAL_EDITED,
  SIGNAL_REPLACED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static StallStore *
get_store (StallPollEditor *self)
{
  return stall_desk_get_store (self->desk);
}

static StallDocument *
write_document (StallPollEditor *self, StallPoll *poll)
{
  return stall_poll_to_document (poll, stall_desk_get_device (self->desk));
}

/* A body without what is written anew each time a new poll is. */
static GBytes *
write_body (StallPollEditor *self, StallPoll *poll)
{
  g_autoptr (StallDocument) document = write_document (self, poll);
  JsonObject *root = stall_document_get_root (document, NULL);
  g_autoptr (JsonObject) copy = stall_json_copy_object (root);
  gsize length;
  char *text;

  json_object_remove_member (copy, "made_at");
  text = stall_json_to_string (copy, &length);
  return g_bytes_new_take (text, length);
}

static void
remember_saved (StallPollEditor *self)
{
  g_clear_pointer (&self->saved, g_bytes_unref);
  self->saved = write_body (self, self->poll);
}

static gboolean
is_edited (StallPollEditor *self)
{
  g_autoptr (GBytes) body = write_body (self, self->poll);

  return !g_bytes_equal (body, self->saved);
}

/* What was edited while a save was under way goes on from what that save has stored: on the older
 * revision it would be an edit beside it, and could lose against it. */
static gboolean
follow (StallPollEditor *self, StallDocument *saved, StallDocument *stored, GError **error)
{
  g_autoptr (StallDocument) ours = write_document (self, self->poll);
  g_autoptr (JsonObject) merged
      = stall_merge (stall_document_get_root (saved, NULL), stall_document_get_root (ours, NULL),
                     stall_document_get_root (stored, NULL), NULL);
  g_autoptr (StallDocument) document = stall_document_new_from_root (
      stall_document_get_id (stored), stall_document_get_revision (stored), merged);
  g_autoptr (StallPoll) before = stall_poll_new_from_document (stored, error);
  g_autoptr (StallPoll) poll
      = before != NULL ? stall_poll_new_from_document (document, error) : NULL;
  g_autoptr (GBytes) edited = NULL;
  g_autoptr (GBytes) body = NULL;

  if (poll == NULL)
    return FALSE;
  edited = write_body (self, self->poll);
  body = write_body (self, poll);
  g_set_object (&self->poll, before);
  remember_saved (self);
  g_set_object (&self->poll, poll);
  if (!g_bytes_equal (edited, body))
    g_signal_emit (self, signals[SIGNAL_REPLACED], 0);
  return TRUE;
}

/* One save of what is there now. */
static gboolean
save (StallPollEditor *self, GError **error)
{
  g_autoptr (StallDocument) document = write_document (self, self->poll);
  g_autoptr (StallPoll) copy = stall_poll_new_from_document (document, error);
  g_autoptr (StallReceipt) receipt = NULL;
  g_autoptr (StallDocument) stored = NULL;

  if (copy == NULL)
    return FALSE;
  receipt = dex_await_boxed (stall_store_save_poll (get_store (self), copy), error);
  if (receipt == NULL)
    return FALSE;
  self->saved_once = TRUE;
  stored = dex_await_object (stall_store_load (get_store (self), stall_poll_get_id (self->poll)),
                             error);
  return stored != NULL && follow (self, document, stored, error);
}

static DexFuture *
save_fiber (gpointer data)
{
  StallPollEditor *self = data;
  g_autoptr (GError) error = NULL;
  gboolean saved = TRUE;

  while (self->touched && saved)
    {
      self->hurry = dex_promise_new ();
      dex_await (dex_future_first (dex_timeout_new_msec (COALESCE),
                                   dex_ref (DEX_FUTURE (self->hurry)), NULL),
                 NULL);
      dex_clear (&self->hurry);
      self->touched = FALSE;
      if (is_edited (self))
        saved = save (self, &error);
    }
  dex_clear (&self->saving);
  /* What was typed stays, and the next edit tries again. */
  if (!saved)
    {
      stall_desk_report (self->desk, error);
      return dex_future_new_for_error (g_steal_pointer (&error));
    }
  return dex_future_new_true ();
}

static void
stall_poll_editor_finalize (GObject *object)
{
  StallPollEditor *self = STALL_POLL_EDITOR (object);

  g_clear_object (&self->desk);
  g_clear_object (&self->poll);
  g_clear_pointer (&self->saved, g_bytes_unref);

  G_OBJECT_CLASS (stall_poll_editor_parent_class)->finalize (object);
}

static void
stall_poll_editor_class_init (StallPollEditorClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = stall_poll_editor_finalize;

  signals[SIGNAL_EDITED] = g_signal_new ("edited", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_REPLACED] = g_signal_new ("replaced", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                           0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
stall_poll_editor_init (StallPollEditor *self)
{
  self->poll = stall_poll_new ();
}

/**
 * stall_poll_editor_new:
 * @desk: the desk
 *
 * Returns: (transfer full): an editor of a new poll, which is saved with its first edit
 */
StallPollEditor *
stall_poll_editor_new (StallDesk *desk)
{
  StallPollEditor *self;

  g_return_val_if_fail (STALL_IS_DESK (desk), NULL);

  self = g_object_new (STALL_TYPE_POLL_EDITOR, NULL);
  self->desk = g_object_ref (desk);
  remember_saved (self);
  return self;
}

/**
 * stall_poll_editor_get_poll:
 * @self: an editor
 *
 * Returns: (transfer none): the poll as it is now, saved or not
 */
StallPoll *
stall_poll_editor_get_poll (StallPollEditor *self)
{
  g_return_val_if_fail (STALL_IS_POLL_EDITOR (self), NULL);

  return self->poll;
}

/**
 * stall_poll_editor_get_desk:
 * @self: an editor
 *
 * Returns: (transfer none): its desk
 */
StallDesk *
stall_poll_editor_get_desk (StallPollEditor *self)
{
  g_return_val_if_fail (STALL_IS_POLL_EDITOR (self), NULL);

  return self->desk;
}

/**
 * stall_poll_editor_get_saved_once:
 * @self: an editor
 *
 * Returns: whether the poll is in the stall
 */
gboolean
stall_poll_editor_get_saved_once (StallPollEditor *self)
{
  g_return_val_if_fail (STALL_IS_POLL_EDITOR (self), FALSE);

  return self->saved_once;
}

/**
 * stall_poll_editor_touch:
 * @self: an editor
 *
 * Says that the poll was edited: it is saved soon, and before the stall is closed.
 */
void
stall_poll_editor_touch (StallPollEditor *self)
{
  g_return_if_fail (STALL_IS_POLL_EDITOR (self));

  self->touched = TRUE;
  g_signal_emit (self, signals[SIGNAL_EDITED], 0);
  if (self->saving != NULL)
    return;
  self->saving = stall_async (save_fiber, g_object_ref (self), g_object_unref);
  stall_desk_hold (self->desk, dex_ref (self->saving));
}

/**
 * stall_poll_editor_take:
 * @self: an editor
 * @stored: the poll as it is stored
 *
 * Goes on from what is stored, unless there are edits that are not: they are merged when they are
 * saved.
 */
void
stall_poll_editor_take (StallPollEditor *self, StallPoll *stored)
{
  g_autoptr (GBytes) body = NULL;
  gboolean same;

  g_return_if_fail (STALL_IS_POLL_EDITOR (self));
  g_return_if_fail (STALL_IS_POLL (stored));

  if (is_edited (self))
    return;
  body = write_body (self, stored);
  same = g_bytes_equal (body, self->saved);
  g_set_object (&self->poll, stored);
  self->saved_once = TRUE;
  remember_saved (self);
  if (!same)
    g_signal_emit (self, signals[SIGNAL_REPLACED], 0);
}

/**
 * stall_poll_editor_settle:
 * @self: an editor
 *
 * Returns: (transfer full): a future of a boolean that resolves when all edits are saved; rejected
 * when one could not be
 */
DexFuture *
stall_poll_editor_settle (StallPollEditor *self)
{
  dex_return_error_if_fail (STALL_IS_POLL_EDITOR (self));

  if (self->saving == NULL)
    return dex_future_new_true ();
  if (self->hurry != NULL)
    dex_promise_resolve_boolean (self->hurry, TRUE);
  return dex_ref (self->saving);
}

typedef struct
{
  StallPollEditor *editor;
  StallTime opens_at;
  char *option_id;
  GFile *file;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  g_clear_object (&request->editor);
  g_clear_object (&request->file);
  g_free (request->option_id);
  g_free (request);
}

static Request *
request_new (StallPollEditor *self)
{
  Request *request = g_new0 (Request, 1);

  request->editor = g_object_ref (self);
  return request;
}

static gboolean
check_opening (StallTime opens_at, GError **error)
{
  if (opens_at == STALL_TIME_NONE || opens_at > stall_time_now ())
    return TRUE;
  g_set_error_literal (error, STALL_ERROR, STALL_ERROR_INVALID,
                       _ ("The opening is in the past. Choose a later time."));
  return FALSE;
}

/**
 * stall_poll_editor_try_opening:
 * @self: an editor
 * @opens_at: when, milliseconds UTC; %STALL_TIME_NONE: now
 * @error: return location for a %STALL_ERROR_INVALID that says what is missing
 *
 * Returns: (transfer full) (nullable): the poll as it would open; nothing is saved
 */
StallPoll *
stall_poll_editor_try_opening (StallPollEditor *self, StallTime opens_at, GError **error)
{
  StallTime now = stall_time_now ();
  g_autoptr (StallDocument) document = NULL;
  g_autoptr (StallPoll) poll = NULL;

  g_return_val_if_fail (STALL_IS_POLL_EDITOR (self), NULL);

  if (!check_opening (opens_at, error))
    return NULL;
  document = write_document (self, self->poll);
  poll = stall_poll_new_from_document (document, error);
  if (poll == NULL)
    return NULL;
  stall_poll_set_opens_at (poll, opens_at != STALL_TIME_NONE ? opens_at : now);
  return stall_poll_check (poll, NULL, now, error) ? g_steal_pointer (&poll) : NULL;
}

/**
 * stall_poll_editor_move_opening:
 * @self: an editor of a poll that opens by itself
 * @opens_at: when instead, milliseconds UTC; %STALL_TIME_NONE: not by itself
 *
 * A time that has passed is not taken, and the person is told so: it would open the poll at once.
 */
void
stall_poll_editor_move_opening (StallPollEditor *self, StallTime opens_at)
{
  g_autoptr (GError) error = NULL;

  g_return_if_fail (STALL_IS_POLL_EDITOR (self));

  if (stall_poll_get_opens_at (self->poll) == opens_at)
    return;
  if (check_opening (opens_at, &error))
    {
      stall_poll_set_opens_at (self->poll, opens_at);
      stall_poll_editor_touch (self);
    }
  else
    stall_desk_report (self->desk, error);
  g_signal_emit (self, signals[SIGNAL_REPLACED], 0);
}

static DexFuture *
open_fiber (gpointer data)
{
  Request *request = data;
  StallPollEditor *self = request->editor;
  g_autoptr (StallDocument) document = NULL;
  g_autoptr (StallPoll) poll = NULL;
  g_autoptr (StallReceipt) receipt = NULL;
  GError *error = NULL;

  if (!dex_await (stall_poll_editor_settle (self), &error))
    return dex_future_new_for_error (error);
  document = write_document (self, self->poll);
  poll = stall_poll_new_from_document (document, &error);
  if (poll == NULL)
    return dex_future_new_for_error (error);
  stall_poll_set_opens_at (poll, request->opens_at);
  receipt = dex_await_boxed (stall_store_save_poll (get_store (self), poll), &error);
  return receipt != NULL ? dex_future_new_true () : dex_future_new_for_error (error);
}

/**
 * stall_poll_editor_open:
 * @self: an editor
 * @opens_at: when, milliseconds UTC; %STALL_TIME_NONE: not yet
 *
 * Opens the poll, or says when it opens.
 *
 * Returns: (transfer full): a future of a boolean; %STALL_ERROR_INVALID says what is missing
 */
DexFuture *
stall_poll_editor_open (StallPollEditor *self, StallTime opens_at)
{
  Request *request;

  dex_return_error_if_fail (STALL_IS_POLL_EDITOR (self));

  request = request_new (self);
  request->opens_at = opens_at;
  return stall_async (open_fiber, request, request_free);
}

static void
show_picture (StallPollEditor *self,
              const char *option_id,
              const StallPictureCopy *copy,
              const char *digest)
{
  g_autoptr (GPtrArray) options = stall_poll_dup_options (self->poll);
  g_autofree char *name = stall_picture_copy_dup_name (copy);

  for (guint i = 0; i < options->len; i++)
    {
      StallPollOption *option = g_ptr_array_index (options, i);

      if (!g_str_equal (option->id, option_id))
        continue;
      g_set_str (&option->picture, name);
      g_set_str (&option->digest, digest);
    }
  stall_poll_set_attachment (self->poll, name, copy->content_type,
                             (gint64) g_bytes_get_size (copy->bytes), digest);
  stall_poll_set_options (self->poll, options);
  stall_poll_editor_touch (self);
  g_signal_emit (self, signals[SIGNAL_REPLACED], 0);
}

static DexFuture *
add_picture_fiber (gpointer data)
{
  Request *request = data;
  StallDesk *desk = request->editor->desk;
  GError *error = NULL;
  g_autoptr (StallPictureCopy) copy
      = stall_picture_copy_take (G_OBJECT (request->file), stall_desk_get_settings (desk), &error);
  g_autofree char *digest
      = copy != NULL ? dex_await_string (
                           stall_store_attach (stall_desk_get_store (desk), copy->bytes), &error)
                     : NULL;

  if (digest == NULL)
    return dex_future_new_for_error (error);
  show_picture (request->editor, request->option_id, copy, digest);
  return dex_future_new_true ();
}

/**
 * stall_poll_editor_add_picture:
 * @self: an editor
 * @option_id: of an option
 * @file: a picture
 *
 * Gives an option a picture of its own.
 *
 * Returns: (transfer full): a future of a boolean; %STALL_ERROR_INVALID for what is no picture
 */
DexFuture *
stall_poll_editor_add_picture (StallPollEditor *self, const char *option_id, GFile *file)
{
  Request *request;

  dex_return_error_if_fail (STALL_IS_POLL_EDITOR (self));
  dex_return_error_if_fail (option_id != NULL && G_IS_FILE (file));

  request = request_new (self);
  request->option_id = g_strdup (option_id);
  request->file = g_object_ref (file);
  return stall_async (add_picture_fiber, request, request_free);
}
