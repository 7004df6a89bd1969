/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-document.h"

G_BEGIN_DECLS

/* context:<id>: why a product matters to somebody, dated. */

/* Stored as text: owner, buyer, customer, trend. */
typedef enum
{
  STALL_CONTEXT_OWNER,
  STALL_CONTEXT_BUYER,
  STALL_CONTEXT_CUSTOMER,
  STALL_CONTEXT_TREND,
} StallContextType;
#define STALL_N_CONTEXT_TYPES 4

const char *stall_context_type_to_string (StallContextType type);
gboolean stall_context_type_from_string (const char *text, StallContextType *type);
const char *stall_context_type_get_label (StallContextType type);
const char *stall_context_type_get_next_step (StallContextType type);

#define STALL_TYPE_CONTEXT (stall_context_get_type ())
G_DECLARE_FINAL_TYPE (StallContext, stall_context, STALL, CONTEXT, GObject)

StallContext *stall_context_new (const char *product_id, StallContextType type);
StallContext *stall_context_new_from_document (StallDocument *document, GError **error);
StallDocument *stall_context_to_document (StallContext *self, const char *device);
const char *stall_context_get_id (StallContext *self); /* "context:…" */
void stall_context_set_id (StallContext *self, const char *id);
const char *stall_context_get_product (StallContext *self);
StallContextType stall_context_get_context_type (StallContext *self);
void stall_context_set_context_type (StallContext *self, StallContextType type);
const char *stall_context_get_text (StallContext *self);
void stall_context_set_text (StallContext *self, const char *text);
const char *stall_context_get_link (StallContext *self); /* an address, "note:…", or "" */
void stall_context_set_link (StallContext *self, const char *link);
const char *stall_context_get_by (StallContext *self); /* who says it, or "" */
void stall_context_set_by (StallContext *self, const char *by);
StallTime stall_context_get_at (StallContext *self);
void stall_context_set_at (StallContext *self, StallTime at);
const char *stall_context_get_picture (StallContext *self); /* digest, or NULL */
void stall_context_set_picture (StallContext *self,
                                const char *name,
                                const char *content_type,
                                gint64 length,
                                const char *digest);

G_END_DECLS
