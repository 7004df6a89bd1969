#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the desktop asks of Stall: its search, a link, a file opened from the file manager."""

import os
import re
import subprocess
import unittest
from pathlib import Path

import gi

gi.require_version('Gio', '2.0')
from gi.repository import Gio, GLib
from stall import StallTest

from drive import Program, Role, wait

NAME = 'io.github.stall_app.Stall'
PATH = '/io/github/stall_app/Stall'
IMPORT_ORDERS_IN_MENU = (2, 2)  # the first place of a submenu leads back


class DesktopTest(StallTest):
    def call(self, method, arguments, answer=None, path=f'{PATH}/SearchProvider'):
        interface = 'org.gnome.Shell.SearchProvider2'
        reply = self.bus.call_sync(
            NAME, path, interface, method, arguments, GLib.VariantType(answer) if answer else None, 0, 30000, None
        )
        return reply.unpack()[0] if answer else None

    def search(self, *terms):
        ids = self.call('GetInitialResultSet', GLib.Variant('(as)', (terms,)), '(as)')
        return {meta['id']: (meta['name'], meta['description']) for meta in self.metas(ids)}

    def metas(self, ids):
        return self.call('GetResultMetas', GLib.Variant('(as)', (ids,)), '(aa{sv})')

    def test_search(self):
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        service = subprocess.Popen(['stall', '--gapplication-service'], env={**os.environ, **self.environment})
        self.addCleanup(service.wait)
        self.addCleanup(service.terminate)
        wait('the service', lambda: self.bus.call_sync(
            'org.freedesktop.DBus', '/', 'org.freedesktop.DBus', 'NameHasOwner', GLib.Variant('(s)', (NAME,)), None, 0, -1, None
        ).unpack()[0])  # fmt: skip

        # Nobody has to wait for it: the stall is only looked into.
        variant = next(one for one in self.ctl('list', 'variants') if one['sku'].startswith('TM-'))
        self.ctl('count', f'{variant["sku"]}=3')
        found = self.search('lilac')
        self.assertTrue(any(identity.startswith('product:') for identity in found), found)
        self.assertEqual(self.search('nothing-of-this-name'), {})

        order = self.orders()[0]
        found = self.search(order['number'])
        self.assertIn(order['id'], found)
        self.assertEqual(found[order['id']][0], f'Order {order["number"]}')
        customer = next(one['customer'] for one in self.orders() if one['customer'])
        self.assertFalse([identity for identity in self.search(customer) if identity.startswith('order:')])

    def test_link(self):
        order = self.orders()[0]
        program = self.program = Program('stall', '--stall', str(self.folder), f'stall:{order["id"]}', env=self.environment)
        program.find_text(f'Order {order["number"]}')
        self.close()
        variant = next(one for one in self.ctl('list', 'variants') if one['sku'])
        program = self.program = Program('stall', '--stall', str(self.folder), f'stall:code/{variant["sku"]}', env=self.environment)
        program.find(Role.BUTTON, 'Product Menu')
        self.close()
        program = self.program = Program('stall', '--stall', str(self.folder), 'stall:code/none', env=self.environment)
        program.find_text('Nothing in this stall has the code none.')
        self.close()

    def test_files(self):
        sheet = self.data / 'stock.csv'
        self.ctl('export', 'stock', sheet)
        program = self.program = Program('stall', '--stall', str(self.folder), str(sheet), env=self.environment)
        program.find(Role.DIALOG, 'Import')
        program.press('Escape')
        self.close()
        backup = self.data / 'mine.stall'
        self.ctl('backup', backup)
        program = self.program = Program('stall', '--stall', str(self.folder), str(backup), env=self.environment)
        program.find_text('Restore This Backup?')
        program.find(Role.BUTTON, 'Cancel').click()
        self.close()

    def write_settings(self, lines):
        settings = Path(os.environ['XDG_CONFIG_HOME'], 'glib-2.0', 'settings', 'keyfile')
        settings.parent.mkdir(parents=True, exist_ok=True)
        settings.write_text(f'[io/github/stall_app/Stall]\n{lines}\n', encoding='utf-8')
        self.addCleanup(settings.unlink)

    def test_closed_window_syncs_on(self):
        self.write_settings('background=true\nnotify-ship-by=false')
        program = self.open()
        program.find(Role.LIST, 'Sections')
        program.act_anywhere('window.close')
        program.gone(Role.LIST, 'Sections')
        self.assertIsNone(program.process.poll())
        subprocess.run(['stall', '--background'], env={**os.environ, **self.environment}, check=True)
        self.assertFalse(program.sees(Role.LIST, 'Sections'))
        subprocess.run(['stall'], env={**os.environ, **self.environment}, check=True)
        program.find(Role.LIST, 'Sections')
        program.press('ctrl+q')
        self.assertEqual(program.process.wait(30), 0)

    def ask_for_background(self, program, answer):
        program.act_anywhere('win.preferences')
        dialog = program.find(Role.DIALOG, 'Preferences')
        dialog.find(Role.PAGE_TAB, 'Work').click()
        switch = dialog.find(name='Sync in the Background', where=lambda node: 'toggle' in node.actions)
        switch.act('toggle')
        program.find(None, answer)
        wait('the switch to be off again', lambda: not switch.has('checked'))
        program.press('Escape')

    def test_desktop_without_background(self):
        program = self.open('--stall', str(self.folder))
        program.find(Role.LIST, 'Sections')
        self.ask_for_background(program, 'This desktop runs no programs in the background.')
        self.close()

    def test_declined(self):
        self.decline()
        before = self.orders()
        program = self.open('--stall', str(self.folder))
        program.find(Role.LIST, 'Sections')
        # Who closes the file dialog has changed their mind: nothing is said, and the question is still there.
        program.choose('Main Menu', *IMPORT_ORDERS_IN_MENU)
        dialog = program.find(Role.DIALOG, 'Import')
        dialog.find(Role.BUTTON, 'Choose File…').click()
        dialog.find(Role.BUTTON, 'Choose File…', lambda node: node.has('sensitive'))
        self.assertEqual(self.orders(), before)
        program.press('Escape')
        program.gone(Role.DIALOG)
        self.ask_for_background(program, 'The desktop does not allow it. Its settings of Stall can change that.')
        self.close()


unittest.main(verbosity=2)
