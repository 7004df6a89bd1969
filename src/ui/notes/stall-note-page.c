/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-note-page.h"

#include "stall-async.h"
#include "stall-conflict-banner.h"
#include "stall-field.h"
#include "stall-markdown.h"
#include "stall-note-details-dialog.h"
#include "stall-note-editor.h"
#include "stall-note-history-dialog.h"
#include "stall-note-intake.h"
#include "stall-note-markup.h"
#include "stall-note-preview.h"
#include "stall-note-schedule-dialog.h"
#include "stall-note-steps.h"
#include "stall-note-text.h"
#include "stall-note-warning.h"
#include "stall-note-words.h"
#include "stall-product-popover.h"
#include "stall-weak.h"

#include <glib/gi18n-lib.h>

/* The preview follows when nothing was typed for so long: to follow every word of a long note would
 * hold the typist up. */
#define PAUSE 200 /* ms */
#define FULL_AGAIN (10 * G_USEC_PER_SEC)

struct _StallNotePage
{
  AdwNavigationPage parent_instance;

  StallConflictBanner *conflict_banner;
  StallDesk *desk;
  StallNoteEditor *editor;
  StallNoteIntake *intake;
  gboolean quiet;      /* the widgets are being set, not used */
  gboolean body_typed; /* the text is not in the note yet */
  gboolean too_long;   /* came so: nothing here touches it */
  gint64 told_full;    /* monotonic time when the person last heard that the text is full */
  gboolean narrow;
  GStrv kept;      /* pictures that the text did not show to begin with */
  StallNote *held; /* the note whose changes nobody hears of while its text is typed */
  guint pause_source;
  gboolean counting; /* words, in a thread */
  gboolean count_again;
  GtkWidget *window; /* not owned: whose closing waits for the last edit */
  gulong close_handler;
  gboolean closing;

  GtkStack *title_stack;
  AdwWindowTitle *window_title;
  AdwToggleGroup *view_group;
  GtkToggleButton *preview_button;
  GtkWidget *details_button;
  StallNoteWarning *warning;
  GtkStack *stack;
  GtkWidget *writing;
  GtkEditable *title_text;
  StallNoteText *text;
  GtkMenuButton *product_button;
  StallProductPopover *product_popover;
  GtkWidget *busy_spinner;
  GtkLabel *count_label;
  GtkWidget *preview_separator;
  AdwBin *preview;
};

G_DEFINE_FINAL_TYPE (StallNotePage, stall_note_page, ADW_TYPE_NAVIGATION_PAGE)

static const struct
{
  const char *action;
  guint key;
  GdkModifierType modifiers;
  StallMarkup markup;
} markups[] = {
  { "note.bold", GDK_KEY_b, GDK_CONTROL_MASK, STALL_MARKUP_BOLD },
  { "note.italic", GDK_KEY_i, GDK_CONTROL_MASK, STALL_MARKUP_ITALIC },
  { "note.heading", GDK_KEY_h, GDK_CONTROL_MASK, STALL_MARKUP_HEADING },
  { "note.list", GDK_KEY_l, GDK_CONTROL_MASK | GDK_SHIFT_MASK, STALL_MARKUP_LIST },
  { "note.quote", GDK_KEY_q, GDK_CONTROL_MASK | GDK_SHIFT_MASK, STALL_MARKUP_QUOTE },
};

static StallNote *
get_note (StallNotePage *self)
{
  return self->editor != NULL && !self->too_long ? stall_note_editor_get_note (self->editor) : NULL;
}

static GtkTextBuffer *
get_buffer (StallNotePage *self)
{
  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text));
}

/* --- the count --- */

/* Words are those a reader will see, so not of the raw text. */
static DexFuture *
count_work (gpointer data)
{
  g_autoptr (StallMarkdown) markdown = stall_markdown_parse (data, NULL);

  return dex_future_new_for_uint (markdown != NULL ? stall_markdown_count_words (markdown) : 0);
}

static DexFuture *
count_fiber (gpointer data)
{
  g_autoptr (StallNotePage) self = g_weak_ref_get (data);

  while (self != NULL && self->count_again && get_note (self) != NULL)
    {
      g_autofree char *body = g_strdup (stall_note_get_body (get_note (self)));
      g_autofree char *words = NULL;
      DexFuture *counted = stall_run_in_thread (count_work, g_strdup (body), g_free);

      self->count_again = FALSE;
      g_clear_object (&self);
      words = stall_note_words_count (dex_await_uint (counted, NULL), body);
      self = g_weak_ref_get (data);
      if (self != NULL && self->editor != NULL)
        gtk_label_set_label (self->count_label, words);
    }
  if (self != NULL)
    self->counting = FALSE;
  return dex_future_new_true ();
}

