/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-desk.h"

G_BEGIN_DECLS

/* What leads from outside to a thing in the stall: a notification, a search result, a `stall:`
 * link.
 *
 *   order:…  product:…  poll:…  note:…    the page of that thing
 *   code/…                                the product with that barcode or SKU
 *   due                                   the orders that are to be shipped by tomorrow
 *   sync                                  the page of the sync
 */
#define STALL_LINK_SCHEME "stall"
#define STALL_LINK_DUE "due"

char *stall_link_new_for_code (const char *code);
char *stall_link_new_for_thing (const char *id);
char *stall_link_from_uri (const char *uri); /* NULL: it is none */
void stall_link_follow (StallDesk *desk, const char *link);

G_END_DECLS
