/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-files"

#include "config.h"

#include "stall-sample.h"

#include "stall-async.h"
#include "stall-import.h"
#include "stall-poll.h"
#include "stall-sample-private.h"
#include "stall-sample-resources.h"

#include <glib/gi18n-lib.h>

#define RESOURCES "/io/github/stall_app/Stall/sample/"

typedef struct
{
  StallStore *store;
  StallSampleContext context;
  GHashTable *products; /* id → StallProduct */
  StallChangeSet *changes;
} Sample;

static void
sample_free (Sample *self)
{
  g_object_unref (self->store);
  g_free (self->context.device);
  g_free (self->context.currency);
  g_hash_table_unref (self->context.variants);
  g_hash_table_unref (self->products);
  g_object_unref (self->changes);
  g_free (self);
}

/* The profile comes first: it says in which currency the prices of the product file are. */
static gboolean
put_profile (Sample *self, JsonObject *json, GError **error)
{
  g_autoptr (StallDocument) before
      = dex_await_object (stall_store_load (self->store, STALL_PROFILE_ID), NULL);
  g_autoptr (StallChangeSet) changes = stall_change_set_new (_ ("Open the Sample Stall"));
  g_autoptr (StallProfile) profile = NULL;
  g_autoptr (StallDocument) document = NULL;
  g_autoptr (StallReceipt) receipt = NULL;

  profile = before != NULL ? stall_profile_new_from_document (before, error) : stall_profile_new ();
  if (profile == NULL)
    return FALSE;
  stall_change_set_set_undoable (changes, FALSE);
  stall_profile_set_name (profile, stall_json_get_string (json, "name", ""));
  stall_profile_set_story (profile, stall_json_get_string (json, "story", ""));
  stall_profile_set_city (profile, stall_json_get_string (json, "city", ""));
  stall_profile_set_craft (profile, stall_json_get_string (json, "craft", ""));
  stall_profile_set_currency (profile, stall_json_get_string (json, "currency", "CNY"));
  self->context.currency = g_strdup (stall_profile_get_currency (profile));
  document = stall_profile_to_document (profile, self->context.device);
  stall_change_set_put (changes, document);
  receipt = dex_await_boxed (stall_store_apply (self->store, changes), error);
  return receipt != NULL;
}

static gboolean
import_products (Sample *self, GError **error)
{
  g_autofree char *uri
      = g_strdup_printf ("resource://" RESOURCES "products.%s.csv", self->context.language);
  g_autoptr (GFile) file = g_file_new_for_uri (uri);
  g_autoptr (StallImport) import = stall_import_new (self->store, STALL_IMPORT_PRODUCTS, file);
  g_autoptr (StallReceipt) receipt = NULL;

  stall_import_set_undoable (import, FALSE);
  if (!dex_await (stall_import_open (import), error))
    return FALSE;
  receipt = dex_await_boxed (stall_import_run (import), error);
  return receipt != NULL;
}

static gboolean
load_products (Sample *self, GError **error)
{
  g_autoptr (GListModel) documents
      = dex_await_object (stall_store_list (self->store, "product:"), error);

  if (documents == NULL)
    return FALSE;
  for (guint i = 0; i < g_list_model_get_n_items (documents); i++)
    {
      g_autoptr (StallDocument) document = g_list_model_get_item (documents, i);
      StallProduct *product = stall_product_new_from_document (document, error);
      GListModel *variants;

      if (product == NULL)
        return FALSE;
      g_hash_table_insert (self->products, g_strdup (stall_product_get_id (product)), product);
      variants = stall_product_get_variants (product);
      for (guint j = 0; j < g_list_model_get_n_items (variants); j++)
        {
          StallVariant *variant = g_list_model_get_item (variants, j);

          g_hash_table_insert (self->context.variants, g_strdup (stall_variant_get_sku (variant)),
                               variant);
        }
    }
  return TRUE;
}

static StallSlot
find_slot (const char *name)
{
  for (guint i = 0; i < STALL_N_SLOTS; i++)
    if (g_str_equal (stall_slot_to_string (i), name))
      return i;
  return STALL_SLOT_COVER;
}

