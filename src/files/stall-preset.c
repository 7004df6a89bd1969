/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-files"

#include "config.h"

#include "stall-preset-private.h"

#include "stall-error.h"
#include "stall-files-resources.h"
#include "stall-json.h"
#include "stall-kind.h"
#include "stall-money.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#define RESOURCE_FOLDER "/io/github/stall_app/Stall/presets"
#define MAX_PRESET_BYTES (256 * 1024)

struct _StallPreset
{
  GObject parent_instance;

  char *id;
  char *name;
  gboolean shipped;
  char *columns[STALL_N_FIELDS];
  char *currency;
  char *date_format;
  gboolean decimal_comma;
  JsonObject *rules;   /* as read, and written back as it is */
  GHashTable *charges; /* upper-case code → StallChargeKind + 1 */
};

G_DEFINE_FINAL_TYPE (StallPreset, stall_preset, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_NAME,
  N_PROPS
};
static GParamSpec *properties[N_PROPS];

static const struct
{
  const char *id;
  const char *name;
} shipped_presets[] = {
  { "shopify-orders", N_ ("Shopify orders") },
  { "online-retail", N_ ("Online Retail (UCI)") },
};

static const struct
{
  const char *key;
  const char *label;
  gboolean required;
} fields[STALL_N_FIELDS] = {
  [STALL_FIELD_NUMBER] = { "number", N_ ("Order number"), TRUE },
  [STALL_FIELD_DATE] = { "date", N_ ("Date"), TRUE },
  [STALL_FIELD_SKU] = { "sku", N_ ("SKU"), FALSE },
  [STALL_FIELD_TITLE] = { "title", N_ ("Product"), FALSE },
  [STALL_FIELD_OPTIONS] = { "options", N_ ("Options"), FALSE },
  [STALL_FIELD_QUANTITY] = { "quantity", N_ ("Quantity"), TRUE },
  [STALL_FIELD_PRICE] = { "price", N_ ("Price of one"), FALSE },
  [STALL_FIELD_LINE_TOTAL] = { "line_total", N_ ("Price of the line"), FALSE },
  [STALL_FIELD_CUSTOMER] = { "customer", N_ ("Customer"), FALSE },
  [STALL_FIELD_NAME] = { "name", N_ ("Name of the recipient"), FALSE },
  [STALL_FIELD_PHONE] = { "phone", N_ ("Phone"), FALSE },
  [STALL_FIELD_ADDRESS] = { "address", N_ ("Address"), FALSE },
  [STALL_FIELD_COUNTRY] = { "country", N_ ("Country"), FALSE },
  [STALL_FIELD_SOURCE] = { "source", N_ ("Source"), FALSE },
  [STALL_FIELD_SHIPPING] = { "shipping", N_ ("Shipping fee"), FALSE },
  [STALL_FIELD_DISCOUNT] = { "discount", N_ ("Discount"), FALSE },
  [STALL_FIELD_PERSONALISATION] = { "personalisation", N_ ("Personalisation"), FALSE },
  [STALL_FIELD_REMARK] = { "remark", N_ ("Remark"), FALSE },
};

/**
 * stall_field_get_label:
 * @field: what a column can be mapped to
 *
 * Gets the field's name for people.
 *
 * Returns: translated text
 */
const char *
stall_field_get_label (StallField field)
{
  g_return_val_if_fail ((guint) field < STALL_N_FIELDS, NULL);
  return _ (fields[field].label);
}

/**
 * stall_field_is_required:
 * @field: what a column can be mapped to
 *
 * Tells whether no order can be read without the field. Beyond these either SKU or product, and
 * either the price of one or that of the line, must be mapped.
 *
 * Returns: %TRUE for number, date and quantity
 */
gboolean
stall_field_is_required (StallField field)
{
  g_return_val_if_fail ((guint) field < STALL_N_FIELDS, FALSE);
  return fields[field].required;
}

guint
stall_columns_find (const char *const *columns, const char *name)
{
  g_autofree char *wanted = g_utf8_casefold (name, -1);

  for (guint i = 0; columns[i] != NULL; i++)
    {
      g_autofree char *column = g_utf8_casefold (columns[i], -1);

      if (g_str_equal (g_strstrip (column), g_strstrip (wanted)))
        return i;
    }
  return G_MAXUINT;
}

