/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-cli"

#include "config.h"

#include "stall-cli-output.h"

#include "stall-money.h"
#include "stall-product.h"

#include <glib/gi18n-lib.h>
#include <unistd.h>

static void
add_cell (StallRecord *self, const char *name, const char *value)
{
  if (self->line->len > 0)
    {
      g_string_append_c (self->line, '\t');
      g_string_append_c (self->names, '\t');
    }
  g_string_append (self->names, name);
  /* A cell is never empty and never breaks the line, so that columns stay columns. */
  if (value == NULL || *value == '\0')
    g_string_append_c (self->line, '-');
  for (const char *c = value; c != NULL && *c != '\0'; c++)
    g_string_append_c (self->line, g_ascii_iscntrl (*c) ? ' ' : *c);
}

/**
 * stall_record_init:
 * @self: a record on the stack
 *
 * Starts an empty record.
 */
void
stall_record_init (StallRecord *self)
{
  self->object = json_object_new ();
  self->names = g_string_new (NULL);
  self->line = g_string_new (NULL);
}

/**
 * stall_record_clear:
 * @self: a record
 *
 * Frees what the record holds.
 */
void
stall_record_clear (StallRecord *self)
{
  json_object_unref (self->object);
  g_string_free (self->names, TRUE);
  g_string_free (self->line, TRUE);
}

/**
 * stall_record_add_string:
 * @self: a record
 * @name: the member
 * @value: (nullable): its value
 *
 * Adds text.
 */
void
stall_record_add_string (StallRecord *self, const char *name, const char *value)
{
  add_cell (self, name, value);
  if (value != NULL)
    json_object_set_string_member (self->object, name, value);
  else
    json_object_set_null_member (self->object, name);
}

/**
 * stall_record_add_int:
 * @self: a record
 * @name: the member
 * @value: its value
 *
 * Adds a whole number.
 */
void
stall_record_add_int (StallRecord *self, const char *name, gint64 value)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, value);

  add_cell (self, name, text);
  json_object_set_int_member (self->object, name, value);
}

/**
 * stall_record_add_share:
 * @self: a record
 * @name: the member
 * @value: between 0 and 1
 *
 * Adds a share, to four places.
 */
void
stall_record_add_share (StallRecord *self, const char *name, double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (text, sizeof text, "%.4f", value);
  add_cell (self, name, text);
  json_object_set_double_member (self->object, name, g_ascii_strtod (text, NULL));
}

/**
 * stall_record_add_boolean:
 * @self: a record
 * @name: the member
 * @value: its value
 *
 * Adds yes or no.
 */
void
stall_record_add_boolean (StallRecord *self, const char *name, gboolean value)
{
  add_cell (self, name, value ? "yes" : "no");
  json_object_set_boolean_member (self->object, name, value);
}

/**
 * stall_record_add_money:
 * @self: a record
 * @name: the member
 * @amount: minor units, or %STALL_PRICE_NONE
 * @currency: (nullable): ISO 4217 code
 *
 * Adds an amount: “50.00 CNY”, or the object that documents use.
 */
void
stall_record_add_money (StallRecord *self, const char *name, gint64 amount, const char *currency)
{
  g_autofree char *plain = NULL;
  g_autofree char *text = NULL;

  if (amount == STALL_PRICE_NONE || currency == NULL || *currency == '\0')
    {
      stall_record_add_string (self, name, NULL);
      return;
    }
  plain = stall_money_format_plain (amount, currency);
  text = g_strdup_printf ("%s %s", plain, currency);
  add_cell (self, name, text);
  stall_money_to_json (self->object, name, amount, currency);
}

/**
 * stall_record_add_time:
 * @self: a record
 * @name: the member
 * @time: a time, or %STALL_TIME_NONE
 *
 * Adds a time in UTC.
 */
void
stall_record_add_time (StallRecord *self, const char *name, StallTime time)
{
  g_autofree char *text = time != STALL_TIME_NONE ? stall_time_to_string (time) : NULL;

  stall_record_add_string (self, name, text);
}

