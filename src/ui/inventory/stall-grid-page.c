/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-grid-page.h"

#include "stall-ask.h"
#include "stall-async.h"
#include "stall-grid-cell.h"
#include "stall-grid-edits.h"
#include "stall-list-trouble.h"
#include "stall-place-row.h"
#include "stall-product-words.h"
#include "stall-query-model.h"
#include "stall-weak.h"

#include <glib/gi18n-lib.h>

#define TITLE_WIDTH 132 /* pixels, at least */

struct _StallGridPage
{
  AdwNavigationPage parent_instance;

  StallDesk *desk;
  StallQuery *query;
  StallQueryModel *model;
  StallGridEdits *edits;
  GPtrArray *cells; /* not owned: those that live */
  GtkColumnViewColumn *columns[STALL_N_GRID_FIELDS];
  StallGridField focus_field; /* of the cell that had the focus last */
  guint focus_position;

  AdwWindowTitle *window_title;
  GtkActionBar *action_bar;
  GtkWidget *apply_button;
  StallPlaceRow *place_row;
  GtkStack *stack;
  GtkColumnView *column_view;
};

/* A column of text to go into the grid. */
typedef struct
{
  GWeakRef page;
  StallDesk *desk;
  StallQuery *query;
  StallGridEdits *edits;
  GdkClipboard *clipboard;
  StallGridField field;
  guint position;
} Paste;

enum
{
  PROP_0,
  PROP_DESK,
  PROP_QUERY,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (StallGridPage, stall_grid_page, ADW_TYPE_NAVIGATION_PAGE)

/* --- the cells --- */

static StallGridCell *
find_cell (StallGridPage *self, StallGridField field, guint position)
{
  for (guint i = 0; i < self->cells->len; i++)
    {
      StallGridCell *cell = g_ptr_array_index (self->cells, i);

      if (stall_grid_cell_get_field (cell) == field
          && stall_grid_cell_get_position (cell) == position)
        return cell;
    }
  return NULL;
}

static void
moved_cb (StallGridCell *from, int columns, int rows, StallGridPage *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->model));
  int column = (int) stall_grid_cell_get_field (from) + columns;
  gint64 row = (gint64) stall_grid_cell_get_position (from) + rows;
  StallGridCell *to;

  /* Past the last column comes the next row. */
  if (column < 0 || column >= STALL_N_GRID_FIELDS)
    {
      row += column < 0 ? -1 : 1;
      column = column < 0 ? STALL_N_GRID_FIELDS - 1 : 0;
    }
  if (row < 0 || row >= n)
    return;
  gtk_column_view_scroll_to (self->column_view, (guint) row, self->columns[column],
                             GTK_LIST_SCROLL_NONE, NULL);
  to = find_cell (self, (StallGridField) column, (guint) row);
  if (to != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (to));
}

static void
paste_free (Paste *paste)
{
  g_weak_ref_clear (&paste->page);
  g_object_unref (paste->desk);
  g_object_unref (paste->edits);
  g_object_unref (paste->clipboard);
  stall_query_free (paste->query);
  g_free (paste);
}

static void
paste_line (Paste *paste, StallVariantRow *row, const char *line, guint *n_wrong)
{
  g_auto (GStrv) values = g_strsplit (line, "\t", -1);

  for (guint i = 0; values[i] != NULL && paste->field + i < STALL_N_GRID_FIELDS; i++)
    {
      g_strstrip (values[i]);
      if (*values[i] != '\0'
          && !stall_grid_edits_set (paste->edits, row, (StallGridField) (paste->field + i),
                                    values[i], NULL))
        *n_wrong += 1;
    }
}

static void
text_read_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  DexPromise *promise = data;
  g_autoptr (GError) error = NULL;
  char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (object), result, &error);

  if (error != NULL)
    dex_promise_reject (promise, g_steal_pointer (&error));
  else
    dex_promise_resolve_string (promise, text != NULL ? text : g_strdup (""));
  dex_unref (promise);
}

