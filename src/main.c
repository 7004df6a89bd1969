/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall"

#include "config.h"

#include "stall-application.h"
#include "stall-language.h"

#include <libdex.h>
#include <malloc.h>

/* What one long list or a large change set took goes back to the system when it is done. Left to
 * itself, malloc takes the first large block it sees freed as a sign of more to come and keeps
 * all that follow, in each thread. */
static void
keep_memory_small (void)
{
#ifdef __GLIBC__
  mallopt (M_ARENA_MAX, 4);
  mallopt (M_MMAP_THRESHOLD, 512 * 1024);
  mallopt (M_TRIM_THRESHOLD, 512 * 1024);
#endif
}

int
main (int argc, char **argv)
{
  g_autoptr (StallApplication) application = NULL;

  keep_memory_small ();
  dex_init ();
  (void) dex_thread_pool_scheduler_get_default ();

  stall_choose_language ();

  application = stall_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
