/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "stall-async.h"
#include "stall-language.h"
#include "stall-movement.h"
#include "stall-order-event.h"
#include "stall-store.h"

#include <stdlib.h>

/* make-stall FOLDER PRODUCTS ORDERS: a stall larger than any maker's, through the one door in.
 *
 * A third of the titles is Chinese. Every product has two variants and a count; every order two
 * lines, nine in ten are finished, the newest are open. A third of the customers goes by a Chinese
 * name, a third by one in Latin letters, a third by a number. The same numbers give the same
 * stall. */

#define BATCH 500
#define VARIANTS 2

static const char *const colours[]
    = { "Lilac", "Indigo", "Moss", "Clay", "Ivory", "Plum", "浅紫", "靛蓝", "苔绿", "象牙白" };
static const char *const things[]
    = { "Suit", "Lamp", "Teacup", "Scarf", "Notebook", "Candle", "西装", "台灯", "茶杯", "围巾" };
static const char *const moods[]
    = { "for Rainy Days", "of the Old Town", "by the River", "浅春系", "山野", "手作" };

static const char *const surnames[]
    = { "王", "李", "张", "刘", "陈", "杨", "黄", "赵", "吴", "周", "欧阳", "司徒" };
static const char *const given[] = { "小", "雨", "子", "思", "晓", "明", "桐", "涵", "佳", "文",
                                     "静", "雅", "若", "溪", "青", "禾", "一", "诺", "梦", "琪" };
static const char *const names[] = { "anna", "chen", "emma", "joyce",  "lin",     "maggie", "mia",
                                     "nora", "olga", "ruby", "xiaoyu", "xiaomei", "yuki",   "zoe" };

typedef struct
{
  guint n_products;
  guint n_orders;
  guint done; /* products, then orders */
  GRand *rand;
  StallTime now;
  const char *device;
  GPtrArray *variants; /* ids */
} Maker;

#define PICK(self, list) (list)[g_rand_int_range ((self)->rand, 0, G_N_ELEMENTS (list))]

static void
add_product (Maker *self, GPtrArray *documents)
{
  g_autoptr (StallProduct) product = stall_product_new ();
  g_autofree char *title = g_strdup_printf ("%s %s %s %u", PICK (self, colours),
                                            PICK (self, things), PICK (self, moods), self->done);

  stall_product_set_title (product, title);
  stall_product_set_stage (product, STALL_STAGE_ON_SALE);
  for (guint i = 0; i < VARIANTS; i++)
    {
      g_autoptr (StallVariant) variant = stall_variant_new ();
      g_autoptr (StallMovement) count = NULL;
      g_autofree char *sku = g_strdup_printf ("P%06u-%u", self->done, i);
      gint64 price = g_rand_int_range (self->rand, 2000, 80000);

      stall_variant_set_sku (variant, sku);
      stall_variant_set_option (variant, "Size", i == 0 ? "M" : "L");
      stall_variant_set_price (variant, price, "CNY");
      stall_product_add_variant (product, variant);
      g_ptr_array_add (self->variants, g_strdup (stall_variant_get_id (variant)));
      count = stall_movement_new_count (stall_variant_get_id (variant), STALL_PLACE_WORKSHOP,
                                        g_rand_int_range (self->rand, 0, 200),
                                        self->now - 800 * STALL_DAY);
      g_ptr_array_add (documents, stall_movement_to_document (count, self->device));
    }
  g_ptr_array_add (documents, stall_product_to_document (product, self->device));
}

static char *
make_customer (Maker *self)
{
  switch (g_rand_int_range (self->rand, 0, 3))
    {
    case 0:
      return g_strconcat (PICK (self, surnames), PICK (self, given), PICK (self, given), NULL);
    case 1:
      return g_strdup_printf ("%s_%s%d", PICK (self, names), PICK (self, names),
                              g_rand_int_range (self->rand, 1970, 2012));
    default:
      return g_strdup_printf ("guest%d", g_rand_int_range (self->rand, 0, 200000));
    }
}

