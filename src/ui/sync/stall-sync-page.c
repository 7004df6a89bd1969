/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-sync-page.h"

#include "stall-ask.h"
#include "stall-async.h"
#include "stall-conflict-dialog.h"
#include "stall-conflict.h"
#include "stall-connect-dialog.h"
#include "stall-file-choice.h"
#include "stall-format.h"
#include "stall-sync-words.h"

#include <glib/gi18n-lib.h>

#define MAX_ROWS 50
#define MAX_SYNCS 10

struct _StallSyncPage
{
  AdwNavigationPage parent_instance;

  GtkStack *stack;
  AdwActionRow *status_row;
  GtkImage *status_icon;
  GtkButton *status_button;
  AdwActionRow *pictures_row;
  GtkProgressBar *progress_bar;
  GtkWidget *oversold_group;
  AdwPreferencesRow *oversold_row;
  AdwPreferencesGroup *conflicts_group;
  AdwPreferencesGroup *stuck_group;
  AdwPreferencesGroup *waiting_group;
  AdwPreferencesGroup *log_group;
  AdwActionRow *address_row;
  AdwActionRow *user_row;
  GtkEditable *device_row;

  StallDesk *desk;
  GPtrArray *conflict_rows;
  GPtrArray *stuck_rows;
  GPtrArray *waiting_rows;
  GPtrArray *log_rows;
  gboolean reading;
  gboolean is_old;
};

G_DEFINE_FINAL_TYPE (StallSyncPage, stall_sync_page, ADW_TYPE_NAVIGATION_PAGE)

static void
clear_rows (AdwPreferencesGroup *group, GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    adw_preferences_group_remove (group, rows->pdata[i]);
  g_ptr_array_set_size (rows, 0);
}

static GtkWidget *
add_row (AdwPreferencesGroup *group, GPtrArray *rows, const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_preferences_group_add (group, row);
  g_ptr_array_add (rows, row);
  return row;
}

static void
add_button (GtkWidget *row, const char *icon, const char *label, const char *action, const char *id)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, label);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static gboolean
can_open (const char *id)
{
  StallKind kind = stall_kind_of_id (id);

  return kind == STALL_KIND_ORDER || kind == STALL_KIND_PRODUCT || kind == STALL_KIND_POLL
         || kind == STALL_KIND_NOTE;
}

/* What is said of a thing, behind its kind unless that is its title already. */
static char *
say_kind (const char *id, const char *title, const char *said)
{
  const char *kind = title != NULL && *title != '\0' ? stall_sync_words_kind (id) : NULL;

  if (kind == NULL || said == NULL)
    return g_strdup (kind != NULL ? kind : said != NULL ? said : "");
  return g_strconcat (kind, " · ", said, NULL);
}

static void
show_conflict (StallSyncPage *self, const StallConflictEntry *entry)
{
  g_autofree char *name = stall_sync_words_thing (entry->id, entry->title);
  GtkWidget *row = add_row (self->conflicts_group, self->conflict_rows, name,
                            stall_sync_words_kind (entry->id));

  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", entry->id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "page.compare");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
}

static gboolean
show_conflicts (StallSyncPage *self, StallStore *store, GError **error)
{
  g_autoptr (GPtrArray) conflicts = dex_await_boxed (stall_store_list_conflicts (store), error);

  if (self->stack == NULL || conflicts == NULL)
    return conflicts != NULL;
  clear_rows (self->conflicts_group, self->conflict_rows);
  for (guint i = 0; i < MIN (conflicts->len, MAX_ROWS); i++)
    show_conflict (self, conflicts->pdata[i]);
  gtk_widget_set_visible (GTK_WIDGET (self->conflicts_group), conflicts->len > 0);
  return TRUE;
}

