/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-note-history-dialog.h"

#include "stall-async.h"
#include "stall-format.h"
#include "stall-note-words.h"
#include "stall-text-merge.h"
#include "stall-versions.h"

#include <glib/gi18n-lib.h>

struct _StallNoteHistoryDialog
{
  AdwDialog parent_instance;

  StallDesk *desk;
  char *note_id;
  char *revision; /* the version that is read */

  AdwNavigationView *view;
  GtkStack *stack;
  GtkListView *list_view;
};

G_DEFINE_FINAL_TYPE (StallNoteHistoryDialog, stall_note_history_dialog, ADW_TYPE_DIALOG)

/* --- the list --- */

static char *
describe_version (StallDocumentVersion *version)
{
  const char *label = stall_document_version_get_label (version);

  if (*label != '\0')
    return g_strdup (label);
  return g_strdup (_ ("Came from another device"));
}

static char *
describe_time (StallDocumentVersion *version)
{
  g_autofree char *date = stall_document_version_get_at (version) != STALL_TIME_NONE
                              ? stall_format_date_time (stall_document_version_get_at (version))
                              : NULL;

  if (!stall_document_version_get_current (version))
    return date != NULL ? g_steal_pointer (&date) : g_strdup ("");
  if (date == NULL)
    return g_strdup (_ ("What it says now"));
  /* Translators: %s is a date and time */
  return g_strdup_printf (_ ("%s · What it says now"), date);
}

static void
setup_cb (StallNoteHistoryDialog *self, GtkListItem *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  for (guint i = 0; i < 2; i++)
    {
      GtkWidget *text = g_object_new (GTK_TYPE_INSCRIPTION, "text-overflow",
                                      GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END, NULL);

      gtk_box_append (GTK_BOX (box), text);
      if (i > 0)
        {
          gtk_widget_add_css_class (text, "caption");
          gtk_widget_add_css_class (text, "dimmed");
          gtk_widget_add_css_class (text, "numeric");
        }
    }
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  gtk_list_item_set_child (item, box);
}

static void
bind_cb (StallNoteHistoryDialog *self, GtkListItem *item)
{
  StallDocumentVersion *version = gtk_list_item_get_item (item);
  GtkWidget *box = gtk_list_item_get_child (item);
  g_autofree char *label = describe_version (version);
  g_autofree char *time = describe_time (version);
  g_autofree char *name = g_strdup_printf ("%s. %s", label, time);

  gtk_inscription_set_text (GTK_INSCRIPTION (gtk_widget_get_first_child (box)), label);
  gtk_inscription_set_text (GTK_INSCRIPTION (gtk_widget_get_last_child (box)), time);
  gtk_list_item_set_accessible_label (item, name);
}

static DexFuture *
list_fiber (gpointer data)
{
  StallNoteHistoryDialog *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) versions = dex_await_object (
      stall_store_versions (stall_desk_get_store (self->desk), self->note_id), &error);
  g_autoptr (GtkNoSelection) selection = NULL;

  if (self->list_view == NULL)
    return dex_future_new_true ();
  if (versions == NULL)
    {
      stall_desk_report (self->desk, error);
      return dex_future_new_true ();
    }
  selection = gtk_no_selection_new (g_steal_pointer (&versions));
  gtk_list_view_set_model (self->list_view, GTK_SELECTION_MODEL (selection));
  gtk_stack_set_visible_child_name (self->stack, "list");
  /* Closed before the versions came. */
  if (gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    gtk_widget_child_focus (GTK_WIDGET (self->list_view), GTK_DIR_TAB_FORWARD);
  return dex_future_new_true ();
}

/* --- one version --- */

static char *
write_text (StallNote *note)
{
  return g_strdup_printf ("%s\n\n%s\n", stall_note_words_title (stall_note_get_title (note)),
                          stall_note_get_body (note));
}

/* What this version alone says is marked; what only the present one says is struck through. */
static void
fill (GtkTextBuffer *buffer, StallNote *former, StallNote *present)
{
  g_autofree char *before = write_text (former);
  g_autofree char *now = write_text (present);
  g_autoptr (GPtrArray) chunks = stall_text_compare (before, now);
  GtkTextIter end;

  gtk_text_buffer_create_tag (buffer, "added", "weight", PANGO_WEIGHT_BOLD, "background-rgba",
                              &(GdkRGBA) { 0.2f, 0.5f, 0.9f, 0.2f }, NULL);
  gtk_text_buffer_create_tag (buffer, "removed", "strikethrough", TRUE, "foreground-rgba",
                              &(GdkRGBA) { 0.5f, 0.5f, 0.5f, 1 }, NULL);
  for (guint i = 0; i < chunks->len; i++)
    {
      const StallTextChunk *chunk = g_ptr_array_index (chunks, i);

      gtk_text_buffer_get_end_iter (buffer, &end);
      if (!chunk->conflict)
        {
          gtk_text_buffer_insert (buffer, &end, chunk->text, -1);
          continue;
        }
      gtk_text_buffer_insert_with_tags_by_name (buffer, &end, chunk->text, -1, "added", NULL);
      gtk_text_buffer_get_end_iter (buffer, &end);
      gtk_text_buffer_insert_with_tags_by_name (buffer, &end, chunk->theirs, -1, "removed", NULL);
    }
}

static DexFuture *
restore_fiber (gpointer data)
{
  StallNoteHistoryDialog *self = data;
  g_autoptr (StallDesk) desk = g_object_ref (self->desk);
  g_autoptr (GError) error = NULL;
  g_autoptr (StallReceipt) receipt = NULL;
  g_autofree char *label = g_strdup (_ ("Restore a version of the note"));

  receipt = dex_await_boxed (stall_store_restore_version (stall_desk_get_store (desk),
                                                          self->note_id, self->revision, label),
                             &error);
  if (receipt == NULL)
    stall_desk_report (desk, error);
  else if (receipt->change_set != 0)
    stall_desk_offer_undo (desk, label, receipt->change_set);
  if (receipt != NULL && self->list_view != NULL)
    adw_dialog_close (ADW_DIALOG (self));
  return dex_future_new_true ();
}

