/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-hub"

#include "config.h"

#include "stall-vote-address.h"

#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>

/* What phones share with a laptop first: private networks, then whatever else is up, and this
 * machine alone when there is no network. -1: nothing a phone can use. */
static int
rank (GInetAddress *address, const struct ifaddrs *entry)
{
  if (!(entry->ifa_flags & IFF_UP) || g_inet_address_get_family (address) != G_SOCKET_FAMILY_IPV4
      || g_inet_address_get_is_link_local (address))
    return -1;
  if (entry->ifa_flags & IFF_LOOPBACK)
    return 9;
  /* Bridges of containers and tunnels are seldom the network that phones are in. */
  if (g_str_has_prefix (entry->ifa_name, "docker") || g_str_has_prefix (entry->ifa_name, "virbr")
      || g_str_has_prefix (entry->ifa_name, "veth") || (entry->ifa_flags & IFF_POINTOPOINT))
    return 5;
  return g_inet_address_get_is_site_local (address) ? 0 : 2;
}

/**
 * stall_vote_address_list:
 *
 * Returns: (transfer full): IPv4 addresses as text; at least the one of this machine alone
 */
GStrv
stall_vote_address_list (void)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  struct ifaddrs *entries = NULL;
  gboolean found = FALSE;

  getifaddrs (&entries);
  for (int wanted = 0; wanted < 10; wanted++)
    for (const struct ifaddrs *entry = entries; entry != NULL; entry = entry->ifa_next)
      {
        g_autoptr (GSocketAddress) socket_address = NULL;
        GInetAddress *address;

        if (entry->ifa_addr == NULL || entry->ifa_addr->sa_family != AF_INET)
          continue;
        socket_address
            = g_socket_address_new_from_native (entry->ifa_addr, sizeof (struct sockaddr_in));
        address = g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (socket_address));
        if (rank (address, entry) == wanted && !(wanted == 9 && found))
          {
            g_strv_builder_take (builder, g_inet_address_to_string (address));
            found = TRUE;
          }
      }
  if (entries != NULL)
    freeifaddrs (entries);
  if (!found)
    g_strv_builder_add (builder, "localhost");
  return g_strv_builder_end (builder);
}