static void
show_refusal (StallSyncPage *self, const StallRefusal *refusal, const char *title)
{
  g_autofree char *name = stall_sync_words_thing (refusal->id, title);
  gboolean kept = stall_refusal_is_kept (refusal);
  const char *reason = *refusal->reason != '\0' ? refusal->reason : refusal->code;
  /* Translators: %s is the platform’s own words about a thing */
  g_autofree char *said = g_strdup_printf (
      kept ? _ ("Only on this computer: %s") : _ ("The platform says: %s"), reason);
  g_autofree char *words = say_kind (refusal->id, title, said);
  GtkWidget *row = add_row (self->stuck_group, self->stuck_rows, name, words);

  if (can_open (refusal->id))
    add_button (row, "document-open-symbolic", _ ("Open"), "page.open", refusal->id);
  if (!kept)
    add_button (row, "folder-symbolic", _ ("Keep Only Here"), "page.keep-here", refusal->id);
  add_button (row, "view-refresh-symbolic", _ ("Try Again"), "page.retry", refusal->id);
}

static gboolean
show_refusals (StallSyncPage *self, StallStore *store, GError **error)
{
  g_autoptr (GPtrArray) refused = dex_await_boxed (stall_store_list_refused (store), error);
  g_autoptr (GPtrArray) titles = g_ptr_array_new_with_free_func (g_free);
  guint n = refused != NULL ? MIN (refused->len, MAX_ROWS) : 0;

  for (guint i = 0; i < n; i++)
    {
      const StallRefusal *refusal = g_ptr_array_index (refused, i);
      char *title = dex_await_string (stall_store_find_title (store, refusal->id), error);

      if (title == NULL)
        return FALSE;
      g_ptr_array_add (titles, title);
    }
  if (self->stack == NULL || refused == NULL)
    return refused != NULL;
  clear_rows (self->stuck_group, self->stuck_rows);
  for (guint i = 0; i < n; i++)
    show_refusal (self, refused->pdata[i], titles->pdata[i]);
  gtk_widget_set_visible (GTK_WIDGET (self->stuck_group), n > 0);
  return TRUE;
}

static void
show_unsent (StallSyncPage *self, const StallUnsent *unsent)
{
  g_autofree char *name = stall_sync_words_thing (unsent->id, unsent->title);
  g_autofree char *when
      = unsent->at != STALL_TIME_NONE ? stall_format_moment (unsent->at, stall_time_now ()) : NULL;
  g_autofree char *words = say_kind (unsent->id, unsent->title, when);
  GtkWidget *row = add_row (self->waiting_group, self->waiting_rows, name, words);

  if (can_open (unsent->id))
    add_button (row, "document-open-symbolic", _ ("Open"), "page.open", unsent->id);
}

static gboolean
show_waiting (StallSyncPage *self, StallStore *store, GError **error)
{
  g_autoptr (GPtrArray) waiting
      = dex_await_boxed (stall_store_list_waiting (store, MAX_ROWS), error);
  StallSync *sync;
  guint n_more;

  if (self->stack == NULL || waiting == NULL)
    return waiting != NULL;
  sync = stall_desk_get_sync (self->desk);
  n_more = stall_sync_get_n_unsent (sync) - stall_sync_get_n_stuck (sync);
  n_more -= MIN (n_more, waiting->len);
  clear_rows (self->waiting_group, self->waiting_rows);
  for (guint i = 0; i < waiting->len; i++)
    show_unsent (self, waiting->pdata[i]);
  if (n_more > 0)
    {
      g_autofree char *more
          = g_strdup_printf (ngettext ("And %u more", "And %u more", n_more), n_more);

      add_row (self->waiting_group, self->waiting_rows, more, "");
    }
  gtk_widget_set_visible (GTK_WIDGET (self->waiting_group), waiting->len > 0);
  return TRUE;
}

static void
show_log (StallSyncPage *self)
{
  GListModel *log = G_LIST_MODEL (stall_sync_get_log (stall_desk_get_sync (self->desk)));
  guint n = MIN (g_list_model_get_n_items (log), MAX_SYNCS);

  clear_rows (self->log_group, self->log_rows);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (StallSyncEntry) entry = g_list_model_get_item (log, i);
      g_autofree char *when
          = stall_format_moment (stall_sync_entry_get_time (entry), stall_time_now ());
      g_autofree char *words = stall_sync_words_entry (entry);

      add_row (self->log_group, self->log_rows, when, words);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->log_group), n > 0);
}

