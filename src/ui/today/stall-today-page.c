/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-today-page.h"

#include "stall-bar-chart.h"
#include "stall-figure-button.h"
#include "stall-format.h"
#include "stall-oversold-page.h"
#include "stall-poll-picture.h"
#include "stall-poll-words.h"
#include "stall-share-row.h"
#include "stall-thumbnail.h"
#include "stall-today-row.h"

#include <glib/gi18n-lib.h>

#define N_BARS 30 /* days of the chart */
#define N_PERIODS 3

struct _StallTodayPage
{
  AdwNavigationPage parent_instance;

  AdwWindowTitle *window_title;
  AdwBanner *oversold_banner;
  GtkStack *stack;
  StallFigureButton *today_button;
  StallFigureButton *week_button;
  StallFigureButton *month_button;
  GtkLabel *chart_label;
  StallBarChart *chart;
  GtkLabel *first_day;
  GtkLabel *middle_day;
  AdwPreferencesGroup *due_group;
  GtkButton *due_button;
  GtkListBox *due_list;
  GtkButton *low_button;
  GtkListBox *low_list;
  GtkWidget *rest;
  GtkWidget *polls_group;
  GtkButton *polls_button;
  GtkListBox *polls_list;
  GtkListBox *source_list;
  GtkListBox *activity_list;
  GtkLabel *other_currencies;

  StallDesk *desk;
};

G_DEFINE_FINAL_TYPE (StallTodayPage, stall_today_page, ADW_TYPE_NAVIGATION_PAGE)

enum
{
  PROP_0,
  PROP_DESK,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static const StallFigures *
get_figures (StallTodayPage *self)
{
  return stall_desk_get_figures (self->desk);
}

/* --- the lists behind the figures, with the same bounds --- */

static StallQuery *
running_out_query (void)
{
  StallQuery *query = stall_query_new (STALL_LIST_PRODUCTS);

  query->stock = STALL_STOCK_RUNNING_OUT;
  query->sort = STALL_SORT_DAYS_LEFT;
  return query;
}

static StallQuery *
takings_query (StallTime from, StallTime until)
{
  StallQuery *query = stall_query_new (STALL_LIST_ORDERS);

  query->paid_from = from;
  query->paid_until = until;
  return query;
}

/* --- rows, kept and filled again so that the focus stays where it is --- */

static GtkWidget *
row_at (StallTodayPage *self,
        GtkListBox *list,
        guint index,
        GtkWidget *(*create) (StallTodayPage *) )
{
  GtkWidget *row = GTK_WIDGET (gtk_list_box_get_row_at_index (list, (int) index));

  if (row == NULL)
    {
      row = create (self);
      gtk_list_box_append (list, row);
    }
  return row;
}

static void
trim_rows (GtkListBox *list, guint n_rows)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (list, (int) n_rows)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (row));
  gtk_widget_set_visible (GTK_WIDGET (list), n_rows > 0);
}

static GtkWidget *
create_order_row (StallTodayPage *self)
{
  return stall_today_row_new (NULL, 1);
}

static GtkWidget *
create_activity_row (StallTodayPage *self)
{
  return stall_today_row_new (NULL, 2);
}

static GtkWidget *
create_variant_row (StallTodayPage *self)
{
  return stall_today_row_new (stall_thumbnail_new (stall_desk_get_store (self->desk), 40), 1);
}

static GtkWidget *
create_poll_row (StallTodayPage *self)
{
  GtkWidget *picture = stall_poll_picture_new ();

  gtk_widget_set_margin_top (picture, 6);
  gtk_widget_set_margin_bottom (picture, 6);
  return stall_today_row_new (picture, 2);
}

static GtkWidget *
create_share_row (StallTodayPage *self)
{
  return stall_share_row_new ();
}

static void
show_order (StallTodayPage *self, StallTodayRow *row, StallOrderRow *order)
{
  StallTime now = stall_time_now ();
  StallTime ship_by = stall_order_row_get_ship_by (order);
  const char *customer = stall_order_row_get_customer (order);
  g_autofree char *due = stall_format_due (ship_by, now);
  g_autofree char *title = NULL;

  if (customer != NULL && *customer != '\0')
    /* Translators: an order’s number and its customer */
    title = g_strdup_printf (_ ("%s · %s"), stall_order_row_get_order_number (order), customer);
  stall_today_row_set (row, stall_order_row_get_id (order),
                       title != NULL ? title : stall_order_row_get_order_number (order),
                       stall_order_row_get_summary (order));
  stall_today_row_set_detail (row, due,
                              ship_by != STALL_TIME_NONE && ship_by < now ? "error" : NULL);
}

