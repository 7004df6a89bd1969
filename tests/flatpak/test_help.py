#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""F1 reaches the desktop's help viewer, which is outside of the sandbox."""

import os
import subprocess
import unittest
from pathlib import Path

from sandbox import ID, SandboxTest, flatpak

from drive import wait

PATIENCE = 60
VIEWER = """[Desktop Entry]
Type=Application
Name=Help
Exec=sh -c "echo %u > {asked}"
MimeType=x-scheme-handler/ghelp;
"""


class HelpTest(SandboxTest):
    def test_viewer_is_given_pages_it_can_read(self):
        asked = Path(os.environ['HOME'], 'asked')
        asked.unlink(missing_ok=True)
        applications = Path(os.environ['HOME'], '.local', 'share', 'applications')
        applications.mkdir(parents=True, exist_ok=True)
        viewer = applications / 'org.example.Help.desktop'
        viewer.write_text(VIEWER.format(asked=asked), encoding='utf-8')
        (applications / 'mimeapps.list').write_text(
            '[Default Applications]\nx-scheme-handler/ghelp=org.example.Help.desktop\n', encoding='utf-8'
        )
        subprocess.run(['update-desktop-database', applications], check=True)
        program = self.open()
        self.start_empty(program)
        program.press('F1')
        address = wait('the help viewer', lambda: asked.exists() and asked.read_text(encoding='utf-8').strip(), PATIENCE)
        self.assertTrue(address.startswith('ghelp:/'), address)
        index = Path(address.removeprefix('ghelp:'), 'index.page')
        self.assertTrue(index.exists(), index)
        self.assertIn(flatpak('info', '--show-location', ID).strip(), str(index))
        self.close()


unittest.main(verbosity=2)
