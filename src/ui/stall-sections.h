/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "stall-desk.h"
#include "stall-query.h"

G_BEGIN_DECLS

/* The parts of a stall, in the order of the sidebar. */
typedef enum
{
  STALL_SECTION_TODAY,
  STALL_SECTION_ORDERS,
  STALL_SECTION_INVENTORY,
  STALL_SECTION_NOTES,
  STALL_SECTION_VOTES,
  STALL_N_SECTIONS
} StallSection;

const char *stall_section_get_name (StallSection section);  /* as settings and actions know it */
const char *stall_section_get_title (StallSection section); /* as a person reads it */
const char *stall_section_get_icon (StallSection section);
StallSection stall_section_from_name (const char *name); /* today when there is no such */

/* The pages of each section, of which one is shown. */
#define STALL_TYPE_SECTIONS (stall_sections_get_type ())
G_DECLARE_FINAL_TYPE (StallSections, stall_sections, STALL, SECTIONS, AdwBin)

void stall_sections_set_desk (StallSections *self, StallDesk *desk);
StallSection stall_sections_get_section (StallSections *self);
AdwNavigationPage *stall_sections_get_page (StallSections *self);
void stall_sections_show (StallSections *self, StallSection section);
AdwNavigationPage *stall_sections_show_root (StallSections *self, StallSection section);
void stall_sections_open (StallSections *self, const char *id);
void stall_sections_show_list (StallSections *self, const StallQuery *query);

G_END_DECLS
