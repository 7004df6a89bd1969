/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fuzz.h"

#include "stall-csv-reader.h"
#include "stall-csv-values.h"
#include "stall-csv-writer.h"
#include "stall-html-text.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* What a cell says never makes any reader of cells fall over. */
static void
check_cell (const char *text)
{
  g_autofree char *plain = stall_html_to_text (text);
  gboolean rounded;
  gint64 amount;
  StallTime time;
  int quantity;

  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_true (g_utf8_validate (plain, -1, NULL));
  for (guint i = 0; i < 3; i++)
    stall_csv_parse_date (text, i, NULL, &time);
  stall_csv_parse_price (text, TRUE, 2, &amount, &rounded);
  stall_csv_parse_quantity (text, FALSE, &quantity);
}

/* What was read is written as CSV that reads the same. */
static void
check_again (GFile *file, GPtrArray *rows)
{
  g_autoptr (StallTextReader) text = stall_text_reader_new (file, NULL, NULL);
  g_autoptr (StallCsvReader) reader = stall_csv_reader_new (text, ',');

  for (guint i = 0; i < rows->len; i++)
    {
      g_auto (GStrv) again = NULL;

      g_assert_true (stall_csv_reader_next (reader, NULL));
      again = stall_csv_reader_dup_row (reader);
      g_assert_true (g_strv_equal (g_ptr_array_index (rows, i), (const char *const *) again));
    }
  g_assert_false (stall_csv_reader_next (reader, NULL));
}

static void
check_file (GFile *file)
{
  g_autoptr (StallTextReader) text = stall_text_reader_new (file, NULL, NULL);
  g_autoptr (StallCsvReader) reader = NULL;
  g_autoptr (StallCsvWriter) writer = NULL;
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);

  if (text == NULL)
    return;
  reader = stall_csv_reader_new (text, ',');
  if (stall_csv_reader_sniff_separator (reader, NULL) == 0)
    return;
  writer = stall_csv_writer_new (file, NULL);
  while (stall_csv_reader_next (reader, NULL))
    {
      GStrv row = stall_csv_reader_dup_row (reader);

      /* A row of one empty cell is a blank line. */
      if (g_strv_length (row) == 1 && *row[0] == '\0')
        {
          g_strfreev (row);
          continue;
        }
      for (guint i = 0; row[i] != NULL; i++)
        check_cell (row[i]);
      g_assert_true (stall_csv_writer_row (writer, (const char *const *) row, NULL));
      g_ptr_array_add (rows, row);
    }
  if (rows->len == 0)
    return;
  g_assert_true (stall_csv_writer_finish (writer, NULL));
  check_again (file, rows);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *path = NULL;
  g_autoptr (GFile) file = NULL;
  int fd = g_file_open_tmp ("stall-fuzz-XXXXXX", &path, NULL);

  g_assert_cmpint (fd, >=, 0);
  close (fd);
  file = g_file_new_for_path (path);
  g_assert_true (g_file_set_contents (path, (const char *) data, size, NULL));
  check_file (file);
  g_unlink (path);
  return 0;
}
