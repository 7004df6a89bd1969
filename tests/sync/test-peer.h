/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-peer-revision.h"
#include "stall-remote.h"

G_BEGIN_DECLS

/* A database in memory behind a real SoupServer, that speaks CouchDB's replication and misbehaves
 * on request. */
typedef struct _TestPeer TestPeer;

typedef enum
{
  FAULT_STATUS,    /* `status` instead of an answer */
  FAULT_RESET,     /* the connection is cut before anything is done */
  FAULT_LOST,      /* it is done, and the connection is cut instead of the answer */
  FAULT_TRUNCATED, /* half of the answer */
  FAULT_GARBAGE,
  FAULT_HTML,     /* a page with a good status */
  FAULT_REDIRECT, /* to another host */
  FAULT_SILENCE,  /* no answer at all */
  FAULT_ANSWER,   /* a text of the test’s */
  FAULT_FLOOD,    /* a beginning of the test’s, and then another over and over, for 3 GB */
} TestFault;

TestPeer *test_peer_new (void);
void test_peer_free (TestPeer *self);
char *test_peer_get_address (TestPeer *self);
StallRemote *test_peer_open (TestPeer *self);

/* The next @times requests whose "METHOD path" begin with @what go wrong. */
void test_peer_fail (TestPeer *self, const char *what, TestFault fault, guint status, guint times);
void test_peer_answer (TestPeer *self, const char *what, const char *text, guint times);
void test_peer_flood (TestPeer *self, const char *what, const char *text, const char *more);
void test_peer_forbid (TestPeer *self, const char *id); /* refuses what is written to it */
void test_peer_hide (TestPeer *self, const char *id, gboolean as_pouchdb); /* names, has not */
void test_peer_limit (TestPeer *self, gsize bytes);            /* 413 for larger requests */
void test_peer_require (TestPeer *self, const char *password); /* of the user "owner" */
void test_peer_expire (TestPeer *self);                        /* all sessions */
void test_peer_without_bulk_get (TestPeer *self);
void test_peer_without_enclosed (TestPeer *self);   /* its _bulk_get never brings attachments */
void test_peer_with_odd_sequences (TestPeer *self); /* ["x",n] */
void test_peer_drop_changes (TestPeer *self); /* takes only first revisions, and says nothing */
void test_peer_lag (TestPeer *self);          /* _revs_diff does not know yet what is stored */
void test_peer_forget (TestPeer *self);       /* all checkpoints */
void test_peer_clear (TestPeer *self);        /* as if deleted and made anew */
guint test_peer_count (TestPeer *self, const char *what); /* requests that began so */
guint test_peer_get_n_documents (TestPeer *self);

void test_peer_put (TestPeer *self,
                    const char *id,
                    const char *revision,
                    const char *ancestors,
                    const char *body);
/* What arrives for new_edits=false; NULL, or why it was not taken */
const char *test_peer_store (TestPeer *self, const char *text, gsize size, GPtrArray *parts);
/* "revision[-] …", the winner first, or "" */
char *test_peer_describe (TestPeer *self, const char *id);
char *test_peer_get_body (TestPeer *self, const char *id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestPeer, test_peer_free)

G_END_DECLS
