/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-feed-card.h"

#include "stall-format.h"
#include "stall-note-words.h"
#include "stall-thumbnail.h"

struct _StallFeedCard
{
  GtkBox parent_instance;

  GtkWidget *cover;
  GtkWidget *title;
  GtkWidget *stall_name;
  GtkWidget *likes;
};

G_DEFINE_FINAL_TYPE (StallFeedCard, stall_feed_card, GTK_TYPE_BOX)

static void
stall_feed_card_class_init (StallFeedCardClass *klass)
{
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "feedcard");
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_ARTICLE);
}

static void
stall_feed_card_init (StallFeedCard *self)
{
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *facts = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_widget_add_css_class (GTK_WIDGET (self), "card");
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  self->cover = stall_thumbnail_new (NULL, 0);
  g_object_set (self->cover, "ratio", STALL_COVER_RATIO, NULL);
  gtk_widget_add_css_class (self->cover, "square");
  self->title = g_object_new (GTK_TYPE_LABEL, "xalign", 0.f, "wrap", TRUE, "wrap-mode",
                              PANGO_WRAP_WORD_CHAR, "lines", 2, "ellipsize", PANGO_ELLIPSIZE_END,
                              "width-chars", 4, "max-width-chars", 4, "hexpand", TRUE, NULL);
  self->stall_name = g_object_new (GTK_TYPE_LABEL, "xalign", 0.f, "ellipsize", PANGO_ELLIPSIZE_END,
                                   "hexpand", TRUE, NULL);
  self->likes = gtk_label_new (NULL);
  gtk_widget_add_css_class (words, "feed-words");
  gtk_widget_add_css_class (self->title, "heading");
  gtk_widget_add_css_class (facts, "caption");
  gtk_widget_add_css_class (facts, "dim-label");
  gtk_widget_add_css_class (self->likes, "numeric");
  gtk_box_append (GTK_BOX (facts), self->stall_name);
  gtk_box_append (GTK_BOX (facts), self->likes);
  gtk_box_append (GTK_BOX (words), self->title);
  gtk_box_append (GTK_BOX (words), facts);
  gtk_box_append (GTK_BOX (self), self->cover);
  gtk_box_append (GTK_BOX (self), words);
}

/**
 * stall_feed_card_set_store:
 * @self: a card
 * @store: (nullable): the stall whose pictures are shown
 */
void
stall_feed_card_set_store (StallFeedCard *self, StallStore *store)
{
  g_return_if_fail (STALL_IS_FEED_CARD (self));

  stall_thumbnail_set_store (STALL_THUMBNAIL (self->cover), store);
}

/**
 * stall_feed_card_set_cover:
 * @self: a card
 * @digest: (nullable): of the cover; %NULL for none
 * @crop: (nullable): the part of it that is shown; %NULL for its middle
 */
void
stall_feed_card_set_cover (StallFeedCard *self, const char *digest, const StallCrop *crop)
{
  g_return_if_fail (STALL_IS_FEED_CARD (self));

  stall_thumbnail_set_crop (STALL_THUMBNAIL (self->cover), crop);
  stall_thumbnail_set_digest (STALL_THUMBNAIL (self->cover), digest);
}

/**
 * stall_feed_card_set_words:
 * @self: a card
 * @title: of the note; "" for one without
 * @stall_name: whose note it is
 * @likes: how many; 0 shows none
 */
void
stall_feed_card_set_words (StallFeedCard *self,
                           const char *title,
                           const char *stall_name,
                           gint64 likes)
{
  g_autofree char *count = likes > 0 ? stall_format_count (likes) : NULL;
  g_autofree char *text = count != NULL ? g_strconcat ("♥ ", count, NULL) : g_strdup ("♡");

  g_return_if_fail (STALL_IS_FEED_CARD (self));

  title = stall_note_words_title (title);
  gtk_label_set_text (GTK_LABEL (self->title), title);
  gtk_label_set_text (GTK_LABEL (self->stall_name), stall_name);
  gtk_label_set_text (GTK_LABEL (self->likes), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
}
