/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-product.h"
#include "stall-profile.h"

G_BEGIN_DECLS

/* What a note begins as. Stored as text in the note's `template`: blank, origin-visit, making-of,
 * fitting, market-day, own. */
typedef enum
{
  STALL_TEMPLATE_BLANK,
  STALL_TEMPLATE_ORIGIN_VISIT,
  STALL_TEMPLATE_MAKING_OF,
  STALL_TEMPLATE_FITTING,
  STALL_TEMPLATE_MARKET_DAY,
  STALL_TEMPLATE_OWN,
} StallNoteTemplate;
#define STALL_N_TEMPLATES 6

const char *stall_note_template_to_string (StallNoteTemplate template);
StallNoteTemplate stall_note_template_from_string (const char *text);
const char *stall_note_template_get_label (StallNoteTemplate template);
const char *stall_note_template_get_description (StallNoteTemplate template);
char *stall_note_template_dup_title (StallNoteTemplate template, StallProduct *product);
char *stall_note_template_dup_body (StallNoteTemplate template, StallProduct *product);

/* The owner's own ones lie in the profile, so they come along to every device. */
typedef struct
{
  char *id;
  char *name;
  char *body;
} StallOwnTemplate;

void stall_own_template_free (StallOwnTemplate *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StallOwnTemplate, stall_own_template_free)

GPtrArray *stall_profile_dup_templates (StallProfile *self); /* StallOwnTemplate, in order */
char *stall_profile_add_template (StallProfile *self, const char *name, const char *body);
void stall_profile_remove_template (StallProfile *self, const char *id);

G_END_DECLS
