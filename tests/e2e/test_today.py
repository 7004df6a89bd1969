#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every figure of Today leads to the list that it sums, and the list adds up to it."""

import re
import unittest

from drive import Role, containing, wait
from stall import StallTest

ORDERS = """\
Name,Created at,Paid at,Financial Status,Currency,Total,Lineitem quantity,Lineitem name,Lineitem price
#F1,{day},{day},paid,USD,20.00,1,Parcel abroad,20.00
"""


class TodayTest(StallTest):
    def setUp(self):
        super().setUp()
        # Money of another currency, which is in no sum.
        day = max(order['placed_at'] for order in self.ctl('list', 'orders'))
        orders = self.data / 'orders.csv'
        orders.write_text(ORDERS.format(day=day), encoding='utf-8')
        self.ctl('import', 'orders', orders)

    def back(self):
        self.program.press('ctrl+1')
        self.program.find(Role.BUTTON, where=lambda node: 'Last 30 Days' in node.words)

    def rows(self, name, role=Role.LIST_ITEM):
        """The rows of a list, once it has any."""

        def found():
            lists = self.program.all(name=name, where=lambda node: node.role in (Role.LIST, Role.TABLE))
            return next((rows for listing in lists if (rows := [row.words for row in listing.all(role)])), None)

        return wait(f'rows of {name}', found)

    def test_takings(self):
        program = self.open_at('Today')
        for title in ('Taken Today', 'Last 7 Days', 'Last 30 Days'):
            with self.subTest(title=title):
                self.back()
                figure = program.find(Role.BUTTON, where=lambda node, title=title: title in node.words)
                amount = re.search('¥[0-9,.]+', figure.words)[0]
                figure.click()
                program.find_text(containing(f'{amount} taken'))
        program.find_text(containing('1 in another currency'))
        self.close()

    def test_sources_add_up(self):
        program = self.open_at('Today')
        self.back()
        month = program.find(Role.BUTTON, where=lambda node: 'Last 30 Days' in node.words)
        money = re.compile('[−-]?¥([0-9,.]+)')

        def rows():
            """Of the sources: no other row has a share and an amount."""
            share = re.compile(r'^(\w[\w ]*?) [0-9]+\s% (¥[0-9,.]+)')
            return {found[1]: found[2] for row in program.all(Role.LIST_ITEM) if (found := share.match(row.words))}

        sources = wait('the sources', rows)
        self.assertGreaterEqual(len(sources), 5)
        cents = [round(100 * float(money.search(text)[1].replace(',', ''))) for text in (month.words, *sources.values())]
        self.assertEqual(cents[0], sum(cents[1:]))
        for source, amount in sources.items():
            with self.subTest(source=source):
                self.back()
                program.find(Role.LIST_ITEM, where=lambda node, source=source: node.words.startswith(f'{source} ') and '%' in node.words).reveal().point()
                program.find_text(containing(f'{amount} taken'))
        self.close()


    def test_counts_and_rows(self):
        program = self.open_at('Today')
        self.back()
        due = program.find(Role.BUTTON, re.compile('^[0-9]+ Orders?$'))
        wanted = int(due.name.split()[0])
        due.click()
        wait('the orders due', lambda: len(self.rows('Orders')) == wanted)
        program.find_text(containing(f'{wanted} order'))

        self.back()
        low = program.find(Role.BUTTON, re.compile('^[0-9]+ Products?$'))
        wanted = int(low.name.split()[0])
        low.click()
        wait('the products', lambda: len(self.products()) == wanted)

        self.back()
        polls = program.find(Role.BUTTON, re.compile('^[0-9]+ Polls?$'))
        wanted = int(polls.name.split()[0])
        polls.click()
        wait('the polls', lambda: len(self.rows('Polls')) == wanted)
        self.close()

    def products(self):
        items = (Role.LIST_ITEM, Role.TABLE_CELL)
        shelf = self.program.find(name='Products', where=lambda node: node.role in (Role.LIST, Role.TABLE))
        return list(shelf.all(where=lambda node: node.role in items))

    def test_activity(self):
        """What one did a moment ago is a click away."""
        order = self.orders(status='to-pack')[0]
        program = self.open_at('Orders')
        program.find(Role.LIST, 'Orders').find(Role.LIST_ITEM, containing(f'Order {order["number"]},')).point()
        program.find(Role.BUTTON, 'Mark as Packed').click()
        wait('it to be packed', lambda: self.orders(number=order['number'])[0]['status'] == 'packed')
        self.back()
        row = program.find(Role.LIST_ITEM, where=lambda node: order['number'] in node.words and 'acked' in node.words)
        row.reveal().point()
        program.find(Role.BUTTON, 'Print Packing Slip')
        program.find_text(containing(order['number']))
        self.close()


unittest.main(verbosity=2)
