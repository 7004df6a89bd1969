/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-currencies.h"

#include <glib/gi18n-lib.h>

static const struct
{
  const char *code;
  const char *name;
} currencies[] = {
  { "CNY", N_ ("Chinese yuan") },
  { "AUD", N_ ("Australian dollar") },
  { "CAD", N_ ("Canadian dollar") },
  { "CHF", N_ ("Swiss franc") },
  { "CZK", N_ ("Czech koruna") },
  { "DKK", N_ ("Danish krone") },
  { "EUR", N_ ("Euro") },
  { "GBP", N_ ("Pound sterling") },
  { "HKD", N_ ("Hong Kong dollar") },
  { "INR", N_ ("Indian rupee") },
  { "JPY", N_ ("Japanese yen") },
  { "KRW", N_ ("South Korean won") },
  { "MOP", N_ ("Macanese pataca") },
  { "MYR", N_ ("Malaysian ringgit") },
  { "NOK", N_ ("Norwegian krone") },
  { "NZD", N_ ("New Zealand dollar") },
  { "PLN", N_ ("Polish złoty") },
  { "SEK", N_ ("Swedish krona") },
  { "SGD", N_ ("Singapore dollar") },
  { "THB", N_ ("Thai baht") },
  { "TWD", N_ ("New Taiwan dollar") },
  { "USD", N_ ("US dollar") },
  { "VND", N_ ("Vietnamese đồng") },
};

/**
 * stall_currency_row_fill:
 * @row: a row
 * @currency: ISO 4217 code of the chosen one; offered too when it is none of the usual
 *
 * Fills a row with the currencies a stall can have.
 */
void
stall_currency_row_fill (AdwComboRow *row, const char *currency)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint chosen = GTK_INVALID_LIST_POSITION;

  g_return_if_fail (ADW_IS_COMBO_ROW (row));
  g_return_if_fail (currency != NULL);

  for (guint i = 0; i < G_N_ELEMENTS (currencies); i++)
    {
      /* Translators: a currency’s code and name: “EUR · Euro” */
      g_autofree char *name
          = g_strdup_printf (_ ("%s · %s"), currencies[i].code, _ (currencies[i].name));

      gtk_string_list_append (names, name);
      if (g_str_equal (currencies[i].code, currency))
        chosen = i;
    }
  if (chosen == GTK_INVALID_LIST_POSITION)
    {
      chosen = G_N_ELEMENTS (currencies);
      gtk_string_list_append (names, currency);
    }
  adw_combo_row_set_model (row, G_LIST_MODEL (names));
  adw_combo_row_set_selected (row, chosen);
}

/**
 * stall_currency_row_get_currency:
 * @row: a row that was filled
 *
 * Returns: (transfer none): ISO 4217 code of the chosen currency
 */
const char *
stall_currency_row_get_currency (AdwComboRow *row)
{
  guint selected = adw_combo_row_get_selected (row);

  if (selected < G_N_ELEMENTS (currencies))
    return currencies[selected].code;
  return gtk_string_object_get_string (adw_combo_row_get_selected_item (row));
}
