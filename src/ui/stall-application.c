/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-application.h"

#include "stall-help.h"
#include "stall-link.h"
#include "stall-opening.h"
#include "stall-search-provider.h"
#include "stall-window.h"

#include <glib/gi18n-lib.h>

#define LINGER 10000 /* ms */

struct _StallApplication
{
  AdwApplication parent_instance;

  char *folder;            /* as given on the command line, or NULL */
  gboolean background;     /* the next window stays hidden */
  DexFuture *opening;      /* of the stall that the first window shows */
  StallProgress *progress; /* of that opening */
};

G_DEFINE_FINAL_TYPE (StallApplication, stall_application, ADW_TYPE_APPLICATION)

static const struct
{
  const char *action;
  const char *const *keys;
} shortcuts[] = {
  { "app.quit", (const char *const[]) { "<Control>q", NULL } },
  { "app.help", (const char *const[]) { "F1", NULL } },
  { "window.close", (const char *const[]) { "<Control>w", NULL } },
  { "win.section::today", (const char *const[]) { "<Control>1", NULL } },
  { "win.section::orders", (const char *const[]) { "<Control>2", NULL } },
  { "win.section::inventory", (const char *const[]) { "<Control>3", NULL } },
  { "win.section::notes", (const char *const[]) { "<Control>4", NULL } },
  { "win.section::votes", (const char *const[]) { "<Control>5", NULL } },
  { "win.search", (const char *const[]) { "<Control>f", NULL } },
  { "win.new", (const char *const[]) { "<Control>n", NULL } },
  { "win.preferences", (const char *const[]) { "<Control>comma", NULL } },
  { "win.shortcuts", (const char *const[]) { "<Control>question", NULL } },
  { "app.ignore", (const char *const[]) { "<Control><Shift>u", NULL } },
};

/* The window of the stall; the audience's page may be in front of it. */
static StallWindow *
find_window (GApplication *application)
{
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (application));

  for (GList *l = windows; l != NULL; l = l->next)
    {
      if (STALL_IS_WINDOW (l->data))
        return l->data;
    }
  return NULL;
}

static void
quit_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  StallWindow *window = find_window (data);

  /* The window closes the stall behind it; the program ends with its last window. */
  if (window != NULL)
    stall_window_quit (window);
}

/* Takes the key away from GTK, whose input of characters by their code writes past its buffer at
 * the sixth digit (seen in 4.18.6): a scan that follows the key would end the program. */
static void
ignore_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
}

/* The stall is read while the toolkit starts. */
static void
begin_opening (StallApplication *self)
{
  g_autoptr (GSettings) settings = g_settings_new (STALL_APPLICATION_ID);
  g_autofree char *folder
      = self->folder != NULL ? g_strdup (self->folder) : stall_find_last_folder (settings);

  if (!stall_store_exists (folder))
    return;
  self->progress = stall_progress_new ();
  self->opening = stall_open_existing (folder, self->progress);
}

/* A notification was answered: maybe in another session than it came from. */
static void
follow_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autofree char *uri
      = g_strconcat (STALL_LINK_SCHEME ":", g_variant_get_string (parameter, NULL), NULL);
  g_autoptr (GFile) link = g_file_new_for_uri (uri);

  g_application_open (data, &link, 1, "");
}

static void
help_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  StallWindow *window = find_window (data);

  if (window != NULL)
    stall_help_open (window);
}

static void
stall_application_startup (GApplication *application)
{
  static const GActionEntry actions[] = {
    { "quit", quit_cb }, { "help", help_cb }, { "follow", follow_cb, "s" }, { "ignore", ignore_cb }
  };

  /* Who only answers the desktop's search takes the stall from nobody, and may be asked again. */
  if ((g_application_get_flags (application) & G_APPLICATION_IS_SERVICE) != 0)
    g_application_set_inactivity_timeout (application, LINGER);
  else
    begin_opening (STALL_APPLICATION (application));
  G_APPLICATION_CLASS (stall_application_parent_class)->startup (application);

  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions),
                                   application);
  for (gsize i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (application), shortcuts[i].action,
                                           shortcuts[i].keys);
  gtk_window_set_default_icon_name (STALL_APPLICATION_ID);
}

