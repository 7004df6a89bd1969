/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-store"

#include "config.h"

#include "stall-peer-revision.h"

#include <string.h>

#define HASH_DIGITS 32

/**
 * stall_peer_revision_new:
 * @id: a document id
 * @generation: of the revision, 1 or more
 * @history: (transfer full): hashes from the revision's own back, one at least, at most
 *   %STALL_PEER_MAX_HISTORY
 * @deleted: whether it deletes the document
 * @body: JSON text without `_id` and `_rev`
 *
 * Returns: (transfer full): the revision
 */
StallPeerRevision *
stall_peer_revision_new (const char *id,
                         gint64 generation,
                         GStrv history,
                         gboolean deleted,
                         GBytes *body)
{
  StallPeerRevision *self;
  g_autofree char *name = NULL;

  g_return_val_if_fail (generation > 0 && history != NULL && history[0] != NULL, NULL);

  self = g_new0 (StallPeerRevision, 1);
  name = g_strdup_printf ("%" G_GINT64_FORMAT "-%s", generation, history[0]);
  self->document = stall_document_new_revision (id, body, name, deleted);
  self->generation = generation;
  self->history = history;
  return self;
}

void
stall_peer_revision_free (StallPeerRevision *self)
{
  g_object_unref (self->document);
  g_strfreev (self->history);
  g_free (self);
}

/**
 * stall_revision_name_new:
 * @id: a document id
 * @revision: a revision id, "N-…"
 *
 * Returns: (transfer full): both
 */
StallRevisionName *
stall_revision_name_new (const char *id, const char *revision)
{
  StallRevisionName *self = g_new0 (StallRevisionName, 1);

  self->id = g_strdup (id);
  self->revision = g_strdup (revision);
  return self;
}

void
stall_revision_name_free (StallRevisionName *self)
{
  g_free (self->id);
  g_free (self->revision);
  g_free (self);
}

/**
 * stall_revision_parse:
 * @revision: what is said to be a revision id
 * @generation: (out): its number
 * @hash: (out): the rest, inside @revision
 *
 * Returns: %FALSE when it is none
 */
gboolean
stall_revision_parse (const char *revision, gint64 *generation, const char **hash)
{
  guint64 number = 0;
  gsize digits = 0;

  g_return_val_if_fail (revision != NULL, FALSE);

  for (; g_ascii_isdigit (revision[digits]); digits++)
    number = number * 10 + (revision[digits] - '0');
  /* Eighteen digits fit without a check at every step. */
  if (digits == 0 || digits > 18 || number == 0 || revision[digits] != '-')
    return FALSE;
  *generation = number;
  *hash = revision + digits + 1;
  return **hash != '\0' && strlen (*hash) <= STALL_PEER_MAX_HASH;
}

/* CouchDB keeps 32 hexadecimal digits as the 16 bytes they spell and everything else as text. */
static gsize
spell_out (const char *hash, guint8 bytes[STALL_PEER_MAX_HASH])
{
  gsize length = strlen (hash);

  if (length == HASH_DIGITS && strspn (hash, "0123456789abcdefABCDEF") == HASH_DIGITS)
    {
      for (guint i = 0; i < HASH_DIGITS / 2; i++)
        bytes[i] = g_ascii_xdigit_value (hash[2 * i]) << 4 | g_ascii_xdigit_value (hash[2 * i + 1]);
      return HASH_DIGITS / 2;
    }
  length = MIN (length, STALL_PEER_MAX_HASH);
  memcpy (bytes, hash, length);
  return length;
}

/**
 * stall_revision_compare_hashes:
 * @a: the part of a revision id behind its number
 * @b: another
 *
 * Orders as every peer does, so that all choose the same winner.
 *
 * Returns: below, above or 0, as strcmp()
 */
int
stall_revision_compare_hashes (const char *a, const char *b)
{
  guint8 a_bytes[STALL_PEER_MAX_HASH], b_bytes[STALL_PEER_MAX_HASH];
  gsize a_length, b_length;
  int order;

  g_return_val_if_fail (a != NULL && b != NULL, 0);

  a_length = spell_out (a, a_bytes);
  b_length = spell_out (b, b_bytes);
  order = memcmp (a_bytes, b_bytes, MIN (a_length, b_length));
  return order != 0 ? order : (a_length > b_length) - (a_length < b_length);
}
