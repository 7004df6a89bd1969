/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-notes-page.h"

#include "stall-async.h"
#include "stall-chips.h"
#include "stall-list-trouble.h"
#include "stall-newest.h"
#include "stall-note-card.h"
#include "stall-note-figures.h"
#include "stall-note-filters.h"
#include "stall-note-history-dialog.h"
#include "stall-note-page.h"
#include "stall-note-schedule-dialog.h"
#include "stall-note-steps.h"
#include "stall-note-templates-dialog.h"
#include "stall-note-words.h"
#include "stall-product-words.h"
#include "stall-query-model.h"
#include "stall-type-to-search.h"
#include "stall-weak.h"

#include <glib/gi18n-lib.h>

static const struct
{
  const char *name;
  StallSort sort;
  gboolean descending;
} sort_names[] = {
  { "changed", STALL_SORT_DEFAULT, FALSE },
  { "date", STALL_SORT_PUBLISH_AT, TRUE },
  { "views", STALL_SORT_VIEWS, TRUE },
  { "title", STALL_SORT_NAME, FALSE },
};

struct _StallNotesPage
{
  AdwNavigationPage parent_instance;

  StallDesk *desk;
  StallQueryModel *model;
  StallQuery *query;
  char *product_title; /* of the query's product */
  gboolean quiet;      /* the widgets are being set from the query, not by a person */

  AdwWindowTitle *window_title;
  GtkSearchBar *search_bar;
  GtkSearchEntry *search_entry;
  StallNoteFilters *filters;
  StallChips *chips;
  GtkStack *stack;
  GtkGridView *grid_view;
  GMenu *topics_menu;
  GMenuModel *note_menu;

  GtkWidget *popover;
  StallNoteRow *menu_row; /* what the note.… actions are about */
};

enum
{
  PROP_0,
  PROP_DESK,
  PROP_SHOW,
  PROP_TOPIC,
  PROP_SORT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (StallNotesPage, stall_notes_page, ADW_TYPE_NAVIGATION_PAGE)

/* --- the query and its names --- */

static const char *
get_sort (StallNotesPage *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (sort_names); i++)
    if (sort_names[i].sort == self->query->sort)
      return sort_names[i].name;
  return sort_names[0].name;
}

static void
set_sort (StallNotesPage *self, const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (sort_names); i++)
    if (g_strcmp0 (sort_names[i].name, name) == 0)
      {
        self->query->sort = sort_names[i].sort;
        self->query->descending = sort_names[i].descending;
      }
}

static gboolean
has_search (StallNotesPage *self)
{
  return self->query->search != NULL && *self->query->search != '\0';
}

static gboolean
is_narrowed (StallNotesPage *self)
{
  return has_search (self) || stall_note_show_of_query (self->query) != STALL_SHOW_ALL
         || self->query->topic != NULL || self->query->product != NULL;
}

/* --- what is shown --- */

static void
show_chips (StallNotesPage *self)
{
  stall_chips_clear (self->chips);
  if (self->query->topic != NULL)
    {
      g_autofree char *label = g_strconcat ("#", self->query->topic, NULL);

      stall_chips_add (self->chips, "topic", label);
    }
  if (self->query->product != NULL && self->product_title != NULL)
    stall_chips_add (self->chips, "product", self->product_title);
}

static void
show_state (StallNotesPage *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->model));
  g_autofree char *count = n > 0 ? stall_note_words_n_notes (n) : NULL;
  gboolean narrowed = is_narrowed (self);

  if (stall_query_model_get_loading (self->model))
    return;
  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "list" : narrowed ? "nothing" : "empty");
  gtk_widget_set_visible (GTK_WIDGET (self->filters), n > 0 || narrowed);
  if (stall_query_model_get_complete (self->model))
    adw_window_title_set_subtitle (self->window_title, count != NULL ? count : "");
}

static void
run_query (StallNotesPage *self)
{
  show_chips (self);
  stall_note_filters_set_show (self->filters, stall_note_show_of_query (self->query));
  stall_query_model_set_query (self->model, self->query);
  show_state (self);
}

static void
refresh_cards (StallNotesPage *self)
{
  for (GtkWidget *item = gtk_widget_get_first_child (GTK_WIDGET (self->grid_view)); item != NULL;
       item = gtk_widget_get_next_sibling (item))
    {
      GtkWidget *card = gtk_widget_get_first_child (item);

      if (STALL_IS_TILE (card))
        stall_tile_refresh (STALL_TILE (card));
    }
}

static void
became_ready_cb (StallNotesPage *self, StallTime now)
{
  refresh_cards (self);
  if (self->query->ready_at == 0)
    return;
  self->query->ready_at = now;
  run_query (self);
}

