#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Somebody else's files, through the window: look, check, import, and take it back."""

import os
import re
import unittest
from pathlib import Path

from drive import Role, containing, wait
from stall import StallTest

DATA = Path(os.environ['STALL_SOURCE'], 'tests', 'data')
ORDERS_IN_MENU = (2, 2)  # Import, then Orders; the first place of a submenu leads back


class ImportTest(StallTest):
    def count(self, kind):
        return self.ctl('list', kind, '--count')['count']

    def open_import(self, name):
        self.offer_file(DATA / name)
        program = self.open('--stall', str(self.folder))
        program.find(Role.LIST, 'Sections')
        program.choose('Main Menu', *ORDERS_IN_MENU)
        return program

    def test_online_retail(self):
        before = self.count('orders')
        program = self.open_import('online-retail-excerpt.csv')
        program.find_text('Is It Read Right?')
        program.find_text(containing('Online Retail'))
        program.find(Role.BUTTON, 'Check the File').click()
        program.find_text('What Would Be Imported')
        self.assertEqual(self.count('orders'), before)  # a dry run writes nothing
        self.assertEqual(program.nameless(), [])
        program.find(Role.BUTTON, re.compile('^Import')).click()
        # At once: a toast does not stay, and a button that goes takes its click with it.
        program.find(Role.BUTTON, 'Undo').click()
        program.find(Role.BUTTON, 'Redo')
        self.assertEqual(self.count('orders'), before)
        program.press('ctrl+shift+z')
        wait('the orders', lambda: self.count('orders') > before)
        program.press('ctrl+z')
        wait('the orders to be gone', lambda: self.count('orders') == before)
        self.close()
        self.assertEqual(self.ctl('check'), {'differences': []})

    def test_wrong_file(self):
        before = self.count('orders')
        program = self.open_import('README.md')
        program.find_text('This File Cannot Be Imported')
        self.close()
        self.assertEqual(self.count('orders'), before)


unittest.main(verbosity=2)
