/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-core"

#include "config.h"

#include "stall-poll-private.h"

#include "stall-order-private.h"

#include <string.h>

/*
 * stall_poll_id_of:
 * @id: "ballot:POLL:VOTER" or the like
 * @rest: (out) (transfer none): what follows the poll
 *
 * The poll's own part may hold colons where the other side made it; what follows does not.
 *
 * Returns: (transfer full) (nullable): "poll:POLL", or %NULL when @id is not of that form
 */
char *
stall_poll_id_of (const char *id, const char **rest)
{
  const char *first = strchr (id, ':');
  const char *last = strrchr (id, ':');

  *rest = NULL;
  if (first == NULL || last <= first + 1 || last[1] == '\0')
    return NULL;
  *rest = last + 1;
  return g_strdup_printf ("poll:%.*s", (int) (last - first - 1), first + 1);
}

/*
 * stall_poll_refuse:
 * @id: id of a document
 * @member: what in it is wrong
 * @error: return location for the %STALL_ERROR_INVALID
 *
 * Returns: %NULL
 */
gpointer
stall_poll_refuse (const char *id, const char *member, GError **error)
{
  stall_order_refuse (id, member, error);
  return NULL;
}
