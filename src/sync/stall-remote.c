/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-sync"

#include "config.h"

#include "stall-remote.h"

#include <string.h>

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>

#include "stall-async.h"
#include "stall-json.h"
#include "stall-sync-error.h"
#include "stall-sync-limits.h"
#include "stall-wire.h"

struct _StallRemote
{
  GObject parent_instance;

  SoupSession *session;
  GUri *uri;     /* without user and password */
  char *address; /* the same as text, ends in no slash */
  char *user;
  char *password;
  char *token;
  gboolean has_session; /* a cookie was given for user and password */
  gboolean no_session;  /* the server knows no /_session: every request carries the password */
  guint64 n_received;
  guint64 n_sent;
};

G_DEFINE_FINAL_TYPE (StallRemote, stall_remote, G_TYPE_OBJECT)

static void
stall_remote_finalize (GObject *object)
{
  StallRemote *self = STALL_REMOTE (object);

  soup_session_abort (self->session);
  g_clear_object (&self->session);
  g_clear_pointer (&self->uri, g_uri_unref);
  g_free (self->address);
  g_free (self->user);
  g_free (self->password);
  g_free (self->token);

  G_OBJECT_CLASS (stall_remote_parent_class)->finalize (object);
}

static void
stall_remote_class_init (StallRemoteClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = stall_remote_finalize;
}

/* Answers come as they are: one server of the field delivers no feed at all when it may compress,
 * and passwords go only where this class puts them. */
static void
stall_remote_init (StallRemote *self)
{
  g_autoptr (SoupCookieJar) jar = soup_cookie_jar_new ();

  self->session = soup_session_new_with_options (
      "timeout", STALL_SYNC_TIMEOUT, "idle-timeout", STALL_SYNC_TIMEOUT, "max-conns",
      STALL_SYNC_CONNECTIONS, "max-conns-per-host", STALL_SYNC_CONNECTIONS, "user-agent",
      "Stall/" STALL_VERSION, NULL);
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_CONTENT_DECODER);
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_AUTH_MANAGER);
  soup_session_add_feature (self->session, SOUP_SESSION_FEATURE (jar));
}

static gboolean
is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  return address != NULL ? g_inet_address_get_is_loopback (address)
                         : g_ascii_strcasecmp (host, "localhost") == 0;
}

/**
 * stall_remote_new:
 * @address: of a database, https://host/name
 * @insecure_allowed: whether the person agreed to plain http to another machine
 * @error: return location
 *
 * A user may stand in @address; a password that stands there is not used.
 *
 * Returns: (transfer full) (nullable): the database; %NULL with %STALL_SYNC_ERROR_INSECURE or
 *   %STALL_SYNC_ERROR_NOT_COUCHDB when the address cannot be used
 */
StallRemote *
stall_remote_new (const char *address, gboolean insecure_allowed, GError **error)
{
  g_autoptr (GUri) uri = g_uri_parse (
      address, G_URI_FLAGS_HAS_PASSWORD | G_URI_FLAGS_ENCODED_PATH | G_URI_FLAGS_NON_DNS, NULL);
  g_autofree char *path = NULL;
  StallRemote *self;
  gboolean secure;

  if (uri == NULL || g_uri_get_host (uri) == NULL || strlen (g_uri_get_path (uri)) < 2
      || (strcmp (g_uri_get_scheme (uri), "https") != 0
          && strcmp (g_uri_get_scheme (uri), "http") != 0))
    {
      g_set_error_literal (error, STALL_SYNC_ERROR, STALL_SYNC_ERROR_NOT_COUCHDB,
                           _ ("This is not the address of a stall on a platform. It looks like "
                              "https://platform.example/my-stall."));
      return NULL;
    }
  secure = strcmp (g_uri_get_scheme (uri), "https") == 0;
  if (!secure && !insecure_allowed && !is_loopback (g_uri_get_host (uri)))
    {
      g_set_error_literal (error, STALL_SYNC_ERROR, STALL_SYNC_ERROR_INSECURE,
                           _ ("This address begins with http, so everybody on the way could read "
                              "along. Use https."));
      return NULL;
    }
  self = g_object_new (STALL_TYPE_REMOTE, NULL);
  path = g_strdup (g_uri_get_path (uri));
  while (g_str_has_suffix (path, "/"))
    path[strlen (path) - 1] = '\0';
  self->uri = g_uri_build (G_URI_FLAGS_ENCODED, g_uri_get_scheme (uri), NULL, g_uri_get_host (uri),
                           g_uri_get_port (uri), path, NULL, NULL);
  self->address = g_uri_to_string (self->uri);
  self->user = g_strdup (g_uri_get_user (uri));
  return self;
}

