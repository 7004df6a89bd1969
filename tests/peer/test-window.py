#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The owner connects in the window, works, loses the platform and gets it back; PouchDB Server is the platform."""

import re
import signal
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / 'e2e'))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / 'faults'))

from peers import Server
from proxy import Proxy
from stall import StallTest

from drive import Role, wait

PATIENCE = 60


class WindowTest(StallTest):
    SAMPLE = False

    def setUp(self):
        super().setUp()
        self.server = Server()
        self.addCleanup(lambda: self.server.stop())
        self.server.add_database('stall')
        self.server.add_user('li', ['owner'])
        self.proxy = Proxy(self.server.port, 1)
        self.addCleanup(self.proxy.stop)
        self.address = f'http://127.0.0.1:{self.proxy.port}/stall'

    def keep_secrets_in_a_file(self):
        scratch = tempfile.TemporaryDirectory(prefix='stall-keyring.')
        self.addCleanup(scratch.cleanup)
        self.environment |= {
            'SECRET_BACKEND': 'file',
            'SECRET_FILE_TEST_PATH': str(Path(scratch.name, 'test.keyring')),
            'SECRET_FILE_TEST_PASSWORD': 'test',
        }

    def start_keyring(self):
        """The keyring of the desktop, unlocked as it is once a person has logged in."""
        keyring = subprocess.Popen(
            ['gnome-keyring-daemon', '--foreground', '--components=secrets', '--unlock'],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        keyring.stdin.write(b'test')
        keyring.stdin.close()
        self.addCleanup(keyring.wait)
        self.addCleanup(keyring.kill)
        wait('the keyring', self.list_secrets)

    @staticmethod
    def list_secrets():
        """What `SearchItems` answers for Stall's secrets; None while nobody answers."""
        call = 'gdbus call --session --dest org.freedesktop.secrets --object-path /org/freedesktop/secrets --method'.split()
        search = 'org.freedesktop.Secret.Service.SearchItems'
        done = subprocess.run([*call, search, "{'user': 'li'}"], capture_output=True, text=True, check=False)
        return done.stdout if done.returncode == 0 else None

    def header_says(self, program, words):
        program.find(Role.BUTTON, words, patience=PATIENCE)
        print(f'# the header says: {words}', flush=True)

    def ids(self):
        status, answer = self.server.ask('GET', '/stall/_all_docs')
        return [row['id'] for row in answer['rows']] if status == 200 else []

    def put(self, identifier, **body):
        self.assertEqual(self.server.ask('PUT', f'/stall/{identifier}', {'v': 1, **body})[0], 201)

    def start_stall(self):
        program = self.open('--stall', str(self.folder))
        program.find(name='Start Empty').point()
        start = program.find(Role.BUTTON, 'Start')
        program.find_entry().write('浅春小铺')
        wait('a name to be enough', lambda: start.has('sensitive'))
        start.click()
        self.header_says(program, 'Not connected')
        return program

    def fill_in(self, program, password='li'):
        dialog = program.find(Role.DIALOG, 'Platform')
        for title, text in (('Address', self.address), ('User', 'li'), ('Password', password)):
            dialog.find(Role.LIST_ITEM, re.compile(f'^{title}')).find_entry().write(text)
        dialog.find(Role.BUTTON, 'Connect').click()

    def go_on(self, program):
        program.find(Role.BUTTON, 'Go On Working', patience=PATIENCE).click()
        program.gone(Role.DIALOG)

    def test_owner(self):
        """The cable is pulled, the program is stopped, and each time it goes on by itself."""
        self.keep_secrets_in_a_file()
        program = self.start_stall()
        program.act_anywhere('win.connect')
        self.fill_in(program, password='wrong')
        program.find_text(re.compile('asks you to sign in'), patience=PATIENCE)
        self.fill_in(program)
        self.go_on(program)
        self.header_says(program, 'All sent')
        self.assertIn('stall:profile', self.ids())

        self.put('product:there', kind='product', title='Lilac Suit', stage='on_sale', variants=[])
        program.press('ctrl+3')
        program.find(Role.LIST_ITEM, 'Inventory', lambda node: node.has('selected'))
        program.find_text('Lilac Suit', patience=PATIENCE)

        self.proxy.pull_cable()
        self.header_says(program, 'Offline')
        self.put('product:meanwhile', kind='product', title='Moss Coat', stage='on_sale', variants=[])
        self.proxy.plug_in()
        self.header_says(program, 'All sent')
        program.find_text('Moss Coat', patience=PATIENCE)

        program.process.send_signal(signal.SIGSTOP)
        self.put('product:asleep', kind='product', title='Dew Scarf', stage='on_sale', variants=[])
        time.sleep(2)
        program.process.send_signal(signal.SIGCONT)
        program.find_text('Dew Scarf', patience=PATIENCE)
        self.header_says(program, 'All sent')
        self.close()
        self.assertEqual(self.ctl('show', 'product:there')['title'], 'Lilac Suit')

    def test_keyring(self):
        """The password lies in the keyring, is asked for when it is wrong, and leaves with the owner."""
        self.start_keyring()
        program = self.start_stall()
        program.act_anywhere('win.connect')
        self.fill_in(program)
        self.go_on(program)
        self.header_says(program, 'All sent')
        self.close()
        self.assertIn('/org/freedesktop/secrets/collection', self.list_secrets())

        program = self.open('--stall', str(self.folder))
        self.header_says(program, 'All sent')
        self.close()

        user = self.server.ask('GET', '/_users/org.couchdb.user:li')[1]
        self.server.ask('PUT', '/_users/org.couchdb.user:li', {**user, 'password': 'new'})
        program = self.open('--stall', str(self.folder))
        self.header_says(program, 'Sign in to sync')
        program.act_anywhere('win.sync')
        program.act_anywhere('page.connect')
        self.fill_in(program, password='new')
        self.go_on(program)
        self.header_says(program, 'All sent')

        program.act_anywhere('page.sign-out')
        program.find(Role.BUTTON, 'Sign Out').click()
        self.header_says(program, 'Not connected')
        self.close()
        self.assertNotIn('/org/freedesktop/secrets/collection', self.list_secrets())

    def test_second_laptop(self):
        """A stall that is on the platform already comes to another computer with its name, without a second profile."""
        self.keep_secrets_in_a_file()
        self.put('stall:profile', kind='stall', name='Drying Day', currency='CNY')
        self.put('product:there', kind='product', title='Lilac Suit', stage='on_sale', variants=[])
        program = self.open('--stall', str(self.folder))
        program.find(name='Connect to the Platform…').point()
        self.fill_in(program)
        self.go_on(program)
        self.header_says(program, 'All sent')
        program.find_text('Drying Day')
        self.close()
        leaves = self.server.ask('GET', '/stall/stall:profile?conflicts=true')[1]
        self.assertNotIn('_conflicts', leaves)

    def test_another_stall(self):
        """The address of another stall is refused in words, and nothing moves."""
        self.keep_secrets_in_a_file()
        self.put('stall:profile', kind='stall', name='Old Mill', currency='CNY')
        subprocess.run(['stallctl', '--stall', self.folder, 'sample'], check=True, stdout=subprocess.DEVNULL)
        program = self.open('--stall', str(self.folder))
        program.act_anywhere('win.connect')
        self.fill_in(program)
        program.find_text(re.compile('Another stall, “Old Mill”'), patience=PATIENCE)
        self.close()
        self.assertEqual(self.ids(), ['stall:profile'])

    def test_two_versions(self):
        """What this window and another device changed in two ways: the header asks, the owner compares and settles, the other agrees."""
        path = '/stall/product:there'
        body = {'kind': 'product', 'v': 1, 'title': 'Cup', 'stage': 'on_sale', 'variants': []}
        self.keep_secrets_in_a_file()
        program = self.start_stall()
        program.act_anywhere('win.connect')
        self.fill_in(program)
        self.go_on(program)
        self.header_says(program, 'All sent')
        first = self.server.ask('PUT', path, body)[1]['rev']
        program.press('ctrl+3')
        program.find_text('Cup', patience=PATIENCE)
        for title, generation in (('Tea Cup', '2-' + 'a' * 32), ('Mug', '2-' + 'b' * 32)):
            changed = {'at': '2026-03-01T06:03:00Z', 'device': title, 'name': f'{title} laptop'}
            revision = body | {'title': title, 'changed': changed, '_id': 'product:there', '_rev': generation}
            revision['_revisions'] = {'start': 2, 'ids': [generation[2:], first[2:]]}
            self.assertEqual(self.server.ask('POST', '/stall/_bulk_docs', {'docs': [revision], 'new_edits': False})[0], 201)
        self.header_says(program, '1 to settle')
        program.find(Role.BUTTON, '1 to settle').click()
        program.find_text(re.compile('Both versions stay until you decide'), patience=PATIENCE)
        program.find(Role.LIST_ITEM, re.compile('^Mug')).point()
        dialog = program.find(Role.DIALOG, 'Two Versions')
        settle = dialog.find(Role.BUTTON, 'Settle')
        self.assertFalse(settle.has('sensitive'))
        dialog.find(Role.RADIO_BUTTON, re.compile('^Tea Cup')).point()
        wait('the choice to be enough', lambda: settle.has('sensitive'))
        settle.click()
        program.gone(Role.DIALOG)
        self.header_says(program, 'All sent')
        there = self.server.ask('GET', path + '?conflicts=true')[1]
        self.assertEqual((there['title'], there.get('_conflicts')), ('Tea Cup', None))

        program.press('ctrl+z')
        self.header_says(program, '1 to settle')
        wait('both versions to be there again', lambda: self.server.ask('GET', path + '?conflicts=true')[1].get('_conflicts'), PATIENCE)
        self.assertEqual(self.server.ask('GET', path)[1]['title'], 'Mug')
        self.close()


unittest.main(verbosity=2)
