/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define STALL_VOTE_FORM_MAX 2048

/* What a phone sends: the option that was chosen and the proof that the form is ours. */
gboolean stall_vote_form_parse (const char *body, gsize length, char **option, char **token);

G_END_DECLS
