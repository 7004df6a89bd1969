/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-database.h"
#include "stall-document.h"
#include "stall-progress.h"

G_BEGIN_DECLS

/* Keeps the projections in step with the documents, inside the transaction that changes them. The
 * same code makes them anew. Orders and stock are settled late, once a batch, because many
 * documents of a batch speak of the same order or variant. */
typedef struct _StallProjector StallProjector;

StallProjector *stall_projector_new (StallDatabase *database, StallTime now);
void stall_projector_free (StallProjector *self);
gboolean stall_projector_add (StallProjector *self,
                              gint64 number,
                              StallDocument *document,
                              gboolean is_new,
                              GError **error);
gboolean stall_projector_finish (StallProjector *self, GError **error);

gboolean stall_projector_rebuild (StallDatabase *database,
                                  StallTime now,
                                  StallProgress *progress,
                                  GError **error);
gboolean stall_projector_renew_names (StallDatabase *database, GError **error);
gboolean stall_projector_refresh_recent (StallDatabase *database,
                                         StallTime now,
                                         gboolean *changed,
                                         GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StallProjector, stall_projector_free)

G_END_DECLS
