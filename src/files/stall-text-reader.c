/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-files"

#include "config.h"

#include "stall-text-reader.h"

#include "stall-error.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>

/* How much of the beginning decides on the encoding. */
#define SNIFF_BYTES (256 * 1024)

struct _StallTextReader
{
  GObject parent_instance;

  GInputStream *file;   /* raw bytes */
  GInputStream *stream; /* UTF-8, or raw bytes that are checked to be */
  const char *encoding;
  goffset size;
  guint line; /* of the next byte handed out */
  gboolean started;
  char carry[4]; /* the beginning of a character whose rest is not read yet */
  gsize n_carry;
};

G_DEFINE_FINAL_TYPE (StallTextReader, stall_text_reader, G_TYPE_OBJECT)

static gboolean
starts_with (const char *bytes, gsize length, const char *magic, gsize n_magic)
{
  return length >= n_magic && memcmp (bytes, magic, n_magic) == 0;
}

/* What is surely no CSV is named by what it is, so that the person knows what to do. */
static gboolean
check_is_text (const char *bytes, gsize length, GError **error)
{
  const char *message = NULL;

  if (length == 0)
    message = _ ("The file is empty. Choose a CSV file with a line of column names.");
  else if (starts_with (bytes, length, "PK\x03\x04", 4)
           || starts_with (bytes, length, "\xD0\xCF\x11\xE0", 4))
    message = _ (
        "This is an Excel workbook. Open it and save it as “CSV UTF-8”, then choose that file.");
  else if (starts_with (bytes, length, "\xFF\xFE", 2) || starts_with (bytes, length, "\xFE\xFF", 2))
    message
        = _ ("This file is saved as UTF-16 text. Save it as “CSV UTF-8”, then choose that file.");
  else if (memchr (bytes, 0, length) != NULL || starts_with (bytes, length, "%PDF", 4)
           || starts_with (bytes, length, "\x89PNG", 4)
           || starts_with (bytes, length, "\xFF\xD8\xFF", 3))
    message = _ ("This is not a text file. Choose a CSV file.");

  if (message == NULL)
    return TRUE;
  g_set_error_literal (error, STALL_ERROR, STALL_ERROR_INVALID, message);
  return FALSE;
}

/* A character cut in two by the end of what was read is no error. */
static gboolean
is_utf8 (const char *bytes, gsize length)
{
  const char *end;

  if (g_utf8_validate_len (bytes, length, &end))
    return TRUE;
  gsize rest = length - (gsize) (end - bytes);
  return rest < 4 && g_utf8_get_char_validated (end, rest) == (gunichar) -2;
}

static const char *
iconv_name (const char *encoding)
{
  /* What programs call Shift_JIS is Microsoft's superset of it. */
  return g_str_equal (encoding, STALL_ENCODING_SHIFT_JIS) ? "CP932" : encoding;
}

static gboolean
can_decode (const char *encoding, const char *bytes, gsize length)
{
  GIConv converter = g_iconv_open ("UTF-8", iconv_name (encoding));
  g_autofree char *scratch = g_malloc (64 * 1024);
  char *in = (char *) bytes;
  gboolean ok = TRUE;

  if (converter == (GIConv) -1)
    return FALSE;
  while (length > 0 && ok)
    {
      char *out = scratch;
      gsize n_out = 64 * 1024;

      if (g_iconv (converter, &in, &length, &out, &n_out) != (gsize) -1)
        break;
      if (errno == EINVAL && length < 4)
        break;
      ok = errno == E2BIG;
    }
  g_iconv_close (converter);
  return ok;
}

/* Nearly every Shift_JIS file is a valid GB18030 file too, but one of characters that nobody uses:
 * kana and kanji fall into the pairs beyond GB 2312. So what is common in Chinese decides. */
static gboolean
looks_chinese (const char *bytes, gsize length)
{
  guint common = 0, rare = 0;

  for (gsize i = 0; i + 1 < length; i++)
    {
      guchar lead = bytes[i], trail = bytes[i + 1];

      if (lead < 0x81)
        continue;
      if (lead >= 0xA1 && lead <= 0xF7 && trail >= 0xA1)
        common++;
      else
        rare++;
      i++;
    }
  return common >= rare;
}

static const char *
sniff_encoding (const char *bytes, gsize length)
{
  if (is_utf8 (bytes, length))
    return STALL_ENCODING_UTF8;

  gboolean chinese = can_decode (STALL_ENCODING_GB18030, bytes, length);
  if (chinese && looks_chinese (bytes, length))
    return STALL_ENCODING_GB18030;
  if (can_decode (STALL_ENCODING_SHIFT_JIS, bytes, length))
    return STALL_ENCODING_SHIFT_JIS;
  return chinese ? STALL_ENCODING_GB18030 : NULL;
}