static gboolean
charge_from_string (const char *text, StallChargeKind *kind)
{
  static const char *const names[] = { "shipping", "discount", "fee", "tax", "adjustment" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_strcmp0 (text, names[i]) == 0)
      {
        *kind = i;
        return TRUE;
      }
  return FALSE;
}

static void
read_rules (StallPreset *self)
{
  JsonObject *charges = stall_json_get_object (self->rules, "charges");
  JsonObjectIter iter;
  const char *code;

  if (charges == NULL)
    return;
  json_object_iter_init (&iter, charges);
  while (json_object_iter_next (&iter, &code, NULL))
    {
      StallChargeKind kind;

      if (charge_from_string (stall_json_get_string (charges, code, NULL), &kind))
        g_hash_table_insert (self->charges, g_ascii_strup (code, -1), GUINT_TO_POINTER (kind + 1));
    }
}

static void
stall_preset_finalize (GObject *object)
{
  StallPreset *self = STALL_PRESET (object);

  for (guint i = 0; i < STALL_N_FIELDS; i++)
    g_free (self->columns[i]);
  g_free (self->id);
  g_free (self->name);
  g_free (self->currency);
  g_free (self->date_format);
  json_object_unref (self->rules);
  g_hash_table_unref (self->charges);
  G_OBJECT_CLASS (stall_preset_parent_class)->finalize (object);
}

