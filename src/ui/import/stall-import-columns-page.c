/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-import-columns-page.h"

#include "stall-ask.h"
#include "stall-async.h"
#include "stall-currencies.h"
#include "stall-import-words.h"
#include "stall-weak.h"

#include <glib/gi18n-lib.h>

/* After the last choice, before the preview reads the file again. */
#define PREVIEW_DELAY 150 /* ms */

static const char *const date_formats[] = { NULL, "dmy", "mdy", "ymd" };

struct _StallImportColumnsPage
{
  AdwNavigationPage parent_instance;

  StallDesk *desk;
  StallImport *import;
  GListStore *presets;
  StallPreset *draft; /* unowned: the one of the list that is not saved, if any */
  GStrv columns;
  GStrv example; /* cells of the first row */
  gboolean filling;
  guint preview_source;
  guint generation; /* of the preview: a newer one has been asked for */

  AdwComboRow *preset_row;
  AdwPreferencesGroup *required_group;
  AdwPreferencesGroup *other_group;
  AdwComboRow *field_rows[STALL_N_FIELDS];
  AdwComboRow *date_row;
  AdwSwitchRow *comma_row;
  AdwComboRow *currency_row;
  AdwActionRow *preview_row;
  GtkLabel *preview_value;
  GtkWidget *delete_row;
};

G_DEFINE_FINAL_TYPE (StallImportColumnsPage, stall_import_columns_page, ADW_TYPE_NAVIGATION_PAGE)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const char *
get_folder (StallImportColumnsPage *self)
{
  return stall_store_get_folder (stall_desk_get_store (self->desk));
}

/* Over the dialog, where the window's own toasts cannot be seen. */
static void
say_error (StallImportColumnsPage *self, const GError *error)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_TOAST_OVERLAY);
  AdwToast *toast = adw_toast_new (error->message);

  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
}

/* --- the first order as it will look --- */

static void
show_preview (StallImportColumnsPage *self,
              const char *title,
              const char *detail,
              const char *value)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->preview_row), title);
  adw_action_row_set_subtitle (self->preview_row, detail);
  gtk_label_set_text (self->preview_value, value);
}

static void
show_report (StallImportColumnsPage *self, StallImportReport *report)
{
  g_autoptr (StallImportSample) sample
      = g_list_model_get_item (stall_import_report_get_samples (report), 0);
  g_autoptr (StallImportProblem) problem
      = g_list_model_get_item (stall_import_report_get_problems (report), 0);

  if (sample != NULL)
    show_preview (self, stall_import_sample_get_title (sample),
                  stall_import_sample_get_detail (sample), stall_import_sample_get_value (sample));
  else if (problem != NULL)
    {
      g_autofree char *line = stall_import_problem_describe_line (problem);

      show_preview (self, line, stall_import_problem_get_message (problem), "");
    }
  else
    show_preview (self, _ ("Nothing New"),
                  _ ("The first orders of the file are in the stall already."), "");
}

typedef struct
{
  GWeakRef *page;
  StallImport *import;
  guint generation;
} Preview;

static void
preview_free (Preview *preview)
{
  stall_weak_free (preview->page);
  g_object_unref (preview->import);
  g_free (preview);
}

static DexFuture *
preview_fiber (gpointer data)
{
  Preview *preview = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (StallImportReport) report
      = dex_await_object (stall_import_preview (preview->import), &error);
  g_autoptr (StallImportColumnsPage) self = g_weak_ref_get (preview->page);

  if (self == NULL || self->generation != preview->generation)
    return dex_future_new_true ();
  if (report != NULL)
    show_report (self, report);
  else
    show_preview (self, _ ("The First Order"), error->message, "");
  return dex_future_new_true ();
}

static void
preview_cb (gpointer data)
{
  StallImportColumnsPage *self = data;
  Preview *preview = g_new0 (Preview, 1);

  self->preview_source = 0;
  preview->page = stall_weak_new (self);
  preview->import = g_object_ref (self->import);
  preview->generation = ++self->generation;
  stall_spawn (preview_fiber, preview, (GDestroyNotify) preview_free);
}

/* --- from the preset to the rows --- */

static void
show_examples (StallImportColumnsPage *self)
{
  guint n_cells = self->example != NULL ? g_strv_length (self->example) : 0;

  for (guint field = 0; field < STALL_N_FIELDS; field++)
    {
      guint selected = adw_combo_row_get_selected (self->field_rows[field]);

      adw_action_row_set_subtitle (ADW_ACTION_ROW (self->field_rows[field]),
                                   selected > 0 && selected <= n_cells ? self->example[selected - 1]
                                                                       : "");
    }
}

