/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-cli"

#include "config.h"

#include "stall-cli.h"

#include "stall-async.h"
#include "stall-cli-output.h"
#include "stall-language.h"

#include <glib/gi18n-lib.h>

/* How often the progress is told. */
#define PROGRESS_MILLISECONDS 100

G_DEFINE_QUARK (stall - usage - error - quark, stall_usage_error)

static const StallVerb *const verbs[] = {
  &stall_cli_import_verb, &stall_cli_export_verb,    &stall_cli_list_verb,
  &stall_cli_show_verb,   &stall_cli_count_verb,     &stall_cli_undo_verb,
  &stall_cli_check_verb,  &stall_cli_backup_verb,    &stall_cli_restore_verb,
  &stall_cli_sample_verb, &stall_cli_polls_verb,     &stall_cli_vote_verb,
  &stall_cli_notes_verb,  &stall_cli_sync_verb,      &stall_cli_platform_verb,
  &stall_cli_market_verb, &stall_cli_conflicts_verb, &stall_cli_oversold_verb,
};

static const StallVerb *
find_verb (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    if (g_str_equal (verbs[i]->name, name))
      return verbs[i];
  return NULL;
}

/* The list of verbs under the options of `stallctl --help`. */
static char *
describe_verbs (void)
{
  GString *text = g_string_new (_ ("Verbs:"));

  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    g_string_append_printf (text, "\n  %-10s %s", verbs[i]->name, _ (verbs[i]->summary));
  g_string_append_printf (
      text, "\n\n%s\n%s", _ ("“stallctl VERB --help” says more about a verb."),
      _ ("Exit status: 0 done, 1 failed, 2 wrong arguments, 3 not found, 4 another program holds "
         "the stall, 5 the input is not what it should be, 6 the check found differences."));
  return g_string_free_and_steal (text);
}

static void
add_global_options (StallCli *self, GOptionContext *context)
{
  const GOptionEntry entries[] = {
    { "stall", 's', 0, G_OPTION_ARG_FILENAME, &self->folder,
      N_ ("The stall’s folder instead of the person’s own"), N_ ("FOLDER") },
    { "json", 'j', 0, G_OPTION_ARG_NONE, &self->json, N_ ("Write JSON"), NULL },
    G_OPTION_ENTRY_NULL,
  };

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
}

/* Options before the verb; stops at the verb. */
static gboolean
parse_global (StallCli *self, GStrv *arguments, gboolean *version, GError **error)
{
  g_autoptr (GOptionContext) context = g_option_context_new (_ ("VERB …"));
  g_autofree char *description = describe_verbs ();
  const GOptionEntry entries[] = {
    { "version", 0, 0, G_OPTION_ARG_NONE, version, N_ ("Say the version and end"), NULL },
    G_OPTION_ENTRY_NULL,
  };

  add_global_options (self, context);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_set_summary (context, _ ("Works with a stall without its window."));
  g_option_context_set_description (context, description);
  g_option_context_set_strict_posix (context, TRUE);
  return g_option_context_parse_strv (context, arguments, error);
}

static const char *
describe_arguments (const StallVerb *verb)
{
  /* gettext answers an empty message with the head of its catalogue. */
  return *verb->arguments != '\0' ? _ (verb->arguments) : "";
}

static gboolean
parse_verb (StallCli *self, GStrv *arguments, GError **error)
{
  g_autofree char *usage
      = g_strdup_printf ("%s %s", self->verb->name, describe_arguments (self->verb));
  g_autoptr (GOptionContext) context = g_option_context_new (usage);

  add_global_options (self, context);
  if (self->verb->add_options != NULL)
    self->verb->add_options (self, g_option_context_get_main_group (context));
  g_option_context_set_summary (context, _ (self->verb->summary));
  if (self->verb->description != NULL)
    g_option_context_set_description (context, _ (self->verb->description));
  return g_option_context_parse_strv (context, arguments, error);
}

/* `stallctl [OPTION…] VERB [OPTION…] ARGUMENT…` → @self. FALSE without an error: there is nothing
 * to run. */
static gboolean
parse (StallCli *self, int argc, char **argv, GError **error)
{
  g_auto (GStrv) arguments = g_strdupv (argv);
  g_auto (GStrv) rest = NULL;
  gboolean version = FALSE;
  guint n;

  if (!parse_global (self, &arguments, &version, error))
    return FALSE;
  if (version)
    {
      g_print ("stallctl %s\n", STALL_VERSION);
      return FALSE;
    }
  if (arguments[1] == NULL)
    {
      g_set_error_literal (error, STALL_USAGE_ERROR, 0, _ ("Say what to do: a verb is missing."));
      return FALSE;
    }
  self->verb = find_verb (arguments[1]);
  if (self->verb == NULL)
    {
      g_set_error (error, STALL_USAGE_ERROR, 0, _ ("There is no verb “%s”."), arguments[1]);
      return FALSE;
    }
  rest = g_strdupv (arguments + 1);
  if (!parse_verb (self, &rest, error))
    return FALSE;
  self->arguments = g_strdupv (rest + 1);
  n = g_strv_length (self->arguments);
  if (n < self->verb->min_arguments || n > self->verb->max_arguments)
    {
      g_set_error (error, STALL_USAGE_ERROR, 0, _ ("“%s” is used as: stallctl %s %s"),
                   self->verb->name, self->verb->name, describe_arguments (self->verb));
      return FALSE;
    }
  return TRUE;
}

