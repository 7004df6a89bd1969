/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-sync"

#include "config.h"

#include "stall-json-splitter.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "stall-json.h"
#include "stall-sync-error.h"
#include "stall-sync-limits.h"

#define MAX_OUTER (1024 * 1024)
#define STRETCH 1024
#define RESULTS_DEPTH 2 /* the object and its array */

struct _StallJsonSplitter
{
  StallJsonElement element;
  gpointer data;
  GString *outer;   /* what is not inside the results */
  GString *pending; /* of a result that began in an earlier piece */
  guint depth;
  gsize blanks;
  gboolean in_string;
  gboolean escaped;
  gboolean in_results;
  gboolean in_element;
  gboolean too_large; /* the result that is gone through now */
  gboolean ended;
  guint n_left_out;
};

/* The quotation mark or backslash that comes next in a string, or @end. A picture inside a document
 * is a string of a megabyte; one of nothing but backslashes must not take longer. */
static const char *
find_end (const char *text, const char *end)
{
  for (; text < end; text += MIN (end - text, STRETCH))
    {
      gsize size = MIN (end - text, STRETCH);
      const char *quote = memchr (text, '"', size);
      const char *escape = memchr (text, '\\', quote != NULL ? (gsize) (quote - text) : size);

      if (escape != NULL || quote != NULL)
        return escape != NULL ? escape : quote;
    }
  return end;
}

/**
 * stall_json_splitter_new:
 * @element: called for every result
 * @data: handed to @element
 *
 * Returns: (transfer full): a splitter for one answer
 */
StallJsonSplitter *
stall_json_splitter_new (StallJsonElement element, gpointer data)
{
  StallJsonSplitter *self = g_new0 (StallJsonSplitter, 1);

  self->element = element;
  self->data = data;
  self->outer = g_string_new (NULL);
  self->pending = g_string_new (NULL);
  return self;
}

void
stall_json_splitter_free (StallJsonSplitter *self)
{
  g_string_free (self->outer, TRUE);
  g_string_free (self->pending, TRUE);
  g_free (self);
}

/* These return NULL, which is FALSE as well. */
static gpointer
fail (GError **error, const char *message)
{
  g_set_error_literal (error, STALL_SYNC_ERROR, STALL_SYNC_ERROR_MALFORMED, message);
  return NULL;
}

static gpointer
fail_shape (GError **error)
{
  return fail (error,
               _ ("The platform’s answer is not what it should be. It will be asked again."));
}

static gpointer
fail_size (GError **error)
{
  return fail (error, _ ("The platform’s answer is larger than any document may be."));
}

/* Whether the array that begins now is the results. */
static gboolean
begins_results (StallJsonSplitter *self)
{
  static const char name[] = "\"results\"";
  gsize length = self->outer->len;

  while (length > 0 && g_ascii_isspace (self->outer->str[length - 1]))
    length--;
  if (length == 0 || self->outer->str[--length] != ':')
    return FALSE;
  while (length > 0 && g_ascii_isspace (self->outer->str[length - 1]))
    length--;
  return length >= sizeof name - 1
         && memcmp (self->outer->str + length - (sizeof name - 1), name, sizeof name - 1) == 0;
}

static gboolean
deliver (StallJsonSplitter *self, const char *text, gsize size, GError **error)
{
  gboolean good;

  self->in_element = FALSE;
  if (self->too_large)
    {
      self->too_large = FALSE;
      self->n_left_out++;
      return TRUE;
    }
  if (self->pending->len == 0)
    return self->element (text, size, self->data, error);
  g_string_append_len (self->pending, text, size);
  good = self->element (self->pending->str, self->pending->len, self->data, error);
  g_string_truncate (self->pending, 0);
  return good;
}

/* One that is larger or deeper than any document may be is not kept, and the rest goes on. */
static void
leave_out (StallJsonSplitter *self)
{
  self->too_large = TRUE;
  g_string_free (self->pending, TRUE);
  self->pending = g_string_new (NULL);
}

/* Goes on inside a result, up to its end or that of the piece. */
static const char *
scan_element (StallJsonSplitter *self, const char *text, const char *end, GError **error)
{
  const char *start = text;

  for (; text < end; text++)
    {
      char c = *text;

      if (self->escaped)
        self->escaped = FALSE;
      else if (self->in_string)
        {
          text = find_end (text, end);
          if (text == end)
            break;
          self->escaped = *text == '\\';
          self->in_string = self->escaped;
        }
      else if (c == '"')
        self->in_string = TRUE;
      else if (c == '{' || c == '[')
        {
          if (++self->depth > STALL_SYNC_MAX_DEPTH && !self->too_large)
            leave_out (self);
        }
      else if ((c == '}' || c == ']') && --self->depth == RESULTS_DEPTH)
        return deliver (self, start, text + 1 - start, error) ? text + 1 : NULL;
    }
  if (!self->too_large && self->pending->len + (end - start) > STALL_SYNC_MAX_ELEMENT)
    leave_out (self);
  if (!self->too_large)
    g_string_append_len (self->pending, start, end - start);
  return end;
}

