/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-sync"

#include "config.h"

#include "stall-sync-entry.h"

#include "stall-json.h"

struct _StallSyncEntry
{
  GObject parent_instance;

  StallTime at;
  StallSyncReport report;
  char *problem;
};

G_DEFINE_FINAL_TYPE (StallSyncEntry, stall_sync_entry, G_TYPE_OBJECT)

static void
stall_sync_entry_finalize (GObject *object)
{
  g_free (STALL_SYNC_ENTRY (object)->problem);

  G_OBJECT_CLASS (stall_sync_entry_parent_class)->finalize (object);
}

static void
stall_sync_entry_class_init (StallSyncEntryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = stall_sync_entry_finalize;
}

static void
stall_sync_entry_init (StallSyncEntry *self)
{
}

/**
 * stall_sync_entry_new:
 * @at: when it ended
 * @report: (nullable): what it did
 * @problem: (nullable): why it did not come to its end
 *
 * Returns: (transfer full): a new entry
 */
StallSyncEntry *
stall_sync_entry_new (StallTime at, const StallSyncReport *report, const char *problem)
{
  StallSyncEntry *self = g_object_new (STALL_TYPE_SYNC_ENTRY, NULL);

  self->at = at;
  if (report != NULL)
    self->report = *report;
  self->problem = g_strdup (problem);
  return self;
}

StallTime
stall_sync_entry_get_time (StallSyncEntry *self)
{
  g_return_val_if_fail (STALL_IS_SYNC_ENTRY (self), STALL_TIME_NONE);

  return self->at;
}

const StallSyncReport *
stall_sync_entry_get_report (StallSyncEntry *self)
{
  g_return_val_if_fail (STALL_IS_SYNC_ENTRY (self), NULL);

  return &self->report;
}

const char *
stall_sync_entry_get_problem (StallSyncEntry *self)
{
  g_return_val_if_fail (STALL_IS_SYNC_ENTRY (self), NULL);

  return self->problem;
}

/**
 * stall_sync_entry_to_json:
 * @self: an entry
 *
 * Returns: (transfer full): the entry as an object
 */
JsonNode *
stall_sync_entry_to_json (StallSyncEntry *self)
{
  JsonObject *object = json_object_new ();
  JsonNode *node = json_node_init_object (json_node_alloc (), object);

  json_object_set_int_member (object, "at", self->at);
  json_object_set_int_member (object, "pulled", (gint64) self->report.n_pulled);
  json_object_set_int_member (object, "pushed", (gint64) self->report.n_pushed);
  json_object_set_int_member (object, "refused", (gint64) self->report.n_refused);
  json_object_set_int_member (object, "missing", (gint64) self->report.n_missing);
  json_object_set_int_member (object, "files", (gint64) self->report.n_files);
  json_object_set_int_member (object, "received", (gint64) self->report.n_received);
  json_object_set_int_member (object, "sent", (gint64) self->report.n_sent);
  if (self->problem != NULL)
    json_object_set_string_member (object, "problem", self->problem);
  json_object_unref (object);
  return node;
}

/**
 * stall_sync_entry_new_from_json:
 * @node: what stall_sync_entry_to_json() wrote
 *
 * Returns: (transfer full) (nullable): the entry; %NULL when @node is something else
 */
StallSyncEntry *
stall_sync_entry_new_from_json (JsonNode *node)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  StallSyncReport report = { 0 };

  if (object == NULL || !json_object_has_member (object, "at"))
    return NULL;
  report.n_pulled = (guint64) stall_json_get_int (object, "pulled", 0);
  report.n_pushed = (guint64) stall_json_get_int (object, "pushed", 0);
  report.n_refused = (guint64) stall_json_get_int (object, "refused", 0);
  report.n_missing = (guint64) stall_json_get_int (object, "missing", 0);
  report.n_files = (guint64) stall_json_get_int (object, "files", 0);
  report.n_received = (guint64) stall_json_get_int (object, "received", 0);
  report.n_sent = (guint64) stall_json_get_int (object, "sent", 0);
  return stall_sync_entry_new (stall_json_get_int (object, "at", 0), &report,
                               stall_json_get_string (object, "problem", NULL));
}
