/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "stall-json.h"
#include "stall-merge.h"

#include <string.h>

static JsonObject *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  JsonObject *object = stall_json_parse_object (text, -1, &error);

  g_assert_no_error (error);
  return object;
}

static const struct
{
  const char *name;
  const char *base;
  const char *ours;
  const char *theirs;
  const char *merged;
  const char *conflicts;
} cases[] = {
  { "different-members", "{\"a\":1,\"b\":1}", "{\"a\":2,\"b\":1}", "{\"a\":1,\"b\":2}",
    "{\"a\":2,\"b\":2}", "" },
  { "same-edit", "{\"a\":1}", "{\"a\":2}", "{\"a\":2}", "{\"a\":2}", "" },
  { "conflict", "{\"title\":\"x\",\"b\":1}", "{\"title\":\"y\",\"b\":1}",
    "{\"title\":\"z\",\"b\":2}", "{\"title\":\"y\",\"b\":2}", "/title" },
  { "added", "{}", "{\"a\":1}", "{\"b\":2}", "{\"a\":1,\"b\":2}", "" },
  { "added-differently", "{}", "{\"a\":1}", "{\"a\":2}", "{\"a\":1}", "/a" },
  { "removed", "{\"a\":1,\"b\":1}", "{\"b\":1}", "{\"a\":1,\"b\":2}", "{\"b\":2}", "" },
  { "edit-beats-our-delete", "{\"a\":1}", "{}", "{\"a\":2}", "{\"a\":2}", "" },
  { "edit-beats-their-delete", "{\"a\":1}", "{\"a\":2}", "{}", "{\"a\":2}", "" },
  { "removed-by-both", "{\"a\":1}", "{}", "{}", "{}", "" },
  { "nested", "{\"fit\":{\"base\":\"S\",\"by\":{\"n\":1}}}",
    "{\"fit\":{\"base\":\"XL\",\"by\":{\"n\":1}}}", "{\"fit\":{\"base\":\"S\",\"by\":{\"n\":2}}}",
    "{\"fit\":{\"base\":\"XL\",\"by\":{\"n\":2}}}", "" },
  { "nested-conflict", "{\"a/b\":{\"c~d\":1}}", "{\"a/b\":{\"c~d\":2}}", "{\"a/b\":{\"c~d\":3}}",
    "{\"a/b\":{\"c~d\":2}}", "/a~1b/c~0d" },
  { "object-added-by-both", "{}", "{\"o\":{\"a\":1}}", "{\"o\":{\"b\":2}}",
    "{\"o\":{\"a\":1,\"b\":2}}", "" },
  { "type-changed", "{\"a\":1}", "{\"a\":{\"x\":1}}", "{\"a\":[1]}", "{\"a\":{\"x\":1}}", "/a" },
  { "null-is-a-value", "{\"a\":1}", "{\"a\":null}", "{\"a\":1}", "{\"a\":null}", "" },
  { "tags", "{\"t\":[\"a\",\"b\"]}", "{\"t\":[\"b\",\"c\"]}", "{\"t\":[\"a\",\"b\",\"d\"]}",
    "{\"t\":[\"b\",\"c\",\"d\"]}", "" },
  { "tags-added-by-both", "{}", "{\"t\":[\"a\",\"b\"]}", "{\"t\":[\"b\",\"c\"]}",
    "{\"t\":[\"a\",\"b\",\"c\"]}", "" },
  { "tags-reordered", "{\"t\":[\"a\",\"b\"]}", "{\"t\":[\"a\",\"b\",\"c\"]}",
    "{\"t\":[\"b\",\"a\"]}", "{\"t\":[\"a\",\"b\",\"c\"]}", "" },
  { "variants", "{\"v\":[{\"id\":\"1\",\"p\":1,\"q\":1},{\"id\":\"2\",\"p\":1}]}",
    "{\"v\":[{\"id\":\"1\",\"p\":2,\"q\":1},{\"id\":\"2\",\"p\":1},{\"id\":\"3\"}]}",
    "{\"v\":[{\"id\":\"1\",\"p\":1,\"q\":2}]}",
    "{\"v\":[{\"id\":\"1\",\"p\":2,\"q\":2},{\"id\":\"3\"}]}", "" },
  { "variant-conflict", "{\"v\":[{\"id\":\"1\",\"p\":1}]}", "{\"v\":[{\"id\":\"1\",\"p\":2}]}",
    "{\"v\":[{\"id\":\"1\",\"p\":3}]}", "{\"v\":[{\"id\":\"1\",\"p\":2}]}", "/v/1/p" },
  { "variants-reordered-by-them", "{\"v\":[{\"id\":\"1\"},{\"id\":\"2\",\"p\":1}]}",
    "{\"v\":[{\"id\":\"1\"},{\"id\":\"2\",\"p\":2}]}",
    "{\"v\":[{\"id\":\"2\",\"p\":1},{\"id\":\"1\"}]}",
    "{\"v\":[{\"id\":\"2\",\"p\":2},{\"id\":\"1\"}]}", "" },
  { "edited-variant-beats-its-delete", "{\"v\":[{\"id\":\"1\",\"p\":1},{\"id\":\"2\"}]}",
    "{\"v\":[{\"id\":\"2\"},{\"id\":\"3\"}]}", "{\"v\":[{\"id\":\"1\",\"p\":9},{\"id\":\"2\"}]}",
    "{\"v\":[{\"id\":\"2\"},{\"id\":\"3\"},{\"id\":\"1\",\"p\":9}]}", "" },
  { "same-id-twice", "{\"v\":[]}", "{\"v\":[{\"id\":\"1\",\"a\":1},{\"id\":\"1\",\"a\":2}]}",
    "{\"v\":[{\"id\":\"3\"}]}", "{\"v\":[{\"id\":\"1\",\"a\":1},{\"id\":\"1\",\"a\":2}]}", "/v" },
  { "an-amount-is-one-value", "{\"p\":{\"amount\":1,\"currency\":\"CNY\"}}",
    "{\"p\":{\"amount\":2,\"currency\":\"CNY\"}}", "{\"p\":{\"amount\":1,\"currency\":\"EUR\"}}",
    "{\"p\":{\"amount\":2,\"currency\":\"CNY\"}}", "/p" },
  { "a-picture-is-one-value", "{\"_attachments\":{\"a.png\":{\"digest\":\"1\",\"length\":1}}}",
    "{\"_attachments\":{\"a.png\":{\"digest\":\"2\",\"length\":1}}}",
    "{\"_attachments\":{\"a.png\":{\"digest\":\"1\",\"length\":3}}}",
    "{\"_attachments\":{\"a.png\":{\"digest\":\"2\",\"length\":1}}}", "/_attachments/a.png" },
  { "the-later-change", "{\"changed\":{\"at\":\"2026-01-01T00:00:00Z\",\"device\":\"a\"}}",
    "{\"changed\":{\"at\":\"2026-01-02T00:00:00Z\",\"device\":\"a\"}}",
    "{\"changed\":{\"at\":\"2026-01-03T00:00:00Z\",\"device\":\"b\"}}",
    "{\"changed\":{\"at\":\"2026-01-03T00:00:00Z\",\"device\":\"b\"}}", "" },
  { "numbers-are-one-value", "{\"n\":[1,2]}", "{\"n\":[1,2,3]}", "{\"n\":[0,1,2]}",
    "{\"n\":[1,2,3]}", "/n" },
};

