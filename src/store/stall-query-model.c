/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-store"

#include "config.h"

#include "stall-query-model.h"

#include "stall-async.h"
#include "stall-list-diff.h"
#include "stall-listing.h"
#include "stall-query-private.h"
#include "stall-store-private.h"

/* A new query shows what a window holds before the rest of its numbers are read: a list view
 * makes two hundred rows as soon as there are so many, which takes longer than all else, and
 * somebody who types is on to the next letter before they are wanted. */
#define FIRST_ROWS 24
#define REST_AFTER 60 /* ms */
/* More changes of one list than this, and the window draws in between. */
#define CHANGES_AT_ONCE 64

struct _StallQueryModel
{
  GObject parent_instance;

  StallStore *store;
  StallQuery *query;
  StallNumbers *numbers; /* what the list shows … */
  guint cut;             /* … up to here, where the list is on its way from another one … */
  StallNumbers *former;  /* … of which this shows from here on; NULL when it has arrived */
  guint former_from;
  GHashTable *rows;      /* number → StallRow, weak: alive as long as somebody holds it */
  GPtrArray *whole;      /* StallRow: those that were read with the list, held */
  GArray *wanted;        /* numbers of placeholders to read */
  GCancellable *listing; /* the read of the list that is under way */
  guint stamp;           /* goes up with every new query */
  guint n_reads;         /* reads under way */
  gboolean loading;
  gboolean complete;
  gboolean stale; /* the store changed while a list was read */
  gboolean wants_queued;
  GPtrArray *settling; /* DexPromise */
  GError *failure;     /* why the last reading of the list failed */
};

enum
{
  PROP_0,
  PROP_COMPLETE,
  PROP_FAILED,
  PROP_LOADING,
  PROP_N_ITEMS,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (StallQueryModel,
                               stall_query_model,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void refresh (StallQueryModel *self);

/* --- rows --- */

static void
row_gone_cb (gpointer data, GObject *former)
{
  StallQueryModel *self = data;
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    if (row == (gpointer) former)
      {
        g_hash_table_iter_remove (&iter);
        return;
      }
}

static void
forget_rows (StallQueryModel *self)
{
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    {
      g_object_weak_unref (row, row_gone_cb, self);
      g_hash_table_iter_remove (&iter);
    }
}

/* --- what is under way --- */

static void
begin_read (StallQueryModel *self)
{
  self->n_reads++;
}

static void
end_read (StallQueryModel *self)
{
  g_autoptr (GPtrArray) settling = NULL;

  if (--self->n_reads > 0 || self->wants_queued)
    return;
  settling = g_steal_pointer (&self->settling);
  self->settling = g_ptr_array_new_with_free_func (dex_unref);
  for (guint i = 0; i < settling->len; i++)
    if (self->failure != NULL)
      dex_promise_reject (g_ptr_array_index (settling, i), g_error_copy (self->failure));
    else
      dex_promise_resolve_boolean (g_ptr_array_index (settling, i), TRUE);
}

static void
set_loading (StallQueryModel *self, gboolean loading)
{
  if (self->loading == loading)
    return;
  self->loading = loading;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

static void
set_complete (StallQueryModel *self, gboolean complete)
{
  if (self->complete == complete)
    return;
  self->complete = complete;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COMPLETE]);
}

/* @failure is taken; NULL: it is well again. */
static void
set_failure (StallQueryModel *self, GError *failure)
{
  gboolean was_failed = self->failure != NULL;

  g_clear_error (&self->failure);
  self->failure = failure;
  if (was_failed != (failure != NULL))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FAILED]);
}

/* --- reading rows --- */

typedef struct
{
  StallQuery *query;
  GArray *numbers;
} RowsRequest;

static void
rows_request_free (gpointer data)
{
  RowsRequest *request = data;

  stall_query_free (request->query);
  g_array_unref (request->numbers);
  g_free (request);
}

