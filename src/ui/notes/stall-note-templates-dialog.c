/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-note-templates-dialog.h"

#include "stall-markdown.h"
#include "stall-note.h"

#include <glib/gi18n-lib.h>

#define EXCERPT 60 /* characters */

struct _StallNoteTemplatesDialog
{
  AdwDialog parent_instance;

  StallDesk *desk;
  GPtrArray *own_rows; /* GtkWidget */

  AdwPreferencesGroup *group;
  AdwPreferencesGroup *own_group;
};

enum
{
  SIGNAL_CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StallNoteTemplatesDialog, stall_note_templates_dialog, ADW_TYPE_DIALOG)

static GtkWidget *
new_row (const char *title, const char *subtitle)
{
  return g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title", title, "subtitle",
                       subtitle, "subtitle-lines", 2, "activatable", TRUE, NULL);
}

static void
activated_cb (StallNoteTemplatesDialog *self, AdwActionRow *row)
{
  StallNoteTemplate template
      = (StallNoteTemplate) GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "template"));

  const char *own = g_object_get_data (G_OBJECT (row), "body");
  g_autofree char *body
      = own != NULL ? g_strdup (own) : stall_note_template_dup_body (template, NULL);
  g_autoptr (StallNote) note = stall_note_new ();

  stall_note_set_template (note, template);
  stall_note_set_body (note, body);
  adw_dialog_close (ADW_DIALOG (self));
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, note);
}

static void
remove_cb (StallNoteTemplatesDialog *self, GtkWidget *button)
{
  const char *name = g_object_get_data (G_OBJECT (button), "name");
  g_autofree char *label = g_strdup_printf (_ ("Remove the template “%s”"), name);
  g_autoptr (StallChangeSet) changes = stall_change_set_new (label);
  g_autoptr (StallDocument) before = stall_profile_to_document (stall_desk_get_profile (self->desk),
                                                                stall_desk_get_device (self->desk));
  g_autoptr (StallProfile) profile = stall_profile_new_from_document (before, NULL);
  g_autoptr (StallDocument) document = NULL;

  g_return_if_fail (profile != NULL);

  stall_profile_remove_template (profile, g_object_get_data (G_OBJECT (button), "id"));
  document = stall_profile_to_document (profile, stall_desk_get_device (self->desk));
  stall_change_set_put (changes, document);
  dex_future_disown (stall_desk_apply (self->desk, changes));
}

static GtkWidget *
new_own_row (StallNoteTemplatesDialog *self, const StallOwnTemplate *own)
{
  g_autoptr (StallMarkdown) markdown = stall_markdown_parse (own->body, NULL);
  g_autofree char *excerpt
      = markdown != NULL ? stall_markdown_dup_excerpt (markdown, EXCERPT) : g_strdup ("");
  g_autofree char *tooltip = g_strdup_printf (_ ("Remove “%s”"), own->name);
  GtkWidget *row = new_row (own->name, excerpt);
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, tooltip);
  g_object_set_data_full (G_OBJECT (button), "id", g_strdup (own->id), g_free);
  g_object_set_data_full (G_OBJECT (button), "name", g_strdup (own->name), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  g_object_set_data (G_OBJECT (row), "template", GUINT_TO_POINTER (STALL_TEMPLATE_OWN));
  g_object_set_data_full (G_OBJECT (row), "body", g_strdup (own->body), g_free);
  return row;
}

static void
show_own (StallNoteTemplatesDialog *self)
{
  g_autoptr (GPtrArray) own = stall_profile_dup_templates (stall_desk_get_profile (self->desk));

  for (guint i = 0; i < self->own_rows->len; i++)
    adw_preferences_group_remove (self->own_group, g_ptr_array_index (self->own_rows, i));
  g_ptr_array_set_size (self->own_rows, 0);
  for (guint i = 0; i < own->len; i++)
    {
      GtkWidget *row = new_own_row (self, g_ptr_array_index (own, i));

      g_signal_connect_object (row, "activated", G_CALLBACK (activated_cb), self,
                               G_CONNECT_SWAPPED);
      adw_preferences_group_add (self->own_group, row);
      g_ptr_array_add (self->own_rows, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->own_group), own->len > 0);
}

static void
stall_note_templates_dialog_dispose (GObject *object)
{
  StallNoteTemplatesDialog *self = STALL_NOTE_TEMPLATES_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), STALL_TYPE_NOTE_TEMPLATES_DIALOG);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->own_rows, g_ptr_array_unref);

  G_OBJECT_CLASS (stall_note_templates_dialog_parent_class)->dispose (object);
}

static void
stall_note_templates_dialog_class_init (StallNoteTemplatesDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = stall_note_templates_dialog_dispose;

  /**
   * StallNoteTemplatesDialog::chosen:
   * @note: a new note that begins as the template does
   *
   * The person knows how to begin.
   */
  signals[SIGNAL_CHOSEN]
      = g_signal_new ("chosen", STALL_TYPE_NOTE_TEMPLATES_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                      NULL, G_TYPE_NONE, 1, STALL_TYPE_NOTE);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/stall_app/Stall/notes/stall-note-templates-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, StallNoteTemplatesDialog, group);
  gtk_widget_class_bind_template_child (widget_class, StallNoteTemplatesDialog, own_group);
}

static void
stall_note_templates_dialog_init (StallNoteTemplatesDialog *self)
{
  self->own_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < STALL_TEMPLATE_OWN; i++)
    {
      GtkWidget *row
          = new_row (stall_note_template_get_label (i), stall_note_template_get_description (i));

      g_object_set_data (G_OBJECT (row), "template", GUINT_TO_POINTER (i));
      g_signal_connect_object (row, "activated", G_CALLBACK (activated_cb), self,
                               G_CONNECT_SWAPPED);
      adw_preferences_group_add (self->group, row);
      if (i == 0)
        adw_dialog_set_focus (ADW_DIALOG (self), row);
    }
}

/**
 * stall_note_templates_dialog_new:
 * @desk: what every page is handed
 *
 * Makes a dialog that asks what a new note begins as.
 *
 * Returns: (transfer floating): the dialog
 */
AdwDialog *
stall_note_templates_dialog_new (StallDesk *desk)
{
  StallNoteTemplatesDialog *self;

  g_return_val_if_fail (STALL_IS_DESK (desk), NULL);

  self = g_object_new (STALL_TYPE_NOTE_TEMPLATES_DIALOG, NULL);
  self->desk = g_object_ref (desk);
  g_signal_connect_object (desk, "notify::profile", G_CALLBACK (show_own), self, G_CONNECT_SWAPPED);
  show_own (self);
  return ADW_DIALOG (self);
}
