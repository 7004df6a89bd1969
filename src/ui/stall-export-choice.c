/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-export-choice.h"

#include "stall-async.h"
#include "stall-busy.h"
#include "stall-export-polls.h"
#include "stall-export.h"
#include "stall-file-choice.h"
#include "stall-format.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  StallDesk *desk;
  GtkWidget *parent;
  char *what;
  GStrv ids;         /* of products, NULL: all; or of the one poll */
  DexFuture *choice; /* of a GFile */
  GCancellable *cancellable;
} Exporting;

static void
exporting_free (Exporting *exporting)
{
  g_object_unref (exporting->desk);
  g_object_unref (exporting->parent);
  g_free (exporting->what);
  g_strfreev (exporting->ids);
  dex_clear (&exporting->choice);
  g_object_unref (exporting->cancellable);
  g_free (exporting);
}

static DexFuture *
start_export (Exporting *exporting, GFile *file)
{
  StallStore *store = stall_desk_get_store (exporting->desk);
  GCancellable *cancellable = exporting->cancellable;

  if (g_str_equal (exporting->what, "products"))
    return stall_export_products (store, (const char *const *) exporting->ids, file, cancellable);
  if (g_str_equal (exporting->what, "stock"))
    return stall_export_stock (store, file, cancellable);
  if (g_str_equal (exporting->what, "tally"))
    return stall_export_tally (store, exporting->ids[0], file);
  if (g_str_equal (exporting->what, "ballots"))
    return stall_export_ballots (store, exporting->ids[0], file);
  return stall_export_orders (store, NULL, file, cancellable);
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
    {
      g_autoptr (DexFuture) work = start_export (exporting, file);

      stall_busy_show (exporting->parent, _ ("Exporting…"), exporting->cancellable, work);
      rows = dex_await_int64 (dex_ref (work), &error);
    }
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

static void
choose (StallDesk *desk, const char *what, const char *const *ids, GtkWidget *parent)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *day = g_date_time_format (now, "%Y-%m-%d");
  g_autofree char *name = g_strdup_printf ("%s-%s.csv", what, day);
  Exporting *exporting = g_new0 (Exporting, 1);

  exporting->desk = g_object_ref (desk);
  exporting->parent = g_object_ref (parent);
  exporting->what = g_strdup (what);
  exporting->ids = g_strdupv ((char **) ids);
  exporting->cancellable = g_cancellable_new ();
  exporting->choice = stall_choose_to_save (parent, _ ("Export"), name);
  stall_spawn (export_fiber, exporting, (GDestroyNotify) exporting_free);
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
  g_return_if_fail (STALL_IS_DESK (desk));
  g_return_if_fail (what != NULL);

  choose (desk, what, NULL, parent);
}

/**
 * stall_export_choose_products:
 * @desk: of the open stall
 * @product_ids: which products
 * @parent: a widget of the window that asks
 *
 * Asks where to write some products as CSV, writes them and says so.
 */
void
stall_export_choose_products (StallDesk *desk, const char *const *product_ids, GtkWidget *parent)
{
  g_return_if_fail (STALL_IS_DESK (desk));
  g_return_if_fail (product_ids != NULL);

  choose (desk, "products", product_ids, parent);
}

/**
 * stall_export_choose_poll:
 * @desk: of the open stall
 * @what: `tally` or `ballots`
 * @poll_id: "poll:…"
 * @parent: a widget of the window that asks
 *
 * Asks where to write the votes of a poll as CSV, writes them and says so.
 */
void
stall_export_choose_poll (StallDesk *desk, const char *what, const char *poll_id, GtkWidget *parent)
{
  g_return_if_fail (STALL_IS_DESK (desk));
  g_return_if_fail (what != NULL && poll_id != NULL);

  choose (desk, what, (const char *const[]) { poll_id, NULL }, parent);
}
