/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The kinds of document that the platform knows (platform.md). A kind that is not listed is
 * STALL_KIND_OTHER: kept, synced, shown nowhere. The number is stored; append only. */
typedef enum
{
  STALL_KIND_OTHER = 0,
  STALL_KIND_PROFILE = 1, /* id prefix and `kind` value: "stall" */
  STALL_KIND_PRODUCT = 2,
  STALL_KIND_MOVEMENT = 3,
  STALL_KIND_ORDER = 4,
  STALL_KIND_EVENT = 5,
  STALL_KIND_REMARK = 6,
  STALL_KIND_CONTACT = 7,
  STALL_KIND_NOTE = 8,
  STALL_KIND_ECHO = 9,
  STALL_KIND_CONTEXT = 10,
  STALL_KIND_POLL = 11,
  STALL_KIND_BALLOT = 12,
  STALL_KIND_TALLY = 13,
  STALL_KIND_DECISION = 14,
  STALL_KIND_SIGNAL = 15,
  STALL_KIND_REPLY = 16,
  STALL_KIND_SEGMENT = 17,
  STALL_KIND_BUYER = 18,
  STALL_KIND_DEAL = 19,
  STALL_KIND_SESSION = 20,
  STALL_KIND_LISTING = 21,
  STALL_KIND_PLAN = 22,
} StallKind;

#define STALL_N_KINDS 23
#define STALL_PROFILE_ID "stall:profile"

const char *stall_kind_to_string (StallKind kind);
StallKind stall_kind_from_string (const char *name);
StallKind stall_kind_of_id (const char *id);
gboolean stall_kind_is_immutable (StallKind kind);
gboolean stall_kind_merges_by_field (StallKind kind);

/* Ids are made once: `kind:` + a UUIDv7, or derived from what the other side calls the thing. */
char *stall_uuid_new (void);
char *stall_uuid_derive (const char *namespace, const char *name);
char *stall_id_new (StallKind kind);
char *stall_id_derive (StallKind kind, const char *namespace, const char *name);
char *stall_id_for_order (StallKind kind, const char *order_id, const char *suffix);
char *stall_id_for_poll (StallKind kind, const char *poll_id, const char *suffix);

G_END_DECLS
