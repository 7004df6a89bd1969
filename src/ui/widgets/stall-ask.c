/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-ask.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

static void
named_cb (AdwAlertDialog *dialog, const char *response, DexPromise *promise)
{
  GtkEditable *entry = GTK_EDITABLE (adw_alert_dialog_get_extra_child (dialog));
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (entry)));

  if (g_str_equal (response, "add") && *name != '\0')
    dex_promise_resolve_string (promise, g_steal_pointer (&name));
  else
    dex_promise_reject (promise, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "No name"));
}

static void
answered_cb (AdwAlertDialog *dialog, const char *response, DexPromise *promise)
{
  dex_promise_resolve_boolean (promise, g_str_equal (response, "yes"));
}

static void
unref_closure (gpointer data, GClosure *closure)
{
  dex_unref (data);
}

/**
 * stall_ask_name:
 * @parent: over what the dialog is shown
 * @heading: what is named
 * @body: (nullable): what it is for
 * @yes: the button that takes the name, with a mnemonic
 *
 * Returns: (transfer full): a future of the name as string; rejected with %G_IO_ERROR_CANCELLED
 * when none was given
 */
DexFuture *
stall_ask_name (GtkWidget *parent, const char *heading, const char *body, const char *yes)
{
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (heading, body));
  GtkWidget *entry = gtk_entry_new ();
  DexPromise *promise = dex_promise_new ();

  adw_alert_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "add", yes, NULL);
  adw_alert_dialog_set_default_response (dialog, "add");
  adw_alert_dialog_set_close_response (dialog, "cancel");
  adw_alert_dialog_set_response_appearance (dialog, "add", ADW_RESPONSE_SUGGESTED);
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, heading,
                                  -1);
  adw_alert_dialog_set_extra_child (dialog, entry);
  g_signal_connect_data (dialog, "response", G_CALLBACK (named_cb), dex_ref (promise),
                         unref_closure, G_CONNECT_DEFAULT);
  adw_dialog_present (ADW_DIALOG (dialog), parent);
  /* Only now: on its way onto the screen the dialog gives the focus to its default button. */
  gtk_widget_grab_focus (entry);
  return DEX_FUTURE (promise);
}

static DexFuture *
ask (GtkWidget *parent,
     const char *heading,
     const char *body,
     const char *yes,
     AdwResponseAppearance appearance)
{
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (heading, body));
  DexPromise *promise = dex_promise_new ();

  adw_alert_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "yes", yes, NULL);
  adw_alert_dialog_set_default_response (dialog,
                                         appearance == ADW_RESPONSE_SUGGESTED ? "yes" : "cancel");
  adw_alert_dialog_set_close_response (dialog, "cancel");
  adw_alert_dialog_set_response_appearance (dialog, "yes", appearance);
  g_signal_connect_data (dialog, "response", G_CALLBACK (answered_cb), dex_ref (promise),
                         unref_closure, G_CONNECT_DEFAULT);
  adw_dialog_present (ADW_DIALOG (dialog), parent);
  return DEX_FUTURE (promise);
}

/**
 * stall_ask_sure:
 * @parent: over what the dialog is shown
 * @heading: the question
 * @body: (nullable): what would be lost
 * @yes: the button that does it, with a mnemonic
 *
 * For what cannot be undone only.
 *
 * Returns: (transfer full): a future of a boolean
 */
DexFuture *
stall_ask_sure (GtkWidget *parent, const char *heading, const char *body, const char *yes)
{
  return ask (parent, heading, body, yes, ADW_RESPONSE_DESTRUCTIVE);
}

/**
 * stall_ask_go:
 * @parent: over what the dialog is shown
 * @heading: the question
 * @body: (nullable): what will be so from then on
 * @yes: the button that does it, with a mnemonic
 *
 * For what is wanted, destroys nothing, and cannot be undone.
 *
 * Returns: (transfer full): a future of a boolean
 */
DexFuture *
stall_ask_go (GtkWidget *parent, const char *heading, const char *body, const char *yes)
{
  return ask (parent, heading, body, yes, ADW_RESPONSE_SUGGESTED);
}
