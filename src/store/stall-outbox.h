/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-database.h"
#include "stall-peer-revision.h"

G_BEGIN_DECLS

/* A document with changes that the platform has not acknowledged. */
typedef struct
{
  gint64 number;
  gint64 sequence; /* as of which everything below is true */
  gint64 winner;
  char *id;
  GPtrArray *leaves; /* of StallPeerRevision */
  GHashTable *known; /* set of digests of attachments that the platform has with this document */
} StallOutgoing;

void stall_outgoing_free (StallOutgoing *self);

/* What the platform said of one of them. */
typedef struct
{
  gint64 number;
  gint64 sequence;
  gint64 winner;
  char *code;   /* NULL: it is stored there */
  char *reason; /* the platform's words */
} StallVerdict;

void stall_verdict_free (StallVerdict *self);

GPtrArray *
stall_outbox_list (StallDatabase *database, gint64 after, guint limit, gsize bytes, GError **error);
gboolean stall_outbox_settle (StallDatabase *database,
                              GPtrArray *verdicts,
                              const char *checkpoint,
                              const char *checkpoint_body,
                              GError **error);
gboolean stall_outbox_mark_unsent (StallDatabase *database, gint64 after, GError **error);

G_END_DECLS