static void
test_case (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (JsonObject) base = parse (cases[i].base);
  g_autoptr (JsonObject) ours = parse (cases[i].ours);
  g_autoptr (JsonObject) theirs = parse (cases[i].theirs);
  g_auto (GStrv) conflicts = NULL;
  g_autoptr (JsonObject) merged = stall_merge (base, ours, theirs, &conflicts);
  g_autofree char *text = stall_json_to_string (merged, NULL);
  g_autofree char *paths = g_strjoinv (" ", conflicts);
  g_autofree char *ours_after = stall_json_to_string (ours, NULL);

  g_assert_cmpstr (text, ==, cases[i].merged);
  g_assert_cmpstr (paths, ==, cases[i].conflicts);
  g_assert_cmpstr (ours_after, ==, cases[i].ours);
}

static void
test_no_base (void)
{
  g_autoptr (JsonObject) ours = parse ("{\"a\":1,\"b\":1}");
  g_autoptr (JsonObject) theirs = parse ("{\"b\":2,\"c\":3}");
  g_auto (GStrv) conflicts = NULL;
  g_autoptr (JsonObject) merged = stall_merge (NULL, ours, theirs, &conflicts);
  g_autofree char *text = stall_json_to_string (merged, NULL);

  g_assert_cmpstr (text, ==, "{\"a\":1,\"b\":1,\"c\":3}");
  g_assert_cmpstrv (conflicts, ((const char *const[]) { "/b", NULL }));
}

