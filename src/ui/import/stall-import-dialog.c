/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-import-dialog.h"

#include "stall-async.h"
#include "stall-file-choice.h"
#include "stall-format.h"
#include "stall-import-columns-page.h"
#include "stall-import-look-page.h"
#include "stall-import-problems-page.h"
#include "stall-import-report-page.h"
#include "stall-import-source-page.h"
#include "stall-import-words.h"
#include "stall-weak.h"

#include <glib/gi18n-lib.h>

#define TOAST_SECONDS 3

struct _StallImportDialog
{
  AdwDialog parent_instance;

  StallDesk *desk;
  StallImportKind kind;
  StallImport *import; /* NULL until a file was opened */
  StallImportReport *report;
  gboolean working; /* a dry run or a run is under way */
  gboolean saving;  /* and it is a run */

  AdwToastOverlay *toasts;
  AdwNavigationView *view;
  StallImportSourcePage *source_page;
  StallImportLookPage *look_page;
  StallImportColumnsPage *columns_page;
  AdwStatusPage *work_status;
  GtkProgressBar *progress_bar;
  GtkWidget *cancel_button;
  StallImportReportPage *report_page;
  StallImportProblemsPage *problems_page;
  AdwStatusPage *trouble_status;
  GtkWidget *back_button;
};

G_DEFINE_FINAL_TYPE (StallImportDialog, stall_import_dialog, ADW_TYPE_DIALOG)

/* What a fiber needs after an await; the dialog may be gone by then. */
typedef struct
{
  GWeakRef *dialog;
  StallDesk *desk;
  StallImport *import;
  GFile *file;
} Step;

static Step *
step_new (StallImportDialog *self)
{
  Step *step = g_new0 (Step, 1);

  step->dialog = stall_weak_new (self);
  step->desk = g_object_ref (self->desk);
  step->import = self->import != NULL ? g_object_ref (self->import) : NULL;
  return step;
}

static void
step_free (Step *step)
{
  stall_weak_free (step->dialog);
  g_object_unref (step->desk);
  g_clear_object (&step->import);
  g_clear_object (&step->file);
  g_free (step);
}

static void
update_actions (StallImportDialog *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean is_open = self->import != NULL && !self->working;
  gboolean is_mapped = is_open && !stall_import_needs_mapping (self->import);
  gboolean has_preset = is_open && stall_import_get_preset (self->import) != NULL;
  gboolean is_checked = is_mapped && self->report != NULL;
  const StallImportCounts *counts
      = is_checked ? stall_import_report_get_counts (self->report) : NULL;

  gtk_widget_action_set_enabled (widget, "import.choose", !self->working);
  gtk_widget_action_set_enabled (widget, "import.columns", has_preset);
  gtk_widget_action_set_enabled (widget, "import.check", is_mapped);
  gtk_widget_action_set_enabled (widget, "import.problems", is_checked);
  gtk_widget_action_set_enabled (widget, "import.run",
                                 is_checked && stall_import_counts_find_obstacle (counts) == NULL);
  gtk_widget_action_set_enabled (widget, "import.cancel", self->working);
}

static void
set_trouble (StallImportDialog *self, const GError *error)
{
  g_autofree char *text = g_markup_escape_text (error->message, -1);

  adw_status_page_set_description (self->trouble_status, text);
}

static void
show_trouble (StallImportDialog *self, const GError *error)
{
  set_trouble (self, error);
  adw_navigation_view_push_by_tag (self->view, "trouble");
}

/* --- work: a dry run or a run, with progress --- */

static void
show_progress (StallImportDialog *self, double progress)
{
  g_autofree char *percent = stall_format_percent (progress);

  gtk_progress_bar_set_fraction (self->progress_bar, progress);
  gtk_progress_bar_set_text (self->progress_bar, percent);
}

static void
show_waiting (StallImportDialog *self, const char *title)
{
  g_autoptr (AdwSpinnerPaintable) spinner
      = adw_spinner_paintable_new (GTK_WIDGET (self->work_status));

  adw_status_page_set_title (self->work_status, title);
  adw_status_page_set_paintable (self->work_status, GDK_PAINTABLE (spinner));
  gtk_widget_set_visible (GTK_WIDGET (self->progress_bar), FALSE);
}

