/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-store"

#include "config.h"

#include "stall-receiver.h"

#include <string.h>

#include "stall-json.h"
#include "stall-merge.h"
#include "stall-revision-tree.h"

/* Two devices that merge the same leaves must write the same revision, or their merges would
 * conflict in turn for ever. So the winner is always “ours”, what a server may add or lay out anew
 * is left out of the comparison, and members are written in one order. */

/* Longer whole numbers may not survive being read. */
#define MAX_DIGITS 18

/* Whether json-glib gives back all that is in a body: it drops what follows U+0000 and rounds
 * numbers that are too long for it. Such a document is not merged. */
static gboolean
reads_whole (const char *text, gsize size)
{
  gsize digits = 0;

  if (memmem (text, size, "\\u0000", 6) != NULL)
    return FALSE;
  for (gsize i = 0; i < size; i++)
    {
      digits = g_ascii_isdigit (text[i]) ? digits + 1 : 0;
      if (digits > MAX_DIGITS)
        return FALSE;
    }
  return TRUE;
}

/* What every peer says of an attachment alike. */
static void
level_attachments (JsonObject *root)
{
  static const char *const kept[] = { "content_type", "digest", "length" };
  JsonObject *attachments = stall_json_get_object (root, "_attachments");
  g_autoptr (GList) names = attachments != NULL ? json_object_get_members (attachments) : NULL;

  for (GList *link = names; link != NULL; link = link->next)
    {
      JsonObject *before = stall_json_get_object (attachments, link->data);
      JsonObject *after = json_object_new ();

      for (guint i = 0; before != NULL && i < G_N_ELEMENTS (kept); i++)
        if (json_object_has_member (before, kept[i]))
          json_object_set_member (after, kept[i], json_object_dup_member (before, kept[i]));
      json_object_set_boolean_member (after, "stub", TRUE);
      json_object_set_object_member (attachments, link->data, after);
    }
}

/**
 * stall_leaf_merge_load:
 * @database: a connection
 * @revision: a revision's number
 *
 * Returns: (transfer full) (nullable): what it says, for a comparison; %NULL when that cannot be
 *   read without a loss
 */
JsonObject *
stall_leaf_merge_load (StallDatabase *database, gint64 revision)
{
  g_autoptr (GBytes) body = stall_documents_get_body (database, revision, NULL, NULL);
  g_autoptr (JsonObject) root = NULL;
  JsonObject *copy;
  gsize size;
  const char *text = body != NULL ? g_bytes_get_data (body, &size) : NULL;

  if (text == NULL || !reads_whole (text, size))
    return NULL;
  root = stall_json_parse_object (text, size, NULL);
  if (root == NULL)
    return NULL;
  copy = stall_json_copy_object (root);
  level_attachments (copy);
  return copy;
}

static JsonNode *canonical_node (JsonNode *node);

static JsonObject *
canonical_object (JsonObject *object)
{
  JsonObject *result = json_object_new ();
  g_autoptr (GList) names = json_object_get_members (object);

  names = g_list_sort (names, (GCompareFunc) strcmp);
  for (GList *link = names; link != NULL; link = link->next)
    json_object_set_member (result, link->data,
                            canonical_node (json_object_get_member (object, link->data)));
  return result;
}

/* A whole number is written as one: not every peer tells 1.0 from 1. */
static JsonNode *
canonical_value (JsonNode *node)
{
  double value;

  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_DOUBLE)
    return json_node_copy (node);
  value = json_node_get_double (node);
  if (ABS (value) > (1LL << 53) || (double) (gint64) value != value)
    return json_node_copy (node);
  return json_node_init_int (json_node_alloc (), (gint64) value);
}

static JsonNode *
canonical_node (JsonNode *node)
{
  JsonNode *result;
  JsonArray *array, *copy;

  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      result = json_node_new (JSON_NODE_OBJECT);
      json_node_take_object (result, canonical_object (json_node_get_object (node)));
      return result;
    }
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return canonical_value (node);
  array = json_node_get_array (node);
  copy = json_array_sized_new (json_array_get_length (array));
  for (guint i = 0; i < json_array_get_length (array); i++)
    json_array_add_element (copy, canonical_node (json_array_get_element (array, i)));
  result = json_node_new (JSON_NODE_ARRAY);
  json_node_take_array (result, copy);
  return result;
}

static GBytes *
canonical_text (JsonObject *root)
{
  g_autoptr (JsonObject) canonical = canonical_object (root);
  gsize length;
  char *text = stall_json_to_string (canonical, &length);

  return g_bytes_new_take (text, length);
}

