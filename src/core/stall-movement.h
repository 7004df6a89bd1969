/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-document.h"

G_BEGIN_DECLS

/* One stock ledger entry: a signed quantity, or a count that resets what is on hand at its time. */

#define STALL_TYPE_MOVEMENT (stall_movement_get_type ())
G_DECLARE_FINAL_TYPE (StallMovement, stall_movement, STALL, MOVEMENT, GObject)

/* What one document can move, count or order of a variant, and what a kit can take of a part: more
 * is a slip of the keyboard, and sums of it would not fit. */
#define STALL_PIECES_MAX 100000000
#define STALL_KIT_PIECES_MAX 1000000

/* Stored as text: made, bought, counted, damaged, lost, gift, sample, transfer, correction,
 * imported, other. */
typedef enum
{
  STALL_REASON_MADE,
  STALL_REASON_BOUGHT,
  STALL_REASON_COUNTED,
  STALL_REASON_DAMAGED,
  STALL_REASON_LOST,
  STALL_REASON_GIFT,
  STALL_REASON_SAMPLE,
  STALL_REASON_TRANSFER,
  STALL_REASON_CORRECTION,
  STALL_REASON_IMPORTED,
  STALL_REASON_OTHER,
} StallReason;
#define STALL_N_REASONS 11

const char *stall_reason_to_string (StallReason reason);
StallReason stall_reason_from_string (const char *text);
const char *stall_reason_get_label (StallReason reason);
int stall_reason_get_sign (StallReason reason); /* 1 adds, -1 takes away, 0 either */

StallMovement *stall_movement_new (const char *variant,
                                   const char *place,
                                   int quantity,
                                   StallReason reason,
                                   StallTime at);
StallMovement *
stall_movement_new_count (const char *variant, const char *place, int count, StallTime at);
void stall_movement_set_id (StallMovement *self, const char *id);
void stall_movement_set_ref (StallMovement *self, const char *ref);
void stall_movement_set_remark (StallMovement *self, const char *remark);
StallDocument *stall_movement_to_document (StallMovement *self, const char *device);
StallMovement *stall_movement_new_from_document (StallDocument *document, GError **error);

const char *stall_movement_get_id (StallMovement *self);
const char *stall_movement_get_variant (StallMovement *self);
const char *stall_movement_get_place (StallMovement *self);
gboolean stall_movement_is_count (StallMovement *self);
int stall_movement_get_quantity (StallMovement *self); /* the signed quantity, or the count */
StallReason stall_movement_get_reason (StallMovement *self);
StallTime stall_movement_get_at (StallMovement *self);
const char *stall_movement_get_ref (StallMovement *self);
const char *stall_movement_get_remark (StallMovement *self);

/* On hand = the last count + what moved after it, in time order. Feed entries in any order of
 * arrival but sorted by (at, counts before moves of the same instant, id). */
typedef struct
{
  gint64 on_hand;
} StallStockFold;

void stall_stock_fold_add (StallStockFold *self, gboolean is_count, int quantity);

G_END_DECLS