static DexFuture *
rows_job (StallDatabase *database, gpointer data)
{
  RowsRequest *request = data;
  GError *error = NULL;
  GPtrArray *rows
      = stall_row_read_many (request->query, database, (gint64 *) (gpointer) request->numbers->data,
                             request->numbers->len, &error);

  return rows != NULL ? dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, rows)
                      : dex_future_new_for_error (error);
}

static DexFuture *
read_rows (StallStore *store, const StallQuery *query, GArray *numbers)
{
  RowsRequest *request = g_new0 (RowsRequest, 1);

  request->query = stall_query_copy (query);
  request->numbers = numbers;
  return stall_store_read (store, STALL_READER_ROWS, rows_job, request, rows_request_free, NULL);
}

static void
adopt_rows (StallQueryModel *self, GPtrArray *fresh)
{
  for (guint i = 0; i < fresh->len; i++)
    {
      StallRow *row = g_ptr_array_index (fresh, i);
      gint64 number = stall_row_get_number (row);
      StallRow *known = g_hash_table_lookup (self->rows, &number);

      if (known != NULL)
        {
          g_autoptr (StallRow) held = g_object_ref (known);

          stall_row_adopt (held, row);
        }
    }
}

static void
add_row (StallQueryModel *self, StallRow *row)
{
  gint64 number = stall_row_get_number (row);

  g_hash_table_insert (self->rows, g_memdup2 (&number, sizeof number), row);
  g_object_weak_ref (G_OBJECT (row), row_gone_cb, self);
}

/* Rows that were read with the list are there before somebody asks for them. */
static void
hold_rows (StallQueryModel *self, GPtrArray *fresh)
{
  g_autoptr (GPtrArray) former = g_steal_pointer (&self->whole);

  self->whole = g_ptr_array_new_full (fresh->len, g_object_unref);
  adopt_rows (self, fresh);
  for (guint i = 0; i < fresh->len; i++)
    {
      StallRow *row = g_ptr_array_index (fresh, i);
      gint64 number = stall_row_get_number (row);
      StallRow *known = g_hash_table_lookup (self->rows, &number);

      if (known == NULL)
        add_row (self, row);
      g_ptr_array_add (self->whole, g_object_ref (known != NULL ? known : row));
    }
}

static DexFuture *
fill_fiber (gpointer data)
{
  StallQueryModel *self = data;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;
  GArray *numbers = g_steal_pointer (&self->wanted);
  guint stamp = self->stamp;

  self->wanted = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->wants_queued = FALSE;
  if (numbers->len > 0 && self->query != NULL)
    rows = dex_await_boxed (read_rows (self->store, self->query, numbers), &error);
  else
    g_array_unref (numbers);
  stall_store_note_failure (self->store, error);
  if (rows != NULL && stamp == self->stamp)
    adopt_rows (self, rows);
  end_read (self);
  return dex_future_new_true ();
}

/* Placeholders asked for in one go of the main loop are read in one job. */
static void
want (StallQueryModel *self, gint64 number)
{
  g_array_append_val (self->wanted, number);
  if (self->wants_queued)
    return;
  self->wants_queued = TRUE;
  begin_read (self);
  stall_spawn (fill_fiber, g_object_ref (self), g_object_unref);
}

static void
reread_rows (StallQueryModel *self)
{
  GHashTableIter iter;
  gpointer number;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &number, NULL))
    want (self, *(gint64 *) number);
}

/* --- reading lists --- */

static guint
get_length (StallQueryModel *self)
{
  return self->former != NULL
             ? self->cut + stall_numbers_get_length (self->former) - self->former_from
             : stall_numbers_get_length (self->numbers);
}

static gint64
get_number (StallQueryModel *self, guint position)
{
  return self->former != NULL && position >= self->cut
             ? stall_numbers_get (self->former, self->former_from + position - self->cut)
             : stall_numbers_get (self->numbers, position);
}

/* Makes the changes one by one, so that whoever asks for an item meanwhile gets the right one: up
 * to the change the list is the new one already, behind it still the former. Among many the window
 * draws: each takes a list view some ten microseconds. FALSE when a newer query overtook it. */
