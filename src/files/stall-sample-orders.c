/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-files"

#include "config.h"

#include "stall-sample-private.h"

#include "stall-contact.h"
#include "stall-movement.h"
#include "stall-order-event.h"
#include "stall-remark.h"

static StallTime
get_time (JsonObject *object, const char *member)
{
  StallTime time = STALL_TIME_NONE;

  stall_time_parse (stall_json_get_string (object, member, ""), &time);
  return time;
}

static StallVariant *
get_variant (const StallSampleContext *context, JsonObject *object)
{
  return g_hash_table_lookup (context->variants, stall_json_get_string (object, "sku", ""));
}

static void
put (StallChangeSet *changes, StallDocument *document)
{
  stall_change_set_put (changes, document);
  g_object_unref (document);
}

static void
add_line (const StallSampleContext *context, StallOrder *order, JsonObject *json)
{
  StallVariant *variant = get_variant (context, json);
  StallOrderLine line = {
    .personalisation = stall_json_get_string (json, "personalisation", NULL),
    .quantity = (int) stall_json_get_int (json, "quantity", 1),
  };

  g_return_if_fail (variant != NULL);

  line.variant = stall_variant_get_id (variant);
  line.sku = stall_variant_get_sku (variant);
  line.price = stall_variant_get_price (variant);
  stall_order_add_line (order, &line);
}

static void
add_charge (StallOrder *order, JsonObject *json)
{
  StallOrderCharge charge = {
    .kind = g_str_equal (stall_json_get_string (json, "kind", ""), "discount")
                ? STALL_CHARGE_DISCOUNT
                : STALL_CHARGE_SHIPPING,
    .title = stall_json_get_string (json, "title", NULL),
    .amount = stall_json_get_int (json, "amount", 0),
  };

  stall_order_add_charge (order, &charge);
}

static StallOrder *
make_order (const StallSampleContext *context, JsonObject *json, const char *customer)
{
  const char *number = stall_json_get_string (json, "number", "");
  g_autofree char *id = stall_id_derive (STALL_KIND_ORDER, "sample", number);
  StallOrder *order = stall_order_new (id, number, context->currency);
  JsonArray *lines = stall_json_get_array (json, "lines");
  JsonArray *charges = stall_json_get_array (json, "charges");

  stall_order_set_source (order,
                          stall_source_from_string (stall_json_get_string (json, "source", "")),
                          stall_json_get_string (json, "ref", NULL));
  stall_order_set_times (order, get_time (json, "at"), get_time (json, "ship_by"));
  stall_order_set_customer (order, customer);
  for (guint i = 0; i < json_array_get_length (lines); i++)
    add_line (context, order, json_array_get_object_element (lines, i));
  for (guint i = 0; charges != NULL && i < json_array_get_length (charges); i++)
    add_charge (order, json_array_get_object_element (charges, i));
  return order;
}

static void
put_event (const StallSampleContext *context,
           StallChangeSet *changes,
           const char *order_id,
           guint index,
           JsonObject *json)
{
  g_autofree char *suffix = g_strdup_printf ("%u", index + 1);
  g_autofree char *id = stall_id_for_order (STALL_KIND_EVENT, order_id, suffix);
  JsonArray *lines = stall_json_get_array (json, "lines");
  g_autoptr (StallOrderEvent) event = NULL;
  StallStep step;

  if (!stall_step_from_string (stall_json_get_string (json, "step", ""), &step))
    g_return_if_reached ();
  event = stall_order_event_new_with_id (id, order_id, step, get_time (json, "at"));
  for (guint i = 0; lines != NULL && i < json_array_get_length (lines); i++)
    {
      JsonObject *line = json_array_get_object_element (lines, i);

      stall_order_event_add_line (event, (guint) stall_json_get_int (line, "line", 0),
                                  (int) stall_json_get_int (line, "quantity", 1));
    }
  if (json_object_has_member (json, "money"))
    stall_order_event_set_money (event, stall_json_get_int (json, "money", 0), context->currency);
  if (json_object_has_member (json, "place"))
    stall_order_event_set_place (event, stall_json_get_string (json, "place", NULL));
  stall_order_event_set_payment (event, stall_json_get_string (json, "payment", NULL));
  if (json_object_has_member (json, "tracking"))
    stall_order_event_set_tracking (event, stall_json_get_string (json, "carrier", NULL),
                                    stall_json_get_string (json, "tracking", NULL));
  stall_order_event_set_restock (event, stall_json_get_boolean (json, "restock", FALSE));
  stall_order_event_set_remark (event, stall_json_get_string (json, "remark", NULL));
  put (changes, stall_order_event_to_document (event, context->device));
}

