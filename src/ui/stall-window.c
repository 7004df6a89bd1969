/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-window-private.h"

#include "stall-async.h"
#include "stall-dropped-file.h"
#include "stall-late-menu.h"
#include "stall-link.h"
#include "stall-opening.h"
#include "stall-sidebar-row.h"
#include "stall-window-actions.h"

#include <glib/gi18n-lib.h>

/* Pixels of a toast that its title has not: margins, a button, the cross. */
#define AROUND_TITLE 176

G_DEFINE_FINAL_TYPE (StallWindow, stall_window, ADW_TYPE_APPLICATION_WINDOW)

static const char *const desk_actions[]
    = { "win.section", "win.search",      "win.new",  "win.import",
        "win.export",  "win.preferences", "win.sync", "win.connect" };

/* What stands around the sections follows them. */
static void
follow (StallWindow *self)
{
  StallSection section = stall_sections_get_section (self->sections);

  adw_navigation_page_set_title (self->content_page, stall_section_get_title (section));
  gtk_list_box_select_row (self->sidebar,
                           gtk_list_box_get_row_at_index (self->sidebar, (int) section));
  adw_navigation_split_view_set_show_content (self->split_view, TRUE);
  g_settings_set_string (self->settings, "page", stall_section_get_name (section));
}

static void
show_section (StallWindow *self, StallSection section)
{
  stall_sections_show (self->sections, section);
  follow (self);
}

/* Keeps the focus of a person who is in the sidebar, or nowhere yet, on the section shown. */
static void
follow_section (StallWindow *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  GtkWidget *row = GTK_WIDGET (gtk_list_box_get_selected_row (self->sidebar));

  if (focus != NULL && !gtk_widget_is_ancestor (focus, GTK_WIDGET (self->sidebar)))
    return;
  if (gtk_widget_get_mapped (row))
    gtk_widget_grab_focus (row);
  else
    gtk_widget_child_focus (GTK_WIDGET (self->sections), GTK_DIR_TAB_FORWARD);
}

/* The first page of a section, brought to the front. */
static GtkWidget *
show_root (StallWindow *self, StallSection section)
{
  AdwNavigationPage *root = stall_sections_show_root (self->sections, section);

  follow (self);
  return GTK_WIDGET (root);
}

/* --- what the desk asks for --- */

/* libadwaita cuts the title of a toast off after one line, and gives it all the width it would
 * like: what was left out or went wrong is to be read whole, on a phone too. */
static void
wrap_title (StallWindow *self, AdwToast *toast)
{
  int width = MAX (gtk_widget_get_width (GTK_WIDGET (self->toasts)) - AROUND_TITLE, AROUND_TITLE);
  GtkWidget *clamp, *label;

  if (adw_toast_get_custom_title (toast) != NULL)
    return;
  label = gtk_label_new (adw_toast_get_title (toast));
  gtk_accessible_announce (GTK_ACCESSIBLE (self), adw_toast_get_title (toast),
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  clamp = adw_clamp_new ();
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), width);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (clamp), width);
  adw_clamp_set_child (ADW_CLAMP (clamp), label);
  adw_toast_set_custom_title (toast, clamp);
}

static void
toast_cb (StallWindow *self, AdwToast *toast, StallDesk *desk)
{
  wrap_title (self, toast);

  /* Of what can be undone only the last is offered: toasts wait in a queue, and one that waited
   * would speak of an older change than Undo takes back. */
  if (adw_toast_get_action_name (toast) != NULL)
    {
      if (self->undo_toast != NULL)
        adw_toast_dismiss (self->undo_toast);
      g_set_weak_pointer (&self->undo_toast, toast);
    }
  adw_toast_overlay_add_toast (self->toasts, g_object_ref (toast));
}

static void
open_cb (StallWindow *self, const char *id, StallDesk *desk)
{
  stall_sections_open (self->sections, id);
  follow (self);
}

static void
show_list_cb (StallWindow *self, const StallQuery *query, StallDesk *desk)
{
  stall_sections_show_list (self->sections, query);
  follow (self);
}

