/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-desk-private.h"

#include "stall-async.h"
#include "stall-cover-check.h"
#include "stall-midnight.h"
#include "stall-votes.h"

#include <glib/gi18n-lib.h>

/* Changes come in bursts (an import in batches, a count); the figures are read once after each. */
#define REFRESH_DELAY 200 /* ms */
#define SYNC_DELAY 500    /* ms: a window that opens comes first */
#define ERROR_TIMEOUT 12  /* s: long enough to read a sentence or two, and then in nobody's way */

/* What may make a poll close, or be counted in one that has. */
#define VOTE_KINDS                                                                \
  ((1u << STALL_KIND_POLL) | (1u << STALL_KIND_BALLOT) | (1u << STALL_KIND_TALLY) \
   | (1u << STALL_KIND_DECISION))

struct _StallDesk
{
  GObject parent_instance;

  StallStore *store;
  StallProfile *profile;
  GSettings *settings;
  StallFigures *figures;
  StallCoverCheck *cover_check;
  StallVoteServer *vote_server; /* made when first asked for */
  StallSync *sync;              /* likewise */
  GPtrArray *held;              /* DexFuture: saves that may still be under way */
  guint refresh_source;
  gboolean unreadable; /* the figures, the last time */
  guint midnight_source;
  guint sync_source;
  guint time_source;     /* until a poll opens or closes, or a note becomes ready, by itself */
  gboolean votes_change; /* since the votes of closed polls were sealed last */
  gboolean reading_figures;
  gboolean figures_are_old;
};

G_DEFINE_FINAL_TYPE (StallDesk, stall_desk, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_STORE,
  PROP_PROFILE,
  PROP_FIGURES,
  PROP_SYNC,
  N_PROPS
};

enum
{
  SIGNAL_TOAST,
  SIGNAL_OPEN,
  SIGNAL_SHOW_LIST,
  SIGNAL_DAMAGED,
  SIGNAL_NEW_DAY, /* what was today is yesterday */
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

/* Takes @toast over. */
void
stall_desk_show_toast (StallDesk *self, AdwToast *toast)
{
  g_autoptr (AdwToast) owned = toast;

  g_signal_emit (self, signals[SIGNAL_TOAST], 0, owned);
}

AdwToast *
stall_desk_new_toast (const char *text)
{
  AdwToast *toast = adw_toast_new (text);

  adw_toast_set_use_markup (toast, FALSE);
  return toast;
}

static void
time_cb (gpointer data)
{
  StallDesk *self = data;

  self->time_source = 0;
  self->votes_change = TRUE;
  stall_store_note_time (self->store);
}

/* A timer keeps less than a day well, and a computer that slept through one is late at most by that
 * much. */
static void
wait_for_time (StallDesk *self)
{
  StallTime next = self->figures->poll_at, note_at = self->figures->note_at;
  StallTime rest;

  g_clear_handle_id (&self->time_source, g_source_remove);
  if (next == STALL_TIME_NONE || (note_at != STALL_TIME_NONE && note_at < next))
    next = note_at;
  if (next == STALL_TIME_NONE)
    return;
  rest = next - stall_time_now ();
  if (rest < STALL_DAY)
    self->time_source = g_timeout_add_once ((guint) MAX (rest, 0) + 1, time_cb, self);
}

/* A note whose time came while the stall was open says what happens next. */
static void
tell_ready (StallDesk *self, const StallFigures *before)
{
  if (before != NULL && before->note_at != STALL_TIME_NONE && before->note_at <= stall_time_now ()
      && self->figures->n_notes_ready > before->n_notes_ready)
    stall_desk_say (self, _ ("A note is ready. The market publishes it after the next sync."));
}

/* Votes of a poll that has closed become ballots. */
static void
seal_votes (StallDesk *self)
{
  g_autoptr (GError) error = NULL;

  if (!self->votes_change || !stall_store_get_writable (self->store))
    return;
  self->votes_change = FALSE;
  if (!dex_await (stall_store_seal_votes (self->store), &error))
    stall_desk_report (self, error);
}

static DexFuture *
read_figures_fiber (gpointer data)
{
  StallDesk *self = data;

  self->reading_figures = TRUE;
  while (self->figures_are_old)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (StallFigures) before = NULL;
      StallFigures *figures;

      self->figures_are_old = FALSE;
      figures = dex_await_boxed (stall_store_figures (self->store, stall_time_now ()), &error);
      if (figures == NULL)
        {
          self->unreadable = TRUE;
          g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FIGURES]);
          stall_desk_report (self, error);
          break;
        }
      self->unreadable = FALSE;
      before = g_steal_pointer (&self->figures);
      self->figures = figures;
      wait_for_time (self);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FIGURES]);
      tell_ready (self, before);
      seal_votes (self);
    }
  self->reading_figures = FALSE;
  return dex_future_new_true ();
}

