#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""stallctl as a script would use it: every verb, every exit status."""

import json
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

PRODUCTS = """\
Handle,Title,Variant SKU,Option1 Name,Option1 Value,Variant Price,Variant Inventory Qty
lamp,Paper Lamp,LAMP-S,Size,S,50.00,3
lamp,,LAMP-L,Size,L,80.00,5
suit,丁香紫西装,SUIT,,,800.00,2
"""
ORDERS = """\
InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country
600001,LAMP-S,PAPER LAMP,2,2011-03-01 10:00:00,50.00,12001.0,United Kingdom
600001,POST,POSTAGE,1,2011-03-01 10:00:00,4.00,12001.0,United Kingdom
600002,SUIT,SUIT,1,2011-03-02 10:00:00,800.00,,France
"""


class StallctlTest(unittest.TestCase):
    def setUp(self):
        self.home = Path(tempfile.mkdtemp(prefix='stall-cli.'))
        self.addCleanup(shutil.rmtree, self.home)
        self.folder = self.home / 'stall'

    def file(self, name, text):
        path = self.home / name
        path.write_text(text, encoding='utf-8')
        return path

    def run_ctl(self, *arguments):
        command = ['stallctl', '--stall', self.folder, *map(str, arguments)]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    def ctl(self, *arguments):
        done = self.run_ctl('--json', *arguments)
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout) if done.stdout.strip() else None

    def fails(self, status, pattern, *arguments):
        done = self.run_ctl(*arguments)
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        self.assertRegex(done.stderr, pattern)

    def stock(self):
        return {row['sku']: row['on_hand'] for row in self.ctl('list', 'variants')}

    def fill(self):
        self.ctl('import', 'products', self.file('products.csv', PRODUCTS))

    def test_help(self):
        whole = subprocess.run(['stallctl', '--help'], capture_output=True, text=True, check=True).stdout
        for verb in ('import', 'export', 'list', 'show', 'count', 'undo', 'check', 'backup', 'restore', 'sample'):
            self.assertIn(f'\n  {verb} ', whole)
            one = subprocess.run(['stallctl', verb, '--help'], capture_output=True, text=True, check=True).stdout
            self.assertIn(verb, one)
        self.assertRegex(subprocess.run(['stallctl', '--version'], capture_output=True, text=True, check=True).stdout, r'^stallctl \d')

    def test_wrong_arguments(self):
        self.fails(2, 'verb')
        self.fails(2, 'no verb “dance”', 'dance')
        self.fails(2, 'stallctl show ID', 'show')
        self.fails(2, 'nknown option', 'list', '--loud', 'products')
        self.fill()
        self.fails(2, 'cannot be listed', 'list', 'cats')
        self.fails(2, 'not a count', 'count', 'LAMP-S')
        self.fails(2, 'not a count', 'count', 'LAMP-S=-4')
        self.fails(2, 'counted twice', 'count', 'LAMP-S=1', 'LAMP-S=2')
        self.fails(2, 'whose ledger', 'list', 'ledger')
        self.fails(2, 'not searched', 'list', 'product', '--search', 'lamp')
        self.fails(2, 'does not read “KLINGON”', 'import', 'products', '-e', 'KLINGON', self.file('products.csv', PRODUCTS))

    def test_not_found(self):
        self.fails(3, '.', 'list', 'products')
        self.fails(3, '.', 'import', 'products', self.home / 'nothing.csv')
        self.fill()
        self.fails(3, 'There is no “product:none”', 'show', 'product:none')
        self.fails(3, 'NOBODY', 'count', 'LAMP-S=1', 'NOBODY=1')
        self.fails(3, 'online-retail', 'import', 'orders', '--preset', 'nobody', self.file('orders.csv', ORDERS))
        self.assertEqual(self.stock()['LAMP-S'], 3)

    def test_bad_input(self):
        self.fails(5, '.', 'import', 'products', self.file('poem.csv', 'roses are red\nviolets are blue\n'))
        self.fails(5, 'preset', 'import', 'orders', self.file('odd.csv', 'a,b,c\n1,2,3\n'))

    def test_lines_with_errors(self):
        """A script has not seen the dry run: it hears of every error, and nothing is half written."""
        path = self.file('odd.csv', PRODUCTS.replace('80.00', 'eighty').replace('800.00', 'abc'))
        self.fails(5, r'Line 3: error: “eighty”(.|\n)*Line 4: error: “abc”(.|\n)*2 errors .* Nothing was written', 'import', 'products', path)
        self.assertEqual(self.ctl('list', 'products', '--count'), {'count': 0})
        done = self.run_ctl('import', 'products', '--keep-going', path)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn('Line 3: error', done.stderr)
        self.fill()
        sheet = self.home / 'stock.csv'
        self.ctl('export', 'stock', sheet)
        sheet.write_text(sheet.read_text(encoding='utf-8').replace(',5,80', ',many,80').replace(',3,50', ',9,50'), encoding='utf-8')
        before = self.stock()
        self.fails(5, 'Line .: error: “many”', 'import', 'stock', sheet)
        self.assertEqual(self.stock(), before)
        self.ctl('import', 'stock', '-k', sheet)
        self.assertEqual(self.stock(), {**before, 'LAMP-S': 9})

    def test_products_and_orders(self):
        self.fill()
        self.assertEqual(self.ctl('list', 'products', '--count'), {'count': 2})
        self.assertEqual([row['title'] for row in self.ctl('list', 'products', '--search', '西装')], ['丁香紫西装'])
        self.assertEqual([row['title'] for row in self.ctl('list', 'products', '--search', 'pap')], ['Paper Lamp'])
        product = self.ctl('list', 'products', '--search', 'paper')[0]
        self.assertEqual(self.ctl('show', product['id'])['title'], 'Paper Lamp')

        orders = self.file('orders.csv', ORDERS)
        dry = self.ctl('import', 'orders', '--preset', 'online-retail', '--dry-run', orders)
        self.assertEqual((dry['lines'], dry['orders'], dry['errors']), (3, 2, 0))
        self.assertEqual(self.ctl('list', 'orders', '--count'), {'count': 0})
        self.ctl('import', 'orders', '--preset', 'online-retail', orders)
        self.assertEqual(self.ctl('list', 'orders', '--count'), {'count': 2})
        self.assertEqual(self.ctl('list', 'order', '--count'), {'count': 2})
        self.ctl('export', 'orders', self.home / 'list.csv')
        self.fails(5, 'make a backup', 'import', 'orders', '--dry-run', self.home / 'list.csv')
        again = self.ctl('import', 'orders', '--preset', 'online-retail', orders)
        self.assertEqual((again['added'], again['changed']), (0, 0))
        self.assertEqual(len(self.ctl('list', 'orders', '--limit', 1)), 1)
        self.assertEqual(len(self.ctl('list', 'order', '--limit', 1)), 1)
        self.assertGreater(self.ctl('list', 'activity', '--count')['count'], 0)
        self.assertEqual(len(self.ctl('list', 'orders', '--variant', 'SUIT')), 1)
        self.assertEqual(self.ctl('check'), {'differences': []})
        self.ctl('undo')
        self.assertEqual(self.ctl('list', 'orders', '--count'), {'count': 0})
        self.assertEqual(self.ctl('check'), {'differences': []})

    def test_dry_run_before_there_is_a_stall(self):
        dry = self.ctl('import', 'products', '--dry-run', self.file('products.csv', PRODUCTS))
        self.assertEqual((dry['products'], dry['variants'], dry['errors']), (2, 3, 0))
        self.assertFalse(self.folder.exists())
        self.fails(5, 'is a folder', 'import', 'products', '--dry-run', self.home)

    def test_lines_for_people(self):
        self.fill()
        lines = self.run_ctl('list', 'variants').stdout.splitlines()
        self.assertEqual(len(lines), 3)
        self.assertEqual({line.split('\t')[1] for line in lines}, {'LAMP-S', 'LAMP-L', 'SUIT'})

    def test_count(self):
        self.fill()
        self.ctl('count', 'LAMP-S=7', 'SUIT=0')
        self.assertEqual(self.stock(), {'LAMP-S': 7, 'LAMP-L': 5, 'SUIT': 0})
        entry = self.ctl('list', 'ledger', '--variant', 'LAMP-S')[0]
        self.assertEqual((entry['count'], entry['balance']), (True, 7))
        self.ctl('count', '--place', 'fair', 'LAMP-S=2')
        self.assertEqual(self.stock()['LAMP-S'], 9)
        self.ctl('undo')
        self.ctl('undo')
        self.assertEqual(self.stock(), {'LAMP-S': 3, 'LAMP-L': 5, 'SUIT': 2})

    def test_stock_sheet(self):
        """A sheet applies the difference to what it said, so a sale made meanwhile is kept."""
        self.fill()
        sheet = self.home / 'stock.csv'
        self.ctl('export', 'stock', sheet)
        text = sheet.read_bytes()
        self.assertTrue(text.startswith(b'\xef\xbb\xbf'))
        self.assertIn(b'\r\n', text)
        self.ctl('count', 'LAMP-S=1')  # two were sold since
        self.ctl('import', 'stock', sheet)
        self.assertEqual(self.stock()['LAMP-S'], 1)

    def test_backup(self):
        self.fill()
        backup = self.home / 'keep.stall'
        self.ctl('backup', backup)
        self.assertEqual(backup.stat().st_mode & 0o077, 0)  # it holds customers
        self.fails(1, 'far/keep.stall” could not be written', 'backup', self.home / 'far' / 'keep.stall')
        self.ctl('count', 'LAMP-S=99')
        self.ctl('restore', backup)
        self.assertEqual(self.stock()['LAMP-S'], 3)
        self.assertEqual(self.ctl('check'), {'differences': []})

    def test_notes(self):
        self.fill()
        page = self.home / 'page.md'
        page.write_text('# Kiln day\n\nThree days of **fire**.\n', encoding='utf-8')
        made = self.ctl('notes', 'new', page)
        note = self.ctl('notes', 'list')[0]
        self.assertEqual(note['id'], made['id'])
        self.assertEqual(self.ctl('notes', 'show', made['id'])['body'], 'Three days of **fire**.\n')
        self.assertEqual(self.run_ctl('notes', 'show', 'note:none').returncode, 3)
        self.assertEqual((note['title'], note['state'], note['words']), ('Kiln day', 'draft', 4))
        for options, found in ((['--state=draft'], 1), (['--state=published'], 0), (['--search=fir'], 1), (['--search=snow'], 0)):
            self.assertEqual(len(self.ctl('notes', 'list', *options)), found, options)
        self.assertEqual(self.run_ctl('notes', 'list', '--state=lost').returncode, 2)
        copy = self.home / 'copy.md'
        self.assertEqual(self.run_ctl('notes', 'export', note['id'], copy).returncode, 0)
        self.assertEqual(copy.read_bytes(), page.read_bytes())

    def test_polls(self):
        self.ctl('sample')
        poll = next(poll for poll in self.ctl('polls', 'list') if poll['state'] == 'open')
        options = self.ctl('polls', 'show', poll['id'])
        self.assertAlmostEqual(sum(option['share'] for option in options), 1, places=3)
        for option in options:
            self.assertLess(option['low'], option['share'])
            self.assertLess(option['share'], option['high'])
        self.assertEqual(self.run_ctl('polls', 'show', 'poll:none').returncode, 3)
        self.assertEqual(self.run_ctl('polls', 'close', poll['id']).returncode, 2)

    def test_sample(self):
        self.ctl('sample')
        self.assertGreaterEqual(self.ctl('list', 'products', '--count')['count'], 12)
        self.assertEqual(self.ctl('check'), {'differences': []})
        self.assertNotEqual(self.run_ctl('sample').returncode, 0)  # only an empty stall is filled
        self.fails(5, '“KT-01” is a kit', 'count', 'KT-01=20')


unittest.main(verbosity=2)
