/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-audience-window.h"

#include "stall-async.h"
#include "stall-audience-option.h"
#include "stall-poll-figures.h"
#include "stall-poll-words.h"
#include "stall-qr-view.h"
#include "stall-weak.h"

#include <glib/gi18n-lib.h>

struct _StallAudienceWindow
{
  AdwWindow parent_instance;

  StallDesk *desk;
  StallVoteServer *server;
  char *poll_id;
  char *address; /* the one that was chosen, or NULL: the likeliest */
  StallPollFigures *figures;
  GError *error; /* why the page is not on, or NULL */
  gboolean reading;
  gboolean stale;
  gboolean serving; /* the page is on, or about to be, because of this window */
  gboolean is_large;
  gboolean is_narrow;
  guint inhibition;

  AdwBreakpoint *narrow;
  AdwBreakpoint *large;
  AdwToastOverlay *toasts;
  AdwBanner *banner;
  GtkMenuButton *address_button;
  GtkBox *body;
  GtkLabel *question_label;
  GtkLabel *state_label;
  GtkBox *option_box;
  GtkLabel *hidden_label;
  GtkStack *invitation;
  StallQrView *qr_view;
  GtkLabel *address_label;
  AdwStatusPage *failed_page;
};

enum
{
  PROP_0,
  PROP_ADDRESS,
  PROP_FULL_SCREEN,
  PROP_KEEP_ON,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (StallAudienceWindow, stall_audience_window, ADW_TYPE_WINDOW)

/* --- the invitation --- */

static const char *
choose_page (StallAudienceWindow *self)
{
  if (self->figures != NULL && self->figures->state >= STALL_POLL_CLOSED)
    return "closed";
  if (self->error != NULL)
    return "failed";
  if (self->figures != NULL && self->figures->state == STALL_POLL_DRAFT)
    return "draft";
  if (!stall_vote_server_get_running (self->server))
    return "wait";
  return stall_vote_server_can_be_reached () ? "code" : "offline";
}

static GMenuModel *
list_addresses (char **urls)
{
  GMenu *menu = g_menu_new ();

  for (guint i = 0; urls[i] != NULL; i++)
    {
      g_autoptr (GUri) uri = g_uri_parse (urls[i], G_URI_FLAGS_NONE, NULL);
      g_autoptr (GMenuItem) item = g_menu_item_new (g_uri_get_host (uri), NULL);

      g_menu_item_set_action_and_target (item, "audience.address", "s", urls[i]);
      g_menu_append_item (menu, item);
    }
  return G_MENU_MODEL (menu);
}

static void
show_invitation (StallAudienceWindow *self)
{
  g_auto (GStrv) urls = stall_vote_server_dup_urls (self->server);
  g_autoptr (GMenuModel) menu = list_addresses (urls);
  const char *page = choose_page (self);

  if (self->address == NULL || !g_strv_contains ((const char *const *) urls, self->address))
    {
      g_set_str (&self->address, urls[0]);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ADDRESS]);
    }
  stall_qr_view_set_text (self->qr_view, self->address);
  gtk_label_set_text (self->address_label, self->address != NULL ? self->address : "");
  gtk_menu_button_set_menu_model (self->address_button, menu);
  gtk_widget_set_visible (GTK_WIDGET (self->address_button),
                          g_str_equal (page, "code") && urls[1] != NULL);
  adw_status_page_set_description (self->failed_page,
                                   self->error != NULL ? self->error->message : NULL);
  gtk_stack_set_visible_child_name (self->invitation, page);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "audience.copy-address", self->address != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "audience.copy-screen-address",
                                 self->address != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "audience.keep-on", self->serving);
}

/* --- the page --- */

typedef struct
{
  GWeakRef window;
  StallVoteServer *server;
  char *poll_id;
} Start;

static void
start_free (gpointer data)
{
  Start *start = data;

  g_weak_ref_clear (&start->window);
  g_object_unref (start->server);
  g_free (start->poll_id);
  g_free (start);
}

static DexFuture *
start_fiber (gpointer data)
{
  Start *start = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (StallAudienceWindow) self = NULL;

  dex_await (stall_vote_server_start (start->server, start->poll_id), &error);
  self = g_weak_ref_get (&start->window);
  if (self == NULL || !self->serving || g_strcmp0 (start->poll_id, self->poll_id) != 0)
    return dex_future_new_true ();
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    /* Somebody else did not want it: the stall is being closed. */
    gtk_window_close (GTK_WINDOW (self));
  else if (error != NULL)
    {
      self->serving = FALSE;
      self->error = g_steal_pointer (&error);
    }
  show_invitation (self);
  return dex_future_new_true ();
}

