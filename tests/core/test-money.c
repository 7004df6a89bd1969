/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "stall-error.h"
#include "stall-money.h"

#include <locale.h>
#include <string.h>

#define NO_AMOUNT G_MININT64

static const struct
{
  const char *locale;
  gint64 amount;
  const char *currency;
  const char *text;
} format_cases[] = {
  { "C", 123456789, "CNY", "¥1,234,567.89" },
  { "zh_CN.UTF-8", 123456789, "CNY", "¥1,234,567.89" },
  { "zh_CN.UTF-8", 99999, "CNY", "¥999.99" },
  { "zh_CN.UTF-8", 100000, "CNY", "¥1,000.00" },
  { "zh_CN.UTF-8", -300, "CNY", "−¥3.00" },
  { "zh_CN.UTF-8", 5, "CNY", "¥0.05" },
  { "zh_CN.UTF-8", 0, "CNY", "¥0.00" },
  { "en_US.UTF-8", 255, "GBP", "£2.55" },
  { "en_US.UTF-8", 1234, "JPY", "¥1,234" },
  { "en_US.UTF-8", 1234567, "KWD", "KWD\u00a01,234.567" },
  { "en_US.UTF-8", -50000, "CHF", "−CHF\u00a0500.00" },
  { "de_DE.UTF-8", 123456789, "EUR", "1.234.567,89\u00a0€" },
  { "de_DE.UTF-8", 1234, "KRW", "1.234\u00a0₩" },
  { "en_US.UTF-8", G_MAXINT64, "USD", "$92,233,720,368,547,758.07" },
  { "en_US.UTF-8", G_MININT64, "USD", "−$92,233,720,368,547,758.08" },
};

static void
test_format (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (format_cases); i++)
    {
      g_autofree char *text = NULL;

      g_assert_nonnull (setlocale (LC_ALL, format_cases[i].locale));
      text = stall_money_format (format_cases[i].amount, format_cases[i].currency);
      g_assert_cmpstr (text, ==, format_cases[i].text);
    }
}

typedef struct
{
  const char *text;
  const char *currency;
  gint64 amount; /* NO_AMOUNT: not money */
} ParseCase;

static const ParseCase strict_cases[] = {
  { "1234.50", "CNY", 123450 },
  { "1234.5", "CNY", 123450 },
  { "1234", "CNY", 123400 },
  { " -0.05\n", "CNY", -5 },
  { "+7", "CNY", 700 },
  { "007", "JPY", 7 },
  { "1.250", "KWD", 1250 },
  { "0.005", "CNY", 1 },
  { "0.0049", "CNY", 0 },
  { "-0.005", "CNY", -1 },
  { "2.345", "GBP", 235 },
  { "1.5", "JPY", 2 },
  { "100000000000.00", "USD", STALL_MONEY_MAX },
  { "100000000000.01", "USD", NO_AMOUNT },
  { "100000000000.005", "USD", NO_AMOUNT },
  { "92233720368547758.08", "USD", NO_AMOUNT },
  { "99999999999999999999", "JPY", NO_AMOUNT },
  { "999999999999999999999999999999", "CNY", NO_AMOUNT },
  { "", "CNY", NO_AMOUNT },
  { " ", "CNY", NO_AMOUNT },
  { "-", "CNY", NO_AMOUNT },
  { ".", "CNY", NO_AMOUNT },
  { "5.", "CNY", NO_AMOUNT },
  { ".5", "CNY", NO_AMOUNT },
  { "--5", "CNY", NO_AMOUNT },
  { "1,234.5€", "EUR", NO_AMOUNT },
  { "1,234", "EUR", NO_AMOUNT },
  { "1.2.3", "EUR", NO_AMOUNT },
  { "1e5", "EUR", NO_AMOUNT },
  { "¥5", "CNY", NO_AMOUNT },
  { "５", "CNY", NO_AMOUNT },
  { "5 5", "CNY", NO_AMOUNT },
  { "\xff", "CNY", NO_AMOUNT },
};

typedef gboolean (*Parse) (const char *text, const char *currency, gint64 *amount, GError **error);

