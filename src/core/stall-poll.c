/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-core"

#include "config.h"

#include "stall-poll.h"

#include "stall-error.h"
#include "stall-poll-private.h"
#include "stall-text.h"

#include <glib/gi18n-lib.h>

struct _StallPoll
{
  GObject parent_instance;

  char *id;
  char *revision;
  JsonObject *root; /* as read, with what was set since; NULL for a new one without attachments */
  char *question;
  GPtrArray *options; /* StallPollOption */
  StallTime opens_at;
  StallTime closes_at;
  int threshold_votes;
  int threshold_deposits;
  gboolean hidden;
};

G_DEFINE_FINAL_TYPE (StallPoll, stall_poll, G_TYPE_OBJECT)

static const char *const state_names[STALL_N_POLL_STATES]
    = { "draft", "open", "closed", "decided" };

static const char *const state_labels[STALL_N_POLL_STATES] = {
  NC_ ("poll state", "Draft"),
  NC_ ("poll state", "Open"),
  NC_ ("poll state", "Closed"),
  NC_ ("poll state", "Decided"),
};

static gpointer
copy_option (gconstpointer option, gpointer data)
{
  return stall_poll_option_copy (option);
}

static StallTime
read_time (JsonObject *root, const char *member)
{
  const char *text = stall_json_get_string (root, member, NULL);
  StallTime time;

  return text != NULL && stall_time_parse (text, &time) ? time : STALL_TIME_NONE;
}

static void
write_time (JsonObject *root, const char *member, StallTime time)
{
  char text[32];

  /* A time that reads as this one may have been written in another way; it stays as it is. */
  if (read_time (root, member) == time)
    return;
  if (time == STALL_TIME_NONE)
    {
      json_object_remove_member (root, member);
      return;
    }
  stall_time_write (time, text);
  json_object_set_string_member (root, member, text);
}

static int
read_threshold (JsonObject *root, const char *member)
{
  JsonObject *threshold = stall_json_get_object (root, "threshold");

  return threshold != NULL ? CLAMP (stall_json_get_int (threshold, member, 0), 0, G_MAXINT) : 0;
}

static void
write_threshold (JsonObject *root, const char *member, int value)
{
  JsonObject *threshold = stall_json_get_object (root, "threshold");

  if (read_threshold (root, member) == value)
    return;
  if (threshold == NULL)
    {
      threshold = json_object_new ();
      json_object_set_object_member (root, "threshold", threshold);
    }
  if (value > 0)
    json_object_set_int_member (threshold, member, value);
  else
    json_object_remove_member (threshold, member);
  if (json_object_get_size (threshold) == 0)
    json_object_remove_member (root, "threshold");
}

static void
stall_poll_finalize (GObject *object)
{
  StallPoll *self = STALL_POLL (object);

  g_free (self->id);
  g_free (self->revision);
  g_clear_pointer (&self->root, json_object_unref);
  g_free (self->question);
  g_ptr_array_unref (self->options);

  G_OBJECT_CLASS (stall_poll_parent_class)->finalize (object);
}

static void
stall_poll_class_init (StallPollClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = stall_poll_finalize;
}

static void
stall_poll_init (StallPoll *self)
{
  self->question = g_strdup ("");
  self->options = g_ptr_array_new_with_free_func ((GDestroyNotify) stall_poll_option_free);
  self->opens_at = STALL_TIME_NONE;
  self->closes_at = STALL_TIME_NONE;
}

/**
 * stall_poll_state_to_string:
 * @state: how far a poll is
 *
 * Returns: the word that files and `stallctl` use
 */
const char *
stall_poll_state_to_string (StallPollState state)
{
  g_return_val_if_fail ((guint) state < STALL_N_POLL_STATES, NULL);

  return state_names[state];
}

/**
 * stall_poll_state_get_label:
 * @state: how far a poll is
 *
 * Returns: its name for a person, translated
 */
const char *
stall_poll_state_get_label (StallPollState state)
{
  g_return_val_if_fail ((guint) state < STALL_N_POLL_STATES, NULL);

  return g_dpgettext2 (GETTEXT_PACKAGE, "poll state", state_labels[state]);
}

/**
 * stall_poll_new:
 *
 * Returns: (transfer full): an empty draft with an id of its own
 */
