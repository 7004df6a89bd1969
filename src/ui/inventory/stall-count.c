/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-count.h"

#include "stall-async.h"
#include "stall-figures.h"
#include "stall-format.h"
#include "stall-json.h"
#include "stall-movement.h"
#include "stall-product-words.h"
#include "stall-query-model.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#define DRAFT "counts-draft.json"
#define STOCK_KINDS \
  ((1u << STALL_KIND_MOVEMENT) | (1u << STALL_KIND_ORDER) | (1u << STALL_KIND_EVENT))

struct _StallCount
{
  GObject parent_instance;

  StallDesk *desk;
  char *place; /* NULL: not started */
  StallTime started_at;
  GListStore *entries;    /* StallCountEntry, the last counted first */
  GHashTable *by_variant; /* its id → the entry */
  GtkStringList *unknown; /* codes, one for each scan of them */
  gboolean writing;
  gboolean draft_is_old;
};

typedef struct
{
  char *path;
  char *text; /* NULL: no draft any more */
} Draft;

typedef struct
{
  StallCount *count;
  char *code;
  StallVariantRow *variant;
  StallCountEntry *entry;
} Step;

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StallCount, stall_count, G_TYPE_OBJECT)

static Step *
step_new (StallCount *self)
{
  Step *step = g_new0 (Step, 1);

  step->count = g_object_ref (self);
  return step;
}

static void
step_free (Step *step)
{
  g_object_unref (step->count);
  g_clear_object (&step->variant);
  g_clear_object (&step->entry);
  g_free (step->code);
  g_free (step);
}

static StallStore *
get_store (StallCount *self)
{
  return stall_desk_get_store (self->desk);
}

/* --- the draft --- */

static char *
dup_draft_path (StallCount *self)
{
  return g_build_filename (stall_store_get_folder (get_store (self)), DRAFT, NULL);
}

static char *
write_draft_text (StallCount *self)
{
  StallJsonWriter writer;
  g_autoptr (GBytes) bytes = NULL;
  gsize size;
  const char *text;

  stall_json_writer_init (&writer, 4096);
  stall_json_writer_begin_object (&writer, NULL);
  stall_json_writer_string (&writer, "place", self->place);
  stall_json_writer_int (&writer, "started_at", self->started_at);
  stall_json_writer_begin_array (&writer, "counted");
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->entries)); i++)
    {
      g_autoptr (StallCountEntry) entry = g_list_model_get_item (G_LIST_MODEL (self->entries), i);

      stall_json_writer_begin_object (&writer, NULL);
      stall_json_writer_string (&writer, "variant",
                                stall_variant_row_get_id (stall_count_entry_get_variant (entry)));
      stall_json_writer_int (&writer, "pieces", stall_count_entry_get_counted (entry));
      stall_json_writer_int (&writer, "at", stall_count_entry_get_at (entry));
      stall_json_writer_end_object (&writer);
    }
  stall_json_writer_end_array (&writer);
  stall_json_writer_begin_array (&writer, "unknown");
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->unknown)); i++)
    stall_json_writer_string (&writer, NULL, gtk_string_list_get_string (self->unknown, i));
  stall_json_writer_end_array (&writer);
  stall_json_writer_end_object (&writer);
  bytes = stall_json_writer_end (&writer);
  text = g_bytes_get_data (bytes, &size);
  return g_strndup (text, size);
}

static void
draft_free (Draft *draft)
{
  g_free (draft->path);
  g_free (draft->text);
  g_free (draft);
}

