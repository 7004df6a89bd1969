/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fuzz.h"

#include "stall-vote-token.h"
#include "stall-vote-words.h"

#include <string.h>

#define KEY "fuzz"

/* The two headers of a phone that are read: Cookie and Accept-Language. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *header = g_strndup ((const char *) data, size);
  g_autofree char *device = stall_vote_token_read_cookie (KEY, header);
  guint language = stall_vote_words_choose (header);

  g_assert_nonnull (strchr ("ez", *stall_vote_words_get (language, STALL_WORD_LANGUAGE)));
  if (device == NULL)
    return 0;
  /* Only what this key has signed is ever taken. */
  g_autofree char *cookie = stall_vote_token_make_cookie (KEY, device);

  g_assert_cmpuint (strlen (device), ==, 32);
  g_assert_nonnull (strstr (header, cookie));
  return 0;
}
