/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ui-test.h"

#include "stall-inscription.h"

#include <glib/gstdio.h>
#include <string.h>

gboolean
ui_test_tick (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

void
ui_test_init (int *argc, char ***argv)
{
  g_autoptr (GtkCssProvider) styles = gtk_css_provider_new ();

  gtk_test_init (argc, argv, NULL);
  adw_init ();
  dex_init ();
  /* What the application does for its window. */
  gtk_css_provider_load_from_resource (styles, "/io/github/stall_app/Stall/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (styles),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (gdk_display_get_default ()),
                                    "/io/github/stall_app/Stall/icons");
}

static const GValue *
await (DexFuture *future)
{
  g_autoptr (GError) error = NULL;
  const GValue *value;

  ui_test_wait_until (!dex_future_is_pending (future));
  value = dex_future_get_value (future, &error);
  g_assert_no_error (error);
  return value;
}

gpointer
ui_test_await (DexFuture *future)
{
  g_autoptr (DexFuture) owned = future;
  const GValue *value = await (owned);

  if (G_VALUE_HOLDS_STRING (value))
    return g_value_dup_string (value);
  return G_VALUE_HOLDS_OBJECT (value) ? g_value_dup_object (value) : g_value_dup_boxed (value);
}

void
ui_test_await_boolean (DexFuture *future)
{
  g_autoptr (DexFuture) owned = future;

  g_assert_true (g_value_get_boolean (await (owned)));
}

static void
toast_cb (StallDesk *desk, AdwToast *toast, gpointer data)
{
  g_set_object (&((UiTest *) data)->toast, toast);
}

static void
open_cb (StallDesk *desk, const char *id, gpointer data)
{
  g_set_str (&((UiTest *) data)->opened, id);
}

void
ui_test_set_up (UiTest *self)
{
  g_autoptr (StallProfile) profile = stall_profile_new ();
  g_autoptr (StallDocument) document = NULL;
  g_autoptr (StallStore) store = NULL;

  *self = (UiTest) { .folder = g_dir_make_tmp ("stall-test-XXXXXX", NULL) };
  store = ui_test_await (stall_store_open (self->folder, STALL_STORE_WRITE | STALL_STORE_CREATE));
  stall_profile_set_name (profile, "Lilac Studio 丁香");
  stall_profile_set_currency (profile, "CNY");
  self->desk = stall_desk_new (store, profile, NULL);
  g_signal_connect (self->desk, "toast", G_CALLBACK (toast_cb), self);
  g_signal_connect (self->desk, "open", G_CALLBACK (open_cb), self);
  document = stall_profile_to_document (profile, "test");
  ui_test_put (self, "Profile", document);
  ui_test_wait_until (stall_desk_get_figures (self->desk));
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        remove_folder (path);
      else
        g_unlink (path);
    }
  g_rmdir (folder);
}

void
ui_test_tear_down (UiTest *self)
{
  g_autoptr (StallStore) store = g_object_ref (stall_desk_get_store (self->desk));

  while (g_main_context_iteration (NULL, FALSE))
    ;
  ui_test_await_boolean (stall_store_close (store));
  g_signal_handlers_disconnect_by_data (self->desk, self);
  g_clear_object (&self->desk);
  g_clear_object (&self->toast);
  g_clear_pointer (&self->opened, g_free);
  remove_folder (self->folder);
  g_free (self->folder);
}

void
ui_test_put (UiTest *self, const char *label, StallDocument *document)
{
  g_autoptr (StallChangeSet) changes = stall_change_set_new (label);
  g_autoptr (StallReceipt) receipt = NULL;

  stall_change_set_put (changes, document);
  receipt = ui_test_await (stall_store_apply (stall_desk_get_store (self->desk), changes));
  g_assert_cmpuint (receipt->added + receipt->changed, ==, 1);
}

void
ui_test_add_product (UiTest *self, StallProduct *product)
{
  g_autoptr (StallDocument) document = stall_product_to_document (product, "test");

  ui_test_put (self, "Product added", document);
}

void
ui_test_move (UiTest *self, const char *variant, int quantity)
{
  g_autoptr (StallMovement) movement = stall_movement_new (
      variant, STALL_PLACE_WORKSHOP, quantity, STALL_REASON_MADE, stall_time_now () - STALL_DAY);
  g_autoptr (StallDocument) document = stall_movement_to_document (movement, "test");

  ui_test_put (self, "Stock adjusted", document);
}

typedef gboolean (*Match) (GtkWidget *widget, gconstpointer data);

static GtkWidget *
find (GtkWidget *root, Match match, gconstpointer data)
{
  if (!gtk_widget_get_mapped (root))
    return NULL;
  if (match (root, data))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, match, data);

      if (found)
        return found;
    }
  return NULL;
}

static gboolean
is_type (GtkWidget *widget, gconstpointer data)
{
  return G_TYPE_CHECK_INSTANCE_TYPE (widget, *(const GType *) data);
}

static gboolean
has_text (GtkWidget *widget, gconstpointer data)
{
  const char *text
      = GTK_IS_LABEL (widget)           ? gtk_label_get_text (GTK_LABEL (widget))
        : GTK_IS_INSCRIPTION (widget)   ? gtk_inscription_get_text (GTK_INSCRIPTION (widget))
        : STALL_IS_INSCRIPTION (widget) ? stall_inscription_get_text (STALL_INSCRIPTION (widget))
                                        : NULL;

  return text && strstr (text, data) && gtk_widget_get_child_visible (widget);
}

static gboolean
is_button (GtkWidget *widget, gconstpointer data)
{
  const char *label;
  g_auto (GStrv) parts = NULL;
  g_autofree char *plain = NULL;

  if (!GTK_IS_BUTTON (widget))
    return FALSE;
  label = gtk_button_get_label (GTK_BUTTON (widget));
  if (!label)
    return g_strcmp0 (gtk_widget_get_tooltip_text (widget), data) == 0;
  parts = g_strsplit (label, "_", -1);
  plain = g_strjoinv ("", parts);
  return g_str_equal (plain, data);
}

GtkWidget *
ui_test_find_type (GtkWidget *root, GType type)
{
  return find (root, is_type, &type);
}

GtkWidget *
ui_test_find_text (GtkWidget *root, const char *text)
{
  return find (root, has_text, text);
}

GtkWidget *
ui_test_find_button (GtkWidget *root, const char *label)
{
  return find (root, is_button, label);
}

void
ui_test_click (GtkWidget *button)
{
  g_assert_nonnull (button);
  g_assert_true (gtk_widget_get_mapped (button) && gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

GtkWidget *
ui_test_show (GtkWidget *child, int width, int height)
{
  GtkWidget *window = adw_window_new ();

  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  adw_window_set_content (ADW_WINDOW (window), child);
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (window);
  return window;
}

/* A picture to look at, when a folder for pictures is named in the environment. */
void
ui_test_save_picture (GtkWidget *widget, const char *name)
{
  const char *folder = g_getenv ("STALL_TEST_PICTURES");
  g_autofree char *path = folder ? g_strdup_printf ("%s/%s.png", folder, name) : NULL;
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();

  if (!path)
    return;
  for (int i = 0; i < 5; i++)
    gtk_test_widget_wait_for_draw (widget);
  gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (widget),
                          gtk_widget_get_height (widget));
  node = gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (gtk_widget_get_native (widget)),
                                         node, NULL);
  gdk_texture_save_to_png (texture, path);
}
