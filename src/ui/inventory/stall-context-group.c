/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-context-group.h"

#include "stall-async.h"
#include "stall-context-dialog.h"
#include "stall-format.h"
#include "stall-product-figures.h"
#include "stall-query-model.h"
#include "stall-thumbnail.h"
#include "stall-weak.h"

#include <glib/gi18n-lib.h>

#define PICTURE 40
#define KINDS ((1u << STALL_KIND_CONTEXT) | (1u << STALL_KIND_NOTE) | (1u << STALL_KIND_PRODUCT))

/* One type of context. */
typedef struct
{
  AdwExpanderRow *row;
  GtkLabel *count;
  GPtrArray *entries; /* not owned: rows in @row */
} Part;

struct _StallContextGroup
{
  AdwPreferencesGroup parent_instance;

  StallDesk *desk;
  char *product_id;
  Part parts[STALL_N_CONTEXT_TYPES];
  AdwActionRow *notes_row;
  GtkWidget *notes_arrow;
  gboolean reading;
  gboolean stale;
};

G_DEFINE_FINAL_TYPE (StallContextGroup, stall_context_group, ADW_TYPE_PREFERENCES_GROUP)

/* --- editing --- */

typedef struct
{
  GWeakRef *group;
  char *id;
} Opening;

static void
opening_free (Opening *opening)
{
  stall_weak_free (opening->group);
  g_free (opening->id);
  g_free (opening);
}

static DexFuture *
open_fiber (gpointer data)
{
  Opening *opening = data;
  g_autoptr (StallContextGroup) self = g_weak_ref_get (opening->group);
  g_autoptr (StallDesk) desk = self != NULL ? g_object_ref (self->desk) : NULL;
  g_autoptr (StallDocument) document = NULL;
  g_autoptr (StallContext) context = NULL;
  g_autoptr (GError) error = NULL;

  if (self == NULL)
    return dex_future_new_true ();
  g_clear_object (&self);
  document = dex_await_object (stall_store_load (stall_desk_get_store (desk), opening->id), &error);
  context = document != NULL ? stall_context_new_from_document (document, &error) : NULL;
  stall_desk_report (desk, error);
  self = g_weak_ref_get (opening->group);
  if (context != NULL && self != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    adw_dialog_present (stall_context_dialog_new (desk, context, FALSE), GTK_WIDGET (self));
  return dex_future_new_true ();
}

static void
entry_activated_cb (StallContextGroup *self, GtkWidget *row)
{
  Opening *opening = g_new0 (Opening, 1);

  opening->group = stall_weak_new (self);
  opening->id = g_strdup (g_object_get_data (G_OBJECT (row), "id"));
  stall_spawn (open_fiber, opening, (GDestroyNotify) opening_free);
}

static void
add_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  StallContextGroup *self = STALL_CONTEXT_GROUP (widget);
  g_autoptr (StallContext) context = NULL;
  StallContextType type;

  if (!stall_context_type_from_string (g_variant_get_string (parameter, NULL), &type))
    return;
  context = stall_context_new (self->product_id, type);
  adw_dialog_present (stall_context_dialog_new (self->desk, context, TRUE), widget);
}

static void
show_notes_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  StallContextGroup *self = STALL_CONTEXT_GROUP (widget);
  g_autoptr (StallQuery) query = stall_query_new (STALL_LIST_NOTES);

  query->product = g_strdup (self->product_id);
  stall_desk_show_list (self->desk, query);
}

/* --- showing --- */

static char *
describe_entry (StallContextRow *entry)
{
  const char *by = stall_context_row_get_by (entry);
  g_autofree char *when = stall_format_when (stall_context_row_get_at (entry), stall_time_now ());

  if (*by == '\0')
    return g_steal_pointer (&when);
  /* Translators: who said something, and when: “Yun · 22 Nov” */
  return g_strdup_printf (C_ ("context", "%s · %s"), by, when);
}

static void
link_clicked_cb (GtkWidget *button)
{
  g_autoptr (GtkUriLauncher) launcher = gtk_uri_launcher_new (gtk_widget_get_tooltip_text (button));

  gtk_uri_launcher_launch (launcher, GTK_WINDOW (gtk_widget_get_root (button)), NULL, NULL, NULL);
}

/* Only what a browser opens: a link comes from anybody. */
static void
add_link (AdwActionRow *row, const char *link)
{
  const char *scheme = g_uri_peek_scheme (link);
  GtkWidget *button;

  if (g_strcmp0 (scheme, "https") != 0 && g_strcmp0 (scheme, "http") != 0)
    return;
  button = gtk_button_new_from_icon_name ("adw-external-link-symbolic");
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, link);
  g_signal_connect (button, "clicked", G_CALLBACK (link_clicked_cb), NULL);
  adw_action_row_add_suffix (row, button);
}