static void
show_columns (StallImportColumnsPage *self, StallPreset *preset)
{
  for (guint field = 0; field < STALL_N_FIELDS; field++)
    {
      guint column = stall_preset_find_column (preset, field, (const char *const *) self->columns);

      adw_combo_row_set_selected (self->field_rows[field], column != G_MAXUINT ? column + 1 : 0);
    }
}

static void
show_formats (StallImportColumnsPage *self, StallPreset *preset)
{
  const char *format = stall_preset_get_date_format (preset);
  const char *currency = stall_preset_get_currency (preset);

  for (guint i = 0; i < G_N_ELEMENTS (date_formats); i++)
    if (g_strcmp0 (format, date_formats[i]) == 0)
      adw_combo_row_set_selected (self->date_row, i);
  adw_switch_row_set_active (self->comma_row, stall_preset_get_decimal_comma (preset));
  stall_currency_row_fill (self->currency_row,
                           currency != NULL ? currency : stall_desk_get_currency (self->desk));
}

/* Shows the import's preset, and in a while what it makes of the file. */
static void
show_preset (StallImportColumnsPage *self)
{
  StallPreset *preset = stall_import_get_preset (self->import);
  gboolean is_own = !stall_preset_is_shipped (preset) && preset != self->draft;
  guint position = GTK_INVALID_LIST_POSITION;

  self->filling = TRUE;
  g_list_store_find (self->presets, preset, &position);
  adw_combo_row_set_selected (self->preset_row, position);
  show_columns (self, preset);
  show_formats (self, preset);
  show_examples (self);
  self->filling = FALSE;
  gtk_widget_set_visible (self->delete_row, is_own);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "columns.delete-preset", is_own);
}

static void
notify_changed (StallImportColumnsPage *self)
{
  g_clear_handle_id (&self->preview_source, g_source_remove);
  self->preview_source = g_timeout_add_once (PREVIEW_DELAY, preview_cb, self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* Shipped presets first, then one's own, then what the file was guessed to be. */
static void
list_presets (StallImportColumnsPage *self)
{
  StallPreset *current = stall_import_get_preset (self->import);
  g_autoptr (GListModel) presets = stall_preset_list (get_folder (self));
  gboolean found = FALSE;

  self->filling = TRUE;
  g_list_store_remove_all (self->presets);
  for (guint i = 0; i < g_list_model_get_n_items (presets); i++)
    {
      g_autoptr (StallPreset) preset = g_list_model_get_item (presets, i);
      gboolean same = g_str_equal (stall_preset_get_id (preset), stall_preset_get_id (current));

      found |= same;
      g_list_store_append (self->presets, same ? current : preset);
    }
  self->draft = found ? NULL : current;
  if (!found)
    g_list_store_append (self->presets, current);
  self->filling = FALSE;
}

/* --- from the rows to the preset --- */

/* A preset that was saved stays as it is: what is edited is a copy, until that is saved too. */
static StallPreset *
edit_preset (StallImportColumnsPage *self)
{
  StallPreset *current = stall_import_get_preset (self->import);
  guint position;
  g_autoptr (StallPreset) copy = NULL;

  if (current == self->draft)
    {
      /* A person has looked at it: it is no guess any more. */
      stall_import_set_preset (self->import, current);
      return current;
    }
  copy = stall_preset_copy (current);
  stall_preset_set_name (copy, _ ("New Preset"));
  self->filling = TRUE;
  if (self->draft != NULL && g_list_store_find (self->presets, self->draft, &position))
    g_list_store_remove (self->presets, position);
  g_list_store_append (self->presets, copy);
  self->draft = copy;
  adw_combo_row_set_selected (self->preset_row,
                              g_list_model_get_n_items (G_LIST_MODEL (self->presets)) - 1);
  self->filling = FALSE;
  stall_import_set_preset (self->import, copy);
  return copy;
}

/* What a column is written like is seen as soon as it is known which one it is. */
static void
guess_format (StallImportColumnsPage *self, StallPreset *preset, StallField field)
{
  g_autoptr (GPtrArray) head = stall_import_dup_head (self->import);

  stall_preset_guess_format (preset, field, head, stall_import_get_separator (self->import));
}

static void
field_cb (StallImportColumnsPage *self, GParamSpec *pspec, AdwComboRow *row)
{
  StallPreset *preset;

  if (self->filling)
    return;
  preset = edit_preset (self);
  for (guint field = 0; field < STALL_N_FIELDS; field++)
    if (self->field_rows[field] == row)
      {
        guint selected = adw_combo_row_get_selected (row);

        stall_preset_set_column (preset, field, selected > 0 ? self->columns[selected - 1] : NULL);
        guess_format (self, preset, field);
      }
  show_preset (self);
  notify_changed (self);
}

static void
format_cb (StallImportColumnsPage *self, GParamSpec *pspec, GtkWidget *row)
{
  guint format = adw_combo_row_get_selected (self->date_row);
  gboolean comma = adw_switch_row_get_active (self->comma_row);
  StallPreset *preset;

  if (self->import == NULL || self->filling || format >= G_N_ELEMENTS (date_formats))
    return;
  preset = edit_preset (self);
  stall_preset_set_date_format (preset, date_formats[format]);
  stall_preset_set_decimal_comma (preset, comma);
  stall_preset_set_currency (preset, stall_currency_row_get_currency (self->currency_row));
  notify_changed (self);
}

static void
preset_cb (StallImportColumnsPage *self, GParamSpec *pspec, AdwComboRow *row)
{
  StallPreset *preset = adw_combo_row_get_selected_item (row);

  if (self->import == NULL || self->filling || preset == NULL)
    return;
  stall_import_set_preset (self->import, preset);
  show_preset (self);
  notify_changed (self);
}

/* --- presets of one's own --- */

static StallPreset *
find_own (StallImportColumnsPage *self, const char *name)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->presets)); i++)
    {
      g_autoptr (StallPreset) preset = g_list_model_get_item (G_LIST_MODEL (self->presets), i);

      if (!stall_preset_is_shipped (preset) && preset != self->draft
          && g_str_equal (stall_preset_get_name (preset), name))
        return g_steal_pointer (&preset);
    }
  return NULL;
}

