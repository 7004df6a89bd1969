/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The bytes of a file as UTF-8, a piece at a time, whatever encoding it was saved in. */

#define STALL_ENCODING_UTF8 "UTF-8"
#define STALL_ENCODING_GB18030 "GB18030"
#define STALL_ENCODING_SHIFT_JIS "SHIFT_JIS"

#define STALL_TYPE_TEXT_READER (stall_text_reader_get_type ())
G_DECLARE_FINAL_TYPE (StallTextReader, stall_text_reader, STALL, TEXT_READER, GObject)

StallTextReader *stall_text_reader_new (GFile *file, const char *encoding, GError **error);
const char *stall_text_reader_get_encoding (StallTextReader *self);
gssize stall_text_reader_read (StallTextReader *self, char *buffer, gsize size, GError **error);
double stall_text_reader_get_fraction (StallTextReader *self);

G_END_DECLS