static DexFuture *
write_draft_job (gpointer data)
{
  Draft *draft = data;
  g_autoptr (GError) error = NULL;

  if (draft->text == NULL)
    g_unlink (draft->path);
  else if (!g_file_set_contents_full (draft->path, draft->text, -1,
                                      G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                      0600, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  return dex_future_new_true ();
}

static DexFuture *
write_draft_fiber (gpointer data)
{
  StallCount *self = data;

  while (self->draft_is_old)
    {
      g_autoptr (GError) error = NULL;
      Draft *draft = g_new0 (Draft, 1);

      self->draft_is_old = FALSE;
      draft->path = dup_draft_path (self);
      draft->text = self->place != NULL ? write_draft_text (self) : NULL;
      if (!dex_await (stall_run_in_thread (write_draft_job, draft, (GDestroyNotify) draft_free),
                      &error))
        stall_desk_report (self->desk, error);
    }
  self->writing = FALSE;
  return dex_future_new_true ();
}

/* One write at a time, so that an older draft never comes after a newer one. */
static void
changed (StallCount *self)
{
  self->draft_is_old = TRUE;
  if (!self->writing)
    {
      self->writing = TRUE;
      stall_spawn (write_draft_fiber, g_object_ref (self), g_object_unref);
    }
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* --- entries --- */

static DexFuture *
expected_fiber (gpointer data)
{
  Step *step = data;
  StallCount *self = step->count;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) stock = dex_await_boxed (
      stall_store_place_stock (
          get_store (self), stall_variant_row_get_id (stall_count_entry_get_variant (step->entry))),
      &error);
  int expected = 0;

  if (stock == NULL)
    {
      stall_desk_report (self->desk, error);
      return dex_future_new_true ();
    }
  for (guint i = 0; i < stock->len; i++)
    {
      StallPlaceStock *place = g_ptr_array_index (stock, i);

      if (g_strcmp0 (place->place, self->place) == 0)
        expected = place->on_hand;
    }
  stall_count_entry_set_expected (step->entry, expected);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  return dex_future_new_true ();
}

static void
read_expected (StallCount *self, StallCountEntry *entry)
{
  Step *step = step_new (self);

  step->entry = g_object_ref (entry);
  stall_spawn (expected_fiber, step, (GDestroyNotify) step_free);
}

static void
store_changed_cb (StallCount *self, guint kinds)
{
  if ((kinds & STOCK_KINDS) == 0)
    return;
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->entries)); i++)
    {
      g_autoptr (StallCountEntry) entry = g_list_model_get_item (G_LIST_MODEL (self->entries), i);

      read_expected (self, entry);
    }
}

static StallCountEntry *
insert_entry (StallCount *self, StallVariantRow *variant, guint position)
{
  g_autoptr (StallCountEntry) entry = stall_count_entry_new (variant);

  g_list_store_insert (self->entries, position, entry);
  g_hash_table_replace (self->by_variant, g_strdup (stall_variant_row_get_id (variant)), entry);
  read_expected (self, entry);
  return entry; /* the list holds it */
}

static void
append_entry (StallCount *self, StallVariantRow *variant, int pieces, StallTime at)
{
  StallCountEntry *entry
      = insert_entry (self, variant, g_list_model_get_n_items (G_LIST_MODEL (self->entries)));

  stall_count_entry_set_counted (entry, pieces, at);
}

/* --- taking up a draft --- */

static void
take_draft (StallCount *self, JsonObject *root, GListModel *variants)
{
  JsonArray *counted = stall_json_get_array (root, "counted");
  g_auto (GStrv) unknown = stall_json_get_strv (root, "unknown");

  self->place = g_strdup (stall_json_get_string (root, "place", STALL_PLACE_WORKSHOP));
  self->started_at = stall_json_get_int (root, "started_at", stall_time_now ());
  for (guint i = 0; counted != NULL && i < json_array_get_length (counted); i++)
    {
      JsonNode *node = json_array_get_element (counted, i);
      JsonObject *line = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      const char *id = line != NULL ? stall_json_get_string (line, "variant", "") : "";

      for (guint j = 0; j < g_list_model_get_n_items (variants); j++)
        {
          g_autoptr (StallVariantRow) variant = g_list_model_get_item (variants, j);

          if (g_strcmp0 (stall_variant_row_get_id (variant), id) == 0)
            append_entry (self, variant,
                          (int) CLAMP (stall_json_get_int (line, "pieces", 0), 0, G_MAXINT),
                          stall_json_get_int (line, "at", self->started_at));
        }
    }
  for (guint i = 0; unknown != NULL && unknown[i] != NULL; i++)
    gtk_string_list_append (self->unknown, unknown[i]);
}

static GStrv
list_variants (JsonObject *root)
{
  JsonArray *counted = stall_json_get_array (root, "counted");
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  for (guint i = 0; counted != NULL && i < json_array_get_length (counted); i++)
    {
      JsonNode *node = json_array_get_element (counted, i);

      if (JSON_NODE_HOLDS_OBJECT (node))
        g_strv_builder_add (ids,
                            stall_json_get_string (json_node_get_object (node), "variant", ""));
    }
  return g_strv_builder_end (ids);
}

