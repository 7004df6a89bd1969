/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-selection.h"

G_BEGIN_DECLS

/* What one place of a selectable list shows: its content, and a check mark while rows are being
 * selected. Properties, followed from the list: selecting, selected (gboolean). */
#define STALL_TYPE_CHECK_ITEM (stall_check_item_get_type ())
G_DECLARE_FINAL_TYPE (StallCheckItem, stall_check_item, STALL, CHECK_ITEM, GtkWidget)

typedef enum
{
  STALL_CHECK_BESIDE, /* at the start of a row */
  STALL_CHECK_OVER    /* in the corner of a tile */
} StallCheckPlace;

GtkWidget *stall_check_item_set_up (GtkListItem *list_item,
                                    StallSelection *selection,
                                    GtkWidget *content,
                                    StallCheckPlace place);
GtkWidget *stall_check_item_get_content (GtkListItem *list_item);
void stall_check_item_watch_list (GtkWidget *list, StallSelection *selection);

G_END_DECLS
