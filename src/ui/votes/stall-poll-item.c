/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-poll-item.h"

#include "stall-poll-picture.h"
#include "stall-poll-words.h"

#include <glib/gi18n-lib.h>

struct _StallPollItem
{
  GtkBox parent_instance;

  StallStore *store;
  StallPollRow *row;
  gboolean narrow;
  StallTime now;
  char *description;
  const char *style;

  StallPollPicture *picture;
  GtkInscription *question;
  GtkInscription *gist;
  GtkInscription *counts_below;
  GtkInscription *votes;
  GtkInscription *deposits;
  GtkInscription *when;
  GtkLabel *state;
};

G_DEFINE_FINAL_TYPE (StallPollItem, stall_poll_item, GTK_TYPE_BOX)

enum
{
  PROP_0,
  PROP_NARROW,
  PROP_NOW,
  PROP_DESCRIPTION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
set_description (StallPollItem *self, const char *description)
{
  if (g_set_str (&self->description, description))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DESCRIPTION]);
}

static void
show_state (StallPollItem *self, StallPollState state)
{
  const char *style = stall_poll_words_state_style (state);

  gtk_label_set_label (self->state, stall_poll_state_get_label (state));
  if (self->style == style)
    return;
  if (self->style != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (self->state), self->style);
  gtk_widget_add_css_class (GTK_WIDGET (self->state), style);
  self->style = style;
}

static void
show_nothing (StallPollItem *self)
{
  gtk_inscription_set_text (self->question, NULL);
  gtk_inscription_set_text (self->gist, NULL);
  gtk_inscription_set_text (self->counts_below, NULL);
  gtk_inscription_set_text (self->votes, NULL);
  gtk_inscription_set_text (self->deposits, NULL);
  gtk_inscription_set_text (self->when, NULL);
  stall_poll_picture_show (self->picture, self->store, (const char *const[]) { NULL });
  gtk_widget_set_visible (GTK_WIDGET (self->state), FALSE);
  set_description (self, "");
}

static void
show_row (StallPollItem *self)
{
  StallPollRow *row = self->row;
  StallTime now = stall_time_now ();
  StallPollState state;
  const char *question;
  g_autofree char *gist = NULL;
  g_autofree char *votes = NULL;
  g_autofree char *deposits = NULL;
  g_autofree char *counts = NULL;
  g_autofree char *when = NULL;
  g_autofree char *below = NULL;
  g_autofree char *description = NULL;

  if (row == NULL || !stall_row_get_loaded (STALL_ROW (row)))
    {
      show_nothing (self);
      return;
    }
  state = stall_poll_row_get_state (row, now);
  question = stall_poll_words_question (stall_poll_row_get_question (row));
  gist = stall_poll_words_gist (row, now);
  when = stall_poll_words_when (row, now);
  votes = stall_poll_words_votes (stall_poll_row_get_votes (row));
  deposits = stall_poll_words_deposits (stall_poll_row_get_deposits (row));
  counts
      = stall_poll_words_counts (stall_poll_row_get_votes (row), stall_poll_row_get_deposits (row));
  if (state == STALL_POLL_DRAFT)
    below = g_strdup (when);
  else
    below = *when != '\0' ? g_strdup_printf (_ ("%s · %s"), counts, when) : g_strdup (counts);
  /* Translators: question, state, what it comes down to, votes and deposits, when */
  description = g_strdup_printf (_ ("%s, %s, %s, %s"), question, stall_poll_state_get_label (state),
                                 gist, below);

  stall_poll_picture_show (self->picture, self->store, stall_poll_row_get_covers (row));
  gtk_inscription_set_text (self->question, question);
  gtk_inscription_set_text (self->gist, gist);
  gtk_inscription_set_text (self->counts_below, below);
  gtk_inscription_set_text (self->votes, state != STALL_POLL_DRAFT ? votes : NULL);
  gtk_inscription_set_text (self->deposits, state != STALL_POLL_DRAFT ? deposits : NULL);
  gtk_inscription_set_text (self->when, when);
  gtk_widget_set_visible (GTK_WIDGET (self->state), TRUE);
  show_state (self, state);
  set_description (self, description);
}

