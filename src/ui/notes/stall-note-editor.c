/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-note-editor.h"

#include "stall-async.h"
#include "stall-note-words.h"

#include <glib/gi18n-lib.h>

#define PAUSE 300                    /* ms without a key: what was typed is saved */
#define LONGEST (2 * G_USEC_PER_SEC) /* who types without a pause is saved this often */
#define BURST (10 * G_USEC_PER_SEC)  /* saves closer together than this are one step to undo */

struct _StallNoteEditor
{
  GObject parent_instance;

  StallDesk *desk;
  char *note_id;
  StallNote *note;
  StallDocument *base; /* what @note was read from or last saved as; NULL: never saved */
  GBytes *saved;       /* body of @note when it was last the same as @base */
  gboolean touched;
  DexFuture *saving; /* the save under way */
  DexPromise *hurry; /* resolved to end its wait */
  gboolean reloading;
  gint64 change_set; /* of the last save */
  gint64 saved_at;   /* monotonic time of it */
};

enum
{
  PROP_0,
  PROP_DESK,
  PROP_NOTE_ID,
  PROP_NOTE,
  N_PROPS
};

enum
{
  SIGNAL_COLLECT,
  SIGNAL_GONE,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StallNoteEditor, stall_note_editor, G_TYPE_OBJECT)

static StallStore *
get_store (StallNoteEditor *self)
{
  return stall_desk_get_store (self->desk);
}

static const char *
get_title (StallNoteEditor *self)
{
  return stall_note_words_title (stall_note_get_title (self->note));
}

static GBytes *
write_body (StallNoteEditor *self)
{
  g_autoptr (StallDocument) document = NULL;

  g_signal_emit (self, signals[SIGNAL_COLLECT], 0);
  document = stall_note_to_document (self->note, stall_desk_get_device (self->desk));
  return g_bytes_ref (stall_document_get_body (document));
}

static gboolean
is_edited_since (StallNoteEditor *self, GBytes *then)
{
  g_autoptr (GBytes) body = write_body (self);

  return !g_bytes_equal (body, then);
}

static gboolean
is_edited (StallNoteEditor *self)
{
  return self->note != NULL && is_edited_since (self, self->saved);
}

static gboolean
take_document (StallNoteEditor *self, StallDocument *document, GError **error)
{
  g_autoptr (StallNote) note = stall_note_new_from_document (document, error);
  g_autoptr (StallDocument) ours = NULL;

  if (note == NULL)
    return FALSE;
  ours = stall_note_to_document (note, stall_desk_get_device (self->desk));
  g_clear_pointer (&self->saved, g_bytes_unref);
  self->saved = g_bytes_ref (stall_document_get_body (ours));
  g_set_object (&self->base, document);
  g_set_object (&self->note, note);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NOTE]);
  return TRUE;
}

static DexFuture *
reload_fiber (gpointer data)
{
  StallNoteEditor *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (StallDocument) document
      = dex_await_object (stall_store_load (get_store (self), self->note_id), &error);

  self->reloading = FALSE;
  if (document == NULL || stall_document_get_deleted (document))
    {
      if (document == NULL && !g_error_matches (error, STALL_ERROR, STALL_ERROR_NOT_FOUND))
        stall_desk_report (self->desk, error);
      else if (self->base != NULL || self->note == NULL)
        g_signal_emit (self, signals[SIGNAL_GONE], 0);
      return dex_future_new_true ();
    }
  if (stall_document_has_revision_of (document, self->base) || self->saving != NULL)
    return dex_future_new_true ();
  /* What is not saved yet is merged when it is. */
  if (is_edited (self))
    stall_note_editor_touch (self);
  else if (!take_document (self, document, &error))
    stall_desk_report (self->desk, error);
  return dex_future_new_true ();
}

static void
reload (StallNoteEditor *self)
{
  if (self->reloading || self->saving != NULL)
    return;
  self->reloading = TRUE;
  stall_spawn (reload_fiber, g_object_ref (self), g_object_unref);
}

