/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-hub"

#include "config.h"

#include "stall-vote-server.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>

#include "stall-async.h"
#include "stall-vote-address.h"
#include "stall-vote-listener.h"
#include "stall-vote-routes.h"
#include "stall-vote-token.h"

/* How often the page looks at the poll's clock, and the most often it speaks of votes. */
#define CLOCK_MILLISECONDS 1000
#define VOTED_MILLISECONDS 250

struct _StallVoteServer
{
  GObject parent_instance;

  StallStore *store;
  SoupServer *server;
  StallVoteListener *listener;
  StallVoteRoutes *routes;
  char *poll_id;
  char *url;
  guint16 port;
  guint clock;
  guint telling;
  guint n_voted;
  guint serial; /* of the newest start; an older one that is under way gives up */
  gboolean closed;
  gboolean looking;
  gboolean kept;
};

enum
{
  PROP_0,
  PROP_RUNNING,
  PROP_URL,
  PROP_KEPT,
  N_PROPERTIES,
};

enum
{
  VOTED,
  CLOSED,
  FAILED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StallVoteServer, stall_vote_server, G_TYPE_OBJECT)

static gboolean
tell_cb (gpointer data)
{
  StallVoteServer *self = data;
  guint n_voted = self->n_voted;

  self->telling = 0;
  self->n_voted = 0;
  g_signal_emit (self, signals[VOTED], 0, n_voted);
  return G_SOURCE_REMOVE;
}

static void
voted_cb (StallVoteServer *self, guint n_voted)
{
  self->n_voted += n_voted;
  if (self->telling == 0)
    self->telling = g_timeout_add (VOTED_MILLISECONDS, tell_cb, self);
}

static void
failed_cb (StallVoteServer *self, const GError *error)
{
  g_signal_emit (self, signals[FAILED], 0, error);
}

/* The poll closes by its clock, by its threshold or by the owner; then its votes become ballots. */
static DexFuture *
look_fiber (gpointer data)
{
  StallVoteServer *self = data;
  g_autofree char *poll_id = g_strdup (self->poll_id);
  g_autoptr (GError) error = NULL;
  g_autoptr (StallPollFigures) figures = NULL;

  figures = dex_await_boxed (stall_store_poll_figures (self->store, poll_id, stall_time_now ()),
                             &error);
  if (figures != NULL && figures->state >= STALL_POLL_CLOSED)
    {
      dex_await_int64 (stall_store_seal_votes (self->store), &error);
      if (error == NULL && g_strcmp0 (poll_id, self->poll_id) == 0)
        {
          self->closed = TRUE;
          g_signal_emit (self, signals[CLOSED], 0);
        }
    }
  self->looking = FALSE;
  if (error != NULL)
    g_signal_emit (self, signals[FAILED], 0, error);
  return dex_future_new_true ();
}

static gboolean
clock_cb (gpointer data)
{
  StallVoteServer *self = data;

  if (!self->closed && !self->looking)
    {
      self->looking = TRUE;
      stall_spawn (look_fiber, g_object_ref (self), g_object_unref);
    }
  return G_SOURCE_CONTINUE;
}

static char *
make_url (StallVoteServer *self, const char *address)
{
  return g_strdup_printf ("http://%s:%u/%s/", address, self->port,
                          stall_vote_routes_get_path (self->routes));
}

/* The port of the last time, so that a code that was printed stays good; another when that is
 * taken. */
static gboolean
listen (StallVoteServer *self, const char *kept, GError **error)
{
  g_autofree char *text = NULL;
  guint64 port = 0;

  g_ascii_string_to_unsigned (kept, 10, 1024, 65535, &port, NULL);
  if (port != 0)
    self->port = stall_vote_listener_listen (self->listener, port, NULL);
  if (self->port != 0)
    return TRUE;
  self->port = stall_vote_listener_listen (self->listener, 0, error);
  text = g_strdup_printf ("%u", self->port);
  return self->port != 0
         && dex_await (stall_store_set_local (self->store, "vote-port", text), error);
}

static char *
make_key (void)
{
  g_autofree char *one = stall_vote_token_new_device ();
  g_autofree char *other = stall_vote_token_new_device ();

  return g_strconcat (one, other, NULL);
}

typedef struct
{
  StallVoteServer *self;
  char *poll_id;
  guint serial;
} Start;

static void
start_free (gpointer data)
{
  Start *start = data;

  g_object_unref (start->self);
  g_free (start->poll_id);
  g_free (start);
}

