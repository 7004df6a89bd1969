/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-outbox.h"
#include "stall-store.h"

G_BEGIN_DECLS

/* A document with attachments travels by itself: as JSON with what is small inside it, or as
 * several parts. */
typedef struct
{
  GBytes *body;
  char *type; /* its media type */
  gboolean has_stubs;
} StallParcel;

void stall_parcel_clear (StallParcel *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (StallParcel, stall_parcel_clear)

gboolean stall_parcel_pack (StallParcel *self,
                            StallStore *store,
                            StallPeerRevision *revision,
                            GHashTable *known,
                            GError **error);

G_END_DECLS
