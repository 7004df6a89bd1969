#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The audience page as phones, and people who are up to no good, use it: real processes, real connections."""

import http.client
import json
import os
import re
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import urllib.parse
import zlib
from pathlib import Path

ADD_POLL = sys.argv.pop(1)


class Phone:
    """A browser without script: keeps its cookie, has an address of its own on this machine."""

    def __init__(self, url, address='127.0.0.1', cookie=None, language='en'):
        parts = urllib.parse.urlsplit(url)
        self.port, self.path, self.address = parts.port, parts.path, address
        self.cookie, self.language = cookie, language

    def ask(self, method, path=None, body=None, **headers):
        sent = {'Accept-Language': self.language}
        if self.cookie:
            sent['Cookie'] = self.cookie
        if body is not None:
            sent['Content-Type'] = 'application/x-www-form-urlencoded'
        sent.update({name.replace('_', '-'): value for name, value in headers.items()})
        connection = http.client.HTTPConnection('127.0.0.1', self.port, timeout=20, source_address=(self.address, 0))
        try:
            connection.request(method, path or self.path, body, sent)
            answer = connection.getresponse()
            text = answer.read()
        finally:
            connection.close()
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


def write_png(path, width, height):
    """A picture of stripes, as large in bytes as it is in pixels."""
    def chunk(kind, data):
        return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))

    rows = b''.join(b'\0' + bytes((x * y) % 251 for x in range(width) for _ in range(3)) for y in range(height))
    head = struct.pack('>IIBBBBB', width, height, 8, 2, 0, 0, 0)
    path.write_bytes(b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', head) + chunk(b'IDAT', zlib.compress(rows, 0)) + chunk(b'IEND', b''))


class VotePageTest(unittest.TestCase):
    def setUp(self):
        self.home = Path(tempfile.mkdtemp(prefix='stall-hub.'))
        self.addCleanup(shutil.rmtree, self.home)
        self.folder = self.home / 'stall'
        self.server = None

    def tearDown(self):
        if self.server:
            self.stop()

    def add_poll(self, seconds=600, kind='shown', *pictures):
        out = subprocess.run([ADD_POLL, self.folder, str(seconds), kind, *pictures], capture_output=True, text=True, check=True)
        self.poll, *self.options = out.stdout.split()

    def serve(self):
        self.server = subprocess.Popen(['stallctl', '--stall', self.folder, 'vote', 'serve', self.poll],
                                       stdout=subprocess.PIPE, text=True,
                                       env={**os.environ, 'XDG_CACHE_HOME': str(self.home / 'cache')})
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

    def test_own_vote_at_once(self):
        """Whoever votes sees the own vote counted on the next page, however fast the others are."""
        self.add_poll()
        self.serve()
        for number in range(1, 9):
            phone = Phone(self.url)
            phone.open()
            self.assertEqual(phone.vote(self.options[0])[0].status, 303)
            text = re.sub(r'<[^>]+>', ' ', phone.open())
            self.assertRegex(' '.join(text.split()), rf'\b{number} votes? · 100%')

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

    def memory(self):
        """The most that the server has taken so far, kB."""
        status = Path(f'/proc/{self.server.pid}/status').read_text(encoding='utf-8')
        return int(re.search(r'VmHWM:\s+(\d+)', status).group(1))

    def raw(self, *pieces, address='127.0.0.1'):
        """What is answered to bytes that no browser would send; nothing when the line goes dead."""
        port = urllib.parse.urlsplit(self.url).port
        with socket.create_connection(('127.0.0.1', port), timeout=40, source_address=(address, 0)) as line:
            said = b''
            try:
                for piece in pieces:
                    line.sendall(piece)
            except ConnectionError:
                pass  # it hung up before it had heard all; it may have said why
            try:
                while got := line.recv(65536):
                    said += got
            except ConnectionError:
                pass
            return said.decode('utf-8', 'replace')

    def assert_still_works(self, address):
        phone = Phone(self.url, address)
        phone.open()
        self.assertEqual(phone.vote(self.options[2])[0].status, 303)
        # What watches over memory takes some itself.
        self.assertLess(self.memory(), 60_000 if Path(os.environ['STALL_BUILD']).name != 'sanitize' else 600_000)

    def test_pictures(self):
        large, damaged = self.home / 'large.png', self.home / 'damaged.png'
        write_png(large, 900, 1200)
        damaged.write_text('not a picture')
        self.add_poll(600, 'shown', large, damaged)
        self.serve()
        phone = Phone(self.url)
        page = phone.open()
        self.assertLess(len(page.encode()), 50_000)
        self.assertEqual(re.findall(r'src="(\S+?)"', page), [f'{phone.path}picture/0', f'{phone.path}picture/1'])
        answer, _ = phone.ask('GET', phone.path + 'picture/0')
        self.assertEqual(answer.status, 200)
        self.assertEqual(answer.getheader('Content-Type'), 'image/jpeg')
        self.assertLess(int(answer.getheader('Content-Length')), 60_001)
        tag = answer.getheader('ETag')
        answer, text = phone.ask('GET', phone.path + 'picture/0', If_None_Match=tag)
        self.assertEqual((answer.status, text), (304, ''))
        for name in ('1', '2', '9', '99', '-1', '0.jpg', '18446744073709551616'):
            self.assertEqual(phone.ask('GET', phone.path + 'picture/' + name)[0].status, 404, name)
        kept = list((self.home / 'cache' / 'stall' / 'audience').iterdir())
        self.assertEqual([path.stat().st_size <= 60_000 for path in kept], [True])
        self.stop()
        # Made once: what is in the cache is what is sent after the next start.
        kept[0].write_bytes(b'\xff\xd8\xff what was kept')
        self.serve()
        self.assertIn('what was kept', phone.ask('GET', phone.path + 'picture/0')[1])

    def test_large_form(self):
        self.add_poll()
        self.serve()
        phone = Phone(self.url)
        phone.open()
        head = f'POST {phone.path}vote HTTP/1.1\r\nHost: a\r\nCookie: {phone.cookie}\r\n'.encode()
        form = b'Content-Type: application/x-www-form-urlencoded\r\n'
        body = b'option=' + b'x' * 10_000_000
        length = b'Content-Length: 10000007\r\n'
        chunks = b'Transfer-Encoding: chunked\r\n\r\n989687\r\n'
        for pieces in ((length, b'\r\n', body), (length, b'Expect: 100-continue\r\n\r\n'), (chunks, body, b'\r\n0\r\n\r\n')):
            said = self.raw(head, form, *pieces)
            self.assertTrue(said.startswith('HTTP/1.1 413 '), said[:80])
            self.assertIn('Connection: close', said)
            self.assertIn('Choose one of the options', said)
        self.assert_still_works('127.0.0.78')
        self.assertEqual(self.tally(), [0, 0, 1])

    def test_large_headers(self):
        self.add_poll()
        self.serve()
        path = urllib.parse.urlsplit(self.url).path
        head = f'GET {path} HTTP/1.1\r\nHost: a\r\n'.encode()
        self.assertTrue(self.raw(head, b'Connection: close\r\n\r\n').startswith('HTTP/1.1 200 '))
        for much in (b'X: ' + b'x' * 9000 + b'\r\n', b'Cookie: ' + b'a=b; ' * 2000 + b'\r\n',
                     b''.join(b'X-%d: y\r\n' % i for i in range(2000))):
            said = self.raw(head, much, b'\r\n')
            self.assertTrue(said.startswith('HTTP/1.1 431 '), said[:80])
        for much in (b'X: ' + b'x' * 10_000_000, b'X: y\r\n' * 1_000_000):
            self.assertNotIn('HTTP/1.1 2', self.raw(head, much))
        self.assertNotIn('HTTP/1.1 2', self.raw(b'GET /' + b'x' * 10_000_000))
        self.assert_still_works('127.0.0.79')

    def test_too_often(self):
        self.add_poll()
        self.serve()
        for _ in range(200):
            answer, text = Phone(self.url, '127.0.0.77').ask('GET')
            if answer.status == 429:
                break
        self.assertEqual(answer.status, 429)
        self.assertEqual(answer.getheader('Retry-After'), '5')
        self.assertIn('very fast', text)
        self.assert_still_works('127.0.0.78')

    def test_slow(self):
        """Who sends a byte now and then is not waited for."""
        self.add_poll()
        self.serve()
        port, path = urllib.parse.urlsplit(self.url).port, urllib.parse.urlsplit(self.url).path
        begins = (b'', b'GET / HTTP/1.1\r\nHost: a\r\n',
                  f'POST {path}vote HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\noption='.encode())
        lines = [socket.create_connection(('127.0.0.1', port), source_address=('127.0.0.2', 0)) for _ in begins]
        for line, begin in zip(lines, begins):
            line.settimeout(0.5)
            line.sendall(begin)
        started = time.monotonic()
        while lines:
            self.assertLess(time.monotonic() - started, 60)
            for line in list(lines):
                try:
                    if not begins[0]:
                        line.sendall(b'x')
                    over = not line.recv(4096)
                except TimeoutError:
                    over = False
                except ConnectionError:
                    over = True
                if over:
                    line.close()
                    lines.remove(line)
        self.assertGreater(time.monotonic() - started, 5)
        self.assert_still_works('127.0.0.3')

    def test_a_thousand_connections(self):
        self.add_poll()
        self.serve()
        port = urllib.parse.urlsplit(self.url).port
        crowd = []
        for i in range(1000):
            crowd.append(socket.create_connection(
                ('127.0.0.1', port), timeout=20, source_address=(f'127.0.1.{i % 100 + 1}', 0)))
            if i % 2:
                crowd[-1].sendall(b'GET / HTTP/1.1\r\nHost: a\r\n')
        # They are all there and say nothing; a phone votes meanwhile.
        self.assert_still_works('127.0.0.3')
        self.assertEqual(self.tally(), [0, 0, 1])
        files = len(os.listdir(f'/proc/{self.server.pid}/fd'))
        self.assertLess(files, 800)
        for connection in crowd:
            connection.close()

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
        peak = self.memory()
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
