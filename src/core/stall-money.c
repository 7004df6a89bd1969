/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-core"

#include "config.h"

#include "stall-money.h"

#include "stall-error.h"
#include "stall-json.h"

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <string.h>

#define MINUS_SIGN "\xe2\x88\x92"
#define NO_BREAK_SPACE "\xc2\xa0"

/* ISO 4217 codes whose minor unit is not a hundredth, and those that people know by a sign. */
static const struct
{
  char code[4];
  guint8 digits;
  const char *symbol;
} currencies[] = {
  { "CNY", 2, "¥" },    { "GBP", 2, "£" },   { "EUR", 2, "€" },  { "USD", 2, "$" },
  { "HKD", 2, "HK$" },  { "TWD", 2, "NT$" }, { "JPY", 0, "¥" },  { "KRW", 0, "₩" },
  { "MOP", 2, "MOP$" }, { "SGD", 2, "S$" },  { "AUD", 2, "A$" }, { "CAD", 2, "CA$" },
  { "NZD", 2, "NZ$" },  { "MXN", 2, "MX$" }, { "BRL", 2, "R$" }, { "INR", 2, "₹" },
  { "VND", 0, "₫" },    { "THB", 2, "฿" },   { "PHP", 2, "₱" },  { "MYR", 2, "RM" },
  { "IDR", 2, "Rp" },   { "RUB", 2, "₽" },   { "TRY", 2, "₺" },  { "UAH", 2, "₴" },
  { "ILS", 2, "₪" },    { "KZT", 2, "₸" },   { "MNT", 2, "₮" },  { "NGN", 2, "₦" },
  { "BIF", 0, NULL },   { "CLP", 0, NULL },  { "DJF", 0, NULL }, { "GNF", 0, NULL },
  { "ISK", 0, NULL },   { "KMF", 0, NULL },  { "PYG", 0, NULL }, { "RWF", 0, NULL },
  { "UGX", 0, NULL },   { "UYI", 0, NULL },  { "VUV", 0, NULL }, { "XAF", 0, NULL },
  { "XOF", 0, NULL },   { "XPF", 0, NULL },  { "BHD", 3, NULL }, { "IQD", 3, NULL },
  { "JOD", 3, NULL },   { "KWD", 3, NULL },  { "LYD", 3, NULL }, { "OMR", 3, NULL },
  { "TND", 3, NULL },   { "CLF", 4, NULL },  { "UYW", 4, NULL },
};

/* How numbers look here. */
typedef struct
{
  const char *decimal;
  const char *separator;
  const char *grouping; /* sizes from the right, as localeconv() has them */
} Marks;

/* The C locale says nothing of money: then it is written as most of the world does. */
static Marks
get_marks (void)
{
  const struct lconv *conventions = localeconv ();
  Marks marks = { ".", ",", "\3" };

  if (*conventions->mon_decimal_point == '\0')
    return marks;
  if (g_utf8_validate (conventions->mon_decimal_point, -1, NULL))
    marks.decimal = conventions->mon_decimal_point;
  marks.separator = conventions->mon_thousands_sep;
  if (!g_utf8_validate (marks.separator, -1, NULL))
    marks.separator = "";
  marks.grouping = *marks.separator != '\0' ? conventions->mon_grouping : "";
  return marks;
}

static const char *
get_symbol (const char *currency)
{
  for (guint i = 0; i < G_N_ELEMENTS (currencies); i++)
    if (strcmp (currencies[i].code, currency) == 0)
      return currencies[i].symbol;

  return NULL;
}

/* Whether the digit that @left more whole digits follow ends a group. */
static gboolean
ends_group (const char *grouping, gsize left)
{
  gsize sum = 0;
  guint size = 0;

  if (left == 0)
    return FALSE;
  while (sum < left)
    {
      if (*grouping != '\0')
        size = *grouping++;
      if (size == 0 || size >= G_MAXINT8)
        return FALSE;
      sum += size;
    }
  return sum == left;
}

/* The digits of @amount without its sign. */
static void
append_amount (GString *text, gint64 amount, int digits, const Marks *marks)
{
  char buffer[32];
  guint64 rest = amount < 0 ? -(guint64) amount : (guint64) amount;
  int n = 0;

  for (; rest > 0 || n <= digits; rest /= 10)
    buffer[n++] = '0' + rest % 10;

  while (n-- > 0)
    {
      g_string_append_c (text, buffer[n]);
      if (n == digits && digits > 0)
        g_string_append (text, marks->decimal);
      else if (n > digits && ends_group (marks->grouping, n - digits))
        g_string_append (text, marks->separator);
    }
}

