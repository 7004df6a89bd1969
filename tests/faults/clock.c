/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Loaded before a program’s libraries, makes its clock wrong by STALL_TEST_CLOCK seconds. What
 * measures distances only goes on as it should. */

#define _GNU_SOURCE

#include <dlfcn.h>
#include <stdlib.h>
#include <sys/time.h>
#include <time.h>

static long
find_error (void)
{
  const char *text = getenv ("STALL_TEST_CLOCK");

  return text != NULL ? atol (text) : 0;
}

int
clock_gettime (clockid_t clock, struct timespec *now)
{
  static int (*real) (clockid_t, struct timespec *);
  int result;

  if (real == NULL)
    real = (int (*) (clockid_t, struct timespec *)) dlsym (RTLD_NEXT, "clock_gettime");
  result = real (clock, now);
  if (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)
    now->tv_sec += find_error ();
  return result;
}

time_t
time (time_t *where)
{
  struct timespec now;

  clock_gettime (CLOCK_REALTIME, &now);
  if (where != NULL)
    *where = now.tv_sec;
  return now.tv_sec;
}

int
gettimeofday (struct timeval *restrict where, void *restrict zone)
{
  struct timespec now;

  clock_gettime (CLOCK_REALTIME, &now);
  where->tv_sec = now.tv_sec;
  where->tv_usec = now.tv_nsec / 1000;
  return 0;
}