static void
add_order (Maker *self, guint index, GPtrArray *documents)
{
  g_autofree char *number = g_strdup_printf ("%u", 1000000 + index);
  g_autofree char *id = stall_id_derive (STALL_KIND_ORDER, "bench", number);
  g_autofree char *customer = make_customer (self);
  g_autoptr (StallOrder) order = stall_order_new (id, number, "CNY");
  g_autoptr (StallOrderEvent) event = NULL;
  guint age = self->n_orders - index; /* the last one is the newest */
  StallTime placed = self->now - (StallTime) age * (700 * STALL_DAY / MAX (self->n_orders, 1));
  gboolean open = age < 200;

  stall_order_set_source (order, g_rand_int_range (self->rand, 0, STALL_N_SOURCES), NULL);
  stall_order_set_times (order, placed, placed + 3 * STALL_DAY);
  stall_order_set_customer (order, customer);
  for (guint i = 0; i < 2; i++)
    {
      StallOrderLine line = {
        .variant = g_ptr_array_index (self->variants,
                                      g_rand_int_range (self->rand, 0, (int) self->variants->len)),
        .quantity = g_rand_int_range (self->rand, 1, 4),
        .price = g_rand_int_range (self->rand, 2000, 80000),
      };

      stall_order_add_line (order, &line);
    }
  event = stall_order_event_new (id, open ? STALL_STEP_PAID : STALL_STEP_COMPLETED, placed);
  stall_order_event_set_money (event, stall_order_get_total (order), "CNY");
  g_ptr_array_add (documents, stall_order_to_document (order, self->device));
  g_ptr_array_add (documents, stall_order_event_to_document (event, self->device));
}

static GPtrArray *
next_documents (gpointer data, GError **error)
{
  Maker *self = data;
  g_autoptr (GPtrArray) documents = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < BATCH && self->done < self->n_products + self->n_orders; i++, self->done++)
    {
      if (self->done < self->n_products)
        add_product (self, documents);
      else
        add_order (self, self->done - self->n_products, documents);
    }
  if (self->done % 20000 == 0)
    g_printerr ("\r%u of %u", self->done, self->n_products + self->n_orders);
  return documents->len > 0 ? g_steal_pointer (&documents) : NULL;
}

static gboolean
add_profile (StallStore *store, GError **error)
{
  g_autoptr (StallProfile) profile = stall_profile_new ();
  g_autoptr (StallChangeSet) changes = stall_change_set_new ("Profile");
  g_autoptr (StallDocument) document = NULL;
  g_autoptr (StallReceipt) receipt = NULL;

  stall_profile_set_name (profile, "The Large Stall");
  stall_profile_set_currency (profile, "CNY");
  document = stall_profile_to_document (profile, stall_store_get_device (store));
  stall_change_set_put (changes, document);
  receipt = dex_await_boxed (stall_store_apply (store, changes), error);
  return receipt != NULL;
}

static gboolean
make (const char *const *arguments, GError **error)
{
  g_autoptr (StallStore) store = dex_await_object (
      stall_store_open (arguments[1], STALL_STORE_WRITE | STALL_STORE_CREATE), error);
  g_autoptr (StallChangeSet) changes = NULL;
  g_autoptr (StallReceipt) receipt = NULL;
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261122);
  g_autoptr (GPtrArray) variants = g_ptr_array_new_with_free_func (g_free);
  Maker maker = {
    .n_products = (guint) atoi (arguments[2]),
    .n_orders = (guint) atoi (arguments[3]),
    .rand = rand,
    .now = stall_time_now (),
    .variants = variants,
  };

  if (store == NULL || !add_profile (store, error))
    return FALSE;
  maker.device = stall_store_get_device (store);
  changes = stall_change_set_new_from_source ("The large stall", next_documents, &maker, NULL);
  receipt = dex_await_boxed (stall_store_apply (store, changes), error);
  return receipt != NULL && dex_await (stall_store_close (store), error);
}

static DexFuture *
make_fiber (gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (make (data, &error))
    exit (0);
  g_printerr ("make-stall: %s\n", error->message);
  exit (1);
}

int
main (int argc, char **argv)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);

  if (argc != 4)
    return 2;
  stall_choose_language ();
  g_set_prgname ("make-stall");
  dex_init ();
  stall_spawn (make_fiber, argv, NULL);
  g_main_loop_run (loop);
  return 0;
}