static void
count_words (StallNotePage *self)
{
  self->count_again = TRUE;
  if (self->counting)
    return;
  self->counting = TRUE;
  stall_spawn (count_fiber, stall_weak_new (self), stall_weak_free);
}

static void
show_views (StallNotePage *self)
{
  gboolean preview
      = self->narrow
            ? g_strcmp0 (adw_toggle_group_get_active_name (self->view_group), "preview") == 0
            : gtk_toggle_button_get_active (self->preview_button);

  gtk_stack_set_visible_child_name (self->title_stack, self->narrow ? "views" : "title");
  gtk_widget_set_visible (GTK_WIDGET (self->preview_button), !self->narrow);
  gtk_widget_set_visible (self->details_button, !self->narrow);
  gtk_widget_set_visible (self->writing, !self->narrow || !preview);
  gtk_widget_set_visible (self->preview_separator, !self->narrow && preview);
  gtk_widget_set_visible (GTK_WIDGET (self->preview), preview);
  gtk_widget_set_hexpand (GTK_WIDGET (self->preview), self->narrow);
}

static void
narrow_cb (StallNotePage *self)
{
  self->narrow = TRUE;
  show_views (self);
}

static void
wide_cb (StallNotePage *self)
{
  self->narrow = FALSE;
  show_views (self);
}

/* --- between the widgets and the note --- */

static void
show_title (StallNotePage *self)
{
  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self),
                                 stall_note_words_title (stall_note_get_title (get_note (self))));
}

static void
show_state (StallNotePage *self)
{
  StallNote *note = get_note (self);
  g_autofree char *state = stall_note_words_state (
      stall_note_get_state (note), stall_note_get_publish_at (note), stall_time_now ());

  adw_window_title_set_title (self->window_title, state);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "note.schedule",
                                 stall_note_get_state (note) != STALL_NOTE_PUBLISHED);
}

/* A new note begins with its title. */
static gboolean
stall_note_page_grab_focus (GtkWidget *widget)
{
  StallNotePage *self = STALL_NOTE_PAGE (widget);
  StallNote *note = get_note (self);

  if (note == NULL)
    return GTK_WIDGET_CLASS (stall_note_page_parent_class)->grab_focus (widget);
  return gtk_widget_grab_focus (*stall_note_get_title (note) == '\0' ? GTK_WIDGET (self->title_text)
                                                                     : GTK_WIDGET (self->text));
}

/* Who is writing already is left alone: words may have been typed while the page slid in. */
static void
focus_writing (StallNotePage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (get_note (self) != NULL && (focus == NULL || !gtk_widget_is_ancestor (focus, self->writing)))
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
note_changed_cb (StallNotePage *self)
{
  StallNote *note = stall_note_editor_get_note (self->editor);
  gboolean first = g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "note") != 0;

  if (note == NULL)
    return;
  self->too_long = !stall_note_check_body (stall_note_get_body (note), NULL);
  if (self->too_long)
    {
      gtk_stack_set_visible_child_name (self->stack, "too-long");
      return;
    }
  if (self->kept == NULL)
    self->kept = stall_note_dup_unused_pictures (note);
  self->quiet = TRUE;
  stall_field_set (self->title_text, stall_note_get_title (note));
  if (!self->body_typed)
    stall_note_text_set_text (self->text, stall_note_get_body (note));
  self->quiet = FALSE;
  show_title (self);
  show_state (self);
  count_words (self);
  stall_note_preview_show (STALL_NOTE_PREVIEW (adw_bin_get_child (self->preview)), note);
  gtk_stack_set_visible_child_name (self->stack, "note");
  if (first && gtk_widget_get_mapped (GTK_WIDGET (self)))
    focus_writing (self);
}

static void
typed_cb (StallNotePage *self)
{
  if (!self->quiet && self->editor != NULL)
    stall_note_editor_touch (self->editor);
}

static void
let_go (StallNotePage *self)
{
  g_clear_handle_id (&self->pause_source, g_source_remove);
  if (self->held != NULL)
    g_object_thaw_notify (G_OBJECT (self->held));
  g_clear_object (&self->held);
}

