/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-product-bulk.h"

#include "stall-ask.h"
#include "stall-async.h"
#include "stall-busy.h"
#include "stall-export-choice.h"
#include "stall-own-barcode.h"
#include "stall-print.h"
#include "stall-product.h"
#include "stall-stage-change.h"
#include "stall-stage-move.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  StallDesk *desk;
  GtkWidget *parent;
  StallSelection *selection; /* NULL: @product alone */
  char *product;
  StallQuery *query;
  StallStage stage;
  char *reason;      /* of a drop */
  char *tag;         /* unless NULL, what changes instead of the stage */
  GHashTable *given; /* unless NULL, barcodes are given instead: these so far */
  GCancellable *cancellable;
} Bulk;

static Bulk *
bulk_new (StallDesk *desk, GtkWidget *parent)
{
  Bulk *bulk = g_new0 (Bulk, 1);

  bulk->desk = g_object_ref (desk);
  bulk->parent = g_object_ref (parent);
  bulk->cancellable = g_cancellable_new ();
  return bulk;
}

static void
bulk_free (Bulk *bulk)
{
  g_object_unref (bulk->desk);
  g_object_unref (bulk->parent);
  g_clear_object (&bulk->selection);
  g_free (bulk->product);
  g_clear_pointer (&bulk->given, g_hash_table_unref);
  g_clear_pointer (&bulk->query, stall_query_free);
  g_free (bulk->tag);
  g_free (bulk->reason);
  g_object_unref (bulk->cancellable);
  g_free (bulk);
}

/* --- changing --- */

static gboolean
add_tag (StallProduct *product, const char *tag)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) before = stall_product_dup_tags (product);
  g_auto (GStrv) tags = NULL;
  g_auto (GStrv) after = NULL;

  g_strv_builder_addv (builder, (const char **) before);
  g_strv_builder_add (builder, tag);
  tags = g_strv_builder_end (builder);
  stall_product_set_tags (product, (const char *const *) tags);
  after = stall_product_dup_tags (product);
  return !g_strv_equal ((const char *const *) before, (const char *const *) after);
}

static gboolean
set_stage (StallProduct *product, StallStage stage, const char *reason)
{
  if (stall_product_get_stage (product) == stage)
    return FALSE;
  stall_product_move_to_stage (product, stage, reason, stall_time_now ());
  return TRUE;
}

/* Called in a fiber; whether any variant lacked one. */
static gboolean
give_barcodes (Bulk *bulk, StallProduct *product, GError **error)
{
  GListModel *variants = stall_product_get_variants (product);
  guint before = g_hash_table_size (bulk->given);

  for (guint i = 0; i < g_list_model_get_n_items (variants); i++)
    {
      g_autoptr (StallVariant) variant = g_list_model_get_item (variants, i);
      const char *has = stall_variant_get_barcode (variant);
      g_autofree char *barcode = NULL;

      if (has != NULL && *has != '\0')
        continue;
      barcode = dex_await_string (
          stall_own_barcode_new (stall_desk_get_store (bulk->desk), bulk->given), error);
      if (barcode == NULL)
        return FALSE;
      stall_variant_set_barcode (variant, barcode);
    }
  return g_hash_table_size (bulk->given) > before;
}

static gboolean
change_product (Bulk *bulk, StallProduct *product, GError **error)
{
  if (bulk->given != NULL)
    return give_barcodes (bulk, product, error);
  if (bulk->tag != NULL)
    return add_tag (product, bulk->tag);
  return set_stage (product, bulk->stage, bulk->reason);
}

/* The product as it is to be; %NULL without @error where it is so already. */
static StallDocument *
change (Bulk *bulk, const char *id, GError **error)
{
  g_autoptr (StallDocument) document
      = dex_await_object (stall_store_load (stall_desk_get_store (bulk->desk), id), error);
  g_autoptr (StallProduct) product
      = document != NULL ? stall_product_new_from_document (document, error) : NULL;

  if (product == NULL || !change_product (bulk, product, error))
    return NULL;
  return stall_product_to_document (product, stall_desk_get_device (bulk->desk));
}

