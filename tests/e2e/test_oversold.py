#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The same piece is sold at the fair and online: the owner reads who came first and picks who waits."""

import re
import unittest

from drive import Role, containing, wait
from stall import StallTest


class OversoldTest(StallTest):
    def oversell(self):
        """Counts a variant that two open orders want down to one piece."""
        wanted = {}
        for order in self.orders(status='to-pack'):
            for line in self.ctl('show', order['id'])['lines']:
                wanted.setdefault(line['variant'], []).append(order['number'])
        variant = next(variant for variant, orders in wanted.items() if len(orders) == 2)
        row = next(row for row in self.ctl('list', 'variants') if row['id'] == variant)
        self.ctl('count', f'{row["sku"]}={row["reserved"] - 1}')
        return variant, wanted[variant]

    def short(self, variant):
        return [claim['number'] for claim in self.ctl('oversold', 'list') if claim['variant'] == variant]

    @staticmethod
    def find_claim(program, number):
        return program.find(Role.LIST_ITEM, re.compile(f'^{number} ·'))

    def test_who_waits(self):
        variant, orders = self.oversell()
        program = self.open_at('Today')
        program.find(Role.BUTTON, 'Pick Who Waits').click()
        self.assertEqual(sorted(self.short(variant)), sorted(orders))
        last = self.short(variant)[-1]
        self.find_claim(program, last).find(Role.BUTTON, 'Let Wait').click()
        program.find_text('Nothing Left to Decide')
        wait('one order to wait', lambda: [order['number'] for order in self.ctl('list', 'orders') if order['waits']] == [last])
        self.assertEqual(self.short(variant), [])
        self.assertEqual(program.nameless(), [])

        program.press('ctrl+z')
        self.find_claim(program, last)
        program.press('ctrl+shift+z')
        program.find(Role.BUTTON, 'Show Orders That Wait').click()
        program.find(Role.LIST_ITEM, containing(f'Order {last},')).point()
        program.find(Role.BUTTON, 'Stop Waiting').click()
        program.find_text(re.compile('^No longer waits'))
        wait('it to be short again', lambda: last in self.short(variant))
        self.close()
        self.assertEqual(self.ctl('check'), {'differences': []})


unittest.main(verbosity=2)
