/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* CSV that Excel, WPS and LibreOffice open right, in place only when it is whole. */

#define STALL_TYPE_CSV_WRITER (stall_csv_writer_get_type ())
G_DECLARE_FINAL_TYPE (StallCsvWriter, stall_csv_writer, STALL, CSV_WRITER, GObject)

StallCsvWriter *stall_csv_writer_new (GFile *file, GError **error);
void stall_csv_writer_text (StallCsvWriter *self, const char *text);
void stall_csv_writer_int (StallCsvWriter *self, gint64 value);
void stall_csv_writer_price (StallCsvWriter *self, gint64 amount, const char *currency);
gboolean stall_csv_writer_end_row (StallCsvWriter *self, GError **error);
gboolean stall_csv_writer_row (StallCsvWriter *self, const char *const *cells, GError **error);
gboolean stall_csv_writer_finish (StallCsvWriter *self, GError **error);

G_END_DECLS