static StallExit
exit_of_error (const GError *error)
{
  if (error->domain == G_OPTION_ERROR || error->domain == STALL_USAGE_ERROR)
    return STALL_EXIT_USAGE;
  if (g_error_matches (error, STALL_ERROR, STALL_ERROR_NOT_FOUND)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND)
      || g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    return STALL_EXIT_NOT_FOUND;
  if (g_error_matches (error, STALL_ERROR, STALL_ERROR_BUSY))
    return STALL_EXIT_BUSY;
  if (g_error_matches (error, STALL_ERROR, STALL_ERROR_INVALID))
    return STALL_EXIT_INVALID;
  return STALL_EXIT_FAILED;
}

static void
print_error (const GError *error)
{
  g_printerr ("stallctl: %s\n", error->message);
  if (exit_of_error (error) == STALL_EXIT_USAGE)
    g_printerr ("%s\n", _ ("“stallctl --help” lists what it can do."));
}

static gboolean
progress_cb (gpointer data)
{
  double fraction;

  if (stall_progress_look (data, &fraction))
    stall_print_progress (_ ("Preparing the lists…"), fraction);
  return G_SOURCE_CONTINUE;
}

/* A new version of the lists takes a while on a large stall. */
static StallStore *
await_store (const char *folder, StallStoreFlags flags, GError **error)
{
  g_autoptr (StallProgress) progress = stall_progress_new ();
  guint source = g_timeout_add (PROGRESS_MILLISECONDS, progress_cb, progress);
  StallStore *store
      = dex_await_object (stall_store_open_with_progress (folder, flags, progress), error);
  double fraction;

  g_source_remove (source);
  if (stall_progress_look (progress, &fraction))
    stall_end_progress ();
  return store;
}

static gboolean
open_store (StallCli *self, GError **error)
{
  StallStoreFlags flags = self->verb->flags;
  gboolean writes = self->verb->writing_act != NULL
                    && g_strcmp0 (self->arguments[0], self->verb->writing_act) == 0;
  const char *folder = self->folder;

  if (writes)
    flags |= STALL_STORE_WRITE;

  /* Before there is a stall a file is tried on an empty one. */
  if (self->dry_run && !stall_store_exists (folder))
    {
      self->scratch = g_dir_make_tmp ("stall-XXXXXX", error);
      if (self->scratch == NULL)
        return FALSE;
      folder = self->scratch;
    }
  else if (self->dry_run)
    flags = STALL_STORE_READ_ONLY;
  self->store = await_store (folder, flags, error);
  return self->store != NULL;
}

/* One whole call: open, do, close. The store is closed also after a failure, so that its lock goes.
 */
static DexFuture *
run_fiber (gpointer data)
{
  StallCli *self = data;
  g_autoptr (GError) error = NULL;
  gboolean done;

  if (self->verb->needs_store && !open_store (self, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  done = self->verb->run (self, &error);
  if (self->store != NULL)
    dex_await (stall_store_close (self->store), done ? &error : NULL);
  if (error != NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  return dex_future_new_true ();
}

typedef struct
{
  GMainLoop *loop;
  GError *error;
} Ending;

static DexFuture *
ended_cb (DexFuture *future, gpointer data)
{
  Ending *ending = data;

  dex_future_get_value (future, &ending->error);
  g_main_loop_quit (ending->loop);
  return NULL;
}

static void
run_verb (StallCli *self, GError **error)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Ending ending = { .loop = loop };

  dex_future_disown (
      dex_future_finally (stall_async (run_fiber, self, NULL), ended_cb, &ending, NULL));
  g_main_loop_run (loop);
  if (ending.error != NULL)
    g_propagate_error (error, ending.error);
}

static void
clear (StallCli *self)
{
  g_clear_pointer (&self->arguments, g_strfreev);
  g_clear_object (&self->store);
  if (self->scratch != NULL)
    stall_store_discard (self->scratch);
  g_clear_pointer (&self->scratch, g_free);
  g_clear_pointer (&self->folder, g_free);
  g_clear_pointer (&self->preset, g_free);
  g_clear_pointer (&self->encoding, g_free);
  g_clear_pointer (&self->search, g_free);
  g_clear_pointer (&self->variant, g_free);
  g_clear_pointer (&self->place, g_free);
  g_clear_pointer (&self->state, g_free);
}

/**
 * stall_cli_run:
 * @argc: of main
 * @argv: of main
 *
 * Does what the command line asks for.
 *
 * Returns: a #StallExit
 */
int
stall_cli_run (int argc, char **argv)
{
  StallCli self = { 0 };
  g_autoptr (GError) error = NULL;
  int status;

  stall_choose_language ();
  g_set_prgname ("stallctl");

  if (parse (&self, argc, argv, &error))
    {
      if (self.folder == NULL)
        self.folder = g_build_filename (g_get_user_data_dir (), "stall", NULL);
      run_verb (&self, &error);
    }
  if (error != NULL)
    print_error (error);
  status = error != NULL ? exit_of_error (error) : self.exit;
  clear (&self);
  return status;
}
