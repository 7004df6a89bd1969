/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-core"

#include "config.h"

#include "stall-json.h"

#include "stall-error.h"
#include "stall-json-reader.h"
#include "stall-time.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

static JsonNode *
get_value (JsonObject *object, const char *member)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? node : NULL;
}

static JsonNode *
copy_node (JsonNode *node)
{
  JsonNode *copy;

  switch (JSON_NODE_TYPE (node))
    {
    case JSON_NODE_OBJECT:
      copy = json_node_new (JSON_NODE_OBJECT);
      json_node_take_object (copy, stall_json_copy_object (json_node_get_object (node)));
      return copy;

    case JSON_NODE_ARRAY:
      {
        JsonArray *array = json_node_get_array (node);
        guint n = json_array_get_length (array);
        JsonArray *array_copy = json_array_sized_new (n);

        for (guint i = 0; i < n; i++)
          json_array_add_element (array_copy, copy_node (json_array_get_element (array, i)));
        copy = json_node_new (JSON_NODE_ARRAY);
        json_node_take_array (copy, array_copy);
        return copy;
      }

    case JSON_NODE_VALUE:
    case JSON_NODE_NULL:
    default:
      return json_node_copy (node);
    }
}

/**
 * stall_json_get_string:
 * @object: (nullable): an object
 * @member: name of a member
 * @fallback: (nullable): what a missing member or one of another type reads as
 *
 * Returns: (transfer none) (nullable): the string; lives as long as @object keeps it
 */
const char *
stall_json_get_string (JsonObject *object, const char *member, const char *fallback)
{
  JsonNode *node = get_value (object, member);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : fallback;
}

/**
 * stall_json_get_int:
 * @object: (nullable): an object
 * @member: name of a member
 * @fallback: what a missing member or one of another type reads as
 *
 * A whole number written with a fraction, 3.0, is one too: not every peer tells them apart.
 *
 * Returns: the number
 */
gint64
stall_json_get_int (JsonObject *object, const char *member, gint64 fallback)
{
  JsonNode *node = get_value (object, member);
  double value;

  if (node == NULL)
    return fallback;
  if (json_node_get_value_type (node) == G_TYPE_INT64)
    return json_node_get_int (node);
  if (json_node_get_value_type (node) != G_TYPE_DOUBLE)
    return fallback;

  value = json_node_get_double (node);
  return fabs (value) <= (1LL << 53) && trunc (value) == value ? (gint64) value : fallback;
}

/**
 * stall_json_get_boolean:
 * @object: (nullable): an object
 * @member: name of a member
 * @fallback: what a missing member or one of another type reads as
 *
 * Returns: the truth value
 */
gboolean
stall_json_get_boolean (JsonObject *object, const char *member, gboolean fallback)
{
  JsonNode *node = get_value (object, member);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_BOOLEAN
             ? json_node_get_boolean (node)
             : fallback;
}

/**
 * stall_json_get_object:
 * @object: (nullable): an object
 * @member: name of a member
 *
 * Returns: (transfer none) (nullable): the inner object, or %NULL when there is none
 */
JsonObject *
stall_json_get_object (JsonObject *object, const char *member)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/**
 * stall_json_get_array:
 * @object: (nullable): an object
 * @member: name of a member
 *
 * Returns: (transfer none) (nullable): the array, or %NULL when there is none
 */
JsonArray *
stall_json_get_array (JsonObject *object, const char *member)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

/**
 * stall_json_get_strv:
 * @object: (nullable): an object
 * @member: name of a member
 *
 * The strings of an array; elements of other types are passed over.
 *
 * Returns: (transfer full): the strings; empty when there is no array
 */
GStrv
stall_json_get_strv (JsonObject *object, const char *member)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonArray *array = stall_json_get_array (object, member);
  guint n = array != NULL ? json_array_get_length (array) : 0;

  for (guint i = 0; i < n; i++)
    {
      JsonNode *element = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_VALUE (element) && json_node_get_value_type (element) == G_TYPE_STRING)
        g_strv_builder_add (builder, json_node_get_string (element));
    }

  return g_strv_builder_end (builder);
}

