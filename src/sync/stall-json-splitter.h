/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Splits `{"results":[…],…}` into its results while it comes in, in pieces of any size. Only the
 * structure is looked at; each result is read by whoever gets it. */
typedef struct _StallJsonSplitter StallJsonSplitter;

/**
 * StallJsonElement:
 * @text: one object of the results, not terminated
 * @size: its bytes
 * @data: the caller's own
 * @error: return location
 *
 * Returns: %FALSE to stop with @error
 */
typedef gboolean (*StallJsonElement) (const char *text, gsize size, gpointer data, GError **error);

StallJsonSplitter *stall_json_splitter_new (StallJsonElement element, gpointer data);
void stall_json_splitter_free (StallJsonSplitter *self);
gboolean
stall_json_splitter_feed (StallJsonSplitter *self, const char *text, gsize size, GError **error);
guint stall_json_splitter_get_n_left_out (StallJsonSplitter *self);
/* What stands around the results, as an object whose `results` are empty; NULL: it was cut off. */
char *stall_json_splitter_finish (StallJsonSplitter *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StallJsonSplitter, stall_json_splitter_free)

/* The members of one object, in order, without reading into their values. */
typedef struct
{
  const char *text;
  const char *end;
  gboolean begun;
  gboolean broken; /* it was no object */
} StallJsonMembers;

/* Stretches of text, not terminated. A string has its quotation marks. */
typedef struct
{
  const char *text;
  gsize size;
} StallJsonSlice;

void stall_json_members_init (StallJsonMembers *self, const char *text, gsize size);
gboolean
stall_json_members_next (StallJsonMembers *self, StallJsonSlice *name, StallJsonSlice *value);
/* The same for an array; stall_json_members_init() takes both. */
gboolean stall_json_elements_next (StallJsonMembers *self, StallJsonSlice *value);

gboolean stall_json_slice_is (const StallJsonSlice *self, const char *text);
char *stall_json_slice_to_string (const StallJsonSlice *self); /* NULL: no string, or with U+0000 */
gint64 stall_json_slice_to_int (const StallJsonSlice *self);   /* -1: not a number of 0 or more */

G_END_DECLS
