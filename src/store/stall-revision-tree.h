/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-documents.h"
#include "stall-peer-revision.h"

G_BEGIN_DECLS

/* The revisions of one document as a forest of branches. Called on the writing thread inside a
 * transaction; what only reads, on a reading thread too. */

/* The head of a branch. */
typedef struct
{
  gint64 number;
  gint64 generation;
  gint64 parent; /* 0: none is known */
  char *hash;
  gboolean deleted;
} StallLeaf;

GPtrArray *
stall_revision_tree_list_leaves (StallDatabase *database, gint64 document, GError **error);
gint64 stall_revision_tree_find (StallDatabase *database,
                                 gint64 document,
                                 gint64 generation,
                                 const char *hash,
                                 GError **error);
gint64
stall_revision_tree_find_common (StallDatabase *database, gint64 a, gint64 b, GError **error);
GStrv stall_revision_tree_load_history (StallDatabase *database, gint64 revision, GError **error);
gint64 stall_revision_tree_graft (StallDatabase *database,
                                  StallDocumentCounters *counters,
                                  StallDocumentState *state,
                                  StallPeerRevision *revision,
                                  GError **error);
gint64 stall_revision_tree_add (StallDatabase *database,
                                StallDocumentCounters *counters,
                                const StallDocumentState *state,
                                const StallLeaf *parent,
                                StallDocument *document,
                                GError **error);
gboolean stall_revision_tree_choose_winner (StallDatabase *database,
                                            StallDocumentState *state,
                                            GError **error);

G_END_DECLS
