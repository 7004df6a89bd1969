#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A note written by keyboard alone: words, a picture, a product link, and a window closed in the middle of a word."""

import subprocess
import unittest

from drive import Role, wait
from stall import StallTest


class NoteEditorTest(StallTest):
    def type(self, words):
        subprocess.run(['xdotool', 'type', '--delay', '5', words], check=True)

    def focused(self, program, name):
        return program.find(name=name, where=lambda node: node.has('focused'))

    def body(self):
        """What the stall keeps of the note."""
        found = self.ctl('notes', 'list', '--search=zinc')
        if not found:
            return ''
        command = ['stallctl', '--stall', self.folder, 'notes', 'show', found[0]['id']]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.rstrip('\n')

    def new_note(self, program):
        program.find(Role.LIST, 'Sections')
        program.press('ctrl+4')
        program.find(None, 'Notes')
        program.press('ctrl+n')
        program.find(Role.DIALOG)
        program.press('Return')  # the first template is the blank note
        self.focused(program, 'Title')

    def test_write(self):
        picture = self.data / 'the vat.png'
        subprocess.run(['convert', '-size', '3000x2000', 'xc:#4060a0', picture], check=True)
        self.offer_file(picture)
        program = self.open('--stall', str(self.folder))
        self.new_note(program)
        self.type('The zinc roof')
        program.press('Return')
        self.focused(program, 'Text')
        self.type('Rain on it.')
        program.press('ctrl+shift+p')
        wait('the picture', lambda: '![](the-vat.jpg)' in self.body())
        program.press('ctrl+End')
        program.press('ctrl+k')
        self.focused(program, 'Search Products')
        title = self.ctl('list', 'products')[0]['title']
        program.find_entry('Search Products').write(title)
        program.press('Return')
        wait('the link', lambda: f'[{title}](product:' in self.body())
        self.focused(program, 'Text')
        self.type(' The last word')
        self.close()
        self.assertTrue(self.body().endswith(' The last word'), self.body())

        program = self.open('--stall', str(self.folder))
        program.find(Role.LIST, 'Sections')
        program.press('ctrl+4')
        program.press('ctrl+f')
        program.find_entry().write('zinc')
        wait('the note', lambda: len(cells := list(program.all(Role.TABLE_CELL))) == 1 and cells)[0].point()
        wait('the text', lambda: program.find_entry('Text').text.endswith(' The last word'))
        self.close()
        self.assertEqual(self.ctl('check'), {'differences': []})


unittest.main(verbosity=2)
