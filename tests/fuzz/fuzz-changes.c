/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fuzz.h"

#include "stall-feed.h"
#include "stall-json-splitter.h"
#include "stall-json.h"
#include "stall-wire.h"

#include <string.h>

/* A feed as it comes: heartbeats, rows, where it is to go on. */

static gboolean
row_cb (const char *text, gsize size, gpointer data, GError **error)
{
  g_autoptr (StallChangeRow) row = stall_change_row_read (text, size, error);

  if (row == NULL)
    return FALSE;
  g_assert_true (row->revisions->len == 0 || (row->id != NULL && *row->id != '\0'));
  if (row->body != NULL)
    {
      g_assert_cmpuint (row->revisions->len, ==, 1);
      g_assert_cmpstr (stall_document_get_id (row->body->document), ==, row->id);
      g_assert_cmpint (row->body->generation, ==, 1);
    }
  return TRUE;
}

/* Whatever a sequence is, it goes back as one word of an address. */
static void
check_sequence (const char *outer)
{
  g_autoptr (JsonObject) object = stall_json_parse_object (outer, -1, NULL);
  JsonNode *sequence = object != NULL ? json_object_get_member (object, "last_seq") : NULL;
  g_autofree char *path = NULL;

  if (sequence == NULL)
    return;
  path = stall_feed_make_path (sequence, 10, TRUE, TRUE);
  g_assert_null (strpbrk (path, " \"<>\\^`{|}\r\n"));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (StallJsonSplitter) splitter = stall_json_splitter_new (row_cb, NULL);
  g_autofree char *outer = NULL;

  if (!stall_json_splitter_feed (splitter, (const char *) data, size, NULL))
    return 0;
  outer = stall_json_splitter_finish (splitter, NULL);
  if (outer != NULL)
    check_sequence (outer);
  return 0;
}
