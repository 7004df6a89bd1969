/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-decision-dialog.h"

#include "stall-async.h"
#include "stall-first-run-group.h"
#include "stall-spin-row.h"
#include "stall-votes.h"

#include <glib/gi18n-lib.h>

struct _StallDecisionDialog
{
  AdwDialog parent_instance;

  StallDesk *desk;
  StallPollFigures *figures;
  gboolean filling;
  gboolean quantity_typed; /* by the person: no longer follows the option */

  GtkWidget *decide_button;
  AdwComboRow *outcome_row;
  AdwComboRow *option_row;
  AdwSpinRow *quantity_row;
  GtkEditable *reason_row;
  GtkWidget *words_group;
  GtkLabel *consequence;
  GtkLabel *wrong;
  StallFirstRunGroup *first_run;
};

G_DEFINE_FINAL_TYPE (StallDecisionDialog, stall_decision_dialog, ADW_TYPE_DIALOG)

static StallDecisionOutcome
get_outcome (StallDecisionDialog *self)
{
  return (StallDecisionOutcome) adw_combo_row_get_selected (self->outcome_row);
}

static gboolean
makes (StallDecisionDialog *self)
{
  return get_outcome (self) == STALL_OUTCOME_MAKE || get_outcome (self) == STALL_OUTCOME_PRE_SELL;
}

/* -1: none in particular, which is the first choice where nothing is made. */
static int
get_option (StallDecisionDialog *self)
{
  return (int) adw_combo_row_get_selected (self->option_row) - 1;
}

/* --- showing --- */

/* The suggestion, but never less than the workshop makes. */
static void
suggest_quantity (StallDecisionDialog *self)
{
  int option = get_option (self);
  gint64 pieces = 0;

  if (self->quantity_typed || option < 0)
    return;
  if (self->figures->has_history)
    pieces = self->figures->options[option].first_run.pieces;
  pieces = MAX (pieces, stall_poll_get_option (self->figures->poll, (guint) option)->minimum_run);
  self->filling = TRUE;
  adw_spin_row_set_value (self->quantity_row, (double) pieces);
  self->filling = FALSE;
}

/* A sentence below the form, or nothing. */
static void
set_words (StallDecisionDialog *self, GtkLabel *label, const char *text)
{
  gtk_label_set_label (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL);
  gtk_widget_set_visible (self->words_group,
                          gtk_widget_get_visible (GTK_WIDGET (self->consequence))
                              || gtk_widget_get_visible (GTK_WIDGET (self->wrong)));
}

static void
show_consequence (StallDecisionDialog *self)
{
  int option = get_option (self);
  const StallPollOptionFigures *figures = option >= 0 ? &self->figures->options[option] : NULL;
  StallStage stage;
  g_autofree char *text = NULL;

  if (figures != NULL && figures->product != NULL && figures->stage >= 0
      && stall_decision_outcome_moves (get_outcome (self), (StallStage) figures->stage, &stage))
    /* Translators: a product, and a stage of the style funnel */
    text = g_strdup_printf (_ ("“%s” moves to the stage %s."), figures->product_title,
                            stall_stage_get_label (stage));
  set_words (self, self->wrong, NULL);
  set_words (self, self->consequence, text);
}

static void
outcome_cb (StallDecisionDialog *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->quantity_row), makes (self));
  gtk_widget_set_visible (GTK_WIDGET (self->first_run), makes (self));
  show_consequence (self);
}

static void
option_cb (StallDecisionDialog *self)
{
  suggest_quantity (self);
  show_consequence (self);
}

static void
quantity_cb (StallDecisionDialog *self)
{
  if (!self->filling)
    self->quantity_typed = TRUE;
}

/* --- deciding --- */

static DexFuture *
decide_fiber (gpointer data)
{
  StallDecisionDialog *self = data;
  g_autoptr (StallDesk) desk = g_object_ref (self->desk);
  int option = get_option (self);
  g_autoptr (StallDecision) decision = stall_decision_new (
      stall_poll_get_id (self->figures->poll), get_outcome (self),
      option >= 0 ? stall_poll_get_option (self->figures->poll, (guint) option)->id : NULL,
      makes (self) ? (int) adw_spin_row_get_value (self->quantity_row) : 0,
      gtk_editable_get_text (self->reason_row), stall_time_now ());
  g_autoptr (StallReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;

  receipt = dex_await_boxed (stall_store_decide (stall_desk_get_store (desk), decision), &error);
  if (receipt != NULL)
    {
      if (receipt->change_set != 0)
        stall_desk_offer_undo (desk, receipt->label, receipt->change_set);
      adw_dialog_close (ADW_DIALOG (self));
    }
  else if (self->wrong != NULL && g_error_matches (error, STALL_ERROR, STALL_ERROR_INVALID))
    {
      set_words (self, self->wrong, error->message);
      gtk_accessible_announce (GTK_ACCESSIBLE (self), error->message,
                               GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
    }
  else
    stall_desk_report (desk, error);
  if (self->decide_button != NULL)
    gtk_widget_set_sensitive (self->decide_button, TRUE);
  return dex_future_new_true ();
}

static void
decide_cb (StallDecisionDialog *self)
{
  /* A number that is still being typed counts from the moment its entry is left. */
  gtk_widget_grab_focus (self->decide_button);
  gtk_widget_set_sensitive (self->decide_button, FALSE);
  stall_spawn (decide_fiber, g_object_ref (self), g_object_unref);
}

static void
stall_decision_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), STALL_TYPE_DECISION_DIALOG);

  G_OBJECT_CLASS (stall_decision_dialog_parent_class)->dispose (object);
}