static void
start_page (StallAudienceWindow *self)
{
  Start *start;

  g_clear_error (&self->error);
  self->serving = TRUE;
  show_invitation (self);
  /* It may have been kept on. */
  if (g_strcmp0 (stall_vote_server_get_poll_id (self->server), self->poll_id) == 0)
    return;
  start = g_new0 (Start, 1);
  g_weak_ref_init (&start->window, self);
  start->server = g_object_ref (self->server);
  start->poll_id = g_strdup (self->poll_id);
  stall_spawn (start_fiber, start, start_free);
}

static void
stop_page (StallAudienceWindow *self)
{
  if (!self->serving)
    return;
  self->serving = FALSE;
  if (!stall_vote_server_get_kept (self->server))
    stall_vote_server_stop (self->server);
}

/* --- the poll --- */

static void
set_picture_widths (StallAudienceWindow *self, guint n_options)
{
  /* What a screen leaves for the options once the question has its place. */
  int height = (self->is_large ? 780 : 560) / (int) MAX (n_options, 1) - 24;
  int width = self->is_narrow ? 56 : CLAMP (height, 40, self->is_large ? 280 : 200) * 3 / 4;
  GtkWidget *option = gtk_widget_get_first_child (GTK_WIDGET (self->option_box));

  for (; option != NULL; option = gtk_widget_get_next_sibling (option))
    stall_audience_option_set_picture_width (STALL_AUDIENCE_OPTION (option), width);
}

static void
show_options (StallAudienceWindow *self)
{
  const StallPollFigures *figures = self->figures;
  gboolean with_votes
      = figures->state >= STALL_POLL_CLOSED || !stall_poll_get_hidden (figures->poll);
  GtkWidget *option = gtk_widget_get_first_child (GTK_WIDGET (self->option_box));

  for (guint i = 0; i < figures->n_options; i++)
    {
      if (option == NULL)
        {
          option = stall_audience_option_new (stall_desk_get_store (self->desk));
          gtk_box_append (self->option_box, option);
        }
      stall_audience_option_show (STALL_AUDIENCE_OPTION (option), figures, i, with_votes);
      option = gtk_widget_get_next_sibling (option);
    }
  while (option != NULL)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (option);

      gtk_box_remove (self->option_box, option);
      option = next;
    }
  set_picture_widths (self, figures->n_options);
  gtk_widget_set_visible (GTK_WIDGET (self->hidden_label), !with_votes);
}

static char *
describe_state (const StallPollFigures *figures)
{
  g_autofree char *votes = stall_poll_words_votes (stall_tally_get_votes (figures->tally));
  g_autofree char *rule = stall_poll_words_rule (stall_poll_get_closes_at (figures->poll),
                                                 stall_poll_get_threshold_votes (figures->poll),
                                                 stall_poll_get_threshold_deposits (figures->poll));

  if (figures->state != STALL_POLL_OPEN || *rule == '\0')
    return g_steal_pointer (&votes);
  /* Translators: how many votes there are, and when the poll closes */
  return g_strdup_printf (_ ("%s · %s"), votes, rule);
}

static void
show_poll (StallAudienceWindow *self)
{
  const char *question = stall_poll_words_question (stall_poll_get_question (self->figures->poll));
  g_autofree char *state = describe_state (self->figures);

  gtk_window_set_title (GTK_WINDOW (self), question);
  gtk_label_set_text (self->question_label, question);
  gtk_label_set_text (self->state_label, state);
  show_options (self);
  if (self->figures->state == STALL_POLL_OPEN && !self->serving && self->error == NULL)
    start_page (self);
  else
    show_invitation (self);
}

static DexFuture *
read_fiber (gpointer data)
{
  g_autoptr (StallAudienceWindow) self = g_weak_ref_get (data);
  g_autoptr (StallStore) store = NULL;

  if (self == NULL)
    return dex_future_new_true ();
  store = g_object_ref (stall_desk_get_store (self->desk));
  while (self != NULL && self->stale)
    {
      g_autofree char *poll_id = g_strdup (self->poll_id);
      g_autoptr (StallPollFigures) figures = NULL;
      g_autoptr (GError) error = NULL;

      self->stale = FALSE;
      g_clear_object (&self);
      figures
          = dex_await_boxed (stall_store_poll_figures (store, poll_id, stall_time_now ()), &error);
      self = g_weak_ref_get (data);
      if (self == NULL || g_strcmp0 (poll_id, self->poll_id) != 0)
        continue;
      g_clear_error (&self->error);
      if (figures == NULL)
        {
          self->error = g_steal_pointer (&error);
          show_invitation (self);
          continue;
        }
      g_clear_pointer (&self->figures, stall_poll_figures_free);
      self->figures = g_steal_pointer (&figures);
      show_poll (self);
    }
  if (self != NULL)
    self->reading = FALSE;
  return dex_future_new_true ();
}

