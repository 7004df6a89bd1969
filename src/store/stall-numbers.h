/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* The numbers of a list's rows, packed: a byte or two each where neighbours are near one another,
 * as orders by time are, so that the list of a million costs one megabyte and not eight. Appended
 * to by one thread, then read by any. */
typedef struct _StallNumbers StallNumbers;

#define STALL_TYPE_NUMBERS (stall_numbers_get_type ())
GType stall_numbers_get_type (void);

StallNumbers *stall_numbers_new (void);
StallNumbers *stall_numbers_ref (StallNumbers *self);
void stall_numbers_unref (StallNumbers *self);
void stall_numbers_append (StallNumbers *self, gint64 number);
StallNumbers *stall_numbers_finish (StallNumbers *self);

guint stall_numbers_get_length (StallNumbers *self);
gint64 stall_numbers_get (StallNumbers *self, guint position);
gint64 *stall_numbers_unpack (StallNumbers *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StallNumbers, stall_numbers_unref)

G_END_DECLS
