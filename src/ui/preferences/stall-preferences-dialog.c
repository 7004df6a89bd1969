/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-preferences-dialog.h"

#include "stall-async.h"
#include "stall-background.h"
#include "stall-busy.h"
#include "stall-currencies.h"
#include "stall-file-choice.h"
#include "stall-format.h"
#include "stall-spin-row.h"

#include <glib/gi18n-lib.h>

struct _StallPreferencesDialog
{
  AdwPreferencesDialog parent_instance;

  AdwEntryRow *name_row;
  AdwEntryRow *city_row;
  AdwEntryRow *craft_row;
  AdwComboRow *currency_row;
  GtkTextView *story_view;
  AdwSpinRow *low_at_row;
  AdwSpinRow *ship_days_row;
  AdwSwitchRow *mask_row;
  AdwSwitchRow *slip_row;
  AdwSwitchRow *pictures_row;
  AdwSwitchRow *background_row;
  AdwSwitchRow *orders_told_row;
  AdwSwitchRow *ship_by_told_row;
  AdwSwitchRow *polls_told_row;
  AdwSwitchRow *stuck_told_row;
  AdwSwitchRow *daily_row;
  AdwPreferencesGroup *backups_group;

  StallDesk *desk;
};

G_DEFINE_FINAL_TYPE (StallPreferencesDialog, stall_preferences_dialog, ADW_TYPE_PREFERENCES_DIALOG)

enum
{
  PROP_0,
  PROP_DESK,
  N_PROPS
};

enum
{
  SIGNAL_RESTORE,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
say (StallPreferencesDialog *self, const char *text)
{
  AdwToast *toast = adw_toast_new (text);

  adw_toast_set_use_markup (toast, FALSE);
  adw_preferences_dialog_add_toast (ADW_PREFERENCES_DIALOG (self), toast);
}

static void
say_error (StallPreferencesDialog *self, const GError *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    say (self, error->message);
}

/* --- the stall's details, saved as one change when the dialog closes --- */

static char *
dup_story (StallPreferencesDialog *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->story_view);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static gboolean
set_if_other (StallProfile *profile,
              const char *(*get) (StallProfile *),
              void (*set) (StallProfile *, const char *),
              const char *text)
{
  const char *before = get (profile);

  if (g_strcmp0 (before ? before : "", text) == 0)
    return FALSE;
  set (profile, text);
  return TRUE;
}

/* Writes what the rows say into @profile; whether anything was different. */
static gboolean
read_rows (StallPreferencesDialog *self, StallProfile *profile)
{
  g_autofree char *story = dup_story (self);
  int low_at = (int) adw_spin_row_get_value (self->low_at_row);
  int ship_days = (int) adw_spin_row_get_value (self->ship_days_row);
  gboolean edited = FALSE;

  edited |= set_if_other (profile, stall_profile_get_name, stall_profile_set_name,
                          gtk_editable_get_text (GTK_EDITABLE (self->name_row)));
  edited |= set_if_other (profile, stall_profile_get_city, stall_profile_set_city,
                          gtk_editable_get_text (GTK_EDITABLE (self->city_row)));
  edited |= set_if_other (profile, stall_profile_get_craft, stall_profile_set_craft,
                          gtk_editable_get_text (GTK_EDITABLE (self->craft_row)));
  edited |= set_if_other (profile, stall_profile_get_story, stall_profile_set_story, story);
  edited |= set_if_other (profile, stall_profile_get_currency, stall_profile_set_currency,
                          stall_currency_row_get_currency (self->currency_row));
  if (low_at != stall_profile_get_low_at (profile))
    {
      stall_profile_set_low_at (profile, low_at);
      edited = TRUE;
    }
  if (ship_days != stall_profile_get_ship_days (profile))
    {
      stall_profile_set_ship_days (profile, ship_days);
      edited = TRUE;
    }
  return edited;
}

static void
closed_cb (StallPreferencesDialog *self)
{
  g_autoptr (StallDocument) before = stall_profile_to_document (stall_desk_get_profile (self->desk),
                                                                stall_desk_get_device (self->desk));
  g_autoptr (GError) error = NULL;
  g_autoptr (StallProfile) profile = stall_profile_new_from_document (before, &error);

  if (profile == NULL)
    stall_desk_report (self->desk, error);
  else if (read_rows (self, profile))
    {
      g_autoptr (StallChangeSet) changes = stall_change_set_new (_ ("Stall’s details changed"));
      g_autoptr (StallDocument) after
          = stall_profile_to_document (profile, stall_desk_get_device (self->desk));

      stall_change_set_put (changes, after);
      dex_future_disown (stall_desk_apply (self->desk, changes));
    }
}

static void
show_profile (StallPreferencesDialog *self)
{
  StallProfile *profile = stall_desk_get_profile (self->desk);
  const char *story = stall_profile_get_story (profile);

  gtk_editable_set_text (GTK_EDITABLE (self->name_row), stall_profile_get_name (profile) ?: "");
  gtk_editable_set_text (GTK_EDITABLE (self->city_row), stall_profile_get_city (profile) ?: "");
  gtk_editable_set_text (GTK_EDITABLE (self->craft_row), stall_profile_get_craft (profile) ?: "");
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->story_view), story ? story : "", -1);
  stall_currency_row_fill (self->currency_row, stall_profile_get_currency (profile));
  adw_spin_row_set_value (self->low_at_row, stall_profile_get_low_at (profile));
  adw_spin_row_set_value (self->ship_days_row, stall_profile_get_ship_days (profile));
}

