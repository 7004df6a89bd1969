#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Among the shelves: find things in either script, edit them, count them with a scanner."""

import subprocess
import unittest

from drive import Role, containing, wait
from stall import StallTest, animate

PRODUCTS = """\
Handle,Title,Variant SKU,Variant Barcode,Option1 Name,Option1 Value,Variant Price,Variant Inventory Qty
suit,丁香紫西装,QX-M,2000000000015,尺码,M,800.00,4
suit,,QX-L,2000000000022,尺码,L,800.00,2
teapot,Réglisse Teapot,TEAPOT,,,,120.00,7
"""


class InventoryTest(StallTest):
    def setUp(self):
        super().setUp()
        products = self.data / 'products.csv'
        products.write_text(PRODUCTS, encoding='utf-8')
        self.ctl('import', 'products', products)

    def stock(self, sku):
        return next(row['on_hand'] for row in self.ctl('list', 'variants') if row['sku'] == sku)

    def items(self, program):
        """The products that are shown, as pictures or as a list."""
        shelf = program.find(name='Products', where=lambda node: node.role in (Role.TABLE, Role.LIST))
        return list(shelf.all(where=lambda node: node.role in (Role.TABLE_CELL, Role.LIST_ITEM)))

    def titles(self, program):
        return [item.words for item in self.items(program)]

    def search(self, program, words):
        if not program.sees(where=lambda node: node.editable):
            program.press('ctrl+f')
        program.find_entry().write(words)

    def test_search(self):
        program = self.open_at('Inventory')
        for words, found in (('紫西', '丁香紫西装'), ('西装', '丁香紫西装'), ('teap', 'Réglisse Teapot'), ('reglisse', 'Réglisse Teapot'), ('qx-l', '丁香紫西装')):
            with self.subTest(words=words):
                self.search(program, words)
                wait(f'only {found}', lambda: len(titles := self.titles(program)) == 1 and found in titles[0])
        self.search(program, 'zzzz')
        program.find_text('No Products Found')
        # The key that begins a character by its code, which GTK does not survive when a barcode follows.
        program.press('ctrl+a', 'ctrl+shift+u')
        program.scan('4006381333931')
        wait('the barcode as it was typed', lambda: program.find_entry().text == '4006381333931')
        self.close()

    def open_product(self, program, title):
        self.search(program, title)
        wait('one product', lambda: len(items := self.items(program)) == 1 and items)[0].point()

    def test_edit(self):
        program = self.open_at('Inventory')
        self.open_product(program, 'teapot')
        title = program.find_entry(containing('Title'))
        wait('the product', lambda: title.text == 'Réglisse Teapot')
        title.point()
        title.write('Liquorice Teapot')
        program.press('Return')
        wait('the edit to be saved', lambda: self.ctl('list', 'products', '--search', 'liquorice'))
        program.kill()  # what was said to be saved survives

        program = self.open_at('Inventory')
        self.open_product(program, 'liquorice')
        program.find_text(containing('Liquorice Teapot'))
        program.press('ctrl+1')
        self.close()
        self.assertEqual(self.ctl('check'), {'differences': []})

    def test_paste_a_picture(self):
        """With the focus wherever it is after opening a product; the picture is named by its slot, said once."""
        self.copy_picture()
        program = self.open_at('Inventory')
        self.open_product(program, 'teapot')
        program.find_entry(containing('Title'))
        program.press('ctrl+v')
        program.find(Role.TOGGLE_BUTTON, 'Cover')
        self.close()

    def focused(self, program, role, name):
        return program.find(role, name, lambda node: node.has('focused'))

    def test_new_by_keyboard(self):
        program = self.open_at('Inventory')
        self.focused(program, Role.LIST_ITEM, 'Inventory')
        for title in ('Birch Spoon', 'Birch Bowl'):
            program.press('ctrl+n')  # on the page of a product it makes the next one
            self.focused(program, Role.TEXT, 'Title').write(title)
            wait('it to be saved', lambda: self.ctl('list', 'products', '--search', title) or program.press('Return'))
        self.close()

    def test_typing_while_the_page_slides_in(self):
        animate()
        self.addCleanup(animate, False)
        program = self.open_at('Inventory')
        self.focused(program, Role.LIST_ITEM, 'Inventory')
        for title in ('birch', 'spoon'):
            program.press('ctrl+n', *title)
            wait('all that was typed', lambda: self.focused(program, Role.TEXT, 'Title').text == title)
        self.close()

    def test_pictures_say_only_what_they_show(self):
        """A photograph of a product, or of who wears it, does not tell where it was taken."""
        plain = self.data / 'plain.jpg'
        subprocess.run(['convert', '-size', '300x200', 'gradient:#a0a0b0-#405060', plain], check=True)
        place = b'Exif\0\0II*\0\x08\0\0\0\0\0\0\0\0\0 GPS 25.69N 100.16E'
        photograph = self.data / 'photograph.jpg'
        photograph.write_bytes(b'\xff\xd8\xff\xe1' + (len(place) + 2).to_bytes(2, 'big') + place + plain.read_bytes()[2:])
        self.offer_file(photograph)
        attachments = self.folder / 'attachments'

        def kept():
            return {path for path in attachments.rglob('*') if path.is_file()}

        program = self.open_at('Inventory')
        before = kept()
        self.open_product(program, 'teapot')
        program.find(Role.BUTTON, 'Add Pictures…').click()
        ours = wait('the picture of the product', lambda: kept() - before)
        program.find(Role.BUTTON, 'Add “Customer’s Share”').click()
        dialog = program.find(Role.DIALOG)
        photograph.write_bytes(photograph.read_bytes() + b'\0')  # another picture to the stall
        dialog.find(Role.BUTTON, 'Choose…').click()
        dialog.find(Role.BUTTON, 'Done').click()
        program.gone(Role.DIALOG)
        self.close()
        after = kept() - before
        self.assertGreaterEqual(after, ours)
        self.assertEqual([path for path in after if b'GPS 25.69N' in path.read_bytes()], [])

    def test_adjust_by_keyboard(self):
        program = self.open_at('Inventory')
        self.open_product(program, 'teapot')
        program.find(Role.LIST, 'Variants').find(Role.LIST_ITEM, 'The only variant').point()
        program.find(Role.BUTTON, 'Adjust…').click()
        self.focused(program, Role.SPIN_BUTTON, 'Pieces')
        program.press('ctrl+a', '5', 'Return')
        wait('the stock', lambda: self.stock('TEAPOT') == 12)
        program.gone(Role.DIALOG)
        self.close()

    def test_transfer_by_keyboard(self):
        program = self.open_at('Inventory')
        self.open_product(program, 'teapot')
        program.find(Role.LIST, 'Variants').find(Role.LIST_ITEM, 'The only variant').point()
        program.find(Role.BUTTON, 'Adjust…').click()
        self.focused(program, Role.SPIN_BUTTON, 'Pieces')
        program.press('ctrl+a', '3')
        for row, choice in (('Reason', 'Transfer'), ('To', 'Lin Qiao')):
            program.find(Role.COMBO_BOX, row).point()
            wait('the choices', lambda: len(list(program.find(Role.COMBO_BOX, row).all(Role.LIST_ITEM))) > 1)
            program.press(*['Down'] * (6 if row == 'Reason' else 1), 'Return')
            wait(choice, lambda: choice in program.find(Role.COMBO_BOX, row).words)
        program.find(Role.BUTTON, 'Apply').click()
        program.gone(Role.DIALOG)
        program.find_text(containing('Lin Qiao: 3'))
        self.assertEqual(self.stock('TEAPOT'), 7)
        self.close()

    def test_threshold_of_a_variant(self):
        """A variant’s own threshold counts in its row, in the filter and after a restart."""
        program = self.open_at('Inventory')
        self.open_product(program, 'stitched coaster')
        variant = program.find(Role.LIST, 'Variants').find(Role.LIST_ITEM)
        self.assertNotIn('low', variant.words)
        variant.reveal().point()
        threshold = program.find_entry('Warn at this many or fewer')
        threshold.reveal().point()
        threshold.write('99')
        program.press('Return')
        program.find_text('14 available · low')
        self.close()
        program = self.open_at('Inventory')
        program.choose('Filter', 3)
        self.shown(program, lambda found: 'Stitched Coaster' in found and 'Winter Vest' not in found)
        self.close()

    def shown(self, program, right):
        """The titles of the products that are shown, once they are right."""

        def titles():
            found = [item.name for item in self.items(program)]
            return found and right(found) and found

        return wait('the products', titles)

    def test_sorts_and_filters(self):
        """Each is chosen in the menus, in the list and among the pictures."""
        products = {product['title']: product for product in self.ctl('list', 'products')}
        program = self.open_at('Inventory')
        keys = {2: lambda title: title.casefold(), 3: 'available', 5: lambda title: (products[title]['price'] or {}).get('amount', 10**9), 6: 'sold'}
        keys = {place: key if callable(key) else lambda title, key=key: products[title][key] for place, key in keys.items()}
        for view in (0, 1):
            program.choose('List Options', view)
            for place, key in keys.items():
                with self.subTest(view=view, place=place):
                    program.choose('List Options', place)
                    # Characters have an order of their own.
                    latin = [title for title in products if title.isascii()]
                    order = sorted(key(title) for title in latin)
                    self.shown(program, lambda found, key=key, order=order: (
                        (keys_found := [key(title) for title in found if title in latin]) and keys_found == order[: len(keys_found)]))
            program.choose('List Options', 2)
            for path, wanted in (
                ((0, 2), [product['title'] for product in products.values() if product['stage'] == 'idea']),
                ((3,), lambda found: 'Workshop Apron' in found and 'Winter Vest' not in found),
                ((4,), lambda found: 'Rain on Cangshan Curtain' in found and 'Workshop Apron' not in found),
                ((7,), ['Quilt of Seven Years', 'Rain on Cangshan Curtain']),
            ):
                with self.subTest(view=view, path=path):
                    program.choose('Filter', *path)
                    self.shown(program, wanted if callable(wanted) else lambda found, wanted=wanted: sorted(found) == sorted(wanted))
                    for chip in list(program.all(Role.BUTTON, containing('Remove'))):
                        chip.click()
                    self.shown(program, lambda found: len(found) > 8)
        self.close()

    def test_parts_of_a_kit_are_named(self):
        program = self.open_at('Inventory')
        self.open_product(program, 'KT-01')
        program.find(Role.SPIN_BUTTON, 'Stitched Coaster · Walnut')
        self.assertEqual(program.nameless(), [])
        self.close()

    def test_count_by_scanner(self):
        program = self.open_at('Inventory')
        wait('products', lambda: self.items(program))
        program.act_anywhere('page.count')
        program.find(Role.BUTTON, 'Start Count').click()
        program.find_text('Ready to Scan')
        program.find_entry('SKU or barcode').point()  # the focus is in an entry, and the scanner is heard all the same
        for code in ('2000000000015', '2000000000015', '2000000000022'):
            program.scan(code)
        counted = program.find(Role.LIST, 'Counted')
        wait('two variants', lambda: len(list(counted.all(Role.LIST_ITEM))) == 2)
        program.find(Role.BUTTON, 'Find…').click()
        search = program.find(Role.DIALOG).find_entry()
        wait('the focus in the search', lambda: list(program.find(Role.DIALOG).all(where=lambda node: node.has('focused'))))
        program.scan('2000000000022')  # a dialog does not keep a scan from the count
        wait('the scan to be counted', lambda: [spin.text for spin in counted.all(Role.SPIN_BUTTON)] == ['2', '2'])
        self.assertEqual(search.text, '')
        program.press('Escape')
        program.gone(Role.DIALOG)
        self.assertEqual((self.stock('QX-M'), self.stock('QX-L')), (4, 2))  # nothing yet
        program.find(Role.BUTTON, 'Apply').click()
        wait('the count to be saved', lambda: (self.stock('QX-M'), self.stock('QX-L')) == (2, 2))
        program.find(Role.BUTTON, 'Undo').click()
        wait('the count to be taken back', lambda: (self.stock('QX-M'), self.stock('QX-L')) == (4, 2))
        self.close()

    def test_one_stall_two_programs(self):
        program = self.open_at('Inventory')
        complaint = self.ctl('count', 'TEAPOT=9', status=4)
        self.assertIn('stall', complaint)
        self.assertEqual(self.stock('TEAPOT'), 7)  # reading goes on
        self.close()
        self.ctl('count', 'TEAPOT=9')
        self.assertEqual(self.stock('TEAPOT'), 9)


unittest.main(verbosity=2)