StallPoll *
stall_poll_new (void)
{
  StallPoll *self = g_object_new (STALL_TYPE_POLL, NULL);

  self->id = stall_id_new (STALL_KIND_POLL);
  return self;
}

/**
 * stall_poll_new_from_document:
 * @document: a document of kind poll
 * @error: return location for a %STALL_ERROR_INVALID
 *
 * Returns: (transfer full): the poll, or %NULL when @document is not JSON
 */
StallPoll *
stall_poll_new_from_document (StallDocument *document, GError **error)
{
  StallPoll *self;
  JsonObject *root;

  g_return_val_if_fail (STALL_IS_DOCUMENT (document), NULL);

  root = stall_document_get_root (document, error);
  if (root == NULL)
    return NULL;

  self = g_object_new (STALL_TYPE_POLL, NULL);
  self->id = g_strdup (stall_document_get_id (document));
  self->revision = g_strdup (stall_document_get_revision (document));
  self->root = stall_json_copy_object (root);
  g_set_str (&self->question, stall_json_get_string (root, "question", ""));
  g_ptr_array_unref (self->options);
  self->options = stall_poll_options_read (root);
  self->opens_at = read_time (root, "opens_at");
  self->closes_at = read_time (root, "closes_at");
  self->threshold_votes = read_threshold (root, "votes");
  self->threshold_deposits = read_threshold (root, "deposits");
  self->hidden = stall_json_get_boolean (root, "hidden", FALSE);
  return self;
}

/**
 * stall_poll_to_document:
 * @self: a poll
 * @device: (nullable): id of this installation
 *
 * Says nothing about whether it may be saved: stall_poll_check() does.
 *
 * Returns: (transfer full): its document, with all members that it was read with
 */
StallDocument *
stall_poll_to_document (StallPoll *self, const char *device)
{
  g_autoptr (JsonObject) root = NULL;
  g_autoptr (GPtrArray) known = NULL;
  JsonObject *attachments;

  g_return_val_if_fail (STALL_IS_POLL (self), NULL);

  root = self->revision != NULL ? stall_json_copy_object (self->root)
                                : stall_document_new_root (STALL_KIND_POLL, device);
  attachments = self->root != NULL ? stall_json_get_object (self->root, "_attachments") : NULL;
  if (self->revision == NULL && attachments != NULL)
    json_object_set_object_member (root, "_attachments", json_object_ref (attachments));
  stall_text_set_member (root, "question", self->question);
  known = stall_poll_options_read (root);
  if (!stall_poll_options_equal (known, self->options))
    stall_poll_options_write (root, self->options);
  write_time (root, "opens_at", self->opens_at);
  write_time (root, "closes_at", self->closes_at);
  write_threshold (root, "votes", self->threshold_votes);
  write_threshold (root, "deposits", self->threshold_deposits);
  if (stall_json_get_boolean (root, "hidden", FALSE) != self->hidden)
    json_object_set_boolean_member (root, "hidden", self->hidden);
  return stall_document_new_from_root (self->id, self->revision, root);
}

static gboolean
refuse (GError **error, const char *message)
{
  g_set_error_literal (error, STALL_ERROR, STALL_ERROR_INVALID, message);
  return FALSE;
}

/* What voters have seen stays as they saw it. */
static gboolean
check_frozen (StallPoll *self, StallPoll *before, StallTime now, GError **error)
{
  gboolean earlier
      = self->closes_at != STALL_TIME_NONE
        && (before->closes_at == STALL_TIME_NONE || self->closes_at < before->closes_at);

  if (g_strcmp0 (self->question, before->question) != 0
      || !stall_poll_options_equal (self->options, before->options)
      || self->opens_at != before->opens_at || self->hidden != before->hidden
      || self->threshold_votes != before->threshold_votes
      || self->threshold_deposits != before->threshold_deposits)
    return refuse (error, _ ("This poll is open, and its audience has seen it. Only an earlier "
                             "close can be set now."));
  if (self->closes_at == before->closes_at)
    return TRUE;
  if (before->closes_at != STALL_TIME_NONE && before->closes_at <= now)
    return refuse (error, _ ("This poll has closed. It stays as it was."));
  if (!earlier)
    return refuse (error, _ ("An open poll can close earlier, not later."));
  if (self->closes_at < now)
    return refuse (error, _ ("The close is in the past. Choose a later time."));
  return TRUE;
}

