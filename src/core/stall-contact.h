/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-document.h"

G_BEGIN_DECLS

/* contact:<order>: the customer's name, phone and address. */
#define STALL_TYPE_CONTACT (stall_contact_get_type ())
G_DECLARE_FINAL_TYPE (StallContact, stall_contact, STALL, CONTACT, GObject)
StallContact *stall_contact_new (const char *order_id);
StallContact *stall_contact_new_from_document (StallDocument *document, GError **error);
StallDocument *stall_contact_to_document (StallContact *self, const char *device);
const char *stall_contact_get_name (StallContact *self);
void stall_contact_set_name (StallContact *self, const char *name);
const char *stall_contact_get_phone (StallContact *self);
void stall_contact_set_phone (StallContact *self, const char *phone);
const char *stall_contact_get_address (StallContact *self);
void stall_contact_set_address (StallContact *self, const char *address);
/* “李**”, “138****2930”, the first words of an address: what is shown until asked for. */
char *stall_contact_dup_masked_name (StallContact *self);
char *stall_contact_dup_masked_phone (StallContact *self);
char *stall_contact_dup_masked_address (StallContact *self);

G_END_DECLS
