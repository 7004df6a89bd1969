/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fuzz.h"

#include <glib.h>
#include <stdlib.h>

static guint
run_file (const char *path)
{
  g_autofree char *data = NULL;
  gsize size;
  g_autofree guint8 *exact = NULL;

  if (!g_file_get_contents (path, &data, &size, NULL))
    return 0;

  /* Without the NUL that GLib puts behind it, so that reading past the end is found. */
  exact = g_memdup2 (data, size);
  g_printerr ("# %s\n", path);
  LLVMFuzzerTestOneInput (exact, size);
  return 1;
}

static guint
run_folder (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;
  guint n = 0;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      n += run_file (file);
    }
  return n;
}

/* Runs a fuzz target once on each file of the folders it is given: what a fuzzer has found stays
 * found. */
int
main (int argc, char *argv[])
{
  guint n = 0;

  for (int i = 1; i < argc; i++)
    n += run_folder (argv[i]);

  g_print ("1..1\n%s 1 - %u inputs\n", n > 0 ? "ok" : "not ok", n);
  return n > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
