/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-hub"

#include "config.h"

#include "stall-vote-routes.h"

#include <string.h>

#include "stall-async.h"
#include "stall-rate-limit.h"
#include "stall-vote-form.h"
#include "stall-vote-page.h"
#include "stall-vote-pictures.h"
#include "stall-vote-token.h"

/* A page and its pictures at once, then a request a second; a vote costs more. */
#define BURST 120
#define PER_SECOND 2
#define COST_OF_VOTE 4
#define RETRY_SECONDS "5"
/* RFC 6585; libsoup has no name for it. */
#define TOO_MANY_REQUESTS 429
/* Figures are read anew at most this often while votes come in. */
#define FIGURES_AGE (250 * G_TIME_SPAN_MILLISECOND)
/* A browser sends one or two kilobytes. */
#define MAX_HEADERS 8192
/* RFC 6585 too. */
#define HEADER_FIELDS_TOO_LARGE 431
#define COOKIE_SECONDS "7776000"

#define CONTENT_POLICY                                                                        \
  "default-src 'none'; img-src 'self' data:; style-src 'self'; form-action 'self'; base-uri " \
  "'none'; frame-ancestors 'none'"

/* A vote that waits to be written, and who waits for it. */
typedef struct
{
  SoupServerMessage *message;
  StallVote *vote;
  guint language;
} Waiting;

struct _StallVoteRoutes
{
  GObject parent_instance;

  StallStore *store;
  char *poll_id;
  char *key;
  char *path;
  StallRateLimit *limit;
  StallVotePictures *pictures;
  StallPollFigures *figures;
  gint64 figures_at; /* monotonic, when their last reading began */
  gboolean stale;
  DexFuture *reading; /* the reading under way */
  GPtrArray *waiting;
  gboolean writing;
};

enum
{
  VOTED,
  FAILED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StallVoteRoutes, stall_vote_routes, G_TYPE_OBJECT)

static void
waiting_free (gpointer data)
{
  Waiting *waiting = data;

  g_object_unref (waiting->message);
  stall_vote_free (waiting->vote);
  g_free (waiting);
}

static void
answer (SoupServerMessage *message, guint status, const char *type, char *text)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  soup_message_headers_replace (headers, "Connection", "close");
  soup_message_headers_replace (headers, "Content-Security-Policy", CONTENT_POLICY);
  soup_message_headers_replace (headers, "Referrer-Policy", "same-origin");
  soup_message_headers_replace (headers, "X-Content-Type-Options", "nosniff");
  soup_message_headers_replace (headers, "Cross-Origin-Opener-Policy", "same-origin");
  if (soup_message_headers_get_one (headers, "Cache-Control") == NULL)
    soup_message_headers_replace (headers, "Cache-Control", "no-store");
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, type, SOUP_MEMORY_TAKE, text, strlen (text));
}

static guint
language_of (SoupServerMessage *message)
{
  return stall_vote_words_choose (soup_message_headers_get_list (
      soup_server_message_get_request_headers (message), "Accept-Language"));
}

static void
refuse (StallVoteRoutes *self, SoupServerMessage *message, guint status, StallWord word)
{
  /* Who asks for another path is not told this one. */
  answer (message, status, "text/html; charset=utf-8",
          stall_vote_page_write_problem (status == SOUP_STATUS_NOT_FOUND ? "" : self->path, word,
                                         language_of (message)));
}

static char *
device_of (StallVoteRoutes *self, SoupServerMessage *message)
{
  return stall_vote_token_read_cookie (
      self->key,
      soup_message_headers_get_list (soup_server_message_get_request_headers (message), "Cookie"));
}

static DexFuture *
read_figures_fiber (gpointer data)
{
  StallVoteRoutes *self = data;
  StallPollFigures *figures;
  GError *error = NULL;

  self->figures_at = g_get_monotonic_time ();
  self->stale = FALSE;
  figures = dex_await_boxed (
      stall_store_poll_figures (self->store, self->poll_id, stall_time_now ()), &error);
  dex_clear (&self->reading);
  if (figures == NULL)
    return dex_future_new_for_error (error);
  g_clear_pointer (&self->figures, stall_poll_figures_free);
  self->figures = figures;
  return dex_future_new_true ();
}

