/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-files"

#include "config.h"

#include "stall-csv-reader.h"

#include "stall-csv-guard.h"
#include "stall-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define BUFFER_BYTES (512 * 1024)
/* With less room than this behind a cut row the buffer grows. */
#define ROOM_BYTES (64 * 1024)

typedef struct
{
  char *text;
  gsize length;
  gboolean quoted;
  gboolean trimmed;
} Field;

struct _StallCsvReader
{
  GObject parent_instance;

  StallTextReader *text;
  char separator;
  guint8 stops[256]; /* bytes that end a field without quotes */
  char *buffer;      /* capacity + 1 bytes, buffer[end] is always 0 */
  gsize capacity;
  gsize start; /* of the next row */
  gsize end;
  gboolean eof;
  Field fields[STALL_CSV_MAX_COLUMNS];
  guint n_fields;
  guint line; /* the row's first line */
  guint next_line;
};

G_DEFINE_FINAL_TYPE (StallCsvReader, stall_csv_reader, G_TYPE_OBJECT)

typedef enum
{
  SCAN_COMPLETE,
  SCAN_INCOMPLETE,
  SCAN_INVALID
} Scan;

static void
set_separator (StallCsvReader *self, char separator)
{
  self->separator = separator;
  memset (self->stops, 0, sizeof self->stops);
  self->stops[0] = self->stops['\n'] = self->stops['\r'] = 1;
  self->stops[(guchar) separator] = 1;
}

/* Makes room by moving the row that is being read to the front, or by growing for a long row. */
static gboolean
fill (StallCsvReader *self, GError **error)
{
  gssize n_read;

  if (self->start > 0)
    {
      memmove (self->buffer, self->buffer + self->start, self->end - self->start);
      self->end -= self->start;
      self->start = 0;
    }
  if (self->capacity - self->end < ROOM_BYTES)
    {
      if (self->capacity >= STALL_CSV_MAX_ROW)
        {
          g_set_error (error, STALL_ERROR, STALL_ERROR_INVALID,
                       _ ("Line %u is longer than 16 MiB. Is a quotation mark missing?"),
                       self->next_line);
          return FALSE;
        }
      self->capacity *= 2;
      self->buffer = g_realloc (self->buffer, self->capacity + 1);
    }
  n_read = stall_text_reader_read (self->text, self->buffer + self->end, self->capacity - self->end,
                                   error);
  if (n_read < 0)
    return FALSE;
  self->eof = n_read == 0;
  self->end += n_read;
  self->buffer[self->end] = '\0';
  return TRUE;
}

/* Finds the end of a quoted field's quoted part; NULL: not in the buffer. */
static char *
skip_quoted (char *quote, char *end, gboolean eof)
{
  for (char *at = quote + 1; (at = memchr (at, '"', end - at)) != NULL; at += 2)
    {
      if (at + 1 == end)
        return eof ? at + 1 : NULL;
      if (at[1] != '"')
        return at + 1;
    }
  return NULL;
}

static Scan
scan_invalid (StallCsvReader *self, const char *message, GError **error)
{
  g_autofree char *line = g_strdup_printf (_ ("Line %u"), self->next_line);

  /* Translators: “Line 12”, and what is wrong there */
  g_set_error (error, STALL_ERROR, STALL_ERROR_INVALID, _ ("%s: %s"), line, message);
  return SCAN_INVALID;
}

/* Notes where the fields of the next row begin and end and changes nothing, so that it can start
 * again when the buffer turns out to end inside the row. */