static void
check_cases (const ParseCase *cases, guint n_cases, Parse parse)
{
  for (guint i = 0; i < n_cases; i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 amount = NO_AMOUNT;
      gboolean valid = parse (cases[i].text, cases[i].currency, &amount, &error);

      if (cases[i].amount == NO_AMOUNT)
        {
          g_assert_false (valid);
          g_assert_error (error, STALL_ERROR, STALL_ERROR_INVALID);
          g_assert_true (g_utf8_validate (error->message, -1, NULL));
        }
      else
        g_assert_no_error (error);
      if (amount != cases[i].amount)
        g_error ("“%s” is read as %" G_GINT64_FORMAT, cases[i].text, amount);
    }
}

static void
test_parse (void)
{
  gint64 smallest = 0;

  setlocale (LC_ALL, "de_DE.UTF-8");
  check_cases (strict_cases, G_N_ELEMENTS (strict_cases), stall_money_parse);
  g_assert_true (stall_money_parse ("-100000000000.00", "USD", &smallest, NULL));
  g_assert_cmpint (smallest, ==, -STALL_MONEY_MAX);
}

static const ParseCase chinese_cases[] = {
  { "1234.5", "CNY", 123450 },
  { "1,234.50", "CNY", 123450 },
  { "¥1,234.50", "CNY", 123450 },
  { "￥１２３４．５０", "CNY", 123450 },
  { "１，２３４", "CNY", 123400 },
  { "12。5", "CNY", 1250 },
  { "12元", "CNY", 1200 },
  { "CNY 12", "CNY", 1200 },
  { "12 cny", "CNY", 1200 },
  { "-¥3", "CNY", -300 },
  { "¥-3", "CNY", -300 },
  { "−3", "CNY", -300 },
  { "1,000,000", "CNY", 100000000 },
  { "1 000 000", "CNY", 100000000 },
  { "1'000.5", "CNY", 100050 },
  { "1,5", "CNY", 150 },
  { "1,00,000.00", "INR", 10000000 },
  { "HK$5", "HKD", 500 },
  { "$5", "CNY", NO_AMOUNT },
  { "¥¥5", "CNY", NO_AMOUNT },
  { "1,2,3", "CNY", NO_AMOUNT },
  { "1.2.3", "CNY", NO_AMOUNT },
  { "1.234,5.6", "CNY", NO_AMOUNT },
  { ",5", "CNY", NO_AMOUNT },
  { "12-", "CNY", NO_AMOUNT },
  { "about 5", "CNY", NO_AMOUNT },
  { "¥", "CNY", NO_AMOUNT },
  { "", "CNY", NO_AMOUNT },
  { "\xff", "CNY", NO_AMOUNT },
  { "999,999,999,999,999,999.00", "CNY", NO_AMOUNT },
};

static const ParseCase german_cases[] = {
  { "1.234,50", "EUR", 123450 }, { "1.234.567,89 €", "EUR", 123456789 },
  { "1,5", "EUR", 150 },         { "1.5", "EUR", 150 },
  { "1.50", "EUR", 150 },        { "1.500", "EUR", 150000 },
  { "1,500", "EUR", 150 },       { "1,234.50", "EUR", NO_AMOUNT },
  { "1.50 EUR", "EUR", 150 },
};

static void
test_parse_typed (void)
{
  g_assert_nonnull (setlocale (LC_ALL, "zh_CN.UTF-8"));
  check_cases (chinese_cases, G_N_ELEMENTS (chinese_cases), stall_money_parse_typed);
  g_assert_nonnull (setlocale (LC_ALL, "de_DE.UTF-8"));
  check_cases (german_cases, G_N_ELEMENTS (german_cases), stall_money_parse_typed);
}