static char *
dup_label (Bulk *bulk, guint n)
{
  if (bulk->given != NULL)
    {
      n = g_hash_table_size (bulk->given);
      return g_strdup_printf (
          ngettext ("Own barcode for %u variant", "Own barcodes for %u variants", n), n);
    }
  if (bulk->tag != NULL)
    /* Translators: %u is a number, %s a tag */
    return g_strdup_printf (ngettext ("%u product tagged “%s”", "%u products tagged “%s”", n), n,
                            bulk->tag);
  /* Translators: %u is a number, %s a stage such as “On sale” */
  return g_strdup_printf (ngettext ("%u product moved to “%s”", "%u products moved to “%s”", n), n,
                          stall_stage_get_label (bulk->stage));
}

static GStrv
await_products (Bulk *bulk, GError **error)
{
  const char *alone[] = { bulk->product, NULL };

  if (bulk->selection == NULL)
    return g_strdupv ((char **) alone);
  return stall_selection_await_ids (bulk->selection, stall_desk_get_store (bulk->desk), error);
}

static DexFuture *
change_fiber (gpointer data)
{
  Bulk *bulk = data;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) ids = await_products (bulk, &error);
  g_autoptr (GPtrArray) documents = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (StallChangeSet) changes = NULL;
  g_autofree char *label = NULL;

  for (guint i = 0; ids != NULL && ids[i] != NULL && error == NULL; i++)
    {
      g_autoptr (StallDocument) document = NULL;

      if (!g_cancellable_set_error_if_cancelled (bulk->cancellable, &error))
        document = change (bulk, ids[i], &error);
      if (document != NULL)
        g_ptr_array_add (documents, g_steal_pointer (&document));
    }
  if (error != NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  if (documents->len == 0)
    {
      if (bulk->given != NULL)
        stall_desk_say (bulk->desk, _ ("Every variant has a barcode already"));
      return dex_future_new_true ();
    }
  label = dup_label (bulk, documents->len);
  changes = stall_change_set_new (label);
  for (guint i = 0; i < documents->len; i++)
    stall_change_set_put (changes, g_ptr_array_index (documents, i));
  /* The desk tells the person when it fails. */
  return dex_future_new_for_boolean (dex_await (stall_desk_apply (bulk->desk, changes), NULL));
}

/* Called in a fiber, which owns @bulk until it ends. */
static void
await_change (Bulk *bulk)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DexFuture) work = stall_async (change_fiber, bulk, NULL);

  stall_busy_show (bulk->parent, _ ("Changing the products…"), bulk->cancellable, work);
  if (dex_await_boolean (dex_ref (work), &error) && bulk->selection != NULL)
    stall_selection_set_selecting (bulk->selection, FALSE);
  stall_desk_report (bulk->desk, error);
}

static DexFuture *
stage_fiber (gpointer data)
{
  Bulk *bulk = data;

  if (bulk->stage == STALL_STAGE_DROPPED)
    {
      bulk->reason = dex_await_string (stall_stage_ask_reason (bulk->parent), NULL);
      if (bulk->reason == NULL)
        return dex_future_new_true ();
    }
  await_change (bulk);
  return dex_future_new_true ();
}

static DexFuture *
tag_fiber (gpointer data)
{
  Bulk *bulk = data;

  bulk->tag = dex_await_string (
      stall_ask_name (bulk->parent, _ ("Add a Tag"),
                      _ ("Every selected product gets it. Those that have it keep it."),
                      _ ("_Add")),
      NULL);
  if (bulk->tag != NULL)
    await_change (bulk);
  return dex_future_new_true ();
}

static DexFuture *
barcodes_fiber (gpointer data)
{
  Bulk *bulk = data;

  bulk->given = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  await_change (bulk);
  return dex_future_new_true ();
}

/* --- files and paper --- */

static DexFuture *
export_fiber (gpointer data)
{
  Bulk *bulk = data;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) ids
      = stall_selection_await_ids (bulk->selection, stall_desk_get_store (bulk->desk), &error);

  if (ids != NULL)
    stall_export_choose_products (bulk->desk, (const char *const *) ids, bulk->parent);
  stall_desk_report (bulk->desk, error);
  return dex_future_new_true ();
}

