/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-conflict-banner.h"

#include "stall-async.h"
#include "stall-conflict-dialog.h"
#include "stall-conflict.h"

#include <glib/gi18n-lib.h>

struct _StallConflictBanner
{
  AdwBin parent_instance;

  StallDesk *desk;
  char *id;
  AdwBanner *banner;
  gboolean reading;
  gboolean is_old;
};

G_DEFINE_FINAL_TYPE (StallConflictBanner, stall_conflict_banner, ADW_TYPE_BIN)

static DexFuture *
read_fiber (gpointer data)
{
  StallConflictBanner *self = data;

  while (self->is_old && self->desk != NULL)
    {
      g_autoptr (StallConflict) conflict = NULL;

      self->is_old = FALSE;
      conflict = dex_await_object (
          stall_store_load_conflict (stall_desk_get_store (self->desk), self->id), NULL);
      if (self->desk == NULL)
        break;
      /* A banner that is not revealed is read out all the same. */
      gtk_widget_set_visible (GTK_WIDGET (self), conflict != NULL);
      adw_banner_set_revealed (self->banner, conflict != NULL);
    }
  self->reading = FALSE;
  return dex_future_new_true ();
}

static void
read_soon (StallConflictBanner *self)
{
  self->is_old = TRUE;
  if (self->reading)
    return;
  self->reading = TRUE;
  stall_spawn (read_fiber, g_object_ref (self), g_object_unref);
}

static void
store_changed_cb (StallConflictBanner *self, guint kinds)
{
  if (kinds & (1u << stall_kind_of_id (self->id)))
    read_soon (self);
}

static void
compare_cb (StallConflictBanner *self)
{
  adw_dialog_present (stall_conflict_dialog_new (self->desk, self->id), GTK_WIDGET (self));
}

static void
stall_conflict_banner_dispose (GObject *object)
{
  g_clear_object (&STALL_CONFLICT_BANNER (object)->desk);

  G_OBJECT_CLASS (stall_conflict_banner_parent_class)->dispose (object);
}

static void
stall_conflict_banner_finalize (GObject *object)
{
  g_free (STALL_CONFLICT_BANNER (object)->id);

  G_OBJECT_CLASS (stall_conflict_banner_parent_class)->finalize (object);
}

static void
stall_conflict_banner_class_init (StallConflictBannerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = stall_conflict_banner_dispose;
  G_OBJECT_CLASS (klass)->finalize = stall_conflict_banner_finalize;
}

static void
stall_conflict_banner_init (StallConflictBanner *self)
{
  self->banner = ADW_BANNER (adw_banner_new (_ ("Another device changed this, too")));
  adw_banner_set_button_label (self->banner, _ ("_Compare…"));
  g_signal_connect_object (self->banner, "button-clicked", G_CALLBACK (compare_cb), self,
                           G_CONNECT_SWAPPED);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->banner));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * stall_conflict_banner_set_thing:
 * @self: a banner that was not set yet
 * @desk: the desk
 * @id: of the document that the page is about
 *
 * Shows from now on whether two versions of it wait.
 */
void
stall_conflict_banner_set_thing (StallConflictBanner *self, StallDesk *desk, const char *id)
{
  g_return_if_fail (STALL_IS_CONFLICT_BANNER (self) && self->desk == NULL);
  g_return_if_fail (STALL_IS_DESK (desk) && id != NULL);

  self->desk = g_object_ref (desk);
  self->id = g_strdup (id);
  g_signal_connect_object (stall_desk_get_store (desk), "changed", G_CALLBACK (store_changed_cb),
                           self, G_CONNECT_SWAPPED);
  read_soon (self);
}