#define N_MEMBERS 6

static JsonNode *make_node (guint depth);

static JsonObject *
make_object (guint depth)
{
  JsonObject *object = json_object_new ();

  for (guint i = 0; i < N_MEMBERS; i++)
    if (g_test_rand_int_range (0, 4) > 0)
      json_object_set_member (object, (char[]) { 'a' + i, '\0' }, make_node (depth));
  return object;
}

static JsonNode *
make_node (guint depth)
{
  JsonNode *node;
  JsonArray *array;
  int kind = g_test_rand_int_range (0, depth > 0 ? 5 : 2);

  if (kind == 0)
    return json_node_init_int (json_node_alloc (), g_test_rand_int_range (0, 3));
  if (kind == 1)
    return json_node_init_string (json_node_alloc (), g_test_rand_bit () ? "x" : "y");
  if (kind == 2)
    {
      g_autoptr (JsonObject) object = make_object (depth - 1);

      return json_node_init_object (json_node_alloc (), object);
    }

  array = json_array_new ();
  for (char c = 'p'; c < 'u'; c++)
    if (g_test_rand_bit () && kind == 3)
      json_array_add_string_element (array, (char[]) { c, '\0' });
    else if (g_test_rand_bit ())
      {
        JsonObject *object = make_object (0);

        json_object_set_string_member (object, "id", (char[]) { c, '\0' });
        json_array_add_object_element (array, object);
      }
  node = json_node_new (JSON_NODE_ARRAY);
  json_node_take_array (node, array);
  return node;
}

static void
assert_equal (JsonObject *a, JsonObject *b)
{
  g_autofree char *a_text = stall_json_to_string (a, NULL);
  g_autofree char *b_text = stall_json_to_string (b, NULL);
  g_autoptr (JsonNode) a_node = json_node_init_object (json_node_alloc (), a);
  g_autoptr (JsonNode) b_node = json_node_init_object (json_node_alloc (), b);

  if (!json_node_equal (a_node, b_node))
    g_error ("%s is not %s", a_text, b_text);
}

/* What only one side has touched is as that side has it. */
static void
test_one_side (void)
{
  for (guint i = 0; i < 50; i++)
    {
      g_autoptr (JsonObject) base = make_object (2);
      g_autoptr (JsonObject) edited = make_object (2);
      g_auto (GStrv) conflicts = NULL;
      g_autoptr (JsonObject) as_ours = stall_merge (base, edited, base, &conflicts);
      g_autoptr (JsonObject) as_theirs = stall_merge (base, base, edited, NULL);
      g_autoptr (JsonObject) as_both = stall_merge (base, edited, edited, NULL);

      assert_equal (as_ours, edited);
      assert_equal (as_theirs, edited);
      assert_equal (as_both, edited);
      g_assert_cmpuint (g_strv_length (conflicts), ==, 0);
    }
}

/* A member that one side added or edited is there afterwards, whatever the other side did: at the
 * top, where the expected value is known, as it is there or as a conflict that says so. */
