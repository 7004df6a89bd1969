/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-conflict-dialog.h"

#include "stall-async.h"
#include "stall-conflict-choice.h"
#include "stall-conflict-words.h"
#include "stall-sync-words.h"

#include <glib/gi18n-lib.h>

struct _StallConflictDialog
{
  AdwDialog parent_instance;

  GtkStack *stack;
  GtkWidget *settle_button;
  GtkLabel *title_label;
  GtkLabel *about_label;
  GtkBox *keep_box;
  GtkButton *keep_ours_button;
  GtkButton *keep_theirs_button;
  GtkBox *fields_box;
  GtkWidget *two_notes_button;

  StallDesk *desk;
  char *id;
  StallConflict *conflict;
  GPtrArray *choices; /* of StallConflictChoice; held by the box */
  gboolean settling;
  gboolean reading;
};

G_DEFINE_FINAL_TYPE (StallConflictDialog, stall_conflict_dialog, ADW_TYPE_DIALOG)

static void
update (StallConflictDialog *self)
{
  gboolean ready = self->choices->len > 0 && !self->settling;

  for (guint i = 0; ready && i < self->choices->len; i++)
    g_object_get (self->choices->pdata[i], "decided", &ready, NULL);
  gtk_widget_set_sensitive (self->settle_button, ready);
  gtk_widget_set_sensitive (self->two_notes_button, !self->settling);
}

/* --- what is to be seen --- */