static gboolean
take_listing (StallQueryModel *self, StallListing *listing)
{
  guint before = get_length (self);
  guint stamp = self->stamp;

  if (listing->rows != NULL)
    hold_rows (self, listing->rows);
  else
    g_clear_pointer (&self->whole, g_ptr_array_unref);
  self->former = self->numbers;
  self->numbers = stall_numbers_ref (listing->numbers);
  self->former_from = self->cut = 0;
  for (guint i = 0; i < listing->changes->len; i++)
    {
      const StallListChange *change = &g_array_index (listing->changes, StallListChange, i);

      self->former_from += change->position - self->cut + change->removed;
      self->cut = change->position + change->added;
      g_list_model_items_changed (G_LIST_MODEL (self), change->position, change->removed,
                                  change->added);
      if (stamp == self->stamp && (i + 1) % CHANGES_AT_ONCE == 0)
        dex_await (dex_timeout_new_msec (1), NULL);
      if (stamp != self->stamp)
        return FALSE;
    }
  g_clear_pointer (&self->former, stall_numbers_unref);
  if (get_length (self) != before)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_ITEMS]);
  return TRUE;
}

/* Reads the list once; FALSE when a newer query overtook it or it failed. */
static gboolean
await_list (StallQueryModel *self,
            guint limit,
            guint stamp,
            GCancellable *cancellable,
            guint *n_read)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StallListing) listing = dex_await_boxed (
      stall_listing_read (self->store, self->query, limit, self->numbers, cancellable), &error);

  stall_store_note_failure (self->store, error);
  if (stamp != self->stamp)
    return FALSE;
  set_failure (self, g_steal_pointer (&error));
  if (listing == NULL)
    return FALSE;
  *n_read = stall_numbers_get_length (listing->numbers);
  return take_listing (self, listing);
}

/* One reading of the list, for the query that was set when it was asked for. */
typedef struct
{
  StallQueryModel *model;
  GCancellable *cancellable;
  guint stamp;
} Listing;

static void
listing_free (gpointer data)
{
  Listing *listing = data;

  g_object_unref (listing->model);
  g_object_unref (listing->cancellable);
  g_free (listing);
}

static gboolean
rest_cb (gpointer promise)
{
  dex_promise_resolve_boolean (promise, TRUE);
  return G_SOURCE_REMOVE;
}

/* Behind every frame that waits to be drawn: the first rows are seen before the rest is made,
 * however long that takes. */
static DexFuture *
wait_for_rest (void)
{
  DexPromise *promise = dex_promise_new ();

  g_timeout_add_full (G_PRIORITY_LOW, REST_AFTER, rest_cb, dex_ref (promise), dex_unref);
  return DEX_FUTURE (promise);
}

/* A list whose first rows could not be read is not there yet: it must not look like an empty one.
 */
static void
list (StallQueryModel *self, guint stamp, GCancellable *cancellable)
{
  guint n_read = 0;

  self->stale = FALSE;
  if (self->loading)
    {
      if (!await_list (self, FIRST_ROWS, stamp, cancellable, &n_read))
        return;
      set_loading (self, FALSE);
      if (n_read < FIRST_ROWS)
        return;
      dex_await (wait_for_rest (), NULL);
      if (stamp != self->stamp)
        return;
    }
  await_list (self, 0, stamp, cancellable, &n_read);
}

static DexFuture *
list_fiber (gpointer data)
{
  Listing *listing = data;
  StallQueryModel *self = listing->model;

  if (listing->stamp == self->stamp)
    list (self, listing->stamp, listing->cancellable);
  if (listing->stamp == self->stamp)
    {
      if (self->failure == NULL)
        set_complete (self, TRUE);
      g_clear_object (&self->listing);
      if (self->stale)
        refresh (self);
    }
  end_read (self);
  return dex_future_new_true ();
}

