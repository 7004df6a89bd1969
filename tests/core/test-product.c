/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-test"

#include "config.h"

#include "stall-error.h"
#include "stall-product.h"

#include <string.h>

#define PRODUCT "product:0190c8a0-0000-7000-8000-000000000001"

/* What a newer Stall and another peer may write: something unknown at every depth. */
static const char full[]
    = "{\"kind\":\"product\",\"v\":2,\"made_at\":\"2026-03-01T08:00:00Z\",\"device\":\"phone\","
      "\"new\":{\"deep\":[1,{\"deeper\":0.1}]},"
      "\"title\":\"浅春 suit\",\"story\":\"Why lilac?\",\"stage\":\"haute-couture\","
      "\"tags\":[\"light spring\"],\"attributes\":{\"Fabric\":\"Linen\",\"Weight\":{\"g\":420}},"
      "\"origin\":\"Suzhou\",\"maker\":\"小春\","
      "\"fit\":{\"base_size\":\"XL\",\"new\":1,\"tried_on\":["
      "{\"name\":\"Mei\",\"size\":\"XL\",\"height\":165,\"weight\":70,\"new\":\"arm\"},"
      "{\"name\":\"An\",\"height\":\"tall\"}]},"
      "\"kit\":[{\"variant\":\"p1\",\"quantity\":2,\"new\":true}],"
      "\"variants\":["
      "{\"id\":\"v1\",\"options\":{\"Colour\":\"Lilac\",\"Size\":\"M\"},\"sku\":\"LS-M\","
      "\"price\":{\"amount\":80000,\"currency\":\"CNY\",\"new\":\"tax\"},\"low_at\":2,\"new\":[]},"
      "\"not a variant\","
      "{\"id\":\"v2\",\"options\":{\"Colour\":\"Lilac\",\"Size\":\"L\"},\"new\":null}],"
      "\"pictures\":[{\"name\":\"a.jpg\",\"slot\":\"body\",\"alt\":\"On Mei\",\"new\":1.5},"
      "{\"link\":\"https://example.com/b.jpg\",\"slot\":\"hologram\"}],"
      "\"_attachments\":{\"a.jpg\":{\"content_type\":\"image/jpeg\",\"length\":5,"
      "\"digest\":\"md5-aaaa\",\"stub\":true,\"revpos\":3}}}";

static StallProduct *
read_product (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
  g_autoptr (StallDocument) document = stall_document_new_revision (PRODUCT, body, "3-abc", FALSE);
  StallProduct *product = stall_product_new_from_document (document, &error);

  g_assert_no_error (error);
  return product;
}

static char *
write_product (StallProduct *product)
{
  g_autoptr (StallDocument) document = stall_product_to_document (product, NULL);
  GBytes *body = stall_document_get_body (document);

  g_assert_cmpstr (stall_document_get_id (document), ==, stall_product_get_id (product));
  return g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
}

/* @text with one part of it replaced. */
static char *
replace (const char *text, const char *old, const char *new)
{
  g_autoptr (GString) result = g_string_new (text);

  g_assert_cmpuint (g_string_replace (result, old, new, 0), ==, 1);
  return g_string_free_and_steal (g_steal_pointer (&result));
}

static void
count_notify_cb (GObject *object, GParamSpec *pspec, gpointer data)
{
  ++*(guint *) data;
}

