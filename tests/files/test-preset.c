/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "stall-error.h"
#include "stall-preset.h"

#include <glib/gstdio.h>

static StallPreset *
find (GListModel *presets, const char *id)
{
  for (guint i = 0; i < g_list_model_get_n_items (presets); i++)
    {
      g_autoptr (StallPreset) preset = g_list_model_get_item (presets, i);

      if (g_str_equal (stall_preset_get_id (preset), id))
        return g_steal_pointer (&preset);
    }
  return NULL;
}

static void
test_shipped (void)
{
  static const char *const columns[]
      = { "invoiceno ", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", NULL };
  g_autoptr (GListModel) presets = stall_preset_list (NULL);
  g_autoptr (StallPreset) shopify = find (presets, "shopify-orders");
  g_autoptr (StallPreset) retail = find (presets, "online-retail");

  g_assert_true (stall_preset_is_shipped (shopify));
  g_assert_true (stall_preset_is_shipped (retail));
  g_assert_cmpstr (stall_preset_get_column (retail, STALL_FIELD_SKU), ==, "StockCode");
  g_assert_cmpstr (stall_preset_get_currency (retail), ==, "GBP");
  g_assert_true (stall_preset_check (retail, columns, NULL));
  g_assert_false (stall_preset_check (shopify, columns, NULL));
}

static void
test_check (void)
{
  static const char *const columns[] = { "Number", "When", "What", "Total", NULL };
  g_autoptr (StallPreset) preset = stall_preset_new (NULL, "Mine");
  g_autoptr (GError) error = NULL;

  stall_preset_set_column (preset, STALL_FIELD_NUMBER, "number");
  stall_preset_set_column (preset, STALL_FIELD_DATE, "When");
  stall_preset_set_column (preset, STALL_FIELD_QUANTITY, "Pieces");
  g_assert_false (stall_preset_check (preset, columns, &error));
  g_assert_error (error, STALL_ERROR, STALL_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==, "Choose the columns for: Quantity, SKU, Price of one.");

  stall_preset_set_column (preset, STALL_FIELD_QUANTITY, "What");
  stall_preset_set_column (preset, STALL_FIELD_TITLE, "What");
  stall_preset_set_column (preset, STALL_FIELD_LINE_TOTAL, "Total");
  g_assert_true (stall_preset_check (preset, columns, NULL));
}

static void
test_saved (void)
{
  g_autofree char *folder = g_dir_make_tmp ("stall-preset-XXXXXX", NULL);
  g_autofree char *presets_folder = g_build_filename (folder, "presets", NULL);
  g_autofree char *junk = g_build_filename (presets_folder, "junk.json", NULL);
  g_autoptr (StallPreset) preset = stall_preset_new (NULL, "我的渠道");
  g_autoptr (StallPreset) copy = NULL;
  g_autoptr (GListModel) presets = NULL;
  g_autoptr (StallPreset) read = NULL;

  stall_preset_set_column (preset, STALL_FIELD_NUMBER, "订单号");
  stall_preset_set_date_format (preset, "dmy");
  stall_preset_set_date_format (preset, "dmy");
  stall_preset_set_decimal_comma (preset, TRUE);
  g_assert_true (stall_preset_save (preset, folder, NULL));
  g_assert_true (g_file_set_contents (junk, "{]", -1, NULL));

  presets = stall_preset_list (folder);
  g_assert_cmpuint (g_list_model_get_n_items (presets), ==, 3);
  read = find (presets, stall_preset_get_id (preset));
  g_assert_cmpstr (stall_preset_get_name (read), ==, "我的渠道");
  g_assert_cmpstr (stall_preset_get_column (read, STALL_FIELD_NUMBER), ==, "订单号");
  g_assert_cmpstr (stall_preset_get_date_format (read), ==, "dmy");
  g_assert_true (stall_preset_get_decimal_comma (read));
  g_assert_false (stall_preset_is_shipped (read));

  copy = stall_preset_copy (read);
  g_assert_cmpstr (stall_preset_get_id (copy), !=, stall_preset_get_id (read));

  g_assert_true (stall_preset_delete (read, folder, NULL));
  g_assert_cmpint (g_unlink (junk), ==, 0);
  g_assert_cmpint (g_rmdir (presets_folder), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
test_bad (void)
{
  static const char *const texts[] = { "", "[]", "{}", "{\"id\":\"../up\"}", "{\"id\":7}" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (stall_preset_new_from_json (texts[i], -1, &error));
      g_assert_error (error, STALL_ERROR, STALL_ERROR_INVALID);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/preset/shipped", test_shipped);
  g_test_add_func ("/preset/check", test_check);
  g_test_add_func ("/preset/saved", test_saved);
  g_test_add_func ("/preset/bad", test_bad);
  return g_test_run ();
}