static void
read_poll (StallAudienceWindow *self)
{
  self->stale = TRUE;
  if (self->reading)
    return;
  self->reading = TRUE;
  stall_spawn (read_fiber, stall_weak_new (self), stall_weak_free);
}

static void
set_poll (StallAudienceWindow *self, const char *poll_id)
{
  if (!g_set_str (&self->poll_id, poll_id))
    return;
  stop_page (self);
  g_clear_pointer (&self->figures, stall_poll_figures_free);
  read_poll (self);
}

/* --- what happens --- */

static void
changed_cb (StallAudienceWindow *self, guint kinds)
{
  if (kinds
      & (1u << STALL_KIND_POLL | 1u << STALL_KIND_BALLOT | 1u << STALL_KIND_TALLY
         | 1u << STALL_KIND_DECISION))
    read_poll (self);
}

static void
voted_cb (StallAudienceWindow *self)
{
  adw_banner_set_revealed (self->banner, FALSE);
  read_poll (self);
}

static void
closed_cb (StallAudienceWindow *self)
{
  gtk_accessible_announce (GTK_ACCESSIBLE (self), _ ("Voting Has Closed"),
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
  read_poll (self);
}

static void
failed_cb (StallAudienceWindow *self, const GError *error)
{
  /* Translators: %s says why, such as “The disk is full.” */
  g_autofree char *text = g_strdup_printf (_ ("Votes cannot be kept: %s"), error->message);

  adw_banner_set_title (self->banner, text);
  adw_banner_set_revealed (self->banner, TRUE);
}

static void
running_cb (StallAudienceWindow *self)
{
  /* Somebody else turned it off: the stall is being closed, or the owner did so elsewhere. */
  if (self->serving && self->address != NULL && !stall_vote_server_get_running (self->server))
    {
      self->serving = FALSE;
      gtk_window_close (GTK_WINDOW (self));
      return;
    }
  show_invitation (self);
}

static void
kept_cb (StallAudienceWindow *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_KEEP_ON]);
}

static void
fullscreened_cb (StallAudienceWindow *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FULL_SCREEN]);
}

static void
size_cb (StallAudienceWindow *self)
{
  AdwBreakpoint *current = adw_window_get_current_breakpoint (ADW_WINDOW (self));

  self->is_narrow = current == self->narrow;
  self->is_large = current == self->large;
  if (self->is_large)
    gtk_widget_add_css_class (GTK_WIDGET (self->body), "large");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->body), "large");
  set_picture_widths (self, self->figures != NULL ? self->figures->n_options : 0);
}

/* --- actions --- */

/* On the projector, when there is one beside the screen that the rest of the program is on. */
static void
full_screen (StallAudienceWindow *self)
{
  GtkApplication *application = GTK_APPLICATION (g_application_get_default ());
  GtkWindow *other = application != NULL ? gtk_application_get_active_window (application) : NULL;
  GdkSurface *surface = other != NULL ? gtk_native_get_surface (GTK_NATIVE (other)) : NULL;
  GdkDisplay *display = gtk_widget_get_display (GTK_WIDGET (self));
  GListModel *monitors = gdk_display_get_monitors (display);
  GdkMonitor *taken
      = surface != NULL ? gdk_display_get_monitor_at_surface (display, surface) : NULL;

  for (guint i = 0; taken != NULL && i < g_list_model_get_n_items (monitors); i++)
    {
      g_autoptr (GdkMonitor) monitor = g_list_model_get_item (monitors, i);

      if (monitor != taken)
        {
          gtk_window_fullscreen_on_monitor (GTK_WINDOW (self), monitor);
          return;
        }
    }
  gtk_window_fullscreen (GTK_WINDOW (self));
}

static void
leave_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  if (gtk_window_is_fullscreen (GTK_WINDOW (widget)))
    gtk_window_unfullscreen (GTK_WINDOW (widget));
  else
    gtk_window_close (GTK_WINDOW (widget));
}

static void
close_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_window_close (GTK_WINDOW (widget));
}

static void
start_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  StallAudienceWindow *self = STALL_AUDIENCE_WINDOW (widget);

  g_clear_error (&self->error);
  read_poll (self);
}

