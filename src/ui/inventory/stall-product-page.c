/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-product-page.h"

#include "stall-async.h"
#include "stall-bar-chart.h"
#include "stall-chips.h"
#include "stall-conflict-banner.h"
#include "stall-context-group.h"
#include "stall-details-group.h"
#include "stall-echo-view.h"
#include "stall-field.h"
#include "stall-figures.h"
#include "stall-fit-group.h"
#include "stall-format.h"
#include "stall-kit-group.h"
#include "stall-picture-strip.h"
#include "stall-print.h"
#include "stall-product-bulk.h"
#include "stall-product-editor.h"
#include "stall-product-polls.h"
#include "stall-stage-history.h"
#include "stall-stage-move.h"
#include "stall-product-words.h"
#include "stall-variant-matrix.h"
#include "stall-variants-group.h"
#include "stall-weak.h"

#include <glib/gi18n-lib.h>

#define WEEKS 26
#define SALE_KINDS ((1u << STALL_KIND_ORDER) | (1u << STALL_KIND_EVENT))

struct _StallProductPage
{
  AdwNavigationPage parent_instance;

  StallConflictBanner *conflict_banner;
  StallDesk *desk;
  char *product_id;
  StallProductEditor *editor;
  gboolean quiet;    /* the widgets are being set, not used */
  char *given_story; /* the story as it was last shown */
  gboolean reading_sold;
  GtkWidget *window; /* not owned: whose closing waits for the last edit */
  gulong close_handler;
  gboolean closing;

  GtkStack *stack;
  StallPictureStrip *strip;
  GtkEditable *title_row;
  AdwComboRow *stage_row;
  StallStageHistory *stage_history;
  AdwSwitchRow *one_off_row;
  GtkTextView *story_view;
  GtkLabel *story_measure;
  StallChips *chips;
  GtkEditable *tag_row;
  StallVariantsGroup *variants_group;
  GtkWidget *sold_group;
  StallBarChart *chart;
  GtkLabel *chart_label;
  GtkWidget *orders_group;
  StallContextGroup *context_group;
  GtkWidget *echo_group;
  StallProductPolls *polls;
  StallDetailsGroup *details_group;
  StallFitGroup *fit_group;
  StallKitGroup *kit_group;
};

enum
{
  PROP_0,
  PROP_DESK,
  PROP_PRODUCT_ID,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (StallProductPage, stall_product_page, ADW_TYPE_NAVIGATION_PAGE)

static StallProduct *
get_product (StallProductPage *self)
{
  return self->editor != NULL ? stall_product_editor_get_product (self->editor) : NULL;
}

static char *
dup_typed_story (StallProductPage *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->story_view);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

/* --- showing --- */

/* A text view does not know its height for a width; an unseen label of the same text does. */
static void
measure_story_cb (StallProductPage *self)
{
  g_autofree char *story = dup_typed_story (self);
  g_autofree char *with_next = g_strconcat (story, " ", NULL);

  gtk_label_set_label (self->story_measure, with_next);
}

static void
show_story (StallProductPage *self, const char *story)
{
  g_autofree char *typed = dup_typed_story (self);
  gboolean edited = g_strcmp0 (typed, self->given_story) != 0;

  g_set_str (&self->given_story, story);
  if (!edited && g_strcmp0 (typed, story) != 0)
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->story_view), story, -1);
}

static void
show_tags (StallProductPage *self)
{
  g_auto (GStrv) tags = stall_product_dup_tags (get_product (self));

  stall_chips_clear (self->chips);
  for (guint i = 0; tags[i] != NULL; i++)
    stall_chips_add (self->chips, tags[i], tags[i]);
}

static void
show_title (StallProductPage *self)
{
  adw_navigation_page_set_title (
      ADW_NAVIGATION_PAGE (self),
      stall_product_words_title (stall_product_get_title (get_product (self))));
}

