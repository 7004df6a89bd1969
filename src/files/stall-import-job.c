/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-files"

#include "config.h"

#include "stall-import-private.h"
#include "stall-preset-private.h"

#include "stall-csv-values.h"
#include "stall-error.h"
#include "stall-movement.h"
#include "stall-text.h"

#include <glib/gi18n-lib.h>

/* Documents handed on together. */
#define BATCH_DOCUMENTS 512
/* Rows between two looks at cancellation and progress. */
#define ROWS_PER_CHECK 512

static void
edit_free (gpointer data)
{
  StallPriceEdit *edit = data;

  g_free (edit->product);
  g_free (edit->variant);
  g_free (edit);
}

StallImportJob *
stall_import_job_new (void)
{
  StallImportJob *self = g_new0 (StallImportJob, 1);

  self->zone = g_time_zone_new_local ();
  self->batch = g_ptr_array_new_with_free_func (g_object_unref);
  self->movements = g_ptr_array_new_with_free_func (g_object_unref);
  self->movement_lines = g_array_new (FALSE, FALSE, sizeof (guint));
  self->edits = g_ptr_array_new_with_free_func (edit_free);
  return self;
}

void
stall_import_job_free (StallImportJob *self)
{
  g_clear_object (&self->file);
  g_clear_object (&self->preset);
  g_clear_object (&self->report);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->catalog, stall_catalog_unref);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_pointer (&self->pipe, stall_import_pipe_unref);
  g_clear_pointer (&self->batch, g_ptr_array_unref);
  g_clear_pointer (&self->movements, g_ptr_array_unref);
  g_clear_pointer (&self->movement_lines, g_array_unref);
  g_clear_pointer (&self->edits, g_ptr_array_unref);
  g_clear_object (&self->first_profile);
  g_strfreev (self->columns);
  g_free (self->encoding);
  g_free (self->currency);
  g_free (self->device);
  g_free (self);
}

/* Opens the file at the beginning and reads its columns; @pass of @n_passes is for progress. */
StallCsvReader *
stall_import_job_open (StallImportJob *self, guint pass, guint n_passes, GError **error)
{
  g_autoptr (StallTextReader) text = stall_text_reader_new (self->file, self->encoding, error);
  g_autoptr (StallCsvReader) reader = NULL;
  g_autoptr (GError) local_error = NULL;

  if (text == NULL)
    return NULL;
  reader = stall_csv_reader_new (text, self->separator);
  if (!stall_csv_reader_next (reader, &local_error))
    {
      if (local_error == NULL)
        g_set_error_literal (
            &local_error, STALL_ERROR, STALL_ERROR_INVALID,
            _ ("The file is empty. Choose a CSV file with a line of column names."));
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  g_strfreev (self->columns);
  self->columns = stall_csv_reader_dup_row (reader);
  self->pass = pass;
  self->n_passes = n_passes;
  self->n_rows = 0;
  return g_steal_pointer (&reader);
}

gboolean
stall_import_job_next (StallImportJob *self, StallCsvReader *reader, GError **error)
{
  if (self->until_check-- == 0)
    {
      double done = (self->pass + stall_csv_reader_get_fraction (reader)) / self->n_passes;

      self->until_check = ROWS_PER_CHECK;
      g_atomic_int_set (&self->permille, (int) (done * 1000));
      if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return FALSE;
    }
  if (self->max_rows > 0 && self->n_rows++ == self->max_rows)
    return FALSE;
  return stall_csv_reader_next (reader, error);
}

/* A row with more cells than there are columns has lost a quotation mark: its values stand in the
 * wrong columns. A shorter one only leaves out what is empty. */
gboolean
stall_import_job_check_width (StallImportJob *self, StallCsvReader *reader)
{
  guint n_columns = g_strv_length (self->columns);

  for (guint i = n_columns; i < stall_csv_reader_get_n_fields (reader); i++)
    if (*stall_csv_reader_get_text (reader, i) != '\0')
      {
        g_autofree char *n_cells = stall_text_from_count (stall_csv_reader_get_n_fields (reader));
        g_autofree char *n_names = stall_text_from_count (n_columns);

        stall_import_job_fail (self, stall_csv_reader_get_line (reader),
                               _ ("There are %s cells but %s columns. Put quotation marks around "
                                  "text with separators in it."),
                               n_cells, n_names);
        return FALSE;
      }
  return TRUE;
}

guint
stall_import_job_find_column (StallImportJob *self, const char *name)
{
  return stall_columns_find ((const char *const *) self->columns, name);
}

/* A spreadsheet that separates cells by semicolons does so because its decimal mark is the comma.
 */
gboolean
stall_import_job_parse_price (StallImportJob *self,
                              const char *text,
                              guint digits,
                              gint64 *amount,
                              gboolean *rounded)
{
  return stall_csv_parse_price (text, FALSE, digits, amount, rounded)
         || (self->separator == ';' && stall_csv_parse_price (text, TRUE, digits, amount, rounded));
}

/* Takes @document. Only on a run. */
void
stall_import_job_put (StallImportJob *self, StallDocument *document)
{
  g_assert (self->pipe != NULL);
  /* What the writing thread will ask for is made here, where there is time. */
  stall_document_get_first_hash (document);
  if (stall_document_get_object (document) == NULL)
    stall_document_get_root (document, NULL);
  g_ptr_array_add (self->batch, document);
}

/* Without a pipe it is kept: to be looked for in the stall, or put into a change set. */
void
stall_import_job_put_movement (StallImportJob *self, StallMovement *movement, guint line)
{
  self->counts->movements++;
  if (self->pipe != NULL)
    {
      stall_import_job_put (self, stall_movement_to_document (movement, self->device));
      return;
    }
  g_ptr_array_add (self->movements, g_object_ref (movement));
  g_array_append_val (self->movement_lines, line);
}

/* Between two things, so that what belongs together is handed on together. */
gboolean
stall_import_job_flush (StallImportJob *self, gboolean all, GError **error)
{
  GPtrArray *batch = self->batch;

  if (self->pipe == NULL || batch->len == 0 || (!all && batch->len < BATCH_DOCUMENTS))
    return TRUE;
  self->batch = g_ptr_array_new_full (BATCH_DOCUMENTS + 64, g_object_unref);
  if (stall_import_pipe_push (self->pipe, batch))
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("The import was stopped."));
  return FALSE;
}

