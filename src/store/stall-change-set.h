/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-document.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* What one act of a person (or an import) changes, applied in one transaction: all or nothing. */

#define STALL_TYPE_CHANGE_SET (stall_change_set_get_type ())
G_DECLARE_FINAL_TYPE (StallChangeSet, stall_change_set, STALL, CHANGE_SET, GObject)

/**
 * StallChangeSource:
 * @data: the source's own
 * @error: return location
 *
 * Gives the next documents of a change set that is too large to hold. Called on the store's
 * writing thread until it returns %NULL; with @error set, nothing at all is written.
 *
 * Returns: (transfer full) (element-type StallDocument) (nullable): the next documents
 */
typedef GPtrArray *(*StallChangeSource) (gpointer data, GError **error);

StallChangeSet *stall_change_set_new (const char *label);
StallChangeSet *stall_change_set_new_from_source (const char *label,
                                                  StallChangeSource source,
                                                  gpointer data,
                                                  GDestroyNotify destroy);
void stall_change_set_set_undoable (StallChangeSet *self, gboolean undoable);
gboolean stall_change_set_get_undoable (StallChangeSet *self);
void stall_change_set_set_cancellable (StallChangeSet *self, GCancellable *cancellable);
/* One act that is saved as it goes on, such as typing. */
void stall_change_set_continue (StallChangeSet *self, gint64 change_set);
gint64 stall_change_set_get_continued (StallChangeSet *self);
void stall_change_set_put (StallChangeSet *self, StallDocument *document);
/* Settles a conflict: @document, made from the winning version, instead of the versions @losers. */
void
stall_change_set_settle (StallChangeSet *self, StallDocument *document, const char *const *losers);
void stall_change_set_delete (StallChangeSet *self, const char *id);
const char *stall_change_set_get_label (StallChangeSet *self);
guint stall_change_set_get_n_changes (StallChangeSet *self);

/* What applying did. */
#define STALL_TYPE_RECEIPT (stall_receipt_get_type ())
typedef struct
{
  gint64 change_set; /* its number, for undo; 0 when nothing changed that can be undone */
  char *label;
  guint added;
  guint changed;
  guint deleted;
  guint skipped; /* already there (kinds that never change) or the same as before */
} StallReceipt;

GType stall_receipt_get_type (void);
StallReceipt *stall_receipt_copy (const StallReceipt *self);
void stall_receipt_free (StallReceipt *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StallReceipt, stall_receipt_free)

G_END_DECLS