static void
test_read (void)
{
  g_autoptr (StallProduct) product = read_product (full);
  GListModel *variants = stall_product_get_variants (product);
  StallVariant *variant = stall_product_find_variant (product, "v1");
  g_autoptr (GPtrArray) pictures = stall_product_dup_pictures (product);
  g_autoptr (GPtrArray) fittings = stall_product_dup_fittings (product);
  g_autoptr (GPtrArray) kit = stall_product_dup_kit (product);
  g_auto (GStrv) tags = stall_product_dup_tags (product);
  g_auto (GStrv) attributes = stall_product_dup_attributes (product);
  g_autofree char *title = stall_variant_dup_title (variant);
  const StallPicture *picture = pictures->pdata[0];
  const StallFitting *fitting = fittings->pdata[0];
  const StallKitPart *part = kit->pdata[0];

  g_assert_cmpstr (stall_product_get_title (product), ==, "浅春 suit");
  g_assert_cmpint (stall_product_get_stage (product), ==, STALL_STAGE_IDEA);
  g_assert_cmpstr (stall_product_get_base_size (product), ==, "XL");
  g_assert_false (stall_product_get_one_off (product));
  g_assert_cmpstrv (tags, ((const char *[]) { "light spring", NULL }));
  g_assert_cmpstrv (attributes, ((const char *[]) { "Fabric", "Linen", NULL }));

  g_assert_cmpuint (g_list_model_get_n_items (variants), ==, 2);
  g_assert_cmpstr (title, ==, "Lilac / M");
  g_assert_cmpstr (stall_variant_get_sku (variant), ==, "LS-M");
  g_assert_cmpstr (stall_variant_get_barcode (variant), ==, "");
  g_assert_cmpint (stall_variant_get_price (variant), ==, 80000);
  g_assert_cmpint (stall_variant_get_cost (variant), ==, STALL_PRICE_NONE);
  g_assert_cmpstr (stall_variant_get_currency (variant), ==, "CNY");
  g_assert_cmpint (stall_variant_get_low_at (variant), ==, 2);
  g_assert_null (stall_product_find_variant (product, "v3"));

  g_assert_cmpuint (pictures->len, ==, 2);
  g_assert_cmpstr (picture->name, ==, "a.jpg");
  g_assert_cmpint (picture->slot, ==, STALL_SLOT_BODY);
  g_assert_cmpstr (picture->digest, ==, "md5-aaaa");
  picture = pictures->pdata[1];
  g_assert_null (picture->name);
  g_assert_null (picture->digest);
  g_assert_cmpstr (picture->link, ==, "https://example.com/b.jpg");

  g_assert_cmpuint (fittings->len, ==, 2);
  g_assert_cmpstr (fitting->name, ==, "Mei");
  g_assert_cmpint (fitting->height, ==, 165);
  g_assert_cmpstr (fitting->remark, ==, "");
  g_assert_cmpuint (kit->len, ==, 1);
  g_assert_cmpstr (part->variant, ==, "p1");
  g_assert_cmpint (part->quantity, ==, 2);
}

/* Every setter with what is already there, and then the text is still the same byte for byte. */
static void
test_nothing_changes (void)
{
  g_autoptr (StallProduct) product = read_product (full);
  StallVariant *variant = stall_product_find_variant (product, "v1");
  g_autoptr (GPtrArray) pictures = stall_product_dup_pictures (product);
  g_autoptr (GPtrArray) fittings = stall_product_dup_fittings (product);
  g_autoptr (GPtrArray) kit = stall_product_dup_kit (product);
  g_autofree char *text = NULL;
  guint n_notified = 0;

  g_signal_connect (product, "notify::title", G_CALLBACK (count_notify_cb), &n_notified);
  g_signal_connect (product, "notify::stage", G_CALLBACK (count_notify_cb), &n_notified);
  g_signal_connect (product, "notify::tags", G_CALLBACK (count_notify_cb), &n_notified);
  g_signal_connect (variant, "notify", G_CALLBACK (count_notify_cb), &n_notified);

  stall_product_set_title (product, "  浅春 suit\n");
  stall_product_set_story (product, "Why lilac?");
  stall_product_set_stage (product, STALL_STAGE_IDEA);
  stall_product_set_tags (product, (const char *[]) { " light spring", "", "Light  Spring", NULL });
  stall_product_set_attributes (product, (const char *[]) { "Fabric", "Linen", NULL });
  stall_product_set_base_size (product, "XL");
  stall_product_set_one_off (product, FALSE);
  stall_product_set_pictures (product, pictures);
  stall_product_set_fittings (product, fittings);
  stall_product_set_kit (product, kit);
  stall_variant_set_option (variant, "Size", "M");
  stall_variant_set_sku (variant, " LS-M ");
  stall_variant_set_barcode (variant, NULL);
  stall_variant_set_price (variant, 80000, "CNY");
  stall_variant_set_cost (variant, STALL_PRICE_NONE, NULL);
  stall_variant_set_low_at (variant, 2);

  text = write_product (product);
  g_assert_cmpuint (n_notified, ==, 0);
  g_assert_cmpstr (text, ==, full);
}