static void
show_variant (StallTodayPage *self, StallTodayRow *row, StallVariantRow *variant)
{
  int on_hand = stall_variant_row_get_on_hand (variant);
  const char *title = stall_variant_row_get_title (variant);
  g_autofree char *pieces = stall_format_pieces (on_hand);
  g_autofree char *days = stall_format_days_left (stall_variant_row_get_days_left (variant));
  g_autofree char *subtitle = NULL;

  if (title != NULL && *title != '\0')
    /* Translators: a variant and how many pieces are on hand: “Lilac / M · 3 pieces” */
    subtitle = g_strdup_printf (_ ("%s · %s"), title, pieces);
  stall_today_row_set (row, stall_variant_row_get_product_id (variant),
                       stall_variant_row_get_product_title (variant),
                       subtitle != NULL ? subtitle : pieces);
  stall_today_row_set_detail (row, days, on_hand <= 0 ? "error" : NULL);
  stall_thumbnail_set_digest (STALL_THUMBNAIL (stall_today_row_get_picture (row)),
                              stall_variant_row_get_cover (variant));
}

static void
show_poll (StallTodayPage *self, StallTodayRow *row, StallPollRow *poll)
{
  StallTime now = stall_time_now ();
  gboolean waits = stall_poll_row_get_state (poll, now) == STALL_POLL_CLOSED;
  g_autofree char *gist = stall_poll_words_gist (poll, now);
  g_autofree char *counts = stall_poll_words_counts (stall_poll_row_get_votes (poll),
                                                     stall_poll_row_get_deposits (poll));
  g_autofree char *when = stall_poll_words_when (poll, now);
  /* Translators: what a poll comes down to, and its votes and deposits */
  g_autofree char *subtitle = g_strdup_printf (_ ("%s · %s"), gist, counts);

  stall_today_row_set (row, stall_poll_row_get_id (poll),
                       stall_poll_words_question (stall_poll_row_get_question (poll)), subtitle);
  stall_today_row_set_detail (row, waits ? _ ("To decide") : when, NULL);
  stall_poll_picture_show (STALL_POLL_PICTURE (stall_today_row_get_picture (row)),
                           stall_desk_get_store (self->desk), stall_poll_row_get_covers (poll));
}

static void
show_activity (StallTodayPage *self, StallTodayRow *row, StallActivityRow *activity)
{
  g_autofree char *when
      = stall_format_when (stall_activity_row_get_at (activity), stall_time_now ());
  gboolean undone = stall_activity_row_get_undone (activity);

  stall_today_row_set (row, stall_activity_row_get_topic (activity),
                       stall_activity_row_get_label (activity), undone ? _ ("Undone") : "");
  stall_today_row_set_detail (row, when, "dimmed");
}

typedef void (*ShowRow) (StallTodayPage *self, StallTodayRow *row, gpointer item);

static void
show_rows (StallTodayPage *self,
           GtkListBox *list,
           GListModel *rows,
           GtkWidget *(*create) (StallTodayPage *),
           ShowRow show)
{
  guint n_rows = g_list_model_get_n_items (rows);

  for (guint i = 0; i < n_rows; i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (rows, i);

      show (self, STALL_TODAY_ROW (row_at (self, list, i, create)), item);
    }
  trim_rows (list, n_rows);
}

static void
show_lists (StallTodayPage *self, const StallFigures *figures)
{
  show_rows (self, self->due_list, figures->due, create_order_row, (ShowRow) show_order);
  show_rows (self, self->low_list, figures->running_out, create_variant_row,
             (ShowRow) show_variant);
}

/* --- figures --- */

static void
show_period (StallFigureButton *button,
             const StallTakings *takings,
             const char *currency,
             const char *comparison,
             const char *nothing)
{
  g_autofree char *value = stall_format_money (takings->now, currency);
  g_autofree char *change = stall_format_change (takings->now, takings->before);

  if (takings->before == 0)
    stall_figure_button_set_figure (button, value, "", nothing);
  else
    stall_figure_button_set_figure (button, value, change, comparison);
}

static void
show_takings (StallTodayPage *self, const StallFigures *figures)
{
  show_period (self->today_button, &figures->takings[0], figures->currency, _ ("against yesterday"),
               _ ("Nothing yesterday"));
  show_period (self->week_button, &figures->takings[1], figures->currency,
               _ ("against the 7 days before"), _ ("Nothing in the 7 days before"));
  show_period (self->month_button, &figures->takings[2], figures->currency,
               _ ("against the 30 days before"), _ ("Nothing in the 30 days before"));
}

