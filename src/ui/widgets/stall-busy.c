/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-busy.h"

#include "stall-async.h"

#include <glib/gi18n-lib.h>

#define PATIENCE 500 /* ms */

typedef struct
{
  GWeakRef parent;
  char *label;
  GCancellable *cancellable; /* NULL: nobody can stop it */
  DexFuture *work;
} Busy;

static void
busy_free (Busy *busy)
{
  g_weak_ref_clear (&busy->parent);
  g_free (busy->label);
  g_clear_object (&busy->cancellable);
  dex_unref (busy->work);
  g_free (busy);
}

/* The nearest place for toasts: that of the dialog the widget is in, or of its window. */
static AdwToastOverlay *
find_overlay (GtkWidget *widget)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY);
  GtkRoot *root = gtk_widget_get_root (widget);

  if (overlay == NULL && ADW_IS_APPLICATION_WINDOW (root))
    overlay = adw_application_window_get_content (ADW_APPLICATION_WINDOW (root));
  return ADW_IS_TOAST_OVERLAY (overlay) ? ADW_TOAST_OVERLAY (overlay) : NULL;
}

static GtkWidget *
new_title (const char *label)
{
  GtkWidget *title = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *words = gtk_label_new (label);

  gtk_label_set_ellipsize (GTK_LABEL (words), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (title), adw_spinner_new ());
  gtk_box_append (GTK_BOX (title), words);
  return title;
}

static DexFuture *
busy_fiber (gpointer data)
{
  Busy *busy = data;
  g_autoptr (GtkWidget) parent = NULL;
  g_autoptr (AdwToast) toast = NULL;
  AdwToastOverlay *overlay;

  if (stall_busy_await_patience (busy->work))
    return dex_future_new_true ();
  parent = g_weak_ref_get (&busy->parent);
  overlay = parent != NULL ? find_overlay (parent) : NULL;
  if (overlay == NULL)
    return dex_future_new_true ();
  toast = stall_busy_new_toast (busy->label, busy->cancellable);
  adw_toast_overlay_add_toast (overlay, g_object_ref (toast));
  g_clear_object (&parent);
  dex_await (dex_ref (busy->work), NULL);
  adw_toast_dismiss (toast);
  return dex_future_new_true ();
}

/**
 * stall_busy_await_patience:
 * @work: a future of the work
 *
 * Waits, in a fiber, for what is usually done at once, no longer than half a second.
 *
 * Returns: whether @work has ended
 */
gboolean
stall_busy_await_patience (DexFuture *work)
{
  g_return_val_if_fail (DEX_IS_FUTURE (work), TRUE);

  dex_await (dex_future_first (dex_timeout_new_msec (PATIENCE), dex_ref (work), NULL), NULL);
  return !dex_future_is_pending (work);
}

/**
 * stall_busy_new_toast:
 * @label: what is waited for: “Exporting…”
 * @cancellable: (nullable): what a button stops; %NULL: no button
 *
 * Makes a toast that stays until it is dismissed.
 *
 * Returns: (transfer full): the toast
 */
AdwToast *
stall_busy_new_toast (const char *label, GCancellable *cancellable)
{
  AdwToast *toast = adw_toast_new ("");

  adw_toast_set_custom_title (toast, new_title (label));
  adw_toast_set_timeout (toast, 0);
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  if (cancellable != NULL)
    {
      adw_toast_set_button_label (toast, _ ("Cancel"));
      g_signal_connect_object (toast, "button-clicked", G_CALLBACK (g_cancellable_cancel),
                               cancellable, G_CONNECT_SWAPPED);
    }
  return toast;
}

/**
 * stall_busy_show:
 * @parent: a widget of the window or dialog that waits
 * @label: what it waits for: “Exporting…”
 * @cancellable: (nullable): what a button stops; %NULL: no button
 * @work: a future of the work
 *
 * Shows that something is going on, from half a second after now until @work has ended.
 */
void
stall_busy_show (GtkWidget *parent, const char *label, GCancellable *cancellable, DexFuture *work)
{
  Busy *busy;

  g_return_if_fail (GTK_IS_WIDGET (parent));
  g_return_if_fail (label != NULL && work != NULL);

  busy = g_new0 (Busy, 1);
  g_weak_ref_init (&busy->parent, parent);
  busy->label = g_strdup (label);
  g_set_object (&busy->cancellable, cancellable);
  busy->work = dex_ref (work);
  stall_spawn (busy_fiber, busy, (GDestroyNotify) busy_free);
}
