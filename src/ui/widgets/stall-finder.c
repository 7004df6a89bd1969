/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-finder.h"

#include "stall-format.h"
#include "stall-list-trouble.h"
#include "stall-product-words.h"
#include "stall-query-model.h"
#include "stall-thumbnail.h"

#define PICTURE 40

struct _StallFinder
{
  AdwBin parent_instance;

  StallDesk *desk;
  StallQueryModel *model; /* NULL until somebody looks for something */
  StallQuery *query;
  gboolean take_first; /* as soon as what was typed is found */

  GtkSearchEntry *search_entry;
  GtkStack *stack;
  GtkListView *list_view;
};

enum
{
  SIGNAL_FOUND,
  SIGNAL_STOPPED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StallFinder, stall_finder, ADW_TYPE_BIN)

/* --- what was found --- */

static char *
dup_variant_detail (StallVariantRow *row)
{
  g_autofree char *available
      = stall_product_words_n_available (stall_variant_row_get_available (row));
  g_autofree char *price = NULL;
  g_autofree char *terms = NULL;

  if (stall_variant_row_get_price (row) != STALL_PRICE_NONE)
    price = stall_format_money (stall_variant_row_get_price (row),
                                stall_variant_row_get_currency (row));
  terms = stall_product_words_join (price, available);
  return stall_product_words_join (terms, stall_variant_row_get_sku (row));
}

static char *
dup_product_detail (StallProductRow *row)
{
  g_autofree char *price = stall_format_price_range (stall_product_row_get_price_min (row),
                                                     stall_product_row_get_price_max (row),
                                                     stall_product_row_get_currency (row));
  g_autofree char *available = stall_product_words_available (stall_product_row_get_available (row),
                                                              stall_product_row_get_stage (row));

  return stall_product_words_join (price, available);
}

static void
show_row (StallRow *row, GtkListItem *item)
{
  GtkWidget *thumbnail = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  GtkWidget *first = gtk_widget_get_first_child (gtk_widget_get_next_sibling (thumbnail));
  const char *cover = NULL;
  g_autofree char *title = NULL;
  g_autofree char *detail = NULL;

  if (stall_row_get_loaded (row) && STALL_IS_VARIANT_ROW (row))
    {
      StallVariantRow *variant = STALL_VARIANT_ROW (row);

      cover = stall_variant_row_get_cover (variant);
      title = stall_product_words_variant (stall_variant_row_get_product_title (variant),
                                           stall_variant_row_get_title (variant));
      detail = dup_variant_detail (variant);
    }
  else if (stall_row_get_loaded (row))
    {
      StallProductRow *product = STALL_PRODUCT_ROW (row);

      cover = stall_product_row_get_cover (product);
      title = g_strdup (stall_product_words_title (stall_product_row_get_title (product)));
      detail = dup_product_detail (product);
    }
  stall_thumbnail_set_digest (STALL_THUMBNAIL (thumbnail), cover);
  gtk_inscription_set_text (GTK_INSCRIPTION (first), title);
  gtk_inscription_set_text (GTK_INSCRIPTION (gtk_widget_get_next_sibling (first)), detail);
  gtk_list_item_set_accessible_label (item, title != NULL ? title : "");
}

static GtkWidget *
new_text (const char *css_class)
{
  GtkWidget *text = g_object_new (GTK_TYPE_INSCRIPTION, "xalign", 0.f, "hexpand", TRUE,
                                  "text-overflow", GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END, NULL);

  gtk_widget_add_css_class (text, css_class);
  return text;
}

static void
setup_cb (StallFinder *self, GtkListItem *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *detail = new_text ("caption");

  gtk_widget_add_css_class (detail, "dimmed");
  gtk_widget_add_css_class (detail, "numeric");
  gtk_widget_set_valign (lines, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (lines), new_text ("heading"));
  gtk_box_append (GTK_BOX (lines), detail);
  gtk_box_append (GTK_BOX (box), stall_thumbnail_new (stall_desk_get_store (self->desk), PICTURE));
  gtk_box_append (GTK_BOX (box), lines);
  gtk_list_item_set_child (item, box);
}

static void
bind_cb (StallFinder *self, GtkListItem *item)
{
  StallRow *row = gtk_list_item_get_item (item);

  g_signal_connect_object (row, "changed", G_CALLBACK (show_row), item, G_CONNECT_DEFAULT);
  show_row (row, item);
}

static void
unbind_cb (StallFinder *self, GtkListItem *item)
{
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (item), show_row, item);
}

/* --- taking it --- */