static DexFuture *
read_fiber (gpointer data)
{
  StallSyncPage *self = data;
  g_autoptr (StallDesk) desk = g_object_ref (self->desk);
  StallStore *store = stall_desk_get_store (desk);

  self->reading = TRUE;
  while (self->is_old && self->stack != NULL)
    {
      g_autoptr (GError) error = NULL;

      self->is_old = FALSE;
      if (!show_conflicts (self, store, &error) || !show_refusals (self, store, &error)
          || !show_waiting (self, store, &error))
        {
          stall_desk_report (desk, error);
          break;
        }
    }
  self->reading = FALSE;
  return dex_future_new_true ();
}

static void
read_lists (StallSyncPage *self)
{
  self->is_old = TRUE;
  if (!self->reading)
    stall_spawn (read_fiber, g_object_ref (self), g_object_unref);
}

/* Whether what stands in the way is settled by signing in, or with another address. */
static gboolean
wants_sign_in (StallSync *sync)
{
  const GError *error = stall_sync_get_error (sync);

  return stall_sync_get_state (sync) == STALL_SYNC_NEEDS_YOU && error != NULL
         && (g_error_matches (error, STALL_SYNC_ERROR, STALL_SYNC_ERROR_SIGN_IN)
             || g_error_matches (error, STALL_SYNC_ERROR, STALL_SYNC_ERROR_FORBIDDEN));
}

static void
show_status (StallSyncPage *self)
{
  StallSync *sync = stall_desk_get_sync (self->desk);
  const StallConnection *connection = stall_sync_get_connection (sync);
  StallSyncState state = stall_sync_get_state (sync);
  g_autofree char *title = stall_sync_words_short (sync);
  g_autofree char *sentence = stall_sync_words_long (sync);
  double progress;

  gtk_stack_set_visible_child_name (self->stack, connection != NULL ? "connected" : "empty");
  if (connection == NULL)
    return;
  gtk_image_set_from_icon_name (self->status_icon, stall_sync_words_icon (sync));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->status_row), title);
  adw_action_row_set_subtitle (self->status_row, sentence);
  gtk_button_set_label (self->status_button,
                        wants_sign_in (sync) ? _ ("Sign _In…") : _ ("Sync _Now"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->status_button),
                                  wants_sign_in (sync) ? "page.connect" : "page.sync");
  gtk_widget_set_visible (GTK_WIDGET (self->status_button), state != STALL_SYNC_SYNCING);
  gtk_widget_set_visible (GTK_WIDGET (self->pictures_row), stall_sync_get_pictures_wait (sync));
  g_object_get (sync, "progress", &progress, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->progress_bar),
                          progress >= 0 && stall_sync_get_last_time (sync) == STALL_TIME_NONE);
  gtk_progress_bar_set_fraction (self->progress_bar, MAX (progress, 0));
  adw_action_row_set_subtitle (self->address_row, connection->address);
  adw_action_row_set_subtitle (self->user_row, connection->user);
  gtk_widget_set_visible (GTK_WIDGET (self->user_row), *connection->user != '\0');
}

static void
show_oversold (StallSyncPage *self)
{
  const StallFigures *figures = stall_desk_get_figures (self->desk);
  guint n = figures != NULL ? figures->n_oversold : 0;
  g_autofree char *count = stall_format_count (n);
  g_autofree char *title
      = g_strdup_printf (ngettext ("%s variant is oversold", "%s variants are oversold", n), count);

  adw_preferences_row_set_title (self->oversold_row, title);
  gtk_widget_set_visible (self->oversold_group, n > 0);
}

static void
update (StallSyncPage *self)
{
  show_status (self);
  read_lists (self);
}

/* --- what can be done --- */

static void
connect_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  adw_dialog_present (stall_connect_dialog_new (STALL_SYNC_PAGE (widget)->desk), widget);
}

static void
sync_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  stall_sync_now (stall_desk_get_sync (STALL_SYNC_PAGE (widget)->desk));
}

static void
fetch_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  stall_sync_fetch_pictures (stall_desk_get_sync (STALL_SYNC_PAGE (widget)->desk));
}

static void
open_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  stall_desk_open (STALL_SYNC_PAGE (widget)->desk, g_variant_get_string (parameter, NULL));
}

static void
compare_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  AdwDialog *dialog = stall_conflict_dialog_new (STALL_SYNC_PAGE (widget)->desk,
                                                 g_variant_get_string (parameter, NULL));

  adw_dialog_present (dialog, widget);
}