static void
start_listing (StallQueryModel *self)
{
  Listing *listing = g_new0 (Listing, 1);

  self->listing = g_cancellable_new ();
  listing->model = g_object_ref (self);
  listing->cancellable = g_object_ref (self->listing);
  listing->stamp = self->stamp;
  begin_read (self);
  stall_spawn (list_fiber, listing, listing_free);
}

/* The same query again, after the store changed. One at a time: what changes meanwhile is read
 * after it. */
static void
refresh (StallQueryModel *self)
{
  if (self->listing != NULL)
    {
      self->stale = TRUE;
      return;
    }
  start_listing (self);
  if (self->query->list != STALL_LIST_LEDGER)
    reread_rows (self);
}

static void
changed_cb (StallStore *store, guint kinds, StallQueryModel *self)
{
  if (self->query != NULL)
    refresh (self);
}

/* --- GListModel --- */

static GType
get_item_type (GListModel *model)
{
  return STALL_TYPE_ROW;
}

static guint
get_n_items (GListModel *model)
{
  return get_length (STALL_QUERY_MODEL (model));
}

static gpointer
get_item (GListModel *model, guint position)
{
  StallQueryModel *self = STALL_QUERY_MODEL (model);
  gint64 number;
  StallRow *row;

  if (position >= get_length (self))
    return NULL;
  number = get_number (self, position);
  row = g_hash_table_lookup (self->rows, &number);
  if (row != NULL)
    return g_object_ref (row);
  row = stall_row_new (self->query->list, number);
  add_row (self, row);
  if (self->query->list != STALL_LIST_LEDGER)
    want (self, number);
  return row;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

/* --- GObject --- */

static void
stall_query_model_finalize (GObject *object)
{
  StallQueryModel *self = STALL_QUERY_MODEL (object);

  forget_rows (self);
  g_clear_pointer (&self->whole, g_ptr_array_unref);
  g_hash_table_unref (self->rows);
  stall_numbers_unref (self->numbers);
  g_clear_pointer (&self->former, stall_numbers_unref);
  g_array_unref (self->wanted);
  g_ptr_array_unref (self->settling);
  g_clear_pointer (&self->query, stall_query_free);
  g_clear_error (&self->failure);
  g_clear_object (&self->listing);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (stall_query_model_parent_class)->finalize (object);
}

static void
stall_query_model_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  StallQueryModel *self = STALL_QUERY_MODEL (object);

  switch (id)
    {
    case PROP_COMPLETE:
      g_value_set_boolean (value, self->complete);
      break;
    case PROP_FAILED:
      g_value_set_boolean (value, self->failure != NULL);
      break;
    case PROP_LOADING:
      g_value_set_boolean (value, self->loading);
      break;
    case PROP_N_ITEMS:
      g_value_set_uint (value, get_length (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
stall_query_model_class_init (StallQueryModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = stall_query_model_finalize;
  object_class->get_property = stall_query_model_get_property;

  /**
   * StallQueryModel:complete:
   *
   * Whether all rows of the query are there, and not only the first of them.
   */
  properties[PROP_COMPLETE]
      = g_param_spec_boolean ("complete", NULL, NULL, FALSE,
                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);

  /**
   * StallQueryModel:failed:
   *
   * Whether the list could not be read the last time; see stall_query_model_get_failure().
   */
  properties[PROP_FAILED]
      = g_param_spec_boolean ("failed", NULL, NULL, FALSE,
                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);

  /**
   * StallQueryModel:loading:
   *
   * Whether the first rows of a new query are not there yet, because they are being read or could
   * not be read. They are read again when the store changes.
   */
  properties[PROP_LOADING]
      = g_param_spec_boolean ("loading", NULL, NULL, FALSE,
                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);

  /**
   * StallQueryModel:n-items:
   *
   * How many rows the list has.
   */
  properties[PROP_N_ITEMS]
      = g_param_spec_uint ("n-items", NULL, NULL, 0, G_MAXUINT, 0,
                           G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
stall_query_model_init (StallQueryModel *self)
{
  self->numbers = stall_numbers_new ();
  self->wanted = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->rows = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->settling = g_ptr_array_new_with_free_func (dex_unref);
}

/**
 * stall_query_model_new:
 * @store: a store
 *
 * Returns: (transfer full): an empty model, until it is given a query
 */
StallQueryModel *
stall_query_model_new (StallStore *store)
{
  StallQueryModel *self = g_object_new (STALL_TYPE_QUERY_MODEL, NULL);

  self->store = g_object_ref (store);
  g_signal_connect_object (store, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_DEFAULT);
  return self;
}

/* What was taken in a period is in the row. */
static gboolean
has_same_rows (const StallQuery *a, const StallQuery *b)
{
  return a->list == b->list && a->paid_from == b->paid_from && a->paid_until == b->paid_until;
}

/**
 * stall_query_model_set_query:
 * @self: a model
 * @query: what to list
 *
 * Shows another list. The old one goes at once; the first rows of the new one come as soon as they
 * are read, whatever the length of the rest. The read of an overtaken query is cancelled.
 */
void
stall_query_model_set_query (StallQueryModel *self, const StallQuery *query)
{
  guint n_items;

  g_return_if_fail (STALL_IS_QUERY_MODEL (self));
  g_return_if_fail (query != NULL);

  if (self->query != NULL && stall_query_equal (self->query, query))
    return;
  n_items = get_length (self);
  self->stamp++;
  if (self->listing != NULL)
    g_cancellable_cancel (self->listing);
  g_clear_object (&self->listing);
  if (self->query == NULL || !has_same_rows (self->query, query))
    forget_rows (self);
  g_clear_pointer (&self->whole, g_ptr_array_unref);
  g_clear_pointer (&self->query, stall_query_free);
  self->query = stall_query_copy (query);
  g_clear_pointer (&self->former, stall_numbers_unref);
  stall_numbers_unref (self->numbers);
  self->numbers = stall_numbers_new ();
  set_failure (self, NULL);
  set_loading (self, TRUE);
  set_complete (self, FALSE);
  if (n_items > 0)
    {
      g_list_model_items_changed (G_LIST_MODEL (self), 0, n_items, 0);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_ITEMS]);
    }
  start_listing (self);
}

const StallQuery *
stall_query_model_get_query (StallQueryModel *self)
{
  g_return_val_if_fail (STALL_IS_QUERY_MODEL (self), NULL);

  return self->query;
}

gboolean
stall_query_model_get_loading (StallQueryModel *self)
{
  g_return_val_if_fail (STALL_IS_QUERY_MODEL (self), FALSE);

  return self->loading;
}

gboolean
stall_query_model_get_complete (StallQueryModel *self)
{
  g_return_val_if_fail (STALL_IS_QUERY_MODEL (self), FALSE);

  return self->complete;
}

/**
 * stall_query_model_get_failure:
 * @self: a model
 *
 * Returns: (transfer none) (nullable): why the list could not be read the last time
 */
const GError *
stall_query_model_get_failure (StallQueryModel *self)
{
  g_return_val_if_fail (STALL_IS_QUERY_MODEL (self), NULL);

  return self->failure;
}

/**
 * stall_query_model_retry:
 * @self: a model
 *
 * Reads the list once more.
 */
void
stall_query_model_retry (StallQueryModel *self)
{
  g_return_if_fail (STALL_IS_QUERY_MODEL (self));

  if (self->query != NULL)
    refresh (self);
}

/**
 * stall_query_model_settle:
 * @self: a model
 *
 * Returns: (transfer full): a future that resolves to %TRUE when no read of this model is under
 *   way; it says why when the list could not be read
 */
DexFuture *
stall_query_model_settle (StallQueryModel *self)
{
  DexPromise *promise;

  dex_return_error_if_fail (STALL_IS_QUERY_MODEL (self));

  if (self->n_reads == 0)
    return self->failure != NULL ? dex_future_new_for_error (g_error_copy (self->failure))
                                 : dex_future_new_true ();
  promise = dex_promise_new ();
  g_ptr_array_add (self->settling, dex_ref (promise));
  return DEX_FUTURE (promise);
}