static DexFuture *
resume_fiber (gpointer data)
{
  StallCount *self = data;
  g_autofree char *path = dup_draft_path (self);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = dex_await_boxed (dex_file_load_contents_bytes (file), &error);
  g_autoptr (JsonObject) root = NULL;
  g_autoptr (GListModel) variants = NULL;
  g_auto (GStrv) ids = NULL;

  if (bytes == NULL)
    return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND)
               ? dex_future_new_false ()
               : dex_future_new_for_error (g_steal_pointer (&error));
  root = stall_json_parse_object (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes),
                                  &error);
  if (root == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  ids = list_variants (root);
  variants = dex_await_object (
      stall_store_variant_rows (get_store (self), (const char *const *) ids), &error);
  if (variants == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  if (self->place == NULL)
    take_draft (self, root, variants);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  return dex_future_new_true ();
}

/* --- scanning --- */

static DexFuture *
scan_fiber (gpointer data)
{
  Step *step = data;
  StallCount *self = step->count;
  g_autoptr (GError) error = NULL;
  g_autoptr (StallVariantRow) variant
      = dex_await_object (stall_store_find_variant (get_store (self), step->code), &error);

  if (self->place == NULL)
    return dex_future_new_false ();
  if (variant != NULL)
    {
      stall_count_add (self, variant, 1);
      return dex_future_new_true ();
    }
  if (!g_error_matches (error, STALL_ERROR, STALL_ERROR_NOT_FOUND))
    return dex_future_new_for_error (g_steal_pointer (&error));
  gtk_string_list_append (self->unknown, step->code);
  changed (self);
  return dex_future_new_false ();
}

/* The code becomes the variant's barcode, so that it is known from now on. */
static DexFuture *
assign_fiber (gpointer data)
{
  Step *step = data;
  StallCount *self = step->count;
  g_autoptr (GError) error = NULL;
  g_autoptr (StallDocument) document = dex_await_object (
      stall_store_load (get_store (self), stall_variant_row_get_product_id (step->variant)),
      &error);
  g_autoptr (StallProduct) product
      = document != NULL ? stall_product_new_from_document (document, &error) : NULL;
  StallVariant *variant
      = product != NULL
            ? stall_product_find_variant (product, stall_variant_row_get_id (step->variant))
            : NULL;
  g_autoptr (StallDocument) edited = NULL;
  g_autoptr (StallChangeSet) changes = NULL;
  g_autoptr (StallReceipt) receipt = NULL;
  g_autofree char *label = NULL;
  int pieces = 0;

  if (variant == NULL)
    return error != NULL ? dex_future_new_for_error (g_steal_pointer (&error))
                         : dex_future_new_false ();
  stall_variant_set_barcode (variant, step->code);
  label = g_strdup_printf (_ ("Assign the code %s"), step->code);
  changes = stall_change_set_new (label);
  edited = stall_product_to_document (product, stall_desk_get_device (self->desk));
  stall_change_set_put (changes, edited);
  receipt = dex_await_boxed (stall_desk_apply (self->desk, changes), &error);
  if (receipt == NULL)
    return dex_future_new_false (); /* the desk has said why */
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->unknown)); i++)
    pieces += g_str_equal (gtk_string_list_get_string (self->unknown, i), step->code);
  stall_count_dismiss (self, step->code);
  stall_count_add (self, step->variant, pieces);
  return dex_future_new_true ();
}

/* --- the end --- */

static DexFuture *
apply_fiber (gpointer data)
{
  StallCount *self = data;
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->entries));
  g_autofree char *variants = stall_product_words_n_variants (n);
  g_autofree char *place = stall_format_place (self->place);
  /* Translators: the place, and how many variants were counted there */
  g_autofree char *label = g_strdup_printf (_ ("Count of %s: %s"), place, variants);
  g_autoptr (StallChangeSet) changes = stall_change_set_new (label);
  g_autoptr (StallReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (StallCountEntry) entry = g_list_model_get_item (G_LIST_MODEL (self->entries), i);
      g_autoptr (StallMovement) movement = stall_movement_new_count (
          stall_variant_row_get_id (stall_count_entry_get_variant (entry)), self->place,
          stall_count_entry_get_counted (entry), stall_count_entry_get_at (entry));
      g_autoptr (StallDocument) document
          = stall_movement_to_document (movement, stall_desk_get_device (self->desk));

      stall_change_set_put (changes, document);
    }
  receipt = dex_await_boxed (stall_desk_apply (self->desk, changes), &error);
  if (receipt == NULL)
    return dex_future_new_false (); /* the desk has said why; the count stays */
  stall_count_discard (self);
  return dex_future_new_true ();
}

static void
stall_count_finalize (GObject *object)
{
  StallCount *self = STALL_COUNT (object);

  g_clear_object (&self->desk);
  g_hash_table_unref (self->by_variant);
  g_clear_object (&self->entries);
  g_clear_object (&self->unknown);
  g_free (self->place);

  G_OBJECT_CLASS (stall_count_parent_class)->finalize (object);
}

