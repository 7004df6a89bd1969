/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-tally-row.h"

#include "stall-format.h"
#include "stall-poll-words.h"
#include "stall-tally-bar.h"
#include "stall-thumbnail.h"

#include <glib/gi18n-lib.h>

#define PICTURE 56

struct _StallTallyRow
{
  GtkListBoxRow parent_instance;

  StallThumbnail *picture;
  GtkLabel *label;
  GtkWidget *leads; /* a mark, so that the leader is not told by the length of its bar alone */
  GtkLabel *votes;
  GtkLabel *share;
  StallTallyBar *bar;
  GtkLabel *range;
  GtkLabel *deposits;
  GtkLabel *terms;
};

G_DEFINE_FINAL_TYPE (StallTallyRow, stall_tally_row, GTK_TYPE_LIST_BOX_ROW)

static void
set_label (GtkLabel *label, const char *text)
{
  gtk_label_set_label (label, text);
  gtk_widget_set_visible (GTK_WIDGET (label), *text != '\0');
}

static void
show_counts (StallTallyRow *self, StallTally *tally, guint option)
{
  gint64 paid = stall_tally_get_option_deposits (tally, option);
  g_autofree char *votes = stall_poll_words_votes (stall_tally_get_option_votes (tally, option));
  g_autofree char *share = stall_format_percent (stall_tally_get_option_share (tally, option));
  g_autofree char *range = stall_poll_words_range (tally, option);
  g_autofree char *deposits = stall_poll_words_deposits (paid);
  double low, high;

  /* Without votes there is no range to draw. */
  if (!stall_tally_get_option_interval (tally, option, &low, &high))
    low = high = 0;
  gtk_label_set_label (self->votes, votes);
  gtk_label_set_label (self->share, share);
  gtk_widget_set_visible (GTK_WIDGET (self->share), *range != '\0');
  set_label (self->range, range);
  set_label (self->deposits, paid > 0 ? deposits : "");
  stall_tally_bar_set_share (self->bar, stall_tally_get_option_share (tally, option), low, high);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (STALL_TYPE_TALLY_BAR);
  g_type_ensure (STALL_TYPE_THUMBNAIL);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/stall_app/Stall/votes/stall-tally-row.ui");
  gtk_widget_class_bind_template_child (widget_class, StallTallyRow, picture);
  gtk_widget_class_bind_template_child (widget_class, StallTallyRow, label);
  gtk_widget_class_bind_template_child (widget_class, StallTallyRow, leads);
  gtk_widget_class_bind_template_child (widget_class, StallTallyRow, votes);
  gtk_widget_class_bind_template_child (widget_class, StallTallyRow, share);
  gtk_widget_class_bind_template_child (widget_class, StallTallyRow, bar);
  gtk_widget_class_bind_template_child (widget_class, StallTallyRow, range);
  gtk_widget_class_bind_template_child (widget_class, StallTallyRow, deposits);
  gtk_widget_class_bind_template_child (widget_class, StallTallyRow, terms);
}

static void
stall_tally_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), STALL_TYPE_TALLY_ROW);

  G_OBJECT_CLASS (stall_tally_row_parent_class)->dispose (object);
}

static void
stall_tally_row_class_init (StallTallyRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = stall_tally_row_dispose;
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
stall_tally_row_init (StallTallyRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * stall_tally_row_new:
 * @store: the stall whose pictures are shown
 *
 * Returns: (transfer floating): a row that shows nothing yet
 */
GtkWidget *
stall_tally_row_new (StallStore *store)
{
  StallTallyRow *self = g_object_new (STALL_TYPE_TALLY_ROW, NULL);

  stall_thumbnail_set_store (self->picture, store);
  return GTK_WIDGET (self);
}

/**
 * stall_tally_row_show:
 * @self: a row
 * @figures: how a poll stands
 * @option: index of the option
 *
 * Shows an option; with a product behind it the row can be activated.
 */
void
stall_tally_row_show (StallTallyRow *self, const StallPollFigures *figures, guint option)
{
  const StallPollOption *terms;
  StallLead lead;
  g_autofree char *words = NULL;
  g_autofree char *terms_words = NULL;

  g_return_if_fail (STALL_IS_TALLY_ROW (self));
  g_return_if_fail (figures != NULL && option < figures->n_options);

  terms = stall_poll_get_option (figures->poll, option);
  terms_words = stall_poll_words_terms (terms);
  words = stall_poll_words_option (figures->tally, option);
  lead = stall_tally_get_lead (figures->tally);

  stall_thumbnail_set_digest (self->picture, figures->options[option].cover);
  gtk_label_set_label (self->label, terms->label);
  gtk_widget_set_visible (
      self->leads, lead.option == (int) option
                       && (lead.kind == STALL_LEAD_LEADS || lead.kind == STALL_LEAD_SETTLED));
  set_label (self->terms, terms_words);
  show_counts (self, figures->tally, option);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self),
                                    figures->options[option].product != NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, terms_words, -1);
}