static gboolean
need_to_read (StallVoteRoutes *self)
{
  return self->figures == NULL || self->reading != NULL
         || (self->stale && g_get_monotonic_time () - self->figures_at >= FIGURES_AGE);
}

/* A reading under way may have begun before the vote of who asks; the one after it has not. */
static gboolean
await_figures (StallVoteRoutes *self, GError **error)
{
  for (guint i = 0; i < 2 && need_to_read (self); i++)
    {
      if (self->reading == NULL)
        self->reading = stall_async (read_figures_fiber, g_object_ref (self), g_object_unref);
      if (!dex_await (dex_ref (self->reading), error))
        return FALSE;
    }
  self->figures->state = stall_poll_get_state (
      self->figures->poll, stall_time_now (), stall_tally_get_votes (self->figures->tally),
      stall_tally_get_deposits (self->figures->tally), self->figures->decision != NULL);
  return TRUE;
}

/* --- pages --- */

typedef struct
{
  StallVoteRoutes *routes;
  SoupServerMessage *message;
  gboolean screen;
  guint picture;
} Visit;

static void
visit_free (gpointer data)
{
  Visit *visit = data;

  g_object_unref (visit->routes);
  g_object_unref (visit->message);
  g_free (visit);
}

static void
give_cookie (StallVoteRoutes *self, SoupServerMessage *message, const char *device)
{
  g_autofree char *cookie = stall_vote_token_make_cookie (self->key, device);
  /* Lax, because a phone that follows a link in a chat has to be known as well. The path is all
   * that keeps another page of this host from it, and there is none. */
  g_autofree char *header = g_strdup_printf (
      STALL_VOTE_COOKIE "=%s; Path=/%s/; Max-Age=" COOKIE_SECONDS "; HttpOnly; SameSite=Lax",
      cookie, self->path);

  soup_message_headers_append (soup_server_message_get_response_headers (message), "Set-Cookie",
                               header);
}

static char *
write_page (StallVoteRoutes *self, SoupServerMessage *message, GError **error)
{
  g_autofree char *device = device_of (self, message);
  g_autofree char *chosen = NULL;
  g_autofree char *token = NULL;

  if (device == NULL)
    device = stall_vote_token_new_device ();
  else
    {
      g_autofree char *voter = stall_vote_token_make_voter (self->key, self->poll_id, device);

      chosen = dex_await_string (stall_store_get_vote (self->store, self->poll_id, voter), error);
      if (*error != NULL)
        return NULL;
    }
  give_cookie (self, message, device);
  token = stall_vote_token_make_form (self->key, self->poll_id, device);
  return stall_vote_page_write (self->figures, self->path, chosen, token, language_of (message));
}

static DexFuture *
page_fiber (gpointer data)
{
  Visit *visit = data;
  StallVoteRoutes *self = visit->routes;
  g_autoptr (GError) error = NULL;
  char *html = NULL;

  if (await_figures (self, &error))
    html = visit->screen ? stall_vote_page_write_screen (self->figures, self->path,
                                                         language_of (visit->message))
                         : write_page (self, visit->message, &error);
  if (html != NULL)
    answer (visit->message, SOUP_STATUS_OK, "text/html; charset=utf-8", html);
  else
    refuse (self, visit->message, SOUP_STATUS_SERVICE_UNAVAILABLE, STALL_WORD_NOT_KEPT);
  soup_server_message_unpause (visit->message);
  return dex_future_new_true ();
}

static Visit *
visit_new (StallVoteRoutes *self, SoupServerMessage *message)
{
  Visit *visit = g_new0 (Visit, 1);

  visit->routes = g_object_ref (self);
  visit->message = g_object_ref (message);
  return visit;
}

static void
start_visit (Visit *visit, DexFiberFunc fiber)
{
  soup_server_message_pause (visit->message);
  stall_spawn (fiber, visit, visit_free);
}

static void
show_page (StallVoteRoutes *self, SoupServerMessage *message, gboolean screen)
{
  Visit *visit = visit_new (self, message);

  visit->screen = screen;
  start_visit (visit, page_fiber);
}

/* --- votes --- */

static StallWord
word_of (int said)
{
  return said == STALL_VOTE_NO_OPTION ? STALL_WORD_NO_FORM : STALL_WORD_CLOSED;
}

