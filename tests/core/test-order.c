/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-test"

#include "config.h"

#include "stall-error.h"
#include "stall-money.h"
#include "stall-movement.h"
#include "stall-order-event.h"

#include <string.h>

#define ORDER "order:0190c8a0-0000-7000-8000-000000000001"
#define EVENT "event:0190c8a0-0000-7000-8000-000000000001:1"
#define PLACED_AT (G_GINT64_CONSTANT (1291190760000)) /* 2010-12-01T08:06:00Z */

static StallDocument *
new_document (const char *id, const char *text)
{
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));

  return stall_document_new (id, body);
}

/* The same document as another process meets it: only its text. */
static StallDocument *
forget_object (StallDocument *document)
{
  return stall_document_new (stall_document_get_id (document), stall_document_get_body (document));
}

static StallOrder *
new_order (void)
{
  StallOrder *order = stall_order_new (ORDER, "536365", "GBP");

  stall_order_set_source (order, STALL_SOURCE_FAIR, "session:1");
  stall_order_set_times (order, PLACED_AT, PLACED_AT + 3 * STALL_DAY);
  stall_order_set_customer (order, "17850");
  g_assert_true (stall_order_add_line (order, &(StallOrderLine) { .variant = "v1",
                                                                  .sku = "85123A",
                                                                  .personalisation = "给小春 ♥",
                                                                  .quantity = 6,
                                                                  .price = 255 }));
  g_assert_true (stall_order_add_line (
      order, &(StallOrderLine) { .title = "Wrapping", .quantity = 1, .price = 0 }));
  g_assert_true (stall_order_add_charge (order, &(StallOrderCharge) { .kind = STALL_CHARGE_SHIPPING,
                                                                      .code = "POST",
                                                                      .title = "Postage",
                                                                      .amount = 1800 }));
  g_assert_true (stall_order_add_charge (
      order, &(StallOrderCharge) { .kind = STALL_CHARGE_DISCOUNT, .amount = -500 }));
  return order;
}

static void
assert_order (StallOrder *order)
{
  const StallOrderLine *line = stall_order_get_line (order, 0);
  const StallOrderCharge *charge = stall_order_get_charge (order, 0);

  g_assert_cmpstr (stall_order_get_id (order), ==, ORDER);
  g_assert_cmpstr (stall_order_get_number (order), ==, "536365");
  g_assert_cmpstr (stall_order_get_currency (order), ==, "GBP");
  g_assert_cmpint (stall_order_get_source (order), ==, STALL_SOURCE_FAIR);
  g_assert_cmpstr (stall_order_get_source_ref (order), ==, "session:1");
  g_assert_cmpint (stall_order_get_placed_at (order), ==, PLACED_AT);
  g_assert_cmpint (stall_order_get_ship_by (order), ==, PLACED_AT + 3 * STALL_DAY);
  g_assert_cmpstr (stall_order_get_customer (order), ==, "17850");

  g_assert_cmpuint (stall_order_get_n_lines (order), ==, 2);
  g_assert_cmpstr (line->variant, ==, "v1");
  g_assert_cmpstr (line->sku, ==, "85123A");
  g_assert_null (line->title);
  g_assert_cmpstr (line->personalisation, ==, "给小春 ♥");
  g_assert_cmpint (line->quantity, ==, 6);
  g_assert_cmpint (line->price, ==, 255);
  g_assert_cmpstr (stall_order_get_line (order, 1)->title, ==, "Wrapping");

  g_assert_cmpuint (stall_order_get_n_charges (order), ==, 2);
  g_assert_cmpint (charge->kind, ==, STALL_CHARGE_SHIPPING);
  g_assert_cmpstr (charge->code, ==, "POST");
  g_assert_cmpstr (charge->title, ==, "Postage");
  g_assert_cmpint (charge->amount, ==, 1800);
  g_assert_cmpint (stall_order_get_goods_total (order), ==, 1530);
  g_assert_cmpint (stall_order_get_total (order), ==, 2830);
}

