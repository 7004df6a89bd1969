/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Which part of a picture the feed card shows, in ten-thousandths of its width and height. */
#define STALL_CROP_WHOLE 10000

typedef struct
{
  int x;
  int y;
  int width;
  int height;
} StallCrop;

/* The feed card is 3 wide and 4 high. */
void stall_crop_init (StallCrop *self, int picture_width, int picture_height);
void stall_crop_fit (StallCrop *self, int picture_width, int picture_height);

G_END_DECLS
