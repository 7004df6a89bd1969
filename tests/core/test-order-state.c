/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-test"

#include "config.h"

#include "stall-order-state.h"

#include <stdio.h>

#define ORDER "order:o"
#define START (G_GINT64_CONSTANT (1291190760000))

/* Orders cost 100 a piece. A line is a quantity, 0 ends them. Events are words, in the order in
 * which they happened, one a minute: “shipped”, “shipped 0:2 1:1”, “refunded 150”, “returned
 * restock”. */
typedef struct
{
  const char *name;
  int lines[4];
  const char *events[6];
  StallStatus status;
  gint64 paid;
  gint64 refunded;
  int shipped;
  int open;
  gint64 stock; /* all stock effects together */
  guint n_ignored;
} Case;

/* clang-format off */
#define STATUS(status) STALL_STATUS_##status

static const Case cases[] = {
  /* The way of an order. */
  { "new", { 2, 1 }, { NULL },
    STATUS (UNPAID), 0, 0, 0, 3, 0, 0 },
  { "paid", { 2, 1 }, { "paid" },
    STATUS (TO_PACK), 300, 0, 0, 3, 0, 0 },
  { "part paid", { 2, 1 }, { "paid 100" },
    STATUS (UNPAID), 100, 0, 0, 3, 0, 0 },
  { "paid in parts", { 2, 1 }, { "paid 100", "paid" },
    STATUS (TO_PACK), 300, 0, 0, 3, 0, 0 },
  { "paid twice", { 2, 1 }, { "paid", "paid" },
    STATUS (TO_PACK), 300, 0, 0, 3, 0, 1 },
  { "overpaid", { 1 }, { "paid 150" },
    STATUS (TO_PACK), 150, 0, 0, 1, 0, 0 },
  { "paid nothing", { 1 }, { "paid 0" },
    STATUS (UNPAID), 0, 0, 0, 1, 0, 1 },
  { "part packed", { 2, 1 }, { "paid", "packed 0:1" },
    STATUS (TO_PACK), 300, 0, 0, 3, 0, 0 },
  { "packed", { 2, 1 }, { "paid", "packed" },
    STATUS (PACKED), 300, 0, 0, 3, 0, 0 },
  { "packed twice", { 2 }, { "paid", "packed", "packed" },
    STATUS (PACKED), 200, 0, 0, 2, 0, 1 },
  { "part shipped", { 2, 1 }, { "paid", "packed", "shipped 0:1 1:1" },
    STATUS (PART_SHIPPED), 300, 0, 2, 1, -2, 0 },
  { "shipped", { 2, 1 }, { "paid", "shipped" },
    STATUS (SHIPPED), 300, 0, 3, 0, -3, 0 },
  { "shipped in parts", { 2, 1 }, { "paid", "shipped 0:1", "shipped" },
    STATUS (SHIPPED), 300, 0, 3, 0, -3, 0 },
  { "shipped too much", { 2 }, { "paid", "shipped 0:9" },
    STATUS (SHIPPED), 200, 0, 2, 0, -2, 0 },
  { "shipped twice", { 2 }, { "paid", "shipped", "shipped" },
    STATUS (SHIPPED), 200, 0, 2, 0, -2, 1 },
  { "shipped a line that is not there", { 2 }, { "paid", "shipped 0:1 4:1" },
    STATUS (TO_PACK), 200, 0, 0, 2, 0, 1 },
  { "delivered", { 2 }, { "paid", "shipped", "delivered" },
    STATUS (DELIVERED), 200, 0, 2, 0, -2, 0 },
  { "delivered before it left", { 2 }, { "paid", "delivered" },
    STATUS (TO_PACK), 200, 0, 0, 2, 0, 1 },
  { "first parcel delivered", { 2 }, { "paid", "shipped 0:1", "delivered", "shipped" },
    STATUS (SHIPPED), 200, 0, 2, 0, -2, 0 },
  { "both parcels delivered", { 2 }, { "paid", "shipped 0:1", "delivered", "shipped", "delivered" },
    STATUS (DELIVERED), 200, 0, 2, 0, -2, 0 },
  { "completed", { 2, 1 }, { "completed" },
    STATUS (DELIVERED), 300, 0, 3, 0, -3, 0 },
  { "completed twice", { 2 }, { "completed", "completed" },
    STATUS (DELIVERED), 200, 0, 2, 0, -2, 1 },
  { "completed after a deposit", { 2 }, { "paid 50", "completed" },
    STATUS (DELIVERED), 200, 0, 2, 0, -2, 0 },

  /* Cash on delivery: the status follows the goods. */
  { "packed unpaid", { 2 }, { "packed" },
    STATUS (PACKED), 0, 0, 0, 2, 0, 0 },
  { "shipped unpaid", { 2 }, { "shipped" },
    STATUS (SHIPPED), 0, 0, 2, 0, -2, 0 },
  { "paid at the door", { 2 }, { "shipped", "delivered", "paid" },
    STATUS (DELIVERED), 200, 0, 2, 0, -2, 0 },

  /* After sales. */
  { "cancelled", { 2, 1 }, { "cancelled" },
    STATUS (CANCELLED), 0, 0, 0, 0, 0, 0 },
  { "cancelled twice", { 2 }, { "cancelled", "cancelled" },
    STATUS (CANCELLED), 0, 0, 0, 0, 0, 1 },
  { "cancelled in part", { 2, 1 }, { "paid", "cancelled 0:1" },
    STATUS (TO_PACK), 300, 0, 0, 2, 0, 0 },
  { "cancelled packed goods", { 2 }, { "paid", "packed", "cancelled 0:1" },
    STATUS (PACKED), 200, 0, 0, 1, 0, 0 },
  { "cancelled what is left", { 2, 1 }, { "paid", "shipped 0:2", "cancelled" },
    STATUS (SHIPPED), 300, 0, 2, 0, -2, 0 },
  { "cancelled too late", { 2 }, { "paid", "shipped", "cancelled" },
    STATUS (SHIPPED), 200, 0, 2, 0, -2, 1 },
  { "shipped after all was cancelled", { 2 }, { "cancelled", "shipped", "completed" },
    STATUS (CANCELLED), 0, 0, 0, 0, 0, 2 },
  { "paid after it was cancelled", { 2 }, { "cancelled", "paid" },
    STATUS (CANCELLED), 200, 0, 0, 0, 0, 0 },
  { "paid, cancelled, refunded", { 2 }, { "paid", "cancelled", "refunded" },
    STATUS (REFUNDED), 200, 200, 0, 0, 0, 0 },
  { "refunded in part", { 2 }, { "completed", "refunded 50" },
    STATUS (DELIVERED), 200, 50, 2, 0, -2, 0 },
  { "refunded in parts", { 2 }, { "completed", "refunded 50", "refunded" },
    STATUS (REFUNDED), 200, 200, 2, 0, -2, 0 },
  { "refunded too much", { 2 }, { "completed", "refunded 150", "refunded 51" },
    STATUS (DELIVERED), 200, 150, 2, 0, -2, 1 },
  { "refunded unpaid", { 2 }, { "refunded" },
    STATUS (UNPAID), 0, 0, 0, 2, 0, 1 },
  { "returned damaged", { 2 }, { "completed", "returned 0:1" },
    STATUS (DELIVERED), 200, 0, 2, 0, -2, 0 },
  { "returned fit to sell", { 2 }, { "completed", "returned 0:1 restock" },
    STATUS (DELIVERED), 200, 0, 2, 0, -1, 0 },
  { "returned and refunded", { 2 }, { "completed", "returned restock", "refunded" },
    STATUS (REFUNDED), 200, 200, 2, 0, 0, 0 },
  { "returned twice", { 2 }, { "completed", "returned restock", "returned restock" },
    STATUS (DELIVERED), 200, 0, 2, 0, 0, 1 },
  { "returned on the way", { 2 }, { "paid", "shipped", "returned", "delivered" },
    STATUS (DELIVERED), 200, 0, 2, 0, -2, 1 },
  { "returned in part on the way", { 2 }, { "paid", "shipped", "returned 0:1" },
    STATUS (SHIPPED), 200, 0, 2, 0, -2, 0 },
  { "returned what never left", { 2 }, { "paid", "returned restock" },
    STATUS (TO_PACK), 200, 0, 0, 2, 0, 1 },
  { "refund does not restock a sale", { 2 }, { "completed", "refunded restock" },
    STATUS (REFUNDED), 200, 200, 2, 0, -2, 0 },

  /* Credit notes. */
  { "credit note", { -2, -1 }, { NULL },
    STATUS (UNPAID), 0, 0, 0, 0, 0, 0 },
  { "credit note refunded", { -2, -1 }, { "refunded" },
    STATUS (REFUNDED), 0, 300, 0, 0, 0, 0 },
  { "credit note restocked", { -2, -1 }, { "refunded restock" },
    STATUS (REFUNDED), 0, 300, 0, 0, 3, 0 },
  { "credit note restocked in part", { -2, -1 }, { "refunded 0:1 restock" },
    STATUS (REFUNDED), 0, 300, 0, 0, 1, 0 },
  { "credit note refunded twice", { -2 }, { "refunded restock", "refunded restock" },
    STATUS (REFUNDED), 0, 200, 0, 0, 2, 1 },
  { "credit note goods follow", { -2 }, { "refunded", "returned restock" },
    STATUS (REFUNDED), 0, 200, 0, 0, 2, 0 },
  { "credit note completed", { -2 }, { "completed restock" },
    STATUS (REFUNDED), 0, 200, 0, 0, 2, 0 },
  { "credit note cancelled", { -2 }, { "cancelled", "refunded restock", "returned restock" },
    STATUS (CANCELLED), 0, 0, 0, 0, 0, 2 },
  { "credit note shipped", { -2 }, { "shipped", "packed", "delivered" },
    STATUS (UNPAID), 0, 0, 0, 0, 0, 3 },

  /* An exchange: one thing comes back, another goes out. */
  { "exchange", { 2, -1 }, { "completed", "returned 1:1 restock" },
    STATUS (DELIVERED), 100, 0, 2, 0, -1, 0 },

  /* Nothing to send. */
  { "no lines", { 0 }, { NULL },
    STATUS (DELIVERED), 0, 0, 0, 0, 0, 0 },
  { "no lines, cancelled", { 0 }, { "cancelled", "cancelled" },
    STATUS (CANCELLED), 0, 0, 0, 0, 0, 1 },
};
/* clang-format on */