static void
test_round_trip (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StallOrder) order = new_order ();
  g_autoptr (StallDocument) document = stall_order_to_document (order, "laptop");
  g_autoptr (StallDocument) text_only = forget_object (document);
  g_autoptr (StallDocument) again = NULL;
  g_autoptr (StallOrder) same = stall_order_new_from_document (document, &error);
  g_autoptr (StallOrder) read = NULL;

  g_assert_no_error (error);
  g_assert_true (same == order);

  read = stall_order_new_from_document (text_only, &error);
  g_assert_no_error (error);
  g_assert_true (read != order);
  assert_order (order);
  assert_order (read);

  again = stall_order_to_document (read, "laptop");
  g_assert_true (
      g_bytes_equal (stall_document_get_body (document), stall_document_get_body (again)));
}

static void
test_text (void)
{
  g_autoptr (StallOrder) order = new_order ();
  g_autoptr (StallDocument) document = stall_order_to_document (order, "laptop");
  GBytes *body = stall_document_get_body (document);
  g_autofree char *text = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));

  g_assert_true (g_str_has_prefix (text, "{\"kind\":\"order\",\"v\":1,\"made_at\":\""));
  g_assert_nonnull (strstr (text, "\"device\":\"laptop\""));
  g_assert_true (g_str_has_suffix (
      text, ",\"number\":\"536365\",\"source\":{\"kind\":\"fair\",\"ref\":\"session:1\"},"
            "\"currency\":\"GBP\",\"placed_at\":\"2010-12-01T08:06:00Z\","
            "\"ship_by\":\"2010-12-04T08:06:00Z\",\"customer\":{\"handle\":\"17850\"},"
            "\"lines\":[{\"variant\":\"v1\",\"sku\":\"85123A\",\"quantity\":6,"
            "\"price\":{\"amount\":255,\"currency\":\"GBP\"},\"personalisation\":\"给小春 ♥\"},"
            "{\"title\":\"Wrapping\",\"quantity\":1,"
            "\"price\":{\"amount\":0,\"currency\":\"GBP\"}}],"
            "\"charges\":[{\"kind\":\"shipping\",\"code\":\"POST\",\"title\":\"Postage\","
            "\"amount\":{\"amount\":1800,\"currency\":\"GBP\"}},{\"kind\":\"discount\","
            "\"amount\":{\"amount\":-500,\"currency\":\"GBP\"}}],"
            "\"totals\":{\"goods\":{\"amount\":1530,\"currency\":\"GBP\"},"
            "\"charges\":{\"amount\":1300,\"currency\":\"GBP\"},"
            "\"total\":{\"amount\":2830,\"currency\":\"GBP\"}}}"));
}

/* An order of which only the necessary is known. */
static void
test_lenient (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StallDocument) document
      = new_document (ORDER, "{\"kind\":\"order\",\"made_at\":\"2010-12-01T08:06:00Z\","
                             "\"number\":\"7\",\"currency\":\"CNY\",\"source\":{\"kind\":\"moon\"},"
                             "\"ship_by\":null,\"mood\":[1,2],"
                             "\"lines\":[{\"quantity\":-2.0,\"mood\":{},"
                             "\"price\":{\"amount\":50,\"currency\":\"CNY\"}}],"
                             "\"charges\":[{\"kind\":\"moon\","
                             "\"amount\":{\"amount\":1,\"currency\":\"CNY\"}}],"
                             "\"totals\":{\"total\":{\"amount\":12345,\"currency\":\"CNY\"}}}");
  g_autoptr (StallOrder) order = stall_order_new_from_document (document, &error);

  g_assert_no_error (error);
  g_assert_cmpint (stall_order_get_placed_at (order), ==, PLACED_AT);
  g_assert_cmpint (stall_order_get_ship_by (order), ==, STALL_TIME_NONE);
  g_assert_cmpint (stall_order_get_source (order), ==, STALL_SOURCE_OTHER);
  g_assert_null (stall_order_get_source_ref (order));
  g_assert_cmpstr (stall_order_get_customer (order), ==, "");
  g_assert_cmpint (stall_order_get_charge (order, 0)->kind, ==, STALL_CHARGE_ADJUSTMENT);
  g_assert_cmpint (stall_order_get_goods_total (order), ==, -100);
  g_assert_cmpint (stall_order_get_total (order), ==, -99);
}

