#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The audience page in a real browser: each phone is a Chromium with a profile of its own, driven by chromedriver.

Without Chromium the test is skipped, and says so. STALL_TEST_PICTURES=FOLDER keeps pictures of what the phones saw.
"""

import base64
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.error
import urllib.request
from pathlib import Path

ADD_POLL = sys.argv.pop(1)
ELEMENT = 'element-6066-11e4-a52e-4f735466cecf'
FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--no-proxy-server',
         '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage']


def ask(url, body=None, method=None):
    data = json.dumps(body).encode() if body is not None else None
    request = urllib.request.Request(url, data, {'Content-Type': 'application/json'}, method=method)
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(request, timeout=60) as answer:
        return json.load(answer)['value']


def wait(test, what):
    """What a click brings about comes when it comes."""
    end = time.monotonic() + 30
    while True:
        try:
            if test():
                return
        except (urllib.error.HTTPError, IndexError):
            pass  # between two pages
        assert time.monotonic() < end, what
        time.sleep(0.1)


class Phone:
    def __init__(self, driver, folder, language='en', size=(360, 740), dark=False, text=16):
        self.profile = tempfile.mkdtemp(prefix='phone.', dir=folder)
        flags = [*FLAGS, f'--user-data-dir={self.profile}', f'--accept-lang={language}', f'--window-size={size[0]},{size[1]}']
        if dark:
            flags.append('--blink-settings=preferredColorScheme=0')
        options = {'args': flags, 'binary': shutil.which('chromium'),
                   'prefs': {'intl.accept_languages': language, 'webkit.webprefs.default_font_size': text},
                   'mobileEmulation': {'deviceMetrics': {'width': size[0], 'height': size[1], 'pixelRatio': 2}}}
        wanted = {'capabilities': {'alwaysMatch': {'goog:chromeOptions': options}}}
        self.base = f'{driver}/session/{ask(driver + "/session", wanted)["sessionId"]}'

    def open(self, url):
        ask(self.base + '/url', {'url': url})

    def find(self, css):
        return [f'{self.base}/element/{found[ELEMENT]}'
                for found in ask(self.base + '/elements', {'using': 'css selector', 'value': css})]

    def click(self, css):
        ask(self.find(css)[0] + '/click', {})

    def text(self):
        return ask(self.find('body')[0] + '/text')

    def run(self, script):
        return ask(self.base + '/execute/sync', {'script': script, 'args': []})

    def force_colours(self):
        media = {'features': [{'name': 'forced-colors', 'value': 'active'}]}
        ask(self.base + '/goog/cdp/execute', {'cmd': 'Emulation.setEmulatedMedia', 'params': media})

    def vote(self, option):
        self.click(f'input[value="{option}"]')
        self.click('button')

    def photograph(self, name):
        if folder := os.environ.get('STALL_TEST_PICTURES'):
            Path(folder, f'{name}.png').write_bytes(base64.b64decode(ask(self.base + '/screenshot')))

    def quit(self):
        ask(self.base, method='DELETE')


class BrowserTest(unittest.TestCase):
    def setUp(self):
        self.home = Path(tempfile.mkdtemp(prefix='stall-browser.'))
        self.addCleanup(shutil.rmtree, self.home, ignore_errors=True)
        self.phones = []
        self.server = None
        self.chromedriver = subprocess.Popen(['chromedriver', '--port=0'], stdout=subprocess.PIPE,
                                             stderr=subprocess.DEVNULL, text=True)
        self.driver = None
        for line in self.chromedriver.stdout:
            if 'started successfully on port' in line:
                self.driver = 'http://127.0.0.1:' + line.rstrip('.\n').rsplit(' ', maxsplit=1)[1]
                break
        self.assertTrue(self.driver)

    def tearDown(self):
        for phone in self.phones:
            phone.quit()
        self.chromedriver.terminate()
        self.chromedriver.wait(20)
        self.chromedriver.stdout.close()
        if self.server:
            self.stop()

    def phone(self, **kind):
        self.phones.append(Phone(self.driver, self.home, **kind))
        return self.phones[-1]

    def add_poll(self, seconds, kind='shown', *pictures):
        out = subprocess.run([ADD_POLL, self.home / 'stall', str(seconds), kind, *pictures], capture_output=True, text=True, check=True)
        self.poll, *self.options = out.stdout.split()

    def serve(self):
        self.server = subprocess.Popen(['stallctl', '--stall', self.home / 'stall', 'vote', 'serve', self.poll],
                                       stdout=subprocess.PIPE, text=True)
        self.url = self.server.stdout.readline().strip()

    def stop(self):
        self.server.send_signal(signal.SIGTERM)
        self.server.wait(20)
        self.server.stdout.close()
        self.server = None

    def tally(self):
        out = subprocess.run(['stallctl', '--stall', self.home / 'stall', '--json', 'polls', 'show', self.poll],
                             capture_output=True, text=True, check=True)
        return [option['votes'] for option in json.loads(out.stdout)]

    def test_two_phones(self):
        self.add_poll(600)
        self.serve()
        one, other = self.phone(), self.phone(language='zh-CN', dark=True)
        one.open(self.url)
        other.open(self.url)
        one.photograph('page-before')
        other.photograph('page-before-zh-dark')
        self.assertEqual(one.run('return document.documentElement.lang'), 'en')
        self.assertEqual(other.run('return document.documentElement.lang'), 'zh-CN')
        self.assertEqual(len(one.find('script')), 0)
        self.assertLessEqual(one.run('return document.documentElement.scrollWidth'), 360)
        # The picture column is not there without pictures: a name begins beside its button.
        self.assertLess(one.run('return document.querySelector(".name").getBoundingClientRect().left'), 80)
        # Everything to touch is large enough for a thumb, and has a name.
        self.assertGreaterEqual(
            one.run('return Math.min(...[...document.querySelectorAll("label,button")]'
                    '.map(e => e.getBoundingClientRect().height))'), 48)
        self.assertTrue(one.run('return [...document.querySelectorAll("input[type=radio]")]'
                                '.every(e => e.labels.length == 1 && e.labels[0].innerText.trim())'))
        one.vote(self.options[0])
        other.vote(self.options[1])
        wait(lambda: 'Your vote counts' in one.text(), 'the first vote')
        wait(lambda: '已记下' in other.text(), 'the vote of the other phone')
        self.assertEqual(self.tally(), [1, 1, 0])
        one.vote(self.options[1])
        wait(lambda: self.tally() == [0, 2, 0], 'the changed vote')
        wait(lambda: 'Results so far' in one.text(), 'the results')
        one.photograph('page-after')
        other.open(self.url)
        other.photograph('page-after-zh-dark')

        url = self.url
        self.stop()
        self.serve()
        self.assertEqual(self.url, url)
        one.open(self.url)
        self.assertTrue(one.run(f'return document.querySelector(\'input[value="{self.options[1]}"]\').checked'))
        self.assertEqual(self.tally(), [0, 2, 0])

        screen = self.phone(size=(1200, 800))
        screen.open(self.url + 'screen')
        self.assertEqual(len(screen.find('form')), 0)
        self.assertEqual(len(screen.find('progress')), 3)
        screen.photograph('page-screen')

    def test_looks(self):
        """With pictures: all of it is there, and nothing stands out of the page, however it is looked at."""
        pictures = sorted(Path(os.environ['STALL_BUILD'], 'data', 'sample').glob('*.png'))[:3]
        self.add_poll(600, 'shown', *pictures)
        self.serve()
        looks = {'plain': {}, 'zh': {'language': 'zh-CN'}, 'narrow': {'size': (320, 600)}, 'dark': {'dark': True},
                 'forced-colours': {}, 'large-text': {'text': 32}, 'large-text-zh-narrow': {'text': 32, 'size': (320, 600), 'language': 'zh-CN'},
                 'tablet': {'size': (820, 1100)}}
        for name, look in looks.items():
            phone = self.phone(**look)
            if name == 'forced-colours':
                phone.force_colours()
            phone.open(self.url)
            phone.photograph(f'look-{name}')
            width = look.get('size', (360, 740))[0]
            self.assertLessEqual(phone.run('return document.documentElement.scrollWidth'), width, name)
            wait(lambda: phone.run('return [...document.images].every(i => i.complete && i.naturalWidth == 360)'), 'the pictures')
            self.assertEqual(len(phone.find('img')), 3)
            self.assertTrue(phone.run('return [...document.querySelectorAll("label,button,h1,p")]'
                                      '.every(e => e.scrollWidth <= e.clientWidth + 1)'), name)
            phone.vote(self.options[1])
            wait(lambda: phone.find('progress'), 'the results')
            phone.photograph(f'look-{name}-after')
            self.assertLessEqual(phone.run('return document.documentElement.scrollWidth'), width, name)
            phone.quit()
            self.phones.remove(phone)
        self.assertEqual(self.tally(), [0, len(looks), 0])

    def test_forged_cookie(self):
        self.add_poll(600)
        self.serve()
        phone = self.phone()
        phone.open(self.url)
        cookie = ask(phone.base + '/cookie/stall-voter')
        self.assertTrue(cookie['httpOnly'])
        forged = cookie['value'][:-1] + ('0' if cookie['value'][-1] != '0' else '1')
        ask(phone.base + '/cookie', {'cookie': {**cookie, 'value': forged}})
        phone.vote(self.options[0])
        wait(lambda: 'Allow cookies' in phone.text(), 'what to do about cookies')
        phone.photograph('page-problem')
        self.assertEqual(self.tally(), [0, 0, 0])

    def test_close(self):
        self.add_poll(15, 'hidden')
        self.serve()
        phone = self.phone(language='zh-CN')
        phone.open(self.url)
        phone.vote(self.options[2])
        wait(lambda: '已记下' in phone.text(), 'the vote')
        self.assertIn('截止之后公布结果', phone.text())
        self.assertEqual(len(phone.find('progress')), 0)
        wait(lambda: phone.open(self.url) or len(phone.find('progress')) == 3, 'the close')
        self.assertEqual(len(phone.find('form')), 0)
        self.assertIn('投票结果', phone.text())
        phone.photograph('page-closed-zh')


if not shutil.which('chromium') or not shutil.which('chromedriver'):
    print('There is no Chromium with its driver here, so nothing was seen in a browser.', file=sys.stderr)
    sys.exit(77)
unittest.main(verbosity=0, warnings='ignore')