/* What was read to its end is still being saved, and how long that takes nobody knows. */
static void
progress_cb (StallImportDialog *self)
{
  double progress = stall_import_get_progress (self->import);

  show_progress (self, progress);
  if (self->saving && progress >= 1 && gtk_widget_get_visible (GTK_WIDGET (self->progress_bar)))
    show_waiting (self, _ ("Saving…"));
}

static void
begin_work (StallImportDialog *self, gboolean saving, const char *title, const char *description)
{
  self->working = TRUE;
  self->saving = saving;
  adw_dialog_set_can_close (ADW_DIALOG (self), FALSE);
  adw_status_page_set_title (self->work_status, title);
  adw_status_page_set_description (self->work_status, description);
  adw_status_page_set_paintable (self->work_status, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->progress_bar), TRUE);
  show_progress (self, 0);
  update_actions (self);
  adw_navigation_view_push_by_tag (self->view, "work");
}

static void
end_work (StallImportDialog *self)
{
  self->working = FALSE;
  adw_dialog_set_can_close (ADW_DIALOG (self), TRUE);
  update_actions (self);
}

/* What the work led to takes its place, so that Back leads to where it was begun. */
static void
replace_work (StallImportDialog *self, const char *tag)
{
  g_autoptr (GListModel) pages = adw_navigation_view_get_navigation_stack (self->view);
  g_autoptr (GPtrArray) tags = g_ptr_array_new ();
  guint n_pages = g_list_model_get_n_items (pages);

  for (guint i = 0; i + 1 < n_pages; i++)
    {
      g_autoptr (AdwNavigationPage) page = g_list_model_get_item (pages, i);

      g_ptr_array_add (tags, (char *) adw_navigation_page_get_tag (page));
    }
  g_ptr_array_add (tags, (char *) tag);
  adw_navigation_view_replace_with_tags (self->view, (const char *const *) tags->pdata,
                                         (int) tags->len);
}

static void
leave_work (StallImportDialog *self, const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      AdwToast *toast = adw_toast_new (_ ("Cancelled. Nothing was written."));

      /* Not for long: it stands over the button. */
      adw_toast_set_timeout (toast, TOAST_SECONDS);
      adw_navigation_view_pop (self->view);
      adw_toast_overlay_add_toast (self->toasts, toast);
      return;
    }
  set_trouble (self, error);
  replace_work (self, "trouble");
}

static DexFuture *
check_fiber (gpointer data)
{
  Step *step = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (StallImportReport) report
      = dex_await_object (stall_import_dry_run (step->import), &error);
  g_autoptr (StallImportDialog) self = g_weak_ref_get (step->dialog);

  if (self == NULL)
    return dex_future_new_true ();
  g_set_object (&self->report, report);
  end_work (self);
  if (report == NULL)
    {
      leave_work (self, error);
      return dex_future_new_true ();
    }
  stall_import_report_page_set_report (self->report_page, report, self->kind,
                                       stall_desk_get_currency (step->desk));
  stall_import_problems_page_set_report (self->problems_page, report);
  replace_work (self, "report");
  return dex_future_new_true ();
}

static void
tell_done (StallDesk *desk, const StallReceipt *receipt)
{
  if (receipt->change_set != 0)
    stall_desk_offer_undo (desk, receipt->label, receipt->change_set);
  else
    stall_desk_say (desk, _ ("Everything in this file is in the stall already."));
}

static DexFuture *
run_fiber (gpointer data)
{
  Step *step = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (StallReceipt) receipt = dex_await_boxed (stall_import_run (step->import), &error);
  g_autoptr (StallImportDialog) self = g_weak_ref_get (step->dialog);

  if (receipt != NULL)
    tell_done (step->desk, receipt);
  if (self == NULL)
    return dex_future_new_true ();
  end_work (self);
  if (receipt != NULL)
    adw_dialog_close (ADW_DIALOG (self));
  else
    leave_work (self, error);
  return dex_future_new_true ();
}

/* --- the file --- */

static char *
dup_display_name (GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);

  return g_filename_display_name (name);
}