static void
test_parse_price (void)
{
  g_autoptr (GError) error = NULL;
  gint64 amount;

  setlocale (LC_ALL, "C.UTF-8");
  g_assert_true (stall_money_parse_price ("0", "CNY", &amount, NULL));
  g_assert_cmpint (amount, ==, 0);
  g_assert_false (stall_money_parse_price ("-5", "CNY", &amount, &error));
  g_assert_error (error, STALL_ERROR, STALL_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (stall_money_parse_price ("", "CNY", &amount, &error));
  g_assert_error (error, STALL_ERROR, STALL_ERROR_INVALID);
}

static void
test_message (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *endless = g_strnfill (100000, 'x');
  gint64 amount;

  setlocale (LC_ALL, "C.UTF-8");
  g_assert_false (stall_money_parse ("1,234.5€", "EUR", &amount, &error));
  g_assert_nonnull (strstr (error->message, "“1,234.5€”"));
  g_assert_nonnull (strstr (error->message, "1234.50"));

  g_clear_error (&error);
  g_assert_false (stall_money_parse (endless, "JPY", &amount, &error));
  g_assert_cmpuint (strlen (error->message), <, 300);
}

/* What is written is read back, in every locale. */
static void
test_round_trip (void)
{
  static const char *const locales[] = { "C", "zh_CN.UTF-8", "en_US.UTF-8", "de_DE.UTF-8" };
  static const char *const codes[] = { "CNY", "JPY", "KWD", "CHF", "EUR", "CLF" };

  for (guint i = 0; i < 5000; i++)
    {
      gint64 random = (gint64) ((guint64) g_test_rand_int () << 32 | (guint32) g_test_rand_int ())
                      >> g_test_rand_int_range (0, 63);
      gint64 amount = random % (STALL_MONEY_MAX + 1);
      const char *code = codes[i % G_N_ELEMENTS (codes)];
      g_autofree char *plain = stall_money_format_plain (amount, code);
      g_autofree char *shown = NULL;
      gint64 from_plain, from_shown;

      setlocale (LC_ALL, locales[i % G_N_ELEMENTS (locales)]);
      shown = stall_money_format (amount, code);
      g_assert_true (stall_money_parse (plain, code, &from_plain, NULL));
      g_assert_true (stall_money_parse_typed (shown, code, &from_shown, NULL));
      g_assert_cmpint (from_plain, ==, amount);
      g_assert_cmpint (from_shown, ==, amount);
    }
}

static void
test_currency (void)
{
  g_assert_cmpint (stall_currency_get_digits ("CNY"), ==, 2);
  g_assert_cmpint (stall_currency_get_digits ("JPY"), ==, 0);
  g_assert_cmpint (stall_currency_get_digits ("BHD"), ==, 3);
  g_assert_cmpint (stall_currency_get_digits ("ZZZ"), ==, 2);
  g_assert_true (stall_currency_is_valid ("CNY"));
  g_assert_false (stall_currency_is_valid ("cny"));
  g_assert_false (stall_currency_is_valid ("CNYX"));
  g_assert_false (stall_currency_is_valid ("CN"));
  g_assert_false (stall_currency_is_valid (""));
  g_assert_false (stall_currency_is_valid (NULL));
}

static void
test_json (void)
{
  g_autoptr (JsonObject) object = json_object_new ();
  gint64 amount = 1;
  const char *currency = NULL;

  stall_money_to_json (object, "price", 255, "GBP");
  g_assert_true (stall_money_from_json (object, "price", &amount, &currency));
  g_assert_cmpint (amount, ==, 255);
  g_assert_cmpstr (currency, ==, "GBP");

  json_object_set_boolean_member (json_object_get_object_member (object, "price"), "net", TRUE);
  stall_money_to_json (object, "price", 300, "EUR");
  g_assert_true (stall_money_from_json (object, "price", &amount, NULL));
  g_assert_cmpint (amount, ==, 300);
  g_assert_true (json_object_has_member (json_object_get_object_member (object, "price"), "net"));

  json_object_set_string_member (object, "text", "3.00");
  json_object_set_object_member (object, "empty", json_object_new ());
  g_assert_false (stall_money_from_json (object, "text", &amount, NULL));
  g_assert_false (stall_money_from_json (object, "empty", &amount, NULL));
  g_assert_false (stall_money_from_json (object, "missing", &amount, NULL));
  g_assert_cmpint (amount, ==, 300);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/money/format", test_format);
  g_test_add_func ("/money/parse", test_parse);
  g_test_add_func ("/money/parse-typed", test_parse_typed);
  g_test_add_func ("/money/parse-price", test_parse_price);
  g_test_add_func ("/money/message", test_message);
  g_test_add_func ("/money/round-trip", test_round_trip);
  g_test_add_func ("/money/currency", test_currency);
  g_test_add_func ("/money/json", test_json);
  return g_test_run ();
}
