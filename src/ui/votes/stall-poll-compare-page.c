/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-poll-compare-page.h"

#include "stall-async.h"
#include "stall-format.h"
#include "stall-poll-figures.h"
#include "stall-poll-words.h"
#include "stall-tally-view.h"
#include "stall-weak.h"

#include <glib/gi18n-lib.h>

#define REFRESH_DELAY 300 /* ms */
#define MIN_COLUMN 290    /* px */
#define MAX_COLUMN 440

#define KINDS                                                                     \
  ((1u << STALL_KIND_POLL) | (1u << STALL_KIND_BALLOT) | (1u << STALL_KIND_TALLY) \
   | (1u << STALL_KIND_DECISION) | (1u << STALL_KIND_ORDER) | (1u << STALL_KIND_EVENT))

struct _StallPollComparePage
{
  AdwNavigationPage parent_instance;

  StallDesk *desk;
  GStrv poll_ids;
  gboolean reading;
  gboolean old;
  guint refresh_source;

  AdwClamp *clamp;
  GtkGrid *grid;
};

G_DEFINE_FINAL_TYPE (StallPollComparePage, stall_poll_compare_page, ADW_TYPE_NAVIGATION_PAGE)

static void
clicked_cb (GtkButton *button, StallPollComparePage *self)
{
  stall_desk_open (self->desk, g_object_get_data (G_OBJECT (button), "poll"));
}

static void
attach_question (StallPollComparePage *self, int column, const StallPollFigures *figures)
{
  const char *question = stall_poll_words_question (stall_poll_get_question (figures->poll));
  GtkWidget *button = gtk_button_new ();
  GtkWidget *label = gtk_label_new (question);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  gtk_button_set_child (GTK_BUTTON (button), label);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_size_request (button, MIN_COLUMN, -1);
  g_object_set_data_full (G_OBJECT (button), "poll", g_strdup (stall_poll_get_id (figures->poll)),
                          g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (clicked_cb), self, G_CONNECT_DEFAULT);
  gtk_grid_attach (self->grid, button, column, 0, 1, 1);
}

/* The name of a value stands in every column, so that a column can be read alone. */
static void
attach (StallPollComparePage *self, int column, int row, const char *name, const char *value)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *caption = gtk_label_new (name);
  GtkWidget *label = gtk_label_new (value != NULL && *value != '\0' ? value : "—");

  gtk_label_set_xalign (GTK_LABEL (caption), 0);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 24);
  gtk_widget_add_css_class (caption, "caption");
  gtk_widget_add_css_class (caption, "dimmed");
  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_set_margin_start (box, 10);
  gtk_box_append (GTK_BOX (box), caption);
  gtk_box_append (GTK_BOX (box), label);
  gtk_grid_attach (self->grid, box, column, row, 1, 1);
}

static void
attach_result (StallPollComparePage *self, int column, const StallPollFigures *figures)
{
  GtkWidget *tally = g_object_new (STALL_TYPE_TALLY_VIEW, NULL);
  g_autofree char *lead = stall_poll_words_lead (figures->tally, figures->state > STALL_POLL_OPEN);

  attach (self, column, 4, _ ("Result"), lead);
  stall_tally_view_show (STALL_TALLY_VIEW (tally), stall_desk_get_store (self->desk), figures);
  gtk_widget_set_valign (tally, GTK_ALIGN_START);
  gtk_grid_attach (self->grid, tally, column, 5, 1, 1);
}

static void
attach_decision (StallPollComparePage *self, int column, const StallPollFigures *figures)
{
  const StallPollOption *option;
  g_autofree char *decision = NULL;
  g_autofree char *sold = NULL;

  if (figures->decision != NULL)
    {
      option
          = stall_poll_find_option (figures->poll, stall_decision_get_option (figures->decision));
      decision = stall_poll_words_decision (stall_decision_get_outcome (figures->decision),
                                            option != NULL ? option->label : NULL,
                                            stall_decision_get_quantity (figures->decision));
      for (guint i = 0; option != NULL && i < figures->n_options; i++)
        if (stall_poll_get_option (figures->poll, i) == option)
          sold = stall_format_pieces (figures->options[i].sold);
    }
  attach (self, column, 6, _ ("Decision"), decision);
  attach (self, column, 7, _ ("Sold Since"), sold);
}

