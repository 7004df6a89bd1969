/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "stall-conflict-banner.h"
#include "stall-conflict-choice.h"
#include "stall-conflict-dialog.h"
#include "stall-conflict-words.h"
#include "stall-replica.h"
#include "ui-test.h"

/* Two versions of a note and a product, as another device and the platform sent them. */

#define NOTE "note:1"
#define CUP "product:1"

typedef struct
{
  UiTest base;
  GtkWidget *window;
  GtkWidget *dialog;
} Fixture;

static void
receive (Fixture *self, const char *id, const char *history, gint64 generation, const char *body)
{
  g_autoptr (GPtrArray) revisions
      = g_ptr_array_new_with_free_func ((GDestroyNotify) stall_peer_revision_free);
  g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));

  g_ptr_array_add (revisions, stall_peer_revision_new (
                                  id, generation, g_strsplit (history, " ", -1), FALSE, bytes));
  stall_receipt_free (ui_test_await (
      stall_store_receive (stall_desk_get_store (self->base.desk), revisions, NULL, NULL)));
}

#define CHANGED(device, name, day)                                                                \
  ",\"changed\":{\"at\":\"2026-03-" day "T06:03:00Z\",\"device\":\"" device "\",\"name\":\"" name \
  "\"}}"

static void
set_up (Fixture *self, gconstpointer data)
{
  ui_test_set_up (&self->base);
  receive (self, NOTE, "a", 1,
           "{\"kind\":\"note\",\"title\":\"Clay\",\"body\":\"One.\\n\\nTwo.\\n\"}");
  receive (self, NOTE, "c a", 2,
           "{\"kind\":\"note\",\"title\":\"Clay and Fire\",\"body\":\"One.\\n\\nTwo days of "
           "rain.\\n\"" CHANGED ("x", "Fair laptop", "01"));
  receive (
      self, NOTE, "b a", 2,
      "{\"kind\":\"note\",\"title\":\"White Clay\",\"body\":\"One.\\n\\nTwo kilns.\\n\"" CHANGED (
          "y", "Workshop", "02"));
  receive (self, CUP, "a", 1,
           "{\"kind\":\"product\",\"title\":\"Cup\",\"stage\":\"on_sale\",\"variants\":[{\"id\":"
           "\"v\",\"sku\":\"C-1\",\"price\":{\"amount\":100,\"currency\":\"CNY\"}}]}");
  receive (self, CUP, "c a", 2,
           "{\"kind\":\"product\",\"title\":\"Cup\",\"stage\":\"on_sale\",\"variants\":[{\"id\":"
           "\"v\",\"sku\":\"C-1\",\"price\":{\"amount\":12000,\"currency\":\"CNY\"}}]" CHANGED (
               "x", "Fair laptop", "01"));
  receive (self, CUP, "b a", 2,
           "{\"kind\":\"product\",\"title\":\"Cup\",\"stage\":\"on_sale\",\"variants\":[{\"id\":"
           "\"v\",\"sku\":\"C-1\",\"price\":{\"amount\":9000,\"currency\":\"CNY\"}}]" CHANGED (
               "platform", "", "02"));
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  ui_test_await_boolean (stall_sync_stop (stall_desk_get_sync (self->base.desk)));
  gtk_window_destroy (GTK_WINDOW (self->window));
  ui_test_tear_down (&self->base);
}

static void
open (Fixture *self, const char *id, int width, int height)
{
  self->window = ui_test_show (gtk_label_new ("Stall"), width, height);
  self->dialog = GTK_WIDGET (stall_conflict_dialog_new (self->base.desk, id));
  adw_dialog_present (ADW_DIALOG (self->dialog), gtk_window_get_child (GTK_WINDOW (self->window)));
  ui_test_wait_until (ui_test_find_type (self->dialog, STALL_TYPE_CONFLICT_CHOICE));
}

static GtkWidget *
find_card (GtkWidget *root, const char *words)
{
  GtkWidget *label = ui_test_find_text (root, words);

  return label != NULL ? gtk_widget_get_ancestor (label, GTK_TYPE_CHECK_BUTTON) : NULL;
}

