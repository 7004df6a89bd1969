/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-core"

#include "config.h"

#include "stall-json-reader.h"

#include "stall-json.h"

#include <errno.h>
#include <string.h>

/* Makes json-glib's objects without its scanner, which is most of what reading costs, and what a
 * first pull costs is for a third reading. */

#define MAX_NUMBER 400 /* characters; the longest double that means something has fewer */

typedef struct
{
  const char *text;
  const char *end;
  GString *scratch;
  guint depth;
  StallJsonFault fault;
} Reader;

static JsonNode *read_value (Reader *self);

static gpointer
fail (Reader *self)
{
  if (self->fault == STALL_JSON_GOOD)
    self->fault = STALL_JSON_BROKEN;
  return NULL;
}

static void
skip_blanks (Reader *self)
{
  while (
      self->text < self->end
      && (*self->text == ' ' || *self->text == '\n' || *self->text == '\t' || *self->text == '\r'))
    self->text++;
}

static gboolean
take (Reader *self, char c)
{
  if (self->text == self->end || *self->text != c)
    return FALSE;
  self->text++;
  return TRUE;
}

/* Four hexadecimal digits; -1: there are none. */
static int
read_hex (Reader *self)
{
  int unit = 0;

  if (self->end - self->text < 4)
    return -1;
  for (guint i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (*self->text++);

      if (digit < 0)
        return -1;
      unit = unit * 16 + digit;
    }
  return unit;
}

/* Behind “\u”. */
static gboolean
read_unit (Reader *self)
{
  int unit = read_hex (self);
  int second;

  if (unit < 0 || (unit >= 0xDC00 && unit <= 0xDFFF))
    return FALSE;
  if (unit >= 0xD800 && unit <= 0xDBFF)
    {
      if (!take (self, '\\') || !take (self, 'u'))
        return FALSE;
      second = read_hex (self);
      if (second < 0xDC00 || second > 0xDFFF)
        return FALSE;
      unit = 0x10000 + ((unit - 0xD800) << 10) + (second - 0xDC00);
    }
  g_string_append_unichar (self->scratch, unit);
  return TRUE;
}

static gboolean
read_escape (Reader *self)
{
  static const char meanings[] = "\"\"\\\\//b\bf\fn\nr\rt\t";
  char c;

  if (self->text == self->end)
    return FALSE;
  c = *self->text++;
  if (c == 'u')
    return read_unit (self);
  for (const char *pair = meanings; *pair != '\0'; pair += 2)
    if (*pair == c)
      {
        g_string_append_c (self->scratch, pair[1]);
        return TRUE;
      }
  return FALSE;
}

/* A string, which is in the scratch then. Controls that were not escaped are taken as they are:
 * nothing is won by losing a document over them. */
static gboolean
read_string (Reader *self)
{
  g_string_truncate (self->scratch, 0);
  if (!take (self, '"'))
    return FALSE;
  for (;;)
    {
      const char *start = self->text;

      while (self->text < self->end && *self->text != '"' && *self->text != '\\')
        self->text++;
      g_string_append_len (self->scratch, start, self->text - start);
      if (take (self, '"'))
        return TRUE;
      if (!take (self, '\\') || !read_escape (self))
        return FALSE;
    }
}

static gsize
skip_digits (Reader *self)
{
  const char *start = self->text;

  while (self->text < self->end && g_ascii_isdigit (*self->text))
    self->text++;
  return self->text - start;
}

/* A whole number that a gint64 cannot hold is the nearest double. */
static JsonNode *
make_number (const char *text, gsize length, gboolean whole)
{
  JsonNode *node = json_node_alloc ();
  char copy[MAX_NUMBER + 1];
  gint64 number;

  memcpy (copy, text, length);
  copy[length] = '\0';
  errno = 0;
  number = whole ? g_ascii_strtoll (copy, NULL, 10) : 0;
  if (whole && errno == 0)
    return json_node_init_int (node, number);
  return json_node_init_double (node, g_ascii_strtod (copy, NULL));
}

static JsonNode *
read_number (Reader *self)
{
  const char *start = self->text;
  gboolean whole = TRUE;

  take (self, '-');
  /* No number begins with a nought that means nothing. */
  if (!take (self, '0') && skip_digits (self) == 0)
    return fail (self);
  if (take (self, '.'))
    {
      whole = FALSE;
      if (skip_digits (self) == 0)
        return fail (self);
    }
  if (take (self, 'e') || take (self, 'E'))
    {
      whole = FALSE;
      if (!take (self, '+'))
        take (self, '-');
      if (skip_digits (self) == 0)
        return fail (self);
    }
  if (self->text - start > MAX_NUMBER)
    return fail (self);
  return make_number (start, self->text - start, whole);
}