/**
 * stall_record_print:
 * @self: a record
 * @json: as a JSON object instead of a line
 *
 * Writes the record to standard output; JSON without a line break after it.
 */
void
stall_record_print (StallRecord *self, gboolean json)
{
  if (json)
    stall_print_json (self->object, FALSE);
  else
    g_print ("%s\n", self->line->str);
}

/**
 * stall_record_print_item:
 * @self: a record
 * @json: as an item of a JSON array, whose brackets are the caller's
 * @is_first: whether it is the first of its list
 *
 * Writes one record of a list to standard output. Above the first stand the names of its columns,
 * where a person looks: a pipe gets values only.
 */
void
stall_record_print_item (StallRecord *self, gboolean json, gboolean is_first)
{
  if (json)
    g_print (is_first ? "\n " : ",\n ");
  else if (is_first && isatty (STDOUT_FILENO))
    g_print ("\033[1m%s\033[0m\n", self->names->str);
  stall_record_print (self, json);
}

/**
 * stall_print_json:
 * @object: what to write
 * @pretty: over several lines
 *
 * Writes an object to standard output, without a line break after it.
 */
void
stall_print_json (JsonObject *object, gboolean pretty)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), object);
  g_autofree char *text = json_to_string (node, pretty);

  g_print ("%s", text);
}

/**
 * stall_print_differences:
 * @cli: the call
 * @differences: what is not as it should be, in words
 *
 * Prints what a check found, and ends the call with %STALL_EXIT_DIFFERENCES when that is anything.
 */
void
stall_print_differences (StallCli *cli, const char *const *differences)
{
  g_autoptr (JsonObject) object = json_object_new ();
  JsonArray *array = json_array_new ();

  if (differences[0] != NULL)
    cli->exit = STALL_EXIT_DIFFERENCES;
  for (guint i = 0; differences[i] != NULL; i++)
    json_array_add_string_element (array, differences[i]);
  json_object_set_array_member (object, "differences", array);
  if (cli->json)
    {
      stall_print_json (object, FALSE);
      g_print ("\n");
      return;
    }
  for (guint i = 0; differences[i] != NULL; i++)
    g_print ("%s\n", differences[i]);
  if (differences[0] == NULL)
    g_print ("%s\n", _ ("All is well."));
}

/**
 * stall_print_receipt:
 * @cli: the call
 * @receipt: what applying did
 *
 * Says what was written.
 */
void
stall_print_receipt (StallCli *cli, const StallReceipt *receipt)
{
  if (cli->json)
    {
      g_autoptr (JsonObject) object = json_object_new ();

      json_object_set_int_member (object, "change_set", receipt->change_set);
      json_object_set_string_member (object, "label", receipt->label);
      json_object_set_int_member (object, "added", receipt->added);
      json_object_set_int_member (object, "changed", receipt->changed);
      json_object_set_int_member (object, "deleted", receipt->deleted);
      json_object_set_int_member (object, "skipped", receipt->skipped);
      stall_print_json (object, FALSE);
      g_print ("\n");
      return;
    }
  if (receipt->change_set == 0)
    {
      g_print ("%s\n", _ ("There was nothing to change."));
      return;
    }
  g_print ("%s\n", receipt->label);
  g_print (_ ("Documents: %u added, %u changed, %u deleted, %u already there\n"), receipt->added,
           receipt->changed, receipt->deleted, receipt->skipped);
}

/**
 * stall_print_progress:
 * @what: what is being done
 * @fraction: 0 … 1
 *
 * Draws the progress line anew.
 */
void
stall_print_progress (const char *what, double fraction)
{
  if (isatty (STDERR_FILENO))
    g_printerr ("\r\033[K%s %.0f %%", what, fraction * 100);
}

/**
 * stall_end_progress:
 *
 * Takes the progress line away.
 */
void
stall_end_progress (void)
{
  if (isatty (STDERR_FILENO))
    g_printerr ("\r\033[K");
}
