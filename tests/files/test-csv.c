/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "stall-csv-guard.h"
#include "stall-csv-reader.h"
#include "stall-csv-writer.h"
#include "stall-error.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("stall-csv-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "file.csv", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_unlink (fixture->path);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->path);
  g_free (fixture->folder);
}

static StallTextReader *
open_bytes (Fixture *fixture, const char *bytes, gssize length, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (fixture->path);

  g_assert_true (g_file_set_contents (fixture->path, bytes, length, NULL));
  return stall_text_reader_new (file, NULL, error);
}

/* All rows as “a|b|c/d|e|f”, or the error's message. */
static char *
read_all (Fixture *fixture, const char *bytes, gssize length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StallTextReader) text = open_bytes (fixture, bytes, length, &error);
  g_autoptr (StallCsvReader) reader = NULL;
  GString *all = g_string_new (NULL);

  if (text != NULL)
    {
      reader = stall_csv_reader_new (text, ',');
      g_assert_true (stall_csv_reader_sniff_separator (reader, &error) != 0 || error != NULL);
    }
  while (error == NULL && stall_csv_reader_next (reader, &error))
    {
      g_auto (GStrv) row = stall_csv_reader_dup_row (reader);
      g_autofree char *joined = g_strjoinv ("|", row);

      g_string_append_printf (all, "%s%s", all->len > 0 ? "/" : "", joined);
    }
  if (error != NULL)
    {
      g_assert_true (error->domain == STALL_ERROR);
      g_string_assign (all, error->message);
    }
  return g_string_free_and_steal (all);
}

static void
test_shapes (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *bytes;
    const char *rows;
  } cases[] = {
    { "a,b\n1,2\n", "a|b/1|2" },
    { "a,b\r\n1,2", "a|b/1|2" },
    { "a,b\r1,2\r", "a|b/1|2" },
    { "a;b\n1,5;2\n", "a|b/1,5|2" },
    { "a\tb\n1\t2\n", "a|b/1|2" },
    { "\xEF\xBB\xBF"
      "a,b\n1,2\n",
      "a|b/1|2" },
    { "a,b\n\n\n1,2\n\n", "a|b/1|2" },
    { "a,b\n1,\n,2\n", "a|b/1|/|2" },
    { "a,b\n\"1,2\",\"3\n4\"\n", "a|b/1,2|3\n4" },
    { "a,b\n\"say \"\"hi\"\"\",5\" pipe\n", "a|b/say \"hi\"|5\" pipe" },
    { "a,b\n\"x\"y,z\n", "a|b/xy|z" },
    { "\"a,;;b\";b\n", "a,;;b|b" },
    { "a,b\n  1 , 2\t\n", "a|b/1|2" },
    { "a\n\"\"\n", "a" },
    { "a,b\n\"open,1\n", "Line 2: a quotation mark is opened and never closed." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *rows = read_all (fixture, cases[i].bytes, -1);

      g_assert_cmpstr (rows, ==, cases[i].rows);
    }
}

static void
test_lines (Fixture *fixture, gconstpointer data)
{
  const char *text = "a,b\n\"1\n2\",x\n\n3,\"y\r\nz\"\n4,5\n";
  static const guint lines[] = { 1, 2, 5, 7 };
  g_autoptr (StallTextReader) reader = open_bytes (fixture, text, -1, NULL);
  g_autoptr (StallCsvReader) csv = stall_csv_reader_new (reader, ',');

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_assert_true (stall_csv_reader_next (csv, NULL));
      g_assert_cmpuint (stall_csv_reader_get_line (csv), ==, lines[i]);
    }
  g_assert_false (stall_csv_reader_next (csv, NULL));
}

static void
test_bounds (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new ("a,b\n");
  g_autofree char *columns = NULL;
  g_autofree char *field = NULL;
  g_autofree char *fits = NULL;

  for (guint i = 0; i < 10000; i++)
    g_string_append (text, "x,");
  columns = read_all (fixture, text->str, text->len);
  g_assert_cmpstr (columns, ==,
                   "Line 2: there are more than 1,024 columns. Is the separator right?");

  g_string_assign (text, "a,b\n1,\"");
  for (guint i = 0; i < STALL_CSV_MAX_FIELD; i++)
    g_string_append_c (text, 'x');
  g_string_append (text, "\"\n");
  field = read_all (fixture, text->str, text->len);
  g_assert_cmpstr (field, ==, "Line 2: a cell is longer than 1 MiB. Is a quotation mark missing?");

  g_string_erase (text, 10, 8);
  fits = read_all (fixture, text->str, text->len);
  g_assert_cmpuint (strlen (fits), ==, strlen ("a|b/1|") + STALL_CSV_MAX_FIELD - 8);
}