/**
 * stall_remote_new_sibling:
 * @self: a database
 * @name: of another one on the same server, escaped
 *
 * Returns: (transfer full): that database, for the same user
 */
StallRemote *
stall_remote_new_sibling (StallRemote *self, const char *name)
{
  StallRemote *sibling;
  g_autofree char *folder = NULL;
  g_autofree char *path = NULL;

  g_return_val_if_fail (STALL_IS_REMOTE (self), NULL);

  folder = g_path_get_dirname (g_uri_get_path (self->uri));
  path = g_build_path ("/", folder, name, NULL);
  sibling = g_object_new (STALL_TYPE_REMOTE, NULL);
  sibling->uri
      = g_uri_build (G_URI_FLAGS_ENCODED, g_uri_get_scheme (self->uri), NULL,
                     g_uri_get_host (self->uri), g_uri_get_port (self->uri), path, NULL, NULL);
  sibling->address = g_uri_to_string (sibling->uri);
  g_set_str (&sibling->user, self->user);
  g_set_str (&sibling->password, self->password);
  g_set_str (&sibling->token, self->token);
  return sibling;
}

/**
 * stall_remote_get_address:
 * @self: a database
 *
 * Returns: its address without user and password
 */
const char *
stall_remote_get_address (StallRemote *self)
{
  g_return_val_if_fail (STALL_IS_REMOTE (self), NULL);

  return self->address;
}

/**
 * stall_remote_get_user:
 * @self: a database
 *
 * Returns: (nullable): who signs in
 */
const char *
stall_remote_get_user (StallRemote *self)
{
  g_return_val_if_fail (STALL_IS_REMOTE (self), NULL);

  return self->user;
}

/**
 * stall_remote_set_password:
 * @self: a database
 * @user: who signs in
 * @password: and how; kept in memory only
 *
 * Signs in with a cookie session, or with every request where there are no sessions.
 */
void
stall_remote_set_password (StallRemote *self, const char *user, const char *password)
{
  g_return_if_fail (STALL_IS_REMOTE (self));

  g_set_str (&self->user, user);
  g_set_str (&self->password, password);
  self->has_session = FALSE;
}

/**
 * stall_remote_set_token:
 * @self: a database
 * @token: (nullable): a bearer token; kept in memory only
 */
void
stall_remote_set_token (StallRemote *self, const char *token)
{
  g_return_if_fail (STALL_IS_REMOTE (self));

  g_set_str (&self->token, token);
}

guint64
stall_remote_get_n_received (StallRemote *self)
{
  g_return_val_if_fail (STALL_IS_REMOTE (self), 0);

  return self->n_received;
}

guint64
stall_remote_get_n_sent (StallRemote *self)
{
  g_return_val_if_fail (STALL_IS_REMOTE (self), 0);

  return self->n_sent;
}

/* --- one request --- */

typedef struct
{
  StallRemote *remote;
  char *method;
  char *path;
  char *body_type;
  GBytes *body;
  gboolean any_type;
  guint timeout;
  StallRemoteSink sink;
  gpointer sink_data;
  GCancellable *cancellable;
} Call;

static void
call_free (gpointer data)
{
  Call *call = data;

  g_object_unref (call->remote);
  g_free (call->method);
  g_free (call->path);
  g_free (call->body_type);
  g_clear_pointer (&call->body, g_bytes_unref);
  g_clear_object (&call->cancellable);
  g_free (call);
}