static StallTime
day_of_bar (const StallFigures *figures, guint index)
{
  return stall_time_day_start (figures->takings[0].from, (int) index - (N_BARS - 1));
}

static void
show_chart (StallTodayPage *self, const StallFigures *figures)
{
  const gint64 *days = figures->days + G_N_ELEMENTS (figures->days) - N_BARS;
  char *labels[N_BARS];
  g_autofree char *first = stall_format_weekday (day_of_bar (figures, 0));
  g_autofree char *middle = stall_format_weekday (day_of_bar (figures, N_BARS / 2));

  for (guint i = 0; i < N_BARS; i++)
    {
      g_autofree char *day = stall_format_weekday (day_of_bar (figures, i));
      g_autofree char *amount = stall_format_money (days[i], figures->currency);

      /* Translators: a day and what was taken on it: “Sun 22 Nov: ¥1,200.00” */
      labels[i] = g_strdup_printf (_ ("%s: %s"), day, amount);
    }
  stall_bar_chart_set_values (self->chart, days, (const char *const *) labels, N_BARS);
  for (guint i = 0; i < N_BARS; i++)
    g_free (labels[i]);
  gtk_label_set_text (self->first_day, first);
  gtk_label_set_text (self->middle_day, middle);
}

static void
show_sources (StallTodayPage *self, const StallFigures *figures)
{
  guint order[STALL_N_SOURCES];
  gint64 whole = 0;
  guint n_shown = 0;

  /* Largest first; a source without a sale has no row. */
  for (guint source = 0; source < STALL_N_SOURCES; source++)
    {
      guint place = n_shown;

      if (figures->payments_by_source[source] == 0)
        continue;
      for (; place > 0 && figures->by_source[order[place - 1]] < figures->by_source[source];
           place--)
        order[place] = order[place - 1];
      order[place] = source;
      n_shown++;
      whole += MAX (figures->by_source[source], 0);
    }
  for (guint i = 0; i < n_shown; i++)
    {
      GtkWidget *row = row_at (self, self->source_list, i, create_share_row);
      gint64 amount = figures->by_source[order[i]];
      double share = whole > 0 ? (double) MAX (amount, 0) / (double) whole : 0;
      g_autofree char *money = stall_format_money (amount, figures->currency);
      g_autofree char *percent = stall_format_percent (share);

      stall_share_row_set (STALL_SHARE_ROW (row), stall_source_get_label ((StallSource) order[i]),
                           percent, money, share);
      g_object_set_data (G_OBJECT (row), "source", GUINT_TO_POINTER (order[i]));
    }
  trim_rows (self->source_list, n_shown);
}

static void
show_button (GtkButton *button, guint count, const char *words)
{
  gtk_button_set_label (button, words);
  gtk_widget_set_visible (GTK_WIDGET (button), count > 0);
}

static void
show_counts (StallTodayPage *self, const StallFigures *figures)
{
  guint n_polls = figures->n_polls[STALL_POLL_OPEN] + figures->n_polls[STALL_POLL_CLOSED];
  g_autofree char *n_due = stall_format_count (figures->n_due);
  g_autofree char *n_overdue = stall_format_count (figures->n_overdue);
  g_autofree char *n_low = stall_format_count (figures->n_running_out);
  g_autofree char *n_oversold = stall_format_count (figures->n_oversold);
  g_autofree char *n_others = stall_format_count (figures->n_other_currencies);
  g_autofree char *due
      = g_strdup_printf (ngettext ("%s Order", "%s Orders", figures->n_due), n_due);
  g_autofree char *overdue = g_strdup_printf (
      ngettext ("%s is overdue", "%s are overdue", figures->n_overdue), n_overdue);
  g_autofree char *low
      = g_strdup_printf (ngettext ("%s Product", "%s Products", figures->n_running_out), n_low);
  g_autofree char *polls = g_strdup_printf (ngettext ("%u Poll", "%u Polls", n_polls), n_polls);
  g_autofree char *oversold = g_strdup_printf (
      ngettext ("%s variant is oversold", "%s variants are oversold", figures->n_oversold),
      n_oversold);
  g_autofree char *others
      = g_strdup_printf (ngettext ("%s order in another currency is left out of the sums.",
                                   "%s orders in other currencies are left out of the sums.",
                                   figures->n_other_currencies),
                         n_others);

  show_button (self->due_button, figures->n_due, due);
  show_button (self->low_button, figures->n_running_out, low);
  show_button (self->polls_button, n_polls, polls);
  /* A stall that never asks its audience is not reminded of it every day. */
  gtk_widget_set_visible (self->polls_group, n_polls > 0 || figures->n_polls[STALL_POLL_DRAFT] > 0
                                                 || figures->n_polls[STALL_POLL_DECIDED] > 0);
  adw_preferences_group_set_description (
      self->due_group, figures->n_overdue > 0 ? overdue : _ ("By the end of tomorrow"));
  adw_banner_set_title (self->oversold_banner, oversold);
  /* A banner that is not revealed is read out all the same. */
  gtk_widget_set_visible (GTK_WIDGET (self->oversold_banner), figures->n_oversold > 0);
  adw_banner_set_revealed (self->oversold_banner, figures->n_oversold > 0);
  gtk_label_set_text (self->other_currencies, others);
  gtk_widget_set_visible (GTK_WIDGET (self->other_currencies), figures->n_other_currencies > 0);
}

