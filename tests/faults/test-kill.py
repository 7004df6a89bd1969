#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Killed at random moments: what was said to be saved is there, and half of an import never is."""

import subprocess
import sys
import time
import unittest

from faults import EXIT_BUSY, EXIT_NOT_FOUND, FaultTest, write_orders

EDITS = sys.argv.pop()  # the helper that edits without end


class KillTest(FaultTest):
    def test_edits(self):
        saved = set()
        for _ in range(6):
            with subprocess.Popen([EDITS, self.folder], stdout=subprocess.PIPE, text=True) as editor:
                first = editor.stdout.readline()
                self.assertTrue(first, 'the editor ended before its first edit')
                time.sleep(self.random.uniform(0.02, 0.25))
                editor.kill()
                # A line that was cut off was never read by anybody.
                saved.update(line.strip() for line in [first, *editor.stdout] if line.endswith('\n'))
            there = {document['id'] for document in self.ctl('list', 'movement')}
            self.assertEqual(saved - there, set())
            self.assert_sound()
        self.assertGreater(len(saved), 12)

    def test_first_start(self):
        """Whoever is cut off while a stall is made leaves a whole one or none."""
        products = self.products()
        for n in range(25):
            self.folder = self.home / f'stall-{n}'
            with subprocess.Popen(self.command('import', 'products', products), stdout=subprocess.DEVNULL) as maker:
                time.sleep(self.random.uniform(0.0, 0.06))
                maker.kill()
            listing = subprocess.run(self.command('list', 'products'), capture_output=True, text=True, check=False)
            self.assertIn(listing.returncode, (0, EXIT_NOT_FOUND), listing)
            self.ctl('import', 'products', products)
            self.assertEqual(self.count('products'), 1)

    def test_import(self):
        orders = 1500
        file = self.home / 'orders.csv'
        write_orders(file, orders)
        self.ctl('import', 'products', self.products())
        begin = time.monotonic()
        subprocess.run([*self.command('import', 'orders', '--preset', 'online-retail', file), '--dry-run'], check=True, capture_output=True)
        span = 2.5 * (time.monotonic() - begin)
        whole = cut = 0
        for _ in range(8):
            with subprocess.Popen(self.command('import', 'orders', '--preset', 'online-retail', file), stdout=subprocess.DEVNULL) as importer:
                time.sleep(self.random.uniform(0.02, span))
                importer.kill()
            self.assert_sound()
            there = self.count('orders')
            self.assertIn(there, (0, orders))
            whole, cut = whole + (there > 0), cut + (there == 0)
            if there:
                break
        print(f'# {cut} imports cut off, {whole} whole')
        self.import_orders(file)
        self.assertEqual(self.count('orders'), orders)
        self.assert_sound()

    def products(self):
        file = self.home / 'products.csv'
        file.write_text('Handle,Title,Variant SKU,Variant Price,Variant Inventory Qty\nlamp,Lamp,LAMP,50.00,3\n', encoding='utf-8')
        return file

    def test_two_writers(self):
        with subprocess.Popen([EDITS, self.folder], stdout=subprocess.PIPE, text=True) as editor:
            self.assertTrue(editor.stdout.readline())
            complaint = self.ctl('count', 'LAMP=3', status=EXIT_BUSY)
            self.assertIn('edit-loop', complaint)
            self.assertGreater(self.count('movement'), 0)  # reading needs no turn
            editor.kill()
        self.ctl('count', 'LAMP=3')  # the lock of a killed program holds nobody up
        self.assert_sound()


unittest.main(verbosity=2)
