/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "stall-poll-figures.h"

G_BEGIN_DECLS

/* One option as the audience sees it from afar: picture, name, price and a bar that grows. */
#define STALL_TYPE_AUDIENCE_OPTION (stall_audience_option_get_type ())
G_DECLARE_FINAL_TYPE (StallAudienceOption, stall_audience_option, STALL, AUDIENCE_OPTION, GtkWidget)

GtkWidget *stall_audience_option_new (StallStore *store);
void stall_audience_option_show (StallAudienceOption *self,
                                 const StallPollFigures *figures,
                                 guint index,
                                 gboolean with_votes);
void stall_audience_option_set_picture_width (StallAudienceOption *self, int width);

G_END_DECLS
