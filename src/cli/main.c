/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "stall-cli.h"

int
main (int argc, char **argv)
{
  g_autoptr (DexScheduler) pool = NULL;

  dex_init ();
  pool = dex_ref (dex_thread_pool_scheduler_get_default ());
  return stall_cli_run (argc, argv);
}
