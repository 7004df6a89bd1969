/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Money is integer minor units and an ISO 4217 code; JSON {"amount":255,"currency":"GBP"}. */

/* No single amount and no order's total is larger, above zero or below. A person never gets there,
 * and a million of them still add up within 64 bits. */
#define STALL_MONEY_MAX G_GINT64_CONSTANT (10000000000000)

int stall_currency_get_digits (const char *currency);
gboolean stall_currency_is_valid (const char *currency);
char *stall_money_format (gint64 amount, const char *currency);
char *stall_money_format_plain (gint64 amount, const char *currency);
gboolean stall_money_parse (const char *text, const char *currency, gint64 *amount, GError **error);
gboolean
stall_money_parse_typed (const char *text, const char *currency, gint64 *amount, GError **error);
gboolean
stall_money_parse_price (const char *text, const char *currency, gint64 *amount, GError **error);
gboolean stall_money_from_json (JsonObject *object,
                                const char *member,
                                gint64 *amount,
                                const char **currency);
void
stall_money_to_json (JsonObject *object, const char *member, gint64 amount, const char *currency);

G_END_DECLS
