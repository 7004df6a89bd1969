/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-core"

#include "config.h"

#include "stall-note-template.h"

#include "stall-markdown.h"
#include "stall-profile-private.h"
#include "stall-text.h"

#include <glib/gi18n-lib.h>

/* Each body asks for what the story needs; the person writes over it. */
static const struct
{
  const char *text;
  const char *label;
  const char *description;
  const char *body;
} templates[STALL_N_TEMPLATES] = {
  [STALL_TEMPLATE_BLANK]
  = { "blank", NC_ ("note template", "Blank Note"), N_ ("An empty page"), NULL },
  [STALL_TEMPLATE_ORIGIN_VISIT]
  = { "origin-visit", NC_ ("note template", "Origin Visit"),
      N_ ("Where the material comes from, and who grows or makes it"),
      N_ ("Where did you go, and how long was the way?\n\n"
          "## Who you met\n\nTheir name, their hands, what they have done for how many years.\n\n"
          "## What you saw\n\nOne picture that only somebody who was there could take.\n\n"
          "## What you brought back\n\nThe material, how much of it there is, what it will "
          "be.\n") },
  [STALL_TEMPLATE_MAKING_OF]
  = { "making-of", NC_ ("note template", "Making Of"),
      N_ ("How one piece comes to be, step by step"),
      N_ ("What did you want to make, and why?\n\n"
          "## First try\n\nWhat went wrong.\n\n"
          "## What changed\n\nThe step that takes longest, and what it does for the piece.\n\n"
          "## Finished\n\nHow long one takes, and how many there will be.\n") },
  [STALL_TEMPLATE_FITTING]
  = { "fitting", NC_ ("note template", "Fitting"),
      N_ ("Who tried it on, with height, weight and size"),
      N_ ("Who is it cut for?\n\n"
          "## Tried on by\n\n%s\n"
          "## Where it is tight, where it is loose\n\nShoulder, waist, length; sitting and "
          "walking.\n\n"
          "## Which size to take\n\nOne sentence for somebody between two sizes.\n") },
  [STALL_TEMPLATE_MARKET_DAY]
  = { "market-day", NC_ ("note template", "Market-Day Report"),
      N_ ("A day at a fair: who came, what went home with them"),
      N_ ("Where were you, and what was the weather?\n\n"
          "## Who came by\n\nOne conversation, word for word.\n\n"
          "## What went home with people\n\nWhat sold out first, what nobody touched.\n\n"
          "## What you will change\n\nWhere you will be next.\n") },
  [STALL_TEMPLATE_OWN]
  = { "own", NC_ ("note template", "Own Template"), N_ ("One that you saved yourself"), NULL },
};

/**
 * stall_note_template_to_string:
 * @template: a template
 *
 * Returns: the text that documents carry
 */
const char *
stall_note_template_to_string (StallNoteTemplate template)
{
  g_return_val_if_fail ((guint) template <STALL_N_TEMPLATES, NULL);

  return templates[template].text;
}

/**
 * stall_note_template_from_string:
 * @text: (nullable): the text of a document
 *
 * Returns: the template; %STALL_TEMPLATE_BLANK when it is not known
 */
StallNoteTemplate
stall_note_template_from_string (const char *text)
{
  for (guint i = 0; i < STALL_N_TEMPLATES; i++)
    if (g_strcmp0 (templates[i].text, text) == 0)
      return i;

  return STALL_TEMPLATE_BLANK;
}

/**
 * stall_note_template_get_label:
 * @template: a template
 *
 * Returns: its name for a person, translated
 */
const char *
stall_note_template_get_label (StallNoteTemplate template)
{
  g_return_val_if_fail ((guint) template <STALL_N_TEMPLATES, NULL);

  return g_dpgettext2 (GETTEXT_PACKAGE, "note template", templates[template].label);
}

/**
 * stall_note_template_get_description:
 * @template: a template
 *
 * Returns: what it is for, translated
 */
const char *
stall_note_template_get_description (StallNoteTemplate template)
{
  g_return_val_if_fail ((guint) template <STALL_N_TEMPLATES, NULL);

  return _ (templates[template].description);
}

/**
 * stall_note_template_dup_title:
 * @template: a template
 * @product: (nullable): what the note is about
 *
 * Returns: (transfer full): a title to begin with, translated; "" for none
 */
char *
stall_note_template_dup_title (StallNoteTemplate template, StallProduct *product)
{
  const char *title = product != NULL ? stall_product_get_title (product) : "";

  g_return_val_if_fail ((guint) template <STALL_N_TEMPLATES, NULL);

  if (*title == '\0')
    return g_strdup ("");
  switch (template)
    {
    case STALL_TEMPLATE_ORIGIN_VISIT:
      /* Translators: title of a note; %s is a product */
      return g_strdup_printf (_ ("Where “%s” comes from"), title);
    case STALL_TEMPLATE_MAKING_OF:
      /* Translators: title of a note; %s is a product */
      return g_strdup_printf (_ ("How “%s” is made"), title);
    case STALL_TEMPLATE_FITTING:
      /* Translators: title of a note; %s is a product */
      return g_strdup_printf (_ ("Who tried on “%s”"), title);
    case STALL_TEMPLATE_BLANK:
    case STALL_TEMPLATE_MARKET_DAY:
    case STALL_TEMPLATE_OWN:
    default:
      return g_strdup ("");
    }
}

