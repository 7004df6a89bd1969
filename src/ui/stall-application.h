/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* The program: its command line, its one window, its shortcuts. */
#define STALL_TYPE_APPLICATION (stall_application_get_type ())
G_DECLARE_FINAL_TYPE (StallApplication, stall_application, STALL, APPLICATION, AdwApplication)

StallApplication *stall_application_new (void);

G_END_DECLS
