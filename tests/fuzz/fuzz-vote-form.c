/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fuzz.h"

#include "stall-vote-form.h"

#include <string.h>

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *option = NULL;
  g_autofree char *token = NULL;
  gboolean taken = stall_vote_form_parse ((const char *) data, size, &option, &token);

  /* All or nothing, and what is taken is text. */
  g_assert_true ((option != NULL) == taken && (token != NULL) == taken);
  if (!taken)
    return 0;
  g_assert_cmpuint (size, <=, STALL_VOTE_FORM_MAX);
  g_assert_true (*option != '\0' && g_utf8_validate (option, -1, NULL));
  g_assert_true (*token != '\0' && g_utf8_validate (token, -1, NULL));

  g_autofree char *option_text = g_uri_escape_string (option, NULL, TRUE);
  g_autofree char *token_text = g_uri_escape_string (token, NULL, TRUE);
  g_autofree char *again = g_strdup_printf ("token=%s&option=%s", token_text, option_text);
  g_autofree char *same_option = NULL;
  g_autofree char *same_token = NULL;

  if (stall_vote_form_parse (again, strlen (again), &same_option, &same_token))
    {
      g_assert_cmpstr (same_option, ==, option);
      g_assert_cmpstr (same_token, ==, token);
    }
  else
    g_assert_cmpuint (strlen (again), >, STALL_VOTE_FORM_MAX);
  return 0;
}
