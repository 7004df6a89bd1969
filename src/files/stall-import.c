/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-files"

#include "config.h"

#include "stall-import-private.h"
#include "stall-preset-private.h"

#include "stall-async.h"
#include "stall-error.h"
#include "stall-profile.h"

#include <glib/gi18n-lib.h>

#define HEAD_ROWS 12
/* Rows that a preview reads. */
#define PREVIEW_ROWS 100
/* How often the progress is told. */
#define PROGRESS_MILLISECONDS 100

struct _StallImport
{
  GObject parent_instance;

  StallStore *store;
  StallImportKind kind;
  gboolean unknown; /* the kind is what the columns say */
  GFile *file;
  char *encoding;
  char separator;
  GStrv columns;
  StallImportDialect dialect;
  StallPreset *preset;
  gboolean guessed; /* nobody has looked at the preset yet */
  gboolean undoable;
  gboolean strict;
  StallImportReport *report; /* of the last run; NULL before */
  GCancellable *cancellable;
  double progress;
};

G_DEFINE_FINAL_TYPE (StallImport, stall_import, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_PROGRESS,
  N_PROPS
};
static GParamSpec *properties[N_PROPS];

static void
set_progress (StallImport *self, double progress)
{
  if (self->progress == progress)
    return;
  self->progress = progress;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROGRESS]);
}

typedef struct
{
  StallImport *import; /* unowned: the fiber that waits holds it */
  StallImportJob *job;
} Watch;

static gboolean
watch_cb (gpointer data)
{
  Watch *watch = data;

  set_progress (watch->import, g_atomic_int_get (&watch->job->permille) / 1000.0);
  return G_SOURCE_CONTINUE;
}

static gboolean
load_profile (StallImport *self, StallImportJob *job, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (StallDocument) document
      = dex_await_object (stall_store_load (self->store, STALL_PROFILE_ID), &local_error);
  g_autoptr (StallProfile) profile = NULL;

  if (document != NULL)
    profile = stall_profile_new_from_document (document, error);
  else if (g_error_matches (local_error, STALL_ERROR, STALL_ERROR_NOT_FOUND))
    profile = stall_profile_new ();
  else
    g_propagate_error (error, g_steal_pointer (&local_error));
  if (profile == NULL)
    return FALSE;
  job->ship_days = stall_profile_get_ship_days (profile);
  job->currency = g_strdup (stall_profile_get_currency (profile));
  if (self->preset != NULL && stall_preset_get_currency (self->preset) != NULL)
    g_set_str (&job->currency, stall_preset_get_currency (self->preset));
  if (document == NULL && self->kind == STALL_IMPORT_ORDERS)
    {
      /* A stall that begins with this import reckons in the money of its file. */
      stall_profile_set_currency (profile, job->currency);
      job->first_profile = g_steal_pointer (&profile);
    }
  return TRUE;
}

/* In a fiber. */
static StallImportJob *
make_job (StallImport *self, GError **error)
{
  g_autoptr (StallImportJob) job = stall_import_job_new ();

  if (self->columns == NULL)
    {
      g_set_error_literal (error, STALL_ERROR, STALL_ERROR_FAILED, _ ("Choose a file first."));
      return NULL;
    }
  if (self->kind == STALL_IMPORT_ORDERS
      && !stall_preset_check (self->preset, (const char *const *) self->columns, error))
    return NULL;
  if (!load_profile (self, job, error))
    return NULL;
  job->catalog = dex_await_boxed (
      stall_catalog_load (self->store, self->kind == STALL_IMPORT_ORDERS), error);
  if (job->catalog == NULL)
    return NULL;
  job->file = g_object_ref (self->file);
  job->encoding = g_strdup (self->encoding);
  job->separator = self->separator;
  job->guessed = self->guessed;
  job->dialect = self->dialect;
  job->preset = self->preset != NULL ? stall_preset_freeze (self->preset) : NULL;
  job->device = g_strdup (stall_store_get_device (self->store));
  job->now = stall_time_now ();
  job->report = stall_import_report_new (job->currency);
  job->counts = stall_import_report_edit_counts (job->report);
  job->cancellable = g_object_ref (self->cancellable);
  return g_steal_pointer (&job);
}

