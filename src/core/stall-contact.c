/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-core"

#include "config.h"

#include "stall-contact.h"

#include <string.h>

#define MASK "**"
/* A province and a city in Chinese: 浙江省杭州市. */
#define ADDRESS_CHARACTERS 6
/* A phone number of fewer digits is hidden whole. */
#define PHONE_DIGITS 8

struct _StallContact
{
  GObject parent_instance;

  char *id;
  char *revision;
  JsonObject *root; /* as read; NULL for a new one */
  char *name;
  char *phone;
  char *address;
};

G_DEFINE_FINAL_TYPE (StallContact, stall_contact, G_TYPE_OBJECT)

static void
stall_contact_finalize (GObject *object)
{
  StallContact *self = STALL_CONTACT (object);

  g_free (self->id);
  g_free (self->revision);
  g_free (self->name);
  g_free (self->phone);
  g_free (self->address);
  g_clear_pointer (&self->root, json_object_unref);

  G_OBJECT_CLASS (stall_contact_parent_class)->finalize (object);
}

static void
stall_contact_class_init (StallContactClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = stall_contact_finalize;
}

static void
stall_contact_init (StallContact *self)
{
  self->name = g_strdup ("");
  self->phone = g_strdup ("");
  self->address = g_strdup ("");
}

/**
 * stall_contact_new:
 * @order_id: "order:…"
 *
 * Returns: (transfer full): an empty contact of an order
 */
StallContact *
stall_contact_new (const char *order_id)
{
  StallContact *self;

  g_return_val_if_fail (order_id != NULL, NULL);

  self = g_object_new (STALL_TYPE_CONTACT, NULL);
  self->id = stall_id_for_order (STALL_KIND_CONTACT, order_id, NULL);
  return self;
}

/**
 * stall_contact_new_from_document:
 * @document: a document of kind contact
 * @error: return location for a %STALL_ERROR_INVALID
 *
 * Returns: (transfer full): the contact, or %NULL when @document is not JSON
 */
StallContact *
stall_contact_new_from_document (StallDocument *document, GError **error)
{
  StallContact *self;
  JsonObject *root;

  g_return_val_if_fail (STALL_IS_DOCUMENT (document), NULL);

  root = stall_document_get_root (document, error);
  if (root == NULL)
    return NULL;
  self = g_object_new (STALL_TYPE_CONTACT, NULL);
  self->id = g_strdup (stall_document_get_id (document));
  self->revision = g_strdup (stall_document_get_revision (document));
  self->root = json_object_ref (root);
  g_set_str (&self->name, stall_json_get_string (root, "name", ""));
  g_set_str (&self->phone, stall_json_get_string (root, "phone", ""));
  g_set_str (&self->address, stall_json_get_string (root, "address", ""));
  return self;
}

/**
 * stall_contact_to_document:
 * @self: a contact
 * @device: (nullable): id of this installation
 *
 * Returns: (transfer full): its document, with all members that it was read with
 */
StallDocument *
stall_contact_to_document (StallContact *self, const char *device)
{
  g_autoptr (JsonObject) root = NULL;

  g_return_val_if_fail (STALL_IS_CONTACT (self), NULL);

  root = self->root != NULL ? stall_json_copy_object (self->root)
                            : stall_document_new_root (STALL_KIND_CONTACT, device);
  stall_json_set_string (root, "name", self->name);
  stall_json_set_string (root, "phone", self->phone);
  stall_json_set_string (root, "address", self->address);
  return stall_document_new_from_root (self->id, self->revision, root);
}

/**
 * stall_contact_get_name:
 * @self: a contact
 *
 * Returns: the customer's name; "" when it is not known
 */
const char *
stall_contact_get_name (StallContact *self)
{
  g_return_val_if_fail (STALL_IS_CONTACT (self), "");

  return self->name;
}

/**
 * stall_contact_set_name:
 * @self: a contact
 * @name: (nullable): the customer's name
 */
