/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-trouble-page.h"

#include "stall-async.h"
#include "stall-file-choice.h"
#include "stall-format.h"
#include "stall-store.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

struct _StallTroublePage
{
  AdwBin parent_instance;

  AdwStatusPage *status;
  GtkButton *restore_button;
  GtkButton *choose_button;
  GtkButton *retry_button;

  char *folder;
  char *backup; /* the newest, or NULL */
};

G_DEFINE_FINAL_TYPE (StallTroublePage, stall_trouble_page, ADW_TYPE_BIN)

enum
{
  SIGNAL_RETRY,
  SIGNAL_RESTORE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const char *
title_of (const GError *error)
{
  if (error->domain != STALL_ERROR)
    return _ ("The Stall Cannot Be Opened");
  switch ((StallError) error->code)
    {
    case STALL_ERROR_BUSY:
      return _ ("This Stall Is Already Open");
    case STALL_ERROR_NEWER:
      return _ ("Made by a Newer Stall");
    case STALL_ERROR_DAMAGED:
      return _ ("The Stall’s File Is Damaged");
    case STALL_ERROR_FULL:
      return _ ("The Disk Is Full");
    case STALL_ERROR_READ_ONLY:
      return _ ("The Folder Cannot Be Written To");
    case STALL_ERROR_FAILED:
    case STALL_ERROR_INVALID:
    case STALL_ERROR_NOT_FOUND:
    default:
      return _ ("The Stall Cannot Be Opened");
    }
}

/* What the error itself does not say. */
static const char *
advice_for (const GError *error, gboolean have_backup)
{
  if (!g_error_matches (error, STALL_ERROR, STALL_ERROR_DAMAGED))
    return NULL;
  return have_backup
             ? _ ("The damaged file is kept beside the restored one.")
             : _ ("There is no backup in its folder. If you have one elsewhere, restore it.");
}

static void
offer_backup (StallTroublePage *self)
{
  StallBackupFile backup;
  g_autofree char *date = NULL;
  g_autofree char *label = NULL;

  if (self->backup == NULL || !stall_store_describe_backup (self->backup, &backup))
    return;
  date = stall_format_date_time (backup.at);
  /* Translators: %s is a date and time */
  label = g_strdup_printf (_ ("Restore the Backup of %s"), date);
  gtk_button_set_label (self->restore_button, label);
  gtk_widget_set_visible (GTK_WIDGET (self->restore_button), TRUE);
}

static void
show_error (StallTroublePage *self, const GError *error)
{
  gboolean damaged = g_error_matches (error, STALL_ERROR, STALL_ERROR_DAMAGED);
  g_autofree char *reason = g_markup_escape_text (error->message, -1);
  g_autofree char *path = g_markup_escape_text (self->folder, -1);
  g_autofree char *description = NULL;
  const char *advice;

  if (damaged)
    self->backup = stall_store_find_last_backup (self->folder);
  offer_backup (self);
  gtk_widget_set_visible (GTK_WIDGET (self->choose_button), damaged);
  advice = advice_for (error, self->backup != NULL);
  description = advice != NULL ? g_strdup_printf ("%s\n\n%s\n\n<tt>%s</tt>", reason, advice, path)
                               : g_strdup_printf ("%s\n\n<tt>%s</tt>", reason, path);
  adw_status_page_set_title (self->status, title_of (error));
  adw_status_page_set_description (self->status, description);
}

static void
restore_clicked_cb (StallTroublePage *self)
{
  g_signal_emit (self, signals[SIGNAL_RESTORE], 0, self->backup);
}

static DexFuture *
choose_fiber (gpointer data)
{
  StallTroublePage *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = dex_await_object (
      stall_choose_to_open (GTK_WIDGET (self), _ ("Restore a Backup"), _ ("Backups"), "*.stall"),
      &error);

  if (file != NULL && g_file_peek_path (file) != NULL)
    g_signal_emit (self, signals[SIGNAL_RESTORE], 0, g_file_peek_path (file));
  return dex_future_new_true ();
}

static void
choose_clicked_cb (StallTroublePage *self)
{
  stall_spawn (choose_fiber, g_object_ref (self), g_object_unref);
}

static void
retry_clicked_cb (StallTroublePage *self)
{
  g_signal_emit (self, signals[SIGNAL_RETRY], 0);
}

static void
folder_clicked_cb (StallTroublePage *self)
{
  g_autoptr (GFile) file = g_file_new_for_path (self->folder);
  g_autoptr (GtkFileLauncher) launcher = gtk_file_launcher_new (file);

  gtk_file_launcher_launch (launcher, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), NULL,
                            NULL, NULL);
}

static void
stall_trouble_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), STALL_TYPE_TROUBLE_PAGE);

  G_OBJECT_CLASS (stall_trouble_page_parent_class)->dispose (object);
}

static void
stall_trouble_page_finalize (GObject *object)
{
  StallTroublePage *self = STALL_TROUBLE_PAGE (object);

  g_clear_pointer (&self->folder, g_free);
  g_clear_pointer (&self->backup, g_free);

  G_OBJECT_CLASS (stall_trouble_page_parent_class)->finalize (object);
}

static void
stall_trouble_page_class_init (StallTroublePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = stall_trouble_page_dispose;
  object_class->finalize = stall_trouble_page_finalize;

  signals[SIGNAL_RETRY] = g_signal_new ("retry", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_RESTORE] = g_signal_new ("restore", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/stall_app/Stall/welcome/stall-trouble-page.ui");
  gtk_widget_class_bind_template_child (widget_class, StallTroublePage, status);
  gtk_widget_class_bind_template_child (widget_class, StallTroublePage, restore_button);
  gtk_widget_class_bind_template_child (widget_class, StallTroublePage, choose_button);
  gtk_widget_class_bind_template_child (widget_class, StallTroublePage, retry_button);
  gtk_widget_class_bind_template_callback (widget_class, restore_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, retry_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, folder_clicked_cb);
}

static void
stall_trouble_page_init (StallTroublePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * stall_trouble_page_new:
 * @folder: of the stall
 * @error: why it cannot be opened
 *
 * Returns: (transfer floating): a page that says so
 */
GtkWidget *
stall_trouble_page_new (const char *folder, const GError *error)
{
  StallTroublePage *self = g_object_new (STALL_TYPE_TROUBLE_PAGE, NULL);

  self->folder = g_strdup (folder);
  show_error (self, error);
  return GTK_WIDGET (self);
}
