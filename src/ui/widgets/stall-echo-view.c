/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-echo-view.h"

#include "stall-async.h"
#include "stall-bar-chart.h"
#include "stall-echo-table.h"
#include "stall-format.h"
#include "stall-note-figures.h"
#include "stall-weak.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>

#define MEASURE_WIDTH 96 /* px: three beside each other on a phone */
#define DAYS 90          /* read at once; a shorter period is the end of it */
#define KINDS                                                                   \
  ((1u << STALL_KIND_ECHO) | (1u << STALL_KIND_NOTE) | (1u << STALL_KIND_ORDER) \
   | (1u << STALL_KIND_EVENT))

struct _StallEchoView
{
  GtkWidget parent_instance;

  StallDesk *desk;
  char *subject;
  StallEchoSeries *series; /* of DAYS; NULL until it was read */
  StallEchoMeasure measure;
  gboolean reading;
  gboolean stale;

  AdwToggleGroup *range_group;
  GtkToggleButton *table_button;
  GtkStack *stack;
  GtkFlowBox *measures;
  GtkToggleButton *buttons[STALL_N_ECHO_MEASURES];
  GtkLabel *totals[STALL_N_ECHO_MEASURES];
  StallBarChart *chart;
  GtkLabel *first_day;
  GtkLabel *pointed_label;
  StallEchoTable *table;
  GtkWidget *sales_list;
  AdwActionRow *sales_row;
  GtkLabel *paid_label;
  GtkWidget *sales_arrow;
};

enum
{
  PROP_0,
  PROP_DESK,
  PROP_SUBJECT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (StallEchoView, stall_echo_view, GTK_TYPE_WIDGET)

static guint
get_n_days (StallEchoView *self)
{
  const char *name = adw_toggle_group_get_active_name (self->range_group);

  return name != NULL ? (guint) MIN (atoi (name), DAYS) : DAYS;
}

/* --- showing --- */

static void
show_pointed (StallEchoView *self, const char *label)
{
  int published = self->series != NULL ? self->series->published : -1;
  g_autofree char *day = NULL;
  g_autofree char *text = NULL;

  if (label == NULL && published >= DAYS - (int) get_n_days (self))
    {
      day = stall_format_weekday (self->series->days[published]);
      /* Translators: %s is a day, “Sun 22 Nov” */
      label = text = g_strdup_printf (_ ("Published %s"), day);
    }
  gtk_label_set_text (self->pointed_label, label != NULL ? label : "");
}

static char *
describe_day (StallEchoView *self, guint index)
{
  g_autofree char *day = stall_format_weekday (self->series->days[index]);
  g_autofree char *count
      = stall_echo_table_format (self->measure, self->series->counts[self->measure][index]);

  if ((int) index == self->series->published)
    /* Translators: the day on which a note was published, and a count: “Sun 22 Nov, published: 12”
     */
    return g_strdup_printf (_ ("%s, published: %s"), day, count);
  /* Translators: a day and a count: “Sun 22 Nov: 12” */
  return g_strdup_printf (_ ("%s: %s"), day, count);
}

static void
show_chart (StallEchoView *self)
{
  guint n_days = get_n_days (self);
  guint first = DAYS - n_days;
  g_autoptr (GStrvBuilder) labels = g_strv_builder_new ();
  g_auto (GStrv) words = NULL;
  g_autofree char *first_day = stall_format_weekday (self->series->days[first]);

  for (guint i = first; i < DAYS; i++)
    g_strv_builder_take (labels, describe_day (self, i));
  words = g_strv_builder_end (labels);
  stall_bar_chart_set_values (self->chart, self->series->counts[self->measure] + first,
                              (const char *const *) words, n_days);
  stall_bar_chart_set_mark (self->chart, self->series->published - (int) first);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->chart), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  stall_echo_measure_get_label (self->measure), -1);
  gtk_label_set_text (self->first_day, first_day);
  show_pointed (self, NULL);
}