static void
figures_cb (StallWindow *self)
{
  const StallFigures *figures = stall_desk_get_figures (self->desk);
  guint to_send = figures ? figures->n_to_pack + figures->n_to_ship : 0;
  guint to_decide = figures ? figures->n_polls[STALL_POLL_CLOSED] : 0;
  guint to_write = figures ? figures->n_notes[STALL_NOTE_DRAFT] : 0;
  g_autofree char *orders = NULL;
  g_autofree char *polls = NULL;
  g_autofree char *drafts = NULL;

  orders = g_strdup_printf (ngettext ("%u order to send", "%u orders to send", to_send), to_send);
  polls = g_strdup_printf (ngettext ("%u poll to decide", "%u polls to decide", to_decide),
                           to_decide);
  drafts = g_strdup_printf (ngettext ("%u draft", "%u drafts", to_write), to_write);
  stall_sidebar_row_set_count (
      STALL_SIDEBAR_ROW (gtk_list_box_get_row_at_index (self->sidebar, STALL_SECTION_NOTES)),
      to_write, drafts);
  stall_sidebar_row_set_count (
      STALL_SIDEBAR_ROW (gtk_list_box_get_row_at_index (self->sidebar, STALL_SECTION_ORDERS)),
      to_send, orders);
  stall_sidebar_row_set_count (
      STALL_SIDEBAR_ROW (gtk_list_box_get_row_at_index (self->sidebar, STALL_SECTION_VOTES)),
      to_decide, polls);
}

static void
profile_cb (StallWindow *self)
{
  const char *name = stall_profile_get_name (stall_desk_get_profile (self->desk));

  if (name == NULL || *name == '\0')
    name = _ ("Stall");
  adw_navigation_page_set_title (self->sidebar_page, name);
  gtk_window_set_title (GTK_WINDOW (self), name);
}

/* A computer that slept over midnight wakes up to a new day. */
static void
active_cb (StallWindow *self)
{
  const StallFigures *figures = self->desk ? stall_desk_get_figures (self->desk) : NULL;

  if (figures != NULL && figures->takings[0].from != stall_time_day_start (stall_time_now (), 0))
    stall_desk_refresh (self->desk);
  if (self->desk != NULL)
    stall_sync_wake_up (stall_desk_get_sync (self->desk));
}

void
stall_window_update_actions (StallWindow *self)
{
  StallStore *store = self->desk ? stall_desk_get_store (self->desk) : NULL;
  g_autofree char *undo = NULL;
  g_autofree char *redo = NULL;

  if (store != NULL)
    g_object_get (store, "undo-label", &undo, "redo-label", &redo, NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.undo", undo != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.redo", redo != NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (desk_actions); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), desk_actions[i], store != NULL);
  gtk_widget_action_set_enabled (
      GTK_WIDGET (self), "win.connect",
      store != NULL && stall_sync_get_connection (stall_desk_get_sync (self->desk)) == NULL);
}

static DexFuture *
backup_fiber (gpointer data)
{
  StallDesk *desk = data;
  g_autoptr (GError) error = NULL;

  if (!dex_await (stall_store_backup_daily (stall_desk_get_store (desk)), &error))
    stall_desk_report (desk, error);
  return dex_future_new_true ();
}

/* Who never closes the window gets a backup a day all the same. */
static void
new_day_cb (StallDesk *desk)
{
  stall_spawn (backup_fiber, g_object_ref (desk), g_object_unref);
}

static void
show_damage (StallWindow *self, gboolean damaged)
{
  gtk_widget_set_visible (GTK_WIDGET (self->damage_banner), damaged);
  adw_banner_set_revealed (self->damage_banner, damaged);
}

/* What can be read still is, until the person has seen enough. */
static void
damaged_cb (StallWindow *self, StallDesk *desk)
{
  show_damage (self, TRUE);
}

