/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-store"

#include "config.h"

#include "stall-change-set.h"

#include <glib/gi18n-lib.h>

#include "stall-change-set-private.h"
#include "stall-error.h"

struct _StallChangeSet
{
  GObject parent_instance;

  char *label;
  GPtrArray *documents;
  GHashTable *losers; /* of documents that settle a conflict: GStrv; NULL: none does */
  StallChangeSource source;
  gpointer data;
  GDestroyNotify destroy;
  GCancellable *cancellable;
  gboolean undoable;
  gint64 continued;
  gboolean given; /* the documents were handed out in this reading */
  gboolean begun; /* the source was asked, and cannot begin anew */
};

G_DEFINE_FINAL_TYPE (StallChangeSet, stall_change_set, G_TYPE_OBJECT)
G_DEFINE_BOXED_TYPE (StallReceipt, stall_receipt, stall_receipt_copy, stall_receipt_free)

static void
stall_change_set_finalize (GObject *object)
{
  StallChangeSet *self = STALL_CHANGE_SET (object);

  if (self->destroy != NULL)
    self->destroy (self->data);
  g_clear_object (&self->cancellable);
  g_ptr_array_unref (self->documents);
  g_clear_pointer (&self->losers, g_hash_table_unref);
  g_free (self->label);

  G_OBJECT_CLASS (stall_change_set_parent_class)->finalize (object);
}

static void
stall_change_set_class_init (StallChangeSetClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = stall_change_set_finalize;
}

static void
stall_change_set_init (StallChangeSet *self)
{
  self->documents = g_ptr_array_new_with_free_func (g_object_unref);
  self->undoable = TRUE;
}

/**
 * stall_change_set_new:
 * @label: what a person reads beside Undo: “Ship order 1042”
 *
 * Makes an empty change set.
 *
 * Returns: (transfer full): the change set
 */
StallChangeSet *
stall_change_set_new (const char *label)
{
  StallChangeSet *self = g_object_new (STALL_TYPE_CHANGE_SET, NULL);

  self->label = g_strdup (label);
  return self;
}

/**
 * stall_change_set_new_from_source:
 * @label: what a person reads beside Undo
 * @source: gives the documents, batch by batch
 * @data: handed to @source
 * @destroy: (nullable): frees @data
 *
 * Makes a change set that is too large to hold. Memory stays at one batch.
 *
 * Returns: (transfer full): the change set
 */
StallChangeSet *
stall_change_set_new_from_source (const char *label,
                                  StallChangeSource source,
                                  gpointer data,
                                  GDestroyNotify destroy)
{
  StallChangeSet *self = stall_change_set_new (label);

  self->source = source;
  self->data = data;
  self->destroy = destroy;
  return self;
}

/**
 * stall_change_set_set_cancellable:
 * @self: a change set
 * @cancellable: (nullable): ends its application with %G_IO_ERROR_CANCELLED
 *
 * Sets what stops the change set while it is applied, up to the moment when it is on disk: then
 * nothing is written.
 */
void
stall_change_set_set_cancellable (StallChangeSet *self, GCancellable *cancellable)
{
  g_return_if_fail (STALL_IS_CHANGE_SET (self));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  g_set_object (&self->cancellable, cancellable);
}

GCancellable *
stall_change_set_get_cancellable (StallChangeSet *self)
{
  return self->cancellable;
}

/**
 * stall_change_set_set_undoable:
 * @self: a change set
 * @undoable: whether the owner may take it back; %TRUE by default
 *
 * What others did, such as the audience's ballots, is not the owner's to undo.
 */
void
stall_change_set_set_undoable (StallChangeSet *self, gboolean undoable)
{
  g_return_if_fail (STALL_IS_CHANGE_SET (self));

  self->undoable = undoable;
}

/**
 * stall_change_set_get_undoable:
 * @self: a change set
 *
 * Returns: whether the owner may take it back
 */
gboolean
stall_change_set_get_undoable (StallChangeSet *self)
{
  g_return_val_if_fail (STALL_IS_CHANGE_SET (self), TRUE);

  return self->undoable;
}

/**
 * stall_change_set_continue:
 * @self: a change set
 * @change_set: number of an earlier one, from its receipt; 0: none
 *
 * Makes this the same step for undo as the earlier one, as long as nothing else was done since: a
 * person who typed for a while takes it back at once. The receipt says which step it became.
 */
