/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gdk/gdk.h>

#include "stall-picture-file.h"
#include "stall-store.h"

G_BEGIN_DECLS

/* The small pictures of one stall: the last used in memory, all in the cache folder. Lives as long
 * as its store. */
#define STALL_TYPE_THUMBNAIL_CACHE (stall_thumbnail_cache_get_type ())
G_DECLARE_FINAL_TYPE (StallThumbnailCache, stall_thumbnail_cache, STALL, THUMBNAIL_CACHE, GObject)

StallThumbnailCache *stall_thumbnail_cache_for_store (StallStore *store);
GdkTexture *stall_thumbnail_cache_lookup (StallThumbnailCache *self,
                                          const char *digest,
                                          const StallPictureCut *cut);
DexFuture *stall_thumbnail_cache_load (StallThumbnailCache *self,
                                       const char *digest,
                                       const StallPictureCut *cut);
void stall_thumbnail_cache_forget (StallThumbnailCache *self,
                                   const char *digest,
                                   const StallPictureCut *cut);

G_END_DECLS