static DexFuture *
read_text (GdkClipboard *clipboard)
{
  DexPromise *promise = dex_promise_new ();

  gdk_clipboard_read_text_async (clipboard, NULL, text_read_cb, dex_ref (promise));
  return DEX_FUTURE (promise);
}

static DexFuture *
paste_fiber (gpointer data)
{
  Paste *paste = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = dex_await_string (read_text (paste->clipboard), &error);
  g_auto (GStrv) lines = NULL;
  g_autoptr (GListModel) rows = NULL;
  guint n_lines, n_wrong = 0;

  if (text == NULL)
    {
      stall_desk_report (paste->desk, error);
      return dex_future_new_true ();
    }
  lines = g_strsplit (g_strchomp (text), "\n", -1);
  n_lines = g_strv_length (lines);
  /* The rows as they are in the list, loaded however far down they are. */
  rows = dex_await_object (stall_store_query_rows (stall_desk_get_store (paste->desk), paste->query,
                                                   paste->position + n_lines),
                           &error);
  if (rows == NULL)
    {
      stall_desk_report (paste->desk, error);
      return dex_future_new_true ();
    }
  for (guint i = 0; i < n_lines; i++)
    {
      g_autoptr (StallVariantRow) row = g_list_model_get_item (rows, paste->position + i);

      if (row != NULL)
        paste_line (paste, row, lines[i], &n_wrong);
    }
  if (n_wrong > 0)
    {
      g_autofree char *words
          = g_strdup_printf (ngettext ("%u value is not a number and was left out",
                                       "%u values are not numbers and were left out", n_wrong),
                             n_wrong);

      stall_desk_say (paste->desk, words);
    }
  return dex_future_new_true ();
}

static void
paste_cb (StallGridCell *cell, StallGridPage *self)
{
  Paste *paste = g_new0 (Paste, 1);

  g_weak_ref_init (&paste->page, self);
  paste->desk = g_object_ref (self->desk);
  paste->edits = g_object_ref (self->edits);
  paste->query = stall_query_copy (self->query);
  paste->clipboard = g_object_ref (gtk_widget_get_clipboard (GTK_WIDGET (self)));
  paste->field = stall_grid_cell_get_field (cell);
  paste->position = stall_grid_cell_get_position (cell);
  stall_spawn (paste_fiber, paste, (GDestroyNotify) paste_free);
}

static void
cell_entered_cb (StallGridPage *self, GtkEventControllerFocus *focus)
{
  StallGridCell *cell
      = STALL_GRID_CELL (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (focus)));

  self->focus_field = stall_grid_cell_get_field (cell);
  self->focus_position = stall_grid_cell_get_position (cell);
}