static void
stall_poll_item_dispose (GObject *object)
{
  StallPollItem *self = STALL_POLL_ITEM (object);

  stall_poll_item_set_row (self, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), STALL_TYPE_POLL_ITEM);
  g_clear_object (&self->store);
  g_clear_pointer (&self->description, g_free);

  G_OBJECT_CLASS (stall_poll_item_parent_class)->dispose (object);
}

static void
stall_poll_item_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  StallPollItem *self = STALL_POLL_ITEM (object);

  switch (id)
    {
    case PROP_NARROW:
      g_value_set_boolean (value, self->narrow);
      break;
    case PROP_NOW:
      g_value_set_int64 (value, self->now);
      break;
    case PROP_DESCRIPTION:
      g_value_set_string (value, self->description);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
stall_poll_item_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  StallPollItem *self = STALL_POLL_ITEM (object);
  gboolean narrow;

  switch (id)
    {
    case PROP_NARROW:
      narrow = g_value_get_boolean (value);
      if (self->narrow == narrow)
        break;
      self->narrow = narrow;
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_NOW:
      if (self->now == g_value_get_int64 (value))
        break;
      self->now = g_value_get_int64 (value);
      show_row (self);
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (STALL_TYPE_POLL_PICTURE);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/stall_app/Stall/votes/stall-poll-item.ui");
  gtk_widget_class_bind_template_child (widget_class, StallPollItem, picture);
  gtk_widget_class_bind_template_child (widget_class, StallPollItem, question);
  gtk_widget_class_bind_template_child (widget_class, StallPollItem, gist);
  gtk_widget_class_bind_template_child (widget_class, StallPollItem, counts_below);
  gtk_widget_class_bind_template_child (widget_class, StallPollItem, votes);
  gtk_widget_class_bind_template_child (widget_class, StallPollItem, deposits);
  gtk_widget_class_bind_template_child (widget_class, StallPollItem, when);
  gtk_widget_class_bind_template_child (widget_class, StallPollItem, state);
}

static void
stall_poll_item_class_init (StallPollItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = stall_poll_item_dispose;
  object_class->get_property = stall_poll_item_get_property;
  object_class->set_property = stall_poll_item_set_property;

  properties[PROP_NARROW]
      = g_param_spec_boolean ("narrow", NULL, NULL, FALSE,
                              G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_NOW]
      = g_param_spec_int64 ("now", NULL, NULL, G_MININT64, G_MAXINT64, 0,
                            G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_DESCRIPTION]
      = g_param_spec_string ("description", NULL, NULL, NULL,
                             G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
stall_poll_item_init (StallPollItem *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * stall_poll_item_new:
 * @store: the stall whose pictures are shown
 *
 * Returns: (transfer floating): an item without a poll
 */
GtkWidget *
stall_poll_item_new (StallStore *store)
{
  StallPollItem *self = g_object_new (STALL_TYPE_POLL_ITEM, NULL);

  self->store = g_object_ref (store);
  return GTK_WIDGET (self);
}

/**
 * stall_poll_item_set_row:
 * @self: an item
 * @row: (nullable): what it shows from now on
 */
void
stall_poll_item_set_row (StallPollItem *self, StallPollRow *row)
{
  g_return_if_fail (STALL_IS_POLL_ITEM (self));

  if (self->row == row)
    return;
  if (self->row != NULL)
    g_signal_handlers_disconnect_by_func (self->row, show_row, self);
  g_set_object (&self->row, row);
  if (row != NULL)
    g_signal_connect_object (row, "changed", G_CALLBACK (show_row), self, G_CONNECT_SWAPPED);
  if (row != NULL)
    show_row (self);
}