static void
pause_cb (gpointer data)
{
  StallNotePage *self = data;

  self->pause_source = 0;
  let_go (self);
}

static void
body_typed_cb (StallNotePage *self)
{
  if (self->quiet || get_note (self) == NULL)
    return;
  self->body_typed = TRUE;
  if (self->held == NULL)
    {
      self->held = g_object_ref (get_note (self));
      g_object_freeze_notify (G_OBJECT (self->held));
    }
  g_clear_handle_id (&self->pause_source, g_source_remove);
  self->pause_source = g_timeout_add_once (PAUSE, pause_cb, self);
  typed_cb (self);
}

static void
collect_body (StallNotePage *self)
{
  g_autofree char *body = stall_note_text_dup_text (self->text);

  self->body_typed = FALSE;
  stall_note_set_body (get_note (self), body);
  count_words (self);
}

/* Once, not for every key. */
static void
full_cb (StallNotePage *self)
{
  gint64 now = g_get_monotonic_time ();

  if (self->told_full != 0 && now - self->told_full < FULL_AGAIN)
    return;
  self->told_full = now;
  stall_desk_say (self->desk, _ ("A note has room for 500,000 characters. Divide this text into "
                                 "several notes."));
}

static void
collect_cb (StallNotePage *self)
{
  const char *title = stall_field_get_edit (self->title_text);

  if (get_note (self) == NULL)
    return;
  if (title != NULL)
    {
      stall_note_set_title (get_note (self), title);
      show_title (self);
    }
  if (self->body_typed)
    collect_body (self);
}

static void
commit_all (StallNotePage *self)
{
  if (get_note (self) == NULL)
    return;
  stall_note_editor_touch (self->editor);
  collect_cb (self);
  stall_note_editor_flush (self->editor);
}

/* Pictures that were taken out of the text go with it, but not before: until then Undo may bring
 * them back. */
static void
leave (StallNotePage *self)
{
  g_auto (GStrv) unused = NULL;

  if (get_note (self) == NULL)
    return;
  collect_cb (self);
  unused = stall_note_dup_unused_pictures (get_note (self));
  for (guint i = 0; unused[i] != NULL; i++)
    if (!g_strv_contains ((const char *const *) self->kept, unused[i]))
      stall_note_remove_picture (get_note (self), unused[i]);
  commit_all (self);
}

static void
view_changed_cb (StallNotePage *self)
{
  commit_all (self);
  let_go (self);
  show_views (self);
}

static void
gone_cb (StallNotePage *self)
{
  GtkWidget *navigation = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_NAVIGATION_VIEW);

  gtk_stack_set_visible_child_name (self->stack, "gone");
  if (navigation != NULL
      && adw_navigation_view_get_visible_page (ADW_NAVIGATION_VIEW (navigation))
             == ADW_NAVIGATION_PAGE (self))
    adw_navigation_view_pop (ADW_NAVIGATION_VIEW (navigation));
}

/* --- actions --- */

static void
title_done_cb (StallNotePage *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->text));
}

static void
markup_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  StallNotePage *self = STALL_NOTE_PAGE (widget);

  for (gsize i = 0; i < G_N_ELEMENTS (markups); i++)
    if (g_str_equal (markups[i].action, name))
      stall_note_markup_toggle (get_buffer (self), markups[i].markup);
  gtk_widget_grab_focus (GTK_WIDGET (self->text));
}

/* --- pictures and products --- */

static void
picture_given_cb (StallNotePage *self, GObject *source)
{
  if (get_note (self) != NULL)
    stall_note_intake_add (self->intake, source);
}

/* Who leaves while a picture is on its way still gets it into the text. */
static void
busy_cb (StallNotePage *self)
{
  gboolean busy = stall_note_intake_get_busy (self->intake);

  if (busy)
    g_object_ref (self);
  gtk_widget_set_visible (self->busy_spinner, busy);
  if (!busy)
    {
      stall_note_preview_show (STALL_NOTE_PREVIEW (adw_bin_get_child (self->preview)),
                               get_note (self));
      g_object_unref (self);
    }
}

static void
opened_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (StallNotePage) self = data;
  g_autoptr (GListModel) files
      = gtk_file_dialog_open_multiple_finish (GTK_FILE_DIALOG (object), result, NULL);

  for (guint i = 0; files != NULL && i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (GObject) file = g_list_model_get_item (files, i);

      picture_given_cb (self, file);
    }
}

