/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-core"

#include "config.h"

#include "stall-merge.h"

#include "stall-json.h"
#include "stall-kind.h"
#include "stall-text-merge.h"
#include "stall-time.h"

#include <string.h>

/* Nodes may be NULL here: the member is not there. Results share what the three sides hold; the
 * whole is copied at the end. */

typedef struct
{
  GStrvBuilder *conflicts;
  const char *text; /* path of the member that is merged line by line, or NULL */
} Merge;

static JsonNode *
merge_nodes (JsonNode *base, JsonNode *ours, JsonNode *theirs, const char *path, Merge *merge);

static gboolean
nodes_equal (JsonNode *a, JsonNode *b)
{
  if (a == NULL || b == NULL)
    return a == b;
  return json_node_equal (a, b);
}

static JsonNode *
share (JsonNode *node)
{
  return node != NULL ? json_node_copy (node) : NULL;
}

static JsonNode *
take_array (JsonArray *array)
{
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  json_node_take_array (node, array);
  return node;
}

/* A JSON pointer, RFC 6901. */
static char *
join_path (const char *path, const char *member)
{
  g_autoptr (GString) name = g_string_new (member);

  g_string_replace (name, "~", "~0", 0);
  g_string_replace (name, "/", "~1", 0);
  return g_strconcat (path, "/", name->str, NULL);
}

static JsonNode *
get_member (JsonObject *object, const char *member)
{
  return object != NULL ? json_object_get_member (object, member) : NULL;
}

