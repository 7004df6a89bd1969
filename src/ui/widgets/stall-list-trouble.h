/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "stall-query-model.h"

G_BEGIN_DECLS

/* Why a list cannot be read, and what to do about it, in the place of its rows. */
void stall_list_trouble_watch (GtkStack *stack, StallQueryModel *model);

G_END_DECLS