static void
picture_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  g_autoptr (GListStore) filters = g_list_store_new (GTK_TYPE_FILE_FILTER);

  gtk_file_filter_set_name (filter, _ ("Pictures"));
  gtk_file_filter_add_pixbuf_formats (filter);
  g_list_store_append (filters, filter);
  gtk_file_dialog_set_title (dialog, _ ("Add Pictures"));
  gtk_file_dialog_set_filters (dialog, G_LIST_MODEL (filters));
  gtk_file_dialog_open_multiple (dialog, GTK_WINDOW (gtk_widget_get_root (widget)), NULL, opened_cb,
                                 g_object_ref (widget));
}

static void
product_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_menu_button_popup (STALL_NOTE_PAGE (widget)->product_button);
}

/* Words that were selected become the name of the link. */
static void
product_picked_cb (StallNotePage *self, const char *product_id, const char *title)
{
  GtkTextIter start, end;
  g_autofree char *words = NULL;
  g_autofree char *markdown = NULL;

  if (gtk_text_buffer_get_selection_bounds (get_buffer (self), &start, &end)
      && gtk_text_iter_get_line (&start) == gtk_text_iter_get_line (&end))
    words = gtk_text_iter_get_text (&start, &end);
  markdown = stall_markdown_write_product (words != NULL ? words : title, product_id);
  stall_note_text_insert (self->text, markdown);
  gtk_widget_grab_focus (GTK_WIDGET (self->text));
}

/* Everything saves itself; this is for hands that cannot do without. */
static void
save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  commit_all (STALL_NOTE_PAGE (widget));
}

static void
details_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  StallNotePage *self = STALL_NOTE_PAGE (widget);

  if (get_note (self) == NULL)
    return;
  commit_all (self);
  stall_note_details_dialog_present (widget, self->editor);
}

static void
keep_template_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  StallNotePage *self = STALL_NOTE_PAGE (widget);
  g_autofree char *body = stall_note_text_dup_text (self->text);

  stall_note_steps_keep_template (widget, self->desk, body);
}

/* What works on the saved note waits until the last word is saved. Called in a fiber. */
static gboolean
save_first (StallNotePage *self)
{
  commit_all (self);
  dex_await (stall_note_editor_settle (self->editor), NULL);
  return self->editor != NULL && gtk_widget_get_mapped (GTK_WIDGET (self));
}

static DexFuture *
schedule_fiber (gpointer data)
{
  StallNotePage *self = data;

  if (save_first (self))
    stall_note_schedule_dialog_present (GTK_WIDGET (self), self->desk,
                                        stall_note_editor_get_note_id (self->editor),
                                        stall_note_get_publish_at (get_note (self)));
  return dex_future_new_true ();
}

static void
schedule_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  if (get_note (STALL_NOTE_PAGE (widget)) != NULL)
    stall_spawn (schedule_fiber, g_object_ref (widget), g_object_unref);
}

static DexFuture *
history_fiber (gpointer data)
{
  StallNotePage *self = data;

  if (save_first (self))
    stall_note_history_dialog_present (GTK_WIDGET (self), self->desk,
                                       stall_note_editor_get_note_id (self->editor));
  return dex_future_new_true ();
}

static void
history_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  if (get_note (STALL_NOTE_PAGE (widget)) != NULL)
    stall_spawn (history_fiber, g_object_ref (widget), g_object_unref);
}

static void
delete_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  stall_note_editor_delete (STALL_NOTE_PAGE (widget)->editor);
}

static void
stall_note_page_shown (AdwNavigationPage *page)
{
  focus_writing (STALL_NOTE_PAGE (page));
}

static void
stall_note_page_hiding (AdwNavigationPage *page)
{
  commit_all (STALL_NOTE_PAGE (page));
}

static DexFuture *
close_fiber (gpointer data)
{
  g_autoptr (StallNotePage) self = g_weak_ref_get (data);
  DexFuture *settled;

  if (self == NULL || self->editor == NULL)
    return dex_future_new_true ();
  settled = stall_note_intake_settle (self->intake);
  g_clear_object (&self);
  dex_await (settled, NULL);
  self = g_weak_ref_get (data);
  if (self == NULL || self->editor == NULL)
    return dex_future_new_true ();
  commit_all (self);
  settled = stall_note_editor_settle (self->editor);
  g_clear_object (&self);
  dex_await (settled, NULL);
  self = g_weak_ref_get (data);
  if (self != NULL && self->window != NULL)
    gtk_window_close (GTK_WINDOW (self->window));
  return dex_future_new_true ();
}

