#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Three consoles, a market and a server with a bad network between them, and the power goes now and then.

test-sync.py HAND CLOCK FIRST SEEDS. One console's clock is a day behind and another's a day ahead. Whatever happened:
in the end all hold the same leaves and pictures, every figure is what the documents say, what was saved is everywhere,
and nothing counts twice. STALL_SEEDS says how many seeds are tried instead, STALL_SEED with which one begins.
"""

import json
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import threading
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / 'peer'))

# pylint: disable=wrong-import-position
from peers import ADMIN, Server, modules  # noqa: E402
from proxy import Proxy  # noqa: E402

HAND, CLOCK, FIRST, COUNT = sys.argv[1:5]
del sys.argv[1:5]
SEEDS = int(os.environ.get('STALL_SEEDS', COUNT))
FIRST_SEED = int(os.environ.get('STALL_SEED', FIRST))
DAY = 24 * 60 * 60
CLOCKS = {'workshop': 0, 'fair': -DAY, 'attic': DAY}
CONSOLES = tuple(CLOCKS)
ACTS = ('count', 'title', 'title', 'flag', 'note', 'picture', 'sync', 'sync', 'sync', 'sync', 'kill', 'kill', 'market')
TURNS = 10
ROUNDS = 12
EXIT_FAILED, EXIT_NOT_FOUND = 1, 3
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


def read_waiting(folder):
    """How much a console has not sent, or not fetched of pictures."""
    connection = sqlite3.connect(f'file:{folder}/stall.db?mode=ro', uri=True)
    unsent, wanted = connection.execute(
        'SELECT (SELECT count(*) FROM document WHERE unsent), (SELECT count(*) FROM wanted)'
    ).fetchone()
    connection.close()
    return unsent + wanted


def find_product(folder):
    """The id and the body of the product that all share; None where it has not arrived."""
    connection = sqlite3.connect(f'file:{folder}/stall.db?mode=ro', uri=True)
    row = connection.execute(
        "SELECT d.id, r.body FROM document d JOIN revision r ON r.number = d.winner WHERE d.id LIKE 'product:%' "
        'AND NOT d.deleted ORDER BY d.id LIMIT 1'
    ).fetchone()
    connection.close()
    return (row[0], json.loads(row[1])) if row else None


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

    def popen(self, *arguments, clock=0):
        """stallctl, with the password where no argument shows it."""
        read, write = os.pipe()
        os.write(write, ADMIN[1].encode() + b'\n')
        os.close(write)
        try:
            return subprocess.Popen(
                ['stallctl', *map(str, arguments), *(['--password-fd', str(read)] if self.speaks(arguments) else [])],
                pass_fds=[read],
                env=self.environment(clock),
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
        finally:
            os.close(read)

    @staticmethod
    def environment(clock):
        return {**os.environ, 'LD_PRELOAD': CLOCK, 'STALL_TEST_CLOCK': str(clock)} if CLOCK and clock else os.environ

    @staticmethod
    def speaks(arguments):
        return any(verb in arguments for verb in ('sync', 'platform', 'market'))

    def run_ctl(self, *arguments, good=(0,), clock=0):
        process = self.popen(*arguments, clock=clock)
        out, err = process.communicate(timeout=120)
        self.assertIn(process.returncode, good, f'{arguments}: {out}{err}')
        return out

    def remember(self, console):
        """What is told to be saved is on disk."""
        self.saved |= {name for name, _ in read_leaves(self.folder(console))}

    def edit(self, console, *arguments, good=(0,)):
        self.run_ctl('--stall', self.folder(console), *arguments, good=good, clock=CLOCKS[console])
        self.remember(console)

    def hand(self, console, what, argument, body=None):
        done = subprocess.run(
            [HAND, self.folder(console), what, argument],
            input=None if body is None else json.dumps(body).encode(),
            env=self.environment(CLOCKS[console]),
            capture_output=True,
            check=True,
            timeout=60,
        )
        self.remember(console)
        return done.stdout.decode()

    def products(self, console, title):
        rows = f'Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price,Status\nshirt,{title},Size,M,SH-M,468.00,active\n'
        self.edit(console, 'import', 'products', self.write(f'{console}.csv', rows))

    def change_product(self, console, change):
        """The same field of the same product, on whichever consoles have it: some of it can be merged, some not."""
        product = find_product(self.folder(console))
        if product:
            change(product[1])
            self.hand(console, 'put', product[0], product[1])

    def change_title(self, console, n):
        def change(body):
            body[self.random.choice(('title', 'origin', 'maker'))] = f'{self.random.choice("ABC")}{n}'

        self.change_product(console, change)

    def add_picture(self, console, n):
        path = Path(self.home.name, 'picture')
        path.write_bytes(self.random.randbytes(3000))
        digest = self.hand(console, 'attach', path).strip()
        entry = {'content_type': 'image/png', 'length': 3000, 'digest': digest, 'stub': True}
        self.change_product(console, lambda body: body.setdefault('_attachments', {}).update({f'p{n}.png': entry}))

    def sync(self, console, address, good=(0,)):
        folder = self.folder(console)
        return self.run_ctl('--stall', folder, '--json', 'sync', '--once', address, good=good, clock=CLOCKS[console])

    def kill_in_sync(self, console):
        """The power goes at a request, before the server has seen it or after."""
        processes = []
        started = threading.Event()

        def blow():
            started.wait()
            processes[0].kill()

        self.proxy.strike(self.random.randrange(14), blow, self.random.choice((False, True)))
        processes.append(self.popen('--stall', self.folder(console), 'sync', '--once', self.bad, clock=CLOCKS[console]))
        started.set()
        processes[0].communicate(timeout=120)
        self.proxy.doom = None

    def turn(self, n):
        console = self.random.choice(CONSOLES)
        act = self.random.choice(ACTS)
        there = (self.folder(console) / 'stall.db').exists()
        if act == 'market':
            self.run_ctl('market', self.clean, '--seed', n, '--rate', '6000', '--limit', '4')
        elif act == 'count' and there:
            self.edit(console, 'count', f'SH-M={self.random.randrange(20)}', good=(0, EXIT_FAILED, EXIT_NOT_FOUND))
        elif act == 'title' and there:
            self.change_title(console, n)
        elif act == 'flag' and there:
            self.hand(console, 'put', 'remark:shared', {'kind': 'remark', 'flag': self.random.choice(('red', 'blue'))})
        elif act == 'note' and there:
            self.edit(console, 'notes', 'new', self.write('note.md', NOTE + f'\n{n}\n'))
        elif act == 'picture' and there:
            self.add_picture(console, n)
        elif act == 'kill':
            self.kill_in_sync(console)
        else:
            self.sync(console, self.bad, good=(0, EXIT_FAILED))

    def calm_down(self):
        """On a good network all come to agree, in a few rounds."""
        for n in range(ROUNDS * len(CONSOLES)):
            report = json.loads(self.sync(CONSOLES[n % len(CONSOLES)], self.clean))
            self.assertEqual((report['refused'], report['missing']), (0, 0))
            if n < len(CONSOLES):
                continue
            leaves = [read_leaves(self.folder(console)) for console in CONSOLES]
            waiting = [read_waiting(self.folder(console)) for console in CONSOLES]
            if leaves[0] == leaves[1] == leaves[2] and waiting == [0, 0, 0]:
                return leaves[0]
        self.fail(f'no agreement: {leaves[0] ^ leaves[1]} {leaves[1] ^ leaves[2]} {waiting}')

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