static Call *
call_new (StallRemote *remote, const StallRemoteRequest *request)
{
  Call *call = g_new0 (Call, 1);

  call->remote = g_object_ref (remote);
  call->method = g_strdup (request->method != NULL ? request->method : SOUP_METHOD_GET);
  call->path = g_strdup (request->path);
  call->body_type = g_strdup (request->body_type != NULL ? request->body_type : "application/json");
  call->body = request->body != NULL ? g_bytes_ref (request->body) : NULL;
  call->any_type = request->any_type;
  call->timeout = request->timeout != 0 ? request->timeout : STALL_SYNC_TIMEOUT;
  call->sink = request->sink;
  call->sink_data = request->sink_data;
  call->cancellable
      = request->cancellable != NULL ? g_object_ref (request->cancellable) : g_cancellable_new ();
  return call;
}

static void
authorize (StallRemote *self, SoupMessage *message)
{
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);
  g_autofree char *pair = NULL;
  g_autofree char *encoded = NULL;
  g_autofree char *value = NULL;

  if (self->token != NULL)
    value = g_strconcat ("Bearer ", self->token, NULL);
  else if (self->password != NULL && self->no_session)
    {
      pair = g_strconcat (self->user, ":", self->password, NULL);
      encoded = g_base64_encode ((const guchar *) pair, strlen (pair));
      value = g_strconcat ("Basic ", encoded, NULL);
    }
  if (value != NULL)
    soup_message_headers_replace (headers, "Authorization", value);
}

static SoupMessage *
new_message (StallRemote *self, const char *method, const char *address, GError **error)
{
  SoupMessage *message = soup_message_new (method, address);
  SoupMessageHeaders *headers;

  if (message == NULL)
    {
      g_set_error_literal (error, STALL_SYNC_ERROR, STALL_SYNC_ERROR_REFUSED,
                           _ ("The platform’s address cannot be asked."));
      return NULL;
    }
  headers = soup_message_get_request_headers (message);
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  soup_message_headers_replace (headers, "Accept", "application/json");
  soup_message_headers_replace (headers, "Accept-Encoding", "identity");
  return message;
}

static void
sent_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  DexPromise *promise = data;
  GError *error = NULL;
  GInputStream *stream = soup_session_send_finish (SOUP_SESSION (object), result, &error);

  if (stream != NULL)
    dex_promise_resolve_object (promise, stream);
  else
    dex_promise_reject (promise, error);
  dex_unref (promise);
}

static DexFuture *
send_message (StallRemote *self, SoupMessage *message, GCancellable *cancellable)
{
  DexPromise *promise = dex_promise_new ();

  soup_session_send_async (self->session, message, G_PRIORITY_DEFAULT, cancellable, sent_cb,
                           dex_ref (promise));
  return DEX_FUTURE (promise);
}

/* What the network said, in words a person can act on. */
static GError *
describe_failure (GError *failed)
{
  g_autoptr (GError) error = failed;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      || error->domain == STALL_SYNC_ERROR)
    return g_steal_pointer (&error);
  if (error->domain == G_TLS_ERROR)
    return g_error_new (STALL_SYNC_ERROR, STALL_SYNC_ERROR_CERTIFICATE,
                        _ ("The platform cannot prove who it is: %s. Check the address and the "
                           "clock of this computer; a Wi-Fi may stand in between."),
                        error->message);
  return g_error_new (STALL_SYNC_ERROR, STALL_SYNC_ERROR_RETRY,
                      _ ("The platform cannot be reached: %s"), error->message);
}

/* The server's own words, if it has any. */
static char *
read_reason (GBytes *body)
{
  gsize size;
  const char *text = g_bytes_get_data (body, &size);
  g_autoptr (JsonObject) object = text != NULL ? stall_json_parse_object (text, size, NULL) : NULL;
  const char *reason = stall_json_get_string (object, "reason", NULL);

  return g_strdup (reason != NULL ? reason : stall_json_get_string (object, "error", ""));
}

static guint
read_retry_after (SoupMessage *message)
{
  const char *value
      = soup_message_headers_get_one (soup_message_get_response_headers (message), "Retry-After");
  guint64 seconds = value != NULL ? g_ascii_strtoull (value, NULL, 10) : 0;

  return MIN (seconds, 24 * 60 * 60);
}