static void
add_choice (StallConflictDialog *self, const StallConflictField *field)
{
  StallConflictChoice *choice = stall_conflict_choice_new (self->desk, self->conflict, field);

  g_signal_connect_object (choice, "notify::decided", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_object_bind_property (self->keep_box, "orientation", choice, "cards-orientation",
                          G_BINDING_SYNC_CREATE);
  gtk_box_append (self->fields_box, GTK_WIDGET (choice));
  g_ptr_array_add (self->choices, choice);
}

static char *
say_what_is_asked (StallConflict *conflict)
{
  guint n_fields = stall_conflict_get_fields (conflict)->len;
  guint n_others = stall_conflict_get_n_others (conflict);
  g_autofree char *asked
      = n_fields > 0
            ? g_strdup (_ ("This was changed on two devices before they met. What only one of them "
                           "changed is kept from both; decide what both changed. Until then both "
                           "versions stay."))
            : g_strdup (_ ("This was changed on two devices before they met, and the versions "
                           "cannot be compared. Keep one of them. Until then both stay."));
  g_autofree char *more = NULL;

  if (n_others == 0)
    return g_steal_pointer (&asked);
  more = g_strdup_printf (ngettext ("%u more version comes after these two.",
                                    "%u more versions come after these two.", n_others),
                          n_others);
  return g_strdup_printf ("%s %s", asked, more);
}

static void
show_conflict (StallConflictDialog *self)
{
  GPtrArray *fields = stall_conflict_get_fields (self->conflict);
  g_autofree char *title
      = stall_sync_words_thing (self->id, stall_conflict_get_title (self->conflict));
  g_autofree char *about = say_what_is_asked (self->conflict);
  g_autofree char *ours = stall_conflict_words_keep (stall_conflict_get_ours (self->conflict));
  g_autofree char *theirs = stall_conflict_words_keep (stall_conflict_get_theirs (self->conflict));

  for (guint i = 0; i < self->choices->len; i++)
    gtk_box_remove (self->fields_box, self->choices->pdata[i]);
  g_ptr_array_set_size (self->choices, 0);
  gtk_label_set_text (self->title_label, title);
  gtk_label_set_text (self->about_label, about);
  gtk_button_set_label (self->keep_ours_button, ours);
  gtk_button_set_label (self->keep_theirs_button, theirs);
  for (guint i = 0; i < fields->len; i++)
    add_choice (self, fields->pdata[i]);
  if (fields->len == 0)
    add_choice (self, NULL);
  /* One field is chosen as fast by itself. */
  gtk_widget_set_visible (GTK_WIDGET (self->keep_box), fields->len > 1);
  gtk_widget_set_visible (self->two_notes_button,
                          stall_kind_of_id (self->id) == STALL_KIND_NOTE && fields->len > 0);
  gtk_stack_set_visible_child_name (self->stack, "versions");
  update (self);
}

static gboolean
is_shown (StallConflictDialog *self, StallConflict *conflict)
{
  return self->conflict != NULL
         && g_str_equal (stall_conflict_get_ours (conflict)->revision,
                         stall_conflict_get_ours (self->conflict)->revision)
         && g_str_equal (stall_conflict_get_theirs (conflict)->revision,
                         stall_conflict_get_theirs (self->conflict)->revision);
}

static DexFuture *
read_fiber (gpointer data)
{
  StallConflictDialog *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (StallConflict) conflict = dex_await_object (
      stall_store_load_conflict (stall_desk_get_store (self->desk), self->id), &error);

  self->reading = FALSE;
  if (self->stack == NULL || self->settling)
    return dex_future_new_true ();
  if (conflict == NULL)
    {
      if (!g_error_matches (error, STALL_ERROR, STALL_ERROR_NOT_FOUND))
        stall_desk_report (self->desk, error);
      g_ptr_array_set_size (self->choices, 0);
      gtk_stack_set_visible_child_name (self->stack, "gone");
      update (self);
      return dex_future_new_true ();
    }
  if (is_shown (self, conflict))
    return dex_future_new_true ();
  g_set_object (&self->conflict, conflict);
  show_conflict (self);
  return dex_future_new_true ();
}

static void
read_conflict (StallConflictDialog *self)
{
  if (self->reading || self->settling)
    return;
  self->reading = TRUE;
  stall_spawn (read_fiber, g_object_ref (self), g_object_unref);
}

static void
store_changed_cb (StallConflictDialog *self, guint kinds)
{
  if (kinds & (1u << stall_kind_of_id (self->id)))
    read_conflict (self);
}

/* --- what can be done --- */

static StallChangeSet *
make_changes (StallConflictDialog *self)
{
  g_autofree char *title
      = stall_sync_words_thing (self->id, stall_conflict_get_title (self->conflict));
  g_autofree char *label = g_strdup_printf (_ ("Settle “%s”"), title);
  g_autoptr (JsonObject) merged = NULL;
  StallConflictChoice *first = self->choices->pdata[0];

  if (stall_conflict_get_fields (self->conflict)->len == 0)
    return stall_conflict_settle (self->conflict, NULL, stall_conflict_choice_get_theirs (first),
                                  label);
  merged = stall_json_copy_object (stall_conflict_get_merged (self->conflict));
  for (guint i = 0; i < self->choices->len; i++)
    stall_conflict_choice_write (self->choices->pdata[i], merged);
  return stall_conflict_settle (self->conflict, merged, FALSE, label);
}

typedef struct
{
  StallConflictDialog *dialog;
  StallChangeSet *changes;
} Settling;

static void
settling_free (gpointer data)
{
  Settling *settling = data;

  g_object_unref (settling->dialog);
  g_object_unref (settling->changes);
  g_free (settling);
}

static DexFuture *
settle_fiber (gpointer data)
{
  Settling *settling = data;
  StallConflictDialog *self = settling->dialog;
  gboolean more = stall_conflict_get_n_others (self->conflict) > 0;
  g_autoptr (StallReceipt) receipt
      = dex_await_boxed (stall_desk_apply (self->desk, settling->changes), NULL);

  self->settling = FALSE;
  /* Closed before it was written. */
  if (self->stack == NULL || gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return dex_future_new_true ();
  if (receipt != NULL && !more)
    adw_dialog_close (ADW_DIALOG (self));
  else
    read_conflict (self);
  update (self);
  return dex_future_new_true ();
}

/* Takes @changes over. */
static void
apply (StallConflictDialog *self, StallChangeSet *changes)
{
  Settling *settling = g_new0 (Settling, 1);

  settling->dialog = g_object_ref (self);
  settling->changes = changes;
  self->settling = TRUE;
  update (self);
  stall_spawn (settle_fiber, settling, settling_free);
}

static void
settle_cb (StallConflictDialog *self)
{
  if (!self->settling)
    apply (self, make_changes (self));
}

static void
two_notes_cb (StallConflictDialog *self)
{
  g_autofree char *title
      = stall_sync_words_thing (self->id, stall_conflict_get_title (self->conflict));
  g_autofree char *label = g_strdup_printf (_ ("Keep both versions of “%s”"), title);

  if (!self->settling)
    apply (self, stall_conflict_keep_both (self->conflict, label));
}

static void
keep_all (StallConflictDialog *self, gboolean theirs)
{
  for (guint i = 0; i < self->choices->len; i++)
    stall_conflict_choice_keep (self->choices->pdata[i], theirs);
}

static void
keep_ours_cb (StallConflictDialog *self)
{
  keep_all (self, FALSE);
}

static void
keep_theirs_cb (StallConflictDialog *self)
{
  keep_all (self, TRUE);
}

/* --- the dialog itself --- */

static void
stall_conflict_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), STALL_TYPE_CONFLICT_DIALOG);

  G_OBJECT_CLASS (stall_conflict_dialog_parent_class)->dispose (object);
}

