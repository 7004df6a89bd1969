/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-document.h"

G_BEGIN_DECLS

/* remark:<order>: a coloured flag and private words. */
typedef enum
{
  STALL_FLAG_NONE,
  STALL_FLAG_RED,
  STALL_FLAG_ORANGE,
  STALL_FLAG_YELLOW,
  STALL_FLAG_GREEN,
  STALL_FLAG_BLUE,
  STALL_FLAG_PURPLE,
} StallFlag;
#define STALL_N_FLAGS 7
const char *stall_flag_to_string (StallFlag flag);
StallFlag stall_flag_from_string (const char *text);
const char *stall_flag_get_label (StallFlag flag);

#define STALL_TYPE_REMARK (stall_remark_get_type ())
G_DECLARE_FINAL_TYPE (StallRemark, stall_remark, STALL, REMARK, GObject)
StallRemark *stall_remark_new (const char *order_id);
StallRemark *stall_remark_new_from_document (StallDocument *document, GError **error);
StallDocument *stall_remark_to_document (StallRemark *self, const char *device);
StallFlag stall_remark_get_flag (StallRemark *self);
void stall_remark_set_flag (StallRemark *self, StallFlag flag);
const char *stall_remark_get_text (StallRemark *self);
void stall_remark_set_text (StallRemark *self, const char *text);

G_END_DECLS
