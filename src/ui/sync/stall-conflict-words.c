/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-conflict-words.h"

#include "stall-format.h"
#include "stall-merge.h"
#include "stall-money.h"
#include "stall-note.h"
#include "stall-product.h"
#include "stall-remark.h"
#include "stall-text-merge.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static char *
say_where (const StallConflictSide *side)
{
  if (side->here)
    return g_strdup (_ ("On this device"));
  if (side->platform)
    return g_strdup (_ ("On the platform"));
  /* Translators: %s is what its owner calls a device, as in “Fair laptop” */
  return side->device != NULL ? g_strdup_printf (_ ("On “%s”"), side->device)
                              : g_strdup (_ ("On another device"));
}

/**
 * stall_conflict_words_side:
 * @side: who wrote a version
 *
 * Returns: (transfer full): where and when, as far as it is known
 */
char *
stall_conflict_words_side (const StallConflictSide *side)
{
  g_autofree char *where = say_where (side);
  g_autofree char *when = NULL;

  if (side->at == STALL_TIME_NONE)
    return g_steal_pointer (&where);
  when = stall_format_moment (side->at, stall_time_now ());
  /* Translators: where and when a version was written, as in “On “Fair laptop” · Today, 14:03” */
  return g_strdup_printf (_ ("%s · %s"), where, when);
}

/**
 * stall_conflict_words_keep:
 * @side: who wrote a version
 *
 * Returns: (transfer full): the label of the button that keeps all of it
 */
char *
stall_conflict_words_keep (const StallConflictSide *side)
{
  if (side->here)
    return g_strdup (_ ("Keep All from This Device"));
  if (side->platform)
    return g_strdup (_ ("Keep All from the Platform"));
  /* Translators: a button; %s is what its owner calls a device, as in “Fair laptop” */
  return side->device != NULL ? g_strdup_printf (_ ("Keep All from “%s”"), side->device)
                              : g_strdup (_ ("Keep All from the Other Device"));
}

/* --- fields --- */

static const char *
get_member (const char *path)
{
  return strrchr (path, '/') + 1;
}

static const char *
name_member (const char *member)
{
  static const struct
  {
    const char *member;
    const char *label;
  } names[] = {
    { "title", N_ ("Title") },      { "story", N_ ("Story") },
    { "stage", N_ ("Stage") },      { "body", N_ ("Text") },
    { "text", N_ ("Text") },        { "name", N_ ("Name") },
    { "price", N_ ("Price") },      { "cost", N_ ("Cost") },
    { "sku", N_ ("SKU") },          { "barcode", N_ ("Barcode") },
    { "low_at", N_ ("Low Stock") }, { "origin", N_ ("Origin") },
    { "maker", N_ ("Maker") },      { "flag", N_ ("Flag") },
    { "state", N_ ("State") },      { "publish_at", N_ ("Publishing Time") },
    { "cover", N_ ("Cover") },      { "city", N_ ("City") },
    { "craft", N_ ("Craft") },      { "currency", N_ ("Currency") },
    { "one_off", N_ ("One-Off") },  { "base_size", N_ ("Base Size") },
    { "link", N_ ("Link") },        { "ship_days", N_ ("Days Until It Ships") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i].member, member))
      return _ (names[i].label);
  return member;
}

/* “Lilac, M”, or its SKU; NULL: it has neither. */
static char *
name_variant (JsonObject *variant)
{
  JsonObject *options = stall_json_get_object (variant, "options");
  g_autoptr (GList) values = options != NULL ? json_object_get_values (options) : NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  const char *sku = stall_json_get_string (variant, "sku", "");

  for (GList *link = values; link != NULL; link = link->next)
    if (JSON_NODE_HOLDS_VALUE ((JsonNode *) link->data)
        && json_node_get_value_type (link->data) == G_TYPE_STRING)
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "",
                              json_node_get_string (link->data));
  if (text->len == 0)
    g_string_append (text, sku);
  return text->len > 0 ? g_strdup (text->str) : NULL;
}

static char *
find_variant_name (JsonObject *root, const char *path)
{
  JsonArray *variants = stall_json_get_array (root, "variants");
  g_auto (GStrv) parts = g_strsplit (path, "/", 4);

  for (guint i = 0; variants != NULL && i < json_array_get_length (variants); i++)
    {
      JsonNode *node = json_array_get_element (variants, i);
      JsonObject *variant = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

      if (variant != NULL && g_strcmp0 (stall_json_get_string (variant, "id", NULL), parts[2]) == 0)
        return name_variant (variant);
    }
  return NULL;
}

/**
 * stall_conflict_words_field:
 * @root: (nullable): a version of the document
 * @path: to a field of it
 *
 * Returns: (transfer full): what the field is called: “Title”, “Price · Lilac, M”
 */
char *
stall_conflict_words_field (JsonObject *root, const char *path)
{
  const char *label = name_member (get_member (path));
  g_autofree char *variant = NULL;

  if (g_str_has_prefix (path, "/_attachments/"))
    return g_strdup (_ ("Picture"));
  if (root != NULL && g_str_has_prefix (path, "/variants/"))
    variant = find_variant_name (root, path);
  return variant != NULL ? g_strdup_printf ("%s · %s", label, variant) : g_strdup (label);
}

/* --- values --- */