static void
stall_preset_get_property (GObject *object, guint property, GValue *value, GParamSpec *pspec)
{
  if (property == PROP_NAME)
    g_value_set_string (value, stall_preset_get_name (STALL_PRESET (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
}

static void
stall_preset_class_init (StallPresetClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = stall_preset_finalize;
  object_class->get_property = stall_preset_get_property;
  properties[PROP_NAME]
      = g_param_spec_string ("name", NULL, NULL, NULL,
                             G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
stall_preset_init (StallPreset *self)
{
  self->rules = json_object_new ();
  self->charges = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * stall_preset_new:
 * @id: (nullable): letters, digits and dashes; %NULL for one of its own
 * @name: what people call it
 *
 * Creates a preset that maps nothing yet.
 *
 * Returns: (transfer full): the preset
 */
StallPreset *
stall_preset_new (const char *id, const char *name)
{
  StallPreset *self = g_object_new (STALL_TYPE_PRESET, NULL);

  self->id = id != NULL ? g_strdup (id) : stall_uuid_new ();
  self->name = g_strdup (name);
  return self;
}

static gboolean
is_safe_id (const char *id)
{
  return id != NULL && *id != '\0' && strlen (id) <= 64
         && id[strspn (id, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_")]
                == '\0';
}

/**
 * stall_preset_new_from_json:
 * @text: JSON
 * @length: bytes of @text, or -1
 * @error: return location
 *
 * Reads a preset. Columns and rules of a later version are kept.
 *
 * Returns: (transfer full) (nullable): the preset; %NULL with %STALL_ERROR_INVALID
 */
StallPreset *
stall_preset_new_from_json (const char *text, gssize length, GError **error)
{
  g_autoptr (JsonObject) root = stall_json_parse_object (text, length, error);
  JsonObject *columns, *rules;
  StallPreset *self;

  if (root == NULL)
    return NULL;
  if (!is_safe_id (stall_json_get_string (root, "id", NULL)))
    {
      g_set_error_literal (error, STALL_ERROR, STALL_ERROR_INVALID,
                           _ ("This is not a preset of Stall."));
      return NULL;
    }
  self = stall_preset_new (stall_json_get_string (root, "id", NULL),
                           stall_json_get_string (root, "name", ""));
  columns = stall_json_get_object (root, "columns");
  for (guint i = 0; columns != NULL && i < STALL_N_FIELDS; i++)
    self->columns[i] = g_strdup (stall_json_get_string (columns, fields[i].key, NULL));
  stall_preset_set_currency (self, stall_json_get_string (root, "currency", NULL));
  stall_preset_set_date_format (self, stall_json_get_string (root, "dates", NULL));
  self->decimal_comma = stall_json_get_boolean (root, "decimal_comma", FALSE);
  rules = stall_json_get_object (root, "rules");
  if (rules != NULL)
    {
      json_object_unref (self->rules);
      self->rules = stall_json_copy_object (rules);
      read_rules (self);
    }
  return self;
}

/**
 * stall_preset_to_json:
 * @self: a preset
 *
 * Writes the preset as stall_preset_new_from_json() reads it.
 *
 * Returns: (transfer full): JSON
 */
char *
stall_preset_to_json (StallPreset *self)
{
  g_autoptr (JsonObject) root = json_object_new ();
  JsonObject *columns = json_object_new ();

  g_return_val_if_fail (STALL_IS_PRESET (self), NULL);

  json_object_set_string_member (root, "id", self->id);
  json_object_set_string_member (root, "name", self->name);
  for (guint i = 0; i < STALL_N_FIELDS; i++)
    if (self->columns[i] != NULL)
      json_object_set_string_member (columns, fields[i].key, self->columns[i]);
  json_object_set_object_member (root, "columns", columns);
  if (self->currency != NULL)
    json_object_set_string_member (root, "currency", self->currency);
  if (self->date_format != NULL)
    json_object_set_string_member (root, "dates", self->date_format);
  json_object_set_boolean_member (root, "decimal_comma", self->decimal_comma);
  json_object_set_object_member (root, "rules", stall_json_copy_object (self->rules));
  return stall_json_to_string (root, NULL);
}

StallPreset *
stall_preset_freeze (StallPreset *self)
{
  g_autofree char *text = stall_preset_to_json (self);
  StallPreset *copy = stall_preset_new_from_json (text, -1, NULL);

  copy->shipped = self->shipped;
  return copy;
}

/**
 * stall_preset_copy:
 * @self: a preset
 *
 * Copies a preset under a new id, so that a shipped one can be changed and saved.
 *
 * Returns: (transfer full): a preset of one's own
 */
StallPreset *
stall_preset_copy (StallPreset *self)
{
  StallPreset *copy = stall_preset_freeze (self);

  copy->shipped = FALSE;
  g_free (copy->id);
  copy->id = stall_uuid_new ();
  return copy;
}

const char *
stall_preset_get_id (StallPreset *self)
{
  g_return_val_if_fail (STALL_IS_PRESET (self), NULL);
  return self->id;
}

const char *
stall_preset_get_name (StallPreset *self)
{
  g_return_val_if_fail (STALL_IS_PRESET (self), NULL);
  return self->name;
}

void
stall_preset_set_name (StallPreset *self, const char *name)
{
  g_return_if_fail (STALL_IS_PRESET (self));
  if (g_set_str (&self->name, name))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NAME]);
}

gboolean
stall_preset_is_shipped (StallPreset *self)
{
  g_return_val_if_fail (STALL_IS_PRESET (self), FALSE);
  return self->shipped;
}

const char *
stall_preset_get_column (StallPreset *self, StallField field)
{
  g_return_val_if_fail (STALL_IS_PRESET (self) && (guint) field < STALL_N_FIELDS, NULL);
  return self->columns[field];
}

guint
stall_preset_find_column (StallPreset *self, StallField field, const char *const *columns)
{
  g_return_val_if_fail (STALL_IS_PRESET (self) && (guint) field < STALL_N_FIELDS, G_MAXUINT);
  return self->columns[field] != NULL ? stall_columns_find (columns, self->columns[field])
                                      : G_MAXUINT;
}

void
stall_preset_set_column (StallPreset *self, StallField field, const char *column)
{
  g_return_if_fail (STALL_IS_PRESET (self) && (guint) field < STALL_N_FIELDS);
  g_set_str (&self->columns[field], column != NULL && *column != '\0' ? column : NULL);
}

const char *
stall_preset_get_currency (StallPreset *self)
{
  g_return_val_if_fail (STALL_IS_PRESET (self), NULL);
  return self->currency;
}

void
stall_preset_set_currency (StallPreset *self, const char *currency)
{
  g_return_if_fail (STALL_IS_PRESET (self));
  g_set_str (&self->currency,
             currency != NULL && stall_currency_is_valid (currency) ? currency : NULL);
}

const char *
stall_preset_get_date_format (StallPreset *self)
{
  g_return_val_if_fail (STALL_IS_PRESET (self), NULL);
  return self->date_format;
}

void
stall_preset_set_date_format (StallPreset *self, const char *format)
{
  static const char *const formats[] = { "ymd", "dmy", "mdy", NULL };

  g_return_if_fail (STALL_IS_PRESET (self));
  g_set_str (&self->date_format,
             format != NULL && g_strv_contains (formats, format) ? format : NULL);
}

gboolean
stall_preset_get_decimal_comma (StallPreset *self)
{
  g_return_val_if_fail (STALL_IS_PRESET (self), FALSE);
  return self->decimal_comma;
}

void
stall_preset_set_decimal_comma (StallPreset *self, gboolean decimal_comma)
{
  g_return_if_fail (STALL_IS_PRESET (self));
  self->decimal_comma = decimal_comma;
}

gboolean
stall_preset_is_shopify (StallPreset *self)
{
  return g_str_equal (stall_json_get_string (self->rules, "dialect", ""), "shopify");
}

gboolean
stall_preset_is_credit_note (StallPreset *self, const char *number)
{
  const char *prefix = stall_json_get_string (self->rules, "credit_notes", "");

  return *prefix != '\0' && g_str_has_prefix (number, prefix);
}

gboolean
stall_preset_get_write_offs (StallPreset *self)
{
  return stall_json_get_boolean (self->rules, "write_offs", FALSE);
}

/* A stall that comes with its own list of sales wants its products from it; Shopify's come from the
 * product file, with pictures and options. */
gboolean
stall_preset_get_new_products (StallPreset *self)
{
  return stall_json_get_boolean (self->rules, "new_products", !stall_preset_is_shopify (self));
}

gboolean
stall_preset_find_charge (StallPreset *self, const char *code, StallChargeKind *kind)
{
  guint found = GPOINTER_TO_UINT (g_hash_table_lookup (self->charges, code));

  if (found > 0)
    *kind = found - 1;
  return found > 0;
}

gboolean
stall_preset_fits (StallPreset *self, const char *const *columns)
{
  if (!stall_preset_check (self, columns, NULL))
    return FALSE;
  return !stall_preset_is_shopify (self)
         || stall_columns_find (columns, "Financial Status") != G_MAXUINT;
}

/**
 * stall_preset_check:
 * @self: a preset
 * @columns: (array zero-terminated=1): the columns of a file
 * @error: return location
 *
 * Tells whether orders of a file with these columns can be read with the preset. Columns that only
 * add to an order (an address, a remark) may be missing from the file.
 *
 * Returns: %FALSE with %STALL_ERROR_INVALID and a message that names what is missing
 */
gboolean
stall_preset_check (StallPreset *self, const char *const *columns, GError **error)
{
  g_autoptr (GStrvBuilder) missing = g_strv_builder_new ();
  g_auto (GStrv) names = NULL;
  g_autofree char *joined = NULL;
  gboolean has[STALL_N_FIELDS];

  g_return_val_if_fail (STALL_IS_PRESET (self), FALSE);

  for (guint i = 0; i < STALL_N_FIELDS; i++)
    {
      has[i]
          = self->columns[i] != NULL && stall_columns_find (columns, self->columns[i]) != G_MAXUINT;
      if (fields[i].required && !has[i])
        g_strv_builder_add (missing, stall_field_get_label (i));
    }
  if (!has[STALL_FIELD_SKU] && !has[STALL_FIELD_TITLE])
    g_strv_builder_add (missing, stall_field_get_label (STALL_FIELD_SKU));
  if (!has[STALL_FIELD_PRICE] && !has[STALL_FIELD_LINE_TOTAL])
    g_strv_builder_add (missing, stall_field_get_label (STALL_FIELD_PRICE));
  names = g_strv_builder_end (missing);
  if (names[0] == NULL)
    return TRUE;
  /* Translators: between the items of a list */
  joined = g_strjoinv (_ (", "), names);
  g_set_error (error, STALL_ERROR, STALL_ERROR_INVALID,
               /* Translators: a list of fields such as “Date, Quantity” */
               _ ("Choose the columns for: %s."), joined);
  return FALSE;
}

static void
add_shipped (GListStore *list)
{
  for (guint i = 0; i < G_N_ELEMENTS (shipped_presets); i++)
    {
      g_autofree char *path
          = g_strdup_printf ("%s/%s.json", RESOURCE_FOLDER, shipped_presets[i].id);
      g_autoptr (GBytes) bytes = g_resource_lookup_data (stall_files_get_resource (), path,
                                                         G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
      g_autoptr (StallPreset) preset = NULL;

      g_assert (bytes != NULL);
      preset = stall_preset_new_from_json (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                                           NULL);
      g_assert (preset != NULL);
      preset->shipped = TRUE;
      g_set_str (&preset->name, _ (shipped_presets[i].name));
      g_list_store_append (list, preset);
    }
}

static char *
preset_path (const char *stall_folder, const char *id)
{
  g_autofree char *name = id != NULL ? g_strconcat (id, ".json", NULL) : NULL;

  return g_build_filename (stall_folder, "presets", name, NULL);
}

static int
compare_names (gconstpointer a, gconstpointer b, gpointer data)
{
  return g_utf8_collate (((const StallPreset *) a)->name, ((const StallPreset *) b)->name);
}

/**
 * stall_preset_list:
 * @stall_folder: (nullable): the stall whose presets are wanted too
 *
 * Lists the shipped presets, then by name those saved in the stall's folder. A file there that is
 * no preset is left alone.
 *
 * Returns: (transfer full): a list of #StallPreset
 */
GListModel *
stall_preset_list (const char *stall_folder)
{
  GListStore *list = g_list_store_new (STALL_TYPE_PRESET);
  g_autoptr (GListStore) saved = g_list_store_new (STALL_TYPE_PRESET);
  g_autofree char *folder = stall_folder != NULL ? preset_path (stall_folder, NULL) : NULL;
  g_autoptr (GDir) dir = folder != NULL ? g_dir_open (folder, 0, NULL) : NULL;
  const char *name;

  add_shipped (list);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *text = NULL;
      g_autoptr (StallPreset) preset = NULL;
      GStatBuf info;
      gsize length;

      if (!g_str_has_suffix (name, ".json") || g_stat (path, &info) != 0
          || info.st_size > MAX_PRESET_BYTES || !g_file_get_contents (path, &text, &length, NULL))
        continue;
      preset = stall_preset_new_from_json (text, length, NULL);
      if (preset != NULL)
        g_list_store_insert_sorted (saved, preset, compare_names, NULL);
    }
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (saved)); i++)
    {
      g_autoptr (StallPreset) preset = g_list_model_get_item (G_LIST_MODEL (saved), i);

      g_list_store_append (list, preset);
    }
  return G_LIST_MODEL (list);
}

static gboolean
set_file_error (int code, const char *path, GError **error)
{
  g_set_error (error, STALL_ERROR, code == ENOSPC ? STALL_ERROR_FULL : STALL_ERROR_READ_ONLY,
               _ ("“%s” cannot be written: %s"), path, g_strerror (code));
  return FALSE;
}

/**
 * stall_preset_save:
 * @self: a preset that is not shipped
 * @stall_folder: the stall it belongs to
 * @error: return location
 *
 * Keeps the preset with the stall. Blocks for a small file.
 *
 * Returns: %TRUE on success
 */
gboolean
stall_preset_save (StallPreset *self, const char *stall_folder, GError **error)
{
  g_autofree char *folder = preset_path (stall_folder, NULL);
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;

  g_return_val_if_fail (STALL_IS_PRESET (self) && !self->shipped, FALSE);

  path = preset_path (stall_folder, self->id);
  text = stall_preset_to_json (self);
  if (g_mkdir_with_parents (folder, 0700) != 0)
    return set_file_error (errno, folder, error);
  return g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
}

/**
 * stall_preset_delete:
 * @self: a preset that is not shipped
 * @stall_folder: the stall it belongs to
 * @error: return location
 *
 * Deletes the preset from the stall's folder.
 *
 * Returns: %TRUE on success, and when it was not saved
 */
gboolean
stall_preset_delete (StallPreset *self, const char *stall_folder, GError **error)
{
  g_autofree char *path = NULL;

  g_return_val_if_fail (STALL_IS_PRESET (self) && !self->shipped, FALSE);

  path = preset_path (stall_folder, self->id);
  if (g_unlink (path) != 0 && errno != ENOENT)
    return set_file_error (errno, path, error);
  return TRUE;
}