/* What both leaves together say; NULL when a person has to decide. */
static GBytes *
merge_two (StallDatabase *database,
           const StallLeaf *winner,
           const StallLeaf *other,
           gboolean *as_winner,
           GError **error)
{
  g_autoptr (GError) failed = NULL;
  gint64 common
      = stall_revision_tree_find_common (database, winner->number, other->number, &failed);
  g_autoptr (JsonObject) base = common != 0 ? stall_leaf_merge_load (database, common) : NULL;
  g_autoptr (JsonObject) ours = stall_leaf_merge_load (database, winner->number);
  g_autoptr (JsonObject) theirs = stall_leaf_merge_load (database, other->number);
  g_autoptr (JsonObject) merged = NULL;
  g_autoptr (GBytes) text = NULL;
  g_autoptr (GBytes) our_text = NULL;
  g_auto (GStrv) conflicts = NULL;

  if (failed != NULL)
    g_propagate_error (error, g_steal_pointer (&failed));
  if (ours == NULL || theirs == NULL)
    return NULL;
  /* Without the version both come from, a field that one side lacks may be new there or gone here;
   * only two documents that were made apart have none. */
  if (base == NULL && (winner->generation > 1 || other->generation > 1))
    {
      text = canonical_text (ours);
      our_text = canonical_text (theirs);
      *as_winner = g_bytes_equal (text, our_text);
      return *as_winner ? g_steal_pointer (&text) : NULL;
    }
  merged = stall_merge (base, ours, theirs, &conflicts);
  if (conflicts[0] != NULL)
    return NULL;
  text = canonical_text (merged);
  our_text = canonical_text (ours);
  *as_winner = g_bytes_equal (text, our_text);
  return g_steal_pointer (&text);
}

static gboolean
write_merge (StallDatabase *database,
             StallDocumentCounters *counters,
             const StallDocumentState *state,
             const char *id,
             const StallLeaf *winner,
             const StallLeaf *other,
             GBytes *merged, /* NULL: the winner says it all */
             GError **error)
{
  g_autoptr (GBytes) nothing = g_bytes_new_static ("{}", 2);
  g_autoptr (StallDocument) tombstone = stall_document_new_revision (id, nothing, NULL, TRUE);
  g_autoptr (StallDocument) document = merged != NULL ? stall_document_new (id, merged) : NULL;

  return (document == NULL
          || stall_revision_tree_add (database, counters, state, winner, document, error) != 0)
         && stall_revision_tree_add (database, counters, state, other, tombstone, error) != 0;
}

/**
 * stall_leaf_merge:
 * @database: the writing connection, inside a transaction
 * @counters: (inout): where the numbers go on
 * @state: (inout): a document whose winner is chosen; told what is true afterwards
 * @kind: its kind
 * @merged: (out): whether anything was written
 * @error: return location
 *
 * Merges the leaves that can be merged by field into the winner, and deletes them. What only a
 * person can decide stays.
 *
 * Returns: %FALSE on failure
 */
gboolean
stall_leaf_merge (StallDatabase *database,
                  StallDocumentCounters *counters,
                  StallDocumentState *state,
                  StallKind kind,
                  gboolean *merged,
                  GError **error)
{
  g_autofree char *id = NULL;
  guint next = 1; /* leaves before it were looked at */

  *merged = FALSE;
  if (!stall_kind_merges_by_field (kind))
    return TRUE;
  for (;;)
    {
      g_autoptr (GPtrArray) leaves
          = stall_revision_tree_list_leaves (database, state->number, error);
      g_autoptr (GBytes) text = NULL;
      g_autoptr (GError) failed = NULL;
      const StallLeaf *winner, *other;
      gboolean as_winner = FALSE;

      if (leaves == NULL)
        return FALSE;
      other = next < leaves->len ? g_ptr_array_index (leaves, next) : NULL;
      if (other == NULL || other->deleted)
        return TRUE;
      winner = g_ptr_array_index (leaves, 0);
      text = merge_two (database, winner, other, &as_winner, &failed);
      if (failed != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&failed));
          return FALSE;
        }
      if (text == NULL)
        {
          next++;
          continue;
        }
      if (id == NULL)
        id = stall_database_get_text (database, NULL, "SELECT id FROM document WHERE number = ?",
                                      "i", state->number);
      if (!write_merge (database, counters, state, id, winner, other, as_winner ? NULL : text,
                        error)
          || !stall_revision_tree_choose_winner (database, state, error))
        return FALSE;
      *merged = TRUE;
    }
}
