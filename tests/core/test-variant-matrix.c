/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "stall-variant-matrix.h"

static void
test_split (void)
{
  static const struct
  {
    const char *typed;
    const char *values;
  } cases[] = {
    { "S, M, L", "S|M|L" },
    { "丁香，薄荷、墨", "丁香|薄荷|墨" },
    { " S ,, S,\nM ", "S|M" },
    { "Red, red , RED,Light  blue,light blue,Ｌ,L", "Red|Light  blue|Ｌ" },
    { "", "" },
    { NULL, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv) values = stall_matrix_split (cases[i].typed);
      g_autofree char *joined = g_strjoinv ("|", values);

      g_assert_cmpstr (joined, ==, cases[i].values);
    }
}

static const char *const colours[] = { "Lilac", "Ink", NULL };
static const char *const sizes[] = { "S", "M", "L", NULL };
static const char *const nothing[] = { NULL };

static void
test_count (void)
{
  const StallMatrixOption both[] = { { "Colour", colours }, { "Size", sizes } };
  const StallMatrixOption one[] = { { "Colour", colours }, { "Size", nothing } };
  const StallMatrixOption nameless[] = { { "", colours }, { "Size", nothing } };

  g_assert_cmpuint (stall_matrix_count (both, 2), ==, 6);
  g_assert_cmpuint (stall_matrix_count (one, 2), ==, 2);
  g_assert_cmpuint (stall_matrix_count (nameless, 2), ==, 0);
}

/* The only variant becomes the first of the matrix, so that its stock goes with it; the rest take
 * its price; asking again adds nothing. */
static void
test_add (void)
{
  const StallMatrixOption both[] = { { "Colour", colours }, { "Size", sizes } };
  const char *const small[] = { "lilac", NULL };
  const StallMatrixOption other_case[] = { { "colour", small }, { "SIZE", sizes } };
  g_autoptr (StallProduct) product = stall_product_new ();
  g_autoptr (StallVariant) only = stall_variant_new ();
  g_autoptr (StallVariant) last = NULL;
  g_autofree char *first_title = NULL;
  g_autofree char *last_title = NULL;
  GListModel *variants = stall_product_get_variants (product);

  stall_variant_set_price (only, 80000, "CNY");
  stall_product_add_variant (product, only);
  g_assert_cmpuint (stall_product_add_matrix (product, both, 2), ==, 6);
  g_assert_cmpuint (g_list_model_get_n_items (variants), ==, 6);
  first_title = stall_variant_dup_title (only);
  g_assert_cmpstr (first_title, ==, "Lilac / S");
  last = g_list_model_get_item (variants, 5);
  last_title = stall_variant_dup_title (last);
  g_assert_cmpstr (last_title, ==, "Ink / L");
  g_assert_cmpint (stall_variant_get_price (last), ==, 80000);
  g_assert_cmpuint (stall_product_add_matrix (product, both, 2), ==, 0);
  g_assert_cmpuint (stall_product_add_matrix (product, other_case, 2), ==, 0);
}

static void
test_too_many (void)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) many = NULL;
  g_autoptr (StallProduct) product = stall_product_new ();
  StallMatrixOption options[2];

  for (guint i = 0; i < 100; i++)
    g_strv_builder_take (builder, g_strdup_printf ("%u", i));
  many = g_strv_builder_end (builder);
  options[0] = (StallMatrixOption) { "A", (const char *const *) many };
  options[1] = (StallMatrixOption) { "B", (const char *const *) many };
  g_assert_cmpuint (stall_matrix_count (options, 2), ==, 10000);
  g_assert_cmpuint (stall_product_add_matrix (product, options, 2), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/variant-matrix/split", test_split);
  g_test_add_func ("/variant-matrix/count", test_count);
  g_test_add_func ("/variant-matrix/add", test_add);
  g_test_add_func ("/variant-matrix/too-many", test_too_many);
  return g_test_run ();
}
