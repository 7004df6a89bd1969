#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The owner connects in the window, works, loses the platform and gets it back; PouchDB Server is the platform."""

import re
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / 'e2e'))

from peers import ADMIN, Server
from stall import StallTest

from drive import Role, wait

PATIENCE = 60


class WindowTest(StallTest):
    SAMPLE = False

    def setUp(self):
        super().setUp()
        self.server = Server()
        self.addCleanup(lambda: self.server.stop())
        self.server.add_database('stall')
        scratch = tempfile.TemporaryDirectory(prefix='stall-keyring.')
        self.addCleanup(scratch.cleanup)
        self.environment |= {
            'SECRET_BACKEND': 'file',
            'SECRET_FILE_TEST_PATH': str(Path(scratch.name, 'test.keyring')),
            'SECRET_FILE_TEST_PASSWORD': 'test',
        }

    def header_says(self, program, words):
        program.find(Role.BUTTON, words, patience=PATIENCE)
        print(f'# the header says: {words}')

    def ids(self):
        status, answer = self.server.ask('GET', '/stall/_all_docs')
        return [row['id'] for row in answer['rows']] if status == 200 else []

    def test_owner(self):
        program = self.open('--stall', str(self.folder))
        program.find(name='Start Empty').point()
        start = program.find(Role.BUTTON, 'Start')
        program.find_entry().write('浅春小铺')
        wait('a name to be enough', lambda: start.has('sensitive'))
        start.click()
        self.header_says(program, 'Not connected')

        program.act_anywhere('win.connect')
        program.find(Role.DIALOG, 'Connect to the Platform')
        for title, text in (('Address', f'{self.server.url}/stall'), ('User', ADMIN[0]), ('Password', ADMIN[1])):
            program.find(Role.LIST_ITEM, re.compile(f'^{title}')).find_entry().write(text)
        program.find(Role.BUTTON, 'Connect').click()
        program.find(Role.BUTTON, 'Go On Working', patience=PATIENCE).click()
        program.gone(Role.DIALOG)
        self.header_says(program, 'All sent')
        self.assertIn('stall:profile', self.ids())

        body = {'kind': 'product', 'v': 1, 'title': 'Lilac Suit', 'stage': 'on_sale', 'variants': []}
        self.assertEqual(self.server.ask('PUT', '/stall/product:there', body)[0], 201)
        program.press('ctrl+3')
        program.find(Role.LIST_ITEM, 'Inventory', lambda node: node.has('selected'))
        program.find_text('Lilac Suit', patience=PATIENCE)

        self.server.process.kill()
        self.header_says(program, 'Offline')
        self.close()
        self.assertEqual(self.ctl('show', 'product:there')['title'], 'Lilac Suit')


unittest.main(verbosity=2)