static void
refresh_cb (gpointer data)
{
  StallDesk *self = data;

  self->refresh_source = 0;
  self->figures_are_old = TRUE;
  if (!self->reading_figures)
    stall_spawn (read_figures_fiber, g_object_ref (self), g_object_unref);
}

static gboolean
midnight_cb (gpointer data)
{
  StallDesk *self = data;

  stall_desk_refresh (self);
  g_signal_emit (self, signals[SIGNAL_NEW_DAY], 0);
  return G_SOURCE_CONTINUE;
}

static DexFuture *
read_profile_fiber (gpointer data)
{
  StallDesk *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (StallDocument) document = NULL;
  g_autoptr (StallProfile) profile = NULL;

  document = dex_await_object (stall_store_load (self->store, STALL_PROFILE_ID), &error);
  if (document != NULL)
    profile = stall_profile_new_from_document (document, &error);
  if (profile == NULL)
    {
      /* A stall that was made by an import has none yet. */
      if (!g_error_matches (error, STALL_ERROR, STALL_ERROR_NOT_FOUND))
        stall_desk_report (self, error);
      return dex_future_new_true ();
    }
  g_set_object (&self->profile, profile);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROFILE]);
  return dex_future_new_true ();
}

static void
store_changed_cb (StallDesk *self, guint kinds, StallStore *store)
{
  stall_desk_refresh (self);
  if (kinds & VOTE_KINDS)
    self->votes_change = TRUE;
  if (kinds & (1u << STALL_KIND_PROFILE))
    stall_spawn (read_profile_fiber, g_object_ref (self), g_object_unref);
}

