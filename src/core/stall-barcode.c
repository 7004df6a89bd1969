/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-core"

#include "config.h"

#include "stall-barcode.h"

#include "stall-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define EAN13_DIGITS 13
/* GS1 leaves the prefixes 20 to 29 to everyone for use inside the house: a 2, and eleven digits. */
#define OWN_NUMBERS G_GUINT64_CONSTANT (100000000000)

/* Symbol values of Code 128, ISO/IEC 15417. */
enum
{
  CODE_C = 99,
  CODE_B = 100,
  START_B = 104,
  START_C = 105,
  STOP = 106,
  CHECK_MODULUS = 103,
};

/* ISO/IEC 15417, table 1: widths of bars and spaces in modules, by symbol value. */
static const char *const code128_widths[] = {
  "212222", "222122", "222221", "121223", "121322", "131222", "122213", "122312",  "132212",
  "221213", "221312", "231212", "112232", "122132", "122231", "113222", "123122",  "123221",
  "223211", "221132", "221231", "213212", "223112", "312131", "311222", "321122",  "321221",
  "312212", "322112", "322211", "212123", "212321", "232121", "111323", "131123",  "131321",
  "112313", "132113", "132311", "211313", "231113", "231311", "112133", "112331",  "132131",
  "113123", "113321", "133121", "313121", "211331", "231131", "213113", "213311",  "213131",
  "311123", "311321", "331121", "312113", "312311", "332111", "314111", "221411",  "431111",
  "111224", "111422", "121124", "121421", "141122", "141221", "112214", "112412",  "122114",
  "122411", "142112", "142211", "241211", "221114", "413111", "241112", "134111",  "111242",
  "121142", "121241", "114212", "124112", "124211", "411212", "421112", "421211",  "212141",
  "214121", "412121", "111143", "111341", "131141", "114113", "114311", "411113",  "411311",
  "113141", "114131", "311141", "411131", "211412", "211214", "211232", "2331112",
};

/* GS1 General Specifications, section 5.2: digits of number set A as modules, and which of the sets
 * A and B the left half has, by the first digit. B is C read backwards, C the complement of A. */
static const char *const ean_set_a[] = {
  "0001101", "0011001", "0010011", "0111101", "0100011",
  "0110001", "0101111", "0111011", "0110111", "0001011",
};
static const char *const ean_left_sets[] = {
  "AAAAAA", "AABABB", "AABBAB", "AABBBA", "ABAABB",
  "ABBAAB", "ABBBAA", "ABABAB", "ABABBA", "ABBABA",
};

static gsize
count_digits (const char *text)
{
  return strspn (text, "0123456789");
}

static gboolean
is_digits (const char *text)
{
  return *text != '\0' && text[count_digits (text)] == '\0';
}

/* The check digit of a GTIN whose other digits are the first @n: weights 3, 1, 3 … from the end. */
static int
get_check_digit (const char *digits, gsize n)
{
  int sum = 0;

  for (gsize i = 0; i < n; i++)
    sum += (digits[i] - '0') * ((n - i) % 2 == 1 ? 3 : 1);
  return (10 - sum % 10) % 10;
}

static gboolean
check_last_digit (const char *digits, GError **error)
{
  gsize n = strlen (digits) - 1;
  int expected = get_check_digit (digits, n);

  if (digits[n] - '0' == expected)
    return TRUE;

  g_set_error (error, STALL_ERROR, STALL_ERROR_INVALID,
               _ ("The last digit of the barcode %s should be %d, so one of its digits is wrong. "
                  "Scan or type it again."),
               digits, expected);
  return FALSE;
}

static void
append_modules (GArray *modules, guint8 dark, guint n)
{
  for (guint i = 0; i < n; i++)
    g_array_append_val (modules, dark);
}

/* Modules written as '0' and '1'. */
static void
append_bits (GArray *modules, const char *bits)
{
  for (; *bits != '\0'; bits++)
    append_modules (modules, *bits == '1', 1);
}

static void
append_ean_digit (GArray *modules, int digit, char set)
{
  const char *bits = ean_set_a[digit];

  for (guint i = 0; i < 7; i++)
    switch (set)
      {
      case 'A':
        append_modules (modules, bits[i] == '1', 1);
        break;
      case 'B':
        append_modules (modules, bits[6 - i] == '0', 1);
        break;
      default:
        append_modules (modules, bits[i] == '0', 1);
      }
}

static void
append_code128 (GArray *modules, guint value)
{
  const char *widths = code128_widths[value];

  for (guint i = 0; widths[i] != '\0'; i++)
    append_modules (modules, i % 2 == 0, widths[i] - '0');
}

static gboolean
check_code128 (const char *text, GError **error)
{
  gsize length = strlen (text);

  if (length == 0)
    {
      g_set_error (error, STALL_ERROR, STALL_ERROR_INVALID, _ ("A barcode cannot be empty."));
      return FALSE;
    }
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isprint (text[i]))
      {
        g_set_error (error, STALL_ERROR, STALL_ERROR_INVALID,
                     _ ("A barcode can hold Latin letters without accents, digits, spaces and "
                        "common punctuation only. Leave out everything else."));
        return FALSE;
      }
  if (length > STALL_CODE128_MAX)
    {
      g_set_error (error, STALL_ERROR, STALL_ERROR_INVALID,
                   _ ("A barcode can hold %d characters at most, and this one has %d."),
                   STALL_CODE128_MAX, (int) MIN (length, G_MAXINT));
      return FALSE;
    }

  return TRUE;
}

/* The symbol values of @text: set C, two digits a symbol, for runs of four digits and more and
 * for a text of just two; set B for the rest. Inside a text an odd run has its first digit in B. */