/* --- topics --- */

static void
show_topics (StallNotesPage *self, const char *const *topics)
{
  g_menu_remove_all (self->topics_menu);
  for (guint i = 0; i <= g_strv_length ((GStrv) topics); i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (i == 0 ? _ ("Any Topic") : topics[i - 1], NULL);

      g_menu_item_set_action_and_target (item, "page.topic", "s", i == 0 ? "" : topics[i - 1]);
      g_menu_append_item (self->topics_menu, item);
    }
}

static DexFuture *
topics_fiber (gpointer data)
{
  g_autoptr (StallNotesPage) self = g_weak_ref_get (data);
  g_autoptr (StallDesk) desk = self != NULL ? g_object_ref (self->desk) : NULL;
  g_auto (GStrv) topics = NULL;
  g_autoptr (GError) error = NULL;

  if (self == NULL)
    return dex_future_new_true ();
  g_clear_object (&self);
  topics = dex_await_boxed (stall_store_topics (stall_desk_get_store (desk)), &error);
  self = g_weak_ref_get (data);
  if (self == NULL || self->topics_menu == NULL)
    return dex_future_new_true ();
  if (topics != NULL)
    show_topics (self, (const char *const *) topics);
  else
    stall_desk_report (desk, error);
  return dex_future_new_true ();
}

static void
load_topics (StallNotesPage *self)
{
  stall_spawn (topics_fiber, stall_weak_new (self), stall_weak_free);
}

static void
store_changed_cb (StallNotesPage *self, guint kinds)
{
  if (kinds & (1u << STALL_KIND_NOTE))
    load_topics (self);
}

/* --- searching and going somewhere --- */

static void
search_changed_cb (StallNotesPage *self)
{
  if (self->quiet || self->model == NULL
      || !g_set_str (&self->query->search,
                     gtk_editable_get_text (GTK_EDITABLE (self->search_entry))))
    return;
  run_query (self);
}

static void
search_activate_cb (StallNotesPage *self)
{
  g_autoptr (StallNoteRow) first = g_list_model_get_item (G_LIST_MODEL (self->model), 0);

  /* Enter opens the only thing that was found; otherwise it goes into the list. */
  if (first != NULL && g_list_model_get_n_items (G_LIST_MODEL (self->model)) == 1
      && stall_row_get_loaded (STALL_ROW (first)))
    stall_desk_open (self->desk, stall_note_row_get_id (first));
  else
    gtk_widget_child_focus (GTK_WIDGET (self->stack), GTK_DIR_TAB_FORWARD);
}

static void
chip_removed_cb (StallNotesPage *self, const char *id)
{
  if (g_str_equal (id, "topic"))
    g_object_set (self, "topic", "", NULL);
  else if (g_set_str (&self->query->product, NULL))
    run_query (self);
}

static void
activate_cb (StallNotesPage *self, guint position)
{
  g_autoptr (StallNoteRow) row = g_list_model_get_item (G_LIST_MODEL (self->model), position);

  if (row != NULL && stall_row_get_loaded (STALL_ROW (row)))
    stall_desk_open (self->desk, stall_note_row_get_id (row));
}

static void
setup_cb (StallNotesPage *self, GtkListItem *item)
{
  gtk_list_item_set_child (item, stall_note_card_new (stall_desk_get_store (self->desk)));
}

static void
bind_cb (StallNotesPage *self, GtkListItem *item)
{
  stall_tile_set_item (STALL_TILE (gtk_list_item_get_child (item)), item);
}

static void
unbind_cb (StallNotesPage *self, GtkListItem *item)
{
  stall_tile_set_item (STALL_TILE (gtk_list_item_get_child (item)), NULL);
}

static void
search_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  StallNotesPage *self = STALL_NOTES_PAGE (widget);

  gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

/* At once and with the focus: who types while the page is still sliding in writes the note. */
static void
chosen_cb (StallNotesPage *self, StallNote *note)
{
  GtkWidget *view = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_NAVIGATION_VIEW);
  AdwNavigationPage *page = stall_note_page_new_for (self->desk, note);

  adw_navigation_view_push (ADW_NAVIGATION_VIEW (view), page);
  gtk_widget_grab_focus (GTK_WIDGET (page));
}

static void
new_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  AdwDialog *dialog = stall_note_templates_dialog_new (STALL_NOTES_PAGE (widget)->desk);

  g_signal_connect_object (dialog, "chosen", G_CALLBACK (chosen_cb), widget, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, widget);
}

