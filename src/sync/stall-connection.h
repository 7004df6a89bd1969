/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  STALL_SIGN_IN_PASSWORD, /* a user and a password; no user: nobody signs in */
  STALL_SIGN_IN_TOKEN,
} StallSignIn;

/* Where a stall’s database on the platform is and how one signs in. Kept with the stall, because
 * another stall on this computer has another one; never with a secret in it. */
#define STALL_TYPE_CONNECTION (stall_connection_get_type ())
typedef struct
{
  char *address; /* https://host/name */
  char *user;    /* may be "" */
  StallSignIn sign_in;
  gboolean insecure; /* the person agreed to plain http */
} StallConnection;

GType stall_connection_get_type (void);
StallConnection *stall_connection_new (const char *address,
                                       const char *user,
                                       StallSignIn sign_in,
                                       gboolean insecure);
StallConnection *stall_connection_copy (const StallConnection *self);
void stall_connection_free (StallConnection *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StallConnection, stall_connection_free)

gboolean stall_connection_wants_secret (const StallConnection *self);

StallConnection *stall_connection_load (const char *folder); /* NULL: there is none */
gboolean stall_connection_save (const StallConnection *self, const char *folder, GError **error);
gboolean stall_connection_forget (const char *folder, GError **error);

G_END_DECLS
