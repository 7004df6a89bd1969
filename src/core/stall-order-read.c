/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-core"

#include "config.h"

#include "stall-order-private.h"

#include "stall-error.h"

#include <glib/gi18n-lib.h>

/*
 * stall_order_read_array:
 * @root: members of a document
 * @member: name of a member that may be missing
 * @array: (out) (transfer none) (nullable): the array, or %NULL when it is missing
 *
 * Returns: %FALSE when the member is something else
 */
gboolean
stall_order_read_array (JsonObject *root, const char *member, JsonArray **array)
{
  JsonNode *node = json_object_get_member (root, member);

  *array = stall_json_get_array (root, member);
  return *array != NULL || node == NULL || JSON_NODE_HOLDS_NULL (node);
}

/*
 * stall_order_read_time:
 * @root: members of a document
 * @member: name of a member that may be missing
 * @time: (inout): left alone when it is missing
 *
 * Returns: %FALSE when the member is not a time
 */
gboolean
stall_order_read_time (JsonObject *root, const char *member, StallTime *time)
{
  JsonNode *node = json_object_get_member (root, member);
  const char *text = stall_json_get_string (root, member, NULL);

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return TRUE;

  return text != NULL && stall_time_parse (text, time);
}

/*
 * stall_order_read_element:
 * @array: an array
 * @index: below its length
 *
 * Returns: (transfer none) (nullable): the object there, or %NULL when it is something else
 */
JsonObject *
stall_order_read_element (JsonArray *array, guint index)
{
  JsonNode *node = json_array_get_element (array, index);

  return JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/*
 * stall_order_refuse:
 * @id: id of a document
 * @member: what in it is wrong
 * @error: return location for the %STALL_ERROR_INVALID
 *
 * Returns: %FALSE
 */
gboolean
stall_order_refuse (const char *id, const char *member, GError **error)
{
  g_set_error (
      error, STALL_ERROR, STALL_ERROR_INVALID,
      /* Translators: the first is a field of a document (lines[2].price), the second its id */
      _ ("“%s” of %s is missing or not what it should be."), member, id);
  return FALSE;
}