static void
setup_cell_cb (GtkSignalListItemFactory *factory, GtkColumnViewCell *item, StallGridPage *self)
{
  guint field = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (factory), "field"));
  GtkWidget *cell = stall_grid_cell_new (self->desk, self->edits, (StallGridField) field);
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_signal_connect_object (cell, "moved", G_CALLBACK (moved_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (cell, "paste", G_CALLBACK (paste_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (focus, "enter", G_CALLBACK (cell_entered_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (cell, focus);
  gtk_column_view_cell_set_focusable (item, FALSE);
  gtk_column_view_cell_set_child (item, cell);
  g_ptr_array_add (self->cells, cell);
}

static void
bind_cell_cb (GtkSignalListItemFactory *factory, GtkColumnViewCell *item, StallGridPage *self)
{
  stall_grid_cell_set_row (STALL_GRID_CELL (gtk_column_view_cell_get_child (item)),
                           gtk_column_view_cell_get_item (item),
                           gtk_column_view_cell_get_position (item));
}

static void
unbind_cell_cb (GtkSignalListItemFactory *factory, GtkColumnViewCell *item, StallGridPage *self)
{
  stall_grid_cell_set_row (STALL_GRID_CELL (gtk_column_view_cell_get_child (item)), NULL,
                           GTK_INVALID_LIST_POSITION);
}

static void
teardown_cell_cb (GtkSignalListItemFactory *factory, GtkColumnViewCell *item, StallGridPage *self)
{
  GtkWidget *cell = gtk_column_view_cell_get_child (item);

  if (self->cells != NULL && cell != NULL)
    g_ptr_array_remove_fast (self->cells, cell);
}

static void
show_title (StallVariantRow *row, GtkColumnViewCell *item)
{
  GtkWidget *first = gtk_widget_get_first_child (gtk_column_view_cell_get_child (item));
  gboolean loaded = stall_row_get_loaded (STALL_ROW (row));
  g_autofree char *detail = loaded ? stall_product_words_join (stall_variant_row_get_title (row),
                                                               stall_variant_row_get_sku (row))
                                   : NULL;

  gtk_inscription_set_text (
      GTK_INSCRIPTION (first),
      loaded ? stall_product_words_title (stall_variant_row_get_product_title (row)) : NULL);
  gtk_inscription_set_text (GTK_INSCRIPTION (gtk_widget_get_next_sibling (first)), detail);
}

static void
setup_title_cb (GtkSignalListItemFactory *factory, GtkColumnViewCell *item, StallGridPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  for (guint i = 0; i < 2; i++)
    {
      GtkWidget *text
          = g_object_new (GTK_TYPE_INSCRIPTION, "xalign", 0.f, "min-chars", 0, "text-overflow",
                          GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END, NULL);

      if (i == 1)
        gtk_widget_set_css_classes (text, (const char *[]) { "caption", "dimmed", NULL });
      gtk_box_append (GTK_BOX (box), text);
    }
  gtk_widget_set_size_request (box, TITLE_WIDTH, -1);
  gtk_column_view_cell_set_focusable (item, FALSE);
  gtk_column_view_cell_set_child (item, box);
}

static void
bind_title_cb (GtkSignalListItemFactory *factory, GtkColumnViewCell *item, StallGridPage *self)
{
  StallVariantRow *row = gtk_column_view_cell_get_item (item);

  g_signal_connect_object (row, "changed", G_CALLBACK (show_title), item, G_CONNECT_DEFAULT);
  show_title (row, item);
}

static void
unbind_title_cb (GtkSignalListItemFactory *factory, GtkColumnViewCell *item, StallGridPage *self)
{
  g_signal_handlers_disconnect_by_func (gtk_column_view_cell_get_item (item), show_title, item);
}

/* A column of numbers has its title above them, which GTK has no property for. */
static void
align_title (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    {
      gtk_widget_set_hexpand (widget, TRUE);
      gtk_label_set_xalign (GTK_LABEL (widget), 1);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    align_title (child);
}

static void
align_titles (StallGridPage *self)
{
  GtkWidget *header = gtk_widget_get_first_child (GTK_WIDGET (self->column_view));
  GtkWidget *title = header != NULL ? gtk_widget_get_first_child (header) : NULL;

  /* The first is the variant's. */
  while (title != NULL && (title = gtk_widget_get_next_sibling (title)) != NULL)
    align_title (title);
}

static void
add_columns (StallGridPage *self)
{
  static const char *const titles[STALL_N_GRID_FIELDS]
      = { N_ ("Price"), N_ ("Cost"), N_ ("On Hand") };
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkColumnViewColumn) title = gtk_column_view_column_new (_ ("Variant"), factory);

  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_title_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_title_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_title_cb), self,
                           G_CONNECT_DEFAULT);
  gtk_column_view_column_set_expand (title, TRUE);
  gtk_column_view_append_column (self->column_view, title);
  for (guint i = 0; i < STALL_N_GRID_FIELDS; i++)
    {
      factory = gtk_signal_list_item_factory_new ();
      self->columns[i] = gtk_column_view_column_new (_ (titles[i]), factory);
      g_object_set_data (G_OBJECT (factory), "field", GUINT_TO_POINTER (i));
      g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cell_cb), self,
                               G_CONNECT_DEFAULT);
      g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cell_cb), self, G_CONNECT_DEFAULT);
      g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cell_cb), self,
                               G_CONNECT_DEFAULT);
      g_signal_connect_object (factory, "teardown", G_CALLBACK (teardown_cell_cb), self,
                               G_CONNECT_DEFAULT);
      gtk_column_view_append_column (self->column_view, self->columns[i]);
      g_object_unref (self->columns[i]); /* the view holds it */
    }
  align_titles (self);
}

