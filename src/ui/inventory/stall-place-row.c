/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-place-row.h"

#include "stall-ask.h"
#include "stall-async.h"
#include "stall-figures.h"
#include "stall-format.h"
#include "stall-order-event.h"
#include "stall-weak.h"

#include <glib/gi18n-lib.h>

struct _StallPlaceRow
{
  AdwComboRow parent_instance;

  StallDesk *desk;
  GPtrArray *places; /* as the rows of the list, without the last: a new one */
  char *place;
  gboolean quiet;
};

enum
{
  PROP_0,
  PROP_PLACE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (StallPlaceRow, stall_place_row, ADW_TYPE_COMBO_ROW)

static gboolean
find_place (StallPlaceRow *self, guint *position)
{
  return g_ptr_array_find_with_equal_func (self->places, self->place, g_str_equal, position);
}

/* Never while a choice is being made: the row that was activated would go with the old model. */
static void
show_places (StallPlaceRow *self)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  guint position = self->places->len;

  if (!find_place (self, &position))
    g_ptr_array_add (self->places, g_strdup (self->place));
  for (guint i = 0; i < self->places->len; i++)
    gtk_string_list_take (labels, stall_format_place (g_ptr_array_index (self->places, i)));
  gtk_string_list_append (labels, _ ("New Place…"));
  self->quiet = TRUE;
  adw_combo_row_set_model (ADW_COMBO_ROW (self), G_LIST_MODEL (labels));
  adw_combo_row_set_selected (ADW_COMBO_ROW (self), position);
  self->quiet = FALSE;
}

static DexFuture *
places_fiber (gpointer data)
{
  g_autoptr (StallPlaceRow) self = g_weak_ref_get (data);
  g_autoptr (StallDesk) desk = self != NULL ? g_object_ref (self->desk) : NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) places = NULL;

  if (desk == NULL)
    return dex_future_new_true ();
  g_clear_object (&self);
  places = dex_await_boxed (stall_store_places (stall_desk_get_store (desk)), &error);
  self = g_weak_ref_get (data);
  if (self == NULL || self->places == NULL)
    return dex_future_new_true ();
  if (places == NULL)
    {
      stall_desk_report (desk, error);
      return dex_future_new_true ();
    }
  g_ptr_array_set_size (self->places, 0);
  for (guint i = 0; places[i] != NULL; i++)
    g_ptr_array_add (self->places, g_strdup (places[i]));
  show_places (self);
  return dex_future_new_true ();
}

static DexFuture *
name_fiber (gpointer data)
{
  g_autoptr (StallPlaceRow) self = g_weak_ref_get (data);
  g_autofree char *name = NULL;
  DexFuture *asked;

  if (self == NULL)
    return dex_future_new_true ();
  asked = stall_ask_name (GTK_WIDGET (self), _ ("New Place"),
                          _ ("A fair, a buyer, a shelf: wherever stock is."), _ ("_Add"));
  g_clear_object (&self);
  name = dex_await_string (asked, NULL);
  self = g_weak_ref_get (data);
  if (self == NULL || self->places == NULL)
    return dex_future_new_true ();
  if (name != NULL)
    stall_place_row_set_place (self, name);
  else
    show_places (self);
  return dex_future_new_true ();
}

static void
selected_cb (StallPlaceRow *self)
{
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (self));

  if (self->quiet || selected == GTK_INVALID_LIST_POSITION)
    return;
  if (selected < self->places->len)
    stall_place_row_set_place (self, g_ptr_array_index (self->places, selected));
  else
    stall_spawn (name_fiber, stall_weak_new (self), stall_weak_free);
}

static void
stall_place_row_dispose (GObject *object)
{
  StallPlaceRow *self = STALL_PLACE_ROW (object);

  g_clear_object (&self->desk);
  g_clear_pointer (&self->places, g_ptr_array_unref);
  g_clear_pointer (&self->place, g_free);

  G_OBJECT_CLASS (stall_place_row_parent_class)->dispose (object);
}

static void
stall_place_row_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_PLACE)
    g_value_set_string (value, STALL_PLACE_ROW (object)->place);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
stall_place_row_set_property (GObject *object,
                              guint prop_id,
                              const GValue *value,
                              GParamSpec *pspec)
{
  if (prop_id == PROP_PLACE)
    stall_place_row_set_place (STALL_PLACE_ROW (object), g_value_get_string (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
stall_place_row_class_init (StallPlaceRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = stall_place_row_dispose;
  object_class->get_property = stall_place_row_get_property;
  object_class->set_property = stall_place_row_set_property;

  /**
   * StallPlaceRow:place:
   *
   * The chosen place.
   */
  properties[PROP_PLACE]
      = g_param_spec_string ("place", NULL, NULL, STALL_PLACE_WORKSHOP,
                             G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
stall_place_row_init (StallPlaceRow *self)
{
  self->places = g_ptr_array_new_with_free_func (g_free);
  self->place = g_strdup (STALL_PLACE_WORKSHOP);
  g_signal_connect (self, "notify::selected", G_CALLBACK (selected_cb), NULL);
  show_places (self);
}

/**
 * stall_place_row_set_desk:
 * @self: a place row
 * @desk: whose stall's places are offered
 */
void
stall_place_row_set_desk (StallPlaceRow *self, StallDesk *desk)
{
  g_return_if_fail (STALL_IS_PLACE_ROW (self));
  g_return_if_fail (STALL_IS_DESK (desk));

  g_set_object (&self->desk, desk);
  stall_spawn (places_fiber, stall_weak_new (self), stall_weak_free);
}

/**
 * stall_place_row_get_place:
 * @self: a place row
 *
 * Returns: (transfer none): the chosen place
 */
const char *
stall_place_row_get_place (StallPlaceRow *self)
{
  g_return_val_if_fail (STALL_IS_PLACE_ROW (self), NULL);

  return self->place;
}

/**
 * stall_place_row_set_place:
 * @self: a place row
 * @place: the place to choose; offered from now on if it is new
 */
void
stall_place_row_set_place (StallPlaceRow *self, const char *place)
{
  guint position;

  g_return_if_fail (STALL_IS_PLACE_ROW (self));
  g_return_if_fail (place != NULL && *place != '\0');

  if (!g_set_str (&self->place, place))
    return;
  if (find_place (self, &position))
    adw_combo_row_set_selected (ADW_COMBO_ROW (self), position);
  else
    show_places (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PLACE]);
}
