/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-hub"

#include "config.h"

#include "stall-vote-token.h"

#include "stall-kind.h"

#include <string.h>

/* 128 bits are more than anybody guesses. */
#define SIGNATURE_BYTES 16
#define MAX_HEADER 4096
#define DEVICE_LENGTH 32

/* HMAC-SHA256 of what it is for and the names, each ended by a byte that is in none of them. */
static char *
sign (const char *key, const char *purpose, const char *first, const char *second)
{
  g_autoptr (GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA256, (const guchar *) key, strlen (key));
  const char *parts[] = { purpose, first, second };
  guint8 digest[32];
  gsize size = sizeof digest;
  char *text;

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i] != NULL)
      g_hmac_update (hmac, (const guchar *) parts[i], strlen (parts[i]) + 1);
  g_hmac_get_digest (hmac, digest, &size);
  text = g_malloc0 (2 * SIGNATURE_BYTES + 1);
  for (guint i = 0; i < SIGNATURE_BYTES; i++)
    g_snprintf (text + 2 * i, 3, "%02x", digest[i]);
  return text;
}

/**
 * stall_vote_token_new_device:
 *
 * Returns: (transfer full): a name for a phone that has none yet, 32 random hexadecimal digits
 */
char *
stall_vote_token_new_device (void)
{
  g_autofree char *one = stall_uuid_new ();
  g_autofree char *other = stall_uuid_new ();
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  /* The time in a UUIDv7 says when a phone came; its hash says nothing. */
  g_checksum_update (checksum, (const guchar *) one, -1);
  g_checksum_update (checksum, (const guchar *) other, -1);
  return g_strndup (g_checksum_get_string (checksum), DEVICE_LENGTH);
}

/**
 * stall_vote_token_make_cookie:
 * @key: the stall's key
 * @device: a phone's name
 *
 * Returns: (transfer full): the value of the cookie
 */
char *
stall_vote_token_make_cookie (const char *key, const char *device)
{
  g_autofree char *signature = sign (key, "device", device, NULL);

  return g_strconcat (device, ".", signature, NULL);
}

static char *
read_value (const char *key, const char *value)
{
  g_autofree char *device = NULL;
  g_autofree char *expected = NULL;

  if (strlen (value) != DEVICE_LENGTH + 1 + 2 * SIGNATURE_BYTES || value[DEVICE_LENGTH] != '.')
    return NULL;
  for (guint i = 0; i < DEVICE_LENGTH; i++)
    if (!g_ascii_isxdigit (value[i]) || g_ascii_isupper (value[i]))
      return NULL;
  device = g_strndup (value, DEVICE_LENGTH);
  expected = sign (key, "device", device, NULL);
  return stall_vote_token_equal (value + DEVICE_LENGTH + 1, expected) ? g_steal_pointer (&device)
                                                                      : NULL;
}

/**
 * stall_vote_token_read_cookie:
 * @key: the stall's key
 * @header: (nullable): a Cookie header
 *
 * Returns: (transfer full) (nullable): the phone's name, or %NULL when the header holds no cookie
 * that this stall made
 */
char *
stall_vote_token_read_cookie (const char *key, const char *header)
{
  g_auto (GStrv) cookies = NULL;

  if (header == NULL || strlen (header) > MAX_HEADER)
    return NULL;
  cookies = g_strsplit (header, ";", 64);
  for (guint i = 0; cookies[i] != NULL; i++)
    {
      const char *cookie = g_strstrip (cookies[i]);
      char *device;

      if (!g_str_has_prefix (cookie, STALL_VOTE_COOKIE "="))
        continue;
      device = read_value (key, cookie + strlen (STALL_VOTE_COOKIE "="));
      if (device != NULL)
        return device;
    }
  return NULL;
}

/**
 * stall_vote_token_make_voter:
 * @key: the stall's key
 * @poll_id: "poll:…"
 * @device: a phone's name
 *
 * Returns: (transfer full): who the phone is in this poll, and in no other
 */
char *
stall_vote_token_make_voter (const char *key, const char *poll_id, const char *device)
{
  return sign (key, "voter", poll_id, device);
}

/**
 * stall_vote_token_make_form:
 * @key: the stall's key
 * @poll_id: "poll:…"
 * @device: a phone's name
 *
 * Returns: (transfer full): what a form of this phone carries, which no other page can know
 */
char *
stall_vote_token_make_form (const char *key, const char *poll_id, const char *device)
{
  return sign (key, "form", poll_id, device);
}

/**
 * stall_vote_token_make_path:
 * @key: the stall's key
 * @poll_id: "poll:…"
 *
 * Returns: (transfer full): where the poll's page is, the same after every start
 */
char *
stall_vote_token_make_path (const char *key, const char *poll_id)
{
  g_autofree char *signature = sign (key, "path", poll_id, NULL);

  /* 80 bits: no guess, and short enough for a code that scans from afar. */
  return g_strndup (signature, 20);
}

/**
 * stall_vote_token_equal:
 * @a: text
 * @b: text
 *
 * Takes as long whatever the texts have in common.
 *
 * Returns: whether they are the same
 */
gboolean
stall_vote_token_equal (const char *a, const char *b)
{
  gsize length = strlen (b);
  guint8 difference = strlen (a) != length;

  for (gsize i = 0; i < length && a[i] != '\0'; i++)
    difference |= a[i] ^ b[i];
  return difference == 0;
}
