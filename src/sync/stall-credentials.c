/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-sync"

#include "config.h"

#include "stall-credentials.h"

#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>

static const SecretSchema *
get_schema (void)
{
  static const SecretSchema schema = {
    .name = STALL_APPLICATION_ID ".Platform",
    .flags = SECRET_SCHEMA_NONE,
    .attributes = {
      { "address", SECRET_SCHEMA_ATTRIBUTE_STRING },
      { "user", SECRET_SCHEMA_ATTRIBUTE_STRING },
      { NULL, 0 },
    },
  };

  return &schema;
}

static GHashTable *
make_attributes (const StallConnection *connection)
{
  return secret_attributes_build (get_schema (), "address", connection->address, "user",
                                  connection->user, NULL);
}

static void
settle (DexPromise *promise, gboolean good, GError *error)
{
  if (error == NULL)
    dex_promise_resolve_boolean (promise, good);
  else
    dex_promise_reject (promise, error);
  dex_unref (promise);
}

static void
stored_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  GError *error = NULL;
  gboolean good = secret_password_store_finish (result, &error);

  settle (data, good, error);
}

/**
 * stall_credentials_store:
 * @connection: what it signs in to
 * @secret: a password or a token
 *
 * Returns: (transfer full): a future that resolves when the Secret Service keeps it
 */
DexFuture *
stall_credentials_store (const StallConnection *connection, const char *secret)
{
  DexPromise *promise = dex_promise_new ();
  g_autoptr (GHashTable) attributes = make_attributes (connection);
  /* Translators: what the password manager of the system lists; %s is an address */
  g_autofree char *label = g_strdup_printf (_ ("Stall: sign-in of %s"), connection->address);

  secret_password_storev (get_schema (), attributes, SECRET_COLLECTION_DEFAULT, label, secret, NULL,
                          stored_cb, dex_ref (promise));
  return DEX_FUTURE (promise);
}

static void
found_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  DexPromise *promise = data;
  GError *error = NULL;
  char *found = secret_password_lookup_finish (result, &error);

  if (error != NULL)
    dex_promise_reject (promise, error);
  else
    dex_promise_resolve_string (promise, g_strdup (found != NULL ? found : ""));
  secret_password_free (found);
  dex_unref (promise);
}

/**
 * stall_credentials_find:
 * @connection: what it signs in to
 * @cancellable: (nullable): stops waiting for the person to open the keyring
 *
 * Returns: (transfer full): a future of the password or token; "" when none is kept
 */
DexFuture *
stall_credentials_find (const StallConnection *connection, GCancellable *cancellable)
{
  DexPromise *promise = dex_promise_new ();
  g_autoptr (GHashTable) attributes = make_attributes (connection);

  secret_password_lookupv (get_schema (), attributes, cancellable, found_cb, dex_ref (promise));
  return DEX_FUTURE (promise);
}

static void
forgotten_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  GError *error = NULL;
  gboolean good = secret_password_clear_finish (result, &error);

  settle (data, good, error);
}

/**
 * stall_credentials_forget:
 * @connection: what it signed in to
 *
 * Returns: (transfer full): a future that resolves when the Secret Service has it no longer
 */
DexFuture *
stall_credentials_forget (const StallConnection *connection)
{
  DexPromise *promise = dex_promise_new ();
  g_autoptr (GHashTable) attributes = make_attributes (connection);

  secret_password_clearv (get_schema (), attributes, NULL, forgotten_cb, dex_ref (promise));
  return DEX_FUTURE (promise);
}
