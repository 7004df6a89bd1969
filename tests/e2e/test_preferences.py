#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person sets up stays set up, and opening the dialog changes nothing."""

import os
import unittest
from pathlib import Path

from drive import Atspi, Role, wait
from stall import StallTest

SWITCHES = {
    'Work': ('Mask Contacts', 'Prices on Packing Slips', 'Keep Pictures as They Are', 'New Orders', 'Ship-By Times', 'Closed Polls', 'Refused Changes'),
    'Backups': ('Daily Backup',),
}


class PreferencesTest(StallTest):
    def open_preferences(self):
        program = self.open('--stall', str(self.folder))
        wait('the stall', lambda: 'win.preferences' in program.children[0].actions)
        program.press('ctrl+comma')
        return program.find(Role.DIALOG)

    def switches(self, dialog):
        """Turns to each page and gives its switches."""
        for page, titles in SWITCHES.items():
            dialog.find(Role.PAGE_TAB, page).click()
            for title in titles:
                yield title, dialog.find(Role.CHECK_BOX, title, lambda node: 'toggle' in node.actions)

    def test_switches_survive_a_restart(self):
        turned = {}
        for title, switch in self.switches(self.open_preferences()):
            before = switch.has('checked')
            switch.act('toggle')
            wait(f'{title} to be turned', lambda switch=switch, before=before: switch.has('checked') != before)
            turned[title] = not before
        self.close()
        seen = {title: switch.has('checked') for title, switch in self.switches(self.open_preferences())}
        self.assertEqual(seen, turned)
        self.close()

    def test_nothing_is_selected(self):
        """A key pressed by chance replaces nothing, on a phone either, where an entry has the focus."""
        settings = Path(os.environ['XDG_CONFIG_HOME'], 'glib-2.0', 'settings', 'keyfile')
        settings.parent.mkdir(parents=True, exist_ok=True)
        settings.write_text('[io/github/stall_app/Stall]\nwindow-width=360\nwindow-height=720\n', encoding='utf-8')
        self.addCleanup(settings.unlink)
        dialog = self.open_preferences()
        entry = dialog.find_entry('Craft')
        craft = entry.text
        wait('the focus', lambda: list(dialog.all(where=lambda node: node.has('focused'))))
        wait('nothing to be selected', lambda: Atspi.Text.get_n_selections(entry.accessible) == 0)
        self.program.press('x')
        wait('what was typed', lambda: entry.text == f'x{craft}')
        self.close()


unittest.main(verbosity=2)