/* What stands below the fold of most windows. */
static void
show_rest (StallTodayPage *self, const StallFigures *figures)
{
  show_sources (self, figures);
  show_rows (self, self->polls_list, figures->polls, create_poll_row, (ShowRow) show_poll);
  show_rows (self, self->activity_list, figures->activity, create_activity_row,
             (ShowRow) show_activity);
}

static void
painted_cb (StallTodayPage *self, GdkFrameClock *clock)
{
  g_signal_handlers_disconnect_by_func (clock, painted_cb, self);
  show_rest (self, get_figures (self));
  gtk_widget_set_visible (self->rest, TRUE);
}

static void
refresh (StallTodayPage *self)
{
  const StallFigures *figures = get_figures (self);
  g_autofree char *day = NULL;

  if (figures == NULL && stall_desk_is_unreadable (self->desk))
    gtk_stack_set_visible_child_name (self->stack, "trouble");
  if (figures == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  day = stall_format_day (figures->takings[0].from);
  adw_window_title_set_subtitle (self->window_title, day);
  if (figures->is_empty)
    {
      gtk_stack_set_visible_child_name (self->stack, "empty");
      return;
    }
  show_takings (self, figures);
  show_chart (self, figures);
  show_counts (self, figures);
  show_lists (self, figures);
  /* Nobody waits for what is not to be seen yet. */
  if (gtk_widget_get_visible (self->rest))
    show_rest (self, figures);
  else
    g_signal_connect_object (gtk_widget_get_frame_clock (GTK_WIDGET (self)), "after-paint",
                             G_CALLBACK (painted_cb), self, G_CONNECT_SWAPPED);
  gtk_stack_set_visible_child_name (self->stack, "figures");
}

/* --- where figures lead --- */

static void
takings_clicked_cb (StallTodayPage *self, StallFigureButton *button)
{
  const StallFigures *figures = get_figures (self);
  guint period = button == self->today_button ? 0 : button == self->week_button ? 1 : 2;
  g_autoptr (StallQuery) query
      = takings_query (figures->takings[period].from, figures->takings[period].until);

  stall_desk_show_list (self->desk, query);
}

static void
bar_activated_cb (StallTodayPage *self, guint index)
{
  StallTime from = day_of_bar (get_figures (self), index);
  g_autoptr (StallQuery) query = takings_query (from, stall_time_day_start (from, 1));

  stall_desk_show_list (self->desk, query);
}

static void
source_activated_cb (StallTodayPage *self, GtkListBoxRow *row)
{
  const StallTakings *month = &get_figures (self)->takings[N_PERIODS - 1];
  g_autoptr (StallQuery) query = takings_query (month->from, month->until);

  query->source = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (row), "source")) + 1;
  stall_desk_show_list (self->desk, query);
}

static void
due_clicked_cb (StallTodayPage *self)
{
  g_autoptr (StallQuery) query = stall_figures_query_due (get_figures (self));

  stall_desk_show_list (self->desk, query);
}

static void
low_clicked_cb (StallTodayPage *self)
{
  g_autoptr (StallQuery) query = running_out_query ();

  stall_desk_show_list (self->desk, query);
}

static void
polls_clicked_cb (StallTodayPage *self)
{
  g_autoptr (StallQuery) query = stall_figures_query_polls (get_figures (self));

  stall_desk_show_list (self->desk, query);
}

static void
retry_clicked_cb (StallTodayPage *self)
{
  stall_desk_refresh (self->desk);
}

static void
oversold_clicked_cb (StallTodayPage *self)
{
  stall_desk_open (self->desk, STALL_OVERSOLD_PAGE_ID);
}

static void
row_activated_cb (StallTodayPage *self, StallTodayRow *row)
{
  stall_desk_open (self->desk, stall_today_row_get_id (row));
}