static void
stall_decision_dialog_finalize (GObject *object)
{
  StallDecisionDialog *self = STALL_DECISION_DIALOG (object);

  g_clear_object (&self->desk);
  g_clear_pointer (&self->figures, stall_poll_figures_free);

  G_OBJECT_CLASS (stall_decision_dialog_parent_class)->finalize (object);
}

static void
stall_decision_dialog_class_init (StallDecisionDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = stall_decision_dialog_dispose;
  object_class->finalize = stall_decision_dialog_finalize;

  g_type_ensure (STALL_TYPE_FIRST_RUN_GROUP);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/stall_app/Stall/votes/stall-decision-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, StallDecisionDialog, decide_button);
  gtk_widget_class_bind_template_child (widget_class, StallDecisionDialog, outcome_row);
  gtk_widget_class_bind_template_child (widget_class, StallDecisionDialog, option_row);
  gtk_widget_class_bind_template_child (widget_class, StallDecisionDialog, quantity_row);
  gtk_widget_class_bind_template_child (widget_class, StallDecisionDialog, reason_row);
  gtk_widget_class_bind_template_child (widget_class, StallDecisionDialog, words_group);
  gtk_widget_class_bind_template_child (widget_class, StallDecisionDialog, consequence);
  gtk_widget_class_bind_template_child (widget_class, StallDecisionDialog, wrong);
  gtk_widget_class_bind_template_child (widget_class, StallDecisionDialog, first_run);
  gtk_widget_class_bind_template_callback (widget_class, outcome_cb);
  gtk_widget_class_bind_template_callback (widget_class, option_cb);
  gtk_widget_class_bind_template_callback (widget_class, quantity_cb);
  gtk_widget_class_bind_template_callback (widget_class, decide_cb);
}

static void
stall_decision_dialog_init (StallDecisionDialog *self)
{
}

static void
fill (StallDecisionDialog *self)
{
  g_autoptr (GtkStringList) outcomes = gtk_string_list_new (NULL);
  g_autoptr (GtkStringList) options = gtk_string_list_new (NULL);
  StallLead lead = stall_tally_get_lead (self->figures->tally);

  for (guint i = 0; i < STALL_N_OUTCOMES; i++)
    gtk_string_list_append (outcomes, stall_decision_outcome_get_label ((StallDecisionOutcome) i));
  gtk_string_list_append (options, _ ("None in Particular"));
  for (guint i = 0; i < self->figures->n_options; i++)
    gtk_string_list_append (options, stall_poll_get_option (self->figures->poll, i)->label);
  adw_combo_row_set_model (self->outcome_row, G_LIST_MODEL (outcomes));
  adw_combo_row_set_model (self->option_row, G_LIST_MODEL (options));
  adw_combo_row_set_selected (self->option_row, (guint) (lead.option + 1));
  stall_first_run_group_show (self->first_run, self->figures);
  suggest_quantity (self);
  outcome_cb (self);
}

/**
 * stall_decision_dialog_new:
 * @desk: the desk
 * @figures: of the poll; copied
 *
 * Returns: (transfer floating): a dialog that asks how a poll ends
 */
AdwDialog *
stall_decision_dialog_new (StallDesk *desk, const StallPollFigures *figures)
{
  StallDecisionDialog *self;

  g_return_val_if_fail (STALL_IS_DESK (desk), NULL);
  g_return_val_if_fail (figures != NULL, NULL);

  self = g_object_new (STALL_TYPE_DECISION_DIALOG, NULL);
  self->desk = g_object_ref (desk);
  self->figures = stall_poll_figures_copy (figures);
  gtk_widget_init_template (GTK_WIDGET (self));
  stall_spin_follow_typing (self->quantity_row);
  adw_dialog_set_default_widget (ADW_DIALOG (self), self->decide_button);
  fill (self);
  return ADW_DIALOG (self);
}