static void
stall_conflict_dialog_finalize (GObject *object)
{
  StallConflictDialog *self = STALL_CONFLICT_DIALOG (object);

  g_clear_object (&self->desk);
  g_clear_object (&self->conflict);
  g_ptr_array_unref (self->choices);
  g_free (self->id);

  G_OBJECT_CLASS (stall_conflict_dialog_parent_class)->finalize (object);
}

static void
stall_conflict_dialog_class_init (StallConflictDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = stall_conflict_dialog_dispose;
  object_class->finalize = stall_conflict_dialog_finalize;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/stall_app/Stall/sync/stall-conflict-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, StallConflictDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, StallConflictDialog, settle_button);
  gtk_widget_class_bind_template_child (widget_class, StallConflictDialog, title_label);
  gtk_widget_class_bind_template_child (widget_class, StallConflictDialog, about_label);
  gtk_widget_class_bind_template_child (widget_class, StallConflictDialog, keep_box);
  gtk_widget_class_bind_template_child (widget_class, StallConflictDialog, keep_ours_button);
  gtk_widget_class_bind_template_child (widget_class, StallConflictDialog, keep_theirs_button);
  gtk_widget_class_bind_template_child (widget_class, StallConflictDialog, fields_box);
  gtk_widget_class_bind_template_child (widget_class, StallConflictDialog, two_notes_button);
  gtk_widget_class_bind_template_callback (widget_class, settle_cb);
  gtk_widget_class_bind_template_callback (widget_class, keep_ours_cb);
  gtk_widget_class_bind_template_callback (widget_class, keep_theirs_cb);
  gtk_widget_class_bind_template_callback (widget_class, two_notes_cb);
}

static void
stall_conflict_dialog_init (StallConflictDialog *self)
{
  self->choices = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * stall_conflict_dialog_new:
 * @desk: the desk
 * @id: of a document that two devices changed
 *
 * Returns: (transfer floating): a dialog that shows both versions and settles them
 */
AdwDialog *
stall_conflict_dialog_new (StallDesk *desk, const char *id)
{
  StallConflictDialog *self = g_object_new (STALL_TYPE_CONFLICT_DIALOG, NULL);

  self->desk = g_object_ref (desk);
  self->id = g_strdup (id);
  g_signal_connect_object (stall_desk_get_store (desk), "changed", G_CALLBACK (store_changed_cb),
                           self, G_CONNECT_SWAPPED);
  read_conflict (self);
  return ADW_DIALOG (self);
}
