/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-store"

#include "config.h"

#include "stall-product-figures.h"

#include "stall-async.h"
#include "stall-query-private.h"
#include "stall-store-private.h"

static StallProductContext *
stall_product_context_copy (const StallProductContext *self)
{
  return g_memdup2 (self, sizeof *self);
}

static StallFunnel *
stall_funnel_copy (const StallFunnel *self)
{
  return g_memdup2 (self, sizeof *self);
}

G_DEFINE_BOXED_TYPE (StallProductContext,
                     stall_product_context,
                     stall_product_context_copy,
                     stall_product_context_free)
G_DEFINE_BOXED_TYPE (StallFunnel, stall_funnel, stall_funnel_copy, stall_funnel_free)

/**
 * stall_product_context_free:
 * @self: (transfer full): what speaks for a product
 *
 * Frees it.
 */
void
stall_product_context_free (StallProductContext *self)
{
  g_free (self);
}

/**
 * stall_product_context_lacks:
 * @self: what speaks for a product
 * @type: a type of context
 *
 * The owner's story is told by an entry, by a note that links the product, or by its own story.
 *
 * Returns: whether there is none of it
 */
gboolean
stall_product_context_lacks (const StallProductContext *self, StallContextType type)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail ((guint) type < STALL_N_CONTEXT_TYPES, FALSE);

  if (self->counts[type] > 0)
    return FALSE;
  return type != STALL_CONTEXT_OWNER || (self->n_notes == 0 && !self->has_story);
}

static DexFuture *
context_job (StallDatabase *database, gpointer data)
{
  StallProductContext context = { 0 };
  GError *error = NULL;
  gint64 n_notes = 0, has_story = 0;
  sqlite3_stmt *row;

  for (guint i = 0; i < STALL_N_CONTEXT_TYPES; i++)
    context.last_at[i] = STALL_TIME_NONE;
  row = stall_database_query (
      database, &error,
      "SELECT type, count(*), max (at) FROM context WHERE product = ? GROUP BY type", "s", data);
  while (stall_database_step (database, row, &error))
    {
      guint type = sqlite3_column_int (row, 0);

      if (type >= STALL_N_CONTEXT_TYPES)
        continue;
      context.counts[type] = sqlite3_column_int (row, 1);
      context.last_at[type] = stall_column_time (row, 2);
    }
  if (error != NULL)
    return dex_future_new_for_error (error);
  stall_database_get_int (database, &n_notes, NULL,
                          "SELECT count(DISTINCT note) FROM note_link WHERE product = ?", "s",
                          data);
  stall_database_get_int (database, &has_story, NULL,
                          "SELECT has_story FROM product WHERE number = "
                          "(SELECT number FROM document WHERE id = ?)",
                          "s", data);
  context.n_notes = (guint) n_notes;
  context.has_story = has_story != 0;
  return dex_future_new_take_boxed (STALL_TYPE_PRODUCT_CONTEXT,
                                    stall_product_context_copy (&context));
}

/**
 * stall_store_product_context:
 * @store: a store
 * @product_id: "product:…"
 *
 * Returns: (transfer full): a future of a boxed #StallProductContext
 */
DexFuture *
stall_store_product_context (StallStore *store, const char *product_id)
{
  dex_return_error_if_fail (STALL_IS_STORE (store));
  dex_return_error_if_fail (product_id != NULL);

  return stall_store_read (store, STALL_READER_REST, context_job, g_strdup (product_id), g_free,
                           NULL);
}

/**
 * stall_funnel_free:
 * @self: (transfer full): the style funnel
 *
 * Frees it.
 */
void
stall_funnel_free (StallFunnel *self)
{
  g_free (self);
}

/**
 * stall_funnel_get_share_kept:
 * @self: the style funnel
 *
 * Returns: how many of the decided styles were kept, 0 … 1; below 0 when none is decided
 */
double
stall_funnel_get_share_kept (const StallFunnel *self)
{
  g_return_val_if_fail (self != NULL, -1);

  return self->n_decided > 0 ? (double) self->n_kept / self->n_decided : -1;
}