/* Orders carry their own money; another currency would make one stall's takings two sums. */
static DexFuture *
currency_fiber (gpointer data)
{
  StallPreferencesDialog *self = data;
  g_autoptr (GError) error = NULL;
  gint64 orders = dex_await_int64 (
      stall_store_count (stall_desk_get_store (self->desk), STALL_KIND_ORDER), &error);

  if (self->currency_row == NULL || error != NULL)
    return dex_future_new_true ();
  gtk_widget_set_sensitive (GTK_WIDGET (self->currency_row), orders == 0);
  if (orders > 0)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (self->currency_row),
                                 _ ("Stays as it is once there are orders"));
  return dex_future_new_true ();
}

/* --- the background: the desktop has to allow it --- */

static DexFuture *
background_fiber (gpointer data)
{
  StallPreferencesDialog *self = data;
  GSettings *settings = stall_desk_get_settings (self->desk);
  gboolean wanted = adw_switch_row_get_active (self->background_row);
  g_autoptr (GError) error = NULL;
  gboolean allowed = dex_await_boolean (stall_background_ask (wanted), &error);

  /* To stay out of the background nobody's leave is needed. */
  g_settings_set_boolean (settings, "background", wanted && allowed);
  if (self->background_row == NULL)
    return dex_future_new_true ();
  adw_switch_row_set_active (self->background_row, wanted && allowed);
  if (wanted && error != NULL)
    say_error (self, error);
  else if (wanted && !allowed)
    say (self, _ ("The desktop does not allow it. Its settings of Stall can change that."));
  return dex_future_new_true ();
}

static void
background_cb (StallPreferencesDialog *self)
{
  if (adw_switch_row_get_active (self->background_row)
      != g_settings_get_boolean (stall_desk_get_settings (self->desk), "background"))
    stall_spawn (background_fiber, g_object_ref (self), g_object_unref);
}

/* --- backups --- */

static DexFuture *
backup_fiber (gpointer data)
{
  StallPreferencesDialog *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *name = g_date_time_format (now, "stall-%Y-%m-%d.stall");
  g_autoptr (GFile) file = dex_await_object (
      stall_choose_to_save (GTK_WIDGET (self), _ ("Back Up the Stall"), name), &error);

  if (file != NULL)
    {
      g_autoptr (DexFuture) work
          = stall_store_backup (stall_desk_get_store (self->desk), g_file_peek_path (file));

      stall_busy_show (GTK_WIDGET (self), _ ("Backing up the stall…"), NULL, work);
      if (dex_await (dex_ref (work), &error))
        say (self, _ ("Backup saved"));
    }
  if (error != NULL)
    say_error (self, error);
  return dex_future_new_true ();
}

static void
backup_cb (StallPreferencesDialog *self)
{
  stall_spawn (backup_fiber, g_object_ref (self), g_object_unref);
}

static void
restore_answered_cb (AdwAlertDialog *question, const char *response, StallPreferencesDialog *self)
{
  g_autoptr (StallPreferencesDialog) alive = g_object_ref (self);

  if (!g_str_equal (response, "restore"))
    return;
  /* What was typed here belongs to the stall that is put away. */
  g_signal_handlers_disconnect_by_func (self, closed_cb, NULL);
  adw_dialog_force_close (ADW_DIALOG (self));
  g_signal_emit (self, signals[SIGNAL_RESTORE], 0, g_object_get_data (G_OBJECT (question), "path"));
}

