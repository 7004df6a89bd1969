/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-store"

#include "config.h"

#include "stall-numbers.h"

/* So many numbers are unpacked to get at one of them. */
#define BLOCK 64

/* The first number of a block, and where the steps to the others are. */
typedef struct
{
  gint64 first;
  gsize steps;
} Block;

struct _StallNumbers
{
  GArray *blocks;    /* Block */
  GByteArray *steps; /* from one number to the next, seven bits a byte, low ones first */
  gint64 last;
  guint length;
};

G_DEFINE_BOXED_TYPE (StallNumbers, stall_numbers, stall_numbers_ref, stall_numbers_unref)

/**
 * stall_numbers_new:
 *
 * Returns: (transfer full): no numbers
 */
StallNumbers *
stall_numbers_new (void)
{
  StallNumbers *self = g_atomic_rc_box_new0 (StallNumbers);

  self->blocks = g_array_new (FALSE, FALSE, sizeof (Block));
  self->steps = g_byte_array_new ();
  return self;
}

StallNumbers *
stall_numbers_ref (StallNumbers *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  StallNumbers *self = data;

  g_array_unref (self->blocks);
  g_byte_array_unref (self->steps);
}

void
stall_numbers_unref (StallNumbers *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

/* The sign goes into the lowest bit, so that a small step back is as short as one ahead. */
static guint64
fold_sign (gint64 step)
{
  return ((guint64) step << 1) ^ (step < 0 ? G_MAXUINT64 : 0);
}

static gint64
unfold_sign (guint64 folded)
{
  return (gint64) (folded >> 1 ^ (folded & 1 ? G_MAXUINT64 : 0));
}

static void
append_step (GByteArray *steps, guint64 folded)
{
  guint8 bytes[10];
  guint n = 0;

  for (; folded >= 0x80; folded >>= 7)
    bytes[n++] = (guint8) (folded | 0x80);
  bytes[n++] = (guint8) folded;
  g_byte_array_append (steps, bytes, n);
}

static gint64
read_step (const guint8 **bytes)
{
  guint64 folded = 0;
  guint shift = 0;

  for (; **bytes & 0x80; shift += 7)
    folded |= (guint64) (*(*bytes)++ & 0x7f) << shift;
  folded |= (guint64) * (*bytes)++ << shift;
  return unfold_sign (folded);
}

/**
 * stall_numbers_append:
 * @self: numbers that nobody else has seen yet
 * @number: the next one; any two may not be further apart than 2⁶³
 */
void
stall_numbers_append (StallNumbers *self, gint64 number)
{
  if (self->length % BLOCK == 0)
    {
      Block block = { number, self->steps->len };

      g_array_append_val (self->blocks, block);
    }
  else
    append_step (self->steps, fold_sign (number - self->last));
  self->last = number;
  self->length++;
}

/**
 * stall_numbers_finish:
 * @self: (transfer full): numbers
 *
 * Gives back what was set aside for more. Nothing is appended after this.
 *
 * Returns: (transfer full): @self
 */
StallNumbers *
stall_numbers_finish (StallNumbers *self)
{
  GArray *blocks = g_array_sized_new (FALSE, FALSE, sizeof (Block), self->blocks->len);
  GByteArray *steps = g_byte_array_sized_new (self->steps->len);

  g_array_append_vals (blocks, self->blocks->data, self->blocks->len);
  g_byte_array_append (steps, self->steps->data, self->steps->len);
  g_array_unref (self->blocks);
  g_byte_array_unref (self->steps);
  self->blocks = blocks;
  self->steps = steps;
  return self;
}

guint
stall_numbers_get_length (StallNumbers *self)
{
  return self->length;
}

/**
 * stall_numbers_get:
 * @self: numbers
 * @position: below their length
 *
 * Returns: the number there
 */
gint64
stall_numbers_get (StallNumbers *self, guint position)
{
  const Block *block = &g_array_index (self->blocks, Block, position / BLOCK);
  const guint8 *bytes = self->steps->data + block->steps;
  gint64 number = block->first;

  for (guint i = 0; i < position % BLOCK; i++)
    number += read_step (&bytes);
  return number;
}

/**
 * stall_numbers_unpack:
 * @self: numbers
 *
 * Returns: (transfer full) (array): all of them
 */
gint64 *
stall_numbers_unpack (StallNumbers *self)
{
  gint64 *numbers = g_new (gint64, MAX (self->length, 1));
  const guint8 *bytes = self->steps->data;

  for (guint i = 0; i < self->length; i++)
    if (i % BLOCK == 0)
      numbers[i] = g_array_index (self->blocks, Block, i / BLOCK).first;
    else
      numbers[i] = numbers[i - 1] + read_step (&bytes);
  return numbers;
}
