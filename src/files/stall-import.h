/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-preset.h"
#include "stall-store.h"

G_BEGIN_DECLS

/* One import from choosing a file to the receipt: sniff, map, dry run, run. Nothing is written
 * before stall_import_run(), and that writes all or nothing. */

typedef enum
{
  STALL_IMPORT_PRODUCTS, /* Shopify (both dialects) or WooCommerce, told apart by their columns */
  STALL_IMPORT_ORDERS,   /* Shopify, or any CSV through a preset */
  STALL_IMPORT_STOCK, /* our own stock sheet, or Shopify's inventory CSV: applies the difference */
} StallImportKind;

#define STALL_TYPE_IMPORT (stall_import_get_type ())
G_DECLARE_FINAL_TYPE (StallImport, stall_import, STALL, IMPORT, GObject)

StallImport *stall_import_new (StallStore *store, StallImportKind kind, GFile *file);
StallImport *stall_import_new_unknown (StallStore *store, GFile *file);

/* Reads the beginning of the file: encoding, separator, columns, dialect or preset. Boolean; fails
 * with STALL_ERROR_INVALID and a message that says what to do. */
DexFuture *stall_import_open (StallImport *self);
StallImportKind stall_import_get_kind (StallImport *self);
const char *stall_import_get_dialect (
    StallImport *self); /* shown: “Shopify products”, “Stock sheet of Stall”, … */
const char *stall_import_get_encoding (StallImport *self); /* UTF-8, GB18030, SHIFT_JIS */
void stall_import_set_encoding (StallImport *self, const char *encoding);
void stall_import_set_undoable (StallImport *self, gboolean undoable);
void stall_import_set_strict (StallImport *self, gboolean strict);
char stall_import_get_separator (StallImport *self); /* , ; or tab */
void stall_import_set_separator (StallImport *self, char separator);
const char *const *stall_import_get_columns (StallImport *self);
gboolean stall_import_needs_mapping (
    StallImport *self); /* orders of no known dialect: a preset must be set */
StallPreset *
stall_import_get_preset (StallImport *self); /* the one that fits, or an empty one to fill in */
void stall_import_set_preset (StallImport *self, StallPreset *preset);
/* The first lines as cells, for the mapping page: GPtrArray of GStrv, as read with the present
 * settings. */
GPtrArray *stall_import_dup_head (StallImport *self);

/* StallImportReport of the first rows, to look at while choosing columns. */
DexFuture *stall_import_preview (StallImport *self);
/* StallImportReport; may be run again after another preset was set. */
DexFuture *stall_import_dry_run (StallImport *self);
/* StallReceipt boxed. */
DexFuture *stall_import_run (StallImport *self);
/* Makes a dry run or run under way end in G_IO_ERROR_CANCELLED, with nothing written. */
void stall_import_cancel (StallImport *self);
/* property progress (double, 0 … 1), notified on the main thread at most ten times a second */
double stall_import_get_progress (StallImport *self);

typedef enum
{
  STALL_PROBLEM_WARNING,
  STALL_PROBLEM_ERROR
} StallProblemSeverity;

/* A warning is read around (and said); an error leaves the order or product of that line out. */
#define STALL_TYPE_IMPORT_PROBLEM (stall_import_problem_get_type ())
G_DECLARE_FINAL_TYPE (StallImportProblem, stall_import_problem, STALL, IMPORT_PROBLEM, GObject)
guint stall_import_problem_get_line (StallImportProblem *self); /* 1 is the header */
StallProblemSeverity stall_import_problem_get_severity (StallImportProblem *self);
const char *stall_import_problem_get_message (StallImportProblem *self);

/* One thing as it will look: “ocean-blue-shirt · Ocean Blue Shirt · ¥50.00”. */
#define STALL_TYPE_IMPORT_SAMPLE (stall_import_sample_get_type ())
G_DECLARE_FINAL_TYPE (StallImportSample, stall_import_sample, STALL, IMPORT_SAMPLE, GObject)
const char *stall_import_sample_get_title (StallImportSample *self);
const char *stall_import_sample_get_detail (StallImportSample *self);
const char *stall_import_sample_get_value (StallImportSample *self);

#define STALL_TYPE_IMPORT_REPORT (stall_import_report_get_type ())
G_DECLARE_FINAL_TYPE (StallImportReport, stall_import_report, STALL, IMPORT_REPORT, GObject)
typedef struct
{
  guint lines; /* lines of the file without the header */
  guint products;
  guint variants;
  guint orders;
  guint order_lines;
  guint refunds;   /* credit notes */
  guint charges;   /* postage, fees, discounts, adjustments */
  guint movements; /* stock taken over, corrected or written off */
  guint present;   /* things that are already in the stall and stay as they are */
  guint pictures;  /* links that were kept: a picture on the web cannot be fetched offline */
  guint warnings;
  guint errors;
  gint64 total; /* minor units, of all orders */
  char currency[4];
} StallImportCounts;
/* What the last run found; NULL before. */
StallImportReport *stall_import_get_report (StallImport *self);
const StallImportCounts *stall_import_report_get_counts (StallImportReport *self);
GListModel *stall_import_report_get_problems (
    StallImportReport *self); /* StallImportProblem, the first 1,000 */
GListModel *
stall_import_report_get_samples (StallImportReport *self); /* StallImportSample, the first 20 */

G_END_DECLS