static void
show_totals (StallEchoView *self)
{
  for (guint measure = 0; measure < STALL_N_ECHO_MEASURES; measure++)
    {
      const char *name = stall_echo_measure_get_label ((StallEchoMeasure) measure);
      g_autofree char *text = NULL;
      g_autofree char *spoken = NULL;
      gint64 total = 0;

      for (guint i = DAYS - get_n_days (self); i < DAYS; i++)
        total += self->series->counts[measure][i];
      text = stall_echo_table_format ((StallEchoMeasure) measure, total);
      gtk_label_set_text (self->totals[measure], text);
      /* Translators: what is counted and how much of it: “Likes: 12” */
      spoken = g_strdup_printf (C_ ("echo", "%s: %s"), name, text);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->buttons[measure]),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
    }
}

static gboolean
is_silent (StallEchoView *self)
{
  for (guint i = 0; i < STALL_N_ECHO_MEASURES; i++)
    if (self->series->totals[i] != 0)
      return FALSE;
  return TRUE;
}

static void
show_series (StallEchoView *self)
{
  gboolean as_table = gtk_toggle_button_get_active (self->table_button);
  gboolean silent = self->series == NULL || is_silent (self);

  gtk_widget_set_visible (gtk_widget_get_parent (GTK_WIDGET (self->range_group)), !silent);
  if (self->series == NULL)
    return;
  if (silent)
    {
      gtk_stack_set_visible_child_name (self->stack, "empty");
      return;
    }
  if (as_table)
    {
      stall_echo_table_set_series (self->table, self->series, get_n_days (self));
    }
  else
    {
      show_totals (self);
      show_chart (self);
    }
  gtk_stack_set_visible_child_name (self->stack, as_table ? "table" : "chart");
}

static void
show_sales (StallEchoView *self, const StallNoteSales *sales)
{
  g_autofree char *pieces = stall_format_pieces (sales->pieces);
  g_autofree char *orders
      = g_strdup_printf (ngettext ("%u order", "%u orders", sales->n_orders), sales->n_orders);
  g_autofree char *paid = stall_format_money (sales->paid, stall_desk_get_currency (self->desk));
  /* Translators: how many pieces in how many orders: “12 pieces · 9 orders” */
  g_autofree char *words = g_strdup_printf (C_ ("echo", "%s · %s"), pieces, orders);
  gboolean any = sales->n_orders > 0;

  adw_action_row_set_subtitle (self->sales_row, any ? words : _ ("Nothing yet"));
  gtk_label_set_text (self->paid_label, any ? paid : "");
  gtk_widget_set_visible (self->sales_arrow, any);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self->sales_row), any);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->sales_row),
                                  any ? "echo.show-orders" : NULL);
  gtk_widget_set_visible (self->sales_list, TRUE);
}

/* --- reading --- */

static DexFuture *
read_series (StallDesk *desk, const char *subject)
{
  return stall_store_echo_series (stall_desk_get_store (desk), subject, stall_time_now (), DAYS);
}

static void read_if_stale (StallEchoView *self);

static DexFuture *
read_fiber (gpointer data)
{
  g_autoptr (StallEchoView) self = g_weak_ref_get (data);
  g_autoptr (StallDesk) desk = self != NULL ? g_object_ref (self->desk) : NULL;
  g_autofree char *subject = self != NULL ? g_strdup (self->subject) : NULL;
  g_autoptr (StallEchoSeries) series = NULL;
  g_autoptr (StallNoteSales) sales = NULL;
  g_autoptr (GError) error = NULL;

  if (self == NULL)
    return dex_future_new_true ();
  self->stale = FALSE;
  g_clear_object (&self);
  if (subject != NULL)
    series = dex_await_boxed (read_series (desk, subject), &error);
  if (series != NULL && stall_kind_of_id (subject) == STALL_KIND_NOTE)
    sales = dex_await_boxed (stall_store_note_sales (stall_desk_get_store (desk), subject,
                                                     stall_desk_get_currency (desk)),
                             &error);
  stall_desk_report (desk, error);
  self = g_weak_ref_get (data);
  if (self == NULL || self->desk == NULL)
    return dex_future_new_true ();
  self->reading = FALSE;
  if (self->stale)
    {
      /* Something else was asked for, or happened, meanwhile. */
      read_if_stale (self);
    }
  else if (series != NULL)
    {
      g_clear_pointer (&self->series, stall_echo_series_free);
      self->series = g_steal_pointer (&series);
      show_series (self);
      if (sales != NULL)
        show_sales (self, sales);
    }
  return dex_future_new_true ();
}