static Scan
scan_row (StallCsvReader *self, char **row_end, GError **error)
{
  char *at = self->buffer + self->start, *end = self->buffer + self->end;

  for (self->n_fields = 0;; at++)
    {
      Field *field;

      if (self->n_fields == STALL_CSV_MAX_COLUMNS)
        return scan_invalid (self, _ ("there are more than 1,024 columns. Is the separator right?"),
                             error);
      field = &self->fields[self->n_fields++];
      *field = (Field) { .text = at, .quoted = *at == '"' };
      if (field->quoted)
        {
          at = skip_quoted (at, end, self->eof);
          if (at == NULL && !self->eof && end - field->text <= STALL_CSV_MAX_FIELD)
            return SCAN_INCOMPLETE;
          if (at == NULL && self->eof)
            return scan_invalid (self, _ ("a quotation mark is opened and never closed."), error);
          if (at == NULL)
            return scan_invalid (
                self, _ ("a cell is longer than 1 MiB. Is a quotation mark missing?"), error);
        }
      while (!self->stops[(guchar) *at])
        at++;
      field->length = at - field->text;
      if (field->length > STALL_CSV_MAX_FIELD)
        return scan_invalid (self, _ ("a cell is longer than 1 MiB. Is a quotation mark missing?"),
                             error);
      if (*at == self->separator)
        continue;
      if (*at == '\0' && !self->eof)
        return SCAN_INCOMPLETE;
      if (*at == '\r' && at + 1 == end && !self->eof)
        return SCAN_INCOMPLETE;
      *row_end = *at == '\0' ? at : at[0] == '\r' && at[1] == '\n' ? at + 2 : at + 1;
      return SCAN_COMPLETE;
    }
}

/* Takes the quotes off in place: doubled ones become one, text behind the closing one is kept. */
static guint
unquote (Field *field)
{
  char *from = field->text + 1, *to = field->text, *end = field->text + field->length;
  guint newlines = 0;
  gboolean inside = TRUE;

  for (; from < end; from++)
    {
      if (*from == '"' && inside)
        {
          if (from + 1 >= end || from[1] != '"')
            {
              inside = FALSE;
              continue;
            }
          from++;
        }
      newlines += *from == '\n';
      *to++ = *from;
    }
  field->length = to - field->text;
  return newlines;
}

static void
finish_row (StallCsvReader *self, char *row_end)
{
  self->line = self->next_line++;
  for (guint i = 0; i < self->n_fields; i++)
    {
      Field *field = &self->fields[i];

      if (field->quoted)
        self->next_line += unquote (field);
      field->text[field->length] = '\0';
    }
  self->start = row_end - self->buffer;
}

static void
stall_csv_reader_finalize (GObject *object)
{
  StallCsvReader *self = STALL_CSV_READER (object);

  g_clear_object (&self->text);
  g_clear_pointer (&self->buffer, g_free);
  G_OBJECT_CLASS (stall_csv_reader_parent_class)->finalize (object);
}

static void
stall_csv_reader_class_init (StallCsvReaderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = stall_csv_reader_finalize;
}

static void
stall_csv_reader_init (StallCsvReader *self)
{
  self->capacity = BUFFER_BYTES;
  self->buffer = g_malloc (self->capacity + 1);
  self->buffer[0] = '\0';
  self->next_line = 1;
}

/**
 * stall_csv_reader_new:
 * @text: where the text comes from
 * @separator: what stands between two fields
 *
 * Creates a reader of rows.
 *
 * Returns: (transfer full): the reader, before the first row
 */
StallCsvReader *
stall_csv_reader_new (StallTextReader *text, char separator)
{
  g_return_val_if_fail (STALL_IS_TEXT_READER (text), NULL);

  StallCsvReader *self = g_object_new (STALL_TYPE_CSV_READER, NULL);
  self->text = g_object_ref (text);
  set_separator (self, separator);
  return self;
}

/**
 * stall_csv_reader_sniff_separator:
 * @self: a reader before its first row
 * @error: return location
 *
 * Finds out what separates the fields of the first line, and goes on with it: a comma, a semicolon
 * or a tab, whichever is there most often outside of quotes.
 *
 * Returns: the separator; 0 on error
 */
