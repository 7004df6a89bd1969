/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-today-row.h"

struct _StallTodayRow
{
  GtkListBoxRow parent_instance;

  GtkWidget *picture; /* or NULL */
  GtkLabel *title;
  GtkLabel *subtitle;
  GtkLabel *detail;
  char *id;          /* or NULL: leads nowhere */
  const char *style; /* of the detail; static, or NULL */
};

G_DEFINE_FINAL_TYPE (StallTodayRow, stall_today_row, GTK_TYPE_LIST_BOX_ROW)

static GtkLabel *
add_label (GtkWidget *box)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), label);
  return GTK_LABEL (label);
}

static void
stall_today_row_finalize (GObject *object)
{
  g_free (STALL_TODAY_ROW (object)->id);

  G_OBJECT_CLASS (stall_today_row_parent_class)->finalize (object);
}

static void
stall_today_row_class_init (StallTodayRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = stall_today_row_finalize;
}

static void
stall_today_row_init (StallTodayRow *self)
{
  GtkWidget *header = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  /* The classes and their nesting are what libadwaita's style knows an action row by. */
  gtk_widget_add_css_class (header, "header");
  gtk_widget_add_css_class (words, "title");
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  self->title = add_label (words);
  self->subtitle = add_label (words);
  gtk_widget_add_css_class (GTK_WIDGET (self->subtitle), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->subtitle), "dimmed");
  self->detail = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->detail), "numeric");
  gtk_box_append (GTK_BOX (header), words);
  gtk_box_append (GTK_BOX (header), GTK_WIDGET (self->detail));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), header);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                  self->title, self->subtitle, self->detail, NULL, -1);
}

/**
 * stall_today_row_new:
 * @picture: (nullable): what stands before the words
 * @lines: how many the title may take
 *
 * Returns: (transfer floating): an empty row
 */
GtkWidget *
stall_today_row_new (GtkWidget *picture, int lines)
{
  StallTodayRow *self = g_object_new (STALL_TYPE_TODAY_ROW, NULL);

  gtk_label_set_lines (self->title, lines);
  gtk_label_set_wrap (self->title, lines > 1);
  self->picture = picture;
  if (picture != NULL)
    {
      gtk_widget_set_valign (picture, GTK_ALIGN_CENTER);
      gtk_widget_set_margin_end (picture, 6);
      gtk_box_prepend (GTK_BOX (gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (self))), picture);
    }
  return GTK_WIDGET (self);
}

/**
 * stall_today_row_get_picture:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): the picture it was made with
 */
GtkWidget *
stall_today_row_get_picture (StallTodayRow *self)
{
  g_return_val_if_fail (STALL_IS_TODAY_ROW (self), NULL);

  return self->picture;
}

/**
 * stall_today_row_get_id:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): the thing that it leads to
 */
const char *
stall_today_row_get_id (StallTodayRow *self)
{
  g_return_val_if_fail (STALL_IS_TODAY_ROW (self), NULL);

  return self->id;
}

/**
 * stall_today_row_set:
 * @self: a row
 * @id: (nullable): of the thing that it leads to; %NULL: nowhere
 * @title: what it is
 * @subtitle: more about it; may be empty
 *
 * Shows a thing.
 */
void
stall_today_row_set (StallTodayRow *self, const char *id, const char *title, const char *subtitle)
{
  g_return_if_fail (STALL_IS_TODAY_ROW (self));
  g_return_if_fail (title != NULL && subtitle != NULL);

  g_set_str (&self->id, id);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), id != NULL);
  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->subtitle, subtitle);
  gtk_widget_set_visible (GTK_WIDGET (self->subtitle), *subtitle != '\0');
}

/**
 * stall_today_row_set_detail:
 * @self: a row
 * @detail: what stands at the end of it
 * @style: (nullable): a static style class for it
 *
 * Shows how long the thing has, or since when it is.
 */
void
stall_today_row_set_detail (StallTodayRow *self, const char *detail, const char *style)
{
  g_return_if_fail (STALL_IS_TODAY_ROW (self));

  gtk_label_set_text (self->detail, detail);
  if (self->style != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (self->detail), self->style);
  if (style != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->detail), style);
  self->style = style;
}