static StallOrderEvent *
new_event (const char *words, guint number)
{
  g_auto (GStrv) parts = g_strsplit (words, " ", -1);
  g_autofree char *id = g_strdup_printf ("event:o:%04u", number);
  StallOrderEvent *event;
  StallStep step;

  g_assert_true (stall_step_from_string (parts[0], &step));
  event = stall_order_event_new_with_id (id, ORDER, step, START + number * STALL_MINUTE);
  for (guint i = 1; parts[i] != NULL; i++)
    {
      guint line;
      int quantity;

      if (g_str_equal (parts[i], "restock"))
        stall_order_event_set_restock (event, TRUE);
      else if (sscanf (parts[i], "%u:%d", &line, &quantity) == 2)
        stall_order_event_add_line (event, line, quantity);
      else
        stall_order_event_set_money (event, g_ascii_strtoll (parts[i], NULL, 10), "CNY");
    }
  return event;
}

static StallOrder *
new_order (const int *quantities, guint n)
{
  StallOrder *order = stall_order_new (ORDER, "1", "CNY");

  for (guint i = 0; i < n && quantities[i] != 0; i++)
    {
      StallOrderLine line = { .quantity = quantities[i], .price = 100 };

      g_assert_true (stall_order_add_line (order, &line));
    }
  return order;
}