static void
store_changed_cb (StallNoteEditor *self, guint kinds)
{
  if ((kinds & (1u << STALL_KIND_NOTE)) && self->base != NULL)
    reload (self);
}

/* What to write. The store joins it with what others wrote since @self->base. */
static StallDocument *
make_edit (StallNoteEditor *self, GBytes *body, StallDocument *latest)
{
  StallDocument *base = self->base != NULL ? self->base : latest;

  return stall_document_new_revision (
      self->note_id, body, base != NULL ? stall_document_get_revision (base) : NULL, FALSE);
}

/* Writes without a toast: nobody is told about every pause. */
static gboolean
write_document (StallNoteEditor *self, StallDocument *document, GError **error)
{
  gboolean first = self->base == NULL;
  g_autofree char *label
      = first ? g_strdup (_ ("New note")) : g_strdup_printf (_ ("Edit “%s”"), get_title (self));
  g_autoptr (StallChangeSet) changes = stall_change_set_new (label);
  g_autoptr (StallReceipt) receipt = NULL;

  stall_change_set_put (changes, document);
  if (g_get_monotonic_time () - self->saved_at < BURST)
    stall_change_set_continue (changes, self->change_set);
  receipt = dex_await_boxed (stall_store_apply (get_store (self), changes), error);
  if (receipt == NULL)
    return FALSE;
  /* To undo what was written into a new note does not take the note away. */
  if (first)
    return TRUE;
  self->change_set = receipt->change_set;
  self->saved_at = g_get_monotonic_time ();
  return TRUE;
}

/* One save of what is there now; FALSE when it could not be kept. */
static gboolean
save (StallNoteEditor *self, GBytes *body, GError **error)
{
  g_autoptr (StallDocument) latest
      = dex_await_object (stall_store_load (get_store (self), self->note_id), NULL);
  g_autoptr (StallDocument) document = make_edit (self, body, latest);
  gboolean merged = latest != NULL && !stall_document_has_revision_of (latest, self->base);

  if (!write_document (self, document, error))
    return FALSE;
  g_clear_object (&latest);
  latest = dex_await_object (stall_store_load (get_store (self), self->note_id), error);
  if (latest == NULL)
    return FALSE;
  if (merged)
    /* What was typed while this was written is merged once more, from the same base. */
    return is_edited_since (self, body) || take_document (self, latest, error);
  g_set_object (&self->base, latest);
  g_clear_pointer (&self->saved, g_bytes_unref);
  self->saved = g_bytes_ref (body);
  return TRUE;
}

static void
wait_for_pause (StallNoteEditor *self)
{
  gint64 began = g_get_monotonic_time ();
  gboolean hurried = FALSE;

  while (self->touched && !hurried && g_get_monotonic_time () - began < LONGEST)
    {
      self->touched = FALSE;
      dex_await (
          dex_future_first (dex_timeout_new_msec (PAUSE), dex_ref (DEX_FUTURE (self->hurry)), NULL),
          NULL);
      hurried = !dex_future_is_pending (DEX_FUTURE (self->hurry));
    }
  self->touched = FALSE;
}

static DexFuture *
save_fiber (gpointer data)
{
  StallNoteEditor *self = data;

  while (self->touched)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) body = NULL;

      self->hurry = dex_promise_new ();
      wait_for_pause (self);
      dex_clear (&self->hurry);
      body = write_body (self);
      if (g_bytes_equal (body, self->saved))
        continue;
      /* What was typed stays, and the next edit tries again. */
      if (!save (self, body, &error))
        {
          stall_desk_report (self->desk, error);
          break;
        }
    }
  self->touched = FALSE;
  dex_clear (&self->saving);
  if (self->base != NULL)
    reload (self);
  return dex_future_new_true ();
}

static DexFuture *
delete_fiber (gpointer data)
{
  StallNoteEditor *self = data;
  g_autoptr (StallChangeSet) changes = NULL;
  g_autofree char *label = NULL;

  if (self->saving != NULL)
    dex_await (dex_ref (self->saving), NULL);
  label = g_strdup_printf (_ ("Delete “%s”"), get_title (self));
  changes = stall_change_set_new (label);
  stall_change_set_delete (changes, self->note_id);
  dex_await (stall_desk_apply (self->desk, changes), NULL);
  return dex_future_new_true ();
}

