/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-count-page.h"

#include "stall-ask.h"
#include "stall-async.h"
#include "stall-count-item.h"
#include "stall-count-missing.h"
#include "stall-count.h"
#include "stall-format.h"
#include "stall-place-row.h"
#include "stall-product-words.h"
#include "stall-scanner.h"
#include "stall-variant-picker.h"
#include "stall-weak.h"

#include <glib/gi18n-lib.h>

struct _StallCountPage
{
  AdwNavigationPage parent_instance;

  StallDesk *desk;
  StallCount *count;
  StallScanner *scanner;

  AdwWindowTitle *window_title;
  GtkWidget *apply_button;
  GtkEditable *code_entry;
  GtkWidget *unknown_scroller;
  GtkListBox *unknown_box;
  GtkStack *stack;
  StallPlaceRow *place_row;
  GtkListView *list_view;
  GtkLabel *sum_label;
};

typedef struct
{
  GWeakRef page;
  StallDesk *desk;
  char *code;
} Scan;

enum
{
  PROP_0,
  PROP_DESK,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (StallCountPage, stall_count_page, ADW_TYPE_NAVIGATION_PAGE)

static void
scan_free (Scan *scan)
{
  g_weak_ref_clear (&scan->page);
  g_object_unref (scan->desk);
  g_free (scan->code);
  g_free (scan);
}

/* --- codes --- */

static DexFuture *
scan_fiber (gpointer data)
{
  Scan *scan = data;
  g_autoptr (StallCountPage) self = g_weak_ref_get (&scan->page);
  g_autoptr (StallCount) count = self != NULL ? g_object_ref (self->count) : NULL;
  g_autoptr (GError) error = NULL;
  gboolean known;

  if (count == NULL || !stall_count_get_started (count))
    return dex_future_new_true ();
  g_clear_object (&self);
  known = dex_await_boolean (stall_count_scan (count, scan->code), &error);
  stall_desk_report (scan->desk, error);
  self = g_weak_ref_get (&scan->page);
  if (self != NULL && !known)
    gtk_widget_error_bell (GTK_WIDGET (self));
  return dex_future_new_true ();
}

static void
take_code (StallCountPage *self, const char *code)
{
  Scan *scan;

  if (!stall_count_get_started (self->count))
    {
      stall_desk_say (self->desk, _ ("Choose the place and start the count first"));
      return;
    }
  scan = g_new0 (Scan, 1);
  g_weak_ref_init (&scan->page, self);
  scan->desk = g_object_ref (self->desk);
  scan->code = g_strdup (code);
  stall_spawn (scan_fiber, scan, (GDestroyNotify) scan_free);
}

static void
code_cb (StallCountPage *self)
{
  g_autofree char *code = g_strstrip (g_strdup (gtk_editable_get_text (self->code_entry)));

  if (*code == '\0')
    return;
  gtk_editable_set_text (self->code_entry, "");
  take_code (self, code);
}

static void
found_cb (StallCountPage *self, StallVariantRow *variant)
{
  if (stall_count_get_started (self->count))
    stall_count_add (self->count, variant, 1);
}

static void
find_cb (StallCountPage *self)
{
  AdwDialog *picker = stall_variant_picker_new (self->desk, _ ("Find a Variant"));

  g_signal_connect_object (picker, "picked", G_CALLBACK (found_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (picker, GTK_WIDGET (self));
}

/* --- codes that nobody has --- */

static void
assigned_cb (StallVariantPicker *picker, StallVariantRow *variant, StallCountPage *self)
{
  const char *code = g_object_get_data (G_OBJECT (picker), "code");

  dex_future_disown (stall_count_assign (self->count, code, variant));
}

static void
assign_cb (StallCountPage *self, GtkWidget *button)
{
  AdwDialog *picker = stall_variant_picker_new (self->desk, _ ("Assign to a Variant"));

  g_object_set_data_full (G_OBJECT (picker), "code",
                          g_strdup (g_object_get_data (G_OBJECT (button), "code")), g_free);
  g_signal_connect_object (picker, "picked", G_CALLBACK (assigned_cb), self, G_CONNECT_DEFAULT);
  adw_dialog_present (picker, GTK_WIDGET (self));
}

static void
dismiss_cb (StallCountPage *self, GtkWidget *button)
{
  g_autofree char *code = g_strdup (g_object_get_data (G_OBJECT (button), "code"));

  stall_count_dismiss (self->count, code);
}

static GtkWidget *
new_unknown_row (StallCountPage *self, const char *code, guint times)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *assign = gtk_button_new_with_mnemonic (_ ("_Assign…"));
  GtkWidget *dismiss = gtk_button_new_from_icon_name ("window-close-symbolic");
  GtkWidget *buttons[] = { assign, dismiss };
  g_autofree char *words
      = g_strdup_printf (ngettext ("No variant has this code; scanned %u time",
                                   "No variant has this code; scanned %u times", times),
                         times);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), code);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words);
  gtk_widget_set_tooltip_text (dismiss, _ ("Dismiss"));
  gtk_widget_add_css_class (dismiss, "flat");
  g_signal_connect_object (assign, "clicked", G_CALLBACK (assign_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (dismiss, "clicked", G_CALLBACK (dismiss_cb), self, G_CONNECT_SWAPPED);
  for (guint i = 0; i < G_N_ELEMENTS (buttons); i++)
    {
      g_object_set_data_full (G_OBJECT (buttons[i]), "code", g_strdup (code), g_free);
      gtk_widget_set_valign (buttons[i], GTK_ALIGN_CENTER);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), buttons[i]);
    }
  return row;
}

