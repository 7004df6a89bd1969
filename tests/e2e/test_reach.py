#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""By keyboard and by ear: everything that can have the focus has a name, the Tab key leads there, Escape leads back."""

import unittest

from drive import Role, wait
from stall import StallTest


SECTIONS = ('Today', 'Orders', 'Inventory', 'Notes', 'Votes')


class ReachTest(StallTest):
    def hear(self, program, where):
        """Whatever a screen reader stops at has a name."""
        with self.subTest(where=where):
            self.assertEqual(program.nameless(), [])

    def go(self, section):
        """Opens the window and goes to any of its sections."""
        program = self.open('--stall', str(self.folder))
        program.find(Role.LIST, 'Sections')
        program.press(f'ctrl+{1 + SECTIONS.index(section)}')
        program.find(Role.LIST_ITEM, section, lambda node: node.has('selected'))
        return program

    def reach(self, program, role, name):
        """Walks there with the Tab key; list after list is one step each."""
        if program.sees(role, name, lambda node: node.has('focused')):
            return
        for _ in range(200):
            node = program.step()
            if (node.role, node.name) == (role, name):
                return
        self.fail(f'the Tab key does not lead to {name!r}')

    def leave(self, program, where):
        """Hears a dialog out and leaves it by Escape."""
        dialog = program.find(where=self.is_dialog)
        wait('the focus in the dialog', lambda: list(dialog.all(where=lambda node: node.has('focused'))))
        self.hear(program, where)
        program.press('Escape')
        program.gone(where=self.is_dialog)

    @staticmethod
    def is_dialog(node):
        return node.role in (Role.DIALOG, Role.ALERT)

    def first(self, program, listing):
        """Opens the first thing of a list by keyboard."""
        things = program.find(None, listing, lambda node: node.role in (Role.LIST, Role.TABLE))
        wait('things', lambda: list(things.all(Role.LIST_ITEM)) or list(things.all(Role.TABLE_CELL)))
        for _ in range(30):
            if list(things.all(where=lambda node: node.has('focused') and node.role in (Role.LIST_ITEM, Role.TABLE_CELL))):
                break
            program.press('Tab')
        program.press('Return')

    def test_sections_and_dialogs_of_the_window(self):
        program = self.go('Votes')
        for key, section in enumerate(SECTIONS, start=1):
            program.press(f'ctrl+{key}')
            program.find(Role.LIST_ITEM, section, lambda node: node.has('selected'))
            self.hear(program, section)
        for keys in ('ctrl+comma', 'ctrl+question'):
            program.press(keys)
            self.leave(program, keys)
        program.act_anywhere('win.about')
        self.leave(program, 'About')
        self.close()

    def test_inventory(self):
        program = self.go('Inventory')
        for action, sign in (('page.count', 'Start Count'), ('page.board', 'Style Funnel'), ('page.edit-many', 'Edit Stock and Prices')):
            program.act_anywhere(action)
            program.find(None, sign)
            self.hear(program, action)
            program.find(Role.BUTTON, 'Back').click()
            program.find(None, 'Products')
        program.act_anywhere('page.print-labels')
        self.leave(program, 'Print Labels')
        program.act_anywhere('page.selecting')
        program.act_anywhere('page.select-all')
        program.act_anywhere('selection.tag')
        self.leave(program, 'Add a Tag')
        self.hear(program, 'selecting')
        self.close()

    def test_count(self):
        program = self.go('Inventory')
        program.act_anywhere('page.count')
        self.reach(program, Role.BUTTON, 'Start Count')
        program.press('Return')
        program.find_text('Ready to Scan')
        for code in ('TM-90', 'NOBODYS'):
            program.scan(code)
        program.find(Role.LIST, 'Unknown codes')
        program.find(Role.LIST, 'Counted')
        self.hear(program, 'a count')
        for button in ('Assign…', 'Find…'):
            self.reach(program, Role.BUTTON, button)
            program.press('Return')
            self.leave(program, button)
        self.close()

    def test_product(self):
        program = self.go('Inventory')
        self.first(program, 'Products')
        program.find(Role.LIST, 'Variants')
        self.hear(program, 'a product')
        for button in ('Add Variants…', 'Add Attribute…', 'Add Who Tried It On…', 'Add Part…'):
            self.reach(program, Role.BUTTON, button)
            program.press('Return')
            self.leave(program, button)
        self.reach(program, Role.LIST_ITEM, 'The only variant')
        program.press('Return')
        program.find(Role.LIST_ITEM, 'Stock History')
        self.hear(program, 'a variant')
        self.reach(program, Role.LIST_ITEM, 'Stock History')
        program.press('Return')
        self.leave(program, 'Stock History')
        self.close()

    def test_orders(self):
        program = self.go('Orders')
        program.press('ctrl+n')
        self.leave(program, 'a new order')
        self.first(program, 'Orders')
        program.find(Role.BUTTON, 'Back')
        self.hear(program, 'an order')
        self.close()

    def test_notes_and_votes(self):
        for section, listing in (('Notes', 'Notes'), ('Votes', 'Polls')):
            program = self.go(section)
            self.first(program, listing)
            program.find(Role.BUTTON, 'Back')
            self.hear(program, listing)
            self.close()


unittest.main(verbosity=2)
