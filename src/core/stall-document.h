/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-json.h"
#include "stall-kind.h"
#include "stall-time.h"

G_BEGIN_DECLS

/* One version of one document, immutable. The body is JSON text without `_id` and `_rev`; it stays
 * byte for byte as it came. */

#define STALL_TYPE_DOCUMENT (stall_document_get_type ())
G_DECLARE_FINAL_TYPE (StallDocument, stall_document, STALL, DOCUMENT, GObject)

StallDocument *stall_document_new (const char *id, GBytes *body);
StallDocument *
stall_document_new_revision (const char *id, GBytes *body, const char *revision, gboolean deleted);
StallDocument *stall_document_new_for_object (const char *id, GBytes *body, GObject *object);
StallDocument *
stall_document_new_from_root (const char *id, const char *revision, JsonObject *root);

const char *stall_document_get_id (StallDocument *self);
StallKind stall_document_get_kind (StallDocument *self);
const char *stall_document_get_revision (StallDocument *self);
gboolean stall_document_has_revision_of (StallDocument *self, StallDocument *other);
gboolean stall_document_get_deleted (StallDocument *self);
GBytes *stall_document_get_body (StallDocument *self);
GObject *stall_document_get_object (StallDocument *self);
JsonObject *stall_document_get_root (StallDocument *self, GError **error);
char *stall_document_make_hash (StallDocument *self, const char *parent);
const char *stall_document_get_first_hash (StallDocument *self);

/* The members every document carries: `kind`, `v`, `made_at`, `device`. */
JsonObject *stall_document_new_root (StallKind kind, const char *device);
void stall_document_write_head (StallJsonWriter *writer,
                                StallKind kind,
                                const char *device,
                                StallTime made_at);

G_END_DECLS
