/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* An AdwComboRow that offers the currencies a stall can have. */
void stall_currency_row_fill (AdwComboRow *row, const char *currency);
const char *stall_currency_row_get_currency (AdwComboRow *row);

G_END_DECLS
