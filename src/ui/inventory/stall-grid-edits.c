/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-grid-edits.h"

#include "stall-async.h"
#include "stall-format.h"
#include "stall-money.h"
#include "stall-movement.h"
#include "stall-product-words.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>

#define MAX_PIECES 1000000

/* What one variant is to become. */
typedef struct
{
  char *variant;
  char *product;
  char *currency;
  gboolean edited[STALL_N_GRID_FIELDS];
  gint64 value[STALL_N_GRID_FIELDS];
  gint64 before[STALL_N_GRID_FIELDS]; /* as the person saw it when typing */
} Edit;

typedef struct
{
  StallGridEdits *edits;
  char *place;
} Apply;

struct _StallGridEdits
{
  GObject parent_instance;

  StallDesk *desk;
  GHashTable *edits; /* variant id → Edit */
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StallGridEdits, stall_grid_edits, G_TYPE_OBJECT)

static void
edit_free (Edit *edit)
{
  g_free (edit->variant);
  g_free (edit->product);
  g_free (edit->currency);
  g_free (edit);
}

static void
apply_free (Apply *apply)
{
  g_object_unref (apply->edits);
  g_free (apply->place);
  g_free (apply);
}

static gint64
get_stored (StallVariantRow *row, StallGridField field)
{
  switch (field)
    {
    case STALL_GRID_PRICE:
      return stall_variant_row_get_price (row);
    case STALL_GRID_COST:
      return stall_variant_row_get_cost (row);
    case STALL_GRID_STOCK:
    default:
      return stall_variant_row_get_on_hand (row);
    }
}

static const char *
get_currency (StallGridEdits *self, StallVariantRow *row)
{
  const char *currency = stall_variant_row_get_currency (row);

  return currency != NULL && *currency != '\0' ? currency : stall_desk_get_currency (self->desk);
}

static gboolean
parse (StallGridEdits *self,
       StallVariantRow *row,
       StallGridField field,
       const char *typed,
       gint64 *value,
       GError **error)
{
  g_autofree char *text = g_strstrip (g_strdup (typed));

  if (field != STALL_GRID_STOCK)
    {
      *value = STALL_PRICE_NONE;
      return *text == '\0'
             || stall_money_parse_price (text, get_currency (self, row), value, error);
    }
  if (stall_variant_row_get_is_kit (row))
    {
      g_set_error_literal (error, STALL_ERROR, STALL_ERROR_INVALID,
                           _ ("The stock of a kit is that of its parts. Change theirs."));
      return FALSE;
    }
  if (g_ascii_string_to_signed (text, 10, -MAX_PIECES, MAX_PIECES, value, NULL))
    return TRUE;
  g_set_error (error, STALL_ERROR, STALL_ERROR_INVALID,
               _ ("“%s” is not a number of pieces. Write a whole number."), typed);
  return FALSE;
}

static Edit *
ensure_edit (StallGridEdits *self, StallVariantRow *row)
{
  Edit *edit = g_hash_table_lookup (self->edits, stall_variant_row_get_id (row));

  if (edit != NULL)
    return edit;
  edit = g_new0 (Edit, 1);
  edit->variant = g_strdup (stall_variant_row_get_id (row));
  edit->product = g_strdup (stall_variant_row_get_product_id (row));
  edit->currency = g_strdup (get_currency (self, row));
  g_hash_table_insert (self->edits, edit->variant, edit);
  return edit;
}

/* --- writing --- */

static void
put_movement (StallGridEdits *self, StallChangeSet *changes, Edit *edit, const char *place)
{
  /* The difference, not the new number: what sold meanwhile stays sold. */
  gint64 difference = edit->value[STALL_GRID_STOCK] - edit->before[STALL_GRID_STOCK];
  g_autoptr (StallMovement) movement = NULL;
  g_autoptr (StallDocument) document = NULL;

  if (!edit->edited[STALL_GRID_STOCK] || difference == 0)
    return;
  movement = stall_movement_new (edit->variant, place, (int) difference, STALL_REASON_CORRECTION,
                                 stall_time_now ());
  document = stall_movement_to_document (movement, stall_desk_get_device (self->desk));
  stall_change_set_put (changes, document);
}