static void
choose (Fixture *self, const char *words)
{
  GtkWidget *card;

  ui_test_wait_until (find_card (self->dialog, words) != NULL);
  card = find_card (self->dialog, words);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (card), TRUE);
}

static guint
count_conflicts (Fixture *self)
{
  g_autoptr (GPtrArray) list
      = ui_test_await (stall_store_list_conflicts (stall_desk_get_store (self->base.desk)));

  return list->len;
}

static StallDocument *
load (Fixture *self, const char *id)
{
  return ui_test_await (stall_store_load (stall_desk_get_store (self->base.desk), id));
}

static void
settle (Fixture *self, guint left)
{
  GtkWidget *button = ui_test_find_button (self->dialog, "Settle");

  g_assert_true (gtk_widget_get_sensitive (button));
  ui_test_click (button);
  ui_test_wait_until (count_conflicts (self) == left);
  ui_test_wait_until (self->base.toast != NULL);
}

/* Both in plain words, nothing chosen for the person; then one of each. */
static void
test_fields (Fixture *self, gconstpointer data)
{
  g_autoptr (StallDocument) note = NULL;
  JsonObject *root;

  open (self, NOTE, 900, 760);
  ui_test_wait_until (ui_test_find_text (self->dialog, "White Clay"));
  g_assert_nonnull (ui_test_find_text (self->dialog, "Title"));
  g_assert_nonnull (ui_test_find_button (self->dialog, "Keep All from “Fair laptop”"));
  g_assert_false (gtk_widget_get_sensitive (ui_test_find_button (self->dialog, "Settle")));
  ui_test_save_picture (self->window, "conflict");
  choose (self, "White Clay");
  g_assert_false (gtk_widget_get_sensitive (ui_test_find_button (self->dialog, "Settle")));
  choose (self, "One.\n\nTwo days of rain.");
  settle (self, 1);
  note = load (self, NOTE);
  root = stall_document_get_root (note, NULL);
  g_assert_cmpstr (stall_json_get_string (root, "title", NULL), ==, "White Clay");
  g_assert_cmpstr (stall_json_get_string (root, "body", NULL), ==, "One.\n\nTwo days of rain.\n");
}

/* Both texts, one after the other, to be edited; stacked where it is narrow. */
static void
test_both (Fixture *self, gconstpointer data)
{
  g_autoptr (StallDocument) note = NULL;
  GtkWidget *both, *choice;
  GtkOrientation orientation;

  open (self, NOTE, 360, 720);
  choice = ui_test_find_type (self->dialog, STALL_TYPE_CONFLICT_CHOICE);
  g_object_get (choice, "cards-orientation", &orientation, NULL);
  g_assert_cmpint (orientation, ==, GTK_ORIENTATION_VERTICAL);
  ui_test_save_picture (self->window, "conflict-narrow");
  ui_test_click (ui_test_find_button (self->dialog, "Keep All from “Workshop”"));
  ui_test_wait_until (find_card (self->dialog, "Keep Both and Edit Them") != NULL);
  both = find_card (self->dialog, "Keep Both and Edit Them");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (both), TRUE);
  ui_test_wait_until (ui_test_find_type (self->dialog, GTK_TYPE_TEXT_VIEW) != NULL);
  settle (self, 1);
  note = load (self, NOTE);
  g_assert_cmpstr (stall_json_get_string (stall_document_get_root (note, NULL), "title", NULL), ==,
                   "White Clay");
  g_assert_cmpstr (stall_json_get_string (stall_document_get_root (note, NULL), "body", NULL), ==,
                   "One.\n\nTwo days of rain.\nTwo kilns.\n");
}

static guint
count_notes (Fixture *self)
{
  g_autoptr (GListModel) notes
      = ui_test_await (stall_store_list (stall_desk_get_store (self->base.desk), "note:"));

  return g_list_model_get_n_items (notes);
}

