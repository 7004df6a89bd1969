/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Slips and labels as a person holds them: the words are read back out of the PDF, and the barcodes
 * by a reader that knows nothing of the writer. */

#include "config.h"

#include "stall-barcode.h"
#include "stall-contact.h"
#include "stall-link.h"
#include "stall-print.h"
#include "ui-test.h"

#include <string.h>

static char *
run (const char *const *argv)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *errors = NULL;
  char *output = NULL;
  int status;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &output, &errors,
                &status, &error);
  g_assert_no_error (error);
  if (!g_spawn_check_wait_status (status, &error))
    g_error ("%s: %s", argv[0], errors);
  return output;
}

static char *
read_text (const char *pdf)
{
  return run ((const char *[]) { "pdftotext", "-layout", pdf, "-", NULL });
}

/* What a scanner reads on one page. */
static char *
scan (UiTest *test, const char *pdf, const char *page)
{
  g_autofree char *prefix = g_build_filename (test->folder, "page", NULL);
  g_autofree char *picture = g_strconcat (prefix, ".png", NULL);
  g_autofree char *done
      = run ((const char *[]) { "pdftoppm", "-r", "300", "-gray", "-png", "-singlefile", "-f", page,
                                "-l", page, pdf, prefix, NULL });

  return run ((const char *[]) { "zbarimg", "--quiet", "--raw", "-Sdisable", "-Scode128.enable",
                                 "-Sean13.enable", "-Sqrcode.enable", picture, NULL });
}

static void
assert_contains (const char *text, const char *part)
{
  if (!strstr (text, part))
    g_error ("“%s” is not in:\n%s", part, text);
}

static StallOrder *
new_order (const char *number, guint n_lines)
{
  StallOrder *order = stall_order_new ("order:0190-test", number, "CNY");
  StallTime now = stall_time_now ();

  stall_order_set_source (order, STALL_SOURCE_LIVE, NULL);
  stall_order_set_times (order, now, now + 3 * STALL_DAY);
  stall_order_set_customer (order, "紫藤花开");
  for (guint i = 0; i < n_lines; i++)
    {
      g_autofree char *title = g_strdup_printf ("丁香紫西装 Lilac Suit %u", i + 1);
      StallOrderLine line = { .title = title, .sku = "LIL-SUIT-M", .quantity = 1, .price = 80000 };

      if (i == 1)
        line.personalisation = "赠小满 — 2026 年春";
      stall_order_add_line (order, &line);
    }
  return order;
}

static void
add_order (UiTest *test, StallOrder *order)
{
  g_autoptr (StallDocument) document = stall_order_to_document (order, "test");
  g_autoptr (StallContact) contact = stall_contact_new (stall_order_get_id (order));
  g_autoptr (StallDocument) contact_document = NULL;

  stall_contact_set_name (contact, "王小明");
  stall_contact_set_phone (contact, "13800002930");
  stall_contact_set_address (contact, "浙江省杭州市西湖区文三路 90 号 3 幢 501 室");
  contact_document = stall_contact_to_document (contact, "test");
  ui_test_put (test, "Order", document);
  ui_test_put (test, "Contact", contact_document);
}

