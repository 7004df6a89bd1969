/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-core"

#include "config.h"

#include "stall-profile.h"

#include "stall-money.h"
#include "stall-profile-private.h"

#include <locale.h>

#define DEFAULT_LOW_AT 3
#define DEFAULT_SHIP_DAYS 3

enum
{
  PROP_0,
  PROP_NAME,
  PROP_STORY,
  PROP_CITY,
  PROP_CRAFT,
  PROP_CURRENCY,
  PROP_LOW_AT,
  PROP_SHIP_DAYS,
  N_PROPS
};

#define N_TEXTS (PROP_CURRENCY + 1)

struct _StallProfile
{
  GObject parent_instance;

  char *revision;
  JsonObject *root;     /* as read; NULL for a new one */
  char *texts[N_TEXTS]; /* by property */
  JsonArray *templates; /* NULL: as in root */
  int low_at;
  int ship_days;
};

G_DEFINE_FINAL_TYPE (StallProfile, stall_profile, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];

/* A text's property and its member have the same name. */
static const char *const text_names[N_TEXTS] = {
  [PROP_NAME] = "name",   [PROP_STORY] = "story",       [PROP_CITY] = "city",
  [PROP_CRAFT] = "craft", [PROP_CURRENCY] = "currency",
};

static void
set_text (StallProfile *self, guint property, const char *value)
{
  if (g_set_str (&self->texts[property], value != NULL ? value : ""))
    g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
set_number (StallProfile *self, guint property, int *number, int value)
{
  if (*number == value)
    return;
  *number = value;
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static int
read_number (JsonObject *root, const char *member, int fallback)
{
  gint64 value = stall_json_get_int (root, member, fallback);

  return value >= 0 && value <= G_MAXINT ? value : fallback;
}

static void
write_number (JsonObject *root, const char *member, int value, int fallback)
{
  if (read_number (root, member, fallback) != value)
    json_object_set_int_member (root, member, value);
}

/* The currency of the locale, CNY where it has none. */
static char *
get_locale_currency (void)
{
  g_autofree char *currency = g_strchomp (g_strdup (localeconv ()->int_curr_symbol));

  return stall_currency_is_valid (currency) ? g_steal_pointer (&currency) : g_strdup ("CNY");
}

static void
stall_profile_finalize (GObject *object)
{
  StallProfile *self = STALL_PROFILE (object);

  g_free (self->revision);
  g_clear_pointer (&self->root, json_object_unref);
  g_clear_pointer (&self->templates, json_array_unref);
  for (guint i = PROP_NAME; i < N_TEXTS; i++)
    g_free (self->texts[i]);

  G_OBJECT_CLASS (stall_profile_parent_class)->finalize (object);
}

static void
stall_profile_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  StallProfile *self = STALL_PROFILE (object);

  switch (property_id)
    {
    case PROP_NAME:
    case PROP_STORY:
    case PROP_CITY:
    case PROP_CRAFT:
    case PROP_CURRENCY:
      g_value_set_string (value, self->texts[property_id]);
      break;
    case PROP_LOW_AT:
      g_value_set_int (value, self->low_at);
      break;
    case PROP_SHIP_DAYS:
      g_value_set_int (value, self->ship_days);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
stall_profile_set_property (GObject *object,
                            guint property_id,
                            const GValue *value,
                            GParamSpec *pspec)
{
  StallProfile *self = STALL_PROFILE (object);

  switch (property_id)
    {
    case PROP_NAME:
    case PROP_STORY:
    case PROP_CITY:
    case PROP_CRAFT:
      set_text (self, property_id, g_value_get_string (value));
      break;
    case PROP_CURRENCY:
      stall_profile_set_currency (self, g_value_get_string (value));
      break;
    case PROP_LOW_AT:
      stall_profile_set_low_at (self, g_value_get_int (value));
      break;
    case PROP_SHIP_DAYS:
      stall_profile_set_ship_days (self, g_value_get_int (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
stall_profile_class_init (StallProfileClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->finalize = stall_profile_finalize;
  object_class->get_property = stall_profile_get_property;
  object_class->set_property = stall_profile_set_property;

  for (guint i = PROP_NAME; i < N_TEXTS; i++)
    properties[i] = g_param_spec_string (text_names[i], NULL, NULL, "", flags);
  properties[PROP_LOW_AT]
      = g_param_spec_int ("low-at", NULL, NULL, 0, G_MAXINT, DEFAULT_LOW_AT, flags);
  properties[PROP_SHIP_DAYS]
      = g_param_spec_int ("ship-days", NULL, NULL, 0, G_MAXINT, DEFAULT_SHIP_DAYS, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
stall_profile_init (StallProfile *self)
{
  for (guint i = PROP_NAME; i < PROP_CURRENCY; i++)
    self->texts[i] = g_strdup ("");
  self->texts[PROP_CURRENCY] = get_locale_currency ();
  self->low_at = DEFAULT_LOW_AT;
  self->ship_days = DEFAULT_SHIP_DAYS;
}

/**
 * stall_profile_new:
 *
 * Returns: (transfer full): a stall that has no name yet, with the currency of the locale
 */
StallProfile *
stall_profile_new (void)
{
  return g_object_new (STALL_TYPE_PROFILE, NULL);
}

/**
 * stall_profile_new_from_document:
 * @document: the document %STALL_PROFILE_ID
 * @error: return location for a %STALL_ERROR_INVALID
 *
 * Returns: (transfer full): the profile, or %NULL when @document is not JSON
 */
StallProfile *
stall_profile_new_from_document (StallDocument *document, GError **error)
{
  StallProfile *self;
  JsonObject *root;
  const char *currency;

  g_return_val_if_fail (STALL_IS_DOCUMENT (document), NULL);

  root = stall_document_get_root (document, error);
  if (root == NULL)
    return NULL;
  self = stall_profile_new ();
  self->revision = g_strdup (stall_document_get_revision (document));
  self->root = json_object_ref (root);
  for (guint i = PROP_NAME; i < PROP_CURRENCY; i++)
    g_set_str (&self->texts[i], stall_json_get_string (root, text_names[i], ""));
  currency = stall_json_get_string (root, "currency", NULL);
  if (stall_currency_is_valid (currency))
    g_set_str (&self->texts[PROP_CURRENCY], currency);
  self->low_at = read_number (root, "low_at", DEFAULT_LOW_AT);
  self->ship_days = read_number (root, "ship_days", DEFAULT_SHIP_DAYS);
  return self;
}

/**
 * stall_profile_to_document:
 * @self: a profile
 * @device: (nullable): id of this installation
 *
 * Returns: (transfer full): its document, with all members that it was read with
 */
StallDocument *
stall_profile_to_document (StallProfile *self, const char *device)
{
  g_autoptr (JsonObject) root = NULL;

  g_return_val_if_fail (STALL_IS_PROFILE (self), NULL);

  if (self->root != NULL)
    root = stall_json_copy_object (self->root);
  else
    {
      root = stall_document_new_root (STALL_KIND_PROFILE, device);
      stall_json_set_string (root, "locale", g_get_language_names ()[0]);
    }
  for (guint i = PROP_NAME; i < N_TEXTS; i++)
    stall_json_set_string (root, text_names[i], self->texts[i]);
  write_number (root, "low_at", self->low_at, DEFAULT_LOW_AT);
  write_number (root, "ship_days", self->ship_days, DEFAULT_SHIP_DAYS);
  if (self->templates != NULL)
    json_object_set_array_member (root, "note_templates", json_array_ref (self->templates));
  return stall_document_new_from_root (STALL_PROFILE_ID, self->revision, root);
}

/**
 * stall_profile_get_name:
 * @self: a profile
 *
 * Returns: what the stall is called; "" when it has no name yet
 */
const char *
stall_profile_get_name (StallProfile *self)
{
  g_return_val_if_fail (STALL_IS_PROFILE (self), "");

  return self->texts[PROP_NAME];
}

/**
 * stall_profile_set_name:
 * @self: a profile
 * @name: (nullable): what the stall is called
 */
void
stall_profile_set_name (StallProfile *self, const char *name)
{
  g_return_if_fail (STALL_IS_PROFILE (self));

  set_text (self, PROP_NAME, name);
}

/**
 * stall_profile_get_story:
 * @self: a profile
 *
 * Returns: the owner's story; may be ""
 */
const char *
stall_profile_get_story (StallProfile *self)
{
  g_return_val_if_fail (STALL_IS_PROFILE (self), "");

  return self->texts[PROP_STORY];
}

/**
 * stall_profile_set_story:
 * @self: a profile
 * @story: (nullable): the owner's story
 */
void
stall_profile_set_story (StallProfile *self, const char *story)
{
  g_return_if_fail (STALL_IS_PROFILE (self));

  set_text (self, PROP_STORY, story);
}

/**
 * stall_profile_get_city:
 * @self: a profile
 *
 * Returns: where the owner works; may be ""
 */
const char *
stall_profile_get_city (StallProfile *self)
{
  g_return_val_if_fail (STALL_IS_PROFILE (self), "");

  return self->texts[PROP_CITY];
}

/**
 * stall_profile_set_city:
 * @self: a profile
 * @city: (nullable): where the owner works
 */
void
stall_profile_set_city (StallProfile *self, const char *city)
{
  g_return_if_fail (STALL_IS_PROFILE (self));

  set_text (self, PROP_CITY, city);
}

/**
 * stall_profile_get_craft:
 * @self: a profile
 *
 * Returns: what the owner makes; may be ""
 */
const char *
stall_profile_get_craft (StallProfile *self)
{
  g_return_val_if_fail (STALL_IS_PROFILE (self), "");

  return self->texts[PROP_CRAFT];
}

/**
 * stall_profile_set_craft:
 * @self: a profile
 * @craft: (nullable): what the owner makes
 */
void
stall_profile_set_craft (StallProfile *self, const char *craft)
{
  g_return_if_fail (STALL_IS_PROFILE (self));

  set_text (self, PROP_CRAFT, craft);
}

/**
 * stall_profile_get_currency:
 * @self: a profile
 *
 * Returns: the stall's currency, an ISO 4217 code
 */
const char *
stall_profile_get_currency (StallProfile *self)
{
  g_return_val_if_fail (STALL_IS_PROFILE (self), "CNY");

  return self->texts[PROP_CURRENCY];
}

/**
 * stall_profile_set_currency:
 * @self: a profile
 * @currency: ISO 4217 code; what is none is not taken
 */
void
stall_profile_set_currency (StallProfile *self, const char *currency)
{
  g_return_if_fail (STALL_IS_PROFILE (self));

  if (stall_currency_is_valid (currency))
    set_text (self, PROP_CURRENCY, currency);
}

/**
 * stall_profile_get_low_at:
 * @self: a profile
 *
 * Returns: at how many pieces a variant's stock is low unless the variant says otherwise
 */
int
stall_profile_get_low_at (StallProfile *self)
{
  g_return_val_if_fail (STALL_IS_PROFILE (self), DEFAULT_LOW_AT);

  return self->low_at;
}

/**
 * stall_profile_set_low_at:
 * @self: a profile
 * @low_at: pieces, 0 or more
 */
void
stall_profile_set_low_at (StallProfile *self, int low_at)
{
  g_return_if_fail (STALL_IS_PROFILE (self));
  g_return_if_fail (low_at >= 0);

  set_number (self, PROP_LOW_AT, &self->low_at, low_at);
}

/**
 * stall_profile_get_ship_days:
 * @self: a profile
 *
 * Returns: days from a new order to its ship-by time
 */
int
stall_profile_get_ship_days (StallProfile *self)
{
  g_return_val_if_fail (STALL_IS_PROFILE (self), DEFAULT_SHIP_DAYS);

  return self->ship_days;
}

/**
 * stall_profile_set_ship_days:
 * @self: a profile
 * @days: days, 0 or more
 */
void
stall_profile_set_ship_days (StallProfile *self, int days)
{
  g_return_if_fail (STALL_IS_PROFILE (self));
  g_return_if_fail (days >= 0);

  set_number (self, PROP_SHIP_DAYS, &self->ship_days, days);
}

/*
 * stall_profile_get_templates:
 * @self: a profile
 *
 * Returns: (transfer none) (nullable): the owner's own templates of notes, as documents carry them
 */
JsonArray *
stall_profile_get_templates (StallProfile *self)
{
  if (self->templates != NULL)
    return self->templates;
  return stall_json_get_array (self->root, "note_templates");
}

/*
 * stall_profile_take_templates:
 * @self: a profile
 * @templates: (transfer full): the owner's own templates of notes
 */
void
stall_profile_take_templates (StallProfile *self, JsonArray *templates)
{
  g_clear_pointer (&self->templates, json_array_unref);
  self->templates = templates;
}
