/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-desk.h"

G_BEGIN_DECLS

/* What a person sees first: the sample stall, a stall from files, or an empty one.
 * Signal: opened (StallDesk *, gboolean then_import). */
#define STALL_TYPE_WELCOME_PAGE (stall_welcome_page_get_type ())
G_DECLARE_FINAL_TYPE (StallWelcomePage, stall_welcome_page, STALL, WELCOME_PAGE, AdwBin)

GtkWidget *stall_welcome_page_new (const char *folder, const char *sample_folder);

G_END_DECLS
