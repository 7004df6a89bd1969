/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-context.h"
#include "stall-decision.h"
#include "stall-movement.h"
#include "stall-note.h"
#include "stall-poll.h"
#include "stall-query.h"

G_BEGIN_DECLS

/* Light rows straight from projections. A row is a placeholder (`loaded` FALSE, all values empty)
 * until its page has been read; then, and after every change of its thing, it emits `changed`.
 * The same thing is the same object as long as somebody holds it. */

#define STALL_TYPE_ROW (stall_row_get_type ())
G_DECLARE_DERIVABLE_TYPE (StallRow, stall_row, STALL, ROW, GObject)

/* For the kinds of row only: values are read on a reading thread and belong to the row. */
struct _StallRowClass
{
  GObjectClass parent_class;

  gsize values_size;
  void (*read) (gpointer values, gpointer statement, int column);
  void (*clear) (gpointer values);
};

gboolean stall_row_get_loaded (StallRow *self);
gint64 stall_row_get_number (StallRow *self); /* the row's key in its table */

#define STALL_TYPE_PRODUCT_ROW (stall_product_row_get_type ())
G_DECLARE_FINAL_TYPE (StallProductRow, stall_product_row, STALL, PRODUCT_ROW, StallRow)
const char *stall_product_row_get_id (StallProductRow *self);
const char *stall_product_row_get_title (StallProductRow *self);
const char *stall_product_row_get_skus (StallProductRow *self); /* the only SKU, or "" */
int stall_product_row_get_n_variants (StallProductRow *self);
StallStage stall_product_row_get_stage (StallProductRow *self);
gboolean stall_product_row_get_one_off (StallProductRow *self);
gboolean stall_product_row_get_off_sale (StallProductRow *self);
const char *stall_product_row_get_cover (StallProductRow *self); /* digest, or NULL */
gint64 stall_product_row_get_price_min (StallProductRow *self);
gint64 stall_product_row_get_price_max (StallProductRow *self);
const char *stall_product_row_get_currency (StallProductRow *self);
int stall_product_row_get_on_hand (StallProductRow *self);
int stall_product_row_get_reserved (StallProductRow *self);
int stall_product_row_get_available (StallProductRow *self);
int stall_product_row_get_n_low (StallProductRow *self); /* variants at or below their threshold */
int stall_product_row_get_sold (
    StallProductRow *self); /* pieces, ever, less returns and cancellations */
int stall_product_row_get_sold_28 (StallProductRow *self); /* pieces in the last 28 days */
StallTime stall_product_row_get_stage_at (
    StallProductRow *self); /* when it came to its stage; STALL_TIME_NONE: not known */
const char *stall_product_row_get_stage_reason (StallProductRow *self); /* why, or "" */
double stall_product_row_get_days_left (
    StallProductRow *self); /* on hand ÷ (sold_28 ÷ 28); G_MAXDOUBLE: nothing sells */

#define STALL_TYPE_VARIANT_ROW (stall_variant_row_get_type ())
G_DECLARE_FINAL_TYPE (StallVariantRow, stall_variant_row, STALL, VARIANT_ROW, StallRow)
const char *stall_variant_row_get_id (StallVariantRow *self);
const char *stall_variant_row_get_product_id (StallVariantRow *self);
const char *stall_variant_row_get_product_title (StallVariantRow *self);
const char *stall_variant_row_get_title (StallVariantRow *self); /* “Lilac / M”, or "" */
const char *stall_variant_row_get_sku (StallVariantRow *self);
const char *stall_variant_row_get_barcode (StallVariantRow *self);
const char *stall_variant_row_get_cover (StallVariantRow *self);
gint64 stall_variant_row_get_price (StallVariantRow *self);
gint64 stall_variant_row_get_cost (StallVariantRow *self);
const char *stall_variant_row_get_currency (StallVariantRow *self);
int stall_variant_row_get_on_hand (StallVariantRow *self);
int stall_variant_row_get_reserved (StallVariantRow *self);
int stall_variant_row_get_available (StallVariantRow *self);
int stall_variant_row_get_low_at (StallVariantRow *self);
int stall_variant_row_get_sold (StallVariantRow *self);
int stall_variant_row_get_sold_28 (StallVariantRow *self);
double stall_variant_row_get_days_left (StallVariantRow *self);
gboolean stall_variant_row_get_is_kit (StallVariantRow *self);

