/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-poll-option-row.h"

#include "stall-field.h"
#include "stall-money.h"
#include "stall-poll-words.h"
#include "stall-spin-row.h"
#include "stall-thumbnail.h"

#include <glib/gi18n-lib.h>

struct _StallPollOptionRow
{
  AdwExpanderRow parent_instance;

  StallDesk *desk;
  StallPollOption *option;
  gboolean filling;

  StallThumbnail *picture;
  GtkEditable *label_row;
  GtkEditable *price_row;
  GtkEditable *cost_row;
  AdwSpinRow *minimum_row;
};

G_DEFINE_FINAL_TYPE (StallPollOptionRow, stall_poll_option_row, ADW_TYPE_EXPANDER_ROW)

enum
{
  SIGNAL_CHANGED,
  SIGNAL_REMOVED,
  SIGNAL_MOVED,
  SIGNAL_PICTURE_WANTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const char *
get_currency (StallPollOptionRow *self)
{
  return self->option->currency != NULL ? self->option->currency
                                        : stall_desk_get_currency (self->desk);
}

static void
show_head (StallPollOptionRow *self)
{
  g_autofree char *terms = stall_poll_words_terms (self->option);
  const char *label
      = *self->option->label != '\0' ? self->option->label : _ ("Option without a Label");

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), label);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), terms);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
set_money_field (StallPollOptionRow *self, GtkEditable *field, gint64 amount)
{
  g_autofree char *text = amount != STALL_PRICE_NONE
                              ? stall_money_format_plain (amount, get_currency (self))
                              : g_strdup ("");

  stall_field_set (field, text);
}

static void
changed (StallPollOptionRow *self)
{
  show_head (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
label_cb (StallPollOptionRow *self)
{
  if (self->filling || !g_set_str (&self->option->label, gtk_editable_get_text (self->label_row)))
    return;
  changed (self);
}

static void
minimum_cb (StallPollOptionRow *self)
{
  int minimum = (int) adw_spin_row_get_value (self->minimum_row);

  if (self->filling || self->option->minimum_run == minimum)
    return;
  self->option->minimum_run = minimum;
  changed (self);
}

static void
commit_money (StallPollOptionRow *self, GtkEditable *field, gint64 *amount)
{
  const char *typed = stall_field_get_edit (field);
  gint64 value = STALL_PRICE_NONE;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (typed == NULL)
    return;
  if (*typed != '\0' && !stall_money_parse_price (typed, get_currency (self), &value, &error))
    {
      if (stall_field_set_wrong (field, error->message))
        stall_desk_report (self->desk, error);
      return;
    }
  g_set_str (&self->option->currency, get_currency (self));
  *amount = value;
  text = value != STALL_PRICE_NONE ? stall_money_format_plain (value, self->option->currency)
                                   : g_strdup ("");
  stall_field_accept (field, text);
  changed (self);
}

static void
money_cb (StallPollOptionRow *self)
{
  commit_money (self, self->price_row, &self->option->price);
  commit_money (self, self->cost_row, &self->option->cost);
}

static void
picture_cb (StallPollOptionRow *self)
{
  g_signal_emit (self, signals[SIGNAL_PICTURE_WANTED], 0);
}

static void
up_cb (StallPollOptionRow *self)
{
  g_signal_emit (self, signals[SIGNAL_MOVED], 0, -1);
}

static void
down_cb (StallPollOptionRow *self)
{
  g_signal_emit (self, signals[SIGNAL_MOVED], 0, 1);
}

static void
remove_cb (StallPollOptionRow *self)
{
  g_signal_emit (self, signals[SIGNAL_REMOVED], 0);
}

static void
stall_poll_option_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), STALL_TYPE_POLL_OPTION_ROW);

  G_OBJECT_CLASS (stall_poll_option_row_parent_class)->dispose (object);
}