static gboolean
attach_pictures (Sample *self, StallProduct *product, JsonArray *array, GError **error)
{
  g_autoptr (GPtrArray) pictures
      = g_ptr_array_new_with_free_func ((GDestroyNotify) stall_picture_free);

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *json = json_array_get_object_element (array, i);
      StallPicture *picture = g_new0 (StallPicture, 1);

      picture->name = g_strconcat (stall_json_get_string (json, "file", ""), ".png", NULL);
      picture->slot = find_slot (stall_json_get_string (json, "slot", ""));
      picture->alt = g_strdup (stall_json_get_string (json, "alt", ""));
      g_ptr_array_add (pictures, picture);
    }
  stall_product_set_pictures (product, pictures);
  for (guint i = 0; i < pictures->len; i++)
    {
      const StallPicture *picture = g_ptr_array_index (pictures, i);
      gint64 length = 0;
      g_autofree char *digest = stall_sample_attach (self->store, picture->name, &length, error);

      if (digest == NULL)
        return FALSE;
      stall_product_set_attachment (product, picture->name, "image/png", length, digest);
    }
  return TRUE;
}

static void
set_fittings (StallProduct *product, JsonArray *array)
{
  g_autoptr (GPtrArray) fittings
      = g_ptr_array_new_with_free_func ((GDestroyNotify) stall_fitting_free);

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *json = json_array_get_object_element (array, i);
      StallFitting *fitting = g_new0 (StallFitting, 1);

      fitting->name = g_strdup (stall_json_get_string (json, "name", ""));
      fitting->size = g_strdup (stall_json_get_string (json, "size", ""));
      fitting->height = (int) stall_json_get_int (json, "height", 0);
      fitting->weight = (int) stall_json_get_int (json, "weight", 0);
      fitting->remark = g_strdup (stall_json_get_string (json, "remark", ""));
      g_ptr_array_add (fittings, fitting);
    }
  stall_product_set_fittings (product, fittings);
}

static void
set_kit (Sample *self, StallProduct *product, JsonArray *array)
{
  g_autoptr (GPtrArray) parts
      = g_ptr_array_new_with_free_func ((GDestroyNotify) stall_kit_part_free);

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *json = json_array_get_object_element (array, i);
      StallVariant *variant
          = g_hash_table_lookup (self->context.variants, stall_json_get_string (json, "sku", ""));
      StallKitPart *part = g_new0 (StallKitPart, 1);

      part->variant = g_strdup (stall_variant_get_id (variant));
      part->quantity = (int) stall_json_get_int (json, "quantity", 1);
      g_ptr_array_add (parts, part);
    }
  stall_product_set_kit (product, parts);
}

static void
add_attributes (StallProduct *product, GStrv added)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) before = stall_product_dup_attributes (product);
  g_auto (GStrv) attributes = NULL;

  g_strv_builder_addv (builder, (const char **) before);
  g_strv_builder_addv (builder, (const char **) added);
  attributes = g_strv_builder_end (builder);
  stall_product_set_attributes (product, (const char *const *) attributes);
}

static void
set_low_at (Sample *self, JsonObject *json)
{
  JsonObjectIter iter;
  const char *sku;
  JsonNode *node;

  json_object_iter_init (&iter, json);
  while (json_object_iter_next (&iter, &sku, &node))
    stall_variant_set_low_at (g_hash_table_lookup (self->context.variants, sku),
                              (int) json_node_get_int (node));
}

/* What a product file cannot say. */
static gboolean
complete_product (Sample *self, StallProduct *product, JsonObject *json, GError **error)
{
  JsonArray *fittings = stall_json_get_array (json, "fittings");
  JsonArray *kit = stall_json_get_array (json, "kit");
  JsonArray *pictures = stall_json_get_array (json, "pictures");
  JsonObject *low_at = stall_json_get_object (json, "low_at");
  g_auto (GStrv) attributes = stall_json_get_strv (json, "attributes");

  stall_product_set_origin (product, stall_json_get_string (json, "origin", ""));
  stall_product_set_base_size (product, stall_json_get_string (json, "base_size", ""));
  stall_product_set_one_off (product, stall_json_get_boolean (json, "one_off", FALSE));
  if (attributes != NULL && *attributes != NULL)
    add_attributes (product, attributes);
  if (fittings != NULL)
    set_fittings (product, fittings);
  if (kit != NULL)
    set_kit (self, product, kit);
  if (low_at != NULL)
    set_low_at (self, low_at);
  return pictures == NULL || attach_pictures (self, product, pictures, error);
}

