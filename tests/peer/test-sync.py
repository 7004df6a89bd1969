#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Stall, PouchDB Server and PouchDB as the other device: what one writes arrives at the other as it was."""

import base64
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

from peers import ADMIN, Server, quote

HAND = sys.argv.pop()
CLIENT = Path(__file__).with_name('client.js')
# Every character an id may have, those of addresses first; 摊 and an astral one.
ODD_IDS = ['note:a/b', 'note:a+b', 'note:a b', 'note:100%', 'note:%2F', 'note:?q=1&r#f', 'note:"\\', "note:it's", 'note:摊😀', 'note:' + ''.join(map(chr, range(33, 127)))]


class SyncTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server()
        cls.count = 0

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()

    def setUp(self):
        type(self).count += 1
        self.name = f'stall-{self.count}'
        self.server.add_database(self.name)
        scratch = tempfile.TemporaryDirectory(prefix='stall-peer.')
        self.addCleanup(scratch.cleanup)
        self.folder = Path(scratch.name)

    def sync(self, device='stall'):
        read, write = os.pipe()
        os.write(write, ADMIN[1].encode() + b'\n')
        os.close(write)
        address = f'{self.server.url}/{self.name}'.replace('//', f'//{ADMIN[0]}@')
        done = subprocess.run(
            ['stallctl', '--stall', self.folder / device, 'sync', address, '--once', '--json', f'--password-fd={read}'],
            pass_fds=[read],
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        os.close(read)
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)

    def hand(self, what, argument, body=None, device='stall'):
        data = None if body is None else body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
        done = subprocess.run([HAND, self.folder / device, what, argument], input=data, capture_output=True, check=True, timeout=60)
        return done.stdout.decode()

    def get(self, identifier, device='stall'):
        """The winning revision and the body as they are in a stall."""
        text = self.hand('get', identifier, device=device)
        if not text:
            return None, None
        revision, body = text.split('\n', 1)
        return revision, body

    def other(self, *steps):
        """The other device: PouchDB with a database of its own."""
        url = self.server.url.replace('//', f'//{ADMIN[0]}:{quote(ADMIN[1])}@') + '/' + self.name
        steps = [[step[0], url] if step[0] == 'sync' else list(step) for step in steps]
        done = subprocess.run(['node', CLIENT, self.folder / 'pouch'], input=json.dumps(steps), capture_output=True, text=True, check=True, timeout=300)
        return json.loads(done.stdout)

    def conflicts(self, *arguments, device='stall'):
        command = ['stallctl', '--stall', self.folder / device, '--json', 'conflicts', *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)

    def check(self, device='stall'):
        done = subprocess.run(['stallctl', '--stall', self.folder / device, 'check'], capture_output=True, text=True, check=False, timeout=120)
        self.assertEqual(done.returncode, 0, done.stdout)

    def test_a_whole_stall_arrives(self):
        subprocess.run(['stallctl', '--stall', self.folder / 'stall', 'sample'], check=True, stdout=subprocess.DEVNULL, timeout=60)
        report = self.sync()
        self.assertEqual(report['unsent'], 0)
        *_, everything = self.other(['sync'], ['all'])
        self.assertEqual(len(everything['rows']), report['pushed'])
        for row in everything['rows'][::97]:
            revision, body = self.get(row['id'])
            self.assertEqual(revision, row['value']['rev'])
            theirs = {name: value for name, value in row['doc'].items() if not name.startswith('_')}
            ours = {name: value for name, value in json.loads(body).items() if not name.startswith('_')}
            self.assertEqual(ours, theirs)
        # And whole on a second laptop.
        second = self.sync('second')
        self.assertEqual(second['pulled'], report['pushed'])
        self.assertGreater(second['files'], 10)
        self.check('second')

    def test_what_the_other_writes_arrives_unchanged(self):
        body = {'kind': 'note', 'v': 1, 'n': 2**53 - 1, 'minus': -(2**53) + 1, 'half': 0.5, 'deep': [{'a': [None, True, {'é': '\u2028摊😀'}]}], 'empty': {}}
        documents = [{'_id': identifier, **body} for identifier in ODD_IDS]
        self.other(*(['put', document] for document in documents), ['sync'])
        self.assertEqual(self.sync()['pulled'], len(documents))
        for identifier in ODD_IDS:
            self.assertEqual(json.loads(self.get(identifier)[1]), body, identifier)
        # An edit of one field leaves the others as they are, there too.
        for identifier in ODD_IDS:
            self.hand('put', identifier, {**body, 'title': 'ours'})
        self.assertEqual(self.sync()['pushed'], len(documents))
        *_, everything = self.other(['sync'], ['all'])
        for row in everything['rows']:
            document = {name: value for name, value in row['doc'].items() if not name.startswith('_')}
            self.assertEqual(document.pop('changed').keys(), {'at', 'device', 'name'})
            self.assertEqual(document, {**body, 'title': 'ours'})

    def test_conflict_on_purpose(self):
        self.hand('put', 'remark:1', {'kind': 'remark', 'flag': 'red'})
        self.sync()
        self.other(['sync'], ['edit', 'remark:1', {'flag': 'blue'}])
        self.hand('put', 'remark:1', {'kind': 'remark', 'flag': 'green'})
        self.sync()
        self.other(['sync'])
        self.sync()
        *_, theirs = self.other(['sync'], ['get', 'remark:1', {'conflicts': True}])
        self.assertEqual(len(theirs['_conflicts']), 1)
        self.assertEqual(self.get('remark:1')[0], theirs['_rev'])
        self.assertEqual(json.loads(self.get('remark:1')[1])['flag'], theirs['flag'])

    def test_changes_that_are_not_kept(self):
        """With rules this server takes a change of what it has and lets go of it: nobody is told that it was sent."""
        self.server.ask('PUT', f'/{self.name}/_design/rules', {'validate_doc_update': 'function () {}'})
        self.hand('put', 'remark:1', {'kind': 'remark', 'flag': 'red'})
        self.assertEqual(self.sync()['unsent'], 0)
        self.hand('put', 'remark:1', {'kind': 'remark', 'flag': 'blue'})
        report = self.sync()
        kept = self.server.ask('GET', f'/{self.name}/remark%3A1')[1]['flag'] == 'blue'
        self.assertEqual((report['pushed'], report['refused'], report['unsent']), (1, 0, 0) if kept else (0, 1, 1))

    def test_different_fields_merge(self):
        self.hand('put', 'remark:1', {'kind': 'remark', 'flag': 'red', 'text': 'a'})
        self.sync()
        self.other(['sync'], ['edit', 'remark:1', {'flag': 'blue'}], ['sync'])
        self.hand('put', 'remark:1', {'kind': 'remark', 'flag': 'red', 'text': 'b'})
        self.sync()
        *_, theirs = self.other(['sync'], ['get', 'remark:1', {'conflicts': True}])
        self.assertEqual((theirs['flag'], theirs['text']), ('blue', 'b'))
        self.assertNotIn('_conflicts', theirs)
        self.assertEqual(self.get('remark:1')[0], theirs['_rev'])

    def oversold(self, device, *arguments):
        command = ['stallctl', '--stall', self.folder / device, '--json', 'oversold', *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)

    def sell(self, device, number, source, placed_at, step=None):
        """One cup, written down by a console that knows of no other sale."""
        head = {'v': 1, 'made_at': placed_at, 'device': device}
        money = {'amount': 6800, 'currency': 'CNY'}
        order = {'kind': 'order', 'number': number, 'source': {'kind': source}, 'currency': 'CNY', 'placed_at': placed_at, 'lines': [{'variant': 'v1', 'quantity': 1, 'price': money}]}
        self.hand('put', f'order:{number}', head | order, device=device)
        if step:
            self.hand('put', f'event:{number}:1', head | {'kind': 'event', 'order': f'order:{number}', 'step': step, 'at': placed_at}, device=device)

    def test_the_last_piece_sold_twice(self):
        """Two consoles sell the last cup before they meet: both list it in the order of time, the owner picks, both agree."""
        self.hand('put', 'product:cup', {'kind': 'product', 'v': 1, 'title': 'Cup', 'stage': 'on-sale', 'variants': [{'id': 'v1', 'sku': 'CUP'}]})
        self.hand('put', 'movement:1', {'kind': 'movement', 'v': 1, 'variant': 'v1', 'place': 'workshop', 'count': 2, 'reason': 'count', 'at': '2026-03-01T08:00:00Z'})
        self.sync()
        self.sync('fair')
        self.sell('stall', 'ONLINE', 'feed', '2026-03-01T10:02:00Z', 'paid')
        self.sell('fair', 'FAIR', 'fair', '2026-03-01T10:01:00Z', 'completed')
        self.sell('fair', 'EARLY', 'fair', '2026-03-01T10:00:00Z', 'paid')
        self.assertEqual((self.oversold('stall', 'list'), self.oversold('fair', 'list')), ([], []))
        for device in 'fair', 'stall', 'fair':
            self.sync(device)
        for device in 'stall', 'fair':
            listed = self.oversold(device, 'list')
            self.assertEqual([(claim['number'], claim['source'], claim['short'], claim['waiting']) for claim in listed], [('EARLY', 'fair', 1, 0), ('ONLINE', 'feed', 1, 0)])

        self.oversold('fair', 'wait', 'v1', 'order:ONLINE')
        self.sync('fair')
        self.sync()
        for device in 'stall', 'fair':
            self.assertEqual(self.oversold(device, 'list'), [])
            command = ['stallctl', '--stall', self.folder / device, '--json', 'list', 'orders']
            orders = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
            self.assertEqual({order['number']: order['waits'] for order in orders}, {'ONLINE': True, 'EARLY': False, 'FAIR': False})
            self.check(device)

    def test_deleted_then_edited(self):
        self.hand('put', 'remark:1', {'kind': 'remark', 'flag': 'red'})
        self.hand('put', 'remark:2', {'kind': 'remark', 'flag': 'red'})
        self.sync()
        # Deleted there and edited here, and the other way round: the edit stays.
        self.other(['sync'], ['remove', 'remark:1'], ['edit', 'remark:2', {'flag': 'blue'}])
        self.hand('put', 'remark:1', {'kind': 'remark', 'flag': 'green'})
        self.hand('delete', 'remark:2')
        self.sync()
        self.other(['sync'])
        self.sync()
        *_, one, two = self.other(['sync'], ['get', 'remark:1'], ['get', 'remark:2'])
        self.assertEqual((one['flag'], two['flag']), ('green', 'blue'))
        self.assertEqual(json.loads(self.get('remark:1')[1])['flag'], 'green')
        self.assertEqual(json.loads(self.get('remark:2')[1])['flag'], 'blue')
        # Deleted and made again by the other.
        self.other(['remove', 'remark:1'], ['sync'])
        self.sync()
        self.assertEqual(self.get('remark:1'), (None, None))
        self.other(['put', {'_id': 'remark:1', 'kind': 'remark', 'flag': 'white'}], ['sync'])
        self.sync()
        self.assertEqual(json.loads(self.get('remark:1')[1])['flag'], 'white')

    def test_many_revisions(self):
        *_, theirs = self.other(['put', {'_id': 'remark:1', 'kind': 'remark', 'n': -1}], ['edits', 'remark:1', 200], ['sync'], ['get', 'remark:1'])
        self.sync()
        self.assertEqual(self.get('remark:1')[0], theirs['_rev'])
        self.assertTrue(theirs['_rev'].startswith('201-'))
        self.hand('put', 'remark:1', {'kind': 'remark', 'n': 'ours'})
        self.sync()
        *_, theirs = self.other(['sync'], ['get', 'remark:1', {'conflicts': True, 'revs': True}])
        self.assertEqual(theirs['n'], 'ours')
        self.assertNotIn('_conflicts', theirs)
        self.assertEqual(len(theirs['_revisions']['ids']), 202)

    def test_deleted_leaves_and_bodies(self):
        leaves = [
            {'_id': 'remark:1', '_rev': '2-b', '_revisions': {'start': 2, 'ids': ['b', 'a']}, 'kind': 'remark', 'flag': 'red'},
            {'_id': 'remark:1', '_rev': '3-c', '_revisions': {'start': 3, 'ids': ['c', 'x', 'a']}, '_deleted': True, 'why': 'sold'},
            {'_id': 'remark:1', '_rev': '1-z', '_revisions': {'start': 1, 'ids': ['z']}, 'kind': 'remark', 'flag': 'blue', 'more': 1},
        ]
        self.other(['force', leaves], ['sync'])
        self.sync()
        self.assertEqual(self.get('remark:1')[0], '2-b')
        self.assertEqual(self.sync()['pulled'], 0)

    def test_attachments(self):
        sizes = {'zero': 0, 'one': 1, 'picture': 51200, 'film': 50 * 1024 * 1024}
        digests, entries = {}, {}
        for name, size in sizes.items():
            path = self.folder / name
            content = hashlib.shake_128(name.encode()).digest(size)
            path.write_bytes(content)
            digests[name] = hashlib.sha256(content).hexdigest()
            entries[name] = {'content_type': 'image/png', 'length': size, 'digest': self.hand('attach', path).strip(), 'stub': True}
        self.hand('put', 'product:1', {'kind': 'product', 'title': 'x', '_attachments': entries})
        self.assertEqual(self.sync()['unsent'], 0)
        _, *theirs = self.other(['sync'], *(['attachment', 'product:1', name] for name in sizes))
        self.assertEqual({name: one['sha256'] for name, one in zip(sizes, theirs)}, digests)
        # Theirs, and an edit of ours beside it.
        self.other(['put', {'_id': 'product:2', 'kind': 'product', 'title': 'y'}], ['attach', 'product:2', 'a b/c+d.png', 70000], ['sync'])
        report = self.sync()
        self.assertEqual((report['files'], report['files_late']), (1, 0))
        body = json.loads(self.get('product:2')[1])
        self.hand('put', 'product:2', {**body, 'title': 'z'})
        self.assertLess(self.sync()['bytes_sent'], 20000)
        *_, document, picture = self.other(['sync'], ['get', 'product:2'], ['attachment', 'product:2', 'a b/c+d.png'])
        self.assertEqual((document['title'], picture['size']), ('z', 70000))
        second = self.sync('second')
        self.assertEqual((second['files'], second['files_late']), (5, 0))
        self.check('second')

    def test_killed_among_pictures(self):
        """Pictures come many at a time; what is noted as here is whole, whenever the program dies."""
        count = 400
        entry = {'content_type': 'image/jpeg'}
        documents = [
            {'_id': f'product:{number}', 'kind': 'product', '_attachments': {'cover': {**entry, 'data': base64.b64encode(hashlib.shake_128(str(number).encode()).digest(20000)).decode()}}}
            for number in range(count)
        ]  # fmt: skip
        self.server.ask('POST', f'/{self.name}/_bulk_docs', {'docs': documents})
        shelves = self.folder / 'stall' / 'attachments'
        for _ in range(3):
            came = len(list(shelves.glob('??/*')))
            read, write = os.pipe()
            os.write(write, ADMIN[1].encode() + b'\n')
            os.close(write)
            address = f'{self.server.url}/{self.name}'.replace('//', f'//{ADMIN[0]}@')
            command = ['stallctl', '--stall', self.folder / 'stall', 'sync', address, '--once', f'--password-fd={read}']
            with subprocess.Popen(command, pass_fds=[read], stdout=subprocess.DEVNULL) as program:
                os.close(read)
                while program.poll() is None and len(list(shelves.glob('??/*'))) == came:
                    time.sleep(0.001)
                program.kill()
            self.check()
        self.sync()
        self.assertEqual(len(list(shelves.glob('??/*'))), count)
        self.assertEqual(list(shelves.glob('incoming-*')), [])
        self.assertEqual(self.sync()['files'], 0)
        self.check()


if __name__ == '__main__':
    unittest.main()
