#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""stallctl makes a stall's database, lets people in, plays the market and syncs, on a real server."""

import json
import os
import subprocess
import tempfile
import unittest
from pathlib import Path

from peers import ADMIN, Server, modules

EXIT_DIFFERENCES = 6


class PlatformTest(unittest.TestCase):
    def setUp(self):
        modules()
        self.server = Server()
        self.addCleanup(self.server.stop)
        self.home = tempfile.TemporaryDirectory(prefix='stall-platform.')
        self.addCleanup(self.home.cleanup)

    def address(self, user, database='stall-a'):
        return f'http://{user}@127.0.0.1:{self.server.port}/{database}'

    def ctl(self, *arguments, password=ADMIN[1], status=0):
        """Calls stallctl with a password that no argument shows; what it wrote, or what it complained of."""
        read, write = os.pipe()
        os.write(write, password.encode() + b'\n')
        os.close(write)
        try:
            done = subprocess.run(
                ['stallctl', '--json', *arguments, '--password-fd', str(read)],
                pass_fds=[read],
                capture_output=True,
                text=True,
                timeout=120,
                check=False,
            )
        finally:
            os.close(read)
        self.assertEqual(done.returncode, status, f'{arguments}: {done.stdout}{done.stderr}')
        if status not in (0, EXIT_DIFFERENCES):
            return done.stderr
        try:
            return json.loads(done.stdout)
        except ValueError:
            return done.stdout

    def invite(self, role, name):
        return self.ctl('platform', 'invite', self.address(ADMIN[0]), role, name)['password']

    def sync(self, stall, user, password):
        return self.ctl(
            '--stall', str(Path(self.home.name, stall)), 'sync', '--once', self.address(user), password=password
        )

    def list(self, stall, kind):
        done = subprocess.run(
            ['stallctl', '--stall', str(Path(self.home.name, stall)), '--json', 'list', kind],
            capture_output=True,
            text=True,
            check=True,
        )
        return json.loads(done.stdout)

    def test_platform(self):
        check = ('platform', 'check', self.address(ADMIN[0]))
        init = ('platform', 'init', self.address(ADMIN[0]))
        self.ctl(*check, status=1)
        self.ctl(*init)
        self.assertIn('Nobody was invited', self.ctl(*check, status=EXIT_DIFFERENCES)['differences'][0])
        owner = self.invite('owner', 'li')
        self.assertEqual(self.ctl(*check)['differences'], [])
        self.assertRegex(owner, r'^([a-z2-9]{6}-){3}[a-z2-9]{6}$')
        self.ctl(*init)
        self.assertIn('already', self.ctl('platform', 'invite', self.address(ADMIN[0]), 'helper', 'li', status=1))
        self.ctl('platform', 'invite', self.address(ADMIN[0]), 'king', 'mo', status=2)
        self.ctl(*check, password='wrong', status=1)
        # An older version of the rules is seen and brought up to date.
        design = self.server.ask('GET', '/stall-a/_design/stall')[1]
        self.server.ask('PUT', '/stall-a/_design/stall', {**design, 'validate_doc_update': 'function () {}'})
        self.assertIn('another version', self.ctl(*check, status=EXIT_DIFFERENCES)['differences'][0])
        self.ctl(*init)
        self.assertEqual(self.ctl(*check)['differences'], [])

    def test_market(self):
        """A stall goes to market; what happens there arrives at the owner and the helper alike."""
        self.ctl('platform', 'init', self.address(ADMIN[0]))
        owner, helper, worker = (self.invite(*who) for who in (('owner', 'li'), ('helper', 'mo'), ('platform', 'w')))
        products = Path(self.home.name, 'products.csv')
        products.write_text(
            'Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price,Variant Inventory Qty,Status\n'
            'shirt,Shirt,Size,M,SH-M,468.00,9,active\n'
            'scarf,Scarf,Title,Default Title,SC,198.00,4,active\n',
            encoding='utf-8',
        )
        subprocess.run(
            ['stallctl', '--stall', str(Path(self.home.name, 'li')), 'import', 'products', str(products)],
            check=True,
            capture_output=True,
        )
        report = self.sync('li', 'li', owner)
        self.assertEqual((report['refused'], report['unsent']), (0, 0), report)
        market = ('market', self.address('w'), '--seed', '7', '--rate', '6000', '--limit', '60')
        written = self.ctl(*market, password=worker).split()
        orders = [line for line in written if line.startswith('order:')]
        self.assertGreater(len(orders), 10)
        # Once more: the same seed goes on where it was and doubles nothing.
        orders += [line for line in self.ctl(*market, password=worker).split() if line.startswith('order:')]
        self.assertEqual(len(orders), len(set(orders)))
        for stall, password in (('li', owner), ('mo', helper)):
            report = self.sync(stall, stall, password)
            self.assertEqual((report['refused'], report['unsent']), (0, 0), report)
            self.assertEqual({row['id'] for row in self.list(stall, 'orders')}, set(orders))
            check = subprocess.run(
                ['stallctl', '--stall', str(Path(self.home.name, stall)), 'check'], capture_output=True, check=False
            )
            self.assertEqual(check.returncode, 0, check)


unittest.main(verbosity=2)