static void
ask_to_restore (StallPreferencesDialog *self, const char *path)
{
  AdwAlertDialog *question = ADW_ALERT_DIALOG (adw_alert_dialog_new (
      _ ("Restore This Backup?"),
      _ ("The stall goes back to how it was then. The present one is kept as a backup.")));

  adw_alert_dialog_add_responses (question, "cancel", _ ("_Cancel"), "restore", _ ("_Restore"),
                                  NULL);
  adw_alert_dialog_set_response_appearance (question, "restore", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_close_response (question, "cancel");
  g_object_set_data_full (G_OBJECT (question), "path", g_strdup (path), g_free);
  g_signal_connect_object (question, "response", G_CALLBACK (restore_answered_cb), self, 0);
  adw_dialog_present (ADW_DIALOG (question), GTK_WIDGET (self));
}

static DexFuture *
restore_fiber (gpointer data)
{
  StallPreferencesDialog *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = dex_await_object (
      stall_choose_to_open (GTK_WIDGET (self), _ ("Restore a Backup"), _ ("Backups"), "*.stall"),
      &error);

  if (file != NULL)
    ask_to_restore (self, g_file_peek_path (file));
  else
    say_error (self, error);
  return dex_future_new_true ();
}

static void
restore_cb (StallPreferencesDialog *self)
{
  stall_spawn (restore_fiber, g_object_ref (self), g_object_unref);
}

static void
restore_row_cb (AdwActionRow *row, StallPreferencesDialog *self)
{
  ask_to_restore (self, g_object_get_data (G_OBJECT (row), "path"));
}

static void
add_backup_row (StallPreferencesDialog *self, const char *path)
{
  StallBackupFile backup;
  GtkWidget *row;
  GtkWidget *arrow;
  g_autofree char *date = NULL;
  g_autofree char *size = NULL;
  g_autofree char *subtitle = NULL;

  if (!stall_store_describe_backup (path, &backup))
    return;
  date = stall_format_date_time (backup.at);
  size = g_format_size (backup.size);
  if (backup.origin == STALL_BACKUP_BEFORE_RESTORE)
    /* Translators: of a backup; %s is the size of its file */
    subtitle = g_strdup_printf (_ ("Before a backup was restored · %s"), size);
  row = adw_action_row_new ();
  arrow = gtk_image_new_from_icon_name ("go-next-symbolic");
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), date);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle != NULL ? subtitle : size);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), arrow);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "path", g_strdup (path), g_free);
  g_signal_connect_object (row, "activated", G_CALLBACK (restore_row_cb), self, 0);
  adw_preferences_group_add (self->backups_group, row);
}

static void
show_backups (StallPreferencesDialog *self)
{
  StallStore *store = stall_desk_get_store (self->desk);
  g_auto (GStrv) backups = stall_store_list_backups (stall_store_get_folder (store));

  gtk_widget_set_visible (GTK_WIDGET (self->backups_group), backups != NULL && backups[0] != NULL);
  for (guint i = 0; backups != NULL && backups[i] != NULL; i++)
    add_backup_row (self, backups[i]);
}

static void
unselect (gpointer data)
{
  g_autoptr (StallPreferencesDialog) self = data;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (GTK_IS_EDITABLE (focus))
    gtk_editable_select_region (GTK_EDITABLE (focus), 0, 0);
}

static void
focus_cb (StallPreferencesDialog *self, GParamSpec *pspec, GtkRoot *root)
{
  GtkWidget *focus = gtk_root_get_focus (root);

  if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self)))
    g_idle_add_once (unselect, g_object_ref (self));
}

/* From here on the focus goes where the person wants it. */
static gboolean
event_cb (StallPreferencesDialog *self, GdkEvent *event, GtkEventController *events)
{
  GdkEventType type = gdk_event_get_event_type (event);

  if (type == GDK_KEY_PRESS || type == GDK_BUTTON_PRESS || type == GDK_TOUCH_BEGIN)
    g_signal_handlers_disconnect_by_func (gtk_widget_get_root (GTK_WIDGET (self)), focus_cb, self);
  return GDK_EVENT_PROPAGATE;
}

/* On a phone libadwaita puts the first focus into an entry and selects all its text: a key pressed
 * by chance would replace it. */
static void
stall_preferences_dialog_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (stall_preferences_dialog_parent_class)->root (widget);

  g_signal_connect_object (gtk_widget_get_root (widget), "notify::focus-widget",
                           G_CALLBACK (focus_cb), widget, G_CONNECT_SWAPPED);
}