/* Each edit changes its own few bytes and nothing else. */
static void
test_edit_keeps_unknown (void)
{
  static const char *const changes[][2] = {
    { "浅春 suit", "Lilac suit" },
    { "\"base_size\":\"XL\"", "\"base_size\":\"L\"" },
    { "\"size\":\"XL\",\"height\":165", "\"size\":\"L\",\"height\":166" },
    { "\"quantity\":2", "\"quantity\":3" },
    { "\"amount\":80000", "\"amount\":75000" },
    { "\"Size\":\"M\"", "\"Size\":\"S\"" },
    { "LS-M", "LS-S" },
    { "\"Fabric\":\"Linen\",\"Weight\":{\"g\":420}",
      "\"Weight\":{\"g\":420},\"Fabric\":\"Silk\",\"Lining\":\"Linen\"" },
    { "\"low_at\":2,", "" },
    { "\"alt\":\"On Mei\"", "\"alt\":\"On Mei, 165 cm\"" },
    { "\"slot\":\"hologram\"", "\"slot\":\"scene\"" },
  };
  g_autoptr (StallProduct) product = read_product (full);
  StallVariant *variant = stall_product_find_variant (product, "v1");
  g_autoptr (GPtrArray) pictures = stall_product_dup_pictures (product);
  g_autoptr (GPtrArray) fittings = stall_product_dup_fittings (product);
  g_autoptr (GPtrArray) kit = stall_product_dup_kit (product);
  StallPicture *picture = pictures->pdata[0];
  StallFitting *fitting = fittings->pdata[0];
  g_autofree char *expected = g_strdup (full);
  g_autofree char *text = NULL;

  stall_product_set_title (product, "Lilac suit");
  stall_product_set_base_size (product, "L");
  stall_product_set_attributes (
      product, (const char *[]) { "Fabric", "Silk", "Lining", " Linen", "Lost", "", NULL });
  g_set_str (&fitting->size, "L");
  fitting->height = 166;
  stall_product_set_fittings (product, fittings);
  ((StallKitPart *) kit->pdata[0])->quantity = 3;
  stall_product_set_kit (product, kit);
  stall_variant_set_price (variant, 75000, "CNY");
  stall_variant_set_option (variant, "Size", "S");
  stall_variant_set_sku (variant, "LS-S");
  stall_variant_set_low_at (variant, -1);
  g_set_str (&picture->alt, "On Mei, 165 cm");
  ((StallPicture *) pictures->pdata[1])->slot = STALL_SLOT_SCENE;
  stall_product_set_pictures (product, pictures);

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      char *changed = replace (expected, changes[i][0], changes[i][1]);

      g_free (expected);
      expected = changed;
    }
  text = write_product (product);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_pictures (void)
{
  g_autoptr (StallProduct) product = stall_product_new ();
  g_autoptr (GPtrArray) pictures
      = g_ptr_array_new_with_free_func ((GDestroyNotify) stall_picture_free);
  g_autoptr (GPtrArray) read = NULL;
  g_autofree char *text = NULL;
  const char *const names[] = { "a.jpg", "b.jpg" };

  for (guint i = 0; i < 2; i++)
    {
      StallPicture *picture = g_new0 (StallPicture, 1);

      picture->name = g_strdup (names[i]);
      picture->slot = i;
      g_ptr_array_add (pictures, picture);
      stall_product_set_attachment (product, names[i], "image/jpeg", 7, "md5-x");
    }
  stall_product_set_attachment (product, "stray.jpg", "image/jpeg", 9, "md5-y");
  stall_product_set_attachment (product, "b.jpg", "image/png", 8, "md5-b");
  stall_product_set_pictures (product, pictures);

  text = write_product (product);
  g_assert_null (strstr (text, "stray"));
  g_assert_nonnull (strstr (text, "\"b.jpg\":{\"content_type\":\"image/png\",\"length\":8,"
                                  "\"digest\":\"md5-b\",\"stub\":true}"));
  read = stall_product_dup_pictures (product);
  g_assert_cmpstr (((StallPicture *) read->pdata[1])->digest, ==, "md5-b");

  g_ptr_array_set_size (pictures, 0);
  stall_product_set_pictures (product, pictures);
  g_free (text);
  text = write_product (product);
  g_assert_null (strstr (text, "_attachments"));
  g_assert_null (strstr (text, "pictures"));
}

