/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-board-page.h"

#include "stall-async.h"
#include "stall-board-column.h"
#include "stall-format.h"
#include "stall-product-figures.h"
#include "stall-weak.h"

#include <glib/gi18n-lib.h>

#define COLUMN_WIDTH 220 /* px */
#define LOAD_PAUSE 20    /* ms */

struct _StallBoardPage
{
  AdwNavigationPage parent_instance;

  StallDesk *desk;
  GtkWidget *stages[STALL_N_STAGES];
  guint n_loaded; /* stages */
  guint load_source;
  gboolean narrow;
  gboolean reading;
  gboolean stale;

  AdwWindowTitle *window_title;
  GtkDropDown *stage_choice;
  GtkBox *columns;
};

G_DEFINE_FINAL_TYPE (StallBoardPage, stall_board_page, ADW_TYPE_NAVIGATION_PAGE)

/* --- counts --- */

static void
show_funnel (StallBoardPage *self, const StallFunnel *funnel)
{
  double share = stall_funnel_get_share_kept (funnel);
  g_autofree char *percent = stall_format_percent (MAX (share, 0));
  g_autofree char *words = NULL;

  for (guint i = 0; i < STALL_N_STAGES; i++)
    stall_board_column_set_count (STALL_BOARD_COLUMN (self->stages[i]), funnel->counts[i]);
  if (share >= 0)
    /* Translators: %s is a share, “12 %”; the numbers are styles */
    words = g_strdup_printf (_ ("%s kept: %u of %u decided"), percent, funnel->n_kept,
                             funnel->n_decided);
  adw_window_title_set_subtitle (self->window_title, words != NULL ? words : "");
}

static void read_if_stale (StallBoardPage *self);

static DexFuture *
read_fiber (gpointer data)
{
  g_autoptr (StallBoardPage) self = g_weak_ref_get (data);
  g_autoptr (StallDesk) desk = self != NULL ? g_object_ref (self->desk) : NULL;
  g_autoptr (StallFunnel) funnel = NULL;
  g_autoptr (GError) error = NULL;

  if (self == NULL)
    return dex_future_new_true ();
  self->stale = FALSE;
  g_clear_object (&self);
  funnel = dex_await_boxed (stall_store_funnel (stall_desk_get_store (desk)), &error);
  stall_desk_report (desk, error);
  self = g_weak_ref_get (data);
  if (self == NULL || self->desk == NULL)
    return dex_future_new_true ();
  self->reading = FALSE;
  if (funnel != NULL)
    show_funnel (self, funnel);
  read_if_stale (self);
  return dex_future_new_true ();
}

static void
read_if_stale (StallBoardPage *self)
{
  if (!self->stale || self->reading)
    return;
  self->reading = TRUE;
  stall_spawn (read_fiber, stall_weak_new (self), stall_weak_free);
}

static void
store_changed_cb (StallBoardPage *self, guint kinds)
{
  if (kinds & (1u << STALL_KIND_PRODUCT))
    {
      self->stale = TRUE;
      read_if_stale (self);
    }
}

/* --- one column or all --- */

static void
show_columns_cb (StallBoardPage *self)
{
  guint selected = gtk_drop_down_get_selected (self->stage_choice);

  gtk_widget_set_visible (GTK_WIDGET (self->stage_choice), self->narrow);
  for (guint i = 0; i < STALL_N_STAGES && self->stages[i] != NULL; i++)
    gtk_widget_set_visible (self->stages[i], !self->narrow || i == selected);
}

static void
narrow_cb (StallBoardPage *self)
{
  self->narrow = TRUE;
  show_columns_cb (self);
}

static void
wide_cb (StallBoardPage *self)
{
  self->narrow = FALSE;
  show_columns_cb (self);
}

/* One after the other, so that the first ones are seen before the last ones are read. */
static void
load_cb (gpointer data)
{
  StallBoardPage *self = data;

  self->load_source = 0;
  stall_board_column_load (STALL_BOARD_COLUMN (self->stages[self->n_loaded++]));
  if (self->n_loaded < STALL_N_STAGES)
    self->load_source = g_timeout_add_once (LOAD_PAUSE, load_cb, self);
}

static void
make_columns (StallBoardPage *self)
{
  for (guint i = 0; i < STALL_N_STAGES; i++)
    {
      self->stages[i] = stall_board_column_new (self->desk, (StallStage) i);
      gtk_widget_set_size_request (self->stages[i], COLUMN_WIDTH, -1);
      gtk_widget_set_hexpand (self->stages[i], TRUE);
      gtk_box_append (self->columns, self->stages[i]);
    }
}

static void
stall_board_page_dispose (GObject *object)
{
  StallBoardPage *self = STALL_BOARD_PAGE (object);

  g_clear_handle_id (&self->load_source, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), STALL_TYPE_BOARD_PAGE);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (stall_board_page_parent_class)->dispose (object);
}

static void
stall_board_page_class_init (StallBoardPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = stall_board_page_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/stall_app/Stall/inventory/stall-board-page.ui");
  gtk_widget_class_bind_template_child (widget_class, StallBoardPage, window_title);
  gtk_widget_class_bind_template_child (widget_class, StallBoardPage, stage_choice);
  gtk_widget_class_bind_template_child (widget_class, StallBoardPage, columns);
  gtk_widget_class_bind_template_callback (widget_class, show_columns_cb);
  gtk_widget_class_bind_template_callback (widget_class, narrow_cb);
  gtk_widget_class_bind_template_callback (widget_class, wide_cb);
}

static void
stall_board_page_init (StallBoardPage *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < STALL_N_STAGES; i++)
    gtk_string_list_append (names, stall_stage_get_label ((StallStage) i));
  gtk_drop_down_set_model (self->stage_choice, G_LIST_MODEL (names));
}

/**
 * stall_board_page_new:
 * @desk: what every page is handed
 *
 * Returns: (transfer floating): the page of the style funnel
 */
AdwNavigationPage *
stall_board_page_new (StallDesk *desk)
{
  StallBoardPage *self;

  g_return_val_if_fail (STALL_IS_DESK (desk), NULL);

  self = g_object_new (STALL_TYPE_BOARD_PAGE, NULL);
  self->desk = g_object_ref (desk);
  make_columns (self);
  load_cb (self);
  show_columns_cb (self);
  g_signal_connect_object (stall_desk_get_store (desk), "changed", G_CALLBACK (store_changed_cb),
                           self, G_CONNECT_SWAPPED);
  store_changed_cb (self, 1u << STALL_KIND_PRODUCT);
  return ADW_NAVIGATION_PAGE (self);
}
