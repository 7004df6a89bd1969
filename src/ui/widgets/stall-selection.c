/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-selection.h"

struct _StallSelection
{
  GObject parent;

  GListModel *model; /* a StallQueryModel */
  GtkBitset *selected;
  guint n_selected;
  gboolean selecting;
};

static void list_model_init (GListModelInterface *iface);
static void selection_model_init (GtkSelectionModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (StallSelection,
                               stall_selection,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init)
                                   G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL,
                                                          selection_model_init))

enum
{
  PROP_MODEL = 1,
  PROP_N_SELECTED,
  PROP_SELECTING,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
update_n_selected (StallSelection *self)
{
  guint n = (guint) gtk_bitset_get_size (self->selected);

  if (n == self->n_selected)
    return;
  self->n_selected = n;
  /* One selected row is only where the arrow keys are. */
  if (n > 1)
    stall_selection_set_selecting (self, TRUE);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_SELECTED]);
}

static void
items_changed_cb (GListModel *model, guint position, guint removed, guint added, gpointer data)
{
  StallSelection *self = STALL_SELECTION (data);

  gtk_bitset_splice (self->selected, position, removed, added);
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
  update_n_selected (self);
}

static GType
get_item_type (GListModel *list)
{
  return g_list_model_get_item_type (STALL_SELECTION (list)->model);
}

static guint
get_n_items (GListModel *list)
{
  return g_list_model_get_n_items (STALL_SELECTION (list)->model);
}