/* What to show of text that may be anything. */
static char *
quote (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  return g_utf8_truncate_middle (valid, 40);
}

static gboolean
fail_invalid (const char *text, const char *currency, GError **error)
{
  g_autofree char *shown = quote (text);
  g_autofree char *example = stall_money_format_plain (123450, currency);

  g_set_error (error, STALL_ERROR, STALL_ERROR_INVALID,
               _ ("“%s” is not an amount of money. Write it with digits and a decimal point only, "
                  "such as %s."),
               shown, example);
  return FALSE;
}

static gboolean
fail_overflow (const char *text, GError **error)
{
  g_autofree char *shown = quote (text);

  g_set_error (error, STALL_ERROR, STALL_ERROR_INVALID,
               _ ("“%s” is more money than can be counted. Write a smaller amount."), shown);
  return FALSE;
}

/* Reads "-1234.50"; @shown is what messages quote. */
static gboolean
parse_plain (const char *text,
             const char *shown,
             const char *currency,
             gint64 *amount,
             GError **error)
{
  gboolean negative = *text == '-';
  int left = stall_currency_get_digits (currency);
  gint64 value = 0;
  gboolean overflow = FALSE;

  if (*text == '-' || *text == '+')
    text++;
  if (!g_ascii_isdigit (*text))
    return fail_invalid (shown, currency, error);

  /* Counted below zero, where there is room for one more. */
  for (; g_ascii_isdigit (*text); text++)
    overflow |= __builtin_mul_overflow (value, 10, &value)
                || __builtin_sub_overflow (value, *text - '0', &value);
  if (*text == '.')
    {
      text++;
      if (!g_ascii_isdigit (*text))
        return fail_invalid (shown, currency, error);
      for (; left > 0 && g_ascii_isdigit (*text); left--, text++)
        overflow |= __builtin_mul_overflow (value, 10, &value)
                    || __builtin_sub_overflow (value, *text - '0', &value);
      /* Finer than the minor unit: half and more rounds away from zero. */
      if (*text >= '5' && *text <= '9')
        overflow |= __builtin_sub_overflow (value, 1, &value);
      while (g_ascii_isdigit (*text))
        text++;
    }
  for (; left > 0; left--)
    overflow |= __builtin_mul_overflow (value, 10, &value);

  if (*text != '\0')
    return fail_invalid (shown, currency, error);
  if (overflow || value < -STALL_MONEY_MAX)
    return fail_overflow (shown, error);
  *amount = negative ? value : -value;
  return TRUE;
}

static gsize
length_of_prefix (const char *text, const char *prefix)
{
  gsize length = strlen (prefix);

  return g_ascii_strncasecmp (text, prefix, length) == 0 ? length : 0;
}

/* Length of the name of the currency that @text begins with: its sign, its code, 元. */
static gsize
length_of_currency (const char *text, const char *currency)
{
  const char *symbol = get_symbol (currency);
  gsize length = length_of_prefix (text, currency);

  if (length == 0 && symbol != NULL)
    length = length_of_prefix (text, symbol);
  if (length == 0 && strcmp (currency, "CNY") == 0)
    length = length_of_prefix (text, "元");
  return length;
}

/* Leaves of what was typed only its sign, digits and marks ('.' and ','); NULL when there is
 * anything else. */
static GString *
keep_number (const char *typed, const char *currency)
{
  g_autofree char *text = g_utf8_normalize (typed, -1, G_NORMALIZE_NFKC);
  g_autoptr (GString) kept = g_string_new (NULL);
  gboolean named = FALSE;

  if (text == NULL)
    return NULL;

  for (const char *p = text; *p != '\0';)
    {
      gunichar c = g_utf8_get_char (p);
      gsize name = named ? 0 : length_of_currency (p, currency);

      if (name > 0)
        {
          named = TRUE;
          p += name;
          continue;
        }
      if (g_ascii_isdigit (*p) || *p == '.' || *p == ',')
        g_string_append_c (kept, *p);
      else if (c == 0x3002) /* the full stop of a Chinese keyboard */
        g_string_append_c (kept, '.');
      else if ((c == '-' || c == '+' || c == 0x2212) && kept->len == 0)
        g_string_append_c (kept, c == '+' ? '+' : '-');
      else if (!g_unichar_isspace (c) && c != '\'' && c != 0x2019)
        return NULL;
      p = g_utf8_next_char (p);
    }

  return g_steal_pointer (&kept);
}

