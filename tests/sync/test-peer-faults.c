/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "test-peer-private.h"

/* How the peer misbehaves when a test asks for it. */

void
test_peer_fault_free (gpointer data)
{
  TestPeerFault *fault = data;

  g_free (fault->what);
  g_free (fault->text);
  g_free (fault->more);
  g_free (fault);
}

TestPeerFault *
test_peer_find_fault (TestPeer *self, const char *request)
{
  for (guint i = 0; i < self->faults->len; i++)
    {
      TestPeerFault *fault = g_ptr_array_index (self->faults, i);

      if (fault->times > 0 && g_str_has_prefix (request, fault->what))
        {
          fault->times--;
          return fault;
        }
    }
  return NULL;
}

static void
cut (SoupServerMessage *message)
{
  g_autoptr (GIOStream) stream = soup_server_message_steal_connection (message);

  g_io_stream_close (stream, NULL, NULL);
}

static void
truncate_answer (SoupServerMessage *message)
{
  SoupMessageBody *body = soup_server_message_get_response_body (message);
  g_autoptr (GBytes) bytes = soup_message_body_flatten (body);
  gsize size = g_bytes_get_size (bytes) / 2;

  soup_message_body_truncate (body);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY,
                                    g_bytes_get_data (bytes, NULL), size);
}

/* --- more than anybody can take --- */

#define FLOOD (G_GUINT64_CONSTANT (3) << 30)

typedef struct
{
  GBytes *wave;
  guint64 left;
} Flood;

static void
flood_free (gpointer data)
{
  Flood *flood = data;

  g_bytes_unref (flood->wave);
  g_free (flood);
}

static void
wave_cb (SoupServerMessage *message, Flood *flood)
{
  SoupMessageBody *body = soup_server_message_get_response_body (message);

  if (flood->left < g_bytes_get_size (flood->wave))
    soup_message_body_complete (body);
  else
    soup_message_body_append_bytes (body, flood->wave);
  flood->left -= MIN (flood->left, g_bytes_get_size (flood->wave));
}

static void
flood (SoupServerMessage *message, const TestPeerFault *fault)
{
  SoupMessageBody *body = soup_server_message_get_response_body (message);
  GString *wave = g_string_new (NULL);
  Flood *flood = g_new0 (Flood, 1);

  while (wave->len < 256 * 1024)
    g_string_append (wave, fault->more);
  flood->wave = g_string_free_to_bytes (wave);
  flood->left = FLOOD;
  soup_server_message_set_status (message, 200, NULL);
  soup_message_headers_set_encoding (soup_server_message_get_response_headers (message),
                                     SOUP_ENCODING_CHUNKED);
  soup_message_headers_append (soup_server_message_get_response_headers (message), "Content-Type",
                               "application/json");
  soup_message_body_set_accumulate (body, FALSE);
  soup_message_body_append (body, SOUP_MEMORY_COPY, fault->text, strlen (fault->text));
  g_object_set_data_full (G_OBJECT (message), "flood", flood, flood_free);
  g_signal_connect (message, "wrote-chunk", G_CALLBACK (wave_cb), flood);
}

void
test_peer_misbehave (TestPeer *self,
                     SoupServerMessage *message,
                     const char *path,
                     const TestPeerFault *fault)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  switch (fault->fault)
    {
    case FAULT_STATUS:
      soup_message_headers_append (headers, "Retry-After", "7");
      test_peer_respond (message, fault->status, "{\"error\":\"because\",\"reason\":\"so\"}");
      break;
    case FAULT_RESET:
      cut (message);
      break;
    case FAULT_LOST:
      test_peer_answer_request (self, message, path);
      cut (message);
      break;
    case FAULT_TRUNCATED:
      test_peer_answer_request (self, message, path);
      truncate_answer (message);
      break;
    case FAULT_GARBAGE:
      test_peer_respond (message, 200, "}{");
      break;
    case FAULT_HTML:
      soup_server_message_set_status (message, 200, NULL);
      soup_server_message_set_response (message, "text/html", SOUP_MEMORY_STATIC, "<html>", 6);
      break;
    case FAULT_REDIRECT:
      soup_server_message_set_redirect (message, 302, "http://wifi.invalid/login");
      break;
    case FAULT_ANSWER:
      test_peer_respond (message, 200, "%s", fault->text);
      break;
    case FAULT_FLOOD:
      flood (message, fault);
      break;
    case FAULT_SILENCE:
    default:
      soup_server_message_pause (message);
      break;
    }
}

static TestPeerFault *
add_fault (TestPeer *self, const char *what, TestFault kind, guint times)
{
  TestPeerFault *fault = g_new0 (TestPeerFault, 1);

  fault->what = g_strdup (what);
  fault->fault = kind;
  fault->times = times;
  g_ptr_array_add (self->faults, fault);
  return fault;
}

void
test_peer_fail (TestPeer *self, const char *what, TestFault fault, guint status, guint times)
{
  add_fault (self, what, fault, times)->status = status;
}

void
test_peer_answer (TestPeer *self, const char *what, const char *text, guint times)
{
  add_fault (self, what, FAULT_ANSWER, times)->text = g_strdup (text);
}

void
test_peer_flood (TestPeer *self, const char *what, const char *text, const char *more)
{
  TestPeerFault *fault = add_fault (self, what, FAULT_FLOOD, 1);

  fault->text = g_strdup (text);
  fault->more = g_strdup (more);
}
