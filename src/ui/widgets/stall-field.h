/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* One text field of a thing that saves itself. A field knows the value it was last given; what a
 * person types is an edit until it is taken, and a new value from elsewhere never overwrites an
 * edit. */
void stall_field_set (GtkEditable *field, const char *value);
const char *stall_field_get_edit (GtkEditable *field);
void stall_field_accept (GtkEditable *field, const char *value);
void stall_field_watch (GtkEditable *field, GCallback commit, gpointer owner);
gboolean stall_field_set_wrong (GtkEditable *field, const char *message);
void stall_field_complain (GtkLabel *label, const char *message);

G_END_DECLS