static GError *
error_of_status (SoupMessage *message, GBytes *body)
{
  guint status = soup_message_get_status (message);
  g_autofree char *reason = read_reason (body);
  g_autofree char *words = NULL;

  switch (status)
    {
    case 401:
      return g_error_new (STALL_SYNC_ERROR, STALL_SYNC_ERROR_SIGN_IN,
                          _ ("The platform asks you to sign in. %s"), reason);
    case 403:
      return g_error_new (STALL_SYNC_ERROR, STALL_SYNC_ERROR_FORBIDDEN,
                          _ ("The platform does not let you do this. %s"), reason);
    case 404:
      return g_error_new_literal (STALL_SYNC_ERROR, STALL_SYNC_ERROR_GONE,
                                  _ ("The platform has no such stall."));
    case 409:
      return g_error_new_literal (STALL_SYNC_ERROR, STALL_SYNC_ERROR_CONFLICT,
                                  _ ("Somebody else wrote first."));
    case 412:
      return g_error_new_literal (STALL_SYNC_ERROR, STALL_SYNC_ERROR_LACKS, reason);
    case 413:
      return g_error_new_literal (STALL_SYNC_ERROR, STALL_SYNC_ERROR_TOO_LARGE,
                                  _ ("This is more than the platform takes."));
    case 408:
    case 429:
      break;
    default:
      if (status < 500 || status == 501)
        return g_error_new (STALL_SYNC_ERROR, STALL_SYNC_ERROR_REFUSED,
                            _ ("The platform refused this (%u). %s"), status, reason);
    }
  words = g_strdup_printf (_ ("The platform is busy or down (%u). %s"), status, reason);
  return stall_sync_error_new_retry (read_retry_after (message), words);
}

/* Whether the answer is what was asked for: a page of HTML with a good status is what a Wi-Fi sends
 * that wants its terms agreed to. */
static GError *
check_type (SoupMessage *message, gboolean any_type)
{
  const char *type
      = soup_message_headers_get_content_type (soup_message_get_response_headers (message), NULL);

  if (any_type || type == NULL || g_ascii_strcasecmp (type, "text/html") != 0)
    return NULL;
  return g_error_new_literal (
      STALL_SYNC_ERROR, STALL_SYNC_ERROR_LOGIN_PAGE,
      _ ("A web page answers instead of the platform. Open a browser: the Wi-Fi may want you to "
         "agree to its terms."));
}

/* The next piece, or an error once nobody waits for it or nothing came for too long. */
static DexFuture *
read_chunk (Call *call, GInputStream *stream)
{
  return dex_future_first (
      dex_input_stream_read_bytes (stream, STALL_SYNC_CHUNK, G_PRIORITY_DEFAULT),
      dex_cancellable_new_from_cancellable (call->cancellable),
      dex_timeout_new_seconds (call->timeout), NULL);
}

/* Reads an answer to its end: into the sink, or whole. */
static GBytes *
read_answer (Call *call, GInputStream *stream, gboolean good, GError **error)
{
  g_autoptr (GByteArray) whole = g_byte_array_new ();
  guint64 total = 0;
  gboolean sinks = good && call->sink != NULL;

  for (;;)
    {
      g_autoptr (GBytes) chunk = dex_await_boxed (read_chunk (call, stream), error);
      gsize size;
      const char *bytes = chunk != NULL ? g_bytes_get_data (chunk, &size) : NULL;

      if (chunk == NULL || g_cancellable_set_error_if_cancelled (call->cancellable, error))
        return NULL;
      if (bytes == NULL || size == 0)
        return g_byte_array_free_to_bytes (g_steal_pointer (&whole));
      total += size;
      call->remote->n_received += size;
      if (total > (sinks ? STALL_SYNC_MAX_STREAM : STALL_SYNC_MAX_REPLY))
        {
          g_set_error_literal (error, STALL_SYNC_ERROR, STALL_SYNC_ERROR_MALFORMED,
                               _ ("The platform’s answer is larger than any document may be."));
          return NULL;
        }
      if (!sinks)
        g_byte_array_append (whole, (const guint8 *) bytes, size);
      else if (!call->sink (bytes, size, call->sink_data, error))
        return NULL;
    }
}

