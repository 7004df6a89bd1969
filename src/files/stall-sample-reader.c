/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-files"

#include "config.h"

#include "stall-sample-private.h"

#include "stall-error.h"

#include <libdex.h>
#include <stdio.h>
#include <string.h>

/* The sample stall's JSON says three things in its own way, and reading it makes them plain:
 *
 *   {"en": …, "zh_CN": …}       what stands there in the language of the person
 *   "@-3 10:24", "@-95m"        a time: three days ago at 10:24 here, 95 minutes ago
 *   "#sku:SH-IN-M", "#note:x"   the id of a variant, or of a document of the sample stall
 */

#define RESOURCES "/io/github/stall_app/Stall/sample/"

typedef struct
{
  const StallSampleContext *context;
  GError *error;
} Reader;

static JsonNode *resolve (Reader *self, JsonNode *node);

/**
 * stall_sample_choose_language:
 *
 * Returns: the language of the sample stall that suits the person best
 */
const char *
stall_sample_choose_language (void)
{
  const char *const *names = g_get_language_names ();

  for (guint i = 0; names[i] != NULL; i++)
    {
      if (g_str_has_prefix (names[i], "zh"))
        return "zh_CN";
      if (g_str_has_prefix (names[i], "en"))
        return "en";
    }
  return "en";
}

static gboolean
parse_moment (const char *text, StallTime now, StallTime *time)
{
  char *end;
  gint64 count = g_ascii_strtoll (text, &end, 10);
  int hour, minute;

  if (end != text && g_str_equal (end, "m"))
    {
      *time = now + count * STALL_MINUTE;
      return TRUE;
    }
  if (end == text || sscanf (end, " %2d:%2d", &hour, &minute) != 2)
    return FALSE;
  *time = stall_time_day_start (now, (int) count) + hour * STALL_HOUR + minute * STALL_MINUTE;
  return TRUE;
}

/* Some documents are named after the thing they belong to. */
static StallKind
get_owner_kind (StallKind kind)
{
  switch ((guint) kind)
    {
    case STALL_KIND_BALLOT:
    case STALL_KIND_TALLY:
    case STALL_KIND_DECISION:
      return STALL_KIND_POLL;
    case STALL_KIND_REPLY:
      return STALL_KIND_SIGNAL;
    default:
      return STALL_KIND_OTHER;
    }
}

static char *
derive_id (StallKind kind, const char *name)
{
  StallKind owner_kind = get_owner_kind (kind);
  g_auto (GStrv) parts = g_strsplit (name, ":", 2);
  g_autofree char *owner = NULL;

  if (kind == STALL_KIND_PRODUCT)
    return stall_id_derive (kind, "shopify", name);
  if (owner_kind == STALL_KIND_OTHER)
    return stall_id_derive (kind, "sample", name);
  owner = stall_id_derive (owner_kind, "sample", parts[0]);
  return stall_id_for_order (kind, owner, parts[1]);
}

/* NULL: not a reference. */
static char *
find_id (Reader *self, const char *text)
{
  StallKind kind = stall_kind_of_id (text);
  StallVariant *variant;

  if (kind != STALL_KIND_OTHER)
    return derive_id (kind, strchr (text, ':') + 1);
  if (!g_str_has_prefix (text, "sku:"))
    return NULL;
  variant = g_hash_table_lookup (self->context->variants, text + strlen ("sku:"));
  if (variant != NULL)
    return g_strdup (stall_variant_get_id (variant));
  if (self->error == NULL)
    self->error = g_error_new (STALL_ERROR, STALL_ERROR_FAILED, "no variant “%s”", text);
  return NULL;
}

static JsonNode *
resolve_text (Reader *self, JsonNode *node)
{
  const char *text = json_node_get_string (node);
  g_autofree char *found = NULL;
  StallTime time;

  if (*text == '@' && parse_moment (text + 1, self->context->now, &time))
    found = stall_time_to_string (time);
  else if (*text == '#')
    found = find_id (self, text + 1);
  return found != NULL ? json_node_init_string (json_node_alloc (), found) : json_node_copy (node);
}

static JsonNode *
resolve_object (Reader *self, JsonObject *object)
{
  g_autoptr (JsonObject) resolved = NULL;
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;

  if (json_object_has_member (object, "en") && json_object_has_member (object, "zh_CN"))
    return resolve (self, json_object_get_member (object, self->context->language));
  resolved = json_object_new ();
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &member))
    json_object_set_member (resolved, name, resolve (self, member));
  return json_node_init_object (json_node_alloc (), resolved);
}

static JsonNode *
resolve_array (Reader *self, JsonArray *array)
{
  g_autoptr (JsonArray) resolved = json_array_new ();

  for (guint i = 0; i < json_array_get_length (array); i++)
    json_array_add_element (resolved, resolve (self, json_array_get_element (array, i)));
  return json_node_init_array (json_node_alloc (), resolved);
}

static JsonNode *
resolve (Reader *self, JsonNode *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    return resolve_object (self, json_node_get_object (node));
  if (JSON_NODE_HOLDS_ARRAY (node))
    return resolve_array (self, json_node_get_array (node));
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return resolve_text (self, node);
  return json_node_copy (node);
}

/**
 * stall_sample_read:
 * @context: the language, the time and the variants that are there
 * @name: “orders.json”
 * @error: return location
 *
 * Reads one of the sample stall's files as it is for this person today.
 *
 * Returns: (transfer full) (nullable): what it holds
 */
JsonNode *
stall_sample_read (const StallSampleContext *context, const char *name, GError **error)
{
  g_autofree char *path = g_strconcat (RESOURCES, name, NULL);
  g_autoptr (GBytes) bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (JsonNode) node = NULL;
  Reader reader = { context, NULL };
  gsize size;
  const char *text;

  if (bytes == NULL)
    return NULL;
  text = g_bytes_get_data (bytes, &size);
  if (!json_parser_load_from_data (parser, text, size, error))
    return NULL;
  node = resolve (&reader, json_parser_get_root (parser));
  if (reader.error == NULL)
    return g_steal_pointer (&node);
  g_propagate_error (error, reader.error);
  return NULL;
}

/**
 * stall_sample_attach:
 * @store: the stall that is being made
 * @name: “cloud-hat.png”
 * @length: (out): its bytes
 * @error: return location
 *
 * Puts one of the sample stall's pictures among the attachments. Called in a fiber.
 *
 * Returns: (transfer full) (nullable): its wire digest
 */
char *
stall_sample_attach (StallStore *store, const char *name, gint64 *length, GError **error)
{
  g_autofree char *path = g_strconcat (RESOURCES "pictures/", name, NULL);
  g_autoptr (GBytes) bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);

  if (bytes == NULL)
    return NULL;
  *length = (gint64) g_bytes_get_size (bytes);
  return dex_await_string (stall_store_attach (store, bytes), error);
}