void
stall_change_set_continue (StallChangeSet *self, gint64 change_set)
{
  g_return_if_fail (STALL_IS_CHANGE_SET (self));

  self->continued = change_set;
}

/**
 * stall_change_set_get_continued:
 * @self: a change set
 *
 * Returns: number of the change set that this one goes on with, 0 for none
 */
gint64
stall_change_set_get_continued (StallChangeSet *self)
{
  g_return_val_if_fail (STALL_IS_CHANGE_SET (self), 0);

  return self->continued;
}

/**
 * stall_change_set_put:
 * @self: a change set
 * @document: (transfer none): a new document, or the new version of one
 *
 * Adds a document. When it was loaded from the store and has changed there since, the two are
 * merged by field. Where both changed the same field this one wins over what was edited here; what
 * came from elsewhere stays, with this one beside it as a conflict.
 */
void
stall_change_set_put (StallChangeSet *self, StallDocument *document)
{
  g_return_if_fail (STALL_IS_CHANGE_SET (self));
  g_return_if_fail (STALL_IS_DOCUMENT (document));

  g_ptr_array_add (self->documents, g_object_ref (document));
}

/**
 * stall_change_set_settle:
 * @self: a change set
 * @document: (transfer none): what is to stand, made from the winning version
 * @losers: revision ids of the versions that it stands for, too
 *
 * Settles a conflict. When other versions came in since, nothing is written and applying fails
 * with %STALL_ERROR_INVALID.
 */
void
stall_change_set_settle (StallChangeSet *self, StallDocument *document, const char *const *losers)
{
  g_return_if_fail (STALL_IS_CHANGE_SET (self));
  g_return_if_fail (STALL_IS_DOCUMENT (document));
  g_return_if_fail (losers != NULL && stall_document_get_revision (document) != NULL);

  if (self->losers == NULL)
    self->losers = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_strfreev);
  stall_change_set_put (self, document);
  g_hash_table_insert (self->losers, document, g_strdupv ((char **) losers));
}

/* The versions that go when @document is written; NULL: it settles nothing. */
const char *const *
stall_change_set_get_losers (StallChangeSet *self, StallDocument *document)
{
  return self->losers != NULL ? g_hash_table_lookup (self->losers, document) : NULL;
}

/**
 * stall_change_set_delete:
 * @self: a change set
 * @id: a document id
 *
 * Deletes a document: its history stays, so it can be undone and sent.
 */
void
stall_change_set_delete (StallChangeSet *self, const char *id)
{
  g_autoptr (GBytes) body = g_bytes_new_static ("{}", 2);

  g_return_if_fail (STALL_IS_CHANGE_SET (self));

  g_ptr_array_add (self->documents, stall_document_new_revision (id, body, NULL, TRUE));
}

const char *
stall_change_set_get_label (StallChangeSet *self)
{
  g_return_val_if_fail (STALL_IS_CHANGE_SET (self), NULL);

  return self->label;
}

/**
 * stall_change_set_get_n_changes:
 * @self: a change set
 *
 * Returns: how many documents it holds now, without those its source will give
 */
guint
stall_change_set_get_n_changes (StallChangeSet *self)
{
  g_return_val_if_fail (STALL_IS_CHANGE_SET (self), 0);

  return self->documents->len;
}

/* Begins to read from the start, so that what failed can be tried again. A source gives its
 * documents once only; what it began to give and did not end would be half a change. */
gboolean
stall_change_set_rewind (StallChangeSet *self, GError **error)
{
  self->given = FALSE;
  if (!self->begun)
    return TRUE;
  g_set_error_literal (error, STALL_ERROR, STALL_ERROR_FAILED,
                       _ ("This was begun before and cannot go on. Nothing was changed. Start it "
                          "again from the beginning."));
  return FALSE;
}

/* The next documents, on the writing thread; NULL at the end or with @error set. */
GPtrArray *
stall_change_set_next (StallChangeSet *self, GError **error)
{
  if (!self->given && self->documents->len > 0)
    {
      self->given = TRUE;
      return g_ptr_array_ref (self->documents);
    }
  self->begun = self->source != NULL;
  return self->source != NULL ? self->source (self->data, error) : NULL;
}

StallReceipt *
stall_receipt_copy (const StallReceipt *self)
{
  StallReceipt *copy = g_memdup2 (self, sizeof *self);

  copy->label = g_strdup (self->label);
  return copy;
}

void
stall_receipt_free (StallReceipt *self)
{
  g_free (self->label);
  g_free (self);
}