static void
test_variants (void)
{
  g_autoptr (StallProduct) product = stall_product_new ();
  g_autoptr (StallVariant) first = stall_variant_new ();
  g_autoptr (StallVariant) second = stall_variant_new ();
  g_autofree char *title = stall_variant_dup_title (first);
  g_autofree char *text = NULL;
  g_autofree char *later = NULL;

  g_assert_true (g_str_has_prefix (stall_product_get_id (product), "product:"));
  g_assert_cmpstr (stall_variant_get_id (first), !=, stall_variant_get_id (second));
  g_assert_cmpstr (title, ==, "");
  g_assert_null (stall_variant_get_currency (first));

  stall_product_add_variant (product, first);
  stall_product_add_variant (product, second);
  g_assert_true (stall_product_find_variant (product, stall_variant_get_id (second)) == second);

  /* An edit after it was added is an edit of the product. */
  stall_variant_set_cost (second, 1200, "CNY");
  stall_variant_set_sku (first, "GONE");
  text = write_product (product);
  g_assert_nonnull (strstr (text, "\"cost\":{\"amount\":1200,\"currency\":\"CNY\"}"));

  stall_product_remove_variant (product, first);
  stall_product_remove_variant (product, first);
  later = write_product (product);
  g_assert_null (strstr (later, "GONE"));
  g_assert_nonnull (strstr (later, stall_variant_get_id (second)));
  g_assert_cmpuint (g_list_model_get_n_items (stall_product_get_variants (product)), ==, 1);
}

/* Variants without an id get the same one at every reading; of two with one id the first is shown.
 */
static void
test_variant_ids (void)
{
  const char *text
      = "{\"variants\":[{\"sku\":\"A\"},{\"sku\":\"\"},{},{\"id\":\"v\"},{\"id\":\"v\"}]}";
  g_autoptr (StallProduct) first = read_product (text);
  g_autoptr (StallProduct) second = read_product (text);
  GListModel *variants = stall_product_get_variants (first);
  g_autofree char *written = write_product (first);

  g_assert_cmpuint (g_list_model_get_n_items (variants), ==, 4);
  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (StallVariant) variant = g_list_model_get_item (variants, i);

      g_assert_nonnull (stall_product_find_variant (second, stall_variant_get_id (variant)));
    }
  g_assert_true (g_str_has_suffix (written, "{\"id\":\"v\"},{\"id\":\"v\"}]}"));
}

static void
test_texts (void)
{
  g_autoptr (StallProduct) product = stall_product_new ();
  guint n_notified = 0;

  g_signal_connect (product, "notify::title", G_CALLBACK (count_notify_cb), &n_notified);

  /* e + combining acute accent; an ideographic space on either side. */
  stall_product_set_title (product, "\u3000 cafe\u0301 \u3000");
  g_assert_cmpstr (stall_product_get_title (product), ==, "caf\u00e9");
  g_assert_cmpuint (n_notified, ==, 1);

  stall_product_set_title (product, "bad \xff byte");
  g_assert_cmpstr (stall_product_get_title (product), ==, "bad \uFFFD byte");

  stall_product_set_title (product, NULL);
  g_assert_cmpstr (stall_product_get_title (product), ==, "");
  stall_product_set_title (product, " \u3000");
  g_assert_cmpuint (n_notified, ==, 3);
}

