/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A text of a row: what #GtkInscription is, for a tenth of its price. That one asks how it looks
 * before it has a parent, and so works through the whole style sheet for itself alone; this one
 * waits until it is placed, when its like in the row above has done so already. What does not fit
 * is cut off with an ellipsis. */
#define STALL_TYPE_INSCRIPTION (stall_inscription_get_type ())
G_DECLARE_FINAL_TYPE (StallInscription, stall_inscription, STALL, INSCRIPTION, GtkWidget)

GtkWidget *stall_inscription_new (float xalign, guint nat_chars, const char *const *css_classes);

const char *stall_inscription_get_text (StallInscription *self);
void stall_inscription_set_text (StallInscription *self, const char *text);
int stall_inscription_get_drop (StallInscription *self);
guint stall_inscription_get_nat_chars (StallInscription *self);
void stall_inscription_set_yalign (StallInscription *self, float yalign);

G_END_DECLS
