/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-test"

#include "config.h"

#include "stall-shortage.h"

static void
test_undecided (void)
{
  static const struct
  {
    gint64 on_hand, reserved, waiting, undecided;
  } rows[] = {
    { 1, 1, 0, 0 },  /* enough */
    { 0, 0, 0, 0 },  /* sold out, and nobody asks */
    { 1, 2, 0, 1 },  /* the last piece, sold twice */
    { 1, 2, 1, 0 },  /* decided */
    { 0, 1, 0, 1 },  /* gone at the fair, asked for online */
    { 5, 2, 2, 0 },  /* stock came; who waits waits until the owner says otherwise */
    { -1, 0, 0, 1 }, /* two left the fair where one was: nobody can wait, it is to be counted */
    { -1, 1, 1, 1 }, { 300, 310, 4, 6 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("row %u", i);
      g_assert_cmpint (
          stall_shortage_get_undecided (rows[i].on_hand, rows[i].reserved, rows[i].waiting), ==,
          rows[i].undecided);
    }
}

static void
test_share (void)
{
  static const struct
  {
    gint64 undecided;
    int open, waiting;
    gint64 pieces_each;
    int share;
  } rows[] = {
    { 1, 1, 0, 1, 1 },  { 1, 3, 0, 1, 1 }, /* two of three can go */
    { 5, 3, 0, 1, 3 },                     /* all of it, and somebody else too */
    { 5, 3, 1, 1, 2 },                     /* one waits already */
    { 1, 1, 1, 1, 0 },  { 0, 3, 0, 1, 0 }, /* nothing is left to decide */
    { -2, 3, 0, 1, 0 }, { 1, 2, 0, 3, 1 }, /* a kit waits whole, whichever part it lacks */
    { 3, 2, 0, 3, 1 },  { 4, 2, 0, 3, 2 }, { 9, 2, 0, 3, 2 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("row %u", i);
      g_assert_cmpint (stall_shortage_get_share (rows[i].undecided, rows[i].open, rows[i].waiting,
                                                 rows[i].pieces_each),
                       ==, rows[i].share);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/shortage/undecided", test_undecided);
  g_test_add_func ("/shortage/share", test_share);

  return g_test_run ();
}
