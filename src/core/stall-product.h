/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-document.h"
#include "stall-variant.h"

G_BEGIN_DECLS

/* A product, for reading and editing. It keeps the JSON it came from, so what this version does not
 * know is written back untouched. All setters notify. */

#define STALL_TYPE_PRODUCT (stall_product_get_type ())
G_DECLARE_FINAL_TYPE (StallProduct, stall_product, STALL, PRODUCT, GObject)

/* The style funnel. Stored as text: idea, sample, testing, production, on-sale, reordered, dropped.
 */
typedef enum
{
  STALL_STAGE_IDEA,
  STALL_STAGE_SAMPLE,
  STALL_STAGE_TESTING,
  STALL_STAGE_PRODUCTION,
  STALL_STAGE_ON_SALE,
  STALL_STAGE_REORDERED,
  STALL_STAGE_DROPPED,
} StallStage;

#define STALL_N_STAGES 7

const char *stall_stage_to_string (StallStage stage);
StallStage stall_stage_from_string (const char *text);
const char *stall_stage_get_label (StallStage stage);

typedef enum
{
  STALL_SLOT_COVER,
  STALL_SLOT_DETAIL,
  STALL_SLOT_BODY,
  STALL_SLOT_SCENE
} StallSlot;
#define STALL_N_SLOTS 4
const char *stall_slot_to_string (StallSlot slot);
const char *stall_slot_get_label (StallSlot slot);

/* One picture: either an attachment of the document (`name`) or only a link (`link`). */
typedef struct
{
  char *name;
  StallSlot slot;
  char *alt;
  char *link;
  char *digest; /* "md5-…" of the attachment, or NULL for a link */
} StallPicture;

typedef struct
{
  char *name;
  char *size;
  int height; /* cm, 0: not said */
  int weight; /* kg, 0: not said */
  char *remark;
} StallFitting;

typedef struct
{
  char *variant; /* id of the part */
  int quantity;
} StallKitPart;

void stall_picture_free (StallPicture *self);
void stall_fitting_free (StallFitting *self);
void stall_kit_part_free (StallKitPart *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StallPicture, stall_picture_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StallFitting, stall_fitting_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StallKitPart, stall_kit_part_free)

StallProduct *stall_product_new (void);
StallProduct *stall_product_new_from_document (StallDocument *document, GError **error);
StallDocument *stall_product_to_document (StallProduct *self, const char *device);

const char *stall_product_get_id (StallProduct *self); /* "product:…" */
void stall_product_set_id (StallProduct *self, const char *id);
const char *stall_product_get_title (StallProduct *self);
void stall_product_set_title (StallProduct *self, const char *title);
const char *stall_product_get_story (StallProduct *self);
void stall_product_set_story (StallProduct *self, const char *story);
StallStage stall_product_get_stage (StallProduct *self);
void stall_product_set_stage (StallProduct *self, StallStage stage);
GStrv stall_product_dup_tags (StallProduct *self);
void stall_product_set_tags (StallProduct *self, const char *const *tags);
GStrv stall_product_dup_attributes (StallProduct *self); /* name, value, name, value, … */
void stall_product_set_attributes (StallProduct *self, const char *const *attributes);
const char *stall_product_get_origin (StallProduct *self);
void stall_product_set_origin (StallProduct *self, const char *origin);
const char *stall_product_get_maker (StallProduct *self);
void stall_product_set_maker (StallProduct *self, const char *maker);
gboolean stall_product_get_one_off (StallProduct *self);
void stall_product_set_one_off (StallProduct *self, gboolean one_off);
const char *stall_product_get_base_size (StallProduct *self);
void stall_product_set_base_size (StallProduct *self, const char *base_size);
GPtrArray *stall_product_dup_fittings (StallProduct *self); /* StallFitting */
void stall_product_set_fittings (StallProduct *self, GPtrArray *fittings);
GPtrArray *stall_product_dup_pictures (StallProduct *self); /* StallPicture, in order */
void stall_product_set_pictures (StallProduct *self, GPtrArray *pictures);
void stall_product_set_attachment (StallProduct *self,
                                   const char *name,
                                   const char *content_type,
                                   gint64 length,
                                   const char *digest);
GPtrArray *stall_product_dup_kit (StallProduct *self); /* StallKitPart; empty: not a kit */
void stall_product_set_kit (StallProduct *self, GPtrArray *parts);
GListModel *
stall_product_get_variants (StallProduct *self); /* StallVariant, owned by the product */
StallVariant *stall_product_find_variant (StallProduct *self, const char *variant_id);
void stall_product_add_variant (StallProduct *self, StallVariant *variant);
void stall_product_remove_variant (StallProduct *self, StallVariant *variant);

G_END_DECLS