static void
test_no_member_lost (void)
{
  for (guint i = 0; i < 50; i++)
    {
      g_autoptr (JsonObject) base = make_object (2);
      g_autoptr (JsonObject) ours = make_object (2);
      g_autoptr (JsonObject) theirs = make_object (2);
      g_autoptr (JsonObject) merged = stall_merge (base, ours, theirs, NULL);

      for (guint m = 0; m < N_MEMBERS; m++)
        {
          const char *member = (char[]) { 'a' + m, '\0' };
          JsonNode *before = json_object_get_member (base, member);
          JsonNode *sides[]
              = { json_object_get_member (ours, member), json_object_get_member (theirs, member) };

          for (guint side = 0; side < 2; side++)
            if (sides[side] != NULL && (before == NULL || !json_node_equal (before, sides[side])))
              g_assert_true (json_object_has_member (merged, member));
        }
    }
}

/* Three people edit members of their own: in whichever order their versions meet, all edits are in
 * the result. */
static void
test_associative (void)
{
  for (guint i = 0; i < 50; i++)
    {
      g_autoptr (JsonObject) base = make_object (2);
      g_autoptr (JsonObject) expected = stall_json_copy_object (base);
      JsonObject *edits[3];
      g_autoptr (JsonObject) first_two = NULL;
      g_autoptr (JsonObject) last_two = NULL;
      g_autoptr (JsonObject) left = NULL;
      g_autoptr (JsonObject) right = NULL;
      g_auto (GStrv) conflicts = NULL;

      for (guint person = 0; person < 3; person++)
        {
          const char *member = (char[]) { 'a' + person * 2, '\0' };
          JsonNode *value = make_node (2);

          edits[person] = stall_json_copy_object (base);
          json_object_set_member (edits[person], member, json_node_copy (value));
          json_object_set_member (expected, member, value);
        }

      first_two = stall_merge (base, edits[0], edits[1], NULL);
      left = stall_merge (base, first_two, edits[2], &conflicts);
      last_two = stall_merge (base, edits[1], edits[2], NULL);
      right = stall_merge (base, edits[0], last_two, NULL);
      assert_equal (left, expected);
      assert_equal (right, expected);
      g_assert_cmpuint (g_strv_length (conflicts), ==, 0);
      for (guint person = 0; person < 3; person++)
        json_object_unref (edits[person]);
    }
}

/* What a conflict is about can be looked at and decided, in lists by id, too. */
static void
test_decide (void)
{
  g_autoptr (JsonObject) root
      = parse ("{\"a/b\":{\"c\":1},\"v\":[{\"id\":\"1\",\"p\":1},{\"id\":\"2\",\"p\":2}]}");
  g_autoptr (JsonObject) expected
      = parse ("{\"a/b\":{\"c\":5},\"v\":[{\"id\":\"1\",\"p\":1},{\"id\":\"2\",\"p\":5}]}");
  g_autoptr (JsonNode) five = json_node_init_int (json_node_alloc (), 5);

  g_assert_cmpint (json_node_get_int (stall_merge_get (root, "/v/2/p")), ==, 2);
  g_assert_cmpint (json_node_get_int (stall_merge_get (root, "/a~1b/c")), ==, 1);
  g_assert_null (stall_merge_get (root, "/v/3/p"));
  g_assert_null (stall_merge_get (root, "/nothing"));
  g_assert_null (stall_merge_get (root, ""));
  stall_merge_set (root, "/v/2/p", five);
  stall_merge_set (root, "/a~1b/c", five);
  stall_merge_set (root, "/v/3/p", five);
  assert_equal (root, expected);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/merge/case/%s", cases[i].name);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_case);
    }
  g_test_add_func ("/merge/no-base", test_no_base);
  g_test_add_func ("/merge/one-side", test_one_side);
  g_test_add_func ("/merge/no-member-lost", test_no_member_lost);
  g_test_add_func ("/merge/associative", test_associative);
  g_test_add_func ("/merge/decide", test_decide);
  return g_test_run ();
}