static void
restore_cb (StallNoteHistoryDialog *self)
{
  stall_spawn (restore_fiber, g_object_ref (self), g_object_unref);
}

static AdwNavigationPage *
new_reading_page (StallNoteHistoryDialog *self, StallNote *former, StallNote *present)
{
  GtkWidget *bars = adw_toolbar_view_new ();
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *restore = gtk_button_new_with_mnemonic (_ ("_Restore"));
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *legend = gtk_label_new (
      _ ("What only this version says is marked; what only the note says now is struck through"));
  GtkWidget *text
      = g_object_new (GTK_TYPE_TEXT_VIEW, "editable", FALSE, "cursor-visible", FALSE, "wrap-mode",
                      GTK_WRAP_WORD_CHAR, "left-margin", 18, "right-margin", 18, "top-margin", 12,
                      "bottom-margin", 18, "pixels-inside-wrap", 4, NULL);

  fill (gtk_text_view_get_buffer (GTK_TEXT_VIEW (text)), former, present);
  gtk_accessible_update_property (GTK_ACCESSIBLE (text), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("This version, beside what the note says now"), -1);
  gtk_widget_add_css_class (restore, "suggested-action");
  gtk_label_set_wrap (GTK_LABEL (legend), TRUE);
  gtk_label_set_xalign (GTK_LABEL (legend), 0);
  gtk_widget_add_css_class (legend, "caption");
  gtk_widget_add_css_class (legend, "dimmed");
  gtk_widget_add_css_class (legend, "version-legend");
  g_signal_connect_object (restore, "clicked", G_CALLBACK (restore_cb), self, G_CONNECT_SWAPPED);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), text);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), restore);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (bars), header);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (bars), legend);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (bars), scroller);
  return adw_navigation_page_new (bars, _ ("Earlier Version"));
}

static StallNote *
read_note (StallDocument *document, GError **error)
{
  return document != NULL ? stall_note_new_from_document (document, error) : NULL;
}

static DexFuture *
read_fiber (gpointer data)
{
  StallNoteHistoryDialog *self = data;
  StallStore *store = stall_desk_get_store (self->desk);
  g_autoptr (GError) error = NULL;
  g_autoptr (StallDocument) former
      = dex_await_object (stall_store_load_version (store, self->note_id, self->revision), &error);
  g_autoptr (StallDocument) present
      = former != NULL ? dex_await_object (stall_store_load (store, self->note_id), &error) : NULL;
  g_autoptr (StallNote) then = present != NULL ? read_note (former, &error) : NULL;
  g_autoptr (StallNote) now = then != NULL ? read_note (present, &error) : NULL;

  if (self->list_view == NULL)
    return dex_future_new_true ();
  if (now == NULL)
    stall_desk_report (self->desk, error);
  else
    adw_navigation_view_push (self->view, new_reading_page (self, then, now));
  return dex_future_new_true ();
}

static void
activate_cb (StallNoteHistoryDialog *self, guint position)
{
  GListModel *versions = G_LIST_MODEL (gtk_list_view_get_model (self->list_view));
  g_autoptr (StallDocumentVersion) version = g_list_model_get_item (versions, position);

  if (stall_document_version_get_current (version))
    return;
  g_set_str (&self->revision, stall_document_version_get_revision (version));
  stall_spawn (read_fiber, g_object_ref (self), g_object_unref);
}

static void
stall_note_history_dialog_dispose (GObject *object)
{
  StallNoteHistoryDialog *self = STALL_NOTE_HISTORY_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), STALL_TYPE_NOTE_HISTORY_DIALOG);

  G_OBJECT_CLASS (stall_note_history_dialog_parent_class)->dispose (object);
}

static void
stall_note_history_dialog_finalize (GObject *object)
{
  StallNoteHistoryDialog *self = STALL_NOTE_HISTORY_DIALOG (object);

  g_clear_object (&self->desk);
  g_free (self->note_id);
  g_free (self->revision);

  G_OBJECT_CLASS (stall_note_history_dialog_parent_class)->finalize (object);
}

static void
stall_note_history_dialog_class_init (StallNoteHistoryDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = stall_note_history_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = stall_note_history_dialog_finalize;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/stall_app/Stall/notes/stall-note-history-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, StallNoteHistoryDialog, view);
  gtk_widget_class_bind_template_child (widget_class, StallNoteHistoryDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, StallNoteHistoryDialog, list_view);
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
}

static void
stall_note_history_dialog_init (StallNoteHistoryDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * stall_note_history_dialog_present:
 * @parent: over what the dialog is shown
 * @desk: what every page is handed
 * @note_id: of a saved note
 *
 * Shows the earlier versions of a note.
 */
void
stall_note_history_dialog_present (GtkWidget *parent, StallDesk *desk, const char *note_id)
{
  StallNoteHistoryDialog *self;

  g_return_if_fail (GTK_IS_WIDGET (parent));
  g_return_if_fail (STALL_IS_DESK (desk));
  g_return_if_fail (note_id != NULL);

  self = g_object_new (STALL_TYPE_NOTE_HISTORY_DIALOG, NULL);
  self->desk = g_object_ref (desk);
  self->note_id = g_strdup (note_id);
  adw_dialog_present (ADW_DIALOG (self), parent);
  stall_spawn (list_fiber, g_object_ref (self), g_object_unref);
}
