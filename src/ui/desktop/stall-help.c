/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-help.h"

#include <glib/gi18n-lib.h>

#define SANDBOX "/.flatpak-info"

/* The help's folder in the person's language, as this program sees it. */
static char *
find_folder (void)
{
  const char *const *languages = g_get_language_names ();

  for (gsize i = 0; languages[i] != NULL; i++)
    {
      g_autofree char *folder = g_build_filename (STALL_HELPDIR, languages[i], "stall", NULL);

      if (g_file_test (folder, G_FILE_TEST_IS_DIR))
        return g_steal_pointer (&folder);
    }
  return g_build_filename (STALL_HELPDIR, "C", "stall", NULL);
}

/* The desktop's help viewer is outside of the sandbox, where the program lies elsewhere, and it
 * knows by name only what is installed there. */
static char *
find_address (void)
{
  g_autoptr (GKeyFile) sandbox = g_key_file_new ();
  g_autofree char *program = NULL;
  g_autofree char *folder = NULL;

  if (g_key_file_load_from_file (sandbox, SANDBOX, G_KEY_FILE_NONE, NULL))
    program = g_key_file_get_string (sandbox, "Instance", "app-path", NULL);
  if (program == NULL)
    return g_strdup ("help:stall");
  folder = find_folder ();
  return g_strconcat ("ghelp:", program, folder + strlen (STALL_PREFIX), NULL);
}

static void
launched_cb (GObject *launcher, GAsyncResult *result, gpointer data)
{
  g_autoptr (StallWindow) window = data;
  g_autoptr (GError) error = NULL;
  StallDesk *desk = stall_window_get_desk (window);

  if (gtk_uri_launcher_launch_finish (GTK_URI_LAUNCHER (launcher), result, &error))
    return;
  g_debug ("No help: %s", error->message);
  if (desk != NULL && !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    /* Translators: “Help” is what GNOME calls its program Yelp */
    stall_desk_say (desk, _ ("Nothing on this computer shows help. Install the program “Help”."));
}

/**
 * stall_help_open:
 * @window: where the person is
 *
 * Opens the first page of the help in the desktop's help viewer, with no network.
 */
void
stall_help_open (StallWindow *window)
{
  g_autofree char *address = NULL;
  g_autoptr (GtkUriLauncher) launcher = NULL;

  g_return_if_fail (STALL_IS_WINDOW (window));

  address = find_address ();
  launcher = gtk_uri_launcher_new (address);
  gtk_uri_launcher_launch (launcher, GTK_WINDOW (window), NULL, launched_cb, g_object_ref (window));
}
