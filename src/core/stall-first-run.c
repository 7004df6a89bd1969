/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-core"

#include "config.h"

#include "stall-first-run.h"

#include <math.h>

/**
 * stall_conversion_compute:
 * @polls: (array length=n_polls): past polls whose selling period is over
 * @n_polls: how many
 * @conversion: (out caller-allocates): what votes turned into
 *
 * Pieces sold ÷ votes over all of them together, so that a poll with many votes weighs more, and
 * the lowest and highest of a single poll as the range.
 *
 * Returns: %FALSE when there is not enough history to say anything
 */
gboolean
stall_conversion_compute (const StallPastPoll *polls, guint n_polls, StallConversion *conversion)
{
  g_return_val_if_fail (polls != NULL || n_polls == 0, FALSE);
  g_return_val_if_fail (conversion != NULL, FALSE);

  *conversion = (StallConversion) { .lowest = G_MAXDOUBLE };
  for (guint i = 0; i < n_polls; i++)
    {
      double rate;

      if (polls[i].votes < 1)
        continue;
      rate = (double) MAX (polls[i].sold, 0) / polls[i].votes;
      conversion->n_polls++;
      conversion->votes += polls[i].votes;
      conversion->sold += MAX (polls[i].sold, 0);
      conversion->lowest = MIN (conversion->lowest, rate);
      conversion->highest = MAX (conversion->highest, rate);
    }
  if (conversion->n_polls == 0)
    conversion->lowest = 0;
  else
    conversion->rate = (double) conversion->sold / conversion->votes;
  return conversion->n_polls >= STALL_FIRST_RUN_MIN_POLLS;
}

/**
 * stall_conversion_suggest:
 * @self: what votes turned into before
 * @votes: votes for an option now
 *
 * Returns: how many pieces of it to make first, and the range
 */
StallFirstRun
stall_conversion_suggest (const StallConversion *self, gint64 votes)
{
  StallFirstRun run = { .votes = votes };

  g_return_val_if_fail (self != NULL, run);

  run.pieces = llround (votes * self->rate);
  run.low = (gint64) floor (votes * self->lowest);
  run.high = (gint64) ceil (votes * self->highest);
  return run;
}
