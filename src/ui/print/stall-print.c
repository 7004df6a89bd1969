/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-print.h"

#include "stall-async.h"
#include "stall-drawing.h"
#include "stall-file-choice.h"
#include "stall-labels-dialog.h"
#include "stall-order-record.h"
#include "stall-printout.h"

#include <glib/gi18n-lib.h>

/* A printout on its way, and who waits for it. */
typedef struct
{
  StallDesk *desk;
  GtkWidget *parent; /* owned; NULL when nobody looks */
  GStrv ids;
  StallPrintout *printout;
  double width; /* of a page in points; 0: the printer's own */
  double height;
  double margin;
  GFile *file;           /* NULL: on paper, or not chosen yet */
  const char *file_name; /* to suggest; static */
} Job;

static const struct
{
  double width; /* mm */
  double height;
  double margin;
} papers[] = {
  [STALL_PAPER_A4] = { 210, 297, 15 },
  [STALL_PAPER_A6] = { 105, 148, 7 },
};

static Job *
job_new (StallDesk *desk, GtkWidget *parent, const char *const *ids)
{
  Job *job = g_new0 (Job, 1);

  g_set_object (&job->desk, desk);
  g_set_object (&job->parent, parent);
  job->ids = g_strdupv ((char **) ids);
  return job;
}

static void
job_free (gpointer data)
{
  Job *job = data;

  g_clear_object (&job->desk);
  g_clear_object (&job->parent);
  g_strfreev (job->ids);
  g_clear_pointer (&job->printout, stall_printout_unref);
  g_clear_object (&job->file);
  g_free (job);
}

static Job *
job_copy (const Job *job)
{
  Job *copy = job_new (job->desk, job->parent, (const char *const *) job->ids);

  copy->printout = job->printout ? stall_printout_ref (job->printout) : NULL;
  copy->width = job->width;
  copy->height = job->height;
  copy->margin = job->margin;
  g_set_object (&copy->file, job->file);
  return copy;
}

static void
slip_free (gpointer data)
{
  stall_slip_free (data);
}

static StallPrintout *
await_slips (Job *job, GError **error)
{
  g_autoptr (GPtrArray) slips = g_ptr_array_new_with_free_func (slip_free);
  gboolean prices = g_settings_get_boolean (stall_desk_get_settings (job->desk), "slip-prices");

  for (guint i = 0; job->ids[i]; i++)
    {
      g_autoptr (StallOrderRecord) record = dex_await_boxed (
          stall_order_record_load (stall_desk_get_store (job->desk), job->ids[i]), error);

      if (!record)
        return NULL;
      g_ptr_array_add (slips, stall_slip_new (record, stall_desk_get_profile (job->desk), prices));
    }
  return stall_printout_new_slips (slips);
}

/* --- on paper --- */

static void
begin_print_cb (GtkPrintOperation *operation, GtkPrintContext *context, gpointer data)
{
  Job *job = data;
  guint n_pages = stall_printout_lay_out (job->printout, gtk_print_context_get_width (context),
                                          gtk_print_context_get_height (context));

  gtk_print_operation_set_n_pages (operation, (int) n_pages);
}

static void
draw_page_cb (GtkPrintOperation *operation, GtkPrintContext *context, int page, gpointer data)
{
  Job *job = data;

  stall_printout_draw_page (job->printout, (guint) page,
                            gtk_print_context_get_cairo_context (context));
}

static void
done_cb (GtkPrintOperation *operation, GtkPrintOperationResult result, gpointer data)
{
  Job *job = data;
  g_autoptr (GError) error = NULL;

  if (result == GTK_PRINT_OPERATION_RESULT_ERROR)
    {
      gtk_print_operation_get_error (operation, &error);
      stall_desk_report (job->desk, error);
    }
}

static GtkPageSetup *
new_page_setup (const Job *job)
{
  g_autoptr (GtkPageSetup) setup = gtk_page_setup_new ();
  GtkPaperSize *paper = gtk_paper_size_new_custom ("stall-label", _ ("Label"), job->width,
                                                   job->height, GTK_UNIT_POINTS);

  gtk_page_setup_set_paper_size (setup, paper);
  gtk_page_setup_set_top_margin (setup, 0, GTK_UNIT_POINTS);
  gtk_page_setup_set_bottom_margin (setup, 0, GTK_UNIT_POINTS);
  gtk_page_setup_set_left_margin (setup, 0, GTK_UNIT_POINTS);
  gtk_page_setup_set_right_margin (setup, 0, GTK_UNIT_POINTS);
  gtk_paper_size_free (paper);
  return g_steal_pointer (&setup);
}

