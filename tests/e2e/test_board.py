#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The style funnel: styles moved with the mouse and with the keyboard, dropped for a reason, and taken up again."""

import re
import subprocess
import unittest

from drive import Role, containing, wait
from stall import StallTest


class BoardTest(StallTest):
    def stage(self, title):
        return next(row['stage'] for row in self.ctl('list', 'products') if row['title'] == title)

    def open_board(self):
        program = self.open_at('Inventory')
        program.act_anywhere('page.board')
        self.card(program, 'Testing', 'Cloud Hat')
        return program

    def column(self, program, stage):
        return program.find(Role.LIST, stage)

    def card(self, program, stage, title):
        return self.column(program, stage).find(Role.LIST_ITEM, title)

    def drag(self, card, column):
        """What a hand does: press, move away, move there, let go."""
        start, end = card.box, column.box

        def mouse(*words):
            subprocess.run(['xdotool', *map(str, words)], check=True)

        x, y = start.x + start.width // 2, start.y + start.height // 2
        mouse('mousemove', x, y, 'mousedown', 1)
        for step in range(1, 11):
            mouse('mousemove', '--sync', x + (end.x + end.width // 2 - x) * step // 10, y + 2 * step, 'sleep', 0.02)
        mouse('mouseup', 1)

    def give_reason(self, program, reason):
        dialog = program.find(Role.ALERT)
        dialog.find_entry().write(reason)
        dialog.find(Role.BUTTON, 'Drop').click()
        program.gone(Role.ALERT)

    def test_drag(self):
        program = self.open_board()
        self.drag(self.card(program, 'Testing', 'Cloud Hat'), self.column(program, 'Production'))
        wait('the move', lambda: self.stage('Cloud Hat') == 'production')
        self.card(program, 'Production', 'Cloud Hat')
        program.find(Role.BUTTON, 'Undo').click()
        wait('the way back', lambda: self.stage('Cloud Hat') == 'testing')
        self.close()

    def test_keyboard(self):
        program = self.open_board()
        self.card(program, 'Testing', 'Cloud Hat').point()
        for stage in ('Production', 'On sale'):
            program.press('ctrl+Right')
            wait('the focus to go with it', lambda: self.card(program, stage, 'Cloud Hat').has('focused'))
        wait('the moves', lambda: self.stage('Cloud Hat') == 'on-sale')
        self.close()
        self.assertEqual(self.ctl('check'), {'differences': []})

    def test_drop_and_revive(self):
        """A drop has a reason, the share kept counts it, and a style taken up again is where it was."""
        program = self.open_board()
        program.find_text(re.compile('kept: 14 of 15 decided'))
        self.card(program, 'Testing', 'Cloud Hat').point()
        program.press('shift+F10')
        program.find(Role.MENU_ITEM)
        program.press('Up', 'Return')  # the last stage
        self.give_reason(program, 'Nobody wears hats')
        wait('the drop', lambda: self.stage('Cloud Hat') == 'dropped')
        program.find_text('Nobody wears hats')
        program.find_text(re.compile('kept: 14 of 16 decided'))

        self.card(program, 'Dropped', 'Cloud Hat')
        self.column(program, 'Dropped').select(0)  # the newest
        program.find(where=lambda node: 'column.revive' in node.actions and node.sees(Role.LIST, 'Dropped')).act('column.revive')
        wait('it to be back', lambda: self.stage('Cloud Hat') == 'testing')
        program.find_text(re.compile('kept: 14 of 15 decided'))
        self.close()

    def test_drop_many(self):
        """Of many at once the reason is asked once, and each has it."""
        titles = {row['title'] for row in self.ctl('list', 'products', '--search', 'cloud')}
        self.assertGreater(len(titles), 1)
        program = self.open_at('Inventory')
        program.press('ctrl+f')
        program.find_entry().write('cloud')
        shelf = program.find(name='Products', where=lambda node: node.role in (Role.TABLE, Role.LIST))
        item = (Role.TABLE_CELL, Role.LIST_ITEM)
        wait('only those', lambda: len(list(shelf.all(where=lambda node: node.role in item))) == len(titles))
        program.act_anywhere('page.selecting')
        program.act_anywhere('page.select-all')
        program.choose('Stage', 6)
        self.give_reason(program, 'Too many clouds')
        wait('the drop', lambda: {self.stage(title) for title in titles} == {'dropped'})
        program.act_anywhere('page.board')
        wait('their reasons', lambda: len(list(self.column(program, 'Dropped').all(name='Too many clouds'))) == len(titles))
        self.close()


unittest.main(verbosity=2)
