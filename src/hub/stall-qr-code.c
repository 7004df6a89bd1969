/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-hub"

#include "config.h"

#include "stall-qr-code.h"

#include <glib/gi18n-lib.h>
#include <qrencode.h>

#include "stall-error.h"

/**
 * stall_qr_code_encode:
 * @text: what the code says
 * @width: (out): modules in a row, and rows
 * @error: return location
 *
 * Returns: (transfer full): @width × @width bytes, row by row, 1 for a dark module
 */
GBytes *
stall_qr_code_encode (const char *text, guint *width, GError **error)
{
  QRcode *code;
  guint8 *modules;
  gsize size;

  g_return_val_if_fail (text != NULL && width != NULL, NULL);

  code = QRcode_encodeString8bit (text, 0, QR_ECLEVEL_M);
  if (code == NULL)
    {
      g_set_error_literal (error, STALL_ERROR, STALL_ERROR_INVALID,
                           _ ("This is too long for a QR code."));
      return NULL;
    }
  *width = code->width;
  size = (gsize) code->width * code->width;
  modules = g_malloc (size);
  for (gsize i = 0; i < size; i++)
    modules[i] = code->data[i] & 1;
  QRcode_free (code);
  return g_bytes_new_take (modules, size);
}
