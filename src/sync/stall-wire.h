/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-json-splitter.h"
#include "stall-peer-revision.h"

G_BEGIN_DECLS

/* What the replication protocol's JSON says, read and written. Documents keep their text byte for
 * byte: numbers, the order of members and what this Stall does not know stay as they are. */

/* A row of `_changes`. */
typedef struct
{
  char *id;
  GPtrArray *revisions;    /* of char *: all leaves */
  StallPeerRevision *body; /* when the row itself tells all there is to know, else NULL */
} StallChangeRow;

StallChangeRow *stall_change_row_read (const char *text, gsize size, GError **error);
void stall_change_row_free (StallChangeRow *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StallChangeRow, stall_change_row_free)

/* A document with `_id`, `_rev` and, but for a first revision, `_revisions`. */
StallPeerRevision *stall_wire_read_document (const char *text, gsize size, GError **error);

/* An entry of `_bulk_get` or `open_revs`: adds the revisions it holds. */
gboolean
stall_wire_read_results (const char *text, gsize size, GPtrArray *revisions, GError **error);

/* Writes a document for `_bulk_docs` or PUT; @attachments replaces its `_attachments`. */
void
stall_wire_write_document (GString *text, StallPeerRevision *revision, JsonObject *attachments);
void stall_wire_append_string (GString *text, const char *value);
/* A path segment: everything but unreserved characters is escaped, save one slash of _design and
 * _local. */
char *stall_wire_escape_id (const char *id);

G_END_DECLS