static GtkWidget *
new_entry (StallContextGroup *self, StallContextRow *entry)
{
  GtkWidget *row = adw_action_row_new ();
  const char *text = stall_context_row_get_text (entry);
  const char *link = stall_context_row_get_link (entry);
  const char *picture = stall_context_row_get_picture (entry);
  g_autofree char *subtitle = describe_entry (entry);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), *text != '\0'   ? text
                                                            : *link != '\0' ? link
                                                                            : _ ("A picture"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 3);
  if (picture != NULL)
    {
      GtkWidget *thumbnail = stall_thumbnail_new (stall_desk_get_store (self->desk), PICTURE);

      stall_thumbnail_set_digest (STALL_THUMBNAIL (thumbnail), picture);
      gtk_widget_set_valign (thumbnail, GTK_ALIGN_CENTER);
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), thumbnail);
    }
  add_link (ADW_ACTION_ROW (row), link);
  g_object_set_data_full (G_OBJECT (row), "id", g_strdup (stall_context_row_get_id (entry)),
                          g_free);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_signal_connect_object (row, "activated", G_CALLBACK (entry_activated_cb), self,
                           G_CONNECT_SWAPPED);
  return row;
}

static void
show_entries (StallContextGroup *self, GListModel *entries)
{
  for (guint i = 0; i < STALL_N_CONTEXT_TYPES; i++)
    {
      Part *part = &self->parts[i];

      for (guint j = 0; j < part->entries->len; j++)
        adw_expander_row_remove (part->row, g_ptr_array_index (part->entries, j));
      g_ptr_array_set_size (part->entries, 0);
    }
  for (guint i = 0; i < g_list_model_get_n_items (entries); i++)
    {
      g_autoptr (StallContextRow) entry = g_list_model_get_item (entries, i);
      Part *part = &self->parts[stall_context_row_get_context_type (entry)];
      GtkWidget *row = new_entry (self, entry);

      adw_expander_row_add_row (part->row, row);
      g_ptr_array_add (part->entries, row);
    }
}

static void
show_part (StallContextGroup *self, StallContextType type, const StallProductContext *context)
{
  Part *part = &self->parts[type];
  guint n = context->counts[type];
  g_autofree char *count = stall_format_count (n);
  g_autofree char *when = stall_format_when (context->last_at[type], stall_time_now ());
  /* Translators: %s is when the newest of some entries came in: “14:03”, “Yesterday”, “22 Nov” */
  g_autofree char *last = g_strdup_printf (C_ ("context", "Last: %s"), when);
  gboolean missing = stall_product_context_lacks (context, type);

  gtk_label_set_text (part->count, n > 0 ? count : "");
  adw_expander_row_set_enable_expansion (part->row, n > 0);
  adw_expander_row_set_subtitle (part->row, n > 0     ? last
                                            : missing ? stall_context_type_get_next_step (type)
                                                      : _ ("Told in the story or in a note"));
  if (missing)
    gtk_widget_add_css_class (GTK_WIDGET (part->row), "missing");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (part->row), "missing");
}

static void
show_context (StallContextGroup *self, const StallProductContext *context, GListModel *entries)
{
  guint n_missing = 0;
  g_autofree char *missing = NULL;
  g_autofree char *notes = NULL;

  show_entries (self, entries);
  for (guint i = 0; i < STALL_N_CONTEXT_TYPES; i++)
    {
      show_part (self, (StallContextType) i, context);
      n_missing += stall_product_context_lacks (context, (StallContextType) i);
    }
  missing = g_strdup_printf (ngettext ("%u of 4 is missing", "%u of 4 are missing", n_missing),
                             n_missing);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self),
                                         n_missing > 0 ? missing : NULL);
  notes = g_strdup_printf (ngettext ("%u note", "%u notes", context->n_notes), context->n_notes);
  adw_action_row_set_subtitle (self->notes_row, context->n_notes > 0 ? notes : _ ("None yet"));
  gtk_widget_set_visible (self->notes_arrow, context->n_notes > 0);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self->notes_row), context->n_notes > 0);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->notes_row),
                                  context->n_notes > 0 ? "context.show-notes" : NULL);
}

/* --- reading --- */

static void read_if_stale (StallContextGroup *self);