/* Where a redirect leads, if that is the same host. */
static char *
follow (SoupMessage *message, GError **error)
{
  const char *location
      = soup_message_headers_get_one (soup_message_get_response_headers (message), "Location");
  g_autoptr (GUri) next = location != NULL
                              ? g_uri_parse_relative (soup_message_get_uri (message), location,
                                                      SOUP_HTTP_URI_FLAGS, NULL)
                              : NULL;

  if (next != NULL
      && g_strcmp0 (g_uri_get_host (next), g_uri_get_host (soup_message_get_uri (message))) == 0
      && g_uri_get_port (next) == g_uri_get_port (soup_message_get_uri (message))
      && strcmp (g_uri_get_scheme (next), g_uri_get_scheme (soup_message_get_uri (message))) == 0)
    return g_uri_to_string (next);
  g_set_error_literal (error, STALL_SYNC_ERROR, STALL_SYNC_ERROR_REDIRECTED,
                       _ ("The platform sends Stall on to another address, which may be a Wi-Fi "
                          "that wants you to sign in. Nothing was sent there."));
  return NULL;
}

/* libsoup sends a PUT again by itself when a connection it kept turns out to be closed, and would
 * send it without the body that was read already. */
static void
restarted_cb (SoupMessage *message, Call *call)
{
  soup_message_set_request_body_from_bytes (message, call->body_type, call->body);
}

/* One exchange; @status 0: none came. */
static GBytes *
exchange (Call *call, char **address, guint *status, GError **error)
{
  StallRemote *self = call->remote;
  g_autoptr (SoupMessage) message = new_message (self, call->method, *address, error);
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (GError) failed = NULL;
  gboolean good;

  *status = 0;
  if (message == NULL)
    return NULL;
  authorize (self, message);
  if (call->body != NULL)
    {
      soup_message_set_request_body_from_bytes (message, call->body_type, call->body);
      g_signal_connect (message, "restarted", G_CALLBACK (restarted_cb), call);
      self->n_sent += g_bytes_get_size (call->body);
    }
  stream = dex_await_object (send_message (self, message, call->cancellable), &failed);
  if (stream != NULL)
    {
      *status = soup_message_get_status (message);
      good = SOUP_STATUS_IS_SUCCESSFUL (*status);
      if (SOUP_STATUS_IS_REDIRECTION (*status))
        {
          g_autofree char *next = follow (message, error);

          if (next == NULL)
            return NULL;
          g_set_str (address, next);
          return g_bytes_new (NULL, 0);
        }
      if (good)
        failed = check_type (message, call->any_type);
      if (failed == NULL)
        answer = read_answer (call, stream, good, &failed);
      if (failed == NULL && !good)
        failed = error_of_status (message, answer);
    }
  g_signal_handlers_disconnect_by_data (message, call);
  if (failed == NULL)
    return g_steal_pointer (&answer);
  g_propagate_error (error, describe_failure (g_steal_pointer (&failed)));
  return NULL;
}