#define STALL_TYPE_ORDER_ROW (stall_order_row_get_type ())
G_DECLARE_FINAL_TYPE (StallOrderRow, stall_order_row, STALL, ORDER_ROW, StallRow)
const char *stall_order_row_get_id (StallOrderRow *self);
const char *stall_order_row_get_order_number (StallOrderRow *self);
const char *stall_order_row_get_customer (StallOrderRow *self);
StallStatus stall_order_row_get_status (StallOrderRow *self);
StallSource stall_order_row_get_source (StallOrderRow *self);
StallTime stall_order_row_get_placed_at (StallOrderRow *self);
StallTime stall_order_row_get_ship_by (StallOrderRow *self);
gint64 stall_order_row_get_total (StallOrderRow *self);
gint64 stall_order_row_get_paid (StallOrderRow *self); /* less refunds */
/* What was taken, less refunds, in the period of payments that the list was asked for; FALSE: for
 * none. */
gboolean stall_order_row_get_taken (StallOrderRow *self, gint64 *taken);
const char *stall_order_row_get_currency (StallOrderRow *self);
int stall_order_row_get_pieces (StallOrderRow *self);
const char *stall_order_row_get_summary (StallOrderRow *self); /* “Lilac suit, 2 more” */
StallFlag stall_order_row_get_flag (StallOrderRow *self);
const char *stall_order_row_get_remark (StallOrderRow *self);
gboolean stall_order_row_get_personalised (StallOrderRow *self);
gboolean stall_order_row_get_waits (StallOrderRow *self); /* a piece of it, for stock */

#define STALL_TYPE_LEDGER_ROW (stall_ledger_row_get_type ())
G_DECLARE_FINAL_TYPE (StallLedgerRow, stall_ledger_row, STALL, LEDGER_ROW, StallRow)
StallTime stall_ledger_row_get_at (StallLedgerRow *self);
gboolean stall_ledger_row_is_count (StallLedgerRow *self);
int stall_ledger_row_get_quantity (StallLedgerRow *self); /* signed, or the count */
int stall_ledger_row_get_balance (StallLedgerRow *self);  /* on hand at its place after it */
const char *stall_ledger_row_get_place (StallLedgerRow *self);
gboolean
stall_ledger_row_is_sale (StallLedgerRow *self); /* comes from an order's event; no reason */
StallReason stall_ledger_row_get_reason (StallLedgerRow *self);
const char *
stall_ledger_row_get_ref (StallLedgerRow *self); /* id of the order or thing behind it, or NULL */
const char *stall_ledger_row_get_remark (StallLedgerRow *self);

#define STALL_TYPE_ACTIVITY_ROW (stall_activity_row_get_type ())
G_DECLARE_FINAL_TYPE (StallActivityRow, stall_activity_row, STALL, ACTIVITY_ROW, StallRow)
const char *stall_activity_row_get_label (StallActivityRow *self);
StallTime stall_activity_row_get_at (StallActivityRow *self);
gboolean stall_activity_row_get_undone (StallActivityRow *self);
/* The one thing with a page of its own that it was about, or NULL. */
const char *stall_activity_row_get_topic (StallActivityRow *self);