static void
test_properties (void)
{
  g_autoptr (StallProduct) product = stall_product_new ();
  g_autofree char *title = NULL;
  g_auto (GStrv) tags = NULL;
  gboolean one_off;
  int stage;

  g_object_set (product, "title", "Hat", "stage", STALL_STAGE_SAMPLE, "one-off", TRUE, "base-size",
                "XL", "maker", "Mei", NULL);
  stall_product_set_tags (product, (const char *[]) { "felt", NULL });
  g_object_get (product, "title", &title, "stage", &stage, "one-off", &one_off, "tags", &tags,
                NULL);

  g_assert_cmpstr (title, ==, "Hat");
  g_assert_cmpint (stage, ==, STALL_STAGE_SAMPLE);
  g_assert_true (one_off);
  g_assert_cmpstrv (tags, ((const char *[]) { "felt", NULL }));
  g_assert_cmpstr (stall_product_get_maker (product), ==, "Mei");
  g_assert_cmpstr (stall_product_get_base_size (product), ==, "XL");
}

static void
test_odd_types (void)
{
  g_autoptr (StallProduct) product
      = read_product ("{\"title\":7,\"stage\":[],\"tags\":\"red\",\"attributes\":[],\"fit\":3,"
                      "\"kit\":{},\"variants\":{\"id\":1},\"pictures\":[null,4],"
                      "\"_attachments\":[],\"one_off\":\"yes\"}");
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (StallVariant) variant = stall_variant_new ();
  g_autofree char *text = NULL;

  g_assert_cmpstr (stall_product_get_title (product), ==, "");
  g_assert_cmpuint (g_list_model_get_n_items (stall_product_get_variants (product)), ==, 0);

  stall_product_set_base_size (product, "S");
  stall_product_set_fittings (product, none);
  stall_product_set_pictures (product, none);
  stall_product_set_kit (product, none);
  stall_product_set_attributes (product, NULL);
  stall_product_set_one_off (product, TRUE);
  stall_product_add_variant (product, variant);
  text = write_product (product);
  g_assert_nonnull (strstr (text, "\"fit\":{\"base_size\":\"S\"}"));
  g_assert_nonnull (strstr (text, stall_variant_get_id (variant)));
}

static void
test_not_an_object (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = g_bytes_new_static ("[]", 2);
  g_autoptr (StallDocument) document = stall_document_new (PRODUCT, body);

  g_assert_null (stall_product_new_from_document (document, &error));
  g_assert_error (error, STALL_ERROR, STALL_ERROR_INVALID);
}

static void
test_names (void)
{
  for (guint i = 0; i < STALL_N_STAGES; i++)
    {
      g_assert_cmpint (stall_stage_from_string (stall_stage_to_string (i)), ==, i);
      g_assert_cmpstr (stall_stage_get_label (i), !=, "");
    }
  for (guint i = 0; i < STALL_N_SLOTS; i++)
    {
      g_assert_cmpstr (stall_slot_to_string (i), !=, "");
      g_assert_cmpstr (stall_slot_get_label (i), !=, "");
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/product/read", test_read);
  g_test_add_func ("/product/nothing-changes", test_nothing_changes);
  g_test_add_func ("/product/edit-keeps-unknown", test_edit_keeps_unknown);
  g_test_add_func ("/product/pictures", test_pictures);
  g_test_add_func ("/product/variants", test_variants);
  g_test_add_func ("/product/variant-ids", test_variant_ids);
  g_test_add_func ("/product/texts", test_texts);
  g_test_add_func ("/product/properties", test_properties);
  g_test_add_func ("/product/odd-types", test_odd_types);
  g_test_add_func ("/product/not-an-object", test_not_an_object);
  g_test_add_func ("/product/names", test_names);

  return g_test_run ();
}
