/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-note-details-dialog.h"

#include "stall-chips.h"
#include "stall-crop-view.h"
#include "stall-echo-view.h"
#include "stall-product-card.h"
#include "stall-thumbnail.h"
#include "stall-variant-matrix.h"

#include <glib/gi18n-lib.h>

#define PICTURE 64

struct _StallNoteDetailsDialog
{
  AdwDialog parent_instance;

  StallNoteEditor *editor;
  gboolean quiet; /* the widgets are being set, not used */

  StallChips *chips;
  GtkEditable *topic_row;
  GtkWidget *cover_group;
  StallCropView *crop_view;
  AdwWrapBox *covers;
  GtkWidget *products_group;
  GtkBox *products;
  GtkWidget *echo_group;
  AdwBin *echo;
};

G_DEFINE_FINAL_TYPE (StallNoteDetailsDialog, stall_note_details_dialog, ADW_TYPE_DIALOG)

static StallNote *
get_note (StallNoteDetailsDialog *self)
{
  return stall_note_editor_get_note (self->editor);
}

static StallDesk *
get_desk (StallNoteDetailsDialog *self)
{
  return stall_note_editor_get_desk (self->editor);
}

/* --- topics --- */

static void
show_topics (StallNoteDetailsDialog *self)
{
  g_auto (GStrv) topics = stall_note_dup_topics (get_note (self));

  stall_chips_clear (self->chips);
  for (guint i = 0; topics[i] != NULL; i++)
    {
      g_autofree char *label = g_strconcat ("#", topics[i], NULL);

      stall_chips_add (self->chips, topics[i], label);
    }
}

static void
set_topics (StallNoteDetailsDialog *self, GStrvBuilder *builder)
{
  g_auto (GStrv) topics = g_strv_builder_end (builder);

  stall_note_set_topics (get_note (self), (const char *const *) topics);
  show_topics (self);
  stall_note_editor_touch (self->editor);
}

static void
topic_removed_cb (StallNoteDetailsDialog *self, const char *topic)
{
  g_autoptr (GStrvBuilder) left = g_strv_builder_new ();
  g_auto (GStrv) topics = stall_note_dup_topics (get_note (self));

  for (guint i = 0; topics[i] != NULL; i++)
    if (!g_str_equal (topics[i], topic))
      g_strv_builder_add (left, topics[i]);
  set_topics (self, left);
}

static void
topics_added_cb (StallNoteDetailsDialog *self)
{
  g_autoptr (GStrvBuilder) all = g_strv_builder_new ();
  g_auto (GStrv) topics = NULL;
  g_auto (GStrv) typed = NULL;

  if (*gtk_editable_get_text (self->topic_row) == '\0')
    return;
  topics = stall_note_dup_topics (get_note (self));
  typed = stall_matrix_split (gtk_editable_get_text (self->topic_row));
  g_strv_builder_addv (all, (const char **) topics);
  g_strv_builder_addv (all, (const char **) typed);
  gtk_editable_set_text (self->topic_row, "");
  set_topics (self, all);
}

/* --- the cover --- */

static void
show_crop (StallNoteDetailsDialog *self)
{
  g_autofree char *cover = stall_note_dup_cover (get_note (self));
  g_autofree char *digest = cover != NULL ? stall_note_find_picture (get_note (self), cover) : NULL;
  StallCrop crop;

  stall_crop_view_show (self->crop_view, digest,
                        stall_note_get_crop (get_note (self), &crop) ? &crop : NULL);
}

static void
crop_changed_cb (StallNoteDetailsDialog *self)
{
  stall_note_set_crop (get_note (self), stall_crop_view_get_crop (self->crop_view));
  stall_note_editor_touch (self->editor);
}

static void
cover_chosen_cb (StallNoteDetailsDialog *self, GParamSpec *pspec, GtkToggleButton *button)
{
  if (self->quiet || !gtk_toggle_button_get_active (button))
    return;
  stall_note_set_cover (get_note (self), g_object_get_data (G_OBJECT (button), "picture"));
  stall_note_set_crop (get_note (self), NULL);
  show_crop (self);
  stall_note_editor_touch (self->editor);
}

static GtkWidget *
new_cover_button (StallNoteDetailsDialog *self, const StallNotePicture *picture, guint number)
{
  GtkWidget *button = gtk_toggle_button_new ();
  GtkWidget *thumbnail = stall_thumbnail_new (stall_desk_get_store (get_desk (self)), PICTURE);
  g_autofree char *label = *picture->alt != '\0' ? g_strdup (picture->alt)
                                                 /* Translators: %u counts pictures from 1 */
                                                 : g_strdup_printf (_ ("Picture %u"), number);

  stall_thumbnail_set_digest (STALL_THUMBNAIL (thumbnail), picture->digest);
  gtk_button_set_child (GTK_BUTTON (button), thumbnail);
  gtk_widget_add_css_class (button, "cover-choice");
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  g_object_set_data_full (G_OBJECT (button), "picture", g_strdup (picture->name), g_free);
  return button;
}

