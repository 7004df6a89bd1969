/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-import.h"

#include "test-util.h"

G_BEGIN_DECLS

/* What the tests of imports share. All in a fiber. */

char *test_data_path (const char *name);
char *test_write_file (Fixture *fixture, const char *name, const char *bytes, gssize length);
StallImport *test_open_import (Fixture *fixture, StallImportKind kind, const char *path);
StallImportReport *test_dry_run (StallImport *import);
StallReceipt *test_run (StallImport *import);
StallReceipt *test_import (Fixture *fixture, StallImportKind kind, const char *path);
/* The problem on a line, as “error: …” or “warning: …”; NULL: there is none. */
char *test_find_problem (StallImportReport *report, guint line);
StallVariantRow *test_find_variant (Fixture *fixture, const char *sku);
StallProduct *test_load_product (Fixture *fixture, const char *title);
guint test_count_kind (Fixture *fixture, StallKind kind);
void test_set_currency (Fixture *fixture, const char *currency);

G_END_DECLS
