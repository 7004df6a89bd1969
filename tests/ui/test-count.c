/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "stall-count-page.h"
#include "stall-count.h"
#include "stall-query-model.h"
#include "stall-scanner.h"
#include "ui-test.h"

#include <string.h>

#define BARCODE "2000000000015"

typedef struct
{
  UiTest base;
  GtkWidget *window;
  char *variant;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (StallProduct) cup = stall_product_new ();
  g_autoptr (StallVariant) variant = stall_variant_new ();

  ui_test_set_up (&self->base);
  self->window = NULL;
  self->variant = g_strdup (stall_variant_get_id (variant));
  stall_product_set_title (cup, "Celadon Cup");
  stall_variant_set_sku (variant, "CUP-1");
  stall_variant_set_barcode (variant, BARCODE);
  stall_product_add_variant (cup, variant);
  ui_test_add_product (&self->base, cup);
  ui_test_move (&self->base, self->variant, 5);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  if (self->window)
    gtk_window_destroy (GTK_WINDOW (self->window));
  ui_test_tear_down (&self->base);
  g_free (self->variant);
}

static StallVariantRow *
load_row (Fixture *self)
{
  const char *ids[] = { self->variant, NULL };
  g_autoptr (GListModel) rows
      = ui_test_await (stall_store_variant_rows (stall_desk_get_store (self->base.desk), ids));

  return g_list_model_get_item (rows, 0);
}

static int
get_on_hand (Fixture *self)
{
  g_autoptr (StallVariantRow) row = load_row (self);

  return stall_variant_row_get_on_hand (row);
}

/* --- the rule --- */

typedef struct
{
  const char *keys; /* '\n' is Enter, '\t' Tab, '<' an arrow */
  int gap;          /* ms between keys */
  const char *code; /* what is scanned, or NULL */
} Keys;

static const Keys keys[] = {
  { "2000000000015\n", 5, "2000000000015" },
  { "CUP-1\t", 49, "CUP-1" },
  { "2000000000015\n", 60, NULL }, /* a person */
  { "123\n", 5, NULL },            /* too short */
  { "1234", 5, NULL },             /* no end */
  { "12<34\n", 5, NULL },          /* not one run of characters */
  { "青瓷杯一\n", 5, "青瓷杯一" },
};

static void
scanned_cb (StallScanner *scanner, const char *code, char **scanned)
{
  g_set_str (scanned, code);
}

static gboolean
feed (StallScanner *scanner, gunichar key, gint64 time)
{
  guint keyval = key == '\n'   ? GDK_KEY_Return
                 : key == '\t' ? GDK_KEY_Tab
                 : key == '<'  ? GDK_KEY_Left
                               : gdk_unicode_to_keyval (key);

  return stall_scanner_feed (scanner, keyval, 0, time);
}

static void
test_scanner_rule (gconstpointer data)
{
  const Keys *rule = data;
  g_autoptr (StallScanner) scanner = stall_scanner_new ();
  g_autofree char *scanned = NULL;
  gboolean stopped = FALSE;
  gint64 time = 1000;

  g_signal_connect (scanner, "scanned", G_CALLBACK (scanned_cb), &scanned);
  for (const char *key = rule->keys; *key; key = g_utf8_next_char (key), time += rule->gap)
    {
      g_assert_false (stopped);
      stopped = feed (scanner, g_utf8_get_char (key), time);
    }
  g_assert_cmpstr (scanned, ==, rule->code);
  g_assert_true (stopped == (rule->code != NULL));
}

/* --- the page --- */

static GtkEventController *
find_scanner (GtkWidget *window)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (window);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (g_strcmp0 (gtk_event_controller_get_name (controller), "stall-scanner") == 0)
        return controller; /* the window holds it */
    }
  return NULL;
}

/* As a scanner does it: keys come as fast as the bus carries them, to whatever has the focus. */
static void
scan (GtkWidget *window, const char *code)
{
  GtkEventController *controller = find_scanner (window);
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (window));
  gboolean stopped = FALSE;
  int position = -1;

  g_assert_nonnull (controller);
  for (const char *key = code; *key; key++)
    {
      g_signal_emit_by_name (controller, "key-pressed", (guint) *key, 0, 0, &stopped);
      g_assert_false (stopped);
      if (GTK_IS_EDITABLE (focus))
        gtk_editable_insert_text (GTK_EDITABLE (focus), key, 1, &position);
    }
  g_signal_emit_by_name (controller, "key-pressed", GDK_KEY_Return, 0, 0, &stopped);
  g_assert_true (stopped);
}