static void
stall_count_class_init (StallCountClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = stall_count_finalize;

  /**
   * StallCount::changed:
   *
   * Something was counted, taken away, started or ended.
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", STALL_TYPE_COUNT, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 0);
}

static void
stall_count_init (StallCount *self)
{
  self->entries = g_list_store_new (STALL_TYPE_COUNT_ENTRY);
  self->by_variant = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->unknown = gtk_string_list_new (NULL);
}

/**
 * stall_count_new:
 * @desk: whose stall is counted
 *
 * Returns: (transfer full): a count that has not started
 */
StallCount *
stall_count_new (StallDesk *desk)
{
  StallCount *self;

  g_return_val_if_fail (STALL_IS_DESK (desk), NULL);

  self = g_object_new (STALL_TYPE_COUNT, NULL);
  self->desk = g_object_ref (desk);
  g_signal_connect_object (get_store (self), "changed", G_CALLBACK (store_changed_cb), self,
                           G_CONNECT_SWAPPED);
  return self;
}

/**
 * stall_count_resume:
 * @self: a count that has not started
 *
 * Takes up the draft of a count that was not finished.
 *
 * Returns: (transfer full): a future of whether there was one
 */
DexFuture *
stall_count_resume (StallCount *self)
{
  dex_return_error_if_fail (STALL_IS_COUNT (self));

  return stall_async (resume_fiber, g_object_ref (self), g_object_unref);
}

/**
 * stall_count_start:
 * @self: a count that has not started
 * @place: what is counted there
 */
void
stall_count_start (StallCount *self, const char *place)
{
  g_return_if_fail (STALL_IS_COUNT (self));
  g_return_if_fail (self->place == NULL && place != NULL);

  self->place = g_strdup (place);
  self->started_at = stall_time_now ();
  changed (self);
}

/**
 * stall_count_get_started:
 * @self: a count
 *
 * Returns: whether it was started and has not ended
 */
gboolean
stall_count_get_started (StallCount *self)
{
  g_return_val_if_fail (STALL_IS_COUNT (self), FALSE);

  return self->place != NULL;
}

/**
 * stall_count_get_place:
 * @self: a count
 *
 * Returns: (transfer none) (nullable): where; %NULL while it is not started
 */
const char *
stall_count_get_place (StallCount *self)
{
  g_return_val_if_fail (STALL_IS_COUNT (self), NULL);

  return self->place;
}

/**
 * stall_count_get_entries:
 * @self: a count
 *
 * Returns: (transfer none): #StallCountEntry, the last scanned first
 */
GListModel *
stall_count_get_entries (StallCount *self)
{
  g_return_val_if_fail (STALL_IS_COUNT (self), NULL);

  return G_LIST_MODEL (self->entries);
}

/**
 * stall_count_get_unknown:
 * @self: a count
 *
 * Returns: (transfer none): #GtkStringObject of codes no variant has, one for each time they were
 * scanned
 */
GListModel *
stall_count_get_unknown (StallCount *self)
{
  g_return_val_if_fail (STALL_IS_COUNT (self), NULL);

  return G_LIST_MODEL (self->unknown);
}

/**
 * stall_count_get_pieces:
 * @self: a count
 *
 * Returns: pieces counted in all
 */
gint64
stall_count_get_pieces (StallCount *self)
{
  gint64 pieces = 0;

  g_return_val_if_fail (STALL_IS_COUNT (self), 0);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->entries)); i++)
    {
      g_autoptr (StallCountEntry) entry = g_list_model_get_item (G_LIST_MODEL (self->entries), i);

      pieces += stall_count_entry_get_counted (entry);
    }
  return pieces;
}

/**
 * stall_count_scan:
 * @self: a started count
 * @code: a barcode or SKU
 *
 * Counts one more of what @code stands for, or notes it as unknown.
 *
 * Returns: (transfer full): a future of whether it is known
 */
DexFuture *
stall_count_scan (StallCount *self, const char *code)
{
  Step *step;

  dex_return_error_if_fail (STALL_IS_COUNT (self));
  dex_return_error_if_fail (code != NULL && self->place != NULL);

  step = step_new (self);
  step->code = g_strstrip (g_strdup (code));
  return stall_async (scan_fiber, step, (GDestroyNotify) step_free);
}

/**
 * stall_count_add:
 * @self: a started count
 * @variant: what was found
 * @pieces: how many more
 *
 * Counts @pieces more and puts the variant on top.
 */