#define HEAD "{\"number\":\"7\",\"currency\":\"CNY\",\"placed_at\":\"2010-12-01T08:06:00Z\","
#define CNY(amount) "{\"amount\":" amount ",\"currency\":\"CNY\"}"

/* What would make a wrong order, and the field that the message must name. */
static const struct
{
  const char *text;
  const char *field;
} wrong_orders[] = {
  { "{\"currency\":\"CNY\",\"placed_at\":\"2010-12-01T08:06:00Z\"}", "number" },
  { "{\"number\":7,\"currency\":\"CNY\",\"placed_at\":\"2010-12-01T08:06:00Z\"}", "number" },
  { "{\"number\":\"7\",\"placed_at\":\"2010-12-01T08:06:00Z\"}", "currency" },
  { "{\"number\":\"7\",\"currency\":\"yuan\",\"placed_at\":\"2010-12-01T08:06:00Z\"}", "currency" },
  { "{\"number\":\"7\",\"currency\":\"CNY\"}", "placed_at" },
  { "{\"number\":\"7\",\"currency\":\"CNY\",\"placed_at\":\"yesterday\"}", "placed_at" },
  { "{\"number\":\"7\",\"currency\":\"CNY\",\"placed_at\":1291190760}", "placed_at" },
  { HEAD "\"ship_by\":\"soon\"}", "ship_by" },
  { HEAD "\"lines\":[7]}", "lines[0]" },
  { HEAD "\"lines\":[{\"price\":" CNY ("1") "}]}", "lines[0].quantity" },
  { HEAD "\"lines\":[{\"quantity\":1.5,\"price\":" CNY ("1") "}]}", "lines[0].quantity" },
  { HEAD "\"lines\":[{\"quantity\":\"1\",\"price\":" CNY ("1") "}]}", "lines[0].quantity" },
  { HEAD "\"lines\":[{\"quantity\":2147483648,\"price\":" CNY ("1") "}]}", "lines[0].quantity" },
  { HEAD "\"lines\":[{\"quantity\":-2147483648,\"price\":" CNY ("1") "}]}", "lines[0].quantity" },
  { HEAD "\"lines\":[{\"quantity\":1}]}", "lines[0].price" },
  { HEAD "\"lines\":[{\"quantity\":1,\"price\":" CNY ("1.5") "}]}", "lines[0].price" },
  { HEAD "\"lines\":[{\"quantity\":1,\"price\":{\"currency\":\"CNY\"}}]}", "lines[0].price" },
  { HEAD "\"lines\":[{\"quantity\":1,\"price\":{\"amount\":1,\"currency\":\"GBP\"}}]}",
    "lines[0].price" },
  { HEAD "\"lines\":[{\"quantity\":2,\"price\":" CNY ("9223372036854775807") "}]}",
    "lines[0].price" },
  { HEAD "\"charges\":[{\"kind\":\"fee\"}]}", "charges[0].amount" },
  { HEAD "\"charges\":[{\"amount\":" CNY ("10000000000000") "},{\"amount\":" CNY ("1") "}]}",
    "charges[1].amount" },
  { HEAD "\"lines\":{}}", "lines" },
  { HEAD "\"charges\":\"none\"}", "charges" },
};

static void
test_strict (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (wrong_orders); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (StallDocument) document = new_document (ORDER, wrong_orders[i].text);
      g_autoptr (StallOrder) order = stall_order_new_from_document (document, &error);
      g_autofree char *quoted = g_strdup_printf ("“%s”", wrong_orders[i].field);

      g_test_message ("%s", wrong_orders[i].text);
      g_assert_null (order);
      g_assert_error (error, STALL_ERROR, STALL_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, quoted));
      g_assert_nonnull (strstr (error->message, ORDER));
    }
}

