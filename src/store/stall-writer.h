/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-change-set.h"
#include "stall-database.h"

G_BEGIN_DECLS

/* The one door: applying, undoing and redoing change sets, each in one transaction on the writing
 * thread. */

typedef struct
{
  StallReceipt *receipt;
  guint kinds; /* bits 1 << StallKind of what changed */
} StallOutcome;

gboolean stall_writer_apply (StallDatabase *database,
                             StallChangeSet *changes,
                             StallOutcome *outcome,
                             GError **error);
gboolean stall_writer_undo (StallDatabase *database,
                            gint64 change_set,
                            StallOutcome *outcome,
                            GError **error);
gboolean stall_writer_redo (StallDatabase *database, StallOutcome *outcome, GError **error);
void stall_writer_get_labels (StallDatabase *database, char **undo_label, char **redo_label);

G_END_DECLS