static const char *
known_encoding (const char *encoding)
{
  static const char *const encodings[]
      = { STALL_ENCODING_UTF8, STALL_ENCODING_GB18030, STALL_ENCODING_SHIFT_JIS };

  for (guint i = 0; i < G_N_ELEMENTS (encodings); i++)
    if (g_ascii_strcasecmp (encodings[i], encoding) == 0)
      return encodings[i];
  return NULL;
}

static guint
count_newlines (const char *bytes, gsize length)
{
  const char *end = bytes + length;
  guint count = 0;

  while ((bytes = memchr (bytes, '\n', end - bytes)) != NULL)
    {
      bytes++;
      count++;
    }
  return count;
}

static void
set_encoding_error (StallTextReader *self, const char *bytes, gsize until, GError **error)
{
  guint line = self->line + count_newlines (bytes, until);

  g_clear_error (error);
  if (bytes[until] == '\0')
    g_set_error (error, STALL_ERROR, STALL_ERROR_INVALID,
                 _ ("Line %u has a zero byte: this is not a text file. Choose a CSV file."), line);
  else
    g_set_error (
        error, STALL_ERROR, STALL_ERROR_INVALID,
        _ ("Line %u is not %s text. Choose another encoding, or save the file as “CSV UTF-8”."),
        line, self->encoding);
}

/* Bytes that are UTF-8 already: read in place, checked, the last character kept back when it is
 * cut. */
static gssize
read_checked (StallTextReader *self, char *buffer, gsize size, GError **error)
{
  gsize n_read, length;
  const char *end;

  memcpy (buffer, self->carry, self->n_carry);
  if (!g_input_stream_read_all (self->stream, buffer + self->n_carry, size - self->n_carry, &n_read,
                                NULL, error))
    return -1;
  length = self->n_carry + n_read;
  self->n_carry = 0;
  if (g_utf8_validate_len (buffer, length, &end))
    return length;

  gsize rest = length - (gsize) (end - buffer);
  if (length < size || rest > 3 || g_utf8_get_char_validated (end, rest) != (gunichar) -2)
    {
      set_encoding_error (self, buffer, length - rest, error);
      return -1;
    }
  memcpy (self->carry, end, rest);
  self->n_carry = rest;
  return length - rest;
}

static gssize
read_converted (StallTextReader *self, char *buffer, gsize size, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  gsize length;
  const char *zero;

  if (!g_input_stream_read_all (self->stream, buffer, size, &length, NULL, &local_error))
    {
      if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA)
          || g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT))
        {
          buffer[length < size ? length : size - 1] = '?';
          set_encoding_error (self, buffer, MIN (length, size - 1), error);
        }
      else
        g_propagate_error (error, g_steal_pointer (&local_error));
      return -1;
    }
  zero = memchr (buffer, 0, length);
  if (zero != NULL)
    {
      set_encoding_error (self, buffer, zero - buffer, error);
      return -1;
    }
  return length;
}

static gboolean
open_streams (StallTextReader *self, GFile *file, const char *encoding, GError **error)
{
  g_autofree char *head = g_malloc (SNIFF_BYTES);
  g_autoptr (GCharsetConverter) converter = NULL;
  g_autoptr (GFileInfo) info = NULL;
  g_autoptr (GFileInputStream) raw = g_file_read (file, NULL, error);
  gsize length;

  if (raw == NULL)
    return FALSE;
  info = g_file_input_stream_query_info (raw, G_FILE_ATTRIBUTE_STANDARD_SIZE, NULL, NULL);
  self->size = info != NULL ? g_file_info_get_size (info) : 0;
  self->file = g_buffered_input_stream_new_sized (G_INPUT_STREAM (raw), SNIFF_BYTES);
  if (g_buffered_input_stream_fill (G_BUFFERED_INPUT_STREAM (self->file), SNIFF_BYTES, NULL, error)
      < 0)
    return FALSE;
  length
      = g_buffered_input_stream_peek (G_BUFFERED_INPUT_STREAM (self->file), head, 0, SNIFF_BYTES);
  if (!check_is_text (head, length, error))
    return FALSE;

  self->encoding = encoding != NULL ? known_encoding (encoding) : sniff_encoding (head, length);
  if (self->encoding == NULL)
    {
      g_set_error_literal (
          error, STALL_ERROR, STALL_ERROR_INVALID,
          _ ("The text of this file cannot be read: it is neither UTF-8, GB18030 nor "
             "Shift_JIS. Save it as “CSV UTF-8”, then choose that file."));
      return FALSE;
    }
  if (g_str_equal (self->encoding, STALL_ENCODING_UTF8))
    {
      self->stream = g_object_ref (self->file);
      return TRUE;
    }
  converter = g_charset_converter_new ("UTF-8", iconv_name (self->encoding), error);
  if (converter == NULL)
    return FALSE;
  self->stream = g_converter_input_stream_new (self->file, G_CONVERTER (converter));
  return TRUE;
}

