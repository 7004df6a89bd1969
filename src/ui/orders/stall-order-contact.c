/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-order-contact.h"

#include <glib/gi18n-lib.h>

struct _StallOrderContact
{
  AdwBin parent;

  StallContact *contact;

  GtkToggleButton *reveal;
  AdwActionRow *handle_row;
  AdwActionRow *name_row;
  AdwActionRow *phone_row;
  AdwActionRow *address_row;
};

G_DEFINE_FINAL_TYPE (StallOrderContact, stall_order_contact, ADW_TYPE_BIN)

/* Takes @text over. */
static void
show_text (AdwActionRow *row, char *text, gboolean revealed)
{
  g_autofree char *owned = text;

  gtk_widget_set_visible (GTK_WIDGET (row), owned && *owned);
  adw_action_row_set_subtitle (row, owned ? owned : "");
  adw_action_row_set_subtitle_selectable (row, revealed);
}

static void
show_contact (StallOrderContact *self)
{
  StallContact *contact = self->contact;
  gboolean revealed = gtk_toggle_button_get_active (self->reveal);

  gtk_button_set_label (GTK_BUTTON (self->reveal), revealed ? _ ("Hide") : _ ("Show"));
  if (!contact)
    {
      show_text (self->name_row, NULL, FALSE);
      show_text (self->phone_row, NULL, FALSE);
      show_text (self->address_row, NULL, FALSE);
      return;
    }
  show_text (self->name_row,
             revealed ? g_strdup (stall_contact_get_name (contact))
                      : stall_contact_dup_masked_name (contact),
             revealed);
  show_text (self->phone_row,
             revealed ? g_strdup (stall_contact_get_phone (contact))
                      : stall_contact_dup_masked_phone (contact),
             revealed);
  show_text (self->address_row,
             revealed ? g_strdup (stall_contact_get_address (contact))
                      : stall_contact_dup_masked_address (contact),
             revealed);
}

static void
toggled_cb (StallOrderContact *self, GtkToggleButton *reveal)
{
  show_contact (self);
}

static void
stall_order_contact_unmap (GtkWidget *widget)
{
  StallOrderContact *self = STALL_ORDER_CONTACT (widget);

  GTK_WIDGET_CLASS (stall_order_contact_parent_class)->unmap (widget);

  /* Whoever comes back to the page later may not be alone. */
  if (self->reveal && gtk_widget_get_visible (GTK_WIDGET (self->reveal)))
    gtk_toggle_button_set_active (self->reveal, FALSE);
}

static void
stall_order_contact_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), STALL_TYPE_ORDER_CONTACT);

  G_OBJECT_CLASS (stall_order_contact_parent_class)->dispose (object);
}

static void
stall_order_contact_finalize (GObject *object)
{
  g_clear_object (&STALL_ORDER_CONTACT (object)->contact);

  G_OBJECT_CLASS (stall_order_contact_parent_class)->finalize (object);
}

static void
stall_order_contact_class_init (StallOrderContactClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = stall_order_contact_dispose;
  object_class->finalize = stall_order_contact_finalize;
  widget_class->unmap = stall_order_contact_unmap;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/stall_app/Stall/orders/stall-order-contact.ui");
  gtk_widget_class_bind_template_child (widget_class, StallOrderContact, reveal);
  gtk_widget_class_bind_template_child (widget_class, StallOrderContact, handle_row);
  gtk_widget_class_bind_template_child (widget_class, StallOrderContact, name_row);
  gtk_widget_class_bind_template_child (widget_class, StallOrderContact, phone_row);
  gtk_widget_class_bind_template_child (widget_class, StallOrderContact, address_row);
  gtk_widget_class_bind_template_callback (widget_class, toggled_cb);
}

static void
stall_order_contact_init (StallOrderContact *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * stall_order_contact_show:
 * @self: a #StallOrderContact
 * @desk: the desk
 * @record: the order
 *
 * Shows the customer of an order, masked unless the person's settings say otherwise.
 */
void
stall_order_contact_show (StallOrderContact *self, StallDesk *desk, const StallOrderRecord *record)
{
  const char *handle;
  gboolean masked;

  g_return_if_fail (STALL_IS_ORDER_CONTACT (self));
  g_return_if_fail (STALL_IS_DESK (desk));
  g_return_if_fail (record);

  handle = stall_order_get_customer (record->order);
  masked = g_settings_get_boolean (stall_desk_get_settings (desk), "mask-contacts");
  adw_action_row_set_subtitle (self->handle_row, *handle ? handle : _ ("Unknown"));
  g_set_object (&self->contact, record->contact);
  gtk_widget_set_visible (GTK_WIDGET (self->reveal), masked && record->contact);
  if (!masked)
    gtk_toggle_button_set_active (self->reveal, TRUE);
  show_contact (self);
}
