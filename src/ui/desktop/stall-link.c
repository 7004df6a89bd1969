/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-link.h"

#include "stall-async.h"
#include "stall-barcode.h"
#include "stall-row.h"
#include "stall-sync-page.h"

#include <glib/gi18n-lib.h>

#define CODE_PREFIX "code/"

typedef struct
{
  StallDesk *desk;
  char *code;
} Search;

static void
search_free (Search *search)
{
  g_object_unref (search->desk);
  g_free (search->code);
  g_free (search);
}

static DexFuture *
find_code_fiber (gpointer data)
{
  Search *search = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (StallVariantRow) row = dex_await_object (
      stall_store_find_variant (stall_desk_get_store (search->desk), search->code), &error);
  g_autofree char *words = NULL;

  if (row != NULL)
    stall_desk_open (search->desk, stall_variant_row_get_product_id (row));
  else if (g_error_matches (error, STALL_ERROR, STALL_ERROR_NOT_FOUND))
    {
      /* Translators: %s is a barcode or SKU */
      words = g_strdup_printf (_ ("Nothing in this stall has the code %s."), search->code);
      stall_desk_say (search->desk, words);
    }
  else
    stall_desk_report (search->desk, error);
  return dex_future_new_true ();
}

static void
follow_code (StallDesk *desk, const char *code)
{
  Search *search = g_new0 (Search, 1);

  search->desk = g_object_ref (desk);
  search->code = g_strdup (code);
  stall_spawn (find_code_fiber, search, (GDestroyNotify) search_free);
}

static void
follow_due (StallDesk *desk)
{
  g_autoptr (StallQuery) query = stall_query_new (STALL_LIST_ORDERS);

  query->due_until = stall_time_day_start (stall_time_now (), 2);
  query->sort = STALL_SORT_SHIP_BY;
  stall_desk_show_list (desk, query);
}

/**
 * stall_link_new_for_code:
 * @code: a barcode or SKU
 *
 * Returns: (transfer full): the address that leads to what has it
 */
char *
stall_link_new_for_code (const char *code)
{
  g_autofree char *escaped = NULL;

  g_return_val_if_fail (code != NULL, NULL);

  escaped = g_uri_escape_string (code, NULL, TRUE);
  return g_strconcat (STALL_CODE_LINK, escaped, NULL);
}

/**
 * stall_link_new_for_thing:
 * @id: of a document that has a page
 *
 * Returns: (transfer full): the address that leads to it
 */
char *
stall_link_new_for_thing (const char *id)
{
  g_return_val_if_fail (id != NULL, NULL);

  return g_strconcat (STALL_LINK_SCHEME ":", id, NULL);
}

/**
 * stall_link_from_uri:
 * @uri: an address from outside
 *
 * Returns: (transfer full) (nullable): what it leads to, for stall_link_follow(); %NULL when it is
 *   not of the scheme `stall:`
 */
char *
stall_link_from_uri (const char *uri)
{
  g_autofree char *scheme = g_uri_parse_scheme (uri);

  if (g_strcmp0 (scheme, STALL_LINK_SCHEME) != 0)
    return NULL;
  return g_uri_unescape_string (uri + strlen (STALL_LINK_SCHEME ":"), NULL);
}

/**
 * stall_link_follow:
 * @desk: a desk
 * @link: what to show; see the top of the header
 *
 * Has the window show what @link leads to, or says that it leads nowhere.
 */
void
stall_link_follow (StallDesk *desk, const char *link)
{
  g_return_if_fail (STALL_IS_DESK (desk));
  g_return_if_fail (link != NULL);

  if (g_str_equal (link, STALL_LINK_DUE))
    {
      follow_due (desk);
      return;
    }
  if (g_str_has_prefix (link, CODE_PREFIX))
    {
      follow_code (desk, link + strlen (CODE_PREFIX));
      return;
    }
  if (g_str_equal (link, STALL_SYNC_PAGE_ID))
    {
      stall_desk_open (desk, link);
      return;
    }
  switch (stall_kind_of_id (link))
    {
    case STALL_KIND_ORDER:
    case STALL_KIND_PRODUCT:
    case STALL_KIND_POLL:
    case STALL_KIND_NOTE:
      /* A thing that is not here has a page that says so. */
      stall_desk_open (desk, link);
      break;
    default:
      stall_desk_say (desk, _ ("This link leads to nothing that a stall has."));
    }
}
