/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-store"

#include "config.h"

#include "stall-projector-private.h"

#include "stall-ballot.h"
#include "stall-decision.h"
#include "stall-tally.h"

static gboolean
write_poll (StallProjector *self, gint64 number, StallPoll *poll, GError **error)
{
  for (guint i = 0; i < stall_poll_get_n_options (poll); i++)
    {
      const StallPollOption *option = stall_poll_get_option (poll, i);

      if (!stall_database_run (
              self->database, error, "INSERT INTO poll_option VALUES (?, ?, ?, ?, ?, ?)", "iissss",
              number, (gint64) i, option->id, option->label, option->variant, option->digest))
        return FALSE;
    }
  return stall_database_run (
      self->database, error, "INSERT INTO poll VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", "isSttiiii",
      number, stall_poll_get_id (poll), stall_poll_get_question (poll),
      stall_poll_get_opens_at (poll), stall_poll_get_closes_at (poll),
      (gint64) stall_poll_get_threshold_votes (poll),
      (gint64) stall_poll_get_threshold_deposits (poll), (gint64) stall_poll_get_hidden (poll),
      (gint64) stall_poll_get_n_options (poll));
}

static gboolean
add_poll (StallProjector *self,
          gint64 number,
          StallDocument *document,
          GError **reason,
          GError **error)
{
  g_autoptr (StallPoll) poll = stall_poll_new_from_document (document, reason);

  return poll == NULL || write_poll (self, number, poll, error);
}

static gboolean
add_ballot (StallProjector *self,
            gint64 number,
            StallDocument *document,
            GError **reason,
            GError **error)
{
  g_autoptr (StallBallot) ballot = stall_ballot_new_from_document (document, reason);

  return ballot == NULL
         || stall_database_run (self->database, error,
                                "INSERT INTO ballot VALUES (?, ?, ?, ?, ?, ?)", "isssis", number,
                                stall_ballot_get_poll_id (ballot), stall_ballot_get_voter (ballot),
                                stall_ballot_get_option (ballot), stall_ballot_get_at (ballot),
                                stall_ballot_get_via (ballot));
}

static gboolean
add_tally (StallProjector *self,
           gint64 number,
           StallDocument *document,
           GError **reason,
           GError **error)
{
  g_autoptr (StallTallyReport) report = stall_tally_report_read (document, reason);

  for (guint i = 0; report != NULL && i < report->counts->len; i++)
    {
      const StallTallyCount *count = &g_array_index (report->counts, StallTallyCount, i);

      if (!stall_database_run (self->database, error,
                               "INSERT INTO tally VALUES (?, ?, ?, ?, ?, ?, ?, ?)", "isssiiii",
                               number, report->poll_id, report->origin, count->option, count->votes,
                               count->deposits, count->money, report->as_of))
        return FALSE;
    }
  return TRUE;
}

static gboolean
add_decision (StallProjector *self,
              gint64 number,
              StallDocument *document,
              GError **reason,
              GError **error)
{
  g_autoptr (StallDecision) decision = stall_decision_new_from_document (document, reason);

  return decision == NULL
         || stall_database_run (
             self->database, error, "INSERT INTO decision VALUES (?, ?, ?, ?, ?, ?, ?)", "issisii",
             number, stall_decision_get_id (decision), stall_decision_get_poll_id (decision),
             (gint64) stall_decision_get_outcome (decision), stall_decision_get_option (decision),
             (gint64) stall_decision_get_quantity (decision), stall_decision_get_at (decision));
}

static gboolean
forget (StallDatabase *database, StallKind kind, gint64 number, GError **error)
{
  switch ((guint) kind)
    {
    case STALL_KIND_POLL:
      return stall_database_run (database, error, "DELETE FROM poll WHERE number = ?", "i", number)
             && stall_database_run (database, error, "DELETE FROM poll_option WHERE poll = ?", "i",
                                    number);
    case STALL_KIND_BALLOT:
      return stall_database_run (database, error, "DELETE FROM ballot WHERE number = ?", "i",
                                 number);
    case STALL_KIND_TALLY:
      return stall_database_run (database, error, "DELETE FROM tally WHERE number = ?", "i",
                                 number);
    default:
      return stall_database_run (database, error, "DELETE FROM decision WHERE number = ?", "i",
                                 number);
    }
}

/*
 * stall_projector_add_about_poll:
 * @self: a projector
 * @number: the document's number
 * @document: a poll, ballot, tally or decision
 * @is_new: no rows speak of it yet
 * @error: return location
 *
 * Each document has rows of its own; what they come to is counted when it is asked for.
 *
 * Returns: %FALSE when the tables could not be written
 */
gboolean
stall_projector_add_about_poll (StallProjector *self,
                                gint64 number,
                                StallDocument *document,
                                gboolean is_new,
                                GError **error)
{
  StallKind kind = stall_document_get_kind (document);
  g_autoptr (GError) reason = NULL;
  gboolean good;

  if (!is_new && !forget (self->database, kind, number, error))
    return FALSE;
  if (stall_document_get_deleted (document))
    return TRUE;
  if (kind == STALL_KIND_POLL)
    good = add_poll (self, number, document, &reason, error);
  else if (kind == STALL_KIND_BALLOT)
    good = add_ballot (self, number, document, &reason, error);
  else if (kind == STALL_KIND_TALLY)
    good = add_tally (self, number, document, &reason, error);
  else
    good = add_decision (self, number, document, &reason, error);
  return good && (reason == NULL || stall_projector_set_aside (self, number, reason, error));
}
