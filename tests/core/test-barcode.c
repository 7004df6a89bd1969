/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "stall-barcode.h"
#include "stall-error.h"

#include <string.h>

static char *
to_text (GArray *modules)
{
  char *text = g_malloc0 (modules->len + 1);

  for (guint i = 0; i < modules->len; i++)
    text[i] = '0' + g_array_index (modules, guint8, i);
  return text;
}

/* The label's link, its bars, and what a person types name the same thing. */
static void
test_read (void)
{
  static const char *const cases[][2] = {
    { "LIL-SUIT-M", "LIL-SUIT-M" },
    { "  LIL-SUIT-M ", "LIL-SUIT-M" },
    { "stall:code/LIL-SUIT%20M%2F2", "LIL-SUIT M/2" },
    { "stall:code/%E8%8C%B6", "茶" },
    { "stall:code/%zz", "stall:code/%zz" },
    { "stall:code/", "" },
    { "stall:order:1", "stall:order:1" },
    { "", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *code = stall_barcode_read (cases[i][0]);

      g_assert_cmpstr (code, ==, cases[i][1]);
    }
}

static const struct
{
  const char *text;
  gboolean valid;
} check_cases[] = {
  { "4006381333931", TRUE }, /* EAN-13 */
  { "5901234123457", TRUE },
  { "6901234567892", TRUE },
  { "4006381333932", FALSE },
  { "96385074", TRUE }, /* EAN-8 */
  { "96385075", FALSE },
  { "036000291452", TRUE }, /* UPC-A */
  { "036000291453", FALSE },
  { "LS-01/A", TRUE }, /* Code 128 */
  { "1234567", TRUE },
  { "12345678901234", TRUE },
  { " ~", TRUE },
  { "", FALSE },
  { "茶杯", FALSE },
  { "a\tb", FALSE },
  { "a\x7f", FALSE },
};

static void
test_check (void)
{
  g_autofree char *longest = g_strnfill (STALL_CODE128_MAX, 'x');
  g_autofree char *longer = g_strnfill (STALL_CODE128_MAX + 1, 'x');

  for (guint i = 0; i < G_N_ELEMENTS (check_cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_cmpint (stall_barcode_check (check_cases[i].text, &error), ==, check_cases[i].valid);
      if (check_cases[i].valid)
        g_assert_no_error (error);
      else
        g_assert_error (error, STALL_ERROR, STALL_ERROR_INVALID);
    }
  g_assert_true (stall_barcode_check (longest, NULL));
  g_assert_false (stall_barcode_check (longer, NULL));
}

static void
test_ean13_check (void)
{
  static const char *const invalid[] = { "", "400638133393", "40063813339311", "400638133393x" };
  g_autoptr (GError) error = NULL;

  g_assert_true (stall_ean13_check ("4006381333931", NULL));
  g_assert_false (stall_ean13_check ("4006381333937", &error));
  g_assert_error (error, STALL_ERROR, STALL_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "should be 1"));
  for (guint i = 0; i < G_N_ELEMENTS (invalid); i++)
    g_assert_false (stall_ean13_check (invalid[i], NULL));
}

/* A check digit finds every single wrong digit. */
static void
test_ean13_finds_typos (void)
{
  for (guint i = 0; i < 13; i++)
    for (char c = '0'; c <= '9'; c++)
      {
        char digits[] = "5901234123457";
        gboolean same = digits[i] == c;

        digits[i] = c;
        g_assert_cmpint (stall_ean13_check (digits, NULL), ==, same);
      }
}

static void
test_ean13_own (void)
{
  static const guint64 numbers[] = { 0, 1, 99999999999, 100000000001, G_MAXUINT64 };
  g_autofree char *first = stall_ean13_new_own (0);
  g_autofree char *wrapped = stall_ean13_new_own (100000000000);

  g_assert_cmpstr (first, ==, "2000000000008");
  g_assert_cmpstr (wrapped, ==, first);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autofree char *digits = stall_ean13_new_own (numbers[i]);

      g_assert_cmpint (digits[0], ==, '2');
      g_assert_true (stall_ean13_check (digits, NULL));
    }
}