/* The last edit is kept before the stall is closed; one that cannot be kept holds nobody back. */
static gboolean
close_request_cb (StallNotePage *self)
{
  if (self->closing)
    return GDK_EVENT_PROPAGATE;
  leave (self);
  if (!stall_note_editor_get_saving (self->editor) && !stall_note_intake_get_busy (self->intake))
    return GDK_EVENT_PROPAGATE;
  self->closing = TRUE;
  stall_spawn (close_fiber, stall_weak_new (self), stall_weak_free);
  return GDK_EVENT_STOP;
}

static void
stall_note_page_root (GtkWidget *widget)
{
  StallNotePage *self = STALL_NOTE_PAGE (widget);
  GtkRoot *root;

  GTK_WIDGET_CLASS (stall_note_page_parent_class)->root (widget);

  root = gtk_widget_get_root (widget);
  if (!GTK_IS_WINDOW (root))
    return;
  self->window = GTK_WIDGET (root);
  self->close_handler = g_signal_connect_object (
      root, "close-request", G_CALLBACK (close_request_cb), self, G_CONNECT_SWAPPED);
}

static void
stall_note_page_unroot (GtkWidget *widget)
{
  StallNotePage *self = STALL_NOTE_PAGE (widget);

  leave (self);
  if (self->window != NULL)
    g_clear_signal_handler (&self->close_handler, self->window);
  self->window = NULL;

  GTK_WIDGET_CLASS (stall_note_page_parent_class)->unroot (widget);
}

static void
stall_note_page_dispose (GObject *object)
{
  StallNotePage *self = STALL_NOTE_PAGE (object);

  let_go (self);
  g_clear_object (&self->intake);
  g_clear_object (&self->editor);
  gtk_widget_dispose_template (GTK_WIDGET (self), STALL_TYPE_NOTE_PAGE);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->kept, g_strfreev);

  G_OBJECT_CLASS (stall_note_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/stall_app/Stall/notes/stall-note-page.ui");
  gtk_widget_class_bind_template_child (widget_class, StallNotePage, conflict_banner);
  gtk_widget_class_bind_template_child (widget_class, StallNotePage, title_stack);
  gtk_widget_class_bind_template_child (widget_class, StallNotePage, window_title);
  gtk_widget_class_bind_template_child (widget_class, StallNotePage, view_group);
  gtk_widget_class_bind_template_child (widget_class, StallNotePage, preview_button);
  gtk_widget_class_bind_template_child (widget_class, StallNotePage, details_button);
  gtk_widget_class_bind_template_child (widget_class, StallNotePage, warning);
  gtk_widget_class_bind_template_child (widget_class, StallNotePage, stack);
  gtk_widget_class_bind_template_child (widget_class, StallNotePage, writing);
  gtk_widget_class_bind_template_child (widget_class, StallNotePage, title_text);
  gtk_widget_class_bind_template_child (widget_class, StallNotePage, text);
  gtk_widget_class_bind_template_child (widget_class, StallNotePage, product_button);
  gtk_widget_class_bind_template_child (widget_class, StallNotePage, product_popover);
  gtk_widget_class_bind_template_child (widget_class, StallNotePage, busy_spinner);
  gtk_widget_class_bind_template_child (widget_class, StallNotePage, count_label);
  gtk_widget_class_bind_template_child (widget_class, StallNotePage, preview_separator);
  gtk_widget_class_bind_template_child (widget_class, StallNotePage, preview);
  gtk_widget_class_bind_template_callback (widget_class, narrow_cb);
  gtk_widget_class_bind_template_callback (widget_class, wide_cb);
  gtk_widget_class_bind_template_callback (widget_class, view_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, typed_cb);
  gtk_widget_class_bind_template_callback (widget_class, title_done_cb);
  gtk_widget_class_bind_template_callback (widget_class, full_cb);
  gtk_widget_class_bind_template_callback (widget_class, picture_given_cb);
  gtk_widget_class_bind_template_callback (widget_class, product_picked_cb);
}