static void
test_overflow (void)
{
  g_autoptr (StallOrder) order = stall_order_new (ORDER, "1", "CNY");
  g_autoptr (StallOrder) refund = stall_order_new (ORDER, "2", "CNY");
  StallOrderLine half = { .quantity = 1, .price = STALL_MONEY_MAX / 2 + 1 };
  StallOrderLine many = { .quantity = 3, .price = G_MAXINT64 / 2 };
  StallOrderLine lowest = { .quantity = 1, .price = G_MININT64 };
  StallOrderLine pieces = { .quantity = STALL_PIECES_MAX + 1 };
  StallOrderCharge fee = { .kind = STALL_CHARGE_FEE, .amount = STALL_MONEY_MAX };

  g_assert_false (stall_order_add_line (order, &many));
  g_assert_false (stall_order_add_line (order, &lowest));
  g_assert_false (stall_order_add_line (order, &pieces));
  g_assert_true (stall_order_add_line (order, &half));
  g_assert_false (stall_order_add_line (order, &half));
  g_assert_false (stall_order_add_charge (order, &fee));
  g_assert_cmpuint (stall_order_get_n_lines (order), ==, 1);
  g_assert_cmpuint (stall_order_get_n_charges (order), ==, 0);
  g_assert_cmpint (stall_order_get_total (order), ==, half.price);

  /* The charges alone must fit too, even where goods below zero would make room for the total. */
  g_assert_true (stall_order_add_line (
      refund, &(StallOrderLine) { .quantity = -1, .price = STALL_MONEY_MAX }));
  g_assert_true (stall_order_add_charge (refund, &fee));
  g_assert_false (stall_order_add_charge (refund, &fee));
}

static void
test_sources (void)
{
  for (guint i = 0; i < STALL_N_SOURCES; i++)
    {
      g_assert_cmpint (stall_source_from_string (stall_source_to_string (i)), ==, i);
      g_assert_cmpstr (stall_source_get_label (i), !=, "");
    }
  g_assert_cmpint (stall_source_from_string (NULL), ==, STALL_SOURCE_OTHER);
}

static void
test_event_round_trip (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StallOrderEvent) event
      = stall_order_event_new_with_id (EVENT, ORDER, STALL_STEP_SHIPPED, PLACED_AT);
  g_autoptr (StallDocument) document = NULL;
  g_autoptr (StallDocument) text_only = NULL;
  g_autoptr (StallOrderEvent) same = NULL;
  g_autoptr (StallOrderEvent) read = NULL;
  gint64 amount;

  stall_order_event_add_line (event, 1, 2);
  stall_order_event_set_money (event, 990, "CNY");
  stall_order_event_set_payment (event, "wechat");
  stall_order_event_set_tracking (event, "SF", "SF1234567890");
  stall_order_event_set_place (event, "session:1");
  stall_order_event_set_restock (event, TRUE);
  stall_order_event_set_remark (event, "两件");

  document = stall_order_event_to_document (event, "laptop");
  same = stall_order_event_new_from_document (document, &error);
  g_assert_no_error (error);
  g_assert_true (same == event);

  text_only = forget_object (document);
  read = stall_order_event_new_from_document (text_only, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (stall_order_event_get_id (read), ==, EVENT);
  g_assert_cmpstr (stall_order_event_get_order_id (read), ==, ORDER);
  g_assert_cmpint (stall_order_event_get_step (read), ==, STALL_STEP_SHIPPED);
  g_assert_cmpint (stall_order_event_get_at (read), ==, PLACED_AT);
  g_assert_cmpuint (stall_order_event_get_n_lines (read), ==, 1);
  g_assert_cmpuint (stall_order_event_get_line (read, 0)->line, ==, 1);
  g_assert_cmpint (stall_order_event_get_line (read, 0)->quantity, ==, 2);
  g_assert_true (stall_order_event_get_money (read, &amount));
  g_assert_cmpint (amount, ==, 990);
  g_assert_cmpstr (stall_order_event_get_currency (read), ==, "CNY");
  g_assert_cmpstr (stall_order_event_get_payment (read), ==, "wechat");
  g_assert_cmpstr (stall_order_event_get_carrier (read), ==, "SF");
  g_assert_cmpstr (stall_order_event_get_tracking (read), ==, "SF1234567890");
  g_assert_cmpstr (stall_order_event_get_place (read), ==, "session:1");
  g_assert_true (stall_order_event_get_restock (read));
  g_assert_cmpstr (stall_order_event_get_remark (read), ==, "两件");
}

