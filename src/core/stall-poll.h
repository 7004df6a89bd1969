/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-document.h"

G_BEGIN_DECLS

/* poll:<id>: an audience vote over candidate variants. It keeps the JSON it came from. Once open it
 * is frozen, except for an earlier close: stall_poll_check() is asked before every save. */

#define STALL_POLL_MIN_OPTIONS 2
#define STALL_POLL_MAX_OPTIONS 10

/* Nothing stores the state; it follows from time, counts and decisions. A draft may have its
 * opening set already. */
typedef enum
{
  STALL_POLL_DRAFT,
  STALL_POLL_OPEN,
  STALL_POLL_CLOSED, /* waits for its decision */
  STALL_POLL_DECIDED,
} StallPollState;
#define STALL_N_POLL_STATES 4
const char *stall_poll_state_to_string (StallPollState state);
const char *stall_poll_state_get_label (StallPollState state);

/* One candidate. */
typedef struct
{
  char *id;        /* what ballots name; made once */
  char *label;     /* “Lilac” */
  char *variant;   /* id of the variant it stands for, or NULL */
  char *picture;   /* name of an attachment of the poll, or NULL */
  char *digest;    /* "md5-…" of that attachment, or NULL; not written */
  gint64 cost;     /* a piece, minor units, or STALL_PRICE_NONE */
  gint64 price;    /* target price, minor units, or STALL_PRICE_NONE */
  char *currency;  /* of both, or NULL */
  int minimum_run; /* pieces that the workshop makes at least; 0: any */
} StallPollOption;

StallPollOption *stall_poll_option_new (const char *label);
StallPollOption *stall_poll_option_copy (const StallPollOption *self);
void stall_poll_option_free (StallPollOption *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StallPollOption, stall_poll_option_free)

#define STALL_TYPE_POLL (stall_poll_get_type ())
G_DECLARE_FINAL_TYPE (StallPoll, stall_poll, STALL, POLL, GObject)

StallPoll *stall_poll_new (void);
StallPoll *stall_poll_new_from_document (StallDocument *document, GError **error);
StallDocument *stall_poll_to_document (StallPoll *self, const char *device);
gboolean stall_poll_check (StallPoll *self, StallPoll *before, StallTime now, GError **error);

const char *stall_poll_get_id (StallPoll *self); /* "poll:…" */
void stall_poll_set_id (StallPoll *self, const char *id);
const char *stall_poll_get_question (StallPoll *self);
void stall_poll_set_question (StallPoll *self, const char *question);
guint stall_poll_get_n_options (StallPoll *self);
const StallPollOption *stall_poll_get_option (StallPoll *self, guint index);
const StallPollOption *stall_poll_find_option (StallPoll *self, const char *option_id);
GPtrArray *stall_poll_dup_options (StallPoll *self);
void stall_poll_set_options (StallPoll *self, GPtrArray *options);
void stall_poll_set_attachment (StallPoll *self,
                                const char *name,
                                const char *content_type,
                                gint64 length,
                                const char *digest);
StallTime stall_poll_get_opens_at (StallPoll *self); /* STALL_TIME_NONE: not said yet */
void stall_poll_set_opens_at (StallPoll *self, StallTime opens_at);
StallTime stall_poll_get_closes_at (StallPoll *self); /* STALL_TIME_NONE: by threshold alone */
void stall_poll_set_closes_at (StallPoll *self, StallTime closes_at);
int
stall_poll_get_threshold_votes (StallPoll *self); /* closes at this many; 0: no such threshold */
void stall_poll_set_threshold_votes (StallPoll *self, int votes);
int stall_poll_get_threshold_deposits (StallPoll *self);
void stall_poll_set_threshold_deposits (StallPoll *self, int deposits);
gboolean
stall_poll_get_hidden (StallPoll *self); /* the audience sees no results before the close */
void stall_poll_set_hidden (StallPoll *self, gboolean hidden);

gboolean stall_poll_is_frozen (StallPoll *self, StallTime now);
StallPollState stall_poll_get_state (StallPoll *self,
                                     StallTime now,
                                     gint64 votes,
                                     gint64 deposits,
                                     gboolean decided);
/* The same rule for who has the numbers only. */
StallPollState stall_poll_state_at (StallTime now,
                                    StallTime opens_at,
                                    StallTime closes_at,
                                    gboolean threshold_reached,
                                    gboolean decided);

G_END_DECLS
