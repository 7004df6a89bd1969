/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fuzz.h"

#include "stall-json-splitter.h"

#include <string.h>

typedef struct
{
  GString *text;
  guint n;
} Results;

static gboolean
add_cb (const char *text, gsize size, gpointer data, GError **error)
{
  Results *results = data;

  g_assert_cmpuint (size, >=, 2);
  g_assert_true (text[0] == '{' && (text[size - 1] == '}' || text[size - 1] == ']'));
  g_string_append_len (results->text, text, size);
  g_string_append_c (results->text, '\n');
  results->n++;
  return TRUE;
}

/* What stands around the results, or NULL; what is handed on is added to @results. */
static char *
split (const uint8_t *data, size_t size, size_t piece, Results *results)
{
  g_autoptr (StallJsonSplitter) splitter = stall_json_splitter_new (add_cb, results);

  for (size_t start = 0; start < size; start += piece)
    if (!stall_json_splitter_feed (splitter, (const char *) data + start, MIN (piece, size - start),
                                   NULL))
      return NULL;
  return stall_json_splitter_finish (splitter, NULL);
}

/* Wherever the network cuts an answer into pieces, it is the same answer. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GString) once = g_string_new (NULL);
  g_autoptr (GString) in_pieces = g_string_new (NULL);
  Results whole = { once, 0 }, pieces = { in_pieces, 0 };
  g_autofree char *outer = split (data, size, size + 1, &whole);
  g_autofree char *again = split (data, size, 1 + size % 7, &pieces);

  g_assert_cmpstr (outer, ==, again);
  g_assert_cmpstr (once->str, ==, in_pieces->str);
  g_assert_cmpuint (whole.n, ==, pieces.n);
  return 0;
}
