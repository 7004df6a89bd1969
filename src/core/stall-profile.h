/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-document.h"

G_BEGIN_DECLS

/* The stall itself: name, the owner's story, city, craft, currency. */
#define STALL_TYPE_PROFILE (stall_profile_get_type ())
G_DECLARE_FINAL_TYPE (StallProfile, stall_profile, STALL, PROFILE, GObject)

StallProfile *stall_profile_new (void); /* currency and low-at by locale */
StallProfile *stall_profile_new_from_document (StallDocument *document, GError **error);
StallDocument *stall_profile_to_document (StallProfile *self, const char *device);
const char *stall_profile_get_name (StallProfile *self);
void stall_profile_set_name (StallProfile *self, const char *name);
const char *stall_profile_get_story (StallProfile *self);
void stall_profile_set_story (StallProfile *self, const char *story);
const char *stall_profile_get_city (StallProfile *self);
void stall_profile_set_city (StallProfile *self, const char *city);
const char *stall_profile_get_craft (StallProfile *self);
void stall_profile_set_craft (StallProfile *self, const char *craft);
const char *stall_profile_get_currency (StallProfile *self);
void stall_profile_set_currency (StallProfile *self, const char *currency);
int stall_profile_get_low_at (StallProfile *self); /* pieces; the default threshold, 3 */
void stall_profile_set_low_at (StallProfile *self, int low_at);
int
stall_profile_get_ship_days (StallProfile *self); /* days from order to ship-by of a new order, 3 */
void stall_profile_set_ship_days (StallProfile *self, int days);

G_END_DECLS