static void
show_unknown (StallCountPage *self)
{
  GListModel *codes = stall_count_get_unknown (self->count);
  g_autoptr (GHashTable) times = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint n = g_list_model_get_n_items (codes);

  gtk_list_box_remove_all (self->unknown_box);
  gtk_widget_set_visible (self->unknown_scroller, n > 0);
  for (guint i = 0; i < n; i++)
    {
      const char *code = gtk_string_list_get_string (GTK_STRING_LIST (codes), i);

      g_hash_table_insert (
          times, g_strdup (code),
          GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (times, code)) + 1));
    }
  for (guint i = n; i > 0; i--)
    {
      const char *code = gtk_string_list_get_string (GTK_STRING_LIST (codes), i - 1);
      gpointer count;

      if (!g_hash_table_lookup_extended (times, code, NULL, &count))
        continue;
      gtk_list_box_append (self->unknown_box,
                           new_unknown_row (self, code, GPOINTER_TO_UINT (count)));
      g_hash_table_remove (times, code);
    }
}

/* A row must not go while its own button is being clicked. */
static gboolean
show_unknown_idle (gpointer data)
{
  StallCountPage *self = data;

  if (self->count != NULL)
    show_unknown (self);
  return G_SOURCE_REMOVE;
}

static void
unknown_changed_cb (StallCountPage *self)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, show_unknown_idle, g_object_ref (self), g_object_unref);
}

/* --- the list --- */

static guint
count_differences (StallCountPage *self)
{
  GListModel *entries = stall_count_get_entries (self->count);
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (entries); i++)
    {
      g_autoptr (StallCountEntry) entry = g_list_model_get_item (entries, i);
      int expected;

      if (stall_count_entry_get_expected (entry, &expected)
          && expected != stall_count_entry_get_counted (entry))
        n++;
    }
  return n;
}

static void
show_count (StallCountPage *self)
{
  gboolean started = stall_count_get_started (self->count);
  guint n = g_list_model_get_n_items (stall_count_get_entries (self->count));
  guint different = count_differences (self);
  g_autofree char *place = NULL;
  g_autofree char *variants = stall_product_words_n_variants (n);
  g_autofree char *pieces = stall_format_pieces (stall_count_get_pieces (self->count));
  g_autofree char *both = stall_product_words_join (variants, pieces);
  g_autofree char *differences
      = g_strdup_printf (ngettext ("%u differs", "%u differ", different), different);
  g_autofree char *sum = stall_product_words_join (both, differences);

  if (started)
    place = stall_format_place (stall_count_get_place (self->count));
  adw_window_title_set_subtitle (self->window_title, place != NULL ? place : "");
  gtk_widget_set_visible (self->apply_button, started);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "count.apply", started && n > 0);
  gtk_label_set_label (self->sum_label, n > 0 ? sum : "");
  gtk_stack_set_visible_child_name (self->stack, !started ? "start" : n > 0 ? "list" : "ready");
}

static void
setup_cb (StallCountPage *self, GtkListItem *item)
{
  gtk_list_item_set_activatable (item, FALSE);
  gtk_list_item_set_focusable (item, FALSE);
  gtk_list_item_set_child (item,
                           stall_count_item_new (self->count, stall_desk_get_store (self->desk)));
}

static void
bind_cb (StallCountPage *self, GtkListItem *item)
{
  stall_count_item_set_entry (STALL_COUNT_ITEM (gtk_list_item_get_child (item)),
                              gtk_list_item_get_item (item));
}

static void
unbind_cb (StallCountPage *self, GtkListItem *item)
{
  stall_count_item_set_entry (STALL_COUNT_ITEM (gtk_list_item_get_child (item)), NULL);
}

