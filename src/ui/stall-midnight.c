/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-midnight.h"

#include "stall-time.h"

#include <errno.h>
#include <glib-unix.h>
#include <sys/timerfd.h>
#include <unistd.h>

typedef struct
{
  int timer;
  GSourceFunc callback;
  gpointer data;
} Midnight;

static void
midnight_free (gpointer data)
{
  Midnight *self = data;

  close (self->timer);
  g_free (self);
}

/* By the clock on the wall: GLib's timeouts stand still while a laptop sleeps. */
static void
wait_for_midnight (Midnight *self)
{
  StallTime midnight = stall_time_day_start (stall_time_now (), 1);
  struct itimerspec when = { .it_value.tv_sec = midnight / STALL_SECOND + 1 };

  timerfd_settime (self->timer, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &when, NULL);
}

static gboolean
timer_cb (int timer, GIOCondition condition, gpointer data)
{
  Midnight *self = data;
  guint64 times;

  /* It fails when the clock was set: that is as good a reason to look at it. */
  if (read (timer, &times, sizeof times) < 0 && errno == EAGAIN)
    return G_SOURCE_CONTINUE;
  wait_for_midnight (self);
  return self->callback (self->data);
}

/**
 * stall_midnight_add:
 * @callback: called at each local midnight and whenever the clock was set, until it returns
 *   %G_SOURCE_REMOVE
 * @data: handed to @callback
 *
 * Waits for the next day. A day that began while the computer slept is told when it wakes.
 *
 * Returns: the id of a source of the default main context
 */
guint
stall_midnight_add (GSourceFunc callback, gpointer data)
{
  Midnight *self;

  g_return_val_if_fail (callback != NULL, 0);

  self = g_new0 (Midnight, 1);
  self->timer = timerfd_create (CLOCK_REALTIME, TFD_NONBLOCK | TFD_CLOEXEC);
  self->callback = callback;
  self->data = data;
  wait_for_midnight (self);
  return g_unix_fd_add_full (G_PRIORITY_DEFAULT, self->timer, G_IO_IN, timer_cb, self,
                             midnight_free);
}
