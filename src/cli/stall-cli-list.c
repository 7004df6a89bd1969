/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-cli"

#include "config.h"

#include "stall-cli-output.h"
#include "stall-cli.h"

#include "stall-query-model.h"

#include <glib/gi18n-lib.h>

static void
add_options (StallCli *cli, GOptionGroup *group)
{
  const GOptionEntry entries[] = {
    { "count", 'c', 0, G_OPTION_ARG_NONE, &cli->count, N_ ("Say only how many"), NULL },
    { "search", 0, 0, G_OPTION_ARG_STRING, &cli->search, N_ ("Only what is found by these words"),
      N_ ("WORDS") },
    { "variant", 0, 0, G_OPTION_ARG_STRING, &cli->variant,
      N_ ("Whose ledger, or only orders that hold it"), N_ ("SKU") },
    { "limit", 0, 0, G_OPTION_ARG_INT, &cli->limit, N_ ("At most this many"), N_ ("NUMBER") },
    G_OPTION_ENTRY_NULL,
  };

  g_option_group_add_entries (group, entries);
}

static void
describe_product (StallRecord *record, StallProductRow *row)
{
  const char *currency = stall_product_row_get_currency (row);
  StallStage stage = stall_product_row_get_stage (row);

  stall_record_add_string (record, "id", stall_product_row_get_id (row));
  stall_record_add_string (record, "title", stall_product_row_get_title (row));
  stall_record_add_string (record, "stage", stall_stage_to_string (stage));
  stall_record_add_int (record, "variants", stall_product_row_get_n_variants (row));
  stall_record_add_money (record, "price", stall_product_row_get_price_min (row), currency);
  stall_record_add_int (record, "on_hand", stall_product_row_get_on_hand (row));
  stall_record_add_int (record, "reserved", stall_product_row_get_reserved (row));
  stall_record_add_int (record, "available", stall_product_row_get_available (row));
  stall_record_add_int (record, "sold", stall_product_row_get_sold (row));
}

static void
describe_variant (StallRecord *record, StallVariantRow *row)
{
  const char *currency = stall_variant_row_get_currency (row);

  stall_record_add_string (record, "id", stall_variant_row_get_id (row));
  stall_record_add_string (record, "sku", stall_variant_row_get_sku (row));
  stall_record_add_string (record, "barcode", stall_variant_row_get_barcode (row));
  stall_record_add_string (record, "product", stall_variant_row_get_product_title (row));
  stall_record_add_string (record, "variant", stall_variant_row_get_title (row));
  stall_record_add_money (record, "price", stall_variant_row_get_price (row), currency);
  stall_record_add_int (record, "on_hand", stall_variant_row_get_on_hand (row));
  stall_record_add_int (record, "reserved", stall_variant_row_get_reserved (row));
  stall_record_add_int (record, "available", stall_variant_row_get_available (row));
  stall_record_add_int (record, "sold", stall_variant_row_get_sold (row));
}

static void
describe_order (StallRecord *record, StallOrderRow *row)
{
  const char *currency = stall_order_row_get_currency (row);

  stall_record_add_string (record, "id", stall_order_row_get_id (row));
  stall_record_add_string (record, "number", stall_order_row_get_order_number (row));
  stall_record_add_time (record, "placed_at", stall_order_row_get_placed_at (row));
  stall_record_add_time (record, "ship_by", stall_order_row_get_ship_by (row));
  stall_record_add_string (record, "status",
                           stall_status_to_string (stall_order_row_get_status (row)));
  stall_record_add_boolean (record, "waits", stall_order_row_get_waits (row));
  stall_record_add_string (record, "source",
                           stall_source_to_string (stall_order_row_get_source (row)));
  stall_record_add_string (record, "customer", stall_order_row_get_customer (row));
  stall_record_add_int (record, "pieces", stall_order_row_get_pieces (row));
  stall_record_add_money (record, "total", stall_order_row_get_total (row), currency);
  stall_record_add_money (record, "paid", stall_order_row_get_paid (row), currency);
  stall_record_add_string (record, "summary", stall_order_row_get_summary (row));
}

static void
describe_ledger_entry (StallRecord *record, StallLedgerRow *row)
{
  const char *reason = stall_ledger_row_is_sale (row)
                           ? "order"
                           : stall_reason_to_string (stall_ledger_row_get_reason (row));

  stall_record_add_time (record, "at", stall_ledger_row_get_at (row));
  stall_record_add_string (record, "place", stall_ledger_row_get_place (row));
  stall_record_add_boolean (record, "count", stall_ledger_row_is_count (row));
  stall_record_add_int (record, "quantity", stall_ledger_row_get_quantity (row));
  stall_record_add_int (record, "balance", stall_ledger_row_get_balance (row));
  stall_record_add_string (record, "reason", reason);
  stall_record_add_string (record, "ref", stall_ledger_row_get_ref (row));
  stall_record_add_string (record, "remark", stall_ledger_row_get_remark (row));
}

static void
describe_activity (StallRecord *record, StallActivityRow *row)
{
  stall_record_add_time (record, "at", stall_activity_row_get_at (row));
  stall_record_add_string (record, "label", stall_activity_row_get_label (row));
  stall_record_add_boolean (record, "undone", stall_activity_row_get_undone (row));
}