/* --- the page --- */

static void
show_state (StallGridPage *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->model));
  g_autofree char *words = stall_product_words_n_variants (n);

  if (n == 0 && stall_query_model_get_loading (self->model))
    return;
  if (stall_query_model_get_complete (self->model))
    adw_window_title_set_subtitle (self->window_title, n > 0 ? words : "");
  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "grid" : "empty");
}

/* The bar takes the focus with it when it goes: back to the cell that was edited last. */
static void
leave_bar (StallGridPage *self)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));
  StallGridCell *cell = find_cell (self, self->focus_field, self->focus_position);

  if (cell != NULL && focus != NULL
      && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->action_bar)))
    gtk_widget_grab_focus (GTK_WIDGET (cell));
}

static void
edits_changed_cb (StallGridPage *self)
{
  guint n = stall_grid_edits_get_n_variants (self->edits);
  g_autofree char *label
      = g_strdup_printf (ngettext ("_Apply %u Change", "_Apply %u Changes", n), n);

  if (n == 0 && gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    leave_bar (self);
  gtk_button_set_label (GTK_BUTTON (self->apply_button), label);
  gtk_action_bar_set_revealed (self->action_bar, n > 0);
  /* Neither Escape nor the back button loses what was typed. */
  adw_navigation_page_set_can_pop (ADW_NAVIGATION_PAGE (self), n == 0);
}

static void
apply_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  StallGridPage *self = STALL_GRID_PAGE (widget);

  gtk_widget_grab_focus (self->apply_button); /* the cell that is edited takes what was typed */
  dex_future_disown (
      stall_grid_edits_apply (self->edits, stall_place_row_get_place (self->place_row)));
}

static DexFuture *
discard_fiber (gpointer data)
{
  g_autoptr (StallGridPage) self = g_weak_ref_get (data);
  g_autoptr (StallGridEdits) edits = self != NULL ? g_object_ref (self->edits) : NULL;
  DexFuture *asked;

  if (self == NULL)
    return dex_future_new_true ();
  asked = stall_ask_sure (GTK_WIDGET (self), _ ("Discard the Changes?"),
                          _ ("What was typed is lost. Nothing was written yet."), _ ("_Discard"));
  g_clear_object (&self);
  if (dex_await_boolean (asked, NULL))
    stall_grid_edits_clear (edits);
  return dex_future_new_true ();
}

static void
discard_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  stall_spawn (discard_fiber, stall_weak_new (widget), stall_weak_free);
}

static void
stall_grid_page_constructed (GObject *object)
{
  StallGridPage *self = STALL_GRID_PAGE (object);
  g_autoptr (GtkNoSelection) selection = NULL;

  G_OBJECT_CLASS (stall_grid_page_parent_class)->constructed (object);

  self->edits = stall_grid_edits_new (self->desk);
  self->model = stall_query_model_new (stall_desk_get_store (self->desk));
  stall_list_trouble_watch (self->stack, self->model);
  stall_place_row_set_desk (self->place_row, self->desk);
  g_signal_connect_object (self->edits, "changed", G_CALLBACK (edits_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "notify::loading", G_CALLBACK (show_state), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "notify::complete", G_CALLBACK (show_state), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "notify::n-items", G_CALLBACK (show_state), self,
                           G_CONNECT_SWAPPED);
  add_columns (self);
  stall_query_model_set_query (self->model, self->query);
  selection = gtk_no_selection_new (G_LIST_MODEL (g_object_ref (self->model)));
  gtk_column_view_set_model (self->column_view, GTK_SELECTION_MODEL (selection));
  show_state (self);
}

static void
stall_grid_page_dispose (GObject *object)
{
  StallGridPage *self = STALL_GRID_PAGE (object);

  if (self->column_view != NULL)
    gtk_column_view_set_model (self->column_view, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), STALL_TYPE_GRID_PAGE);
  g_clear_pointer (&self->cells, g_ptr_array_unref);
  g_clear_object (&self->model);
  g_clear_object (&self->edits);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->query, stall_query_free);

  G_OBJECT_CLASS (stall_grid_page_parent_class)->dispose (object);
}

