#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Stall goes on with no window when the desktop allows it, and the desktop starts it after the next sign-in."""

import os
import unittest
from pathlib import Path

from sandbox import FOLDER, ID, SandboxTest, flatpak

from drive import Role, wait

PATIENCE = 60


class BackgroundTest(SandboxTest):
    def test_background(self):
        autostart = Path(os.environ['HOME'], '.config', 'autostart', f'{ID}.desktop')
        autostart.unlink(missing_ok=True)
        program = self.open()
        self.start_empty(program)
        program.act_anywhere('win.preferences')
        dialog = program.find(Role.DIALOG, 'Preferences')
        dialog.find(Role.PAGE_TAB, 'Work').click()
        switch = dialog.find(name='Sync in the Background', where=lambda node: 'toggle' in node.actions)
        switch.act('toggle')
        wait('the desktop to know', autostart.exists, PATIENCE)
        self.assertIn('--background', autostart.read_text(encoding='utf-8'))
        settings = FOLDER / 'config' / 'glib-2.0' / 'settings' / 'keyfile'
        wait('the choice to be kept', lambda: 'background=true' in settings.read_text(encoding='utf-8'), PATIENCE)

        program.press('Escape')
        program.gone(Role.DIALOG)
        program.act_anywhere('window.close')
        program.gone(Role.LIST, 'Sections')
        self.assertIsNone(program.process.poll())
        flatpak('run', ID)
        program.find(Role.LIST, 'Sections')
        program.press('ctrl+q')
        self.assertEqual(program.process.wait(PATIENCE), 0)


unittest.main(verbosity=2)