static void
set_prices (StallProduct *product, Edit *edit)
{
  StallVariant *variant = stall_product_find_variant (product, edit->variant);

  if (variant == NULL)
    return;
  if (edit->edited[STALL_GRID_PRICE])
    stall_variant_set_price (variant, edit->value[STALL_GRID_PRICE], edit->currency);
  if (edit->edited[STALL_GRID_COST])
    stall_variant_set_cost (variant, edit->value[STALL_GRID_COST], edit->currency);
}

/* Product ids, each with its edits that concern prices. */
static GHashTable *
group_by_product (StallGridEdits *self)
{
  GHashTable *products
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  GHashTableIter iter;
  Edit *edit;

  g_hash_table_iter_init (&iter, self->edits);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &edit))
    {
      GPtrArray *edits = g_hash_table_lookup (products, edit->product);

      if (!edit->edited[STALL_GRID_PRICE] && !edit->edited[STALL_GRID_COST])
        continue;
      if (edits == NULL)
        {
          edits = g_ptr_array_new ();
          g_hash_table_insert (products, g_strdup (edit->product), edits);
        }
      g_ptr_array_add (edits, edit);
    }
  return products;
}

/* Called in a fiber. */
static gboolean
put_products (StallGridEdits *self, StallChangeSet *changes, GError **error)
{
  g_autoptr (GHashTable) products = group_by_product (self);
  GHashTableIter iter;
  const char *id;
  GPtrArray *edits;

  g_hash_table_iter_init (&iter, products);
  while (g_hash_table_iter_next (&iter, (gpointer *) &id, (gpointer *) &edits))
    {
      g_autoptr (StallDocument) document
          = dex_await_object (stall_store_load (stall_desk_get_store (self->desk), id), error);
      g_autoptr (StallProduct) product
          = document != NULL ? stall_product_new_from_document (document, error) : NULL;
      g_autoptr (StallDocument) edited = NULL;

      if (product == NULL)
        return FALSE;
      for (guint i = 0; i < edits->len; i++)
        set_prices (product, g_ptr_array_index (edits, i));
      edited = stall_product_to_document (product, stall_desk_get_device (self->desk));
      stall_change_set_put (changes, edited);
    }
  return TRUE;
}

static DexFuture *
apply_fiber (gpointer data)
{
  Apply *apply = data;
  StallGridEdits *self = apply->edits;
  g_autofree char *variants = stall_product_words_n_variants (g_hash_table_size (self->edits));
  /* Translators: how many variants: “Edit stock and prices: 12 variants” */
  g_autofree char *label = g_strdup_printf (_ ("Edit stock and prices: %s"), variants);
  g_autoptr (StallChangeSet) changes = stall_change_set_new (label);
  g_autoptr (StallReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;
  GHashTableIter iter;
  Edit *edit;

  if (!put_products (self, changes, &error))
    {
      stall_desk_report (self->desk, error);
      return dex_future_new_false ();
    }
  g_hash_table_iter_init (&iter, self->edits);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &edit))
    put_movement (self, changes, edit, apply->place);
  receipt = dex_await_boxed (stall_desk_apply (self->desk, changes), &error);
  if (receipt == NULL)
    return dex_future_new_false (); /* the desk has said why; nothing is lost */
  stall_grid_edits_clear (self);
  return dex_future_new_true ();
}

static void
stall_grid_edits_finalize (GObject *object)
{
  StallGridEdits *self = STALL_GRID_EDITS (object);

  g_hash_table_unref (self->edits);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (stall_grid_edits_parent_class)->finalize (object);
}