static void
put_contact (const StallSampleContext *context,
             StallChangeSet *changes,
             const char *order_id,
             JsonObject *customer)
{
  g_autoptr (StallContact) contact = stall_contact_new (order_id);

  stall_contact_set_name (contact, stall_json_get_string (customer, "name", ""));
  stall_contact_set_phone (contact, stall_json_get_string (customer, "phone", ""));
  stall_contact_set_address (contact, stall_json_get_string (customer, "address", ""));
  put (changes, stall_contact_to_document (contact, context->device));
}

static void
put_remark (const StallSampleContext *context,
            StallChangeSet *changes,
            const char *order_id,
            JsonObject *json)
{
  g_autoptr (StallRemark) remark = stall_remark_new (order_id);

  stall_remark_set_flag (remark, stall_flag_from_string (stall_json_get_string (json, "flag", "")));
  stall_remark_set_text (remark, stall_json_get_string (json, "text", ""));
  put (changes, stall_remark_to_document (remark, context->device));
}

/**
 * stall_sample_put_orders:
 * @context: the sample stall
 * @changes: takes the documents
 * @root: orders.json as read
 *
 * Adds every order with what happened to it, its contact and its remark.
 */
void
stall_sample_put_orders (const StallSampleContext *context,
                         StallChangeSet *changes,
                         JsonObject *root)
{
  JsonArray *orders = stall_json_get_array (root, "orders");
  JsonObject *customers = stall_json_get_object (root, "customers");

  for (guint i = 0; i < json_array_get_length (orders); i++)
    {
      JsonObject *json = json_array_get_object_element (orders, i);
      const char *key = stall_json_get_string (json, "customer", NULL);
      JsonObject *customer = key != NULL ? stall_json_get_object (customers, key) : NULL;
      const char *handle
          = customer != NULL ? stall_json_get_string (customer, "handle", NULL) : NULL;
      g_autoptr (StallOrder) order = make_order (context, json, handle);
      const char *id = stall_order_get_id (order);
      JsonArray *events = stall_json_get_array (json, "events");
      JsonObject *remark = stall_json_get_object (json, "remark");

      put (changes, stall_order_to_document (order, context->device));
      for (guint j = 0; j < json_array_get_length (events); j++)
        put_event (context, changes, id, j, json_array_get_object_element (events, j));
      if (customer != NULL)
        put_contact (context, changes, id, customer);
      if (remark != NULL)
        put_remark (context, changes, id, remark);
    }
}

/**
 * stall_sample_put_movements:
 * @context: the sample stall
 * @changes: takes the documents
 * @movements: movements.json as read
 *
 * Adds what was made, bought, counted, carried to the fair, given away and spoilt.
 */
void
stall_sample_put_movements (const StallSampleContext *context,
                            StallChangeSet *changes,
                            JsonArray *movements)
{
  for (guint i = 0; i < json_array_get_length (movements); i++)
    {
      JsonObject *json = json_array_get_object_element (movements, i);
      g_autofree char *name = g_strdup_printf ("%u", i);
      g_autofree char *id = stall_id_derive (STALL_KIND_MOVEMENT, "sample", name);
      StallVariant *variant = get_variant (context, json);
      const char *place = stall_json_get_string (json, "place", STALL_PLACE_WORKSHOP);
      StallTime at = get_time (json, "at");
      g_autoptr (StallMovement) movement = NULL;

      g_return_if_fail (variant != NULL);

      if (json_object_has_member (json, "count"))
        movement = stall_movement_new_count (stall_variant_get_id (variant), place,
                                             (int) stall_json_get_int (json, "count", 0), at);
      else
        movement = stall_movement_new (
            stall_variant_get_id (variant), place, (int) stall_json_get_int (json, "quantity", 0),
            stall_reason_from_string (stall_json_get_string (json, "reason", "")), at);
      stall_movement_set_id (movement, id);
      stall_movement_set_remark (movement, stall_json_get_string (json, "remark", NULL));
      put (changes, stall_movement_to_document (movement, context->device));
    }
}
