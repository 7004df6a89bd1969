/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-note-indenter.h"

#include "stall-note-markup.h"

struct _StallNoteIndenter
{
  GObject parent_instance;
};

static gboolean
is_trigger (GtkSourceIndenter *indenter,
            GtkSourceView *view,
            const GtkTextIter *location,
            GdkModifierType state,
            guint keyval)
{
  return (state & gtk_accelerator_get_default_mod_mask ()) == 0
         && (keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter);
}

static void
indent (GtkSourceIndenter *indenter, GtkSourceView *view, GtkTextIter *iter)
{
  stall_note_markup_go_on (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), iter);
}

static void
stall_note_indenter_iface_init (GtkSourceIndenterInterface *iface)
{
  iface->is_trigger = is_trigger;
  iface->indent = indent;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (StallNoteIndenter,
                               stall_note_indenter,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GTK_SOURCE_TYPE_INDENTER,
                                                      stall_note_indenter_iface_init))

static void
stall_note_indenter_class_init (StallNoteIndenterClass *klass)
{
}

static void
stall_note_indenter_init (StallNoteIndenter *self)
{
}

/**
 * stall_note_indenter_new:
 *
 * Returns: (transfer full): what goes on with lists
 */
GtkSourceIndenter *
stall_note_indenter_new (void)
{
  return g_object_new (STALL_TYPE_NOTE_INDENTER, NULL);
}
