/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Notes as they are read. */

#include "config.h"

#include "stall-feed-card.h"
#include "stall-markdown-view.h"
#include "stall-note-preview.h"
#include "stall-product-card.h"
#include "stall-thumbnail.h"
#include "ui-test.h"

#define BODY                                                                           \
  "## The vat\n\nIt takes **nine dips** and a [shirt](product:%s) a night.\n\n"        \
  "- washed\n- *dried* in the lane\n\n> It smells of rain.\n\n![The vat](vat.png)\n\n" \
  "[Drying Day Shirt](product:%s)\n\n[Old one](product:nowhere)\n"

typedef struct
{
  UiTest base;
  StallProduct *shirt;
  StallNote *note;
  char *body;
  char *digest;
  GtkWidget *view;
  char *activated;
} Fixture;

static StallStore *
get_store (Fixture *self)
{
  return stall_desk_get_store (self->base.desk);
}

static GBytes *
new_png (int width, int height)
{
  gsize stride = (gsize) width * 4;
  g_autofree guchar *pixels = g_malloc0 (stride * (gsize) height);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GdkTexture) texture = NULL;

  for (gsize i = 0; i < stride * (gsize) height; i += 4)
    {
      pixels[i] = i % stride < stride / 2 ? 0x40 : 0xc0;
      pixels[i + 1] = 0x60;
      pixels[i + 2] = 0x90;
      pixels[i + 3] = 0xff;
    }
  bytes = g_bytes_new (pixels, stride * (gsize) height);
  texture = gdk_memory_texture_new (width, height, GDK_MEMORY_R8G8B8A8, bytes, stride);
  return gdk_texture_save_to_png_bytes (texture);
}

static void
activated_cb (Fixture *self, const char *product_id)
{
  g_set_str (&self->activated, product_id);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (StallVariant) variant = stall_variant_new ();
  g_autoptr (GBytes) png = new_png (600, 400);
  g_autofree char *picture = NULL;
  const char *bare_id;

  ui_test_set_up (&self->base);
  self->shirt = stall_product_new ();
  stall_product_set_title (self->shirt, "Drying Day Shirt");
  stall_variant_set_price (variant, 46800, "CNY");
  stall_product_add_variant (self->shirt, variant);
  ui_test_add_product (&self->base, self->shirt);
  self->digest = ui_test_await (stall_store_attach (get_store (self), png));
  self->note = stall_note_new ();
  picture = stall_note_add_picture (self->note, "vat.png", "image/png",
                                    (gint64) g_bytes_get_size (png), self->digest);
  bare_id = stall_product_get_id (self->shirt) + strlen ("product:");
  self->body = g_strdup_printf (BODY, bare_id, bare_id);
  self->view = stall_markdown_view_new (get_store (self));
  g_signal_connect_swapped (self->view, "product-activated", G_CALLBACK (activated_cb), self);
  g_object_ref_sink (self->view);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_clear_object (&self->view);
  g_clear_object (&self->note);
  g_clear_object (&self->shirt);
  g_clear_pointer (&self->body, g_free);
  g_clear_pointer (&self->digest, g_free);
  g_clear_pointer (&self->activated, g_free);
  ui_test_tear_down (&self->base);
}

static void
show (Fixture *self, const char *body)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StallMarkdown) markdown = stall_markdown_parse (body, &error);

  g_assert_no_error (error);
  stall_markdown_view_show (STALL_MARKDOWN_VIEW (self->view), markdown, self->note);
}

