/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-core"

#include "config.h"

#include "stall-variant-matrix.h"

#include "stall-text.h"

#include <gio/gio.h>

/**
 * stall_matrix_split:
 * @typed: (nullable): values with commas between them, Latin or Chinese
 *
 * Returns: (transfer full): the values without what is empty; of those that differ only in case or
 * white space the first
 */
GStrv
stall_matrix_split (const char *typed)
{
  g_autoptr (GStrvBuilder) values = g_strv_builder_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_auto (GStrv) parts = NULL;
  g_autoptr (GString) text = g_string_new (typed);

  g_string_replace (text, "，", ",", 0);
  g_string_replace (text, "、", ",", 0);
  g_string_replace (text, "\n", ",", 0);
  parts = g_strsplit (text->str, ",", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_strstrip (parts[i]);
      if (*parts[i] != '\0' && g_hash_table_add (seen, stall_text_fold (parts[i])))
        g_strv_builder_add (values, parts[i]);
    }
  return g_strv_builder_end (values);
}

/**
 * stall_matrix_count:
 * @options: (array length=n_options): options and their values
 * @n_options: how many
 *
 * Returns: how many variants the matrix has; an option without a name or values is left out
 */
guint
stall_matrix_count (const StallMatrixOption *options, guint n_options)
{
  guint64 count = 0;

  for (guint i = 0; i < n_options; i++)
    {
      guint n = g_strv_length ((char **) options[i].values);

      if (n > 0 && *options[i].name != '\0')
        count = MIN ((count == 0 ? 1 : count) * n, G_MAXUINT);
    }
  return (guint) count;
}

/* The options of combination number @index, name, value, name, value, …; the last option turns
 * fastest. */
static GStrv
get_combination (const StallMatrixOption *options, guint n_options, guint index)
{
  g_autoptr (GPtrArray) pairs = g_ptr_array_new ();

  for (guint i = n_options; i > 0; i--)
    {
      const StallMatrixOption *option = &options[i - 1];
      guint n = g_strv_length ((char **) option->values);

      if (n == 0 || *option->name == '\0')
        continue;
      g_ptr_array_insert (pairs, 0, g_strdup (option->values[index % n]));
      g_ptr_array_insert (pairs, 0, g_strdup (option->name));
      index /= n;
    }
  g_ptr_array_add (pairs, NULL);
  return (GStrv) g_ptr_array_steal (pairs, NULL);
}

static gboolean
is_same (const char *a, const char *b)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  if (g_str_equal (a, b))
    return TRUE;
  first = stall_text_fold (a);
  second = stall_text_fold (b);
  return g_str_equal (first, second);
}

static gboolean
has_options (StallVariant *variant, const char *const *pairs)
{
  g_auto (GStrv) own = stall_variant_dup_options (variant);

  for (guint i = 0; pairs[i] != NULL; i += 2)
    {
      gboolean found = FALSE;

      for (guint j = 0; own[j] != NULL && !found; j += 2)
        found = is_same (own[j], pairs[i]) && is_same (own[j + 1], pairs[i + 1]);
      if (!found)
        return FALSE;
    }
  return g_strv_length (own) == g_strv_length ((char **) pairs);
}

static gboolean
is_there (GListModel *variants, const char *const *pairs)
{
  for (guint i = 0; i < g_list_model_get_n_items (variants); i++)
    {
      g_autoptr (StallVariant) variant = g_list_model_get_item (variants, i);

      if (has_options (variant, pairs))
        return TRUE;
    }
  return FALSE;
}

static void
set_options (StallVariant *variant, const char *const *pairs)
{
  for (guint i = 0; pairs[i] != NULL; i += 2)
    stall_variant_set_option (variant, pairs[i], pairs[i + 1]);
}

/* The only variant of a product that had no options yet: it becomes the first of the matrix. */
static StallVariant *
get_plain (GListModel *variants)
{
  g_autoptr (StallVariant) variant = NULL;
  g_auto (GStrv) options = NULL;

  if (g_list_model_get_n_items (variants) != 1)
    return NULL;
  variant = g_list_model_get_item (variants, 0);
  options = stall_variant_dup_options (variant);
  return options[0] == NULL ? g_steal_pointer (&variant) : NULL;
}

/**
 * stall_product_add_matrix:
 * @product: a product
 * @options: (array length=n_options): options and their values
 * @n_options: how many
 *
 * Adds the variants of the matrix that the product does not have, each with the price and cost of
 * its first variant. A matrix of more than %STALL_MATRIX_MAX adds nothing.
 *
 * Returns: how many variants were added or became one of the matrix
 */
guint
stall_product_add_matrix (StallProduct *product, const StallMatrixOption *options, guint n_options)
{
  GListModel *variants;
  g_autoptr (StallVariant) plain = NULL;
  g_autoptr (StallVariant) first = NULL;
  guint count, added = 0;

  g_return_val_if_fail (STALL_IS_PRODUCT (product), 0);

  variants = stall_product_get_variants (product);
  plain = get_plain (variants);
  first = g_list_model_get_item (variants, 0);
  count = stall_matrix_count (options, n_options);
  for (guint i = 0; i < count && count <= STALL_MATRIX_MAX; i++)
    {
      g_auto (GStrv) pairs = get_combination (options, n_options, i);
      g_autoptr (StallVariant) variant = NULL;

      if (is_there (variants, (const char *const *) pairs))
        continue;
      added++;
      if (plain != NULL)
        {
          set_options (plain, (const char *const *) pairs);
          g_clear_object (&plain);
          continue;
        }
      variant = stall_variant_new ();
      set_options (variant, (const char *const *) pairs);
      if (first != NULL && stall_variant_get_price (first) != STALL_PRICE_NONE)
        stall_variant_set_price (variant, stall_variant_get_price (first),
                                 stall_variant_get_currency (first));
      if (first != NULL && stall_variant_get_cost (first) != STALL_PRICE_NONE)
        stall_variant_set_cost (variant, stall_variant_get_cost (first),
                                stall_variant_get_currency (first));
      stall_product_add_variant (product, variant);
    }
  return added;
}
