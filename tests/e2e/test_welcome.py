#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The first minutes: a person who has no stall yet."""

import unittest

from drive import Role, wait
from stall import StallTest


class WelcomeTest(StallTest):
    SAMPLE = False

    def test_sample_stall(self):
        program = self.open()
        program.find(name='Open the Sample Stall').point()
        program.find_text('This is the sample stall', patience=60)
        program.find(Role.LIST_ITEM, 'Inventory')
        self.assertEqual(program.nameless(), [])
        self.close()

        program = self.open()  # what was chosen is remembered
        program.find_text('This is the sample stall')
        program.find(Role.BUTTON, 'Start Your Own').click()
        program.find_text('Welcome to Stall')
        self.close()

    def test_start_empty(self):
        program = self.open()
        program.find(name='Start Empty').point()
        start = program.find(Role.BUTTON, 'Start')
        self.assertFalse(start.has('sensitive'))
        program.find_entry().write('浅春小铺')
        wait('a name to be enough', lambda: start.has('sensitive'))
        start.click()
        program.find(Role.FRAME, '浅春小铺')
        program.press('ctrl+3')
        program.find_text('No Products Yet')
        program.press('ctrl+2')
        program.find_text('No Orders Yet')
        self.close()
        self.assertEqual(self.ctl('show', 'stall:profile')['name'], '浅春小铺')


unittest.main(verbosity=2)
