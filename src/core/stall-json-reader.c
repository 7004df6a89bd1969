/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-core"

#include "config.h"

#include "stall-json-reader.h"

#include "stall-json.h"

#include <string.h>
#include <yyjson.h>

/* json-glib's own scanner is most of what reading costs, and reading is a third of a first pull. So
 * yyjson reads, and here its values become json-glib's. */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (yyjson_doc, yyjson_doc_free)

static JsonNode *make_node (yyjson_val *value, guint depth);

static JsonNode *
make_object (yyjson_val *value, guint depth)
{
  g_autoptr (JsonObject) object = json_object_new ();
  yyjson_obj_iter iter = yyjson_obj_iter_with (value);
  yyjson_val *name;

  while ((name = yyjson_obj_iter_next (&iter)) != NULL)
    {
      JsonNode *member = make_node (yyjson_obj_iter_get_val (name), depth);

      if (member == NULL)
        return NULL;
      json_object_set_member (object, yyjson_get_str (name), member);
    }
  return json_node_init_object (json_node_alloc (), object);
}

static JsonNode *
make_array (yyjson_val *value, guint depth)
{
  g_autoptr (JsonArray) array = json_array_sized_new (yyjson_arr_size (value));
  yyjson_arr_iter iter = yyjson_arr_iter_with (value);
  yyjson_val *item;

  while ((item = yyjson_arr_iter_next (&iter)) != NULL)
    {
      JsonNode *element = make_node (item, depth);

      if (element == NULL)
        return NULL;
      json_array_add_element (array, element);
    }
  return json_node_init_array (json_node_alloc (), array);
}

/* A number that neither a gint64 nor a double holds as it is becomes the nearest double. */
static JsonNode *
make_number (yyjson_val *value)
{
  JsonNode *node = json_node_alloc ();

  if (yyjson_is_raw (value))
    return json_node_init_double (node, g_ascii_strtod (yyjson_get_raw (value), NULL));
  if (yyjson_is_real (value))
    return json_node_init_double (node, yyjson_get_real (value));
  if (yyjson_is_uint (value) && yyjson_get_uint (value) > G_MAXINT64)
    return json_node_init_double (node, (double) yyjson_get_uint (value));
  return json_node_init_int (node, yyjson_get_sint (value));
}

/* %NULL: it lies deeper than @depth more levels. */
static JsonNode *
make_node (yyjson_val *value, guint depth)
{
  switch (yyjson_get_type (value))
    {
    case YYJSON_TYPE_OBJ:
      return depth > 0 ? make_object (value, depth - 1) : NULL;
    case YYJSON_TYPE_ARR:
      return depth > 0 ? make_array (value, depth - 1) : NULL;
    case YYJSON_TYPE_STR:
      return json_node_init_string (json_node_alloc (), yyjson_get_str (value));
    case YYJSON_TYPE_BOOL:
      return json_node_init_boolean (json_node_alloc (), yyjson_get_bool (value));
    case YYJSON_TYPE_NULL:
      return json_node_init_null (json_node_alloc ());
    default:
      return make_number (value);
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
  /* A byte order mark is no part of it. */
  gsize mark = length >= 3 && memcmp (text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
  yyjson_read_err problem = { 0 };
  g_autoptr (yyjson_doc) document = yyjson_read_opts ((char *) text + mark, length - mark,
                                                      YYJSON_READ_BIGNUM_AS_RAW, NULL, &problem);
  JsonNode *root = NULL;

  *fault = STALL_JSON_BROKEN;
  *place = mark + problem.pos;
  if (document == NULL)
    return NULL;
  root = make_node (yyjson_doc_get_root (document), STALL_JSON_MAX_DEPTH);
  *fault = root != NULL ? STALL_JSON_GOOD : STALL_JSON_TOO_DEEP;
  return root;
}
