/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-note-intake.h"

#include "stall-async.h"
#include "stall-markdown.h"
#include "stall-picture-copy.h"
#include "stall-picture-file.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _StallNoteIntake
{
  GObject parent_instance;

  StallNoteEditor *editor;
  StallNoteText *text;
  GQueue waiting;       /* Given */
  DexFuture *under_way; /* NULL: nothing is */
};

/* What was given and where it belongs. */
typedef struct
{
  GObject *source; /* GFile or GdkTexture */
  GtkTextMark *mark;
} Given;

enum
{
  PROP_0,
  PROP_BUSY,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (StallNoteIntake, stall_note_intake, G_TYPE_OBJECT)

static void
given_free (Given *given)
{
  GtkTextBuffer *buffer = gtk_text_mark_get_buffer (given->mark);

  if (buffer != NULL)
    gtk_text_buffer_delete_mark (buffer, given->mark);
  g_object_unref (given->mark);
  g_object_unref (given->source);
  g_free (given);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Given, given_free)

/* The file's own name, with the suffix of what it became. */
static char *
make_name (GObject *source, const StallPictureCopy *copy)
{
  g_autofree char *name
      = G_IS_FILE (source) ? g_file_get_basename (G_FILE (source)) : g_strdup (_ ("picture"));
  char *dot = strrchr (name, '.');

  if (dot != NULL && dot != name)
    *dot = '\0';
  return g_strconcat (name, stall_picture_copy_get_suffix (copy), NULL);
}

/* Called in a fiber. */
static gboolean
take (StallNoteIntake *self, const Given *given, GError **error)
{
  StallDesk *desk = stall_note_editor_get_desk (self->editor);
  StallStore *store = stall_desk_get_store (desk);
  g_autoptr (StallPictureCopy) copy
      = stall_picture_copy_take (given->source, stall_desk_get_settings (desk), error);
  g_autofree char *digest
      = copy != NULL ? dex_await_string (stall_store_attach (store, copy->bytes), error) : NULL;
  StallNote *note = stall_note_editor_get_note (self->editor);
  g_autofree char *suggested = NULL;
  g_autofree char *name = NULL;
  g_autofree char *markdown = NULL;

  if (digest == NULL)
    return FALSE;
  suggested = make_name (given->source, copy);
  name = stall_note_add_picture (note, suggested, copy->content_type,
                                 (gint64) g_bytes_get_size (copy->bytes), digest);
  markdown = stall_markdown_write_picture ("", name);
  stall_note_text_insert_block (self->text, given->mark, markdown);
  stall_note_editor_touch (self->editor);
  return TRUE;
}

static DexFuture *
take_fiber (gpointer data)
{
  StallNoteIntake *self = data;

  while (!g_queue_is_empty (&self->waiting))
    {
      g_autoptr (Given) given = g_queue_pop_head (&self->waiting);
      g_autoptr (GError) error = NULL;

      if (!take (self, given, &error))
        stall_desk_report (stall_note_editor_get_desk (self->editor), error);
    }
  dex_clear (&self->under_way);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
  return dex_future_new_true ();
}

static void
stall_note_intake_dispose (GObject *object)
{
  StallNoteIntake *self = STALL_NOTE_INTAKE (object);

  g_queue_clear_full (&self->waiting, (GDestroyNotify) given_free);
  g_clear_object (&self->text);
  g_clear_object (&self->editor);

  G_OBJECT_CLASS (stall_note_intake_parent_class)->dispose (object);
}

static void
stall_note_intake_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_BUSY:
      g_value_set_boolean (value, stall_note_intake_get_busy (STALL_NOTE_INTAKE (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
stall_note_intake_class_init (StallNoteIntakeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = stall_note_intake_dispose;
  object_class->get_property = stall_note_intake_get_property;

  /**
   * StallNoteIntake:busy:
   *
   * Whether a picture is on its way.
   */
  properties[PROP_BUSY]
      = g_param_spec_boolean ("busy", NULL, NULL, FALSE,
                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
stall_note_intake_init (StallNoteIntake *self)
{
  g_queue_init (&self->waiting);
}

/**
 * stall_note_intake_new:
 * @editor: of the note
 * @text: where it is written
 *
 * Returns: (transfer full): a way in for pictures
 */
StallNoteIntake *
stall_note_intake_new (StallNoteEditor *editor, StallNoteText *text)
{
  StallNoteIntake *self;

  g_return_val_if_fail (STALL_IS_NOTE_EDITOR (editor), NULL);
  g_return_val_if_fail (STALL_IS_NOTE_TEXT (text), NULL);

  self = g_object_new (STALL_TYPE_NOTE_INTAKE, NULL);
  self->editor = g_object_ref (editor);
  self->text = g_object_ref (text);
  return self;
}

/**
 * stall_note_intake_add:
 * @self: a way in
 * @source: a #GFile or #GdkTexture
 *
 * Takes a picture in where the cursor is now. What cannot be taken is reported to the person. The
 * stall stays open until it is done.
 */
void
stall_note_intake_add (StallNoteIntake *self, GObject *source)
{
  GtkTextBuffer *buffer;
  GtkTextIter cursor;
  Given *given;

  g_return_if_fail (STALL_IS_NOTE_INTAKE (self));
  g_return_if_fail (G_IS_FILE (source) || GDK_IS_TEXTURE (source));

  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text));
  gtk_text_buffer_get_iter_at_mark (buffer, &cursor, gtk_text_buffer_get_insert (buffer));
  given = g_new0 (Given, 1);
  given->source = g_object_ref (source);
  given->mark = g_object_ref (gtk_text_buffer_create_mark (buffer, NULL, &cursor, FALSE));
  g_queue_push_tail (&self->waiting, given);
  if (self->under_way != NULL)
    return;
  self->under_way = stall_async (take_fiber, g_object_ref (self), g_object_unref);
  stall_desk_hold (stall_note_editor_get_desk (self->editor), dex_ref (self->under_way));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

/**
 * stall_note_intake_get_busy:
 * @self: a way in
 *
 * Returns: whether a picture is on its way
 */
gboolean
stall_note_intake_get_busy (StallNoteIntake *self)
{
  g_return_val_if_fail (STALL_IS_NOTE_INTAKE (self), FALSE);

  return self->under_way != NULL;
}

/**
 * stall_note_intake_settle:
 * @self: a way in
 *
 * Returns: (transfer full): a future that resolves when no picture is on its way
 */
DexFuture *
stall_note_intake_settle (StallNoteIntake *self)
{
  dex_return_error_if_fail (STALL_IS_NOTE_INTAKE (self));

  return self->under_way != NULL ? dex_ref (self->under_way) : dex_future_new_true ();
}