static void
stall_preferences_dialog_constructed (GObject *object)
{
  StallPreferencesDialog *self = STALL_PREFERENCES_DIALOG (object);
  GSettings *settings = stall_desk_get_settings (self->desk);
  GtkEventController *events = gtk_event_controller_legacy_new ();

  G_OBJECT_CLASS (stall_preferences_dialog_parent_class)->constructed (object);

  g_settings_bind (settings, "mask-contacts", self->mask_row, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "pictures-as-they-are", self->pictures_row, "active",
                   G_SETTINGS_BIND_DEFAULT);
  adw_switch_row_set_active (self->background_row, g_settings_get_boolean (settings, "background"));
  g_settings_bind (settings, "notify-orders", self->orders_told_row, "active",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "notify-ship-by", self->ship_by_told_row, "active",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "notify-polls", self->polls_told_row, "active",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "notify-stuck", self->stuck_told_row, "active",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "slip-prices", self->slip_row, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "backup-daily", self->daily_row, "active", G_SETTINGS_BIND_DEFAULT);
  gtk_event_controller_set_propagation_phase (events, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (GTK_WIDGET (self), events);
  g_signal_connect_object (events, "event", G_CALLBACK (event_cb), self, G_CONNECT_SWAPPED);
  show_profile (self);
  show_backups (self);
  g_signal_connect (self, "closed", G_CALLBACK (closed_cb), NULL);
  stall_spawn (currency_fiber, g_object_ref (self), g_object_unref);
}

static void
stall_preferences_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), STALL_TYPE_PREFERENCES_DIALOG);

  G_OBJECT_CLASS (stall_preferences_dialog_parent_class)->dispose (object);
}

static void
stall_preferences_dialog_finalize (GObject *object)
{
  g_clear_object (&STALL_PREFERENCES_DIALOG (object)->desk);

  G_OBJECT_CLASS (stall_preferences_dialog_parent_class)->finalize (object);
}

static void
stall_preferences_dialog_set_property (GObject *object,
                                       guint id,
                                       const GValue *value,
                                       GParamSpec *pspec)
{
  if (id == PROP_DESK)
    STALL_PREFERENCES_DIALOG (object)->desk = g_value_dup_object (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
stall_preferences_dialog_class_init (StallPreferencesDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = stall_preferences_dialog_constructed;
  object_class->dispose = stall_preferences_dialog_dispose;
  object_class->finalize = stall_preferences_dialog_finalize;
  object_class->set_property = stall_preferences_dialog_set_property;
  widget_class->root = stall_preferences_dialog_root;

  properties[PROP_DESK]
      = g_param_spec_object ("desk", NULL, NULL, STALL_TYPE_DESK,
                             G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_RESTORE] = g_signal_new ("restore", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/stall_app/Stall/preferences/stall-preferences-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, StallPreferencesDialog, name_row);
  gtk_widget_class_bind_template_child (widget_class, StallPreferencesDialog, city_row);
  gtk_widget_class_bind_template_child (widget_class, StallPreferencesDialog, craft_row);
  gtk_widget_class_bind_template_child (widget_class, StallPreferencesDialog, currency_row);
  gtk_widget_class_bind_template_child (widget_class, StallPreferencesDialog, story_view);
  gtk_widget_class_bind_template_child (widget_class, StallPreferencesDialog, low_at_row);
  gtk_widget_class_bind_template_child (widget_class, StallPreferencesDialog, ship_days_row);
  gtk_widget_class_bind_template_child (widget_class, StallPreferencesDialog, mask_row);
  gtk_widget_class_bind_template_child (widget_class, StallPreferencesDialog, slip_row);
  gtk_widget_class_bind_template_child (widget_class, StallPreferencesDialog, pictures_row);
  gtk_widget_class_bind_template_child (widget_class, StallPreferencesDialog, background_row);
  gtk_widget_class_bind_template_child (widget_class, StallPreferencesDialog, orders_told_row);
  gtk_widget_class_bind_template_callback (widget_class, background_cb);
  gtk_widget_class_bind_template_child (widget_class, StallPreferencesDialog, ship_by_told_row);
  gtk_widget_class_bind_template_child (widget_class, StallPreferencesDialog, polls_told_row);
  gtk_widget_class_bind_template_child (widget_class, StallPreferencesDialog, stuck_told_row);
  gtk_widget_class_bind_template_child (widget_class, StallPreferencesDialog, daily_row);
  gtk_widget_class_bind_template_child (widget_class, StallPreferencesDialog, backups_group);
  gtk_widget_class_bind_template_callback (widget_class, backup_cb);
  gtk_widget_class_bind_template_callback (widget_class, restore_cb);
}

static void
stall_preferences_dialog_init (StallPreferencesDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  stall_spin_follow_typing (self->low_at_row);
  stall_spin_follow_typing (self->ship_days_row);
}

/**
 * stall_preferences_dialog_new:
 * @desk: of the open stall
 *
 * Returns: (transfer floating): a new dialog, to be presented
 */
AdwDialog *
stall_preferences_dialog_new (StallDesk *desk)
{
  return g_object_new (STALL_TYPE_PREFERENCES_DIALOG, "desk", desk, NULL);
}