static void
show_sold (StallProductPage *self, GArray *weeks)
{
  g_autofree gint64 *values = g_new0 (gint64, weeks->len);
  g_autoptr (GStrvBuilder) labels = g_strv_builder_new ();
  g_auto (GStrv) words = NULL;
  g_autofree char *total_words = NULL;
  gint64 total = 0;
  StallTime now = stall_time_now ();

  for (guint i = 0; i < weeks->len; i++)
    {
      g_autofree char *week
          = stall_format_date (stall_time_day_start (now, -7 * (int) (weeks->len - 1 - i)));
      g_autofree char *pieces = NULL;

      values[i] = g_array_index (weeks, int, i);
      total += values[i];
      pieces = stall_format_pieces (values[i]);
      /* Translators: the week of a date, and what sold in it: “Week of 22 Nov 2026: 3 pieces” */
      g_strv_builder_take (labels, g_strdup_printf (_ ("Week of %s: %s"), week, pieces));
    }
  words = g_strv_builder_end (labels);
  stall_bar_chart_set_values (self->chart, values, (const char *const *) words, weeks->len);
  total_words = stall_format_pieces (total);
  g_object_set_data_full (G_OBJECT (self->chart_label), "total",
                          g_strdup_printf (_ ("%s in 26 weeks"), total_words), g_free);
  gtk_label_set_label (self->chart_label,
                       g_object_get_data (G_OBJECT (self->chart_label), "total"));
}

static void
pointed_cb (StallProductPage *self, const char *label)
{
  const char *total = g_object_get_data (G_OBJECT (self->chart_label), "total");

  gtk_label_set_label (self->chart_label, label != NULL ? label : total != NULL ? total : "");
}

static DexFuture *
sold_fiber (gpointer data)
{
  g_autoptr (StallProductPage) self = g_weak_ref_get (data);
  g_autoptr (StallDesk) desk = self != NULL ? g_object_ref (self->desk) : NULL;
  g_autofree char *id
      = self != NULL ? g_strdup (stall_product_editor_get_product_id (self->editor)) : NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) weeks = NULL;

  if (desk == NULL)
    return dex_future_new_true ();
  g_clear_object (&self);
  weeks = dex_await_boxed (
      stall_store_sold_per_week (stall_desk_get_store (desk), id, stall_time_now (), WEEKS),
      &error);
  self = g_weak_ref_get (data);
  if (self != NULL)
    self->reading_sold = FALSE;
  if (weeks == NULL)
    stall_desk_report (desk, error);
  else if (self != NULL && self->editor != NULL)
    show_sold (self, weeks);
  return dex_future_new_true ();
}

static void
read_sold (StallProductPage *self)
{
  if (self->reading_sold)
    return;
  self->reading_sold = TRUE;
  stall_spawn (sold_fiber, stall_weak_new (self), stall_weak_free);
}

static void
store_changed_cb (StallProductPage *self, guint kinds)
{
  if (kinds & SALE_KINDS)
    read_sold (self);
}

static void
product_changed_cb (StallProductPage *self)
{
  StallProduct *product = get_product (self);

  if (product == NULL)
    return;
  self->quiet = TRUE;
  show_title (self);
  stall_field_set (self->title_row, stall_product_get_title (product));
  adw_combo_row_set_selected (self->stage_row, stall_product_get_stage (product));
  stall_stage_history_show (self->stage_history, product);
  adw_switch_row_set_active (self->one_off_row, stall_product_get_one_off (product));
  show_story (self, stall_product_get_story (product));
  show_tags (self);
  self->quiet = FALSE;
  gtk_stack_set_visible_child_name (self->stack, "product");
}

static void
gone_cb (StallProductPage *self)
{
  GtkWidget *navigation = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_NAVIGATION_VIEW);

  gtk_stack_set_visible_child_name (self->stack, "gone");
  if (navigation != NULL
      && adw_navigation_view_get_visible_page (ADW_NAVIGATION_VIEW (navigation))
             == ADW_NAVIGATION_PAGE (self))
    adw_navigation_view_pop (ADW_NAVIGATION_VIEW (navigation));
}

/* --- taking edits --- */

/* A style that is dropped is asked why; until that is said it stays where it is. */
static gboolean
drops (StallProductPage *self, StallProduct *product)
{
  if (adw_combo_row_get_selected (self->stage_row) != STALL_STAGE_DROPPED
      || stall_product_get_stage (product) == STALL_STAGE_DROPPED || self->product_id == NULL)
    return FALSE;
  self->quiet = TRUE;
  adw_combo_row_set_selected (self->stage_row, stall_product_get_stage (product));
  self->quiet = FALSE;
  stall_stage_move (self->desk, GTK_WIDGET (self), self->product_id, STALL_STAGE_DROPPED);
  return TRUE;
}