/* --- start and end --- */

static void
start_cb (StallCountPage *self)
{
  stall_count_start (self->count, stall_place_row_get_place (self->place_row));
  gtk_widget_grab_focus (GTK_WIDGET (self->code_entry));
}

static DexFuture *
resume_fiber (gpointer data)
{
  g_autoptr (StallCountPage) self = g_weak_ref_get (data);
  g_autoptr (StallCount) count = self != NULL ? g_object_ref (self->count) : NULL;
  g_autoptr (StallDesk) desk = self != NULL ? g_object_ref (self->desk) : NULL;
  g_autoptr (GError) error = NULL;

  g_clear_object (&self);
  if (count != NULL && dex_await_boolean (stall_count_resume (count), &error))
    stall_desk_say (desk, _ ("The count goes on where it was left"));
  if (desk != NULL)
    stall_desk_report (desk, error);
  return dex_future_new_true ();
}

static DexFuture *
apply_fiber (gpointer data)
{
  g_autoptr (StallCountPage) self = g_weak_ref_get (data);
  g_autoptr (StallCount) count = self != NULL ? g_object_ref (self->count) : NULL;
  GtkWidget *navigation;

  g_clear_object (&self);
  if (count == NULL || !dex_await_boolean (stall_count_apply (count), NULL))
    return dex_future_new_true ();
  self = g_weak_ref_get (data);
  navigation
      = self != NULL ? gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_NAVIGATION_VIEW) : NULL;
  if (navigation != NULL)
    adw_navigation_view_pop (ADW_NAVIGATION_VIEW (navigation));
  return dex_future_new_true ();
}

static void
apply_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_widget_action_set_enabled (widget, "count.apply", FALSE);
  stall_spawn (apply_fiber, stall_weak_new (widget), stall_weak_free);
}

static DexFuture *
missing_fiber (gpointer data)
{
  g_autoptr (StallCountPage) self = g_weak_ref_get (data);
  g_autoptr (StallDesk) desk = self != NULL ? g_object_ref (self->desk) : NULL;
  g_autoptr (StallCount) count = self != NULL ? g_object_ref (self->count) : NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;
  guint n;

  g_clear_object (&self);
  if (desk == NULL || !stall_count_get_started (count))
    return dex_future_new_true ();
  n = dex_await_uint (stall_count_add_missing (count, stall_desk_get_store (desk)), &error);
  if (error != NULL)
    stall_desk_report (desk, error);
  else if (n == 0)
    stall_desk_say (desk, _ ("All that should be here was scanned"));
  else
    {
      words = g_strdup_printf (
          ngettext ("%u variant was not scanned: count it, or take it off the list",
                    "%u variants were not scanned: count them, or take them off the list", n),
          n);
      stall_desk_say (desk, words);
    }
  return dex_future_new_true ();
}

static void
missing_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  stall_spawn (missing_fiber, stall_weak_new (widget), stall_weak_free);
}

static DexFuture *
discard_fiber (gpointer data)
{
  g_autoptr (StallCountPage) self = g_weak_ref_get (data);
  g_autoptr (StallCount) count = self != NULL ? g_object_ref (self->count) : NULL;
  DexFuture *asked;

  if (self == NULL)
    return dex_future_new_true ();
  asked = stall_ask_sure (GTK_WIDGET (self), _ ("Discard the Count?"),
                          _ ("What was counted so far is lost. The stock stays as it is."),
                          _ ("_Discard"));
  g_clear_object (&self);
  if (dex_await_boolean (asked, NULL))
    stall_count_discard (count);
  return dex_future_new_true ();
}

static void
discard_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  stall_spawn (discard_fiber, stall_weak_new (widget), stall_weak_free);
}

static void
search_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_widget_grab_focus (GTK_WIDGET (STALL_COUNT_PAGE (widget)->code_entry));
}

static void
stall_count_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (stall_count_page_parent_class)->map (widget);
  stall_scanner_attach (STALL_COUNT_PAGE (widget)->scanner,
                        GTK_WIDGET (gtk_widget_get_root (widget)));
}

static void
stall_count_page_unmap (GtkWidget *widget)
{
  stall_scanner_detach (STALL_COUNT_PAGE (widget)->scanner);
  GTK_WIDGET_CLASS (stall_count_page_parent_class)->unmap (widget);
}

static void
stall_count_page_hiding (AdwNavigationPage *page)
{
  StallCountPage *self = STALL_COUNT_PAGE (page);

  if (g_list_model_get_n_items (stall_count_get_entries (self->count)) > 0)
    stall_desk_say (self->desk, _ ("The count is kept; come back to go on"));
}

