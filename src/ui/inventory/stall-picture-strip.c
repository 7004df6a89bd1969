/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-picture-strip.h"

#include "stall-async.h"
#include "stall-picture-copy.h"
#include "stall-picture-file.h"
#include "stall-thumbnail.h"

#include <glib/gi18n-lib.h>

#define SIDE 132

struct _StallPictureStrip
{
  AdwBin parent_instance;

  StallProductEditor *editor;
  GtkBox *box;
  GtkWidget *add_button;
  GPtrArray *shown; /* StallPicture, as the tiles show them */
};

typedef struct
{
  StallProductEditor *editor;
  GPtrArray *sources; /* GFile or GdkTexture */
} Adding;

G_DEFINE_FINAL_TYPE (StallPictureStrip, stall_picture_strip, ADW_TYPE_BIN)

static void
adding_free (Adding *adding)
{
  g_clear_object (&adding->editor);
  g_ptr_array_unref (adding->sources);
  g_free (adding);
}

static StallProduct *
get_product (StallPictureStrip *self)
{
  return self->editor != NULL ? stall_product_editor_get_product (self->editor) : NULL;
}

static void
keep_pictures (StallPictureStrip *self, GPtrArray *pictures)
{
  stall_product_set_pictures (get_product (self), pictures);
  stall_product_editor_touch (self->editor);
}

/* --- adding --- */

/* Called in a fiber. */
static gboolean
add_picture (StallProductEditor *editor, GObject *source, GError **error)
{
  StallDesk *desk = stall_product_editor_get_desk (editor);
  g_autoptr (StallPictureCopy) copy
      = stall_picture_copy_take (source, stall_desk_get_settings (desk), error);
  DexFuture *attached
      = copy != NULL ? stall_store_attach (stall_desk_get_store (desk), copy->bytes) : NULL;
  g_autofree char *digest = attached != NULL ? dex_await_string (attached, error) : NULL;
  g_autoptr (GPtrArray) pictures = NULL;
  StallProduct *product = stall_product_editor_get_product (editor);
  StallPicture *picture;

  if (digest == NULL || product == NULL)
    return FALSE;
  pictures = stall_product_dup_pictures (product);
  picture = g_new0 (StallPicture, 1);
  picture->name = stall_picture_copy_dup_name (copy);
  picture->slot = pictures->len == 0 ? STALL_SLOT_COVER : STALL_SLOT_DETAIL;
  picture->digest = g_strdup (digest);
  g_ptr_array_add (pictures, picture);
  stall_product_set_pictures (product, pictures);
  stall_product_set_attachment (product, picture->name, copy->content_type,
                                (gint64) g_bytes_get_size (copy->bytes), digest);
  stall_product_editor_touch (editor);
  return TRUE;
}

/* Of many files that were chosen at once, which it was. */
static void
name_file (GFile *file, GError **error)
{
  g_autoptr (GError) reason = g_steal_pointer (error);
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *shown = g_filename_display_name (name);

  /* Translators: the name of a file, and what is wrong with it, as a sentence */
  g_set_error (error, reason->domain, reason->code, _ ("“%s”: %s"), shown, reason->message);
}

static DexFuture *
add_fiber (gpointer data)
{
  Adding *adding = data;
  StallDesk *desk = stall_product_editor_get_desk (adding->editor);

  for (guint i = 0; i < adding->sources->len; i++)
    {
      g_autoptr (GError) error = NULL;
      GObject *source = g_ptr_array_index (adding->sources, i);

      if (add_picture (adding->editor, source, &error))
        continue;
      if (error != NULL && G_IS_FILE (source))
        name_file (G_FILE (source), &error);
      stall_desk_report (desk, error);
    }
  return dex_future_new_true ();
}

static void
add_sources (StallPictureStrip *self, GPtrArray *sources)
{
  Adding *adding = g_new0 (Adding, 1);

  adding->editor = g_object_ref (self->editor);
  adding->sources = sources;
  stall_spawn (add_fiber, adding, (GDestroyNotify) adding_free);
}

