#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A full disk, a folder that cannot be written to, a damaged file, a file of a newer Stall."""

import hashlib
import os
import shutil
import sqlite3
import subprocess
import unittest

from faults import EXIT_DIFFERENCES, EXIT_FAILED, FaultTest, write_orders

# A small file system of our own, where that is permitted.
OWN_MOUNTS = ['unshare', '--map-root-user', '--mount', 'sh', '-ec', 'mount -t tmpfs -o size=6m tmpfs "$0"; cp -r "$1" "$0"; shift; "$@"']
# The superuser may write anywhere until it gives that right away.
NO_RIGHTS = ['setpriv', '--bounding-set=-all', '--inh-caps=-all'] if os.getuid() == 0 else []


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


class DiskTest(FaultTest):
    def setUp(self):
        super().setUp()
        self.database = self.folder / 'stall.db'
        small = self.home / 'small.csv'
        write_orders(small, 40)
        self.import_orders(small)

    def settle(self):
        """Takes everything out of the write-ahead log, so that a test may look at one file only."""
        connection = sqlite3.connect(self.database)
        connection.execute('PRAGMA wal_checkpoint(TRUNCATE)')
        connection.execute('PRAGMA journal_mode=DELETE')
        connection.close()

    def test_full_disk(self):
        disk = self.home / 'disk'
        disk.mkdir()
        large = self.home / 'large.csv'
        write_orders(large, 4000)
        script = [
            *('sh', '-c'),
            'stallctl --stall "$0" import orders --preset online-retail "$1"; echo "import $?"; '
            'stallctl --stall "$0" list orders --count; stallctl --stall "$0" check; echo "check $?"',
            disk / 'stall',
            large,
        ]
        probe = subprocess.run([*OWN_MOUNTS, disk, self.folder, 'true'], capture_output=True, text=True, check=False)
        if probe.returncode:
            self.skipTest(f'no file system of our own: {probe.stderr.strip()}')
        done = subprocess.run([*OWN_MOUNTS, disk, self.folder, *script], capture_output=True, text=True, check=True)
        words = done.stdout.split('\n')
        self.assertIn('import 1', words, done)
        self.assertIn('40', words, done)
        self.assertIn('check 0', words, done)
        self.assertRegex(done.stderr, 'full')

    def test_read_only_folder(self):
        modes = {path: path.stat().st_mode for path in [self.folder, *self.folder.rglob('*')]}
        for path, mode in modes.items():
            path.chmod(mode & ~0o222)
        complaint = self.ctl('count', '10000=3', status=EXIT_FAILED, wrapper=NO_RIGHTS)
        self.assertRegex(complaint, 'written|write|read-only')
        for path, mode in modes.items():
            path.chmod(mode)
        self.assertEqual(self.count('orders'), 40)

    def check_flipped(self, data, place):
        """How `stallctl check` ends on `data` with the byte at `place` flipped; it never writes to the file."""
        flipped = bytearray(data)
        flipped[place] ^= 0xFF
        self.database.write_bytes(flipped)
        done = subprocess.run(self.command('check'), capture_output=True, text=True, check=False)
        self.assertIn(done.returncode, (0, EXIT_FAILED, EXIT_DIFFERENCES), f'byte {place}: {done}')
        self.assertEqual(digest(self.database), hashlib.sha256(flipped).hexdigest(), f'byte {place}: was written to')
        return done.returncode

    def test_flipped_bytes(self):
        """Whatever byte is flipped: no crash, nothing written. Free space may change unnoticed, nothing else."""
        self.settle()
        data = self.database.read_bytes()
        meaning = {
            'magic': 0,
            'page size': 16,
            'first page': 100,
            'schema': data.index(b'CREATE TABLE orders ('),
            'document': data.index(b'"number":"600012"') + len(b'"number":"6'),
        }
        for name, place in meaning.items():
            self.assertNotEqual(self.check_flipped(data, place), 0, name)
        for _ in range(12):
            self.check_flipped(data, self.random.randrange(100, len(data)))

    def test_damaged_header(self):
        self.settle()
        data = bytearray(self.database.read_bytes())
        data[:16] = b'no database here'
        self.database.write_bytes(data)
        for verb in (['count', '10000=3'], ['list', 'orders'], ['check']):
            complaint = self.ctl(*verb, status=EXIT_FAILED)
            self.assertRegex(complaint, 'damaged')
        self.assertEqual(self.database.read_bytes(), bytes(data))

    def test_newer_file(self):
        self.settle()
        connection = sqlite3.connect(self.database)
        connection.execute('PRAGMA user_version = 9999')
        connection.close()
        before = digest(self.database)
        for verb in (['count', '10000=3'], ['list', 'orders']):
            complaint = self.ctl(*verb, status=EXIT_FAILED)
            self.assertRegex(complaint, 'newer')
        self.assertEqual(digest(self.database), before)


unittest.main(verbosity=2)
