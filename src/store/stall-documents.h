/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-database.h"
#include "stall-document.h"

G_BEGIN_DECLS

/* Documents and their revision trees in the tables of the truth. Called on the writing thread
 * inside a transaction, or on a reading thread where said. */

/* What the tables say of one document. */
typedef struct
{
  gint64 number; /* 0: no such document */
  gint64 winner; /* its winning revision */
  gboolean deleted;
} StallDocumentState;

/* Counters that go up within one transaction. */
typedef struct
{
  gint64 next_revision;
  gint64 next_sequence;
} StallDocumentCounters;

gboolean stall_documents_load_counters (StallDatabase *database,
                                        StallDocumentCounters *counters,
                                        GError **error);
gboolean stall_documents_look_up (StallDatabase *database,
                                  const char *id,
                                  StallDocumentState *state,
                                  GError **error);
gint64 stall_documents_write (StallDatabase *database,
                              StallDocumentCounters *counters,
                              StallDocumentState *state,
                              StallDocument *document,
                              GError **error);
gint64 stall_documents_write_beside (StallDatabase *database,
                                     StallDocumentCounters *counters,
                                     StallDocumentState *state,
                                     gint64 parent,
                                     StallDocument *document,
                                     GError **error);
GBytes *stall_documents_get_body (StallDatabase *database,
                                  gint64 revision,
                                  gboolean *deleted,
                                  GError **error);

/* reading */
StallDocument *stall_documents_load (StallDatabase *database, const char *id, GError **error);
StallDocument *stall_documents_load_number (StallDatabase *database, gint64 number, GError **error);
GPtrArray *stall_documents_list (StallDatabase *database, const char *prefix, GError **error);
gboolean
stall_documents_check_hashes (StallDatabase *database, GStrvBuilder *found, GError **error);
char *stall_documents_prefix_end (const char *prefix);

G_END_DECLS