/* Between two results there are commas and white space, a heartbeat say. */
static gboolean
scan_between (StallJsonSplitter *self, char c, GError **error)
{
  if (c == ']')
    {
      self->in_results = FALSE;
      self->depth--;
      g_string_append_c (self->outer, c);
    }
  else if (c != ',' && !g_ascii_isspace (c))
    return fail_shape (error) != NULL;
  else if (++self->blanks > STALL_SYNC_MAX_BLANKS)
    return fail_size (error) != NULL;
  return TRUE;
}

static gboolean
scan_outer (StallJsonSplitter *self, char c, GError **error)
{
  if (self->ended || (self->depth == 0 && c != '{'))
    {
      if (!g_ascii_isspace (c))
        return fail_shape (error) != NULL;
      return ++self->blanks <= STALL_SYNC_MAX_BLANKS || fail_size (error) != NULL;
    }
  if (self->outer->len > MAX_OUTER || self->depth > STALL_SYNC_MAX_DEPTH)
    return fail_size (error) != NULL;
  if (self->in_string)
    {
      if (self->escaped)
        self->escaped = FALSE;
      else if (c == '\\')
        self->escaped = TRUE;
      else if (c == '"')
        self->in_string = FALSE;
    }
  else if (c == '"')
    self->in_string = TRUE;
  else if (c == '{' || c == '[')
    {
      self->in_results = c == '[' && self->depth == 1 && begins_results (self);
      self->depth++;
    }
  else if (c == '}' || c == ']')
    self->ended = --self->depth == 0;
  g_string_append_c (self->outer, c);
  return TRUE;
}

/**
 * stall_json_splitter_feed:
 * @self: a splitter
 * @text: the next piece of the answer
 * @size: its bytes
 * @error: return location
 *
 * Goes on. Every result that ends in this piece is handed on.
 *
 * Returns: %FALSE when the answer is not what it should be, or a result was not taken
 */
gboolean
stall_json_splitter_feed (StallJsonSplitter *self, const char *text, gsize size, GError **error)
{
  const char *end = text + size;

  while (text < end)
    {
      if (self->in_element)
        {
          text = scan_element (self, text, end, error);
          if (text == NULL)
            return FALSE;
          continue;
        }
      if (self->in_results && *text == '{')
        {
          /* The brace belongs to the element, and the depth is counted where it is scanned. */
          self->in_element = TRUE;
          self->blanks = 0;
          continue;
        }
      if (!(self->in_results ? scan_between (self, *text, error) : scan_outer (self, *text, error)))
        return FALSE;
      text++;
    }
  return TRUE;
}

/**
 * stall_json_splitter_get_n_left_out:
 * @self: a splitter
 *
 * Returns: how many results were larger or deeper than any document may be, and not handed on
 */
guint
stall_json_splitter_get_n_left_out (StallJsonSplitter *self)
{
  return self->n_left_out;
}

/**
 * stall_json_splitter_finish:
 * @self: a splitter that got the whole answer
 * @error: return location for a %STALL_SYNC_ERROR_MALFORMED
 *
 * Returns: (transfer full) (nullable): what stands around the results; %NULL when the answer was
 *   cut off
 */
char *
stall_json_splitter_finish (StallJsonSplitter *self, GError **error)
{
  if (self->ended)
    return g_strdup (self->outer->str);
  return fail (error, _ ("The platform’s answer broke off. It will be asked again."));
}

static void
skip_blanks (StallJsonMembers *self)
{
  while (self->text < self->end && g_ascii_isspace (*self->text))
    self->text++;
}

static gboolean
break_off (StallJsonMembers *self)
{
  self->broken = TRUE;
  self->text = self->end;
  return FALSE;
}

/* Past a string; @text stands on its first quotation mark. */
static const char *
skip_string (const char *text, const char *end)
{
  for (text = find_end (text + 1, end); text < end; text = find_end (text + 2, end))
    if (*text == '"')
      return text + 1;
  return NULL;
}

/* Past an object or array; @text stands on its first brace. */
static const char *
skip_nested (const char *text, const char *end)
{
  guint depth = 0;

  while (text != NULL && text < end)
    {
      if (*text == '"')
        {
          text = skip_string (text, end);
          continue;
        }
      if (*text == '{' || *text == '[')
        depth++;
      else if ((*text == '}' || *text == ']') && --depth == 0)
        return text + 1;
      text++;
    }
  return NULL;
}