static void
commit_cb (StallProductPage *self)
{
  StallProduct *product = get_product (self);
  g_autofree char *story = NULL;

  if (self->quiet || product == NULL)
    return;
  if (stall_field_get_edit (self->title_row) != NULL)
    {
      stall_product_set_title (product, stall_field_get_edit (self->title_row));
      stall_field_accept (self->title_row, stall_product_get_title (product));
      show_title (self);
    }
  if (!drops (self, product))
    stall_product_set_stage (product, (StallStage) adw_combo_row_get_selected (self->stage_row));
  stall_product_set_one_off (product, adw_switch_row_get_active (self->one_off_row));
  story = dup_typed_story (self);
  if (g_strcmp0 (story, self->given_story) != 0)
    {
      stall_product_set_story (product, story);
      g_set_str (&self->given_story, story);
    }
  stall_product_editor_touch (self->editor);
}

static void
set_tags (StallProductPage *self, GStrvBuilder *builder)
{
  g_auto (GStrv) tags = g_strv_builder_end (builder);

  stall_product_set_tags (get_product (self), (const char *const *) tags);
  show_tags (self);
  stall_product_editor_touch (self->editor);
}

static void
tag_removed_cb (StallProductPage *self, const char *tag)
{
  g_autoptr (GStrvBuilder) left = g_strv_builder_new ();
  g_auto (GStrv) tags = stall_product_dup_tags (get_product (self));

  for (guint i = 0; tags[i] != NULL; i++)
    if (!g_str_equal (tags[i], tag))
      g_strv_builder_add (left, tags[i]);
  set_tags (self, left);
}

static void
tag_added_cb (StallProductPage *self)
{
  g_autoptr (GStrvBuilder) all = g_strv_builder_new ();
  g_auto (GStrv) tags = NULL;
  g_auto (GStrv) typed = NULL;

  if (get_product (self) == NULL || *gtk_editable_get_text (self->tag_row) == '\0')
    return;
  tags = stall_product_dup_tags (get_product (self));
  typed = stall_matrix_split (gtk_editable_get_text (self->tag_row));
  g_strv_builder_addv (all, (const char **) tags);
  for (guint i = 0; typed[i] != NULL; i++)
    if (!g_strv_contains ((const char *const *) tags, typed[i]))
      g_strv_builder_add (all, typed[i]);
  gtk_editable_set_text (self->tag_row, "");
  set_tags (self, all);
}

static void
commit_all (StallProductPage *self)
{
  if (get_product (self) == NULL)
    return;
  tag_added_cb (self);
  stall_variants_group_commit (self->variants_group);
  stall_details_group_commit (self->details_group);
  stall_fit_group_commit (self->fit_group);
  commit_cb (self);
  stall_product_editor_flush (self->editor);
}

static void
show_orders_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  StallProductPage *self = STALL_PRODUCT_PAGE (widget);
  g_autoptr (StallQuery) query = stall_query_new (STALL_LIST_ORDERS);

  query->product = g_strdup (stall_product_editor_get_product_id (self->editor));
  stall_desk_show_list (self->desk, query);
}

static void
print_labels_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  StallProductPage *self = STALL_PRODUCT_PAGE (widget);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) ids = NULL;
  GListModel *variants;

  if (get_product (self) == NULL)
    return;
  variants = stall_product_get_variants (get_product (self));
  for (guint i = 0; i < g_list_model_get_n_items (variants); i++)
    {
      g_autoptr (StallVariant) variant = g_list_model_get_item (variants, i);

      g_strv_builder_add (builder, stall_variant_get_id (variant));
    }
  ids = g_strv_builder_end (builder);
  stall_print_labels (self->desk, widget, (const char *const *) ids);
}