char
stall_csv_reader_sniff_separator (StallCsvReader *self, GError **error)
{
  static const char separators[] = { ',', ';', '\t' };
  guint counts[G_N_ELEMENTS (separators)] = { 0 }, best = 0;
  gboolean inside = FALSE;

  g_return_val_if_fail (STALL_IS_CSV_READER (self), 0);

  if (self->end == 0 && !fill (self, error))
    return 0;
  for (const char *at = self->buffer; *at != '\0' && (inside || (*at != '\n' && *at != '\r')); at++)
    {
      inside ^= *at == '"';
      for (guint i = 0; i < G_N_ELEMENTS (separators) && !inside; i++)
        counts[i] += *at == separators[i];
    }
  for (guint i = 1; i < G_N_ELEMENTS (separators); i++)
    if (counts[i] > counts[best])
      best = i;
  set_separator (self, separators[best]);
  return self->separator;
}

/**
 * stall_csv_reader_next:
 * @self: a reader
 * @error: return location
 *
 * Reads the next row that is not blank. What is beyond the bounds (1,024 columns, 1 MiB a field,
 * 16 MiB a row) or not closed fails with %STALL_ERROR_INVALID and its line.
 *
 * Returns: %TRUE when there is a row; %FALSE at the end (@error not set) or on error
 */
gboolean
stall_csv_reader_next (StallCsvReader *self, GError **error)
{
  char *row_end = NULL;

  g_return_val_if_fail (STALL_IS_CSV_READER (self), FALSE);

  for (;;)
    {
      Scan scan;

      while (self->start == self->end)
        {
          if (self->eof || !fill (self, error))
            return FALSE;
        }
      scan = scan_row (self, &row_end, error);
      if (scan == SCAN_INVALID || (scan == SCAN_INCOMPLETE && !fill (self, error)))
        return FALSE;
      if (scan == SCAN_INCOMPLETE)
        continue;
      finish_row (self, row_end);
      if (self->n_fields > 1 || self->fields[0].length > 0)
        return TRUE;
    }
}

/**
 * stall_csv_reader_get_line:
 * @self: a reader
 *
 * Gets the line of the file on which the present row begins.
 *
 * Returns: the line; 1 is the first
 */
guint
stall_csv_reader_get_line (StallCsvReader *self)
{
  return self->line;
}

/**
 * stall_csv_reader_get_n_fields:
 * @self: a reader
 *
 * Gets how many fields the present row has.
 *
 * Returns: the number of fields
 */
guint
stall_csv_reader_get_n_fields (StallCsvReader *self)
{
  return self->n_fields;
}

/**
 * stall_csv_reader_get_text:
 * @self: a reader
 * @column: index of a column
 *
 * Gets a field without the white space around it and without what guards it from spreadsheets.
 *
 * Returns: (transfer none): the field until the next row is read; "" when the row has no such field
 */
const char *
stall_csv_reader_get_text (StallCsvReader *self, guint column)
{
  if (column >= self->n_fields)
    return "";

  Field *field = &self->fields[column];
  if (!field->trimmed)
    {
      field->text = stall_csv_unguard (field->text, field->length);
      field->trimmed = TRUE;
    }
  return field->text;
}

/**
 * stall_csv_reader_dup_row:
 * @self: a reader
 *
 * Copies the present row, as stall_csv_reader_get_text() gives its fields.
 *
 * Returns: (transfer full): the fields
 */
GStrv
stall_csv_reader_dup_row (StallCsvReader *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < self->n_fields; i++)
    g_strv_builder_add (builder, stall_csv_reader_get_text (self, i));
  return g_strv_builder_end (builder);
}

/**
 * stall_csv_reader_get_fraction:
 * @self: a reader
 *
 * Gets how much of the file has been read.
 *
 * Returns: 0 … 1
 */
double
stall_csv_reader_get_fraction (StallCsvReader *self)
{
  return stall_text_reader_get_fraction (self->text);
}