static DexFuture *
funnel_job (StallDatabase *database, gpointer data)
{
  StallFunnel funnel = { 0 };
  GError *error = NULL;
  sqlite3_stmt *row = stall_database_query (
      database, &error, "SELECT stage, count(*) FROM product GROUP BY stage", "");

  while (stall_database_step (database, row, &error))
    {
      guint stage = sqlite3_column_int (row, 0), n = sqlite3_column_int (row, 1);

      if (stage < STALL_N_STAGES)
        funnel.counts[stage] = n;
      funnel.n_products += n;
    }
  if (error != NULL)
    return dex_future_new_for_error (error);
  funnel.n_kept = funnel.counts[STALL_STAGE_ON_SALE] + funnel.counts[STALL_STAGE_REORDERED];
  funnel.n_decided = funnel.n_kept + funnel.counts[STALL_STAGE_DROPPED];
  return dex_future_new_take_boxed (STALL_TYPE_FUNNEL, stall_funnel_copy (&funnel));
}

/**
 * stall_store_funnel:
 * @store: a store
 *
 * Returns: (transfer full): a future of a boxed #StallFunnel
 */
DexFuture *
stall_store_funnel (StallStore *store)
{
  dex_return_error_if_fail (STALL_IS_STORE (store));

  return stall_store_read (store, STALL_READER_REST, funnel_job, NULL, NULL, NULL);
}

/* --- what a picture shows --- */

static DexFuture *
look_at_job (StallDatabase *database, gpointer data)
{
  g_autoptr (GStrvBuilder) digests = g_strv_builder_new ();
  GError *error = NULL;
  sqlite3_stmt *row = stall_database_query (
      database, &error,
      "SELECT DISTINCT cover FROM product WHERE cover IN (SELECT digest FROM attachment) "
      "AND cover NOT IN (SELECT digest FROM picture_fact)",
      "");

  while (stall_database_step (database, row, &error))
    g_strv_builder_add (digests, stall_column_text (row, 0));
  if (error != NULL)
    return dex_future_new_for_error (error);
  return dex_future_new_take_boxed (G_TYPE_STRV, g_strv_builder_end (digests));
}

/**
 * stall_store_pictures_to_look_at:
 * @store: a store
 *
 * Returns: (transfer full): a future of a #GStrv of digests of covers that are here and that
 * nothing is known of yet
 */
DexFuture *
stall_store_pictures_to_look_at (StallStore *store)
{
  dex_return_error_if_fail (STALL_IS_STORE (store));

  return stall_store_read (store, STALL_READER_REST, look_at_job, NULL, NULL, NULL);
}

typedef struct
{
  StallStore *store; /* only while a fiber holds it, never in a job */
  char *digest;
  gboolean white_border;
} Fact;

static Fact *
fact_new (const char *digest, gboolean white_border)
{
  Fact *fact = g_new0 (Fact, 1);

  fact->digest = g_strdup (digest);
  fact->white_border = white_border;
  return fact;
}

static void
fact_free (gpointer data)
{
  Fact *fact = data;

  g_clear_object (&fact->store);
  g_free (fact->digest);
  g_free (fact);
}

static DexFuture *
keep_job (StallDatabase *database, gpointer data)
{
  Fact *fact = data;
  GError *error = NULL;

  if (stall_database_run (database, &error, "INSERT OR REPLACE INTO picture_fact VALUES (?, ?)",
                          "si", fact->digest, (gint64) (fact->white_border != FALSE)))
    return dex_future_new_true ();
  return dex_future_new_for_error (error);
}

static DexFuture *
keep_fiber (gpointer data)
{
  Fact *fact = data;
  g_autoptr (StallStore) store = g_steal_pointer (&fact->store);
  GError *error = NULL;

  if (!dex_await (stall_store_write (store, keep_job, fact_new (fact->digest, fact->white_border),
                                     fact_free),
                  &error))
    return dex_future_new_for_error (error);
  if (fact->white_border)
    stall_store_note_change (store, 1u << STALL_KIND_PRODUCT);
  return dex_future_new_true ();
}

/**
 * stall_store_keep_white_border:
 * @store: a store
 * @digest: "md5-…" of a picture
 * @white_border: what stall_pixels_have_white_border() said; %FALSE too for what is no picture
 *
 * Keeps what was seen of a picture, so that it is decoded for this once. It is no document and no
 * step to undo.
 *
 * Returns: (transfer full): a future of %TRUE
 */
DexFuture *
stall_store_keep_white_border (StallStore *store, const char *digest, gboolean white_border)
{
  Fact *fact;

  dex_return_error_if_fail (STALL_IS_STORE (store));
  dex_return_error_if_fail (digest != NULL);

  fact = fact_new (digest, white_border);
  fact->store = g_object_ref (store);
  return stall_async (keep_fiber, fact, fact_free);
}