static gboolean
check_rule (StallPoll *self, StallTime now, GError **error)
{
  if (self->closes_at == STALL_TIME_NONE && self->threshold_votes == 0
      && self->threshold_deposits == 0)
    return refuse (error, _ ("Say when the poll closes, or after how many votes or deposits."));
  if (self->closes_at != STALL_TIME_NONE && self->closes_at <= now)
    return refuse (error, _ ("The close is in the past. Choose a later time."));
  if (self->closes_at != STALL_TIME_NONE && self->closes_at <= self->opens_at)
    return refuse (error, _ ("The poll would close before it opens. Choose a later close."));
  return TRUE;
}

/**
 * stall_poll_check:
 * @self: a poll
 * @before: (nullable): the poll as it is stored, or %NULL when it is not
 * @now: the time, milliseconds UTC
 * @error: return location for a %STALL_ERROR_INVALID that says what to change
 *
 * Asked before every save. A draft that has no opening yet may be unfinished; with an opening it
 * must be whole. Once @before is open only an earlier close passes; closing now is setting
 * stall_poll_set_closes_at() to @now.
 *
 * Returns: whether the poll may be saved as it is
 */
gboolean
stall_poll_check (StallPoll *self, StallPoll *before, StallTime now, GError **error)
{
  g_return_val_if_fail (STALL_IS_POLL (self), FALSE);

  if (before != NULL && stall_poll_is_frozen (before, now))
    return check_frozen (self, before, now, error);
  if (self->opens_at == STALL_TIME_NONE)
    return TRUE;
  if (*self->question == '\0')
    return refuse (error, _ ("Write the question that the audience is asked."));
  return stall_poll_options_check (self->options, error) && check_rule (self, now, error);
}

/**
 * stall_poll_get_id:
 * @self: a poll
 *
 * Returns: "poll:…"
 */
const char *
stall_poll_get_id (StallPoll *self)
{
  g_return_val_if_fail (STALL_IS_POLL (self), NULL);

  return self->id;
}

/**
 * stall_poll_set_id:
 * @self: a poll that was never written
 * @id: "poll:…"
 *
 * For who makes the same poll twice, such as the sample stall.
 */
void
stall_poll_set_id (StallPoll *self, const char *id)
{
  g_return_if_fail (STALL_IS_POLL (self));
  g_return_if_fail (id != NULL && self->revision == NULL);

  g_set_str (&self->id, id);
}

/**
 * stall_poll_get_question:
 * @self: a poll
 *
 * Returns: what the audience is asked; "" for nothing yet
 */
const char *
stall_poll_get_question (StallPoll *self)
{
  g_return_val_if_fail (STALL_IS_POLL (self), "");

  return self->question;
}

/**
 * stall_poll_set_question:
 * @self: a poll
 * @question: (nullable): what the audience is asked, as typed
 */
void
stall_poll_set_question (StallPoll *self, const char *question)
{
  g_return_if_fail (STALL_IS_POLL (self));

  g_free (self->question);
  self->question = stall_text_clean (question);
}

/**
 * stall_poll_get_n_options:
 * @self: a poll
 *
 * Returns: how many options it has
 */
guint
stall_poll_get_n_options (StallPoll *self)
{
  g_return_val_if_fail (STALL_IS_POLL (self), 0);

  return self->options->len;
}

/**
 * stall_poll_get_option:
 * @self: a poll
 * @index: below stall_poll_get_n_options()
 *
 * Returns: (transfer none): the option, until the options are set anew
 */
const StallPollOption *
stall_poll_get_option (StallPoll *self, guint index)
{
  g_return_val_if_fail (STALL_IS_POLL (self), NULL);
  g_return_val_if_fail (index < self->options->len, NULL);

  return g_ptr_array_index (self->options, index);
}

/**
 * stall_poll_find_option:
 * @self: a poll
 * @option_id: (nullable): id of an option
 *
 * Returns: (transfer none) (nullable): the option, or %NULL when the poll has no such
 */
const StallPollOption *
stall_poll_find_option (StallPoll *self, const char *option_id)
{
  g_return_val_if_fail (STALL_IS_POLL (self), NULL);

  for (guint i = 0; i < self->options->len; i++)
    {
      const StallPollOption *option = g_ptr_array_index (self->options, i);

      if (g_strcmp0 (option->id, option_id) == 0)
        return option;
    }
  return NULL;
}