/**
 * stall_json_set_string:
 * @object: an object
 * @member: name of a member
 * @value: (nullable): a string; "" or %NULL removes the member
 *
 * Writes only what is another string than before, so that a member of an unknown shape stays until
 * a person gives it a value.
 */
void
stall_json_set_string (JsonObject *object, const char *member, const char *value)
{
  g_return_if_fail (object != NULL && member != NULL);

  if (value == NULL)
    value = "";
  if (strcmp (stall_json_get_string (object, member, ""), value) == 0)
    return;
  if (*value == '\0')
    json_object_remove_member (object, member);
  else
    json_object_set_string_member (object, member, value);
}

/**
 * stall_json_set_strv:
 * @object: an object
 * @member: name of a member
 * @values: (nullable) (array zero-terminated=1): strings; none or %NULL removes the member
 */
void
stall_json_set_strv (JsonObject *object, const char *member, const char *const *values)
{
  JsonArray *array;

  g_return_if_fail (object != NULL && member != NULL);

  if (values == NULL || values[0] == NULL)
    {
      json_object_remove_member (object, member);
      return;
    }

  array = json_array_new ();
  for (guint i = 0; values[i] != NULL; i++)
    json_array_add_string_element (array, values[i]);
  json_object_set_array_member (object, member, array);
}

/**
 * stall_json_copy_object:
 * @object: an object
 *
 * Returns: (transfer full): a copy to every depth, members in the same order
 */
JsonObject *
stall_json_copy_object (JsonObject *object)
{
  JsonObject *copy;
  JsonObjectIter iter;
  const char *member;
  JsonNode *node;

  g_return_val_if_fail (object != NULL, NULL);

  copy = json_object_new ();
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &member, &node))
    json_object_set_member (copy, member, copy_node (node));
  return copy;
}

/**
 * stall_json_parse_object:
 * @text: UTF-8 text of one JSON object
 * @length: bytes, or -1 when @text ends in NUL
 * @error: return location for a %STALL_ERROR_INVALID
 *
 * Reads strict JSON (RFC 8259) of at most %STALL_JSON_MAX_BYTES and %STALL_JSON_MAX_DEPTH levels.
 * Of members with the same name the last one counts.
 *
 * Returns: (transfer full): the object, or %NULL
 */
JsonObject *
stall_json_parse_object (const char *text, gssize length, GError **error)
{
  g_autoptr (JsonNode) root = NULL;
  StallJsonFault fault;
  gsize place;

  g_return_val_if_fail (text != NULL, NULL);

  if (length < 0)
    length = strlen (text);
  if (length > STALL_JSON_MAX_BYTES)
    {
      g_set_error (error, STALL_ERROR, STALL_ERROR_INVALID,
                   _ ("A document may have %d MB at most, and this one is larger."),
                   STALL_JSON_MAX_BYTES / (1024 * 1024));
      return NULL;
    }
  root = stall_json_read (text, length, &fault, &place);
  if (fault == STALL_JSON_TOO_DEEP)
    g_set_error (error, STALL_ERROR, STALL_ERROR_INVALID,
                 _ ("A document may be nested %d levels deep, and this one is deeper."),
                 STALL_JSON_MAX_DEPTH);
  else if (root == NULL)
    g_set_error (error, STALL_ERROR, STALL_ERROR_INVALID,
                 _ ("This is not valid JSON, from byte %u on."), (guint) place);
  else if (!JSON_NODE_HOLDS_OBJECT (root))
    g_set_error (error, STALL_ERROR, STALL_ERROR_INVALID,
                 _ ("A document must be a JSON object, and this is something else."));
  else
    return json_node_dup_object (root);
  return NULL;
}

