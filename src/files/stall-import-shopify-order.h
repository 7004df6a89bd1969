/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-import-private.h"
#include "stall-order.h"

G_BEGIN_DECLS

/* What Shopify's order file says of an order beyond its lines, on the first of its rows. */

typedef enum
{
  STALL_SHOPIFY_FINANCIAL,
  STALL_SHOPIFY_FULFILMENT,
  STALL_SHOPIFY_PAID_AT,
  STALL_SHOPIFY_FULFILLED_AT,
  STALL_SHOPIFY_CANCELLED_AT,
  STALL_SHOPIFY_CURRENCY,
  STALL_SHOPIFY_TAXES,
  STALL_SHOPIFY_TOTAL,
  STALL_SHOPIFY_DISCOUNT_CODE,
  STALL_SHOPIFY_SHIPPING_METHOD,
  STALL_SHOPIFY_PAYMENT,
  STALL_SHOPIFY_REFUNDED,
  STALL_SHOPIFY_TAGS,
  STALL_SHOPIFY_ADDRESS1,
  STALL_SHOPIFY_ADDRESS2,
  STALL_SHOPIFY_CITY,
  STALL_SHOPIFY_ZIP,
  STALL_SHOPIFY_PROVINCE,
  STALL_SHOPIFY_COUNTRY,
  STALL_SHOPIFY_PHONE,
  STALL_SHOPIFY_LINE_STATUS,
} StallShopifyField;
#define STALL_N_SHOPIFY_FIELDS 21

typedef struct
{
  guint columns[STALL_N_SHOPIFY_FIELDS];
  gboolean currency_told; /* the file has several, and that was said */
  GTimeZone *zone;        /* the job's */
} StallShopifyColumns;

typedef struct _StallShopifyOrder StallShopifyOrder;

void stall_shopify_columns_init (StallShopifyColumns *self, StallImportJob *job);
const char *stall_shopify_columns_get (StallShopifyColumns *self,
                                       StallCsvReader *reader,
                                       StallShopifyField field);
StallShopifyOrder *stall_shopify_order_new (StallShopifyColumns *columns,
                                            StallImportJob *job,
                                            StallCsvReader *reader,
                                            guint digits);
void stall_shopify_order_free (StallShopifyOrder *self);
void stall_shopify_order_note_line (StallShopifyOrder *self, const char *line_status, int quantity);
const char *stall_shopify_order_get_address (StallShopifyOrder *self);
const char *stall_shopify_order_get_phone (StallShopifyOrder *self);
const char *stall_shopify_order_get_tags (StallShopifyOrder *self);
gboolean stall_shopify_order_is_open (StallShopifyOrder *self);
void stall_shopify_order_settle (StallShopifyOrder *self,
                                 StallImportJob *job,
                                 StallOrder *order,
                                 guint line);
GPtrArray *stall_shopify_order_make_events (StallShopifyOrder *self, StallOrder *order);

G_END_DECLS
