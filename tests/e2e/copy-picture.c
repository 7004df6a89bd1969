/* SPDX-License-Identifier: GPL-3.0-or-later */

/* copy-picture FILE: puts a picture on the clipboard as another program would, says “ready”, and
 * keeps it there until it is ended. */

#include <gtk/gtk.h>

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = NULL;

  if (argc != 2)
    return 2;
  gtk_init ();
  texture = gdk_texture_new_from_filename (argv[1], &error);
  g_assert_no_error (error);
  gdk_clipboard_set_texture (gdk_display_get_clipboard (gdk_display_get_default ()), texture);
  g_print ("ready\n");
  g_main_loop_run (g_main_loop_new (NULL, FALSE));
  return 0;
}
