/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-document.h"

G_BEGIN_DECLS

/* echo:<subject>:<date>: what came back to a note or product on a day. The platform writes it. */

typedef enum
{
  STALL_ECHO_VIEWS,
  STALL_ECHO_DWELL, /* seconds, of all views together */
  STALL_ECHO_LIKES,
  STALL_ECHO_SAVES,
  STALL_ECHO_COMMENTS,
  STALL_ECHO_JOINS,
} StallEchoMeasure;
#define STALL_N_ECHO_MEASURES 6

const char *stall_echo_measure_to_string (StallEchoMeasure measure);
const char *stall_echo_measure_get_label (StallEchoMeasure measure);

#define STALL_TYPE_ECHO (stall_echo_get_type ())
G_DECLARE_FINAL_TYPE (StallEcho, stall_echo, STALL, ECHO, GObject)

StallEcho *stall_echo_new (const char *subject_id, const char *day);
StallEcho *stall_echo_new_from_document (StallDocument *document, GError **error);
StallDocument *stall_echo_to_document (StallEcho *self, const char *device);
const char *stall_echo_get_subject (StallEcho *self); /* "note:…" or "product:…" */
const char *stall_echo_get_day (StallEcho *self);     /* “2026-11-20”, the platform's day */
gint64 stall_echo_get_count (StallEcho *self, StallEchoMeasure measure);
void stall_echo_set_count (StallEcho *self, StallEchoMeasure measure, gint64 count);

G_END_DECLS
