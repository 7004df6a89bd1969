/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-text-reader.h"

G_BEGIN_DECLS

/* RFC 4180 as the world writes it, in memory that does not grow with the file: fields are cut out
 * of one buffer in place and live until the next row is read. */

#define STALL_CSV_MAX_COLUMNS 1024
#define STALL_CSV_MAX_FIELD (1024 * 1024)
#define STALL_CSV_MAX_ROW (16 * 1024 * 1024)

#define STALL_TYPE_CSV_READER (stall_csv_reader_get_type ())
G_DECLARE_FINAL_TYPE (StallCsvReader, stall_csv_reader, STALL, CSV_READER, GObject)

StallCsvReader *stall_csv_reader_new (StallTextReader *text, char separator);
char stall_csv_reader_sniff_separator (StallCsvReader *self, GError **error);
gboolean stall_csv_reader_next (StallCsvReader *self, GError **error);
guint stall_csv_reader_get_line (StallCsvReader *self);
guint stall_csv_reader_get_n_fields (StallCsvReader *self);
const char *stall_csv_reader_get_text (StallCsvReader *self, guint column);
GStrv stall_csv_reader_dup_row (StallCsvReader *self);
double stall_csv_reader_get_fraction (StallCsvReader *self);

G_END_DECLS
