/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

#include "stall-json.h"
#include "stall-wire.h"

#include "test-peer.h"

typedef struct
{
  GPtrArray *leaves; /* of StallPeerRevision, deleted ones too */
  GHashTable *files; /* digest → GBytes */
  guint sequence;
} TestDocument;

typedef struct
{
  char *what;
  TestFault fault;
  guint status;
  guint times;
  char *text;
  char *more;
} TestPeerFault;

struct _TestPeer
{
  SoupServer *server;
  GHashTable *documents; /* id → Document */
  GHashTable *locals;    /* path → JsonObject */
  GHashTable *forbidden;
  GHashTable *hidden;
  GPtrArray *faults;
  GPtrArray *log;     /* of char *: "METHOD path" */
  GPtrArray *waiting; /* of SoupServerMessage: long polls */
  guint sequence;
  gsize limit;
  char *password;
  guint session; /* counts up when all expire */
  gboolean hides_as_pouchdb;
  gboolean no_bulk_get;
  gboolean no_enclosed;
  gboolean odd_sequences;
  gboolean drops_changes;
  gboolean lags;
};

/* in test-peer.c */
void test_peer_respond (SoupServerMessage *message, guint status, const char *format, ...)
    G_GNUC_PRINTF (3, 4);
void test_peer_answer_request (TestPeer *self, SoupServerMessage *message, const char *path);
void test_peer_answer_waiting (TestPeer *self);

/* in test-peer-documents.c */
void test_document_free (gpointer data);
gboolean test_document_knows (TestDocument *document, const char *revision);

/* in test-peer-faults.c */
void test_peer_fault_free (gpointer data);
TestPeerFault *test_peer_find_fault (TestPeer *self, const char *request);
void test_peer_misbehave (TestPeer *self,
                          SoupServerMessage *message,
                          const char *path,
                          const TestPeerFault *fault);
