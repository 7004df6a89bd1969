/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-order-remark.h"

#include "stall-async.h"
#include "stall-format.h"

#include <glib/gi18n-lib.h>

#define SAVE_AFTER 800 /* ms without a key */

struct _StallOrderRemark
{
  AdwBin parent;

  StallDesk *desk;
  StallRemark *remark;
  char *number;
  guint save_source;
  gboolean showing; /* the widgets follow the remark, not the person */

  AdwToggleGroup *flags;
  GtkTextBuffer *buffer;
};

G_DEFINE_FINAL_TYPE (StallOrderRemark, stall_order_remark, ADW_TYPE_BIN)

typedef struct
{
  StallDesk *desk;
  StallChangeSet *changes;
} Save;

static void
save_free (Save *save)
{
  g_clear_object (&save->desk);
  g_clear_object (&save->changes);
  g_free (save);
}

/* Without a toast: a remark is saved at every pause in writing. Ctrl+Z takes it back all the same.
 */
static DexFuture *
save_fiber (gpointer data)
{
  Save *save = data;
  g_autoptr (GError) error = NULL;

  if (!dex_await (stall_store_apply (stall_desk_get_store (save->desk), save->changes), &error))
    stall_desk_report (save->desk, error);
  return dex_future_new_true ();
}

static void
apply (StallOrderRemark *self, const char *label)
{
  g_autoptr (StallDocument) document
      = stall_remark_to_document (self->remark, stall_desk_get_device (self->desk));
  Save *save = g_new0 (Save, 1);

  save->desk = g_object_ref (self->desk);
  save->changes = stall_change_set_new (label);
  stall_change_set_put (save->changes, document);
  stall_desk_hold (self->desk, stall_async (save_fiber, save, (GDestroyNotify) save_free));
}

static char *
dup_text (StallOrderRemark *self)
{
  GtkTextIter start, end;
  g_autofree char *text = NULL;

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  text = gtk_text_buffer_get_text (self->buffer, &start, &end, FALSE);
  return g_utf8_normalize (text, -1, G_NORMALIZE_NFC);
}

static void
save_cb (gpointer data)
{
  StallOrderRemark *self = STALL_ORDER_REMARK (data);

  self->save_source = 0;
  stall_order_remark_save (self);
}

static void
text_cb (StallOrderRemark *self, GtkTextBuffer *buffer)
{
  if (self->showing || !self->remark)
    return;
  g_clear_handle_id (&self->save_source, g_source_remove);
  self->save_source = g_timeout_add_once (SAVE_AFTER, save_cb, self);
}

static void
left_cb (StallOrderRemark *self, GtkEventControllerFocus *focus)
{
  stall_order_remark_save (self);
}

static void
flag_cb (StallOrderRemark *self, GParamSpec *pspec, AdwToggleGroup *flags)
{
  StallFlag flag = (StallFlag) adw_toggle_group_get_active (self->flags);
  g_autofree char *label = NULL;

  if (self->showing || !self->remark || flag >= STALL_N_FLAGS
      || flag == stall_remark_get_flag (self->remark))
    return;
  stall_remark_set_flag (self->remark, flag);
  label = flag == STALL_FLAG_NONE ? g_strdup_printf (_ ("Flag of order %s removed"), self->number)
                                  : g_strdup_printf (_ ("Order %s flagged"), self->number);
  apply (self, label);
}

static void
add_flags (StallOrderRemark *self)
{
  for (int i = 0; i < STALL_N_FLAGS; i++)
    {
      AdwToggle *toggle = adw_toggle_new ();
      GtkWidget *icon = gtk_image_new_from_icon_name (i == STALL_FLAG_NONE ? "window-close-symbolic"
                                                                           : "stall-flag-symbolic");

      gtk_widget_add_css_class (icon, stall_flag_get_style (i));
      gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      stall_flag_get_label ((StallFlag) i), -1);
      adw_toggle_set_child (toggle, icon);
      adw_toggle_set_tooltip (toggle, stall_flag_get_label ((StallFlag) i));
      adw_toggle_group_add (self->flags, toggle);
    }
}

static void
stall_order_remark_dispose (GObject *object)
{
  StallOrderRemark *self = STALL_ORDER_REMARK (object);

  if (self->buffer)
    stall_order_remark_save (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), STALL_TYPE_ORDER_REMARK);

  G_OBJECT_CLASS (stall_order_remark_parent_class)->dispose (object);
}

static void
stall_order_remark_finalize (GObject *object)
{
  StallOrderRemark *self = STALL_ORDER_REMARK (object);

  g_clear_object (&self->desk);
  g_clear_object (&self->remark);
  g_free (self->number);

  G_OBJECT_CLASS (stall_order_remark_parent_class)->finalize (object);
}

static void
stall_order_remark_class_init (StallOrderRemarkClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = stall_order_remark_dispose;
  object_class->finalize = stall_order_remark_finalize;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/stall_app/Stall/orders/stall-order-remark.ui");
  gtk_widget_class_bind_template_child (widget_class, StallOrderRemark, flags);
  gtk_widget_class_bind_template_child (widget_class, StallOrderRemark, buffer);
  gtk_widget_class_bind_template_callback (widget_class, flag_cb);
  gtk_widget_class_bind_template_callback (widget_class, text_cb);
  gtk_widget_class_bind_template_callback (widget_class, left_cb);
}

static void
stall_order_remark_init (StallOrderRemark *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_flags (self);
}

/**
 * stall_order_remark_show:
 * @self: a #StallOrderRemark
 * @desk: the desk
 * @record: the order
 *
 * Shows flag and remark of an order. Words that are being written stay as they are.
 */
void
stall_order_remark_show (StallOrderRemark *self, StallDesk *desk, const StallOrderRecord *record)
{
  g_autofree char *text = NULL;
  gboolean writing;

  g_return_if_fail (STALL_IS_ORDER_REMARK (self));
  g_return_if_fail (STALL_IS_DESK (desk));
  g_return_if_fail (record);

  writing = self->save_source != 0;
  g_set_object (&self->desk, desk);
  g_set_object (&self->remark, record->remark);
  g_set_str (&self->number, stall_order_get_number (record->order));

  self->showing = TRUE;
  adw_toggle_group_set_active (self->flags, stall_remark_get_flag (self->remark));
  text = dup_text (self);
  if (!writing && g_strcmp0 (text, stall_remark_get_text (self->remark)) != 0)
    gtk_text_buffer_set_text (self->buffer, stall_remark_get_text (self->remark), -1);
  self->showing = FALSE;
}

/**
 * stall_order_remark_save:
 * @self: a #StallOrderRemark
 *
 * Saves what was written and is not saved yet.
 */
void
stall_order_remark_save (StallOrderRemark *self)
{
  g_autofree char *text = NULL;
  g_autofree char *label = NULL;

  g_return_if_fail (STALL_IS_ORDER_REMARK (self));

  g_clear_handle_id (&self->save_source, g_source_remove);
  if (!self->remark)
    return;
  text = dup_text (self);
  if (!text || g_strcmp0 (text, stall_remark_get_text (self->remark)) == 0)
    return;
  stall_remark_set_text (self->remark, text);
  label = g_strdup_printf (_ ("Remark on order %s"), self->number);
  apply (self, label);
}
