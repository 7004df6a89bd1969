/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-order-event.h"

G_BEGIN_DECLS

/* Stored as number in the projection; append only. */
typedef enum
{
  STALL_STATUS_UNPAID,
  STALL_STATUS_TO_PACK,
  STALL_STATUS_PACKED,
  STALL_STATUS_PART_SHIPPED,
  STALL_STATUS_SHIPPED,
  STALL_STATUS_DELIVERED,
  STALL_STATUS_CANCELLED,
  STALL_STATUS_REFUNDED,
} StallStatus;
#define STALL_N_STATUSES 8

const char *stall_status_to_string (StallStatus status); /* unpaid, to-pack, … */
gboolean stall_status_from_string (const char *text, StallStatus *status);
const char *stall_status_get_label (StallStatus status);
gboolean stall_status_is_open (StallStatus status); /* something still has to leave the stall */

/* Pieces of one line. None is ever below 0. */
typedef struct
{
  int ordered; /* 0 on a line that gives goods back */
  int packed;  /* shipped pieces among them */
  int shipped; /* net of nothing: what left the stall */
  int delivered;
  int cancelled;
  int returned;
  int open;       /* ordered − shipped − cancelled: what is reserved */
  int returnable; /* what can still come back */
  int waiting;    /* open, and not packed: the owner let these pieces wait for stock */
} StallLineState;

/* One stock effect of the fold: goods that left (quantity < 0) or came back (> 0). */
typedef struct
{
  guint line;
  int quantity;
  StallTime at;
  const char *place;      /* owned by the event */
  StallOrderEvent *event; /* owned by the state */
} StallStockEffect;

/* One money effect: taken (> 0) or given back (< 0). */
typedef struct
{
  gint64 amount;
  StallTime at;
  StallOrderEvent *event;
} StallMoneyEffect;

typedef struct
{
  StallStatus status;
  gint64 total;         /* of the order, minor units */
  gboolean credit_note; /* the order only gives back: no line asks for goods */
  gint64 paid;          /* minor units taken */
  gint64 refunded;      /* minor units given back, ≥ 0 */
  GArray *lines;        /* StallLineState, one a line of the order */
  GArray *stock;        /* StallStockEffect, in time order */
  GArray *money;        /* StallMoneyEffect, in time order */
  GPtrArray *events;    /* StallOrderEvent, all of them in time order */
  GPtrArray *ignored; /* StallOrderEvent that its table of steps did not allow; owned by @events */
} StallOrderState;

/* What becomes of one order when a step is taken with many at once; the reasons to leave one out in
 * the order in which a person is told. */
typedef enum
{
  STALL_BULK_DONE,
  STALL_BULK_UNPAID,
  STALL_BULK_CANCELLED,
  STALL_BULK_WAITING,
  STALL_BULK_NOTHING, /* there is nothing left to do */
} StallBulkAnswer;
#define STALL_N_BULK_ANSWERS 5

/* The fold of an order's events, whatever order they arrive in: (at, id) decides. */
StallOrderState *stall_order_state_new (StallOrder *order, GPtrArray *events);
void stall_order_state_free (StallOrderState *self);
gboolean stall_order_state_allows (const StallOrderState *self, StallStep step);
StallBulkAnswer stall_order_state_ask_in_bulk (const StallOrderState *self, StallStep step);
gboolean stall_order_state_get_next (const StallOrderState *self, StallStep *step);
int stall_order_state_get_movable (const StallOrderState *self, StallStep step, guint line);
int stall_order_state_get_ready (const StallOrderState *self, StallStep step, guint line);
int stall_order_state_get_waiting (const StallOrderState *self); /* pieces of all lines */
void stall_order_state_name_ready (const StallOrderState *self, StallOrderEvent *event);
gint64 stall_order_state_get_due (const StallOrderState *self);
gint64 stall_order_state_get_refundable (const StallOrderState *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StallOrderState, stall_order_state_free)

G_END_DECLS