/* What RFC 8259 section 7 says must be escaped: the quotation mark, the backslash, controls. */
static void
append_escaped (GString *text, const char *value, gsize length)
{
  static const char digits[] = "0123456789abcdef";
  static const char short_forms[0x20] = {
    ['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f', ['\r'] = 'r',
  };
  gsize start = 0;

  for (gsize i = 0; i < length; i++)
    {
      guchar c = value[i];

      if (c >= 0x20 && c != '"' && c != '\\')
        continue;

      g_string_append_len (text, value + start, i - start);
      start = i + 1;
      g_string_append_c (text, '\\');
      if (c >= 0x20)
        g_string_append_c (text, c);
      else if (short_forms[c] != '\0')
        g_string_append_c (text, short_forms[c]);
      else
        {
          g_string_append_len (text, "u00", 3);
          g_string_append_c (text, digits[c >> 4]);
          g_string_append_c (text, digits[c & 15]);
        }
    }
  g_string_append_len (text, value + start, length - start);
}

static void
append_string (GString *text, const char *value)
{
  gsize length = strlen (value);

  g_string_append_c (text, '"');
  if (g_utf8_validate_len (value, length, NULL))
    append_escaped (text, value, length);
  else
    {
      g_autofree char *valid = g_utf8_make_valid (value, length);

      append_escaped (text, valid, strlen (valid));
    }
  g_string_append_c (text, '"');
}

static void
begin_value (StallJsonWriter *self, const char *member)
{
  if (self->comma)
    g_string_append_c (self->text, ',');
  self->comma = TRUE;
  if (member != NULL)
    {
      g_string_append_c (self->text, '"');
      append_escaped (self->text, member, strlen (member));
      g_string_append_len (self->text, "\":", 2);
    }
}

static void
append_int (GString *text, gint64 value)
{
  char buffer[20];
  char *start = buffer + sizeof buffer;
  guint64 rest = value < 0 ? -(guint64) value : (guint64) value;

  do
    {
      *--start = '0' + rest % 10;
      rest /= 10;
    }
  while (rest > 0);
  if (value < 0)
    *--start = '-';
  g_string_append_len (text, start, buffer + sizeof buffer - start);
}

/* The fewest digits that read back as the same number. */
static void
append_double (GString *text, double value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  const char *formats[] = { "%.15g", "%.16g", "%.17g" };

  /* JSON has no infinity, but a number past the range of a double reads as one. */
  if (!isfinite (value))
    {
      g_string_append (text, value < 0 ? "-1e999" : "1e999");
      return;
    }

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_ascii_formatd (buffer, sizeof buffer, formats[i], value);
      if (g_ascii_strtod (buffer, NULL) == value)
        break;
    }
  g_string_append (text, buffer);
  if (strpbrk (buffer, ".e") == NULL)
    g_string_append (text, ".0");
}

static void
write_scalar (StallJsonWriter *self, const char *member, JsonNode *node)
{
  GType type = json_node_get_value_type (node);

  if (type == G_TYPE_STRING)
    stall_json_writer_string (self, member, json_node_get_string (node));
  else if (type == G_TYPE_INT64)
    stall_json_writer_int (self, member, json_node_get_int (node));
  else if (type == G_TYPE_BOOLEAN)
    stall_json_writer_boolean (self, member, json_node_get_boolean (node));
  else
    {
      begin_value (self, member);
      if (type == G_TYPE_DOUBLE)
        append_double (self->text, json_node_get_double (node));
      else
        g_string_append (self->text, "null");
    }
}

static void
write_node (StallJsonWriter *self, const char *member, JsonNode *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObjectIter iter;
      const char *name;
      JsonNode *value;

      stall_json_writer_begin_object (self, member);
      json_object_iter_init_ordered (&iter, json_node_get_object (node));
      while (json_object_iter_next_ordered (&iter, &name, &value))
        write_node (self, name, value);
      stall_json_writer_end_object (self);
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);
      guint n = json_array_get_length (array);

      stall_json_writer_begin_array (self, member);
      for (guint i = 0; i < n; i++)
        write_node (self, NULL, json_array_get_element (array, i));
      stall_json_writer_end_array (self);
    }
  else
    write_scalar (self, member, node);
}

/**
 * stall_json_to_string:
 * @object: an object
 * @length: (out) (optional): bytes of the text
 *
 * Writes an object without white space, its members in their order. (json-glib's generator writes
 * 0.1 as 0.10000000000000001 and a number past the range of a double as “inf”.)
 *
 * Returns: (transfer full): JSON text
 */
char *
stall_json_to_string (JsonObject *object, gsize *length)
{
  g_autoptr (JsonNode) node = NULL;
  StallJsonWriter writer;

  g_return_val_if_fail (object != NULL, NULL);

  node = json_node_init_object (json_node_alloc (), object);
  stall_json_writer_init (&writer, 1024);
  write_node (&writer, NULL, node);
  if (length != NULL)
    *length = writer.text->len;
  return g_string_free_and_steal (g_steal_pointer (&writer.text));
}