/* Nothing is read for nobody to see. */
static void
read_if_stale (StallEchoView *self)
{
  if (!self->stale || self->reading || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  self->reading = TRUE;
  stall_spawn (read_fiber, stall_weak_new (self), stall_weak_free);
}

static void
store_changed_cb (StallEchoView *self, guint kinds)
{
  if (kinds & KINDS)
    {
      self->stale = TRUE;
      read_if_stale (self);
    }
}

/* --- the person's choices --- */

static void
range_changed_cb (StallEchoView *self)
{
  show_series (self);
}

static void
table_toggled_cb (StallEchoView *self)
{
  show_series (self);
}

static void
measure_toggled_cb (StallEchoView *self, GtkToggleButton *button)
{
  if (!gtk_toggle_button_get_active (button))
    return;
  for (guint i = 0; i < STALL_N_ECHO_MEASURES; i++)
    if (self->buttons[i] == button)
      self->measure = (StallEchoMeasure) i;
  show_series (self);
}

static void
show_orders_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  StallEchoView *self = STALL_ECHO_VIEW (widget);
  g_autoptr (StallQuery) query = stall_query_new (STALL_LIST_ORDERS);

  query->source_ref = g_strdup (self->subject);
  query->source = STALL_SOURCE_NOTE + 1;
  query->statuses = ((1u << STALL_N_STATUSES) - 1) & ~(1u << STALL_STATUS_CANCELLED);
  stall_desk_show_list (self->desk, query);
}

/* --- the widget --- */

