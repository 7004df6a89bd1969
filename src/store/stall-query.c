/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-store"

#include "config.h"

#include "stall-query.h"

#include <string.h>

#include "stall-query-private.h"
#include "stall-search-text.h"
#include "stall-votes-private.h"

G_DEFINE_BOXED_TYPE (StallQuery, stall_query, stall_query_copy, stall_query_free)

/* The products that the beginning of an order search looks into, the newest of those found. More
 * than a maker's stall has under one word, few enough to answer while somebody types; the whole
 * list looks into all of them. */
#define FIRST_PRODUCTS "ORDER BY rowid DESC LIMIT 200"

/**
 * stall_query_new:
 * @list: what to list
 *
 * Returns: (transfer full): a query that finds all of it
 */
StallQuery *
stall_query_new (StallList list)
{
  StallQuery *self = g_new0 (StallQuery, 1);

  self->list = list;
  return self;
}

StallQuery *
stall_query_copy (const StallQuery *self)
{
  StallQuery *copy = g_memdup2 (self, sizeof *self);

  copy->search = g_strdup (self->search);
  copy->tag = g_strdup (self->tag);
  copy->product = g_strdup (self->product);
  copy->customer = g_strdup (self->customer);
  copy->variant = g_strdup (self->variant);
  copy->source_ref = g_strdup (self->source_ref);
  copy->topic = g_strdup (self->topic);
  return copy;
}

void
stall_query_free (StallQuery *self)
{
  g_free (self->search);
  g_free (self->tag);
  g_free (self->product);
  g_free (self->customer);
  g_free (self->variant);
  g_free (self->source_ref);
  g_free (self->topic);
  g_free (self);
}

/**
 * stall_query_equal:
 * @a: a query
 * @b: another
 *
 * Returns: whether both ask the same
 */
gboolean
stall_query_equal (const StallQuery *a, const StallQuery *b)
{
  return stall_query_equal_notes (a, b) && a->list == b->list
         && g_strcmp0 (a->search, b->search) == 0 && a->sort == b->sort
         && a->descending == b->descending && a->stage == b->stage
         && g_strcmp0 (a->tag, b->tag) == 0 && a->stock == b->stock
         && g_strcmp0 (a->product, b->product) == 0 && a->statuses == b->statuses
         && a->waiting == b->waiting && a->source == b->source && a->flag == b->flag
         && g_strcmp0 (a->customer, b->customer) == 0 && a->from == b->from && a->until == b->until
         && a->paid_from == b->paid_from && a->paid_until == b->paid_until
         && a->due_until == b->due_until && a->poll_states == b->poll_states
         && g_strcmp0 (a->variant, b->variant) == 0;
}

/**
 * stall_query_get_order_key:
 * @placed_at: when the order was placed
 * @number: its document's number, below 2³⁰
 *
 * Returns: its key in the search table, the same as ORDER_KEYS_BY_PRODUCT makes of a line
 */
gint64
stall_query_get_order_key (StallTime placed_at, gint64 number)
{
  return (MAX (placed_at, 0) / 1000) << 30 | number;
}

/* Whether something is typed; signs alone (“?!”) are, and find nothing. */
gboolean
stall_query_is_searching (const StallQuery *self)
{
  return self->search != NULL && self->search[strspn (self->search, " \t\n")] != '\0';
}

/* SQL with its parameters. Only literals of this file go into the text. */
typedef struct
{
  GString *sql;
  GPtrArray *parameters; /* GVariant */
  gboolean has_where;
} Builder;

static void
builder_clear (Builder *self)
{
  g_string_free (self->sql, TRUE);
  g_ptr_array_unref (self->parameters);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Builder, builder_clear)

static void
where (Builder *self, const char *condition)
{
  g_string_append (self->sql, self->has_where ? " AND " : " WHERE ");
  g_string_append (self->sql, condition);
  self->has_where = TRUE;
}

static void
where_int (Builder *self, const char *condition, gint64 value)
{
  where (self, condition);
  g_ptr_array_add (self->parameters, g_variant_ref_sink (g_variant_new_int64 (value)));
}

static void
where_text (Builder *self, const char *condition, const char *value)
{
  where (self, condition);
  g_ptr_array_add (self->parameters, g_variant_ref_sink (g_variant_new_string (value)));
}

static void
again_text (Builder *self, const char *value)
{
  g_ptr_array_add (self->parameters, g_variant_ref_sink (g_variant_new_string (value)));
}

static void
again_int (Builder *self, gint64 value)
{
  g_ptr_array_add (self->parameters, g_variant_ref_sink (g_variant_new_int64 (value)));
}