static void
add_files (StallPictureStrip *self, GSList *files)
{
  GPtrArray *sources = g_ptr_array_new_with_free_func (g_object_unref);

  for (GSList *link = files; link != NULL; link = link->next)
    g_ptr_array_add (sources, g_object_ref (link->data));
  add_sources (self, sources);
}

static void
add_texture (StallPictureStrip *self, GdkTexture *texture)
{
  GPtrArray *sources = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (sources, g_object_ref (texture));
  add_sources (self, sources);
}

static gboolean
add_value (StallPictureStrip *self, const GValue *value)
{
  if (get_product (self) == NULL)
    return FALSE;
  if (G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    add_files (self, g_value_get_boxed (value));
  else if (G_VALUE_HOLDS (value, GDK_TYPE_TEXTURE))
    add_texture (self, g_value_get_object (value));
  else
    return FALSE;
  return TRUE;
}

static void
opened_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (StallPictureStrip) self = data;
  g_autoptr (GListModel) files
      = gtk_file_dialog_open_multiple_finish (GTK_FILE_DIALOG (object), result, NULL);
  GPtrArray *sources;

  if (files == NULL || get_product (self) == NULL)
    return;
  sources = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    g_ptr_array_add (sources, g_list_model_get_item (files, i));
  add_sources (self, sources);
}

static void
add_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  StallPictureStrip *self = STALL_PICTURE_STRIP (widget);
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  g_autoptr (GListStore) filters = g_list_store_new (GTK_TYPE_FILE_FILTER);

  gtk_file_filter_set_name (filter, _ ("Pictures"));
  gtk_file_filter_add_pixbuf_formats (filter);
  g_list_store_append (filters, filter);
  gtk_file_dialog_set_title (dialog, _ ("Add Pictures"));
  gtk_file_dialog_set_filters (dialog, G_LIST_MODEL (filters));
  gtk_file_dialog_open_multiple (dialog, GTK_WINDOW (gtk_widget_get_root (widget)), NULL, opened_cb,
                                 g_object_ref (self));
}

static void
pasted_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (StallPictureStrip) self = data;
  g_autoptr (GError) error = NULL;
  const GValue *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (object), result, &error);

  if (self->editor == NULL)
    return;
  if (value == NULL)
    stall_desk_report (stall_product_editor_get_desk (self->editor), error);
  else
    add_value (self, value);
}

static void
paste_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  StallPictureStrip *self = STALL_PICTURE_STRIP (widget);
  GdkClipboard *clipboard = gtk_widget_get_clipboard (widget);
  GdkContentFormats *formats = gdk_clipboard_get_formats (clipboard);
  GType type = gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST) ? GDK_TYPE_FILE_LIST
                                                                               : GDK_TYPE_TEXTURE;

  if (self->editor == NULL)
    return;
  if (type == GDK_TYPE_TEXTURE && !gdk_content_formats_contain_gtype (formats, GDK_TYPE_TEXTURE))
    stall_desk_say (stall_product_editor_get_desk (self->editor),
                    _ ("There is no picture on the clipboard"));
  else
    gdk_clipboard_read_value_async (clipboard, type, G_PRIORITY_DEFAULT, NULL, pasted_cb,
                                    g_object_ref (self));
}

/* --- one tile --- */

static guint
get_index (GtkWidget *widget)
{
  GtkWidget *tile = gtk_widget_get_ancestor (widget, GTK_TYPE_MENU_BUTTON);

  return GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (tile), "picture-index"));
}

static StallPictureStrip *
get_strip (GtkWidget *widget)
{
  return STALL_PICTURE_STRIP (gtk_widget_get_ancestor (widget, STALL_TYPE_PICTURE_STRIP));
}

static void
move_picture (StallPictureStrip *self, guint from, guint to)
{
  g_autoptr (GPtrArray) pictures = stall_product_dup_pictures (get_product (self));

  if (from >= pictures->len || to >= pictures->len || from == to)
    return;
  g_ptr_array_insert (pictures, (int) to, g_ptr_array_steal_index (pictures, from));
  keep_pictures (self, pictures);
}

