/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "stall-ui"

#include "config.h"

#include "stall-shortcuts.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  const char *title;
  const char *keys; /* accelerators, with spaces between those that do the same */
} Shortcut;

static const Shortcut everywhere[] = {
  { N_ ("Find"), "<Control>f" },         { N_ ("New order, product, note or poll"), "<Control>n" },
  { N_ ("Save at once"), "<Control>s" }, { N_ ("Undo"), "<Control>z" },
  { N_ ("Redo"), "<Shift><Control>z" },  { N_ ("Menu of what has the focus"), "<Shift>F10 Menu" },
};

static const Shortcut places[] = {
  { N_ ("Today"), "<Control>1" },     { N_ ("Orders"), "<Control>2" },
  { N_ ("Inventory"), "<Control>3" }, { N_ ("Notes"), "<Control>4" },
  { N_ ("Votes"), "<Control>5" },     { N_ ("Back"), "<Alt>Left Escape" },
};

static const Shortcut orders[] = {
  { N_ ("Print a packing slip"), "<Control>p" },
};

static const Shortcut inventory[] = {
  { N_ ("Paste pictures into a product"), "<Control>v" },
  { N_ ("Style funnel"), "<Control>b" },
  { N_ ("Move a product to the stage before"), "<Control>Left" },
  { N_ ("Move a product to the next stage"), "<Control>Right" },
};

static const Shortcut writing[] = {
  { N_ ("Bold"), "<Control>b" },         { N_ ("Italic"), "<Control>i" },
  { N_ ("Heading"), "<Control>h" },      { N_ ("List"), "<Shift><Control>l" },
  { N_ ("Quote"), "<Shift><Control>q" }, { N_ ("Picture"), "<Shift><Control>p" },
  { N_ ("Product Link"), "<Control>k" }, { N_ ("Delete a note in the list"), "Delete" },
};

static const Shortcut audience[] = {
  { N_ ("Full screen"), "F11" },
  { N_ ("Leave full screen"), "Escape" },
};

static const Shortcut program[] = {
  { N_ ("Help"), "F1" },
  { N_ ("Main menu"), "F10" },
  { N_ ("Preferences"), "<Control>comma" },
  { N_ ("Keyboard shortcuts"), "<Control>question" },
  { N_ ("Close window"), "<Control>w" },
  { N_ ("Quit"), "<Control>q" },
};

static const struct
{
  const char *title;
  const Shortcut *shortcuts;
  guint n_shortcuts;
} groups[] = {
  { N_ ("Everywhere"), everywhere, G_N_ELEMENTS (everywhere) },
  { N_ ("Going Places"), places, G_N_ELEMENTS (places) },
  { N_ ("Orders"), orders, G_N_ELEMENTS (orders) },
  { N_ ("Inventory"), inventory, G_N_ELEMENTS (inventory) },
  { N_ ("Writing a Note"), writing, G_N_ELEMENTS (writing) },
  { N_ ("Audience’s View"), audience, G_N_ELEMENTS (audience) },
  { N_ ("Program"), program, G_N_ELEMENTS (program) },
};

static GtkWidget *
new_key (const char *accelerator)
{
  GdkModifierType modifiers;
  guint key;
  g_autofree char *words = NULL;
  GtkWidget *label;

  gtk_accelerator_parse (accelerator, &key, &modifiers);
  words = gtk_accelerator_get_label (key, modifiers);
  label = gtk_label_new (words);
  gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (label, "dimmed");
  return label;
}

static GtkWidget *
new_row (const Shortcut *shortcut)
{
  GtkWidget *row = adw_action_row_new ();
  g_auto (GStrv) keys = g_strsplit (shortcut->keys, " ", -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (shortcut->title));
  for (guint i = 0; keys[i] != NULL; i++)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), new_key (keys[i]));
  return row;
}

/**
 * stall_shortcuts_present:
 * @parent: the window it stands on
 *
 * Shows every key that does something beyond what keys do in all programs.
 */
void
stall_shortcuts_present (GtkWidget *parent)
{
  AdwDialog *dialog = adw_preferences_dialog_new ();
  AdwPreferencesPage *page = ADW_PREFERENCES_PAGE (adw_preferences_page_new ());

  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    {
      AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

      adw_preferences_group_set_title (group, _ (groups[i].title));
      for (guint j = 0; j < groups[i].n_shortcuts; j++)
        adw_preferences_group_add (group, new_row (&groups[i].shortcuts[j]));
      adw_preferences_page_add (page, group);
    }
  adw_dialog_set_title (dialog, _ ("Keyboard Shortcuts"));
  adw_preferences_dialog_set_search_enabled (ADW_PREFERENCES_DIALOG (dialog), FALSE);
  adw_preferences_dialog_add (ADW_PREFERENCES_DIALOG (dialog), page);
  adw_dialog_present (dialog, parent);
}