static DexFuture *
superseded (void)
{
  return dex_future_new_reject (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Stopped before it had started");
}

/* All that start_fiber() makes anew; it ends with stall_vote_server_stop(). */
static void
set_up (StallVoteServer *self, const char *poll_id, const char *key)
{
  self->server = soup_server_new (NULL, NULL);
  self->listener = stall_vote_listener_new (self->server);
  self->routes = stall_vote_routes_new (self->store, poll_id, key, self->server);
  g_signal_connect_object (self->routes, "voted", G_CALLBACK (voted_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->routes, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
}

static DexFuture *
start_fiber (gpointer data)
{
  Start *start = data;
  StallVoteServer *self = start->self;
  g_autofree char *fresh = make_key ();
  g_autofree char *key = NULL;
  g_autofree char *kept_port = NULL;
  g_auto (GStrv) addresses = stall_vote_address_list ();
  g_autoptr (GError) error = NULL;

  key = dex_await_string (stall_store_keep_local (self->store, "vote-key", fresh), &error);
  if (key != NULL)
    kept_port = dex_await_string (stall_store_keep_local (self->store, "vote-port", "0"), &error);
  if (start->serial != self->serial)
    return superseded ();
  if (kept_port == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  set_up (self, start->poll_id, key);
  if (dex_await (stall_vote_routes_load (self->routes), &error) && start->serial == self->serial
      && listen (self, kept_port, &error) && start->serial == self->serial)
    {
      g_set_str (&self->poll_id, start->poll_id);
      self->url = make_url (self, addresses[0]);
      self->clock = g_timeout_add (CLOCK_MILLISECONDS, clock_cb, self);
      clock_cb (self);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUNNING]);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_URL]);
      return dex_future_new_true ();
    }
  if (start->serial != self->serial)
    return superseded ();
  stall_vote_server_stop (self);
  return dex_future_new_for_error (g_steal_pointer (&error));
}

static void
stall_vote_server_dispose (GObject *object)
{
  StallVoteServer *self = STALL_VOTE_SERVER (object);

  stall_vote_server_stop (self);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (stall_vote_server_parent_class)->dispose (object);
}

static void
stall_vote_server_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  StallVoteServer *self = STALL_VOTE_SERVER (object);

  if (id == PROP_RUNNING)
    g_value_set_boolean (value, stall_vote_server_get_running (self));
  else if (id == PROP_URL)
    g_value_set_string (value, self->url);
  else if (id == PROP_KEPT)
    g_value_set_boolean (value, self->kept);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
stall_vote_server_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_KEPT)
    stall_vote_server_set_kept (STALL_VOTE_SERVER (object), g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
stall_vote_server_class_init (StallVoteServerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->dispose = stall_vote_server_dispose;
  object_class->get_property = stall_vote_server_get_property;
  object_class->set_property = stall_vote_server_set_property;

  properties[PROP_RUNNING] = g_param_spec_boolean ("running", NULL, NULL, FALSE, flags);
  properties[PROP_URL] = g_param_spec_string ("url", NULL, NULL, NULL, flags);
  properties[PROP_KEPT]
      = g_param_spec_boolean ("kept", NULL, NULL, FALSE, flags | G_PARAM_WRITABLE);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  signals[VOTED] = g_signal_new ("voted", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 1, G_TYPE_UINT);
  signals[CLOSED]
      = g_signal_new ("closed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FAILED] = g_signal_new ("failed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
stall_vote_server_init (StallVoteServer *self)
{
}

/**
 * stall_vote_server_new:
 * @store: a store that may be written to
 *
 * Returns: (transfer full): a server that is off
 */
StallVoteServer *
stall_vote_server_new (StallStore *store)
{
  StallVoteServer *self;

  g_return_val_if_fail (STALL_IS_STORE (store), NULL);

  self = g_object_new (STALL_TYPE_VOTE_SERVER, NULL);
  self->store = g_object_ref (store);
  return self;
}

/**
 * stall_vote_server_start:
 * @self: a server
 * @poll_id: "poll:…"
 *
 * Shows a poll to the audience, in place of the one it may be showing already.
 *
 * Returns: (transfer full): a future that resolves when phones can come; %STALL_ERROR_NOT_FOUND,
 * %STALL_ERROR_READ_ONLY, %G_IO_ERROR_CANCELLED when it was stopped or started anew before that, or
 * why this machine lets nobody in
 */
DexFuture *
stall_vote_server_start (StallVoteServer *self, const char *poll_id)
{
  Start *start;

  dex_return_error_if_fail (STALL_IS_VOTE_SERVER (self));
  dex_return_error_if_fail (poll_id != NULL);

  stall_vote_server_stop (self);
  start = g_new0 (Start, 1);
  start->self = g_object_ref (self);
  start->poll_id = g_strdup (poll_id);
  start->serial = self->serial;
  return stall_async (start_fiber, start, start_free);
}

/**
 * stall_vote_server_stop:
 * @self: a server
 *
 * Lets nobody in any more. Votes that were acknowledged are in the stall.
 */
void
stall_vote_server_stop (StallVoteServer *self)
{
  gboolean was_running;

  g_return_if_fail (STALL_IS_VOTE_SERVER (self));

  was_running = self->url != NULL;
  self->serial++;
  g_clear_handle_id (&self->clock, g_source_remove);
  g_clear_handle_id (&self->telling, g_source_remove);
  if (self->listener != NULL)
    stall_vote_listener_stop (self->listener);
  if (self->server != NULL)
    soup_server_remove_handler (self->server, "/");
  g_clear_object (&self->listener);
  g_clear_object (&self->routes);
  g_clear_object (&self->server);
  g_clear_pointer (&self->poll_id, g_free);
  g_clear_pointer (&self->url, g_free);
  self->port = 0;
  self->closed = FALSE;
  stall_vote_server_set_kept (self, FALSE);
  if (!was_running)
    return;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUNNING]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_URL]);
}