static void
show_all_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  StallNotesPage *self = STALL_NOTES_PAGE (widget);
  g_autoptr (StallQuery) query = stall_query_new (STALL_LIST_NOTES);

  query->sort = self->query->sort;
  query->descending = self->query->descending;
  stall_notes_page_set_query (self, query);
}

/* --- the menu of a note --- */

static StallNoteCard *
find_focused (StallNotesPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *child = focus != NULL ? gtk_widget_get_first_child (focus) : NULL;

  return STALL_IS_NOTE_CARD (child) ? STALL_NOTE_CARD (child) : NULL;
}

static gboolean
choose_card (StallNotesPage *self, StallNoteCard *card)
{
  StallRow *row = card != NULL ? stall_tile_get_row (STALL_TILE (card)) : NULL;

  if (row == NULL || !stall_row_get_loaded (row))
    return FALSE;
  g_set_object (&self->menu_row, STALL_NOTE_ROW (row));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "note.schedule",
                                 stall_note_row_get_state (self->menu_row) != STALL_NOTE_PUBLISHED);
  return TRUE;
}

static void
pop_up (StallNotesPage *self, StallNoteCard *card, GtkWidget *from, double x, double y)
{
  graphene_point_t point;

  if (!choose_card (self, card)
      || !gtk_widget_compute_point (from, GTK_WIDGET (self),
                                    &GRAPHENE_POINT_INIT ((float) x, (float) y), &point))
    return;
  if (self->popover == NULL)
    {
      self->popover = gtk_popover_menu_new_from_model (self->note_menu);
      gtk_popover_set_has_arrow (GTK_POPOVER (self->popover), FALSE);
      gtk_widget_set_halign (self->popover, GTK_ALIGN_START);
      gtk_widget_set_parent (self->popover, GTK_WIDGET (self));
    }
  gtk_popover_set_pointing_to (GTK_POPOVER (self->popover),
                               &(GdkRectangle) { (int) point.x, (int) point.y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->popover));
}

static void
pop_up_at (StallNotesPage *self, double x, double y)
{
  GtkWidget *grid = GTK_WIDGET (self->grid_view);
  GtkWidget *picked = gtk_widget_pick (grid, x, y, GTK_PICK_DEFAULT);
  GtkWidget *card = picked != NULL ? gtk_widget_get_ancestor (picked, STALL_TYPE_NOTE_CARD) : NULL;

  /* The padding of an item is the item, too. */
  if (card == NULL && picked != NULL && STALL_IS_NOTE_CARD (gtk_widget_get_first_child (picked)))
    card = gtk_widget_get_first_child (picked);
  if (card != NULL)
    pop_up (self, STALL_NOTE_CARD (card), grid, x, y);
}

static void
secondary_pressed_cb (StallNotesPage *self, int n_press, double x, double y)
{
  pop_up_at (self, x, y);
}

static void
long_pressed_cb (StallNotesPage *self, double x, double y)
{
  pop_up_at (self, x, y);
}

static void
menu_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  StallNotesPage *self = STALL_NOTES_PAGE (widget);
  StallNoteCard *card = find_focused (self);

  if (card != NULL)
    pop_up (self, card, GTK_WIDGET (card), gtk_widget_get_width (GTK_WIDGET (card)) / 2.0,
            gtk_widget_get_height (GTK_WIDGET (card)) / 2.0);
}

/* From the menu its note, from the keyboard the one that has the focus. */
static void
note_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  StallNotesPage *self = STALL_NOTES_PAGE (widget);
  const char *id;

  choose_card (self, find_focused (self));
  if (self->menu_row == NULL)
    return;
  id = stall_note_row_get_id (self->menu_row);
  if (g_str_equal (name, "note.open"))
    stall_desk_open (self->desk, id);
  else if (g_str_equal (name, "note.schedule"))
    stall_note_schedule_dialog_present (widget, self->desk, id,
                                        stall_note_row_get_state (self->menu_row)
                                                == STALL_NOTE_SCHEDULED
                                            ? stall_note_row_get_publish_at (self->menu_row)
                                            : STALL_TIME_NONE);
  else if (g_str_equal (name, "note.history"))
    stall_note_history_dialog_present (widget, self->desk, id);
  else if (g_str_equal (name, "note.duplicate"))
    stall_note_steps_duplicate (self->desk, id);
  else
    stall_note_steps_delete (self->desk, id, stall_note_row_get_title (self->menu_row));
}

/* --- the page itself --- */