/* Undo makes one note with two versions of the two again, and redo two notes. */
static void
test_two_notes (Fixture *self, gconstpointer data)
{
  open (self, NOTE, 900, 760);
  ui_test_click (ui_test_find_button (self->dialog, "Keep Both as Two Notes"));
  ui_test_wait_until (count_conflicts (self) == 1);
  g_assert_cmpuint (count_notes (self), ==, 2);
  ui_test_wait_until (self->base.toast != NULL);

  stall_desk_undo (self->base.desk, 0);
  ui_test_wait_until (count_conflicts (self) == 2);
  g_assert_cmpuint (count_notes (self), ==, 1);
  stall_desk_redo (self->base.desk);
  ui_test_wait_until (count_conflicts (self) == 1);
  g_assert_cmpuint (count_notes (self), ==, 2);
}

/* The banner of the thing's own page comes with the conflict and goes when it is settled; a price
 * is money with its variant's name. */
static void
test_banner (Fixture *self, gconstpointer data)
{
  GtkWidget *banner = g_object_new (STALL_TYPE_CONFLICT_BANNER, NULL);
  g_autoptr (StallDocument) cup = NULL;
  JsonObject *price;

  self->window = ui_test_show (banner, 900, 760);
  stall_conflict_banner_set_thing (STALL_CONFLICT_BANNER (banner), self->base.desk, CUP);
  ui_test_wait_until (ui_test_find_text (banner, "Another device changed this, too"));
  self->dialog = GTK_WIDGET (stall_conflict_dialog_new (self->base.desk, CUP));
  adw_dialog_present (ADW_DIALOG (self->dialog), banner);
  ui_test_wait_until (ui_test_find_text (self->dialog, "Price · C-1"));
  choose (self, "¥90.00");
  settle (self, 1);
  cup = load (self, CUP);
  price = stall_json_get_object (
      json_array_get_object_element (
          stall_json_get_array (stall_document_get_root (cup, NULL), "variants"), 0),
      "price");
  g_assert_cmpint (stall_json_get_int (price, "amount", 0), ==, 9000);
  ui_test_wait_until (!ui_test_find_text (banner, "Another device changed this, too"));
}

static void
test_words (void)
{
  StallConflictSide side = { .at = STALL_TIME_NONE, .here = TRUE };
  g_autofree char *here = stall_conflict_words_side (&side);
  g_autoptr (JsonNode) yes = json_node_init_boolean (json_node_alloc (), TRUE);
  g_autoptr (JsonNode) stage = json_node_init_string (json_node_alloc (), "on_sale");
  g_autoptr (JsonNode) title = json_node_init_string (json_node_alloc (), "Cup");
  g_autofree char *yes_words = stall_conflict_words_value ("/one_off", yes);
  g_autofree char *both = stall_conflict_words_both ("a\nb\nc\n", "a\nX\nc\n", "a\nY\nc\nd\n");

  static const struct
  {
    const char *text, *other, *difference;
  } texts[] = {
    { "a\n\nb", "a\n\nc", "a\n\nb" },
    { "a\n\nb\n\nc\n\nd", "a\n\nb\n\nX\n\nd", "…\n\nb\n\nc\n\nd" },
    { "a\n\nX\n\nb\n\nc", "a\n\nb\n\nc", "a\n\nX\n\nb\n\n…" },
    { "a\n\nb\n\nc", "a\n\nX\n\nb\n\nc", "a\n\nb\n\n…" },
    { "a\n\na", "a", "a\n\na" },
    { "", "a", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *difference = stall_conflict_words_difference (texts[i].text, texts[i].other);

      g_assert_cmpstr (difference, ==, texts[i].difference);
    }
  g_assert_cmpstr (here, ==, "On this device");
  g_assert_cmpstr (yes_words, ==, "Yes");
  g_assert_false (stall_conflict_words_is_text ("/stage", stage));
  g_assert_true (stall_conflict_words_is_text ("/title", title));
  g_assert_cmpstr (both, ==, "a\nX\nY\nc\nd\n");
}

static void
add (const char *path, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);
  g_test_add_func ("/conflict/words", test_words);
  add ("/conflict/fields", test_fields);
  add ("/conflict/both", test_both);
  add ("/conflict/two-notes", test_two_notes);
  add ("/conflict/banner", test_banner);
  return g_test_run ();
}
