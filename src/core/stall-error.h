/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * StallError:
 * @STALL_ERROR_FAILED: anything a caller cannot act on
 * @STALL_ERROR_INVALID: input that is not what it should be; the message says what to change
 * @STALL_ERROR_NOT_FOUND: no such document, file or preset
 * @STALL_ERROR_BUSY: another program holds the stall; the message says which
 * @STALL_ERROR_NEWER: the file was written by a newer Stall
 * @STALL_ERROR_DAMAGED: the file is damaged; nothing was written to it
 * @STALL_ERROR_FULL: the disk is full; nothing was written
 * @STALL_ERROR_READ_ONLY: the folder cannot be written to
 */
typedef enum
{
  STALL_ERROR_FAILED,
  STALL_ERROR_INVALID,
  STALL_ERROR_NOT_FOUND,
  STALL_ERROR_BUSY,
  STALL_ERROR_NEWER,
  STALL_ERROR_DAMAGED,
  STALL_ERROR_FULL,
  STALL_ERROR_READ_ONLY,
} StallError;

#define STALL_ERROR (stall_error_quark ())
GQuark stall_error_quark (void);

G_END_DECLS
