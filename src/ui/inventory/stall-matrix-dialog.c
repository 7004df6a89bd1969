/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-matrix-dialog.h"

#include "stall-product-words.h"
#include "stall-variant-matrix.h"

#include <glib/gi18n-lib.h>

#define N_OPTIONS 2

struct _StallMatrixDialog
{
  AdwDialog parent_instance;

  StallProductEditor *editor;

  GtkEditable *name_rows[N_OPTIONS];
  GtkEditable *values_rows[N_OPTIONS];
  GtkLabel *count_label;
  GtkWidget *add_button;
};

/* What is typed, as the core takes it. */
typedef struct
{
  char *names[N_OPTIONS];
  GStrv values[N_OPTIONS];
  StallMatrixOption options[N_OPTIONS];
} Typed;

G_DEFINE_FINAL_TYPE (StallMatrixDialog, stall_matrix_dialog, ADW_TYPE_DIALOG)

static void
typed_init (Typed *typed, StallMatrixDialog *self)
{
  for (guint i = 0; i < N_OPTIONS; i++)
    {
      typed->names[i] = g_strstrip (g_strdup (gtk_editable_get_text (self->name_rows[i])));
      typed->values[i] = stall_matrix_split (gtk_editable_get_text (self->values_rows[i]));
      typed->options[i].name = typed->names[i];
      typed->options[i].values = (const char *const *) typed->values[i];
    }
}

static void
typed_clear (Typed *typed)
{
  for (guint i = 0; i < N_OPTIONS; i++)
    {
      g_free (typed->names[i]);
      g_strfreev (typed->values[i]);
    }
}

static void
show_count_cb (StallMatrixDialog *self)
{
  Typed typed;
  guint count;
  g_autofree char *words = NULL;

  typed_init (&typed, self);
  count = stall_matrix_count (typed.options, N_OPTIONS);
  typed_clear (&typed);
  if (count > STALL_MATRIX_MAX)
    words = g_strdup_printf (_ ("At most %d variants at a time"), STALL_MATRIX_MAX);
  else if (count > 0)
    words = stall_product_words_n_variants (count);
  gtk_label_set_label (self->count_label, words != NULL ? words : "");
  gtk_widget_set_sensitive (self->add_button, count > 0 && count <= STALL_MATRIX_MAX);
}

static void
add_cb (StallMatrixDialog *self)
{
  Typed typed;
  StallProduct *product = stall_product_editor_get_product (self->editor);

  if (!gtk_widget_get_sensitive (self->add_button) || product == NULL)
    return;
  typed_init (&typed, self);
  stall_product_add_matrix (product, typed.options, N_OPTIONS);
  typed_clear (&typed);
  stall_product_editor_touch (self->editor);
  adw_dialog_close (ADW_DIALOG (self));
}

/* The options that the product has already, with all their values. */
static void
show_options (StallMatrixDialog *self)
{
  GListModel *variants
      = stall_product_get_variants (stall_product_editor_get_product (self->editor));
  static const char *const usual[N_OPTIONS] = { N_ ("Colour"), N_ ("Size") };

  for (guint i = 0; i < N_OPTIONS; i++)
    {
      g_autoptr (GString) values = g_string_new (NULL);
      g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      g_autofree char *name = NULL;

      for (guint j = 0; j < g_list_model_get_n_items (variants); j++)
        {
          g_autoptr (StallVariant) variant = g_list_model_get_item (variants, j);
          g_auto (GStrv) options = stall_variant_dup_options (variant);

          if (g_strv_length (options) <= 2 * i)
            continue;
          if (name == NULL)
            name = g_strdup (options[2 * i]);
          if (g_hash_table_add (seen, g_strdup (options[2 * i + 1])))
            g_string_append_printf (values, "%s%s", values->len > 0 ? ", " : "",
                                    options[2 * i + 1]);
        }
      gtk_editable_set_text (self->name_rows[i], name != NULL ? name : _ (usual[i]));
      gtk_editable_set_text (self->values_rows[i], values->str);
    }
}

static void
stall_matrix_dialog_dispose (GObject *object)
{
  StallMatrixDialog *self = STALL_MATRIX_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), STALL_TYPE_MATRIX_DIALOG);
  g_clear_object (&self->editor);

  G_OBJECT_CLASS (stall_matrix_dialog_parent_class)->dispose (object);
}

static void
bind_rows (GtkWidgetClass *widget_class, const char *prefix, gssize offset)
{
  for (guint i = 0; i < N_OPTIONS; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s_%u", prefix, i);

      gtk_widget_class_bind_template_child_full (widget_class, name, FALSE,
                                                 offset + (gssize) (i * sizeof (gpointer)));
    }
}

static void
stall_matrix_dialog_class_init (StallMatrixDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = stall_matrix_dialog_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/stall_app/Stall/inventory/stall-matrix-dialog.ui");
  bind_rows (widget_class, "name_row", G_STRUCT_OFFSET (StallMatrixDialog, name_rows));
  bind_rows (widget_class, "values_row", G_STRUCT_OFFSET (StallMatrixDialog, values_rows));
  gtk_widget_class_bind_template_child (widget_class, StallMatrixDialog, count_label);
  gtk_widget_class_bind_template_child (widget_class, StallMatrixDialog, add_button);
  gtk_widget_class_bind_template_callback (widget_class, show_count_cb);
  gtk_widget_class_bind_template_callback (widget_class, add_cb);
}

static void
stall_matrix_dialog_init (StallMatrixDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * stall_matrix_dialog_new:
 * @editor: whose product gets variants
 *
 * Returns: (transfer floating): a dialog that adds variants
 */
AdwDialog *
stall_matrix_dialog_new (StallProductEditor *editor)
{
  StallMatrixDialog *self;

  g_return_val_if_fail (STALL_IS_PRODUCT_EDITOR (editor), NULL);
  g_return_val_if_fail (stall_product_editor_get_product (editor) != NULL, NULL);

  self = g_object_new (STALL_TYPE_MATRIX_DIALOG, NULL);
  self->editor = g_object_ref (editor);
  show_options (self);
  show_count_cb (self);
  return ADW_DIALOG (self);
}