static DexFuture *
read_fiber (gpointer data)
{
  g_autoptr (StallContextGroup) self = g_weak_ref_get (data);
  g_autoptr (StallDesk) desk = self != NULL ? g_object_ref (self->desk) : NULL;
  g_autoptr (StallQuery) query = stall_query_new (STALL_LIST_CONTEXT);
  g_autoptr (StallProductContext) context = NULL;
  g_autoptr (GListModel) entries = NULL;
  g_autoptr (GError) error = NULL;

  if (self == NULL)
    return dex_future_new_true ();
  query->product = g_strdup (self->product_id);
  self->stale = FALSE;
  g_clear_object (&self);
  context = dex_await_boxed (
      stall_store_product_context (stall_desk_get_store (desk), query->product), &error);
  if (context != NULL)
    entries
        = dex_await_object (stall_store_query_rows (stall_desk_get_store (desk), query, 0), &error);
  stall_desk_report (desk, error);
  self = g_weak_ref_get (data);
  if (self == NULL || self->desk == NULL)
    return dex_future_new_true ();
  self->reading = FALSE;
  if (self->stale)
    read_if_stale (self);
  else if (entries != NULL)
    show_context (self, context, entries);
  return dex_future_new_true ();
}

static void
read_if_stale (StallContextGroup *self)
{
  if (!self->stale || self->reading || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  self->reading = TRUE;
  stall_spawn (read_fiber, stall_weak_new (self), stall_weak_free);
}

static void
store_changed_cb (StallContextGroup *self, guint kinds)
{
  if (kinds & KINDS)
    {
      self->stale = TRUE;
      read_if_stale (self);
    }
}

static void
stall_context_group_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (stall_context_group_parent_class)->map (widget);

  read_if_stale (STALL_CONTEXT_GROUP (widget));
}

/* --- the widget --- */

static void
add_part (StallContextGroup *self, StallContextType type)
{
  Part *part = &self->parts[type];
  const char *label = stall_context_type_get_label (type);
  GtkWidget *row = adw_expander_row_new ();
  GtkWidget *count = gtk_label_new (NULL);
  GtkWidget *add = gtk_button_new_from_icon_name ("list-add-symbolic");
  /* Translators: %s is a kind of context, such as “Buyer’s Pick” */
  g_autofree char *tooltip = g_strdup_printf (_ ("Add “%s”"), label);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), label);
  adw_expander_row_set_enable_expansion (ADW_EXPANDER_ROW (row), FALSE);
  gtk_widget_add_css_class (count, "numeric");
  gtk_widget_add_css_class (count, "dimmed");
  gtk_widget_set_tooltip_text (add, tooltip);
  gtk_widget_set_valign (add, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (add, "flat");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (add), "context.add");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (add), "s", stall_context_type_to_string (type));
  adw_expander_row_add_suffix (ADW_EXPANDER_ROW (row), add);
  adw_expander_row_add_suffix (ADW_EXPANDER_ROW (row), count);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  part->row = ADW_EXPANDER_ROW (row);
  part->count = GTK_LABEL (count);
  part->entries = g_ptr_array_new ();
}

static void
stall_context_group_dispose (GObject *object)
{
  StallContextGroup *self = STALL_CONTEXT_GROUP (object);

  for (guint i = 0; i < STALL_N_CONTEXT_TYPES; i++)
    g_clear_pointer (&self->parts[i].entries, g_ptr_array_unref);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->product_id, g_free);

  G_OBJECT_CLASS (stall_context_group_parent_class)->dispose (object);
}

static void
stall_context_group_class_init (StallContextGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = stall_context_group_dispose;
  widget_class->map = stall_context_group_map;
  gtk_widget_class_install_action (widget_class, "context.add", "s", add_action);
  gtk_widget_class_install_action (widget_class, "context.show-notes", NULL, show_notes_action);
}

static void
stall_context_group_init (StallContextGroup *self)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (self);

  adw_preferences_group_set_title (group, _ ("Context"));
  for (guint i = 0; i < STALL_N_CONTEXT_TYPES; i++)
    add_part (self, (StallContextType) i);
  self->notes_row = ADW_ACTION_ROW (adw_action_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->notes_row),
                                 _ ("Notes with This Product"));
  self->notes_arrow = g_object_new (GTK_TYPE_IMAGE, "icon-name", "go-next-symbolic",
                                    "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  adw_action_row_add_suffix (self->notes_row, self->notes_arrow);
  adw_preferences_group_add (group, GTK_WIDGET (self->notes_row));
}

/**
 * stall_context_group_set_product:
 * @self: a group
 * @desk: what every page is handed
 * @product_id: "product:…"
 *
 * Shows a product's context and follows it.
 */
void
stall_context_group_set_product (StallContextGroup *self, StallDesk *desk, const char *product_id)
{
  g_return_if_fail (STALL_IS_CONTEXT_GROUP (self));
  g_return_if_fail (self->desk == NULL && STALL_IS_DESK (desk));
  g_return_if_fail (product_id != NULL);

  self->desk = g_object_ref (desk);
  self->product_id = g_strdup (product_id);
  g_signal_connect_object (stall_desk_get_store (desk), "changed", G_CALLBACK (store_changed_cb),
                           self, G_CONNECT_SWAPPED);
  self->stale = TRUE;
  read_if_stale (self);
}
