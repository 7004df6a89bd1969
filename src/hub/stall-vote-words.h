/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the audience reads. A phone's language is the phone's, whatever the program speaks and
 * whatever locales this machine has, so these words are not gettext's. */
typedef enum
{
  STALL_WORD_LANGUAGE, /* for <html lang> */
  STALL_WORD_VOTE,
  STALL_WORD_CHANGE,
  STALL_WORD_CHOSEN,
  STALL_WORD_CLOSED,
  STALL_WORD_COUNTED,
  STALL_WORD_NOT_OPEN,
  STALL_WORD_RESULTS,
  STALL_WORD_FINAL,
  STALL_WORD_HIDDEN,
  STALL_WORD_VOTES,
  STALL_WORD_ONE_VOTE,
  STALL_WORD_PRIVACY,
  STALL_WORD_PROBLEM,
  STALL_WORD_BACK,
  STALL_WORD_OPEN,
  STALL_WORD_NO_FORM,
  STALL_WORD_NO_COOKIE,
  STALL_WORD_TOO_FAST,
  STALL_WORD_NOT_KEPT,
  STALL_WORD_NOT_FOUND,
} StallWord;
#define STALL_N_WORDS 21

guint stall_vote_words_choose (const char *accept_language);
const char *stall_vote_words_get (guint language, StallWord word);

G_END_DECLS