static void
closure_free (gpointer data, GClosure *closure)
{
  job_free (data);
}

/* Outside of fibers: the dialog of some print backends runs a main loop of its own. */
static void
run_print (gpointer data)
{
  Job *job = data; /* lives as long as the operation */
  g_autoptr (GtkPrintOperation) operation = gtk_print_operation_new ();
  g_autoptr (GError) error = NULL;
  GtkRoot *root = job->parent ? gtk_widget_get_root (job->parent) : NULL;

  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_allow_async (operation, TRUE);
  gtk_print_operation_set_embed_page_setup (operation, TRUE);
  gtk_print_operation_set_job_name (operation, _ ("Stall"));
  if (job->width > 0)
    {
      g_autoptr (GtkPageSetup) setup = new_page_setup (job);

      gtk_print_operation_set_default_page_setup (operation, setup);
      gtk_print_operation_set_use_full_page (operation, TRUE);
    }
  g_signal_connect (operation, "begin-print", G_CALLBACK (begin_print_cb), job);
  g_signal_connect (operation, "draw-page", G_CALLBACK (draw_page_cb), job);
  g_signal_connect_data (operation, "done", G_CALLBACK (done_cb), job, closure_free,
                         G_CONNECT_DEFAULT);
  if (gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG,
                               GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, &error)
      == GTK_PRINT_OPERATION_RESULT_ERROR)
    stall_desk_report (job->desk, error);
}

static DexFuture *
print_slips_fiber (gpointer data)
{
  Job *job = data;
  g_autoptr (GError) error = NULL;

  job->printout = await_slips (job, &error);
  if (job->printout)
    g_idle_add_once (run_print, job_copy (job));
  else
    stall_desk_report (job->desk, error);
  return dex_future_new_true ();
}

/* --- as PDF --- */

static DexFuture *
write_fiber (gpointer data)
{
  Job *job = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (!job->printout)
    job->printout = await_slips (job, &error);
  if (job->printout)
    bytes = dex_await_boxed (
        stall_printout_to_pdf (job->printout, job->width, job->height, job->margin), &error);
  if (bytes
      && dex_await (dex_file_replace_contents_bytes (job->file, bytes, NULL, FALSE,
                                                     G_FILE_CREATE_REPLACE_DESTINATION),
                    &error))
    return dex_future_new_true ();
  return dex_future_new_for_error (g_steal_pointer (&error));
}

static DexFuture *
save_fiber (gpointer data)
{
  Job *job = data;
  g_autoptr (GError) error = NULL;

  job->file = dex_await_object (
      stall_choose_to_save (job->parent, _ ("Save as PDF"), job->file_name), &error);
  if (job->file && dex_await (stall_async (write_fiber, job_copy (job), job_free), &error))
    {
      g_autofree char *name = g_file_get_basename (job->file);
      g_autofree char *text = g_strdup_printf (_ ("Saved as “%s”"), name);

      stall_desk_say (job->desk, text);
    }
  else
    stall_desk_report (job->desk, error);
  return dex_future_new_true ();
}

static void
set_paper (Job *job, StallPaper paper)
{
  job->width = papers[paper].width * STALL_POINTS_PER_MM;
  job->height = papers[paper].height * STALL_POINTS_PER_MM;
  job->margin = papers[paper].margin * STALL_POINTS_PER_MM;
}

/**
 * stall_print_slips:
 * @desk: the desk
 * @parent: a widget of the window that asks
 * @order_ids: ids of orders
 *
 * Opens the print dialog for the packing slips of some orders, in their order.
 */
void
stall_print_slips (StallDesk *desk, GtkWidget *parent, const char *const *order_ids)
{
  g_return_if_fail (STALL_IS_DESK (desk));
  g_return_if_fail (GTK_IS_WIDGET (parent));
  g_return_if_fail (order_ids);

  stall_spawn (print_slips_fiber, job_new (desk, parent, order_ids), job_free);
}

/**
 * stall_save_slips:
 * @desk: the desk
 * @parent: a widget of the window that asks
 * @order_ids: ids of orders
 *
 * Asks for a file and saves the packing slips of some orders as PDF on A4.
 */
