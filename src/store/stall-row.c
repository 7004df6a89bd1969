/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-store"

#include "config.h"

#include "stall-row.h"

#include "stall-query-private.h"
#include "stall-votes-private.h"

/* How many rows one statement reads. */
#define PAGE 64

typedef struct
{
  gint64 number;
  gpointer values; /* NULL: a placeholder */
} StallRowPrivate;

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (StallRow, stall_row, G_TYPE_OBJECT)

static void
stall_row_finalize (GObject *object)
{
  StallRowPrivate *self = stall_row_get_instance_private (STALL_ROW (object));

  if (self->values != NULL)
    {
      STALL_ROW_GET_CLASS (object)->clear (self->values);
      g_free (self->values);
    }

  G_OBJECT_CLASS (stall_row_parent_class)->finalize (object);
}

static void
stall_row_class_init (StallRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = stall_row_finalize;

  /**
   * StallRow::changed:
   *
   * The row's values were read, for the first time or anew.
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
stall_row_init (StallRow *self)
{
}

gboolean
stall_row_get_loaded (StallRow *self)
{
  StallRowPrivate *private = stall_row_get_instance_private (self);

  return private->values != NULL;
}

gint64
stall_row_get_number (StallRow *self)
{
  StallRowPrivate *private = stall_row_get_instance_private (self);

  return private->number;
}

/* The values of a row, NULL for a placeholder. */
gpointer
stall_row_get_values (StallRow *self)
{
  StallRowPrivate *private = stall_row_get_instance_private (self);

  return private->values;
}

gpointer
stall_row_make_values (StallRow *self)
{
  StallRowPrivate *private = stall_row_get_instance_private (self);

  g_assert (private->values == NULL);
  private->values = g_malloc0 (STALL_ROW_GET_CLASS (self)->values_size);
  return private->values;
}

static GType
type_of_list (StallList list)
{
  switch (list)
    {
    case STALL_LIST_PRODUCTS:
      return STALL_TYPE_PRODUCT_ROW;
    case STALL_LIST_VARIANTS:
      return STALL_TYPE_VARIANT_ROW;
    case STALL_LIST_ORDERS:
      return STALL_TYPE_ORDER_ROW;
    case STALL_LIST_LEDGER:
      return STALL_TYPE_LEDGER_ROW;
    case STALL_LIST_ACTIVITY:
      return STALL_TYPE_ACTIVITY_ROW;
    case STALL_LIST_POLLS:
      return STALL_TYPE_POLL_ROW;
    case STALL_LIST_NOTES:
      return STALL_TYPE_NOTE_ROW;
    case STALL_LIST_CONTEXT:
      return STALL_TYPE_CONTEXT_ROW;
    default:
      g_assert_not_reached ();
    }
}

/* A placeholder. */
StallRow *
stall_row_new (StallList list, gint64 number)
{
  StallRow *self = g_object_new (type_of_list (list), NULL);
  StallRowPrivate *private = stall_row_get_instance_private (self);

  private->number = number;
  return self;
}

/* Takes the values of a row that was read on another thread, and says so. */
void
stall_row_adopt (StallRow *self, StallRow *fresh)
{
  StallRowPrivate *private = stall_row_get_instance_private (self);
  StallRowPrivate *other = stall_row_get_instance_private (fresh);
  gpointer values = private->values;

  private->values = other->values;
  other->values = values;
  g_signal_emit (self, signals[CHANGED], 0);
}

/* The SELECT of each list, up to its condition on the number; the first column is the number. */
/* The one thing with a page of its own that a change set was about; of a larger one the first
 * documents tell that it was about many.
 */
#define TOPIC                                                                                     \
  "(SELECT id FROM document WHERE NOT deleted AND id = (SELECT max(topic) FROM ("                 \
  "SELECT CASE substr(d.id, 1, instr(d.id, ':') - 1) "                                            \
  "WHEN 'product' THEN d.id WHEN 'note' THEN d.id WHEN 'poll' THEN d.id "                         \
  "WHEN 'movement' THEN (SELECT p.id FROM variant v JOIN product p ON p.number = v.product "      \
  "WHERE v.id = json_extract (r.body, '$.variant')) "                                             \
  "WHEN 'context' THEN json_extract (r.body, '$.product') "                                       \
  "WHEN 'decision' THEN 'poll' || substr(d.id, instr(d.id, ':'), 37) "                            \
  "ELSE 'order' || substr(d.id, instr(d.id, ':'), 37) END AS topic "                              \
  "FROM change c JOIN document d ON d.number = c.document JOIN revision r ON r.number = c.after " \
  "WHERE c.change_set = s.number LIMIT 20) HAVING count(DISTINCT topic) = 1))"

static const char *const selects[] = {
  [STALL_LIST_PRODUCTS]
  = "SELECT number, id, title, skus, n_variants, stage, one_off, cover, price_min, price_max, "
    "currency, on_hand, reserved, n_low, sold, recent, days_left, stage_at, stage_reason FROM "
    "product WHERE number",
  [STALL_LIST_VARIANTS] = "SELECT v.number, v.id, p.id, p.title, v.title, v.sku, v.barcode, "
                          "p.cover, v.price, v.cost, v.currency, v.on_hand, "
                          "v.reserved, coalesce (v.low_at, (SELECT value FROM meta WHERE name = "
                          "'low-at'), 3), v.sold, v.recent, v.kit "
                          "FROM variant v JOIN product p ON p.number = v.product WHERE v.number",
  [STALL_LIST_ORDERS] = "SELECT o.number, o.id, o.order_number, o.customer, o.status, o.source, "
                        "o.placed_at, o.ship_by, o.total, o.paid, "
                        "o.currency, o.pieces, o.n_lines, coalesce (p.title, o.first_title), "
                        "o.flag, o.remark, o.personalised, "
                        "EXISTS (SELECT 1 FROM waiting w WHERE w.orders = o.number) "
                        "FROM orders o LEFT JOIN variant v ON v.number = o.first_variant LEFT JOIN "
                        "product p ON p.number = v.product "
                        "WHERE o.number",
  [STALL_LIST_ACTIVITY]
  = "SELECT s.number, s.label, s.at, s.state, " TOPIC " FROM change_set s WHERE s.number",
  [STALL_LIST_POLLS]
  = "SELECT p.number, p.id, p.question, p.opens_at, p.closes_at, p.votes_at, p.deposits_at, "
    "p.hidden, p.n_options, (SELECT group_concat (cover, ' ') FROM " STALL_POLL_COVERS
    "), p.votes, p.deposits, d.outcome, d.quantity, o.label, "
    "(SELECT sum (sold) FROM line WHERE variant = (SELECT number FROM variant WHERE id = o.variant)"
    " AND placed_at >= d.at), p.leader FROM (SELECT *, " STALL_POLL_VOTES
    " AS votes, " STALL_POLL_DEPOSITS " AS deposits, " STALL_POLL_LEADER " AS leader FROM poll p) p"
    " LEFT JOIN decision d ON d.number = " STALL_POLL_DECISION
    " LEFT JOIN poll_option o ON o.poll = p.number AND o.id = d.option WHERE p.number",
  [STALL_LIST_NOTES]
  = "SELECT n.number, n.id, n.title, n.excerpt, n.state, n.template, n.publish_at, n.made_at, "
    "n.cover, n.crop_x, n.crop_y, n.crop_width, n.crop_height, n.n_words, n.n_pictures, "
    "(SELECT count(*) FROM note_link WHERE note = n.number), "
    "(SELECT count(*) FROM " STALL_LINK_PRODUCT " WHERE l.note = n.number AND " STALL_LINK_IS_GONE
    "), (SELECT count(*) FROM " STALL_LINK_PRODUCT
    " WHERE l.note = n.number AND " STALL_LINK_IS_SOLD_OUT "), "
    "(SELECT sum (views) FROM echo WHERE subject = n.id), "
    "(SELECT sum (likes) FROM echo WHERE subject = n.id), "
    "(SELECT sum (saves) FROM echo WHERE subject = n.id) FROM note n WHERE n.number",
  [STALL_LIST_CONTEXT]
  = "SELECT number, id, product, type, text, link, by, at, picture FROM context WHERE number",
};

/* The statement that reads a page, made once a list. */
static const char *
page_sql (StallList list)
{
  static char *texts[G_N_ELEMENTS (selects)];
  static GMutex mutex;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);

  if (texts[list] == NULL)
    {
      g_autoptr (GString) text = g_string_new (selects[list]);

      g_string_append (text, " IN (?");
      for (guint i = 1; i < PAGE; i++)
        g_string_append (text, ", ?");
      g_string_append (text, ")");
      texts[list] = g_string_free (g_steal_pointer (&text), FALSE);
    }
  return texts[list];
}