/**
 * stall_poll_dup_options:
 * @self: a poll
 *
 * Returns: (transfer full) (element-type StallPollOption): a copy of its options, to be changed and
 * set
 */
GPtrArray *
stall_poll_dup_options (StallPoll *self)
{
  g_return_val_if_fail (STALL_IS_POLL (self), NULL);

  return g_ptr_array_copy (self->options, copy_option, NULL);
}

/**
 * stall_poll_set_options:
 * @self: a poll
 * @options: (element-type StallPollOption): its options in order; copied
 *
 * An option is the same as before when its id is.
 */
void
stall_poll_set_options (StallPoll *self, GPtrArray *options)
{
  g_return_if_fail (STALL_IS_POLL (self));
  g_return_if_fail (options != NULL);

  g_ptr_array_unref (self->options);
  self->options = g_ptr_array_copy (options, copy_option, NULL);
  g_ptr_array_set_free_func (self->options, (GDestroyNotify) stall_poll_option_free);
  for (guint i = 0; i < self->options->len; i++)
    {
      StallPollOption *option = g_ptr_array_index (self->options, i);
      char *label = stall_text_clean (option->label);

      g_free (option->label);
      option->label = label;
    }
}

/**
 * stall_poll_set_attachment:
 * @self: a poll
 * @name: name of a picture that an option shows
 * @content_type: its media type
 * @length: its bytes
 * @digest: "md5-…", from stall_store_attach()
 *
 * Says what the picture of this name is. Set the options afterwards, or anew, so that they know.
 */
void
stall_poll_set_attachment (StallPoll *self,
                           const char *name,
                           const char *content_type,
                           gint64 length,
                           const char *digest)
{
  JsonObject *attachments, *attachment;

  g_return_if_fail (STALL_IS_POLL (self));
  g_return_if_fail (name != NULL && content_type != NULL && digest != NULL);

  if (self->root == NULL)
    self->root = json_object_new ();
  attachments = stall_json_get_object (self->root, "_attachments");
  if (attachments == NULL)
    {
      attachments = json_object_new ();
      json_object_set_object_member (self->root, "_attachments", attachments);
    }
  attachment = json_object_new ();
  json_object_set_string_member (attachment, "content_type", content_type);
  json_object_set_int_member (attachment, "length", length);
  json_object_set_string_member (attachment, "digest", digest);
  json_object_set_boolean_member (attachment, "stub", TRUE);
  json_object_set_object_member (attachments, name, attachment);
  for (guint i = 0; i < self->options->len; i++)
    {
      StallPollOption *option = g_ptr_array_index (self->options, i);

      if (g_strcmp0 (option->picture, name) == 0)
        g_set_str (&option->digest, digest);
    }
}

/**
 * stall_poll_get_opens_at:
 * @self: a poll
 *
 * Returns: when it opens, milliseconds UTC, or %STALL_TIME_NONE when nobody said so yet
 */
StallTime
stall_poll_get_opens_at (StallPoll *self)
{
  g_return_val_if_fail (STALL_IS_POLL (self), STALL_TIME_NONE);

  return self->opens_at;
}

/**
 * stall_poll_set_opens_at:
 * @self: a poll
 * @opens_at: when it opens, milliseconds UTC, or %STALL_TIME_NONE for a draft
 */
void
stall_poll_set_opens_at (StallPoll *self, StallTime opens_at)
{
  g_return_if_fail (STALL_IS_POLL (self));

  self->opens_at = opens_at;
}

/**
 * stall_poll_get_closes_at:
 * @self: a poll
 *
 * Returns: when it closes, milliseconds UTC, or %STALL_TIME_NONE when only a threshold closes it
 */
StallTime
stall_poll_get_closes_at (StallPoll *self)
{
  g_return_val_if_fail (STALL_IS_POLL (self), STALL_TIME_NONE);

  return self->closes_at;
}

/**
 * stall_poll_set_closes_at:
 * @self: a poll
 * @closes_at: when it closes, milliseconds UTC, or %STALL_TIME_NONE
 */
void
stall_poll_set_closes_at (StallPoll *self, StallTime closes_at)
{
  g_return_if_fail (STALL_IS_POLL (self));

  self->closes_at = closes_at;
}

