/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-export-choice.h"

#include "stall-async.h"
#include "stall-export.h"
#include "stall-file-choice.h"
#include "stall-format.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  StallDesk *desk;
  char *what;
  DexFuture *choice; /* of a GFile */
} Exporting;

static void
exporting_free (Exporting *exporting)
{
  g_object_unref (exporting->desk);
  g_free (exporting->what);
  dex_clear (&exporting->choice);
  g_free (exporting);
}

static DexFuture *
start_export (StallStore *store, const char *what, GFile *file)
{
  g_autoptr (StallQuery) everything = stall_query_new (STALL_LIST_ORDERS);

  if (g_str_equal (what, "products"))
    return stall_export_products (store, file);
  if (g_str_equal (what, "stock"))
    return stall_export_stock (store, file);
  return stall_export_orders (store, everything, file);
}

static DexFuture *
export_fiber (gpointer data)
{
  Exporting *exporting = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = dex_await_object (g_steal_pointer (&exporting->choice), &error);
  g_autofree char *name = NULL;
  g_autofree char *count = NULL;
  g_autofree char *text = NULL;
  gint64 rows;

  if (file != NULL)
    rows = dex_await_int64 (
        start_export (stall_desk_get_store (exporting->desk), exporting->what, file), &error);
  if (error != NULL)
    {
      stall_desk_report (exporting->desk, error);
      return dex_future_new_true ();
    }
  name = g_file_get_basename (file);
  count = stall_format_count (rows);
  /* Translators: the first %s is a number, the second the name of a file */
  text = g_strdup_printf (
      ngettext ("%s row exported to “%s”", "%s rows exported to “%s”", (gulong) rows), count, name);
  stall_desk_say (exporting->desk, text);
  return dex_future_new_true ();
}

/**
 * stall_export_choose:
 * @desk: of the open stall
 * @what: `products`, `stock` or `orders`
 * @parent: a widget of the window that asks
 *
 * Asks where to write a CSV file, writes it and says so.
 */
void
stall_export_choose (StallDesk *desk, const char *what, GtkWidget *parent)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *day = g_date_time_format (now, "%Y-%m-%d");
  g_autofree char *name = g_strdup_printf ("%s-%s.csv", what, day);
  Exporting *exporting;

  g_return_if_fail (STALL_IS_DESK (desk));
  g_return_if_fail (what != NULL);

  exporting = g_new0 (Exporting, 1);
  exporting->desk = g_object_ref (desk);
  exporting->what = g_strdup (what);
  exporting->choice = stall_choose_to_save (parent, _ ("Export"), name);
  stall_spawn (export_fiber, exporting, (GDestroyNotify) exporting_free);
}