static void
stall_notes_page_constructed (GObject *object)
{
  StallNotesPage *self = STALL_NOTES_PAGE (object);
  StallStore *store = stall_desk_get_store (self->desk);
  GtkNoSelection *selection;

  G_OBJECT_CLASS (stall_notes_page_parent_class)->constructed (object);

  self->model = stall_query_model_new (store);
  g_signal_connect_object (self->model, "notify", G_CALLBACK (show_state), self, G_CONNECT_SWAPPED);
  stall_list_trouble_watch (self->stack, self->model);
  g_signal_connect_object (store, "changed", G_CALLBACK (store_changed_cb), self,
                           G_CONNECT_SWAPPED);
  selection = gtk_no_selection_new (G_LIST_MODEL (g_object_ref (self->model)));
  gtk_grid_view_set_model (self->grid_view, GTK_SELECTION_MODEL (selection));
  stall_newest_keep_in_sight (self->grid_view);
  g_object_unref (selection);
  stall_note_filters_set_desk (self->filters, self->desk);
  run_query (self);
  load_topics (self);
}

static void
stall_notes_page_dispose (GObject *object)
{
  StallNotesPage *self = STALL_NOTES_PAGE (object);

  self->quiet = TRUE;
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  if (self->grid_view != NULL)
    gtk_grid_view_set_model (self->grid_view, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), STALL_TYPE_NOTES_PAGE);
  g_clear_object (&self->menu_row);
  g_clear_object (&self->model);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (stall_notes_page_parent_class)->dispose (object);
}

static void
stall_notes_page_finalize (GObject *object)
{
  StallNotesPage *self = STALL_NOTES_PAGE (object);

  stall_query_free (self->query);
  g_free (self->product_title);

  G_OBJECT_CLASS (stall_notes_page_parent_class)->finalize (object);
}