static void
copy_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  StallAudienceWindow *self = STALL_AUDIENCE_WINDOW (widget);
  gboolean for_screen = g_str_equal (name, "audience.copy-screen-address");
  g_autofree char *text = g_strconcat (self->address, for_screen ? "screen" : NULL, NULL);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (_ ("Address copied")));
}

/* --- the class --- */

static gboolean
stall_audience_window_close_request (GtkWindow *window)
{
  stop_page (STALL_AUDIENCE_WINDOW (window));

  return GTK_WINDOW_CLASS (stall_audience_window_parent_class)->close_request (window);
}

static void
stall_audience_window_realize (GtkWidget *widget)
{
  StallAudienceWindow *self = STALL_AUDIENCE_WINDOW (widget);
  GApplication *application = g_application_get_default ();

  GTK_WIDGET_CLASS (stall_audience_window_parent_class)->realize (widget);

  /* Nobody touches the computer while the audience looks at it. */
  if (application != NULL)
    self->inhibition = gtk_application_inhibit (GTK_APPLICATION (application), GTK_WINDOW (self),
                                                GTK_APPLICATION_INHIBIT_IDLE, _ ("Audience Vote"));
}

static void
stall_audience_window_unrealize (GtkWidget *widget)
{
  StallAudienceWindow *self = STALL_AUDIENCE_WINDOW (widget);

  if (self->inhibition != 0)
    gtk_application_uninhibit (GTK_APPLICATION (g_application_get_default ()), self->inhibition);
  self->inhibition = 0;

  GTK_WIDGET_CLASS (stall_audience_window_parent_class)->unrealize (widget);
}

static void
stall_audience_window_dispose (GObject *object)
{
  StallAudienceWindow *self = STALL_AUDIENCE_WINDOW (object);

  if (self->server != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->server, self);
      stop_page (self);
    }
  gtk_widget_dispose_template (GTK_WIDGET (self), STALL_TYPE_AUDIENCE_WINDOW);
  g_clear_object (&self->server);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (stall_audience_window_parent_class)->dispose (object);
}

static void
stall_audience_window_finalize (GObject *object)
{
  StallAudienceWindow *self = STALL_AUDIENCE_WINDOW (object);

  g_free (self->poll_id);
  g_free (self->address);
  g_clear_error (&self->error);
  g_clear_pointer (&self->figures, stall_poll_figures_free);

  G_OBJECT_CLASS (stall_audience_window_parent_class)->finalize (object);
}

