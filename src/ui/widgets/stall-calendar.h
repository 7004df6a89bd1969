/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void stall_calendar_name_arrows (GtkCalendar *calendar);

G_END_DECLS