static DexFuture *
barcodes_fiber (gpointer data)
{
  g_autoptr (StallProductPage) self = g_weak_ref_get (data);
  DexFuture *settled;

  if (self == NULL || self->editor == NULL)
    return dex_future_new_true ();
  settled = stall_product_editor_settle (self->editor);
  g_clear_object (&self);
  dex_await (settled, NULL);
  self = g_weak_ref_get (data);
  if (self != NULL && self->editor != NULL && stall_product_editor_get_saved_once (self->editor))
    stall_product_bulk_give_barcodes (self->desk, GTK_WIDGET (self),
                                      stall_product_editor_get_product_id (self->editor));
  return dex_future_new_true ();
}

static void
give_barcodes_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  commit_all (STALL_PRODUCT_PAGE (widget));
  stall_spawn (barcodes_fiber, stall_weak_new (widget), stall_weak_free);
}

/* Everything saves itself; this is for hands that cannot do without. */
static void
save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  commit_all (STALL_PRODUCT_PAGE (widget));
}

static void
delete_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  stall_product_editor_delete (STALL_PRODUCT_PAGE (widget)->editor);
}

/* What a focused entry leaves of Ctrl+V is for the pictures. */
static gboolean
paste_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  return gtk_widget_activate_action (GTK_WIDGET (STALL_PRODUCT_PAGE (widget)->strip),
                                     "pictures.paste", NULL);
}

/* A new product begins with its title. */
static gboolean
stall_product_page_grab_focus (GtkWidget *widget)
{
  StallProductPage *self = STALL_PRODUCT_PAGE (widget);

  if (self->product_id == NULL)
    return gtk_widget_grab_focus (GTK_WIDGET (self->title_row));
  return GTK_WIDGET_CLASS (stall_product_page_parent_class)->grab_focus (widget);
}

static void
stall_product_page_hiding (AdwNavigationPage *page)
{
  commit_all (STALL_PRODUCT_PAGE (page));
}

static DexFuture *
close_fiber (gpointer data)
{
  g_autoptr (StallProductPage) self = g_weak_ref_get (data);
  DexFuture *settled;

  if (self == NULL || self->editor == NULL)
    return dex_future_new_true ();
  settled = stall_product_editor_settle (self->editor);
  g_clear_object (&self);
  dex_await (settled, NULL);
  self = g_weak_ref_get (data);
  if (self != NULL && self->window != NULL)
    gtk_window_close (GTK_WINDOW (self->window));
  return dex_future_new_true ();
}

/* The last edit is kept before the stall is closed; one that cannot be kept holds nobody back. */
static gboolean
close_request_cb (StallProductPage *self)
{
  commit_all (self);
  if (self->closing || !stall_product_editor_get_saving (self->editor))
    return GDK_EVENT_PROPAGATE;
  self->closing = TRUE;
  stall_spawn (close_fiber, stall_weak_new (self), stall_weak_free);
  return GDK_EVENT_STOP;
}

static void
stall_product_page_root (GtkWidget *widget)
{
  StallProductPage *self = STALL_PRODUCT_PAGE (widget);
  GtkRoot *root;

  GTK_WIDGET_CLASS (stall_product_page_parent_class)->root (widget);

  root = gtk_widget_get_root (widget);
  if (!GTK_IS_WINDOW (root))
    return;
  self->window = GTK_WIDGET (root);
  self->close_handler = g_signal_connect_object (
      root, "close-request", G_CALLBACK (close_request_cb), self, G_CONNECT_SWAPPED);
}

static void
stall_product_page_unroot (GtkWidget *widget)
{
  StallProductPage *self = STALL_PRODUCT_PAGE (widget);

  commit_all (self);
  if (self->window != NULL)
    g_clear_signal_handler (&self->close_handler, self->window);
  self->window = NULL;

  GTK_WIDGET_CLASS (stall_product_page_parent_class)->unroot (widget);
}

static void
show_surroundings (StallProductPage *self)
{
  GtkWidget *echo = stall_echo_view_new (self->desk);

  stall_context_group_set_product (self->context_group, self->desk, self->product_id);
  stall_echo_view_set_subject (STALL_ECHO_VIEW (echo), self->product_id);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->echo_group), echo);
}