static void
show_covers (StallNoteDetailsDialog *self)
{
  g_autoptr (GPtrArray) pictures = stall_note_dup_pictures (get_note (self));
  g_autofree char *cover = stall_note_dup_cover (get_note (self));
  GtkWidget *child, *first = NULL;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->covers))) != NULL)
    adw_wrap_box_remove (self->covers, child);
  for (guint i = 0; i < pictures->len; i++)
    {
      const StallNotePicture *picture = g_ptr_array_index (pictures, i);
      GtkWidget *button = new_cover_button (self, picture, i + 1);

      if (first != NULL)
        gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), GTK_TOGGLE_BUTTON (first));
      else
        first = button;
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button),
                                    g_strcmp0 (picture->name, cover) == 0);
      g_signal_connect_object (button, "notify::active", G_CALLBACK (cover_chosen_cb), self,
                               G_CONNECT_SWAPPED);
      adw_wrap_box_append (self->covers, button);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->covers), pictures->len > 1);
  gtk_widget_set_visible (self->cover_group, pictures->len > 0);
  show_crop (self);
}

/* --- products --- */

static void
card_clicked_cb (StallNoteDetailsDialog *self, StallProductCard *card)
{
  g_autofree char *product = g_strdup (stall_product_card_get_product (card));
  g_autoptr (StallDesk) desk = g_object_ref (get_desk (self));

  adw_dialog_close (ADW_DIALOG (self));
  stall_desk_open (desk, product);
}

static void
show_products (StallNoteDetailsDialog *self)
{
  g_auto (GStrv) links = stall_note_dup_links (get_note (self));
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->products))) != NULL)
    gtk_box_remove (self->products, child);
  for (guint i = 0; links[i] != NULL; i++)
    {
      GtkWidget *card = stall_product_card_new (stall_desk_get_store (get_desk (self)), links[i]);

      g_signal_connect_object (card, "clicked", G_CALLBACK (card_clicked_cb), self,
                               G_CONNECT_SWAPPED);
      gtk_box_append (self->products, card);
    }
  gtk_widget_set_visible (self->products_group, links[0] != NULL);
}

static void
show_note (StallNoteDetailsDialog *self)
{
  if (get_note (self) == NULL)
    return;
  self->quiet = TRUE;
  show_topics (self);
  show_covers (self);
  show_products (self);
  gtk_widget_set_visible (self->echo_group,
                          stall_note_get_state (get_note (self)) == STALL_NOTE_PUBLISHED);
  self->quiet = FALSE;
}

static void
stall_note_details_dialog_closed (AdwDialog *dialog)
{
  StallNoteDetailsDialog *self = STALL_NOTE_DETAILS_DIALOG (dialog);

  topics_added_cb (self);
  stall_note_editor_flush (self->editor);
}

static void
stall_note_details_dialog_dispose (GObject *object)
{
  StallNoteDetailsDialog *self = STALL_NOTE_DETAILS_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), STALL_TYPE_NOTE_DETAILS_DIALOG);
  g_clear_object (&self->editor);

  G_OBJECT_CLASS (stall_note_details_dialog_parent_class)->dispose (object);
}

static void
stall_note_details_dialog_class_init (StallNoteDetailsDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = stall_note_details_dialog_dispose;
  ADW_DIALOG_CLASS (klass)->closed = stall_note_details_dialog_closed;

  g_type_ensure (STALL_TYPE_CHIPS);
  g_type_ensure (STALL_TYPE_CROP_VIEW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/stall_app/Stall/notes/stall-note-details-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, StallNoteDetailsDialog, chips);
  gtk_widget_class_bind_template_child (widget_class, StallNoteDetailsDialog, topic_row);
  gtk_widget_class_bind_template_child (widget_class, StallNoteDetailsDialog, cover_group);
  gtk_widget_class_bind_template_child (widget_class, StallNoteDetailsDialog, crop_view);
  gtk_widget_class_bind_template_child (widget_class, StallNoteDetailsDialog, covers);
  gtk_widget_class_bind_template_child (widget_class, StallNoteDetailsDialog, products_group);
  gtk_widget_class_bind_template_child (widget_class, StallNoteDetailsDialog, products);
  gtk_widget_class_bind_template_child (widget_class, StallNoteDetailsDialog, echo_group);
  gtk_widget_class_bind_template_child (widget_class, StallNoteDetailsDialog, echo);
  gtk_widget_class_bind_template_callback (widget_class, topic_removed_cb);
  gtk_widget_class_bind_template_callback (widget_class, topics_added_cb);
  gtk_widget_class_bind_template_callback (widget_class, crop_changed_cb);
}

static void
stall_note_details_dialog_init (StallNoteDetailsDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * stall_note_details_dialog_present:
 * @parent: over what the dialog is shown
 * @editor: of a note that was read
 *
 * Shows what belongs to a note beside its words.
 */
void
stall_note_details_dialog_present (GtkWidget *parent, StallNoteEditor *editor)
{
  StallNoteDetailsDialog *self;
  GtkWidget *echo;

  g_return_if_fail (GTK_IS_WIDGET (parent));
  g_return_if_fail (STALL_IS_NOTE_EDITOR (editor));
  g_return_if_fail (stall_note_editor_get_note (editor) != NULL);

  self = g_object_new (STALL_TYPE_NOTE_DETAILS_DIALOG, NULL);
  self->editor = g_object_ref (editor);
  stall_crop_view_set_store (self->crop_view, stall_desk_get_store (get_desk (self)));
  echo = stall_echo_view_new (get_desk (self));
  stall_echo_view_set_subject (STALL_ECHO_VIEW (echo), stall_note_editor_get_note_id (editor));
  adw_bin_set_child (self->echo, echo);
  g_signal_connect_object (editor, "notify::note", G_CALLBACK (show_note), self, G_CONNECT_SWAPPED);
  show_note (self);
  adw_dialog_present (ADW_DIALOG (self), parent);
}
