/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "stall-async.h"
#include "stall-language.h"
#include "stall-movement.h"
#include "stall-order-event.h"
#include "stall-store.h"

#include <stdio.h>

/* edit-loop FOLDER: moves stock of one variant again and again, and writes the id of each movement
 * as soon as the store says that it is saved. Meant to be killed. */

static StallVariant *
add_product (StallChangeSet *changes, const char *device)
{
  g_autoptr (StallProduct) product = stall_product_new ();
  g_autoptr (StallVariant) variant = stall_variant_new ();
  g_autoptr (StallDocument) document = NULL;

  stall_product_set_title (product, "Lamp");
  stall_product_set_stage (product, STALL_STAGE_ON_SALE);
  stall_variant_set_sku (variant, "LAMP");
  stall_product_add_variant (product, variant);
  document = stall_product_to_document (product, device);
  stall_change_set_put (changes, document);
  return g_steal_pointer (&variant);
}

static gboolean
move_once (StallStore *store, StallVariant *variant, GError **error)
{
  g_autoptr (StallChangeSet) changes = stall_change_set_new ("Move");
  g_autoptr (StallMovement) movement
      = stall_movement_new (stall_variant_get_id (variant), STALL_PLACE_WORKSHOP, 1,
                            STALL_REASON_MADE, stall_time_now ());
  g_autoptr (StallDocument) document
      = stall_movement_to_document (movement, stall_store_get_device (store));
  g_autoptr (StallReceipt) receipt = NULL;

  stall_change_set_put (changes, document);
  receipt = dex_await_boxed (stall_store_apply (store, changes), error);
  if (receipt == NULL)
    return FALSE;
  printf ("%s\n", stall_document_get_id (document));
  return fflush (stdout) == 0;
}

static DexFuture *
edit_fiber (gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StallChangeSet) changes = stall_change_set_new ("Product");
  g_autoptr (StallReceipt) receipt = NULL;
  g_autoptr (StallStore) store
      = dex_await_object (stall_store_open (data, STALL_STORE_WRITE | STALL_STORE_CREATE), &error);
  g_autoptr (StallVariant) variant = NULL;

  if (store != NULL)
    {
      variant = add_product (changes, stall_store_get_device (store));
      receipt = dex_await_boxed (stall_store_apply (store, changes), &error);
    }
  while (error == NULL && move_once (store, variant, &error))
    continue;
  fprintf (stderr, "edit-loop: %s\n", error != NULL ? error->message : "nobody reads");
  exit (1);
}

int
main (int argc, char **argv)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);

  if (argc != 2)
    return 2;
  stall_choose_language ();
  g_set_prgname ("edit-loop"); /* so that a refused program can say who holds the stall */
  dex_init ();
  stall_spawn (edit_fiber, argv[1], NULL);
  g_main_loop_run (loop);
  return 0;
}