static void
add_problem (StallImportJob *self,
             guint line,
             StallProblemSeverity severity,
             const char *format,
             va_list arguments)
{
  g_autofree char *message = g_strdup_vprintf (format, arguments);

  stall_import_report_add_problem (self->report, line, severity, message);
}

void
stall_import_job_warn (StallImportJob *self, guint line, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  add_problem (self, line, STALL_PROBLEM_WARNING, format, arguments);
  va_end (arguments);
}

void
stall_import_job_fail (StallImportJob *self, guint line, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  add_problem (self, line, STALL_PROBLEM_ERROR, format, arguments);
  va_end (arguments);
}

/* --- the thread that reads --- */

typedef struct
{
  StallImportJob *job;
  StallImportKind kind;
  DexPromise *promise;
} Work;

static gboolean
read_file (StallImportJob *job, StallImportKind kind, GError **error)
{
  switch (kind)
    {
    case STALL_IMPORT_PRODUCTS:
      return stall_import_products_read (job, error);
    case STALL_IMPORT_ORDERS:
      return stall_import_orders_read (job, error);
    case STALL_IMPORT_STOCK:
    default:
      return stall_import_stock_read (job, error);
    }
}

/* Known only at the end of the file; what went into the pipe until then is not written either. */
static gboolean
check_errors (StallImportJob *job, GError **error)
{
  guint n = job->counts->errors;

  if (!job->strict || n == 0)
    return TRUE;
  g_set_error (error, STALL_ERROR, STALL_ERROR_INVALID,
               ngettext ("%u error has to be corrected in the file first. Nothing was written.",
                         "%u errors have to be corrected in the file first. Nothing was written.",
                         n),
               n);
  return FALSE;
}

/* A thread of its own, not one of the pool: it waits for the writing thread whenever the pipe is
 * full. */
static gpointer
work_thread (gpointer data)
{
  Work *work = data;
  GError *error = NULL;
  gboolean ok = read_file (work->job, work->kind, &error) && check_errors (work->job, &error);

  if (work->job->pipe != NULL)
    stall_import_pipe_finish (work->job->pipe, error);
  if (ok)
    dex_promise_resolve_boolean (work->promise, TRUE);
  else
    dex_promise_reject (work->promise, error);
  dex_unref (work->promise);
  g_free (work);
  return NULL;
}

/**
 * stall_import_job_start:
 * @job: a job; it stays the caller's, who waits for the future to its end
 * @kind: what the file holds
 *
 * Reads the file in a thread of its own.
 *
 * Returns: (transfer full): a future of a boolean
 */
DexFuture *
stall_import_job_start (StallImportJob *job, StallImportKind kind)
{
  Work *work = g_new0 (Work, 1);
  DexFuture *future;

  work->job = job;
  work->kind = kind;
  work->promise = dex_promise_new ();
  future = dex_ref (DEX_FUTURE (work->promise));
  g_thread_unref (g_thread_new ("stall-import", work_thread, work));
  return future;
}
