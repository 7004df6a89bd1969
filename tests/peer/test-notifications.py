#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What happens on the platform while the owner looks elsewhere reaches them as a notification that leads there."""

import os
import queue
import re
import sys
import unittest
from datetime import datetime, timedelta, timezone
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / 'e2e'))

from notifications import Notifications
from peers import ADMIN, Server
from stall import StallTest

from drive import Role, wait

PATIENCE = 60


def stamp(hours=0):
    """A moment so many hours from now, as documents say it."""
    return (datetime.now(timezone.utc) + timedelta(hours=hours)).strftime('%Y-%m-%dT%H:%M:%S.000Z')


def order(number, **more):
    """A new order of the market, as the platform would write it."""
    price = {'amount': 8800, 'currency': 'CNY'}
    return {
        'kind': 'order', 'v': 1, 'made_at': stamp(), 'device': 'platform', 'number': number, 'source': {'kind': 'feed'},
        'currency': 'CNY', 'placed_at': stamp(), 'lines': [{'title': 'Gardenia Scarf', 'quantity': 1, 'price': price}],
        'totals': {'goods': price, 'charges': {'amount': 0, 'currency': 'CNY'}, 'total': price}, **more,
    }  # fmt: skip


class NotificationTest(StallTest):
    SAMPLE = False

    def setUp(self):
        super().setUp()
        self.server = Server()
        self.addCleanup(self.server.stop)
        self.server.add_database('stall')
        self.notifications = Notifications()
        self.addCleanup(self.notifications.stop)
        self.environment |= {
            'SECRET_BACKEND': 'file',
            'SECRET_FILE_TEST_PATH': str(self.data / 'test.keyring'),
            'SECRET_FILE_TEST_PASSWORD': 'test',
        }

    def put(self, identity, body):
        self.assertEqual(self.server.ask('PUT', f'/stall/{identity}', body)[0], 201)

    def begin(self, program):
        """A stall of the owner's own, connected."""
        program.find(name='Start Empty').point()
        start = program.find(Role.BUTTON, 'Start')
        program.find_entry().write('浅春小铺')
        wait('a name to be enough', lambda: start.has('sensitive'))
        start.click()
        program.find(Role.BUTTON, 'Not connected')
        program.act_anywhere('win.connect')
        program.find(Role.DIALOG, 'Platform')
        for title, text in (('Address', f'{self.server.url}/stall'), ('User', ADMIN[0]), ('Password', ADMIN[1])):
            program.find(Role.LIST_ITEM, re.compile(f'^{title}')).find_entry().write(text)
        program.find(Role.BUTTON, 'Connect').click()
        program.find(Role.BUTTON, 'Go On Working', patience=PATIENCE).click()
        program.gone(Role.DIALOG)
        program.find(Role.BUTTON, 'All sent', patience=PATIENCE)

    def test_orders(self):
        program = self.open()
        self.begin(program)

        self.put('order:a', order('M-1001'))
        told = self.notifications.next(PATIENCE)
        self.assertEqual((told['title'], told['body']), ('New Order M-1001', 'Gardenia Scarf'))
        self.notifications.click(told)
        program.find_text('M-1001', patience=PATIENCE)
        program.find(Role.BUTTON, 'Back')

        # One that is due soon is told of with it, and once a day.
        self.put('order:b', order('M-1002', ship_by=stamp(6)))
        titles = {self.notifications.next(PATIENCE)['title'] for _ in range(2)}
        self.assertEqual(titles, {'New Order M-1002', '1 Order to Ship by Tomorrow'})

        # What is old is no news, and what the owner writes down here is none either.
        self.put('order:c', order('M-0001', placed_at=stamp(-30 * 24)))
        self.put('order:d', order('M-1003'))
        self.assertEqual(self.notifications.next(PATIENCE)['title'], 'New Order M-1003')
        self.close()

    def test_poll(self):
        program = self.open()
        self.begin(program)
        self.put('poll:a', {
            'kind': 'poll', 'v': 1, 'made_at': stamp(), 'device': 'platform', 'question': 'Lilac or plum?', 'hidden': False,
            'options': [{'id': 'lilac', 'label': 'Lilac'}, {'id': 'plum', 'label': 'Plum'}],
            'opens_at': stamp(-1), 'closes_at': stamp(10 / 3600),
        })  # fmt: skip
        told = self.notifications.next(PATIENCE)
        self.assertEqual((told['title'], told['body']), ('A Poll Has Closed', 'Lilac or plum?'))
        self.notifications.click(told)
        program.find(Role.TOGGLE_BUTTON, 'Poll Menu')
        self.close()

    def test_refused(self):
        program = self.open()
        self.begin(program)
        self.put('_design/rules', {'validate_doc_update': "function (doc) { if (doc.kind === 'product') throw {forbidden: 'No'}; }"})
        program.press('ctrl+3', 'ctrl+n')
        program.find(Role.TOGGLE_BUTTON, 'Product Menu')
        program.find_entry('Title').write('Lilac Suit')
        program.press('ctrl+s')
        told = self.notifications.next(PATIENCE)
        self.assertEqual(told['title'], 'The Platform Refused 1 Change')
        self.notifications.click(told)
        program.find_text('Refused by the Platform', patience=PATIENCE)
        self.close()

    def test_switched_off(self):
        settings = Path(os.environ['XDG_CONFIG_HOME'], 'glib-2.0', 'settings', 'keyfile')
        settings.parent.mkdir(parents=True, exist_ok=True)
        settings.write_text('[io/github/stall_app/Stall]\nnotify-orders=false\n', encoding='utf-8')
        self.addCleanup(settings.unlink)
        program = self.open()
        self.begin(program)
        self.put('order:a', order('M-1001'))
        program.press('ctrl+2')
        program.find_text('M-1001', patience=PATIENCE)
        with self.assertRaises(queue.Empty):
            self.notifications.next(2)
        self.close()


unittest.main(verbosity=2)
