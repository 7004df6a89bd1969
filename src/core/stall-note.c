/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-core"

#include "config.h"

#include "stall-note.h"

#include "stall-error.h"
#include "stall-markdown.h"
#include "stall-note-private.h"
#include "stall-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _StallNote
{
  GObject parent_instance;

  char *id;
  char *revision;
  JsonObject *root; /* all that the note is; setters change it in place */
  GStrv linked;     /* products that the body links; NULL: not looked for yet */
};

G_DEFINE_FINAL_TYPE (StallNote, stall_note, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_TITLE,
  PROP_BODY,
  PROP_TEMPLATE,
  PROP_STATE,
  PROP_PUBLISH_AT,
  PROP_LINKS,
  PROP_TOPICS,
  PROP_PICTURES,
  PROP_COVER,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static const struct
{
  const char *text;
  const char *label;
} states[STALL_N_NOTE_STATES] = {
  [STALL_NOTE_DRAFT] = { "draft", NC_ ("note", "Draft") },
  [STALL_NOTE_SCHEDULED] = { "scheduled", NC_ ("note", "Scheduled") },
  [STALL_NOTE_PUBLISHED] = { "published", NC_ ("note", "Published") },
};

static void
notify (StallNote *self, guint property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
stall_note_finalize (GObject *object)
{
  StallNote *self = STALL_NOTE (object);

  g_free (self->id);
  g_free (self->revision);
  g_strfreev (self->linked);
  g_clear_pointer (&self->root, json_object_unref);

  G_OBJECT_CLASS (stall_note_parent_class)->finalize (object);
}

static void
stall_note_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  StallNote *self = STALL_NOTE (object);

  switch (id)
    {
    case PROP_TITLE:
      g_value_set_string (value, stall_note_get_title (self));
      break;
    case PROP_BODY:
      g_value_set_string (value, stall_note_get_body (self));
      break;
    case PROP_TEMPLATE:
      g_value_set_int (value, stall_note_get_template (self));
      break;
    case PROP_STATE:
      g_value_set_int (value, stall_note_get_state (self));
      break;
    case PROP_PUBLISH_AT:
      g_value_set_int64 (value, stall_note_get_publish_at (self));
      break;
    case PROP_LINKS:
      g_value_take_boxed (value, stall_note_dup_links (self));
      break;
    case PROP_TOPICS:
      g_value_take_boxed (value, stall_note_dup_topics (self));
      break;
    case PROP_PICTURES:
      g_value_take_boxed (value, stall_note_dup_pictures (self));
      break;
    case PROP_COVER:
      g_value_take_string (value, stall_note_dup_cover (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
stall_note_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  StallNote *self = STALL_NOTE (object);

  switch (id)
    {
    case PROP_TITLE:
      stall_note_set_title (self, g_value_get_string (value));
      break;
    case PROP_BODY:
      stall_note_set_body (self, g_value_get_string (value));
      break;
    case PROP_TEMPLATE:
      stall_note_set_template (self, g_value_get_int (value));
      break;
    case PROP_COVER:
      stall_note_set_cover (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
stall_note_class_init (StallNoteClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags read = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  const GParamFlags flags = G_PARAM_WRITABLE | read;

  object_class->finalize = stall_note_finalize;
  object_class->get_property = stall_note_get_property;
  object_class->set_property = stall_note_set_property;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, "", flags);
  properties[PROP_BODY] = g_param_spec_string ("body", NULL, NULL, "", flags);
  properties[PROP_TEMPLATE]
      = g_param_spec_int ("template", NULL, NULL, 0, STALL_N_TEMPLATES - 1, 0, flags);
  properties[PROP_STATE]
      = g_param_spec_int ("state", NULL, NULL, 0, STALL_N_NOTE_STATES - 1, 0, read);
  properties[PROP_PUBLISH_AT] = g_param_spec_int64 ("publish-at", NULL, NULL, G_MININT64,
                                                    G_MAXINT64, STALL_TIME_NONE, read);
  properties[PROP_LINKS] = g_param_spec_boxed ("links", NULL, NULL, G_TYPE_STRV, read);
  properties[PROP_TOPICS] = g_param_spec_boxed ("topics", NULL, NULL, G_TYPE_STRV, read);
  properties[PROP_PICTURES] = g_param_spec_boxed ("pictures", NULL, NULL, G_TYPE_PTR_ARRAY, read);
  properties[PROP_COVER] = g_param_spec_string ("cover", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
stall_note_init (StallNote *self)
{
}

/**
 * stall_note_state_to_string:
 * @state: a state
 *
 * Returns: the text that documents carry
 */
const char *
stall_note_state_to_string (StallNoteState state)
{
  g_return_val_if_fail ((guint) state < STALL_N_NOTE_STATES, NULL);

  return states[state].text;
}

/**
 * stall_note_state_from_string:
 * @text: (nullable): a document's `state`
 *
 * Returns: the state; one that is not known is %STALL_NOTE_DRAFT, which nobody publishes
 */
StallNoteState
stall_note_state_from_string (const char *text)
{
  for (guint i = 0; i < STALL_N_NOTE_STATES; i++)
    if (g_strcmp0 (states[i].text, text) == 0)
      return i;

  return STALL_NOTE_DRAFT;
}

/**
 * stall_note_state_get_label:
 * @state: a state
 *
 * Returns: its name for a person, translated
 */
const char *
stall_note_state_get_label (StallNoteState state)
{
  g_return_val_if_fail ((guint) state < STALL_N_NOTE_STATES, NULL);

  return g_dpgettext2 (GETTEXT_PACKAGE, "note", states[state].label);
}

/**
 * stall_note_new:
 *
 * Returns: (transfer full): an empty draft with a new id
 */
StallNote *
stall_note_new (void)
{
  StallNote *self = g_object_new (STALL_TYPE_NOTE, NULL);

  self->id = stall_id_new (STALL_KIND_NOTE);
  self->root = stall_document_new_root (STALL_KIND_NOTE, NULL);
  return self;
}

/**
 * stall_note_new_from_document:
 * @document: a document of kind note
 * @error: return location for a %STALL_ERROR_INVALID
 *
 * Reads a note. What is missing or of a wrong type reads as empty.
 *
 * Returns: (transfer full): the note, or %NULL when the body is not a JSON object
 */
StallNote *
stall_note_new_from_document (StallDocument *document, GError **error)
{
  StallNote *self;
  JsonObject *root;

  g_return_val_if_fail (STALL_IS_DOCUMENT (document), NULL);

  root = stall_document_get_root (document, error);
  if (root == NULL)
    return NULL;

  self = g_object_new (STALL_TYPE_NOTE, NULL);
  self->id = g_strdup (stall_document_get_id (document));
  self->revision = g_strdup (stall_document_get_revision (document));
  self->root = stall_json_copy_object (root);
  return self;
}

/**
 * stall_note_new_copy:
 * @note: a note
 *
 * Returns: (transfer full): a draft that says and shows the same, with a new id
 */
StallNote *
stall_note_new_copy (StallNote *note)
{
  g_autoptr (StallNote) self = stall_note_new ();
  g_autofree char *made_at = g_strdup (stall_json_get_string (self->root, "made_at", ""));

  g_return_val_if_fail (STALL_IS_NOTE (note), NULL);

  json_object_unref (self->root);
  self->root = stall_json_copy_object (note->root);
  json_object_set_string_member (self->root, "made_at", made_at);
  stall_note_unschedule (self);
  return g_steal_pointer (&self);
}

/**
 * stall_note_to_document:
 * @self: a note
 * @device: (nullable): id of this installation
 *
 * Writes the note as it is now, with all that it came with.
 *
 * Returns: (transfer full): the document; a change of the revision that the note was read from
 */
StallDocument *
stall_note_to_document (StallNote *self, const char *device)
{
  g_return_val_if_fail (STALL_IS_NOTE (self), NULL);

  if (device != NULL)
    json_object_set_string_member (self->root, "device", device);
  return stall_document_new_from_root (self->id, self->revision, self->root);
}

/*
 * stall_note_get_json:
 * @self: a note
 *
 * Returns: (transfer none): the members of the note
 */
JsonObject *
stall_note_get_json (StallNote *self)
{
  return self->root;
}

/**
 * stall_note_get_id:
 * @self: a note
 *
 * Returns: "note:…"
 */
const char *
stall_note_get_id (StallNote *self)
{
  g_return_val_if_fail (STALL_IS_NOTE (self), NULL);

  return self->id;
}

/**
 * stall_note_set_id:
 * @self: a new note
 * @id: "note:…"
 *
 * Gives a note an id that says where it comes from, so that an import meets it again.
 */
void
stall_note_set_id (StallNote *self, const char *id)
{
  g_return_if_fail (STALL_IS_NOTE (self));
  g_return_if_fail (id != NULL);

  g_set_str (&self->id, id);
}

/**
 * stall_note_get_made_at:
 * @self: a note
 *
 * Returns: when it was begun, or %STALL_TIME_NONE
 */
StallTime
stall_note_get_made_at (StallNote *self)
{
  StallTime made_at = STALL_TIME_NONE;

  g_return_val_if_fail (STALL_IS_NOTE (self), STALL_TIME_NONE);

  stall_time_parse (stall_json_get_string (self->root, "made_at", ""), &made_at);
  return made_at;
}

/**
 * stall_note_get_title:
 * @self: a note
 *
 * Returns: its title, or ""
 */
const char *
stall_note_get_title (StallNote *self)
{
  g_return_val_if_fail (STALL_IS_NOTE (self), NULL);

  return stall_json_get_string (self->root, "title", "");
}

/**
 * stall_note_set_title:
 * @self: a note
 * @title: (nullable): its title
 */
void
stall_note_set_title (StallNote *self, const char *title)
{
  g_return_if_fail (STALL_IS_NOTE (self));

  if (stall_text_set_member (self->root, "title", title))
    notify (self, PROP_TITLE);
}

/**
 * stall_note_get_body:
 * @self: a note
 *
 * Returns: its Markdown, or ""
 */
const char *
stall_note_get_body (StallNote *self)
{
  g_return_val_if_fail (STALL_IS_NOTE (self), NULL);

  return stall_json_get_string (self->root, "body", "");
}

/* As other text, but white space at the end stays: a person may be about to type on. */
static char *
clean_body (const char *body)
{
  g_autofree char *valid = g_utf8_make_valid (body != NULL ? body : "", -1);
  g_autoptr (GString) lines = NULL;

  if (strchr (valid, '\r') != NULL)
    {
      lines = g_string_new (valid);
      g_string_replace (lines, "\r\n", "\n", 0);
      g_string_replace (lines, "\r", "\n", 0);
      g_set_str (&valid, lines->str);
    }
  return g_utf8_normalize (valid, -1, G_NORMALIZE_NFC);
}

/* Most that is typed links nothing, and what was typed is looked at in every pause. */
static GStrv
products_of (const char *body)
{
  return strstr (body, "product") != NULL ? stall_markdown_find_products (body)
                                          : g_new0 (char *, 1);
}

static void
write_links (StallNote *self, GPtrArray *links)
{
  g_auto (GStrv) before = stall_note_dup_links (self);

  if (g_strv_equal ((const char *const *) before, (const char *const *) links->pdata))
    return;
  stall_json_set_strv (self->root, "links", (const char *const *) links->pdata);
  notify (self, PROP_LINKS);
}

static void
add_once (GPtrArray *texts, const char *text)
{
  if (!g_ptr_array_find_with_equal_func (texts, text, g_str_equal, NULL))
    g_ptr_array_add (texts, g_strdup (text));
}

/* Links that only the old body made go; those of the new body come; those that the owner added by
 * hand stay. */
static void
follow_body (StallNote *self, const char *former, const char *body)
{
  g_auto (GStrv) links = stall_note_dup_links (self);
  g_auto (GStrv) gone
      = self->linked != NULL ? g_steal_pointer (&self->linked) : products_of (former);
  g_auto (GStrv) come = products_of (body);
  g_autoptr (GPtrArray) now = g_ptr_array_new_null_terminated (8, g_free, TRUE);

  for (guint i = 0; links[i] != NULL; i++)
    if (!g_strv_contains ((const char *const *) gone, links[i])
        || g_strv_contains ((const char *const *) come, links[i]))
      add_once (now, links[i]);
  for (guint i = 0; come[i] != NULL; i++)
    add_once (now, come[i]);
  self->linked = g_steal_pointer (&come);
  write_links (self, now);
}

/**
 * stall_note_set_body:
 * @self: a note
 * @body: (nullable): its Markdown, see stall_note_check_body()
 *
 * Sets what the note says; its links follow.
 */
void
stall_note_set_body (StallNote *self, const char *body)
{
  g_autofree char *clean = NULL;
  g_autofree char *former = NULL;

  g_return_if_fail (STALL_IS_NOTE (self));

  clean = clean_body (body);
  former = g_strdup (stall_note_get_body (self));
  if (strcmp (clean, former) == 0)
    return;

  if (*clean != '\0')
    json_object_set_string_member (self->root, "body", clean);
  else
    json_object_remove_member (self->root, "body");
  follow_body (self, former, clean);
  notify (self, PROP_BODY);
}

/**
 * stall_note_check_body:
 * @body: what a person typed or pasted, or a file holds
 * @error: return location for a %STALL_ERROR_INVALID that says what to do
 *
 * Returns: whether a note can hold it
 */
gboolean
stall_note_check_body (const char *body, GError **error)
{
  g_return_val_if_fail (body != NULL, FALSE);

  if (!g_utf8_validate (body, -1, NULL))
    {
      g_set_error_literal (error, STALL_ERROR, STALL_ERROR_INVALID,
                           _ ("This is not text in UTF-8. Save it as UTF-8 and try again."));
      return FALSE;
    }
  if (g_utf8_strlen (body, -1) > STALL_NOTE_MAX_CHARACTERS)
    {
      g_set_error_literal (error, STALL_ERROR, STALL_ERROR_INVALID,
                           _ ("A note has room for 500,000 characters. Divide this text into "
                              "several notes."));
      return FALSE;
    }
  return TRUE;
}

/**
 * stall_note_get_template:
 * @self: a note
 *
 * Returns: what it was begun as
 */
StallNoteTemplate
stall_note_get_template (StallNote *self)
{
  g_return_val_if_fail (STALL_IS_NOTE (self), STALL_TEMPLATE_BLANK);

  return stall_note_template_from_string (stall_json_get_string (self->root, "template", NULL));
}

/**
 * stall_note_set_template:
 * @self: a note
 * @template: what it is begun as
 */
void
stall_note_set_template (StallNote *self, StallNoteTemplate template)
{
  g_return_if_fail (STALL_IS_NOTE (self));
  g_return_if_fail ((guint) template <STALL_N_TEMPLATES);

  if (template == stall_note_get_template (self))
    return;
  json_object_set_string_member (self->root, "template", stall_note_template_to_string (template));
  notify (self, PROP_TEMPLATE);
}

/**
 * stall_note_get_state:
 * @self: a note
 *
 * Returns: whether it is a draft, waits for its time, or is out
 */
StallNoteState
stall_note_get_state (StallNote *self)
{
  g_return_val_if_fail (STALL_IS_NOTE (self), STALL_NOTE_DRAFT);

  return stall_note_state_from_string (stall_json_get_string (self->root, "state", NULL));
}

/**
 * stall_note_get_publish_at:
 * @self: a note
 *
 * Returns: when it is to be, or was, published; %STALL_TIME_NONE for no time
 */
StallTime
stall_note_get_publish_at (StallNote *self)
{
  StallTime at = STALL_TIME_NONE;

  g_return_val_if_fail (STALL_IS_NOTE (self), STALL_TIME_NONE);

  stall_time_parse (stall_json_get_string (self->root, "publish_at", ""), &at);
  return at;
}

static void
set_state (StallNote *self, StallNoteState state, StallTime publish_at)
{
  gboolean other_state = state != stall_note_get_state (self);
  gboolean other_time = publish_at != stall_note_get_publish_at (self);

  if (other_state)
    json_object_set_string_member (self->root, "state", stall_note_state_to_string (state));
  if (other_time && publish_at == STALL_TIME_NONE)
    json_object_remove_member (self->root, "publish_at");
  else if (other_time)
    {
      g_autofree char *text = stall_time_to_string (publish_at);

      json_object_set_string_member (self->root, "publish_at", text);
    }
  if (other_state)
    notify (self, PROP_STATE);
  if (other_time)
    notify (self, PROP_PUBLISH_AT);
}

/**
 * stall_note_schedule:
 * @self: a note
 * @publish_at: when the platform is to publish it
 */
void
stall_note_schedule (StallNote *self, StallTime publish_at)
{
  g_return_if_fail (STALL_IS_NOTE (self));
  g_return_if_fail (publish_at != STALL_TIME_NONE);

  set_state (self, STALL_NOTE_SCHEDULED, publish_at);
}

/**
 * stall_note_publish:
 * @self: a note
 * @at: when the platform published it
 *
 * Says that the note is out. Only the platform knows; the owner schedules.
 */
void
stall_note_publish (StallNote *self, StallTime at)
{
  g_return_if_fail (STALL_IS_NOTE (self));
  g_return_if_fail (at != STALL_TIME_NONE);

  set_state (self, STALL_NOTE_PUBLISHED, at);
}

/**
 * stall_note_unschedule:
 * @self: a note
 *
 * Makes it a draft again.
 */
void
stall_note_unschedule (StallNote *self)
{
  g_return_if_fail (STALL_IS_NOTE (self));

  set_state (self, STALL_NOTE_DRAFT, STALL_TIME_NONE);
}

/**
 * stall_note_is_ready:
 * @self: a note
 * @now: what time it is
 *
 * Returns: whether it is scheduled and its time has come; it waits for the platform
 */
gboolean
stall_note_is_ready (StallNote *self, StallTime now)
{
  g_return_val_if_fail (STALL_IS_NOTE (self), FALSE);

  return stall_note_get_state (self) == STALL_NOTE_SCHEDULED
         && stall_note_get_publish_at (self) <= now;
}

/**
 * stall_note_dup_links:
 * @self: a note
 *
 * Returns: (transfer full): ids of the products it links, each once
 */
GStrv
stall_note_dup_links (StallNote *self)
{
  g_return_val_if_fail (STALL_IS_NOTE (self), NULL);

  return stall_json_get_strv (self->root, "links");
}

static GPtrArray *
list_links (StallNote *self)
{
  GPtrArray *links = g_ptr_array_new_null_terminated (8, g_free, TRUE);
  g_auto (GStrv) texts = stall_note_dup_links (self);

  for (guint i = 0; texts[i] != NULL; i++)
    add_once (links, texts[i]);
  return links;
}

/**
 * stall_note_add_link:
 * @self: a note
 * @product_id: "product:…"
 *
 * Links a product that the body does not speak of by itself.
 */
void
stall_note_add_link (StallNote *self, const char *product_id)
{
  g_autoptr (GPtrArray) links = NULL;

  g_return_if_fail (STALL_IS_NOTE (self));
  g_return_if_fail (product_id != NULL);

  links = list_links (self);
  add_once (links, product_id);
  write_links (self, links);
}

/**
 * stall_note_remove_link:
 * @self: a note
 * @product_id: "product:…"
 *
 * Takes a link away. One that the body makes comes back with the next change of the body.
 */
void
stall_note_remove_link (StallNote *self, const char *product_id)
{
  g_autoptr (GPtrArray) links = NULL;
  guint at;

  g_return_if_fail (STALL_IS_NOTE (self));
  g_return_if_fail (product_id != NULL);

  links = list_links (self);
  if (g_ptr_array_find_with_equal_func (links, product_id, g_str_equal, &at))
    g_ptr_array_remove_index (links, at);
  write_links (self, links);
}

/**
 * stall_note_dup_topics:
 * @self: a note
 *
 * Returns: (transfer full): its topics in order, without “#”
 */
GStrv
stall_note_dup_topics (StallNote *self)
{
  g_return_val_if_fail (STALL_IS_NOTE (self), NULL);

  return stall_json_get_strv (self->root, "topics");
}

/**
 * stall_note_set_topics:
 * @self: a note
 * @topics: (nullable) (array zero-terminated=1): its topics, with or without “#”
 *
 * Sets the topics; empty and repeated ones are left out.
 */
void
stall_note_set_topics (StallNote *self, const char *const *topics)
{
  g_autoptr (GPtrArray) clean = g_ptr_array_new_null_terminated (8, g_free, TRUE);
  g_auto (GStrv) before = NULL;

  g_return_if_fail (STALL_IS_NOTE (self));

  for (guint i = 0; topics != NULL && topics[i] != NULL; i++)
    {
      g_autofree char *typed = stall_text_clean (topics[i]);
      const char *name = typed + strspn (typed, "#");
      g_autofree char *topic = NULL;

      /* The sign that Chinese is typed with, U+FF03. */
      while (g_str_has_prefix (name, "＃"))
        name += strlen ("＃");
      topic = stall_text_clean (name);
      if (*topic != '\0')
        add_once (clean, topic);
    }
  before = stall_note_dup_topics (self);
  if (g_strv_equal ((const char *const *) before, (const char *const *) clean->pdata))
    return;
  stall_json_set_strv (self->root, "topics", (const char *const *) clean->pdata);
  notify (self, PROP_TOPICS);
}

/* In stall-note-pictures.c; notified from there. */
void
stall_note_notify_pictures (StallNote *self)
{
  notify (self, PROP_PICTURES);
}

void
stall_note_notify_cover (StallNote *self)
{
  notify (self, PROP_COVER);
}
