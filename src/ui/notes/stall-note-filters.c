/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-note-filters.h"

#include "stall-async.h"
#include "stall-format.h"
#include "stall-note-figures.h"
#include "stall-weak.h"

#include <glib/gi18n-lib.h>

static const struct
{
  const char *name; /* target of page.show */
  const char *label;
  guint states;
  gboolean rare; /* a choice only while there is one */
} shows[STALL_N_NOTE_SHOWS] = {
  [STALL_SHOW_ALL] = { "all", NC_ ("notes", "All"), 0, FALSE },
  [STALL_SHOW_DRAFTS] = { "drafts", NC_ ("notes", "Drafts"), 1u << STALL_NOTE_DRAFT, FALSE },
  [STALL_SHOW_SCHEDULED]
  = { "scheduled", NC_ ("notes", "Scheduled"), 1u << STALL_NOTE_SCHEDULED, FALSE },
  [STALL_SHOW_READY] = { "ready", NC_ ("notes", "Ready"), 0, TRUE },
  [STALL_SHOW_PUBLISHED]
  = { "published", NC_ ("notes", "Published"), 1u << STALL_NOTE_PUBLISHED, FALSE },
  [STALL_SHOW_PROBLEMS] = { "problems", NC_ ("notes", "Problems"), 0, TRUE },
};

struct _StallNoteFilters
{
  AdwBin parent_instance;

  StallDesk *desk;
  StallNoteShow show;
  StallNoteFigures *figures;
  gboolean reading;
  gboolean outdated; /* they changed while they were read, or while nobody looked */

  GtkWidget *buttons[STALL_N_NOTE_SHOWS];
};

enum
{
  BECAME_READY,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StallNoteFilters, stall_note_filters, ADW_TYPE_BIN)

/**
 * stall_note_show_to_string:
 * @show: a choice
 *
 * Returns: its name in actions
 */
const char *
stall_note_show_to_string (StallNoteShow show)
{
  g_return_val_if_fail ((guint) show < STALL_N_NOTE_SHOWS, NULL);

  return shows[show].name;
}

/**
 * stall_note_show_from_string:
 * @text: (nullable): a name in actions
 *
 * Returns: the choice; %STALL_SHOW_ALL for a name that is not known
 */
StallNoteShow
stall_note_show_from_string (const char *text)
{
  for (guint i = 0; i < STALL_N_NOTE_SHOWS; i++)
    if (g_strcmp0 (shows[i].name, text) == 0)
      return i;
  return STALL_SHOW_ALL;
}

/**
 * stall_note_show_narrow:
 * @show: a choice
 * @query: a query of notes
 *
 * Makes @query find what the choice says, and leaves its other parts alone.
 */
void
stall_note_show_narrow (StallNoteShow show, StallQuery *query)
{
  g_return_if_fail ((guint) show < STALL_N_NOTE_SHOWS);
  g_return_if_fail (query != NULL);

  query->note_states = shows[show].states;
  query->problems = show == STALL_SHOW_PROBLEMS;
  query->ready_at = show == STALL_SHOW_READY ? stall_time_now () : 0;
}

/**
 * stall_note_show_of_query:
 * @query: a query of notes
 *
 * Returns: the choice that it stands for
 */
StallNoteShow
stall_note_show_of_query (const StallQuery *query)
{
  g_return_val_if_fail (query != NULL, STALL_SHOW_ALL);

  if (query->problems)
    return STALL_SHOW_PROBLEMS;
  if (query->ready_at != 0)
    return STALL_SHOW_READY;
  for (guint i = 0; i < STALL_N_NOTE_SHOWS; i++)
    if (query->note_states != 0 && shows[i].states == query->note_states)
      return i;
  return STALL_SHOW_ALL;
}

/* --- the counts --- */

static guint
get_count (StallNoteFilters *self, StallNoteShow show)
{
  const StallNoteFigures *figures = self->figures;
  guint n = 0;

  if (figures == NULL)
    return 0;
  if (show == STALL_SHOW_READY)
    return figures->n_ready;
  if (show == STALL_SHOW_PROBLEMS)
    return figures->n_problems;
  for (guint i = 0; i < STALL_N_NOTE_STATES; i++)
    if (shows[show].states == 0 || shows[show].states & 1u << i)
      n += figures->n_by_state[i];
  return n;
}

static void
show_counts (StallNoteFilters *self)
{
  for (guint i = 0; i < STALL_N_NOTE_SHOWS; i++)
    {
      guint n = get_count (self, i);
      g_autofree char *count = stall_format_count (n);
      const char *name = g_dpgettext2 (GETTEXT_PACKAGE, "notes", shows[i].label);
      /* Translators: a choice and how many notes it shows: “Drafts 3” */
      g_autofree char *label = g_strdup_printf (C_ ("notes", "%s %s"), name, count);

      gtk_button_set_label (GTK_BUTTON (self->buttons[i]), label);
      gtk_widget_set_visible (self->buttons[i], n > 0 || !shows[i].rare || self->show == i);
    }
}

