/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-notifier.h"

#include "stall-arrivals.h"
#include "stall-async.h"
#include "stall-format.h"
#include "stall-link.h"
#include "stall-row.h"
#include "stall-sync-page.h"

#include <glib/gi18n-lib.h>

struct _StallNotifier
{
  GObject parent_instance;

  StallDesk *desk;
  gint64 mark;              /* of the orders that were there; 0: not read yet */
  GHashTable *closed_polls; /* ids of those that were told of, or closed before; NULL at first */
  guint n_stuck;
  gboolean looking; /* for orders */
  gboolean again;
};

G_DEFINE_FINAL_TYPE (StallNotifier, stall_notifier, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_DESK,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* @setting is both the switch of this kind and its id: the next of a kind takes the place of the
 * last. */
static void
tell (StallNotifier *self,
      const char *setting,
      const char *title,
      const char *body,
      const char *link)
{
  GApplication *application = g_application_get_default ();
  g_autoptr (GNotification) notification = NULL;

  /* The answer to one from a program that nobody can call would lead nowhere. */
  if (application == NULL || (g_application_get_flags (application) & G_APPLICATION_NON_UNIQUE) != 0
      || !g_settings_get_boolean (stall_desk_get_settings (self->desk), setting))
    return;
  notification = g_notification_new (title);
  if (body != NULL && *body != '\0')
    g_notification_set_body (notification, body);
  g_notification_set_default_action_and_target (notification, "app.follow", "s", link);
  g_application_send_notification (application, setting, notification);
}

/* --- orders that came from elsewhere --- */

static void
tell_orders (StallNotifier *self, const StallArrivals *arrivals)
{
  g_autofree char *title = NULL;

  if (arrivals->n_orders == 0)
    return;
  if (arrivals->n_orders == 1)
    /* Translators: of a notification; %s is the number of an order */
    title = g_strdup_printf (_ ("New Order %s"), arrivals->order_number);
  else
    title = g_strdup_printf (ngettext ("%u New Order", "%u New Orders", arrivals->n_orders),
                             arrivals->n_orders);
  tell (self, "notify-orders", title, arrivals->title, arrivals->id);
}

static DexFuture *
look_fiber (gpointer data)
{
  StallNotifier *self = data;

  self->looking = TRUE;
  do
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (StallArrivals) arrivals = NULL;

      self->again = FALSE;
      arrivals = dex_await_boxed (stall_store_list_arrivals (stall_desk_get_store (self->desk),
                                                             self->mark, stall_time_now ()),
                                  &error);
      /* What the desk reads of the same file fails too, and says so. */
      if (arrivals == NULL)
        break;
      tell_orders (self, arrivals);
      self->mark = arrivals->mark;
    }
  while (self->again);
  self->looking = FALSE;
  return dex_future_new_true ();
}

static void
look_for_orders (StallNotifier *self)
{
  self->again = TRUE;
  if (!self->looking)
    stall_spawn (look_fiber, g_object_ref (self), g_object_unref);
}

/* --- orders to ship by tomorrow: once a day --- */

static void
tell_due (StallNotifier *self, const StallFigures *figures)
{
  GSettings *settings = stall_desk_get_settings (self->desk);
  gint64 today = stall_time_day_start (stall_time_now (), 0);
  g_autofree char *n_due = stall_format_count (figures->n_due);
  g_autofree char *n_overdue = stall_format_count (figures->n_overdue);
  g_autofree char *title = NULL;
  g_autofree char *body = NULL;

  if (figures->n_due == 0 || g_settings_get_int64 (settings, "ship-by-told") == today)
    return;
  g_settings_set_int64 (settings, "ship-by-told", today);
  title = g_strdup_printf (
      ngettext ("%s Order to Ship by Tomorrow", "%s Orders to Ship by Tomorrow", figures->n_due),
      n_due);
  if (figures->n_overdue > 0)
    body = g_strdup_printf (ngettext ("%s is overdue", "%s are overdue", figures->n_overdue),
                            n_overdue);
  tell (self, "notify-ship-by", title, body, STALL_LINK_DUE);
}

/* --- polls that closed --- */

static void
tell_polls (StallNotifier *self, const StallFigures *figures)
{
  gboolean first = self->closed_polls == NULL;

  if (first)
    self->closed_polls = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < g_list_model_get_n_items (figures->polls); i++)
    {
      g_autoptr (StallPollRow) row = g_list_model_get_item (figures->polls, i);
      const char *id = stall_poll_row_get_id (row);

      if (stall_poll_row_get_state (row, stall_time_now ()) == STALL_POLL_CLOSED
          && g_hash_table_add (self->closed_polls, g_strdup (id)) && !first)
        tell (self, "notify-polls", _ ("A Poll Has Closed"), stall_poll_row_get_question (row), id);
    }
}

static void
figures_cb (StallNotifier *self)
{
  const StallFigures *figures = stall_desk_get_figures (self->desk);

  if (figures == NULL || stall_desk_is_unreadable (self->desk))
    return;
  look_for_orders (self);
  tell_due (self, figures);
  tell_polls (self, figures);
}

/* --- what the platform refused --- */

static void
stuck_cb (StallNotifier *self)
{
  guint before = self->n_stuck;
  g_autofree char *title = NULL;

  self->n_stuck = stall_sync_get_n_stuck (stall_desk_get_sync (self->desk));
  if (self->n_stuck <= before)
    return;
  title = g_strdup_printf (
      ngettext ("The Platform Refused %u Change", "The Platform Refused %u Changes", self->n_stuck),
      self->n_stuck);
  tell (self, "notify-stuck", title, _ ("Everything else was sent."), STALL_SYNC_PAGE_ID);
}

static void
stall_notifier_constructed (GObject *object)
{
  StallNotifier *self = STALL_NOTIFIER (object);
  StallSync *sync = stall_desk_get_sync (self->desk);

  G_OBJECT_CLASS (stall_notifier_parent_class)->constructed (object);

  self->n_stuck = stall_sync_get_n_stuck (sync);
  g_signal_connect_object (self->desk, "notify::figures", G_CALLBACK (figures_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (sync, "notify::n-stuck", G_CALLBACK (stuck_cb), self, G_CONNECT_SWAPPED);
  figures_cb (self);
}

static void
stall_notifier_finalize (GObject *object)
{
  StallNotifier *self = STALL_NOTIFIER (object);

  g_clear_object (&self->desk);
  g_clear_pointer (&self->closed_polls, g_hash_table_unref);

  G_OBJECT_CLASS (stall_notifier_parent_class)->finalize (object);
}

static void
stall_notifier_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_DESK:
      STALL_NOTIFIER (object)->desk = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
stall_notifier_class_init (StallNotifierClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = stall_notifier_constructed;
  object_class->finalize = stall_notifier_finalize;
  object_class->set_property = stall_notifier_set_property;

  properties[PROP_DESK]
      = g_param_spec_object ("desk", NULL, NULL, STALL_TYPE_DESK,
                             G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
stall_notifier_init (StallNotifier *self)
{
}

/**
 * stall_notifier_new:
 * @desk: the desk of an open stall
 *
 * Tells the person what happens in a stall, as long as it is kept.
 *
 * Returns: (transfer full): a new notifier
 */
StallNotifier *
stall_notifier_new (StallDesk *desk)
{
  return g_object_new (STALL_TYPE_NOTIFIER, "desk", desk, NULL);
}
