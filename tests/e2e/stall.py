# SPDX-License-Identifier: GPL-3.0-or-later
"""A stall in a temporary folder, the window on it, and the same stall through stallctl."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from drive import Program, Role


def animate(on=True):
    """Whether pages of programs opened from now on move as they come and go, as they do for most people."""
    settings = Path(os.environ['XDG_CONFIG_HOME'], 'gtk-4.0', 'settings.ini')
    words = re.sub('gtk-enable-animations=.', f'gtk-enable-animations={int(on)}', settings.read_text(encoding='utf-8'))
    settings.write_text(words, encoding='utf-8')


class StallTest(unittest.TestCase):
    """Every test gets a stall of its own: a copy of the sample stall, or with `SAMPLE = False` none at all."""

    SAMPLE = True

    @classmethod
    def setUpClass(cls):
        cls.shelf = Path(tempfile.mkdtemp(prefix='stall-e2e.'))
        cls.addClassCleanup(shutil.rmtree, cls.shelf)
        if cls.SAMPLE:
            subprocess.run(['stallctl', '--stall', cls.shelf / 'sample' / 'stall', 'sample'], check=True)

    def setUp(self):
        self.data = self.shelf / self._testMethodName
        if self.SAMPLE:
            shutil.copytree(self.shelf / 'sample', self.data)
        else:
            self.data.mkdir()
        self.folder = self.data / 'stall'
        self.environment = {'XDG_DATA_HOME': str(self.data)}
        self.program = None

    def tearDown(self):
        if self.program is not None and self.program.process.poll() is None:
            self.program.kill()

    def open(self, *arguments):
        """Opens the window."""
        self.program = Program('stall', *arguments, env=self.environment)
        return self.program

    def open_at(self, section):
        """Opens the window on the stall and goes to Today, Orders or Inventory."""
        program = self.open('--stall', str(self.folder))
        program.find(Role.LIST, 'Sections')
        program.press(f'ctrl+{1 + ("Today", "Orders", "Inventory").index(section)}')
        program.find(Role.LIST_ITEM, re.compile(f'^{section}'), lambda node: node.has('selected'))
        return program

    def offer_file(self, path):
        """Makes every file dialog of programs opened from now on give this file."""
        self.start_portal(path)

    def decline(self):
        """Makes the person decline every file dialog, and to have programs in the background."""
        self.start_portal()

    def start_portal(self, *arguments):
        command = [sys.executable, Path(__file__).with_name('portal.py'), *arguments]
        portal = subprocess.Popen(command, stdout=subprocess.PIPE)
        self.addCleanup(portal.stdout.close)
        self.addCleanup(portal.wait)
        self.addCleanup(portal.kill)
        self.assertEqual(portal.stdout.readline(), b'ready\n')
        self.environment['GDK_DEBUG'] = 'portals'

    def close(self):
        self.assertEqual(self.program.close(), 0)

    def ctl(self, *arguments, status=0):
        """Calls stallctl on the same stall; what it wrote as JSON, or as text where it is none."""
        command = ['stallctl', '--stall', self.folder, '--json', *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, 'LC_ALL': 'C.UTF-8'})
        self.assertEqual(done.returncode, status, done.stderr)
        if status:
            return done.stderr
        return json.loads(done.stdout) if done.stdout.strip() else None

    def orders(self, **wanted):
        """Orders by the values of their columns."""
        return [order for order in self.ctl('list', 'orders') if all(order[key] == value for key, value in wanted.items())]

    def copy_picture(self):
        """Puts a picture on the clipboard, as another program does."""
        self.give_picture(self.draw_picture('roof'))

    def draw_picture(self, name):
        picture = self.data / f'{name}.png'
        subprocess.run(['convert', '-size', '300x200', 'xc:#a0a0b0', picture], check=True)
        return picture

    def give_picture(self, *arguments):
        tool = Path(os.environ['STALL_BUILD'], 'tests', 'e2e', 'give-picture')
        giving = subprocess.Popen([tool, *arguments], stdout=subprocess.PIPE)
        self.addCleanup(giving.stdout.close)
        self.addCleanup(giving.wait)
        self.addCleanup(giving.kill)
        self.assertEqual(giving.stdout.readline(), b'ready\n')
        return giving

    def drag_file(self, path, node):
        """Drags a file out of another program's window, which lies in the corner of the screen, into the middle of a node."""
        giving = self.give_picture('--drag', path)
        subprocess.run(['xdotool', 'search', '--sync', '--onlyvisible', '--pid', str(giving.pid)], check=True, stdout=subprocess.DEVNULL)
        box = node.box
        x, y = box.x + box.width // 2, box.y + box.height // 2

        def mouse(*words):
            subprocess.run(['xdotool', *map(str, words)], check=True)

        mouse('mousemove', '--sync', 50, 50, 'mousedown', 1)
        for step in range(1, 11):
            mouse('mousemove', '--sync', 50 + (x - 50) * step // 10, 50 + (y - 50) * step // 10, 'sleep', 0.05)
        mouse('mouseup', 1)
