/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-product-editor.h"

#include "stall-async.h"
#include "stall-product-words.h"

#include <glib/gi18n-lib.h>

/* Edits that follow each other faster than this become one change set. */
#define COALESCE 300 /* ms */

struct _StallProductEditor
{
  GObject parent_instance;

  StallDesk *desk;
  char *product_id;
  StallProduct *product;
  StallDocument *base; /* what @product was read from or last saved as; NULL: never saved */
  GBytes *saved;       /* body of @product when it was last the same as @base */
  gboolean touched;
  DexFuture *saving; /* the save under way */
  DexPromise *hurry; /* resolved to end its wait */
  gboolean reloading;
};

enum
{
  PROP_0,
  PROP_DESK,
  PROP_PRODUCT_ID,
  PROP_PRODUCT,
  N_PROPS
};

enum
{
  SIGNAL_GONE,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StallProductEditor, stall_product_editor, G_TYPE_OBJECT)

static StallStore *
get_store (StallProductEditor *self)
{
  return stall_desk_get_store (self->desk);
}

static GBytes *
write_body (StallProductEditor *self)
{
  g_autoptr (StallDocument) document
      = stall_product_to_document (self->product, stall_desk_get_device (self->desk));

  return g_bytes_ref (stall_document_get_body (document));
}

static void
remember_saved (StallProductEditor *self)
{
  g_clear_pointer (&self->saved, g_bytes_unref);
  self->saved = write_body (self);
}

static gboolean
is_edited_since (StallProductEditor *self, GBytes *then)
{
  g_autoptr (GBytes) body = write_body (self);

  return !g_bytes_equal (body, then);
}

static gboolean
is_edited (StallProductEditor *self)
{
  return self->product != NULL && is_edited_since (self, self->saved);
}

static gboolean
take_document (StallProductEditor *self, StallDocument *document, GError **error)
{
  g_autoptr (StallProduct) product = stall_product_new_from_document (document, error);

  if (product == NULL)
    return FALSE;
  g_set_object (&self->base, document);
  g_set_object (&self->product, product);
  remember_saved (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PRODUCT]);
  return TRUE;
}

static DexFuture *
reload_fiber (gpointer data)
{
  StallProductEditor *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (StallDocument) document
      = dex_await_object (stall_store_load (get_store (self), self->product_id), &error);

  self->reloading = FALSE;
  if (document == NULL || stall_document_get_deleted (document))
    {
      if (document == NULL && !g_error_matches (error, STALL_ERROR, STALL_ERROR_NOT_FOUND))
        stall_desk_report (self->desk, error);
      else if (self->base != NULL || self->product == NULL)
        g_signal_emit (self, signals[SIGNAL_GONE], 0);
      return dex_future_new_true ();
    }
  if (stall_document_has_revision_of (document, self->base))
    return dex_future_new_true ();
  /* What is not saved yet is merged when it is. */
  if (is_edited (self))
    stall_product_editor_touch (self);
  else if (!take_document (self, document, &error))
    stall_desk_report (self->desk, error);
  return dex_future_new_true ();
}

static void
reload (StallProductEditor *self)
{
  if (self->reloading || self->saving != NULL)
    return;
  self->reloading = TRUE;
  stall_spawn (reload_fiber, g_object_ref (self), g_object_unref);
}

static void
store_changed_cb (StallProductEditor *self, guint kinds)
{
  if ((kinds & (1u << STALL_KIND_PRODUCT)) && self->base != NULL)
    reload (self);
}

/* What to write. The store joins it with what others wrote since @self->base. */
static StallDocument *
make_edit (StallProductEditor *self, StallDocument *ours, StallDocument *latest)
{
  StallDocument *base = self->base != NULL ? self->base : latest;

  return stall_document_new_revision (self->product_id, stall_document_get_body (ours),
                                      base != NULL ? stall_document_get_revision (base) : NULL,
                                      FALSE);
}

/* One save of what is there now; FALSE when it could not be kept. */
static gboolean
save (StallProductEditor *self, GError **error)
{
  g_autoptr (GBytes) body = write_body (self);
  g_autoptr (StallDocument) ours
      = stall_product_to_document (self->product, stall_desk_get_device (self->desk));
  g_autoptr (StallDocument) latest = NULL;
  g_autoptr (StallDocument) document = NULL;
  g_autoptr (StallChangeSet) changes = NULL;
  g_autoptr (StallReceipt) receipt = NULL;
  g_autofree char *label = NULL;
  const char *title = stall_product_words_title (stall_product_get_title (self->product));
  gboolean merged;

  latest = dex_await_object (stall_store_load (get_store (self), self->product_id), NULL);
  document = make_edit (self, ours, latest);
  merged = latest != NULL && !stall_document_has_revision_of (latest, self->base);
  label = self->base == NULL ? g_strdup_printf (_ ("Add “%s”"), title)
                             : g_strdup_printf (_ ("Edit “%s”"), title);
  changes = stall_change_set_new (label);
  stall_change_set_put (changes, document);
  receipt = dex_await_boxed (stall_desk_apply (self->desk, changes), error);
  if (receipt == NULL)
    return FALSE;
  g_clear_object (&latest);
  latest = dex_await_object (stall_store_load (get_store (self), self->product_id), error);
  if (latest == NULL)
    return FALSE;
  if (merged)
    /* What was edited while this was written is merged once more, from the same base. */
    return is_edited_since (self, body) || take_document (self, latest, error);
  g_set_object (&self->base, latest);
  g_clear_pointer (&self->saved, g_bytes_unref);
  self->saved = g_steal_pointer (&body);
  return TRUE;
}

