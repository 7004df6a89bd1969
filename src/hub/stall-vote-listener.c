/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-hub"

#include "config.h"

#include "stall-vote-listener.h"

/* A program may hold 1,024 files by default, and needs some for itself. Past the first number the
 * one that has been silent longest makes room; past the second, nobody does so fast enough. */
#define MAX_CONNECTIONS 400
#define MAX_OPEN 700
/* A phone opens six at once. */
#define MAX_OF_ADDRESS 24
/* To the end of the request, and from there to the end of the answer. A connection serves one
 * request: libsoup keeps none alive that it has not accepted itself, and so nobody holds one that
 * is idle. */
#define PATIENCE_SECONDS 15

#define CONNECTION_DATA "stall-connection"

typedef struct
{
  StallVoteListener *listener;
  GSocketConnection *stream; /* not held: it tells when it goes */
  char *address;
  guint deadline;
  gint64 silent_since; /* monotonic; 0 while its request is answered */
  gboolean ended;      /* as far as this side can */
} Connection;

struct _StallVoteListener
{
  GObject parent_instance;

  SoupServer *server;
  GSocketListener *listener;
  GCancellable *cancellable;
  GPtrArray *connections;
  gboolean waiting;
};

G_DEFINE_FINAL_TYPE (StallVoteListener, stall_vote_listener, G_TYPE_OBJECT)

static void accept_next (StallVoteListener *self);

static void
end_connection (Connection *connection)
{
  g_clear_handle_id (&connection->deadline, g_source_remove);
  connection->ended = TRUE;
  /* An operation may be pending on the stream; shutting the socket ends it as the other side would.
   */
  g_socket_shutdown (g_socket_connection_get_socket (connection->stream), TRUE, TRUE, NULL);
}

static gboolean
deadline_cb (gpointer data)
{
  Connection *connection = data;

  connection->deadline = 0;
  end_connection (connection);
  return G_SOURCE_REMOVE;
}

static void
start_deadline (Connection *connection)
{
  g_clear_handle_id (&connection->deadline, g_source_remove);
  connection->deadline = g_timeout_add_seconds (PATIENCE_SECONDS, deadline_cb, connection);
  connection->silent_since = g_get_monotonic_time ();
}

static void
connection_free (gpointer data)
{
  Connection *connection = data;

  g_clear_handle_id (&connection->deadline, g_source_remove);
  g_free (connection->address);
  g_free (connection);
}

static void
gone_cb (gpointer data, GObject *stream)
{
  Connection *connection = data;

  g_ptr_array_remove_fast (connection->listener->connections, connection);
}

static guint
count_of (StallVoteListener *self, const char *address)
{
  guint n = 0;

  for (guint i = 0; i < self->connections->len; i++)
    {
      const Connection *connection = g_ptr_array_index (self->connections, i);

      n += !connection->ended && (address == NULL || g_str_equal (connection->address, address));
    }
  return n;
}

/* A thousand that say nothing keep nobody from voting. */
static void
make_room (StallVoteListener *self)
{
  Connection *silent = NULL;

  if (count_of (self, NULL) < MAX_CONNECTIONS)
    return;
  for (guint i = 0; i < self->connections->len; i++)
    {
      Connection *connection = g_ptr_array_index (self->connections, i);

      if (!connection->ended && connection->silent_since != 0
          && (silent == NULL || connection->silent_since < silent->silent_since))
        silent = connection;
    }
  if (silent != NULL)
    end_connection (silent);
}

static char *
describe (GSocketAddress *address)
{
  return g_inet_address_to_string (
      g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address)));
}

static void
take (StallVoteListener *self, GSocketConnection *stream)
{
  g_autoptr (GSocketAddress) local = g_socket_connection_get_local_address (stream, NULL);
  g_autoptr (GSocketAddress) remote = g_socket_connection_get_remote_address (stream, NULL);
  g_autofree char *address = G_IS_INET_SOCKET_ADDRESS (remote) ? describe (remote) : NULL;
  Connection *connection;

  if (address == NULL || self->connections->len >= MAX_OPEN
      || count_of (self, address) >= MAX_OF_ADDRESS)
    {
      g_io_stream_close (G_IO_STREAM (stream), NULL, NULL);
      return;
    }
  make_room (self);
  connection = g_new0 (Connection, 1);
  connection->listener = self;
  connection->stream = stream;
  connection->address = g_steal_pointer (&address);
  g_ptr_array_add (self->connections, connection);
  g_object_set_data (G_OBJECT (remote), CONNECTION_DATA, connection);
  g_object_weak_ref (G_OBJECT (stream), gone_cb, connection);
  start_deadline (connection);
  soup_server_accept_iostream (self->server, G_IO_STREAM (stream), local, remote, NULL);
}