void
stall_contact_set_name (StallContact *self, const char *name)
{
  g_return_if_fail (STALL_IS_CONTACT (self));

  g_set_str (&self->name, name != NULL ? name : "");
}

/**
 * stall_contact_get_phone:
 * @self: a contact
 *
 * Returns: the phone number as it was written; "" when it is not known
 */
const char *
stall_contact_get_phone (StallContact *self)
{
  g_return_val_if_fail (STALL_IS_CONTACT (self), "");

  return self->phone;
}

/**
 * stall_contact_set_phone:
 * @self: a contact
 * @phone: (nullable): the phone number
 */
void
stall_contact_set_phone (StallContact *self, const char *phone)
{
  g_return_if_fail (STALL_IS_CONTACT (self));

  g_set_str (&self->phone, phone != NULL ? phone : "");
}

/**
 * stall_contact_get_address:
 * @self: a contact
 *
 * Returns: where to send things; "" when it is not known
 */
const char *
stall_contact_get_address (StallContact *self)
{
  g_return_val_if_fail (STALL_IS_CONTACT (self), "");

  return self->address;
}

/**
 * stall_contact_set_address:
 * @self: a contact
 * @address: (nullable): where to send things
 */
void
stall_contact_set_address (StallContact *self, const char *address)
{
  g_return_if_fail (STALL_IS_CONTACT (self));

  g_set_str (&self->address, address != NULL ? address : "");
}

/**
 * stall_contact_dup_masked_name:
 * @self: a contact
 *
 * Returns: (transfer full): the first character of the name, “李**”; "" for no name
 */
char *
stall_contact_dup_masked_name (StallContact *self)
{
  g_autofree char *first = NULL;

  g_return_val_if_fail (STALL_IS_CONTACT (self), NULL);

  if (*self->name == '\0')
    return g_strdup ("");
  first = g_utf8_substring (self->name, 0, 1);
  return g_strconcat (first, MASK, NULL);
}

/**
 * stall_contact_dup_masked_phone:
 * @self: a contact
 *
 * Returns: (transfer full): the number with its middle digits hidden, “138****2930”
 */
char *
stall_contact_dup_masked_phone (StallContact *self)
{
  char *masked;
  guint n_digits = 0;
  guint seen = 0;

  g_return_val_if_fail (STALL_IS_CONTACT (self), NULL);

  masked = g_strdup (self->phone);
  for (const char *p = masked; *p != '\0'; p++)
    n_digits += g_ascii_isdigit (*p);
  for (char *p = masked; *p != '\0'; p++)
    if (g_ascii_isdigit (*p))
      {
        if (n_digits < PHONE_DIGITS || (seen >= 3 && seen + 4 < n_digits))
          *p = '*';
        seen++;
      }

  return masked;
}

/**
 * stall_contact_dup_masked_address:
 * @self: a contact
 *
 * The part of an address that is no one's own: where the large comes first, in Chinese, Japanese
 * and Korean, its beginning, “浙江省杭州市**”; elsewhere what follows the last comma or line break,
 * “**, Leeds”.
 *
 * Returns: (transfer full): that part; "" for no address
 */
char *
stall_contact_dup_masked_address (StallContact *self)
{
  const char *last;

  g_return_val_if_fail (STALL_IS_CONTACT (self), NULL);

  if (*self->address == '\0')
    return g_strdup ("");

  if (g_unichar_iswide (g_utf8_get_char (self->address)))
    {
      glong shown = MIN (g_utf8_strlen (self->address, -1) / 2, ADDRESS_CHARACTERS);
      g_autofree char *first = g_utf8_substring (self->address, 0, shown);

      return g_strconcat (first, MASK, NULL);
    }

  last = self->address + strlen (self->address);
  while (last > self->address && last[-1] != ',' && last[-1] != '\n')
    last--;
  if (last == self->address)
    return g_strdup (MASK);
  while (g_ascii_isspace (*last))
    last++;
  return g_strconcat (MASK ", ", last, NULL);
}
