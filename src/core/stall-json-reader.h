/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What stands in the way of reading a text. */
typedef enum
{
  STALL_JSON_GOOD,
  STALL_JSON_BROKEN,   /* no JSON */
  STALL_JSON_TOO_DEEP, /* more than STALL_JSON_MAX_DEPTH levels */
} StallJsonFault;

JsonNode *stall_json_read (const char *text, gsize length, StallJsonFault *fault, gsize *place);

G_END_DECLS
