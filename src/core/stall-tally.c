/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-core"

#include "config.h"

#include "stall-tally.h"

#include "stall-money.h"
#include "stall-poll-private.h"

#include <math.h>

/* The standard normal's 97.5 % point: what lies within ± this is 95 %. */
#define Z 1.959963984540054

/* What one origin says of one option. */
typedef struct
{
  gint64 ballots;  /* ballots of that origin that lie here */
  gint64 reported; /* votes that the origin's own tally counts */
  gint64 deposits;
  gint64 money;
} Count;

struct _StallTally
{
  GObject parent_instance;

  StallPoll *poll;
  GHashTable *origins; /* name → array of Count, one an option */
};

G_DEFINE_FINAL_TYPE (StallTally, stall_tally, G_TYPE_OBJECT)

static void
stall_tally_finalize (GObject *object)
{
  StallTally *self = STALL_TALLY (object);

  g_clear_object (&self->poll);
  g_hash_table_unref (self->origins);

  G_OBJECT_CLASS (stall_tally_parent_class)->finalize (object);
}

static void
stall_tally_class_init (StallTallyClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = stall_tally_finalize;
}

static void
stall_tally_init (StallTally *self)
{
  self->origins = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

static int
find_option (StallTally *self, const char *option)
{
  for (guint i = 0; i < stall_poll_get_n_options (self->poll); i++)
    if (g_strcmp0 (stall_poll_get_option (self->poll, i)->id, option) == 0)
      return i;
  return -1;
}

static Count *
get_count (StallTally *self, const char *origin, int option)
{
  Count *counts = g_hash_table_lookup (self->origins, origin);

  if (counts == NULL)
    {
      counts = g_new0 (Count, stall_poll_get_n_options (self->poll));
      g_hash_table_insert (self->origins, g_strdup (origin), counts);
    }
  return &counts[option];
}

static void
sum_option (StallTally *self, guint option, Count *sum)
{
  GHashTableIter iter;
  gpointer counts;

  *sum = (Count) { 0 };
  g_hash_table_iter_init (&iter, self->origins);
  while (g_hash_table_iter_next (&iter, NULL, &counts))
    {
      const Count *count = (Count *) counts + option;

      sum->ballots += MAX (count->ballots, count->reported);
      sum->deposits += count->deposits;
      sum->money += count->money;
    }
}

/**
 * stall_tally_new:
 * @poll: a poll
 *
 * Returns: (transfer full): a tally that counts nothing yet
 */
StallTally *
stall_tally_new (StallPoll *poll)
{
  StallTally *self;

  g_return_val_if_fail (STALL_IS_POLL (poll), NULL);

  self = g_object_new (STALL_TYPE_TALLY, NULL);
  self->poll = g_object_ref (poll);
  return self;
}

/**
 * stall_tally_add_ballots:
 * @self: a tally
 * @via: where the votes came from
 * @option: id of an option
 * @votes: how many ballots, one a voter
 *
 * Votes for what the poll does not offer count nowhere.
 */
void
stall_tally_add_ballots (StallTally *self, const char *via, const char *option, gint64 votes)
{
  int index;

  g_return_if_fail (STALL_IS_TALLY (self));
  g_return_if_fail (via != NULL && votes >= 0);

  index = find_option (self, option);
  if (index >= 0)
    get_count (self, via, index)->ballots += votes;
}

/**
 * stall_tally_add_report:
 * @self: a tally
 * @origin: who counted
 * @option: id of an option
 * @votes: votes, free
 * @deposits: deposits paid
 * @money: what the deposits come to, minor units
 *
 * Takes in what an origin reports. Counts only rise, so of two reports of one origin the higher
 * numbers stand, whichever came first. An origin's report counts the ballots of that origin too:
 * they are not added, the higher number stands.
 */
void
stall_tally_add_report (StallTally *self,
                        const char *origin,
                        const char *option,
                        gint64 votes,
                        gint64 deposits,
                        gint64 money)
{
  int index;
  Count *count;

  g_return_if_fail (STALL_IS_TALLY (self));
  g_return_if_fail (origin != NULL);

  index = find_option (self, option);
  if (index < 0)
    return;
  count = get_count (self, origin, index);
  count->reported = MAX (count->reported, votes);
  count->deposits = MAX (count->deposits, deposits);
  count->money = MAX (count->money, money);
}

/**
 * stall_tally_get_poll:
 * @self: a tally
 *
 * Returns: (transfer none): the poll it counts for
 */
StallPoll *
stall_tally_get_poll (StallTally *self)
{
  g_return_val_if_fail (STALL_IS_TALLY (self), NULL);

  return self->poll;
}

/**
 * stall_tally_get_votes:
 * @self: a tally
 *
 * Returns: votes for all options
 */
gint64
stall_tally_get_votes (StallTally *self)
{
  gint64 votes = 0;

  g_return_val_if_fail (STALL_IS_TALLY (self), 0);

  for (guint i = 0; i < stall_poll_get_n_options (self->poll); i++)
    votes += stall_tally_get_option_votes (self, i);
  return votes;
}

/**
 * stall_tally_get_deposits:
 * @self: a tally
 *
 * Returns: deposits on all options
 */
gint64
stall_tally_get_deposits (StallTally *self)
{
  gint64 deposits = 0;

  g_return_val_if_fail (STALL_IS_TALLY (self), 0);

  for (guint i = 0; i < stall_poll_get_n_options (self->poll); i++)
    deposits += stall_tally_get_option_deposits (self, i);
  return deposits;
}

static Count
look_at_option (StallTally *self, guint option)
{
  Count sum = { 0 };

  g_return_val_if_fail (STALL_IS_TALLY (self), sum);
  g_return_val_if_fail (option < stall_poll_get_n_options (self->poll), sum);

  sum_option (self, option, &sum);
  return sum;
}

/**
 * stall_tally_get_option_votes:
 * @self: a tally
 * @option: index of an option
 *
 * Returns: votes for it
 */
gint64
stall_tally_get_option_votes (StallTally *self, guint option)
{
  return look_at_option (self, option).ballots;
}

/**
 * stall_tally_get_option_deposits:
 * @self: a tally
 * @option: index of an option
 *
 * Returns: deposits on it
 */
gint64
stall_tally_get_option_deposits (StallTally *self, guint option)
{
  return look_at_option (self, option).deposits;
}

/**
 * stall_tally_get_option_money:
 * @self: a tally
 * @option: index of an option
 *
 * Returns: what the deposits on it come to, minor units
 */
gint64
stall_tally_get_option_money (StallTally *self, guint option)
{
  return look_at_option (self, option).money;
}

/**
 * stall_tally_get_option_share:
 * @self: a tally
 * @option: index of an option
 *
 * Returns: its part of all votes, 0 … 1; 0 while there are none
 */
double
stall_tally_get_option_share (StallTally *self, guint option)
{
  gint64 votes = stall_tally_get_votes (self);

  return votes > 0 ? (double) stall_tally_get_option_votes (self, option) / votes : 0;
}

/**
 * stall_tally_get_option_interval:
 * @self: a tally
 * @option: index of an option
 * @low: (out): where the share may really lie, from
 * @high: (out): to
 *
 * Returns: %FALSE while there are no votes: then the share may be anything from 0 to 1
 */
gboolean
stall_tally_get_option_interval (StallTally *self, guint option, double *low, double *high)
{
  return stall_wilson_interval (stall_tally_get_option_votes (self, option),
                                stall_tally_get_votes (self), low, high);
}

/**
 * stall_wilson_interval:
 * @hits: how many of the trials, 0 … @trials
 * @trials: how many in all
 * @low: (out): lower end, 0 … 1
 * @high: (out): upper end, 0 … 1
 *
 * The 95 % interval of a share by E. B. Wilson, “Probable inference, the law of succession, and
 * statistical inference”, Journal of the American Statistical Association 22 (1927) 209–212: all
 * shares p for which the seen share h/n lies within z standard errors √(p (1 − p) / n) of p, which
 * solved for p is
 *
 *     (h/n + z²/2n ± z √(h/n (1 − h/n) / n + z²/4n²)) / (1 + z²/n)
 *
 * It stays within 0 and 1 and means something for a handful of votes, which the plain ± does not.
 *
 * Returns: %FALSE without trials; the interval is 0 to 1 then
 */
gboolean
stall_wilson_interval (gint64 hits, gint64 trials, double *low, double *high)
{
  double n = trials, share, centre, reach;

  g_return_val_if_fail (low != NULL && high != NULL, FALSE);

  *low = 0;
  *high = 1;
  if (trials < 1 || hits < 0 || hits > trials)
    return FALSE;

  share = hits / n;
  centre = share + Z * Z / (2 * n);
  reach = Z * sqrt (share * (1 - share) / n + Z * Z / (4 * n * n));
  /* At the ends the terms cancel exactly; rounding must not leave a trace. */
  *low = hits == 0 ? 0 : (centre - reach) / (1 + Z * Z / n);
  *high = hits == trials ? 1 : (centre + reach) / (1 + Z * Z / n);
  return TRUE;
}

/**
 * stall_tally_get_lead:
 * @self: a tally
 *
 * Who leads, and how many more votes would settle it. Of the votes for the first two, a and b, were
 * both liked the same, each would be a fair coin: a − b has mean 0 and standard deviation √(a + b).
 * (This is McNemar's test, Psychometrika 12 (1947) 153–157, for the two options that matter.) The
 * lead is settled when it is more than z standard deviations: (a − b)² > z² (a + b). If further
 * votes fall as those before, all counts grow by a factor k and the test becomes
 *
 *     k² (a − b)² > z² k (a + b),  that is  k > z² (a + b) / (a − b)²
 *
 * so n (k − 1) more votes would settle it, rounded up to a whole vote.
 *
 * Returns: the leader and its lead
 */
StallLead
stall_tally_get_lead (StallTally *self)
{
  StallLead lead = { STALL_LEAD_NONE, -1, -1, 0 };
  gint64 first = 0, second = 0, votes;
  double settled, n;

  g_return_val_if_fail (STALL_IS_TALLY (self), lead);

  for (guint i = 0; i < stall_poll_get_n_options (self->poll); i++)
    {
      gint64 count = stall_tally_get_option_votes (self, i);

      if (lead.option < 0 || count > first)
        {
          lead.runner_up = lead.option;
          second = first;
          lead.option = i;
          first = count;
        }
      else if (lead.runner_up < 0 || count > second)
        {
          lead.runner_up = i;
          second = count;
        }
    }
  votes = stall_tally_get_votes (self);
  if (votes == 0)
    return (StallLead) { STALL_LEAD_NONE, -1, -1, 0 };
  if (first == second)
    {
      lead.kind = STALL_LEAD_TIE;
      return lead;
    }

  n = votes;
  settled = n * Z * Z * (first + second) / ((double) (first - second) * (first - second));
  lead.kind = settled < n ? STALL_LEAD_SETTLED : STALL_LEAD_LEADS;
  if (lead.kind == STALL_LEAD_LEADS)
    lead.more = MAX ((gint64) floor (settled) + 1 - votes, 1);
  return lead;
}

static void
clear_count (gpointer data)
{
  StallTallyCount *count = data;

  g_free (count->option);
}

/**
 * stall_tally_report_free:
 * @self: (nullable): a report
 *
 * Frees a report.
 */
void
stall_tally_report_free (StallTallyReport *self)
{
  if (self == NULL)
    return;

  g_free (self->poll_id);
  g_free (self->origin);
  g_array_unref (self->counts);
  g_free (self);
}

static StallTallyCount *
find_count (StallTallyReport *self, const char *option)
{
  StallTallyCount added = { 0 };

  for (guint i = 0; i < self->counts->len; i++)
    if (g_str_equal (g_array_index (self->counts, StallTallyCount, i).option, option))
      return &g_array_index (self->counts, StallTallyCount, i);
  added.option = g_strdup (option);
  g_array_append_val (self->counts, added);
  return &g_array_index (self->counts, StallTallyCount, self->counts->len - 1);
}

/* Counts of one member, `{"option": 12}`; of deposits `{"option": {"count": 3, "money": …}}` too.
 */
static gboolean
read_counts (StallTallyReport *self, JsonObject *root, const char *member, gboolean is_deposits)
{
  JsonObject *object = stall_json_get_object (root, member);
  JsonObjectIter iter;
  const char *option;

  if (object == NULL)
    return !json_object_has_member (root, member) || json_object_get_null_member (root, member);
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &option, NULL))
    {
      JsonObject *detail = is_deposits ? stall_json_get_object (object, option) : NULL;
      gint64 number = detail != NULL ? stall_json_get_int (detail, "count", -1)
                                     : stall_json_get_int (object, option, -1);
      StallTallyCount *count = find_count (self, option);
      const char *currency;

      if (number < 0)
        return FALSE;
      if (!is_deposits)
        count->votes = number;
      else
        count->deposits = number;
      if (detail != NULL && stall_money_from_json (detail, "money", &count->money, &currency))
        count->money = MAX (count->money, 0);
    }
  return TRUE;
}