static void
order_by (Builder *self, const char *first, const char *rest, gboolean descending)
{
  g_string_append_printf (self->sql, " ORDER BY %s %s NULLS LAST%s", first,
                          descending ? "DESC" : "ASC", rest);
}

static void
filter_products (Builder *self, const StallQuery *query)
{
  if (query->stage != 0)
    where_int (self, "p.stage = ?", query->stage - 1);
  if (query->tag != NULL)
    where_text (self, "p.number IN (SELECT product FROM tag WHERE tag = ?)", query->tag);
  if (query->story != STALL_STORY_ANY)
    where (self, stall_query_get_story_sql (query->story));
  if (query->product != NULL)
    where_text (self, "p.id = ?", query->product);
}

static void
build_products (Builder *self, const StallQuery *query)
{
  static const char *const conditions[] = { [STALL_STOCK_LOW] = "p.n_low > 0",
                                            [STALL_STOCK_OUT] = "p.n_out > 0",
                                            [STALL_STOCK_ONE_OFF] = "p.one_off",
                                            [STALL_STOCK_RUNNING_OUT] = "p.n_running > 0",
                                            [STALL_STOCK_OVERSOLD] = "p.n_oversold > 0" };
  static const char *const sorts[] = { [STALL_SORT_STOCK] = "p.on_hand - p.reserved",
                                       [STALL_SORT_DAYS_LEFT] = "p.days_left",
                                       [STALL_SORT_PRICE] = "p.price_min",
                                       [STALL_SORT_SOLD] = "p.sold",
                                       [STALL_SORT_RECENT] = "p.number",
                                       [STALL_SORT_STAGE_AT] = "p.stage_at" };

  g_string_append (self->sql, "SELECT p.number FROM product p");
  filter_products (self, query);
  if (query->stock != STALL_STOCK_ANY)
    where (self, conditions[query->stock]);
  if (query->sort < G_N_ELEMENTS (sorts) && sorts[query->sort] != NULL)
    order_by (self, sorts[query->sort], ", p.name_key, p.number", query->descending);
  else
    order_by (self, "p.name_key", ", p.number", query->descending);
}

static void
build_variants (Builder *self, const StallQuery *query)
{
  static const char *const conditions[]
      = { [STALL_STOCK_LOW]
          = "p.stage IN (4, 5) AND NOT p.one_off AND v.on_hand > v.reserved AND v.on_hand - "
            "v.reserved <= "
            "coalesce (v.low_at, (SELECT value FROM meta WHERE name = 'low-at'), 3)",
          [STALL_STOCK_OUT] = "p.stage IN (4, 5) AND v.on_hand <= v.reserved",
          [STALL_STOCK_ONE_OFF] = "p.one_off",
          [STALL_STOCK_RUNNING_OUT] = "p.stage IN (4, 5) AND NOT p.one_off AND v.recent > 0 AND "
                                      "(v.on_hand <= 0 OR v.on_hand * 28 < v.recent * 14)",
          [STALL_STOCK_OVERSOLD] = "v.on_hand < v.reserved" };
  static const char *const sorts[]
      = { [STALL_SORT_STOCK] = "v.on_hand - v.reserved",
          [STALL_SORT_DAYS_LEFT] = "max (v.on_hand, 0) * 28.0 / nullif (v.recent, 0)",
          [STALL_SORT_PRICE] = "v.price",
          [STALL_SORT_SOLD] = "v.sold",
          [STALL_SORT_RECENT] = "p.number" };

  g_string_append (
      self->sql, "SELECT v.number, p.number FROM product p JOIN variant v ON v.product = p.number");
  filter_products (self, query);
  if (query->stock != STALL_STOCK_ANY)
    where (self, conditions[query->stock]);
  /* What runs out has days left, and is read in the order of the index variant_running_out. */
  if (query->stock == STALL_STOCK_RUNNING_OUT && query->sort == STALL_SORT_DAYS_LEFT
      && !query->descending)
    g_string_append_printf (self->sql, " ORDER BY %s, v.number", sorts[STALL_SORT_DAYS_LEFT]);
  else if (query->sort >= STALL_SORT_STOCK && query->sort <= STALL_SORT_RECENT)
    order_by (self, sorts[query->sort], ", p.name_key, v.position", query->descending);
  else
    order_by (self, "p.name_key", ", p.number, v.position", query->descending);
}

/* Orders that a word of their own leads to, and those that hold a product it leads to. One letter
 * means a customer or a number; only a longer word is worth looking for among the products. */
