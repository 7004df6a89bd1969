/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A source that calls back when a day begins, however the computer slept, and when its clock was
 * set. */
guint stall_midnight_add (GSourceFunc callback, gpointer data);

G_END_DECLS
