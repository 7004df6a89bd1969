/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-csv-reader.h"
#include "stall-import-catalog.h"
#include "stall-import-pipe.h"
#include "stall-import.h"
#include "stall-movement.h"
#include "stall-profile.h"

G_BEGIN_DECLS

/* What the files of the import floor share: the report being written, and one reading of the file.
 */

StallImportProblem *
stall_import_problem_new (guint line, StallProblemSeverity severity, const char *message);
StallImportSample *
stall_import_sample_new (const char *title, const char *detail, const char *value);

StallImportReport *stall_import_report_new (const char *currency);
StallImportCounts *stall_import_report_edit_counts (StallImportReport *self);
void stall_import_report_add_problem (StallImportReport *self,
                                      guint line,
                                      StallProblemSeverity severity,
                                      const char *message);
gboolean stall_import_report_wants_samples (StallImportReport *self);
void stall_import_report_add_sample (StallImportReport *self,
                                     const char *title,
                                     const char *detail,
                                     const char *value);

typedef enum
{
  STALL_DIALECT_UNKNOWN,
  STALL_DIALECT_SHOPIFY_OLD,
  STALL_DIALECT_SHOPIFY_NEW,
  STALL_DIALECT_WOOCOMMERCE,
  STALL_DIALECT_ORDERS,
  STALL_DIALECT_STOCK_SHEET,
  STALL_DIALECT_SHOPIFY_INVENTORY,
} StallImportDialect;

/* A new price or cost of a variant; STALL_PRICE_NONE leaves it as it is. */
typedef struct
{
  char *product;
  char *variant;
  gint64 price;
  gint64 cost;
} StallPriceEdit;

/* One reading of a file from beginning to end, on a thread of its own. What it finds goes into the
 * report, and on a run into the pipe as documents; a dry run has no pipe and writes no JSON. */
typedef struct
{
  GFile *file;
  char *encoding;
  char separator;
  StallImportDialect dialect;
  StallPreset *preset; /* orders only */
  gboolean guessed;    /* nobody has looked at the preset */

  char *currency;
  char *device;
  int ship_days;
  StallProfile *first_profile; /* written with the rest; NULL: the stall has one */
  StallTime now;
  GTimeZone *zone; /* of dates that say none */
  StallCatalog *catalog;

  StallImportPipe *pipe; /* NULL: a dry run */
  StallImportReport *report;
  StallImportCounts *counts; /* of the report */
  GPtrArray *movements;      /* StallMovement that a reading without a pipe found */
  GArray *movement_lines;    /* guint: their lines */
  GPtrArray *edits;          /* StallPriceEdit of a stock sheet */
  GCancellable *cancellable;
  int permille;    /* atomic: how far it is */
  guint max_rows;  /* read no further than this; 0: the whole file */
  gboolean strict; /* a line with an error is one too many: nothing is written */

  /* private to stall-import-job.c */
  GPtrArray *batch;
  GStrv columns;
  guint pass;
  guint n_passes;
  guint until_check;
  guint n_rows;
} StallImportJob;

StallImportJob *stall_import_job_new (void);
void stall_import_job_free (StallImportJob *self);
DexFuture *stall_import_job_start (StallImportJob *job, StallImportKind kind);
StallCsvReader *
stall_import_job_open (StallImportJob *self, guint pass, guint n_passes, GError **error);
gboolean stall_import_job_next (StallImportJob *self, StallCsvReader *reader, GError **error);
gboolean stall_import_job_check_width (StallImportJob *self, StallCsvReader *reader);
guint stall_import_job_find_column (StallImportJob *self, const char *name);
gboolean stall_import_job_parse_price (StallImportJob *self,
                                       const char *text,
                                       guint digits,
                                       gint64 *amount,
                                       gboolean *rounded);
void stall_import_job_put (StallImportJob *self, StallDocument *document);
void stall_import_job_put_movement (StallImportJob *self, StallMovement *movement, guint line);
gboolean stall_import_job_flush (StallImportJob *self, gboolean all, GError **error);
void stall_import_job_warn (StallImportJob *self, guint line, const char *format, ...)
    G_GNUC_PRINTF (3, 4);
void stall_import_job_fail (StallImportJob *self, guint line, const char *format, ...)
    G_GNUC_PRINTF (3, 4);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StallImportJob, stall_import_job_free)

/* One for each kind of file. Any thread but the main one. */
gboolean stall_import_products_read (StallImportJob *job, GError **error);
gboolean stall_import_orders_read (StallImportJob *job, GError **error);
gboolean stall_import_stock_read (StallImportJob *job, GError **error);

/* STALL_DIALECT_UNKNOWN with a message that names what is missing. */
StallImportKind stall_import_find_kind (const char *const *columns);
StallImportDialect
stall_import_find_dialect (StallImportKind kind, const char *const *columns, GError **error);

G_END_DECLS
