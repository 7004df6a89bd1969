/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-core"

#include "config.h"

#include "stall-kind.h"

#include <stdatomic.h>
#include <string.h>
#include <sys/random.h>

#define UUID_BYTES 16
#define UUID_TEXT 36

static const char *const kind_names[STALL_N_KINDS] = {
  [STALL_KIND_OTHER] = "other",       [STALL_KIND_PROFILE] = "stall",
  [STALL_KIND_PRODUCT] = "product",   [STALL_KIND_MOVEMENT] = "movement",
  [STALL_KIND_ORDER] = "order",       [STALL_KIND_EVENT] = "event",
  [STALL_KIND_REMARK] = "remark",     [STALL_KIND_CONTACT] = "contact",
  [STALL_KIND_NOTE] = "note",         [STALL_KIND_ECHO] = "echo",
  [STALL_KIND_CONTEXT] = "context",   [STALL_KIND_POLL] = "poll",
  [STALL_KIND_BALLOT] = "ballot",     [STALL_KIND_TALLY] = "tally",
  [STALL_KIND_DECISION] = "decision", [STALL_KIND_SIGNAL] = "signal",
  [STALL_KIND_REPLY] = "reply",       [STALL_KIND_SEGMENT] = "segment",
  [STALL_KIND_BUYER] = "buyer",       [STALL_KIND_DEAL] = "deal",
  [STALL_KIND_SESSION] = "session",   [STALL_KIND_LISTING] = "listing",
  [STALL_KIND_PLAN] = "plan",
};

static StallKind
find_kind (const char *name, gsize length)
{
  for (guint kind = 1; kind < STALL_N_KINDS; kind++)
    if (strncmp (kind_names[kind], name, length) == 0 && kind_names[kind][length] == '\0')
      return kind;

  return STALL_KIND_OTHER;
}

/* Lays 16 bytes out as lower-case text with the version and the RFC 9562 variant set in them. */
static void
write_uuid (guint8 bytes[UUID_BYTES], guint version, char text[UUID_TEXT])
{
  static const char digits[] = "0123456789abcdef";

  bytes[6] = (bytes[6] & 0x0f) | version << 4;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  for (guint i = 0; i < UUID_BYTES; i++)
    {
      if (i == 4 || i == 6 || i == 8 || i == 10)
        *text++ = '-';
      *text++ = digits[bytes[i] >> 4];
      *text++ = digits[bytes[i] & 15];
    }
}

/* The system is asked once for many ids. */
static void
take_random (guint8 *bytes, gsize size)
{
  static _Thread_local guint8 pool[256];
  static _Thread_local gsize left = 0;

  if (left < size)
    {
      /* Up to 256 bytes come whole or not at all. */
      while (getrandom (pool, sizeof pool, 0) != sizeof pool)
        ;
      left = sizeof pool;
    }
  left -= size;
  memcpy (bytes, pool + left, size);
}

/* UUIDv7, RFC 9562 section 5.7, with a counter in rand_a (section 6.2, method 1): milliseconds and
 * counter are one number that only grows, even when the clock is set back or 4096 ids are not
 * enough for one millisecond. */
static void
write_uuid_new (char text[UUID_TEXT])
{
  static _Atomic guint64 last = 0;
  guint64 previous = atomic_load (&last);
  guint64 next;
  guint8 bytes[UUID_BYTES];

  do
    next = MAX ((guint64) (g_get_real_time () / 1000) << 12, previous + 1);
  while (!atomic_compare_exchange_weak (&last, &previous, next));

  for (guint i = 0; i < 6; i++)
    bytes[i] = next >> (52 - 8 * i);
  bytes[6] = next >> 8 & 0x0f;
  bytes[7] = next;
  take_random (bytes + 8, 8);
  write_uuid (bytes, 7, text);
}

/* UUIDv8, RFC 9562 section 5.8: the first 16 bytes of SHA-256 of namespace, NUL, name. */
static void
write_uuid_derived (const char *namespace, const char *name, char text[UUID_TEXT])
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize size = sizeof digest;

  g_checksum_update (checksum, (const guchar *) namespace, strlen (namespace) + 1);
  g_checksum_update (checksum, (const guchar *) name, strlen (name));
  g_checksum_get_digest (checksum, digest, &size);
  write_uuid (digest, 8, text);
}

/* "kind:" with room for a UUID behind it; @uuid is where that goes. */
static char *
new_id_with_room (StallKind kind, char **uuid)
{
  const char *prefix = stall_kind_to_string (kind);
  gsize length = strlen (prefix);
  char *id = g_malloc (length + 1 + UUID_TEXT + 1);

  memcpy (id, prefix, length);
  id[length] = ':';
  id[length + 1 + UUID_TEXT] = '\0';
  *uuid = id + length + 1;
  return id;
}

/**
 * stall_kind_to_string:
 * @kind: a kind
 *
 * The name of a kind as documents carry it in `kind` and before the colon of their id.
 *
 * Returns: the name
 */
const char *
stall_kind_to_string (StallKind kind)
{
  g_return_val_if_fail ((guint) kind < STALL_N_KINDS, kind_names[STALL_KIND_OTHER]);

  return kind_names[kind];
}

/**
 * stall_kind_from_string:
 * @name: (nullable): a document's `kind`
 *
 * Returns: the kind, or %STALL_KIND_OTHER when this version does not know it
 */
StallKind
stall_kind_from_string (const char *name)
{
  return name != NULL ? find_kind (name, strlen (name)) : STALL_KIND_OTHER;
}

