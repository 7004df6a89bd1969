/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Every size and time of replication, in one place. A value that was measured says so. */

/* --- connections --- */

/* Requests to one server at the same time: the feed, a batch, and attachments beside them. */
#define STALL_SYNC_CONNECTIONS 6
/* Without a byte for so long a connection is dead; seconds. A feed that waits gets a newline every
 * STALL_SYNC_HEARTBEAT, and proxies cut silent connections at 30 … 100 s. */
#define STALL_SYNC_TIMEOUT 60
#define STALL_SYNC_HEARTBEAT 10000 /* ms, as the wire has it */
#define STALL_SYNC_FEED_TIMEOUT 30
/* Read at once; a chunk is split in a tenth of a millisecond, so the window draws between two. */
#define STALL_SYNC_CHUNK (64 * 1024)
#define STALL_SYNC_MAX_REDIRECTS 3

/* --- what a server may send --- */

/* An answer that is held whole: a checkpoint, the verdicts on a batch, what a database says of
 * itself. */
#define STALL_SYNC_MAX_REPLY (16 * 1024 * 1024)
/* An answer that is split as it comes; only one document of it is held at a time. */
#define STALL_SYNC_MAX_STREAM (G_GUINT64_CONSTANT (2) * 1024 * 1024 * 1024)
/* One page of it, which is held until it is read: so many of the largest documents that CouchDB
 * takes as are asked for at the least. */
#define STALL_SYNC_MAX_PAGE (256 * 1024 * 1024)
/* One document or row, with what is said around it. */
#define STALL_SYNC_MAX_ELEMENT (STALL_JSON_MAX_BYTES + 256 * 1024)
#define STALL_SYNC_MAX_DEPTH (STALL_JSON_MAX_DEPTH + 8)
/* White space between two rows: a heartbeat every ten seconds for weeks. */
#define STALL_SYNC_MAX_BLANKS (1024 * 1024)

/* --- pulling --- */

/* Rows of the feed at a time. Fewer, larger pages with `seq_interval` halve what the feed costs a
 * cluster. */
#define STALL_SYNC_PAGE 1000
/* Revisions asked for at a time, and written in one transaction. */
#define STALL_SYNC_FETCH 1000
/* A revision that a node of a cluster does not have yet is asked for once more after so long. */
#define STALL_SYNC_MISSING_WAIT 2000 /* ms */
/* So many revisions of an answer may be asked for one by one. */
#define STALL_SYNC_MAX_SINGLE 100
/* The peer is told how far we are not oftener than this; what was pulled since is only looked at
 * again after a crash. */
#define STALL_SYNC_CHECKPOINT_EVERY (5 * G_USEC_PER_SEC)
#define STALL_SYNC_HISTORY 50 /* sessions that a checkpoint remembers */
/* Attachments fetched side by side. */
#define STALL_SYNC_FILES 4
/* Those of a document that together are no larger than STALL_SYNC_INLINE come inside it, so many
 * bytes in an answer and two answers side by side: one is read while the platform makes the other.
 * A request for each of 1,000 pictures of 50 KiB took four times as long. */
#define STALL_SYNC_ENCLOSED_BYTES (4 * 1024 * 1024)
#define STALL_SYNC_ENCLOSED 2

/* --- pushing --- */

#define STALL_SYNC_BATCH 1000                    /* documents */
#define STALL_SYNC_BATCH_BYTES (4 * 1024 * 1024) /* of content; CouchDB takes 8 MB a document */
/* Attachments of a document that together are no larger travel inside it. */
#define STALL_SYNC_INLINE (1024 * 1024)

/* What was sent and is not named as there is asked for once more after so long; on a cluster all of
 * it was there within 0.6 s. */
#define STALL_SYNC_SETTLING 700 /* ms */

/* --- when --- */

/* What a person does in one go is sent in one go. */
#define STALL_SYNC_COALESCE 700 /* ms */
/* After trouble that may pass: about 2, 4, 8 … s, half of it by chance, so that a platform that
 * comes back is not asked by everybody at once. */
#define STALL_SYNC_BACK_OFF 2000                /* ms */
#define STALL_SYNC_MAX_BACK_OFF (5 * 60 * 1000) /* ms */
/* A page of the Wi-Fi or a wrong certificate may be gone once somebody agreed to its terms. */
#define STALL_SYNC_LOGIN_BACK_OFF (30 * 1000) /* ms */
