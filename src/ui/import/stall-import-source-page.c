/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-import-source-page.h"

#include "stall-import-words.h"

#define N_KINDS 3

struct _StallImportSourcePage
{
  AdwNavigationPage parent_instance;

  AdwPreferencesGroup *kinds_group;
  GtkWidget *drop_area;
  GtkWidget *choose_button;
  GtkCheckButton *checks[N_KINDS];
};

G_DEFINE_FINAL_TYPE (StallImportSourcePage, stall_import_source_page, ADW_TYPE_NAVIGATION_PAGE)

enum
{
  SIGNAL_DROPPED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, gpointer data)
{
  GSList *files = gdk_file_list_get_files (g_value_get_boxed (value));
  gboolean dropped = files != NULL;

  if (dropped)
    g_signal_emit (data, signals[SIGNAL_DROPPED], 0, files->data);
  g_slist_free (files);
  return dropped;
}

static void
add_kind (StallImportSourcePage *self, StallImportKind kind)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *check = gtk_check_button_new ();

  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  if (kind > 0)
    gtk_check_button_set_group (GTK_CHECK_BUTTON (check), self->checks[0]);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), stall_import_kind_get_name (kind));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), stall_import_kind_get_description (kind));
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  adw_preferences_group_add (self->kinds_group, row);
  self->checks[kind] = GTK_CHECK_BUTTON (check);
}

static void
stall_import_source_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), STALL_TYPE_IMPORT_SOURCE_PAGE);
  G_OBJECT_CLASS (stall_import_source_page_parent_class)->dispose (object);
}

static void
stall_import_source_page_shown (AdwNavigationPage *page)
{
  gtk_widget_grab_focus (STALL_IMPORT_SOURCE_PAGE (page)->choose_button);
}

static void
stall_import_source_page_class_init (StallImportSourcePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = stall_import_source_page_dispose;
  ADW_NAVIGATION_PAGE_CLASS (klass)->shown = stall_import_source_page_shown;
  signals[SIGNAL_DROPPED] = g_signal_new ("dropped", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_FILE);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/stall_app/Stall/import/stall-import-source-page.ui");
  gtk_widget_class_bind_template_child (widget_class, StallImportSourcePage, kinds_group);
  gtk_widget_class_bind_template_child (widget_class, StallImportSourcePage, drop_area);
  gtk_widget_class_bind_template_child (widget_class, StallImportSourcePage, choose_button);
}

static void
stall_import_source_page_init (StallImportSourcePage *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  gtk_widget_init_template (GTK_WIDGET (self));
  for (StallImportKind kind = 0; kind < N_KINDS; kind++)
    add_kind (self, kind);
  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (self->drop_area, GTK_EVENT_CONTROLLER (target));
}

/**
 * stall_import_source_page_get_kind:
 * @self: a page
 *
 * Returns: what the person says the file holds
 */
StallImportKind
stall_import_source_page_get_kind (StallImportSourcePage *self)
{
  StallImportKind kind = 0;

  g_return_val_if_fail (STALL_IS_IMPORT_SOURCE_PAGE (self), STALL_IMPORT_PRODUCTS);

  while (kind < N_KINDS - 1 && !gtk_check_button_get_active (self->checks[kind]))
    kind++;
  return kind;
}

/**
 * stall_import_source_page_set_kind:
 * @self: a page
 * @kind: what the file probably holds
 *
 * Chooses a kind to begin with.
 */
void
stall_import_source_page_set_kind (StallImportSourcePage *self, StallImportKind kind)
{
  g_return_if_fail (STALL_IS_IMPORT_SOURCE_PAGE (self));
  g_return_if_fail ((guint) kind < N_KINDS);

  gtk_check_button_set_active (self->checks[kind], TRUE);
}