static gboolean
take_value (StallJsonMembers *self, StallJsonSlice *value)
{
  const char *end;

  skip_blanks (self);
  if (self->text == self->end)
    return break_off (self);
  if (*self->text == '"')
    end = skip_string (self->text, self->end);
  else if (*self->text == '{' || *self->text == '[')
    end = skip_nested (self->text, self->end);
  else
    for (end = self->text; end < self->end && strchr (",}] \t\r\n:\"", *end) == NULL; end++)
      ;
  if (end == NULL || end == self->text)
    return break_off (self);
  *value = (StallJsonSlice) { self->text, end - self->text };
  self->text = end;
  skip_blanks (self);
  return TRUE;
}

/* To the next member or element: past the comma, or to the end. */
static gboolean
step (StallJsonMembers *self)
{
  skip_blanks (self);
  if (self->text == self->end)
    return FALSE;
  if (!self->begun)
    {
      self->begun = TRUE;
      return TRUE;
    }
  if (*self->text != ',')
    return break_off (self);
  self->text++;
  return TRUE;
}

/**
 * stall_json_members_init:
 * @self: (out caller-allocates): an iterator
 * @text: an object or an array, whole
 * @size: its bytes
 *
 * Begins before the first member or element.
 */
void
stall_json_members_init (StallJsonMembers *self, const char *text, gsize size)
{
  char close;

  self->text = text;
  self->end = text + size;
  self->broken = FALSE;
  self->begun = FALSE;
  skip_blanks (self);
  while (self->end > self->text && g_ascii_isspace (self->end[-1]))
    self->end--;
  close = self->text < self->end && *self->text == '[' ? ']' : '}';
  if (self->end - self->text < 2 || (*self->text != '{' && *self->text != '[')
      || self->end[-1] != close)
    {
      break_off (self);
      return;
    }
  self->text++;
  self->end--;
}

/**
 * stall_json_members_next:
 * @self: an iterator of an object
 * @name: (out): the member's name, with its quotation marks
 * @value: (out): its value
 *
 * Returns: %FALSE at the end, or where the text is no object
 */
gboolean
stall_json_members_next (StallJsonMembers *self, StallJsonSlice *name, StallJsonSlice *value)
{
  if (!step (self))
    return FALSE;
  if (!take_value (self, name) || *name->text != '"')
    return break_off (self);
  if (self->text == self->end || *self->text != ':')
    return break_off (self);
  self->text++;
  return take_value (self, value);
}

gboolean
stall_json_elements_next (StallJsonMembers *self, StallJsonSlice *value)
{
  return step (self) && take_value (self, value);
}

gboolean
stall_json_slice_is (const StallJsonSlice *self, const char *text)
{
  return strlen (text) == self->size && memcmp (self->text, text, self->size) == 0;
}

/* A string with escapes is read by who knows them all. */
static char *
unescape (const StallJsonSlice *slice)
{
  g_autofree char *text = g_strdup_printf ("{\"a\":%.*s}", (int) slice->size, slice->text);
  g_autoptr (JsonObject) object = NULL;

  /* A C string cannot hold it. */
  if (strstr (text, "\\u0000") != NULL)
    return NULL;
  object = stall_json_parse_object (text, -1, NULL);
  return object != NULL ? g_strdup (stall_json_get_string (object, "a", NULL)) : NULL;
}

/**
 * stall_json_slice_to_string:
 * @self: a value
 *
 * Returns: (transfer full) (nullable): the string; %NULL when it is none or has U+0000 in it
 */
char *
stall_json_slice_to_string (const StallJsonSlice *self)
{
  if (self->size < 2 || *self->text != '"' || self->size > G_MAXINT16)
    return NULL;
  if (memchr (self->text, '\\', self->size) != NULL)
    return unescape (self);
  if (!g_utf8_validate_len (self->text + 1, self->size - 2, NULL))
    return NULL;
  return g_strndup (self->text + 1, self->size - 2);
}

/**
 * stall_json_slice_to_int:
 * @self: a value
 *
 * Returns: the number; -1 when it is not a whole one of 0 or more
 */
gint64
stall_json_slice_to_int (const StallJsonSlice *self)
{
  gint64 number = 0;

  if (self->size == 0 || self->size > 18)
    return -1;
  for (gsize i = 0; i < self->size; i++)
    {
      if (!g_ascii_isdigit (self->text[i]))
        return -1;
      number = number * 10 + (self->text[i] - '0');
    }
  return number;
}