static void
stall_notes_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  StallNotesPage *self = STALL_NOTES_PAGE (object);

  switch (id)
    {
    case PROP_DESK:
      g_value_set_object (value, self->desk);
      break;
    case PROP_SHOW:
      g_value_set_string (value,
                          stall_note_show_to_string (stall_note_show_of_query (self->query)));
      break;
    case PROP_TOPIC:
      g_value_set_string (value, self->query->topic != NULL ? self->query->topic : "");
      break;
    case PROP_SORT:
      g_value_set_string (value, get_sort (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
set_part (StallNotesPage *self, guint id, const char *name, GParamSpec *pspec)
{
  g_autoptr (StallQuery) before = stall_query_copy (self->query);

  if (id == PROP_SHOW)
    stall_note_show_narrow (stall_note_show_from_string (name), self->query);
  else if (id == PROP_SORT)
    set_sort (self, name);
  else
    g_set_str (&self->query->topic, name == NULL || *name == '\0' ? NULL : name);
  if (stall_query_equal (before, self->query))
    return;
  run_query (self);
  g_object_notify_by_pspec (G_OBJECT (self), pspec);
}

static void
stall_notes_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  StallNotesPage *self = STALL_NOTES_PAGE (object);

  switch (id)
    {
    case PROP_DESK:
      self->desk = g_value_dup_object (value);
      break;
    case PROP_SHOW:
    case PROP_TOPIC:
    case PROP_SORT:
      set_part (self, id, g_value_get_string (value), pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/stall_app/Stall/notes/stall-notes-page.ui");
  gtk_widget_class_bind_template_child (widget_class, StallNotesPage, window_title);
  gtk_widget_class_bind_template_child (widget_class, StallNotesPage, search_bar);
  gtk_widget_class_bind_template_child (widget_class, StallNotesPage, search_entry);
  gtk_widget_class_bind_template_child (widget_class, StallNotesPage, filters);
  gtk_widget_class_bind_template_child (widget_class, StallNotesPage, chips);
  gtk_widget_class_bind_template_child (widget_class, StallNotesPage, stack);
  gtk_widget_class_bind_template_child (widget_class, StallNotesPage, grid_view);
  gtk_widget_class_bind_template_child (widget_class, StallNotesPage, topics_menu);
  gtk_widget_class_bind_template_child (widget_class, StallNotesPage, note_menu);
  gtk_widget_class_bind_template_callback (widget_class, became_ready_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, chip_removed_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, unbind_cb);
  gtk_widget_class_bind_template_callback (widget_class, secondary_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, long_pressed_cb);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "page.search", NULL, search_action);
  gtk_widget_class_install_action (widget_class, "page.new", NULL, new_action);
  gtk_widget_class_install_action (widget_class, "page.show-all", NULL, show_all_action);
  gtk_widget_class_install_action (widget_class, "note.menu", NULL, menu_action);
  gtk_widget_class_install_action (widget_class, "note.open", NULL, note_action);
  gtk_widget_class_install_action (widget_class, "note.schedule", NULL, note_action);
  gtk_widget_class_install_action (widget_class, "note.history", NULL, note_action);
  gtk_widget_class_install_action (widget_class, "note.duplicate", NULL, note_action);
  gtk_widget_class_install_action (widget_class, "note.delete", NULL, note_action);
  gtk_widget_class_install_property_action (widget_class, "page.show", "show");
  gtk_widget_class_install_property_action (widget_class, "page.topic", "topic");
  gtk_widget_class_install_property_action (widget_class, "page.sort", "sort");
}

static void
stall_notes_page_class_init (StallNotesPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->constructed = stall_notes_page_constructed;
  object_class->dispose = stall_notes_page_dispose;
  object_class->finalize = stall_notes_page_finalize;
  object_class->get_property = stall_notes_page_get_property;
  object_class->set_property = stall_notes_page_set_property;

  /**
   * StallNotesPage:desk:
   *
   * What every page is handed.
   */
  properties[PROP_DESK]
      = g_param_spec_object ("desk", NULL, NULL, STALL_TYPE_DESK, flags | G_PARAM_CONSTRUCT_ONLY);
  /**
   * StallNotesPage:show:
   *
   * "all", "drafts", "scheduled", "ready", "published" or "problems".
   */
  properties[PROP_SHOW] = g_param_spec_string ("show", NULL, NULL, "all", flags);
  /**
   * StallNotesPage:topic:
   *
   * The topic the list is narrowed to; "" for any.
   */
  properties[PROP_TOPIC] = g_param_spec_string ("topic", NULL, NULL, "", flags);
  /**
   * StallNotesPage:sort:
   *
   * "changed", "date", "views" or "title".
   */
  properties[PROP_SORT] = g_param_spec_string ("sort", NULL, NULL, "changed", flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (STALL_TYPE_CHIPS);
  g_type_ensure (STALL_TYPE_NOTE_FILTERS);
  bind_template (GTK_WIDGET_CLASS (klass));
  install_actions (GTK_WIDGET_CLASS (klass));
}

static void
stall_notes_page_init (StallNotesPage *self)
{
  self->query = stall_query_new (STALL_LIST_NOTES);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_search_bar_connect_entry (self->search_bar, GTK_EDITABLE (self->search_entry));
  stall_type_to_search (ADW_NAVIGATION_PAGE (self), self->search_bar);
  g_signal_connect_after (self, "map", G_CALLBACK (refresh_cards), NULL);
}

/**
 * stall_notes_page_new:
 * @desk: what every page is handed
 *
 * Returns: (transfer floating): the page of all notes
 */
AdwNavigationPage *
stall_notes_page_new (StallDesk *desk)
{
  g_return_val_if_fail (STALL_IS_DESK (desk), NULL);

  return g_object_new (STALL_TYPE_NOTES_PAGE, "desk", desk, NULL);
}

static DexFuture *
product_fiber (gpointer data)
{
  g_autoptr (StallNotesPage) self = g_object_ref (data);
  g_autofree char *id = g_strdup (self->query->product);
  g_autoptr (StallDocument) document
      = dex_await_object (stall_store_load (stall_desk_get_store (self->desk), id), NULL);
  g_autoptr (StallProduct) product
      = document != NULL ? stall_product_new_from_document (document, NULL) : NULL;

  if (self->desk == NULL || g_strcmp0 (id, self->query->product) != 0)
    return dex_future_new_true ();
  g_set_str (&self->product_title,
             stall_product_words_title (product != NULL ? stall_product_get_title (product) : ""));
  show_chips (self);
  return dex_future_new_true ();
}

/**
 * stall_notes_page_set_query:
 * @self: the page
 * @query: of notes; its search, filters and order are taken over
 *
 * Shows what another page points at, such as the notes that link a product.
 */
void
stall_notes_page_set_query (StallNotesPage *self, const StallQuery *query)
{
  g_return_if_fail (STALL_IS_NOTES_PAGE (self));
  g_return_if_fail (query != NULL && query->list == STALL_LIST_NOTES);

  g_clear_pointer (&self->query, stall_query_free);
  self->query = stall_query_copy (query);
  g_clear_pointer (&self->product_title, g_free);
  self->quiet = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), query->search ? query->search : "");
  gtk_search_bar_set_search_mode (self->search_bar, has_search (self));
  self->quiet = FALSE;
  run_query (self);
  for (guint i = PROP_SHOW; i <= PROP_SORT; i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
  if (query->product != NULL)
    stall_spawn (product_fiber, g_object_ref (self), g_object_unref);
}
