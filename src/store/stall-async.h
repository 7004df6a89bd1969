/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libdex.h>

G_BEGIN_DECLS

/* The rules of libdex 0.10 in one place (style.md): a fiber is never cancelled by dropping its
 * future, and always returns a value. */

/* Starts a fiber on the main thread that nobody waits for. An error it ends in is reported by the
 * fiber itself. */
void stall_spawn (DexFiberFunc fiber, gpointer data, GDestroyNotify destroy);
/* Starts a fiber on the main thread whose future is awaited. */
DexFuture *stall_async (DexFiberFunc fiber, gpointer data, GDestroyNotify destroy);
/* Runs @work on a thread of the pool: for long pure work (parsing, decoding), never for SQL. */
DexFuture *stall_run_in_thread (DexFiberFunc work, gpointer data, GDestroyNotify destroy);

G_END_DECLS
