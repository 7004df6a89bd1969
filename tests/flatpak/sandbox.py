# SPDX-License-Identifier: GPL-3.0-or-later
"""Stall as a person has it from a software centre: installed as a Flatpak, started by `flatpak run`."""

import os
import shutil
import subprocess
import sys
import time
import unittest
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS / 'e2e'), str(TESTS / 'peer')]

import drive  # noqa: E402
from gi.repository import Atspi  # noqa: E402

ID = 'io.github.stall_app.Stall'
FOLDER = Path(os.environ['HOME'], '.var', 'app', ID)
# Without a compositor GTK draws a frame inside the size that was asked for.
FRAMELESS = 'window.csd, window.solid-csd { padding: 0; margin: 0; border: none; border-radius: 0; box-shadow: none; }'


def flatpak(*arguments, check=True):
    """What a call of flatpak says. It asks about parental controls on the system bus: any bus will do."""
    settings = {**os.environ, 'DBUS_SYSTEM_BUS_ADDRESS': os.environ['DBUS_SESSION_BUS_ADDRESS']}
    done = subprocess.run(['flatpak', *arguments], capture_output=True, text=True, check=False, env=settings)
    if check and done.returncode:
        raise AssertionError(f'flatpak {" ".join(arguments)}: {done.stderr or done.stdout}')
    return done.stdout


def inside(script):
    """A shell's exit status and words, run where Stall runs; what Flatpak itself has to say is left out."""
    command = ['flatpak', 'run', '--command=sh', ID, '-c', f'exec 2>&1; {script}']
    done = subprocess.run(command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    return done.returncode, done.stdout


class Program(drive.Program):
    """Stall in its sandbox. There is one in this session, and who speaks for it on the bus is Flatpak’s proxy."""

    def __init__(self, *options):
        self.began = time.monotonic()
        super().__init__('flatpak', 'run', *options, ID, env={'G_DEBUG': 'fatal-criticals'}, patience=60)

    def _look_for_it(self):
        if self.process.poll() is not None:
            raise AssertionError(f'the program ended with {self.process.returncode} before it showed a window')
        desktop = Atspi.get_desktop(0)
        desktop.clear_cache()
        for index in range(desktop.get_child_count()):
            accessible = desktop.get_child_at_index(index)
            if accessible and 'stall' in (accessible.get_name() or '').lower() and accessible.get_child_count():
                return accessible
        return None

    def kill(self):
        flatpak('kill', ID, check=False)
        super().kill()


class SandboxTest(unittest.TestCase):
    """Every test begins as after the installation: Stall has no data yet."""

    def setUp(self):
        shutil.rmtree(FOLDER, ignore_errors=True)
        self.program = None
        gtk = FOLDER / 'config' / 'gtk-4.0'
        gtk.mkdir(parents=True)
        (gtk / 'gtk.css').write_text(FRAMELESS, encoding='utf-8')
        (gtk / 'settings.ini').write_text('[Settings]\ngtk-enable-animations=0\n', encoding='utf-8')

    def tearDown(self):
        self.end()

    def end(self):
        if self.program is not None and self.program.process.poll() is None:
            self.program.kill()

    def open(self, *options):
        self.program = Program(*options)
        return self.program

    def close(self):
        self.assertEqual(self.program.close(), 0)

    def start_empty(self, program):
        """The first answer of a person who has no stall yet."""
        program.find(name='Start Empty').point()
        start = program.find(drive.Role.BUTTON, 'Start')
        program.find_entry().write('浅春小铺')
        drive.wait('a name to be enough', lambda: start.has('sensitive'))
        start.click()
        program.find(drive.Role.LIST, 'Sections')
