#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The audience page as phones, and people who are up to no good, use it: real processes, real connections."""

import http.client
import json
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import urllib.parse
from pathlib import Path

ADD_POLL = sys.argv.pop(1)


class Phone:
    """A browser without script: keeps its cookie, has an address of its own on this machine."""

    def __init__(self, url, address='127.0.0.1', cookie=None, language='en'):
        parts = urllib.parse.urlsplit(url)
        self.port, self.path, self.address = parts.port, parts.path, address
        self.cookie, self.language, self.connection = cookie, language, None

    def ask(self, method, path=None, body=None, **headers):
        sent = {'Accept-Language': self.language}
        if self.cookie:
            sent['Cookie'] = self.cookie
        if body is not None:
            sent['Content-Type'] = 'application/x-www-form-urlencoded'
        sent.update({name.replace('_', '-'): value for name, value in headers.items()})
        for attempt in (1, 2):
            if self.connection is None:
                self.connection = http.client.HTTPConnection(
                    '127.0.0.1', self.port, timeout=20, source_address=(self.address, 0))
            try:
                self.connection.request(method, path or self.path, body, sent)
                answer = self.connection.getresponse()
                text = answer.read()
                break
            except (ConnectionError, http.client.BadStatusLine):
                self.connection.close()
                self.connection = None
                if attempt == 2:
                    raise
        if answer.getheader('Set-Cookie'):
            self.cookie = answer.getheader('Set-Cookie').split(';')[0]
        return answer, text.decode('utf-8', 'replace')

    def open(self):
        answer, text = self.ask('GET')
        assert answer.status == 200, answer.status
        self.token = re.search(r'name="token" value="(\w+)"', text).group(1)
        return text

    def vote(self, option, **headers):
        body = urllib.parse.urlencode({'option': option, 'token': self.token})
        return self.ask('POST', self.path + 'vote', body, **headers)