/* Whether each @mark before @end has a group of three digits after it (two in lakhs), the last one
 * exactly three. */
static gboolean
marks_groups (const char *text, const char *end, char mark)
{
  const char *p = memchr (text, mark, end - text);

  if (p == NULL || p == text || !g_ascii_isdigit (p[-1]))
    return p == NULL;
  while (p != NULL)
    {
      const char *next = memchr (p + 1, mark, end - p - 1);
      gsize digits = (next != NULL ? next : end) - p - 1;

      if (digits != 3 && (digits != 2 || next == NULL))
        return FALSE;
      p = next;
    }
  return TRUE;
}

/* Tells grouping marks from the decimal mark, by how the locale writes numbers and, where that
 * cannot be meant, by where the marks stand: “1.50” is one and a half in German too. */
static gboolean
resolve_marks (GString *number, char decimal)
{
  char other = decimal == '.' ? ',' : '.';
  char *end = number->str + number->len;
  char *last = strrchr (number->str, decimal);

  if (last == NULL && !marks_groups (number->str, end, other))
    {
      decimal = other;
      other = decimal == '.' ? ',' : '.';
      last = strrchr (number->str, decimal);
    }
  if (last != NULL && strchr (number->str, decimal) != last)
    return FALSE;
  if (last != NULL && strchr (last, other) != NULL)
    return FALSE;
  if (!marks_groups (number->str, last != NULL ? last : end, other))
    return FALSE;

  if (last != NULL)
    *last = ';';
  g_string_replace (number, other == '.' ? "." : ",", "", 0);
  g_string_replace (number, ";", ".", 0);
  return TRUE;
}

/**
 * stall_currency_get_digits:
 * @currency: ISO 4217 code
 *
 * Returns: how many decimal digits its minor unit has: 2 for CNY, 0 for JPY
 */
int
stall_currency_get_digits (const char *currency)
{
  g_return_val_if_fail (currency != NULL, 2);

  for (guint i = 0; i < G_N_ELEMENTS (currencies); i++)
    if (strcmp (currencies[i].code, currency) == 0)
      return currencies[i].digits;

  return 2;
}

/**
 * stall_currency_is_valid:
 * @currency: (nullable): text
 *
 * Returns: whether it has the form of an ISO 4217 code, three capital letters
 */
gboolean
stall_currency_is_valid (const char *currency)
{
  return currency != NULL && g_ascii_isupper (currency[0]) && g_ascii_isupper (currency[1])
         && g_ascii_isupper (currency[2]) && currency[3] == '\0';
}

/**
 * stall_money_format:
 * @amount: minor units
 * @currency: ISO 4217 code
 *
 * Writes money the way the locale does: “¥1,234.50”, “−¥3.00”, “CHF 5.00”, “1.234,50 €”.
 *
 * Returns: (transfer full): the text
 */
char *
stall_money_format (gint64 amount, const char *currency)
{
  g_autoptr (GString) number = g_string_sized_new (32);
  Marks marks = get_marks ();
  const char *minus = amount < 0 ? MINUS_SIGN : "";
  const char *symbol;

  g_return_val_if_fail (currency != NULL, NULL);

  symbol = get_symbol (currency);
  if (symbol == NULL)
    symbol = currency;
  append_amount (number, amount, stall_currency_get_digits (currency), &marks);
  if (localeconv ()->p_cs_precedes == 0)
    return g_strconcat (minus, number->str, NO_BREAK_SPACE, symbol, NULL);
  if (g_ascii_isalpha (symbol[strlen (symbol) - 1]))
    return g_strconcat (minus, symbol, NO_BREAK_SPACE, number->str, NULL);
  return g_strconcat (minus, symbol, number->str, NULL);
}

/**
 * stall_money_format_plain:
 * @amount: minor units
 * @currency: ISO 4217 code
 *
 * Writes money for a file, the same in every locale and without the currency: "-1234.50".
 *
 * Returns: (transfer full): the text
 */
char *
stall_money_format_plain (gint64 amount, const char *currency)
{
  GString *text = g_string_sized_new (32);
  Marks marks = { ".", "", "" };

  g_return_val_if_fail (currency != NULL, g_string_free_and_steal (text));

  if (amount < 0)
    g_string_append_c (text, '-');
  append_amount (text, amount, stall_currency_get_digits (currency), &marks);
  return g_string_free_and_steal (text);
}

