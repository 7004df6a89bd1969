/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-core"

#include "config.h"

#include "stall-crop.h"

/* The card's shape. */
#define CARD_WIDTH 3
#define CARD_HEIGHT 4

/* The height that a crop of @width has, so that it is 3:4 in the picture's own pixels. */
static gint64
height_for (gint64 width, int picture_width, int picture_height)
{
  return width * picture_width * CARD_HEIGHT / ((gint64) picture_height * CARD_WIDTH);
}

static gint64
width_for (gint64 height, int picture_width, int picture_height)
{
  return height * picture_height * CARD_WIDTH / ((gint64) picture_width * CARD_HEIGHT);
}

/**
 * stall_crop_init:
 * @self: (out caller-allocates): a crop
 * @picture_width: pixels
 * @picture_height: pixels
 *
 * The largest 3:4 part from the middle of a picture.
 */
void
stall_crop_init (StallCrop *self, int picture_width, int picture_height)
{
  g_return_if_fail (self != NULL);

  *self = (StallCrop) { 0, 0, STALL_CROP_WHOLE, STALL_CROP_WHOLE };
  if (picture_width <= 0 || picture_height <= 0)
    return;
  stall_crop_fit (self, picture_width, picture_height);
  self->x = (STALL_CROP_WHOLE - self->width) / 2;
  self->y = (STALL_CROP_WHOLE - self->height) / 2;
}

/**
 * stall_crop_fit:
 * @self: a crop as a person dragged it, or as a document says it
 * @picture_width: pixels
 * @picture_height: pixels
 *
 * Makes the crop 3:4 and moves it inside the picture. Its width counts, unless that would be too
 * high.
 */
void
stall_crop_fit (StallCrop *self, int picture_width, int picture_height)
{
  gint64 width, height;

  g_return_if_fail (self != NULL);

  if (picture_width <= 0 || picture_height <= 0)
    return;
  width = CLAMP (self->width, 1, STALL_CROP_WHOLE);
  height = height_for (width, picture_width, picture_height);
  if (height > STALL_CROP_WHOLE)
    {
      height = STALL_CROP_WHOLE;
      width = width_for (height, picture_width, picture_height);
    }
  self->width = CLAMP (width, 1, STALL_CROP_WHOLE);
  self->height = CLAMP (height, 1, STALL_CROP_WHOLE);
  self->x = CLAMP (self->x, 0, STALL_CROP_WHOLE - self->width);
  self->y = CLAMP (self->y, 0, STALL_CROP_WHOLE - self->height);
}