/* What must hold whatever happened. */
static void
assert_sound (StallOrder *order, const StallOrderState *state)
{
  g_autofree gint64 *stock = g_new0 (gint64, state->lines->len + 1);
  gint64 money = 0;

  g_assert_cmpuint (state->lines->len, ==, stall_order_get_n_lines (order));
  g_assert_cmpint (state->paid, >=, 0);
  g_assert_cmpint (state->refunded, >=, 0);
  g_assert_cmpint (state->refunded, <=, state->paid + MAX (-state->total, 0));
  for (guint i = 0; i < state->money->len; i++)
    money += g_array_index (state->money, StallMoneyEffect, i).amount;
  g_assert_cmpint (money, ==, state->paid - state->refunded);

  for (guint i = 0; i < state->stock->len; i++)
    {
      const StallStockEffect *effect = &g_array_index (state->stock, StallStockEffect, i);

      stock[effect->line] += effect->quantity;
    }
  for (guint i = 0; i < state->lines->len; i++)
    {
      const StallLineState *line = &g_array_index (state->lines, StallLineState, i);
      int quantity = stall_order_get_line (order, i)->quantity;

      g_assert_cmpint (line->ordered, ==, MAX (quantity, 0));
      g_assert_cmpint (line->open + line->shipped + line->cancelled, ==, line->ordered);
      g_assert_cmpint (line->open, >=, 0);
      g_assert_cmpint (line->cancelled, >=, 0);
      g_assert_cmpint (line->delivered, >=, 0);
      g_assert_cmpint (line->delivered, <=, line->shipped);
      g_assert_cmpint (line->packed, >=, line->shipped);
      g_assert_cmpint (line->packed, <=, line->shipped + line->open);
      g_assert_cmpint (line->waiting, >=, 0);
      g_assert_cmpint (line->waiting, <=, line->open - (line->packed - line->shipped));
      g_assert_cmpint (line->returned, >=, 0);
      g_assert_cmpint (line->returnable, >=, 0);
      g_assert_cmpint (line->returned + line->returnable, ==,
                       quantity < 0 ? -quantity : line->shipped);
      g_assert_cmpint (stock[i], >=, -line->shipped);
      g_assert_cmpint (stock[i], <=, line->returned - line->shipped);
    }
}

