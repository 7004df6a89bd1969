/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-scanner.h"

#include <adwaita.h>

#define MAX_CODE 256

struct _StallScanner
{
  GObject parent_instance;

  GString *code;
  gint64 last; /* ms; when the last character came */

  GtkWidget *toplevel; /* not owned */
  GtkWidget *listened; /* not owned: the toplevel, or the dialog on it */
  GtkEventController *keys;

  /* The field that had the focus when the characters began, and what it held. */
  GWeakRef field;
  char *text;
  int position;
};

enum
{
  SIGNAL_SCANNED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StallScanner, stall_scanner, G_TYPE_OBJECT)

static void
remember_field (StallScanner *self)
{
  GtkWidget *focus = self->toplevel != NULL ? gtk_root_get_focus (GTK_ROOT (self->toplevel)) : NULL;

  g_weak_ref_set (&self->field, NULL);
  g_clear_pointer (&self->text, g_free);
  if (!GTK_IS_EDITABLE (focus))
    return;
  g_weak_ref_set (&self->field, focus);
  self->text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (focus)));
  self->position = gtk_editable_get_position (GTK_EDITABLE (focus));
}

static void
give_back_field (StallScanner *self)
{
  g_autoptr (GtkWidget) field = g_weak_ref_get (&self->field);

  if (field == NULL || self->text == NULL)
    return;
  gtk_editable_set_text (GTK_EDITABLE (field), self->text);
  gtk_editable_set_position (GTK_EDITABLE (field), self->position);
}

static gboolean
is_modifier (guint keyval)
{
  return (keyval >= GDK_KEY_Shift_L && keyval <= GDK_KEY_Hyper_R)
         || keyval == GDK_KEY_ISO_Level3_Shift || keyval == GDK_KEY_Num_Lock;
}

static gboolean
is_end (guint keyval)
{
  return keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter || keyval == GDK_KEY_ISO_Enter
         || keyval == GDK_KEY_Tab;
}

static gboolean
key_pressed_cb (StallScanner *self, guint keyval, guint keycode, GdkModifierType state)
{
  guint32 event_time = gtk_event_controller_get_current_event_time (self->keys);

  /* The time a key was pressed, not the time a busy program got round to it. */
  return stall_scanner_feed (
      self, keyval, state, event_time != 0 ? (gint64) event_time : g_get_monotonic_time () / 1000);
}

/* A dialog keeps the keys from the window it stands on, so they are heard there. */
static void
listen (StallScanner *self)
{
  AdwDialog *dialog
      = ADW_IS_APPLICATION_WINDOW (self->toplevel)
            ? adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self->toplevel))
            : NULL;
  GtkWidget *widget = dialog != NULL ? GTK_WIDGET (dialog) : self->toplevel;

  if (widget == self->listened)
    return;
  if (self->listened != NULL)
    gtk_widget_remove_controller (self->listened, self->keys);
  g_clear_weak_pointer (&self->listened);
  self->keys = NULL;
  g_string_truncate (self->code, 0);
  if (widget == NULL)
    return;
  self->keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_name (self->keys, "stall-scanner");
  gtk_event_controller_set_propagation_phase (self->keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (self->keys, "key-pressed", G_CALLBACK (key_pressed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (widget, self->keys);
  g_set_weak_pointer (&self->listened, widget);
}

static void
stall_scanner_dispose (GObject *object)
{
  StallScanner *self = STALL_SCANNER (object);

  stall_scanner_detach (self);

  G_OBJECT_CLASS (stall_scanner_parent_class)->dispose (object);
}

static void
stall_scanner_finalize (GObject *object)
{
  StallScanner *self = STALL_SCANNER (object);

  g_string_free (self->code, TRUE);
  g_weak_ref_clear (&self->field);
  g_free (self->text);

  G_OBJECT_CLASS (stall_scanner_parent_class)->finalize (object);
}

static void
stall_scanner_class_init (StallScannerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = stall_scanner_dispose;
  object_class->finalize = stall_scanner_finalize;

  /**
   * StallScanner::scanned:
   * @code: what was scanned
   *
   * A scan ended.
   */
  signals[SIGNAL_SCANNED] = g_signal_new ("scanned", STALL_TYPE_SCANNER, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
stall_scanner_init (StallScanner *self)
{
  self->code = g_string_new (NULL);
  g_weak_ref_init (&self->field, NULL);
}

/**
 * stall_scanner_new:
 *
 * Returns: (transfer full): a scanner that hears nothing yet
 */
StallScanner *
stall_scanner_new (void)
{
  return g_object_new (STALL_TYPE_SCANNER, NULL);
}

/**
 * stall_scanner_attach:
 * @self: a scanner
 * @toplevel: the window whose keys it hears before anybody else, and those of the dialogs on it
 */
void
stall_scanner_attach (StallScanner *self, GtkWidget *toplevel)
{
  g_return_if_fail (STALL_IS_SCANNER (self));
  g_return_if_fail (GTK_IS_ROOT (toplevel));

  if (self->toplevel == toplevel)
    return;
  stall_scanner_detach (self);
  g_set_weak_pointer (&self->toplevel, toplevel);
  if (ADW_IS_APPLICATION_WINDOW (toplevel))
    g_signal_connect_object (toplevel, "notify::visible-dialog", G_CALLBACK (listen), self,
                             G_CONNECT_SWAPPED);
  listen (self);
}

/**
 * stall_scanner_detach:
 * @self: a scanner
 *
 * Hears no more.
 */
void
stall_scanner_detach (StallScanner *self)
{
  g_return_if_fail (STALL_IS_SCANNER (self));

  if (self->toplevel != NULL)
    g_signal_handlers_disconnect_by_func (self->toplevel, listen, self);
  g_clear_weak_pointer (&self->toplevel);
  listen (self);
}

/**
 * stall_scanner_feed:
 * @self: a scanner
 * @keyval: the key that was pressed
 * @state: the modifiers held
 * @time: when, in milliseconds of any clock
 *
 * Hears one key.
 *
 * Returns: %TRUE when the key ended a scan and must go no further
 */
gboolean
stall_scanner_feed (StallScanner *self, guint keyval, GdkModifierType state, gint64 time)
{
  gunichar character = gdk_keyval_to_unicode (keyval);
  gboolean in_time = time - self->last <= STALL_SCAN_GAP;

  g_return_val_if_fail (STALL_IS_SCANNER (self), FALSE);

  if (is_modifier (keyval))
    return FALSE;
  if (is_end (keyval))
    {
      g_autofree char *code = g_strdup (self->code->str);
      gboolean scanned = in_time && g_utf8_strlen (code, -1) >= STALL_SCAN_MIN;

      g_string_truncate (self->code, 0);
      if (!scanned)
        return FALSE;
      give_back_field (self);
      g_signal_emit (self, signals[SIGNAL_SCANNED], 0, code);
      return TRUE;
    }
  if (!g_unichar_isprint (character)
      || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0)
    {
      g_string_truncate (self->code, 0);
      return FALSE;
    }
  if (!in_time || self->code->len >= MAX_CODE)
    g_string_truncate (self->code, 0);
  if (self->code->len == 0)
    remember_field (self);
  g_string_append_unichar (self->code, character);
  self->last = time;
  return FALSE;
}