static void
stall_product_page_constructed (GObject *object)
{
  StallProductPage *self = STALL_PRODUCT_PAGE (object);

  G_OBJECT_CLASS (stall_product_page_parent_class)->constructed (object);

  self->editor = stall_product_editor_new (self->desk, self->product_id);
  stall_picture_strip_set_editor (self->strip, self->editor);
  stall_variants_group_set_editor (self->variants_group, self->editor);
  stall_details_group_set_editor (self->details_group, self->editor);
  stall_fit_group_set_editor (self->fit_group, self->editor);
  stall_kit_group_set_editor (self->kit_group, self->editor);
  g_signal_connect_object (self->editor, "notify::product", G_CALLBACK (product_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->editor, "gone", G_CALLBACK (gone_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (stall_desk_get_store (self->desk), "changed",
                           G_CALLBACK (store_changed_cb), self, G_CONNECT_SWAPPED);
  /* What has not happened to a new product is not worth a place. */
  gtk_widget_set_visible (self->sold_group, self->product_id != NULL);
  gtk_widget_set_visible (self->orders_group, self->product_id != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->context_group), self->product_id != NULL);
  gtk_widget_set_visible (self->echo_group, self->product_id != NULL);
  if (self->product_id != NULL)
    stall_conflict_banner_set_thing (self->conflict_banner, self->desk, self->product_id);
  if (self->product_id != NULL)
    show_surroundings (self);
  if (self->product_id != NULL)
    stall_product_polls_set_product (self->polls, self->desk, self->product_id);
  product_changed_cb (self);
  read_sold (self);
}

static void
stall_product_page_dispose (GObject *object)
{
  StallProductPage *self = STALL_PRODUCT_PAGE (object);

  g_clear_object (&self->editor);
  gtk_widget_dispose_template (GTK_WIDGET (self), STALL_TYPE_PRODUCT_PAGE);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->product_id, g_free);
  g_clear_pointer (&self->given_story, g_free);

  G_OBJECT_CLASS (stall_product_page_parent_class)->dispose (object);
}

static void
stall_product_page_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  StallProductPage *self = STALL_PRODUCT_PAGE (object);

  switch (prop_id)
    {
    case PROP_DESK:
      g_value_set_object (value, self->desk);
      break;
    case PROP_PRODUCT_ID:
      g_value_set_string (value, self->product_id);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
stall_product_page_set_property (GObject *object,
                                 guint prop_id,
                                 const GValue *value,
                                 GParamSpec *pspec)
{
  StallProductPage *self = STALL_PRODUCT_PAGE (object);

  switch (prop_id)
    {
    case PROP_DESK:
      self->desk = g_value_dup_object (value);
      break;
    case PROP_PRODUCT_ID:
      self->product_id = g_value_dup_string (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/stall_app/Stall/inventory/stall-product-page.ui");
  gtk_widget_class_bind_template_child (widget_class, StallProductPage, conflict_banner);
  gtk_widget_class_bind_template_child (widget_class, StallProductPage, stack);
  gtk_widget_class_bind_template_child (widget_class, StallProductPage, strip);
  gtk_widget_class_bind_template_child (widget_class, StallProductPage, title_row);
  gtk_widget_class_bind_template_child (widget_class, StallProductPage, stage_row);
  gtk_widget_class_bind_template_child (widget_class, StallProductPage, stage_history);
  gtk_widget_class_bind_template_child (widget_class, StallProductPage, one_off_row);
  gtk_widget_class_bind_template_child (widget_class, StallProductPage, story_view);
  gtk_widget_class_bind_template_child (widget_class, StallProductPage, story_measure);
  gtk_widget_class_bind_template_child (widget_class, StallProductPage, chips);
  gtk_widget_class_bind_template_child (widget_class, StallProductPage, tag_row);
  gtk_widget_class_bind_template_child (widget_class, StallProductPage, variants_group);
  gtk_widget_class_bind_template_child (widget_class, StallProductPage, sold_group);
  gtk_widget_class_bind_template_child (widget_class, StallProductPage, chart);
  gtk_widget_class_bind_template_child (widget_class, StallProductPage, chart_label);
  gtk_widget_class_bind_template_child (widget_class, StallProductPage, orders_group);
  gtk_widget_class_bind_template_child (widget_class, StallProductPage, context_group);
  gtk_widget_class_bind_template_child (widget_class, StallProductPage, echo_group);
  gtk_widget_class_bind_template_child (widget_class, StallProductPage, polls);
  gtk_widget_class_bind_template_child (widget_class, StallProductPage, details_group);
  gtk_widget_class_bind_template_child (widget_class, StallProductPage, fit_group);
  gtk_widget_class_bind_template_child (widget_class, StallProductPage, kit_group);
  gtk_widget_class_bind_template_callback (widget_class, commit_cb);
  gtk_widget_class_bind_template_callback (widget_class, tag_added_cb);
  gtk_widget_class_bind_template_callback (widget_class, tag_removed_cb);
}

static void
stall_product_page_class_init (StallProductPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags construct = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->constructed = stall_product_page_constructed;
  object_class->dispose = stall_product_page_dispose;
  object_class->get_property = stall_product_page_get_property;
  object_class->set_property = stall_product_page_set_property;
  widget_class->grab_focus = stall_product_page_grab_focus;
  widget_class->root = stall_product_page_root;
  widget_class->unroot = stall_product_page_unroot;
  ADW_NAVIGATION_PAGE_CLASS (klass)->hiding = stall_product_page_hiding;

  /**
   * StallProductPage:desk:
   *
   * What every page is handed.
   */
  properties[PROP_DESK] = g_param_spec_object ("desk", NULL, NULL, STALL_TYPE_DESK, construct);
  /**
   * StallProductPage:product-id: (nullable)
   *
   * The product; %NULL for a new one.
   */
  properties[PROP_PRODUCT_ID] = g_param_spec_string ("product-id", NULL, NULL, NULL, construct);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (STALL_TYPE_CONFLICT_BANNER);
  g_type_ensure (STALL_TYPE_BAR_CHART);
  g_type_ensure (STALL_TYPE_CHIPS);
  g_type_ensure (STALL_TYPE_CONTEXT_GROUP);
  g_type_ensure (STALL_TYPE_STAGE_HISTORY);
  g_type_ensure (STALL_TYPE_DETAILS_GROUP);
  g_type_ensure (STALL_TYPE_FIT_GROUP);
  g_type_ensure (STALL_TYPE_KIT_GROUP);
  g_type_ensure (STALL_TYPE_PICTURE_STRIP);
  g_type_ensure (STALL_TYPE_PRODUCT_POLLS);
  g_type_ensure (STALL_TYPE_VARIANTS_GROUP);
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "product.show-orders", NULL, show_orders_action);
  gtk_widget_class_install_action (widget_class, "product.give-barcodes", NULL,
                                   give_barcodes_action);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_v, GDK_CONTROL_MASK, paste_cb, NULL);
  gtk_widget_class_install_action (widget_class, "product.print-labels", NULL, print_labels_action);
  gtk_widget_class_install_action (widget_class, "product.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "product.delete", NULL, delete_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "product.save",
                                       NULL);
}

static void
stall_product_page_init (StallProductPage *self)
{
  g_autoptr (GtkStringList) stages = gtk_string_list_new (NULL);
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->quiet = TRUE;
  self->given_story = g_strdup ("");
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < STALL_N_STAGES; i++)
    gtk_string_list_append (stages, stall_stage_get_label ((StallStage) i));
  adw_combo_row_set_model (self->stage_row, G_LIST_MODEL (stages));
  stall_field_watch (self->title_row, G_CALLBACK (commit_cb), self);
  g_signal_connect_object (focus, "leave", G_CALLBACK (commit_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->story_view), focus);
  g_signal_connect_object (gtk_text_view_get_buffer (self->story_view), "changed",
                           G_CALLBACK (measure_story_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->chart, "pointed", G_CALLBACK (pointed_cb), self,
                           G_CONNECT_SWAPPED);
  self->quiet = FALSE;
}

/**
 * stall_product_page_new:
 * @desk: what every page is handed
 * @product_id: (nullable): "product:…"; %NULL for a new product, kept with its first edit
 *
 * Returns: (transfer floating): the page of a product
 */
AdwNavigationPage *
stall_product_page_new (StallDesk *desk, const char *product_id)
{
  g_return_val_if_fail (STALL_IS_DESK (desk), NULL);

  return g_object_new (STALL_TYPE_PRODUCT_PAGE, "desk", desk, "product-id", product_id, NULL);
}