/* Signs in with a cookie; where there are no sessions, every request will carry the password. */
static gboolean
sign_in (StallRemote *self, GCancellable *cancellable, GError **error)
{
  g_autofree char *user = g_uri_escape_string (self->user, NULL, FALSE);
  g_autofree char *password = g_uri_escape_string (self->password, NULL, FALSE);
  g_autofree char *form = g_strconcat ("name=", user, "&password=", password, NULL);
  g_autoptr (GUri) uri = g_uri_build (G_URI_FLAGS_ENCODED, g_uri_get_scheme (self->uri), NULL,
                                      g_uri_get_host (self->uri), g_uri_get_port (self->uri),
                                      "/_session", NULL, NULL);
  g_autofree char *address = g_uri_to_string (uri);
  g_autoptr (GBytes) body = g_bytes_new (form, strlen (form));
  StallRemoteRequest request = { .method = SOUP_METHOD_POST,
                                 .path = "",
                                 .body = body,
                                 .body_type = "application/x-www-form-urlencoded",
                                 .cancellable = cancellable };
  Call *call = call_new (self, &request);
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (GError) failed = NULL;
  guint status;

  answer = exchange (call, &address, &status, &failed);
  call_free (call);
  self->has_session = answer != NULL;
  if (answer == NULL && (status == 404 || status == 405))
    {
      self->no_session = TRUE;
      return TRUE;
    }
  if (answer != NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

static DexFuture *
send_fiber (gpointer data)
{
  Call *call = data;
  StallRemote *self = call->remote;
  g_autofree char *address
      = g_strconcat (self->address, *call->path != '\0' ? "/" : "", call->path, NULL);
  gboolean signed_in_anew = FALSE;
  guint n_redirects = 0;

  for (;;)
    {
      g_autoptr (GBytes) answer = NULL;
      GError *error = NULL;
      guint status;

      if (self->password != NULL && !self->has_session && !self->no_session && self->token == NULL
          && !sign_in (self, call->cancellable, &error))
        return dex_future_new_for_error (error);
      answer = exchange (call, &address, &status, &error);
      if (answer != NULL && SOUP_STATUS_IS_REDIRECTION (status)
          && ++n_redirects <= STALL_SYNC_MAX_REDIRECTS)
        continue;
      if (answer != NULL)
        return dex_future_new_take_boxed (G_TYPE_BYTES, g_steal_pointer (&answer));
      /* The session ran out: once more, then it is the person's turn. */
      if (status != 401 || !self->has_session || signed_in_anew)
        return dex_future_new_for_error (error);
      g_clear_error (&error);
      signed_in_anew = TRUE;
      self->has_session = FALSE;
    }
}

/**
 * stall_remote_send:
 * @self: a database
 * @request: what is asked
 *
 * Sends one request and reads its answer. It is safe to forget the future.
 *
 * Returns: (transfer full): a future of a #GBytes, or of a #StallSyncError
 */
DexFuture *
stall_remote_send (StallRemote *self, const StallRemoteRequest *request)
{
  dex_return_error_if_fail (STALL_IS_REMOTE (self));
  dex_return_error_if_fail (request != NULL && request->path != NULL);

  return stall_async (send_fiber, call_new (self, request), call_free);
}

static DexFuture *
send_for_object_fiber (gpointer data)
{
  Call *call = data;
  StallRemoteRequest request = { .method = call->method,
                                 .path = call->path,
                                 .body = call->body,
                                 .body_type = call->body_type,
                                 .cancellable = call->cancellable };
  g_autoptr (GBytes) answer = NULL;
  g_autofree char *text = NULL;
  JsonObject *object;
  GError *error = NULL;
  gsize size;
  const char *bytes;

  answer = dex_await_boxed (stall_remote_send (call->remote, &request), &error);
  if (answer == NULL)
    return dex_future_new_for_error (error);
  bytes = g_bytes_get_data (answer, &size);
  text = g_strndup (bytes != NULL ? bytes : "", size);
  g_strstrip (text);
  if (*text == '[')
    {
      g_autofree char *array = g_steal_pointer (&text);

      text = g_strconcat ("{\"results\":", array, "}", NULL);
    }
  object = stall_json_parse_object (text, -1, NULL);
  if (object != NULL)
    return dex_future_new_take_boxed (JSON_TYPE_OBJECT, object);
  if (*text != '{' && *text != '\0')
    return dex_future_new_for_error (
        g_error_new_literal (STALL_SYNC_ERROR, STALL_SYNC_ERROR_NOT_COUCHDB,
                             _ ("Something else than a platform answers at this address.")));
  return dex_future_new_for_error (g_error_new_literal (
      STALL_SYNC_ERROR, STALL_SYNC_ERROR_MALFORMED,
      _ ("The platform’s answer is not what it should be. It will be asked again.")));
}

/**
 * stall_remote_send_for_object:
 * @self: a database
 * @request: what is asked; without a sink
 *
 * Sends one request whose answer is JSON. An array is given as the `results` of an object.
 *
 * Returns: (transfer full): a future of a boxed #JsonObject, or of a #StallSyncError
 */
DexFuture *
stall_remote_send_for_object (StallRemote *self, const StallRemoteRequest *request)
{
  dex_return_error_if_fail (STALL_IS_REMOTE (self));
  dex_return_error_if_fail (request != NULL && request->path != NULL && request->sink == NULL);

  return stall_async (send_for_object_fiber, call_new (self, request), call_free);
}