static DexFuture *
open_fiber (gpointer data)
{
  Step *step = data;
  g_autoptr (GError) error = NULL;
  gboolean is_open = dex_await (stall_import_open (step->import), &error);
  g_autoptr (StallImportDialog) self = g_weak_ref_get (step->dialog);
  g_autofree char *name = dup_display_name (step->file);

  /* Another file may have been chosen meanwhile. */
  if (self == NULL || self->import != step->import)
    return dex_future_new_true ();
  if (!is_open)
    {
      g_clear_object (&self->import);
      show_trouble (self, error);
      return dex_future_new_true ();
    }
  self->kind = stall_import_get_kind (self->import);
  stall_import_source_page_set_kind (self->source_page, self->kind);
  g_signal_connect_object (self->import, "notify::progress", G_CALLBACK (progress_cb), self,
                           G_CONNECT_SWAPPED);
  stall_import_look_page_set_import (self->look_page, self->import, name);
  update_actions (self);
  adw_navigation_view_push_by_tag (self->view, "look");
  return dex_future_new_true ();
}

static void
open_import (StallImportDialog *self, StallImport *import, GFile *file)
{
  Step *step;

  adw_navigation_view_pop_to_tag (self->view, "source");
  g_set_object (&self->import, import);
  g_clear_object (&self->report);
  step = step_new (self);
  step->file = g_object_ref (file);
  stall_spawn (open_fiber, step, (GDestroyNotify) step_free);
}

static void
open_file (StallImportDialog *self, GFile *file)
{
  StallImportKind kind = stall_import_source_page_get_kind (self->source_page);
  g_autoptr (StallImport) import = stall_import_new (stall_desk_get_store (self->desk), kind, file);

  open_import (self, import, file);
}

static DexFuture *
choose_fiber (gpointer data)
{
  Step *step = data;
  g_autoptr (StallImportDialog) self = g_weak_ref_get (step->dialog);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = NULL;
  StallImportKind kind;
  DexFuture *choice;

  if (self == NULL)
    return dex_future_new_true ();
  kind = stall_import_source_page_get_kind (self->source_page);
  choice = stall_choose_to_open (GTK_WIDGET (self), stall_import_kind_get_title (kind),
                                 _ ("CSV files"), "*.csv");
  g_clear_object (&self);
  file = dex_await_object (choice, &error);
  self = g_weak_ref_get (step->dialog);
  if (self == NULL || self->desk == NULL)
    return dex_future_new_true ();
  if (file != NULL)
    open_file (self, file);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_trouble (self, error);
  return dex_future_new_true ();
}

static void
dropped_cb (StallImportDialog *self, GFile *file, StallImportSourcePage *page)
{
  open_file (self, file);
}

/* What a dry run found does not count any more. */
static void
changed_cb (StallImportDialog *self, GtkWidget *page)
{
  g_clear_object (&self->report);
  stall_import_look_page_refresh (self->look_page);
  update_actions (self);
}

static void
focus_cancel_cb (StallImportDialog *self, AdwNavigationPage *page)
{
  gtk_widget_grab_focus (self->cancel_button);
}

static void
focus_back_cb (StallImportDialog *self, AdwNavigationPage *page)
{
  gtk_widget_grab_focus (self->back_button);
}

/* --- actions --- */

static void
choose_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  stall_spawn (choose_fiber, step_new (STALL_IMPORT_DIALOG (widget)), (GDestroyNotify) step_free);
}

static void
columns_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  StallImportDialog *self = STALL_IMPORT_DIALOG (widget);

  stall_import_columns_page_set_import (self->columns_page, self->desk, self->import);
  adw_navigation_view_push_by_tag (self->view, "columns");
}

static void
check_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  StallImportDialog *self = STALL_IMPORT_DIALOG (widget);

  begin_work (self, FALSE, _ ("Checking the File…"), _ ("Nothing is written yet."));
  stall_spawn (check_fiber, step_new (self), (GDestroyNotify) step_free);
}

static void
problems_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  adw_navigation_view_push_by_tag (STALL_IMPORT_DIALOG (widget)->view, "problems");
}

static void
run_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  StallImportDialog *self = STALL_IMPORT_DIALOG (widget);

  begin_work (self, TRUE, _ ("Importing…"), _ ("You can still cancel. Then nothing is written."));
  stall_spawn (run_fiber, step_new (self), (GDestroyNotify) step_free);
}

static void
cancel_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  StallImportDialog *self = STALL_IMPORT_DIALOG (widget);

  gtk_widget_action_set_enabled (widget, "import.cancel", FALSE);
  show_waiting (self, _ ("Cancelling…"));
  stall_import_cancel (self->import);
}

/* --- the dialog itself --- */

/* Escape during work is Cancel, and leaves the dialog where it was. */
static void
stall_import_dialog_close_attempt (AdwDialog *dialog)
{
  gtk_widget_activate_action (GTK_WIDGET (dialog), "import.cancel", NULL);
}