static void
describe_document (StallRecord *record, StallDocument *document)
{
  stall_record_add_string (record, "id", stall_document_get_id (document));
  stall_record_add_string (record, "revision", stall_document_get_revision (document));
}

typedef void (*Describe) (StallRecord *record, gpointer item);

/* Lists that the window shows too; every other name is a kind of document. */
static const struct
{
  const char *name;
  StallList list;
  Describe describe;
} lists[] = {
  { "products", STALL_LIST_PRODUCTS, (Describe) describe_product },
  { "variants", STALL_LIST_VARIANTS, (Describe) describe_variant },
  { "orders", STALL_LIST_ORDERS, (Describe) describe_order },
  { "ledger", STALL_LIST_LEDGER, (Describe) describe_ledger_entry },
  { "activity", STALL_LIST_ACTIVITY, (Describe) describe_activity },
};

static void
print_count (StallCli *cli, gint64 count)
{
  g_print (cli->json ? "{\"count\":%" G_GINT64_FORMAT "}\n" : "%" G_GINT64_FORMAT "\n", count);
}

static void
print_items (StallCli *cli, GListModel *items, Describe describe)
{
  guint n = g_list_model_get_n_items (items);

  if (cli->limit > 0)
    n = MIN (n, (guint) cli->limit);

  if (cli->json)
    g_print ("[");
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (items, i);
      StallRecord record;

      stall_record_init (&record);
      describe (&record, item);
      stall_record_print_item (&record, cli->json, i == 0);
      stall_record_clear (&record);
    }
  if (cli->json)
    g_print ("\n]\n");
}

/* Puts the variant's id for its SKU or barcode into the query. */
static gboolean
set_variant (StallCli *cli, StallQuery *query, GError **error)
{
  g_autoptr (StallVariantRow) row = NULL;

  if (cli->variant == NULL)
    {
      if (query->list != STALL_LIST_LEDGER)
        return TRUE;
      g_set_error_literal (error, STALL_USAGE_ERROR, 0,
                           _ ("Say whose ledger with --variant and a SKU or barcode."));
      return FALSE;
    }
  row = dex_await_object (stall_store_find_variant (cli->store, cli->variant), error);
  if (row == NULL)
    return FALSE;
  query->variant = g_strdup (stall_variant_row_get_id (row));
  return TRUE;
}

static gboolean
count_rows (StallCli *cli, const StallQuery *query, GError **error)
{
  g_autoptr (GError) failure = NULL;
  gint64 count = dex_await_int64 (stall_store_query_count (cli->store, query), &failure);

  if (failure == NULL)
    {
      print_count (cli, count);
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
list_rows (StallCli *cli, StallList list, Describe describe, GError **error)
{
  g_autoptr (StallQuery) query = stall_query_new (list);
  g_autoptr (GListModel) rows = NULL;

  query->search = g_strdup (cli->search);
  if (!set_variant (cli, query, error))
    return FALSE;
  if (cli->count && list != STALL_LIST_LEDGER)
    return count_rows (cli, query, error);
  rows = dex_await_object (stall_store_query_rows (cli->store, query, MAX (cli->limit, 0)), error);
  if (rows == NULL)
    return FALSE;
  if (cli->count)
    print_count (cli, g_list_model_get_n_items (rows));
  else
    print_items (cli, rows, describe);
  return TRUE;
}

static gboolean
list_documents (StallCli *cli, StallKind kind, GError **error)
{
  g_autofree char *prefix = g_strconcat (stall_kind_to_string (kind), ":", NULL);
  g_autoptr (GListModel) documents = NULL;
  g_autoptr (GError) failure = NULL;
  gint64 count;

  if (cli->search != NULL || cli->variant != NULL)
    {
      g_set_error_literal (
          error, STALL_USAGE_ERROR, 0,
          _ ("Documents are not searched. List products, variants or orders instead."));
      return FALSE;
    }
  if (cli->count)
    {
      count = dex_await_int64 (stall_store_count (cli->store, kind), &failure);
      if (failure == NULL)
        print_count (cli, count);
    }
  else
    {
      documents = dex_await_object (stall_store_list (cli->store, prefix), &failure);
      if (failure == NULL)
        print_items (cli, documents, (Describe) describe_document);
    }
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
run (StallCli *cli, GError **error)
{
  const char *name = cli->arguments[0];
  StallKind kind = stall_kind_from_string (name);

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    if (g_str_equal (lists[i].name, name))
      return list_rows (cli, lists[i].list, lists[i].describe, error);
  if (kind != STALL_KIND_OTHER)
    return list_documents (cli, kind, error);
  g_set_error (error, STALL_USAGE_ERROR, 0,
               _ ("“%s” cannot be listed: see “stallctl list --help”."), name);
  return FALSE;
}

const StallVerb stall_cli_list_verb = {
  .name = "list",
  .arguments = N_ ("KIND"),
  .summary = N_ ("Lists what the stall holds"),
  .description
  = N_ ("KIND is products, variants, orders, ledger or activity, or the name of a kind of "
        "document as it stands in front of its id: product, order, event, movement, remark, "
        "contact, note, poll and so on. A line a thing, its values separated by tabs."),
  .min_arguments = 1,
  .max_arguments = 1,
  .needs_store = TRUE,
  .add_options = add_options,
  .run = run,
};
