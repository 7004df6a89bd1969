/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-stage-history.h"

#include "stall-format.h"
#include "stall-stage-change.h"

#include <glib/gi18n-lib.h>

struct _StallStageHistory
{
  AdwExpanderRow parent_instance;

  GPtrArray *rows; /* not owned */
  char *last;      /* id of the last change shown */
};

G_DEFINE_FINAL_TYPE (StallStageHistory, stall_stage_history, ADW_TYPE_EXPANDER_ROW)

static void
stall_stage_history_finalize (GObject *object)
{
  StallStageHistory *self = STALL_STAGE_HISTORY (object);

  g_ptr_array_unref (self->rows);
  g_free (self->last);

  G_OBJECT_CLASS (stall_stage_history_parent_class)->finalize (object);
}

static void
stall_stage_history_class_init (StallStageHistoryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = stall_stage_history_finalize;
}

static void
stall_stage_history_init (StallStageHistory *self)
{
  self->rows = g_ptr_array_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), _ ("Stage History"));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

static GtkWidget *
new_row (const StallStageChange *change)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *when = stall_format_when (change->at, stall_time_now ());
  g_autofree char *words = NULL;
  g_autofree char *told = NULL;

  /* Translators: the stage that a style left and the one it came to: “Sample → Testing” */
  words = g_strdup_printf (C_ ("stage", "%s → %s"), stall_stage_get_label (change->from),
                           stall_stage_get_label (change->to));
  /* Translators: when a style moved, and why: “22 Nov · nobody asked for it” */
  told = *change->reason != '\0' ? g_strdup_printf (C_ ("stage", "%s · %s"), when, change->reason)
                                 : g_strdup (when);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), words);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), told);
  return row;
}

/**
 * stall_stage_history_show:
 * @self: a history
 * @product: whose
 *
 * Shows how a product came to its stage.
 */
void
stall_stage_history_show (StallStageHistory *self, StallProduct *product)
{
  g_autoptr (GPtrArray) changes = NULL;
  const char *last;

  g_return_if_fail (STALL_IS_STAGE_HISTORY (self));
  g_return_if_fail (STALL_IS_PRODUCT (product));

  changes = stall_product_dup_stage_changes (product);
  last = changes->len > 0 ? ((StallStageChange *) g_ptr_array_index (changes, changes->len - 1))->id
                          : NULL;
  if (changes->len == self->rows->len && g_strcmp0 (last, self->last) == 0)
    return;
  g_set_str (&self->last, last);
  for (guint i = 0; i < self->rows->len; i++)
    adw_expander_row_remove (ADW_EXPANDER_ROW (self), g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = changes->len; i > 0; i--)
    {
      GtkWidget *row = new_row (g_ptr_array_index (changes, i - 1));

      adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
      g_ptr_array_add (self->rows, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self), changes->len > 0);
}