static GArray *
choose_code128_values (const char *text)
{
  GArray *values = g_array_new (FALSE, FALSE, sizeof (guint));
  gsize run = count_digits (text);
  gboolean in_c = run >= 4 || (run == 2 && text[2] == '\0');
  guint value = in_c ? START_C : START_B;

  g_array_append_val (values, value);
  while (*text != '\0')
    {
      run = count_digits (text);
      if (in_c && run >= 2)
        {
          value = (text[0] - '0') * 10 + (text[1] - '0');
          text += 2;
        }
      else if (in_c || (run >= 4 && run % 2 == 0))
        {
          value = in_c ? CODE_B : CODE_C;
          in_c = !in_c;
        }
      else
        value = *text++ - ' ';
      g_array_append_val (values, value);
    }

  return values;
}

/**
 * stall_ean13_check:
 * @digits: text
 * @error: return location for a %STALL_ERROR_INVALID, which names the digit that should be there
 *
 * Returns: whether @digits is an EAN-13 barcode with a right check digit
 */
gboolean
stall_ean13_check (const char *digits, GError **error)
{
  g_return_val_if_fail (digits != NULL, FALSE);

  if (!is_digits (digits) || strlen (digits) != EAN13_DIGITS)
    {
      g_set_error (error, STALL_ERROR, STALL_ERROR_INVALID,
                   _ ("An EAN-13 barcode has 13 digits and nothing else."));
      return FALSE;
    }
  return check_last_digit (digits, error);
}

/**
 * stall_ean13_new_own:
 * @number: which one, from 0; its last eleven digits count
 *
 * Makes an EAN-13 barcode of the range 20 to 29, which GS1 gives to no one.
 *
 * Returns: (transfer full): 13 digits
 */
char *
stall_ean13_new_own (guint64 number)
{
  char digits[EAN13_DIGITS + 1];

  g_snprintf (digits, sizeof digits, "2%011" G_GUINT64_FORMAT, number % OWN_NUMBERS);
  digits[EAN13_DIGITS - 1] = '0' + get_check_digit (digits, EAN13_DIGITS - 1);
  digits[EAN13_DIGITS] = '\0';
  return g_strdup (digits);
}

/**
 * stall_barcode_check:
 * @text: what was typed or scanned
 * @error: return location for a %STALL_ERROR_INVALID
 *
 * 13, 12 and 8 digits are EAN-13, UPC-A and EAN-8, and must have a right check digit. Anything else
 * must be what Code 128 can hold.
 *
 * Returns: whether @text can be a barcode
 */
gboolean
stall_barcode_check (const char *text, GError **error)
{
  gsize length;

  g_return_val_if_fail (text != NULL, FALSE);

  length = strlen (text);
  if (is_digits (text) && (length == 8 || length == 12 || length == EAN13_DIGITS))
    return check_last_digit (text, error);
  return check_code128 (text, error);
}

/**
 * stall_code128_encode:
 * @text: printable ASCII, at most %STALL_CODE128_MAX characters
 * @error: return location for a %STALL_ERROR_INVALID
 *
 * Draws a Code 128 symbol (ISO/IEC 15417), without its quiet zones of ten modules.
 *
 * Returns: (transfer full) (element-type guint8): modules from left to right, 1 dark, 0 light
 */
GArray *
stall_code128_encode (const char *text, GError **error)
{
  g_autoptr (GArray) values = NULL;
  GArray *modules;
  guint sum;

  g_return_val_if_fail (text != NULL, NULL);

  if (!check_code128 (text, error))
    return NULL;

  values = choose_code128_values (text);
  modules = g_array_sized_new (FALSE, FALSE, sizeof (guint8), values->len * 11 + 24);
  sum = g_array_index (values, guint, 0);
  for (guint i = 0; i < values->len; i++)
    {
      guint value = g_array_index (values, guint, i);

      append_code128 (modules, value);
      sum += i * value;
    }
  append_code128 (modules, sum % CHECK_MODULUS);
  append_code128 (modules, STOP);
  return modules;
}

/**
 * stall_ean13_encode:
 * @digits: 13 digits
 * @error: return location for a %STALL_ERROR_INVALID
 *
 * Draws an EAN-13 symbol (GS1 General Specifications), without its quiet zones of 11 modules on the
 * left and 7 on the right.
 *
 * Returns: (transfer full) (element-type guint8): 95 modules from left to right, 1 dark, 0 light
 */
GArray *
stall_ean13_encode (const char *digits, GError **error)
{
  GArray *modules;
  const char *sets;

  if (!stall_ean13_check (digits, error))
    return NULL;

  modules = g_array_sized_new (FALSE, FALSE, sizeof (guint8), 95);
  sets = ean_left_sets[digits[0] - '0'];
  append_bits (modules, "101");
  for (guint i = 0; i < 6; i++)
    append_ean_digit (modules, digits[1 + i] - '0', sets[i]);
  append_bits (modules, "01010");
  for (guint i = 0; i < 6; i++)
    append_ean_digit (modules, digits[7 + i] - '0', 'C');
  append_bits (modules, "101");
  return modules;
}

/**
 * stall_barcode_read:
 * @scanned: what a scanner read or a person typed
 *
 * Returns: (transfer full): the code in it, without the link of a shelf label around it
 */
char *
stall_barcode_read (const char *scanned)
{
  char *code;

  g_return_val_if_fail (scanned != NULL, NULL);

  code = g_str_has_prefix (scanned, STALL_CODE_LINK)
             ? g_uri_unescape_string (scanned + strlen (STALL_CODE_LINK), NULL)
             : NULL;
  return g_strstrip (code != NULL ? code : g_strdup (scanned));
}