static DexFuture *
save_fiber (gpointer data)
{
  StallProductEditor *self = data;

  while (self->touched)
    {
      g_autoptr (GError) error = NULL;

      self->hurry = dex_promise_new ();
      dex_await (dex_future_first (dex_timeout_new_msec (COALESCE),
                                   dex_ref (DEX_FUTURE (self->hurry)), NULL),
                 NULL);
      dex_clear (&self->hurry);
      self->touched = FALSE;
      if (!is_edited (self))
        continue;
      /* The desk has told the person; what was typed stays and the next edit tries again. */
      if (!save (self, &error))
        break;
    }
  dex_clear (&self->saving);
  if (self->base != NULL)
    reload (self);
  return dex_future_new_true ();
}

static DexFuture *
delete_fiber (gpointer data)
{
  StallProductEditor *self = data;
  g_autoptr (StallChangeSet) changes = NULL;
  g_autofree char *label = NULL;

  if (self->saving != NULL)
    dex_await (dex_ref (self->saving), NULL);
  label = g_strdup_printf (_ ("Delete “%s”"),
                           stall_product_words_title (stall_product_get_title (self->product)));
  changes = stall_change_set_new (label);
  stall_change_set_delete (changes, self->product_id);
  dex_await (stall_desk_apply (self->desk, changes), NULL);
  return dex_future_new_true ();
}

static void
start_new (StallProductEditor *self)
{
  g_autoptr (StallVariant) variant = stall_variant_new ();

  self->product = stall_product_new ();
  if (g_list_model_get_n_items (stall_product_get_variants (self->product)) == 0)
    stall_product_add_variant (self->product, variant);
  g_set_str (&self->product_id, stall_product_get_id (self->product));
  remember_saved (self);
}

static void
stall_product_editor_constructed (GObject *object)
{
  StallProductEditor *self = STALL_PRODUCT_EDITOR (object);

  G_OBJECT_CLASS (stall_product_editor_parent_class)->constructed (object);

  g_signal_connect_object (get_store (self), "changed", G_CALLBACK (store_changed_cb), self,
                           G_CONNECT_SWAPPED);
  if (self->product_id == NULL)
    start_new (self);
  else
    reload (self);
}

static void
stall_product_editor_dispose (GObject *object)
{
  StallProductEditor *self = STALL_PRODUCT_EDITOR (object);

  g_clear_object (&self->product);
  g_clear_object (&self->base);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->saved, g_bytes_unref);
  g_clear_pointer (&self->product_id, g_free);

  G_OBJECT_CLASS (stall_product_editor_parent_class)->dispose (object);
}