#define ORDER_KEYS "SELECT rowid AS key FROM order_search WHERE order_search MATCH ?"
#define ORDER_KEYS_BY_PRODUCT(limit)                                                      \
  "SELECT (max (placed_at, 0) / 1000 << " STALL_ORDER_KEY_BITS                            \
  ") | orders FROM line WHERE variant IN "                                                \
  "(SELECT number FROM variant WHERE product IN (SELECT rowid FROM product_search WHERE " \
  "product_search MATCH ? " limit "))"
#define NUMBER_OF_KEY "(key & ((1 << " STALL_ORDER_KEY_BITS ") - 1))"

static gboolean
looks_into_products (const char *typed)
{
  return g_utf8_strlen (typed, -1) >= 3 || g_utf8_get_char (typed) >= 0x2e80;
}

static void
search_orders (Builder *self, const StallQuery *query)
{
  g_autofree char *match = query->search != NULL ? stall_search_query (query->search) : NULL;

  if (match == NULL)
    {
      if (stall_query_is_searching (query))
        where (self, "0");
      return;
    }
  if (!looks_into_products (query->search))
    {
      where_text (self, "o.number IN (SELECT " NUMBER_OF_KEY " FROM (" ORDER_KEYS "))", match);
      return;
    }
  where_text (self,
              "o.number IN (SELECT " NUMBER_OF_KEY " FROM (" ORDER_KEYS
              " UNION ALL " ORDER_KEYS_BY_PRODUCT ("") "))",
              match);
  again_text (self, match);
}

static void
filter_statuses (Builder *self, guint statuses)
{
  g_autoptr (GString) condition = g_string_new ("o.status IN (");

  for (guint i = 0; i < STALL_N_STATUSES; i++)
    if (statuses & (1u << i))
      g_string_append_printf (condition, condition->str[condition->len - 1] == '(' ? "%u" : ", %u",
                              i);
  g_string_append_c (condition, ')');
  where (self, condition->str);
}

static void
filter_orders (Builder *self, const StallQuery *query)
{
  guint open = 0;

  if (query->statuses != 0)
    filter_statuses (self, query->statuses);
  if (query->waiting)
    where (self, "o.number IN (SELECT orders FROM waiting)");
  if (query->source != 0)
    where_int (self, "o.source = ?", query->source - 1);
  if (query->flag != 0)
    where_int (self, "o.flag = ?", query->flag);
  if (query->customer != NULL)
    where_text (self, "o.customer = ?", query->customer);
  if (query->from != 0)
    where_int (self, "o.placed_at >= ?", query->from);
  if (query->until != 0)
    where_int (self, "o.placed_at < ?", query->until);
  if (query->paid_from != 0 || query->paid_until != 0)
    {
      where_int (self, "o.number IN (SELECT orders FROM payment WHERE at >= ? AND at < ?)",
                 query->paid_from);
      again_int (self, query->paid_until != 0 ? query->paid_until : G_MAXINT64);
    }
  if (query->due_until != 0)
    {
      for (guint i = 0; i < STALL_N_STATUSES; i++)
        if (stall_status_is_open (i))
          open |= 1u << i;
      filter_statuses (self, open);
      where_int (self, "o.ship_by < ?", query->due_until);
    }
  if (query->source_ref != NULL)
    {
      where_text (self,
                  "o.source_ref <> '' AND o.source_ref IN (?, (SELECT title FROM note WHERE number "
                  "= (SELECT number FROM document WHERE id = ?)))",
                  query->source_ref);
      again_text (self, query->source_ref);
    }
  if (query->variant != NULL)
    where_text (self,
                "o.number IN (SELECT orders FROM line WHERE variant = (SELECT number FROM variant "
                "WHERE id = ?))",
                query->variant);
  if (query->product != NULL)
    where_text (self,
                "o.number IN (SELECT orders FROM line WHERE variant IN (SELECT v.number FROM "
                "variant v JOIN product p "
                "ON p.number = v.product WHERE p.id = ?))",
                query->product);
}

static gboolean
has_filters (const StallQuery *query)
{
  return query->statuses != 0 || query->waiting || query->source != 0 || query->flag != 0
         || query->customer != NULL || query->from != 0 || query->until != 0
         || query->paid_from != 0 || query->paid_until != 0 || query->due_until != 0
         || query->source_ref != NULL || query->variant != NULL || query->product != NULL;
}

/* Found orders, newest first. Keys come in that order from the search table and are merged, joined
 * and filtered one by one, so however many there are, the first come at once. The limit of -1 is
 * there to keep SQLite from leaving out an order that the outer query does not ask for. */
