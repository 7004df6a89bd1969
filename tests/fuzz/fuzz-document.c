/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fuzz.h"

#include "stall-contact.h"
#include "stall-context.h"
#include "stall-echo.h"
#include "stall-merge.h"
#include "stall-movement.h"
#include "stall-note.h"
#include "stall-order-event.h"
#include "stall-order.h"
#include "stall-product.h"
#include "stall-profile.h"
#include "stall-remark.h"

#include <string.h>

/* A thing can be read from what it has been written as. */
#define CHECK_THING(Thing, thing, id, body)                                                \
  G_STMT_START                                                                             \
  {                                                                                        \
    g_autoptr (StallDocument) source = stall_document_new (id, body);                      \
    g_autoptr (Stall##Thing) read = stall_##thing##_new_from_document (source, NULL);      \
                                                                                           \
    if (read != NULL)                                                                      \
      {                                                                                    \
        g_autoptr (StallDocument) written = stall_##thing##_to_document (read, "device");  \
        g_autoptr (StallDocument) stored                                                   \
            = stall_document_new (id, stall_document_get_body (written));                  \
        g_autoptr (Stall##Thing) again = stall_##thing##_new_from_document (stored, NULL); \
                                                                                           \
        g_assert_nonnull (again);                                                          \
      }                                                                                    \
  }                                                                                        \
  G_STMT_END

/* What was read is written as JSON that reads the same, and merging it with itself changes nothing.
 */
static void
check_root (JsonObject *root)
{
  gsize length;
  g_autofree char *text = stall_json_to_string (root, &length);
  g_autoptr (JsonObject) again = stall_json_parse_object (text, length, NULL);
  g_autofree char *again_text = NULL;
  g_autoptr (JsonObject) merged = NULL;
  g_autofree char *merged_text = NULL;

  g_assert_nonnull (again);
  again_text = stall_json_to_string (again, NULL);
  g_assert_cmpstr (again_text, ==, text);
  merged = stall_merge (root, again, root, NULL);
  merged_text = stall_json_to_string (merged, NULL);
  g_assert_cmpstr (merged_text, ==, text);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) body = g_bytes_new (data, size);
  g_autoptr (StallDocument) document = stall_document_new ("note:1", body);
  JsonObject *root = stall_document_get_root (document, NULL);

  if (root == NULL)
    return 0;

  check_root (root);
  CHECK_THING (Contact, contact, "contact:1", body);
  CHECK_THING (Context, context, "context:1", body);
  CHECK_THING (Echo, echo, "echo:note:1:2026-11-20", body);
  CHECK_THING (Note, note, "note:1", body);
  CHECK_THING (Movement, movement, "movement:1", body);
  CHECK_THING (Order, order, "order:1", body);
  CHECK_THING (OrderEvent, order_event, "event:1:2", body);
  CHECK_THING (Product, product, "product:1", body);
  CHECK_THING (Profile, profile, STALL_PROFILE_ID, body);
  CHECK_THING (Remark, remark, "remark:1", body);
  return 0;
}
