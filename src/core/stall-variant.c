/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-core"

#include "config.h"

#include "stall-variant.h"

#include "stall-money.h"
#include "stall-product-private.h"
#include "stall-text.h"

struct _StallVariant
{
  GObject parent_instance;

  JsonObject *json;
};

G_DEFINE_FINAL_TYPE (StallVariant, stall_variant, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_ID,
  PROP_TITLE,
  PROP_SKU,
  PROP_BARCODE,
  PROP_PRICE,
  PROP_COST,
  PROP_LOW_AT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
set_text (StallVariant *self, const char *member, const char *text, guint property)
{
  if (stall_text_set_member (self->json, member, text))
    g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static gint64
get_money (StallVariant *self, const char *member)
{
  const char *currency;
  gint64 amount;

  return stall_money_from_json (self->json, member, &amount, &currency) ? amount : STALL_PRICE_NONE;
}

static void
set_money (StallVariant *self,
           const char *member,
           gint64 amount,
           const char *currency,
           guint property)
{
  JsonObject *money = stall_json_get_object (self->json, member);

  if (amount == get_money (self, member)
      && (amount == STALL_PRICE_NONE
          || g_strcmp0 (currency, stall_json_get_string (money, "currency", NULL)) == 0))
    return;

  if (amount == STALL_PRICE_NONE)
    json_object_remove_member (self->json, member);
  else
    stall_money_to_json (self->json, member, amount, currency);
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
stall_variant_finalize (GObject *object)
{
  StallVariant *self = STALL_VARIANT (object);

  json_object_unref (self->json);

  G_OBJECT_CLASS (stall_variant_parent_class)->finalize (object);
}

static void
stall_variant_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  StallVariant *self = STALL_VARIANT (object);

  switch (id)
    {
    case PROP_ID:
      g_value_set_string (value, stall_variant_get_id (self));
      break;
    case PROP_TITLE:
      g_value_take_string (value, stall_variant_dup_title (self));
      break;
    case PROP_SKU:
      g_value_set_string (value, stall_variant_get_sku (self));
      break;
    case PROP_BARCODE:
      g_value_set_string (value, stall_variant_get_barcode (self));
      break;
    case PROP_PRICE:
      g_value_set_int64 (value, stall_variant_get_price (self));
      break;
    case PROP_COST:
      g_value_set_int64 (value, stall_variant_get_cost (self));
      break;
    case PROP_LOW_AT:
      g_value_set_int (value, stall_variant_get_low_at (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
stall_variant_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  StallVariant *self = STALL_VARIANT (object);

  switch (id)
    {
    case PROP_SKU:
      stall_variant_set_sku (self, g_value_get_string (value));
      break;
    case PROP_BARCODE:
      stall_variant_set_barcode (self, g_value_get_string (value));
      break;
    case PROP_LOW_AT:
      stall_variant_set_low_at (self, g_value_get_int (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
stall_variant_class_init (StallVariantClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags read = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  const GParamFlags write = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->finalize = stall_variant_finalize;
  object_class->get_property = stall_variant_get_property;
  object_class->set_property = stall_variant_set_property;

  properties[PROP_ID] = g_param_spec_string ("id", NULL, NULL, "", read);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, "", read);
  properties[PROP_SKU] = g_param_spec_string ("sku", NULL, NULL, "", write);
  properties[PROP_BARCODE] = g_param_spec_string ("barcode", NULL, NULL, "", write);
  /* Money needs its currency too, so it is set by function only. */
  properties[PROP_PRICE]
      = g_param_spec_int64 ("price", NULL, NULL, G_MININT64, G_MAXINT64, STALL_PRICE_NONE, read);
  properties[PROP_COST]
      = g_param_spec_int64 ("cost", NULL, NULL, G_MININT64, G_MAXINT64, STALL_PRICE_NONE, read);
  properties[PROP_LOW_AT] = g_param_spec_int ("low-at", NULL, NULL, -1, G_MAXINT, -1, write);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
stall_variant_init (StallVariant *self)
{
}

/**
 * stall_variant_new:
 *
 * Returns: (transfer full): a variant with a new id and nothing else
 */
StallVariant *
stall_variant_new (void)
{
  g_autofree char *id = stall_uuid_new ();

  return stall_variant_new_with_id (id);
}

/**
 * stall_variant_new_with_id:
 * @id: a UUID, such as stall_uuid_derive() makes it for an import
 *
 * Returns: (transfer full): a variant with this id and nothing else
 */
StallVariant *
stall_variant_new_with_id (const char *id)
{
  g_autoptr (JsonObject) json = json_object_new ();

  g_return_val_if_fail (id != NULL, NULL);

  json_object_set_string_member (json, "id", id);
  return stall_variant_new_for_json (json);
}

/**
 * stall_variant_new_like:
 * @other: a variant
 *
 * Returns: (transfer full): a variant with a new id and all that @other says, but for the barcode,
 * which tells the two apart
 */
StallVariant *
stall_variant_new_like (StallVariant *other)
{
  g_autoptr (StallVariant) fresh = stall_variant_new ();
  g_autoptr (JsonObject) json = NULL;

  g_return_val_if_fail (STALL_IS_VARIANT (other), NULL);

  json = stall_json_copy_object (other->json);
  json_object_set_string_member (json, "id", stall_variant_get_id (fresh));
  json_object_remove_member (json, "barcode");
  return stall_variant_new_for_json (json);
}

/*
 * stall_variant_new_for_json:
 * @json: an object of a product's `variants`, which the variant changes in place
 *
 * Returns: (transfer full): the variant
 */
StallVariant *
stall_variant_new_for_json (JsonObject *json)
{
  StallVariant *self = g_object_new (STALL_TYPE_VARIANT, NULL);

  self->json = json_object_ref (json);
  return self;
}

/*
 * stall_variant_get_json:
 * @self: a variant
 *
 * Returns: (transfer none): the object that it changes
 */
JsonObject *
stall_variant_get_json (StallVariant *self)
{
  return self->json;
}

/**
 * stall_variant_get_id:
 * @self: a variant
 *
 * Returns: its id, which never changes
 */
const char *
stall_variant_get_id (StallVariant *self)
{
  g_return_val_if_fail (STALL_IS_VARIANT (self), NULL);

  return stall_json_get_string (self->json, "id", "");
}

/**
 * stall_variant_dup_options:
 * @self: a variant
 *
 * Returns: (transfer full): name, value, name, value, … such as “Colour”, “Lilac”
 */
GStrv
stall_variant_dup_options (StallVariant *self)
{
  g_return_val_if_fail (STALL_IS_VARIANT (self), NULL);

  return stall_text_get_pairs (self->json, "options");
}

/**
 * stall_variant_set_option:
 * @self: a variant
 * @name: name of an option, such as “Colour”
 * @value: (nullable): its value, or %NULL to take the option away
 *
 * Sets one option of a variant.
 */
void
stall_variant_set_option (StallVariant *self, const char *name, const char *value)
{
  g_autofree char *clean = stall_text_clean (name);
  JsonObject *options;

  g_return_if_fail (STALL_IS_VARIANT (self));
  g_return_if_fail (name != NULL);

  options = stall_json_get_object (self->json, "options");
  if (options == NULL)
    {
      options = json_object_new ();
      json_object_set_object_member (self->json, "options", options);
    }
  if (stall_text_set_member (options, clean, value))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
}

/**
 * stall_variant_dup_title:
 * @self: a variant
 *
 * Returns: (transfer full): its options in words, “Lilac / M”; "" for the only variant of a product
 */
char *
stall_variant_dup_title (StallVariant *self)
{
  g_autoptr (GString) title = g_string_new (NULL);
  g_auto (GStrv) options = stall_variant_dup_options (self);

  for (guint i = 0; options[i] != NULL; i += 2)
    {
      if (title->len > 0)
        g_string_append (title, " / ");
      g_string_append (title, options[i + 1]);
    }
  return g_string_free_and_steal (g_steal_pointer (&title));
}

/**
 * stall_variant_get_sku:
 * @self: a variant
 *
 * Returns: its stock keeping unit, or ""
 */
const char *
stall_variant_get_sku (StallVariant *self)
{
  g_return_val_if_fail (STALL_IS_VARIANT (self), NULL);

  return stall_json_get_string (self->json, "sku", "");
}

/**
 * stall_variant_set_sku:
 * @self: a variant
 * @sku: (nullable): its stock keeping unit
 *
 * Sets the SKU, without white space around it.
 */
void
stall_variant_set_sku (StallVariant *self, const char *sku)
{
  g_return_if_fail (STALL_IS_VARIANT (self));

  set_text (self, "sku", sku, PROP_SKU);
}

/**
 * stall_variant_get_barcode:
 * @self: a variant
 *
 * Returns: the text of its barcode, or ""
 */
const char *
stall_variant_get_barcode (StallVariant *self)
{
  g_return_val_if_fail (STALL_IS_VARIANT (self), NULL);

  return stall_json_get_string (self->json, "barcode", "");
}

/**
 * stall_variant_set_barcode:
 * @self: a variant
 * @barcode: (nullable): the text of its barcode
 *
 * Sets the barcode; whether it is one is for stall_barcode_check() to say.
 */
void
stall_variant_set_barcode (StallVariant *self, const char *barcode)
{
  g_return_if_fail (STALL_IS_VARIANT (self));

  set_text (self, "barcode", barcode, PROP_BARCODE);
}

/**
 * stall_variant_get_price:
 * @self: a variant
 *
 * Returns: what a piece costs the customer, minor units, or %STALL_PRICE_NONE
 */
gint64
stall_variant_get_price (StallVariant *self)
{
  g_return_val_if_fail (STALL_IS_VARIANT (self), STALL_PRICE_NONE);

  return get_money (self, "price");
}

/**
 * stall_variant_set_price:
 * @self: a variant
 * @amount: minor units, or %STALL_PRICE_NONE
 * @currency: ISO 4217 code
 *
 * Sets what a piece costs the customer.
 */
void
stall_variant_set_price (StallVariant *self, gint64 amount, const char *currency)
{
  g_return_if_fail (STALL_IS_VARIANT (self));
  g_return_if_fail (amount == STALL_PRICE_NONE || currency != NULL);

  set_money (self, "price", amount, currency, PROP_PRICE);
}

/**
 * stall_variant_get_cost:
 * @self: a variant
 *
 * Returns: what a piece costs the owner, minor units, or %STALL_PRICE_NONE
 */
gint64
stall_variant_get_cost (StallVariant *self)
{
  g_return_val_if_fail (STALL_IS_VARIANT (self), STALL_PRICE_NONE);

  return get_money (self, "cost");
}

/**
 * stall_variant_set_cost:
 * @self: a variant
 * @amount: minor units, or %STALL_PRICE_NONE
 * @currency: ISO 4217 code
 *
 * Sets what a piece costs the owner.
 */
void
stall_variant_set_cost (StallVariant *self, gint64 amount, const char *currency)
{
  g_return_if_fail (STALL_IS_VARIANT (self));
  g_return_if_fail (amount == STALL_PRICE_NONE || currency != NULL);

  set_money (self, "cost", amount, currency, PROP_COST);
}

/**
 * stall_variant_get_currency:
 * @self: a variant
 *
 * Returns: (nullable): ISO 4217 code of its price or else of its cost; %NULL when it has neither
 */
const char *
stall_variant_get_currency (StallVariant *self)
{
  JsonObject *price, *cost;

  g_return_val_if_fail (STALL_IS_VARIANT (self), NULL);

  price = stall_json_get_object (self->json, "price");
  cost = stall_json_get_object (self->json, "cost");
  return stall_json_get_string (price, "currency", stall_json_get_string (cost, "currency", NULL));
}

/**
 * stall_variant_get_low_at:
 * @self: a variant
 *
 * Returns: how many pieces, or fewer, are too few; -1: the stall's default
 */
int
stall_variant_get_low_at (StallVariant *self)
{
  g_return_val_if_fail (STALL_IS_VARIANT (self), -1);

  return CLAMP (stall_json_get_int (self->json, "low_at", -1), -1, G_MAXINT);
}

/**
 * stall_variant_set_low_at:
 * @self: a variant
 * @low_at: how many pieces, or fewer, are too few; -1: the stall's default
 *
 * Sets when to warn of low stock.
 */
void
stall_variant_set_low_at (StallVariant *self, int low_at)
{
  g_return_if_fail (STALL_IS_VARIANT (self));
  g_return_if_fail (low_at >= -1);

  if (low_at == stall_variant_get_low_at (self))
    return;

  if (low_at >= 0)
    json_object_set_int_member (self->json, "low_at", low_at);
  else
    json_object_remove_member (self->json, "low_at");
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOW_AT]);
}