/* Number set A, B or C of each digit, written out. */
static void
test_ean13_encode (void)
{
  g_autoptr (GArray) modules = stall_ean13_encode ("5901234123457", NULL);
  g_autofree char *text = to_text (modules);

  g_assert_cmpstr (text, ==,
                   "101"
                   "0001011"
                   "0100111"
                   "0110011"
                   "0010011"
                   "0111101"
                   "0011101"
                   "01010"
                   "1100110"
                   "1101100"
                   "1000010"
                   "1011100"
                   "1001110"
                   "1000100"
                   "101");
  g_assert_null (stall_ean13_encode ("5901234123458", NULL));
}

/* Widths of bars and spaces from left to right, as the standard's table writes them. */
static char *
to_widths (GArray *modules)
{
  GString *widths = g_string_new (NULL);
  guint start = 0;

  for (guint i = 1; i <= modules->len; i++)
    if (i == modules->len
        || g_array_index (modules, guint8, i) != g_array_index (modules, guint8, start))
      {
        g_string_append_c (widths, '0' + i - start);
        start = i;
      }

  return g_string_free_and_steal (widths);
}

static void
test_code128_encode (void)
{
  /* PJJ123C: 104 + 1·48 + 2·42 + 3·42 + 4·17 + 5·18 + 6·19 + 7·35 = 879, modulo 103 is 55. */
  g_autoptr (GArray) in_b = stall_code128_encode ("PJJ123C", NULL);
  g_autofree char *b_widths = to_widths (in_b);
  /* 1234: 105 + 1·12 + 2·34 = 185, modulo 103 is 82. */
  g_autoptr (GArray) in_c = stall_code128_encode ("1234", NULL);
  g_autofree char *c_widths = to_widths (in_c);

  g_assert_cmpstr (b_widths, ==,
                   "211214"
                   "313121"
                   "112133"
                   "112133"
                   "123221"
                   "223211"
                   "221132"
                   "131321"
                   "311321"
                   "2331112");
  g_assert_cmpstr (c_widths, ==,
                   "211232"
                   "112232"
                   "131123"
                   "121241"
                   "2331112");
}

/* How many symbols stand between start and check: set C saves room and never costs any. */
static void
test_code128_sets (void)
{
  static const struct
  {
    const char *text;
    guint n_symbols;
  } cases[] = {
    { "A", 1 },     { "1", 1 },        { "12", 1 },    { "123", 3 },
    { "1234", 2 },  { "12345", 4 },    { "A1234", 4 }, { "A12345", 5 },
    { "1234A", 4 }, { "A123456B", 7 }, { "A12", 3 },   { "20261122000017", 7 },
    { "#1001", 4 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GArray) modules = stall_code128_encode (cases[i].text, NULL);

      g_assert_cmpuint (modules->len, ==, (cases[i].n_symbols + 2) * 11 + 13);
    }
}

static void
test_code128_invalid (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (stall_code128_encode ("茶杯", &error));
  g_assert_error (error, STALL_ERROR, STALL_ERROR_INVALID);
  g_assert_null (stall_code128_encode ("", NULL));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/barcode/read", test_read);
  g_test_add_func ("/barcode/check", test_check);
  g_test_add_func ("/barcode/ean13/check", test_ean13_check);
  g_test_add_func ("/barcode/ean13/finds-typos", test_ean13_finds_typos);
  g_test_add_func ("/barcode/ean13/own", test_ean13_own);
  g_test_add_func ("/barcode/ean13/encode", test_ean13_encode);
  g_test_add_func ("/barcode/code128/encode", test_code128_encode);
  g_test_add_func ("/barcode/code128/sets", test_code128_sets);
  g_test_add_func ("/barcode/code128/invalid", test_code128_invalid);
  return g_test_run ();
}
