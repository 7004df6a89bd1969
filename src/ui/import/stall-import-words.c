/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-import-words.h"

#include "stall-format.h"

#include <glib/gi18n-lib.h>
#include <gtk/gtk.h>

static const struct
{
  const char *name;
  const char *title;
  const char *description;
} kinds[] = {
  [STALL_IMPORT_PRODUCTS]
  = { N_ ("Products"), N_ ("Import Products"),
      N_ ("Products with their variants, prices and stock, from Shopify or WooCommerce") },
  [STALL_IMPORT_ORDERS]
  = { N_ ("Orders"), N_ ("Import Orders"),
      N_ ("Orders from Shopify, or any list with a row for each thing sold") },
  [STALL_IMPORT_STOCK]
  = { N_ ("Stock Sheet"), N_ ("Import Stock Sheet"),
      N_ ("Stock and prices edited in a spreadsheet; what was sold meanwhile stays sold") },
};

/**
 * stall_import_kind_get_name:
 * @kind: what a file holds
 *
 * Returns: (transfer none): what that is called
 */
const char *
stall_import_kind_get_name (StallImportKind kind)
{
  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (kinds), NULL);
  return _ (kinds[kind].name);
}

/**
 * stall_import_kind_get_title:
 * @kind: what a file holds
 *
 * Returns: (transfer none): what importing it is called
 */
const char *
stall_import_kind_get_title (StallImportKind kind)
{
  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (kinds), NULL);
  return _ (kinds[kind].title);
}

/**
 * stall_import_kind_get_description:
 * @kind: what a file holds
 *
 * Returns: (transfer none): what such a file is, in one line
 */
const char *
stall_import_kind_get_description (StallImportKind kind)
{
  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (kinds), NULL);
  return _ (kinds[kind].description);
}

/* @format has one %s, where the count goes. */
static char *
put_count (const char *format, guint count)
{
  g_autofree char *number = stall_format_count (count);
  g_autoptr (GString) text = g_string_new (format);

  g_string_replace (text, "%s", number, 1);
  return g_string_free_and_steal (g_steal_pointer (&text));
}

static void
fact_free (gpointer data)
{
  StallImportFact *fact = data;

  g_free (fact->title);
  g_free (fact->detail);
  g_free (fact);
}

static void
add_fact (GPtrArray *facts, const char *format, guint count)
{
  StallImportFact *fact;

  if (count == 0)
    return;
  fact = g_new0 (StallImportFact, 1);
  fact->title = put_count (format, count);
  fact->detail = g_strdup ("");
  g_ptr_array_add (facts, fact);
}

/* Something that belongs to the last fact. */
static void
add_detail (GPtrArray *facts, const char *format, guint count)
{
  StallImportFact *fact;
  g_autofree char *text = NULL;
  g_autofree char *before = NULL;

  if (count == 0)
    return;
  if (facts->len == 0)
    {
      add_fact (facts, format, count);
      return;
    }
  fact = g_ptr_array_index (facts, facts->len - 1);
  text = put_count (format, count);
  before = fact->detail;
  /* Translators: puts one after the other: “30 order lines, 2 charges” */
  fact->detail = *before != '\0' ? g_strdup_printf (_ ("%s, %s"), before, text) : g_strdup (text);
}

static void
add_orders (GPtrArray *facts, const StallImportCounts *counts)
{
  add_fact (facts, ngettext ("%s order", "%s orders", counts->orders), counts->orders);
  add_detail (facts, ngettext ("%s order line", "%s order lines", counts->order_lines),
              counts->order_lines);
  add_detail (
      facts,
      ngettext ("%s charge such as shipping", "%s charges such as shipping", counts->charges),
      counts->charges);
  add_detail (facts, ngettext ("%s gives money back", "%s give money back", counts->refunds),
              counts->refunds);
}

static void
add_stock (GPtrArray *facts, const StallImportCounts *counts)
{
  add_fact (facts,
            ngettext ("Stock of %s variant corrected by the difference",
                      "Stock of %s variants corrected by the difference", counts->movements),
            counts->movements);
  add_fact (facts,
            ngettext ("%s variant with a new price or cost", "%s variants with a new price or cost",
                      counts->variants),
            counts->variants);
}

static void
add_products (GPtrArray *facts, const StallImportCounts *counts)
{
  add_fact (facts, ngettext ("%s new product", "%s new products", counts->products),
            counts->products);
  add_detail (facts, ngettext ("%s new variant", "%s new variants", counts->variants),
              counts->variants);
  add_detail (facts, ngettext ("%s stock movement", "%s stock movements", counts->movements),
              counts->movements);
}