static void
test_event_minimal (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StallOrderEvent) made = stall_order_event_new (ORDER, STALL_STEP_PAID, PLACED_AT);
  g_autoptr (StallOrderEvent) event = NULL;
  g_autoptr (StallDocument) document
      = new_document (EVENT, "{\"order\":\"" ORDER "\",\"step\":\"paid\",\"mood\":1,"
                             "\"at\":\"2010-12-01T08:06:00Z\"}");
  gint64 amount;

  g_assert_true (g_str_has_prefix (stall_order_event_get_id (made),
                                   "event:0190c8a0-0000-7000-8000-000000000001:"));

  event = stall_order_event_new_from_document (document, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (stall_order_event_get_n_lines (event), ==, 0);
  g_assert_false (stall_order_event_get_money (event, &amount));
  g_assert_null (stall_order_event_get_payment (event));
  g_assert_null (stall_order_event_get_tracking (event));
  g_assert_cmpstr (stall_order_event_get_place (event), ==, STALL_PLACE_WORKSHOP);
  g_assert_false (stall_order_event_get_restock (event));
}

#define AT "\"at\":\"2010-12-01T08:06:00Z\""
#define PAID "{\"order\":\"" ORDER "\",\"step\":\"paid\"," AT

static const struct
{
  const char *text;
  const char *field;
} wrong_events[] = {
  { "{\"step\":\"paid\"," AT "}", "order" },
  { "{\"order\":\"" ORDER "\"," AT "}", "step" },
  { "{\"order\":\"" ORDER "\",\"step\":\"teleported\"," AT "}", "step" },
  { "{\"order\":\"" ORDER "\",\"step\":\"paid\"}", "at" },
  { "{\"order\":\"" ORDER "\",\"step\":\"paid\",\"at\":\"now\"}", "at" },
  { PAID ",\"lines\":{\"line\":0}}", "lines" },
  { PAID ",\"lines\":[0]}", "lines[0]" },
  { PAID ",\"lines\":[{\"line\":0,\"quantity\":1},{\"line\":-1,\"quantity\":1}]}", "lines[1]" },
  { PAID ",\"lines\":[{\"line\":0}]}", "lines[0]" },
  { PAID ",\"lines\":[{\"line\":0,\"quantity\":0}]}", "lines[0]" },
  { PAID ",\"lines\":[{\"line\":0,\"quantity\":0.5}]}", "lines[0]" },
  { PAID ",\"lines\":[{\"line\":4294967296,\"quantity\":1}]}", "lines[0]" },
  { PAID ",\"money\":990}", "money" },
  { PAID ",\"money\":{\"currency\":\"CNY\"}}", "money" },
  { PAID ",\"money\":{\"amount\":990}}", "money" },
};

static void
test_event_strict (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (wrong_events); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (StallDocument) document = new_document (EVENT, wrong_events[i].text);
      g_autoptr (StallOrderEvent) event = stall_order_event_new_from_document (document, &error);
      g_autofree char *quoted = g_strdup_printf ("“%s”", wrong_events[i].field);

      g_test_message ("%s", wrong_events[i].text);
      g_assert_null (event);
      g_assert_error (error, STALL_ERROR, STALL_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, quoted));
    }
}

static void
test_steps (void)
{
  for (guint i = 0; i < STALL_N_STEPS; i++)
    {
      StallStep step;

      g_assert_true (stall_step_from_string (stall_step_to_string (i), &step));
      g_assert_cmpint (step, ==, i);
      g_assert_cmpstr (stall_step_get_label (i), !=, "");
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/order/round-trip", test_round_trip);
  g_test_add_func ("/order/text", test_text);
  g_test_add_func ("/order/lenient", test_lenient);
  g_test_add_func ("/order/strict", test_strict);
  g_test_add_func ("/order/overflow", test_overflow);
  g_test_add_func ("/order/sources", test_sources);
  g_test_add_func ("/order-event/round-trip", test_event_round_trip);
  g_test_add_func ("/order-event/minimal", test_event_minimal);
  g_test_add_func ("/order-event/strict", test_event_strict);
  g_test_add_func ("/order-event/steps", test_steps);

  return g_test_run ();
}
