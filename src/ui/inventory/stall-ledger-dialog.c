/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-ledger-dialog.h"

#include "stall-format.h"
#include "stall-kind.h"
#include "stall-list-trouble.h"
#include "stall-product-words.h"
#include "stall-query-model.h"

#include <glib/gi18n-lib.h>

struct _StallLedgerDialog
{
  AdwDialog parent_instance;

  StallDesk *desk;
  StallQueryModel *model;

  AdwWindowTitle *window_title;
  GtkStack *stack;
  GtkListView *list_view;
};

G_DEFINE_FINAL_TYPE (StallLedgerDialog, stall_ledger_dialog, ADW_TYPE_DIALOG)

/* The texts of a line, in the order in which setup_cb() makes them. */
static void
get_texts (GtkListItem *item,
           GtkInscription **quantity,
           GtkInscription **words,
           GtkInscription **where,
           GtkInscription **balance)
{
  GtkWidget *child = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  GtkWidget *line;

  *quantity = GTK_INSCRIPTION (child);
  child = gtk_widget_get_next_sibling (child);
  line = gtk_widget_get_first_child (child);
  *words = GTK_INSCRIPTION (line);
  *where = GTK_INSCRIPTION (gtk_widget_get_next_sibling (line));
  *balance = GTK_INSCRIPTION (gtk_widget_get_next_sibling (child));
}

static void
show_line (StallLedgerRow *row, GtkListItem *item)
{
  GtkInscription *quantity, *words, *where, *balance;
  gboolean loaded = stall_row_get_loaded (STALL_ROW (row));
  g_autofree char *counted = NULL;
  g_autofree char *moved = NULL;
  g_autofree char *what = NULL;
  g_autofree char *at = NULL;
  g_autofree char *after = NULL;

  get_texts (item, &quantity, &words, &where, &balance);
  if (loaded)
    {
      int pieces = stall_ledger_row_get_quantity (row);

      counted = stall_format_count (pieces);
      moved = stall_ledger_row_is_count (row) ? g_strconcat ("= ", counted, NULL)
                                              : stall_format_signed (pieces);
      what = stall_product_words_ledger (row);
      at = stall_product_words_ledger_where (row, stall_time_now ());
      after = stall_product_words_on_hand (stall_ledger_row_get_balance (row));
    }
  gtk_inscription_set_text (quantity, moved);
  gtk_inscription_set_text (words, what);
  gtk_inscription_set_text (where, at);
  gtk_inscription_set_text (balance, after);
  gtk_list_item_set_activatable (item, loaded && stall_ledger_row_get_ref (row) != NULL);
}

static GtkWidget *
new_text (float xalign, guint nat_chars, const char *css_class)
{
  GtkWidget *text = g_object_new (GTK_TYPE_INSCRIPTION, "xalign", xalign, "nat-chars", nat_chars,
                                  "min-chars", MIN (nat_chars, 6), "text-overflow",
                                  GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END, NULL);

  gtk_widget_add_css_class (text, "numeric");
  if (css_class != NULL)
    gtk_widget_add_css_class (text, css_class);
  return text;
}

static void
setup_cb (StallLedgerDialog *self, GtkListItem *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *where = new_text (0, 10, "caption");

  gtk_widget_add_css_class (where, "dimmed");
  gtk_widget_set_hexpand (lines, TRUE);
  gtk_box_append (GTK_BOX (lines), new_text (0, 10, NULL));
  gtk_box_append (GTK_BOX (lines), where);
  gtk_box_append (GTK_BOX (box), new_text (1, 6, "heading"));
  gtk_box_append (GTK_BOX (box), lines);
  gtk_box_append (GTK_BOX (box), new_text (1, 11, "dimmed"));
  gtk_list_item_set_child (item, box);
}

static void
bind_cb (StallLedgerDialog *self, GtkListItem *item)
{
  StallLedgerRow *row = gtk_list_item_get_item (item);

  g_signal_connect_object (row, "changed", G_CALLBACK (show_line), item, G_CONNECT_DEFAULT);
  show_line (row, item);
}

static void
unbind_cb (StallLedgerDialog *self, GtkListItem *item)
{
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (item), show_line, item);
}

static void
activate_cb (StallLedgerDialog *self, guint position)
{
  g_autoptr (StallLedgerRow) row = g_list_model_get_item (G_LIST_MODEL (self->model), position);
  const char *ref = row != NULL ? stall_ledger_row_get_ref (row) : NULL;

  if (ref == NULL || stall_kind_of_id (ref) != STALL_KIND_ORDER)
    return;
  stall_desk_open (self->desk, ref);
  adw_dialog_close (ADW_DIALOG (self));
}

static void
show_state (StallLedgerDialog *self)
{
  const char *name = g_list_model_get_n_items (G_LIST_MODEL (self->model)) > 0 ? "list"
                     : stall_query_model_get_loading (self->model)             ? "loading"
                                                                               : "empty";

  gtk_stack_set_visible_child_name (self->stack, name);
}

static void
stall_ledger_dialog_dispose (GObject *object)
{
  StallLedgerDialog *self = STALL_LEDGER_DIALOG (object);

  if (self->list_view != NULL)
    gtk_list_view_set_model (self->list_view, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), STALL_TYPE_LEDGER_DIALOG);
  g_clear_object (&self->model);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (stall_ledger_dialog_parent_class)->dispose (object);
}

static void
stall_ledger_dialog_class_init (StallLedgerDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = stall_ledger_dialog_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/stall_app/Stall/inventory/stall-ledger-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, StallLedgerDialog, window_title);
  gtk_widget_class_bind_template_child (widget_class, StallLedgerDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, StallLedgerDialog, list_view);
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, unbind_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
}

static void
stall_ledger_dialog_init (StallLedgerDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * stall_ledger_dialog_new:
 * @desk: what every page is handed
 * @variant_id: whose ledger
 * @title: how a person calls the variant
 *
 * Returns: (transfer floating): a dialog that shows the ledger and follows it
 */
AdwDialog *
stall_ledger_dialog_new (StallDesk *desk, const char *variant_id, const char *title)
{
  StallLedgerDialog *self;
  g_autoptr (StallQuery) query = stall_query_new (STALL_LIST_LEDGER);
  g_autoptr (GtkNoSelection) selection = NULL;

  g_return_val_if_fail (STALL_IS_DESK (desk), NULL);
  g_return_val_if_fail (variant_id != NULL, NULL);

  self = g_object_new (STALL_TYPE_LEDGER_DIALOG, NULL);
  self->desk = g_object_ref (desk);
  self->model = stall_query_model_new (stall_desk_get_store (desk));
  stall_list_trouble_watch (self->stack, self->model);
  adw_window_title_set_subtitle (self->window_title, title);
  g_signal_connect_object (self->model, "notify::loading", G_CALLBACK (show_state), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "notify::n-items", G_CALLBACK (show_state), self,
                           G_CONNECT_SWAPPED);
  query->variant = g_strdup (variant_id);
  stall_query_model_set_query (self->model, query);
  selection = gtk_no_selection_new (G_LIST_MODEL (g_object_ref (self->model)));
  gtk_list_view_set_model (self->list_view, GTK_SELECTION_MODEL (selection));
  show_state (self);
  return ADW_DIALOG (self);
}
