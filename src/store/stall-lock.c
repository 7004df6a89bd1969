/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-store"

#include "config.h"

#include "stall-lock.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "stall-error.h"

static void
set_busy (int lock, GError **error)
{
  char holder[128] = "";
  gssize length = pread (lock, holder, sizeof holder - 1, 0);

  if (length > 0)
    {
      g_strstrip (holder);
      g_set_error (error, STALL_ERROR, STALL_ERROR_BUSY,
                   _ ("The stall is open in another program (%s). Close it and try again."),
                   holder);
    }
  else
    g_set_error_literal (error, STALL_ERROR, STALL_ERROR_BUSY,
                         _ ("The stall is open in another program. Close it and try again."));
}

/* A folder on a share may have no locks at all: nobody has the stall open then, and saying so would
 * send the person looking for a program that is not there. */
static void
set_not_taken (int lock, const char *folder, int code, GError **error)
{
  if (code == EWOULDBLOCK)
    set_busy (lock, error);
  else
    g_set_error (error, STALL_ERROR, STALL_ERROR_READ_ONLY,
                 _ ("The stall’s folder “%s” could not be locked for this program (%s). Choose a "
                    "folder on this computer’s own disk."),
                 folder, g_strerror (code));
}

/**
 * stall_lock_take:
 * @folder: a stall's folder
 * @error: return location
 *
 * Takes the stall for this program. The kernel gives it free when the program ends, however it
 * ends.
 *
 * Returns: the lock, -1 on failure; #STALL_ERROR_BUSY names who holds it, #STALL_ERROR_READ_ONLY
 *   says why the folder cannot be locked
 */
int
stall_lock_take (const char *folder, GError **error)
{
  g_autofree char *path = g_build_filename (folder, "lock", NULL);
  g_autofree char *holder = NULL;
  int lock = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

  if (lock < 0)
    {
      g_set_error (error, STALL_ERROR, STALL_ERROR_READ_ONLY,
                   _ ("The stall’s folder “%s” cannot be written to (%s). Allow writing to it or "
                      "choose another "
                      "folder."),
                   folder, g_strerror (errno));
      return -1;
    }
  if (flock (lock, LOCK_EX | LOCK_NB) != 0)
    {
      set_not_taken (lock, folder, errno, error);
      close (lock);
      return -1;
    }
  holder = g_strdup_printf (_ ("%s, process %d"), g_get_prgname (), (int) getpid ());
  if (ftruncate (lock, 0) != 0 || pwrite (lock, holder, strlen (holder), 0) < 0)
    g_debug ("The holder's name was not written: %s", g_strerror (errno));
  return lock;
}

void
stall_lock_release (int lock)
{
  if (lock >= 0)
    close (lock);
}