static char *
say_text (const char *member, const char *text)
{
  StallTime time;

  if (*text == '\0')
    return g_strdup (_ ("Nothing"));
  if (g_str_equal (member, "stage"))
    return g_strdup (stall_stage_get_label (stall_stage_from_string (text)));
  if (g_str_equal (member, "flag"))
    return g_strdup (stall_flag_get_label (stall_flag_from_string (text)));
  if (g_str_equal (member, "state"))
    return g_strdup (stall_note_state_get_label (stall_note_state_from_string (text)));
  if (stall_time_parse (text, &time))
    return stall_format_date_time (time);
  return g_strchomp (g_strdup (text));
}

static char *
say_list (JsonArray *array)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_autofree char *value = stall_conflict_words_value ("/", json_array_get_element (array, i));

      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", value);
    }
  return g_strdup (text->len > 0 ? text->str : _ ("Nothing"));
}

static char *
say_object (JsonObject *object)
{
  const char *title = stall_json_get_string (object, "name", NULL);

  if (json_object_has_member (object, "amount"))
    return stall_format_money (stall_json_get_int (object, "amount", 0),
                               stall_json_get_string (object, "currency", ""));
  if (json_object_has_member (object, "digest"))
    return g_format_size ((guint64) stall_json_get_int (object, "length", 0));
  return title != NULL ? g_strdup (title) : stall_json_to_string (object, NULL);
}

/**
 * stall_conflict_words_value:
 * @path: to a field
 * @value: what it holds
 *
 * Returns: (transfer full): what a person reads of it
 */
char *
stall_conflict_words_value (const char *path, JsonNode *value)
{
  if (JSON_NODE_HOLDS_OBJECT (value))
    return say_object (json_node_get_object (value));
  if (JSON_NODE_HOLDS_ARRAY (value))
    return say_list (json_node_get_array (value));
  if (JSON_NODE_HOLDS_NULL (value))
    return g_strdup (_ ("Nothing"));
  switch (json_node_get_value_type (value))
    {
    case G_TYPE_STRING:
      return say_text (get_member (path), json_node_get_string (value));
    case G_TYPE_BOOLEAN:
      return g_strdup (json_node_get_boolean (value) ? _ ("Yes") : _ ("No"));
    case G_TYPE_INT64:
      return stall_format_count (json_node_get_int (value));
    default:
      return g_strdup_printf ("%g", json_node_get_double (value));
    }
}

/**
 * stall_conflict_words_is_text:
 * @path: to a field
 * @value: what it holds
 *
 * Returns: whether it is free text, which a person may write anew
 */
gboolean
stall_conflict_words_is_text (const char *path, JsonNode *value)
{
  static const char *const chosen[]
      = { "stage", "flag", "state", "type", "kind", "currency", "cover", "slot", NULL };
  StallTime time;

  return JSON_NODE_HOLDS_VALUE (value) && json_node_get_value_type (value) == G_TYPE_STRING
         && !g_strv_contains (chosen, get_member (path))
         && !stall_time_parse (json_node_get_string (value), &time);
}

gboolean
stall_conflict_words_is_long (const char *path)
{
  static const char *const members[] = { "story", "body", "text", NULL };

  return g_strv_contains (members, get_member (path));
}

/* Paragraphs that both begin with, or end with where @from_end. */
static guint
count_shared (char **a, char **b, guint n_a, guint n_b, gboolean from_end)
{
  guint n = 0;

  while (n < MIN (n_a, n_b)
         && g_str_equal (a[from_end ? n_a - 1 - n : n], b[from_end ? n_b - 1 - n : n]))
    n++;
  return n;
}

/**
 * stall_conflict_words_difference:
 * @text: of one version
 * @other: the same of the other
 *
 * Leaves out the paragraphs that both begin and end with, but for the one next to what differs, so
 * that the two are compared at a glance.
 *
 * Returns: (transfer full): the rest of @text, with “…” for what was left out
 */
char *
stall_conflict_words_difference (const char *text, const char *other)
{
  g_auto (GStrv) ours = g_strsplit (text, "\n\n", -1);
  g_auto (GStrv) theirs = g_strsplit (other, "\n\n", -1);
  guint n_ours = g_strv_length (ours), n_theirs = g_strv_length (theirs);
  guint first = count_shared (ours, theirs, n_ours, n_theirs, FALSE);
  guint last = count_shared (ours + first, theirs + first, n_ours - first, n_theirs - first, TRUE);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) rest = NULL;

  first -= MIN (first, 1);
  last -= MIN (last, 1);
  if (first > 0)
    g_strv_builder_add (builder, "…");
  for (guint i = first; i < n_ours - last; i++)
    g_strv_builder_add (builder, ours[i]);
  if (last > 0)
    g_strv_builder_add (builder, "…");
  rest = g_strv_builder_end (builder);
  return g_strjoinv ("\n\n", rest);
}

/**
 * stall_conflict_words_both:
 * @base: the last text that both sides had
 * @ours: one version
 * @theirs: the other
 *
 * Returns: (transfer full): the text with the changes of both; where they changed the same lines
 *   differently, one after the other
 */
char *
stall_conflict_words_both (const char *base, const char *ours, const char *theirs)
{
  g_autoptr (GPtrArray) chunks = stall_text_merge_chunks (base, ours, theirs);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < chunks->len; i++)
    {
      const StallTextChunk *chunk = g_ptr_array_index (chunks, i);

      g_string_append (text, chunk->text);
      if (!chunk->conflict)
        continue;
      if (text->len > 0 && text->str[text->len - 1] != '\n')
        g_string_append_c (text, '\n');
      g_string_append (text, chunk->theirs);
    }
  return g_string_free_and_steal (text);
}