/* A style begins as an idea and moves on from there, and what comes back to it begins with its
 * sale.
 */
static void
put_product (Sample *self, StallProduct *product, JsonArray *moves)
{
  g_autoptr (StallDocument) before = stall_product_to_document (product, self->context.device);
  g_autoptr (JsonObject) root = stall_json_copy_object (stall_document_get_root (before, NULL));
  g_autoptr (JsonArray) stages = json_array_new ();
  g_autoptr (StallDocument) document = NULL;
  const char *stage = "idea";

  for (guint i = 0; i < json_array_get_length (moves); i++)
    {
      JsonObject *move = json_array_get_object_element (moves, i);
      g_autofree char *id = stall_uuid_new ();
      StallTime at;

      json_object_set_string_member (move, "id", id);
      json_object_set_string_member (move, "from", stage);
      stage = stall_json_get_string (move, "to", stage);
      json_array_add_object_element (stages, json_object_ref (move));
      if (g_str_equal (stage, "on-sale")
          && stall_time_parse (stall_json_get_string (move, "at", ""), &at))
        stall_sample_put_echo (&self->context, self->changes, stall_product_get_id (product),
                               stall_product_get_title (product), at);
    }
  json_object_set_string_member (root, "stage", stage);
  if (json_array_get_length (stages) > 0)
    json_object_set_array_member (root, "stages", json_array_ref (stages));
  document = stall_document_new_from_root (stall_product_get_id (product),
                                           stall_document_get_revision (before), root);
  stall_change_set_put (self->changes, document);
}

static gboolean
put_products (Sample *self, JsonObject *json, GError **error)
{
  JsonObjectIter iter;
  const char *handle;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, json);
  while (json_object_iter_next_ordered (&iter, &handle, &node))
    {
      g_autofree char *id = stall_id_derive (STALL_KIND_PRODUCT, "shopify", handle);
      StallProduct *product = g_hash_table_lookup (self->products, id);
      JsonObject *more = json_node_get_object (node);

      g_return_val_if_fail (product != NULL, FALSE);

      if (!complete_product (self, product, more, error))
        return FALSE;
      put_product (self, product, stall_json_get_array (more, "stages"));
    }
  return TRUE;
}

static gboolean
put_poll (Sample *self, StallDocument *document, GError **error)
{
  g_autoptr (StallPoll) poll = stall_poll_new_from_document (document, error);
  g_autoptr (GPtrArray) options = poll != NULL ? stall_poll_dup_options (poll) : NULL;
  g_autoptr (StallDocument) whole = NULL;

  for (guint i = 0; options != NULL && i < options->len; i++)
    {
      const StallPollOption *option = g_ptr_array_index (options, i);
      gint64 length = 0;
      g_autofree char *digest = NULL;

      if (option->picture == NULL)
        continue;
      digest = stall_sample_attach (self->store, option->picture, &length, error);
      if (digest == NULL)
        return FALSE;
      stall_poll_set_attachment (poll, option->picture, "image/png", length, digest);
    }
  if (poll == NULL)
    return FALSE;
  whole = stall_poll_to_document (poll, self->context.device);
  stall_change_set_put (self->changes, whole);
  return TRUE;
}

static gboolean
put_document (Sample *self, StallDocument *document, JsonArray *illustrations, GError **error)
{
  switch (stall_kind_of_id (stall_document_get_id (document)))
    {
    case STALL_KIND_NOTE:
      return stall_sample_put_note (&self->context, self->store, self->products, self->changes,
                                    document, illustrations, error);
    case STALL_KIND_POLL:
      return put_poll (self, document, error);
    default:
      stall_change_set_put (self->changes, document);
      return TRUE;
    }
}

