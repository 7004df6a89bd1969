/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-import-look-page.h"

#include "stall-format.h"

#include <glib/gi18n-lib.h>

/* A file may have ten thousand columns; nobody looks at them. */
#define MAX_COLUMNS 40
#define MAX_CHARS 24

static const char *const encodings[] = { "UTF-8", "GB18030", "SHIFT_JIS" };
static const char separators[] = { ',', ';', '\t' };

struct _StallImportLookPage
{
  AdwNavigationPage parent_instance;

  StallImport *import;
  gboolean filling;

  AdwActionRow *file_row;
  AdwActionRow *dialect_row;
  AdwComboRow *encoding_row;
  AdwComboRow *separator_row;
  AdwPreferencesGroup *head_group;
  GtkColumnView *head_view;
  GtkWidget *columns_group;
  GtkLabel *hint_label;
  GtkButton *next_button;
};

G_DEFINE_FINAL_TYPE (StallImportLookPage, stall_import_look_page, ADW_TYPE_NAVIGATION_PAGE)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
setup_cell_cb (GtkSignalListItemFactory *factory, GtkColumnViewCell *cell, gpointer data)
{
  GtkWidget *text = gtk_inscription_new (NULL);

  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (text),
                                     GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_column_view_cell_set_child (cell, text);
}

/* In halves of a Chinese character. */
static guint
measure (const char *text)
{
  guint width = 0;

  for (; *text != '\0' && width < MAX_CHARS; text = g_utf8_next_char (text))
    width += g_unichar_iswide (g_utf8_get_char (text)) ? 2 : 1;
  return width;
}

/* @data is the number of the column. A short row has no more cells. */
static void
bind_cell_cb (GtkSignalListItemFactory *factory, GtkColumnViewCell *cell, gpointer data)
{
  GtkStringList *row = gtk_column_view_cell_get_item (cell);
  GtkInscription *text = GTK_INSCRIPTION (gtk_column_view_cell_get_child (cell));
  const char *value = gtk_string_list_get_string (row, GPOINTER_TO_UINT (data));

  gtk_inscription_set_text (text, value);
  gtk_inscription_set_min_chars (text, value != NULL ? measure (value) : 0);
  gtk_widget_set_tooltip_text (GTK_WIDGET (text), value);
}

static void
remove_columns (StallImportLookPage *self)
{
  GListModel *columns = gtk_column_view_get_columns (self->head_view);

  while (g_list_model_get_n_items (columns) > 0)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, 0);

      gtk_column_view_remove_column (self->head_view, column);
    }
}

static void
add_column (StallImportLookPage *self, const char *title, guint number)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkColumnViewColumn) column = NULL;

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cell_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cell_cb), GUINT_TO_POINTER (number));
  column = gtk_column_view_column_new (title, factory);
  gtk_column_view_column_set_resizable (column, TRUE);
  gtk_column_view_append_column (self->head_view, column);
}

static void
show_head (StallImportLookPage *self)
{
  g_autoptr (GPtrArray) head = stall_import_dup_head (self->import);
  g_autoptr (GListStore) rows = g_list_store_new (GTK_TYPE_STRING_LIST);
  const char *const *titles = head->len > 0 ? g_ptr_array_index (head, 0) : NULL;
  guint n_columns = titles != NULL ? g_strv_length ((char **) titles) : 0;
  g_autofree char *more = NULL;

  remove_columns (self);
  for (guint i = 0; i < MIN (n_columns, MAX_COLUMNS); i++)
    add_column (self, titles[i], i);
  for (guint i = 1; i < head->len; i++)
    {
      g_autoptr (GtkStringList) row = gtk_string_list_new (g_ptr_array_index (head, i));

      g_list_store_append (rows, row);
    }
  gtk_column_view_set_model (self->head_view, GTK_SELECTION_MODEL (gtk_no_selection_new (
                                                  G_LIST_MODEL (g_steal_pointer (&rows)))));
  if (n_columns > MAX_COLUMNS)
    more = g_strdup_printf (
        ngettext ("and %u more column", "and %u more columns", n_columns - MAX_COLUMNS),
        n_columns - MAX_COLUMNS);
  adw_preferences_group_set_description (self->head_group, more);
}

static void
show_next (StallImportLookPage *self)
{
  gboolean needs_mapping = stall_import_needs_mapping (self->import);

  gtk_label_set_text (self->hint_label,
                      needs_mapping ? _ ("Stall does not know this list yet.") : "");
  gtk_widget_set_visible (GTK_WIDGET (self->hint_label), needs_mapping);
  gtk_button_set_label (self->next_button,
                        needs_mapping ? _ ("Choose _Columns…") : _ ("_Check the File"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->next_button),
                                  needs_mapping ? "import.columns" : "import.check");
  gtk_widget_set_visible (self->columns_group,
                          !needs_mapping && stall_import_get_preset (self->import) != NULL);
}

