/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "test-util.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  FixtureFunc func;
  GMainLoop *loop;
} Run;

void
test_remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
        test_remove_folder (path);
      else
        g_unlink (path);
    }
  g_rmdir (folder);
}

void
test_open (Fixture *fixture, StallStoreFlags flags)
{
  g_autoptr (GError) error = NULL;

  fixture->store = dex_await_object (stall_store_open (fixture->folder, flags), &error);
  g_assert_no_error (error);
}

void
test_close (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  dex_await (stall_store_close (fixture->store), &error);
  g_assert_no_error (error);
  g_clear_object (&fixture->store);
}

static DexFuture *
test_fiber (gpointer data)
{
  Run *run = data;
  Fixture fixture = { .folder = g_dir_make_tmp ("stall-test-XXXXXX", NULL) };

  test_open (&fixture, STALL_STORE_WRITE | STALL_STORE_CREATE);
  run->func (&fixture);
  if (fixture.store != NULL)
    test_close (&fixture);
  test_remove_folder (fixture.folder);
  g_free (fixture.folder);
  g_main_loop_quit (run->loop);
  return dex_future_new_true ();
}

static void
run_test (gconstpointer data)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Run run = { (FixtureFunc) data, loop };

  dex_future_disown (
      dex_scheduler_spawn (dex_scheduler_get_default (), 8 * 1024 * 1024, test_fiber, &run, NULL));
  g_main_loop_run (loop);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

void
test_add (const char *path, FixtureFunc func)
{
  g_test_add_data_func (path, (gconstpointer) func, run_test);
}

StallReceipt *
test_apply (Fixture *fixture, StallChangeSet *changes)
{
  g_autoptr (GError) error = NULL;
  StallReceipt *receipt = dex_await_boxed (stall_store_apply (fixture->store, changes), &error);

  g_assert_no_error (error);
  return receipt;
}

StallReceipt *
test_put (Fixture *fixture, const char *label, StallDocument *document)
{
  g_autoptr (StallChangeSet) changes = stall_change_set_new (label);

  stall_change_set_put (changes, document);
  return test_apply (fixture, changes);
}

void
test_assert_body (StallStore *store, const char *id, const char *body)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StallDocument) document = dex_await_object (stall_store_load (store, id), &error);
  g_autoptr (GBytes) wanted = g_bytes_new (body, body != NULL ? strlen (body) : 0);
  g_autoptr (JsonObject) root = NULL;
  g_autofree char *text = NULL;

  if (body == NULL)
    {
      g_assert_error (error, STALL_ERROR, STALL_ERROR_NOT_FOUND);
      return;
    }
  g_assert_no_error (error);
  if (g_bytes_equal (stall_document_get_body (document), wanted))
    return;
  root = stall_json_copy_object (stall_document_get_root (document, NULL));
  json_object_remove_member (root, "changed");
  text = stall_json_to_string (root, NULL);
  g_assert_cmpstr (text, ==, body);
}

void
test_check_is_clean (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) found = dex_await_boxed (stall_store_check (fixture->store), &error);

  g_assert_no_error (error);
  for (guint i = 0; found[i] != NULL; i++)
    g_test_message ("%s", found[i]);
  g_assert_cmpuint (g_strv_length (found), ==, 0);
}

StallProduct *
test_make_product (const char *title, const char *sku, gint64 price)
{
  StallProduct *product = stall_product_new ();
  g_autoptr (StallVariant) variant = stall_variant_new ();

  stall_product_set_title (product, title);
  stall_product_set_stage (product, STALL_STAGE_ON_SALE);
  stall_variant_set_sku (variant, sku);
  stall_variant_set_price (variant, price, "CNY");
  stall_product_add_variant (product, variant);
  return product;
}

const char *
test_first_variant (StallProduct *product)
{
  g_autoptr (StallVariant) variant
      = g_list_model_get_item (stall_product_get_variants (product), 0);

  return stall_variant_get_id (variant);
}

char *
test_add_product (Fixture *fixture, const char *title, const char *sku, gint64 price)
{
  g_autoptr (StallProduct) product = test_make_product (title, sku, price);
  g_autoptr (StallDocument) document = stall_product_to_document (product, "device");

  stall_receipt_free (test_put (fixture, "Add", document));
  return g_strdup (test_first_variant (product));
}

void
test_move (Fixture *fixture, const char *variant, int quantity, StallTime at)
{
  g_autoptr (StallMovement) movement
      = stall_movement_new (variant, STALL_PLACE_WORKSHOP, quantity, STALL_REASON_MADE, at);
  g_autoptr (StallDocument) document = stall_movement_to_document (movement, "device");

  stall_receipt_free (test_put (fixture, "Move", document));
}

void
test_count (Fixture *fixture, const char *variant, int count, StallTime at)
{
  g_autoptr (StallMovement) movement
      = stall_movement_new_count (variant, STALL_PLACE_WORKSHOP, count, at);
  g_autoptr (StallDocument) document = stall_movement_to_document (movement, "device");

  stall_receipt_free (test_put (fixture, "Count", document));
}

StallOrder *
test_make_order (const char *number, const char *variant, int quantity, gint64 price, StallTime at)
{
  g_autofree char *id = stall_id_new (STALL_KIND_ORDER);
  StallOrder *order = stall_order_new (id, number, "CNY");
  StallOrderLine line = { .variant = variant, .quantity = quantity, .price = price };

  stall_order_set_source (order, STALL_SOURCE_LIVE, NULL);
  stall_order_set_times (order, at, at + 2 * STALL_DAY);
  stall_order_set_customer (order, "aning");
  stall_order_add_line (order, &line);
  return order;
}

void
test_add_event (Fixture *fixture, StallOrder *order, StallStep step, StallTime at)
{
  g_autoptr (StallOrderEvent) event = stall_order_event_new (stall_order_get_id (order), step, at);
  g_autoptr (StallDocument) document = stall_order_event_to_document (event, "device");

  stall_receipt_free (test_put (fixture, "Event", document));
}

StallVariantRow *
test_get_variant (Fixture *fixture, const char *variant)
{
  const char *const ids[] = { variant, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) rows
      = dex_await_object (stall_store_variant_rows (fixture->store, ids), &error);

  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (rows), ==, 1);
  return g_list_model_get_item (rows, 0);
}

GListModel *
test_rows (Fixture *fixture, const StallQuery *query)
{
  g_autoptr (GError) error = NULL;
  GListModel *rows = dex_await_object (stall_store_query_rows (fixture->store, query, 0), &error);

  g_assert_no_error (error);
  return rows;
}
