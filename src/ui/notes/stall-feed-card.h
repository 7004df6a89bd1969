/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "stall-note.h"
#include "stall-store.h"

G_BEGIN_DECLS

/* A note as the market's two-column feed shows it: cover, two lines of title, who wrote it, likes.
 */
#define STALL_TYPE_FEED_CARD (stall_feed_card_get_type ())
G_DECLARE_FINAL_TYPE (StallFeedCard, stall_feed_card, STALL, FEED_CARD, GtkBox)

void stall_feed_card_set_store (StallFeedCard *self, StallStore *store);
void stall_feed_card_set_cover (StallFeedCard *self, const char *digest, const StallCrop *crop);
void stall_feed_card_set_words (StallFeedCard *self,
                                const char *title,
                                const char *stall_name,
                                gint64 likes);

G_END_DECLS