/* Notes and the options of polls have pictures; other kinds go in as they stand. */
static gboolean
put_documents (Sample *self, JsonArray *array, GError **error)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *json = json_array_get_object_element (array, i);
      const char *id = stall_json_get_string (json, "id", "");
      g_autoptr (JsonObject) root
          = stall_document_new_root (stall_kind_of_id (id), self->context.device);
      g_autoptr (StallDocument) document = NULL;
      JsonObjectIter iter;
      const char *name;
      JsonNode *member;

      json_object_iter_init_ordered (&iter, json);
      while (json_object_iter_next_ordered (&iter, &name, &member))
        if (!g_str_equal (name, "id") && !g_str_equal (name, "illustrations"))
          json_object_set_member (root, name, json_node_copy (member));
      document = stall_document_new_from_root (id, NULL, root);
      if (!put_document (self, document, stall_json_get_array (json, "illustrations"), error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
put_rest (Sample *self, JsonObject *products, GError **error)
{
  g_autoptr (JsonNode) orders = NULL;
  g_autoptr (JsonNode) movements = NULL;
  g_autoptr (JsonNode) documents = NULL;
  g_autoptr (StallReceipt) receipt = NULL;

  if (!put_products (self, products, error))
    return FALSE;
  orders = stall_sample_read (&self->context, "orders.json", error);
  movements = orders != NULL ? stall_sample_read (&self->context, "movements.json", error) : NULL;
  documents
      = movements != NULL ? stall_sample_read (&self->context, "documents.json", error) : NULL;
  if (documents == NULL)
    return FALSE;
  stall_sample_put_movements (&self->context, self->changes, json_node_get_array (movements));
  stall_sample_put_orders (&self->context, self->changes, json_node_get_object (orders));
  if (!put_documents (self, json_node_get_array (documents), error))
    return FALSE;
  receipt = dex_await_boxed (stall_store_apply (self->store, self->changes), error);
  return receipt != NULL;
}

/* Somebody's own products and orders are never mixed with invented ones. */
static gboolean
check_is_empty (Sample *self, GError **error)
{
  const StallKind kinds[] = { STALL_KIND_PRODUCT, STALL_KIND_ORDER };
  g_autoptr (GError) failed = NULL;
  gint64 n_things = 0;

  for (guint i = 0; failed == NULL && i < G_N_ELEMENTS (kinds); i++)
    n_things += dex_await_int64 (stall_store_count (self->store, kinds[i]), &failed);
  if (failed == NULL && n_things > 0)
    failed = g_error_new_literal (
        STALL_ERROR, STALL_ERROR_INVALID,
        _ ("There are products or orders in this stall already. Choose an empty folder for the "
           "sample stall."));
  if (failed == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

static DexFuture *
fill_fiber (gpointer data)
{
  Sample *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) stall = stall_sample_read (&self->context, "stall.json", &error);
  JsonObject *root = stall != NULL ? json_node_get_object (stall) : NULL;

  if (root == NULL || !check_is_empty (self, &error)
      || !put_profile (self, stall_json_get_object (root, "profile"), &error)
      || !import_products (self, &error) || !load_products (self, &error)
      || !put_rest (self, stall_json_get_object (root, "products"), &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  return dex_future_new_true ();
}

/**
 * stall_sample_fill:
 * @store: an empty stall, open for writing
 * @now: the moment that the sample stall's days are counted from
 *
 * Fills @store with the sample stall in the language of the locale: a product file is imported as a
 * person's would be, and what happened to it since arrives as change sets. None of it can be
 * undone: a stall begins with it.
 *
 * Returns: (transfer full): a boolean; #STALL_ERROR_INVALID when the stall is not empty
 */
DexFuture *
stall_sample_fill (StallStore *store, StallTime now)
{
  Sample *self;

  dex_return_error_if_fail (STALL_IS_STORE (store));

  /* Asking for it is what makes it known. */
  stall_sample_get_resource ();
  self = g_new0 (Sample, 1);
  self->store = g_object_ref (store);
  self->context.language = stall_sample_choose_language ();
  self->context.now = now;
  self->context.device = g_strdup (stall_store_get_device (store));
  self->context.variants = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->products = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->changes = stall_change_set_new (_ ("Open the Sample Stall"));
  stall_change_set_set_undoable (self->changes, FALSE);
  return stall_async (fill_fiber, self, (GDestroyNotify) sample_free);
}