static void
activate_cb (StallFinder *self, guint position)
{
  g_autoptr (StallRow) row = g_list_model_get_item (G_LIST_MODEL (self->model), position);

  if (row != NULL && stall_row_get_loaded (row))
    g_signal_emit (self, signals[SIGNAL_FOUND], 0, row);
}

/* Who types and presses Enter at once means what was typed, not what is still shown. */
static void
take_first (StallFinder *self)
{
  g_autoptr (StallRow) row = NULL;

  if (!self->take_first || stall_query_model_get_loading (self->model))
    return;
  row = g_list_model_get_item (G_LIST_MODEL (self->model), 0);
  if (row != NULL && !stall_row_get_loaded (row))
    {
      g_signal_connect_object (row, "changed", G_CALLBACK (take_first), self, G_CONNECT_SWAPPED);
      return;
    }
  self->take_first = FALSE;
  activate_cb (self, 0);
}

static void
search_changed_cb (StallFinder *self)
{
  self->take_first = FALSE;
  if (self->model != NULL
      && g_set_str (&self->query->search,
                    gtk_editable_get_text (GTK_EDITABLE (self->search_entry))))
    stall_query_model_set_query (self->model, self->query);
}

static void
search_activate_cb (StallFinder *self)
{
  self->take_first = TRUE;
  take_first (self);
}

static void
stop_search_cb (StallFinder *self)
{
  g_signal_emit (self, signals[SIGNAL_STOPPED], 0);
}

static void
show_state (StallFinder *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->model));

  if (n > 0 || !stall_query_model_get_loading (self->model))
    gtk_stack_set_visible_child_name (self->stack, n > 0 ? "list" : "nothing");
  take_first (self);
}

static gboolean
stall_finder_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (STALL_FINDER (widget)->search_entry));
}

static void
stall_finder_dispose (GObject *object)
{
  StallFinder *self = STALL_FINDER (object);

  if (self->list_view != NULL)
    gtk_list_view_set_model (self->list_view, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), STALL_TYPE_FINDER);
  g_clear_object (&self->model);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->query, stall_query_free);

  G_OBJECT_CLASS (stall_finder_parent_class)->dispose (object);
}

static void
stall_finder_class_init (StallFinderClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = stall_finder_dispose;
  widget_class->grab_focus = stall_finder_grab_focus;

  /**
   * StallFinder::found:
   * @row: a loaded #StallProductRow or #StallVariantRow
   *
   * It was chosen.
   */
  signals[SIGNAL_FOUND] = g_signal_new ("found", STALL_TYPE_FINDER, G_SIGNAL_RUN_LAST, 0, NULL,
                                        NULL, NULL, G_TYPE_NONE, 1, STALL_TYPE_ROW);
  /**
   * StallFinder::stopped:
   *
   * A person gave up looking.
   */
  signals[SIGNAL_STOPPED] = g_signal_new ("stopped", STALL_TYPE_FINDER, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/stall_app/Stall/widgets/stall-finder.ui");
  gtk_widget_class_bind_template_child (widget_class, StallFinder, search_entry);
  gtk_widget_class_bind_template_child (widget_class, StallFinder, stack);
  gtk_widget_class_bind_template_child (widget_class, StallFinder, list_view);
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, unbind_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
}

static void
stall_finder_init (StallFinder *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
read_all (StallFinder *self)
{
  g_autoptr (GtkNoSelection) selection = NULL;

  self->model = stall_query_model_new (stall_desk_get_store (self->desk));
  stall_list_trouble_watch (self->stack, self->model);
  g_signal_connect_object (self->model, "notify::loading", G_CALLBACK (show_state), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "notify::n-items", G_CALLBACK (show_state), self,
                           G_CONNECT_SWAPPED);
  stall_query_model_set_query (self->model, self->query);
  selection = gtk_no_selection_new (G_LIST_MODEL (g_object_ref (self->model)));
  gtk_list_view_set_model (self->list_view, GTK_SELECTION_MODEL (selection));
  show_state (self);
}

/**
 * stall_finder_start:
 * @self: a finder
 * @desk: what every page is handed
 * @list: %STALL_LIST_PRODUCTS or %STALL_LIST_VARIANTS, the same every time
 *
 * Begins a new search, of everything there is.
 */
void
stall_finder_start (StallFinder *self, StallDesk *desk, StallList list)
{
  g_return_if_fail (STALL_IS_FINDER (self));
  g_return_if_fail (STALL_IS_DESK (desk));

  self->take_first = FALSE;
  if (self->model == NULL)
    {
      self->desk = g_object_ref (desk);
      self->query = stall_query_new (list);
      self->query->sort = STALL_SORT_MATCH;
      read_all (self);
    }
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
}