static void load_figures (StallNoteFilters *self);

static void
take_figures (StallNoteFilters *self, StallNoteFigures *figures, StallTime now)
{
  g_autoptr (StallNoteFigures) before = g_steal_pointer (&self->figures);

  self->figures = figures;
  show_counts (self);
  if (before != NULL && before->next_at != STALL_TIME_NONE && before->next_at <= now
      && figures->n_ready > before->n_ready)
    g_signal_emit (self, signals[BECAME_READY], 0, now);
}

static DexFuture *
figures_fiber (gpointer data)
{
  g_autoptr (StallNoteFilters) self = g_weak_ref_get (data);
  g_autoptr (StallDesk) desk = self != NULL ? g_object_ref (self->desk) : NULL;
  g_autoptr (StallNoteFigures) figures = NULL;
  g_autoptr (GError) error = NULL;
  StallTime now = stall_time_now ();

  if (self == NULL)
    return dex_future_new_true ();
  g_clear_object (&self);
  figures = dex_await_boxed (stall_store_note_figures (stall_desk_get_store (desk), now), &error);
  self = g_weak_ref_get (data);
  if (self == NULL || self->desk == NULL)
    return dex_future_new_true ();
  self->reading = FALSE;
  if (figures == NULL)
    {
      stall_desk_report (desk, error);
      return dex_future_new_true ();
    }
  take_figures (self, g_steal_pointer (&figures), now);
  if (self->outdated)
    load_figures (self);
  return dex_future_new_true ();
}

static void
load_figures (StallNoteFilters *self)
{
  self->outdated = self->reading || !gtk_widget_get_mapped (GTK_WIDGET (self));
  if (self->outdated || self->desk == NULL)
    return;
  self->reading = TRUE;
  stall_spawn (figures_fiber, stall_weak_new (self), stall_weak_free);
}

static void
stall_note_filters_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (stall_note_filters_parent_class)->map (widget);
  load_figures (STALL_NOTE_FILTERS (widget));
}

static void
stall_note_filters_dispose (GObject *object)
{
  StallNoteFilters *self = STALL_NOTE_FILTERS (object);

  g_clear_object (&self->desk);

  G_OBJECT_CLASS (stall_note_filters_parent_class)->dispose (object);
}

static void
stall_note_filters_finalize (GObject *object)
{
  g_clear_pointer (&STALL_NOTE_FILTERS (object)->figures, stall_note_figures_free);

  G_OBJECT_CLASS (stall_note_filters_parent_class)->finalize (object);
}

static void
stall_note_filters_class_init (StallNoteFiltersClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = stall_note_filters_dispose;
  G_OBJECT_CLASS (klass)->finalize = stall_note_filters_finalize;
  GTK_WIDGET_CLASS (klass)->map = stall_note_filters_map;

  /**
   * StallNoteFilters::became-ready:
   * @self: the filters
   * @now: the present moment
   *
   * The time of a scheduled note has come.
   */
  signals[BECAME_READY]
      = g_signal_new ("became-ready", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                      NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
}

static void
stall_note_filters_init (StallNoteFilters *self)
{
  GtkWidget *box = adw_wrap_box_new ();

  g_object_set (box, "child-spacing", 6, "line-spacing", 6, "align", 0.5f, NULL);
  for (guint i = 0; i < STALL_N_NOTE_SHOWS; i++)
    {
      GtkWidget *button = gtk_toggle_button_new ();

      gtk_widget_add_css_class (button, "chip");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", shows[i].name);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "page.show");
      adw_wrap_box_append (ADW_WRAP_BOX (box), button);
      self->buttons[i] = button;
    }
  adw_bin_set_child (ADW_BIN (self), box);
  show_counts (self);
}

/**
 * stall_note_filters_set_desk:
 * @self: filters without a desk
 * @desk: what every page is handed
 */
void
stall_note_filters_set_desk (StallNoteFilters *self, StallDesk *desk)
{
  g_return_if_fail (STALL_IS_NOTE_FILTERS (self));
  g_return_if_fail (self->desk == NULL && STALL_IS_DESK (desk));

  self->desk = g_object_ref (desk);
  g_signal_connect_object (stall_desk_get_store (desk), "changed", G_CALLBACK (load_figures), self,
                           G_CONNECT_SWAPPED);
}

/**
 * stall_note_filters_set_show:
 * @self: the filters
 * @show: what the list shows; offered even while there is none of it
 */
void
stall_note_filters_set_show (StallNoteFilters *self, StallNoteShow show)
{
  g_return_if_fail (STALL_IS_NOTE_FILTERS (self));

  self->show = show;
  show_counts (self);
}
