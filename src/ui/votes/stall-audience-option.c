/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-audience-option.h"

#include "stall-format.h"
#include "stall-poll-words.h"
#include "stall-thumbnail.h"
#include "stall-variant.h"

#include <glib/gi18n-lib.h>

struct _StallAudienceOption
{
  GtkWidget parent_instance;

  GtkWidget *thumbnail;
  GtkWidget *words;
  GtkLabel *name;
  GtkLabel *price;
  GtkLabel *votes;
  GtkProgressBar *bar;
};

G_DEFINE_FINAL_TYPE (StallAudienceOption, stall_audience_option, GTK_TYPE_WIDGET)

static GtkLabel *
new_label (const char *css_class, float xalign)
{
  GtkLabel *label = GTK_LABEL (gtk_label_new (NULL));

  gtk_widget_add_css_class (GTK_WIDGET (label), css_class);
  gtk_label_set_xalign (label, xalign);
  return label;
}

static char *
describe_votes (const StallPollFigures *figures, guint index)
{
  gint64 votes = stall_tally_get_option_votes (figures->tally, index);
  g_autofree char *words = stall_poll_words_votes (votes);
  g_autofree char *share = NULL;

  if (stall_tally_get_votes (figures->tally) == 0)
    return g_steal_pointer (&words);
  share = stall_format_percent (stall_tally_get_option_share (figures->tally, index));
  /* Translators: what an option has got: “62 votes · 48 %” */
  return g_strdup_printf (_ ("%s · %s"), words, share);
}

static void
stall_audience_option_dispose (GObject *object)
{
  StallAudienceOption *self = STALL_AUDIENCE_OPTION (object);

  g_clear_pointer (&self->thumbnail, gtk_widget_unparent);
  g_clear_pointer (&self->words, gtk_widget_unparent);

  G_OBJECT_CLASS (stall_audience_option_parent_class)->dispose (object);
}

static void
stall_audience_option_class_init (StallAudienceOptionClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = stall_audience_option_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "audience-option");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST_ITEM);
}

static void
stall_audience_option_init (StallAudienceOption *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  self->name = new_label ("audience-name", 0);
  self->price = new_label ("dimmed", 0);
  self->votes = new_label ("numeric", 1);
  self->bar = GTK_PROGRESS_BAR (gtk_progress_bar_new ());
  self->words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  gtk_widget_set_hexpand (GTK_WIDGET (self->name), TRUE);
  gtk_label_set_wrap (self->name, TRUE);
  gtk_label_set_wrap_mode (self->name, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_ellipsize (self->price, PANGO_ELLIPSIZE_END);
  gtk_widget_set_valign (GTK_WIDGET (self->votes), GTK_ALIGN_END);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Share of the Votes"), -1);
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->name));
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->votes));
  gtk_box_append (GTK_BOX (self->words), line);
  gtk_box_append (GTK_BOX (self->words), GTK_WIDGET (self->bar));
  gtk_box_append (GTK_BOX (self->words), GTK_WIDGET (self->price));
  gtk_widget_set_valign (self->words, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (self->words, TRUE);
  gtk_widget_set_parent (self->words, GTK_WIDGET (self));
}

/**
 * stall_audience_option_new:
 * @store: whose pictures
 *
 * Returns: (transfer floating): an option that shows nothing yet
 */
GtkWidget *
stall_audience_option_new (StallStore *store)
{
  StallAudienceOption *self = g_object_new (STALL_TYPE_AUDIENCE_OPTION, NULL);

  self->thumbnail
      = g_object_new (STALL_TYPE_THUMBNAIL, "store", store, "size", 96, "ratio", 0.75, NULL);
  gtk_widget_set_valign (self->thumbnail, GTK_ALIGN_CENTER);
  gtk_widget_insert_after (self->thumbnail, GTK_WIDGET (self), NULL);
  return GTK_WIDGET (self);
}

/* An audience is shown no empty frames: where only some options have a picture, the others keep its
 * place free. */
static void
show_picture (StallAudienceOption *self, const StallPollFigures *figures, guint index)
{
  const char *cover = figures->options[index].cover;
  gboolean any = FALSE;

  for (guint i = 0; i < figures->n_options; i++)
    any = any || figures->options[i].cover != NULL;
  stall_thumbnail_set_digest (STALL_THUMBNAIL (self->thumbnail), cover);
  gtk_widget_set_visible (self->thumbnail, any);
  gtk_widget_set_opacity (self->thumbnail, cover != NULL ? 1 : 0);
}

/**
 * stall_audience_option_show:
 * @self: an option
 * @figures: how its poll stands
 * @index: which option
 * @with_votes: whether the audience may see what it has got
 */
void
stall_audience_option_show (StallAudienceOption *self,
                            const StallPollFigures *figures,
                            guint index,
                            gboolean with_votes)
{
  const StallPollOption *option = stall_poll_get_option (figures->poll, index);
  g_autofree char *votes = describe_votes (figures, index);
  g_autofree char *price = NULL;

  g_return_if_fail (STALL_IS_AUDIENCE_OPTION (self));

  if (option->price != STALL_PRICE_NONE && option->currency != NULL)
    price = stall_format_money (option->price, option->currency);
  show_picture (self, figures, index);
  gtk_label_set_text (self->name, option->label);
  gtk_label_set_text (self->price, price != NULL ? price : "");
  gtk_widget_set_visible (GTK_WIDGET (self->price), price != NULL);
  gtk_label_set_text (self->votes, votes);
  gtk_widget_set_visible (GTK_WIDGET (self->votes), with_votes);
  gtk_progress_bar_set_fraction (self->bar, stall_tally_get_option_share (figures->tally, index));
  gtk_widget_set_visible (GTK_WIDGET (self->bar), with_votes);
}

/**
 * stall_audience_option_set_picture_width:
 * @self: an option
 * @width: px
 */
void
stall_audience_option_set_picture_width (StallAudienceOption *self, int width)
{
  g_return_if_fail (STALL_IS_AUDIENCE_OPTION (self));

  g_object_set (self->thumbnail, "size", width, NULL);
}
