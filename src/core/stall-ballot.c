/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-core"

#include "config.h"

#include "stall-ballot.h"

#include "stall-poll-private.h"

#include <string.h>

#define MAX_VOTER 64

struct _StallBallot
{
  GObject parent_instance;

  char *id;
  char *poll_id;
  char *voter;
  char *option;
  StallTime at;
  char *via;
};

G_DEFINE_FINAL_TYPE (StallBallot, stall_ballot, G_TYPE_OBJECT)

static void
stall_ballot_finalize (GObject *object)
{
  StallBallot *self = STALL_BALLOT (object);

  g_free (self->id);
  g_free (self->poll_id);
  g_free (self->voter);
  g_free (self->option);
  g_free (self->via);

  G_OBJECT_CLASS (stall_ballot_parent_class)->finalize (object);
}

static void
stall_ballot_class_init (StallBallotClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = stall_ballot_finalize;
}

static void
stall_ballot_init (StallBallot *self)
{
}

/**
 * stall_ballot_voter_is_valid:
 * @voter: (nullable): what tells one voter from another
 *
 * Returns: whether it can stand at the end of a ballot's id: 1 to 64 letters, digits, “-” and “_”
 */
gboolean
stall_ballot_voter_is_valid (const char *voter)
{
  gsize length = voter != NULL ? strlen (voter) : 0;

  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (voter[i]) && voter[i] != '-' && voter[i] != '_')
      return FALSE;
  return length >= 1 && length <= MAX_VOTER;
}

/**
 * stall_ballot_new:
 * @poll_id: "poll:…"
 * @voter: a name that means nothing outside of this poll
 * @option: id of the option that was chosen
 * @at: when, milliseconds UTC
 * @via: where the vote came from
 *
 * Returns: (transfer full): the ballot
 */
StallBallot *
stall_ballot_new (const char *poll_id,
                  const char *voter,
                  const char *option,
                  StallTime at,
                  const char *via)
{
  StallBallot *self;

  g_return_val_if_fail (poll_id != NULL && option != NULL && via != NULL, NULL);
  g_return_val_if_fail (stall_ballot_voter_is_valid (voter), NULL);
  g_return_val_if_fail (at != STALL_TIME_NONE, NULL);

  self = g_object_new (STALL_TYPE_BALLOT, NULL);
  self->id = stall_id_for_poll (STALL_KIND_BALLOT, poll_id, voter);
  self->poll_id = g_strdup (poll_id);
  self->voter = g_strdup (voter);
  self->option = g_strdup (option);
  self->at = at;
  self->via = g_strdup (via);
  return self;
}

/**
 * stall_ballot_new_from_document:
 * @document: a document of kind ballot
 * @error: return location for a %STALL_ERROR_INVALID that names the field
 *
 * A ballot is of the poll and the voter that its id names, so that nobody has two.
 *
 * Returns: (transfer full): the ballot
 */
StallBallot *
stall_ballot_new_from_document (StallDocument *document, GError **error)
{
  g_autofree char *poll_id = NULL;
  const char *id, *voter, *option, *text;
  StallTime at = STALL_TIME_NONE;
  StallBallot *self;
  JsonObject *root;

  g_return_val_if_fail (STALL_IS_DOCUMENT (document), NULL);

  if (STALL_IS_BALLOT (stall_document_get_object (document)))
    return g_object_ref (STALL_BALLOT (stall_document_get_object (document)));
  root = stall_document_get_root (document, error);
  if (root == NULL)
    return NULL;

  id = stall_document_get_id (document);
  poll_id = stall_poll_id_of (id, &voter);
  option = stall_json_get_string (root, "option", NULL);
  text = stall_json_get_string (root, "at", NULL);
  if (poll_id == NULL || !stall_ballot_voter_is_valid (voter))
    return stall_poll_refuse (id, "_id", error);
  if (option == NULL)
    return stall_poll_refuse (id, "option", error);
  if (text == NULL || !stall_time_parse (text, &at))
    return stall_poll_refuse (id, "at", error);

  self = stall_ballot_new (poll_id, voter, option, at,
                           stall_json_get_string (root, "via", "platform"));
  g_set_str (&self->id, id);
  return self;
}

/**
 * stall_ballot_to_document:
 * @self: a ballot
 * @device: (nullable): id of this installation
 *
 * Returns: (transfer full): its document, which carries the ballot itself
 */
StallDocument *
stall_ballot_to_document (StallBallot *self, const char *device)
{
  g_autoptr (GBytes) body = NULL;
  StallJsonWriter writer;

  g_return_val_if_fail (STALL_IS_BALLOT (self), NULL);

  stall_json_writer_init (&writer, 256);
  stall_json_writer_begin_object (&writer, NULL);
  stall_document_write_head (&writer, STALL_KIND_BALLOT, device, self->at);
  stall_json_writer_string (&writer, "poll", self->poll_id);
  stall_json_writer_string (&writer, "option", self->option);
  stall_json_writer_time (&writer, "at", self->at);
  stall_json_writer_string (&writer, "via", self->via);
  stall_json_writer_end_object (&writer);
  body = stall_json_writer_end (&writer);
  return stall_document_new_for_object (self->id, body, G_OBJECT (self));
}

/**
 * stall_ballot_get_id:
 * @self: a ballot
 *
 * Returns: "ballot:POLL:VOTER"
 */
const char *
stall_ballot_get_id (StallBallot *self)
{
  g_return_val_if_fail (STALL_IS_BALLOT (self), NULL);

  return self->id;
}

/**
 * stall_ballot_get_poll_id:
 * @self: a ballot
 *
 * Returns: "poll:…"
 */
const char *
stall_ballot_get_poll_id (StallBallot *self)
{
  g_return_val_if_fail (STALL_IS_BALLOT (self), NULL);

  return self->poll_id;
}

/**
 * stall_ballot_get_voter:
 * @self: a ballot
 *
 * Returns: what tells this voter from the others of the poll
 */
const char *
stall_ballot_get_voter (StallBallot *self)
{
  g_return_val_if_fail (STALL_IS_BALLOT (self), NULL);

  return self->voter;
}

/**
 * stall_ballot_get_option:
 * @self: a ballot
 *
 * Returns: id of the option that was chosen
 */
const char *
stall_ballot_get_option (StallBallot *self)
{
  g_return_val_if_fail (STALL_IS_BALLOT (self), NULL);

  return self->option;
}

/**
 * stall_ballot_get_at:
 * @self: a ballot
 *
 * Returns: when the vote was given, milliseconds UTC
 */
StallTime
stall_ballot_get_at (StallBallot *self)
{
  g_return_val_if_fail (STALL_IS_BALLOT (self), STALL_TIME_NONE);

  return self->at;
}

/**
 * stall_ballot_get_via:
 * @self: a ballot
 *
 * Returns: where the vote came from: %STALL_BALLOT_VIA_PAGE or the platform's word
 */
const char *
stall_ballot_get_via (StallBallot *self)
{
  g_return_val_if_fail (STALL_IS_BALLOT (self), NULL);

  return self->via;
}