static void
answer_vote (StallVoteRoutes *self, Waiting *waiting, const GArray *answers, guint index)
{
  int said = answers != NULL ? g_array_index (answers, int, index) : 0;

  if (answers == NULL)
    refuse (self, waiting->message, SOUP_STATUS_SERVICE_UNAVAILABLE, STALL_WORD_NOT_KEPT);
  else if (said == STALL_VOTE_NOT_OPEN || said == STALL_VOTE_NO_OPTION)
    refuse (self, waiting->message,
            said == STALL_VOTE_NOT_OPEN ? SOUP_STATUS_CONFLICT : SOUP_STATUS_BAD_REQUEST,
            word_of (said));
  else
    {
      g_autofree char *back = g_strdup_printf ("/%s/", self->path);

      answer (waiting->message, SOUP_STATUS_SEE_OTHER, "text/plain", g_strdup (""));
      soup_message_headers_replace (soup_server_message_get_response_headers (waiting->message),
                                    "Location", back);
    }
  soup_server_message_unpause (waiting->message);
}

static DexFuture *
write_fiber (gpointer data)
{
  StallVoteRoutes *self = data;

  while (self->waiting->len > 0)
    {
      g_autoptr (GPtrArray) batch = g_steal_pointer (&self->waiting);
      g_autoptr (GPtrArray) votes = g_ptr_array_new ();
      g_autoptr (GArray) answers = NULL;
      g_autoptr (GError) error = NULL;

      self->waiting = g_ptr_array_new_with_free_func (waiting_free);
      for (guint i = 0; i < batch->len; i++)
        g_ptr_array_add (votes, ((Waiting *) g_ptr_array_index (batch, i))->vote);
      answers = dex_await_boxed (stall_store_cast_votes (self->store, votes), &error);
      /* Who has voted sees the own vote counted. */
      self->stale = TRUE;
      self->figures_at = G_MININT64 / 2;
      for (guint i = 0; i < batch->len; i++)
        answer_vote (self, g_ptr_array_index (batch, i), answers, i);
      if (answers != NULL)
        g_signal_emit (self, signals[VOTED], 0, batch->len);
      else
        g_signal_emit (self, signals[FAILED], 0, error);
    }
  self->writing = FALSE;
  return dex_future_new_true ();
}

/* A form of another site does not know the token, and a browser says where a form comes from. */
static gboolean
is_own_form (StallVoteRoutes *self,
             SoupServerMessage *message,
             const char *device,
             const char *token)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *origin = soup_message_headers_get_one (headers, "Origin");
  const char *host = soup_message_headers_get_one (headers, "Host");
  g_autofree char *own = g_strconcat ("http://", host != NULL ? host : "", NULL);
  g_autofree char *expected = stall_vote_token_make_form (self->key, self->poll_id, device);

  return (origin == NULL || g_ascii_strcasecmp (origin, own) == 0)
         && stall_vote_token_equal (token, expected);
}

static void
vote (StallVoteRoutes *self, SoupServerMessage *message)
{
  g_autoptr (GBytes) body
      = soup_message_body_flatten (soup_server_message_get_request_body (message));
  g_autofree char *device = device_of (self, message);
  g_autofree char *option = NULL;
  g_autofree char *token = NULL;
  g_autofree char *voter = NULL;
  Waiting *waiting;

  if (!stall_vote_form_parse (g_bytes_get_data (body, NULL), g_bytes_get_size (body), &option,
                              &token))
    {
      refuse (self, message, SOUP_STATUS_BAD_REQUEST, STALL_WORD_NO_FORM);
      return;
    }
  if (device == NULL || !is_own_form (self, message, device, token))
    {
      refuse (self, message, SOUP_STATUS_FORBIDDEN, STALL_WORD_NO_COOKIE);
      return;
    }
  voter = stall_vote_token_make_voter (self->key, self->poll_id, device);
  waiting = g_new0 (Waiting, 1);
  waiting->message = g_object_ref (message);
  waiting->vote = stall_vote_new (self->poll_id, voter, option, stall_time_now ());
  g_ptr_array_add (self->waiting, waiting);
  soup_server_message_pause (message);
  if (!self->writing)
    {
      self->writing = TRUE;
      stall_spawn (write_fiber, g_object_ref (self), g_object_unref);
    }
}

