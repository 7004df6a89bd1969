/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-order-record.h"

#include "stall-async.h"
#include "stall-figures.h"
#include "stall-query-model.h"

#include <glib/gi18n-lib.h>

G_DEFINE_BOXED_TYPE (StallOrderRecord,
                     stall_order_record,
                     stall_order_record_ref,
                     stall_order_record_unref)

typedef struct
{
  StallStore *store;
  char *order_id;
} Load;

static void
load_free (Load *load)
{
  g_clear_object (&load->store);
  g_free (load->order_id);
  g_free (load);
}

static void
record_clear (gpointer data)
{
  StallOrderRecord *self = data;

  g_clear_object (&self->order);
  g_clear_pointer (&self->state, stall_order_state_free);
  g_clear_object (&self->contact);
  g_clear_object (&self->remark);
  g_clear_pointer (&self->variants, g_hash_table_unref);
  g_strfreev (self->places);
}

static GPtrArray *
await_events (StallStore *store, const char *order_id, GError **error)
{
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GListModel) documents = NULL;
  g_autofree char *prefix = stall_id_for_order (STALL_KIND_EVENT, order_id, "");
  guint n;

  documents = dex_await_object (stall_store_list (store, prefix), error);
  if (!documents)
    return NULL;
  n = g_list_model_get_n_items (documents);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (StallDocument) document = g_list_model_get_item (documents, i);
      g_autoptr (GError) unreadable = NULL;
      StallOrderEvent *event = stall_order_event_new_from_document (document, &unreadable);

      /* A step that a newer Stall knows is kept, and shown nowhere. */
      if (event)
        g_ptr_array_add (events, event);
    }
  return g_steal_pointer (&events);
}

/* The document, or NULL without @error when there is none. */
static StallDocument *
await_optional (StallStore *store, StallKind kind, const char *order_id, GError **error)
{
  g_autofree char *id = stall_id_for_order (kind, order_id, NULL);
  g_autoptr (GError) missing = NULL;
  StallDocument *document = dex_await_object (stall_store_load (store, id), &missing);

  if (!document && !g_error_matches (missing, STALL_ERROR, STALL_ERROR_NOT_FOUND))
    g_propagate_error (error, g_steal_pointer (&missing));
  return document;
}

static gboolean
await_contact_and_remark (StallOrderRecord *self, Load *load, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (StallDocument) contact = NULL;
  g_autoptr (StallDocument) remark = NULL;

  contact = await_optional (load->store, STALL_KIND_CONTACT, load->order_id, &failure);
  if (contact)
    self->contact = stall_contact_new_from_document (contact, &failure);
  if (!failure)
    remark = await_optional (load->store, STALL_KIND_REMARK, load->order_id, &failure);
  if (remark)
    self->remark = stall_remark_new_from_document (remark, &failure);
  if (failure)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (!self->remark)
    self->remark = stall_remark_new (load->order_id);
  return TRUE;
}

static gboolean
await_variants (StallOrderRecord *self, StallStore *store, GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GListModel) rows = NULL;
  g_auto (GStrv) ids = NULL;

  for (guint i = 0; i < stall_order_get_n_lines (self->order); i++)
    if (stall_order_get_line (self->order, i)->variant)
      g_strv_builder_add (builder, stall_order_get_line (self->order, i)->variant);
  ids = g_strv_builder_end (builder);
  if (!*ids)
    return TRUE;

  rows = dex_await_object (stall_store_variant_rows (store, (const char *const *) ids), error);
  if (!rows)
    return FALSE;
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      StallVariantRow *row = g_list_model_get_item (rows, i);

      g_hash_table_replace (self->variants, g_strdup (stall_variant_row_get_id (row)), row);
    }
  return TRUE;
}