/**
 * stall_money_parse:
 * @text: what a file says, such as "1234.50"; white space around it does not matter
 * @currency: ISO 4217 code
 * @amount: (out): minor units; what is finer is rounded, half away from zero
 * @error: return location for a %STALL_ERROR_INVALID
 *
 * Reads an optional sign, digits and an optional decimal point with digits; nothing else is an
 * amount, because nobody is there to see a wrong guess.
 *
 * Returns: whether @text is an amount
 */
gboolean
stall_money_parse (const char *text, const char *currency, gint64 *amount, GError **error)
{
  gsize length;

  g_return_val_if_fail (text != NULL && currency != NULL && amount != NULL, FALSE);

  while (g_ascii_isspace (*text))
    text++;
  length = strlen (text);
  if (length > 0 && g_ascii_isspace (text[length - 1]))
    {
      g_autofree char *stripped = g_strchomp (g_strdup (text));

      return parse_plain (stripped, stripped, currency, amount, error);
    }
  return parse_plain (text, text, currency, amount, error);
}

/**
 * stall_money_parse_typed:
 * @text: what a person typed
 * @currency: ISO 4217 code
 * @amount: (out): minor units; what is finer is rounded, half away from zero
 * @error: return location for a %STALL_ERROR_INVALID
 *
 * Reads money as people write it: with the currency's sign or code, grouping marks, the locale's
 * decimal mark or a point, full-width characters.
 *
 * Returns: whether @text is an amount
 */
gboolean
stall_money_parse_typed (const char *text, const char *currency, gint64 *amount, GError **error)
{
  g_autoptr (GString) number = NULL;

  g_return_val_if_fail (text != NULL && currency != NULL && amount != NULL, FALSE);

  number = keep_number (text, currency);
  if (number == NULL || !resolve_marks (number, *get_marks ().decimal == ',' ? ',' : '.'))
    return fail_invalid (text, currency, error);
  return parse_plain (number->str, text, currency, amount, error);
}

/**
 * stall_money_parse_price:
 * @text: what a person typed
 * @currency: ISO 4217 code
 * @amount: (out): minor units, never below 0
 * @error: return location for a %STALL_ERROR_INVALID
 *
 * Reads what something costs, as stall_money_parse_typed() reads money.
 *
 * Returns: whether @text is a price
 */
gboolean
stall_money_parse_price (const char *text, const char *currency, gint64 *amount, GError **error)
{
  g_autofree char *shown = NULL;

  if (!stall_money_parse_typed (text, currency, amount, error))
    return FALSE;
  if (*amount >= 0)
    return TRUE;
  shown = quote (text);
  g_set_error (error, STALL_ERROR, STALL_ERROR_INVALID,
               _ ("“%s” is less than nothing. Write a price without a minus sign."), shown);
  return FALSE;
}

/**
 * stall_money_from_json:
 * @object: (nullable): an object
 * @member: name of a member that holds `{"amount":255,"currency":"GBP"}`
 * @amount: (out): minor units
 * @currency: (out) (optional) (transfer none): ISO 4217 code; lives as long as @object keeps it
 *
 * Returns: whether there is such a member, of %STALL_MONEY_MAX at most; if not, the results are
 * left alone
 */
gboolean
stall_money_from_json (JsonObject *object,
                       const char *member,
                       gint64 *amount,
                       const char **currency)
{
  JsonObject *money = stall_json_get_object (object, member);
  gint64 value = stall_json_get_int (money, "amount", G_MININT64);
  const char *code = stall_json_get_string (money, "currency", NULL);

  g_return_val_if_fail (amount != NULL, FALSE);

  if (value < -STALL_MONEY_MAX || value > STALL_MONEY_MAX || !stall_currency_is_valid (code))
    return FALSE;
  *amount = value;
  if (currency != NULL)
    *currency = code;
  return TRUE;
}

/**
 * stall_money_to_json:
 * @object: an object
 * @member: name of the member to set
 * @amount: minor units
 * @currency: ISO 4217 code
 *
 * Sets money; what else the member holds stays.
 */
void
stall_money_to_json (JsonObject *object, const char *member, gint64 amount, const char *currency)
{
  JsonObject *money;

  g_return_if_fail (object != NULL && member != NULL && currency != NULL);

  money = stall_json_get_object (object, member);
  if (money == NULL)
    {
      money = json_object_new ();
      json_object_set_object_member (object, member, money);
    }
  json_object_set_int_member (money, "amount", amount);
  json_object_set_string_member (money, "currency", currency);
}