/**
 * stall_tally_report_read:
 * @document: a document of kind tally
 * @error: return location for a %STALL_ERROR_INVALID that names the field
 *
 * Returns: (transfer full): what the platform counts
 */
StallTallyReport *
stall_tally_report_read (StallDocument *document, GError **error)
{
  g_autoptr (StallTallyReport) self = NULL;
  const char *id, *origin, *as_of;
  JsonObject *root;

  g_return_val_if_fail (STALL_IS_DOCUMENT (document), NULL);

  root = stall_document_get_root (document, error);
  if (root == NULL)
    return NULL;

  id = stall_document_get_id (document);
  self = g_new0 (StallTallyReport, 1);
  self->counts = g_array_new (FALSE, FALSE, sizeof (StallTallyCount));
  g_array_set_clear_func (self->counts, clear_count);
  self->poll_id = stall_poll_id_of (id, &origin);
  if (self->poll_id == NULL)
    return stall_poll_refuse (id, "_id", error);
  self->origin = g_strdup (origin);
  as_of = stall_json_get_string (root, "as_of", stall_json_get_string (root, "made_at", NULL));
  if (as_of == NULL || !stall_time_parse (as_of, &self->as_of))
    return stall_poll_refuse (id, "as_of", error);
  if (!read_counts (self, root, "votes", FALSE))
    return stall_poll_refuse (id, "votes", error);
  if (!read_counts (self, root, "deposits", TRUE))
    return stall_poll_refuse (id, "deposits", error);
  return g_steal_pointer (&self);
}