/**
 * stall_kind_of_id:
 * @id: a document's id, "kind:…"
 *
 * Returns: the kind, or %STALL_KIND_OTHER when this version does not know it
 */
StallKind
stall_kind_of_id (const char *id)
{
  const char *colon;

  g_return_val_if_fail (id != NULL, STALL_KIND_OTHER);

  colon = strchr (id, ':');
  return colon != NULL ? find_kind (id, colon - id) : STALL_KIND_OTHER;
}

/**
 * stall_kind_is_immutable:
 * @kind: a kind
 *
 * Returns: whether documents of @kind never change once written
 */
gboolean
stall_kind_is_immutable (StallKind kind)
{
  switch ((guint) kind)
    {
    case STALL_KIND_MOVEMENT:
    case STALL_KIND_ORDER:
    case STALL_KIND_EVENT:
    case STALL_KIND_BALLOT:
    case STALL_KIND_DECISION:
      return TRUE;
    default:
      return FALSE;
    }
}

/**
 * stall_kind_merges_by_field:
 * @kind: a kind
 *
 * Returns: whether two versions of a document of @kind may be merged without asking. Not facts, nor
 *   what only the platform writes, nor what another version of Stall made the rules of
 */
gboolean
stall_kind_merges_by_field (StallKind kind)
{
  switch ((guint) kind)
    {
    case STALL_KIND_PROFILE:
    case STALL_KIND_PRODUCT:
    case STALL_KIND_REMARK:
    case STALL_KIND_NOTE:
    case STALL_KIND_CONTEXT:
    case STALL_KIND_SIGNAL:
    case STALL_KIND_REPLY:
    case STALL_KIND_SEGMENT:
    case STALL_KIND_BUYER:
    case STALL_KIND_DEAL:
    case STALL_KIND_SESSION:
      return TRUE;
    default:
      return FALSE;
    }
}

/**
 * stall_uuid_new:
 *
 * Makes a UUIDv7. Within one process each is greater than the one before, from any thread.
 *
 * Returns: (transfer full): 36 characters of text
 */
char *
stall_uuid_new (void)
{
  char *text = g_malloc0 (UUID_TEXT + 1);

  write_uuid_new (text);
  return text;
}

/**
 * stall_uuid_derive:
 * @namespace: whose names these are, such as "shopify"
 * @name: what the other side calls the thing
 *
 * Makes the UUID that this name always gets, so that importing a thing twice makes it once.
 *
 * Returns: (transfer full): 36 characters of text, a UUIDv8
 */
char *
stall_uuid_derive (const char *namespace, const char *name)
{
  char *text;

  g_return_val_if_fail (namespace != NULL && name != NULL, NULL);

  text = g_malloc0 (UUID_TEXT + 1);
  write_uuid_derived (namespace, name, text);
  return text;
}

/**
 * stall_id_new:
 * @kind: a kind
 *
 * Returns: (transfer full): a new document id, "kind:uuid"
 */
char *
stall_id_new (StallKind kind)
{
  char *uuid;
  char *id = new_id_with_room (kind, &uuid);

  write_uuid_new (uuid);
  return id;
}

/**
 * stall_id_derive:
 * @kind: a kind
 * @namespace: whose names these are
 * @name: what the other side calls the thing
 *
 * Returns: (transfer full): the document id that this name always gets
 */
char *
stall_id_derive (StallKind kind, const char *namespace, const char *name)
{
  char *uuid;
  char *id;

  g_return_val_if_fail (namespace != NULL && name != NULL, NULL);

  id = new_id_with_room (kind, &uuid);
  write_uuid_derived (namespace, name, uuid);
  return id;
}

/* "kind:OWNER" or "kind:OWNER:SUFFIX", OWNER being what follows the colon of @owner_id. */
static char *
id_for_owner (StallKind kind, const char *owner_id, const char *suffix)
{
  const char *prefix = stall_kind_to_string (kind);
  const char *colon = strchr (owner_id, ':');
  const char *owner = colon != NULL ? colon + 1 : owner_id;

  return suffix != NULL ? g_strconcat (prefix, ":", owner, ":", suffix, NULL)
                        : g_strconcat (prefix, ":", owner, NULL);
}

/**
 * stall_id_for_order:
 * @kind: %STALL_KIND_EVENT, %STALL_KIND_REMARK or %STALL_KIND_CONTACT
 * @order_id: "order:…"
 * @suffix: (nullable): what tells several documents of one order apart
 *
 * The id of a document that belongs to an order: "event:ORDER:SUFFIX", "remark:ORDER".
 *
 * Returns: (transfer full): the id
 */
char *
stall_id_for_order (StallKind kind, const char *order_id, const char *suffix)
{
  g_return_val_if_fail (order_id != NULL, NULL);

  return id_for_owner (kind, order_id, suffix);
}

/**
 * stall_id_for_poll:
 * @kind: %STALL_KIND_BALLOT, %STALL_KIND_TALLY or %STALL_KIND_DECISION
 * @poll_id: "poll:…"
 * @suffix: what tells several documents of one poll apart; "" for what their ids begin with
 *
 * The id of a document that belongs to a poll: "ballot:POLL:VOTER".
 *
 * Returns: (transfer full): the id
 */
char *
stall_id_for_poll (StallKind kind, const char *poll_id, const char *suffix)
{
  g_return_val_if_fail (poll_id != NULL && suffix != NULL, NULL);

  return id_for_owner (kind, poll_id, suffix);
}