/* --- pictures --- */

static void
send_picture (SoupServerMessage *message, const char *digest, GBytes *bytes)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  g_autofree char *tag = g_strdup_printf ("\"%s\"", digest);
  const char *known = soup_message_headers_get_one (
      soup_server_message_get_request_headers (message), "If-None-Match");

  soup_message_headers_replace (headers, "ETag", tag);
  soup_message_headers_replace (headers, "Cache-Control", "private, max-age=3600");
  answer (message, SOUP_STATUS_NOT_MODIFIED, "image/jpeg", g_strdup (""));
  if (g_strcmp0 (known, tag) == 0)
    return;
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_message_body_append_bytes (soup_server_message_get_response_body (message), bytes);
}

static DexFuture *
picture_fiber (gpointer data)
{
  Visit *visit = data;
  StallVoteRoutes *self = visit->routes;
  g_autofree char *digest = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (await_figures (self, NULL) && visit->picture < self->figures->n_options)
    digest = g_strdup (self->figures->options[visit->picture].cover);
  if (digest != NULL)
    bytes = dex_await_boxed (stall_vote_pictures_load (self->pictures, digest), NULL);
  if (bytes != NULL)
    send_picture (visit->message, digest, bytes);
  else
    refuse (self, visit->message, SOUP_STATUS_NOT_FOUND, STALL_WORD_NOT_FOUND);
  soup_server_message_unpause (visit->message);
  return dex_future_new_true ();
}

static void
show_picture (StallVoteRoutes *self, SoupServerMessage *message, const char *name)
{
  Visit *visit;
  guint64 index;

  if (!g_ascii_string_to_unsigned (name, 10, 0, STALL_POLL_MAX_OPTIONS - 1, &index, NULL))
    {
      refuse (self, message, SOUP_STATUS_NOT_FOUND, STALL_WORD_NOT_FOUND);
      return;
    }
  visit = visit_new (self, message);
  visit->picture = (guint) index;
  start_visit (visit, picture_fiber);
}

/* --- requests --- */

static gboolean
is_within_limit (StallVoteRoutes *self, SoupServerMessage *message, gboolean posts)
{
  GSocketAddress *remote = soup_server_message_get_remote_address (message);

  return !G_IS_INET_SOCKET_ADDRESS (remote)
         || stall_rate_limit_take (
             self->limit, g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (remote)),
             posts ? COST_OF_VOTE : 1, g_get_monotonic_time () / 1000);
}

static void
add_length_cb (const char *name, const char *value, gpointer data)
{
  *(gsize *) data += strlen (name) + strlen (value);
}

/* Nothing more is read from who sent this. */
static void
hang_up (StallVoteRoutes *self, SoupServerMessage *message, guint status, StallWord word)
{
  soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
  refuse (self, message, status, word);
}

/* Before the body comes: what is too large is not read. */
static void
early_cb (SoupServer *server,
          SoupServerMessage *message,
          const char *path,
          GHashTable *query,
          gpointer data)
{
  StallVoteRoutes *self = data;
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  gsize length = strlen (path);

  soup_message_headers_foreach (headers, add_length_cb, &length);
  if (length > MAX_HEADERS)
    hang_up (self, message, HEADER_FIELDS_TOO_LARGE, STALL_WORD_NOT_FOUND);
  else if (soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CHUNKED
           || soup_message_headers_get_content_length (headers) > STALL_VOTE_FORM_MAX)
    hang_up (self, message, SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE, STALL_WORD_NO_FORM);
}

