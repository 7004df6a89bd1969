/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-core"

#include "config.h"

#include "stall-poll-private.h"

#include "stall-error.h"
#include "stall-money.h"
#include "stall-text.h"
#include "stall-variant.h"

#include <glib/gi18n-lib.h>

/**
 * stall_poll_option_new:
 * @label: (nullable): what the audience reads
 *
 * Returns: (transfer full): an option with an id of its own
 */
StallPollOption *
stall_poll_option_new (const char *label)
{
  StallPollOption *self = g_new0 (StallPollOption, 1);

  self->id = stall_uuid_new ();
  self->label = stall_text_clean (label);
  self->cost = STALL_PRICE_NONE;
  self->price = STALL_PRICE_NONE;
  return self;
}

/**
 * stall_poll_option_copy:
 * @self: an option
 *
 * Returns: (transfer full): the same option, with the same id
 */
StallPollOption *
stall_poll_option_copy (const StallPollOption *self)
{
  StallPollOption *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->id = g_strdup (self->id);
  copy->label = g_strdup (self->label);
  copy->variant = g_strdup (self->variant);
  copy->picture = g_strdup (self->picture);
  copy->digest = g_strdup (self->digest);
  copy->currency = g_strdup (self->currency);
  return copy;
}

/**
 * stall_poll_option_free:
 * @self: (nullable): an option
 *
 * Frees an option.
 */
void
stall_poll_option_free (StallPollOption *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_free (self->label);
  g_free (self->variant);
  g_free (self->picture);
  g_free (self->digest);
  g_free (self->currency);
  g_free (self);
}

static void
read_money (JsonObject *object, const char *member, gint64 *amount, char **currency)
{
  const char *code;

  if (stall_money_from_json (object, member, amount, &code))
    g_set_str (currency, code);
  else
    *amount = STALL_PRICE_NONE;
}

static StallPollOption *
read_option (JsonObject *object, JsonObject *attachments)
{
  StallPollOption *option = g_new0 (StallPollOption, 1);

  option->id = g_strdup (stall_json_get_string (object, "id", NULL));
  option->label = g_strdup (stall_json_get_string (object, "label", ""));
  option->variant = g_strdup (stall_json_get_string (object, "variant", NULL));
  option->picture = g_strdup (stall_json_get_string (object, "picture", NULL));
  if (option->picture != NULL && attachments != NULL)
    option->digest = g_strdup (stall_json_get_string (
        stall_json_get_object (attachments, option->picture), "digest", NULL));
  read_money (object, "cost", &option->cost, &option->currency);
  read_money (object, "price", &option->price, &option->currency);
  option->minimum_run = CLAMP (stall_json_get_int (object, "minimum_run", 0), 0, G_MAXINT);
  return option;
}

/* The option of this id among the objects of the poll. */
static JsonObject *
find_object (JsonObject *poll, const char *id)
{
  JsonArray *array = stall_json_get_array (poll, "options");

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

      if (object != NULL && g_strcmp0 (stall_json_get_string (object, "id", NULL), id) == 0)
        return object;
    }
  return NULL;
}

/*
 * stall_poll_options_read:
 * @poll: members of a poll
 *
 * An option without an id cannot be voted for and is passed over, as is one whose id came before.
 *
 * Returns: (transfer full) (element-type StallPollOption): its options in order
 */
GPtrArray *
stall_poll_options_read (JsonObject *poll)
{
  GPtrArray *options = g_ptr_array_new_with_free_func ((GDestroyNotify) stall_poll_option_free);
  JsonObject *attachments = stall_json_get_object (poll, "_attachments");
  JsonArray *array = stall_json_get_array (poll, "options");

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      const char *id = object != NULL ? stall_json_get_string (object, "id", NULL) : NULL;

      if (id != NULL && *id != '\0' && find_object (poll, id) == object)
        g_ptr_array_add (options, read_option (object, attachments));
    }
  return options;
}

static void
write_money (JsonObject *object, const char *member, gint64 amount, const char *currency)
{
  if (amount != STALL_PRICE_NONE && currency != NULL)
    stall_money_to_json (object, member, amount, currency);
  else
    json_object_remove_member (object, member);
}

static void
write_option (JsonObject *object, const StallPollOption *option)
{
  json_object_set_string_member (object, "id", option->id);
  stall_text_set_member (object, "label", option->label);
  stall_json_set_string (object, "variant", option->variant);
  stall_json_set_string (object, "picture", option->picture);
  write_money (object, "cost", option->cost, option->currency);
  write_money (object, "price", option->price, option->currency);
  if (option->minimum_run > 0)
    json_object_set_int_member (object, "minimum_run", option->minimum_run);
  else
    json_object_remove_member (object, "minimum_run");
}

