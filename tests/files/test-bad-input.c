/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "files-test.h"

#include "stall-export.h"

#include <glib/gstdio.h>
#include <string.h>

/* Opens, or opens and reads, and gives the message a person gets; nothing is written. */
static char *
get_message (Fixture *fixture, StallImportKind kind, const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (StallImport) import = stall_import_new (fixture->store, kind, file);
  g_autoptr (GError) error = NULL;
  g_autoptr (StallReceipt) receipt = NULL;

  if (dex_await (stall_import_open (import), &error))
    receipt = dex_await_boxed (stall_import_run (import), &error);
  g_assert_null (receipt);
  g_assert_nonnull (error);
  g_assert_true (error->domain == STALL_ERROR);
  g_assert_cmpuint (test_count_kind (fixture, STALL_KIND_PRODUCT), ==, 0);
  g_assert_cmpuint (test_count_kind (fixture, STALL_KIND_ORDER), ==, 0);
  return g_strdup (error->message);
}

static void
check_bytes (Fixture *fixture,
             StallImportKind kind,
             const char *bytes,
             gssize length,
             const char *expected)
{
  g_autofree char *path = test_write_file (fixture, "bad.csv", bytes, length);
  g_autofree char *message = get_message (fixture, kind, path);

  if (strstr (message, expected) == NULL)
    g_error ("“%s” does not say “%s”", message, expected);
}

static void
test_not_csv (Fixture *fixture)
{
  check_bytes (fixture, STALL_IMPORT_PRODUCTS, "", 0, "The file is empty.");
  check_bytes (fixture, STALL_IMPORT_PRODUCTS, "\x89PNG\r\n\x1a\n\0\0", 10,
               "This is not a text file.");
  check_bytes (fixture, STALL_IMPORT_ORDERS, "PK\x03\x04\x14\0\0\0", 8,
               "This is an Excel workbook.");
  check_bytes (fixture, STALL_IMPORT_ORDERS, "\xFF\xFEN\0a\0", 6, "saved as UTF-16");
  check_bytes (fixture, STALL_IMPORT_STOCK, "a,b\0c\n", 6, "This is not a text file.");
  check_bytes (fixture, STALL_IMPORT_STOCK, "\xFF\xFF\xFF\xFF,b\n1,2\n", -1,
               "cannot be read: it is neither");
}

static void
test_other_shapes (Fixture *fixture)
{
  check_bytes (fixture, STALL_IMPORT_PRODUCTS, "Handle,Title,Variant Price\n", -1,
               "no lines below them");
  check_bytes (fixture, STALL_IMPORT_PRODUCTS, "Name,Age\nAda,36\n", -1,
               "Shopify’s has “Handle” (or “URL handle”)");
  check_bytes (fixture, STALL_IMPORT_PRODUCTS, "Name,Age\nAda,36\n", -1,
               "This file has: “Name”, “Age”.");
  check_bytes (fixture, STALL_IMPORT_STOCK, "SKU,Count\nA,3\n", -1, "“Exported quantity”");
  check_bytes (fixture, STALL_IMPORT_ORDERS, "just one column\nx\n", -1,
               "This file has: “just one column”.");
  check_bytes (fixture, STALL_IMPORT_ORDERS, "a,b,c,d\n1,2,3,4\n", -1,
               "Choose the columns for: Order number");
}

static void
test_broken_lines (Fixture *fixture)
{
  g_autoptr (GString) text = g_string_new ("Handle,Title,Variant Price\na,A,1\nb,B,2");

  for (guint i = 0; i < 10000; i++)
    g_string_append (text, ",x");
  check_bytes (fixture, STALL_IMPORT_PRODUCTS, text->str, text->len,
               "Line 3: there are more than 1,024 columns");
  check_bytes (fixture, STALL_IMPORT_PRODUCTS, "Handle,Title,Variant Price\na,\"A,1\nb,B,2\n", -1,
               "Line 2: a quotation mark is opened and never closed.");
}

static void
test_files (Fixture *fixture)
{
  g_autofree char *missing = g_build_filename (fixture->folder, "missing.csv", NULL);
  g_autofree char *not_there = get_message (fixture, STALL_IMPORT_PRODUCTS, missing);
  g_autofree char *folder = get_message (fixture, STALL_IMPORT_PRODUCTS, fixture->folder);

  g_assert_nonnull (strstr (not_there, "There is no file “"));
  g_assert_nonnull (strstr (folder, "is a folder"));
}

/* A million rows of one product: one entry is kept. */
static void
test_endless (Fixture *fixture)
{
  g_autoptr (GString) text = g_string_new ("Handle,Title,Variant SKU,Variant Price\n");
  g_autofree char *path = NULL;
  g_autoptr (StallImport) import = NULL;
  g_autoptr (StallImportReport) report = NULL;
  guint n_rows = 1000000;

  for (guint i = 0; i < n_rows; i++)
    g_string_append (text, "same,,,\n");
  path = test_write_file (fixture, "endless.csv", text->str, text->len);
  import = test_open_import (fixture, STALL_IMPORT_PRODUCTS, path);
  report = test_dry_run (import);
  g_assert_cmpuint (stall_import_report_get_counts (report)->lines, ==, n_rows);
}

static void
test_export_nowhere (Fixture *fixture)
{
  g_autoptr (GFile) file
      = g_file_new_build_filename (fixture->folder, "no", "such", "folder.csv", NULL);
  g_autoptr (GError) error = NULL;

  dex_await_int64 (stall_export_products (fixture->store, NULL, file, NULL), &error);
  g_assert_error (error, STALL_ERROR, STALL_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, "cannot be written"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  test_add ("/bad-input/not-csv", test_not_csv);
  test_add ("/bad-input/other-shapes", test_other_shapes);
  test_add ("/bad-input/broken-lines", test_broken_lines);
  test_add ("/bad-input/files", test_files);
  test_add ("/bad-input/endless", test_endless);
  test_add ("/bad-input/export-nowhere", test_export_nowhere);
  return g_test_run ();
}