typedef struct
{
  StallSyncPage *page;
  DexFuture *work;
} Task;

static void
task_free (gpointer data)
{
  Task *task = data;

  g_object_unref (task->page);
  dex_clear (&task->work);
  g_free (task);
}

static DexFuture *
task_fiber (gpointer data)
{
  Task *task = data;
  g_autoptr (StallDesk) desk = g_object_ref (task->page->desk);
  g_autoptr (GError) error = NULL;

  if (!dex_await (g_steal_pointer (&task->work), &error))
    stall_desk_report (desk, error);
  if (task->page->stack != NULL)
    update (task->page);
  return dex_future_new_true ();
}

/* Takes @work over: shows how it ended. */
static void
follow (StallSyncPage *self, DexFuture *work)
{
  Task *task = g_new0 (Task, 1);

  task->page = g_object_ref (self);
  task->work = work;
  stall_spawn (task_fiber, task, task_free);
}

static void
name_device_cb (StallSyncPage *self)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (self->device_row)));

  if (*name != '\0')
    follow (self, stall_store_name_device (stall_desk_get_store (self->desk), name));
}

static DexFuture *
read_name_fiber (gpointer data)
{
  StallSyncPage *self = data;
  g_autofree char *name
      = dex_await_string (stall_store_load_device_name (stall_desk_get_store (self->desk)), NULL);

  if (self->device_row != NULL && name != NULL)
    gtk_editable_set_text (self->device_row, name);
  return dex_future_new_true ();
}

static void
retry_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  StallSyncPage *self = STALL_SYNC_PAGE (widget);

  follow (self, stall_sync_retry (stall_desk_get_sync (self->desk),
                                  g_variant_get_string (parameter, NULL)));
}

static void
keep_here_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  StallSyncPage *self = STALL_SYNC_PAGE (widget);

  follow (self, stall_sync_keep_here (stall_desk_get_sync (self->desk),
                                      g_variant_get_string (parameter, NULL)));
}

/* Something is unsent: it goes into a backup first. */
static gboolean
save_first (StallSyncPage *self, StallDesk *desk, const char *message, GError **error)
{
  g_autofree char *body = g_strconcat (
      message, " ",
      _ ("Wait until they are sent, or save a backup of the stall before you sign out."), NULL);
  g_autoptr (GFile) file = NULL;

  if (!dex_await_boolean (stall_ask_go (GTK_WIDGET (self), _ ("Not Everything Is Sent"), body,
                                        _ ("_Save a Backup and Sign Out…")),
                          NULL)
      || self->stack == NULL)
    return FALSE;
  file = dex_await_object (
      stall_choose_to_save (GTK_WIDGET (self), _ ("Back Up the Stall"), "stall.stall"), NULL);
  return file != NULL
         && dex_await (stall_store_backup (stall_desk_get_store (desk), g_file_peek_path (file)),
                       error);
}

static DexFuture *
sign_out_fiber (gpointer data)
{
  StallSyncPage *self = data;
  g_autoptr (StallDesk) desk = g_object_ref (self->desk);
  StallSync *sync = stall_desk_get_sync (desk);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) failed = NULL;

  if (stall_sync_get_n_unsent (sync) == 0
      && !dex_await_boolean (
          stall_ask_sure (GTK_WIDGET (self), _ ("Sign Out of the Platform?"),
                          _ ("The stall stays on this computer as it is. It is no longer synced."),
                          _ ("Sign _Out")),
          NULL))
    return dex_future_new_true ();
  if (!dex_await (stall_sync_sign_out (sync, FALSE), &error)
      && g_error_matches (error, STALL_SYNC_ERROR, STALL_SYNC_ERROR_UNSENT))
    {
      if (save_first (self, desk, error->message, &failed))
        dex_await (stall_sync_sign_out (sync, TRUE), &failed);
      g_clear_error (&error);
      error = g_steal_pointer (&failed);
    }
  stall_desk_report (desk, error);
  return dex_future_new_true ();
}

static void
sign_out_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  stall_spawn (sign_out_fiber, g_object_ref (widget), g_object_unref);
}

