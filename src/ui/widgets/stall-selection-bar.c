/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-selection-bar.h"

#include "stall-format.h"

#include <glib/gi18n-lib.h>

struct _StallSelectionBar
{
  AdwBin parent_instance;

  StallSelection *selection;
  GtkActionBar *bar;
  GtkLabel *label;
  GtkWidget *actions; /* not owned: in the bar */
};

enum
{
  PROP_0,
  PROP_SELECTION,
  PROP_ACTIONS,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (StallSelectionBar, stall_selection_bar, ADW_TYPE_BIN)

static void
show_count (StallSelectionBar *self)
{
  guint n = stall_selection_get_n_selected (self->selection);
  g_autofree char *count = stall_format_count (n);
  g_autofree char *text = n == 0
                              ? g_strdup (_ ("None selected"))
                              : g_strdup_printf (ngettext ("%s selected", "%s selected", n), count);

  gtk_label_set_text (self->label, text);
  if (self->actions != NULL)
    gtk_widget_set_sensitive (self->actions, n > 0);
}

static void
cancel_cb (StallSelectionBar *self)
{
  if (self->selection != NULL)
    stall_selection_set_selecting (self->selection, FALSE);
}

static void
set_actions (StallSelectionBar *self, GtkWidget *actions)
{
  g_return_if_fail (self->actions == NULL);

  self->actions = actions;
  gtk_action_bar_pack_end (self->bar, actions);
}

static void
stall_selection_bar_dispose (GObject *object)
{
  g_clear_object (&STALL_SELECTION_BAR (object)->selection);

  G_OBJECT_CLASS (stall_selection_bar_parent_class)->dispose (object);
}

static void
stall_selection_bar_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  StallSelectionBar *self = STALL_SELECTION_BAR (object);

  switch (id)
    {
    case PROP_SELECTION:
      g_value_set_object (value, self->selection);
      break;
    case PROP_ACTIONS:
      g_value_set_object (value, self->actions);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
stall_selection_bar_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  StallSelectionBar *self = STALL_SELECTION_BAR (object);

  switch (id)
    {
    case PROP_SELECTION:
      stall_selection_bar_set_selection (self, g_value_get_object (value));
      break;
    case PROP_ACTIONS:
      set_actions (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
stall_selection_bar_class_init (StallSelectionBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = stall_selection_bar_dispose;
  object_class->get_property = stall_selection_bar_get_property;
  object_class->set_property = stall_selection_bar_set_property;

  properties[PROP_SELECTION]
      = g_param_spec_object ("selection", NULL, NULL, STALL_TYPE_SELECTION, flags);
  properties[PROP_ACTIONS] = g_param_spec_object ("actions", NULL, NULL, GTK_TYPE_WIDGET, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
stall_selection_bar_init (StallSelectionBar *self)
{
  GtkWidget *cancel = gtk_button_new_from_icon_name ("window-close-symbolic");

  self->bar = GTK_ACTION_BAR (gtk_action_bar_new ());
  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_set_tooltip_text (cancel, _ ("Cancel Selection"));
  g_signal_connect_object (cancel, "clicked", G_CALLBACK (cancel_cb), self, G_CONNECT_SWAPPED);
  gtk_label_set_ellipsize (self->label, PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (GTK_WIDGET (self->label), "numeric");
  gtk_action_bar_pack_start (self->bar, cancel);
  gtk_action_bar_pack_start (self->bar, GTK_WIDGET (self->label));
  gtk_action_bar_set_revealed (self->bar, FALSE);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->bar));
}

/**
 * stall_selection_bar_set_selection:
 * @self: a bar without a selection
 * @selection: what it shows from now on
 */
void
stall_selection_bar_set_selection (StallSelectionBar *self, StallSelection *selection)
{
  g_return_if_fail (STALL_IS_SELECTION_BAR (self));
  g_return_if_fail (self->selection == NULL && STALL_IS_SELECTION (selection));

  self->selection = g_object_ref (selection);
  g_object_bind_property (selection, "selecting", self->bar, "revealed", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (selection, "notify::n-selected", G_CALLBACK (show_count), self,
                           G_CONNECT_SWAPPED);
  show_count (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTION]);
}