static void
earlier_cb (GtkWidget *button)
{
  guint index = get_index (button);

  if (index > 0)
    move_picture (get_strip (button), index, index - 1);
}

static void
later_cb (GtkWidget *button)
{
  guint index = get_index (button);

  move_picture (get_strip (button), index, index + 1);
}

static void
remove_cb (GtkWidget *button)
{
  StallPictureStrip *self = get_strip (button);
  g_autoptr (GPtrArray) pictures = stall_product_dup_pictures (get_product (self));
  guint index = get_index (button);

  if (index >= pictures->len)
    return;
  g_ptr_array_remove_index (pictures, index);
  keep_pictures (self, pictures);
}

static void
slot_cb (GtkCheckButton *button)
{
  StallPictureStrip *self = get_strip (GTK_WIDGET (button));
  g_autoptr (GPtrArray) pictures = NULL;
  guint index;

  if (self == NULL || !gtk_check_button_get_active (button))
    return;
  pictures = stall_product_dup_pictures (get_product (self));
  index = get_index (GTK_WIDGET (button));
  if (index >= pictures->len)
    return;
  ((StallPicture *) g_ptr_array_index (pictures, index))->slot
      = (StallSlot) GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "slot"));
  keep_pictures (self, pictures);
}

/* Kept when the popover closes: words are committed like those of any other field. */
static void
closed_cb (GtkPopover *popover, GtkEditable *words)
{
  StallPictureStrip *self = get_strip (GTK_WIDGET (popover));
  g_autoptr (GPtrArray) pictures = NULL;
  guint index;

  if (self == NULL || get_product (self) == NULL)
    return;
  pictures = stall_product_dup_pictures (get_product (self));
  index = get_index (GTK_WIDGET (popover));
  if (index >= pictures->len)
    return;
  g_set_str (&((StallPicture *) g_ptr_array_index (pictures, index))->alt,
             gtk_editable_get_text (words));
  keep_pictures (self, pictures);
}

static GtkWidget *
add_button (GtkWidget *box, const char *icon, const char *tooltip, GCallback callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, tooltip);
  g_signal_connect (button, "clicked", callback, NULL);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

static GtkWidget *
new_popover (StallPicture *picture, guint index, guint n)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *words = gtk_entry_new ();
  GtkWidget *first = NULL, *button;

  for (guint i = 0; i < STALL_N_SLOTS; i++)
    {
      GtkWidget *check = gtk_check_button_new_with_label (stall_slot_get_label ((StallSlot) i));

      g_object_set_data (G_OBJECT (check), "slot", GUINT_TO_POINTER (i));
      if (first == NULL)
        first = check;
      else
        gtk_check_button_set_group (GTK_CHECK_BUTTON (check), GTK_CHECK_BUTTON (first));
      gtk_check_button_set_active (GTK_CHECK_BUTTON (check), picture->slot == (StallSlot) i);
      g_signal_connect (check, "toggled", G_CALLBACK (slot_cb), NULL);
      gtk_box_append (GTK_BOX (box), check);
    }
  gtk_entry_set_placeholder_text (GTK_ENTRY (words), _ ("What it shows, in words"));
  gtk_editable_set_width_chars (GTK_EDITABLE (words), 28);
  gtk_editable_set_text (GTK_EDITABLE (words), picture->alt != NULL ? picture->alt : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (words), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("What it shows, in words"), -1);
  g_signal_connect_swapped (words, "activate", G_CALLBACK (gtk_popover_popdown), popover);
  gtk_box_append (GTK_BOX (box), words);
  button
      = add_button (buttons, "go-previous-symbolic", _ ("Move Earlier"), G_CALLBACK (earlier_cb));
  gtk_widget_set_sensitive (button, index > 0);
  button = add_button (buttons, "go-next-symbolic", _ ("Move Later"), G_CALLBACK (later_cb));
  gtk_widget_set_sensitive (button, index + 1 < n);
  button = add_button (buttons, "user-trash-symbolic", _ ("Remove"), G_CALLBACK (remove_cb));
  gtk_widget_set_hexpand (button, TRUE);
  gtk_widget_set_halign (button, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (box), buttons);
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  g_signal_connect (popover, "closed", G_CALLBACK (closed_cb), words);
  return popover;
}