/* One of the same name is replaced: a person means that one. */
static gboolean
save_preset (StallImportColumnsPage *self, const char *name, GError **error)
{
  g_autoptr (StallPreset) before = find_own (self, name);
  g_autoptr (StallPreset) preset = stall_preset_copy (stall_import_get_preset (self->import));

  stall_preset_set_name (preset, name);
  if (!stall_preset_save (preset, get_folder (self), error))
    return FALSE;
  if (before != NULL && !stall_preset_delete (before, get_folder (self), error))
    return FALSE;
  stall_import_set_preset (self->import, preset);
  list_presets (self);
  show_preset (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  return TRUE;
}

static DexFuture *
save_fiber (gpointer data)
{
  g_autoptr (StallImportColumnsPage) self = g_weak_ref_get (data);
  DexFuture *question = stall_ask_name (
      GTK_WIDGET (self), _ ("Save as Preset"),
      _ ("The next file with these columns is recognised by itself."), _ ("_Save"));
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;

  g_clear_object (&self);
  name = dex_await_string (question, NULL);
  self = g_weak_ref_get (data);
  if (name == NULL || self == NULL || self->import == NULL)
    return dex_future_new_true ();
  if (!save_preset (self, name, &error))
    say_error (self, error);
  return dex_future_new_true ();
}

static void
save_preset_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  stall_spawn (save_fiber, stall_weak_new (widget), stall_weak_free);
}

static void
delete_preset_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  StallImportColumnsPage *self = STALL_IMPORT_COLUMNS_PAGE (widget);
  StallPreset *preset = stall_import_get_preset (self->import);
  g_autoptr (StallPreset) unsaved = NULL;
  g_autoptr (GError) error = NULL;

  if (!stall_preset_delete (preset, get_folder (self), &error))
    {
      say_error (self, error);
      return;
    }
  /* What it says stays on the page, as one that is not saved. */
  unsaved = stall_preset_copy (preset);
  stall_preset_set_name (unsaved, _ ("New Preset"));
  stall_import_set_preset (self->import, unsaved);
  list_presets (self);
  show_preset (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* --- the page itself --- */

static void
add_field_row (StallImportColumnsPage *self, StallField field)
{
  gboolean required = stall_field_is_required (field);
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkExpression) expression
      = gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), stall_field_get_label (field));
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 1);
  adw_combo_row_set_expression (ADW_COMBO_ROW (row), expression);
  if (required)
    gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_REQUIRED, TRUE,
                                    -1);
  adw_preferences_group_add (required ? self->required_group : self->other_group, row);
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (field_cb), self, G_CONNECT_SWAPPED);
  self->field_rows[field] = ADW_COMBO_ROW (row);
}