static void
stall_note_editor_constructed (GObject *object)
{
  StallNoteEditor *self = STALL_NOTE_EDITOR (object);

  G_OBJECT_CLASS (stall_note_editor_parent_class)->constructed (object);

  g_signal_connect_object (get_store (self), "changed", G_CALLBACK (store_changed_cb), self,
                           G_CONNECT_SWAPPED);
  reload (self);
}

static void
stall_note_editor_dispose (GObject *object)
{
  StallNoteEditor *self = STALL_NOTE_EDITOR (object);

  g_clear_object (&self->note);
  g_clear_object (&self->base);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->saved, g_bytes_unref);
  g_clear_pointer (&self->note_id, g_free);

  G_OBJECT_CLASS (stall_note_editor_parent_class)->dispose (object);
}

static void
stall_note_editor_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  StallNoteEditor *self = STALL_NOTE_EDITOR (object);

  switch (prop_id)
    {
    case PROP_DESK:
      g_value_set_object (value, self->desk);
      break;
    case PROP_NOTE_ID:
      g_value_set_string (value, self->note_id);
      break;
    case PROP_NOTE:
      g_value_set_object (value, self->note);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
stall_note_editor_set_property (GObject *object,
                                guint prop_id,
                                const GValue *value,
                                GParamSpec *pspec)
{
  StallNoteEditor *self = STALL_NOTE_EDITOR (object);

  switch (prop_id)
    {
    case PROP_DESK:
      self->desk = g_value_dup_object (value);
      break;
    case PROP_NOTE_ID:
      self->note_id = g_value_dup_string (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
stall_note_editor_class_init (StallNoteEditorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags construct = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->constructed = stall_note_editor_constructed;
  object_class->dispose = stall_note_editor_dispose;
  object_class->get_property = stall_note_editor_get_property;
  object_class->set_property = stall_note_editor_set_property;

  /**
   * StallNoteEditor:desk:
   *
   * Whose stall the note is in.
   */
  properties[PROP_DESK] = g_param_spec_object ("desk", NULL, NULL, STALL_TYPE_DESK, construct);
  /**
   * StallNoteEditor:note-id:
   *
   * The note's id.
   */
  properties[PROP_NOTE_ID] = g_param_spec_string ("note-id", NULL, NULL, NULL, construct);
  /**
   * StallNoteEditor:note:
   *
   * The note as written; %NULL until it was read.
   */
  properties[PROP_NOTE]
      = g_param_spec_object ("note", NULL, NULL, STALL_TYPE_NOTE,
                             G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * StallNoteEditor::collect:
   *
   * The note is about to be looked at: what was typed belongs into it now.
   */
  signals[SIGNAL_COLLECT] = g_signal_new ("collect", STALL_TYPE_NOTE_EDITOR, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
  /**
   * StallNoteEditor::gone:
   *
   * The note is not there (any more).
   */
  signals[SIGNAL_GONE] = g_signal_new ("gone", STALL_TYPE_NOTE_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 0);
}

static void
stall_note_editor_init (StallNoteEditor *self)
{
  self->saved_at = G_MININT64 / 2;
}

/**
 * stall_note_editor_new:
 * @desk: what every page is handed
 * @note_id: "note:…"
 *
 * Returns: (transfer full): an editor that is reading the note
 */
StallNoteEditor *
stall_note_editor_new (StallDesk *desk, const char *note_id)
{
  g_return_val_if_fail (STALL_IS_DESK (desk), NULL);
  g_return_val_if_fail (note_id != NULL, NULL);

  return g_object_new (STALL_TYPE_NOTE_EDITOR, "desk", desk, "note-id", note_id, NULL);
}

/**
 * stall_note_editor_new_for:
 * @desk: what every page is handed
 * @note: a note that no stall has yet
 *
 * Returns: (transfer full): an editor that saves the note and then what is typed into it
 */
StallNoteEditor *
stall_note_editor_new_for (StallDesk *desk, StallNote *note)
{
  g_autoptr (StallNoteEditor) self = NULL;

  g_return_val_if_fail (STALL_IS_DESK (desk), NULL);
  g_return_val_if_fail (STALL_IS_NOTE (note), NULL);

  self = stall_note_editor_new (desk, stall_note_get_id (note));
  self->note = g_object_ref (note);
  self->saved = g_bytes_new_static ("", 0);
  stall_note_editor_touch (self);
  return g_steal_pointer (&self);
}

/**
 * stall_note_editor_get_desk:
 * @self: an editor
 *
 * Returns: (transfer none): whose stall the note is in
 */
StallDesk *
stall_note_editor_get_desk (StallNoteEditor *self)
{
  g_return_val_if_fail (STALL_IS_NOTE_EDITOR (self), NULL);

  return self->desk;
}

/**
 * stall_note_editor_get_note:
 * @self: an editor
 *
 * Returns: (transfer none) (nullable): the note as written; %NULL until it was read
 */
StallNote *
stall_note_editor_get_note (StallNoteEditor *self)
{
  g_return_val_if_fail (STALL_IS_NOTE_EDITOR (self), NULL);

  return self->note;
}

/**
 * stall_note_editor_get_note_id:
 * @self: an editor
 *
 * Returns: (transfer none): "note:…"
 */
const char *
stall_note_editor_get_note_id (StallNoteEditor *self)
{
  g_return_val_if_fail (STALL_IS_NOTE_EDITOR (self), NULL);

  return self->note_id;
}

/**
 * stall_note_editor_get_saving:
 * @self: an editor
 *
 * Returns: whether an edit is on its way into the stall
 */
gboolean
stall_note_editor_get_saving (StallNoteEditor *self)
{
  g_return_val_if_fail (STALL_IS_NOTE_EDITOR (self), FALSE);

  return self->saving != NULL;
}

/**
 * stall_note_editor_touch:
 * @self: an editor
 *
 * Says that something was typed or otherwise changed. Saves with the next pause, if anything is
 * different at all. Costs nothing: for every keystroke.
 */
void
stall_note_editor_touch (StallNoteEditor *self)
{
  g_return_if_fail (STALL_IS_NOTE_EDITOR (self));

  if (self->note == NULL)
    return;
  self->touched = TRUE;
  if (self->saving == NULL)
    {
      self->saving = stall_async (save_fiber, g_object_ref (self), g_object_unref);
      stall_desk_hold (self->desk, dex_ref (self->saving));
    }
}

/**
 * stall_note_editor_flush:
 * @self: an editor
 *
 * Saves now what would be saved soon.
 */
void
stall_note_editor_flush (StallNoteEditor *self)
{
  g_return_if_fail (STALL_IS_NOTE_EDITOR (self));

  if (self->hurry != NULL && dex_future_is_pending (DEX_FUTURE (self->hurry)))
    dex_promise_resolve_boolean (self->hurry, TRUE);
}

/**
 * stall_note_editor_settle:
 * @self: an editor
 *
 * Returns: (transfer full): a future that resolves when nothing is left to save
 */
DexFuture *
stall_note_editor_settle (StallNoteEditor *self)
{
  dex_return_error_if_fail (STALL_IS_NOTE_EDITOR (self));

  stall_note_editor_flush (self);
  return self->saving != NULL ? dex_ref (self->saving) : dex_future_new_true ();
}

/**
 * stall_note_editor_delete:
 * @self: an editor
 *
 * Takes the note out of the stall; Undo brings it back.
 */
void
stall_note_editor_delete (StallNoteEditor *self)
{
  g_return_if_fail (STALL_IS_NOTE_EDITOR (self));

  if (self->base != NULL || self->saving != NULL)
    stall_spawn (delete_fiber, g_object_ref (self), g_object_unref);
}