void
stall_save_slips (StallDesk *desk, GtkWidget *parent, const char *const *order_ids)
{
  Job *job;

  g_return_if_fail (STALL_IS_DESK (desk));
  g_return_if_fail (GTK_IS_WIDGET (parent));
  g_return_if_fail (order_ids);

  job = job_new (desk, parent, order_ids);
  set_paper (job, STALL_PAPER_A4);
  job->file_name = _ ("Packing Slip.pdf");
  stall_spawn (save_fiber, job, job_free);
}

/**
 * stall_slips_to_pdf:
 * @desk: the desk
 * @order_ids: ids of orders
 * @paper: how large a page is
 * @file: where to write to
 *
 * Writes the packing slips of some orders as PDF.
 *
 * Returns: (transfer full): a future of a boolean; rejects when an order or the file cannot be read
 * or written
 */
DexFuture *
stall_slips_to_pdf (StallDesk *desk, const char *const *order_ids, StallPaper paper, GFile *file)
{
  Job *job;

  dex_return_error_if_fail (STALL_IS_DESK (desk));
  dex_return_error_if_fail (order_ids);
  dex_return_error_if_fail (G_IS_FILE (file));

  job = job_new (desk, NULL, order_ids);
  set_paper (job, paper);
  job->file = g_object_ref (file);
  return stall_async (write_fiber, job, job_free);
}

static Job *
new_labels_job (StallDesk *desk, GtkWidget *parent, GPtrArray *labels, StallLabelSize size)
{
  const char *none[] = { NULL };
  Job *job = job_new (desk, parent, none);

  job->printout = stall_printout_new_labels (labels, size);
  stall_label_size_get_page (size, &job->width, &job->height);
  return job;
}

/**
 * stall_print_labels_now:
 * @desk: the desk
 * @parent: a widget of the window that asks
 * @labels: (element-type StallLabel): what to print
 * @size: of a label
 *
 * Opens the print dialog for labels. Not in a fiber.
 */
void
stall_print_labels_now (StallDesk *desk, GtkWidget *parent, GPtrArray *labels, StallLabelSize size)
{
  g_return_if_fail (STALL_IS_DESK (desk));
  g_return_if_fail (GTK_IS_WIDGET (parent));
  g_return_if_fail (labels);

  run_print (new_labels_job (desk, parent, labels, size));
}

/**
 * stall_save_labels_now:
 * @desk: the desk
 * @parent: a widget of the window that asks
 * @labels: (element-type StallLabel): what to save
 * @size: of a label
 *
 * Asks for a file and saves labels as PDF.
 */
void
stall_save_labels_now (StallDesk *desk, GtkWidget *parent, GPtrArray *labels, StallLabelSize size)
{
  Job *job;

  g_return_if_fail (STALL_IS_DESK (desk));
  g_return_if_fail (GTK_IS_WIDGET (parent));
  g_return_if_fail (labels);

  job = new_labels_job (desk, parent, labels, size);
  job->file_name = _ ("Labels.pdf");
  stall_spawn (save_fiber, job, job_free);
}

/**
 * stall_labels_to_pdf:
 * @labels: (element-type StallLabel): what to write
 * @size: of a label
 * @file: where to write to
 *
 * Writes labels as PDF.
 *
 * Returns: (transfer full): a future of a boolean
 */
DexFuture *
stall_labels_to_pdf (GPtrArray *labels, StallLabelSize size, GFile *file)
{
  Job *job;

  dex_return_error_if_fail (labels);
  dex_return_error_if_fail (G_IS_FILE (file));

  job = new_labels_job (NULL, NULL, labels, size);
  job->file = g_object_ref (file);
  return stall_async (write_fiber, job, job_free);
}

static DexFuture *
labels_fiber (gpointer data)
{
  Job *job = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) rows = dex_await_object (
      stall_store_variant_rows (stall_desk_get_store (job->desk), (const char *const *) job->ids),
      &error);

  if (!rows)
    stall_desk_report (job->desk, error);
  else if (gtk_widget_get_root (job->parent))
    adw_dialog_present (stall_labels_dialog_new (job->desk, rows), job->parent);
  return dex_future_new_true ();
}

/**
 * stall_print_labels:
 * @desk: the desk
 * @parent: a widget of the window that asks
 * @variant_ids: ids of variants
 *
 * Asks how many labels of which size to print for some variants.
 */
void
stall_print_labels (StallDesk *desk, GtkWidget *parent, const char *const *variant_ids)
{
  g_return_if_fail (STALL_IS_DESK (desk));
  g_return_if_fail (GTK_IS_WIDGET (parent));
  g_return_if_fail (variant_ids);

  stall_spawn (labels_fiber, job_new (desk, parent, variant_ids), job_free);
}