static void
stall_import_columns_page_dispose (GObject *object)
{
  StallImportColumnsPage *self = STALL_IMPORT_COLUMNS_PAGE (object);

  g_clear_handle_id (&self->preview_source, g_source_remove);
  self->filling = TRUE;
  gtk_widget_dispose_template (GTK_WIDGET (self), STALL_TYPE_IMPORT_COLUMNS_PAGE);
  g_clear_object (&self->desk);
  g_clear_object (&self->import);
  g_clear_object (&self->presets);
  g_clear_pointer (&self->columns, g_strfreev);
  g_clear_pointer (&self->example, g_strfreev);
  G_OBJECT_CLASS (stall_import_columns_page_parent_class)->dispose (object);
}

static void
stall_import_columns_page_class_init (StallImportColumnsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = stall_import_columns_page_dispose;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (STALL_TYPE_PRESET);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/stall_app/Stall/import/stall-import-columns-page.ui");
  gtk_widget_class_bind_template_child (widget_class, StallImportColumnsPage, preset_row);
  gtk_widget_class_bind_template_child (widget_class, StallImportColumnsPage, delete_row);
  gtk_widget_class_bind_template_child (widget_class, StallImportColumnsPage, required_group);
  gtk_widget_class_bind_template_child (widget_class, StallImportColumnsPage, other_group);
  gtk_widget_class_bind_template_child (widget_class, StallImportColumnsPage, date_row);
  gtk_widget_class_bind_template_child (widget_class, StallImportColumnsPage, comma_row);
  gtk_widget_class_bind_template_child (widget_class, StallImportColumnsPage, currency_row);
  gtk_widget_class_bind_template_child (widget_class, StallImportColumnsPage, preview_row);
  gtk_widget_class_bind_template_child (widget_class, StallImportColumnsPage, preview_value);
  gtk_widget_class_bind_template_callback (widget_class, preset_cb);
  gtk_widget_class_bind_template_callback (widget_class, format_cb);
  gtk_widget_class_install_action (widget_class, "columns.save-preset", NULL, save_preset_action);
  gtk_widget_class_install_action (widget_class, "columns.delete-preset", NULL,
                                   delete_preset_action);
}

static void
stall_import_columns_page_init (StallImportColumnsPage *self)
{
  self->presets = g_list_store_new (STALL_TYPE_PRESET);
  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint field = 0; field < STALL_N_FIELDS; field++)
    add_field_row (self, field);
  adw_combo_row_set_model (self->preset_row, G_LIST_MODEL (self->presets));
  self->filling = FALSE;
}

/* The columns as they are read now. */
static void
fill_columns (StallImportColumnsPage *self)
{
  g_autoptr (GPtrArray) head = stall_import_dup_head (self->import);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  g_strfreev (self->columns);
  self->columns = g_strdupv ((char **) stall_import_get_columns (self->import));
  g_strfreev (self->example);
  self->example = head->len > 1 ? g_strdupv (g_ptr_array_index (head, 1)) : NULL;
  gtk_string_list_append (names, _ ("Not in the File"));
  gtk_string_list_splice (names, 1, 0, (const char *const *) self->columns);
  self->filling = TRUE;
  for (guint field = 0; field < STALL_N_FIELDS; field++)
    adw_combo_row_set_model (self->field_rows[field], G_LIST_MODEL (names));
  self->filling = FALSE;
}

/**
 * stall_import_columns_page_set_import:
 * @self: a page
 * @desk: the desk
 * @import: an open import of orders
 *
 * Shows the columns of a file, as they are read now.
 */
void
stall_import_columns_page_set_import (StallImportColumnsPage *self,
                                      StallDesk *desk,
                                      StallImport *import)
{
  g_return_if_fail (STALL_IS_IMPORT_COLUMNS_PAGE (self));
  g_return_if_fail (STALL_IS_DESK (desk));
  g_return_if_fail (STALL_IS_IMPORT (import));

  g_set_object (&self->desk, desk);
  g_set_object (&self->import, import);
  fill_columns (self);
  list_presets (self);
  show_preset (self);
  notify_changed (self);
}
