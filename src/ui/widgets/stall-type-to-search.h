/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* While @page is shown, typing anywhere in its window opens @bar, but never behind a dialog. */
void stall_type_to_search (AdwNavigationPage *page, GtkSearchBar *bar);

G_END_DECLS