static void
pointed_cb (StallTodayPage *self, const char *label)
{
  gtk_label_set_text (self->chart_label, label != NULL ? label : _ ("Takings per day"));
}

static void
add_product_cb (StallTodayPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.section", "s", "inventory");
  gtk_widget_activate_action (GTK_WIDGET (self), "win.new", NULL);
}

static void
stall_today_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (stall_today_page_parent_class)->map (widget);

  refresh (STALL_TODAY_PAGE (widget));
}

static void
stall_today_page_constructed (GObject *object)
{
  StallTodayPage *self = STALL_TODAY_PAGE (object);

  G_OBJECT_CLASS (stall_today_page_parent_class)->constructed (object);

  pointed_cb (self, NULL);
  g_signal_connect_object (self->desk, "notify::figures", G_CALLBACK (refresh), self,
                           G_CONNECT_SWAPPED);
}

static void
stall_today_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), STALL_TYPE_TODAY_PAGE);

  G_OBJECT_CLASS (stall_today_page_parent_class)->dispose (object);
}

static void
stall_today_page_finalize (GObject *object)
{
  g_clear_object (&STALL_TODAY_PAGE (object)->desk);

  G_OBJECT_CLASS (stall_today_page_parent_class)->finalize (object);
}

static void
stall_today_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_DESK)
    STALL_TODAY_PAGE (object)->desk = g_value_dup_object (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/stall_app/Stall/today/stall-today-page.ui");
  gtk_widget_class_bind_template_child (widget_class, StallTodayPage, window_title);
  gtk_widget_class_bind_template_child (widget_class, StallTodayPage, oversold_banner);
  gtk_widget_class_bind_template_child (widget_class, StallTodayPage, stack);
  gtk_widget_class_bind_template_child (widget_class, StallTodayPage, today_button);
  gtk_widget_class_bind_template_child (widget_class, StallTodayPage, week_button);
  gtk_widget_class_bind_template_child (widget_class, StallTodayPage, month_button);
  gtk_widget_class_bind_template_child (widget_class, StallTodayPage, chart_label);
  gtk_widget_class_bind_template_child (widget_class, StallTodayPage, chart);
  gtk_widget_class_bind_template_child (widget_class, StallTodayPage, first_day);
  gtk_widget_class_bind_template_child (widget_class, StallTodayPage, middle_day);
  gtk_widget_class_bind_template_child (widget_class, StallTodayPage, due_group);
  gtk_widget_class_bind_template_child (widget_class, StallTodayPage, due_button);
  gtk_widget_class_bind_template_child (widget_class, StallTodayPage, due_list);
  gtk_widget_class_bind_template_child (widget_class, StallTodayPage, low_button);
  gtk_widget_class_bind_template_child (widget_class, StallTodayPage, low_list);
  gtk_widget_class_bind_template_child (widget_class, StallTodayPage, rest);
  gtk_widget_class_bind_template_child (widget_class, StallTodayPage, polls_group);
  gtk_widget_class_bind_template_child (widget_class, StallTodayPage, polls_button);
  gtk_widget_class_bind_template_child (widget_class, StallTodayPage, polls_list);
  gtk_widget_class_bind_template_child (widget_class, StallTodayPage, source_list);
  gtk_widget_class_bind_template_child (widget_class, StallTodayPage, activity_list);
  gtk_widget_class_bind_template_child (widget_class, StallTodayPage, other_currencies);
  gtk_widget_class_bind_template_callback (widget_class, add_product_cb);
  gtk_widget_class_bind_template_callback (widget_class, bar_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, due_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, low_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, retry_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, polls_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, pointed_cb);
  gtk_widget_class_bind_template_callback (widget_class, oversold_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, source_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, takings_clicked_cb);
}

static void
stall_today_page_class_init (StallTodayPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = stall_today_page_constructed;
  object_class->dispose = stall_today_page_dispose;
  object_class->finalize = stall_today_page_finalize;
  object_class->set_property = stall_today_page_set_property;
  widget_class->map = stall_today_page_map;

  properties[PROP_DESK]
      = g_param_spec_object ("desk", NULL, NULL, STALL_TYPE_DESK,
                             G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (STALL_TYPE_BAR_CHART);
  g_type_ensure (STALL_TYPE_FIGURE_BUTTON);
  bind_template (widget_class);
}

static void
stall_today_page_init (StallTodayPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * stall_today_page_new:
 * @desk: of the open stall
 *
 * Returns: (transfer floating): a new page
 */
AdwNavigationPage *
stall_today_page_new (StallDesk *desk)
{
  return g_object_new (STALL_TYPE_TODAY_PAGE, "desk", desk, NULL);
}
