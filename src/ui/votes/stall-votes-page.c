/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-votes-page.h"

#include "stall-async.h"
#include "stall-check-item.h"
#include "stall-chips.h"
#include "stall-list-trouble.h"
#include "stall-newest.h"
#include "stall-poll-compare-page.h"
#include "stall-poll-item.h"
#include "stall-poll-page.h"
#include "stall-selection-bar.h"
#include "stall-serving-banner.h"
#include "stall-type-to-search.h"

#include <glib/gi18n-lib.h>

#define ANY "any"

struct _StallVotesPage
{
  AdwNavigationPage parent_instance;

  StallDesk *desk;
  StallQuery *query;
  StallQueryModel *model;
  StallSelection *selection;
  gboolean narrow;
  StallTime now; /* what “3 hours left” is told by; moves on while somebody looks */
  guint minute_source;

  AdwWindowTitle *window_title;
  StallServingBanner *serving_banner;
  GtkSearchBar *search_bar;
  GtkSearchEntry *search_entry;
  StallChips *chips;
  GtkStack *stack;
  GtkListView *list;
  StallSelectionBar *selection_bar;
};

G_DEFINE_FINAL_TYPE (StallVotesPage, stall_votes_page, ADW_TYPE_NAVIGATION_PAGE)

enum
{
  PROP_0,
  PROP_DESK,
  PROP_NARROW,
  PROP_NOW,
  PROP_STATE,
  PROP_SELECTING,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* --- which polls --- */

/* The name of the filter for a menu: one state, or "any"; "" for several, which only a figure that
 * leads here asks for. */
static const char *
get_state (StallVotesPage *self)
{
  if (self->query->poll_states == 0)
    return ANY;
  for (int state = 0; state < STALL_N_POLL_STATES; state++)
    if (self->query->poll_states == 1u << state)
      return stall_poll_state_to_string ((StallPollState) state);
  return "";
}

static guint
states_of_name (const char *name)
{
  for (int state = 0; state < STALL_N_POLL_STATES; state++)
    if (g_strcmp0 (stall_poll_state_to_string ((StallPollState) state), name) == 0)
      return 1u << state;
  return 0;
}

static gboolean
is_narrowed (StallVotesPage *self)
{
  return self->query->poll_states != 0 || self->query->product != NULL
         || (self->query->search != NULL && *self->query->search != '\0');
}

static void
show_content (StallVotesPage *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->model));
  g_autofree char *count = g_strdup_printf (ngettext ("%u poll", "%u polls", n), n);
  const char *name = is_narrowed (self) ? "nothing" : "empty";

  if (n > 0)
    name = "list";
  else if (stall_query_model_get_loading (self->model))
    name = "loading";
  gtk_stack_set_visible_child_name (self->stack, name);
  if (n == 0 || stall_query_model_get_complete (self->model))
    adw_window_title_set_subtitle (self->window_title, n > 0 ? count : "");
}

static void
show_chips (StallVotesPage *self)
{
  stall_chips_clear (self->chips);
  for (int state = 0; state < STALL_N_POLL_STATES; state++)
    if (self->query->poll_states & (1u << state))
      stall_chips_add (self->chips, stall_poll_state_to_string ((StallPollState) state),
                       stall_poll_state_get_label ((StallPollState) state));
}

static void
apply_query (StallVotesPage *self)
{
  stall_query_model_set_query (self->model, self->query);
  show_chips (self);
  show_content (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

static void
chip_removed_cb (StallVotesPage *self, const char *id)
{
  self->query->poll_states &= ~states_of_name (id);
  apply_query (self);
}

static void
search_changed_cb (StallVotesPage *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search_entry));

  if (g_set_str (&self->query->search, *text != '\0' ? text : NULL))
    apply_query (self);
}

/* --- the list --- */

static void
open_position (StallVotesPage *self, guint position)
{
  g_autoptr (StallPollRow) row = g_list_model_get_item (G_LIST_MODEL (self->model), position);

  if (row != NULL && stall_row_get_loaded (STALL_ROW (row)))
    stall_desk_open (self->desk, stall_poll_row_get_id (row));
}

static void
activate_cb (StallVotesPage *self, guint position)
{
  open_position (self, position);
}

/* Enter in the search entry opens the only poll it found. */
static void
search_activate_cb (StallVotesPage *self)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (self->model)) == 1)
    open_position (self, 0);
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

static void
setup_cb (StallVotesPage *self, GtkListItem *list_item)
{
  GtkWidget *item = stall_poll_item_new (stall_desk_get_store (self->desk));

  g_object_bind_property (self, "narrow", item, "narrow", G_BINDING_SYNC_CREATE);
  g_object_bind_property (self, "now", item, "now", G_BINDING_SYNC_CREATE);
  g_object_bind_property (item, "description", list_item, "accessible-label", G_BINDING_DEFAULT);
  stall_check_item_set_up (list_item, self->selection, item, STALL_CHECK_BESIDE);
}