static void
build_found_orders (Builder *self, const StallQuery *query, const char *match, guint limit)
{
  gboolean filtered = has_filters (query);

  g_string_append_printf (self->sql, "SELECT %s FROM (" ORDER_KEYS,
                          filtered ? "o.number" : NUMBER_OF_KEY);
  again_text (self, match);
  if (looks_into_products (query->search))
    {
      g_string_append (self->sql, limit > 0 ? " UNION " ORDER_KEYS_BY_PRODUCT (FIRST_PRODUCTS)
                                            : " UNION " ORDER_KEYS_BY_PRODUCT (""));
      again_text (self, match);
    }
  g_string_append (self->sql, " ORDER BY 1 DESC LIMIT -1)");
  if (!filtered)
    return;
  g_string_append (self->sql, " CROSS JOIN orders o ON o.number = " NUMBER_OF_KEY);
  filter_orders (self, query);
}

static void
build_sorted_orders (Builder *self, const StallQuery *query)
{
  g_string_append (self->sql, "SELECT o.number FROM orders o");
  search_orders (self, query);
  filter_orders (self, query);
  switch (query->sort)
    {
    case STALL_SORT_SHIP_BY:
      order_by (self, "o.ship_by", ", o.placed_at, o.number", query->descending);
      break;
    case STALL_SORT_TOTAL:
      order_by (self, "o.total", ", o.placed_at DESC, o.number DESC", query->descending);
      break;
    case STALL_SORT_CUSTOMER:
      order_by (self, "nullif (o.customer, '')", ", o.placed_at DESC, o.number DESC",
                query->descending);
      break;
    case STALL_SORT_NAME:
      order_by (self, "o.order_number", ", o.number", query->descending);
      break;
    default:
      g_string_append (self->sql, query->descending || query->sort == STALL_SORT_DEFAULT
                                      ? " ORDER BY o.placed_at DESC, o.number DESC"
                                      : " ORDER BY o.placed_at, o.number");
      break;
    }
}

static void
build_orders (Builder *self, const StallQuery *query, guint limit)
{
  g_autofree char *match = query->search != NULL ? stall_search_query (query->search) : NULL;

  if (match != NULL && query->sort == STALL_SORT_DEFAULT)
    build_found_orders (self, query, match, limit);
  else
    build_sorted_orders (self, query);
}

/* A poll that waits for the owner or its voters comes before one that does not. */
static void
build_polls (Builder *self, const StallQuery *query)
{
  g_string_append (self->sql,
                   "SELECT p.number FROM (SELECT *, " STALL_POLL_STATE " AS state FROM poll p) p");
  if (query->poll_states != 0)
    where_int (self, "(1 << p.state) & ?", query->poll_states);
  if (query->search != NULL && query->search[strspn (query->search, " \t\n")] != '\0')
    {
      where_text (self,
                  "(instr (lower (p.question), lower (?)) OR EXISTS (SELECT 1 FROM "
                  "poll_option WHERE poll = p.number AND instr (lower (label), lower (?))))",
                  query->search);
      again_text (self, query->search);
    }
  if (query->variant != NULL)
    where_text (self, "p.number IN (SELECT poll FROM poll_option WHERE variant = ?)",
                query->variant);
  if (query->product != NULL)
    where_text (self,
                "p.number IN (SELECT poll FROM poll_option WHERE variant IN (SELECT v.id FROM "
                "variant v JOIN product ON product.number = v.product WHERE product.id = ?))",
                query->product);
  if (query->sort == STALL_SORT_NAME)
    order_by (self, "p.question", ", p.number", query->descending);
  else
    g_string_append (self->sql,
                     " ORDER BY CASE p.state WHEN 1 THEN 0 WHEN 2 THEN 1 WHEN 0 THEN 2 ELSE 3 END,"
                     " coalesce (p.opens_at, 0) DESC, p.number DESC");
}

static sqlite3_stmt *
prepare (Builder *self, StallDatabase *database, GError **error)
{
  sqlite3_stmt *statement = stall_database_prepare (database, self->sql->str, error);

  for (guint i = 0; statement != NULL && i < self->parameters->len; i++)
    {
      GVariant *value = g_ptr_array_index (self->parameters, i);

      if (g_variant_is_of_type (value, G_VARIANT_TYPE_STRING))
        sqlite3_bind_text (statement, i + 1, g_variant_get_string (value, NULL), -1,
                           SQLITE_TRANSIENT);
      else
        sqlite3_bind_int64 (statement, i + 1, g_variant_get_int64 (value));
    }
  return statement;
}