static DexFuture *
load_fiber (gpointer data)
{
  Load *load = data;
  g_autoptr (StallOrderRecord) self = g_atomic_rc_box_new0 (StallOrderRecord);
  g_autoptr (GError) error = NULL;

  self->variants = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  if (!stall_order_await_state (load->store, load->order_id, &self->order, &self->state, &error)
      || !await_contact_and_remark (self, load, &error)
      || !await_variants (self, load->store, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  self->places = dex_await_boxed (stall_store_places (load->store), &error);
  if (!self->places)
    return dex_future_new_for_error (g_steal_pointer (&error));
  return dex_future_new_take_boxed (STALL_TYPE_ORDER_RECORD, g_steal_pointer (&self));
}

/**
 * stall_order_record_ref:
 * @self: a #StallOrderRecord
 *
 * Holds @self.
 *
 * Returns: (transfer full): @self
 */
StallOrderRecord *
stall_order_record_ref (StallOrderRecord *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * stall_order_record_unref:
 * @self: (transfer full): a #StallOrderRecord
 *
 * Lets go of @self.
 */
void
stall_order_record_unref (StallOrderRecord *self)
{
  g_atomic_rc_box_release_full (self, record_clear);
}

/**
 * stall_order_record_load:
 * @store: where the order is
 * @order_id: id of an order
 *
 * Reads an order, its events, contact, remark, the variants of its lines, and the stall's places.
 *
 * Returns: (transfer full): a future of a boxed #StallOrderRecord; rejects with
 * %STALL_ERROR_NOT_FOUND
 */
DexFuture *
stall_order_record_load (StallStore *store, const char *order_id)
{
  Load *load;

  dex_return_error_if_fail (STALL_IS_STORE (store));
  dex_return_error_if_fail (order_id);

  load = g_new0 (Load, 1);
  load->store = g_object_ref (store);
  load->order_id = g_strdup (order_id);
  return stall_async (load_fiber, load, (GDestroyNotify) load_free);
}

/**
 * stall_order_await_state:
 * @store: where the order is
 * @order_id: id of an order
 * @order: (out) (transfer full): the order
 * @state: (out) (transfer full): the fold of its events
 * @error: return location
 *
 * Waits for an order and what became of it. Only in a fiber.
 *
 * Returns: whether both were read
 */
gboolean
stall_order_await_state (StallStore *store,
                         const char *order_id,
                         StallOrder **order,
                         StallOrderState **state,
                         GError **error)
{
  g_autoptr (StallDocument) document = NULL;
  g_autoptr (StallOrder) read = NULL;
  g_autoptr (GPtrArray) events = NULL;

  g_return_val_if_fail (STALL_IS_STORE (store) && order_id && order && state, FALSE);

  document = dex_await_object (stall_store_load (store, order_id), error);
  if (document)
    read = stall_order_new_from_document (document, error);
  if (read)
    events = await_events (store, order_id, error);
  if (!events)
    return FALSE;
  *state = stall_order_state_new (read, events);
  *order = g_steal_pointer (&read);
  return TRUE;
}

/**
 * stall_order_record_get_variant:
 * @self: a #StallOrderRecord
 * @line: index of a line
 *
 * Finds what was ordered in the inventory.
 *
 * Returns: (transfer none) (nullable): the variant, or %NULL when the inventory does not have it
 */
StallVariantRow *
stall_order_record_get_variant (const StallOrderRecord *self, guint line)
{
  const char *id;

  g_return_val_if_fail (self && line < stall_order_get_n_lines (self->order), NULL);

  id = stall_order_get_line (self->order, line)->variant;
  return id ? g_hash_table_lookup (self->variants, id) : NULL;
}

/**
 * stall_order_record_dup_title:
 * @self: a #StallOrderRecord
 * @line: index of a line
 *
 * Names what was ordered: as the line says, else the inventory, else its SKU.
 *
 * Returns: (transfer full): the name, never empty
 */
char *
stall_order_record_dup_title (const StallOrderRecord *self, guint line)
{
  StallVariantRow *variant = stall_order_record_get_variant (self, line);
  const StallOrderLine *ordered = stall_order_get_line (self->order, line);

  if (ordered->title && *ordered->title)
    return g_strdup (ordered->title);
  if (variant)
    return g_strdup (stall_variant_row_get_product_title (variant));
  return g_strdup (ordered->sku && *ordered->sku ? ordered->sku
                                                 : _ ("Something not in the inventory"));
}

/**
 * stall_order_record_get_options:
 * @self: a #StallOrderRecord
 * @line: index of a line
 *
 * Names the options of what was ordered: “Lilac / M”.
 *
 * Returns: the options; empty when there are none
 */
const char *
stall_order_record_get_options (const StallOrderRecord *self, guint line)
{
  StallVariantRow *variant = stall_order_record_get_variant (self, line);

  return variant ? stall_variant_row_get_title (variant) : "";
}