static void
assert_same (const StallOrderState *a, const StallOrderState *b)
{
  g_assert_cmpint (a->status, ==, b->status);
  g_assert_cmpint (a->paid, ==, b->paid);
  g_assert_cmpint (a->refunded, ==, b->refunded);
  g_assert_cmpmem (a->lines->data, a->lines->len * sizeof (StallLineState), b->lines->data,
                   b->lines->len * sizeof (StallLineState));
  g_assert_cmpuint (a->stock->len, ==, b->stock->len);
  for (guint i = 0; i < a->stock->len; i++)
    {
      const StallStockEffect *first = &g_array_index (a->stock, StallStockEffect, i);
      const StallStockEffect *second = &g_array_index (b->stock, StallStockEffect, i);

      g_assert_cmpuint (first->line, ==, second->line);
      g_assert_cmpint (first->quantity, ==, second->quantity);
      g_assert_cmpint (first->at, ==, second->at);
      g_assert_true (first->event == second->event);
    }
  g_assert_cmpuint (a->ignored->len, ==, b->ignored->len);
  for (guint i = 0; i < a->ignored->len; i++)
    g_assert_true (g_ptr_array_index (a->ignored, i) == g_ptr_array_index (b->ignored, i));
}

static void
test_case (gconstpointer data)
{
  const Case *expected = data;
  g_autoptr (StallOrder) order = new_order (expected->lines, G_N_ELEMENTS (expected->lines));
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (StallOrderState) state = NULL;
  gint64 shipped = 0, open = 0, stock = 0;

  for (guint i = 0; i < G_N_ELEMENTS (expected->events) && expected->events[i] != NULL; i++)
    g_ptr_array_add (events, new_event (expected->events[i], i));

  state = stall_order_state_new (order, events);
  assert_sound (order, state);
  for (guint i = 0; i < state->lines->len; i++)
    {
      shipped += g_array_index (state->lines, StallLineState, i).shipped;
      open += g_array_index (state->lines, StallLineState, i).open;
    }
  for (guint i = 0; i < state->stock->len; i++)
    stock += g_array_index (state->stock, StallStockEffect, i).quantity;

  g_assert_cmpstr (stall_status_to_string (state->status), ==,
                   stall_status_to_string (expected->status));
  g_assert_cmpint (state->paid, ==, expected->paid);
  g_assert_cmpint (state->refunded, ==, expected->refunded);
  g_assert_cmpint (shipped, ==, expected->shipped);
  g_assert_cmpint (open, ==, expected->open);
  g_assert_cmpint (stock, ==, expected->stock);
  g_assert_cmpuint (state->ignored->len, ==, expected->n_ignored);
}