/**
 * stall_query_prepare:
 * @self: a query; not for the ledger
 * @database: a connection
 * @limit: how many rows at most; 0: all
 * @error: return location
 *
 * Turns a query into a statement that gives row numbers in order, and last the numbers of their
 * products where it lists those or variants. What is typed to search those for is left out:
 * stall_product_search_read() sees to it.
 *
 * Returns: (transfer full) (nullable): the statement, bound; free with sqlite3_finalize()
 */
sqlite3_stmt *
stall_query_prepare (const StallQuery *self, StallDatabase *database, guint limit, GError **error)
{
  g_auto (Builder) builder
      = { g_string_new (NULL), g_ptr_array_new_with_free_func ((GDestroyNotify) g_variant_unref) };

  switch (self->list)
    {
    case STALL_LIST_PRODUCTS:
      build_products (&builder, self);
      break;
    case STALL_LIST_VARIANTS:
      build_variants (&builder, self);
      break;
    case STALL_LIST_ORDERS:
      build_orders (&builder, self, limit);
      break;
    case STALL_LIST_NOTES:
    case STALL_LIST_CONTEXT:
      stall_query_build_notes (self, builder.sql, builder.parameters);
      break;
    case STALL_LIST_ACTIVITY:
      g_string_append (builder.sql, "SELECT number FROM change_set ORDER BY number DESC");
      break;
    case STALL_LIST_POLLS:
      build_polls (&builder, self);
      break;
    case STALL_LIST_LEDGER:
    default:
      g_assert_not_reached ();
    }
  if (limit > 0)
    g_string_append_printf (builder.sql, " LIMIT %u", limit);
  return prepare (&builder, database, error);
}

/**
 * stall_query_prepare_sum:
 * @self: a query of orders
 * @database: a connection
 * @currency: whose money is summed
 * @error: return location
 *
 * Turns a query into a statement with one row: how many orders it finds, what they come to, and how
 * many have money in another currency. Where the query asks for a period of payments that is what
 * was taken and given back in it, else the orders' totals.
 *
 * Returns: (transfer full) (nullable): the statement, bound; free with sqlite3_finalize()
 */
sqlite3_stmt *
stall_query_prepare_sum (const StallQuery *self,
                         StallDatabase *database,
                         const char *currency,
                         GError **error)
{
  g_auto (Builder) builder
      = { g_string_new (NULL), g_ptr_array_new_with_free_func ((GDestroyNotify) g_variant_unref) };

  if (self->paid_from != 0 || self->paid_until != 0)
    {
      g_string_append (
          builder.sql,
          "SELECT count(*), sum ((SELECT sum (amount) FROM payment WHERE orders = o.number "
          "AND currency = ? AND at >= ? AND at < ?)), sum (EXISTS (SELECT 1 FROM payment "
          "WHERE orders = o.number AND currency <> ? AND at >= ? AND at < ?)) FROM orders o");
      for (guint i = 0; i < 2; i++)
        {
          again_text (&builder, currency);
          again_int (&builder, self->paid_from);
          again_int (&builder, self->paid_until != 0 ? self->paid_until : G_MAXINT64);
        }
    }
  else
    {
      g_string_append (builder.sql, "SELECT count(*), sum (o.total) FILTER (WHERE o.currency = ?), "
                                    "count(*) FILTER (WHERE o.currency <> ?) FROM orders o");
      again_text (&builder, currency);
      again_text (&builder, currency);
    }
  search_orders (&builder, self);
  filter_orders (&builder, self);
  return prepare (&builder, database, error);
}

/**
 * stall_query_read_numbers:
 * @self: a query; not for the ledger
 * @database: a connection
 * @limit: how many rows at most; 0: all
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the numbers of the rows, in order
 */
StallNumbers *
stall_query_read_numbers (const StallQuery *self,
                          StallDatabase *database,
                          guint limit,
                          GError **error)
{
  g_autoptr (StallNumbers) numbers = NULL;
  g_autoptr (GError) failed = NULL;
  sqlite3_stmt *statement;

  if ((self->list == STALL_LIST_PRODUCTS || self->list == STALL_LIST_VARIANTS)
      && (limit == 0 || stall_query_is_searching (self)))
    return stall_product_search_read (self, database, limit, error);
  numbers = stall_numbers_new ();
  statement = stall_query_prepare (self, database, limit, &failed);
  while (stall_database_step (database, statement, &failed))
    stall_numbers_append (numbers, sqlite3_column_int64 (statement, 0));
  sqlite3_finalize (statement);
  if (failed == NULL)
    return stall_numbers_finish (g_steal_pointer (&numbers));
  g_propagate_error (error, g_steal_pointer (&failed));
  return NULL;
}