static void
add_measure (StallEchoView *self, StallEchoMeasure measure)
{
  GtkWidget *button = gtk_toggle_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *title = gtk_label_new (stall_echo_measure_get_label (measure));
  GtkWidget *total = gtk_label_new (NULL);
  GtkFlowBoxChild *child;

  gtk_widget_add_css_class (title, "caption");
  gtk_widget_add_css_class (title, "dimmed");
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (total, "title-4");
  gtk_widget_add_css_class (total, "numeric");
  gtk_label_set_ellipsize (GTK_LABEL (total), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), total);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "measure");
  gtk_widget_set_size_request (button, MEASURE_WIDTH, -1);
  gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), self->buttons[0]);
  gtk_flow_box_append (self->measures, button);
  /* The buttons are what is tabbed through, not the places they are in. */
  child = gtk_flow_box_get_child_at_index (self->measures, (int) measure);
  gtk_widget_set_focusable (GTK_WIDGET (child), FALSE);
  self->buttons[measure] = GTK_TOGGLE_BUTTON (button);
  self->totals[measure] = GTK_LABEL (total);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), measure == self->measure);
  g_signal_connect_object (button, "toggled", G_CALLBACK (measure_toggled_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
stall_echo_view_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (stall_echo_view_parent_class)->map (widget);

  read_if_stale (STALL_ECHO_VIEW (widget));
}

static void
stall_echo_view_constructed (GObject *object)
{
  StallEchoView *self = STALL_ECHO_VIEW (object);

  G_OBJECT_CLASS (stall_echo_view_parent_class)->constructed (object);

  g_signal_connect_object (stall_desk_get_store (self->desk), "changed",
                           G_CALLBACK (store_changed_cb), self, G_CONNECT_SWAPPED);
}

static void
stall_echo_view_dispose (GObject *object)
{
  StallEchoView *self = STALL_ECHO_VIEW (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  gtk_widget_dispose_template (GTK_WIDGET (self), STALL_TYPE_ECHO_VIEW);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->subject, g_free);
  g_clear_pointer (&self->series, stall_echo_series_free);

  G_OBJECT_CLASS (stall_echo_view_parent_class)->dispose (object);
}

static void
stall_echo_view_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  StallEchoView *self = STALL_ECHO_VIEW (object);

  switch (prop_id)
    {
    case PROP_DESK:
      g_value_set_object (value, self->desk);
      break;
    case PROP_SUBJECT:
      g_value_set_string (value, self->subject);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
stall_echo_view_set_property (GObject *object,
                              guint prop_id,
                              const GValue *value,
                              GParamSpec *pspec)
{
  StallEchoView *self = STALL_ECHO_VIEW (object);

  switch (prop_id)
    {
    case PROP_DESK:
      self->desk = g_value_dup_object (value);
      break;
    case PROP_SUBJECT:
      stall_echo_view_set_subject (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
stall_echo_view_class_init (StallEchoViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = stall_echo_view_constructed;
  object_class->dispose = stall_echo_view_dispose;
  object_class->get_property = stall_echo_view_get_property;
  object_class->set_property = stall_echo_view_set_property;
  widget_class->map = stall_echo_view_map;

  /**
   * StallEchoView:desk:
   *
   * What every page is handed.
   */
  properties[PROP_DESK]
      = g_param_spec_object ("desk", NULL, NULL, STALL_TYPE_DESK,
                             G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  /**
   * StallEchoView:subject: (nullable)
   *
   * Whose echo it is: "note:…" or "product:…".
   */
  properties[PROP_SUBJECT]
      = g_param_spec_string ("subject", NULL, NULL, NULL,
                             G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (STALL_TYPE_BAR_CHART);
  g_type_ensure (STALL_TYPE_ECHO_TABLE);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/stall_app/Stall/widgets/stall-echo-view.ui");
  gtk_widget_class_bind_template_child (widget_class, StallEchoView, range_group);
  gtk_widget_class_bind_template_child (widget_class, StallEchoView, table_button);
  gtk_widget_class_bind_template_child (widget_class, StallEchoView, stack);
  gtk_widget_class_bind_template_child (widget_class, StallEchoView, measures);
  gtk_widget_class_bind_template_child (widget_class, StallEchoView, chart);
  gtk_widget_class_bind_template_child (widget_class, StallEchoView, first_day);
  gtk_widget_class_bind_template_child (widget_class, StallEchoView, pointed_label);
  gtk_widget_class_bind_template_child (widget_class, StallEchoView, table);
  gtk_widget_class_bind_template_child (widget_class, StallEchoView, sales_list);
  gtk_widget_class_bind_template_child (widget_class, StallEchoView, sales_row);
  gtk_widget_class_bind_template_child (widget_class, StallEchoView, paid_label);
  gtk_widget_class_bind_template_child (widget_class, StallEchoView, sales_arrow);
  gtk_widget_class_bind_template_callback (widget_class, range_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, table_toggled_cb);
  gtk_widget_class_install_action (widget_class, "echo.show-orders", NULL, show_orders_action);
}

static void
stall_echo_view_init (StallEchoView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < STALL_N_ECHO_MEASURES; i++)
    add_measure (self, (StallEchoMeasure) i);
  adw_toggle_group_set_active_name (self->range_group, "30");
  g_signal_connect_object (self->chart, "pointed", G_CALLBACK (show_pointed), self,
                           G_CONNECT_SWAPPED);
  show_series (self);
}

/**
 * stall_echo_view_new:
 * @desk: what every page is handed
 *
 * Returns: (transfer floating): a view of nothing yet
 */
GtkWidget *
stall_echo_view_new (StallDesk *desk)
{
  g_return_val_if_fail (STALL_IS_DESK (desk), NULL);

  return g_object_new (STALL_TYPE_ECHO_VIEW, "desk", desk, NULL);
}

/**
 * stall_echo_view_set_subject:
 * @self: a view
 * @subject_id: (nullable): "note:…" or "product:…"
 *
 * Shows another thing's echo.
 */
void
stall_echo_view_set_subject (StallEchoView *self, const char *subject_id)
{
  g_return_if_fail (STALL_IS_ECHO_VIEW (self));

  if (!g_set_str (&self->subject, subject_id))
    return;
  g_clear_pointer (&self->series, stall_echo_series_free);
  gtk_stack_set_visible_child_name (self->stack, "loading");
  gtk_widget_set_visible (self->sales_list, FALSE);
  show_series (self);
  self->stale = TRUE;
  read_if_stale (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SUBJECT]);
}
