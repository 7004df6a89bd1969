#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Three consoles, a market and a server with a bad network between them, and the power goes now and then.

Whatever happened: in the end all hold the same leaves, every figure is what the documents say, what was saved is
everywhere, and nothing counts twice. STALL_SEEDS says how many seeds are tried, STALL_SEED with which one begins.
"""

import json
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / 'peer'))

# pylint: disable=wrong-import-position
from peers import ADMIN, Server, modules  # noqa: E402
from proxy import Proxy  # noqa: E402

SEEDS = int(os.environ.get('STALL_SEEDS', 40))
FIRST_SEED = int(os.environ.get('STALL_SEED', 1))
CONSOLES = ('workshop', 'fair', 'attic')
TURNS = 14
ROUNDS = 12
EXIT_FAILED, EXIT_BUSY = 1, 4
NOTE = '# Nine Dips\n\nThe cloth comes out green.\n\nThen it turns.\n\nNine times.\n'


def read_leaves(folder):
    """What a console holds, read beside it: (id, revision, deleted) of every leaf."""
    connection = sqlite3.connect(f'file:{folder}/stall.db?mode=ro', uri=True)
    rows = connection.execute(
        "SELECT d.id, r.generation || '-' || r.hash FROM revision r JOIN document d ON d.number = r.document "
        'WHERE r.leaf'
    ).fetchall()
    connection.close()
    return set(rows)


class SyncTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        modules()
        cls.server = Server()
        cls.addClassCleanup(cls.server.stop)

    def start(self, seed):
        self.random = random.Random(seed)
        self.home = tempfile.TemporaryDirectory(prefix='stall-sync.')
        self.addCleanup(self.home.cleanup)
        self.database = f'seed-{seed}'
        self.proxy = Proxy(self.server.port, seed)
        self.addCleanup(self.proxy.stop)
        self.clean = f'http://{ADMIN[0]}@127.0.0.1:{self.server.port}/{self.database}'
        self.bad = f'http://{ADMIN[0]}@127.0.0.1:{self.proxy.port}/{self.database}'
        # Without the platform's rules: where there are any, this server forgets a second leaf and says it did not.
        self.server.add_database(self.database)
        self.products('workshop', 'Shirt')
        self.edit('workshop', 'notes', 'new', self.write('note.md', NOTE))

    def folder(self, console):
        return Path(self.home.name, console)

    def write(self, name, text):
        path = Path(self.home.name, name)
        path.write_text(text, encoding='utf-8')
        return path

    def popen(self, *arguments):
        """stallctl, with the password where no argument shows it."""
        read, write = os.pipe()
        os.write(write, ADMIN[1].encode() + b'\n')
        os.close(write)
        try:
            return subprocess.Popen(
                ['stallctl', *map(str, arguments), *(['--password-fd', str(read)] if self.speaks(arguments) else [])],
                pass_fds=[read],
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
        finally:
            os.close(read)

    @staticmethod
    def speaks(arguments):
        return any(verb in arguments for verb in ('sync', 'platform', 'market'))

    def run_ctl(self, *arguments, good=(0,)):
        process = self.popen(*arguments)
        out, err = process.communicate(timeout=120)
        self.assertIn(process.returncode, good, f'{arguments}: {out}{err}')
        return out

    def edit(self, console, *arguments):
        """What is told to be saved is on disk."""
        self.run_ctl('--stall', self.folder(console), *arguments)
        self.saved |= {name for name, _ in read_leaves(self.folder(console))}

    def products(self, console, title):
        rows = f'Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price,Status\nshirt,{title},Size,M,SH-M,468.00,active\n'
        self.edit(console, 'import', 'products', self.write(f'{console}.csv', rows))

    def sync(self, console, address, good=(0,)):
        return self.run_ctl('--stall', self.folder(console), '--json', 'sync', '--once', address, good=good)

    def kill_in_sync(self, console):
        process = self.popen('--stall', self.folder(console), 'sync', '--once', self.bad)
        time.sleep(self.random.uniform(0.0, 0.15))
        process.kill()
        process.communicate()

    def turn(self, n):
        console = self.random.choice(CONSOLES)
        act = self.random.choice(('count', 'count', 'title', 'note', 'sync', 'sync', 'sync', 'kill', 'market'))
        there = (self.folder(console) / 'stall.db').exists()
        if act == 'market':
            self.run_ctl('market', self.clean, '--seed', n, '--rate', '6000', '--limit', '4')
        elif act == 'count' and there and 'SH-M' in self.run_ctl('--stall', self.folder(console), 'list', 'products'):
            self.edit(console, 'count', f'SH-M={self.random.randrange(20)}')
        elif act == 'title' and there:
            self.products(console, f'Shirt {self.random.choice("ABC")}{n}')
        elif act == 'note' and there:
            self.edit(console, 'notes', 'new', self.write('note.md', NOTE + f'\n{n}\n'))
        elif act == 'kill':
            self.kill_in_sync(console)
        else:
            self.sync(console, self.bad, good=(0, EXIT_FAILED))

    def calm_down(self):
        """On a good network all come to agree, in a few rounds."""
        for _ in range(ROUNDS):
            reports = [json.loads(self.sync(console, self.clean)) for console in CONSOLES]
            self.assertEqual([report['refused'] for report in reports], [0, 0, 0])
            leaves = [read_leaves(self.folder(console)) for console in CONSOLES]
            if leaves[0] == leaves[1] == leaves[2]:
                return leaves[0]
        self.fail(f'no agreement: {leaves[0] ^ leaves[1]} {leaves[1] ^ leaves[2]}')

    def check(self, leaves):
        feed = self.server.ask('GET', f'/{self.database}/_changes?style=all_docs')[1]['results']
        on_server = {
            (row['id'], change['rev']) for row in feed for change in row['changes'] if not row['id'].startswith('_design')
        }
        self.assertEqual(leaves - on_server, set(), 'never sent')
        self.assertEqual(on_server - leaves, set(), 'never pulled')
        self.assertEqual(self.saved - {name for name, _ in leaves}, set(), 'lost')
        facts = [name for name, _ in leaves if name.split(':')[0] in ('movement', 'order', 'event', 'ballot')]
        self.assertEqual(len(facts), len(set(facts)), 'a fact has two versions')
        for console in CONSOLES:
            found = json.loads(self.run_ctl('--stall', self.folder(console), '--json', 'check'))
            self.assertEqual(found['differences'], [], console)

    def test_seeds(self):
        counts = {}
        for seed in range(FIRST_SEED, FIRST_SEED + SEEDS):
            with self.subTest(seed=seed):
                self.saved = set()
                self.start(seed)
                self.proxy.badness = self.random.choice((0.3, 0.6, 1.0))
                for n in range(TURNS):
                    self.turn(n)
                leaves = self.calm_down()
                self.check(leaves)
                for fault, n in self.proxy.counts.items():
                    counts[fault] = counts.get(fault, 0) + n
            self.doCleanups()
        print(f'# {SEEDS} seeds, {counts}', flush=True)
        self.assertGreater(sum(counts.values()), SEEDS)


unittest.main(verbosity=2)
