/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Reading members with a fallback: a wrong type reads as absent, never as a crash. */
const char *stall_json_get_string (JsonObject *object, const char *member, const char *fallback);
gint64 stall_json_get_int (JsonObject *object, const char *member, gint64 fallback);
gboolean stall_json_get_boolean (JsonObject *object, const char *member, gboolean fallback);
JsonObject *stall_json_get_object (JsonObject *object, const char *member);
JsonArray *stall_json_get_array (JsonObject *object, const char *member);
GStrv stall_json_get_strv (JsonObject *object, const char *member);
void stall_json_set_string (JsonObject *object, const char *member, const char *value);
void stall_json_set_strv (JsonObject *object, const char *member, const char *const *values);
JsonObject *stall_json_copy_object (JsonObject *object);
JsonObject *stall_json_parse_object (const char *text, gssize length, GError **error);
char *stall_json_to_string (JsonObject *object, gsize *length);

#define STALL_JSON_MAX_DEPTH 256
#define STALL_JSON_MAX_BYTES (32 * 1024 * 1024)

/* Writing text directly, for things that are made by the hundred thousand. */
typedef struct
{
  GString *text;
  gboolean comma;
} StallJsonWriter;

void stall_json_writer_init (StallJsonWriter *self, gsize size);
void stall_json_writer_begin_object (StallJsonWriter *self, const char *member);
void stall_json_writer_end_object (StallJsonWriter *self);
void stall_json_writer_begin_array (StallJsonWriter *self, const char *member);
void stall_json_writer_end_array (StallJsonWriter *self);
void stall_json_writer_string (StallJsonWriter *self, const char *member, const char *value);
void stall_json_writer_int (StallJsonWriter *self, const char *member, gint64 value);
void stall_json_writer_boolean (StallJsonWriter *self, const char *member, gboolean value);
void stall_json_writer_time (StallJsonWriter *self, const char *member, gint64 time);
void stall_json_writer_money (StallJsonWriter *self,
                              const char *member,
                              gint64 amount,
                              const char *currency);
GBytes *stall_json_writer_end (StallJsonWriter *self);

G_END_DECLS