/**
 * stall_json_writer_init:
 * @self: (out caller-allocates): a writer
 * @size: bytes to make room for
 *
 * Begins an empty text; stall_json_writer_end() ends it.
 */
void
stall_json_writer_init (StallJsonWriter *self, gsize size)
{
  g_return_if_fail (self != NULL);

  self->text = g_string_sized_new (size);
  self->comma = FALSE;
}

/**
 * stall_json_writer_begin_object:
 * @self: a writer
 * @member: (nullable): its name in the object around it, or %NULL in an array and at the top
 */
void
stall_json_writer_begin_object (StallJsonWriter *self, const char *member)
{
  begin_value (self, member);
  g_string_append_c (self->text, '{');
  self->comma = FALSE;
}

/**
 * stall_json_writer_end_object:
 * @self: a writer
 */
void
stall_json_writer_end_object (StallJsonWriter *self)
{
  g_string_append_c (self->text, '}');
  self->comma = TRUE;
}

/**
 * stall_json_writer_begin_array:
 * @self: a writer
 * @member: (nullable): its name in the object around it, or %NULL in an array
 */
void
stall_json_writer_begin_array (StallJsonWriter *self, const char *member)
{
  begin_value (self, member);
  g_string_append_c (self->text, '[');
  self->comma = FALSE;
}

/**
 * stall_json_writer_end_array:
 * @self: a writer
 */
void
stall_json_writer_end_array (StallJsonWriter *self)
{
  g_string_append_c (self->text, ']');
  self->comma = TRUE;
}

/**
 * stall_json_writer_string:
 * @self: a writer
 * @member: (nullable): its name, or %NULL in an array
 * @value: (nullable): a string; %NULL writes nothing, bytes that are not UTF-8 become U+FFFD
 */
void
stall_json_writer_string (StallJsonWriter *self, const char *member, const char *value)
{
  if (value == NULL)
    return;
  begin_value (self, member);
  append_string (self->text, value);
}

/**
 * stall_json_writer_int:
 * @self: a writer
 * @member: (nullable): its name, or %NULL in an array
 * @value: a number
 */
void
stall_json_writer_int (StallJsonWriter *self, const char *member, gint64 value)
{
  begin_value (self, member);
  append_int (self->text, value);
}

/**
 * stall_json_writer_boolean:
 * @self: a writer
 * @member: (nullable): its name, or %NULL in an array
 * @value: a truth value
 */
void
stall_json_writer_boolean (StallJsonWriter *self, const char *member, gboolean value)
{
  begin_value (self, member);
  g_string_append (self->text, value ? "true" : "false");
}

/**
 * stall_json_writer_time:
 * @self: a writer
 * @member: (nullable): its name, or %NULL in an array
 * @time: a time; %STALL_TIME_NONE writes nothing
 */
void
stall_json_writer_time (StallJsonWriter *self, const char *member, gint64 time)
{
  char buffer[32];
  gsize length = stall_time_write (time, buffer);

  if (length == 0)
    return;
  begin_value (self, member);
  g_string_append_c (self->text, '"');
  g_string_append_len (self->text, buffer, length);
  g_string_append_c (self->text, '"');
}

/**
 * stall_json_writer_money:
 * @self: a writer
 * @member: (nullable): its name, or %NULL in an array
 * @amount: minor units
 * @currency: ISO 4217 code
 */
void
stall_json_writer_money (StallJsonWriter *self,
                         const char *member,
                         gint64 amount,
                         const char *currency)
{
  stall_json_writer_begin_object (self, member);
  stall_json_writer_int (self, "amount", amount);
  stall_json_writer_string (self, "currency", currency);
  stall_json_writer_end_object (self);
}

/**
 * stall_json_writer_end:
 * @self: a writer
 *
 * Ends the text and takes it out of the writer.
 *
 * Returns: (transfer full): the text, without a NUL at its end
 */
GBytes *
stall_json_writer_end (StallJsonWriter *self)
{
  return g_string_free_to_bytes (g_steal_pointer (&self->text));
}