static void
stall_application_activate (GApplication *application)
{
  StallApplication *self = STALL_APPLICATION (application);
  gboolean hidden = self->background;
  StallWindow *window = find_window (application);

  self->background = FALSE;
  if (window != NULL)
    {
      stall_window_show (window);
      return;
    }
  /* With no stall there is nothing to sync. */
  if (hidden && self->opening == NULL)
    return;
  window = STALL_WINDOW (stall_window_new (GTK_APPLICATION (application), self->folder,
                                           g_steal_pointer (&self->opening), self->progress));
  if (hidden)
    stall_window_stay_hidden (window);
  stall_window_open (window);
}

static void
stall_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  g_application_activate (application);
  /* One at a time: each may ask something. */
  stall_window_take (find_window (application), files[0]);
}

static gboolean
stall_application_dbus_register (GApplication *application,
                                 GDBusConnection *connection,
                                 const char *path,
                                 GError **error)
{
  g_autofree char *provider_path = g_strconcat (path, "/SearchProvider", NULL);
  g_autoptr (StallSearchProvider) provider = stall_search_provider_new (application);

  return G_APPLICATION_CLASS (stall_application_parent_class)
             ->dbus_register (application, connection, path, error)
         && stall_search_provider_export (provider, connection, provider_path, error);
}

/* A stall named on the command line is nobody else's window: it gets a process of its own. */
static int
stall_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  StallApplication *self = STALL_APPLICATION (application);
  g_autofree char *folder = NULL;

  if (g_variant_dict_lookup (options, "stall", "^ay", &folder))
    {
      self->folder = g_canonicalize_filename (folder, NULL);
      g_application_set_flags (application,
                               g_application_get_flags (application) | G_APPLICATION_NON_UNIQUE);
    }
  if (g_variant_dict_contains (options, "background"))
    {
      /* One that runs already is left as it is. */
      if (!g_application_register (application, NULL, NULL)
          || g_application_get_is_remote (application))
        return 0;
      self->background = TRUE;
    }
  return G_APPLICATION_CLASS (stall_application_parent_class)
      ->handle_local_options (application, options);
}

static void
stall_application_finalize (GObject *object)
{
  StallApplication *self = STALL_APPLICATION (object);

  g_clear_pointer (&self->folder, g_free);
  dex_clear (&self->opening);
  g_clear_object (&self->progress);

  G_OBJECT_CLASS (stall_application_parent_class)->finalize (object);
}

static void
stall_application_class_init (StallApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = stall_application_finalize;
  application_class->startup = stall_application_startup;
  application_class->activate = stall_application_activate;
  application_class->open = stall_application_open;
  application_class->dbus_register = stall_application_dbus_register;
  application_class->handle_local_options = stall_application_handle_local_options;
}

static void
stall_application_init (StallApplication *self)
{
  const GOptionEntry options[] = {
    { "stall", 0, 0, G_OPTION_ARG_FILENAME, NULL, N_ ("Open the stall in this folder"),
      N_ ("FOLDER") },
    { "background", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Sync with no window"), NULL },
    G_OPTION_ENTRY_NULL,
  };

  g_application_add_main_option_entries (G_APPLICATION (self), options);
  g_application_set_version (G_APPLICATION (self), STALL_VERSION);
}

/**
 * stall_application_new:
 *
 * Returns: (transfer full): the program, to be run
 */
StallApplication *
stall_application_new (void)
{
  return g_object_new (STALL_TYPE_APPLICATION, "application-id", STALL_APPLICATION_ID, "flags",
                       G_APPLICATION_HANDLES_OPEN, "resource-base-path",
                       "/io/github/stall_app/Stall", NULL);
}