static void
stall_product_editor_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  StallProductEditor *self = STALL_PRODUCT_EDITOR (object);

  switch (prop_id)
    {
    case PROP_DESK:
      g_value_set_object (value, self->desk);
      break;
    case PROP_PRODUCT_ID:
      g_value_set_string (value, self->product_id);
      break;
    case PROP_PRODUCT:
      g_value_set_object (value, self->product);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
stall_product_editor_set_property (GObject *object,
                                   guint prop_id,
                                   const GValue *value,
                                   GParamSpec *pspec)
{
  StallProductEditor *self = STALL_PRODUCT_EDITOR (object);

  switch (prop_id)
    {
    case PROP_DESK:
      self->desk = g_value_dup_object (value);
      break;
    case PROP_PRODUCT_ID:
      self->product_id = g_value_dup_string (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
stall_product_editor_class_init (StallProductEditorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags construct = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->constructed = stall_product_editor_constructed;
  object_class->dispose = stall_product_editor_dispose;
  object_class->get_property = stall_product_editor_get_property;
  object_class->set_property = stall_product_editor_set_property;

  /**
   * StallProductEditor:desk:
   *
   * Whose stall the product is in.
   */
  properties[PROP_DESK] = g_param_spec_object ("desk", NULL, NULL, STALL_TYPE_DESK, construct);
  /**
   * StallProductEditor:product-id:
   *
   * The product's id; %NULL when constructing starts a new one.
   */
  properties[PROP_PRODUCT_ID] = g_param_spec_string ("product-id", NULL, NULL, NULL, construct);
  /**
   * StallProductEditor:product:
   *
   * The product as edited; %NULL until it was read.
   */
  properties[PROP_PRODUCT]
      = g_param_spec_object ("product", NULL, NULL, STALL_TYPE_PRODUCT,
                             G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * StallProductEditor::gone:
   *
   * The product is not there (any more).
   */
  signals[SIGNAL_GONE] = g_signal_new ("gone", STALL_TYPE_PRODUCT_EDITOR, G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
stall_product_editor_init (StallProductEditor *self)
{
}

/**
 * stall_product_editor_new:
 * @desk: what every page is handed
 * @product_id: (nullable): the product; %NULL starts a new one, saved with its first edit
 *
 * Returns: (transfer full): an editor that is reading the product
 */
StallProductEditor *
stall_product_editor_new (StallDesk *desk, const char *product_id)
{
  g_return_val_if_fail (STALL_IS_DESK (desk), NULL);

  return g_object_new (STALL_TYPE_PRODUCT_EDITOR, "desk", desk, "product-id", product_id, NULL);
}

/**
 * stall_product_editor_get_desk:
 * @self: an editor
 *
 * Returns: (transfer none): whose stall the product is in
 */
StallDesk *
stall_product_editor_get_desk (StallProductEditor *self)
{
  g_return_val_if_fail (STALL_IS_PRODUCT_EDITOR (self), NULL);

  return self->desk;
}

/**
 * stall_product_editor_get_product:
 * @self: an editor
 *
 * Returns: (transfer none) (nullable): the product as edited; %NULL until it was read
 */
StallProduct *
stall_product_editor_get_product (StallProductEditor *self)
{
  g_return_val_if_fail (STALL_IS_PRODUCT_EDITOR (self), NULL);

  return self->product;
}

/**
 * stall_product_editor_get_product_id:
 * @self: an editor
 *
 * Returns: (transfer none): "product:…"
 */
const char *
stall_product_editor_get_product_id (StallProductEditor *self)
{
  g_return_val_if_fail (STALL_IS_PRODUCT_EDITOR (self), NULL);

  return self->product_id;
}

/**
 * stall_product_editor_get_saved_once:
 * @self: an editor
 *
 * Returns: whether the product is in the stall; a new one is not until its first edit
 */
gboolean
stall_product_editor_get_saved_once (StallProductEditor *self)
{
  g_return_val_if_fail (STALL_IS_PRODUCT_EDITOR (self), FALSE);

  return self->base != NULL;
}

/**
 * stall_product_editor_get_saving:
 * @self: an editor
 *
 * Returns: whether an edit is on its way into the stall
 */
gboolean
stall_product_editor_get_saving (StallProductEditor *self)
{
  g_return_val_if_fail (STALL_IS_PRODUCT_EDITOR (self), FALSE);

  return self->saving != NULL;
}

/**
 * stall_product_editor_touch:
 * @self: an editor whose product a widget has changed
 *
 * Saves soon, if anything is different at all.
 */
void
stall_product_editor_touch (StallProductEditor *self)
{
  g_return_if_fail (STALL_IS_PRODUCT_EDITOR (self));

  if (self->product == NULL || !is_edited (self))
    return;
  self->touched = TRUE;
  if (self->saving == NULL)
    {
      self->saving = stall_async (save_fiber, g_object_ref (self), g_object_unref);
      stall_desk_hold (self->desk, dex_ref (self->saving));
    }
}

/**
 * stall_product_editor_flush:
 * @self: an editor
 *
 * Saves now what would be saved soon.
 */
void
stall_product_editor_flush (StallProductEditor *self)
{
  g_return_if_fail (STALL_IS_PRODUCT_EDITOR (self));

  if (self->hurry != NULL && dex_future_is_pending (DEX_FUTURE (self->hurry)))
    dex_promise_resolve_boolean (self->hurry, TRUE);
}

/**
 * stall_product_editor_settle:
 * @self: an editor
 *
 * Returns: (transfer full): a future that resolves when nothing is left to save
 */
DexFuture *
stall_product_editor_settle (StallProductEditor *self)
{
  dex_return_error_if_fail (STALL_IS_PRODUCT_EDITOR (self));

  stall_product_editor_flush (self);
  return self->saving != NULL ? dex_ref (self->saving) : dex_future_new_true ();
}

/**
 * stall_product_editor_delete:
 * @self: an editor
 *
 * Takes the product out of the stall; Undo brings it back.
 */
void
stall_product_editor_delete (StallProductEditor *self)
{
  g_return_if_fail (STALL_IS_PRODUCT_EDITOR (self));

  if (self->base == NULL)
    g_signal_emit (self, signals[SIGNAL_GONE], 0);
  else
    stall_spawn (delete_fiber, g_object_ref (self), g_object_unref);
}