static void
stall_text_reader_finalize (GObject *object)
{
  StallTextReader *self = STALL_TEXT_READER (object);

  g_clear_object (&self->stream);
  g_clear_object (&self->file);
  G_OBJECT_CLASS (stall_text_reader_parent_class)->finalize (object);
}

static void
stall_text_reader_class_init (StallTextReaderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = stall_text_reader_finalize;
}

static void
stall_text_reader_init (StallTextReader *self)
{
  self->line = 1;
}

/**
 * stall_text_reader_new:
 * @file: what to read
 * @encoding: (nullable): one of the `STALL_ENCODING_` names, or %NULL to find out from the first
 * 256 KiB
 * @error: return location
 *
 * Opens a text file. A file that is something else (a picture, a workbook, nothing at all) fails
 * with %STALL_ERROR_INVALID and a message that says what to do. Blocks.
 *
 * Returns: (transfer full) (nullable): the reader
 */
StallTextReader *
stall_text_reader_new (GFile *file, const char *encoding, GError **error)
{
  g_autoptr (StallTextReader) self = NULL;
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  self = g_object_new (STALL_TYPE_TEXT_READER, NULL);
  if (open_streams (self, file, encoding, &local_error))
    return g_steal_pointer (&self);
  if (local_error->domain == STALL_ERROR)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else
    {
      g_autofree char *name = g_file_get_parse_name (file);

      if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
        g_set_error (error, STALL_ERROR, STALL_ERROR_NOT_FOUND, _ ("There is no file “%s”."), name);
      else if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY))
        g_set_error (error, STALL_ERROR, STALL_ERROR_INVALID,
                     _ ("“%s” is a folder. Choose a CSV file."), name);
      else
        g_set_error (error, STALL_ERROR, STALL_ERROR_FAILED,
                     /* Translators: a file name and what the system says about it */
                     _ ("“%s” cannot be read: %s"), name, local_error->message);
    }
  return NULL;
}

/**
 * stall_text_reader_get_encoding:
 * @self: a reader
 *
 * Gets the encoding the file is read in.
 *
 * Returns: one of the `STALL_ENCODING_` names
 */
const char *
stall_text_reader_get_encoding (StallTextReader *self)
{
  g_return_val_if_fail (STALL_IS_TEXT_READER (self), NULL);
  return self->encoding;
}

/**
 * stall_text_reader_read:
 * @self: a reader
 * @buffer: (array length=size): where to put the text
 * @size: bytes that fit into @buffer, at least 16
 * @error: return location
 *
 * Reads the next piece of text without a byte order mark and without zero bytes. Pieces may end
 * inside a character. Bytes that are no text in the encoding fail with %STALL_ERROR_INVALID and
 * their line.
 *
 * Returns: bytes read; 0 at the end, -1 on error
 */
gssize
stall_text_reader_read (StallTextReader *self, char *buffer, gsize size, GError **error)
{
  gssize length;

  g_return_val_if_fail (STALL_IS_TEXT_READER (self), -1);
  g_return_val_if_fail (size >= 16, -1);

  if (self->stream == self->file)
    length = read_checked (self, buffer, size, error);
  else
    length = read_converted (self, buffer, size, error);
  if (length <= 0)
    return length;
  if (!self->started && starts_with (buffer, length, "\xEF\xBB\xBF", 3))
    {
      length -= 3;
      memmove (buffer, buffer + 3, length);
    }
  self->started = TRUE;
  self->line += count_newlines (buffer, length);
  return length;
}

/**
 * stall_text_reader_get_fraction:
 * @self: a reader
 *
 * Gets how much of the file has been read.
 *
 * Returns: 0 … 1
 */
double
stall_text_reader_get_fraction (StallTextReader *self)
{
  g_return_val_if_fail (STALL_IS_TEXT_READER (self), 0);

  if (self->size <= 0)
    return 0;
  return CLAMP ((double) g_seekable_tell (G_SEEKABLE (self->file)) / (double) self->size, 0, 1);
}
