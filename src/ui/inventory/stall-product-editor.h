/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-desk.h"

G_BEGIN_DECLS

/* A product while it is edited: loaded, changed by widgets, saved by itself soon after each edit,
 * merged with what others changed meanwhile. Property `product` (StallProduct, nullable) is
 * notified when it was loaded or replaced; the signal `gone` says that it was deleted. */
#define STALL_TYPE_PRODUCT_EDITOR (stall_product_editor_get_type ())
G_DECLARE_FINAL_TYPE (StallProductEditor, stall_product_editor, STALL, PRODUCT_EDITOR, GObject)

StallProductEditor *stall_product_editor_new (StallDesk *desk, const char *product_id);
StallDesk *stall_product_editor_get_desk (StallProductEditor *self);
StallProduct *stall_product_editor_get_product (StallProductEditor *self);
const char *stall_product_editor_get_product_id (StallProductEditor *self);
gboolean stall_product_editor_get_saved_once (StallProductEditor *self);
gboolean stall_product_editor_get_saving (StallProductEditor *self);
void stall_product_editor_touch (StallProductEditor *self);
void stall_product_editor_flush (StallProductEditor *self);
DexFuture *stall_product_editor_settle (StallProductEditor *self);
void stall_product_editor_delete (StallProductEditor *self);

G_END_DECLS
