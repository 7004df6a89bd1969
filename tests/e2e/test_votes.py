#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A style test from its question to its decision."""

import re
import unittest

from drive import Role, containing, wait
from stall import StallTest


class VotesTest(StallTest):
    maxDiff = None

    def polls(self, **wanted):
        return [poll for poll in self.ctl('polls', 'list') if all(poll[key] == value for key, value in wanted.items())]

    def open_votes(self):
        program = self.open('--stall', str(self.folder))
        program.find(Role.LIST, 'Sections')
        program.press('ctrl+5')
        program.find(Role.LIST, 'Polls')
        return program

    def add_option(self, program, label):
        """A free option; its form is open and the others have a label already."""
        program.find(Role.BUTTON, 'Free Option').click()
        entry = wait('an empty label', lambda: next(
            (node for node in program.all(name=re.compile('^Label')) if node.editable and not node.text), None))
        entry.write(label)
        program.find(name=re.compile(f'^{label}'))

    def assert_wheel_passes_by(self, program):
        """Who scrolls past the day and the hour of the close does not change them."""
        day = program.find(name=re.compile('^On a Day'))
        closes, hour = day.words, program.find(Role.SPIN_BUTTON, 'Hour')

        def turn(node, button):
            place = hour.box.y
            node.point(button=button)
            wait('the page to scroll', lambda: hour.box.y != place)

        while hour.box.y > 600:
            turn(program.find(Role.BUTTON, 'Free Option'), 5)
        for node in (hour, program.find(Role.BUTTON, 'Next Month')):
            turn(node, 4)
            turn(node, 5)
        self.assertEqual(day.words, closes)

    def test_make_and_open(self):
        program = self.open_votes()
        program.find(Role.BUTTON, 'New Poll').click()
        program.find_entry(re.compile('^Question')).write('Which collar?')
        self.add_option(program, 'Round')
        wait('the draft to be saved', lambda: self.polls(question='Which collar?', state='draft'))
        program.find(Role.BUTTON, re.compile('^Open Poll')).click()
        program.find_text('A poll needs two options or more. Add another one.')
        self.add_option(program, 'Stand-up')
        program.find(name=re.compile('^On a Day')).find(where=lambda node: 'toggle' in node.actions).act('toggle')
        self.assert_wheel_passes_by(program)
        self.assertEqual(program.nameless(), [])
        program.find(Role.BUTTON, re.compile('^Open Poll')).click()
        program.find_text(containing('only an earlier close can be set'))
        program.find(Role.BUTTON, 'Open Poll').click()
        program.find_text('No votes yet.')
        wait('the poll to be open', lambda: self.polls(question='Which collar?', state='open'))
        # What the audience has seen is not taken back.
        program.press('ctrl+z')
        self.close()
        self.assertEqual(len(self.polls(question='Which collar?', state='open')), 1)

    def test_close_and_decide(self):
        poll = self.polls(state='open')[0]
        program = self.open_votes()
        program.find(Role.LIST_ITEM, containing(poll['question'])).point()
        program.find(name=re.compile(r'^Moss: 94 votes, 45.%, between 38.% and 52.%'))
        program.act_anywhere('poll.close-now')
        program.find(Role.BUTTON, 'Close Now').click()
        wait('the poll to be closed', lambda: self.polls(id=poll['id'], state='closed'))
        program.find(Role.LIST_ITEM, 'Votes', lambda node: node.accessible.get_description() == '1 poll to decide')

        program.find(Role.BUTTON, re.compile('^Decide')).click()
        dialog = program.find(Role.DIALOG)
        dialog.find(name=re.compile('^Reason')).find_entry().write('Moss by a length')
        dialog.find(Role.BUTTON, 'Decide').click()
        program.gone(Role.DIALOG)
        wait('the decision', lambda: self.polls(id=poll['id'], outcome='make', option='Moss', quantity=30))
        program.find_text(containing('30 pieces decided'))
        program.find(Role.BUTTON, 'Undo').click()
        wait('no decision', lambda: self.polls(id=poll['id'], state='closed'))
        self.assertEqual(program.nameless(), [])
        self.close()
        self.assertEqual(self.ctl('check'), {'differences': []})

    def test_export(self):
        """The tally and the ballots as files; of an open poll no ballots, for a voter may think again."""
        exported = self.data / 'poll.csv'
        self.offer_file(exported)
        program = self.open_votes()
        for poll, items in ((self.polls(state='open')[0], ('export',)), (self.polls(state='decided')[0], ('export', 'ballots'))):
            program.find(Role.LIST_ITEM, containing(poll['question'])).point()
            program.find(None, 'Votes by option')
            for place, kind in enumerate(items, 1 if len(items) == 1 else 2):
                wanted = self.data / f'{kind}.csv'
                self.ctl('polls', kind, poll['id'], wanted)
                program.choose('Poll Menu', place)
                wait(f'the file of {kind}', lambda: exported.exists() and exported.read_bytes() == wanted.read_bytes())
                program.find_text(containing('exported to “poll.csv”'))
            program.press('Escape')
            program.find(Role.LIST, 'Polls')
        self.close()


unittest.main(verbosity=2)