/* Body data as a product keeps it: “- **Lin**: 162 cm, 65 kg, size L. Loose at the waist”. */
static char *
list_fittings (StallProduct *product)
{
  g_autoptr (GPtrArray) fittings = product != NULL ? stall_product_dup_fittings (product) : NULL;
  GString *list = g_string_new (NULL);

  for (guint i = 0; fittings != NULL && i < fittings->len; i++)
    {
      const StallFitting *fitting = g_ptr_array_index (fittings, i);
      g_autoptr (GPtrArray) facts = g_ptr_array_new_null_terminated (4, g_free, TRUE);
      g_autofree char *joined = NULL;

      if (fitting->height > 0)
        g_ptr_array_add (facts, g_strdup_printf (_ ("%d cm"), fitting->height));
      if (fitting->weight > 0)
        g_ptr_array_add (facts, g_strdup_printf (_ ("%d kg"), fitting->weight));
      if (*fitting->size != '\0')
        g_ptr_array_add (facts, g_strdup_printf (_ ("size %s"), fitting->size));
      if (*fitting->remark != '\0')
        g_ptr_array_add (facts, g_strdup (fitting->remark));
      joined = g_strjoinv (_ (", "), (GStrv) facts->pdata);
      g_string_append_printf (list, "- **%s** %s\n", fitting->name, joined);
    }
  if (list->len == 0)
    g_string_append (list, _ ("- **Name** height, weight, size\n"));
  return g_string_free (list, FALSE);
}

/**
 * stall_note_template_dup_body:
 * @template: a template; one of the owner's own brings its body itself
 * @product: (nullable): what the note is about; it is linked, and a fitting lists who tried it on
 *
 * Returns: (transfer full): Markdown to begin with, translated; "" for a blank note
 */
char *
stall_note_template_dup_body (StallNoteTemplate template, StallProduct *product)
{
  g_autoptr (GString) body = g_string_new (NULL);

  g_return_val_if_fail ((guint) template <STALL_N_TEMPLATES, NULL);

  if (templates[template].body != NULL)
    {
      g_autofree char *fittings = list_fittings (product);

      g_string_append (body, _ (templates[template].body));
      g_string_replace (body, "%s", fittings, 1);
    }
  if (product != NULL)
    {
      g_autofree char *link = stall_markdown_write_product (stall_product_get_title (product),
                                                            stall_product_get_id (product));

      g_string_append_printf (body, body->len > 0 ? "\n%s\n" : "%s\n", link);
    }
  return g_string_free (g_steal_pointer (&body), FALSE);
}

/**
 * stall_own_template_free:
 * @self: (nullable): a template
 *
 * Frees a template.
 */
void
stall_own_template_free (StallOwnTemplate *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_free (self->name);
  g_free (self->body);
  g_free (self);
}

/**
 * stall_profile_dup_templates:
 * @self: a profile
 *
 * Returns: (transfer full) (element-type StallOwnTemplate): the owner's own templates of notes
 */
GPtrArray *
stall_profile_dup_templates (StallProfile *self)
{
  GPtrArray *own = g_ptr_array_new_with_free_func ((GDestroyNotify) stall_own_template_free);
  JsonArray *array;

  g_return_val_if_fail (STALL_IS_PROFILE (self), own);

  array = stall_profile_get_templates (self);
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      StallOwnTemplate *template;

      if (stall_json_get_string (object, "id", NULL) == NULL)
        continue;
      template = g_new0 (StallOwnTemplate, 1);
      template->id = g_strdup (stall_json_get_string (object, "id", ""));
      template->name = g_strdup (stall_json_get_string (object, "name", ""));
      template->body = g_strdup (stall_json_get_string (object, "body", ""));
      g_ptr_array_add (own, template);
    }
  return own;
}

/* All but @left_out, with whatever else they say. */
static JsonArray *
copy_templates (StallProfile *self, const char *left_out)
{
  JsonArray *former = stall_profile_get_templates (self);
  JsonArray *array = json_array_new ();

  for (guint i = 0; former != NULL && i < json_array_get_length (former); i++)
    {
      JsonNode *node = json_array_get_element (former, i);

      if (left_out == NULL || !JSON_NODE_HOLDS_OBJECT (node)
          || g_strcmp0 (stall_json_get_string (json_node_get_object (node), "id", NULL), left_out)
                 != 0)
        json_array_add_element (array, json_node_copy (node));
    }
  return array;
}

/**
 * stall_profile_add_template:
 * @self: a profile
 * @name: what the owner calls it
 * @body: Markdown
 *
 * Keeps a note's body as the owner's own template.
 *
 * Returns: (transfer full): its id
 */
char *
stall_profile_add_template (StallProfile *self, const char *name, const char *body)
{
  JsonArray *array;
  JsonObject *object;
  char *id;

  g_return_val_if_fail (STALL_IS_PROFILE (self), NULL);
  g_return_val_if_fail (name != NULL && body != NULL, NULL);

  id = stall_uuid_new ();
  array = copy_templates (self, NULL);
  object = json_object_new ();
  json_object_set_string_member (object, "id", id);
  stall_text_set_member (object, "name", name);
  stall_text_set_member (object, "body", body);
  json_array_add_object_element (array, object);
  stall_profile_take_templates (self, array);
  return id;
}

/**
 * stall_profile_remove_template:
 * @self: a profile
 * @id: a template's id
 *
 * Takes one of the owner's own templates away.
 */
void
stall_profile_remove_template (StallProfile *self, const char *id)
{
  g_return_if_fail (STALL_IS_PROFILE (self));
  g_return_if_fail (id != NULL);

  stall_profile_take_templates (self, copy_templates (self, id));
}
