/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-store"

#include "config.h"

#include "stall-query-private.h"
#include "stall-search-text.h"

/* A word leads to products by number, a list shows them by name, stock or price. To sort all that a
 * letter finds takes too long for somebody who types, and so does looking each product of the list
 * up in the index. So the list without the search is kept, in its order, by the connection that
 * reads it, until the file changes; a search marks what it finds and walks along. */

typedef struct
{
  guint32 row;
  guint32 product;
} Place;

typedef struct
{
  StallQuery *query;    /* without what is typed */
  gint64 version;       /* of the file when it was read */
  GArray *places;       /* Place */
  guint32 last_product; /* the largest number among them */
} Shelf;

#define SHELF "stall-product-shelf"

static void
shelf_free (gpointer data)
{
  Shelf *self = data;

  stall_query_free (self->query);
  g_array_unref (self->places);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Shelf, shelf_free)

static Shelf *
shelf_read (StallQuery *query, gint64 version, StallDatabase *database, GError **error)
{
  g_autoptr (Shelf) self = g_new0 (Shelf, 1);
  g_autoptr (GError) failed = NULL;
  sqlite3_stmt *statement = stall_query_prepare (query, database, 0, &failed);

  self->query = query;
  self->version = version;
  self->places = g_array_new (FALSE, FALSE, sizeof (Place));
  while (stall_database_step (database, statement, &failed))
    {
      Place place
          = { (guint32) sqlite3_column_int64 (statement, 0),
              (guint32) sqlite3_column_int64 (statement, sqlite3_column_count (statement) - 1) };

      g_array_append_val (self->places, place);
      self->last_product = MAX (self->last_product, place.product);
    }
  sqlite3_finalize (statement);
  if (failed == NULL)
    return g_steal_pointer (&self);
  g_propagate_error (error, g_steal_pointer (&failed));
  return NULL;
}

/* The list without what is typed: the kept one, or a new one when it is another or the file has
 * changed. */
static const Shelf *
get_shelf (const StallQuery *query, StallDatabase *database, GError **error)
{
  sqlite3 *handle = stall_database_get_handle (database);
  g_autoptr (StallQuery) all = stall_query_copy (query);
  const Shelf *kept = sqlite3_get_clientdata (handle, SHELF);
  gint64 version;
  Shelf *fresh;

  g_clear_pointer (&all->search, g_free);
  if (!stall_database_get_int (database, &version, error, "PRAGMA data_version", ""))
    return NULL;
  if (kept != NULL && kept->version == version && stall_query_equal (kept->query, all))
    return kept;
  fresh = shelf_read (g_steal_pointer (&all), version, database, error);
  if (fresh != NULL && sqlite3_set_clientdata (handle, SHELF, fresh, shelf_free) != SQLITE_OK)
    g_error ("no memory for a list of products");
  return fresh;
}

/* A bit for each product that the words lead to. */
static gboolean
mark (StallDatabase *database,
      const char *match,
      guint8 *marks,
      guint32 last_product,
      GError **error)
{
  g_autoptr (GError) failed = NULL;
  sqlite3_stmt *statement = stall_database_query (
      database, &failed, "SELECT rowid FROM product_search WHERE product_search MATCH ?", "s",
      match);

  while (stall_database_step (database, statement, &failed))
    {
      gint64 product = sqlite3_column_int64 (statement, 0);

      if (product <= last_product)
        marks[product / 8] |= (guint8) (1u << product % 8);
    }
  if (failed == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

/* Walks along the shelf. */
static void
take_marked (const Shelf *shelf, guint8 *marks, guint limit, StallNumbers *numbers)
{
  for (guint i = 0; i < shelf->places->len && stall_numbers_get_length (numbers) < limit; i++)
    {
      const Place *place = &g_array_index (shelf->places, Place, i);

      if (marks[place->product / 8] & 1u << place->product % 8)
        stall_numbers_append (numbers, place->row);
    }
}

static StallNumbers *
read_found (const Shelf *shelf,
            StallDatabase *database,
            const char *match,
            guint limit,
            GError **error)
{
  g_autoptr (StallNumbers) numbers = stall_numbers_new ();
  gsize size = shelf->last_product / 8 + 1;
  g_autofree guint8 *marks = g_malloc0 (size);
  g_autofree guint8 *begin = NULL;

  if (!mark (database, match, marks, shelf->last_product, error))
    return NULL;
  if (shelf->query->sort == STALL_SORT_MATCH)
    {
      /* The words of a product are kept with its title first. */
      g_autofree char *at_begin = g_strconcat ("^ ", match, NULL);

      begin = g_malloc0 (size);
      if (!mark (database, at_begin, begin, shelf->last_product, error))
        return NULL;
      take_marked (shelf, begin, limit, numbers);
      for (gsize i = 0; i < size; i++)
        marks[i] &= (guint8) ~begin[i];
    }
  take_marked (shelf, marks, limit, numbers);
  return stall_numbers_finish (g_steal_pointer (&numbers));
}

/* Nobody has typed anything. */
static StallNumbers *
take_all (const Shelf *shelf)
{
  g_autoptr (StallNumbers) numbers = stall_numbers_new ();

  for (guint i = 0; i < shelf->places->len; i++)
    stall_numbers_append (numbers, g_array_index (shelf->places, Place, i).row);
  return stall_numbers_finish (g_steal_pointer (&numbers));
}

/**
 * stall_product_search_read:
 * @query: of products or variants
 * @database: a connection
 * @limit: how many rows at most, where something is searched; 0: all
 * @error: return location
 *
 * Reads a list of products through the one that is kept, or all of it for being kept.
 *
 * Returns: (transfer full) (nullable): the numbers of the rows, in order
 */
StallNumbers *
stall_product_search_read (const StallQuery *query,
                           StallDatabase *database,
                           guint limit,
                           GError **error)
{
  g_autofree char *match = query->search != NULL ? stall_search_query (query->search) : NULL;
  gboolean searching = stall_query_is_searching (query);
  const Shelf *shelf;

  if (searching && match == NULL) /* signs alone find nothing */
    return stall_numbers_new ();
  shelf = get_shelf (query, database, error);
  if (shelf == NULL)
    return NULL;
  return searching ? read_found (shelf, database, match, limit > 0 ? limit : G_MAXUINT, error)
                   : take_all (shelf);
}
