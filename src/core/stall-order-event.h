/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-order.h"

G_BEGIN_DECLS

/* What happened to an order. Stored as text in the event's `step`: paid, packed, shipped,
 * delivered, completed, cancelled, returned, refunded, waiting, resumed. `completed` is paid and
 * handed over in one step: a sale over the counter, or an order that was finished before it came
 * here. `waiting` is the owner's answer to more being promised than there is: these pieces go to
 * somebody else first; `resumed` takes that back. */
typedef enum
{
  STALL_STEP_PAID,
  STALL_STEP_PACKED,
  STALL_STEP_SHIPPED,
  STALL_STEP_DELIVERED,
  STALL_STEP_COMPLETED,
  STALL_STEP_CANCELLED,
  STALL_STEP_RETURNED,
  STALL_STEP_REFUNDED,
  STALL_STEP_WAITING,
  STALL_STEP_RESUMED,
} StallStep;
#define STALL_N_STEPS 10

const char *stall_step_to_string (StallStep step);
gboolean stall_step_from_string (const char *text, StallStep *step);
const char *stall_step_get_label (StallStep step);

#define STALL_TYPE_ORDER_EVENT (stall_order_event_get_type ())
G_DECLARE_FINAL_TYPE (StallOrderEvent, stall_order_event, STALL, ORDER_EVENT, GObject)

typedef struct
{
  guint line; /* index into the order's lines */
  int quantity;
} StallEventLine;

StallOrderEvent *stall_order_event_new (const char *order_id, StallStep step, StallTime at);
StallOrderEvent *
stall_order_event_new_with_id (const char *id, const char *order_id, StallStep step, StallTime at);
void stall_order_event_add_line (StallOrderEvent *self,
                                 guint line,
                                 int quantity); /* none: all that is open */
void stall_order_event_set_money (StallOrderEvent *self, gint64 amount, const char *currency);
void stall_order_event_set_payment (
    StallOrderEvent *self,
    const char *payment); /* cash, wechat, alipay, card, platform, other */
void
stall_order_event_set_tracking (StallOrderEvent *self, const char *carrier, const char *number);
void stall_order_event_set_place (StallOrderEvent *self,
                                  const char *place); /* where the goods leave or come back to */
void stall_order_event_set_restock (StallOrderEvent *self,
                                    gboolean restock); /* returned goods are fit to sell */
void stall_order_event_set_remark (StallOrderEvent *self, const char *remark);
StallDocument *stall_order_event_to_document (StallOrderEvent *self, const char *device);
StallOrderEvent *stall_order_event_new_from_document (StallDocument *document, GError **error);

const char *stall_order_event_get_id (StallOrderEvent *self);
const char *stall_order_event_get_order_id (StallOrderEvent *self);
StallStep stall_order_event_get_step (StallOrderEvent *self);
StallTime stall_order_event_get_at (StallOrderEvent *self);
guint stall_order_event_get_n_lines (StallOrderEvent *self);
const StallEventLine *stall_order_event_get_line (StallOrderEvent *self, guint index);
gboolean stall_order_event_get_money (StallOrderEvent *self, gint64 *amount); /* FALSE: not said */
const char *stall_order_event_get_currency (StallOrderEvent *self);
const char *stall_order_event_get_payment (StallOrderEvent *self);
const char *stall_order_event_get_carrier (StallOrderEvent *self);
const char *stall_order_event_get_tracking (StallOrderEvent *self);
const char *stall_order_event_get_place (
    StallOrderEvent *self); /* never NULL: STALL_PLACE_WORKSHOP when not said */
gboolean stall_order_event_get_restock (StallOrderEvent *self);
const char *stall_order_event_get_remark (StallOrderEvent *self);

#define STALL_PLACE_WORKSHOP "workshop"

G_END_DECLS
