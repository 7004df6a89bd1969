/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fuzz.h"

#include "stall-json.h"
#include "stall-wire.h"

#include <string.h>

/* What was read is JSON, and is read the same when it comes back. */
static void
check_revision (StallPeerRevision *revision)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (StallPeerRevision) again = NULL;
  JsonObject *attachments
      = stall_json_get_object (stall_document_get_root (revision->document, NULL), "_attachments");

  g_assert_nonnull (stall_document_get_root (revision->document, NULL));
  g_assert_cmpuint (g_strv_length (revision->history), >, 0);
  g_assert_cmpuint (g_strv_length (revision->history), <=, STALL_PEER_MAX_HISTORY);
  g_assert_true (*stall_document_get_id (revision->document) != '\0');
  stall_wire_write_document (text, revision, attachments);
  again = stall_wire_read_document (text->str, text->len, NULL);
  /* A history that reaches beyond the first revision is believed once and not twice. */
  if (again == NULL)
    return;
  g_assert_cmpstr (stall_document_get_id (again->document), ==,
                   stall_document_get_id (revision->document));
  g_assert_cmpstr (stall_document_get_revision (again->document), ==,
                   stall_document_get_revision (revision->document));
  g_assert_cmpint (stall_document_get_deleted (again->document), ==,
                   stall_document_get_deleted (revision->document));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const char *text = (const char *) data;
  g_autoptr (GPtrArray) revisions
      = g_ptr_array_new_with_free_func ((GDestroyNotify) stall_peer_revision_free);
  g_autoptr (StallPeerRevision) revision = NULL;

  if (size == 0)
    return 0;
  revision = stall_wire_read_document (text, size, NULL);
  if (revision != NULL)
    check_revision (revision);
  stall_wire_read_results (text, size, revisions, NULL);
  for (guint i = 0; i < revisions->len; i++)
    check_revision (revisions->pdata[i]);
  return 0;
}
