/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-files"

#include "config.h"

#include "stall-csv-writer.h"

#include "stall-csv-guard.h"
#include "stall-error.h"
#include "stall-money.h"
#include "stall-product.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define FLUSH_BYTES (64 * 1024)

struct _StallCsvWriter
{
  GObject parent_instance;

  char *path;
  char *temporary; /* beside `path`; NULL once it is in place */
  int fd;
  GString *text;
  gboolean row_started;
};

G_DEFINE_FINAL_TYPE (StallCsvWriter, stall_csv_writer, G_TYPE_OBJECT)

static gboolean
set_write_error (StallCsvWriter *self, int code, GError **error)
{
  int kind = STALL_ERROR_FAILED;

  if (code == ENOSPC || code == EDQUOT)
    kind = STALL_ERROR_FULL;
  else if (code == EROFS || code == EACCES || code == EPERM)
    kind = STALL_ERROR_READ_ONLY;
  /* Translators: a file name and what the system says about it */
  g_set_error (error, STALL_ERROR, kind, _ ("“%s” cannot be written: %s"), self->path,
               g_strerror (code));
  return FALSE;
}

static gboolean
flush (StallCsvWriter *self, GError **error)
{
  const char *at = self->text->str, *end = at + self->text->len;

  while (at < end)
    {
      gssize n = write (self->fd, at, end - at);

      if (n < 0 && errno != EINTR)
        return set_write_error (self, errno, error);
      at += MAX (n, 0);
    }
  g_string_truncate (self->text, 0);
  return TRUE;
}

static void
begin_cell (StallCsvWriter *self)
{
  if (self->row_started)
    g_string_append_c (self->text, ',');
  self->row_started = TRUE;
}

static void
stall_csv_writer_finalize (GObject *object)
{
  StallCsvWriter *self = STALL_CSV_WRITER (object);

  g_clear_fd (&self->fd, NULL);
  if (self->temporary != NULL)
    g_unlink (self->temporary);
  g_free (self->temporary);
  g_free (self->path);
  g_string_free (self->text, TRUE);
  G_OBJECT_CLASS (stall_csv_writer_parent_class)->finalize (object);
}

static void
stall_csv_writer_class_init (StallCsvWriterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = stall_csv_writer_finalize;
}

static void
stall_csv_writer_init (StallCsvWriter *self)
{
  self->fd = -1;
  self->text = g_string_sized_new (FLUSH_BYTES + 4096);
}

/**
 * stall_csv_writer_new:
 * @file: where to write, on this machine
 * @error: return location
 *
 * Begins a CSV file under a temporary name beside @file. It is thrown away unless
 * stall_csv_writer_finish() is called. Blocks.
 *
 * Returns: (transfer full) (nullable): the writer
 */
StallCsvWriter *
stall_csv_writer_new (GFile *file, GError **error)
{
  g_autoptr (StallCsvWriter) self = NULL;

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  self = g_object_new (STALL_TYPE_CSV_WRITER, NULL);
  self->path = g_file_get_path (file);
  if (self->path == NULL)
    {
      g_set_error_literal (error, STALL_ERROR, STALL_ERROR_INVALID,
                           _ ("Choose a folder on this computer to save to."));
      return NULL;
    }
  self->temporary = g_strconcat (self->path, ".XXXXXX", NULL);
  self->fd = g_mkstemp_full (self->temporary, O_RDWR | O_CLOEXEC, 0666);
  if (self->fd < 0)
    {
      int code = errno;

      g_clear_pointer (&self->temporary, g_free);
      set_write_error (self, code, error);
      return NULL;
    }
  g_string_append (self->text, "\xEF\xBB\xBF");
  return g_steal_pointer (&self);
}

/**
 * stall_csv_writer_text:
 * @self: a writer
 * @text: (nullable): what the next cell says
 *
 * Adds a cell of text, guarded where a spreadsheet would take it for a formula or a number.
 */
void
stall_csv_writer_text (StallCsvWriter *self, const char *text)
{
  gboolean guard;

  g_return_if_fail (STALL_IS_CSV_WRITER (self));

  begin_cell (self);
  if (text == NULL || *text == '\0')
    return;
  guard = stall_csv_needs_guard (text);
  if (!guard && strpbrk (text, ",\"\r\n;\t") == NULL)
    {
      g_string_append (self->text, text);
      return;
    }
  g_string_append (self->text, guard ? "\"\t" : "\"");
  for (const char *at = text; *at != '\0'; at++)
    {
      if (*at == '"')
        g_string_append_c (self->text, '"');
      g_string_append_c (self->text, *at);
    }
  g_string_append_c (self->text, '"');
}

/**
 * stall_csv_writer_int:
 * @self: a writer
 * @value: what the next cell says
 *
 * Adds a cell with a number to reckon with.
 */
void
stall_csv_writer_int (StallCsvWriter *self, gint64 value)
{
  g_return_if_fail (STALL_IS_CSV_WRITER (self));

  begin_cell (self);
  g_string_append_printf (self->text, "%" G_GINT64_FORMAT, value);
}

/**
 * stall_csv_writer_price:
 * @self: a writer
 * @amount: minor units, or %STALL_PRICE_NONE for an empty cell
 * @currency: ISO 4217 code, which says how many digits the minor unit has
 *
 * Adds a cell with an amount to reckon with, like 12.50.
 */
void
stall_csv_writer_price (StallCsvWriter *self, gint64 amount, const char *currency)
{
  g_return_if_fail (STALL_IS_CSV_WRITER (self));

  begin_cell (self);
  if (amount != STALL_PRICE_NONE)
    {
      g_autofree char *text = stall_money_format_plain (amount, currency);

      g_string_append (self->text, text);
    }
}

/**
 * stall_csv_writer_end_row:
 * @self: a writer
 * @error: return location
 *
 * Ends the row. Fails with %STALL_ERROR_FULL or another `STALL_ERROR` when the disk does not take
 * it.
 *
 * Returns: %TRUE on success
 */
gboolean
stall_csv_writer_end_row (StallCsvWriter *self, GError **error)
{
  g_return_val_if_fail (STALL_IS_CSV_WRITER (self), FALSE);

  g_string_append (self->text, "\r\n");
  self->row_started = FALSE;
  return self->text->len < FLUSH_BYTES || flush (self, error);
}

/**
 * stall_csv_writer_row:
 * @self: a writer
 * @cells: (array zero-terminated=1): texts
 * @error: return location
 *
 * Adds a whole row of text, such as the names of the columns.
 *
 * Returns: %TRUE on success
 */
gboolean
stall_csv_writer_row (StallCsvWriter *self, const char *const *cells, GError **error)
{
  for (guint i = 0; cells[i] != NULL; i++)
    stall_csv_writer_text (self, cells[i]);
  return stall_csv_writer_end_row (self, error);
}

/**
 * stall_csv_writer_finish:
 * @self: a writer
 * @error: return location
 *
 * Brings what was written to the disk and into place.
 *
 * Returns: %TRUE on success; on error what was at the file's place before is still there
 */
gboolean
stall_csv_writer_finish (StallCsvWriter *self, GError **error)
{
  g_return_val_if_fail (STALL_IS_CSV_WRITER (self), FALSE);

  if (!flush (self, error))
    return FALSE;
  if (fsync (self->fd) < 0 && errno != EINVAL)
    return set_write_error (self, errno, error);
  if (g_rename (self->temporary, self->path) < 0)
    return set_write_error (self, errno, error);
  g_clear_pointer (&self->temporary, g_free);
  return TRUE;
}
