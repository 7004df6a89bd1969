#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A vote as it is run: the owner at the program, the audience at its page."""

import http.client
import os
import re
import subprocess
import unittest
import urllib.parse
from pathlib import Path

from drive import Role, containing, wait
from stall import StallTest


class Phone:
    """A browser that keeps its cookie."""

    def __init__(self, url):
        self.url = urllib.parse.urlsplit(url)
        self.cookie = None

    def ask(self, method, path='', body=None):
        connection = http.client.HTTPConnection(self.url.hostname, self.url.port, timeout=20)
        headers = {'Accept-Language': 'en', **({'Cookie': self.cookie} if self.cookie else {})}
        if body:
            headers['Content-Type'] = 'application/x-www-form-urlencoded'
        connection.request(method, self.url.path + path, body, headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        if cookie := answer.getheader('Set-Cookie'):
            self.cookie = cookie.split(';')[0]
        return answer.status, text

    def open(self):
        status, text = self.ask('GET')
        assert status == 200, status
        form = re.search(r'name="token" value="(\w+)"', text)
        self.token = form.group(1) if form else None
        labels = re.findall(r'required value="([^"]+)"( checked)?>.*?class="name">([^<]*)', text)
        self.options = {label: option for option, _, label in labels}
        self.chosen = next((label for _, checked, label in labels if checked), None)
        return text

    def vote(self, label):
        return self.ask('POST', 'vote', urllib.parse.urlencode({'option': self.options[label], 'token': self.token}))[0]


class AudienceTest(StallTest):
    def add_poll(self, seconds, kind):
        tool = Path(os.environ['STALL_BUILD'], 'tests', 'hub', 'add-poll')
        out = subprocess.run([tool, self.folder, str(seconds), kind], capture_output=True, text=True, check=True)
        return out.stdout.split()[0]

    def show(self, question):
        """Opens the program on a poll and shows it to the audience; the address that phones open."""
        program = self.open('--stall', str(self.folder))
        program.find(Role.LIST, 'Sections')
        program.press('ctrl+5')
        program.find(Role.LIST_ITEM, containing(question)).point()
        program.act_anywhere('poll.show')
        if program.find_text(re.compile('^(Scan to Vote|No Network)$')).words.startswith('No'):
            self.skipTest('this machine is in no network')
        return program, program.find_text(re.compile('^http://')).text

    def vote(self, url, label):
        phone = Phone(url)
        phone.open()
        self.assertEqual(phone.vote(label), 303)
        self.assertEqual(phone.open().count('Your vote counts'), 1)
        return phone

    def test_phones_and_a_power_cut(self):
        """Votes are seen as they come; a page that was kept on is seen too; nothing goes with the program."""
        poll = next(poll for poll in self.ctl('polls', 'list') if poll['state'] == 'open')
        program, url = self.show(poll['question'])
        program.find(name=re.compile('^Moss: 94 votes'))
        phones = [self.vote(url, 'Moss') for _ in range(3)]
        program.find(name=re.compile('^Moss: 97 votes'))

        program.act_anywhere('audience.keep-on')
        program.act_anywhere('audience.close')
        program.find_text('Phones can open the vote page of this poll')
        phones.append(self.vote(url, 'Moss'))
        program.find(name=re.compile('^Moss: 98 votes'))
        self.assertEqual(program.nameless(), [])
        program.press('ctrl+1')
        program.gone(name=re.compile('^Moss: 98 votes'))
        program.find(Role.BUTTON, 'Vote page is on').click()
        program.find(name=re.compile('^Moss: 98 votes'))

        program.kill()
        program, again = self.show(poll['question'])
        self.assertEqual(again, url)
        program.find(name=re.compile('^Moss: 98 votes'))
        phones[0].open()
        self.assertEqual(phones[0].chosen, 'Moss')
        other = next(label for label in phones[0].options if label != 'Moss')
        self.assertEqual(phones[0].vote(other), 303)
        program.find(name=re.compile('^Moss: 97 votes'))

        program.find(Role.BUTTON, 'Turn Off').click()
        program.gone(name='Scan to Vote')
        program.gone(name='Vote page is on')
        with self.assertRaises(OSError):
            phones[1].ask('GET')
        self.close()
        self.assertEqual(self.ctl('check'), {'differences': []})

    def test_closes_with_votes(self):
        poll = self.add_poll(3600, '3')
        program, url = self.show('Which colour?')
        late = Phone(url)
        late.open()
        for _ in range(3):
            self.vote(url, 'Sage')
        program.find_text('Voting Has Closed')
        program.find_text(containing('The vote is over.'))
        self.assertEqual(late.vote('Sage'), 409)
        self.assertIn('This poll has closed', late.open())
        # What was voted became ballots, without anybody asking for it.
        wait('the ballots', lambda: self.ctl('polls', 'show', poll)[2]['votes'] == 3 and self.ctl('list', 'ballot', '--count'))
        self.close()
        self.assertEqual(self.ctl('check'), {'differences': []})

    def test_closes_with_time_and_hides(self):
        self.add_poll(60, 'hidden')
        program, url = self.show('Which colour?')
        program.find_text('The results are shown when the poll has closed.')
        phone = self.vote(url, 'Sage')
        program.find(name=re.compile('^Sage: 1 vote'))
        self.assertNotIn('<progress', phone.open())
        program.find_text(containing('The vote is over.'), patience=120)
        program.find_text('Voting Has Closed')
        program.gone(name='The results are shown when the poll has closed.')
        wait('the results on the phone', lambda: '<progress' in phone.open())
        self.assertIsNone(phone.token)
        self.close()


unittest.main(verbosity=2)