static GdkContentProvider *
prepare_cb (GtkDragSource *source, double x, double y, gpointer data)
{
  GtkWidget *tile = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (source));

  return gdk_content_provider_new_typed (G_TYPE_UINT, get_index (tile));
}

static void
drag_begin_cb (GtkDragSource *source, GdkDrag *drag, gpointer data)
{
  g_autoptr (GdkPaintable) paintable
      = gtk_widget_paintable_new (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (source)));

  gtk_drag_source_set_icon (source, paintable, SIDE / 2, SIDE / 2);
}

static gboolean
tile_drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, gpointer data)
{
  GtkWidget *tile = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (target));

  move_picture (get_strip (tile), g_value_get_uint (value), get_index (tile));
  return TRUE;
}

static void
add_drag_and_drop (GtkWidget *tile)
{
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_UINT, GDK_ACTION_MOVE);

  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (source), GTK_PHASE_CAPTURE);
  g_signal_connect (source, "prepare", G_CALLBACK (prepare_cb), NULL);
  g_signal_connect (source, "drag-begin", G_CALLBACK (drag_begin_cb), NULL);
  g_signal_connect (target, "drop", G_CALLBACK (tile_drop_cb), NULL);
  gtk_widget_add_controller (tile, GTK_EVENT_CONTROLLER (source));
  gtk_widget_add_controller (tile, GTK_EVENT_CONTROLLER (target));
}

static GtkWidget *
new_tile (StallPictureStrip *self, StallPicture *picture, guint index, guint n)
{
  GtkWidget *tile = gtk_menu_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  StallStore *store = stall_desk_get_store (stall_product_editor_get_desk (self->editor));
  gboolean told = picture->alt != NULL && *picture->alt != '\0';
  /* What it shows is read before its slot; without words the slot alone names it. */
  GtkWidget *thumbnail
      = g_object_new (STALL_TYPE_THUMBNAIL, "store", store, "size", SIDE, "accessible-role",
                      told ? GTK_ACCESSIBLE_ROLE_IMG : GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  const char *slot = stall_slot_get_label (picture->slot);
  GtkWidget *label = gtk_label_new (slot);

  stall_thumbnail_set_digest (STALL_THUMBNAIL (thumbnail), picture->digest);
  if (told)
    gtk_accessible_update_property (GTK_ACCESSIBLE (thumbnail), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    picture->alt, -1);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dimmed");
  gtk_box_append (GTK_BOX (box), thumbnail);
  gtk_box_append (GTK_BOX (box), label);
  gtk_menu_button_set_child (GTK_MENU_BUTTON (tile), box);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (tile), new_popover (picture, index, n));
  gtk_widget_add_css_class (tile, "flat");
  gtk_widget_add_css_class (tile, "picture");
  gtk_widget_set_tooltip_text (tile, told ? picture->alt : slot);
  g_object_set_data (G_OBJECT (tile), "picture-index", GUINT_TO_POINTER (index));
  add_drag_and_drop (tile);
  return tile;
}