/* What waits: how many pieces of line 0, and how many of it are in the parcel. */
static void
test_waiting (void)
{
  static const struct
  {
    const char *events[5];
    int waiting;
    int packed;
    StallStatus status;
    guint n_ignored;
  } rows[] = {
    { { "paid", "waiting" }, 3, 0, STATUS (TO_PACK), 0 },
    { { "waiting" }, 3, 0, STATUS (UNPAID), 0 },
    { { "paid", "waiting 0:1" }, 1, 0, STATUS (TO_PACK), 0 },
    { { "paid", "waiting 0:9" }, 3, 0, STATUS (TO_PACK), 0 },
    { { "paid", "waiting 0:2", "waiting 0:1", "waiting" }, 3, 0, STATUS (TO_PACK), 1 },
    { { "paid", "waiting", "resumed 0:1" }, 2, 0, STATUS (TO_PACK), 0 },
    { { "paid", "waiting", "resumed", "resumed" }, 0, 0, STATUS (TO_PACK), 1 },
    { { "paid", "resumed" }, 0, 0, STATUS (TO_PACK), 1 },
    /* What was packed is unpacked for somebody else. */
    { { "paid", "packed", "waiting 0:1" }, 1, 2, STATUS (TO_PACK), 0 },
    { { "paid", "packed 0:2", "waiting 0:1" }, 1, 2, STATUS (TO_PACK), 0 },
    /* What is packed or leaves waits no longer; what need not wait goes first. */
    { { "paid", "waiting 0:1", "packed 0:2" }, 1, 2, STATUS (TO_PACK), 0 },
    { { "paid", "waiting 0:1", "packed" }, 0, 3, STATUS (PACKED), 0 },
    { { "paid", "waiting 0:1", "shipped 0:2" }, 1, 2, STATUS (PART_SHIPPED), 0 },
    { { "paid", "waiting 0:2", "shipped 0:2" }, 1, 2, STATUS (PART_SHIPPED), 0 },
    { { "paid", "waiting", "shipped" }, 0, 3, STATUS (SHIPPED), 0 },
    { { "waiting", "completed" }, 0, 3, STATUS (DELIVERED), 0 },
    { { "paid", "shipped", "waiting" }, 0, 3, STATUS (SHIPPED), 1 },
    /* Who is tired of waiting cancels what waits. */
    { { "paid", "waiting 0:1", "cancelled 0:1" }, 0, 0, STATUS (TO_PACK), 0 },
    { { "paid", "packed 0:2", "waiting 0:1", "cancelled 0:1" }, 0, 2, STATUS (PACKED), 0 },
    { { "paid", "waiting 0:2", "cancelled 0:1" }, 1, 0, STATUS (TO_PACK), 0 },
    { { "waiting", "cancelled" }, 0, 0, STATUS (CANCELLED), 0 },
    { { "cancelled", "waiting" }, 0, 0, STATUS (CANCELLED), 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (StallOrder) order = new_order ((int[]) { 3, 0 }, 2);
      g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func (g_object_unref);
      g_autoptr (StallOrderState) state = NULL;

      g_test_message ("row %u", i);
      for (guint j = 0; j < G_N_ELEMENTS (rows[i].events) && rows[i].events[j] != NULL; j++)
        g_ptr_array_add (events, new_event (rows[i].events[j], j));
      state = stall_order_state_new (order, events);
      assert_sound (order, state);
      g_assert_cmpint (stall_order_state_get_waiting (state), ==, rows[i].waiting);
      g_assert_cmpint (g_array_index (state->lines, StallLineState, 0).packed, ==, rows[i].packed);
      g_assert_cmpint (state->status, ==, rows[i].status);
      g_assert_cmpuint (state->ignored->len, ==, rows[i].n_ignored);
    }
}

/* A person packs what need not wait; with many orders at once, one that waits is left out. */
static void
test_ready (void)
{
  g_autoptr (StallOrder) order = new_order ((int[]) { 3, 1, 0 }, 3);
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (StallOrderState) state = NULL;
  g_autoptr (StallOrderEvent) packed = new_event ("packed", 2);
  g_autoptr (StallOrderEvent) all = new_event ("packed", 2);

  g_ptr_array_add (events, new_event ("paid", 0));
  state = stall_order_state_new (order, events);
  stall_order_state_name_ready (state, all);
  g_assert_cmpuint (stall_order_event_get_n_lines (all), ==, 0);
  g_assert_cmpint (stall_order_state_ask_in_bulk (state, STALL_STEP_PACKED), ==, STALL_BULK_DONE);
  stall_order_state_free (state);

  g_ptr_array_add (events, new_event ("waiting 0:2 1:1", 1));
  state = stall_order_state_new (order, events);
  stall_order_state_name_ready (state, packed);
  g_assert_cmpuint (stall_order_event_get_n_lines (packed), ==, 1);
  g_assert_cmpuint (stall_order_event_get_line (packed, 0)->line, ==, 0);
  g_assert_cmpint (stall_order_event_get_line (packed, 0)->quantity, ==, 1);
  g_assert_cmpint (stall_order_state_ask_in_bulk (state, STALL_STEP_PACKED), ==,
                   STALL_BULK_WAITING);
}

/* Any events in any order of arrival: the same state, and a sound one. */
static void
test_arrival (void)
{
  static const char *const tails[]
      = { "", "", " 0:1", " 1:2", " 0:3 1:1", " 7:1", " 50", " restock" };

  for (guint round = 0; round < 2000; round++)
    {
      int quantities[3] = { g_test_rand_int_range (-4, 5), g_test_rand_int_range (-4, 5),
                            g_test_rand_int_range (-4, 5) };
      g_autoptr (StallOrder) order = new_order (quantities, 3);
      g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func (g_object_unref);
      g_autoptr (StallOrderState) first = NULL;

      for (guint i = 0; i < 8; i++)
        {
          g_autofree char *words
              = g_strconcat (stall_step_to_string (g_test_rand_int_range (0, STALL_N_STEPS)),
                             tails[g_test_rand_int_range (0, G_N_ELEMENTS (tails))], NULL);

          g_ptr_array_add (events, new_event (words, i));
        }

      first = stall_order_state_new (order, events);
      assert_sound (order, first);
      for (guint arrival = 0; arrival < 3; arrival++)
        {
          g_autoptr (StallOrderState) again = NULL;

          for (guint i = events->len - 1; i > 0; i--)
            {
              guint other = g_test_rand_int_range (0, i + 1);
              gpointer event = events->pdata[i];

              events->pdata[i] = events->pdata[other];
              events->pdata[other] = event;
            }
          again = stall_order_state_new (order, events);
          assert_same (first, again);
        }
    }
}

/* Events of the same instant are told apart by their ids. */
static void
test_same_instant (void)
{
  g_autoptr (StallOrder) order = new_order ((int[]) { 1, 0 }, 2);
  g_autoptr (StallOrderEvent) cancelled
      = stall_order_event_new_with_id ("event:o:a", ORDER, STALL_STEP_CANCELLED, START);
  g_autoptr (StallOrderEvent) shipped
      = stall_order_event_new_with_id ("event:o:b", ORDER, STALL_STEP_SHIPPED, START);
  g_autoptr (GPtrArray) events = g_ptr_array_new ();
  g_autoptr (StallOrderState) state = NULL;

  g_ptr_array_add (events, shipped);
  g_ptr_array_add (events, cancelled);
  state = stall_order_state_new (order, events);

  g_assert_cmpint (state->status, ==, STALL_STATUS_CANCELLED);
  g_assert_cmpuint (state->ignored->len, ==, 1);
  g_assert_true (g_ptr_array_index (state->ignored, 0) == shipped);
  g_assert_true (g_ptr_array_index (state->events, 0) == cancelled);
}

/* Effects say when and where, and outlive the events that the caller let go. */
static void
test_effects (void)
{
  g_autoptr (StallOrder) order = new_order ((int[]) { 2, 1, 0 }, 3);
  GPtrArray *events = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (StallOrderState) state = NULL;
  StallOrderEvent *shipped = new_event ("completed", 1);
  StallOrderEvent *returned = new_event ("returned 0:1 restock", 5);
  const StallStockEffect *effect;

  stall_order_event_set_place (shipped, "session:fair");
  g_ptr_array_add (events, shipped);
  g_ptr_array_add (events, returned);
  state = stall_order_state_new (order, events);
  g_ptr_array_unref (events);

  g_assert_cmpuint (state->stock->len, ==, 3);
  effect = &g_array_index (state->stock, StallStockEffect, 0);
  g_assert_cmpuint (effect->line, ==, 0);
  g_assert_cmpint (effect->quantity, ==, -2);
  g_assert_cmpint (effect->at, ==, START + STALL_MINUTE);
  g_assert_cmpstr (effect->place, ==, "session:fair");
  effect = &g_array_index (state->stock, StallStockEffect, 2);
  g_assert_cmpint (effect->quantity, ==, 1);
  g_assert_cmpint (effect->at, ==, START + 5 * STALL_MINUTE);
  g_assert_cmpstr (effect->place, ==, STALL_PLACE_WORKSHOP);
  g_assert_cmpuint (state->money->len, ==, 1);
  g_assert_cmpint (g_array_index (state->money, StallMoneyEffect, 0).amount, ==, 300);
}

/* Money of another currency is no money of this order. */
static void
test_currency (void)
{
  g_autoptr (StallOrder) order = new_order ((int[]) { 1, 0 }, 2);
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (StallOrderState) state = NULL;
  StallOrderEvent *event = new_event ("paid", 0);

  stall_order_event_set_money (event, 100, "GBP");
  g_ptr_array_add (events, event);
  event = new_event ("completed", 1);
  stall_order_event_set_money (event, -100, "CNY");
  g_ptr_array_add (events, event);
  event = new_event ("paid", 2);
  stall_order_event_set_money (event, G_MAXINT64, "CNY");
  g_ptr_array_add (events, event);
  event = new_event ("paid", 3);
  stall_order_event_set_money (event, G_MAXINT64, "CNY");
  g_ptr_array_add (events, event);
  state = stall_order_state_new (order, events);

  g_assert_cmpint (state->paid, ==, G_MAXINT64);
  g_assert_cmpuint (state->stock->len, ==, 0);
  g_assert_cmpuint (state->ignored->len, ==, 3);
}

/* An adjustment below zero, without goods and with them, as bookkeeping makes it. */
static void
test_charges (void)
{
  g_autoptr (StallOrder) owed = stall_order_new (ORDER, "1", "CNY");
  g_autoptr (StallOrder) owing = stall_order_new (ORDER, "2", "CNY");
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func (g_object_unref);
  StallOrderCharge fee = { .kind = STALL_CHARGE_FEE, .amount = 500 };
  StallOrderCharge debt = { .kind = STALL_CHARGE_ADJUSTMENT, .amount = -1106206 };
  StallOrderLine piece = { .quantity = 1, .price = 100 };
  StallOrderState *state;

  g_ptr_array_add (events, new_event ("completed", 0));

  g_assert_true (stall_order_add_charge (owed, &fee));
  state = stall_order_state_new (owed, events);
  g_assert_cmpint (state->status, ==, STALL_STATUS_DELIVERED);
  g_assert_cmpint (state->paid, ==, 500);
  stall_order_state_free (state);

  g_assert_true (stall_order_add_charge (owing, &debt));
  state = stall_order_state_new (owing, events);
  g_assert_cmpint (state->status, ==, STALL_STATUS_REFUNDED);
  g_assert_cmpint (state->refunded, ==, 1106206);
  stall_order_state_free (state);

  g_assert_true (stall_order_add_line (owing, &piece));
  state = stall_order_state_new (owing, events);
  g_assert_cmpint (state->status, ==, STALL_STATUS_REFUNDED);
  g_assert_cmpint (state->refunded, ==, 1106106);
  g_assert_cmpuint (state->stock->len, ==, 1);
  stall_order_state_free (state);
}

static guint
find_allowed (const char *const *words, const int *quantities)
{
  g_autoptr (StallOrder) order = new_order (quantities, 2);
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (StallOrderState) state = NULL;
  guint allowed = 0;

  for (guint i = 0; words[i] != NULL; i++)
    g_ptr_array_add (events, new_event (words[i], i));

  state = stall_order_state_new (order, events);
  for (guint step = 0; step < STALL_N_STEPS; step++)
    allowed |= stall_order_state_allows (state, step) ? 1u << step : 0;
  return allowed;
}

#define STEP(step) (1u << STALL_STEP_##step)

static void
test_allows (void)
{
  static const struct
  {
    int lines[2];
    const char *events[4];
    guint allowed;
  } rows[] = {
    { { 2 },
      { NULL },
      STEP (PAID) | STEP (PACKED) | STEP (SHIPPED) | STEP (COMPLETED) | STEP (CANCELLED)
          | STEP (WAITING) },
    { { 2 },
      { "paid" },
      STEP (PACKED) | STEP (SHIPPED) | STEP (COMPLETED) | STEP (CANCELLED) | STEP (REFUNDED)
          | STEP (WAITING) },
    { { 2 },
      { "paid", "waiting" },
      STEP (COMPLETED) | STEP (CANCELLED) | STEP (REFUNDED) | STEP (RESUMED) },
    { { 2 },
      { "paid", "waiting 0:1" },
      STEP (PACKED) | STEP (SHIPPED) | STEP (COMPLETED) | STEP (CANCELLED) | STEP (REFUNDED)
          | STEP (WAITING) | STEP (RESUMED) },
    { { 2 },
      { "paid", "packed" },
      STEP (SHIPPED) | STEP (COMPLETED) | STEP (CANCELLED) | STEP (REFUNDED) | STEP (WAITING) },
    { { 2 },
      { "paid", "shipped" },
      STEP (DELIVERED) | STEP (COMPLETED) | STEP (RETURNED) | STEP (REFUNDED) },
    { { 2 }, { "completed" }, STEP (RETURNED) | STEP (REFUNDED) },
    { { 2 }, { "completed", "returned", "refunded" }, 0 },
    { { 2 }, { "cancelled" }, 0 },
    { { 2 }, { "paid", "cancelled" }, STEP (REFUNDED) },
    { { 2 }, { "paid", "refunded" }, STEP (CANCELLED) },
    { { -2 }, { NULL }, STEP (CANCELLED) | STEP (RETURNED) | STEP (REFUNDED) },
    { { -2 }, { "refunded restock" }, 0 },
    { { -2 }, { "cancelled" }, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("row %u", i);
      g_assert_cmphex (find_allowed (rows[i].events, rows[i].lines), ==, rows[i].allowed);
    }
}

static void
test_statuses (void)
{
  for (guint i = 0; i < STALL_N_STATUSES; i++)
    {
      StallStatus status;

      g_assert_true (stall_status_from_string (stall_status_to_string (i), &status));
      g_assert_cmpint (status, ==, i);
      g_assert_cmpstr (stall_status_get_label (i), !=, "");
    }
  g_assert_true (stall_status_is_open (STALL_STATUS_PART_SHIPPED));
  g_assert_false (stall_status_is_open (STALL_STATUS_SHIPPED));
  g_assert_false (stall_status_is_open (STALL_STATUS_CANCELLED));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/order-state/case/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/order-state/waiting", test_waiting);
  g_test_add_func ("/order-state/ready", test_ready);
  g_test_add_func ("/order-state/arrival", test_arrival);
  g_test_add_func ("/order-state/same-instant", test_same_instant);
  g_test_add_func ("/order-state/effects", test_effects);
  g_test_add_func ("/order-state/currency", test_currency);
  g_test_add_func ("/order-state/charges", test_charges);
  g_test_add_func ("/order-state/allows", test_allows);
  g_test_add_func ("/order-state/statuses", test_statuses);

  return g_test_run ();
}
