/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-order-state.h"
#include "stall-product.h"
#include "stall-remark.h"

G_BEGIN_DECLS

/* What a list shows: filter, search and order, turned into SQL by the store. All fields may stay
 * zero; a list of one kind ignores the fields of the others. Strings are copied by
 * stall_query_copy(). */

typedef enum
{
  STALL_LIST_PRODUCTS, /* StallProductRow */
  STALL_LIST_VARIANTS, /* StallVariantRow */
  STALL_LIST_ORDERS,   /* StallOrderRow */
  STALL_LIST_LEDGER,   /* StallLedgerRow; needs `variant` */
  STALL_LIST_ACTIVITY, /* StallActivityRow */
  STALL_LIST_POLLS,    /* StallPollRow */
  STALL_LIST_NOTES,    /* StallNoteRow */
  STALL_LIST_CONTEXT,  /* StallContextRow; needs `product` */
} StallList;

typedef enum
{
  STALL_SORT_DEFAULT, /* products and variants by name, orders newest first, ledger newest first,
                       * polls by what they wait for: open, closed, drafts, decided */
  STALL_SORT_NAME,
  STALL_SORT_STOCK,
  STALL_SORT_DAYS_LEFT,
  STALL_SORT_PRICE,
  STALL_SORT_SOLD,
  STALL_SORT_RECENT,
  STALL_SORT_SHIP_BY,
  STALL_SORT_TOTAL,
  STALL_SORT_CUSTOMER,
  STALL_SORT_PUBLISH_AT, /* notes */
  STALL_SORT_VIEWS,      /* notes */
  STALL_SORT_STAGE_AT,   /* products, by when they came to their stage */
  STALL_SORT_MATCH,      /* products and variants by name, those that begin with the search first */
} StallSort;

typedef enum
{
  STALL_STOCK_ANY,
  STALL_STOCK_LOW, /* available at or below its threshold, but above 0 */
  STALL_STOCK_OUT, /* available 0 or below */
  STALL_STOCK_ONE_OFF,
  STALL_STOCK_RUNNING_OUT, /* days left below 14, or out */
  STALL_STOCK_OVERSOLD,    /* available below 0 */
} StallStockFilter;

typedef enum
{
  STALL_STORY_ANY,
  STALL_STORY_LACKING,    /* no words of the owner: no story, no owner's context, no note */
  STALL_STORY_WHITE_ONLY, /* the cover shows it before a white background only */
} StallStoryFilter;

typedef struct
{
  StallList list;
  char *search; /* as typed */
  StallSort sort;
  gboolean descending;

  /* products, variants */
  int stage; /* StallStage + 1; 0: any */
  char *tag;
  StallStockFilter stock;
  StallStoryFilter story;
  /* Only this product's variants, the orders that hold it, the notes that link it, its context. */
  char *product;

  /* orders */
  guint statuses;      /* bits 1 << StallStatus; 0: any */
  gboolean waiting;    /* only those of which a piece waits for stock */
  int source;          /* StallSource + 1; 0: any */
  int flag;            /* StallFlag; 0: any */
  char *customer;      /* handle */
  StallTime from;      /* placed at or after; 0: any */
  StallTime until;     /* placed before; 0: any */
  StallTime paid_from; /* took or gave back money at or after */
  StallTime paid_until;
  StallTime due_until; /* open and ship-by before */
  char *source_ref;    /* came through this note, “note:…”; NULL: any */

  /* polls */
  guint poll_states; /* bits 1 << StallPollState, as of the query's time; 0: any */

  /* notes, context */
  guint note_states;  /* bits 1 << StallNoteState; 0: any */
  StallTime ready_at; /* scheduled, and its time has come by then; 0: any */
  char *topic;
  gboolean problems; /* links a product that is gone or sold out */
  int context_type;  /* StallContextType + 1; 0: any */

  /* orders, ledger; polls that it (or a variant of `product`) was an option of */
  char *variant;
} StallQuery;

#define STALL_TYPE_QUERY (stall_query_get_type ())
GType stall_query_get_type (void);
StallQuery *stall_query_new (StallList list);
StallQuery *stall_query_copy (const StallQuery *self);
void stall_query_free (StallQuery *self);
gboolean stall_query_equal (const StallQuery *a, const StallQuery *b);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StallQuery, stall_query_free)

G_END_DECLS
