#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""An afternoon of packing: find an order, pack it, ship it, and change one's mind."""

import re
import unittest

from drive import Role, containing, wait
from stall import StallTest


class OrdersTest(StallTest):
    def status(self, number):
        return self.orders(number=number)[0]['status']

    def open_order(self, order):
        """Finds an order by its number, as one would with the slip in hand, and opens it."""
        program = self.open_at('Orders')
        program.find(Role.LIST, 'Orders')
        program.press('ctrl+f')
        program.find_entry().write(order['number'])
        program.find(Role.LIST_ITEM, containing(f'Order {order["number"]},')).point()
        program.find_text(containing(order['number']))
        program.find(Role.BUTTON, 'Print Packing Slip')
        return program

    def test_ship_and_undo(self):
        order = self.orders(status='to-pack')[0]
        program = self.open_order(order)
        program.find(Role.BUTTON, re.compile('^Ship')).click()
        dialog = program.find(Role.DIALOG)
        dialog.find(name=re.compile('^Tracking Number')).find_entry().write('SF1234567890')
        dialog.find(Role.BUTTON, 'Ship').click()
        program.gone(Role.DIALOG)
        program.find_text(containing('SF1234567890'))
        wait('the order to be shipped', lambda: self.status(order['number']) == 'shipped')

        program.find(Role.BUTTON, 'Undo').click()
        wait('the order to be back', lambda: self.status(order['number']) == 'to-pack')
        program.gone(name=containing('SF1234567890'))
        self.close()
        self.assertEqual(self.ctl('check'), {'differences': []})

    def test_pack_and_keys(self):
        order = self.orders(status='to-pack')[0]
        program = self.open_order(order)
        program.find(Role.BUTTON, 'Mark as Packed').click()
        wait('the order to be packed', lambda: self.status(order['number']) == 'packed')
        program.press('ctrl+z')
        wait('the order to be unpacked', lambda: self.status(order['number']) == 'to-pack')
        program.press('ctrl+shift+z')
        wait('the order to be packed again', lambda: self.status(order['number']) == 'packed')
        self.assertEqual(program.nameless(), [])
        self.close()

    def test_refund_too_much(self):
        """Nobody gets back more than was paid, and the dialog says so."""
        order = self.orders(status='delivered', source='fair')[0]
        program = self.open_order(order)
        program.act_anywhere('order.refund')
        dialog = program.find(Role.DIALOG)
        amount = dialog.find(name=re.compile('^Amount')).find_entry()
        right = amount.text
        amount.write('99999')
        dialog.find(Role.LABEL, containing('can be refunded'))
        self.assertFalse(dialog.find(Role.BUTTON, 'Refund').has('sensitive'))
        amount.write('1,2x')
        dialog.find(Role.LABEL, containing('is not an amount of money'))
        amount.write(right)
        dialog.gone(name=containing('amount of money'))
        dialog.find(Role.BUTTON, 'Refund', lambda node: node.has('sensitive')).click()
        program.gone(Role.DIALOG)
        self.close()

    def test_quit_while_writing(self):
        order = self.orders(status='to-pack')[0]
        program = self.open_order(order)
        program.find_entry('Private Remark').write('Call before shipping')
        self.close()
        remark = self.ctl('show', order['id'].replace('order:', 'remark:'))
        self.assertEqual(remark['text'], 'Call before shipping')

    def test_search_narrows(self):
        orders = self.ctl('list', 'orders')
        program = self.open_at('Orders')
        listing = program.find(Role.LIST, 'Orders')
        program.press('ctrl+f')
        program.find_entry().write(orders[-1]['number'])
        listing = program.find(Role.LIST, 'Orders')
        wait('one order', lambda: len(list(listing.all(Role.LIST_ITEM))) == 1)
        program.find_entry().write('nobody ever ordered this')
        program.find_text('No Orders Found')
        program.press('Escape')
        program.find(Role.LIST, 'Orders')
        self.close()


unittest.main(verbosity=2)