/* The variants of all products of the query, or of the selected ones. */
static DexFuture *
labels_fiber (gpointer data)
{
  Bulk *bulk = data;
  StallStore *store = stall_desk_get_store (bulk->desk);
  g_autoptr (GError) error = NULL;
  g_autoptr (GStrvBuilder) variants = g_strv_builder_new ();
  g_auto (GStrv) products = NULL;
  g_auto (GStrv) ids = NULL;

  if (bulk->selection != NULL)
    products = stall_selection_await_ids (bulk->selection, store, &error);
  bulk->query->list = STALL_LIST_VARIANTS;
  for (guint i = 0; (products == NULL ? i < 1 : products[i] != NULL) && error == NULL; i++)
    {
      g_auto (GStrv) some = NULL;

      if (products != NULL)
        g_set_str (&bulk->query->product, products[i]);
      some = dex_await_boxed (stall_store_query_ids (store, bulk->query), &error);
      if (some != NULL)
        g_strv_builder_addv (variants, (const char **) some);
    }
  ids = g_strv_builder_end (variants);
  if (error != NULL)
    stall_desk_report (bulk->desk, error);
  else
    stall_print_labels (bulk->desk, bulk->parent, (const char *const *) ids);
  return dex_future_new_true ();
}

/**
 * stall_product_bulk_start:
 * @desk: the desk
 * @parent: the page that asks
 * @selection: of products
 * @action: “selection.stage”, “selection.tag”, “selection.barcodes”, “selection.export” or
 *   “selection.labels”
 * @parameter: (nullable): the stage, as stall_stage_to_string() names it
 *
 * Does something with every selected product. Errors are reported to the person.
 */
void
stall_product_bulk_start (StallDesk *desk,
                          GtkWidget *parent,
                          StallSelection *selection,
                          const char *action,
                          GVariant *parameter)
{
  DexFiberFunc fiber = labels_fiber;
  Bulk *bulk;

  g_return_if_fail (STALL_IS_DESK (desk));
  g_return_if_fail (STALL_IS_SELECTION (selection));

  bulk = bulk_new (desk, parent);
  bulk->selection = g_object_ref (selection);
  bulk->query = stall_query_new (STALL_LIST_VARIANTS);
  if (g_str_equal (action, "selection.stage"))
    {
      bulk->stage = stall_stage_from_string (g_variant_get_string (parameter, NULL));
      fiber = stage_fiber;
    }
  else if (g_str_equal (action, "selection.tag"))
    fiber = tag_fiber;
  else if (g_str_equal (action, "selection.barcodes"))
    fiber = barcodes_fiber;
  else if (g_str_equal (action, "selection.export"))
    fiber = export_fiber;
  stall_spawn (fiber, bulk, (GDestroyNotify) bulk_free);
}

/**
 * stall_product_bulk_give_barcodes:
 * @desk: the desk
 * @parent: the page that asks
 * @product_id: a stored product
 *
 * Gives the variants that have no barcode their own, in one change set.
 */
void
stall_product_bulk_give_barcodes (StallDesk *desk, GtkWidget *parent, const char *product_id)
{
  Bulk *bulk;

  g_return_if_fail (STALL_IS_DESK (desk));
  g_return_if_fail (product_id != NULL);

  bulk = bulk_new (desk, parent);
  bulk->product = g_strdup (product_id);
  stall_spawn (barcodes_fiber, bulk, (GDestroyNotify) bulk_free);
}

/**
 * stall_product_bulk_print_labels:
 * @desk: the desk
 * @parent: the page that asks
 * @products: what is listed
 *
 * Offers labels for the variants of all products that a query finds.
 */
void
stall_product_bulk_print_labels (StallDesk *desk, GtkWidget *parent, const StallQuery *products)
{
  Bulk *bulk;

  g_return_if_fail (STALL_IS_DESK (desk));
  g_return_if_fail (products != NULL);

  bulk = bulk_new (desk, parent);
  bulk->query = stall_query_copy (products);
  stall_spawn (labels_fiber, bulk, (GDestroyNotify) bulk_free);
}