static gpointer
get_item (GListModel *list, guint position)
{
  return g_list_model_get_item (STALL_SELECTION (list)->model, position);
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static gboolean
is_selected (GtkSelectionModel *model, guint position)
{
  return gtk_bitset_contains (STALL_SELECTION (model)->selected, position);
}

static GtkBitset *
get_selection_in_range (GtkSelectionModel *model, guint position, guint n_items)
{
  return gtk_bitset_copy (STALL_SELECTION (model)->selected);
}

static gboolean
set_selection (GtkSelectionModel *model, GtkBitset *selected, GtkBitset *mask)
{
  StallSelection *self = STALL_SELECTION (model);
  g_autoptr (GtkBitset) changes = gtk_bitset_copy (self->selected);
  guint first;

  /* What differs within the mask is what flips. */
  gtk_bitset_difference (changes, selected);
  gtk_bitset_intersect (changes, mask);
  if (gtk_bitset_is_empty (changes))
    return TRUE;

  gtk_bitset_difference (self->selected, changes);
  first = gtk_bitset_get_minimum (changes);
  gtk_selection_model_selection_changed (model, first,
                                         gtk_bitset_get_maximum (changes) - first + 1);
  update_n_selected (self);
  return TRUE;
}

static void
selection_model_init (GtkSelectionModelInterface *iface)
{
  iface->is_selected = is_selected;
  iface->get_selection_in_range = get_selection_in_range;
  iface->set_selection = set_selection;
}

static void
stall_selection_constructed (GObject *object)
{
  StallSelection *self = STALL_SELECTION (object);

  G_OBJECT_CLASS (stall_selection_parent_class)->constructed (object);

  g_assert (STALL_IS_QUERY_MODEL (self->model));
  g_signal_connect_object (self->model, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_DEFAULT);
}

static void
stall_selection_finalize (GObject *object)
{
  StallSelection *self = STALL_SELECTION (object);

  g_clear_object (&self->model);
  g_clear_pointer (&self->selected, gtk_bitset_unref);

  G_OBJECT_CLASS (stall_selection_parent_class)->finalize (object);
}

static void
stall_selection_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  StallSelection *self = STALL_SELECTION (object);

  switch (id)
    {
    case PROP_MODEL:
      g_value_set_object (value, self->model);
      break;
    case PROP_N_SELECTED:
      g_value_set_uint (value, self->n_selected);
      break;
    case PROP_SELECTING:
      g_value_set_boolean (value, self->selecting);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
stall_selection_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  StallSelection *self = STALL_SELECTION (object);

  switch (id)
    {
    case PROP_MODEL:
      self->model = g_value_dup_object (value);
      break;
    case PROP_SELECTING:
      stall_selection_set_selecting (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
stall_selection_class_init (StallSelectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = stall_selection_constructed;
  object_class->finalize = stall_selection_finalize;
  object_class->get_property = stall_selection_get_property;
  object_class->set_property = stall_selection_set_property;

  properties[PROP_MODEL]
      = g_param_spec_object ("model", NULL, NULL, STALL_TYPE_QUERY_MODEL,
                             G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_N_SELECTED]
      = g_param_spec_uint ("n-selected", NULL, NULL, 0, G_MAXUINT, 0,
                           G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_SELECTING]
      = g_param_spec_boolean ("selecting", NULL, NULL, FALSE,
                              G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
stall_selection_init (StallSelection *self)
{
  self->selected = gtk_bitset_new_empty ();
}

/**
 * stall_selection_new:
 * @model: the list
 *
 * Makes a selection of many rows over @model, with nothing selected.
 *
 * Returns: (transfer full): the selection
 */
StallSelection *
stall_selection_new (StallQueryModel *model)
{
  g_return_val_if_fail (STALL_IS_QUERY_MODEL (model), NULL);

  return g_object_new (STALL_TYPE_SELECTION, "model", model, NULL);
}

/**
 * stall_selection_get_n_selected:
 * @self: a #StallSelection
 *
 * Counts the selected rows.
 *
 * Returns: how many rows are selected
 */
guint
stall_selection_get_n_selected (StallSelection *self)
{
  g_return_val_if_fail (STALL_IS_SELECTION (self), 0);

  return self->n_selected;
}

/**
 * stall_selection_get_selecting:
 * @self: a #StallSelection
 *
 * Returns: whether a click takes a row in or out instead of opening it
 */
gboolean
stall_selection_get_selecting (StallSelection *self)
{
  g_return_val_if_fail (STALL_IS_SELECTION (self), FALSE);

  return self->selecting;
}

/**
 * stall_selection_set_selecting:
 * @self: a #StallSelection
 * @selecting: whether a click takes a row in or out instead of opening it
 *
 * Begins to select, or ends it and forgets what was selected.
 */
void
stall_selection_set_selecting (StallSelection *self, gboolean selecting)
{
  g_return_if_fail (STALL_IS_SELECTION (self));

  if (self->selecting == selecting)
    return;
  self->selecting = selecting;
  if (!selecting)
    gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTING]);
}

/**
 * stall_selection_select_all:
 * @self: a #StallSelection
 *
 * Begins to select, with everything that is listed.
 */
void
stall_selection_select_all (StallSelection *self)
{
  g_return_if_fail (STALL_IS_SELECTION (self));

  stall_selection_set_selecting (self, TRUE);
  gtk_selection_model_select_all (GTK_SELECTION_MODEL (self));
}

/**
 * stall_selection_await_ids:
 * @self: a #StallSelection
 * @store: the store behind its list
 * @error: return location
 *
 * Reads the ids of the selected rows, most of which nobody has looked at: those at the selected
 * positions of all that the query finds. To be called in a fiber.
 *
 * Returns: (transfer full) (nullable): the ids in the order of the list; %NULL with @error set
 */
GStrv
stall_selection_await_ids (StallSelection *self, StallStore *store, GError **error)
{
  g_autoptr (StallQuery) query = NULL;
  g_autoptr (GtkBitset) selected = NULL;
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;
  GtkBitsetIter iter;
  guint n, position;

  g_return_val_if_fail (STALL_IS_SELECTION (self), NULL);
  g_return_val_if_fail (STALL_IS_STORE (store), NULL);

  dex_await (stall_query_model_settle (STALL_QUERY_MODEL (self->model)), NULL);
  query = stall_query_copy (stall_query_model_get_query (STALL_QUERY_MODEL (self->model)));
  selected = gtk_bitset_copy (self->selected);
  all = dex_await_boxed (stall_store_query_ids (store, query), error);
  if (all == NULL)
    return NULL;
  n = g_strv_length (all);
  for (gboolean valid = gtk_bitset_iter_init_first (&iter, selected, &position);
       valid && position < n; valid = gtk_bitset_iter_next (&iter, &position))
    g_strv_builder_add (ids, all[position]);
  return g_strv_builder_end (ids);
}