static void
accept_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (StallVoteListener) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketConnection) stream
      = g_socket_listener_accept_finish (G_SOCKET_LISTENER (source), result, NULL, &error);

  self->waiting = FALSE;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->listener == NULL)
    return;
  if (stream != NULL)
    take (self, stream);
  accept_next (self);
}

static void
accept_next (StallVoteListener *self)
{
  if (self->waiting)
    return;
  self->waiting = TRUE;
  g_socket_listener_accept_async (self->listener, self->cancellable, accept_cb,
                                  g_object_ref (self));
}

static Connection *
find_connection (StallVoteListener *self, SoupServerMessage *message)
{
  GSocketAddress *remote = soup_server_message_get_remote_address (message);
  Connection *connection
      = remote != NULL ? g_object_get_data (G_OBJECT (remote), CONNECTION_DATA) : NULL;

  return connection != NULL && g_ptr_array_find (self->connections, connection, NULL) ? connection
                                                                                      : NULL;
}

static void
request_read_cb (StallVoteListener *self, SoupServerMessage *message)
{
  Connection *connection = find_connection (self, message);

  if (connection == NULL || connection->ended)
    return;
  start_deadline (connection);
  connection->silent_since = 0;
}

static void
stall_vote_listener_dispose (GObject *object)
{
  StallVoteListener *self = STALL_VOTE_LISTENER (object);

  stall_vote_listener_stop (self);
  g_clear_object (&self->server);

  G_OBJECT_CLASS (stall_vote_listener_parent_class)->dispose (object);
}

static void
stall_vote_listener_finalize (GObject *object)
{
  StallVoteListener *self = STALL_VOTE_LISTENER (object);

  g_object_unref (self->cancellable);
  g_ptr_array_unref (self->connections);

  G_OBJECT_CLASS (stall_vote_listener_parent_class)->finalize (object);
}

static void
stall_vote_listener_class_init (StallVoteListenerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = stall_vote_listener_dispose;
  G_OBJECT_CLASS (klass)->finalize = stall_vote_listener_finalize;
}

static void
stall_vote_listener_init (StallVoteListener *self)
{
  self->cancellable = g_cancellable_new ();
  self->connections = g_ptr_array_new_with_free_func (connection_free);
}

/**
 * stall_vote_listener_new:
 * @server: who answers
 *
 * Returns: (transfer full): a listener that does not listen yet
 */
StallVoteListener *
stall_vote_listener_new (SoupServer *server)
{
  StallVoteListener *self = g_object_new (STALL_TYPE_VOTE_LISTENER, NULL);

  self->server = g_object_ref (server);
  g_signal_connect_object (server, "request-read", G_CALLBACK (request_read_cb), self,
                           G_CONNECT_SWAPPED);
  return self;
}

/**
 * stall_vote_listener_listen:
 * @self: a listener
 * @port: which port; 0: any that is free
 * @error: return location
 *
 * Returns: the port, or 0 with @error set
 */
guint16
stall_vote_listener_listen (StallVoteListener *self, guint16 port, GError **error)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();

  g_return_val_if_fail (STALL_IS_VOTE_LISTENER (self) && self->listener == NULL, 0);

  g_socket_listener_set_backlog (listener, 256);
  if (port == 0)
    port = g_socket_listener_add_any_inet_port (listener, NULL, error);
  else if (!g_socket_listener_add_inet_port (listener, port, NULL, error))
    port = 0;
  if (port == 0)
    return 0;
  self->listener = g_steal_pointer (&listener);
  accept_next (self);
  return port;
}

/**
 * stall_vote_listener_stop:
 * @self: a listener
 *
 * Listens no more and ends all connections.
 */
void
stall_vote_listener_stop (StallVoteListener *self)
{
  g_return_if_fail (STALL_IS_VOTE_LISTENER (self));

  if (self->listener == NULL)
    return;
  g_cancellable_cancel (self->cancellable);
  g_socket_listener_close (self->listener);
  g_clear_object (&self->listener);
  for (guint i = 0; i < self->connections->len; i++)
    {
      Connection *connection = g_ptr_array_index (self->connections, i);

      g_object_weak_unref (G_OBJECT (connection->stream), gone_cb, connection);
    }
  g_ptr_array_set_size (self->connections, 0);
  soup_server_disconnect (self->server);
}