static void
stall_grid_edits_class_init (StallGridEditsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = stall_grid_edits_finalize;

  /**
   * StallGridEdits::changed:
   *
   * Something was typed, taken back or written.
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", STALL_TYPE_GRID_EDITS, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
stall_grid_edits_init (StallGridEdits *self)
{
  self->edits = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) edit_free);
}

/**
 * stall_grid_edits_new:
 * @desk: whose stall is edited
 *
 * Returns: (transfer full): no edits
 */
StallGridEdits *
stall_grid_edits_new (StallDesk *desk)
{
  StallGridEdits *self;

  g_return_val_if_fail (STALL_IS_DESK (desk), NULL);

  self = g_object_new (STALL_TYPE_GRID_EDITS, NULL);
  self->desk = g_object_ref (desk);
  return self;
}

/**
 * stall_grid_edits_set:
 * @self: edits
 * @row: a loaded variant
 * @field: what of it
 * @typed: as typed
 * @error: return location; a message that says what to write instead
 *
 * Notes what a field is to become. What is stored already is no edit.
 *
 * Returns: whether @typed could be read
 */
gboolean
stall_grid_edits_set (StallGridEdits *self,
                      StallVariantRow *row,
                      StallGridField field,
                      const char *typed,
                      GError **error)
{
  Edit *edit;
  gint64 value;

  g_return_val_if_fail (STALL_IS_GRID_EDITS (self), FALSE);
  g_return_val_if_fail (STALL_IS_VARIANT_ROW (row), FALSE);

  if (!stall_row_get_loaded (STALL_ROW (row)) || !parse (self, row, field, typed, &value, error))
    return FALSE;
  edit = ensure_edit (self, row);
  if (!edit->edited[field])
    edit->before[field] = get_stored (row, field);
  edit->value[field] = value;
  edit->edited[field] = value != edit->before[field];
  if (!edit->edited[STALL_GRID_PRICE] && !edit->edited[STALL_GRID_COST]
      && !edit->edited[STALL_GRID_STOCK])
    g_hash_table_remove (self->edits, edit->variant);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  return TRUE;
}

/**
 * stall_grid_edits_dup_text:
 * @self: edits
 * @row: a loaded variant
 * @field: what of it
 * @edited: (out) (optional): whether it is not what is stored
 *
 * Returns: (transfer full): what the field is, or is to become, as a person would type it
 */
char *
stall_grid_edits_dup_text (StallGridEdits *self,
                           StallVariantRow *row,
                           StallGridField field,
                           gboolean *edited)
{
  Edit *edit;
  gint64 value;
  gboolean is_edited;

  g_return_val_if_fail (STALL_IS_GRID_EDITS (self), NULL);
  g_return_val_if_fail (STALL_IS_VARIANT_ROW (row), NULL);

  edit = g_hash_table_lookup (self->edits, stall_variant_row_get_id (row));
  is_edited = edit != NULL && edit->edited[field];
  value = is_edited ? edit->value[field] : get_stored (row, field);
  if (edited != NULL)
    *edited = is_edited;
  if (field == STALL_GRID_STOCK)
    return g_strdup_printf ("%" G_GINT64_FORMAT, value);
  return value == STALL_PRICE_NONE ? g_strdup ("")
                                   : stall_money_format_plain (value, get_currency (self, row));
}

/**
 * stall_grid_edits_get_n_variants:
 * @self: edits
 *
 * Returns: how many variants are to become something else
 */
guint
stall_grid_edits_get_n_variants (StallGridEdits *self)
{
  g_return_val_if_fail (STALL_IS_GRID_EDITS (self), 0);

  return g_hash_table_size (self->edits);
}

/**
 * stall_grid_edits_apply:
 * @self: edits
 * @place: where pieces come or go
 *
 * Writes all edits as one change set: prices into the products, stock as the difference between
 * what was seen and what was typed.
 *
 * Returns: (transfer full): a future of whether they were written; if not, they are kept
 */
DexFuture *
stall_grid_edits_apply (StallGridEdits *self, const char *place)
{
  Apply *apply;

  dex_return_error_if_fail (STALL_IS_GRID_EDITS (self));
  dex_return_error_if_fail (place != NULL);

  apply = g_new0 (Apply, 1);
  apply->edits = g_object_ref (self);
  apply->place = g_strdup (place);
  return stall_async (apply_fiber, apply, (GDestroyNotify) apply_free);
}

/**
 * stall_grid_edits_clear:
 * @self: edits
 *
 * Forgets all edits.
 */
void
stall_grid_edits_clear (StallGridEdits *self)
{
  g_return_if_fail (STALL_IS_GRID_EDITS (self));

  g_hash_table_remove_all (self->edits);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}