/* The variants of the products that a list shows. */
static StallQuery *
query_variants (const StallQuery *products)
{
  StallQuery *query = stall_query_new (STALL_LIST_VARIANTS);

  if (products == NULL)
    return query;
  query->search = g_strdup (products->search);
  query->stage = products->stage;
  query->tag = g_strdup (products->tag);
  query->stock = products->stock;
  query->product = g_strdup (products->product);
  return query;
}

static void
stall_grid_page_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  StallGridPage *self = STALL_GRID_PAGE (object);

  switch (prop_id)
    {
    case PROP_DESK:
      g_value_set_object (value, self->desk);
      break;
    case PROP_QUERY:
      g_value_set_boxed (value, self->query);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
stall_grid_page_set_property (GObject *object,
                              guint prop_id,
                              const GValue *value,
                              GParamSpec *pspec)
{
  StallGridPage *self = STALL_GRID_PAGE (object);

  switch (prop_id)
    {
    case PROP_DESK:
      self->desk = g_value_dup_object (value);
      break;
    case PROP_QUERY:
      self->query = query_variants (g_value_get_boxed (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
stall_grid_page_class_init (StallGridPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags construct = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->constructed = stall_grid_page_constructed;
  object_class->dispose = stall_grid_page_dispose;
  object_class->get_property = stall_grid_page_get_property;
  object_class->set_property = stall_grid_page_set_property;

  /**
   * StallGridPage:desk:
   *
   * What every page is handed.
   */
  properties[PROP_DESK] = g_param_spec_object ("desk", NULL, NULL, STALL_TYPE_DESK, construct);
  /**
   * StallGridPage:query: (nullable)
   *
   * The products whose variants are edited; all when %NULL.
   */
  properties[PROP_QUERY] = g_param_spec_boxed ("query", NULL, NULL, STALL_TYPE_QUERY, construct);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (STALL_TYPE_PLACE_ROW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/stall_app/Stall/inventory/stall-grid-page.ui");
  gtk_widget_class_bind_template_child (widget_class, StallGridPage, window_title);
  gtk_widget_class_bind_template_child (widget_class, StallGridPage, action_bar);
  gtk_widget_class_bind_template_child (widget_class, StallGridPage, apply_button);
  gtk_widget_class_bind_template_child (widget_class, StallGridPage, place_row);
  gtk_widget_class_bind_template_child (widget_class, StallGridPage, stack);
  gtk_widget_class_bind_template_child (widget_class, StallGridPage, column_view);
  gtk_widget_class_install_action (widget_class, "grid.apply", NULL, apply_action);
  gtk_widget_class_install_action (widget_class, "grid.discard", NULL, discard_action);
}

static void
stall_grid_page_init (StallGridPage *self)
{
  self->cells = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * stall_grid_page_new:
 * @desk: what every page is handed
 * @query: (nullable): the products whose variants are edited; all when %NULL
 *
 * Returns: (transfer floating): the page that edits many variants at once
 */
AdwNavigationPage *
stall_grid_page_new (StallDesk *desk, const StallQuery *query)
{
  g_return_val_if_fail (STALL_IS_DESK (desk), NULL);

  return g_object_new (STALL_TYPE_GRID_PAGE, "desk", desk, "query", query, NULL);
}
