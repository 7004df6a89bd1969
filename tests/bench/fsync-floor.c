/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

/* fsync-floor FILE: what a write of one page that reaches the disk costs here; writes the median in
 * ms. */

#define ROUNDS 200

static int
compare (const void *a, const void *b)
{
  const double *left = a;
  const double *right = b;

  return (*left > *right) - (*left < *right);
}

static double
now_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);
  return (double) now.tv_sec * 1e3 + (double) now.tv_nsec / 1e6;
}

int
main (int argc, char **argv)
{
  static char page[4096];
  double times[ROUNDS];
  int file = argc == 2 ? open (argv[1], O_CREAT | O_TRUNC | O_WRONLY, 0600) : -1;

  if (file < 0)
    return 2;
  for (int i = 0; i < ROUNDS; i++)
    {
      double begin = now_ms ();

      if (write (file, page, sizeof page) != (ssize_t) sizeof page || fdatasync (file) != 0)
        return 1;
      times[i] = now_ms () - begin;
    }
  qsort (times, ROUNDS, sizeof times[0], compare);
  printf ("%.3f\n", times[ROUNDS / 2]);
  unlink (argv[1]);
  return 0;
}