static JsonObject *
get_object (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static JsonArray *
get_array (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static void
merge_member (JsonObject *result,
              const char *member,
              JsonObject *base,
              JsonObject *ours,
              JsonObject *theirs,
              const char *path,
              Merge *merge)
{
  g_autofree char *member_path = join_path (path, member);
  JsonNode *node = merge_nodes (get_member (base, member), get_member (ours, member),
                                get_member (theirs, member), member_path, merge);

  if (node != NULL)
    json_object_set_member (result, member, node);
}

static gboolean
has_same_order (JsonObject *a, JsonObject *b)
{
  g_autoptr (GList) a_members = json_object_get_members (a);
  g_autoptr (GList) b_members = json_object_get_members (b);
  GList *b_link = b_members;

  for (GList *a_link = a_members; a_link != NULL; a_link = a_link->next, b_link = b_link->next)
    if (b_link == NULL || g_strcmp0 (a_link->data, b_link->data) != 0)
      return FALSE;

  return b_link == NULL;
}

/* Members stand in our order, unless only theirs has changed it; the other side's come after. */
static JsonObject *
merge_objects (JsonObject *base,
               JsonObject *ours,
               JsonObject *theirs,
               const char *path,
               Merge *merge)
{
  JsonObject *result = json_object_new ();
  gboolean theirs_first = base != NULL && has_same_order (base, ours);
  JsonObject *first = theirs_first ? theirs : ours;
  JsonObject *second = theirs_first ? ours : theirs;
  JsonObjectIter iter;
  const char *member;

  json_object_iter_init_ordered (&iter, first);
  while (json_object_iter_next_ordered (&iter, &member, NULL))
    merge_member (result, member, base, ours, theirs, path, merge);

  json_object_iter_init_ordered (&iter, second);
  while (json_object_iter_next_ordered (&iter, &member, NULL))
    if (!json_object_has_member (first, member))
      merge_member (result, member, base, ours, theirs, path, merge);

  return result;
}

static const char *
get_string_key (JsonNode *element)
{
  return JSON_NODE_HOLDS_VALUE (element) && json_node_get_value_type (element) == G_TYPE_STRING
             ? json_node_get_string (element)
             : NULL;
}

/* Pictures have no id; their names are unique. */
static const char *
get_id_key (JsonNode *element)
{
  JsonObject *object = get_object (element);

  return stall_json_get_string (object, "id", stall_json_get_string (object, "name", NULL));
}

typedef const char *(*GetKey) (JsonNode *element);

/* The elements of an array as members of an object; NULL when one has no key. The same key twice
 * would lose an element, unless it is the element itself, as in a set. */
static JsonObject *
key_elements (JsonArray *array, GetKey get_key)
{
  g_autoptr (JsonObject) keyed = json_object_new ();
  guint n = array != NULL ? json_array_get_length (array) : 0;

  for (guint i = 0; i < n; i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      const char *key = get_key (element);

      if (key == NULL || (get_key == get_id_key && json_object_has_member (keyed, key)))
        return NULL;
      json_object_set_member (keyed, key, json_node_copy (element));
    }

  return g_steal_pointer (&keyed);
}

/* Merges arrays as if they were objects by key: sets of strings, lists of things with an `id`.
 * %NULL when they are not of that kind. */
static JsonNode *
merge_arrays (JsonArray *base,
              JsonArray *ours,
              JsonArray *theirs,
              GetKey get_key,
              const char *path,
              Merge *merge)
{
  g_autoptr (JsonObject) keyed_base = key_elements (base, get_key);
  g_autoptr (JsonObject) keyed_ours = key_elements (ours, get_key);
  g_autoptr (JsonObject) keyed_theirs = key_elements (theirs, get_key);
  g_autoptr (JsonObject) keyed = NULL;
  JsonObjectIter iter;
  JsonNode *element;
  JsonArray *result;

  if (keyed_base == NULL || keyed_ours == NULL || keyed_theirs == NULL)
    return NULL;

  keyed = merge_objects (keyed_base, keyed_ours, keyed_theirs, path, merge);
  result = json_array_new ();
  json_object_iter_init_ordered (&iter, keyed);
  while (json_object_iter_next_ordered (&iter, NULL, &element))
    json_array_add_element (result, json_node_copy (element));
  return take_array (result);
}

/* A long text that both sides changed, line by line. */
static JsonNode *
merge_text (JsonNode *base, JsonNode *ours, JsonNode *theirs, Merge *merge)
{
  const char *our_text = get_string_key (ours), *their_text = get_string_key (theirs);
  const char *base_text = base != NULL ? get_string_key (base) : NULL;
  g_autofree char *merged = NULL;
  JsonNode *node;
  gboolean conflict = TRUE;

  if (our_text == NULL || their_text == NULL)
    {
      g_strv_builder_add (merge->conflicts, merge->text);
      return share (ours);
    }
  merged = stall_text_merge (base_text != NULL ? base_text : "", our_text, their_text, &conflict);
  if (conflict)
    g_strv_builder_add (merge->conflicts, merge->text);
  node = json_node_new (JSON_NODE_VALUE);
  json_node_set_string (node, merged);
  return node;
}

/* An amount of one side in the currency of the other would be nobody's price, and the name of one
 * picture with the digest of another no picture. */
static gboolean
is_one_value (JsonObject *object)
{
  return (json_object_has_member (object, "amount") && json_object_has_member (object, "currency"))
         || json_object_has_member (object, "digest");
}

/* What is known of the last change: that of the later one, the same on every device. */
static JsonNode *
take_later (JsonNode *ours, JsonNode *theirs)
{
  JsonObject *our_change = get_object (ours), *their_change = get_object (theirs);
  StallTime our_time = 0, their_time = 0;
  int order;

  stall_time_parse (stall_json_get_string (our_change, "at", ""), &our_time);
  stall_time_parse (stall_json_get_string (their_change, "at", ""), &their_time);
  order = (our_time > their_time) - (our_time < their_time);
  if (order == 0)
    order = strcmp (stall_json_get_string (our_change, "device", ""),
                    stall_json_get_string (their_change, "device", ""));
  return share (order >= 0 ? ours : theirs);
}

/* Both sides hold something else than the base, and not the same. */
static JsonNode *
merge_changes (JsonNode *base, JsonNode *ours, JsonNode *theirs, const char *path, Merge *merge)
{
  JsonObject *our_object = get_object (ours), *their_object = get_object (theirs);
  JsonNode *merged = NULL;

  if (our_object != NULL && their_object != NULL && strcmp (path, "/changed") == 0)
    return take_later (ours, theirs);
  if (our_object != NULL && their_object != NULL && !is_one_value (our_object)
      && !is_one_value (their_object))
    {
      merged = json_node_new (JSON_NODE_OBJECT);
      json_node_take_object (
          merged, merge_objects (get_object (base), our_object, their_object, path, merge));
    }
  else if (get_array (ours) != NULL && get_array (theirs) != NULL)
    {
      merged = merge_arrays (get_array (base), get_array (ours), get_array (theirs), get_string_key,
                             path, merge);
      if (merged == NULL)
        merged = merge_arrays (get_array (base), get_array (ours), get_array (theirs), get_id_key,
                               path, merge);
    }
  if (merged != NULL)
    return merged;

  if (merge->text != NULL && strcmp (path, merge->text) == 0)
    return merge_text (base, ours, theirs, merge);
  g_strv_builder_add (merge->conflicts, path);
  return share (ours);
}

static JsonNode *
merge_nodes (JsonNode *base, JsonNode *ours, JsonNode *theirs, const char *path, Merge *merge)
{
  if (nodes_equal (base, ours))
    return share (theirs);
  if (nodes_equal (base, theirs) || nodes_equal (ours, theirs))
    return share (ours);
  /* An edit beats a delete. */
  if (ours == NULL || theirs == NULL)
    return share (ours != NULL ? ours : theirs);

  return merge_changes (base, ours, theirs, path, merge);
}

/**
 * stall_merge:
 * @base: (nullable): the last version that both sides had, or %NULL when there is none
 * @ours: this side's version
 * @theirs: the other side's version
 * @conflicts: (out) (optional) (transfer full): JSON pointers to the members that both sides
 * changed differently, where ours stands; empty for none
 *
 * Merges two versions by field, and the body of a note line by line. What only one side changed is
 * as that side has it; an edit beats a delete; an amount of money is one value; of `changed` the
 * later one stands.
 *
 * Returns: (transfer full): the merged version
 */
JsonObject *
stall_merge (JsonObject *base, JsonObject *ours, JsonObject *theirs, GStrv *conflicts)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (JsonObject) merged = NULL;
  Merge merge = { builder, NULL };

  g_return_val_if_fail (ours != NULL && theirs != NULL, NULL);

  if (stall_kind_from_string (stall_json_get_string (ours, "kind", NULL)) == STALL_KIND_NOTE)
    merge.text = "/body";
  merged = merge_objects (base, ours, theirs, "", &merge);
  if (conflicts != NULL)
    *conflicts = g_strv_builder_end (builder);
  return stall_json_copy_object (merged);
}

/* --- one member of a version --- */

static char *
next_part (const char **path)
{
  const char *end;
  g_autoptr (GString) part = NULL;

  if (**path != '/')
    return NULL;
  end = strchrnul (*path + 1, '/');
  part = g_string_new_len (*path + 1, end - *path - 1);
  *path = end;
  g_string_replace (part, "~1", "/", 0);
  g_string_replace (part, "~0", "~", 0);
  return g_string_free (g_steal_pointer (&part), FALSE);
}

static JsonNode *
step_into (JsonNode *node, const char *part)
{
  JsonArray *array = get_array (node);

  if (get_object (node) != NULL)
    return get_member (get_object (node), part);
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);

      if (g_strcmp0 (get_id_key (element), part) == 0)
        return element;
    }
  return NULL;
}