/* --- the page itself --- */

static void
stall_sync_page_dispose (GObject *object)
{
  StallSyncPage *self = STALL_SYNC_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), STALL_TYPE_SYNC_PAGE);

  G_OBJECT_CLASS (stall_sync_page_parent_class)->dispose (object);
}

static void
stall_sync_page_finalize (GObject *object)
{
  StallSyncPage *self = STALL_SYNC_PAGE (object);

  g_clear_object (&self->desk);
  g_ptr_array_unref (self->conflict_rows);
  g_ptr_array_unref (self->stuck_rows);
  g_ptr_array_unref (self->waiting_rows);
  g_ptr_array_unref (self->log_rows);

  G_OBJECT_CLASS (stall_sync_page_parent_class)->finalize (object);
}

static void
stall_sync_page_class_init (StallSyncPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = stall_sync_page_dispose;
  object_class->finalize = stall_sync_page_finalize;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/stall_app/Stall/sync/stall-sync-page.ui");
  gtk_widget_class_bind_template_child (widget_class, StallSyncPage, stack);
  gtk_widget_class_bind_template_child (widget_class, StallSyncPage, status_row);
  gtk_widget_class_bind_template_child (widget_class, StallSyncPage, status_icon);
  gtk_widget_class_bind_template_child (widget_class, StallSyncPage, status_button);
  gtk_widget_class_bind_template_child (widget_class, StallSyncPage, pictures_row);
  gtk_widget_class_bind_template_child (widget_class, StallSyncPage, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, StallSyncPage, oversold_group);
  gtk_widget_class_bind_template_child (widget_class, StallSyncPage, oversold_row);
  gtk_widget_class_bind_template_child (widget_class, StallSyncPage, conflicts_group);
  gtk_widget_class_bind_template_child (widget_class, StallSyncPage, stuck_group);
  gtk_widget_class_bind_template_child (widget_class, StallSyncPage, waiting_group);
  gtk_widget_class_bind_template_child (widget_class, StallSyncPage, log_group);
  gtk_widget_class_bind_template_child (widget_class, StallSyncPage, address_row);
  gtk_widget_class_bind_template_child (widget_class, StallSyncPage, user_row);
  gtk_widget_class_bind_template_child (widget_class, StallSyncPage, device_row);
  gtk_widget_class_bind_template_callback (widget_class, name_device_cb);
  gtk_widget_class_install_action (widget_class, "page.connect", NULL, connect_action);
  gtk_widget_class_install_action (widget_class, "page.sync", NULL, sync_action);
  gtk_widget_class_install_action (widget_class, "page.fetch-pictures", NULL, fetch_action);
  gtk_widget_class_install_action (widget_class, "page.open", "s", open_action);
  gtk_widget_class_install_action (widget_class, "page.compare", "s", compare_action);
  gtk_widget_class_install_action (widget_class, "page.retry", "s", retry_action);
  gtk_widget_class_install_action (widget_class, "page.keep-here", "s", keep_here_action);
  gtk_widget_class_install_action (widget_class, "page.sign-out", NULL, sign_out_action);
}

static void
stall_sync_page_init (StallSyncPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->conflict_rows = g_ptr_array_new ();
  self->stuck_rows = g_ptr_array_new ();
  self->waiting_rows = g_ptr_array_new ();
  self->log_rows = g_ptr_array_new ();
}

/**
 * stall_sync_page_new:
 * @desk: the desk
 *
 * Returns: (transfer floating): a page about the sync of its stall
 */
AdwNavigationPage *
stall_sync_page_new (StallDesk *desk)
{
  StallSyncPage *self = g_object_new (STALL_TYPE_SYNC_PAGE, NULL);
  StallSync *sync = stall_desk_get_sync (desk);

  self->desk = g_object_ref (desk);
  g_signal_connect_object (sync, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "notify::figures", G_CALLBACK (show_oversold), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (stall_sync_get_log (sync), "items-changed", G_CALLBACK (show_log), self,
                           G_CONNECT_SWAPPED);
  stall_spawn (read_name_fiber, g_object_ref (self), g_object_unref);
  show_oversold (self);
  show_log (self);
  update (self);
  return ADW_NAVIGATION_PAGE (self);
}
