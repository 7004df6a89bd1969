/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-files"

#include "config.h"

#include "stall-import-goods.h"
#include "stall-preset-private.h"

#include "stall-movement.h"
#include "stall-product.h"
#include "stall-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Titles remembered for each SKU; the usual one is among the first. */
#define MAX_TITLES 16
#define MAX_KEY 255

typedef struct
{
  char *text;
  guint sold; /* lines with a price: “damaged” and “check” have none */
  guint seen;
} Title;

struct _StallGoods
{
  StallImportJob *job;
  GHashTable *wares; /* key → StallWare, owned */
  GPtrArray *order;  /* the same in the file's order */
  char key[MAX_KEY + 1];
};

static void
title_free (gpointer data)
{
  g_free (((Title *) data)->text);
  g_free (data);
}

static void
ware_free (gpointer data)
{
  StallWare *ware = data;

  g_ptr_array_unref (ware->titles);
  g_free (ware->key);
  g_free (ware->sku);
  g_free (ware->variant_id);
  g_free (ware->product_id);
  g_free (ware);
}

/* @job: outlives the table */
StallGoods *
stall_goods_new (StallImportJob *job)
{
  StallGoods *self = g_new0 (StallGoods, 1);

  self->job = job;
  self->wares = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, ware_free);
  self->order = g_ptr_array_new ();
  return self;
}

void
stall_goods_free (StallGoods *self)
{
  g_ptr_array_unref (self->order);
  g_hash_table_unref (self->wares);
  g_free (self);
}

/* The same SKU is written 85123A and 85123a. Valid until the next call. */
const char *
stall_goods_key (StallGoods *self, const char *sku)
{
  gsize i = 0;

  for (; sku[i] != '\0' && i < MAX_KEY; i++)
    self->key[i] = g_ascii_toupper (sku[i]);
  self->key[i] = '\0';
  return self->key;
}

static StallWare *
ware_new (StallGoods *self, const char *key, const char *sku)
{
  const StallCatalogVariant *known
      = *sku != '\0' ? stall_catalog_find_sku (self->job->catalog, key) : NULL;
  StallWare *ware = g_new0 (StallWare, 1);

  ware->key = g_strdup (key);
  ware->sku = g_strdup (sku);
  ware->titles = g_ptr_array_new_with_free_func (title_free);
  if (known != NULL)
    {
      ware->variant = known->id;
      ware->product = known->product;
    }
  else if (stall_preset_get_new_products (self->job->preset) && *sku != '\0')
    {
      ware->variant = ware->variant_id = stall_uuid_derive ("sku-variant", key);
      ware->product = ware->product_id = stall_id_derive (STALL_KIND_PRODUCT, "sku", key);
      ware->makes_product = !stall_catalog_has (self->job->catalog, ware->product);
    }
  g_hash_table_insert (self->wares, ware->key, ware);
  g_ptr_array_add (self->order, ware);
  return ware;
}

/* The ware of a line; without a SKU its title names it. Owned by the table. */
StallWare *
stall_goods_find (StallGoods *self, const char *sku, const char *title)
{
  const char *key = stall_goods_key (self, *sku != '\0' ? sku : title);
  StallWare *ware = g_hash_table_lookup (self->wares, key);

  return ware != NULL ? ware : ware_new (self, key, sku);
}

/* Remembers what a line says of its ware. */
void
stall_ware_note (StallWare *self, const char *title, int quantity, gint64 price)
{
  gboolean sold = price > 0;
  guint i;

  if (sold && quantity > 0)
    self->price = price;
  if (!self->makes_product || *title == '\0')
    return;
  for (i = 0; i < self->titles->len; i++)
    {
      Title *known = g_ptr_array_index (self->titles, i);

      known->seen += g_str_equal (known->text, title);
      known->sold += sold && g_str_equal (known->text, title);
      if (g_str_equal (known->text, title))
        return;
    }
  if (i < MAX_TITLES)
    {
      Title *added = g_new0 (Title, 1);

      added->text = g_strdup (title);
      added->seen = 1;
      added->sold = sold;
      g_ptr_array_add (self->titles, added);
    }
}

static void
choose_title (StallWare *self)
{
  Title *best = NULL;

  for (guint i = 0; i < self->titles->len; i++)
    {
      Title *title = g_ptr_array_index (self->titles, i);

      if (best == NULL || title->sold > best->sold
          || (title->sold == best->sold && title->seen > best->seen))
        best = title;
    }
  self->title = best != NULL ? best->text : self->sku;
}

static void
put_product (StallGoods *self, StallWare *ware)
{
  g_autoptr (StallProduct) product = stall_product_new ();
  g_autoptr (StallVariant) variant = stall_variant_new_with_id (ware->variant);

  stall_product_set_id (product, ware->product);
  stall_product_set_title (product, ware->title);
  stall_product_set_stage (product, STALL_STAGE_ON_SALE);
  stall_variant_set_sku (variant, ware->sku);
  if (ware->price > 0)
    stall_variant_set_price (variant, ware->price, self->job->currency);
  stall_product_add_variant (product, variant);
  stall_import_job_put (self->job, stall_product_to_document (product, self->job->device));
}

/* What was sold has left; what was there before is not in the file. So the stock of a new product
 * starts with a count of none behind its history, to be counted by the owner. */
static void
put_count (StallGoods *self, StallWare *ware, StallTime after)
{
  g_autofree char *id = stall_id_derive (STALL_KIND_MOVEMENT, "sku-count", ware->key);
  g_autoptr (StallMovement) count
      = stall_movement_new_count (ware->variant, STALL_PLACE_WORKSHOP, 0, after + STALL_SECOND);

  stall_movement_set_id (count, id);
  stall_import_job_put_movement (self->job, count, 1);
}

/* Makes the products that the file sells and the stall does not have, and settles every title. */
void
stall_goods_emit (StallGoods *self, StallTime after)
{
  StallImportJob *job = self->job;
  guint n_new = 0, n_missing = 0;

  for (guint i = 0; i < self->order->len; i++)
    {
      StallWare *ware = g_ptr_array_index (self->order, i);

      n_missing += ware->variant == NULL && *ware->sku != '\0';
      if (!ware->makes_product)
        {
          job->counts->present += ware->variant != NULL;
          continue;
        }
      choose_title (ware);
      if (job->pipe != NULL)
        put_product (self, ware);
      put_count (self, ware, after);
      job->counts->products++;
      job->counts->variants++;
      n_new++;
    }
  if (n_new > 0)
    {
      g_autofree char *number = stall_text_from_count (n_new);

      stall_import_job_warn (job, 1,
                             ngettext ("The stock of %s new product starts at 0: count it.",
                                       "The stock of %s new products starts at 0: count them.",
                                       n_new),
                             number);
    }
  if (n_missing > 0)
    {
      g_autofree char *number = stall_text_from_count (n_missing);

      stall_import_job_warn (
          job, 1,
          ngettext (
              "%s SKU is not in the inventory. Its lines keep their name and move no stock; "
              "import the products first to connect them.",
              "%s SKUs are not in the inventory. Their lines keep their names and move no stock; "
              "import the products first to connect them.",
              n_missing),
          number);
    }
}