void
stall_window_show_desk (StallWindow *self, StallDesk *desk)
{
  StallStore *store = stall_desk_get_store (desk);
  g_autofree char *page = g_settings_get_string (self->settings, "page");
  StallSection section = stall_section_from_name (page);
  gboolean is_sample;

  stall_waiting_page_end (self->waiting_page);
  g_set_object (&self->desk, desk);
  stall_sections_set_desk (self->sections, desk);
  g_set_str (&self->folder, stall_store_get_folder (store));
  g_signal_connect_object (desk, "toast", G_CALLBACK (toast_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "damaged", G_CALLBACK (damaged_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect (desk, "new-day", G_CALLBACK (new_day_cb), NULL);
  g_signal_connect_object (desk, "open", G_CALLBACK (open_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "show-list", G_CALLBACK (show_list_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "notify::figures", G_CALLBACK (figures_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "notify::profile", G_CALLBACK (profile_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "notify::undo-label", G_CALLBACK (stall_window_update_actions),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "notify::redo-label", G_CALLBACK (stall_window_update_actions),
                           self, G_CONNECT_SWAPPED);

  if (!g_str_equal (self->own_folder, self->sample_folder))
    g_settings_set_string (self->settings, "stall-folder",
                           g_str_equal (self->folder, self->own_folder) ? "" : self->folder);
  is_sample = !g_str_equal (self->own_folder, self->sample_folder)
              && g_str_equal (self->folder, self->sample_folder);
  /* A banner that is not revealed is read out all the same. */
  gtk_widget_set_visible (GTK_WIDGET (self->sample_banner), is_sample);
  adw_banner_set_revealed (self->sample_banner, is_sample);
  if (!is_sample)
    self->notifier = stall_notifier_new (desk);
  profile_cb (self);
  figures_cb (self);
  stall_serving_button_set_desk (self->serving_button, desk);
  stall_sync_button_set_desk (self->sync_button, desk);
  g_signal_connect_object (stall_desk_get_sync (desk), "notify::connection",
                           G_CALLBACK (stall_window_update_actions), self, G_CONNECT_SWAPPED);
  stall_window_update_actions (self);
  show_damage (self, FALSE);
  show_section (self, section);
  gtk_stack_set_visible_child_name (self->stack, "stall");
  stall_window_clear_instead (self);
  /* A list that is read in time is the first thing to be seen; it says so by “win.present”. */
  if (section == STALL_SECTION_TODAY || self->wanted != NULL || self->haste_source == 0)
    stall_window_reveal (self);
  if (g_settings_get_boolean (self->settings, "backup-daily"))
    stall_spawn (backup_fiber, g_object_ref (desk), g_object_unref);
  if (self->wanted != NULL)
    {
      g_autoptr (GFile) wanted = g_steal_pointer (&self->wanted);

      stall_window_take (self, wanted);
    }
}

static void
restore_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  stall_window_restore (STALL_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static DexFuture *
close_fiber (gpointer data)
{
  GApplication *application = g_application_get_default ();

  dex_await (stall_desk_close (data), NULL);
  if (application != NULL)
    g_application_release (application);
  return dex_future_new_true ();
}

/* --- actions --- */

static void
present_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  if (STALL_WINDOW (widget)->haste_source != 0)
    stall_window_reveal (STALL_WINDOW (widget));
}

static void
section_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  StallWindow *self = STALL_WINDOW (widget);
  StallSection section = stall_section_from_name (g_variant_get_string (parameter, NULL));

  if (section == stall_sections_get_section (self->sections))
    show_root (self, section);
  else
    show_section (self, section);
  follow_section (self);
}

/* The arrow keys walk through the sections, where they are to be seen beside the sidebar. */
static void
row_selected_cb (StallWindow *self, GtkListBoxRow *row, GtkListBox *sidebar)
{
  StallSection section;

  if (row == NULL || adw_navigation_split_view_get_collapsed (self->split_view))
    return;
  section = (StallSection) gtk_list_box_row_get_index (row);
  if (self->desk == NULL || section == stall_sections_get_section (self->sections))
    return;
  self->just_selected = TRUE;
  show_section (self, section);
}

/* A click selects the row first. */
static void
row_activated_cb (StallWindow *self, GtkListBoxRow *row, GtkListBox *sidebar)
{
  if (self->just_selected)
    self->just_selected = FALSE;
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.section", "s",
                                stall_section_get_name (gtk_list_box_row_get_index (row)));
}

/* A page that has nothing to find or to make leaves it to its section, and Today to Orders. */
static void
activate_on_page (StallWindow *self, const char *action)
{
  StallSection shown = stall_sections_get_section (self->sections);
  StallSection section = shown == STALL_SECTION_TODAY ? STALL_SECTION_ORDERS : shown;

  if (!gtk_widget_activate_action (GTK_WIDGET (stall_sections_get_page (self->sections)), action,
                                   NULL))
    gtk_widget_activate_action (show_root (self, section), action, NULL);
}

static void
search_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  activate_on_page (STALL_WINDOW (widget), "page.search");
}

static void
new_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  activate_on_page (STALL_WINDOW (widget), "page.new");
}

static void
leave_sample_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  stall_window_leave_sample (STALL_WINDOW (widget));
}

/* --- the window itself --- */

/* A stall that was named on the command line could not be shown again. */
static gboolean
stays_in_background (StallWindow *self, GApplication *application)
{
  return self->desk != NULL && !self->quitting && application != NULL
         && (g_application_get_flags (application) & G_APPLICATION_NON_UNIQUE) == 0
         && g_settings_get_boolean (self->settings, "background");
}

static gboolean
stall_window_close_request (GtkWindow *window)
{
  StallWindow *self = STALL_WINDOW (window);
  GApplication *application = g_application_get_default ();

  if (stays_in_background (self, application))
    {
      stall_window_stay_hidden (self);
      gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
      return GDK_EVENT_STOP;
    }
  /* The program stays until the stall is closed. */
  if (self->desk != NULL)
    {
      if (application != NULL)
        g_application_hold (application);
      stall_spawn (close_fiber, g_object_ref (self->desk), g_object_unref);
    }
  return GTK_WINDOW_CLASS (stall_window_parent_class)->close_request (window);
}

static void
stall_window_dispose (GObject *object)
{
  StallWindow *self = STALL_WINDOW (object);

  g_clear_handle_id (&self->haste_source, g_source_remove);
  g_clear_weak_pointer (&self->undo_toast);
  gtk_widget_dispose_template (GTK_WIDGET (self), STALL_TYPE_WINDOW);
  g_clear_object (&self->notifier);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (stall_window_parent_class)->dispose (object);
}

static void
stall_window_finalize (GObject *object)
{
  StallWindow *self = STALL_WINDOW (object);

  g_clear_object (&self->settings);
  g_clear_object (&self->wanted);
  dex_clear (&self->opening);
  g_clear_object (&self->progress);
  g_clear_pointer (&self->own_folder, g_free);
  g_clear_pointer (&self->sample_folder, g_free);
  g_clear_pointer (&self->folder, g_free);
  g_clear_pointer (&self->restored, g_free);

  G_OBJECT_CLASS (stall_window_parent_class)->finalize (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.present", NULL, present_action);
  gtk_widget_class_install_action (widget_class, "win.section", "s", section_action);
  gtk_widget_class_install_action (widget_class, "win.search", NULL, search_action);
  gtk_widget_class_install_action (widget_class, "win.new", NULL, new_action);
  gtk_widget_class_install_action (widget_class, "win.restore", "s", restore_action);
  gtk_widget_class_install_action (widget_class, "win.leave-sample", NULL, leave_sample_action);
  stall_window_install_actions (widget_class);
}

static void
stall_window_class_init (StallWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = stall_window_dispose;
  object_class->finalize = stall_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = stall_window_close_request;

  g_type_ensure (STALL_TYPE_SECTIONS);
  g_type_ensure (STALL_TYPE_SERVING_BUTTON);
  g_type_ensure (STALL_TYPE_SYNC_BUTTON);
  g_type_ensure (STALL_TYPE_WAITING_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/stall_app/Stall/stall-window.ui");
  gtk_widget_class_bind_template_child (widget_class, StallWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, StallWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, StallWindow, waiting_page);
  gtk_widget_class_bind_template_child (widget_class, StallWindow, split_view);
  gtk_widget_class_bind_template_child (widget_class, StallWindow, sidebar_page);
  gtk_widget_class_bind_template_child (widget_class, StallWindow, content_page);
  gtk_widget_class_bind_template_child (widget_class, StallWindow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, StallWindow, primary_menu);
  gtk_widget_class_bind_template_child (widget_class, StallWindow, sample_banner);
  gtk_widget_class_bind_template_child (widget_class, StallWindow, damage_banner);
  gtk_widget_class_bind_template_child (widget_class, StallWindow, sidebar);
  gtk_widget_class_bind_template_child (widget_class, StallWindow, serving_button);
  gtk_widget_class_bind_template_child (widget_class, StallWindow, sync_button);
  gtk_widget_class_bind_template_child (widget_class, StallWindow, sections);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_selected_cb);
  gtk_widget_class_bind_template_callback_full (widget_class, "damage_clicked_cb",
                                                G_CALLBACK (stall_window_leave_damaged));
  install_actions (widget_class);
}

static void
stall_window_init (StallWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  stall_late_menu_set (self->menu_button, self->primary_menu);

  self->settings = g_settings_new (STALL_APPLICATION_ID);
  g_settings_bind (self->settings, "window-width", self, "default-width", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "window-height", self, "default-height",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "window-maximized", self, "maximized", G_SETTINGS_BIND_DEFAULT);
  for (StallSection section = 0; section < STALL_N_SECTIONS; section++)
    gtk_list_box_append (self->sidebar, stall_sidebar_row_new (stall_section_get_icon (section),
                                                               stall_section_get_title (section)));
  g_signal_connect (self, "notify::is-active", G_CALLBACK (active_cb), NULL);
  stall_dropped_file_watch (self);
  stall_window_update_actions (self);
}

/**
 * stall_window_new:
 * @application: (nullable): the program; none in tests
 * @folder: (nullable): of the stall to show; %NULL for the one that was shown last
 * @opening: (nullable) (transfer full): of that stall, where it was begun already
 * @progress: (nullable) (transfer none): of @opening
 *
 * Makes a window that is still empty; see stall_window_open().
 *
 * Returns: (transfer floating): a new window
 */
GtkWidget *
stall_window_new (GtkApplication *application,
                  const char *folder,
                  DexFuture *opening,
                  StallProgress *progress)
{
  StallWindow *self = g_object_new (STALL_TYPE_WINDOW, "application", application, NULL);

  self->opening = opening;
  g_set_object (&self->progress, progress);
  if (folder != NULL)
    {
      self->own_folder = g_strdup (folder);
      self->sample_folder = g_strdup (folder);
      self->folder = g_strdup (folder);
    }
  else
    {
      self->own_folder = g_build_filename (g_get_user_data_dir (), "stall", NULL);
      self->sample_folder = g_build_filename (g_get_user_data_dir (), "stall-sample", NULL);
      self->folder = stall_find_last_folder (self->settings);
    }
  return GTK_WIDGET (self);
}

/**
 * stall_window_get_desk:
 * @self: a window
 *
 * Returns: (transfer none) (nullable): the desk of the stall shown; %NULL while none is open
 */
StallDesk *
stall_window_get_desk (StallWindow *self)
{
  g_return_val_if_fail (STALL_IS_WINDOW (self), NULL);

  return self->desk;
}

/**
 * stall_window_stay_hidden:
 * @self: a window
 *
 * Leaves the window off the screen: its stall is open and synced, and nobody looks.
 */
void
stall_window_stay_hidden (StallWindow *self)
{
  g_return_if_fail (STALL_IS_WINDOW (self));

  self->hidden = TRUE;
}

/**
 * stall_window_show:
 * @self: a window, which may be hidden
 *
 * Brings it in front of the person.
 */
void
stall_window_show (StallWindow *self)
{
  g_return_if_fail (STALL_IS_WINDOW (self));

  self->hidden = FALSE;
  gtk_window_present (GTK_WINDOW (self));
}

/**
 * stall_window_quit:
 * @self: a window
 *
 * Closes it and the stall behind it, and does not go on in the background.
 */
void
stall_window_quit (StallWindow *self)
{
  g_return_if_fail (STALL_IS_WINDOW (self));

  self->quitting = TRUE;
  gtk_window_close (GTK_WINDOW (self));
  self->quitting = FALSE;
}

/**
 * stall_window_take:
 * @self: a window
 * @file: a file from outside, or an address `stall:…`
 *
 * Shows what an address leads to; offers to import a list or to restore a backup. Waits for the
 * stall where it is still being opened.
 */
void
stall_window_take (StallWindow *self, GFile *file)
{
  g_autofree char *uri = NULL;
  g_autofree char *link = NULL;

  g_return_if_fail (STALL_IS_WINDOW (self));
  g_return_if_fail (G_IS_FILE (file));

  uri = g_file_get_uri (file);
  link = stall_link_from_uri (uri);
  if (self->desk == NULL && (link != NULL || !stall_dropped_file_take (self, file)))
    g_set_object (&self->wanted, file);
  else if (link != NULL)
    stall_link_follow (self->desk, link);
  else if (self->desk != NULL)
    stall_dropped_file_take (self, file);
}
