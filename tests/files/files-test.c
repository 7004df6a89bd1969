/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "files-test.h"

char *
test_data_path (const char *name)
{
  return g_test_build_filename (G_TEST_DIST, "data", name, NULL);
}

char *
test_write_file (Fixture *fixture, const char *name, const char *bytes, gssize length)
{
  char *path = g_build_filename (fixture->folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, bytes, length, &error);
  g_assert_no_error (error);
  return path;
}

StallImport *
test_open_import (Fixture *fixture, StallImportKind kind, const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  StallImport *import = stall_import_new (fixture->store, kind, file);
  g_autoptr (GError) error = NULL;

  dex_await (stall_import_open (import), &error);
  g_assert_no_error (error);
  return import;
}

StallImportReport *
test_dry_run (StallImport *import)
{
  g_autoptr (GError) error = NULL;
  StallImportReport *report = dex_await_object (stall_import_dry_run (import), &error);

  g_assert_no_error (error);
  return report;
}

StallReceipt *
test_run (StallImport *import)
{
  g_autoptr (GError) error = NULL;
  StallReceipt *receipt = dex_await_boxed (stall_import_run (import), &error);

  g_assert_no_error (error);
  return receipt;
}

StallReceipt *
test_import (Fixture *fixture, StallImportKind kind, const char *path)
{
  g_autoptr (StallImport) import = test_open_import (fixture, kind, path);

  return test_run (import);
}

char *
test_find_problem (StallImportReport *report, guint line)
{
  GListModel *problems = stall_import_report_get_problems (report);

  for (guint i = 0; i < g_list_model_get_n_items (problems); i++)
    {
      g_autoptr (StallImportProblem) problem = g_list_model_get_item (problems, i);
      gboolean is_error = stall_import_problem_get_severity (problem) == STALL_PROBLEM_ERROR;

      if (stall_import_problem_get_line (problem) == line)
        return g_strdup_printf ("%s: %s", is_error ? "error" : "warning",
                                stall_import_problem_get_message (problem));
    }
  return NULL;
}

StallVariantRow *
test_find_variant (Fixture *fixture, const char *sku)
{
  g_autoptr (GError) error = NULL;
  StallVariantRow *row = dex_await_object (stall_store_find_variant (fixture->store, sku), &error);

  g_assert_no_error (error);
  return row;
}

StallProduct *
test_load_product (Fixture *fixture, const char *title)
{
  g_autoptr (StallQuery) query = stall_query_new (STALL_LIST_PRODUCTS);
  g_autoptr (GListModel) rows = test_rows (fixture, query);

  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (StallProductRow) row = g_list_model_get_item (rows, i);
      g_autoptr (StallDocument) document = NULL;
      g_autoptr (GError) error = NULL;

      if (!g_str_equal (stall_product_row_get_title (row), title))
        continue;
      document = dex_await_object (
          stall_store_load (fixture->store, stall_product_row_get_id (row)), &error);
      g_assert_no_error (error);
      return stall_product_new_from_document (document, NULL);
    }
  g_error ("there is no product “%s”", title);
}

guint
test_count_kind (Fixture *fixture, StallKind kind)
{
  g_autoptr (GError) error = NULL;
  gint64 count = dex_await_int64 (stall_store_count (fixture->store, kind), &error);

  g_assert_no_error (error);
  return count;
}

void
test_set_currency (Fixture *fixture, const char *currency)
{
  g_autoptr (StallProfile) profile = stall_profile_new ();
  g_autoptr (StallDocument) document = NULL;
  g_autoptr (StallReceipt) receipt = NULL;

  stall_profile_set_currency (profile, currency);
  document = stall_profile_to_document (profile, stall_store_get_device (fixture->store));
  receipt = test_put (fixture, "Currency", document);
}