static JsonNode *
read_word (Reader *self, const char *word, JsonNode *node)
{
  gsize length = strlen (word);

  if ((gsize) (self->end - self->text) >= length && memcmp (self->text, word, length) == 0)
    {
      self->text += length;
      return node;
    }
  json_node_unref (node);
  return fail (self);
}

/* One member; its name is put by because the scratch is needed for its value. */
static gboolean
read_member (Reader *self, JsonObject *object)
{
  g_autofree char *name = NULL;
  JsonNode *value;

  skip_blanks (self);
  if (!read_string (self))
    return FALSE;
  name = g_strndup (self->scratch->str, self->scratch->len);
  skip_blanks (self);
  value = take (self, ':') ? read_value (self) : NULL;
  if (value == NULL)
    return FALSE;
  json_object_set_member (object, name, value);
  return TRUE;
}

static JsonNode *
read_object (Reader *self)
{
  g_autoptr (JsonObject) object = json_object_new ();
  gboolean good = TRUE;

  skip_blanks (self);
  if (!take (self, '}'))
    {
      do
        {
          good = read_member (self, object);
          skip_blanks (self);
        }
      while (good && take (self, ','));
      if (!good || !take (self, '}'))
        return fail (self);
    }
  self->depth--;
  return json_node_init_object (json_node_alloc (), object);
}

static JsonNode *
read_array (Reader *self)
{
  g_autoptr (JsonArray) array = json_array_new ();

  skip_blanks (self);
  if (!take (self, ']'))
    {
      do
        {
          JsonNode *element = read_value (self);

          if (element == NULL)
            return fail (self);
          json_array_add_element (array, element);
          skip_blanks (self);
        }
      while (take (self, ','));
      if (!take (self, ']'))
        return fail (self);
    }
  self->depth--;
  return json_node_init_array (json_node_alloc (), array);
}

static JsonNode *
read_nested (Reader *self)
{
  if (++self->depth > STALL_JSON_MAX_DEPTH)
    {
      self->fault = STALL_JSON_TOO_DEEP;
      return NULL;
    }
  return *self->text++ == '{' ? read_object (self) : read_array (self);
}

static JsonNode *
read_value (Reader *self)
{
  skip_blanks (self);
  if (self->text == self->end)
    return fail (self);
  switch (*self->text)
    {
    case '{':
    case '[':
      return read_nested (self);
    case '"':
      if (!read_string (self))
        return fail (self);
      return json_node_init_string (json_node_alloc (), self->scratch->str);
    case 't':
      return read_word (self, "true", json_node_init_boolean (json_node_alloc (), TRUE));
    case 'f':
      return read_word (self, "false", json_node_init_boolean (json_node_alloc (), FALSE));
    case 'n':
      return read_word (self, "null", json_node_init_null (json_node_alloc ()));
    default:
      return read_number (self);
    }
}

/**
 * stall_json_read:
 * @text: a text
 * @length: bytes
 * @fault: (out): what stands in the way
 * @place: (out): after how many bytes
 *
 * Reads JSON (RFC 8259). Of members with the same name the last one counts, and of a string
 * what comes before U+0000.
 *
 * Returns: (transfer full) (nullable): the value
 */
JsonNode *
stall_json_read (const char *text, gsize length, StallJsonFault *fault, gsize *place)
{
  g_autoptr (GString) scratch = g_string_sized_new (256);
  Reader self = { .text = text, .end = text + length, .scratch = scratch };
  JsonNode *root = NULL;

  if (g_utf8_validate_len (text, length, &self.text))
    {
      self.text = text;
      /* A byte order mark is no part of it. */
      if (length >= 3 && memcmp (text, "\xEF\xBB\xBF", 3) == 0)
        self.text += 3;
      root = read_value (&self);
      skip_blanks (&self);
    }
  if (root != NULL && self.text < self.end)
    g_clear_pointer (&root, json_node_unref);
  if (root == NULL)
    fail (&self);
  *fault = self.fault;
  *place = self.text - text;
  return root;
}