/* Rows cut by the end of the buffer, wherever it falls. */
static void
test_buffer_ends (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new ("number,text\n");
  g_autoptr (StallTextReader) reader = NULL;
  g_autoptr (StallCsvReader) csv = NULL;
  guint n_rows = 60000;

  for (guint i = 0; i < n_rows; i++)
    g_string_append_printf (text, "%u,\"a \"\"%u\"\",\r\n茶\"\r\n", i, i);
  reader = open_bytes (fixture, text->str, text->len, NULL);
  csv = stall_csv_reader_new (reader, ',');
  g_assert_true (stall_csv_reader_next (csv, NULL));
  for (guint i = 0; i < n_rows; i++)
    {
      g_autofree char *expected = g_strdup_printf ("a \"%u\",\r\n茶", i);

      g_assert_true (stall_csv_reader_next (csv, NULL));
      g_assert_cmpuint (g_ascii_strtoull (stall_csv_reader_get_text (csv, 0), NULL, 10), ==, i);
      g_assert_cmpstr (stall_csv_reader_get_text (csv, 1), ==, expected);
      g_assert_cmpuint (stall_csv_reader_get_line (csv), ==, 2 + 2 * i);
    }
  g_assert_false (stall_csv_reader_next (csv, NULL));
}

static void
test_encodings (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *encoding;
    const char *codeset;
    const char *text;
  } cases[] = {
    { STALL_ENCODING_UTF8, "UTF-8", "商品,数量\n亚麻衬衫,1\n" },
    { STALL_ENCODING_UTF8, "UTF-8", "a,b\nplain,1\n" },
    { STALL_ENCODING_GB18030, "GB18030", "商品,数量\n亚麻衬衫,1\n" },
    { STALL_ENCODING_GB18030, "GB18030", "订单号,备注\nA-1,请包装好，谢谢！\n" },
    { STALL_ENCODING_SHIFT_JIS, "CP932", "商品名,数量\nひらがなの茶碗,1\n" },
    { STALL_ENCODING_SHIFT_JIS, "CP932", "注文番号,お客様\nJ-1,山田ｶﾀｶﾅ\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gsize length;
      g_autofree char *bytes
          = g_convert (cases[i].text, -1, cases[i].codeset, "UTF-8", NULL, &length, NULL);
      g_autoptr (StallTextReader) reader = open_bytes (fixture, bytes, length, NULL);
      char buffer[256];
      gssize n_read = stall_text_reader_read (reader, buffer, sizeof buffer, NULL);

      g_assert_cmpstr (stall_text_reader_get_encoding (reader), ==, cases[i].encoding);
      g_assert_cmpmem (buffer, n_read, cases[i].text, strlen (cases[i].text));
    }
}

/* UTF-8 that stops being it beyond what was looked at. */
static void
test_late_bytes (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *bytes;
    gsize length;
    const char *message;
  } cases[] = {
    { "x,\xC9\xCC\n", 5,
      "Line 200002 is not UTF-8 text. Choose another encoding, or save the file as “CSV UTF-8”." },
    { "x,\0\n", 4, "Line 200002 has a zero byte: this is not a text file. Choose a CSV file." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) text = g_string_new ("a,b\n");
      g_autofree char *message = NULL;

      for (guint row = 0; row < 200000; row++)
        g_string_append (text, "1,茶\n");
      g_string_append_len (text, cases[i].bytes, cases[i].length);
      message = read_all (fixture, text->str, text->len);
      g_assert_cmpstr (message, ==, cases[i].message);
    }
}

