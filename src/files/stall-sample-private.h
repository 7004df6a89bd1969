/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-change-set.h"
#include "stall-product.h"
#include "stall-store.h"

G_BEGIN_DECLS

/* What the sample stall's files refer to while it is being built. */
typedef struct
{
  const char *language; /* “en” or “zh_CN” */
  StallTime now;
  char *device;
  char *currency;
  GHashTable *variants; /* SKU → StallVariant */
} StallSampleContext;

const char *stall_sample_choose_language (void);
JsonNode *stall_sample_read (const StallSampleContext *context, const char *name, GError **error);
char *stall_sample_attach (StallStore *store, const char *name, gint64 *length, GError **error);

void stall_sample_put_orders (const StallSampleContext *context,
                              StallChangeSet *changes,
                              JsonObject *root);
void stall_sample_put_movements (const StallSampleContext *context,
                                 StallChangeSet *changes,
                                 JsonArray *movements);
void stall_sample_put_echo (const StallSampleContext *context,
                            StallChangeSet *changes,
                            const char *subject,
                            const char *title,
                            StallTime since);
gboolean stall_sample_put_note (const StallSampleContext *context,
                                StallStore *store,
                                GHashTable *products,
                                StallChangeSet *changes,
                                StallDocument *document,
                                JsonArray *pictures,
                                GError **error);

G_END_DECLS
