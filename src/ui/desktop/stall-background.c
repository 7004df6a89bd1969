/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-background.h"

#include "stall-async.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

/* The Background portal: the desktop asks the person, starts the program after they sign in, and
 * lists it among those that run with no window. */
#define PORTAL_NAME "org.freedesktop.portal.Desktop"
#define PORTAL_PATH "/org/freedesktop/portal/desktop"
#define PORTAL_INTERFACE "org.freedesktop.portal.Background"

typedef struct
{
  gboolean wanted;
} Wish;

static void
response_cb (GDBusConnection *connection,
             const char *sender,
             const char *path,
             const char *interface,
             const char *signal,
             GVariant *parameters,
             gpointer promise)
{
  g_autoptr (GVariant) results = NULL;
  gboolean allowed = FALSE;
  guint response;

  g_variant_get (parameters, "(u@a{sv})", &response, &results);
  if (response == 0)
    g_variant_lookup (results, "background", "b", &allowed);
  if (dex_future_is_pending (promise))
    dex_promise_resolve_boolean (promise, allowed);
}

static GVariant *
describe_wish (const Wish *wish, const char *token)
{
  static const char *const command[] = { "stall", "--background", NULL };
  GVariantBuilder options;

  g_variant_builder_init (&options, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&options, "{sv}", "handle_token", g_variant_new_string (token));
  g_variant_builder_add (
      &options, "{sv}", "reason",
      g_variant_new_string (_ ("Orders come in and changes are sent while the window is closed.")));
  g_variant_builder_add (&options, "{sv}", "autostart", g_variant_new_boolean (wish->wanted));
  g_variant_builder_add (&options, "{sv}", "commandline", g_variant_new_strv (command, -1));
  return g_variant_new ("(sa{sv})", "", &options);
}

/* Where the answer comes, which may be before the call has returned. */
static char *
find_answer_path (GDBusConnection *connection, const char *token)
{
  g_autofree char *sender = g_strdup (g_dbus_connection_get_unique_name (connection) + 1);

  return g_strconcat (PORTAL_PATH "/request/", g_strdelimit (sender, ".", '_'), "/", token, NULL);
}

static DexFuture *
ask_fiber (gpointer data)
{
  const Wish *wish = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) connection
      = dex_await_object (dex_bus_get (G_BUS_TYPE_SESSION), &error);
  g_autofree char *token = g_strdup_printf ("stall%u", g_random_int ());
  DexPromise *answer = dex_promise_new ();
  g_autofree char *path = NULL;
  g_autoptr (GVariant) reply = NULL;
  gboolean allowed = FALSE;
  guint subscription;

  if (connection == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  path = find_answer_path (connection, token);
  subscription = g_dbus_connection_signal_subscribe (
      connection, PORTAL_NAME, "org.freedesktop.portal.Request", "Response", path, NULL,
      G_DBUS_SIGNAL_FLAGS_NONE, response_cb, dex_ref (answer), dex_unref);
  reply = dex_await_variant (
      dex_dbus_connection_call (connection, PORTAL_NAME, PORTAL_PATH, PORTAL_INTERFACE,
                                "RequestBackground", describe_wish (wish, token),
                                G_VARIANT_TYPE ("(o)"), G_DBUS_CALL_FLAGS_NONE, G_MAXINT),
      &error);
  if (reply != NULL)
    allowed = dex_await_boolean (dex_ref (answer), &error);
  g_dbus_connection_signal_unsubscribe (connection, subscription);
  dex_unref (answer);
  if (error == NULL)
    return dex_future_new_for_boolean (allowed);
  g_debug ("No background: %s", error->message);
  return dex_future_new_reject (G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                                _ ("This desktop runs no programs in the background."));
}

/**
 * stall_background_ask:
 * @wanted: whether the program should run with no window; %FALSE takes the wish back
 *
 * Asks the desktop, which may ask the person.
 *
 * Returns: (transfer full): a future of a boolean, whether it is allowed; rejected with
 *   %G_IO_ERROR_NOT_SUPPORTED where the desktop has no such thing
 */
DexFuture *
stall_background_ask (gboolean wanted)
{
  Wish *wish = g_new0 (Wish, 1);

  wish->wanted = wanted;
  return stall_async (ask_fiber, wish, g_free);
}