static void
test_guard (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *cell;
    const char *text;
  } cases[] = {
    { "=\"6901234567890\"", "6901234567890" },
    { "'+8613800002930", "+8613800002930" },
    { "'310000", "'310000" },
    { "'006900000000", "006900000000" },
    { "'90s shirt", "'90s shirt" },
    { "\t=1+1", "=1+1" },
    { "\t'=1", "'=1" },
    { " plain ", "plain" },
    { "", "" },
    { "\t", "" },
    { "'", "'" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *cell = g_strdup (cases[i].cell);

      g_assert_cmpstr (stall_csv_unguard (cell, strlen (cell)), ==, cases[i].text);
    }
}

/* Whatever a cell says comes back, and no spreadsheet takes it for a formula. */
static void
test_round_trip (Fixture *fixture, gconstpointer data)
{
  static const char *const parts[]
      = { "=", "+",   "-",  "@", "'", "\"", ",", ";", "\n", "x", "茶", "123456789012",
          "0", "007", "='", "😀" };
  g_autoptr (GFile) file = g_file_new_for_path (fixture->path);
  g_autoptr (StallCsvWriter) writer = stall_csv_writer_new (file, NULL);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (StallTextReader) text = NULL;
  g_autoptr (StallCsvReader) reader = NULL;
  g_autofree char *bytes = NULL;

  for (guint i = 0; i < 2000; i++)
    {
      GString *cell = g_string_new (NULL);

      for (int n = g_test_rand_int_range (1, 6); n > 0; n--)
        g_string_append (cell, parts[g_test_rand_int_range (0, G_N_ELEMENTS (parts))]);
      g_strstrip (cell->str);
      g_ptr_array_add (texts, g_string_free_and_steal (cell));
      stall_csv_writer_text (writer, "row");
      stall_csv_writer_text (writer, g_ptr_array_index (texts, i));
      stall_csv_writer_int (writer, -7);
      g_assert_true (stall_csv_writer_end_row (writer, NULL));
    }
  g_assert_true (stall_csv_writer_finish (writer, NULL));

  g_assert_true (g_file_get_contents (fixture->path, &bytes, NULL, NULL));
  g_assert_true (g_str_has_prefix (bytes, "\xEF\xBB\xBFrow,"));
  g_assert_null (strstr (bytes, "row,="));
  g_assert_null (strstr (bytes, "row,\"="));
  g_assert_null (strstr (bytes, "row,+"));
  g_assert_null (strstr (bytes, "row,@"));
  g_assert_null (strstr (bytes, "row,123456789012,"));

  text = stall_text_reader_new (file, NULL, NULL);
  reader = stall_csv_reader_new (text, ',');
  for (guint i = 0; i < texts->len; i++)
    {
      g_assert_true (stall_csv_reader_next (reader, NULL));
      g_assert_cmpuint (stall_csv_reader_get_n_fields (reader), ==, 3);
      g_assert_cmpstr (stall_csv_reader_get_text (reader, 1), ==, g_ptr_array_index (texts, i));
      g_assert_cmpstr (stall_csv_reader_get_text (reader, 2), ==, "-7");
    }
}

/* A file is in place when it is whole; what was there before stays until then. */
static void
test_unfinished (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) file = g_file_new_for_path (fixture->path);
  g_autoptr (StallCsvWriter) writer = NULL;
  g_autofree char *before = NULL;
  g_autofree char *nowhere = g_build_filename (fixture->folder, "no", "where.csv", NULL);
  g_autoptr (GFile) missing = g_file_new_for_path (nowhere);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (fixture->path, "before", -1, NULL));
  writer = stall_csv_writer_new (file, NULL);
  stall_csv_writer_text (writer, "after");
  g_assert_true (stall_csv_writer_end_row (writer, NULL));
  g_clear_object (&writer);
  g_assert_true (g_file_get_contents (fixture->path, &before, NULL, NULL));
  g_assert_cmpstr (before, ==, "before");

  g_assert_null (stall_csv_writer_new (missing, &error));
  g_assert_error (error, STALL_ERROR, STALL_ERROR_FAILED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/csv/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("shapes", test_shapes);
  ADD ("lines", test_lines);
  ADD ("bounds", test_bounds);
  ADD ("buffer-ends", test_buffer_ends);
  ADD ("encodings", test_encodings);
  ADD ("late-bytes", test_late_bytes);
  ADD ("guard", test_guard);
  ADD ("round-trip", test_round_trip);
  ADD ("unfinished", test_unfinished);
#undef ADD
  return g_test_run ();
}
