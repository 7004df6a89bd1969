/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-store"

#include "config.h"

#include "stall-query-private.h"
#include "stall-search-text.h"

#include <string.h>

/* Lists of notes and of context; what products ask of them. Only literals of this file go into the
 * text. */

static void
add_int (GString *sql, GPtrArray *parameters, const char *condition, gint64 value)
{
  g_string_append_printf (sql, " AND %s", condition);
  g_ptr_array_add (parameters, g_variant_ref_sink (g_variant_new_int64 (value)));
}

static void
add_text (GString *sql, GPtrArray *parameters, const char *condition, const char *value)
{
  g_string_append_printf (sql, " AND %s", condition);
  g_ptr_array_add (parameters, g_variant_ref_sink (g_variant_new_string (value)));
}

static void
search (GString *sql, GPtrArray *parameters, const char *typed)
{
  g_autofree char *match = stall_search_query (typed);

  if (match != NULL)
    add_text (sql, parameters,
              "n.number IN (SELECT rowid FROM note_search WHERE note_search MATCH ?)", match);
  else if (typed[strspn (typed, " \t\n")] != '\0')
    g_string_append (sql, " AND 0");
}

static void
order (GString *sql, const StallQuery *query)
{
  const char *direction = query->descending ? "DESC" : "ASC";

  switch (query->sort)
    {
    case STALL_SORT_NAME:
      g_string_append_printf (sql, " ORDER BY n.title COLLATE NOCASE %s, n.number", direction);
      break;
    case STALL_SORT_PUBLISH_AT:
      g_string_append_printf (sql, " ORDER BY n.publish_at %s NULLS LAST, n.number", direction);
      break;
    case STALL_SORT_VIEWS:
      g_string_append_printf (sql,
                              " ORDER BY (SELECT coalesce (sum (views), 0) FROM echo WHERE subject "
                              "= n.id) %s, n.number",
                              direction);
      break;
    default:
      /* What was touched last comes first. */
      g_string_append (sql,
                       " ORDER BY (SELECT sequence FROM document WHERE number = n.number) DESC");
      break;
    }
}

static void
build_notes (const StallQuery *self, GString *sql, GPtrArray *parameters)
{
  g_string_append (sql, "SELECT n.number FROM note n WHERE 1");
  if (self->search != NULL)
    search (sql, parameters, self->search);
  if (self->note_states != 0)
    add_int (sql, parameters, "? & (1 << n.state)", self->note_states);
  if (self->ready_at != 0)
    add_int (sql, parameters, "n.state = 1 AND n.publish_at <= ?", self->ready_at);
  if (self->topic != NULL)
    add_text (sql, parameters, "n.number IN (SELECT note FROM note_topic WHERE topic = ?)",
              self->topic);
  if (self->product != NULL)
    add_text (sql, parameters, "n.number IN (SELECT note FROM note_link WHERE product = ?)",
              self->product);
  if (self->problems)
    g_string_append (sql, " AND EXISTS (SELECT 1 FROM " STALL_LINK_PRODUCT
                          " WHERE l.note = n.number AND (" STALL_LINK_IS_GONE
                          " OR " STALL_LINK_IS_SOLD_OUT "))");
  order (sql, self);
}

static void
build_context (const StallQuery *self, GString *sql, GPtrArray *parameters)
{
  g_string_append (sql, "SELECT c.number FROM context c WHERE 1");
  if (self->product != NULL)
    add_text (sql, parameters, "c.product = ?", self->product);
  if (self->context_type != 0)
    add_int (sql, parameters, "c.type = ?", self->context_type - 1);
  g_string_append (sql, " ORDER BY c.type, c.at DESC NULLS LAST, c.number DESC");
}

/**
 * stall_query_build_notes:
 * @self: a query of notes or context
 * @sql: the text is added to it
 * @parameters: (element-type GVariant): its parameters are added to it
 *
 * Turns the query into SQL that gives row numbers in order.
 */
void
stall_query_build_notes (const StallQuery *self, GString *sql, GPtrArray *parameters)
{
  if (self->list == STALL_LIST_NOTES)
    build_notes (self, sql, parameters);
  else
    build_context (self, sql, parameters);
}

/* Whether both ask the same of notes and stories. */
gboolean
stall_query_equal_notes (const StallQuery *a, const StallQuery *b)
{
  return a->story == b->story && g_strcmp0 (a->source_ref, b->source_ref) == 0
         && a->note_states == b->note_states && a->ready_at == b->ready_at
         && g_strcmp0 (a->topic, b->topic) == 0 && !a->problems == !b->problems
         && a->context_type == b->context_type;
}

/* The condition on `p`, a row of product. What was dropped needs no story. */
const char *
stall_query_get_story_sql (StallStoryFilter story)
{
  if (story == STALL_STORY_WHITE_ONLY)
    return "p.stage <> 6 AND p.cover IN (SELECT digest FROM picture_fact WHERE white_border)";
  return "p.stage <> 6 AND NOT p.has_story "
         "AND NOT EXISTS (SELECT 1 FROM context WHERE product = p.id AND type = 0) "
         "AND NOT EXISTS (SELECT 1 FROM note_link WHERE product = p.id)";
}