static void
request_cb (SoupServer *server,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer data)
{
  StallVoteRoutes *self = data;
  const char *method = soup_server_message_get_method (message);
  gboolean posts = g_str_equal (method, "POST");
  gsize length = strlen (self->path);
  const char *rest
      = path[0] == '/' && strncmp (path + 1, self->path, length) == 0 ? path + 1 + length : NULL;

  if (!is_within_limit (self, message, posts))
    {
      soup_message_headers_replace (soup_server_message_get_response_headers (message),
                                    "Retry-After", RETRY_SECONDS);
      refuse (self, message, TOO_MANY_REQUESTS, STALL_WORD_TOO_FAST);
    }
  else if (rest == NULL || *rest != '/')
    refuse (self, message, SOUP_STATUS_NOT_FOUND, STALL_WORD_NOT_FOUND);
  else if (posts && g_str_equal (rest, "/vote"))
    vote (self, message);
  else if (!g_str_equal (method, "GET") && !g_str_equal (method, "HEAD"))
    refuse (self, message, SOUP_STATUS_METHOD_NOT_ALLOWED, STALL_WORD_NOT_FOUND);
  else if (g_str_equal (rest, "/") || g_str_equal (rest, "/screen"))
    show_page (self, message, rest[1] != '\0');
  else if (g_str_equal (rest, "/style.css"))
    {
      soup_message_headers_replace (soup_server_message_get_response_headers (message),
                                    "Cache-Control", "private, max-age=3600");
      answer (message, SOUP_STATUS_OK, "text/css; charset=utf-8",
              g_strdup (stall_vote_page_get_style ()));
    }
  else if (g_str_has_prefix (rest, "/picture/"))
    show_picture (self, message, rest + strlen ("/picture/"));
  else
    refuse (self, message, SOUP_STATUS_NOT_FOUND, STALL_WORD_NOT_FOUND);
}

static void
changed_cb (StallVoteRoutes *self, guint kinds)
{
  self->stale = TRUE;
}

static void
stall_vote_routes_finalize (GObject *object)
{
  StallVoteRoutes *self = STALL_VOTE_ROUTES (object);

  g_object_unref (self->store);
  g_free (self->poll_id);
  g_free (self->key);
  g_free (self->path);
  stall_rate_limit_free (self->limit);
  g_object_unref (self->pictures);
  g_clear_pointer (&self->figures, stall_poll_figures_free);
  g_ptr_array_unref (self->waiting);

  G_OBJECT_CLASS (stall_vote_routes_parent_class)->finalize (object);
}

static void
stall_vote_routes_class_init (StallVoteRoutesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = stall_vote_routes_finalize;

  signals[VOTED] = g_signal_new ("voted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
stall_vote_routes_init (StallVoteRoutes *self)
{
  self->limit = stall_rate_limit_new (PER_SECOND, BURST);
  self->waiting = g_ptr_array_new_with_free_func (waiting_free);
}

/**
 * stall_vote_routes_new:
 * @store: a store
 * @poll_id: the poll that is voted on
 * @key: the stall's key
 * @server: who is asked
 *
 * Returns: (transfer full): the answers to what @server is asked, as long as they live
 */
StallVoteRoutes *
stall_vote_routes_new (StallStore *store, const char *poll_id, const char *key, SoupServer *server)
{
  StallVoteRoutes *self = g_object_new (STALL_TYPE_VOTE_ROUTES, NULL);

  self->store = g_object_ref (store);
  self->pictures = stall_vote_pictures_new (store);
  self->poll_id = g_strdup (poll_id);
  self->key = g_strdup (key);
  self->path = stall_vote_token_make_path (key, poll_id);
  soup_server_add_early_handler (server, "/", early_cb, g_object_ref (self), g_object_unref);
  soup_server_add_handler (server, "/", request_cb, g_object_ref (self), g_object_unref);
  g_signal_connect_object (store, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

const char *
stall_vote_routes_get_path (StallVoteRoutes *self)
{
  g_return_val_if_fail (STALL_IS_VOTE_ROUTES (self), NULL);

  return self->path;
}

const char *
stall_vote_routes_get_question (StallVoteRoutes *self)
{
  g_return_val_if_fail (STALL_IS_VOTE_ROUTES (self), NULL);

  return self->figures != NULL ? stall_poll_get_question (self->figures->poll) : NULL;
}

static DexFuture *
load_fiber (gpointer data)
{
  GError *error = NULL;

  if (!await_figures (data, &error))
    return dex_future_new_for_error (error);
  return dex_future_new_true ();
}

/**
 * stall_vote_routes_load:
 * @self: routes
 *
 * Reads the poll, so that pictures can be shown.
 *
 * Returns: (transfer full): a future that fails with %STALL_ERROR_NOT_FOUND without such a poll
 */
DexFuture *
stall_vote_routes_load (StallVoteRoutes *self)
{
  dex_return_error_if_fail (STALL_IS_VOTE_ROUTES (self));

  return stall_async (load_fiber, g_object_ref (self), g_object_unref);
}