/*
 * stall_poll_options_write:
 * @poll: members of a poll
 * @options: (element-type StallPollOption): its options in order
 *
 * An option is the same as before when its id is. Attachments that no option shows any more are
 * dropped.
 */
void
stall_poll_options_write (JsonObject *poll, GPtrArray *options)
{
  JsonObject *attachments = stall_json_get_object (poll, "_attachments");
  g_autoptr (GList) names = attachments != NULL ? json_object_get_members (attachments) : NULL;
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < options->len; i++)
    {
      const StallPollOption *option = g_ptr_array_index (options, i);
      JsonObject *known = find_object (poll, option->id);
      JsonObject *object = known != NULL ? json_object_ref (known) : json_object_new ();

      write_option (object, option);
      json_array_add_object_element (array, object);
    }
  for (GList *name = names; name != NULL; name = name->next)
    {
      gboolean shown = FALSE;

      for (guint i = 0; i < options->len; i++)
        shown
            |= g_strcmp0 (((StallPollOption *) g_ptr_array_index (options, i))->picture, name->data)
               == 0;
      if (!shown)
        json_object_remove_member (attachments, name->data);
    }
  json_object_set_array_member (poll, "options", array);
}

static gboolean
option_equal (const StallPollOption *a, const StallPollOption *b)
{
  return g_strcmp0 (a->id, b->id) == 0 && g_strcmp0 (a->label, b->label) == 0
         && g_strcmp0 (a->variant, b->variant) == 0 && g_strcmp0 (a->picture, b->picture) == 0
         && g_strcmp0 (a->digest, b->digest) == 0 && a->cost == b->cost && a->price == b->price
         && g_strcmp0 (a->currency, b->currency) == 0 && a->minimum_run == b->minimum_run;
}

gboolean
stall_poll_options_equal (GPtrArray *a, GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    if (!option_equal (g_ptr_array_index (a, i), g_ptr_array_index (b, i)))
      return FALSE;
  return TRUE;
}

static gboolean
check_option (const StallPollOption *option, GError **error)
{
  const char *wrong = NULL;

  if (option->label == NULL || *option->label == '\0')
    wrong = _ ("Give every option a name.");
  else if ((option->cost != STALL_PRICE_NONE && option->cost < 0)
           || (option->price != STALL_PRICE_NONE && option->price < 0) || option->minimum_run < 0)
    wrong = _ ("A cost, a price or a minimum run cannot be below zero.");
  if (wrong != NULL)
    g_set_error_literal (error, STALL_ERROR, STALL_ERROR_INVALID, wrong);
  return wrong == NULL;
}

/* Two names that look the same to the audience are the same. */
static gboolean
check_unlike (const StallPollOption *a, const StallPollOption *b, GError **error)
{
  g_autofree char *one = g_utf8_casefold (a->label, -1);
  g_autofree char *other = g_utf8_casefold (b->label, -1);

  if (g_str_equal (one, other))
    {
      g_set_error (error, STALL_ERROR, STALL_ERROR_INVALID,
                   _ ("Two options are called “%s”. Give each a name of its own."), a->label);
      return FALSE;
    }
  if (a->variant != NULL && g_strcmp0 (a->variant, b->variant) == 0)
    {
      g_set_error (error, STALL_ERROR, STALL_ERROR_INVALID,
                   _ ("“%s” and “%s” stand for the same variant. Choose another for one of them."),
                   a->label, b->label);
      return FALSE;
    }
  return TRUE;
}

/*
 * stall_poll_options_check:
 * @options: (element-type StallPollOption): the options of a poll
 * @error: return location for a %STALL_ERROR_INVALID that says what to change
 *
 * Returns: whether the audience can choose among them
 */
gboolean
stall_poll_options_check (GPtrArray *options, GError **error)
{
  if (options->len < STALL_POLL_MIN_OPTIONS)
    {
      g_set_error_literal (error, STALL_ERROR, STALL_ERROR_INVALID,
                           _ ("A poll needs two options or more. Add another one."));
      return FALSE;
    }
  if (options->len > STALL_POLL_MAX_OPTIONS)
    {
      g_set_error (error, STALL_ERROR, STALL_ERROR_INVALID,
                   ngettext ("A poll has at most %d option. Remove some.",
                             "A poll has at most %d options. Remove some.", STALL_POLL_MAX_OPTIONS),
                   STALL_POLL_MAX_OPTIONS);
      return FALSE;
    }
  for (guint i = 0; i < options->len; i++)
    {
      if (!check_option (g_ptr_array_index (options, i), error))
        return FALSE;
      for (guint j = 0; j < i; j++)
        if (!check_unlike (g_ptr_array_index (options, j), g_ptr_array_index (options, i), error))
          return FALSE;
    }
  return TRUE;
}
