/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-product-popover.h"

#include "stall-format.h"
#include "stall-product-words.h"
#include "stall-query-model.h"
#include "stall-thumbnail.h"

#define PICTURE 40

struct _StallProductPopover
{
  GtkPopover parent_instance;

  StallDesk *desk;
  StallQueryModel *model;
  StallQuery *query;
  gboolean picking; /* the first, as soon as what was typed is found */

  GtkSearchEntry *search_entry;
  GtkStack *stack;
  GtkListView *list_view;
};

enum
{
  SIGNAL_PICKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StallProductPopover, stall_product_popover, GTK_TYPE_POPOVER)

static void
show_product (StallProductRow *row, GtkListItem *item)
{
  GtkWidget *thumbnail = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  GtkWidget *lines = gtk_widget_get_next_sibling (thumbnail);
  GtkWidget *first = gtk_widget_get_first_child (lines);
  gboolean loaded = stall_row_get_loaded (STALL_ROW (row));
  const char *title = NULL;
  g_autofree char *price = NULL;
  g_autofree char *available = NULL;
  g_autofree char *detail = NULL;

  if (loaded)
    {
      title = stall_product_words_title (stall_product_row_get_title (row));
      price = stall_format_price_range (stall_product_row_get_price_min (row),
                                        stall_product_row_get_price_max (row),
                                        stall_product_row_get_currency (row));
      available = stall_product_words_available (stall_product_row_get_available (row),
                                                 stall_product_row_get_stage (row));
      detail = stall_product_words_join (price, available);
    }
  stall_thumbnail_set_digest (STALL_THUMBNAIL (thumbnail),
                              loaded ? stall_product_row_get_cover (row) : NULL);
  gtk_inscription_set_text (GTK_INSCRIPTION (first), title);
  gtk_inscription_set_text (GTK_INSCRIPTION (gtk_widget_get_next_sibling (first)), detail);
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
setup_cb (StallProductPopover *self, GtkListItem *item)
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
bind_cb (StallProductPopover *self, GtkListItem *item)
{
  StallProductRow *row = gtk_list_item_get_item (item);

  g_signal_connect_object (row, "changed", G_CALLBACK (show_product), item, G_CONNECT_DEFAULT);
  show_product (row, item);
}

static void
unbind_cb (StallProductPopover *self, GtkListItem *item)
{
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (item), show_product, item);
}

static void
pick (StallProductPopover *self, StallProductRow *row)
{
  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[SIGNAL_PICKED], 0, stall_product_row_get_id (row),
                 stall_product_words_title (stall_product_row_get_title (row)));
}

static void
activate_cb (StallProductPopover *self, guint position)
{
  g_autoptr (StallProductRow) row = g_list_model_get_item (G_LIST_MODEL (self->model), position);

  if (row != NULL && stall_row_get_loaded (STALL_ROW (row)))
    pick (self, row);
}

static void
search_changed_cb (StallProductPopover *self)
{
  self->picking = FALSE;
  if (self->model != NULL
      && g_set_str (&self->query->search,
                    gtk_editable_get_text (GTK_EDITABLE (self->search_entry))))
    stall_query_model_set_query (self->model, self->query);
}

/* Who types and presses Enter at once means what was typed, not what is still shown. */
static void
pick_first (StallProductPopover *self)
{
  g_autoptr (StallProductRow) row = NULL;

  if (!self->picking || stall_query_model_get_loading (self->model))
    return;
  row = g_list_model_get_item (G_LIST_MODEL (self->model), 0);
  if (row != NULL && !stall_row_get_loaded (STALL_ROW (row)))
    {
      g_signal_connect_object (row, "changed", G_CALLBACK (pick_first), self, G_CONNECT_SWAPPED);
      return;
    }
  self->picking = FALSE;
  if (row != NULL)
    pick (self, row);
}

static void
search_activate_cb (StallProductPopover *self)
{
  self->picking = TRUE;
  pick_first (self);
}

static void
show_state (StallProductPopover *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->model));

  if (n > 0 || !stall_query_model_get_loading (self->model))
    gtk_stack_set_visible_child_name (self->stack, n > 0 ? "list" : "nothing");
  pick_first (self);
}

/* Nothing is read before somebody looks for a product. */
static void
stall_product_popover_show (GtkWidget *widget)
{
  StallProductPopover *self = STALL_PRODUCT_POPOVER (widget);

  if (self->model == NULL)
    {
      g_autoptr (GtkNoSelection) selection = NULL;

      self->model = stall_query_model_new (stall_desk_get_store (self->desk));
      g_signal_connect_object (self->model, "notify::loading", G_CALLBACK (show_state), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (self->model, "notify::n-items", G_CALLBACK (show_state), self,
                               G_CONNECT_SWAPPED);
      stall_query_model_set_query (self->model, self->query);
      selection = gtk_no_selection_new (G_LIST_MODEL (g_object_ref (self->model)));
      gtk_list_view_set_model (self->list_view, GTK_SELECTION_MODEL (selection));
    }
  self->picking = FALSE;
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  GTK_WIDGET_CLASS (stall_product_popover_parent_class)->show (widget);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

static void
stall_product_popover_dispose (GObject *object)
{
  StallProductPopover *self = STALL_PRODUCT_POPOVER (object);

  if (self->list_view != NULL)
    gtk_list_view_set_model (self->list_view, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), STALL_TYPE_PRODUCT_POPOVER);
  g_clear_object (&self->model);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->query, stall_query_free);

  G_OBJECT_CLASS (stall_product_popover_parent_class)->dispose (object);
}

static void
stall_product_popover_class_init (StallProductPopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = stall_product_popover_dispose;
  widget_class->show = stall_product_popover_show;

  /**
   * StallProductPopover::picked:
   * @self: the popover
   * @product_id: "product:…"
   * @title: its title
   *
   * A product was chosen.
   */
  signals[SIGNAL_PICKED]
      = g_signal_new ("picked", STALL_TYPE_PRODUCT_POPOVER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/stall_app/Stall/notes/stall-product-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, StallProductPopover, search_entry);
  gtk_widget_class_bind_template_child (widget_class, StallProductPopover, stack);
  gtk_widget_class_bind_template_child (widget_class, StallProductPopover, list_view);
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, unbind_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);
}

static void
stall_product_popover_init (StallProductPopover *self)
{
  self->query = stall_query_new (STALL_LIST_PRODUCTS);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * stall_product_popover_set_desk:
 * @self: a popover
 * @desk: whose products it finds
 */
void
stall_product_popover_set_desk (StallProductPopover *self, StallDesk *desk)
{
  g_return_if_fail (STALL_IS_PRODUCT_POPOVER (self));
  g_return_if_fail (STALL_IS_DESK (desk));

  g_set_object (&self->desk, desk);
}