static char *
write_slip (UiTest *test, StallOrder *order, StallPaper paper, const char *name)
{
  char *path = g_build_filename (g_getenv ("STALL_TEST_PICTURES") ?: test->folder, name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  const char *ids[] = { stall_order_get_id (order), NULL };

  ui_test_await_boolean (stall_slips_to_pdf (test->desk, ids, paper, file));
  return path;
}

static void
test_slip (void)
{
  UiTest test;
  g_autoptr (StallOrder) order = new_order ("H-0007", 3);
  g_autofree char *pdf = NULL;
  g_autofree char *text = NULL;
  g_autofree char *code = NULL;

  ui_test_set_up (&test);
  add_order (&test, order);
  pdf = write_slip (&test, order, STALL_PAPER_A4, "slip-a4.pdf");
  text = read_text (pdf);
  assert_contains (text, "Lilac Studio 丁香");
  assert_contains (text, "H-0007");
  assert_contains (text, "王小明");
  assert_contains (text, "文三路 90 号");
  assert_contains (text, "赠小满");
  assert_contains (text, "丁香紫西装 Lilac Suit 3");
  assert_contains (text, "1 / 1");
  g_assert_null (strstr (text, "¥"));
  code = scan (&test, pdf, "1");
  g_assert_cmpstr (code, ==, "H-0007\n");
  ui_test_tear_down (&test);
}

static void
test_slip_with_prices (void)
{
  UiTest test;
  g_autoptr (StallOrder) order = new_order ("1042", 2);
  g_autofree char *pdf = NULL;
  g_autofree char *text = NULL;

  ui_test_set_up (&test);
  g_settings_set_boolean (stall_desk_get_settings (test.desk), "slip-prices", TRUE);
  add_order (&test, order);
  pdf = write_slip (&test, order, STALL_PAPER_A4, "slip-prices.pdf");
  text = read_text (pdf);
  assert_contains (text, "800");
  assert_contains (text, "1,600");
  g_settings_set_boolean (stall_desk_get_settings (test.desk), "slip-prices", FALSE);
  ui_test_tear_down (&test);
}

/* What is left to pack, and nothing that is on its way already. */
static void
test_rest_slip (void)
{
  UiTest test;
  g_autoptr (StallOrder) order = new_order ("1043", 3);
  g_autoptr (StallOrderEvent) shipped
      = stall_order_event_new (stall_order_get_id (order), STALL_STEP_SHIPPED, stall_time_now ());
  g_autoptr (StallDocument) document = NULL;
  g_autofree char *pdf = NULL;
  g_autofree char *text = NULL;

  stall_order_event_add_line (shipped, 0, 1);
  document = stall_order_event_to_document (shipped, "test");
  ui_test_set_up (&test);
  add_order (&test, order);
  ui_test_put (&test, "Shipped", document);
  pdf = write_slip (&test, order, STALL_PAPER_A4, "slip-rest.pdf");
  text = read_text (pdf);
  g_assert_null (strstr (text, "Lilac Suit 1"));
  assert_contains (text, "丁香紫西装 Lilac Suit 2");
  assert_contains (text, "丁香紫西装 Lilac Suit 3");
  ui_test_tear_down (&test);
}

/* Every line of a long order is on some page, and each page says which it is. */
static void
test_long_slip (void)
{
  UiTest test;
  g_autoptr (StallOrder) order = new_order ("20261122-1042", 60);
  g_autofree char *pdf = NULL;
  g_autofree char *small = NULL;
  g_autofree char *text = NULL;
  g_autofree char *small_text = NULL;
  g_autofree char *code = NULL;

  ui_test_set_up (&test);
  add_order (&test, order);
  pdf = write_slip (&test, order, STALL_PAPER_A4, "slip-long.pdf");
  text = read_text (pdf);
  assert_contains (text, "1 / 4");
  assert_contains (text, "4 / 4");
  for (guint i = 1; i <= 60; i++)
    {
      g_autofree char *title = g_strdup_printf ("Lilac Suit %u\n", i);

      assert_contains (text, title);
    }
  small = write_slip (&test, order, STALL_PAPER_A6, "slip-a6.pdf");
  small_text = read_text (small);
  assert_contains (small_text, "Lilac Suit 60");
  code = scan (&test, small, "1");
  g_assert_cmpstr (code, ==, "20261122-1042\n");
  ui_test_tear_down (&test);
}

static void
label_free (gpointer label)
{
  stall_label_free (label);
}

static StallLabel *
new_label (const char *barcode, guint copies)
{
  StallLabel *label = g_new0 (StallLabel, 1);

  label->name = g_strdup ("丁香紫西装 Lilac Suit");
  label->options = g_strdup ("Lilac / M");
  label->price = g_strdup ("¥800.00");
  label->barcode = g_strdup (barcode);
  label->sku = g_strdup ("LIL-SUIT-M");
  label->copies = copies;
  return label;
}

static void
test_labels (void)
{
  static const char *const names[] = { "40x30", "50x30", "60x40", "a4-24" };
  UiTest test;
  g_autofree char *ean = stall_ean13_new_own (1042);

  ui_test_set_up (&test);
  for (int size = 0; size < STALL_N_LABEL_SIZES; size++)
    {
      g_autoptr (GPtrArray) labels = g_ptr_array_new_with_free_func (label_free);
      g_autofree char *name = g_strdup_printf ("labels-%s.pdf", names[size]);
      g_autofree char *path
          = g_build_filename (g_getenv ("STALL_TEST_PICTURES") ?: test.folder, name, NULL);
      g_autoptr (GFile) file = g_file_new_for_path (path);
      g_autofree char *text = NULL;
      g_autofree char *first = NULL;

      g_assert_cmpstr (stall_label_size_to_string (size), ==, names[size]);
      g_ptr_array_add (labels, new_label (ean, 1));
      g_ptr_array_add (labels, new_label ("", 24));
      g_assert_cmpuint (stall_labels_count_pages (labels, size), ==,
                        size == STALL_LABEL_A4_24 ? 2 : 25);
      ui_test_await_boolean (stall_labels_to_pdf (labels, size, file));

      text = read_text (path);
      assert_contains (text, "丁香紫西装");
      assert_contains (text, "¥800.00");
      assert_contains (text, ean);
      first = scan (&test, path, "1");
      assert_contains (first, ean);
      if (size == STALL_LABEL_A4_24)
        assert_contains (first, "LIL-SUIT-M");
      else
        {
          g_autofree char *second = scan (&test, path, "2");

          g_assert_cmpstr (second, ==, "LIL-SUIT-M\n");
        }
    }
  ui_test_tear_down (&test);
}

/* The QR code leads to the product and stands for its barcode; the bars stay readable beside it. */
static void
test_label_link (void)
{
  UiTest test;

  ui_test_set_up (&test);
  for (int size = 0; size < STALL_N_LABEL_SIZES; size++)
    {
      g_autoptr (GPtrArray) labels = g_ptr_array_new_with_free_func (label_free);
      g_autofree char *name = g_strdup_printf ("linked-%s.pdf", stall_label_size_to_string (size));
      g_autofree char *path
          = g_build_filename (g_getenv ("STALL_TEST_PICTURES") ?: test.folder, name, NULL);
      g_autoptr (GFile) file = g_file_new_for_path (path);
      g_autofree char *codes = NULL;
      StallLabel *label = new_label ("", 1);

      label->link = stall_link_new_for_code ("LIL-SUIT M/2");
      g_ptr_array_add (labels, label);
      ui_test_await_boolean (stall_labels_to_pdf (labels, size, file));
      codes = scan (&test, path, "1");
      assert_contains (codes, "LIL-SUIT-M\n");
      assert_contains (codes, "stall:code/LIL-SUIT%20M%2F2\n");
    }
  ui_test_tear_down (&test);
}

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);
  g_test_add_func ("/print/slip", test_slip);
  g_test_add_func ("/print/slip-with-prices", test_slip_with_prices);
  g_test_add_func ("/print/rest-slip", test_rest_slip);
  g_test_add_func ("/print/long-slip", test_long_slip);
  g_test_add_func ("/print/labels", test_labels);
  g_test_add_func ("/print/label-link", test_label_link);
  return g_test_run ();
}