/**
 * stall_poll_get_threshold_votes:
 * @self: a poll
 *
 * Returns: the number of votes that closes it; 0: no such number
 */
int
stall_poll_get_threshold_votes (StallPoll *self)
{
  g_return_val_if_fail (STALL_IS_POLL (self), 0);

  return self->threshold_votes;
}

/**
 * stall_poll_set_threshold_votes:
 * @self: a poll
 * @votes: the number of votes that closes it; 0: no such number
 */
void
stall_poll_set_threshold_votes (StallPoll *self, int votes)
{
  g_return_if_fail (STALL_IS_POLL (self));

  self->threshold_votes = MAX (votes, 0);
}

/**
 * stall_poll_get_threshold_deposits:
 * @self: a poll
 *
 * Returns: the number of deposits that closes it; 0: no such number
 */
int
stall_poll_get_threshold_deposits (StallPoll *self)
{
  g_return_val_if_fail (STALL_IS_POLL (self), 0);

  return self->threshold_deposits;
}

/**
 * stall_poll_set_threshold_deposits:
 * @self: a poll
 * @deposits: the number of deposits that closes it; 0: no such number
 */
void
stall_poll_set_threshold_deposits (StallPoll *self, int deposits)
{
  g_return_if_fail (STALL_IS_POLL (self));

  self->threshold_deposits = MAX (deposits, 0);
}

/**
 * stall_poll_get_hidden:
 * @self: a poll
 *
 * Returns: whether the audience sees no results before the close
 */
gboolean
stall_poll_get_hidden (StallPoll *self)
{
  g_return_val_if_fail (STALL_IS_POLL (self), FALSE);

  return self->hidden;
}

/**
 * stall_poll_set_hidden:
 * @self: a poll
 * @hidden: whether the audience sees no results before the close
 */
void
stall_poll_set_hidden (StallPoll *self, gboolean hidden)
{
  g_return_if_fail (STALL_IS_POLL (self));

  self->hidden = hidden;
}

/**
 * stall_poll_is_frozen:
 * @self: a poll
 * @now: the time, milliseconds UTC
 *
 * Returns: whether it has opened, so that only an earlier close may be set
 */
gboolean
stall_poll_is_frozen (StallPoll *self, StallTime now)
{
  g_return_val_if_fail (STALL_IS_POLL (self), FALSE);

  return self->opens_at != STALL_TIME_NONE && self->opens_at <= now;
}

/**
 * stall_poll_get_state:
 * @self: a poll
 * @now: the time, milliseconds UTC
 * @votes: what its tally counts
 * @deposits: what its tally counts
 * @decided: whether it has a decision
 *
 * Returns: how far the poll is
 */
StallPollState
stall_poll_get_state (StallPoll *self,
                      StallTime now,
                      gint64 votes,
                      gint64 deposits,
                      gboolean decided)
{
  gboolean reached;

  g_return_val_if_fail (STALL_IS_POLL (self), STALL_POLL_DRAFT);

  reached = (self->threshold_votes > 0 && votes >= self->threshold_votes)
            || (self->threshold_deposits > 0 && deposits >= self->threshold_deposits);
  return stall_poll_state_at (now, self->opens_at, self->closes_at, reached, decided);
}

/**
 * stall_poll_state_at:
 * @now: the time, milliseconds UTC
 * @opens_at: when the poll opens, or %STALL_TIME_NONE
 * @closes_at: when it closes, or %STALL_TIME_NONE
 * @threshold_reached: whether there are as many votes or deposits as close it
 * @decided: whether it has a decision
 *
 * A poll that was decided stays decided whatever the time says: a clock may be wrong, the owner's
 * word is not.
 *
 * Returns: how far the poll is
 */
StallPollState
stall_poll_state_at (StallTime now,
                     StallTime opens_at,
                     StallTime closes_at,
                     gboolean threshold_reached,
                     gboolean decided)
{
  if (decided)
    return STALL_POLL_DECIDED;
  if (opens_at == STALL_TIME_NONE || now < opens_at)
    return STALL_POLL_DRAFT;
  if (threshold_reached || (closes_at != STALL_TIME_NONE && now >= closes_at))
    return STALL_POLL_CLOSED;
  return STALL_POLL_OPEN;
}