#define STALL_TYPE_POLL_ROW (stall_poll_row_get_type ())
G_DECLARE_FINAL_TYPE (StallPollRow, stall_poll_row, STALL, POLL_ROW, StallRow)
const char *stall_poll_row_get_id (StallPollRow *self);
const char *stall_poll_row_get_question (StallPollRow *self);
StallTime stall_poll_row_get_opens_at (StallPollRow *self); /* STALL_TIME_NONE: not said */
StallTime stall_poll_row_get_closes_at (StallPollRow *self);
int stall_poll_row_get_threshold_votes (StallPollRow *self);
int stall_poll_row_get_threshold_deposits (StallPollRow *self);
gboolean stall_poll_row_get_hidden (StallPollRow *self);
int stall_poll_row_get_n_options (StallPollRow *self);
/* Digests of what its options look like, each once, at most STALL_POLL_ROW_MAX_COVERS. */
#define STALL_POLL_ROW_MAX_COVERS 4
const char *const *stall_poll_row_get_covers (StallPollRow *self);
gint64 stall_poll_row_get_votes (StallPollRow *self);
gint64 stall_poll_row_get_deposits (StallPollRow *self);
const char *
stall_poll_row_get_leader (StallPollRow *self); /* its label; "" without votes or tied */
StallPollState stall_poll_row_get_state (StallPollRow *self, StallTime now);
gboolean stall_poll_row_get_outcome (StallPollRow *self, StallDecisionOutcome *outcome);
const char *stall_poll_row_get_decided_option (StallPollRow *self); /* its label, or "" */
int stall_poll_row_get_quantity (StallPollRow *self);               /* decided, pieces */
gint64 stall_poll_row_get_sold (StallPollRow *self); /* pieces of it since the decision */
#define STALL_TYPE_NOTE_ROW (stall_note_row_get_type ())
G_DECLARE_FINAL_TYPE (StallNoteRow, stall_note_row, STALL, NOTE_ROW, StallRow)
const char *stall_note_row_get_id (StallNoteRow *self);
const char *stall_note_row_get_title (StallNoteRow *self);
const char *stall_note_row_get_excerpt (StallNoteRow *self); /* how it begins, no markup */
StallNoteState stall_note_row_get_state (StallNoteRow *self);
StallNoteTemplate stall_note_row_get_template (StallNoteRow *self);
StallTime stall_note_row_get_publish_at (StallNoteRow *self); /* STALL_TIME_NONE: no time */
gboolean stall_note_row_is_ready (StallNoteRow *self, StallTime now);
StallTime stall_note_row_get_made_at (StallNoteRow *self);
const char *stall_note_row_get_cover (StallNoteRow *self);              /* digest, or NULL */
gboolean stall_note_row_get_crop (StallNoteRow *self, StallCrop *crop); /* FALSE: the middle */
int stall_note_row_get_n_words (StallNoteRow *self);
int stall_note_row_get_n_pictures (StallNoteRow *self);
int stall_note_row_get_n_links (StallNoteRow *self);
int stall_note_row_get_n_gone (StallNoteRow *self);     /* of its links */
int stall_note_row_get_n_sold_out (StallNoteRow *self); /* of its links */
gint64 stall_note_row_get_views (StallNoteRow *self);   /* of all days */
gint64 stall_note_row_get_likes (StallNoteRow *self);
gint64 stall_note_row_get_saves (StallNoteRow *self);

#define STALL_TYPE_CONTEXT_ROW (stall_context_row_get_type ())
G_DECLARE_FINAL_TYPE (StallContextRow, stall_context_row, STALL, CONTEXT_ROW, StallRow)
const char *stall_context_row_get_id (StallContextRow *self);
const char *stall_context_row_get_product_id (StallContextRow *self);
StallContextType stall_context_row_get_context_type (StallContextRow *self);
const char *stall_context_row_get_text (StallContextRow *self);
const char *stall_context_row_get_link (StallContextRow *self);
const char *stall_context_row_get_by (StallContextRow *self);
StallTime stall_context_row_get_at (StallContextRow *self);
const char *stall_context_row_get_picture (StallContextRow *self); /* digest, or NULL */

G_END_DECLS
