/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-hub"

#include "config.h"

#include "stall-rate-limit.h"

#include <string.h>

/* More addresses than this at once are no fair's audience; the table starts anew. */
#define MAX_ADDRESSES 4096

typedef struct
{
  double left;
  StallTime at;
} Bucket;

struct _StallRateLimit
{
  double per_second;
  double burst;
  GHashTable *buckets; /* network as number → Bucket */
};

/* What one subscriber has: an IPv4 address, or the 64 bits of an IPv6 network. */
static guint64
network_of (GInetAddress *address)
{
  const guint8 *bytes = g_inet_address_to_bytes (address);
  static const guint8 mapped[12] = { [10] = 0xff, [11] = 0xff };
  guint64 network = 0;

  if (g_inet_address_get_native_size (address) == 4)
    memcpy (&network, bytes, 4);
  else if (memcmp (bytes, mapped, sizeof mapped) == 0)
    memcpy (&network, bytes + 12, 4);
  else
    memcpy (&network, bytes, 8);
  return network;
}

/**
 * stall_rate_limit_new:
 * @per_second: what comes back each second
 * @burst: what there is at most
 *
 * Returns: (transfer full): a limit for every address alike
 */
StallRateLimit *
stall_rate_limit_new (double per_second, double burst)
{
  StallRateLimit *self = g_new0 (StallRateLimit, 1);

  self->per_second = per_second;
  self->burst = burst;
  self->buckets = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  return self;
}

void
stall_rate_limit_free (StallRateLimit *self)
{
  g_hash_table_unref (self->buckets);
  g_free (self);
}

/**
 * stall_rate_limit_take:
 * @self: a limit
 * @address: who asks
 * @cost: for how much
 * @now: milliseconds, never going back
 *
 * Returns: %FALSE when the address has asked for too much lately
 */
gboolean
stall_rate_limit_take (StallRateLimit *self, GInetAddress *address, double cost, StallTime now)
{
  guint64 network = network_of (address);
  Bucket *bucket = g_hash_table_lookup (self->buckets, &network);

  if (bucket == NULL)
    {
      if (g_hash_table_size (self->buckets) >= MAX_ADDRESSES)
        g_hash_table_remove_all (self->buckets);
      bucket = g_new0 (Bucket, 1);
      bucket->left = self->burst;
      bucket->at = now;
      g_hash_table_insert (self->buckets, g_memdup2 (&network, sizeof network), bucket);
    }
  bucket->left
      = MIN (self->burst, bucket->left + (double) (now - bucket->at) / 1000 * self->per_second);
  bucket->at = now;
  if (bucket->left < cost)
    return FALSE;
  bucket->left -= cost;
  return TRUE;
}