static void
stall_note_page_class_init (StallNotePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = stall_note_page_dispose;
  widget_class->grab_focus = stall_note_page_grab_focus;
  widget_class->root = stall_note_page_root;
  widget_class->unroot = stall_note_page_unroot;
  ADW_NAVIGATION_PAGE_CLASS (klass)->shown = stall_note_page_shown;
  ADW_NAVIGATION_PAGE_CLASS (klass)->hiding = stall_note_page_hiding;

  g_type_ensure (STALL_TYPE_CONFLICT_BANNER);
  g_type_ensure (STALL_TYPE_NOTE_TEXT);
  g_type_ensure (STALL_TYPE_NOTE_WARNING);
  g_type_ensure (STALL_TYPE_PRODUCT_POPOVER);
  bind_template (widget_class);
  for (gsize i = 0; i < G_N_ELEMENTS (markups); i++)
    {
      gtk_widget_class_install_action (widget_class, markups[i].action, NULL, markup_action);
      gtk_widget_class_add_binding_action (widget_class, markups[i].key, markups[i].modifiers,
                                           markups[i].action, NULL);
    }
  gtk_widget_class_install_action (widget_class, "note.picture", NULL, picture_action);
  gtk_widget_class_install_action (widget_class, "note.product", NULL, product_action);
  gtk_widget_class_install_action (widget_class, "note.details", NULL, details_action);
  gtk_widget_class_install_action (widget_class, "note.keep-template", NULL, keep_template_action);
  gtk_widget_class_install_action (widget_class, "note.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "note.schedule", NULL, schedule_action);
  gtk_widget_class_install_action (widget_class, "note.history", NULL, history_action);
  gtk_widget_class_install_action (widget_class, "note.delete", NULL, delete_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_k, GDK_CONTROL_MASK, "note.product",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                       "note.picture", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "note.save",
                                       NULL);
}

static void
stall_note_page_init (StallNotePage *self)
{
  self->quiet = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (get_buffer (self), "changed", G_CALLBACK (body_typed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->preview_button, "notify::active", G_CALLBACK (show_views), self,
                           G_CONNECT_SWAPPED);
  self->quiet = FALSE;
}

static AdwNavigationPage *
new_page (StallDesk *desk, StallNoteEditor *editor)
{
  StallNotePage *self = g_object_new (STALL_TYPE_NOTE_PAGE, NULL);

  self->desk = g_object_ref (desk);
  self->editor = editor;
  self->intake = stall_note_intake_new (editor, self->text);
  g_signal_connect_object (self->intake, "notify::busy", G_CALLBACK (busy_cb), self,
                           G_CONNECT_SWAPPED);
  stall_product_popover_set_desk (self->product_popover, desk);
  stall_conflict_banner_set_thing (self->conflict_banner, desk,
                                   stall_note_editor_get_note_id (editor));
  stall_note_warning_set_note (self->warning, desk, stall_note_editor_get_note_id (editor));
  adw_bin_set_child (self->preview, stall_note_preview_new (desk));
  g_object_set (adw_bin_get_child (self->preview), "view", "note", NULL);
  g_signal_connect_object (editor, "collect", G_CALLBACK (collect_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (editor, "notify::note", G_CALLBACK (note_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (editor, "gone", G_CALLBACK (gone_cb), self, G_CONNECT_SWAPPED);
  g_settings_bind (stall_desk_get_settings (desk), "note-preview", self->preview_button, "active",
                   G_SETTINGS_BIND_DEFAULT);
  show_views (self);
  note_changed_cb (self);
  return ADW_NAVIGATION_PAGE (self);
}

/**
 * stall_note_page_new:
 * @desk: what every page is handed
 * @note_id: "note:…"
 *
 * Returns: (transfer floating): the page of a note
 */
AdwNavigationPage *
stall_note_page_new (StallDesk *desk, const char *note_id)
{
  g_return_val_if_fail (STALL_IS_DESK (desk), NULL);
  g_return_val_if_fail (note_id != NULL, NULL);

  return new_page (desk, stall_note_editor_new (desk, note_id));
}

/**
 * stall_note_page_new_for:
 * @desk: what every page is handed
 * @note: a note that no stall has yet
 *
 * Returns: (transfer floating): the page of that note, which is saved from now on
 */
AdwNavigationPage *
stall_note_page_new_for (StallDesk *desk, StallNote *note)
{
  g_return_val_if_fail (STALL_IS_DESK (desk), NULL);
  g_return_val_if_fail (STALL_IS_NOTE (note), NULL);

  return new_page (desk, stall_note_editor_new_for (desk, note));
}
