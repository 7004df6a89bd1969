#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The platform's rules on a server: every kind as each role may and may not write and change it."""

import datetime
import unittest
from pathlib import Path

from peers import Server, quote

DESIGN = Path(__file__).resolve().parents[2] / 'data' / 'platform' / 'design'
ROLES = ('owner', 'helper', 'platform')
NOW = datetime.datetime.now(datetime.UTC)
PRICE = {'amount': 46800, 'currency': 'CNY'}


def time_in(**distance):
    return (NOW + datetime.timedelta(**distance)).strftime('%Y-%m-%dT%H:%M:%SZ')


def read_design():
    """The design document as `stallctl platform` puts it together: a folder is a member, a file its text."""
    design = {'_id': '_design/stall', 'language': 'javascript'}
    for path in DESIGN.rglob('*.js'):
        *folders, name = path.relative_to(DESIGN).with_suffix('').parts
        member = design
        for folder in folders:
            member = member.setdefault(folder, {})
        text = path.read_text(encoding='utf-8').strip()
        # CouchDB takes a function, nothing before it.
        member[name] = text[text.index('function (') :] if 'function (' in text else text
    return design


# kind: who writes it, whether it is a fact, an id, what it says
KINDS = {
    'stall': (['owner'], False, 'stall:profile', {}),
    'product': (['owner'], False, 'product:{n}', {'title': 'Shirt', 'variants': [{'id': 'v', 'price': PRICE}]}),
    'movement': (ROLES, True, 'movement:{n}', {'variant': 'v', 'quantity': -1, 'at': time_in()}),
    'order': (
        ROLES,
        True,
        'order:{n}',
        {'number': '1', 'source': {'kind': 'fair'}, 'currency': 'CNY', 'placed_at': time_in(), 'lines': []},
    ),
    'event': (ROLES, True, 'event:o:{n}', {'order': 'order:o', 'step': 'packed', 'at': time_in()}),
    'remark': (['owner', 'helper'], False, 'remark:{n}', {'flag': 'blue'}),
    'contact': (['owner', 'platform'], False, 'contact:{n}', {'name': 'Qing Mei'}),
    'note': (['owner'], False, 'note:{n}', {'title': 'Nine Dips', 'state': 'draft', 'body': ''}),
    'echo': (['platform'], False, 'echo:note:n:{n}', {'views': 12}),
    'context': (['owner', 'platform'], False, 'context:{n}', {'product': 'product:p', 'type': 'owner'}),
    'poll': (['owner'], False, 'poll:{n}', {'question': 'Lilac?', 'opens_at': time_in(days=1), 'options': []}),
    'ballot': (ROLES, True, 'ballot:p:{n}', {'poll': 'poll:p', 'option': 'a', 'at': time_in(), 'via': 'live'}),
    'tally': (['platform'], False, 'tally:p:{n}', {'poll': 'poll:p', 'votes': {'a': 2}}),
    'decision': (['owner'], True, 'decision:p:{n}', {'poll': 'poll:p', 'outcome': 'make', 'at': time_in()}),
    'signal': (['owner', 'platform'], False, 'signal:{n}', {'name': 'Light Spring', 'private': True}),
    'reply': (['owner'], False, 'reply:{n}', {'signal': 'signal:s', 'answer': 'accept'}),
    'segment': (['owner'], False, 'segment:{n}', {'name': 'Room to breathe'}),
    'buyer': (['owner'], False, 'buyer:{n}', {'name': 'Lin Qiao'}),
    'deal': (['owner'], False, 'deal:{n}', {'buyer': 'buyer:b'}),
    'session': (['owner'], False, 'session:{n}', {'name': 'Old Mill Fair'}),
    'listing': (['platform'], False, 'listing:{n}', {'state': 'shown'}),
    'plan': (['platform'], False, 'plan:{n}', {'counted': PRICE}),
}


class RulesTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server()
        cls.addClassCleanup(cls.server.stop)
        for role in ROLES:
            cls.server.add_user(role, [role])
        cls.server.add_user('stranger', [])

    def setUp(self):
        self.database = '/' + self._testMethodName.replace('_', '-')
        self.server.add_database(self.database[1:])
        self.serial = 0
        status, answer = self.server.ask('PUT', f'{self.database}/_design/stall', read_design())
        self.assertEqual(status, 201, answer)

    def new(self, kind, writer, **members):
        self.serial += 1
        _, _, identifier, content = KINDS[kind]
        return {
            '_id': identifier.format(n=self.serial),
            'kind': kind,
            'v': 1,
            'made_at': time_in(),
            'device': 'platform' if writer == 'platform' else f'laptop-of-{writer}',
            **content,
            **members,
        }

    def put(self, document, writer):
        user = (writer, writer) if writer else None
        return self.server.ask('PUT', f'{self.database}/{quote(document["_id"])}', document, user)

    def allowed(self, document, writer):
        status, answer = self.put(document, writer)
        self.assertEqual(status, 201, f'{writer} {document}: {answer}')
        return {**document, '_rev': answer['rev']}

    def refused(self, document, writer, words='', status=403):
        got, answer = self.put(document, writer)
        self.assertEqual(got, status, f'{writer} {document}: {answer}')
        self.assertRegex(answer['reason'], words)

    def delete(self, document):
        return {'_id': document['_id'], '_rev': document['_rev'], '_deleted': True}

    def test_writers(self):
        for kind, (writers, *_) in KINDS.items():
            for role in ROLES:
                with self.subTest(kind=kind, role=role):
                    self.database = f'/writers-{kind}-{role}'
                    self.server.add_database(self.database[1:])
                    self.server.ask('PUT', f'{self.database}/_design/stall', read_design())
                    document = self.new(kind, role)
                    if role in writers:
                        self.allowed(document, role)
                    else:
                        self.refused(document, role, 'is written by')
            self.refused(self.new(kind, 'stranger'), 'stranger', 'is written by')

    def test_changes(self):
        for kind, (writers, fact, *_) in KINDS.items():
            with self.subTest(kind=kind):
                stored = self.allowed(self.new(kind, writers[0]), writers[0])
                changed = {**stored, 'unknown': {'deep': [1]}}
                if fact:
                    for role in ROLES:
                        self.refused(changed, role, 'never changes|is written by')
                else:
                    self.allowed(changed, writers[0])

    def test_shape(self):
        def wrong(words, kind='movement', **members):
            self.refused(self.new(kind, 'owner', **members), 'owner', words)

        wrong('version', v='1')
        wrong('made_at', made_at='yesterday')
        wrong('device', device='')
        wrong('another writer', device='platform')
        wrong('two kinds', kind='movement', **{'_id': 'product:1'})
        wrong('no time', at='2026-13')
        wrong('whole quantity', quantity=1.5)
        wrong('no step', kind='event', step='eaten')
        wrong('belongs to', kind='event', order='order:another')
        wrong('whole number of the smallest coin', kind='product', price={'amount': 1.5, 'currency': 'CNY'})
        wrong('three letters', kind='product', variants=[{'price': {'amount': 1, 'currency': 'Yuan'}}])
        wrong('does not know', kind='movement', **{'_id': 'oracle:1'})
        self.allowed(self.new('movement', 'platform') | {'_id': 'oracle:1', 'kind': 'oracle'}, 'platform')
        self.refused(self.new('movement', 'owner'), None, 'Sign in', status=401)

    def test_sources(self):
        note = {'kind': 'note', 'ref': 'note:n'}
        self.allowed(self.new('order', 'owner', source=note), 'owner')
        self.refused(self.new('order', 'helper', source=note), 'helper', 'fair only')
        self.allowed(self.new('order', 'platform', source=note), 'platform')

    def test_undo(self):
        """What one's own side wrote is taken back, but neither the platform's facts nor money."""
        self.allowed(self.delete(self.allowed(self.new('movement', 'owner'), 'owner')), 'owner')
        self.refused(self.delete(self.allowed(self.new('order', 'platform'), 'platform')), 'owner', 'not taken back')
        for step in ('paid', 'completed', 'refunded'):
            self.refused(self.delete(self.allowed(self.new('event', 'owner', step=step), 'owner')), 'owner', 'refund')
        for step in ('waiting', 'resumed'):
            self.allowed(self.delete(self.allowed(self.new('event', 'helper', step=step), 'helper')), 'helper')
        shipped = self.allowed(self.new('event', 'owner', step='shipped'), 'owner')
        gone = self.allowed(self.delete(shipped), 'owner')
        # And a redo writes it again.
        self.allowed({**shipped, '_rev': gone['_rev']}, 'owner')

    def test_contacts(self):
        stored = self.allowed(self.new('contact', 'platform'), 'platform')
        self.refused({**stored, 'name': 'Me'}, 'owner', 'not edited here')
        own = self.allowed(self.new('contact', 'owner'), 'owner')
        self.allowed({**own, 'name': 'Qing', 'device': 'platform'}, 'platform')

    def test_open_poll(self):
        poll = self.allowed(
            self.new('poll', 'owner', opens_at=time_in(days=-1), closes_at=time_in(days=2)), 'owner'
        )
        self.refused({**poll, 'question': 'Moss?'}, 'owner', 'as the voters saw it')
        self.refused({**poll, 'closes_at': time_in(days=3)}, 'owner', 'not later')
        self.refused({**poll, 'closes_at': None}, 'owner', 'not later')
        self.refused(self.delete(poll), 'owner', 'Close it')
        self.allowed({**poll, 'closes_at': time_in(hours=1)}, 'owner')
        draft = self.allowed(self.new('poll', 'owner'), 'owner')
        self.allowed({**draft, 'question': 'Moss?'}, 'owner')

    def test_ballots(self):
        self.refused(self.new('ballot', 'owner', via='platform'), 'owner', 'by the platform')
        first = self.allowed(self.new('ballot', 'platform', via='platform'), 'platform')
        self.refused({**first, 'option': 'b'}, 'platform', 'never changes')

    def test_tally(self):
        tally = self.allowed(self.new('tally', 'platform', deposits={'a': 1}), 'platform')
        self.refused({**tally, 'votes': {'a': 1}}, 'platform', 'only rise')
        self.refused({**tally, 'votes': {}}, 'platform', 'only rise')
        self.refused({**tally, 'deposits': {}}, 'platform', 'only rise')
        self.allowed({**tally, 'votes': {'a': 3, 'b': 1}}, 'platform')

    def test_signals(self):
        announced = self.allowed(self.new('signal', 'platform', private=False), 'platform')
        self.refused({**announced, 'name': 'Mine'}, 'owner', 'not edited')
        self.refused({**announced, 'private': True}, 'owner', 'not edited')
        self.refused(self.new('signal', 'owner', private=False), 'owner', 'not edited')

    def test_replicated(self):
        """Replication writes revisions of its own name; the rules hold there too, document by document."""
        good, bad = self.new('movement', 'owner'), self.new('plan', 'owner')
        for document in good, bad:
            document['_revisions'] = {'start': 1, 'ids': ['a' * 32]}
            document['_rev'] = '1-' + 'a' * 32
        body = {'new_edits': False, 'docs': [good, bad]}
        status, answer = self.server.ask('POST', f'{self.database}/_bulk_docs', body, ('owner', 'owner'))
        self.assertEqual(status, 201, answer)
        self.assertIn('forbidden', [row.get('error') or row.get('name') for row in answer])
        self.assertEqual(self.server.ask('GET', f'{self.database}/{quote(good["_id"])}')[0], 200)
        self.assertEqual(self.server.ask('GET', f'{self.database}/{quote(bad["_id"])}')[0], 404)

    def test_views(self):
        for option in 'aab':
            self.allowed(self.new('ballot', 'platform', option=option), 'platform')
        order = self.allowed(self.new('order', 'owner'), 'owner')
        for step in ('paid', 'shipped'):
            event = self.new('event', 'owner', step=step, order=order['_id'])
            self.allowed(event | {'_id': f'event:{order["_id"][6:]}:{step}'}, 'owner')
        view = f'{self.database}/_design/stall/_view'
        rows = self.server.ask('GET', f'{view}/ballots?group=true')[1]['rows']
        self.assertEqual({row['key'][1]: row['value'] for row in rows}, {'a': 2, 'b': 1})
        rows = self.server.ask('GET', f'{view}/orders?reduce=false')[1]['rows']
        self.assertEqual([row['value'] for row in rows], ['fair'])
        rows = self.server.ask('GET', f'{view}/events')[1]['rows']
        self.assertEqual(sorted(row['value'] for row in rows), ['paid', 'shipped'])
        feed = self.server.ask('GET', f'{self.database}/_changes?filter=stall/kinds&kinds=ballot,order')[1]
        self.assertEqual(len(feed['results']), 4)

    def test_rules_are_the_platforms(self):
        design = self.server.ask('GET', f'{self.database}/_design/stall')[1]
        status, _ = self.put({**design, 'validate_doc_update': 'function () {}'}, 'owner')
        self.assertIn(status, (401, 403))


unittest.main(verbosity=2)