/**
 * stall_row_read_many:
 * @query: of which list, not the ledger; and which period of payments its rows are to tell of
 * @database: a connection
 * @numbers: the rows' numbers
 * @n_numbers: how many
 * @error: return location
 *
 * Reads rows in pages.
 *
 * Returns: (transfer full) (element-type StallRow) (nullable): the rows that there are
 */
GPtrArray *
stall_row_read_many (const StallQuery *query,
                     StallDatabase *database,
                     const gint64 *numbers,
                     guint n_numbers,
                     GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_full (n_numbers, g_object_unref);
  g_autoptr (GError) failed = NULL;

  for (guint start = 0; failed == NULL && start < n_numbers; start += PAGE)
    {
      sqlite3_stmt *statement
          = stall_database_query (database, &failed, page_sql (query->list), "");

      if (statement == NULL)
        break;
      for (guint i = 0; i < PAGE; i++)
        if (start + i < n_numbers)
          sqlite3_bind_int64 (statement, i + 1, numbers[start + i]);
        else
          sqlite3_bind_null (statement, i + 1);
      while (stall_database_step (database, statement, &failed))
        {
          StallRow *row = stall_row_new (query->list, sqlite3_column_int64 (statement, 0));

          STALL_ROW_GET_CLASS (row)->read (stall_row_make_values (row), statement, 1);
          g_ptr_array_add (rows, row);
        }
    }
  if (query->list == STALL_LIST_ORDERS && (query->paid_from != 0 || query->paid_until != 0))
    for (guint i = 0; failed == NULL && i < rows->len; i++)
      stall_order_row_read_taken (g_ptr_array_index (rows, i), query, database, &failed);
  if (failed == NULL)
    return g_steal_pointer (&rows);
  g_propagate_error (error, g_steal_pointer (&failed));
  return NULL;
}
