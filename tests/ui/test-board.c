/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "stall-board-column.h"
#include "stall-board-page.h"
#include "stall-product-page.h"
#include "stall-stage-change.h"
#include "stall-stage-history.h"
#include "ui-test.h"

typedef struct
{
  UiTest base;
  GtkWidget *window;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  *self = (Fixture) { 0 };
  ui_test_set_up (&self->base);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  ui_test_tear_down (&self->base);
}

static char *
add_style (Fixture *self, const char *title, StallStage stage)
{
  g_autoptr (StallProduct) product = stall_product_new ();
  g_autoptr (StallVariant) variant = stall_variant_new ();

  stall_product_set_title (product, title);
  stall_product_set_stage (product, stage);
  stall_product_add_variant (product, variant);
  ui_test_add_product (&self->base, product);
  return g_strdup (stall_product_get_id (product));
}

static StallProduct *
load (Fixture *self, const char *id)
{
  g_autoptr (StallDocument) document
      = ui_test_await (stall_store_load (stall_desk_get_store (self->base.desk), id));

  return stall_product_new_from_document (document, NULL);
}

static StallStage
get_stage (Fixture *self, const char *id)
{
  g_autoptr (StallProduct) product = load (self, id);

  return stall_product_get_stage (product);
}

static void
show_board (Fixture *self, int width)
{
  self->window = ui_test_show (GTK_WIDGET (stall_board_page_new (self->base.desk)), width, 700);
}

static GtkWidget *
find_column (Fixture *self, const char *style)
{
  GtkWidget *text = ui_test_find_text (self->window, style);

  return text != NULL ? gtk_widget_get_ancestor (text, STALL_TYPE_BOARD_COLUMN) : NULL;
}

static GtkWidget *
find_dialog (Fixture *self)
{
  return GTK_WIDGET (adw_window_get_visible_dialog (ADW_WINDOW (self->window)));
}

static gboolean
is_elsewhere (Fixture *self, const char *style, GtkWidget *column)
{
  GtkWidget *now = find_column (self, style);

  return now != NULL && now != column;
}

/* Moves by key, drops with a reason, undoes and revives. */
static void
test_moves (Fixture *self, gconstpointer data)
{
  g_autofree char *suit = add_style (self, "Lilac Suit", STALL_STAGE_TESTING);
  g_autofree char *cup = add_style (self, "Celadon Cup", STALL_STAGE_ON_SALE);
  g_autoptr (StallProduct) product = NULL;
  g_autoptr (GPtrArray) changes = NULL;
  GtkWidget *column, *entry;

  show_board (self, 1700);
  ui_test_wait_until (find_column (self, "Lilac Suit") && find_column (self, "Celadon Cup"));
  ui_test_wait_until (ui_test_find_text (self->window, "100\u00a0% kept: 1 of 1 decided"));
  ui_test_save_picture (self->window, "board");
  column = find_column (self, "Lilac Suit");

  gtk_widget_activate_action (column, "column.step", "i", 1);
  ui_test_wait_until (get_stage (self, suit) == STALL_STAGE_PRODUCTION);
  ui_test_wait_until (is_elsewhere (self, "Lilac Suit", column));
  stall_desk_undo (self->base.desk, 0);
  ui_test_wait_until (get_stage (self, suit) == STALL_STAGE_TESTING);
  ui_test_wait_until (find_column (self, "Lilac Suit") == column);

  /* A drop asks why, and nothing happens without an answer. */
  gtk_widget_activate_action (column, "column.move", "s", "dropped");
  ui_test_wait_until (find_dialog (self) && ui_test_find_type (find_dialog (self), GTK_TYPE_ENTRY));
  entry = ui_test_find_type (find_dialog (self), GTK_TYPE_ENTRY);
  gtk_editable_set_text (GTK_EDITABLE (entry), "Lining too dear");
  ui_test_click (ui_test_find_button (find_dialog (self), "Drop"));
  ui_test_wait_until (ui_test_find_text (self->window, "Lining too dear"));
  ui_test_wait_until (is_elsewhere (self, "Lilac Suit", column));
  g_assert_cmpint (get_stage (self, suit), ==, STALL_STAGE_DROPPED);
  ui_test_wait_until (ui_test_find_text (self->window, "50\u00a0% kept: 1 of 2 decided"));

  gtk_widget_activate_action (find_column (self, "Lilac Suit"), "column.revive", NULL);
  ui_test_wait_until (get_stage (self, suit) == STALL_STAGE_TESTING);
  ui_test_wait_until (find_column (self, "Lilac Suit") == column);
  product = load (self, suit);
  g_assert_cmpint (stall_product_get_stage (product), ==, STALL_STAGE_TESTING);
  changes = stall_product_dup_stage_changes (product);
  g_assert_cmpuint (changes->len, ==, 2);
}