static void
stall_audience_window_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  StallAudienceWindow *self = STALL_AUDIENCE_WINDOW (object);

  switch (id)
    {
    case PROP_ADDRESS:
      /* A state of an action is never nothing. */
      g_value_set_string (value, self->address != NULL ? self->address : "");
      break;
    case PROP_FULL_SCREEN:
      g_value_set_boolean (value, gtk_window_is_fullscreen (GTK_WINDOW (self)));
      break;
    case PROP_KEEP_ON:
      g_value_set_boolean (value,
                           self->server != NULL && stall_vote_server_get_kept (self->server));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
stall_audience_window_set_property (GObject *object,
                                    guint id,
                                    const GValue *value,
                                    GParamSpec *pspec)
{
  StallAudienceWindow *self = STALL_AUDIENCE_WINDOW (object);

  switch (id)
    {
    case PROP_ADDRESS:
      if (!g_set_str (&self->address, g_value_get_string (value)))
        return;
      show_invitation (self);
      g_object_notify_by_pspec (object, properties[PROP_ADDRESS]);
      break;
    case PROP_FULL_SCREEN:
      if (g_value_get_boolean (value))
        full_screen (self);
      else
        gtk_window_unfullscreen (GTK_WINDOW (self));
      break;
    case PROP_KEEP_ON:
      stall_vote_server_set_kept (self->server, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "audience.leave", NULL, leave_cb);
  gtk_widget_class_install_action (widget_class, "audience.close", NULL, close_cb);
  gtk_widget_class_install_action (widget_class, "audience.start", NULL, start_cb);
  gtk_widget_class_install_action (widget_class, "audience.copy-address", NULL, copy_cb);
  gtk_widget_class_install_action (widget_class, "audience.copy-screen-address", NULL, copy_cb);
  gtk_widget_class_install_property_action (widget_class, "audience.address", "address");
  gtk_widget_class_install_property_action (widget_class, "audience.full-screen", "full-screen");
  gtk_widget_class_install_property_action (widget_class, "audience.keep-on", "keep-on");
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "audience.leave", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F11, 0, "audience.full-screen", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, GDK_CONTROL_MASK, "audience.close",
                                       NULL);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/stall_app/Stall/votes/stall-audience-window.ui");
  gtk_widget_class_bind_template_child (widget_class, StallAudienceWindow, narrow);
  gtk_widget_class_bind_template_child (widget_class, StallAudienceWindow, large);
  gtk_widget_class_bind_template_child (widget_class, StallAudienceWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, StallAudienceWindow, banner);
  gtk_widget_class_bind_template_child (widget_class, StallAudienceWindow, address_button);
  gtk_widget_class_bind_template_child (widget_class, StallAudienceWindow, body);
  gtk_widget_class_bind_template_child (widget_class, StallAudienceWindow, question_label);
  gtk_widget_class_bind_template_child (widget_class, StallAudienceWindow, state_label);
  gtk_widget_class_bind_template_child (widget_class, StallAudienceWindow, option_box);
  gtk_widget_class_bind_template_child (widget_class, StallAudienceWindow, hidden_label);
  gtk_widget_class_bind_template_child (widget_class, StallAudienceWindow, invitation);
  gtk_widget_class_bind_template_child (widget_class, StallAudienceWindow, qr_view);
  gtk_widget_class_bind_template_child (widget_class, StallAudienceWindow, address_label);
  gtk_widget_class_bind_template_child (widget_class, StallAudienceWindow, failed_page);
}

static void
stall_audience_window_class_init (StallAudienceWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = stall_audience_window_dispose;
  object_class->finalize = stall_audience_window_finalize;
  object_class->get_property = stall_audience_window_get_property;
  object_class->set_property = stall_audience_window_set_property;
  widget_class->realize = stall_audience_window_realize;
  widget_class->unrealize = stall_audience_window_unrealize;
  GTK_WINDOW_CLASS (klass)->close_request = stall_audience_window_close_request;

  properties[PROP_ADDRESS] = g_param_spec_string ("address", NULL, NULL, NULL, flags);
  properties[PROP_FULL_SCREEN] = g_param_spec_boolean ("full-screen", NULL, NULL, FALSE, flags);
  properties[PROP_KEEP_ON] = g_param_spec_boolean ("keep-on", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (STALL_TYPE_QR_VIEW);
  bind_children (widget_class);
  install_actions (widget_class);
}

static void
stall_audience_window_init (StallAudienceWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self, "notify::current-breakpoint", G_CALLBACK (size_cb), NULL);
  g_signal_connect (self, "notify::fullscreened", G_CALLBACK (fullscreened_cb), NULL);
}

static GtkWidget *
stall_audience_window_new (StallDesk *desk)
{
  StallAudienceWindow *self = g_object_new (STALL_TYPE_AUDIENCE_WINDOW, NULL);
  struct
  {
    const char *signal;
    GCallback callback;
  } signals[] = {
    { "voted", G_CALLBACK (voted_cb) },       { "closed", G_CALLBACK (closed_cb) },
    { "failed", G_CALLBACK (failed_cb) },     { "notify::running", G_CALLBACK (running_cb) },
    { "notify::kept", G_CALLBACK (kept_cb) },
  };

  self->desk = g_object_ref (desk);
  self->server = g_object_ref (stall_desk_get_vote_server (desk));
  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++)
    g_signal_connect_object (self->server, signals[i].signal, signals[i].callback, self,
                             G_CONNECT_SWAPPED);
  g_signal_connect_object (stall_desk_get_store (desk), "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (g_network_monitor_get_default (), "network-changed",
                           G_CALLBACK (show_invitation), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

static StallAudienceWindow *
find_window (StallDesk *desk)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (STALL_IS_AUDIENCE_WINDOW (window) && STALL_AUDIENCE_WINDOW (window)->desk == desk)
        return STALL_AUDIENCE_WINDOW (window);
    }
  return NULL;
}

/**
 * stall_audience_window_present:
 * @desk: the desk
 * @poll_id: "poll:…"
 *
 * Shows a poll to the audience, in the window that is open already when there is one, and turns its
 * vote page on while the poll is open.
 */
void
stall_audience_window_present (StallDesk *desk, const char *poll_id)
{
  StallAudienceWindow *self;
  gboolean is_new;

  g_return_if_fail (STALL_IS_DESK (desk));
  g_return_if_fail (poll_id != NULL);

  self = find_window (desk);
  is_new = self == NULL;
  if (is_new)
    self = STALL_AUDIENCE_WINDOW (stall_audience_window_new (desk));
  set_poll (self, poll_id);
  gtk_window_present (GTK_WINDOW (self));
  if (is_new)
    full_screen (self);
}
