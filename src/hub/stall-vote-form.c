/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-hub"

#include "config.h"

#include "stall-vote-form.h"

#include <string.h>

/* A value of application/x-www-form-urlencoded; NULL when it is not text. */
static char *
decode (const char *text)
{
  g_autofree char *spaced = g_strdelimit (g_strdup (text), "+", ' ');

  return g_uri_unescape_string (spaced, NULL);
}

static gboolean
take (char **place, const char *text)
{
  if (*place != NULL)
    return FALSE;
  *place = decode (text);
  return *place != NULL && **place != '\0' && g_utf8_validate (*place, -1, NULL);
}

/**
 * stall_vote_form_parse:
 * @body: what was sent, not terminated
 * @length: its bytes
 * @option: (out) (transfer full): id of an option
 * @token: (out) (transfer full): what proves that the form is ours
 *
 * Takes a form as our page sends it, with each field once. Other fields are passed over.
 *
 * Returns: %FALSE when it is not such a form; nothing is set then
 */
gboolean
stall_vote_form_parse (const char *body, gsize length, char **option, char **token)
{
  g_autofree char *chosen = NULL;
  g_autofree char *proof = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) fields = NULL;

  *option = *token = NULL;
  if (length > STALL_VOTE_FORM_MAX || (length > 0 && memchr (body, '\0', length) != NULL))
    return FALSE;
  text = g_strndup (body != NULL ? body : "", length);
  fields = g_strsplit (text, "&", 16);
  for (guint i = 0; fields[i] != NULL; i++)
    {
      gboolean good = TRUE;

      if (g_str_has_prefix (fields[i], "option="))
        good = take (&chosen, fields[i] + strlen ("option="));
      else if (g_str_has_prefix (fields[i], "token="))
        good = take (&proof, fields[i] + strlen ("token="));
      if (!good)
        return FALSE;
    }
  if (chosen == NULL || proof == NULL)
    return FALSE;
  *option = g_steal_pointer (&chosen);
  *token = g_steal_pointer (&proof);
  return TRUE;
}
