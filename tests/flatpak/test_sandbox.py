#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The sandbox holds: nothing of the computer can be read, nothing of the program written, and data stays where it is."""

import configparser
import os
import unittest
from pathlib import Path

from sandbox import FOLDER, ID, SandboxTest, flatpak, inside

from drive import Role

PERMISSIONS = {
    'shared': {'network', 'ipc'},
    'sockets': {'x11', 'wayland', 'fallback-x11'},  # flatpak lists x11 beside fallback-x11
    'devices': {'dri'},
}


class SandboxHoldsTest(SandboxTest):
    def test_permissions(self):
        metadata = configparser.ConfigParser(interpolation=None)
        metadata.optionxform = str
        metadata.read_string(flatpak('info', '--show-metadata', ID))
        granted = {key: set(filter(None, value.split(';'))) for key, value in metadata['Context'].items()}
        self.assertEqual(granted, PERMISSIONS)
        self.assertFalse([name for name in metadata.sections() if name.endswith('Policy')])

    def test_reads_nothing_of_the_computer(self):
        secret = Path(os.environ['HOME'], 'secret.txt')
        secret.write_text('mine\n', encoding='utf-8')
        self.addCleanup(secret.unlink)
        for path in (secret, Path('/src/README.md'), Path('/etc/shadow'), *Path('/stand').iterdir()):
            if path in FOLDER.parents:
                continue
            status, words = inside(f'ls -d {path}')
            self.assertNotEqual(status, 0, f'{path} is seen: {words}')
        # The way to its own folder is there, and no file beside it.
        self.assertEqual(inside(f'find {os.environ["HOME"]} -path {FOLDER} -prune -o -type f -print'), (0, ''))

    def test_programs_are_read_only(self):
        for place in ('/usr', '/usr/bin', '/app', '/app/bin', '/app/share'):
            status, words = inside(f'touch {place}/mine')
            self.assertNotEqual(status, 0)
            self.assertIn('Read-only file system', words)

    def test_rights(self):
        words = inside('grep -E "^(CapEff|NoNewPrivs)" /proc/self/status')[1].split()
        self.assertEqual(words, ['CapEff:', '0' * 16, 'NoNewPrivs:', '1'])


class DataTest(SandboxTest):
    def test_sample_stall_and_update(self):
        program = self.open()
        program.find(name='Open the Sample Stall').point()
        program.find_text('This is the sample stall', patience=60)
        program.find(Role.LIST_ITEM, 'Inventory')
        self.assertEqual(program.nameless(), [])
        self.close()
        database = FOLDER / 'data' / 'stall-sample' / 'stall.db'
        self.assertTrue(database.exists())

        before = flatpak('info', '--show-commit', ID)
        flatpak('build-export', '/stand/applications', '/stand/built')
        flatpak('update', '--user', '--assumeyes', '--noninteractive', ID)
        self.assertNotEqual(flatpak('info', '--show-commit', ID), before)

        program = self.open()
        program.find_text('This is the sample stall')
        self.close()
        self.assertTrue(database.exists())

    def test_stallctl_works_beside(self):
        self.assertEqual(inside('stallctl sample && stallctl list products --count')[0], 0)


unittest.main(verbosity=2)