/* A save may bring on another, so until nothing is left. */
static DexFuture *
close_fiber (gpointer data)
{
  StallDesk *self = data;
  g_autoptr (GError) error = NULL;

  if (self->vote_server != NULL)
    stall_vote_server_stop (self->vote_server);
  if (self->sync != NULL)
    dex_await (stall_sync_stop (self->sync), NULL);
  while (self->held->len > 0)
    dex_await (g_ptr_array_steal_index (self->held, 0), NULL);
  if (!dex_await (stall_store_close (self->store), &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  return dex_future_new_true ();
}

static void
stall_desk_constructed (GObject *object)
{
  StallDesk *self = STALL_DESK (object);

  G_OBJECT_CLASS (stall_desk_parent_class)->constructed (object);

  self->settings = g_settings_new (STALL_APPLICATION_ID);
  g_signal_connect_object (self->store, "changed", G_CALLBACK (store_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->store, "failed", G_CALLBACK (stall_desk_report), self,
                           G_CONNECT_SWAPPED);
  self->cover_check = stall_cover_check_new (self->store);
  self->midnight_source = stall_midnight_add (midnight_cb, self);
  if (self->figures == NULL)
    refresh_cb (self);
}

static void
stall_desk_dispose (GObject *object)
{
  StallDesk *self = STALL_DESK (object);

  g_clear_handle_id (&self->refresh_source, g_source_remove);
  g_clear_handle_id (&self->midnight_source, g_source_remove);
  g_clear_handle_id (&self->sync_source, g_source_remove);
  if (self->sync != NULL)
    dex_future_disown (stall_sync_stop (self->sync));
  g_clear_object (&self->cover_check);
  g_clear_handle_id (&self->time_source, g_source_remove);

  G_OBJECT_CLASS (stall_desk_parent_class)->dispose (object);
}

static void
stall_desk_finalize (GObject *object)
{
  StallDesk *self = STALL_DESK (object);

  g_clear_object (&self->vote_server);
  g_clear_object (&self->sync);
  g_clear_object (&self->store);
  g_clear_object (&self->profile);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->figures, stall_figures_free);
  g_ptr_array_unref (self->held);

  G_OBJECT_CLASS (stall_desk_parent_class)->finalize (object);
}

static void
stall_desk_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  StallDesk *self = STALL_DESK (object);

  switch (id)
    {
    case PROP_STORE:
      g_value_set_object (value, self->store);
      break;
    case PROP_PROFILE:
      g_value_set_object (value, self->profile);
      break;
    case PROP_FIGURES:
      g_value_set_boxed (value, self->figures);
      break;
    case PROP_SYNC:
      g_value_set_object (value, stall_desk_get_sync (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
stall_desk_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  StallDesk *self = STALL_DESK (object);

  switch (id)
    {
    case PROP_STORE:
      self->store = g_value_dup_object (value);
      break;
    case PROP_PROFILE:
      self->profile = g_value_dup_object (value);
      break;
    case PROP_FIGURES:
      self->figures = g_value_dup_boxed (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
stall_desk_class_init (StallDeskClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = stall_desk_constructed;
  object_class->dispose = stall_desk_dispose;
  object_class->finalize = stall_desk_finalize;
  object_class->get_property = stall_desk_get_property;
  object_class->set_property = stall_desk_set_property;

  properties[PROP_STORE]
      = g_param_spec_object ("store", NULL, NULL, STALL_TYPE_STORE,
                             G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_PROFILE]
      = g_param_spec_object ("profile", NULL, NULL, STALL_TYPE_PROFILE,
                             G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_EXPLICIT_NOTIFY
                                 | G_PARAM_STATIC_STRINGS);
  properties[PROP_FIGURES]
      = g_param_spec_boxed ("figures", NULL, NULL, STALL_TYPE_FIGURES,
                            G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_EXPLICIT_NOTIFY
                                | G_PARAM_STATIC_STRINGS);
  properties[PROP_SYNC] = g_param_spec_object ("sync", NULL, NULL, STALL_TYPE_SYNC,
                                               G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_TOAST] = g_signal_new ("toast", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 1, ADW_TYPE_TOAST);
  signals[SIGNAL_OPEN]
      = g_signal_new ("open", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 1, G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE);
  signals[SIGNAL_DAMAGED] = g_signal_new ("damaged", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_NEW_DAY] = g_signal_new ("new-day", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_SHOW_LIST]
      = g_signal_new ("show-list", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                      NULL, G_TYPE_NONE, 1, STALL_TYPE_QUERY | G_SIGNAL_TYPE_STATIC_SCOPE);
}

static void
stall_desk_init (StallDesk *self)
{
  self->held = g_ptr_array_new_with_free_func (dex_unref);
}

/**
 * stall_desk_new:
 * @store: an open store
 * @profile: the stall it holds
 * @figures: (nullable): its figures where they were read already
 *
 * Makes what every page of a window is handed.
 *
 * Returns: (transfer full): a new desk
 */
StallDesk *
stall_desk_new (StallStore *store, StallProfile *profile, const StallFigures *figures)
{
  return g_object_new (STALL_TYPE_DESK, "store", store, "profile", profile, "figures", figures,
                       NULL);
}

/**
 * stall_desk_get_store:
 * @self: a desk
 *
 * Returns: (transfer none): its store
 */
StallStore *
stall_desk_get_store (StallDesk *self)
{
  g_return_val_if_fail (STALL_IS_DESK (self), NULL);

  return self->store;
}

/**
 * stall_desk_get_vote_server:
 * @self: a desk
 *
 * Returns: (transfer none): the audience's vote page of this stall, off until somebody starts it
 */
StallVoteServer *
stall_desk_get_vote_server (StallDesk *self)
{
  g_return_val_if_fail (STALL_IS_DESK (self), NULL);

  if (self->vote_server == NULL)
    self->vote_server = stall_vote_server_new (self->store);
  return self->vote_server;
}

static void
start_sync_cb (gpointer data)
{
  StallDesk *self = data;

  self->sync_source = 0;
  stall_sync_start (self->sync);
}

/**
 * stall_desk_get_sync:
 * @self: a desk
 *
 * Returns: (transfer none): the sync of this stall, which begins soon where it is connected
 */
StallSync *
stall_desk_get_sync (StallDesk *self)
{
  g_return_val_if_fail (STALL_IS_DESK (self), NULL);

  if (self->sync == NULL)
    {
      self->sync = stall_sync_new (self->store);
      if (stall_sync_get_connection (self->sync) != NULL)
        self->sync_source = g_timeout_add_once (SYNC_DELAY, start_sync_cb, self);
    }
  return self->sync;
}

/**
 * stall_desk_get_profile:
 * @self: a desk
 *
 * Returns: (transfer none): the stall's profile as last saved; not to be edited in place
 */
StallProfile *
stall_desk_get_profile (StallDesk *self)
{
  g_return_val_if_fail (STALL_IS_DESK (self), NULL);

  return self->profile;
}

/**
 * stall_desk_get_currency:
 * @self: a desk
 *
 * Returns: (transfer none): the stall's ISO 4217 code
 */
const char *
stall_desk_get_currency (StallDesk *self)
{
  g_return_val_if_fail (STALL_IS_DESK (self), NULL);

  return stall_profile_get_currency (self->profile);
}

/**
 * stall_desk_get_device:
 * @self: a desk
 *
 * Returns: (transfer none): the name this installation writes into documents
 */
const char *
stall_desk_get_device (StallDesk *self)
{
  g_return_val_if_fail (STALL_IS_DESK (self), NULL);

  return stall_store_get_device (self->store);
}

/**
 * stall_desk_get_settings:
 * @self: a desk
 *
 * Returns: (transfer none): what this person set for this computer
 */
GSettings *
stall_desk_get_settings (StallDesk *self)
{
  g_return_val_if_fail (STALL_IS_DESK (self), NULL);

  return self->settings;
}

/**
 * stall_desk_get_figures:
 * @self: a desk
 *
 * Returns: (transfer none) (nullable): the newest figures; %NULL until the first were read
 */
const StallFigures *
stall_desk_get_figures (StallDesk *self)
{
  g_return_val_if_fail (STALL_IS_DESK (self), NULL);

  return self->figures;
}

/**
 * stall_desk_is_unreadable:
 * @self: a desk
 *
 * Returns: whether the figures could not be read the last time
 */
gboolean
stall_desk_is_unreadable (StallDesk *self)
{
  g_return_val_if_fail (STALL_IS_DESK (self), FALSE);

  return self->unreadable;
}

/**
 * stall_desk_refresh:
 * @self: a desk
 *
 * Has the figures read again soon; many calls in a row are one reading.
 */
void
stall_desk_refresh (StallDesk *self)
{
  g_return_if_fail (STALL_IS_DESK (self));

  if (self->refresh_source == 0)
    self->refresh_source = g_timeout_add_once (REFRESH_DELAY, refresh_cb, self);
}

/**
 * stall_desk_hold:
 * @self: a desk
 * @save: (transfer full): a future of what is being saved
 *
 * Keeps the stall open until @save has ended: who closes the window while words are still to be
 * saved must not lose them.
 */
void
stall_desk_hold (StallDesk *self, DexFuture *save)
{
  g_return_if_fail (STALL_IS_DESK (self));
  g_return_if_fail (save != NULL);

  for (guint i = self->held->len; i > 0; i--)
    if (!dex_future_is_pending (g_ptr_array_index (self->held, i - 1)))
      g_ptr_array_remove_index_fast (self->held, i - 1);
  g_ptr_array_add (self->held, save);
}

/**
 * stall_desk_close:
 * @self: a desk that no widget uses any more
 *
 * Closes the stall once all that was held has ended.
 *
 * Returns: (transfer full): a future of a boolean
 */
DexFuture *
stall_desk_close (StallDesk *self)
{
  dex_return_error_if_fail (STALL_IS_DESK (self));

  return stall_async (close_fiber, g_object_ref (self), g_object_unref);
}

/**
 * stall_desk_report:
 * @self: a desk
 * @error: (nullable): what went wrong
 *
 * Tells the person about an error. Nothing and a cancellation are no news.
 */
void
stall_desk_report (StallDesk *self, const GError *error)
{
  AdwToast *toast;

  g_return_if_fail (STALL_IS_DESK (self));

  if (error == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_debug ("Reported: %s", error->message);
  if (g_error_matches (error, STALL_ERROR, STALL_ERROR_DAMAGED))
    g_signal_emit (self, signals[SIGNAL_DAMAGED], 0);
  toast = stall_desk_new_toast (error->message);
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  adw_toast_set_timeout (toast, ERROR_TIMEOUT);
  stall_desk_show_toast (self, toast);
}

/**
 * stall_desk_say:
 * @self: a desk
 * @text: one sentence, no markup
 *
 * Tells the person something they need not act on.
 */
void
stall_desk_say (StallDesk *self, const char *text)
{
  g_return_if_fail (STALL_IS_DESK (self));
  g_return_if_fail (text != NULL);

  stall_desk_show_toast (self, stall_desk_new_toast (text));
}

/**
 * stall_desk_open:
 * @self: a desk
 * @document_id: of a product or an order
 *
 * Asks the window to show the page of a thing.
 */
void
stall_desk_open (StallDesk *self, const char *document_id)
{
  g_return_if_fail (STALL_IS_DESK (self));
  g_return_if_fail (document_id != NULL);

  g_signal_emit (self, signals[SIGNAL_OPEN], 0, document_id);
}

/**
 * stall_desk_show_list:
 * @self: a desk
 * @query: what to list
 *
 * Asks the window to show Orders or Inventory with a query.
 */
void
stall_desk_show_list (StallDesk *self, const StallQuery *query)
{
  g_return_if_fail (STALL_IS_DESK (self));
  g_return_if_fail (query != NULL);

  g_signal_emit (self, signals[SIGNAL_SHOW_LIST], 0, query);
}