/* From its own page a style is dropped with a reason, too, and the page tells how it came there. */
static void
test_product_page (Fixture *self, gconstpointer data)
{
  g_autofree char *suit = add_style (self, "Lilac Suit", STALL_STAGE_TESTING);
  GtkWidget *row, *entry, *history;

  self->window
      = ui_test_show (GTK_WIDGET (stall_product_page_new (self->base.desk, suit)), 900, 700);
  ui_test_wait_until ((row = ui_test_find_type (self->window, ADW_TYPE_COMBO_ROW)) != NULL);
  g_assert_null (ui_test_find_type (self->window, STALL_TYPE_STAGE_HISTORY));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), STALL_STAGE_DROPPED);
  ui_test_wait_until (find_dialog (self) && ui_test_find_type (find_dialog (self), GTK_TYPE_ENTRY));
  g_assert_cmpuint (adw_combo_row_get_selected (ADW_COMBO_ROW (row)), ==, STALL_STAGE_TESTING);
  entry = ui_test_find_type (find_dialog (self), GTK_TYPE_ENTRY);
  gtk_editable_set_text (GTK_EDITABLE (entry), "Lining too dear");
  ui_test_click (ui_test_find_button (find_dialog (self), "Drop"));
  ui_test_wait_until (get_stage (self, suit) == STALL_STAGE_DROPPED);
  ui_test_wait_until (adw_combo_row_get_selected (ADW_COMBO_ROW (row)) == STALL_STAGE_DROPPED);
  ui_test_wait_until ((history = ui_test_find_type (self->window, STALL_TYPE_STAGE_HISTORY))
                      != NULL);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (history), TRUE);
  ui_test_wait_until (ui_test_find_text (self->window, "Testing → Dropped"));
  ui_test_save_picture (self->window, "stage-history");
}

/* On a phone one stage is seen at a time. */
static void
test_narrow (Fixture *self, gconstpointer data)
{
  g_autofree char *suit = add_style (self, "Lilac Suit", STALL_STAGE_IDEA);
  g_autofree char *cup = add_style (self, "Celadon Cup", STALL_STAGE_ON_SALE);
  GtkWidget *choice;

  show_board (self, 360);
  ui_test_wait_until (find_column (self, "Lilac Suit"));
  g_assert_null (find_column (self, "Celadon Cup"));
  ui_test_save_picture (self->window, "board-narrow");
  choice = ui_test_find_type (self->window, GTK_TYPE_DROP_DOWN);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (choice), STALL_STAGE_ON_SALE);
  ui_test_wait_until (find_column (self, "Celadon Cup"));
  g_assert_null (find_column (self, "Lilac Suit"));
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);
  g_test_add ("/board/moves", Fixture, NULL, set_up, test_moves, tear_down);
  g_test_add ("/board/product-page", Fixture, NULL, set_up, test_product_page, tear_down);
  g_test_add ("/board/narrow", Fixture, NULL, set_up, test_narrow, tear_down);
  return g_test_run ();
}
