#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What makes a product sell: entries of context added by hand, and the products that lack a story."""

import subprocess
import unittest

from drive import Role, containing, wait
from stall import StallTest

PRODUCTS = """\
Handle,Title,Variant SKU,Variant Price
bowl,Birch Bowl,BOWL,80.00
cup,Birch Cup,CUP,60.00
"""
LACKS_A_STORY, WHITE_BACKGROUND = 9, 10  # places in the menu


class ContextTest(StallTest):
    def setUp(self):
        super().setUp()
        products = self.data / 'products.csv'
        products.write_text(PRODUCTS, encoding='utf-8')
        self.ctl('import', 'products', products)
        self.studio = self.data / 'studio.png'
        subprocess.run(['convert', '-size', '400x400', 'xc:#fafafa', '-fill', '#604020', '-draw', 'circle 200,200 200,100', self.studio], check=True)
        self.offer_file(self.studio)

    def titles(self, program):
        """Of the products that are shown, as pictures or as a list."""
        shelves = program.all(name='Products', where=lambda node: node.role in (Role.TABLE, Role.LIST))
        item = (Role.TABLE_CELL, Role.LIST_ITEM)
        return [node.words for shelf in shelves for node in shelf.all(where=lambda node: node.role in item)]

    def narrow(self, program, place, *titles):
        program.choose('Filter', place)
        wait(
            f'only {titles}',
            lambda: len(shown := self.titles(program)) == len(titles) and all(any(title in words for words in shown) for title in titles),
        )

    def open_product(self, program, title):
        program.press('ctrl+f')
        program.find_entry().write(title)
        wait('one product', lambda: len(self.titles(program)) == 1)
        program.press('Return')
        program.find(Role.BUTTON, 'Add “Buyer’s Pick”')

    def add(self, program, kind, words='', who='', link='', picture=False):
        program.find(Role.BUTTON, f'Add “{kind}”').click()
        dialog = program.find(Role.DIALOG)
        done = dialog.find(Role.BUTTON, 'Done')
        self.assertFalse(done.has('sensitive'))  # there is nothing to keep
        for name, text in (('Words', words), ('Who Says It', who), ('Link', link)):
            if text:
                dialog.find_entry(name).write(text)
        if picture:
            dialog.find(Role.BUTTON, 'Choose…').click()
        done.click()
        program.gone(Role.DIALOG)

    def test_add(self):
        program = self.open_at('Inventory')
        self.open_product(program, 'cup')
        program.find_text('4 of 4 are missing')
        self.add(program, 'Buyer’s Pick', 'It does not burn the hand', 'Yun', 'https://example.org/yun')
        self.add(program, 'Customer’s Share', picture=True)
        self.add(program, 'Community Trend', link='https://example.org/light-spring')
        program.find_text('1 of 4 is missing')
        self.add(program, 'Owner’s Story', 'Turned from one branch')
        program.gone(name='1 of 4 is missing')
        program.press('ctrl+z')
        program.find_text('1 of 4 is missing')
        self.close()
        self.assertEqual(self.ctl('check'), {'differences': []})

    def test_filters(self):
        """A product without a word lacks a story until it has one; a cover on white paper is told from one on a table."""
        program = self.open_at('Inventory')
        self.narrow(program, WHITE_BACKGROUND)
        self.narrow(program, LACKS_A_STORY, 'Birch Bowl', 'Birch Cup')
        program.find(where=lambda node: node.role in (Role.TABLE_CELL, Role.LIST_ITEM) and 'Birch Cup' in node.words).point()
        program.act_anywhere('pictures.add')
        program.find(Role.TOGGLE_BUTTON, 'Cover')
        self.add(program, 'Owner’s Story', 'Turned from one branch')
        program.press('alt+Left')
        self.narrow(program, LACKS_A_STORY, 'Birch Bowl')
        self.narrow(program, WHITE_BACKGROUND, 'Birch Cup')
        self.close()


unittest.main(verbosity=2)
