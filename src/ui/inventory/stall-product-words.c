/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-product-words.h"

#include "stall-format.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define MANY_DAYS 1000

static char *
count_words (const char *template, gint64 count)
{
  g_autofree char *digits = stall_format_count (count);
  g_autoptr (GString) words = g_string_new (template);

  g_string_replace (words, "%s", digits, 1);
  return g_string_free_and_steal (g_steal_pointer (&words));
}

/**
 * stall_product_words_title:
 * @title: (nullable): as typed
 *
 * Returns: (transfer none): the title, or what stands for it
 */
const char *
stall_product_words_title (const char *title)
{
  return title != NULL && *title != '\0' ? title : _ ("Untitled product");
}

/**
 * stall_product_words_attribute:
 * @name: of a free attribute of a product
 *
 * Returns: (transfer none): the name as a person reads it: those that an import gives are
 * translated, a person's own stand as they were typed
 */
const char *
stall_product_words_attribute (const char *name)
{
  static const char *const imported[]
      = { NC_ ("attribute", "Type"), NC_ ("attribute", "Compare-at price") };

  for (guint i = 0; i < G_N_ELEMENTS (imported); i++)
    if (g_str_equal (name, imported[i]))
      return g_dpgettext2 (GETTEXT_PACKAGE, "attribute", imported[i]);
  return name;
}

/**
 * stall_product_words_join:
 * @first: (nullable): words
 * @second: (nullable): more words
 *
 * Returns: (transfer full): both with a dot between them, or the one that says something
 */
char *
stall_product_words_join (const char *first, const char *second)
{
  if (first == NULL || *first == '\0')
    return g_strdup (second != NULL ? second : "");
  if (second == NULL || *second == '\0')
    return g_strdup (first);
  return g_strconcat (first, " · ", second, NULL);
}

/**
 * stall_product_words_variant:
 * @product_title: of the product
 * @variant_title: of the variant; "" for the only one
 *
 * Returns: (transfer full): how a variant is called where its product is not said: “Suit · Lilac /
 * M”
 */
char *
stall_product_words_variant (const char *product_title, const char *variant_title)
{
  return stall_product_words_join (stall_product_words_title (product_title), variant_title);
}

/**
 * stall_product_words_variants:
 * @row: a loaded row
 *
 * Returns: (transfer full): “12 variants”, or the SKU of the only one
 */
char *
stall_product_words_variants (StallProductRow *row)
{
  int n = stall_product_row_get_n_variants (row);
  g_autofree char *words
      = n == 1 ? g_strdup (stall_product_row_get_skus (row)) : stall_product_words_n_variants (n);

  return stall_product_row_get_one_off (row) ? stall_product_words_join (_ ("One-off"), words)
                                             : g_steal_pointer (&words);
}

/**
 * stall_product_words_n_products:
 * @n: how many
 *
 * Returns: (transfer full): “12 products”
 */
char *
stall_product_words_n_products (guint n)
{
  return count_words (ngettext ("%s product", "%s products", (gulong) n), n);
}

/**
 * stall_product_words_n_variants:
 * @n: how many
 *
 * Returns: (transfer full): “12 variants”
 */
char *
stall_product_words_n_variants (guint n)
{
  return count_words (ngettext ("%s variant", "%s variants", (gulong) n), n);
}

/**
 * stall_product_words_n_available:
 * @available: pieces; below 0 when oversold
 *
 * Returns: (transfer full): “9 available”, “Oversold by 2”
 */
char *
stall_product_words_n_available (gint64 available)
{
  if (available < 0)
    return count_words (ngettext ("Oversold by %s", "Oversold by %s", (gulong) -available),
                        -available);
  return count_words (ngettext ("%s available", "%s available", (gulong) available), available);
}

/**
 * stall_product_words_is_missing:
 * @available: pieces; below 0 when oversold
 * @stage: of the product
 *
 * Nothing left is a worry only where something is for sale; too much promised always is one.
 *
 * Returns: whether what is available of it calls for the owner's attention
 */
gboolean
stall_product_words_is_missing (gint64 available, StallStage stage)
{
  return available < 0
         || (available == 0 && (stage == STALL_STAGE_ON_SALE || stage == STALL_STAGE_REORDERED));
}

/**
 * stall_product_words_needs_more:
 * @row: a loaded row
 *
 * Returns: whether what is available of the product calls for the owner's attention; a one-off that
 *   was sold does not
 */
gboolean
stall_product_words_needs_more (StallProductRow *row)
{
  int available = stall_product_row_get_available (row);

  return stall_product_words_is_missing (available, stall_product_row_get_stage (row))
         && (available < 0 || !stall_product_row_get_off_sale (row));
}

/**
 * stall_product_words_stage:
 * @row: a loaded row
 *
 * Returns: (transfer none): its stage, or “Off sale” for a one-off that was sold
 */
const char *
stall_product_words_stage (StallProductRow *row)
{
  return stall_product_row_get_off_sale (row)
             ? _ ("Off sale")
             : stall_stage_get_label (stall_product_row_get_stage (row));
}

/**
 * stall_product_words_available:
 * @available: pieces; below 0 when oversold
 * @stage: of the product
 *
 * Returns: (transfer full): as stall_product_words_n_available(), but “Sold out” when nothing is
 *   left of what is for sale
 */
char *
stall_product_words_available (gint64 available, StallStage stage)
{
  return available == 0 && stall_product_words_is_missing (available, stage)
             ? g_strdup (_ ("Sold out"))
             : stall_product_words_n_available (available);
}

