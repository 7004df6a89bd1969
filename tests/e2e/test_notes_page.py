#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""All notes: narrow them, find one in either script, schedule one from the keyboard and take it back."""

import subprocess
import unittest

from drive import Role, wait
from stall import StallTest


class NotesPageTest(StallTest):
    def setUp(self):
        super().setUp()
        page = self.data / 'page.md'
        page.write_text('# 蓝染的九个夜晚\n\nNine dips, and rain on the *zinc* roof.\n', encoding='utf-8')
        subprocess.run(['stallctl', '--stall', self.folder, 'notes', 'new', page], check=True, stdout=subprocess.DEVNULL)

    def open_notes(self):
        program = self.open('--stall', str(self.folder))
        program.find(Role.LIST, 'Sections')
        program.press('ctrl+4')
        wait('the notes', lambda: self.cards(program))
        return program

    def cards(self, program):
        return [cell.words for cell in program.all(Role.TABLE_CELL)]

    def test_narrow(self):
        program = self.open_notes()
        n_drafts = len(self.ctl('notes', 'list', '--state=draft'))
        program.find(name=f'Drafts {n_drafts}').click()
        wait('only drafts', lambda: len(self.cards(program)) == n_drafts)
        program.press('ctrl+f')
        for words in ('九个', 'zin'):
            program.find_entry().write(words)
            wait(words, lambda: len(cards := self.cards(program)) == 1 and '蓝染的九个夜晚' in cards[0])
        self.close()

    def test_schedule(self):
        program = self.open_notes()
        program.press('ctrl+f')
        program.find_entry().write('九个')
        wait('one note', lambda: len(self.cards(program)) == 1)
        program.press('Down')
        wait('the focus', lambda: program.find(Role.TABLE_CELL).has('focused') or program.press('Down'))
        program.act_anywhere('note.schedule')
        program.find(Role.BUTTON, 'Schedule').click()
        wait('the schedule', lambda: any('Scheduled for Tomorrow, 20:00' in card for card in self.cards(program)))
        program.press('ctrl+z')
        wait('a draft', lambda: any('Draft, today' in card for card in self.cards(program)))
        self.assertEqual(self.ctl('notes', 'list', '--state=scheduled', '--search=九个'), [])
        self.close()


unittest.main(verbosity=2)