static void
bind_cb (StallVotesPage *self, GtkListItem *list_item)
{
  stall_poll_item_set_row (STALL_POLL_ITEM (stall_check_item_get_content (list_item)),
                           gtk_list_item_get_item (list_item));
}

static void
unbind_cb (StallVotesPage *self, GtkListItem *list_item)
{
  stall_poll_item_set_row (STALL_POLL_ITEM (stall_check_item_get_content (list_item)), NULL);
}

/* --- time passing --- */

static void
tell_time (StallVotesPage *self)
{
  self->now = stall_time_now ();
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NOW]);
}

static gboolean
minute_cb (gpointer data)
{
  tell_time (data);
  return G_SOURCE_CONTINUE;
}

static void
stall_votes_page_map (GtkWidget *widget)
{
  StallVotesPage *self = STALL_VOTES_PAGE (widget);

  GTK_WIDGET_CLASS (stall_votes_page_parent_class)->map (widget);
  tell_time (self);
  self->minute_source = g_timeout_add_seconds (60, minute_cb, self);
}

static void
stall_votes_page_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&STALL_VOTES_PAGE (widget)->minute_source, g_source_remove);
  GTK_WIDGET_CLASS (stall_votes_page_parent_class)->unmap (widget);
}

/* --- actions --- */

static void
search_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  StallVotesPage *self = STALL_VOTES_PAGE (widget);

  gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
  gtk_editable_select_region (GTK_EDITABLE (self->search_entry), 0, -1);
}

static void
show_all_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (StallQuery) query = stall_query_new (STALL_LIST_POLLS);

  stall_votes_page_set_query (STALL_VOTES_PAGE (widget), query);
}

static void
push (StallVotesPage *self, AdwNavigationPage *page)
{
  GtkWidget *view = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_NAVIGATION_VIEW);

  if (view != NULL)
    adw_navigation_view_push (ADW_NAVIGATION_VIEW (view), page);
}

static void
new_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  StallVotesPage *self = STALL_VOTES_PAGE (widget);

  push (self, stall_poll_page_new (self->desk, NULL));
}

static void
selection_cb (StallVotesPage *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "selection.compare",
                                 stall_selection_get_n_selected (self->selection) > 1);
}

static void
selecting_cb (StallVotesPage *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTING]);
}

static DexFuture *
compare_fiber (gpointer data)
{
  StallVotesPage *self = data;
  g_autoptr (StallDesk) desk = g_object_ref (self->desk);
  g_autoptr (StallSelection) selection = g_object_ref (self->selection);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) ids = stall_selection_await_ids (selection, stall_desk_get_store (desk), &error);

  if (ids == NULL)
    {
      stall_desk_report (desk, error);
      return dex_future_new_true ();
    }
  stall_selection_set_selecting (selection, FALSE);
  push (self, stall_poll_compare_page_new (desk, (const char *const *) ids));
  return dex_future_new_true ();
}

static void
compare_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  stall_spawn (compare_fiber, g_object_ref (widget), g_object_unref);
}

static gboolean
escape_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  StallVotesPage *self = STALL_VOTES_PAGE (widget);

  if (!stall_selection_get_selecting (self->selection))
    return GDK_EVENT_PROPAGATE;
  stall_selection_set_selecting (self->selection, FALSE);
  return GDK_EVENT_STOP;
}

static void
stall_votes_page_constructed (GObject *object)
{
  StallVotesPage *self = STALL_VOTES_PAGE (object);

  G_OBJECT_CLASS (stall_votes_page_parent_class)->constructed (object);

  self->model = stall_query_model_new (stall_desk_get_store (self->desk));
  stall_list_trouble_watch (self->stack, self->model);
  self->selection = stall_selection_new (self->model);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  stall_newest_keep_in_sight (self->list);
  stall_selection_bar_set_selection (self->selection_bar, self->selection);
  stall_check_item_watch_list (GTK_WIDGET (self->list), self->selection);
  g_signal_connect_object (self->selection, "notify::n-selected", G_CALLBACK (selection_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "notify::selecting", G_CALLBACK (selecting_cb), self,
                           G_CONNECT_SWAPPED);
  selection_cb (self);
  g_signal_connect_object (self->model, "notify::loading", G_CALLBACK (show_content), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "notify::complete", G_CALLBACK (show_content), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "notify::n-items", G_CALLBACK (show_content), self,
                           G_CONNECT_SWAPPED);
  stall_serving_banner_set_poll (self->serving_banner, self->desk, NULL);
  apply_query (self);
}

static void
stall_votes_page_dispose (GObject *object)
{
  StallVotesPage *self = STALL_VOTES_PAGE (object);

  g_clear_handle_id (&self->minute_source, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), STALL_TYPE_VOTES_PAGE);
  g_clear_object (&self->selection);
  g_clear_object (&self->model);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->query, stall_query_free);

  G_OBJECT_CLASS (stall_votes_page_parent_class)->dispose (object);
}

