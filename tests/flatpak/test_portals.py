#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What Stall asks of the desktop through portals, and what it says where the network is not there."""

import re
import subprocess
import unittest
from datetime import datetime, timezone

from sandbox import FOLDER, SandboxTest

from drive import Role
from notifications import Notifications
from peers import ADMIN, Server, modules

PATIENCE = 60
modules()  # without the peers all of this is skipped


def new_order(number):
    """An order as the platform would write it."""
    now = datetime.now(timezone.utc).strftime('%Y-%m-%dT%H:%M:%S.000Z')
    price = {'amount': 8800, 'currency': 'CNY'}
    return {
        'kind': 'order', 'v': 1, 'made_at': now, 'device': 'platform', 'number': number, 'source': {'kind': 'feed'},
        'currency': 'CNY', 'placed_at': now, 'lines': [{'title': 'Gardenia Scarf', 'quantity': 1, 'price': price}],
        'totals': {'goods': price, 'charges': {'amount': 0, 'currency': 'CNY'}, 'total': price},
    }  # fmt: skip



class PlatformTest(SandboxTest):
    """PouchDB Server outside of the sandbox is the platform."""

    def setUp(self):
        super().setUp()
        self.server = Server()
        self.addCleanup(self.server.stop)
        self.server.add_database('stall')

    def header_says(self, program, words):
        program.find(Role.BUTTON, words, patience=PATIENCE)

    def connect(self, program):
        program.act_anywhere('win.connect')
        program.find(Role.DIALOG, 'Platform')
        for title, text in (('Address', f'{self.server.url}/stall'), ('User', ADMIN[0]), ('Password', ADMIN[1])):
            program.find(Role.LIST_ITEM, re.compile(f'^{title}')).find_entry().write(text)
        program.find(Role.BUTTON, 'Connect').click()
        program.find(Role.BUTTON, 'Go On Working', patience=PATIENCE).click()
        program.gone(Role.DIALOG)

    def test_password_is_kept_through_the_secret_portal(self):
        program = self.open()
        self.start_empty(program)
        self.connect(program)
        self.header_says(program, 'All sent')
        self.close()
        # libsecret keeps it in the program’s folder, closed with a key that only the portal gives.
        keyring = FOLDER / 'data' / 'keyrings' / 'default.keyring'
        self.assertTrue(keyring.exists())
        self.assertNotIn(ADMIN[1].encode(), keyring.read_bytes())
        outside = subprocess.run(['secret-tool', 'search', '--all', 'user', ADMIN[0]], capture_output=True, text=True, check=False)
        self.assertNotIn(ADMIN[1], outside.stdout)

        program = self.open()  # nobody is asked again
        self.header_says(program, 'All sent')
        self.close()

    def test_without_network(self):
        program = self.open()
        self.start_empty(program)
        self.connect(program)
        self.header_says(program, 'All sent')
        self.close()

        program = self.open('--unshare=network')
        self.header_says(program, 'Offline')
        program.act_anywhere('win.sync')
        program.find_text(re.compile('Stall tries again by itself; everything else works'))
        self.close()

        self.server.process.kill()
        program = self.open()
        self.header_says(program, 'Offline')
        self.close()

    def test_notification(self):
        notifications = Notifications()
        self.addCleanup(notifications.stop)
        program = self.open()
        self.start_empty(program)
        self.connect(program)
        self.header_says(program, 'All sent')
        self.assertEqual(self.server.ask('PUT', '/stall/order:a', new_order('M-1001'))[0], 201)
        told = notifications.next(PATIENCE)
        self.assertEqual((told['title'], told['body']), ('New Order M-1001', 'Gardenia Scarf'))
        notifications.click(told)
        program.find_text('M-1001', patience=PATIENCE)
        self.close()


unittest.main(verbosity=2)