static void
test_blocks (Fixture *self, gconstpointer data)
{
  GtkWidget *window, *text, *card, *gone;
  gboolean handled = FALSE;

  show (self, self->body);
  window = ui_test_show (self->view, 400, 900);
  ui_test_wait_until ((text = ui_test_find_text (window, "Drying Day Shirt")) != NULL);
  card = gtk_widget_get_ancestor (text, STALL_TYPE_PRODUCT_CARD);
  g_assert_nonnull (ui_test_find_text (window, "The vat"));
  g_assert_nonnull (ui_test_find_text (window, "It takes nine dips and a shirt a night."));
  g_assert_nonnull (ui_test_find_text (window, "It smells of rain."));
  g_assert_nonnull (ui_test_find_type (window, STALL_TYPE_THUMBNAIL));
  ui_test_wait_until ((gone = ui_test_find_text (window, "This product is gone")) != NULL);
  g_assert_false (gtk_widget_is_sensitive (gone));
  ui_test_save_picture (window, "markdown");

  ui_test_click (card);
  g_assert_cmpstr (self->activated, ==, stall_product_get_id (self->shirt));
  g_clear_pointer (&self->activated, g_free);
  g_signal_emit_by_name (ui_test_find_text (window, "It takes nine dips and a shirt a night."),
                         "activate-link", stall_product_get_id (self->shirt), &handled);
  g_assert_true (handled);
  g_assert_cmpstr (self->activated, ==, stall_product_get_id (self->shirt));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Typing in one paragraph leaves the widgets of all others where they are. */
static void
test_keeps_widgets (Fixture *self, gconstpointer data)
{
  g_auto (GStrv) parts = g_strsplit (self->body, "washed", 2);
  g_autofree char *typed = g_strconcat (parts[0], "washed twice", parts[1], NULL);
  g_autofree char *longer = g_strconcat ("New first line.\n\n", typed, NULL);
  GtkWidget *window, *heading, *quote, *changed;

  show (self, self->body);
  window = ui_test_show (self->view, 400, 900);
  heading = ui_test_find_text (window, "The vat");
  quote = ui_test_find_text (window, "It smells of rain.");
  show (self, typed);
  ui_test_wait_until ((changed = ui_test_find_text (window, "washed twice")) != NULL);
  show (self, longer);
  ui_test_wait_until (ui_test_find_text (window, "New first line.") != NULL);
  g_assert_true (ui_test_find_text (window, "The vat") == heading);
  g_assert_true (ui_test_find_text (window, "It smells of rain.") == quote);
  g_assert_true (ui_test_find_text (window, "washed twice") == changed);
  show (self, "");
  g_assert_null (ui_test_find_text (window, "The vat"));
  show (self, self->body);
  ui_test_wait_until (ui_test_find_text (window, "The vat") != NULL);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
list_texts (GtkWidget *widget, GPtrArray *texts)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_has_css_class (widget, "note-text"))
    g_ptr_array_add (texts, (gpointer) gtk_label_get_text (GTK_LABEL (widget)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    list_texts (child, texts);
}

static gboolean
shows (GtkWidget *view, GPtrArray *paragraphs)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();

  list_texts (view, texts);
  if (texts->len != paragraphs->len)
    return FALSE;
  for (guint i = 0; i < texts->len; i++)
    g_assert_cmpstr (texts->pdata[i], ==, paragraphs->pdata[i]);
  return TRUE;
}

/* However a long text is cut and pasted, what is shown is what it says, in its order. */
static void
test_long_text (Fixture *self, gconstpointer data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  g_autoptr (GPtrArray) paragraphs = g_ptr_array_new_null_terminated (0, g_free, TRUE);
  guint n_made = 0;

  for (guint round = 0; round < 60; round++)
    {
      guint at = (guint) g_rand_int_range (rand, 0, (int) paragraphs->len + 1);
      guint n_some = (guint) g_rand_int_range (rand, 0, 70);
      guint n_cut = MIN (paragraphs->len - at, n_some);
      guint n_new = (guint) g_rand_int_range (rand, 0, 100);
      g_autofree char *body = NULL;

      if (n_cut > 0)
        g_ptr_array_remove_range (paragraphs, at, n_cut);
      for (guint i = 0; i < n_new; i++)
        g_ptr_array_insert (paragraphs, (int) at, g_strdup_printf ("Paragraph %u", n_made++));
      body = paragraphs->len > 0 ? g_strjoinv ("\n\n", (char **) paragraphs->pdata) : g_strdup ("");
      show (self, body);
      ui_test_wait_until (shows (self->view, paragraphs));
    }
}

/* One endless line is cut, not laid out. */
static void
test_long_line (Fixture *self, gconstpointer data)
{
  g_autofree char *line = g_strnfill (1000000, 'x');
  g_autofree char *body = g_strconcat ("**bold** ", line, " [end](https://example.org)", NULL);
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();

  show (self, body);
  list_texts (self->view, texts);
  g_assert_cmpuint (texts->len, ==, 1);
  g_assert_cmpuint (strlen (texts->pdata[0]), <, 21000);
  g_assert_true (g_str_has_prefix (texts->pdata[0], "bold xxx"));
  g_assert_true (g_str_has_suffix (texts->pdata[0], "x…"));
}

/* The card among what is out already, then the whole note; both follow what is typed. */
static void
test_preview (Fixture *self, gconstpointer data)
{
  static const char *const topics[] = { "indigo", NULL };
  g_autoptr (StallNote) neighbour = stall_note_new ();
  g_autoptr (StallDocument) document = NULL;
  GtkWidget *preview = stall_note_preview_new (self->base.desk);
  GtkWidget *window, *card;

  stall_note_set_title (neighbour, "Rain on the roof");
  stall_note_publish (neighbour, stall_time_now ());
  document = stall_note_to_document (neighbour, "test");
  ui_test_put (&self->base, "Note published", document);

  stall_note_set_title (self->note, "Nine dips a night");
  stall_note_set_body (self->note, self->body);
  stall_note_set_topics (self->note, topics);
  stall_note_preview_show (STALL_NOTE_PREVIEW (preview), self->note);
  window = ui_test_show (preview, 440, 800);
  g_assert_nonnull (ui_test_find_text (window, "Nine dips a night"));
  ui_test_wait_until (ui_test_find_text (window, "Rain on the roof") != NULL);
  ui_test_save_picture (window, "preview-card");
  stall_note_set_title (self->note, "Ten dips a night");
  ui_test_wait_until (ui_test_find_text (window, "Ten dips a night") != NULL);

  g_object_set (preview, "view", "note", NULL);
  ui_test_wait_until (ui_test_find_text (window, "It smells of rain.") != NULL);
  g_assert_nonnull (ui_test_find_text (window, "#indigo"));
  ui_test_wait_until ((card = ui_test_find_text (window, "Drying Day Shirt")) != NULL);
  ui_test_save_picture (window, "preview-note");
  ui_test_click (gtk_widget_get_ancestor (card, STALL_TYPE_PRODUCT_CARD));
  g_assert_cmpstr (self->base.opened, ==, stall_product_get_id (self->shirt));
  stall_note_set_body (self->note, "Short now.");
  ui_test_wait_until (ui_test_find_text (window, "Short now.") != NULL);
  g_assert_null (ui_test_find_text (window, "It smells of rain."));
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);
  g_test_add ("/markdown/blocks", Fixture, NULL, set_up, test_blocks, tear_down);
  g_test_add ("/markdown/keeps-widgets", Fixture, NULL, set_up, test_keeps_widgets, tear_down);
  g_test_add ("/markdown/long-text", Fixture, NULL, set_up, test_long_text, tear_down);
  g_test_add ("/markdown/long-line", Fixture, NULL, set_up, test_long_line, tear_down);
  g_test_add ("/preview", Fixture, NULL, set_up, test_preview, tear_down);
  return g_test_run ();
}