static void
stall_votes_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  StallVotesPage *self = STALL_VOTES_PAGE (object);

  switch (id)
    {
    case PROP_DESK:
      g_value_set_object (value, self->desk);
      break;
    case PROP_NARROW:
      g_value_set_boolean (value, self->narrow);
      break;
    case PROP_NOW:
      g_value_set_int64 (value, self->now);
      break;
    case PROP_STATE:
      g_value_set_string (value, get_state (self));
      break;
    case PROP_SELECTING:
      /* Menus ask while the page is still being made. */
      g_value_set_boolean (value, self->selection != NULL
                                      && stall_selection_get_selecting (self->selection));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
stall_votes_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  StallVotesPage *self = STALL_VOTES_PAGE (object);

  switch (id)
    {
    case PROP_DESK:
      self->desk = g_value_dup_object (value);
      break;
    case PROP_NARROW:
      if (self->narrow == g_value_get_boolean (value))
        break;
      self->narrow = g_value_get_boolean (value);
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_STATE:
      self->query->poll_states = states_of_name (g_value_get_string (value));
      apply_query (self);
      break;
    case PROP_SELECTING:
      stall_selection_set_selecting (self->selection, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (STALL_TYPE_CHIPS);
  g_type_ensure (STALL_TYPE_SELECTION_BAR);
  g_type_ensure (STALL_TYPE_SERVING_BANNER);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/stall_app/Stall/votes/stall-votes-page.ui");
  gtk_widget_class_bind_template_child (widget_class, StallVotesPage, window_title);
  gtk_widget_class_bind_template_child (widget_class, StallVotesPage, serving_banner);
  gtk_widget_class_bind_template_child (widget_class, StallVotesPage, search_bar);
  gtk_widget_class_bind_template_child (widget_class, StallVotesPage, search_entry);
  gtk_widget_class_bind_template_child (widget_class, StallVotesPage, chips);
  gtk_widget_class_bind_template_child (widget_class, StallVotesPage, stack);
  gtk_widget_class_bind_template_child (widget_class, StallVotesPage, list);
  gtk_widget_class_bind_template_child (widget_class, StallVotesPage, selection_bar);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, chip_removed_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, unbind_cb);
}

static void
stall_votes_page_class_init (StallVotesPageClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = stall_votes_page_constructed;
  object_class->dispose = stall_votes_page_dispose;
  object_class->get_property = stall_votes_page_get_property;
  object_class->set_property = stall_votes_page_set_property;
  widget_class->map = stall_votes_page_map;
  widget_class->unmap = stall_votes_page_unmap;

  properties[PROP_DESK]
      = g_param_spec_object ("desk", NULL, NULL, STALL_TYPE_DESK,
                             G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE, flags);
  properties[PROP_NOW]
      = g_param_spec_int64 ("now", NULL, NULL, G_MININT64, G_MAXINT64, 0,
                            G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_STATE] = g_param_spec_string ("state", NULL, NULL, NULL, flags);
  properties[PROP_SELECTING] = g_param_spec_boolean ("selecting", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "page.search", NULL, search_action);
  gtk_widget_class_install_action (widget_class, "page.new", NULL, new_action);
  gtk_widget_class_install_action (widget_class, "page.show-all", NULL, show_all_action);
  gtk_widget_class_install_action (widget_class, "selection.compare", NULL, compare_action);
  gtk_widget_class_install_property_action (widget_class, "page.state", "state");
  gtk_widget_class_install_property_action (widget_class, "page.selecting", "selecting");
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, escape_cb, NULL);
}

static void
stall_votes_page_init (StallVotesPage *self)
{
  self->query = stall_query_new (STALL_LIST_POLLS);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_search_bar_connect_entry (self->search_bar, GTK_EDITABLE (self->search_entry));
  stall_type_to_search (ADW_NAVIGATION_PAGE (self), self->search_bar);
}

/**
 * stall_votes_page_new:
 * @desk: the desk
 *
 * Makes the page of all polls.
 *
 * Returns: (transfer floating): the page
 */
AdwNavigationPage *
stall_votes_page_new (StallDesk *desk)
{
  g_return_val_if_fail (STALL_IS_DESK (desk), NULL);

  return g_object_new (STALL_TYPE_VOTES_PAGE, "desk", desk, NULL);
}

/**
 * stall_votes_page_set_query:
 * @self: the page
 * @query: of a list of polls
 *
 * Shows what @query asks for; a figure that leads here hands over the query it counted.
 */
void
stall_votes_page_set_query (StallVotesPage *self, const StallQuery *query)
{
  g_return_if_fail (STALL_IS_VOTES_PAGE (self));
  g_return_if_fail (query != NULL && query->list == STALL_LIST_POLLS);

  g_clear_pointer (&self->query, stall_query_free);
  self->query = stall_query_copy (query);
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), query->search ? query->search : "");
  gtk_search_bar_set_search_mode (self->search_bar, query->search && *query->search);
  apply_query (self);
}
