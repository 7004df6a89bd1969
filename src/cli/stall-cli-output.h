/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "stall-change-set.h"
#include "stall-cli.h"

G_BEGIN_DECLS

/* One thing said twice: a line of tab-separated values for people and shells, or a JSON object. */
typedef struct
{
  JsonObject *object;
  GString *names;
  GString *line;
} StallRecord;

void stall_record_init (StallRecord *self);
void stall_record_clear (StallRecord *self);
void stall_record_add_string (StallRecord *self, const char *name, const char *value);
void stall_record_add_int (StallRecord *self, const char *name, gint64 value);
void stall_record_add_share (StallRecord *self, const char *name, double value);
void stall_record_add_boolean (StallRecord *self, const char *name, gboolean value);
void
stall_record_add_money (StallRecord *self, const char *name, gint64 amount, const char *currency);
void stall_record_add_time (StallRecord *self, const char *name, StallTime time);
void stall_record_print (StallRecord *self, gboolean json);
void stall_record_print_item (StallRecord *self, gboolean json, gboolean is_first);

void stall_print_json (JsonObject *object, gboolean pretty);
/* And sets the exit status. */
void stall_print_differences (StallCli *cli, const char *const *differences);
void stall_print_receipt (StallCli *cli, const StallReceipt *receipt);
/* The line on a terminal that says how far it is; nothing where standard error is not a terminal.
 */
void stall_print_progress (const char *what, double fraction);
void stall_end_progress (void);

G_END_DECLS
