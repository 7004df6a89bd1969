/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-oversold-page.h"

#include "stall-async.h"
#include "stall-order-words.h"
#include "stall-oversold.h"
#include "stall-thumbnail.h"

#include <glib/gi18n-lib.h>

#define PICTURE_SIZE 40

struct _StallOversoldPage
{
  AdwNavigationPage parent_instance;

  GtkStack *stack;
  AdwPreferencesPage *page;

  StallDesk *desk;
  GPtrArray *groups; /* unowned */
  guint generation;  /* of the newest reading */
};

G_DEFINE_FINAL_TYPE (StallOversoldPage, stall_oversold_page, ADW_TYPE_NAVIGATION_PAGE)

/* --- what is to be seen --- */

static GtkWidget *
row_new (const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  return row;
}

static void
lead_to (GtkWidget *row, const char *id)
{
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "page.open");
}

static GtkWidget *
variant_row_new (StallOversoldPage *self, const StallOversold *oversold)
{
  g_autofree char *words = stall_oversold_dup_words (oversold);
  GtkWidget *row = row_new (oversold->product_title, words);
  GtkWidget *picture = stall_thumbnail_new (stall_desk_get_store (self->desk), PICTURE_SIZE);

  stall_thumbnail_set_digest (STALL_THUMBNAIL (picture), oversold->cover);
  gtk_widget_set_valign (picture, GTK_ALIGN_CENTER);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), picture);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  lead_to (row, oversold->product_id);
  return row;
}

static GtkWidget *
claim_row_new (const StallOversold *oversold, const StallClaim *claim)
{
  g_autofree char *title = stall_claim_dup_title (claim);
  g_autofree char *words = stall_claim_dup_words (claim, stall_time_now ());
  GtkWidget *row = row_new (title, words);
  GtkWidget *button;

  lead_to (row, claim->order_id);
  if (claim->waiting == claim->open)
    return row;
  button = gtk_button_new_with_mnemonic (_ ("Let _Wait"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(ss)", oversold->variant_id,
                                    claim->order_id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "page.let-wait");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return row;
}

static GtkWidget *
latest_row_new (const StallOversold *oversold)
{
  GtkWidget *row = adw_button_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Let Those Who Came _Last Wait"));
  adw_preferences_row_set_use_underline (ADW_PREFERENCES_ROW (row), TRUE);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "(ss)", oversold->variant_id, "");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "page.let-wait");
  return row;
}

static void
show_oversold (StallOversoldPage *self, const StallOversold *oversold)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  guint n_undecided = 0;

  adw_preferences_group_add (group, variant_row_new (self, oversold));
  if (oversold->n_earlier > 0)
    {
      g_autofree char *earlier = g_strdup_printf (
          ngettext ("%u earlier order", "%u earlier orders", oversold->n_earlier),
          oversold->n_earlier);

      adw_preferences_group_add (group, row_new (earlier, ""));
    }
  for (guint i = 0; i < oversold->claims->len; i++)
    {
      const StallClaim *claim = oversold->claims->pdata[i];

      adw_preferences_group_add (group, claim_row_new (oversold, claim));
      n_undecided += claim->waiting < claim->open;
    }
  if (n_undecided > 1)
    adw_preferences_group_add (group, latest_row_new (oversold));
  if (n_undecided == 0)
    adw_preferences_group_add (group, row_new (_ ("No order is left that could wait"),
                                               _ ("More left than was counted. Count the stock.")));
  adw_preferences_page_add (self->page, group);
  g_ptr_array_add (self->groups, group);
}

static void
show_more (StallOversoldPage *self, guint n_more)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  g_autofree char *more = g_strdup_printf (ngettext ("And %u more", "And %u more", n_more), n_more);

  adw_preferences_group_add (group, row_new (more, ""));
  adw_preferences_page_add (self->page, group);
  g_ptr_array_add (self->groups, group);
}

static void
show_list (StallOversoldPage *self, GPtrArray *list)
{
  const StallFigures *figures = stall_desk_get_figures (self->desk);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));
  gboolean had_focus = focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->page));

  for (guint i = 0; i < self->groups->len; i++)
    adw_preferences_page_remove (self->page, self->groups->pdata[i]);
  g_ptr_array_set_size (self->groups, 0);
  for (guint i = 0; i < list->len; i++)
    show_oversold (self, list->pdata[i]);
  if (list->len == STALL_OVERSOLD_MAX && figures != NULL && figures->n_oversold > list->len)
    show_more (self, figures->n_oversold - list->len);
  gtk_stack_set_visible_child_name (self->stack, list->len > 0 ? "list" : "nothing");
  if (had_focus)
    gtk_widget_child_focus (GTK_WIDGET (self->stack), GTK_DIR_TAB_FORWARD);
}