static void
stall_poll_option_row_finalize (GObject *object)
{
  StallPollOptionRow *self = STALL_POLL_OPTION_ROW (object);

  g_clear_object (&self->desk);
  g_clear_pointer (&self->option, stall_poll_option_free);

  G_OBJECT_CLASS (stall_poll_option_row_parent_class)->finalize (object);
}

static void
stall_poll_option_row_class_init (StallPollOptionRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->dispose = stall_poll_option_row_dispose;
  object_class->finalize = stall_poll_option_row_finalize;

  signals[SIGNAL_CHANGED]
      = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_REMOVED]
      = g_signal_new ("removed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_MOVED] = g_signal_new ("moved", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 1, G_TYPE_INT);
  signals[SIGNAL_PICTURE_WANTED] = g_signal_new ("picture-wanted", type, G_SIGNAL_RUN_LAST, 0, NULL,
                                                 NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (STALL_TYPE_THUMBNAIL);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/stall_app/Stall/votes/stall-poll-option-row.ui");
  gtk_widget_class_bind_template_child (widget_class, StallPollOptionRow, picture);
  gtk_widget_class_bind_template_child (widget_class, StallPollOptionRow, label_row);
  gtk_widget_class_bind_template_child (widget_class, StallPollOptionRow, price_row);
  gtk_widget_class_bind_template_child (widget_class, StallPollOptionRow, cost_row);
  gtk_widget_class_bind_template_child (widget_class, StallPollOptionRow, minimum_row);
  gtk_widget_class_bind_template_callback (widget_class, label_cb);
  gtk_widget_class_bind_template_callback (widget_class, minimum_cb);
  gtk_widget_class_bind_template_callback (widget_class, picture_cb);
  gtk_widget_class_bind_template_callback (widget_class, up_cb);
  gtk_widget_class_bind_template_callback (widget_class, down_cb);
  gtk_widget_class_bind_template_callback (widget_class, remove_cb);
}

static void
stall_poll_option_row_init (StallPollOptionRow *self)
{
  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  stall_spin_follow_typing (self->minimum_row);
  stall_field_watch (self->price_row, G_CALLBACK (money_cb), self);
  stall_field_watch (self->cost_row, G_CALLBACK (money_cb), self);
}

/**
 * stall_poll_option_row_new:
 * @desk: the desk
 * @option: what is edited; copied
 * @cover: (nullable): digest of what it looks like
 *
 * Returns: (transfer floating): a row for an option of a draft
 */
GtkWidget *
stall_poll_option_row_new (StallDesk *desk, const StallPollOption *option, const char *cover)
{
  StallPollOptionRow *self = g_object_new (STALL_TYPE_POLL_OPTION_ROW, NULL);

  self->desk = g_object_ref (desk);
  self->option = stall_poll_option_copy (option);
  stall_thumbnail_set_store (self->picture, stall_desk_get_store (desk));
  stall_thumbnail_set_digest (self->picture, option->digest != NULL ? option->digest : cover);
  gtk_editable_set_text (self->label_row, option->label);
  set_money_field (self, self->price_row, option->price);
  set_money_field (self, self->cost_row, option->cost);
  adw_spin_row_set_value (self->minimum_row, option->minimum_run);
  self->filling = FALSE;
  show_head (self);
  return GTK_WIDGET (self);
}

/**
 * stall_poll_option_row_get_option:
 * @self: a row
 *
 * Returns: (transfer none): the option as edited
 */
const StallPollOption *
stall_poll_option_row_get_option (StallPollOptionRow *self)
{
  g_return_val_if_fail (STALL_IS_POLL_OPTION_ROW (self), NULL);

  return self->option;
}

/**
 * stall_poll_option_row_edit:
 * @self: a row
 *
 * Opens the row and lets the person write its label.
 */
void
stall_poll_option_row_edit (StallPollOptionRow *self)
{
  g_return_if_fail (STALL_IS_POLL_OPTION_ROW (self));

  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->label_row));
}