/**
 * stall_import_counts_describe:
 * @counts: what a dry run found
 * @kind: what the file holds
 *
 * Says in plain words what would be written; what is zero is not said.
 *
 * Returns: (transfer full) (element-type StallImportFact): one fact for each kind of thing
 */
GPtrArray *
stall_import_counts_describe (const StallImportCounts *counts, StallImportKind kind)
{
  GPtrArray *facts = g_ptr_array_new_with_free_func (fact_free);

  g_return_val_if_fail (counts != NULL, facts);

  if (kind == STALL_IMPORT_STOCK)
    add_stock (facts, counts);
  else
    {
      add_orders (facts, counts);
      add_products (facts, counts);
    }
  add_fact (facts,
            ngettext ("%s thing is in the stall already and stays as it is",
                      "%s things are in the stall already and stay as they are", counts->present),
            counts->present);
  return facts;
}

/**
 * stall_import_counts_name_action:
 * @counts: what a dry run found
 * @kind: what the file holds
 *
 * Names the button that imports it: “Import 24,564 Orders”.
 *
 * Returns: (transfer full): the label
 */
char *
stall_import_counts_name_action (const StallImportCounts *counts, StallImportKind kind)
{
  guint changes;

  g_return_val_if_fail (counts != NULL, NULL);

  changes = counts->movements + counts->variants;
  if (kind == STALL_IMPORT_ORDERS && counts->orders > 0)
    return put_count (ngettext ("Import %s Order", "Import %s Orders", counts->orders),
                      counts->orders);
  if (kind == STALL_IMPORT_PRODUCTS && counts->products > 0)
    return put_count (ngettext ("Import %s Product", "Import %s Products", counts->products),
                      counts->products);
  if (kind == STALL_IMPORT_STOCK && changes > 0)
    return put_count (ngettext ("Apply %s Change", "Apply %s Changes", changes), changes);
  return g_strdup (_ ("Import"));
}

/**
 * stall_import_counts_find_obstacle:
 * @counts: what a dry run found
 *
 * Returns: (transfer none) (nullable): why there is nothing to import; %NULL when there is
 */
const char *
stall_import_counts_find_obstacle (const StallImportCounts *counts)
{
  g_return_val_if_fail (counts != NULL, NULL);

  if (counts->orders + counts->products + counts->variants + counts->movements > 0)
    return NULL;
  if (counts->errors > 0)
    return _ ("Nothing can be imported before the errors are corrected in the file.");
  if (counts->present > 0)
    return _ ("Everything in this file is in the stall already.");
  return _ ("There is nothing in this file that would change the stall.");
}

/**
 * stall_import_counts_describe_problems:
 * @counts: what a dry run found
 *
 * Returns: (transfer full): “3 errors, 12 warnings”
 */
char *
stall_import_counts_describe_problems (const StallImportCounts *counts)
{
  g_autofree char *errors = NULL;
  g_autofree char *warnings = NULL;

  g_return_val_if_fail (counts != NULL, NULL);

  errors = put_count (ngettext ("%s Error", "%s Errors", counts->errors), counts->errors);
  warnings = put_count (ngettext ("%s Warning", "%s Warnings", counts->warnings), counts->warnings);
  if (counts->errors > 0 && counts->warnings > 0)
    return g_strdup_printf (_ ("%s, %s"), errors, warnings);
  return counts->errors > 0 ? g_steal_pointer (&errors) : g_steal_pointer (&warnings);
}

static int
compare_severity (gconstpointer a, gconstpointer b, gpointer data)
{
  return (int) stall_import_problem_get_severity ((StallImportProblem *) b)
         - (int) stall_import_problem_get_severity ((StallImportProblem *) a);
}

/**
 * stall_import_problems_sort:
 * @problems: of #StallImportProblem, by line
 *
 * Puts what leaves something out before what is only read around.
 *
 * Returns: (transfer full): the problems, errors first, each by line
 */
GListModel *
stall_import_problems_sort (GListModel *problems)
{
  g_return_val_if_fail (G_IS_LIST_MODEL (problems), NULL);

  return G_LIST_MODEL (gtk_sort_list_model_new (
      g_object_ref (problems), GTK_SORTER (gtk_custom_sorter_new (compare_severity, NULL, NULL))));
}

/**
 * stall_import_problem_describe_line:
 * @problem: a problem of a file
 *
 * Returns: (transfer full): where it is; what is wrong with the column names concerns every line
 */
char *
stall_import_problem_describe_line (StallImportProblem *problem)
{
  g_return_val_if_fail (STALL_IS_IMPORT_PROBLEM (problem), NULL);

  if (stall_import_problem_get_line (problem) <= 1)
    return g_strdup (_ ("The whole file"));
  return put_count (_ ("Line %s"), stall_import_problem_get_line (problem));
}