static void
show_settings (StallImportLookPage *self)
{
  const char *encoding = stall_import_get_encoding (self->import);
  char separator = stall_import_get_separator (self->import);

  self->filling = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (encodings); i++)
    if (g_ascii_strcasecmp (encoding, encodings[i]) == 0)
      adw_combo_row_set_selected (self->encoding_row, i);
  for (guint i = 0; i < G_N_ELEMENTS (separators); i++)
    if (separator == separators[i])
      adw_combo_row_set_selected (self->separator_row, i);
  self->filling = FALSE;
}

static void
reread (StallImportLookPage *self)
{
  show_head (self);
  stall_import_look_page_refresh (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
encoding_cb (StallImportLookPage *self, GParamSpec *pspec, AdwComboRow *row)
{
  guint selected = adw_combo_row_get_selected (row);

  if (self->import == NULL || self->filling || selected >= G_N_ELEMENTS (encodings))
    return;
  stall_import_set_encoding (self->import, encodings[selected]);
  reread (self);
}

static void
separator_cb (StallImportLookPage *self, GParamSpec *pspec, AdwComboRow *row)
{
  guint selected = adw_combo_row_get_selected (row);

  if (self->import == NULL || self->filling || selected >= G_N_ELEMENTS (separators))
    return;
  stall_import_set_separator (self->import, separators[selected]);
  reread (self);
}

static void
stall_import_look_page_shown (AdwNavigationPage *page)
{
  gtk_widget_grab_focus (GTK_WIDGET (STALL_IMPORT_LOOK_PAGE (page)->next_button));
}

static void
stall_import_look_page_dispose (GObject *object)
{
  g_clear_object (&STALL_IMPORT_LOOK_PAGE (object)->import);
  gtk_widget_dispose_template (GTK_WIDGET (object), STALL_TYPE_IMPORT_LOOK_PAGE);
  G_OBJECT_CLASS (stall_import_look_page_parent_class)->dispose (object);
}

static void
stall_import_look_page_class_init (StallImportLookPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = stall_import_look_page_dispose;
  ADW_NAVIGATION_PAGE_CLASS (klass)->shown = stall_import_look_page_shown;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/stall_app/Stall/import/stall-import-look-page.ui");
  gtk_widget_class_bind_template_child (widget_class, StallImportLookPage, file_row);
  gtk_widget_class_bind_template_child (widget_class, StallImportLookPage, dialect_row);
  gtk_widget_class_bind_template_child (widget_class, StallImportLookPage, encoding_row);
  gtk_widget_class_bind_template_child (widget_class, StallImportLookPage, separator_row);
  gtk_widget_class_bind_template_child (widget_class, StallImportLookPage, head_group);
  gtk_widget_class_bind_template_child (widget_class, StallImportLookPage, head_view);
  gtk_widget_class_bind_template_child (widget_class, StallImportLookPage, columns_group);
  gtk_widget_class_bind_template_child (widget_class, StallImportLookPage, hint_label);
  gtk_widget_class_bind_template_child (widget_class, StallImportLookPage, next_button);
  gtk_widget_class_bind_template_callback (widget_class, encoding_cb);
  gtk_widget_class_bind_template_callback (widget_class, separator_cb);
}

static void
stall_import_look_page_init (StallImportLookPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * stall_import_look_page_set_import:
 * @self: a page
 * @import: an open import
 * @file_name: what its file is called
 *
 * Shows a file.
 */
void
stall_import_look_page_set_import (StallImportLookPage *self,
                                   StallImport *import,
                                   const char *file_name)
{
  g_return_if_fail (STALL_IS_IMPORT_LOOK_PAGE (self));
  g_return_if_fail (STALL_IS_IMPORT (import));

  g_set_object (&self->import, import);
  adw_action_row_set_subtitle (self->file_row, file_name);
  show_settings (self);
  show_head (self);
  stall_import_look_page_refresh (self);
}

/**
 * stall_import_look_page_refresh:
 * @self: a page that shows a file
 *
 * Says again what the file is read as, after another preset was set.
 */
void
stall_import_look_page_refresh (StallImportLookPage *self)
{
  g_return_if_fail (STALL_IS_IMPORT_LOOK_PAGE (self));

  if (self->import == NULL)
    return;
  adw_action_row_set_subtitle (self->dialect_row, stall_import_needs_mapping (self->import)
                                                      ? _ ("A list of sales")
                                                      : stall_import_get_dialect (self->import));
  show_next (self);
}