/**
 * stall_vote_server_get_running:
 * @self: a server
 *
 * Returns: whether phones can come
 */
gboolean
stall_vote_server_get_running (StallVoteServer *self)
{
  g_return_val_if_fail (STALL_IS_VOTE_SERVER (self), FALSE);

  return self->url != NULL;
}

/**
 * stall_vote_server_get_poll_id:
 * @self: a server
 *
 * Returns: (nullable): the poll that is shown
 */
const char *
stall_vote_server_get_poll_id (StallVoteServer *self)
{
  g_return_val_if_fail (STALL_IS_VOTE_SERVER (self), NULL);

  return self->poll_id;
}

/**
 * stall_vote_server_get_question:
 * @self: a server
 *
 * Returns: (nullable): what the poll that is shown asks
 */
const char *
stall_vote_server_get_question (StallVoteServer *self)
{
  g_return_val_if_fail (STALL_IS_VOTE_SERVER (self), NULL);

  return self->poll_id != NULL ? stall_vote_routes_get_question (self->routes) : NULL;
}

/**
 * stall_vote_server_get_url:
 * @self: a server
 *
 * Returns: (nullable): the address that phones open, while it runs
 */
const char *
stall_vote_server_get_url (StallVoteServer *self)
{
  g_return_val_if_fail (STALL_IS_VOTE_SERVER (self), NULL);

  return self->url;
}

/**
 * stall_vote_server_get_kept:
 * @self: a server
 *
 * Returns: whether it goes on when the window that shows its address is closed
 */
gboolean
stall_vote_server_get_kept (StallVoteServer *self)
{
  g_return_val_if_fail (STALL_IS_VOTE_SERVER (self), FALSE);

  return self->kept;
}

/**
 * stall_vote_server_set_kept:
 * @self: a server
 * @kept: whether it goes on when the window that shows its address is closed
 *
 * Stopping it takes that back.
 */
void
stall_vote_server_set_kept (StallVoteServer *self, gboolean kept)
{
  g_return_if_fail (STALL_IS_VOTE_SERVER (self));

  kept = !!kept;
  if (self->kept == kept)
    return;
  self->kept = kept;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_KEPT]);
}

/**
 * stall_vote_server_can_be_reached:
 *
 * Returns: whether this machine has an address that phones can use
 */
gboolean
stall_vote_server_can_be_reached (void)
{
  g_auto (GStrv) addresses = stall_vote_address_list ();

  return !g_str_has_prefix (addresses[0], "127.") && !g_str_equal (addresses[0], "localhost");
}

/**
 * stall_vote_server_dup_urls:
 * @self: a server
 *
 * Returns: (transfer full): the page's address at every address of this machine, the likeliest
 * first; empty when it is off
 */
GStrv
stall_vote_server_dup_urls (StallVoteServer *self)
{
  g_auto (GStrv) addresses = stall_vote_address_list ();
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  g_return_val_if_fail (STALL_IS_VOTE_SERVER (self), NULL);

  for (guint i = 0; self->url != NULL && addresses[i] != NULL; i++)
    g_strv_builder_take (builder, make_url (self, addresses[i]));
  return g_strv_builder_end (builder);
}