static GtkWidget *
show_count (Fixture *self)
{
  GtkWidget *view = adw_navigation_view_new ();

  adw_navigation_view_push (ADW_NAVIGATION_VIEW (view), stall_count_page_new (self->base.desk));
  self->window = ui_test_show (view, 700, 600);
  return self->window;
}

static void
test_scan_with_focus_in_entry (Fixture *self, gconstpointer data)
{
  GtkWidget *window = show_count (self);
  GtkWidget *entry;

  ui_test_wait_until (ui_test_find_button (window, "Start Count"));
  ui_test_click (ui_test_find_button (window, "Start Count"));
  ui_test_wait_until (ui_test_find_type (window, GTK_TYPE_ENTRY));
  entry = ui_test_find_type (window, GTK_TYPE_ENTRY);
  gtk_editable_set_text (GTK_EDITABLE (entry), "cel");
  gtk_widget_grab_focus (entry);

  scan (window, BARCODE);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "cel");
  ui_test_wait_until (ui_test_find_text (window, "Celadon Cup"));
  scan (window, BARCODE);
  ui_test_wait_until (ui_test_find_text (window, "2 pieces"));
  ui_test_wait_until (ui_test_find_text (window, "5 expected"));
  scan (window, "9999999");
  ui_test_wait_until (ui_test_find_button (window, "Assign…"));
  ui_test_save_picture (window, "count");

  /* Nothing was written yet. */
  g_assert_cmpint (get_on_hand (self), ==, 5);
  gtk_widget_activate_action (ui_test_find_type (window, STALL_TYPE_COUNT_PAGE), "count.apply",
                              NULL);
  ui_test_wait_until (get_on_hand (self) == 2);
}

/* What should be there and was not scanned comes onto the list as none found, once. */
static void
test_missing (Fixture *self, gconstpointer data)
{
  GtkWidget *window = show_count (self);
  GtkWidget *page;

  ui_test_wait_until (ui_test_find_button (window, "Start Count"));
  page = ui_test_find_type (window, STALL_TYPE_COUNT_PAGE);
  ui_test_click (ui_test_find_button (window, "Start Count"));
  gtk_widget_activate_action (page, "count.add-missing", NULL);
  ui_test_wait_until (ui_test_find_text (window, "Celadon Cup"));
  ui_test_wait_until (ui_test_find_text (window, "5 expected"));
  g_assert_cmpint (get_on_hand (self), ==, 5);
  scan (window, BARCODE);
  ui_test_wait_until (ui_test_find_text (window, "1 piece"));
  gtk_widget_activate_action (page, "count.apply", NULL);
  ui_test_wait_until (get_on_hand (self) == 1);
}

static void
test_draft_survives (Fixture *self, gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->base.folder, "counts-draft.json", NULL);
  g_autoptr (StallCount) count = stall_count_new (self->base.desk);
  g_autoptr (StallCount) resumed = stall_count_new (self->base.desk);
  g_autoptr (StallCountEntry) entry = NULL;

  stall_count_start (count, "fair");
  ui_test_await_boolean (stall_count_scan (count, BARCODE));
  ui_test_await_boolean (stall_count_scan (count, " CUP-1 "));
  ui_test_wait_until (g_file_test (path, G_FILE_TEST_IS_REGULAR));
  /* The write after the last scan. */
  for (g_autofree char *text = NULL; text == NULL || strstr (text, "\"pieces\":2") == NULL;)
    {
      g_main_context_iteration (NULL, FALSE);
      g_clear_pointer (&text, g_free);
      g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
    }

  ui_test_await_boolean (stall_count_resume (resumed));
  g_assert_cmpstr (stall_count_get_place (resumed), ==, "fair");
  g_assert_cmpuint (g_list_model_get_n_items (stall_count_get_entries (resumed)), ==, 1);
  entry = g_list_model_get_item (stall_count_get_entries (resumed), 0);
  g_assert_cmpint (stall_count_entry_get_counted (entry), ==, 2);

  ui_test_await_boolean (stall_count_apply (resumed));
  g_assert_cmpint (get_on_hand (self), ==, 7); /* five in the workshop, two at the fair */
  ui_test_wait_until (!g_file_test (path, G_FILE_TEST_EXISTS));
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autofree char *path = g_strdup_printf ("/scanner/rule/%u", i);

      g_test_add_data_func (path, &keys[i], test_scanner_rule);
    }
  g_test_add ("/count/scan-with-focus-in-entry", Fixture, NULL, set_up,
              test_scan_with_focus_in_entry, tear_down);
  g_test_add ("/count/missing", Fixture, NULL, set_up, test_missing, tear_down);
  g_test_add ("/count/draft-survives", Fixture, NULL, set_up, test_draft_survives, tear_down);
  return g_test_run ();
}
