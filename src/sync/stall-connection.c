/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-sync"

#include "config.h"

#include "stall-connection.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#define FILE_NAME "platform.ini"
#define GROUP "platform"

G_DEFINE_BOXED_TYPE (StallConnection,
                     stall_connection,
                     stall_connection_copy,
                     stall_connection_free)

/**
 * stall_connection_new:
 * @address: of the database
 * @user: (nullable): who signs in
 * @sign_in: how
 * @insecure: whether plain http was agreed to
 *
 * Returns: (transfer full): a new connection
 */
StallConnection *
stall_connection_new (const char *address, const char *user, StallSignIn sign_in, gboolean insecure)
{
  StallConnection *self = g_new0 (StallConnection, 1);

  self->address = g_strdup (address);
  self->user = g_strdup (user != NULL ? user : "");
  self->sign_in = sign_in;
  self->insecure = insecure;
  return self;
}

StallConnection *
stall_connection_copy (const StallConnection *self)
{
  return stall_connection_new (self->address, self->user, self->sign_in, self->insecure);
}

void
stall_connection_free (StallConnection *self)
{
  g_free (self->address);
  g_free (self->user);
  g_free (self);
}

/**
 * stall_connection_wants_secret:
 * @self: a connection
 *
 * Returns: whether a password or a token belongs to it
 */
gboolean
stall_connection_wants_secret (const StallConnection *self)
{
  return self->sign_in == STALL_SIGN_IN_TOKEN || *self->user != '\0';
}

static char *
find_file (const char *folder)
{
  return g_build_filename (folder, FILE_NAME, NULL);
}

/**
 * stall_connection_load:
 * @folder: of a stall
 *
 * Returns: (transfer full) (nullable): how it is connected; %NULL when it is not
 */
StallConnection *
stall_connection_load (const char *folder)
{
  g_autofree char *path = find_file (folder);
  g_autoptr (GKeyFile) file = NULL;
  g_autofree char *address = NULL;
  g_autofree char *user = NULL;
  g_autofree char *sign_in = NULL;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return NULL;
  file = g_key_file_new ();
  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL))
    return NULL;
  address = g_key_file_get_string (file, GROUP, "address", NULL);
  user = g_key_file_get_string (file, GROUP, "user", NULL);
  sign_in = g_key_file_get_string (file, GROUP, "sign-in", NULL);
  if (address == NULL)
    return NULL;
  return stall_connection_new (address, user,
                               g_strcmp0 (sign_in, "token") == 0 ? STALL_SIGN_IN_TOKEN
                                                                 : STALL_SIGN_IN_PASSWORD,
                               g_key_file_get_boolean (file, GROUP, "insecure", NULL));
}

/**
 * stall_connection_save:
 * @self: a connection
 * @folder: of the stall it is of
 * @error: return location
 *
 * Returns: whether it is on disk
 */
gboolean
stall_connection_save (const StallConnection *self, const char *folder, GError **error)
{
  g_autofree char *path = find_file (folder);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *text = NULL;

  g_key_file_set_string (file, GROUP, "address", self->address);
  g_key_file_set_string (file, GROUP, "user", self->user);
  g_key_file_set_string (file, GROUP, "sign-in",
                         self->sign_in == STALL_SIGN_IN_TOKEN ? "token" : "password");
  g_key_file_set_boolean (file, GROUP, "insecure", self->insecure);
  text = g_key_file_to_data (file, NULL, NULL);
  return g_file_set_contents_full (
      path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, error);
}

/**
 * stall_connection_forget:
 * @folder: of a stall
 * @error: return location
 *
 * Returns: whether the stall is connected no longer
 */
gboolean
stall_connection_forget (const char *folder, GError **error)
{
  g_autofree char *path = find_file (folder);

  if (g_unlink (path) == 0 || errno == ENOENT)
    return TRUE;
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno),
               _ ("The connection could not be forgotten: %s"), g_strerror (errno));
  return FALSE;
}