static gboolean
same_pictures (GPtrArray *a, GPtrArray *b)
{
  if (a == NULL || b == NULL || a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    {
      StallPicture *one = g_ptr_array_index (a, i);
      StallPicture *other = g_ptr_array_index (b, i);

      if (one->slot != other->slot || g_strcmp0 (one->name, other->name) != 0
          || g_strcmp0 (one->alt, other->alt) != 0 || g_strcmp0 (one->digest, other->digest) != 0)
        return FALSE;
    }
  return TRUE;
}

static void
show_pictures (StallPictureStrip *self)
{
  StallProduct *product = get_product (self);
  g_autoptr (GPtrArray) pictures = product != NULL ? stall_product_dup_pictures (product) : NULL;
  GtkWidget *child;

  if (self->editor == NULL)
    return;
  gtk_widget_set_sensitive (self->add_button, product != NULL);
  if (pictures == NULL || same_pictures (pictures, self->shown))
    return;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->box))) != self->add_button)
    gtk_box_remove (self->box, child);
  for (guint i = 0; i < pictures->len; i++)
    gtk_box_insert_child_after (self->box,
                                new_tile (self, g_ptr_array_index (pictures, i), i, pictures->len),
                                gtk_widget_get_prev_sibling (self->add_button));
  g_clear_pointer (&self->shown, g_ptr_array_unref);
  self->shown = g_steal_pointer (&pictures);
}

/* Rebuilding destroys the very popover whose button was clicked, so it waits until that is over. */
static gboolean
show_pictures_idle (gpointer data)
{
  show_pictures (data);
  return G_SOURCE_REMOVE;
}

static void
pictures_changed_cb (StallPictureStrip *self)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, show_pictures_idle, g_object_ref (self), g_object_unref);
}

static void
product_changed_cb (StallPictureStrip *self)
{
  StallProduct *product = get_product (self);

  if (product != NULL)
    g_signal_connect_object (product, "notify::pictures", G_CALLBACK (pictures_changed_cb), self,
                             G_CONNECT_SWAPPED);
  pictures_changed_cb (self);
}

static gboolean
drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, StallPictureStrip *self)
{
  return add_value (self, value);
}

static void
stall_picture_strip_dispose (GObject *object)
{
  StallPictureStrip *self = STALL_PICTURE_STRIP (object);

  g_clear_object (&self->editor);
  g_clear_pointer (&self->shown, g_ptr_array_unref);

  G_OBJECT_CLASS (stall_picture_strip_parent_class)->dispose (object);
}

static void
stall_picture_strip_class_init (StallPictureStripClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = stall_picture_strip_dispose;
  gtk_widget_class_install_action (widget_class, "pictures.add", NULL, add_action);
  gtk_widget_class_install_action (widget_class, "pictures.paste", NULL, paste_action);
}

static GtkWidget *
new_add_button (void)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  gtk_widget_set_size_request (button, SIDE, SIDE);
  gtk_widget_set_valign (button, GTK_ALIGN_START);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("list-add-symbolic"));
  gtk_box_append (GTK_BOX (box), gtk_label_new (_ ("Add Pictures…")));
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_set_tooltip_text (button, _ ("Choose files, drop them here, or paste a picture"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "pictures.add");
  gtk_widget_add_css_class (button, "add-picture");
  return button;
}

static void
stall_picture_strip_init (StallPictureStrip *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_COPY);
  GType types[] = { GDK_TYPE_FILE_LIST, GDK_TYPE_TEXTURE };

  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12));
  self->add_button = new_add_button ();
  gtk_box_append (self->box, self->add_button);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_AUTOMATIC,
                                  GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->box));
  adw_bin_set_child (ADW_BIN (self), scroller);

  gtk_drop_target_set_gtypes (target, types, G_N_ELEMENTS (types));
  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, G_CONNECT_DEFAULT);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

/**
 * stall_picture_strip_set_editor:
 * @self: a strip
 * @editor: whose product's pictures are shown
 */
void
stall_picture_strip_set_editor (StallPictureStrip *self, StallProductEditor *editor)
{
  g_return_if_fail (STALL_IS_PICTURE_STRIP (self));
  g_return_if_fail (self->editor == NULL && STALL_IS_PRODUCT_EDITOR (editor));

  self->editor = g_object_ref (editor);
  g_signal_connect_object (editor, "notify::product", G_CALLBACK (product_changed_cb), self,
                           G_CONNECT_SWAPPED);
  product_changed_cb (self);
}
