/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-database.h"
#include "stall-numbers.h"
#include "stall-query.h"
#include "stall-row.h"

G_BEGIN_DECLS

/* The key of an order in the search table: its second, then its number, so that keys sort by time
 * and the newest of many found orders are read first. */
#define STALL_ORDER_KEY_BITS "30"
gint64 stall_query_get_order_key (StallTime placed_at, gint64 number);

gboolean stall_query_is_searching (const StallQuery *self);
/* In stall-query-note.c: lists of notes and context, and what products ask of them. */
void stall_query_build_notes (const StallQuery *self, GString *sql, GPtrArray *parameters);
gboolean stall_query_equal_notes (const StallQuery *a, const StallQuery *b);
const char *stall_query_get_story_sql (StallStoryFilter story);
/* A linked product is gone when there is none or it was dropped; it is sold out when every variant
 * of it is. `l` is a row of note_link, `p` of product. */
#define STALL_LINK_PRODUCT                                                                  \
  "note_link l LEFT JOIN document d ON d.id = l.product LEFT JOIN product p ON p.number = " \
  "d.number"
#define STALL_LINK_IS_GONE "(p.number IS NULL OR p.stage = 6)"
#define STALL_LINK_IS_SOLD_OUT \
  "(p.stage IN (4, 5) AND p.n_variants > 0 AND p.n_out >= p.n_variants)"

/* Whether more of a variant is promised than there is, and the owner has not decided yet who waits.
 * A kit is short of its parts. */
#define STALL_IS_OVERSOLD "on_hand < reserved - waiting AND NOT kit AND product IS NOT NULL"
#define STALL_OVERSOLD_VARIANTS "variant INDEXED BY variant_oversold WHERE " STALL_IS_OVERSOLD

/* Whether an order came through the note ?1: platforms name it by its id or its title. */
#define STALL_ORDER_CAME_THROUGH                                                            \
  "source_ref IN (?1, (SELECT title FROM note WHERE number = (SELECT number FROM document " \
  "WHERE id = ?1)))"

sqlite3_stmt *
stall_query_prepare (const StallQuery *self, StallDatabase *database, guint limit, GError **error);
sqlite3_stmt *stall_query_prepare_sum (const StallQuery *self,
                                       StallDatabase *database,
                                       const char *currency,
                                       GError **error);
StallNumbers *stall_query_read_numbers (const StallQuery *self,
                                        StallDatabase *database,
                                        guint limit,
                                        GError **error);

/* in stall-product-search.c */
StallNumbers *stall_product_search_read (const StallQuery *query,
                                         StallDatabase *database,
                                         guint limit,
                                         GError **error);

GListModel *stall_query_read_rows (const StallQuery *self,
                                   StallDatabase *database,
                                   guint limit,
                                   GError **error);
/* Rows by their numbers, in no particular order; numbers without a row are left out. */
GPtrArray *stall_row_read_many (const StallQuery *query,
                                StallDatabase *database,
                                const gint64 *numbers,
                                guint n_numbers,
                                GError **error);
/* A ledger is read whole, because its balances run. */
GPtrArray *stall_ledger_read (StallDatabase *database, const char *variant_id, GError **error);

StallRow *stall_row_new (StallList list, gint64 number);
void stall_row_adopt (StallRow *self, StallRow *fresh);

/* What was taken in the period of payments that the query asks for. */
gboolean stall_order_row_read_taken (StallOrderRow *self,
                                     const StallQuery *query,
                                     StallDatabase *database,
                                     GError **error);

gpointer stall_row_get_values (StallRow *self);
gpointer stall_row_make_values (StallRow *self);

G_END_DECLS
