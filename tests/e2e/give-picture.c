/* SPDX-License-Identifier: GPL-3.0-or-later */

/* give-picture [--drag] FILE: puts a picture on the clipboard as another program would, says
 * “ready”, and keeps it there until it is ended. With --drag it shows a small window instead, from
 * where the file can be dragged as out of a file manager. */

#include <gtk/gtk.h>

#define SIDE 100 /* px */

static void
copy (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = gdk_texture_new_from_filename (path, &error);

  g_assert_no_error (error);
  gdk_clipboard_set_texture (gdk_display_get_clipboard (gdk_display_get_default ()), texture);
}

static void
offer (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GdkContentProvider) content = gdk_content_provider_new_typed (G_TYPE_FILE, file);
  GtkWidget *window = gtk_window_new ();
  GtkDragSource *source = gtk_drag_source_new ();

  gtk_drag_source_set_content (source, content);
  gtk_widget_add_controller (window, GTK_EVENT_CONTROLLER (source));
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), SIDE, SIDE);
  gtk_window_present (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  gboolean drag = argc == 3 && g_str_equal (argv[1], "--drag");

  if (argc != 2 && !drag)
    return 2;
  gtk_init ();
  if (drag)
    offer (argv[2]);
  else
    copy (argv[1]);
  g_print ("ready\n");
  g_main_loop_run (g_main_loop_new (NULL, FALSE));
  return 0;
}