/* The object that holds the member at the end of @path, whose name is @name. */
static JsonObject *
find_holder (JsonObject *root, const char *path, char **name)
{
  g_autoptr (JsonNode) top = json_node_init_object (json_node_alloc (), root);
  JsonNode *node = top;

  *name = next_part (&path);
  while (*name != NULL && *path != '\0' && node != NULL)
    {
      node = step_into (node, *name);
      g_free (*name);
      *name = next_part (&path);
    }
  return *name != NULL && *path == '\0' ? get_object (node) : NULL;
}

/**
 * stall_merge_get:
 * @root: a version of a document
 * @path: to a member, as in what stall_merge() says of conflicts
 *
 * Returns: (transfer none) (nullable): its value in @root
 */
JsonNode *
stall_merge_get (JsonObject *root, const char *path)
{
  g_autofree char *name = NULL;
  JsonObject *holder;

  g_return_val_if_fail (root != NULL && path != NULL, NULL);

  holder = find_holder (root, path, &name);
  return holder != NULL ? get_member (holder, name) : NULL;
}

/**
 * stall_merge_set:
 * @root: a version of a document that may be changed
 * @path: to a member, as in what stall_merge() says of conflicts
 * @value: what it is to hold
 *
 * Decides a member. What is not there any more is left alone.
 */
void
stall_merge_set (JsonObject *root, const char *path, JsonNode *value)
{
  g_autofree char *name = NULL;
  JsonObject *holder;

  g_return_if_fail (root != NULL && path != NULL && value != NULL);

  holder = find_holder (root, path, &name);
  if (holder != NULL)
    json_object_set_member (holder, name, json_node_copy (value));
}
