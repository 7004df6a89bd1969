/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-count-entry.h"

struct _StallCountEntry
{
  GObject parent_instance;

  StallVariantRow *variant;
  int counted;
  StallTime at;
  int expected;
  gboolean has_expected;
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StallCountEntry, stall_count_entry, G_TYPE_OBJECT)

static void
stall_count_entry_finalize (GObject *object)
{
  g_clear_object (&STALL_COUNT_ENTRY (object)->variant);

  G_OBJECT_CLASS (stall_count_entry_parent_class)->finalize (object);
}

static void
stall_count_entry_class_init (StallCountEntryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = stall_count_entry_finalize;

  /**
   * StallCountEntry::changed:
   *
   * What was counted or expected is another number.
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", STALL_TYPE_COUNT_ENTRY, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
stall_count_entry_init (StallCountEntry *self)
{
}

/**
 * stall_count_entry_new:
 * @variant: what is counted
 *
 * Returns: (transfer full): an entry with nothing counted
 */
StallCountEntry *
stall_count_entry_new (StallVariantRow *variant)
{
  StallCountEntry *self = g_object_new (STALL_TYPE_COUNT_ENTRY, NULL);

  self->variant = g_object_ref (variant);
  return self;
}

/**
 * stall_count_entry_get_variant:
 * @self: an entry
 *
 * Returns: (transfer none): what is counted
 */
StallVariantRow *
stall_count_entry_get_variant (StallCountEntry *self)
{
  g_return_val_if_fail (STALL_IS_COUNT_ENTRY (self), NULL);

  return self->variant;
}

/**
 * stall_count_entry_get_counted:
 * @self: an entry
 *
 * Returns: pieces counted
 */
int
stall_count_entry_get_counted (StallCountEntry *self)
{
  g_return_val_if_fail (STALL_IS_COUNT_ENTRY (self), 0);

  return self->counted;
}

/**
 * stall_count_entry_get_at:
 * @self: an entry
 *
 * Returns: when it was counted last
 */
StallTime
stall_count_entry_get_at (StallCountEntry *self)
{
  g_return_val_if_fail (STALL_IS_COUNT_ENTRY (self), STALL_TIME_NONE);

  return self->at;
}

/**
 * stall_count_entry_set_counted:
 * @self: an entry
 * @counted: pieces
 * @at: when they were counted
 */
void
stall_count_entry_set_counted (StallCountEntry *self, int counted, StallTime at)
{
  g_return_if_fail (STALL_IS_COUNT_ENTRY (self));

  self->at = at;
  self->counted = MAX (counted, 0);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/**
 * stall_count_entry_get_expected:
 * @self: an entry
 * @expected: (out): pieces that should be there
 *
 * Returns: whether that is known yet
 */
gboolean
stall_count_entry_get_expected (StallCountEntry *self, int *expected)
{
  g_return_val_if_fail (STALL_IS_COUNT_ENTRY (self), FALSE);

  *expected = self->expected;
  return self->has_expected;
}

/**
 * stall_count_entry_set_expected:
 * @self: an entry
 * @expected: pieces that should be there
 */
void
stall_count_entry_set_expected (StallCountEntry *self, int expected)
{
  g_return_if_fail (STALL_IS_COUNT_ENTRY (self));

  if (self->has_expected && self->expected == expected)
    return;
  self->has_expected = TRUE;
  self->expected = expected;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}