void
stall_count_add (StallCount *self, StallVariantRow *variant, int pieces)
{
  StallCountEntry *known;
  g_autoptr (StallCountEntry) entry = NULL;
  guint position = 0;

  g_return_if_fail (STALL_IS_COUNT (self));
  g_return_if_fail (STALL_IS_VARIANT_ROW (variant));

  if (stall_variant_row_get_is_kit (variant))
    {
      stall_desk_say (self->desk, _ ("A kit is not counted: count its parts"));
      return;
    }
  known = g_hash_table_lookup (self->by_variant, stall_variant_row_get_id (variant));
  entry = g_object_ref (known != NULL ? known : insert_entry (self, variant, 0));
  stall_count_entry_set_counted (entry, stall_count_entry_get_counted (entry) + pieces,
                                 stall_time_now ());
  /* The last counted is on top, and most often it is there already. */
  if (known != NULL && g_list_store_find (self->entries, entry, &position) && position > 0)
    {
      g_list_store_remove (self->entries, position);
      g_list_store_insert (self->entries, 0, entry);
    }
  changed (self);
}

/**
 * stall_count_set:
 * @self: a started count
 * @entry: one of its entries
 * @pieces: how many there are
 */
void
stall_count_set (StallCount *self, StallCountEntry *entry, int pieces)
{
  g_return_if_fail (STALL_IS_COUNT (self));
  g_return_if_fail (STALL_IS_COUNT_ENTRY (entry));

  if (stall_count_entry_get_counted (entry) == pieces)
    return;
  stall_count_entry_set_counted (entry, pieces, stall_time_now ());
  changed (self);
}

/**
 * stall_count_remove:
 * @self: a started count
 * @entry: one of its entries, not to be counted after all
 */
void
stall_count_remove (StallCount *self, StallCountEntry *entry)
{
  guint position;

  g_return_if_fail (STALL_IS_COUNT (self));

  if (!g_list_store_find (self->entries, entry, &position))
    return;
  g_hash_table_remove (self->by_variant,
                       stall_variant_row_get_id (stall_count_entry_get_variant (entry)));
  g_list_store_remove (self->entries, position);
  changed (self);
}

/**
 * stall_count_dismiss:
 * @self: a started count
 * @code: a code no variant has, to be forgotten
 */
void
stall_count_dismiss (StallCount *self, const char *code)
{
  g_return_if_fail (STALL_IS_COUNT (self));

  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->unknown)); i > 0; i--)
    if (g_strcmp0 (gtk_string_list_get_string (self->unknown, i - 1), code) == 0)
      gtk_string_list_remove (self->unknown, i - 1);
  changed (self);
}

/**
 * stall_count_assign:
 * @self: a started count
 * @code: a code no variant has
 * @variant: whose barcode it becomes
 *
 * Counts what was scanned under @code as pieces of @variant, and remembers the code for it.
 *
 * Returns: (transfer full): a future of a boolean
 */
DexFuture *
stall_count_assign (StallCount *self, const char *code, StallVariantRow *variant)
{
  Step *step;

  dex_return_error_if_fail (STALL_IS_COUNT (self));
  dex_return_error_if_fail (code != NULL && STALL_IS_VARIANT_ROW (variant));

  step = step_new (self);
  step->code = g_strdup (code);
  step->variant = g_object_ref (variant);
  return stall_async (assign_fiber, step, (GDestroyNotify) step_free);
}

/**
 * stall_count_apply:
 * @self: a started count
 *
 * Writes all that was counted as one change set and ends the count.
 *
 * Returns: (transfer full): a future of whether it was written; if not, the count goes on
 */
DexFuture *
stall_count_apply (StallCount *self)
{
  dex_return_error_if_fail (STALL_IS_COUNT (self));
  dex_return_error_if_fail (self->place != NULL);

  return stall_async (apply_fiber, g_object_ref (self), g_object_unref);
}

/**
 * stall_count_discard:
 * @self: a count
 *
 * Ends the count without writing anything, and forgets its draft.
 */
void
stall_count_discard (StallCount *self)
{
  g_return_if_fail (STALL_IS_COUNT (self));

  g_clear_pointer (&self->place, g_free);
  g_hash_table_remove_all (self->by_variant);
  g_list_store_remove_all (self->entries);
  gtk_string_list_splice (self->unknown, 0, g_list_model_get_n_items (G_LIST_MODEL (self->unknown)),
                          NULL);
  changed (self);
}
