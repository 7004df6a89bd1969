/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-echo-table.h"

#include "stall-format.h"

#include <glib/gi18n-lib.h>

#define HEIGHT 300 /* px: a week and its head without scrolling */

struct _StallEchoTable
{
  GtkWidget parent_instance;

  GListStore *days; /* StallEcho, the newest first */
};

G_DEFINE_FINAL_TYPE (StallEchoTable, stall_echo_table, GTK_TYPE_WIDGET)

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer end)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), end != NULL ? 1 : 0);
  gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (item, label);
}

static void
bind_day_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  g_autoptr (GTimeZone) local = g_time_zone_new_local ();
  const char *day = stall_echo_get_day (gtk_list_item_get_item (item));
  g_autoptr (GDateTime) noon = NULL;
  g_autofree char *text = g_strconcat (day, "T12:00:00", NULL);
  g_autofree char *words = NULL;

  noon = g_date_time_new_from_iso8601 (text, local);
  words = noon != NULL ? stall_format_weekday (1000 * g_date_time_to_unix (noon)) : g_strdup (day);
  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (item)), words);
}

static void
bind_count_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer measure)
{
  StallEchoMeasure which = (StallEchoMeasure) GPOINTER_TO_UINT (measure);
  gint64 count = stall_echo_get_count (gtk_list_item_get_item (item), which);
  g_autofree char *text = stall_echo_table_format (which, count);

  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (item)), text);
}

static void
add_column (GtkWidget *view, const char *title, GCallback bind, gpointer measure, gboolean expand)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkColumnViewColumn) column = NULL;

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), GINT_TO_POINTER (!expand));
  g_signal_connect (factory, "bind", bind, measure);
  column = gtk_column_view_column_new (title, factory);
  gtk_column_view_column_set_expand (column, expand);
  gtk_column_view_append_column (GTK_COLUMN_VIEW (view), column);
}

static void
stall_echo_table_dispose (GObject *object)
{
  StallEchoTable *self = STALL_ECHO_TABLE (object);
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self));

  g_clear_pointer (&child, gtk_widget_unparent);
  g_clear_object (&self->days);

  G_OBJECT_CLASS (stall_echo_table_parent_class)->dispose (object);
}

static void
stall_echo_table_class_init (StallEchoTableClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = stall_echo_table_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
stall_echo_table_init (StallEchoTable *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *view;

  self->days = g_list_store_new (STALL_TYPE_ECHO);
  view = gtk_column_view_new (
      GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->days)))));
  gtk_widget_add_css_class (view, "echo-table");
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Echo"),
                                  -1);
  add_column (view, _ ("Day"), G_CALLBACK (bind_day_cb), NULL, TRUE);
  for (guint i = 0; i < STALL_N_ECHO_MEASURES; i++)
    add_column (view, stall_echo_measure_get_label ((StallEchoMeasure) i),
                G_CALLBACK (bind_count_cb), GUINT_TO_POINTER (i), FALSE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), view);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroller), HEIGHT);
  gtk_widget_set_parent (scroller, GTK_WIDGET (self));
}

/**
 * stall_echo_table_format:
 * @measure: what is counted
 * @count: how much
 *
 * Returns: (transfer full): a number, or for time how long it is
 */
char *
stall_echo_table_format (StallEchoMeasure measure, gint64 count)
{
  return measure == STALL_ECHO_DWELL ? stall_format_duration (count) : stall_format_count (count);
}

/**
 * stall_echo_table_set_series:
 * @self: a table
 * @series: what came back
 * @n_days: how many of its last days are shown
 *
 * Shows an echo.
 */
void
stall_echo_table_set_series (StallEchoTable *self, const StallEchoSeries *series, guint n_days)
{
  g_autoptr (GPtrArray) days = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_if_fail (STALL_IS_ECHO_TABLE (self));
  g_return_if_fail (series != NULL && n_days <= series->n_days);

  for (guint i = 1; i <= n_days; i++)
    {
      guint day = series->n_days - i;
      g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (series->days[day] / 1000);
      g_autoptr (GDateTime) local = g_date_time_to_local (utc);
      g_autofree char *name = g_date_time_format (local, "%Y-%m-%d");
      StallEcho *echo = stall_echo_new ("note:", name);

      for (guint measure = 0; measure < STALL_N_ECHO_MEASURES; measure++)
        stall_echo_set_count (echo, (StallEchoMeasure) measure, series->counts[measure][day]);
      g_ptr_array_add (days, echo);
    }
  g_list_store_splice (self->days, 0, g_list_model_get_n_items (G_LIST_MODEL (self->days)),
                       days->pdata, days->len);
}
