/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-share-row.h"

struct _StallShareRow
{
  GtkListBoxRow parent_instance;

  GtkLabel *name;
  GtkLabel *detail;
  GtkLabel *amount;
  GtkProgressBar *bar;
};

G_DEFINE_FINAL_TYPE (StallShareRow, stall_share_row, GTK_TYPE_LIST_BOX_ROW)

static void
stall_share_row_class_init (StallShareRowClass *klass)
{
}

static void
stall_share_row_init (StallShareRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->name = GTK_LABEL (gtk_label_new (NULL));
  self->detail = GTK_LABEL (gtk_label_new (NULL));
  self->amount = GTK_LABEL (gtk_label_new (NULL));
  /* The share is in the detail in words; a second reading of the same would be noise. */
  self->bar = g_object_new (GTK_TYPE_PROGRESS_BAR, "accessible-role",
                            GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  gtk_label_set_xalign (self->detail, 0);
  gtk_label_set_ellipsize (self->detail, PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (GTK_WIDGET (self->detail), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->detail), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->detail), "dimmed");
  gtk_widget_add_css_class (GTK_WIDGET (self->amount), "numeric");
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->name));
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->detail));
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->amount));
  gtk_box_append (GTK_BOX (box), line);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->bar));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  gtk_widget_add_css_class (GTK_WIDGET (self), "share-row");
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                  self->name, self->detail, self->amount, NULL, -1);
}

/**
 * stall_share_row_new:
 *
 * Returns: (transfer floating): an empty row
 */
GtkWidget *
stall_share_row_new (void)
{
  return g_object_new (STALL_TYPE_SHARE_ROW, NULL);
}

/**
 * stall_share_row_set:
 * @self: a row
 * @name: of the part
 * @detail: more about it, with its share in words
 * @amount: written out
 * @share: 0 … 1
 *
 * Shows a part.
 */
void
stall_share_row_set (StallShareRow *self,
                     const char *name,
                     const char *detail,
                     const char *amount,
                     double share)
{
  g_return_if_fail (STALL_IS_SHARE_ROW (self));

  gtk_label_set_text (self->name, name);
  gtk_label_set_text (self->detail, detail);
  gtk_label_set_text (self->amount, amount);
  gtk_progress_bar_set_fraction (self->bar, CLAMP (share, 0, 1));
}