class VotePageTest(unittest.TestCase):
    def setUp(self):
        self.home = Path(tempfile.mkdtemp(prefix='stall-hub.'))
        self.addCleanup(shutil.rmtree, self.home)
        self.folder = self.home / 'stall'
        self.server = None

    def tearDown(self):
        if self.server:
            self.stop()

    def add_poll(self, seconds=600, *hidden):
        out = subprocess.run([ADD_POLL, self.folder, str(seconds), *hidden], capture_output=True, text=True, check=True)
        self.poll, *self.options = out.stdout.split()

    def serve(self):
        self.server = subprocess.Popen(['stallctl', '--stall', self.folder, 'vote', 'serve', self.poll],
                                       stdout=subprocess.PIPE, text=True)
        self.url = self.server.stdout.readline().strip()
        self.assertTrue(self.url.startswith('http://'), self.url)

    def stop(self, with_signal=signal.SIGTERM):
        self.server.send_signal(with_signal)
        self.server.wait(20)
        self.server.stdout.close()
        self.server = None

    def tally(self):
        out = subprocess.run(['stallctl', '--stall', self.folder, '--json', 'polls', 'show', self.poll],
                             capture_output=True, text=True, check=True)
        return [option['votes'] for option in json.loads(out.stdout)]

    def test_vote_and_change(self):
        self.add_poll()
        self.serve()
        one, other = Phone(self.url), Phone(self.url, language='zh-CN,zh;q=0.9,en;q=0.4')
        text = one.open()
        self.assertLess(len(text.encode()), 50_000)
        self.assertNotIn('<script>', text)
        self.assertIn('&lt;script&gt;', text)
        self.assertIn('Lilac &lt;丁香&gt;', text)
        self.assertNotIn('Results so far', text)
        self.assertIn('投票', other.open())
        answer, _ = one.vote(self.options[0])
        self.assertEqual(answer.status, 303)
        self.assertIn('Your vote counts', one.open())
        self.assertEqual(self.tally(), [1, 0, 0])
        self.assertEqual(one.vote(self.options[1])[0].status, 303)
        self.assertEqual(other.vote(self.options[1])[0].status, 303)
        self.assertEqual(self.tally(), [0, 2, 0])
        self.assertIn('Results so far', one.open())
        url = self.url
        self.stop()
        self.serve()
        self.assertEqual(self.url, url)
        self.assertRegex(one.open(), r'value="%s" checked' % self.options[1])
        self.assertEqual(self.tally(), [0, 2, 0])

    def test_headers(self):
        self.add_poll()
        self.serve()
        answer, _ = Phone(self.url).ask('GET')
        self.assertIn("default-src 'none'", answer.getheader('Content-Security-Policy'))
        self.assertNotIn('unsafe', answer.getheader('Content-Security-Policy'))
        self.assertEqual(answer.getheader('X-Content-Type-Options'), 'nosniff')
        self.assertEqual(answer.getheader('Referrer-Policy'), 'same-origin')
        self.assertIn('HttpOnly', answer.getheader('Set-Cookie'))
        self.assertIn('SameSite', answer.getheader('Set-Cookie'))

    def test_up_to_no_good(self):
        self.add_poll()
        self.serve()
        phone = Phone(self.url)
        phone.open()
        good, token = phone.cookie, phone.token
        for cookie in (None, good[:-1] + ('0' if good[-1] != '0' else '1'), 'stall-voter=' + 'a' * 65, 'x=y'):
            forged = Phone(self.url, cookie=cookie)
            forged.token = token
            self.assertEqual(forged.vote(self.options[0])[0].status, 403, cookie)
        stranger = Phone(self.url)
        stranger.open()
        stranger.token = token
        self.assertEqual(stranger.vote(self.options[0])[0].status, 403)
        self.assertEqual(phone.vote(self.options[0], Origin='http://evil.example')[0].status, 403)
        self.assertEqual(phone.vote(self.options[0], Origin='null')[0].status, 403)
        self.assertEqual(phone.vote('no-such-option')[0].status, 400)
        self.assertEqual(phone.ask('POST', phone.path + 'vote', 'option=a&option=b&token=c')[0].status, 400)
        for path in ('/', '/../../etc/passwd', phone.path + '../x', phone.path + 'picture/../../stall.db',
                     phone.path + '%2e%2e/%2e%2e/etc/passwd', phone.path + 'picture/99', phone.path[:-2] + '/',
                     phone.path + 'picture/%00'):
            self.assertIn(phone.ask('GET', path)[0].status, (400, 404), path)
        self.assertEqual(phone.ask('DELETE')[0].status, 405)
        self.assertEqual(self.tally(), [0, 0, 0])
        self.assertEqual(phone.vote(self.options[0], Origin=f'http://127.0.0.1:{phone.port}')[0].status, 303)

    def test_too_much(self):
        self.add_poll()
        self.serve()
        phone = Phone(self.url)
        phone.open()
        with self.assertRaises((AssertionError, OSError, http.client.HTTPException)):
            answer, _ = phone.ask('POST', phone.path + 'vote', 'x' * 10_000_000)
            self.assertNotEqual(answer.status, 413)
        for _ in range(200):
            answer, _ = Phone(self.url, '127.0.0.77').ask('GET')
            if answer.status == 429:
                break
        self.assertEqual(answer.status, 429)
        phone = Phone(self.url, '127.0.0.78')
        phone.open()
        self.assertEqual(phone.vote(self.options[0])[0].status, 303)
        memory = Path(f'/proc/{self.server.pid}/status').read_text()
        self.assertLess(int(re.search(r'VmHWM:\s+(\d+)', memory).group(1)), 120_000)

    def test_slow_and_many(self):
        self.add_poll()
        self.serve()
        port = urllib.parse.urlsplit(self.url).port
        slow = socket.create_connection(('127.0.0.1', port), source_address=('127.0.0.2', 0))
        slow.sendall(b'GET / HTTP/1.1\r\nHost: a\r\n')
        crowd = []
        for i in range(1000):
            try:
                crowd.append(socket.create_connection(
                    ('127.0.0.1', port), timeout=5, source_address=(f'127.0.1.{i % 100 + 1}', 0)))
            except OSError:
                break
        started = time.monotonic()
        slow.settimeout(40)
        try:
            while slow.recv(4096):
                pass
        except ConnectionError:
            pass
        self.assertLess(time.monotonic() - started, 30)
        for connection in crowd:
            connection.close()
        slow.close()
        phone = Phone(self.url, '127.0.0.3')
        phone.open()
        self.assertEqual(phone.vote(self.options[2])[0].status, 303)
        self.assertEqual(self.tally(), [0, 0, 1])

    def test_close(self):
        self.add_poll(4, 'hidden')
        self.serve()
        phone = Phone(self.url)
        self.assertIn('results are shown when', phone.open())
        self.assertEqual(phone.vote(self.options[0])[0].status, 303)
        self.assertNotIn('<progress', phone.open())
        time.sleep(6)
        self.assertEqual(phone.vote(self.options[1])[0].status, 409)
        text = phone.ask('GET')[1]
        self.assertIn('has closed', text)
        self.assertIn('<progress', text)
        self.assertNotIn('<form', text)
        self.assertEqual(self.tally(), [1, 0, 0])
        sheets = [self.home / 'tally.csv', self.home / 'ballots.csv']
        for act, sheet in zip(('export', 'ballots'), sheets):
            subprocess.run(['stallctl', '--stall', self.folder, 'polls', act, self.poll, sheet], check=True)
        tally, ballots = (sheet.read_text('utf-8-sig', newline='').split('\r\n') for sheet in sheets)
        self.assertIn('Lilac <丁香>,1,1.0000', tally[1].replace('"', ''))
        self.assertEqual(len(tally), 5)
        self.assertIn('Lilac <丁香>', ballots[1])
        self.assertEqual(len(ballots), 3)
        count = subprocess.run(['stallctl', '--stall', self.folder, 'list', 'ballot', '--count'],
                               capture_output=True, text=True, check=True)
        self.assertEqual(count.stdout.strip(), '1')

    def crowd(self, n_phones, n_ballots, acknowledged):
        def one(number):
            for i in range(n_ballots):
                name = f'{number}-{i}'
                phone = Phone(self.url, f'127.0.2.{number + 1}')
                try:
                    phone.open()
                    if phone.vote(self.options[(number + i) % 3])[0].status == 303:
                        acknowledged[name] = (number + i) % 3
                except (OSError, http.client.HTTPException, AssertionError):
                    pass
                finally:
                    if phone.connection:
                        phone.connection.close()

        threads = [threading.Thread(target=one, args=(n,)) for n in range(n_phones)]
        for thread in threads:
            thread.start()
        return threads

    def test_crowd(self):
        """500 ballots from 50 addresses: none lost, none doubled, and what was acknowledged outlives a kill."""
        self.add_poll()
        self.serve()
        acknowledged = {}
        started = time.monotonic()
        for thread in self.crowd(50, 10, acknowledged):
            thread.join()
        seconds = time.monotonic() - started
        memory = Path(f'/proc/{self.server.pid}/status').read_text()
        peak = int(re.search(r'VmHWM:\s+(\d+)', memory).group(1))
        print(f'# 500 ballots in {seconds:.2f} s, peak memory {peak} kB', file=sys.stderr)
        self.stop(signal.SIGKILL)
        self.assertEqual(len(acknowledged), 500)
        self.assertEqual(self.tally(), [list(acknowledged.values()).count(i) for i in range(3)])

    def test_kill_in_the_rush(self):
        self.add_poll()
        self.serve()
        acknowledged = {}
        threads = self.crowd(20, 10, acknowledged)
        while len(acknowledged) < 60:
            time.sleep(0.01)
        self.stop(signal.SIGKILL)
        for thread in threads:
            thread.join()
        tally = self.tally()
        for i in range(3):
            self.assertGreaterEqual(tally[i], list(acknowledged.values()).count(i))
        self.assertLessEqual(sum(tally), 200)
        self.serve()
        phone = Phone(self.url)
        phone.open()
        self.assertEqual(phone.vote(self.options[0])[0].status, 303)
        self.assertEqual(sum(self.tally()), sum(tally) + 1)


unittest.main(verbosity=0, warnings='ignore')
