/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "stall-desk.h"

G_BEGIN_DECLS

/* The window: the sections of a stall, or what stands in their place while there is none. */
#define STALL_TYPE_WINDOW (stall_window_get_type ())
G_DECLARE_FINAL_TYPE (StallWindow, stall_window, STALL, WINDOW, AdwApplicationWindow)

GtkWidget *stall_window_new (GtkApplication *application,
                             const char *folder,
                             DexFuture *opening,
                             StallProgress *progress);
void stall_window_open (StallWindow *self);
void stall_window_stay_hidden (StallWindow *self); /* until stall_window_show() */
void stall_window_show (StallWindow *self);
void stall_window_quit (StallWindow *self); /* also where closing would go on in the background */
void stall_window_take (StallWindow *self, GFile *file);
StallDesk *stall_window_get_desk (StallWindow *self); /* NULL while no stall is open */

G_END_DECLS
