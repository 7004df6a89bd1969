# SPDX-License-Identifier: GPL-3.0-or-later
"""What the fault tests share: a stall in a temporary folder and stallctl on it."""

import json
import os
import random
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

EXIT_FAILED, EXIT_NOT_FOUND, EXIT_BUSY, EXIT_DIFFERENCES = 1, 3, 4, 6


def write_orders(path, orders, lines=10):
    """A file of orders in the columns of the online-retail preset."""
    with path.open('w', encoding='utf-8') as out:
        out.write('InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n')
        for number in range(orders):
            for line in range(lines):
                code = 10000 + (number * 7 + line * 13) % 2000
                out.write(f'{600000 + number},{code},THING NUMBER {code},{1 + line % 6},')
                out.write(f'2011-{1 + number % 12:02}-{1 + number % 28:02} 10:{number % 60:02}:00,')
                out.write(f'{1 + line}.{line:02},{12000 + number % 900}.0,United Kingdom\n')


class FaultTest(unittest.TestCase):
    def setUp(self):
        # The same for everybody, so that a change that passes here passes elsewhere; STALL_SEED explores.
        seed = int(os.environ.get('STALL_SEED', 1))
        print(f'# STALL_SEED={seed} {self.id()}', flush=True)
        self.random = random.Random(seed)
        self.home = Path(tempfile.mkdtemp(prefix='stall-faults.'))
        self.addCleanup(shutil.rmtree, self.home, ignore_errors=True)
        self.folder = self.home / 'stall'

    def command(self, *arguments):
        return ['stallctl', '--stall', str(self.folder), '--json', *map(str, arguments)]

    def ctl(self, *arguments, status=0, wrapper=()):
        """Calls stallctl; what it wrote, or with another `status` than 0 what it complained of."""
        done = subprocess.run([*wrapper, *self.command(*arguments)], capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, status, f'{done.stdout}{done.stderr}')
        if status:
            return done.stderr
        return json.loads(done.stdout) if done.stdout.strip() else None

    def import_orders(self, path, **options):
        return self.ctl('import', 'orders', '--preset', 'online-retail', path, **options)

    def count(self, kind):
        return self.ctl('list', kind, '--count')['count']

    def assert_sound(self):
        self.assertEqual(self.ctl('check'), {'differences': []})