static DexFuture *
read_fiber (gpointer data)
{
  StallOversoldPage *self = data;
  guint generation = ++self->generation;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list
      = dex_await_boxed (stall_store_list_oversold (stall_desk_get_store (self->desk)), &error);

  if (generation != self->generation || gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return dex_future_new_true ();
  stall_desk_report (self->desk, error);
  if (list != NULL)
    show_list (self, list);
  return dex_future_new_true ();
}

static void
read_list (StallOversoldPage *self)
{
  stall_spawn (read_fiber, g_object_ref (self), g_object_unref);
}

static void
store_changed_cb (StallOversoldPage *self, guint kinds)
{
  const guint shown = (1u << STALL_KIND_ORDER) | (1u << STALL_KIND_EVENT)
                      | (1u << STALL_KIND_MOVEMENT) | (1u << STALL_KIND_PRODUCT);

  if (kinds & shown)
    read_list (self);
}

/* --- what can be done --- */

typedef struct
{
  StallDesk *desk;
  char *variant_id;
  char *order_id; /* "": those that came last */
} Pick;

static void
pick_free (gpointer data)
{
  Pick *pick = data;

  g_object_unref (pick->desk);
  g_free (pick->variant_id);
  g_free (pick->order_id);
  g_free (pick);
}

static DexFuture *
pick_fiber (gpointer data)
{
  Pick *pick = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (StallChangeSet) changes
      = dex_await_object (stall_store_let_wait (stall_desk_get_store (pick->desk), pick->variant_id,
                                                *pick->order_id != '\0' ? pick->order_id : NULL),
                          &error);

  stall_desk_report (pick->desk, error);
  /* It was decided meanwhile, or the desk tells the person when it fails. */
  if (changes != NULL && stall_change_set_get_n_changes (changes) > 0)
    dex_await (stall_desk_apply (pick->desk, changes), NULL);
  return dex_future_new_true ();
}

static void
let_wait_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  Pick *pick = g_new0 (Pick, 1);

  pick->desk = g_object_ref (STALL_OVERSOLD_PAGE (widget)->desk);
  g_variant_get (parameter, "(ss)", &pick->variant_id, &pick->order_id);
  stall_spawn (pick_fiber, pick, pick_free);
}

static void
open_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  stall_desk_open (STALL_OVERSOLD_PAGE (widget)->desk, g_variant_get_string (parameter, NULL));
}

static void
show_waiting_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (StallQuery) query = stall_query_new (STALL_LIST_ORDERS);

  query->waiting = TRUE;
  stall_desk_show_list (STALL_OVERSOLD_PAGE (widget)->desk, query);
}

/* --- the page itself --- */

static void
stall_oversold_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (stall_oversold_page_parent_class)->map (widget);

  read_list (STALL_OVERSOLD_PAGE (widget));
}

static void
stall_oversold_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), STALL_TYPE_OVERSOLD_PAGE);

  G_OBJECT_CLASS (stall_oversold_page_parent_class)->dispose (object);
}

static void
stall_oversold_page_finalize (GObject *object)
{
  StallOversoldPage *self = STALL_OVERSOLD_PAGE (object);

  g_clear_object (&self->desk);
  g_ptr_array_unref (self->groups);

  G_OBJECT_CLASS (stall_oversold_page_parent_class)->finalize (object);
}

static void
stall_oversold_page_class_init (StallOversoldPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = stall_oversold_page_dispose;
  object_class->finalize = stall_oversold_page_finalize;
  widget_class->map = stall_oversold_page_map;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/stall_app/Stall/orders/stall-oversold-page.ui");
  gtk_widget_class_bind_template_child (widget_class, StallOversoldPage, stack);
  gtk_widget_class_bind_template_child (widget_class, StallOversoldPage, page);
  gtk_widget_class_install_action (widget_class, "page.open", "s", open_action);
  gtk_widget_class_install_action (widget_class, "page.let-wait", "(ss)", let_wait_action);
  gtk_widget_class_install_action (widget_class, "page.show-waiting", NULL, show_waiting_action);
}

static void
stall_oversold_page_init (StallOversoldPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->groups = g_ptr_array_new ();
}

/**
 * stall_oversold_page_new:
 * @desk: the desk
 *
 * Returns: (transfer floating): a page of what was sold more often than it is there
 */
AdwNavigationPage *
stall_oversold_page_new (StallDesk *desk)
{
  StallOversoldPage *self;

  g_return_val_if_fail (STALL_IS_DESK (desk), NULL);

  self = g_object_new (STALL_TYPE_OVERSOLD_PAGE, NULL);
  self->desk = g_object_ref (desk);
  g_signal_connect_object (stall_desk_get_store (desk), "changed", G_CALLBACK (store_changed_cb),
                           self, G_CONNECT_SWAPPED);
  return ADW_NAVIGATION_PAGE (self);
}