static void
show_poll (StallPollComparePage *self, int column, const StallPollFigures *figures)
{
  g_autofree char *votes = stall_format_count (stall_tally_get_votes (figures->tally));
  g_autofree char *deposits = stall_format_count (stall_tally_get_deposits (figures->tally));

  attach_question (self, column, figures);
  attach (self, column, 1, _ ("State"), stall_poll_state_get_label (figures->state));
  attach (self, column, 2, C_ ("poll", "Votes"), votes);
  attach (self, column, 3, _ ("Deposits"), deposits);
  attach_result (self, column, figures);
  attach_decision (self, column, figures);
}

static void
show_polls (StallPollComparePage *self, GPtrArray *polls)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->grid))) != NULL)
    gtk_grid_remove (self->grid, child);
  for (guint i = 0; i < polls->len; i++)
    show_poll (self, (int) i, g_ptr_array_index (polls, i));
  adw_clamp_set_maximum_size (self->clamp, (int) polls->len * MAX_COLUMN);
}

static DexFuture *
read_fiber (gpointer data)
{
  g_autoptr (StallPollComparePage) self = g_weak_ref_get (data);

  while (self != NULL && self->old && self->grid != NULL)
    {
      g_autoptr (StallDesk) desk = g_object_ref (self->desk);
      g_auto (GStrv) ids = g_strdupv (self->poll_ids);
      g_autoptr (GPtrArray) polls
          = g_ptr_array_new_with_free_func ((GDestroyNotify) stall_poll_figures_free);

      self->old = FALSE;
      g_clear_object (&self);
      for (guint i = 0; ids[i] != NULL; i++)
        {
          g_autoptr (GError) error = NULL;
          StallPollFigures *figures = dex_await_boxed (
              stall_store_poll_figures (stall_desk_get_store (desk), ids[i], stall_time_now ()),
              &error);

          if (figures != NULL)
            g_ptr_array_add (polls, figures);
          /* One that was deleted meanwhile has no column any more. */
          else if (!g_error_matches (error, STALL_ERROR, STALL_ERROR_NOT_FOUND))
            stall_desk_report (desk, error);
        }
      self = g_weak_ref_get (data);
      if (self != NULL && self->grid != NULL)
        show_polls (self, polls);
    }
  if (self != NULL)
    self->reading = FALSE;
  return dex_future_new_true ();
}

static void
refresh_cb (gpointer data)
{
  StallPollComparePage *self = data;

  self->refresh_source = 0;
  self->old = TRUE;
  if (self->reading)
    return;
  self->reading = TRUE;
  stall_spawn (read_fiber, stall_weak_new (self), stall_weak_free);
}

static void
store_changed_cb (StallPollComparePage *self, guint kinds)
{
  if ((kinds & KINDS) && self->refresh_source == 0)
    self->refresh_source = g_timeout_add_once (REFRESH_DELAY, refresh_cb, self);
}

static void
stall_poll_compare_page_dispose (GObject *object)
{
  StallPollComparePage *self = STALL_POLL_COMPARE_PAGE (object);

  g_clear_handle_id (&self->refresh_source, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), STALL_TYPE_POLL_COMPARE_PAGE);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->poll_ids, g_strfreev);

  G_OBJECT_CLASS (stall_poll_compare_page_parent_class)->dispose (object);
}

static void
stall_poll_compare_page_class_init (StallPollComparePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = stall_poll_compare_page_dispose;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/stall_app/Stall/votes/stall-poll-compare-page.ui");
  gtk_widget_class_bind_template_child (widget_class, StallPollComparePage, clamp);
  gtk_widget_class_bind_template_child (widget_class, StallPollComparePage, grid);
}

static void
stall_poll_compare_page_init (StallPollComparePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * stall_poll_compare_page_new:
 * @desk: the desk
 * @poll_ids: (array zero-terminated=1): which polls, in the order of their columns
 *
 * Returns: (transfer floating): a page that compares polls
 */
AdwNavigationPage *
stall_poll_compare_page_new (StallDesk *desk, const char *const *poll_ids)
{
  StallPollComparePage *self;

  g_return_val_if_fail (STALL_IS_DESK (desk), NULL);
  g_return_val_if_fail (poll_ids != NULL, NULL);

  self = g_object_new (STALL_TYPE_POLL_COMPARE_PAGE, NULL);
  self->desk = g_object_ref (desk);
  self->poll_ids = g_strdupv ((char **) poll_ids);
  g_signal_connect_object (stall_desk_get_store (desk), "changed", G_CALLBACK (store_changed_cb),
                           self, G_CONNECT_SWAPPED);
  refresh_cb (self);
  return ADW_NAVIGATION_PAGE (self);
}