/**
 * stall_product_words_on_hand:
 * @on_hand: pieces
 *
 * Returns: (transfer full): “12 on hand”
 */
char *
stall_product_words_on_hand (gint64 on_hand)
{
  return count_words (ngettext ("%s on hand", "%s on hand", (gulong) on_hand), on_hand);
}

/**
 * stall_product_words_on_hand_low:
 * @on_hand: pieces
 * @n_low: variants at or below their threshold
 *
 * Returns: (transfer full): “44 on hand · 2 low”
 */
char *
stall_product_words_on_hand_low (gint64 on_hand, int n_low)
{
  g_autofree char *pieces = stall_product_words_on_hand (on_hand);
  g_autofree char *low
      = n_low > 0 ? count_words (ngettext ("%s low", "%s low", (gulong) n_low), n_low) : NULL;

  return stall_product_words_join (pieces, low);
}

/**
 * stall_product_words_stock:
 * @on_hand: pieces
 * @reserved: pieces
 * @available: pieces
 *
 * Returns: (transfer full): “12 on hand · 3 reserved · 9 available”, without what is nothing
 */
char *
stall_product_words_stock (gint64 on_hand, gint64 reserved, gint64 available)
{
  g_autofree char *first = stall_product_words_on_hand (on_hand);
  g_autofree char *second
      = reserved == 0
            ? NULL
            : count_words (ngettext ("%s reserved", "%s reserved", (gulong) reserved), reserved);
  g_autofree char *third = stall_product_words_n_available (available);
  g_autofree char *both = stall_product_words_join (first, second);

  return stall_product_words_join (both, third);
}

/**
 * stall_product_words_days_left:
 * @days: days until nothing is left; %G_MAXDOUBLE when nothing sells
 *
 * Returns: (transfer full): “5 days left”; "" when there is nothing to say
 */
char *
stall_product_words_days_left (double days)
{
  gint64 whole;

  if (days >= MANY_DAYS || days <= 0)
    return g_strdup ("");
  whole = (gint64) floor (days);
  return count_words (ngettext ("%s day left", "%s days left", (gulong) whole), whole);
}

/**
 * stall_product_words_ledger:
 * @row: a loaded row
 *
 * Returns: (transfer full): what happened: “Made · For the fair”
 */
char *
stall_product_words_ledger (StallLedgerRow *row)
{
  const char *what = stall_ledger_row_is_sale (row) ? C_ ("ledger", "Order")
                     : stall_ledger_row_is_count (row)
                         ? C_ ("ledger", "Counted")
                         : stall_reason_get_label (stall_ledger_row_get_reason (row));

  return stall_product_words_join (what, stall_ledger_row_get_remark (row));
}

/**
 * stall_product_words_ledger_where:
 * @row: a loaded row
 * @now: the time it is
 *
 * Returns: (transfer full): where and when it happened: “Workshop · 22 Nov”
 */
char *
stall_product_words_ledger_where (StallLedgerRow *row, StallTime now)
{
  g_autofree char *place = stall_format_place (stall_ledger_row_get_place (row));
  g_autofree char *when = stall_format_when (stall_ledger_row_get_at (row), now);

  return stall_product_words_join (place, when);
}

/**
 * stall_product_words_fitting:
 * @fitting: who tried a product on
 *
 * Returns: (transfer full): “M · 165 cm · 58 kg · roomy at the waist”, without what was not said
 */
char *
stall_product_words_fitting (const StallFitting *fitting)
{
  g_autoptr (GStrvBuilder) parts = g_strv_builder_new ();
  g_auto (GStrv) said = NULL;

  if (fitting->size != NULL && *fitting->size != '\0')
    g_strv_builder_add (parts, fitting->size);
  if (fitting->height > 0)
    g_strv_builder_take (parts, g_strdup_printf (_ ("%d cm"), fitting->height));
  if (fitting->weight > 0)
    g_strv_builder_take (parts, g_strdup_printf (_ ("%d kg"), fitting->weight));
  if (fitting->remark != NULL && *fitting->remark != '\0')
    g_strv_builder_add (parts, fitting->remark);
  said = g_strv_builder_end (parts);
  return g_strjoinv (" · ", said);
}

/**
 * stall_product_words_stock_filter:
 * @filter: what a list is narrowed to
 *
 * Returns: (transfer none): its name
 */
const char *
stall_product_words_stock_filter (StallStockFilter filter)
{
  switch (filter)
    {
    case STALL_STOCK_LOW:
      return _ ("Low Stock");
    case STALL_STOCK_OUT:
      return _ ("Sold Out");
    case STALL_STOCK_ONE_OFF:
      return _ ("One-Offs");
    case STALL_STOCK_RUNNING_OUT:
      return _ ("Running Out");
    case STALL_STOCK_OVERSOLD:
      return _ ("Oversold");
    case STALL_STOCK_ANY:
    default:
      return _ ("Any Stock");
    }
}

/**
 * stall_product_words_story_filter:
 * @filter: what a list is narrowed to
 *
 * Returns: (transfer none): its name
 */
const char *
stall_product_words_story_filter (StallStoryFilter filter)
{
  switch (filter)
    {
    case STALL_STORY_LACKING:
      return _ ("Lacks a Story");
    case STALL_STORY_WHITE_ONLY:
      return _ ("White Background Only");
    case STALL_STORY_ANY:
    default:
      return _ ("Any Story");
    }
}
