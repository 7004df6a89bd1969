/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Batches of documents on their way from the thread that reads a file to the thread that writes the
 * stall. It holds a few, so memory stays flat whatever the file's size. */

typedef struct _StallImportPipe StallImportPipe;

StallImportPipe *stall_import_pipe_new (void);
StallImportPipe *stall_import_pipe_ref (StallImportPipe *self);
void stall_import_pipe_unref (StallImportPipe *self);
gboolean stall_import_pipe_push (StallImportPipe *self, GPtrArray *batch);
void stall_import_pipe_finish (StallImportPipe *self, const GError *error);
GPtrArray *stall_import_pipe_pop (StallImportPipe *self, GError **error);
void stall_import_pipe_close (StallImportPipe *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StallImportPipe, stall_import_pipe_unref)

G_END_DECLS
