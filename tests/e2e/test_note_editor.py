#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Notes written by keyboard: words, a picture, a product link, and a window closed in the middle of a word."""

import re
import subprocess
import unittest

from drive import Role, wait
from stall import StallTest, animate


class NoteEditorTest(StallTest):
    def type(self, words):
        subprocess.run(['xdotool', 'type', '--delay', '5', words], check=True)

    def focused(self, program, name):
        return program.find(name=name, where=lambda node: node.has('focused'))

    def find_id(self):
        found = self.ctl('notes', 'list', '--search=zinc')
        return found[0]['id'] if found else None

    def body(self, note=None):
        """What the stall keeps of the note."""
        note = note or self.find_id()
        if note is None:
            return ''
        command = ['stallctl', '--stall', self.folder, 'notes', 'show', note]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.rstrip('\n')

    def new_note(self, program):
        program.find(Role.LIST, 'Sections')
        program.press('ctrl+4')
        program.find(None, 'Notes')
        program.press('ctrl+n')
        program.find(Role.DIALOG)
        program.press('Return')  # the first template is the blank note
        self.focused(program, 'Title')

    def state(self, note):
        return next(row['state'] for row in self.ctl('notes', 'list') if row['id'] == note)

    def test_tell(self):
        """From a template, with a pasted picture, scheduled, an old version restored and given up again; all of it stays."""
        self.copy_picture()
        program = self.open('--stall', str(self.folder))
        program.find(Role.LIST, 'Sections')
        program.press('ctrl+4')
        program.find(None, 'Notes')
        program.press('ctrl+n')
        program.find(Role.DIALOG)
        program.press('Down', 'Return')
        self.focused(program, 'Title')
        self.type('The zinc roof')
        note = wait('the title', self.find_id)
        self.assertIn('##', self.body(note))
        program.press('Return')
        self.focused(program, 'Text')
        program.press('ctrl+End')
        self.type('Rain on it.')
        program.press('ctrl+v')
        wait('the picture', lambda: '![](picture' in self.body(note))
        program.press('ctrl+End')
        self.type('The last word')
        wait('the words', lambda: self.body(note).endswith('The last word'))
        program.find(where=lambda node: 'Rain on it.' in node.name + node.text and not node.editable)  # in the preview
        told = self.body(note)

        program.act_anywhere('note.schedule')
        program.find(Role.BUTTON, 'Schedule').click()
        wait('the schedule', lambda: self.state(note) == 'scheduled')
        program.find_text(re.compile('^Scheduled for'))

        program.act_anywhere('note.history')
        program.find(Role.LIST, 'Versions')
        wait('the list', lambda: any(item.has('focused') for item in program.all(Role.LIST_ITEM)))
        program.press('End', 'Return')
        program.find(Role.BUTTON, 'Restore').click()
        wait('the old version', lambda: self.body(note) != told)
        self.assertEqual(self.state(note), 'draft')
        program.find(Role.BUTTON, 'Undo').click()
        wait('the new one', lambda: self.body(note) == told)
        self.assertEqual(self.state(note), 'scheduled')
        self.close()

        program = self.open('--stall', str(self.folder))
        program.find(Role.LIST, 'Sections')
        program.press('ctrl+4')
        program.press('ctrl+f')
        program.find_entry().write('zinc')
        wait('the note', lambda: len(cells := list(program.all(Role.TABLE_CELL))) == 1 and cells)[0].point()
        wait('the text', lambda: program.find_entry('Text').text.endswith('The last word'))
        program.find_text(re.compile('^Scheduled for'))
        self.close()
        self.assertEqual(self.body(note), told)
        self.assertEqual(self.ctl('check'), {'differences': []})

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
        wait('the picture', lambda: self.body().endswith('![](the-vat.jpg)'))
        self.type('It drums')
        wait('a paragraph after the picture', lambda: self.body().endswith('![](the-vat.jpg)\n\nIt drums'))
        program.press('ctrl+k')
        self.focused(program, 'Title, SKU or barcode')
        title = self.ctl('list', 'products')[0]['title']
        program.find_entry('Title, SKU or barcode').write(title)
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

    def test_drop(self):
        """A picture dropped out of a file manager stands where it was dropped."""
        program = self.open('--stall', str(self.folder))
        self.new_note(program)
        self.type('The zinc roof')
        program.press('Return')
        self.focused(program, 'Text')
        self.type('Rain on it')
        wait('the words', lambda: self.body().endswith('Rain on it'))
        self.drag_file(self.draw_picture('roof'), program.find_entry('Text'))
        wait('the picture', lambda: self.body().endswith('Rain on it\n\n![](roof.png)'))
        self.close()
        self.assertEqual(self.ctl('check'), {'differences': []})

    def test_back_to_the_newest(self):
        """What was just written is in sight in a list that is longer than the window."""
        page = self.data / 'page.md'
        for number in range(6):
            page.write_text(f'# Page {number}\n\nOf an old book.\n', encoding='utf-8')
            subprocess.run(['stallctl', '--stall', self.folder, 'notes', 'new', page], check=True, stdout=subprocess.DEVNULL)
        program = self.open('--stall', str(self.folder))
        for title in ('zinc', 'onyx', 'jade', 'opal', 'ruby'):
            self.new_note(program)
            self.type(title)
            program.press('Escape')
            card = program.find(Role.TABLE_CELL, where=lambda node, title=title: title in node.words)
            wait(f'{title} to be in sight', lambda card=card: 0 < card.box.y < 300)
        self.close()

    def test_leave(self):
        """Escape and Alt+Left lead back from wherever somebody writes, and what was written stays."""
        program = self.open('--stall', str(self.folder))
        self.new_note(program)
        self.type('The zinc roof')
        program.press('Return')
        self.focused(program, 'Text')
        self.type('Rain on it')
        note = None
        for key, entry in (('alt+Left', 'Text'), ('Escape', 'Text'), ('alt+Left', 'Title'), ('Escape', 'Title')):
            program.find_entry(entry).point()
            self.focused(program, entry)
            program.press(key)
            program.gone(name='Text')
            note = note or wait('the note', self.find_id)
            self.assertEqual(self.body(note), '# The zinc roof\n\nRain on it')
            program.press('ctrl+f')
            program.find_entry().write('zinc')
            wait('the note', lambda: len(cells := list(program.all(Role.TABLE_CELL))) == 1 and cells)[0].point()
            program.find_entry('Text')
        self.close()

    def test_typing_while_the_page_slides_in(self):
        animate()
        self.addCleanup(animate, False)
        program = self.open('--stall', str(self.folder))
        program.find(Role.LIST, 'Sections')
        program.press('ctrl+4')
        program.find(None, 'Notes')
        for title in ('zinc', 'onyx'):
            program.press('ctrl+n')
            program.find(Role.DIALOG)
            wait('the first template', lambda: program.find(Role.DIALOG).sees(where=lambda node: node.has('focused')))
            program.press('Return', *title, 'Return', *'rain')
            wait('all that was typed', lambda: self.focused(program, 'Text').text == 'rain')
            self.assertEqual(program.find_entry('Title').text, title)
            note = wait('the note', lambda: self.ctl('notes', 'list', f'--search={title}'))[0]['id']
            wait('the words', lambda: self.body(note) == f'# {title}\n\nrain')
            program.press('ctrl+4')
            program.gone(name='Title')
        self.close()


unittest.main(verbosity=2)
