/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-sidebar-row.h"

#include "stall-format.h"

struct _StallSidebarRow
{
  GtkListBoxRow parent_instance;

  GtkImage *icon;
  GtkLabel *title;
  GtkLabel *badge;
};

G_DEFINE_FINAL_TYPE (StallSidebarRow, stall_sidebar_row, GTK_TYPE_LIST_BOX_ROW)

static void
stall_sidebar_row_class_init (StallSidebarRowClass *klass)
{
}

static void
stall_sidebar_row_init (StallSidebarRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  self->icon = GTK_IMAGE (gtk_image_new ());
  self->title = GTK_LABEL (gtk_label_new (NULL));
  self->badge = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_set_hexpand (GTK_WIDGET (self->title), TRUE);
  gtk_label_set_xalign (self->title, 0);
  gtk_label_set_ellipsize (self->title, PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (GTK_WIDGET (self->badge), "badge");
  gtk_widget_add_css_class (GTK_WIDGET (self->badge), "numeric");
  gtk_widget_set_valign (GTK_WIDGET (self->badge), GTK_ALIGN_CENTER);
  gtk_widget_set_visible (GTK_WIDGET (self->badge), FALSE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->icon));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->title));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->badge));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                  self->title, NULL, -1);
}

/**
 * stall_sidebar_row_new:
 * @icon: name of an icon
 * @title: of the section
 *
 * Returns: (transfer floating): a new row
 */
GtkWidget *
stall_sidebar_row_new (const char *icon, const char *title)
{
  StallSidebarRow *self = g_object_new (STALL_TYPE_SIDEBAR_ROW, NULL);

  gtk_image_set_from_icon_name (self->icon, icon);
  gtk_label_set_text (self->title, title);
  return GTK_WIDGET (self);
}

/**
 * stall_sidebar_row_set_count:
 * @self: a row
 * @count: how many things wait; 0 shows nothing
 * @meaning: the same in words
 *
 * Shows how much there is to do in a section.
 */
void
stall_sidebar_row_set_count (StallSidebarRow *self, guint count, const char *meaning)
{
  g_autofree char *text = stall_format_count (count);

  g_return_if_fail (STALL_IS_SIDEBAR_ROW (self));

  gtk_label_set_text (self->badge, text);
  gtk_widget_set_visible (GTK_WIDGET (self->badge), count > 0);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), count > 0 ? meaning : NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  count > 0 ? meaning : "", -1);
}
