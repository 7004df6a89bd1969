/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-document.h"

G_BEGIN_DECLS

/* A revision as it travels between peers: its content and where it comes from. */
typedef struct
{
  StallDocument *document; /* its revision id is "generation-history[0]" */
  gint64 generation;
  GStrv history; /* hashes from the revision itself back to the oldest that is known */
} StallPeerRevision;

/* Histories longer than this are cut at their old end, as CouchDB does. */
#define STALL_PEER_MAX_HISTORY 1000
#define STALL_PEER_MAX_HASH 128 /* bytes */

StallPeerRevision *stall_peer_revision_new (const char *id,
                                            gint64 generation,
                                            GStrv history,
                                            gboolean deleted,
                                            GBytes *body);
void stall_peer_revision_free (StallPeerRevision *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StallPeerRevision, stall_peer_revision_free)

/* Only the name of a revision. */
typedef struct
{
  char *id;
  char *revision;
} StallRevisionName;

StallRevisionName *stall_revision_name_new (const char *id, const char *revision);
void stall_revision_name_free (StallRevisionName *self);

gboolean stall_revision_parse (const char *revision, gint64 *generation, const char **hash);
int stall_revision_compare_hashes (const char *a, const char *b);

G_END_DECLS