/* A movement never changes, so one that is there is the same. In a fiber. */
static gboolean
find_present_movements (StallImport *self, StallImportJob *job, GError **error)
{
  g_autoptr (GError) count_error = NULL;
  gint64 n_stored
      = dex_await_int64 (stall_store_count (self->store, STALL_KIND_MOVEMENT), &count_error);

  if (count_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&count_error));
      return FALSE;
    }
  for (guint i = 0; n_stored > 0 && i < job->movements->len; i++)
    {
      const char *id = stall_movement_get_id (g_ptr_array_index (job->movements, i));
      g_autoptr (GError) local_error = NULL;
      g_autoptr (StallDocument) document
          = dex_await_object (stall_store_load (self->store, id), &local_error);

      if (document != NULL)
        {
          job->counts->movements--;
          job->counts->present++;
          if (self->kind == STALL_IMPORT_STOCK)
            stall_import_job_warn (job, g_array_index (job->movement_lines, guint, i),
                                   _ ("This row was applied already. Export a new stock sheet to "
                                      "change its stock again."));
        }
      else if (!g_error_matches (local_error, STALL_ERROR, STALL_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      if (g_cancellable_set_error_if_cancelled (job->cancellable, error))
        return FALSE;
    }
  return TRUE;
}

static GPtrArray *
pop_from_pipe (gpointer data, GError **error)
{
  return stall_import_pipe_pop (data, error);
}

static void
close_pipe (gpointer data)
{
  stall_import_pipe_close (data);
  stall_import_pipe_unref (data);
}

/* Waits for the reading thread, and tells how far it is meanwhile. In a fiber. */
static gboolean
watch_work (StallImport *self, StallImportJob *job, DexFuture *work, GError **error)
{
  Watch watch = { self, job };
  guint source = g_timeout_add (PROGRESS_MILLISECONDS, watch_cb, &watch);
  gboolean ok = dex_await (work, error);

  g_source_remove (source);
  return ok;
}

static DexFuture *
dry_run_fiber (gpointer data)
{
  StallImport *self = data;
  GError *error = NULL;
  g_autoptr (StallImportJob) job = make_job (self, &error);

  if (job == NULL)
    return dex_future_new_for_error (error);
  if (!watch_work (self, job, stall_import_job_start (job, self->kind), &error)
      || !find_present_movements (self, job, &error))
    return dex_future_new_for_error (error);
  set_progress (self, 1);
  return dex_future_new_take_object (g_object_ref (job->report));
}

static DexFuture *
preview_fiber (gpointer data)
{
  StallImport *self = data;
  GError *error = NULL;
  g_autoptr (StallImportJob) job = make_job (self, &error);

  if (job == NULL)
    return dex_future_new_for_error (error);
  job->max_rows = PREVIEW_ROWS;
  if (!dex_await (stall_import_job_start (job, self->kind), &error))
    return dex_future_new_for_error (error);
  return dex_future_new_take_object (g_object_ref (job->report));
}

/* Everything but stock goes straight from the file into the store. In a fiber. */
static StallReceipt *
run_through_pipe (StallImport *self, StallImportJob *job, const char *label, GError **error)
{
  g_autoptr (StallChangeSet) changes = NULL;
  Watch watch = { self, job };
  StallReceipt *receipt;
  DexFuture *work;
  guint source;

  job->pipe = stall_import_pipe_new ();
  changes = stall_change_set_new_from_source (label, pop_from_pipe,
                                              stall_import_pipe_ref (job->pipe), close_pipe);
  stall_change_set_set_cancellable (changes, job->cancellable);
  stall_change_set_set_undoable (changes, self->undoable);
  if (job->first_profile != NULL)
    stall_import_job_put (job, stall_profile_to_document (job->first_profile, job->device));
  source = g_timeout_add (PROGRESS_MILLISECONDS, watch_cb, &watch);
  work = stall_import_job_start (job, self->kind);
  receipt = dex_await_boxed (stall_store_apply (self->store, changes), error);
  /* Whatever the store did, the reading thread has to end before what it uses goes. */
  stall_import_pipe_close (job->pipe);
  dex_await (work, NULL);
  g_source_remove (source);
  return receipt;
}

/* New prices are edits of products, which are changed as they are now. In a fiber. */
static gboolean
put_edits (StallImport *self, StallImportJob *job, StallChangeSet *changes, GError **error)
{
  g_autoptr (GHashTable) products
      = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  GHashTableIter iter;
  gpointer product;

  for (guint i = 0; i < job->edits->len; i++)
    {
      StallPriceEdit *edit = g_ptr_array_index (job->edits, i);
      StallVariant *variant;

      product = g_hash_table_lookup (products, edit->product);
      if (product == NULL)
        {
          g_autoptr (StallDocument) document
              = dex_await_object (stall_store_load (self->store, edit->product), error);

          product = document != NULL ? stall_product_new_from_document (document, error) : NULL;
          if (product == NULL)
            return FALSE;
          g_hash_table_insert (products, edit->product, product);
        }
      variant = stall_product_find_variant (product, edit->variant);
      if (variant != NULL && edit->price != STALL_PRICE_NONE)
        stall_variant_set_price (variant, edit->price, job->currency);
      if (variant != NULL && edit->cost != STALL_PRICE_NONE)
        stall_variant_set_cost (variant, edit->cost, job->currency);
    }
  g_hash_table_iter_init (&iter, products);
  while (g_hash_table_iter_next (&iter, NULL, &product))
    {
      g_autoptr (StallDocument) document = stall_product_to_document (product, job->device);

      stall_change_set_put (changes, document);
    }
  return TRUE;
}

/* A stock file is no longer than the inventory, and its prices need the products. In a fiber. */
static StallReceipt *
run_stock (StallImport *self, StallImportJob *job, const char *label, GError **error)
{
  g_autoptr (StallChangeSet) changes = stall_change_set_new (label);

  stall_change_set_set_cancellable (changes, job->cancellable);
  if (!watch_work (self, job, stall_import_job_start (job, self->kind), error)
      || !put_edits (self, job, changes, error))
    return NULL;
  for (guint i = 0; i < job->movements->len; i++)
    {
      g_autoptr (StallDocument) document
          = stall_movement_to_document (g_ptr_array_index (job->movements, i), job->device);

      stall_change_set_put (changes, document);
    }
  return dex_await_boxed (stall_store_apply (self->store, changes), error);
}

static DexFuture *
run_fiber (gpointer data)
{
  StallImport *self = data;
  GError *error = NULL;
  g_autoptr (StallImportJob) job = make_job (self, &error);
  g_autoptr (StallReceipt) receipt = NULL;
  g_autofree char *name = g_file_get_basename (self->file);
  g_autofree char *display = g_filename_display_name (name);
  /* Translators: what Undo takes back; a file name */
  g_autofree char *label = g_strdup_printf (_ ("Import of “%s”"), display);

  if (job == NULL)
    return dex_future_new_for_error (error);
  job->strict = self->strict;
  g_set_object (&self->report, job->report);
  receipt = self->kind == STALL_IMPORT_STOCK ? run_stock (self, job, label, &error)
                                             : run_through_pipe (self, job, label, &error);
  if (receipt == NULL)
    return dex_future_new_for_error (error);
  set_progress (self, 1);
  return dex_future_new_take_boxed (STALL_TYPE_RECEIPT, g_steal_pointer (&receipt));
}

/* Reads the columns with the present settings, and says so when there is nothing below them. */
static gboolean
read_columns (StallImport *self, gboolean sniff, GError **error)
{
  g_autoptr (StallTextReader) text = stall_text_reader_new (self->file, self->encoding, error);
  g_autoptr (StallCsvReader) reader = NULL;
  g_autoptr (GError) local_error = NULL;

  if (text == NULL)
    return FALSE;
  g_set_str (&self->encoding, stall_text_reader_get_encoding (text));
  reader = stall_csv_reader_new (text, self->separator);
  if (sniff)
    self->separator = stall_csv_reader_sniff_separator (reader, error);
  if (self->separator == 0)
    return FALSE;
  if (stall_csv_reader_next (reader, &local_error))
    {
      g_strfreev (self->columns);
      self->columns = stall_csv_reader_dup_row (reader);
      if (stall_csv_reader_next (reader, &local_error))
        return TRUE;
    }
  if (local_error == NULL)
    g_set_error_literal (&local_error, STALL_ERROR, STALL_ERROR_INVALID,
                         _ ("The file has column names but no lines below them."));
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* The preset made for these columns, or one to fill in. */
static void
choose_preset (StallImport *self)
{
  g_autoptr (GListModel) presets = NULL;
  g_autoptr (GPtrArray) head = NULL;

  if (self->kind != STALL_IMPORT_ORDERS)
    return;
  if (self->preset != NULL && !self->guessed
      && stall_preset_fits (self->preset, (const char *const *) self->columns))
    return;
  presets = stall_preset_list (stall_store_get_folder (self->store));
  for (guint i = 0; i < g_list_model_get_n_items (presets); i++)
    {
      g_autoptr (StallPreset) preset = g_list_model_get_item (presets, i);

      if (!stall_preset_fits (preset, (const char *const *) self->columns))
        continue;
      stall_import_set_preset (self, preset);
      return;
    }
  if (self->preset != NULL && !self->guessed)
    return;
  if (self->preset == NULL)
    self->preset = stall_preset_new (NULL, _ ("New Preset"));
  head = stall_import_dup_head (self);
  stall_preset_guess (self->preset, head, self->separator);
  self->guessed = TRUE;
}

static DexFuture *
sniff_work (gpointer data)
{
  StallImport *self = data;
  GError *error = NULL;

  if (!read_columns (self, TRUE, &error))
    return dex_future_new_for_error (error);
  if (self->unknown)
    self->kind = stall_import_find_kind ((const char *const *) self->columns);
  self->dialect
      = stall_import_find_dialect (self->kind, (const char *const *) self->columns, &error);
  if (self->dialect == STALL_DIALECT_UNKNOWN)
    {
      g_clear_pointer (&self->columns, g_strfreev);
      return dex_future_new_for_error (error);
    }
  return dex_future_new_true ();
}

static DexFuture *
open_fiber (gpointer data)
{
  StallImport *self = data;
  GError *error = NULL;

  if (!dex_await (stall_run_in_thread (sniff_work, g_object_ref (self), g_object_unref), &error))
    return dex_future_new_for_error (error);
  choose_preset (self);
  return dex_future_new_true ();
}

static void
stall_import_dispose (GObject *object)
{
  StallImport *self = STALL_IMPORT (object);

  g_clear_object (&self->store);
  g_clear_object (&self->file);
  g_clear_object (&self->preset);
  g_clear_object (&self->report);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->columns, g_strfreev);
  g_clear_pointer (&self->encoding, g_free);
  G_OBJECT_CLASS (stall_import_parent_class)->dispose (object);
}

static void
stall_import_get_property (GObject *object, guint property, GValue *value, GParamSpec *pspec)
{
  if (property == PROP_PROGRESS)
    g_value_set_double (value, stall_import_get_progress (STALL_IMPORT (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
}

static void
stall_import_class_init (StallImportClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = stall_import_dispose;
  object_class->get_property = stall_import_get_property;
  properties[PROP_PROGRESS]
      = g_param_spec_double ("progress", NULL, NULL, 0, 1, 0,
                             G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
stall_import_init (StallImport *self)
{
  self->undoable = TRUE;
  self->cancellable = g_cancellable_new ();
  self->separator = ',';
}

/**
 * stall_import_new:
 * @store: the stall to import into
 * @kind: what the file holds
 * @file: a CSV file
 *
 * Creates an import that has not looked at its file yet.
 *
 * Returns: (transfer full): the import
 */
StallImport *
stall_import_new (StallStore *store, StallImportKind kind, GFile *file)
{
  g_return_val_if_fail (STALL_IS_STORE (store), NULL);
  g_return_val_if_fail (G_IS_FILE (file), NULL);

  StallImport *self = g_object_new (STALL_TYPE_IMPORT, NULL);
  self->store = g_object_ref (store);
  self->kind = kind;
  self->file = g_object_ref (file);
  return self;
}

/**
 * stall_import_new_unknown:
 * @store: the stall to import into
 * @file: a CSV file
 *
 * Creates an import of a file that says itself what it holds, once it is open.
 *
 * Returns: (transfer full): the import
 */
StallImport *
stall_import_new_unknown (StallStore *store, GFile *file)
{
  StallImport *self = stall_import_new (store, STALL_IMPORT_ORDERS, file);

  g_return_val_if_fail (self != NULL, NULL);

  self->unknown = TRUE;
  return self;
}

StallImportKind
stall_import_get_kind (StallImport *self)
{
  g_return_val_if_fail (STALL_IS_IMPORT (self), STALL_IMPORT_ORDERS);

  return self->kind;
}

/**
 * stall_import_open:
 * @self: an import
 *
 * Reads the beginning of the file: encoding, separator, columns, dialect or preset. Fails with
 * %STALL_ERROR_INVALID and a message that says what to do.
 *
 * Returns: (transfer full): a future of a boolean
 */
DexFuture *
stall_import_open (StallImport *self)
{
  dex_return_error_if_fail (STALL_IS_IMPORT (self));
  return stall_async (open_fiber, g_object_ref (self), g_object_unref);
}

/**
 * stall_import_get_dialect:
 * @self: an open import
 *
 * Gets what the file was recognised as.
 *
 * Returns: text for people
 */
const char *
stall_import_get_dialect (StallImport *self)
{
  g_return_val_if_fail (STALL_IS_IMPORT (self), NULL);

  switch (self->dialect)
    {
    case STALL_DIALECT_SHOPIFY_OLD:
    case STALL_DIALECT_SHOPIFY_NEW:
      return _ ("Shopify products");
    case STALL_DIALECT_WOOCOMMERCE:
      return _ ("WooCommerce products");
    case STALL_DIALECT_STOCK_SHEET:
      return _ ("Stock sheet of Stall");
    case STALL_DIALECT_SHOPIFY_INVENTORY:
      return _ ("Shopify inventory");
    case STALL_DIALECT_ORDERS:
      return self->guessed || stall_import_needs_mapping (self)
                 ? _ ("Orders in columns of their own")
                 : stall_preset_get_name (self->preset);
    case STALL_DIALECT_UNKNOWN:
    default:
      return "";
    }
}

const char *
stall_import_get_encoding (StallImport *self)
{
  g_return_val_if_fail (STALL_IS_IMPORT (self), NULL);
  return self->encoding;
}

/**
 * stall_import_set_encoding:
 * @self: an open import
 * @encoding: UTF-8, GB18030 or SHIFT_JIS
 *
 * Reads the file in this encoding from now on. What cannot be read in it is told by the dry run.
 */
void
stall_import_set_encoding (StallImport *self, const char *encoding)
{
  g_return_if_fail (STALL_IS_IMPORT (self));
  if (g_set_str (&self->encoding, encoding) && read_columns (self, FALSE, NULL))
    choose_preset (self);
}

/**
 * stall_import_set_undoable:
 * @self: an import of products or orders
 * @undoable: whether a person may take it back
 *
 * Every import can be undone but what a stall begins with.
 */
void
stall_import_set_undoable (StallImport *self, gboolean undoable)
{
  g_return_if_fail (STALL_IS_IMPORT (self));

  self->undoable = undoable;
}

/**
 * stall_import_set_strict:
 * @self: an import
 * @strict: whether a run writes nothing when a line has an error
 *
 * A person has seen the errors of a dry run before; a script has not. Otherwise lines with errors
 * are left out.
 */
void
stall_import_set_strict (StallImport *self, gboolean strict)
{
  g_return_if_fail (STALL_IS_IMPORT (self));
  self->strict = strict;
}

char
stall_import_get_separator (StallImport *self)
{
  g_return_val_if_fail (STALL_IS_IMPORT (self), 0);
  return self->separator;
}

/**
 * stall_import_set_separator:
 * @self: an open import
 * @separator: a comma, a semicolon or a tab
 *
 * Splits the lines at this character from now on.
 */
void
stall_import_set_separator (StallImport *self, char separator)
{
  g_return_if_fail (STALL_IS_IMPORT (self));
  g_return_if_fail (separator == ',' || separator == ';' || separator == '\t');

  if (self->separator == separator)
    return;
  self->separator = separator;
  if (read_columns (self, FALSE, NULL))
    choose_preset (self);
}

const char *const *
stall_import_get_columns (StallImport *self)
{
  g_return_val_if_fail (STALL_IS_IMPORT (self), NULL);
  return (const char *const *) self->columns;
}

/**
 * stall_import_needs_mapping:
 * @self: an open import
 *
 * Tells whether a person has to say which column is what before a dry run.
 *
 * Returns: %TRUE for orders whose preset does not fit the file's columns
 */
gboolean
stall_import_needs_mapping (StallImport *self)
{
  g_return_val_if_fail (STALL_IS_IMPORT (self), FALSE);
  return self->kind == STALL_IMPORT_ORDERS && self->columns != NULL
         && !stall_preset_check (self->preset, (const char *const *) self->columns, NULL);
}

StallPreset *
stall_import_get_preset (StallImport *self)
{
  g_return_val_if_fail (STALL_IS_IMPORT (self), NULL);
  return self->preset;
}

void
stall_import_set_preset (StallImport *self, StallPreset *preset)
{
  g_return_if_fail (STALL_IS_IMPORT (self));
  g_return_if_fail (STALL_IS_PRESET (preset));
  g_set_object (&self->preset, preset);
  self->guessed = FALSE;
}

/**
 * stall_import_dup_head:
 * @self: an open import
 *
 * Gets the first lines as cells, the names of the columns first, as read with the present settings.
 *
 * Returns: (transfer full) (element-type GStrv): at most 12 rows
 */
GPtrArray *
stall_import_dup_head (StallImport *self)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  g_autoptr (StallTextReader) text = NULL;
  g_autoptr (StallCsvReader) reader = NULL;

  g_return_val_if_fail (STALL_IS_IMPORT (self), NULL);

  text = stall_text_reader_new (self->file, self->encoding, NULL);
  if (text == NULL)
    return rows;
  reader = stall_csv_reader_new (text, self->separator);
  while (rows->len < HEAD_ROWS && stall_csv_reader_next (reader, NULL))
    g_ptr_array_add (rows, stall_csv_reader_dup_row (reader));
  return rows;
}

static void
begin (StallImport *self)
{
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  set_progress (self, 0);
}

/**
 * stall_import_preview:
 * @self: an open import
 *
 * Reads the first rows with the present settings and writes nothing: what a person looks at while
 * choosing columns. The counts are those of these rows.
 *
 * Returns: (transfer full): a future of a #StallImportReport
 */
DexFuture *
stall_import_preview (StallImport *self)
{
  dex_return_error_if_fail (STALL_IS_IMPORT (self));
  return stall_async (preview_fiber, g_object_ref (self), g_object_unref);
}

/**
 * stall_import_dry_run:
 * @self: an open import
 *
 * Reads the whole file and writes nothing. May be run again after another preset was set.
 *
 * Returns: (transfer full): a future of a #StallImportReport
 */
DexFuture *
stall_import_dry_run (StallImport *self)
{
  dex_return_error_if_fail (STALL_IS_IMPORT (self));
  begin (self);
  return stall_async (dry_run_fiber, g_object_ref (self), g_object_unref);
}

/**
 * stall_import_run:
 * @self: an open import
 *
 * Reads the whole file into the stall in one change set: all or nothing.
 *
 * Returns: (transfer full): a future of a boxed #StallReceipt
 */
DexFuture *
stall_import_run (StallImport *self)
{
  dex_return_error_if_fail (STALL_IS_IMPORT (self));
  begin (self);
  return stall_async (run_fiber, g_object_ref (self), g_object_unref);
}

/**
 * stall_import_get_report:
 * @self: an import
 *
 * Gets what the last run found in the file, also when it failed.
 *
 * Returns: (transfer none) (nullable): the report; %NULL before a run has begun to read
 */
StallImportReport *
stall_import_get_report (StallImport *self)
{
  g_return_val_if_fail (STALL_IS_IMPORT (self), NULL);
  return self->report;
}

/**
 * stall_import_cancel:
 * @self: an import
 *
 * Makes a dry run or run under way end in %G_IO_ERROR_CANCELLED, with nothing written.
 */
void
stall_import_cancel (StallImport *self)
{
  g_return_if_fail (STALL_IS_IMPORT (self));
  g_cancellable_cancel (self->cancellable);
}

double
stall_import_get_progress (StallImport *self)
{
  g_return_val_if_fail (STALL_IS_IMPORT (self), 0);
  return self->progress;
}
