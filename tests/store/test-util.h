/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libdex.h>

#include "stall-movement.h"
#include "stall-order-event.h"
#include "stall-query-model.h"
#include "stall-store.h"

G_BEGIN_DECLS

/* Tests of the store run in a fiber with a stall of their own in a temporary folder. */
typedef struct
{
  char *folder;
  StallStore *store;
} Fixture;

typedef void (*FixtureFunc) (Fixture *fixture);

void test_add (const char *path, FixtureFunc func);

void test_open (Fixture *fixture, StallStoreFlags flags);
void test_close (Fixture *fixture);
StallReceipt *test_apply (Fixture *fixture, StallChangeSet *changes);
StallReceipt *test_put (Fixture *fixture, const char *label, StallDocument *document);
/* What a document says, byte for byte, or without when it was changed here; NULL: it is not there.
 */
void test_assert_body (StallStore *store, const char *id, const char *body);
void test_check_is_clean (Fixture *fixture);
void test_remove_folder (const char *folder);

/* A product with one variant, and that variant's id. */
StallProduct *test_make_product (const char *title, const char *sku, gint64 price);
const char *test_first_variant (StallProduct *product);
char *test_add_product (Fixture *fixture, const char *title, const char *sku, gint64 price);
void test_move (Fixture *fixture, const char *variant, int quantity, StallTime at);
void test_count (Fixture *fixture, const char *variant, int count, StallTime at);
StallOrder *
test_make_order (const char *number, const char *variant, int quantity, gint64 price, StallTime at);
void test_add_event (Fixture *fixture, StallOrder *order, StallStep step, StallTime at);
StallVariantRow *test_get_variant (Fixture *fixture, const char *variant);
GListModel *test_rows (Fixture *fixture, const StallQuery *query);

/* 2026-03-01 12:00 UTC: a day in no way special */
#define TEST_NOON G_GINT64_CONSTANT (1772366400000)

G_END_DECLS
