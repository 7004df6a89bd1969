/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A stall that cannot be opened: why, and what the person can do about it.
 * Signals: retry (), restore (const char *path of a backup). */
#define STALL_TYPE_TROUBLE_PAGE (stall_trouble_page_get_type ())
G_DECLARE_FINAL_TYPE (StallTroublePage, stall_trouble_page, STALL, TROUBLE_PAGE, AdwBin)

GtkWidget *stall_trouble_page_new (const char *folder, const GError *error);

G_END_DECLS
