/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-query-model.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Many selected rows of a list of any length: a set of positions beside the model, so that
 * selecting all of a million rows costs as much as selecting one. GtkMultiSelection would read
 * every row it selects. Properties: model (construct-only), n-selected (guint, read-only),
 * selecting (gboolean): whether a click takes a row in or out instead of opening it. */
#define STALL_TYPE_SELECTION (stall_selection_get_type ())
G_DECLARE_FINAL_TYPE (StallSelection, stall_selection, STALL, SELECTION, GObject)

StallSelection *stall_selection_new (StallQueryModel *model);
guint stall_selection_get_n_selected (StallSelection *self);
gboolean stall_selection_get_selecting (StallSelection *self);
void stall_selection_set_selecting (StallSelection *self, gboolean selecting);
void stall_selection_select_all (StallSelection *self);
GStrv stall_selection_await_ids (StallSelection *self, StallStore *store, GError **error);

G_END_DECLS
