/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "stall-poll-editor.h"
#include "stall-poll-figures.h"

G_BEGIN_DECLS

/* A poll before it opens, as a form. It saves itself. */
#define STALL_TYPE_POLL_FORM (stall_poll_form_get_type ())
G_DECLARE_FINAL_TYPE (StallPollForm, stall_poll_form, STALL, POLL_FORM, AdwBin)

void stall_poll_form_set_editor (StallPollForm *self, StallPollEditor *editor);
StallTime stall_poll_form_get_wish (StallPollForm *self);
void stall_poll_form_show (StallPollForm *self, const StallPollFigures *figures);

G_END_DECLS