static void
stall_count_page_constructed (GObject *object)
{
  StallCountPage *self = STALL_COUNT_PAGE (object);
  g_autoptr (GtkNoSelection) selection = NULL;

  G_OBJECT_CLASS (stall_count_page_parent_class)->constructed (object);

  self->count = stall_count_new (self->desk);
  stall_place_row_set_desk (self->place_row, self->desk);
  g_signal_connect_object (self->count, "changed", G_CALLBACK (show_count), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (stall_count_get_unknown (self->count), "items-changed",
                           G_CALLBACK (unknown_changed_cb), self, G_CONNECT_SWAPPED);
  selection = gtk_no_selection_new (g_object_ref (stall_count_get_entries (self->count)));
  gtk_list_view_set_model (self->list_view, GTK_SELECTION_MODEL (selection));
  show_count (self);
  stall_spawn (resume_fiber, stall_weak_new (self), stall_weak_free);
}

static void
stall_count_page_dispose (GObject *object)
{
  StallCountPage *self = STALL_COUNT_PAGE (object);

  if (self->list_view != NULL)
    gtk_list_view_set_model (self->list_view, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), STALL_TYPE_COUNT_PAGE);
  g_clear_object (&self->count);
  g_clear_object (&self->scanner);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (stall_count_page_parent_class)->dispose (object);
}

static void
stall_count_page_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_DESK)
    g_value_set_object (value, STALL_COUNT_PAGE (object)->desk);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
stall_count_page_set_property (GObject *object,
                               guint prop_id,
                               const GValue *value,
                               GParamSpec *pspec)
{
  if (prop_id == PROP_DESK)
    STALL_COUNT_PAGE (object)->desk = g_value_dup_object (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
stall_count_page_class_init (StallCountPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = stall_count_page_constructed;
  object_class->dispose = stall_count_page_dispose;
  object_class->get_property = stall_count_page_get_property;
  object_class->set_property = stall_count_page_set_property;
  widget_class->map = stall_count_page_map;
  widget_class->unmap = stall_count_page_unmap;
  ADW_NAVIGATION_PAGE_CLASS (klass)->hiding = stall_count_page_hiding;

  /**
   * StallCountPage:desk:
   *
   * What every page is handed.
   */
  properties[PROP_DESK]
      = g_param_spec_object ("desk", NULL, NULL, STALL_TYPE_DESK,
                             G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (STALL_TYPE_PLACE_ROW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/stall_app/Stall/inventory/stall-count-page.ui");
  gtk_widget_class_bind_template_child (widget_class, StallCountPage, window_title);
  gtk_widget_class_bind_template_child (widget_class, StallCountPage, apply_button);
  gtk_widget_class_bind_template_child (widget_class, StallCountPage, code_entry);
  gtk_widget_class_bind_template_child (widget_class, StallCountPage, unknown_scroller);
  gtk_widget_class_bind_template_child (widget_class, StallCountPage, unknown_box);
  gtk_widget_class_bind_template_child (widget_class, StallCountPage, stack);
  gtk_widget_class_bind_template_child (widget_class, StallCountPage, place_row);
  gtk_widget_class_bind_template_child (widget_class, StallCountPage, list_view);
  gtk_widget_class_bind_template_child (widget_class, StallCountPage, sum_label);
  gtk_widget_class_bind_template_callback (widget_class, code_cb);
  gtk_widget_class_bind_template_callback (widget_class, find_cb);
  gtk_widget_class_bind_template_callback (widget_class, start_cb);
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, unbind_cb);
  gtk_widget_class_install_action (widget_class, "count.apply", NULL, apply_action);
  gtk_widget_class_install_action (widget_class, "count.add-missing", NULL, missing_action);
  gtk_widget_class_install_action (widget_class, "count.discard", NULL, discard_action);
  gtk_widget_class_install_action (widget_class, "page.search", NULL, search_action);
}

static void
stall_count_page_init (StallCountPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->scanner = stall_scanner_new ();
  g_signal_connect_object (self->scanner, "scanned", G_CALLBACK (take_code), self,
                           G_CONNECT_SWAPPED);
}

/**
 * stall_count_page_new:
 * @desk: what every page is handed
 *
 * Returns: (transfer floating): the page of a count, which takes up the one that was not finished
 */
AdwNavigationPage *
stall_count_page_new (StallDesk *desk)
{
  g_return_val_if_fail (STALL_IS_DESK (desk), NULL);

  return g_object_new (STALL_TYPE_COUNT_PAGE, "desk", desk, NULL);
}