static void
stall_import_dialog_dispose (GObject *object)
{
  StallImportDialog *self = STALL_IMPORT_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), STALL_TYPE_IMPORT_DIALOG);
  g_clear_object (&self->desk);
  g_clear_object (&self->import);
  g_clear_object (&self->report);
  G_OBJECT_CLASS (stall_import_dialog_parent_class)->dispose (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "import.choose", NULL, choose_action);
  gtk_widget_class_install_action (widget_class, "import.columns", NULL, columns_action);
  gtk_widget_class_install_action (widget_class, "import.check", NULL, check_action);
  gtk_widget_class_install_action (widget_class, "import.problems", NULL, problems_action);
  gtk_widget_class_install_action (widget_class, "import.run", NULL, run_action);
  gtk_widget_class_install_action (widget_class, "import.cancel", NULL, cancel_action);
}

static void
stall_import_dialog_class_init (StallImportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = stall_import_dialog_dispose;
  ADW_DIALOG_CLASS (klass)->close_attempt = stall_import_dialog_close_attempt;
  g_type_ensure (STALL_TYPE_IMPORT_SOURCE_PAGE);
  g_type_ensure (STALL_TYPE_IMPORT_LOOK_PAGE);
  g_type_ensure (STALL_TYPE_IMPORT_COLUMNS_PAGE);
  g_type_ensure (STALL_TYPE_IMPORT_REPORT_PAGE);
  g_type_ensure (STALL_TYPE_IMPORT_PROBLEMS_PAGE);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/stall_app/Stall/import/stall-import-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, StallImportDialog, toasts);
  gtk_widget_class_bind_template_child (widget_class, StallImportDialog, view);
  gtk_widget_class_bind_template_child (widget_class, StallImportDialog, source_page);
  gtk_widget_class_bind_template_child (widget_class, StallImportDialog, look_page);
  gtk_widget_class_bind_template_child (widget_class, StallImportDialog, columns_page);
  gtk_widget_class_bind_template_child (widget_class, StallImportDialog, work_status);
  gtk_widget_class_bind_template_child (widget_class, StallImportDialog, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, StallImportDialog, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, StallImportDialog, report_page);
  gtk_widget_class_bind_template_child (widget_class, StallImportDialog, problems_page);
  gtk_widget_class_bind_template_child (widget_class, StallImportDialog, trouble_status);
  gtk_widget_class_bind_template_child (widget_class, StallImportDialog, back_button);
  gtk_widget_class_bind_template_callback (widget_class, dropped_cb);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, focus_cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, focus_back_cb);
  install_actions (widget_class);
}

static void
stall_import_dialog_init (StallImportDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  update_actions (self);
}

static StallImportDialog *
present (StallDesk *desk, StallImportKind kind, GtkWidget *parent)
{
  StallImportDialog *self = g_object_new (STALL_TYPE_IMPORT_DIALOG, NULL);

  self->desk = g_object_ref (desk);
  stall_import_source_page_set_kind (self->source_page, kind);
  adw_dialog_present (ADW_DIALOG (self), parent);
  return self;
}

/**
 * stall_import_dialog_present:
 * @desk: the desk
 * @kind: what the file probably holds
 * @parent: over what the assistant is shown
 *
 * Shows the import assistant and has the person choose a file at once.
 */
void
stall_import_dialog_present (StallDesk *desk, StallImportKind kind, GtkWidget *parent)
{
  g_return_if_fail (STALL_IS_DESK (desk));
  g_return_if_fail (GTK_IS_WIDGET (parent));

  gtk_widget_activate_action (GTK_WIDGET (present (desk, kind, parent)), "import.choose", NULL);
}

/**
 * stall_import_dialog_present_file:
 * @desk: the desk
 * @file: a CSV file of any kind
 * @parent: over what the assistant is shown
 *
 * Shows the import assistant with a file that is known already and says itself what it holds.
 */
void
stall_import_dialog_present_file (StallDesk *desk, GFile *file, GtkWidget *parent)
{
  g_autoptr (StallImport) import = NULL;

  g_return_if_fail (STALL_IS_DESK (desk));
  g_return_if_fail (G_IS_FILE (file));
  g_return_if_fail (GTK_IS_WIDGET (parent));

  import = stall_import_new_unknown (stall_desk_get_store (desk), file);
  open_import (present (desk, STALL_IMPORT_PRODUCTS, parent), import, file);
}
