/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* How polls are counted in SQL. The poll is the row `p`. One rule, the same as StallTally's: an
 * origin's own count and the ballots that came through it are not added, the higher number stands;
 * the box counts for who has no ballot yet. */

#define STALL_BOX_WITHOUT_BALLOT                                                      \
  "NOT EXISTS (SELECT 1 FROM ballot WHERE ballot.poll = box.poll AND ballot.voter = " \
  "box.voter)"

#define STALL_POLL_COUNTS                                                                       \
  "(SELECT option, max (sum (ballots), max (reported)) AS votes, max (paid) AS deposits FROM (" \
  "SELECT via, option, 1 AS ballots, 0 AS reported, 0 AS paid FROM ballot WHERE poll = p.id "   \
  "UNION ALL SELECT 'page', option, 1, 0, 0 FROM box WHERE poll = p.id "                        \
  "AND " STALL_BOX_WITHOUT_BALLOT " "                                                           \
  "UNION ALL SELECT origin, option, 0, votes, deposits FROM tally WHERE poll = p.id) "          \
  "WHERE option IN (SELECT id FROM poll_option WHERE poll = p.number) GROUP BY via, option)"

#define STALL_POLL_VOTES "(SELECT coalesce (sum (votes), 0) FROM " STALL_POLL_COUNTS ")"
#define STALL_POLL_DEPOSITS "(SELECT coalesce (sum (deposits), 0) FROM " STALL_POLL_COUNTS ")"

/* The label of the option with the most votes, when no other has as many. */
#define STALL_POLL_LEADER                                                                        \
  "(SELECT CASE count (*) WHEN 1 THEN min (label) END FROM (SELECT label, rank () OVER (ORDER "  \
  "BY votes DESC) AS place FROM (SELECT option, sum (votes) AS votes FROM " STALL_POLL_COUNTS    \
  " GROUP BY option HAVING sum (votes) > 0) c JOIN poll_option o ON o.poll = p.number AND o.id " \
  "= c.option) WHERE place = 1)"

/* The number of the decision that counts. */
#define STALL_POLL_DECISION \
  "(SELECT number FROM decision WHERE poll = p.id ORDER BY at DESC, id DESC LIMIT 1)"

/* stall_poll_state_at() of now. */
#define STALL_POLL_STATE                                                        \
  "CASE WHEN EXISTS (SELECT 1 FROM decision WHERE poll = p.id) THEN 3 "         \
  "WHEN p.opens_at IS NULL OR p.opens_at > unixepoch ('subsec') * 1000 THEN 0 " \
  "WHEN p.closes_at <= unixepoch ('subsec') * 1000 "                            \
  "OR (p.votes_at > 0 AND " STALL_POLL_VOTES " >= p.votes_at) "                 \
  "OR (p.deposits_at > 0 AND " STALL_POLL_DEPOSITS " >= p.deposits_at) THEN 2 ELSE 1 END"

/* What the options look like: each its own picture, else the cover of the product that its variant
 * belongs to; a picture that two share counts once. */
#define STALL_POLL_COVERS                                                                     \
  "(SELECT coalesce (o.digest, product.cover) AS cover FROM poll_option o LEFT JOIN variant " \
  "ON variant.id = o.variant LEFT JOIN product ON product.number = variant.product "          \
  "WHERE o.poll = p.number AND coalesce (o.digest, product.cover) IS NOT NULL "               \
  "GROUP BY 1 ORDER BY min (o.position) LIMIT 4)"
