/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall"

#include "config.h"

#include "stall-application.h"
#include "stall-language.h"

#include <libdex.h>

int
main (int argc, char **argv)
{
  g_autoptr (StallApplication) application = NULL;

  dex_init ();
  (void) dex_thread_pool_scheduler_get_default ();

  stall_choose_language ();

  application = stall_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
