# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives a GTK program through the accessibility bus, as a person with a screen reader would.

One rule makes it stable: never sleep, always wait for something that is seen on the bus. An object that went away
while it was looked at counts as “not yet”. Runs inside tests/tools/headless.
"""

import os
import re
import subprocess
import time

import gi

gi.require_version('Atspi', '2.0')
from gi.repository import Atspi, GLib  # noqa: E402

Role = Atspi.Role
PATIENCE = float(os.environ.get('DRIVE_PATIENCE', '20'))
MAX_DEPTH = 60

# GTK keeps no cache for Atspi to read, and Atspi remarks on it at every start.
GLib.log_set_handler('dbind', GLib.LogLevelFlags.LEVEL_WARNING, lambda *_: None)


class NotSeen(AssertionError):
    """What was waited for did not come."""


def wait(what, condition, patience=None):
    """Polls `condition` until it gives something true, and gives that."""
    end = time.monotonic() + (patience or PATIENCE)
    reason = ''
    while True:
        try:
            seen = condition()
            if seen:
                return seen
        except GLib.Error as error:
            reason = f' ({error.message})'
        if time.monotonic() > end:
            raise NotSeen(f'waited in vain for {what}{reason}')
        time.sleep(0.02)


def matches(pattern, text):
    """A plain string must be the whole text, a compiled pattern may be anywhere in it."""
    if pattern is None:
        return True
    text = text or ''
    return pattern == text if isinstance(pattern, str) else pattern.search(text) is not None


def is_shown(accessible):
    accessible.clear_cache()  # GTK 4.18 announces no cache: a copy may be stale
    return accessible.get_state_set().contains(Atspi.StateType.SHOWING)


def shown_below(accessible, depth=0):
    """Everything that is shown below, in tree order. What lies in something hidden is hidden too."""
    if depth > MAX_DEPTH:
        return
    for index in range(accessible.get_child_count()):
        try:
            child = accessible.get_child_at_index(index)
            shown = child is not None and is_shown(child)
        except GLib.Error:
            continue
        if shown:
            yield child
            yield from shown_below(child, depth + 1)


class Node:
    """One thing on the accessibility bus."""

    def __init__(self, accessible):
        self.accessible = accessible
        accessible.clear_cache()  # GTK 4.18 announces no cache: a copy may be stale

    @property
    def role(self):
        return self.accessible.get_role()

    @property
    def name(self):
        return self.accessible.get_name() or ''

    @property
    def children(self):
        return [Node(self.accessible.get_child_at_index(i)) for i in range(self.accessible.get_child_count())]

    @property
    def text(self):
        if self.accessible.get_text_iface() is None:
            return ''
        # An end of -1 gives nothing for a search entry in GTK 4.18.
        return Atspi.Text.get_text(self.accessible, 0, Atspi.Text.get_character_count(self.accessible))

    @property
    def words(self):
        """All that can be read in it, as one line."""
        said = [self.name, self.text] + [part for node in self.all() for part in (node.name, node.text)]
        return ' '.join(dict.fromkeys(part for part in said if part))

    @property
    def editable(self):
        return self.accessible.get_editable_text_iface() is not None and self.has('editable')

    def has(self, state):
        self.accessible.clear_cache()
        return self.accessible.get_state_set().contains(getattr(Atspi.StateType, state.upper()))

    # --- finding ---

    def all(self, role=None, name=None, where=None):
        """Everything that is shown below it and fits."""
        for accessible in shown_below(self.accessible):
            try:
                if role is not None and accessible.get_role() != role:
                    continue
                if not matches(name, accessible.get_name()):
                    continue
                node = Node(accessible)
                if where is None or where(node):
                    yield node
            except GLib.Error:
                continue

    def find(self, role=None, name=None, where=None, patience=None):
        what = ' '.join(str(part) for part in (role and role.value_nick, name and repr(name)) if part)
        return wait(what or 'something', lambda: next(self.all(role, name, where), None), patience)

    def sees(self, role=None, name=None, where=None):
        return next(self.all(role, name, where), None) is not None

    def gone(self, role=None, name=None, where=None, patience=None):
        wait(f'{name!r} to go', lambda: not self.sees(role, name, where), patience)

    def find_text(self, pattern, patience=None):
        """The first thing whose name fits, else whose text does: a message that goes by itself is a name, and seen sooner."""

        def look():
            in_name = next(self.all(name=pattern), None)
            return in_name or next(self.all(where=lambda node: matches(pattern, node.text)), None)

        return wait(f'the words {pattern!r}', look, patience)

    def find_entry(self, name=None, patience=None):
        return self.find(name=name, where=lambda node: node.editable, patience=patience)

    # --- acting ---

    @property
    def actions(self):
        count = self.accessible.get_n_actions()
        return [Atspi.Action.get_action_name(self.accessible, index) for index in range(count)]

    def act(self, action):
        """Any action of the widget without a parameter: “click”, “win.undo”, “window.close” …"""
        actions = self.actions
        if action not in actions:
            raise AssertionError(f'{self.name!r} has no action {action!r}, only {actions}')
        if not Atspi.Action.do_action(self.accessible, actions.index(action)):
            raise AssertionError(f'{self.name!r} refused {action!r}')

    def act_anywhere(self, action):
        """The same of the first widget below that has it."""
        wait(f'the action {action}', lambda: next(self.all(where=lambda node: action in node.actions), None)).act(action)

    def click(self):
        wait(f'{self.name!r} to be sensitive', lambda: self.has('sensitive'))
        actions = self.actions
        self.act(next((one for one in ('click', 'activate', 'default.activate') if one in actions), 'click'))

    def write(self, text):
        """Replaces the text of an entry; Unicode arrives whole, which real keys cannot promise."""
        if not self.editable:
            raise AssertionError(f'{self.name!r} is not editable')
        Atspi.EditableText.set_text_contents(self.accessible, text)

    def select(self, index):
        """Selects a row of a list by its place among the rows that exist."""
        if not Atspi.Selection.select_child(self.accessible, index):
            raise AssertionError(f'{self.name!r} refused to select row {index}')

    @property
    def box(self):
        """Where it is in its window."""
        return self.accessible.get_extents(Atspi.CoordType.WINDOW)

    def point(self, button=1, count=1):
        """A real click in its middle. Right only without a window frame, as `headless` makes it."""
        box = self.box
        place = (str(box.x + box.width // 2), str(box.y + box.height // 2))
        click = ['click', '--repeat', str(count), '--delay', '50', str(button)]
        subprocess.run(['xdotool', 'mousemove', *place, *click], check=True)

    def reveal(self):
        """Turns the wheel in the middle of the screen until all of it can be seen."""
        width, height = map(int, subprocess.run(['xdotool', 'getdisplaygeometry'], capture_output=True, check=True).stdout.split())
        subprocess.run(['xdotool', 'mousemove', str(width * 2 // 3), str(height // 2)], check=True)
        while not 0 <= (box := self.box).y <= height - box.height:
            subprocess.run(['xdotool', 'click', '5' if box.y > 0 else '4'], check=True)
            wait(f'{self.name!r} to move', lambda old=box.y: self.box.y != old)
        return self

    # --- looking ---

    def dump(self, depth=0):
        """The tree as text, for a person who writes a test; layout that says nothing is left out."""
        states = [state.value_nick for state in self.accessible.get_state_set().get_states()]
        told = [state for state in states if state not in ('sensitive', 'visible', 'showing', 'enabled', 'focusable')]
        actions = self.actions if self.role != Role.LABEL else []
        lines = []
        if self.name or self.text or actions or self.role not in (Role.PANEL, Role.GROUPING, Role.FILLER, Role.IMAGE):
            label = f'[{self.accessible.get_role_name()}] {self.name!r} {self.text!r} {" ".join(told)} {actions or ""}'
            lines.append('  ' * depth + label)
            depth += 1
        lines += [child.dump(depth) for child in self.children if child.has('showing')]
        return '\n'.join(line for line in lines if line)

    def nameless(self):
        """What a screen reader would stop at and could not name."""
        quiet = (Role.MENU_ITEM, Role.SCROLL_PANE, Role.LIST, Role.PANEL, Role.FILLER, Role.TABLE)
        return [
            f'{node.accessible.get_role_name()}: {node.words}'
            for node in self.all(where=lambda node: node.has('focusable'))
            if node.role not in quiet and not node.name and not node.is_wrapping
        ]

    @property
    def is_wrapping(self):
        """Whether it is a row that never has the focus itself: that of an expander row, or the choice in a combo row."""
        if self.role != Role.LIST_ITEM:
            return False
        if any(self.all(Role.LIST_ITEM)):
            return True
        above = self.accessible
        while (above := above.get_parent()) is not None:
            if above.get_role() == Role.COMBO_BOX:
                return True
        return False


class Program(Node):
    """A running program; as a node, its place on the bus with its windows below."""

    def __init__(self, *command, env=None, patience=30):
        # Warnings end the program, not this process: libatspi itself warns here about GTK's missing cache.
        settings = {'G_DEBUG': 'fatal-warnings', **os.environ, **(env or {})}
        self.process = subprocess.Popen(command, env=settings)
        Atspi.init()
        Atspi.set_timeout(3000, 15000)
        try:
            super().__init__(wait(f'{command[0]} on the bus', self._look_for_it, patience))
        except NotSeen:
            self.kill()
            raise

    def _look_for_it(self):
        if self.process.poll() is not None:
            raise AssertionError(f'the program ended with {self.process.returncode} before it showed a window')
        desktop = Atspi.get_desktop(0)
        desktop.clear_cache()
        for index in range(desktop.get_child_count()):
            accessible = desktop.get_child_at_index(index)
            if accessible and accessible.get_process_id() == self.process.pid and accessible.get_child_count():
                return accessible
        return None

    def all(self, role=None, name=None, where=None):
        if self.process.poll() is not None:
            raise AssertionError(f'the program ended with {self.process.returncode}')
        return super().all(role, name, where)

    def press(self, *keys):
        """Real keys through the X server, by their names: “Return”, “ctrl+z” …"""
        subprocess.run(['xdotool', 'key', '--delay', '0', *keys], check=True)

    def step(self):
        """Moves the focus on by the Tab key and gives what has it then.

        It listens as a screen reader does, for to look everything through takes a second; but GTK 4.18 tells nobody
        of what it had not shown on the bus before.
        """
        heard = []
        listener = Atspi.EventListener.new(lambda event: event.detail1 and heard.append(event.source))
        listener.register('object:state-changed:focused')

        def hear():
            while GLib.MainContext.default().iteration(False):
                pass
            return heard

        try:
            self.press('Tab')
            return Node(wait('the focus to move', hear, 1)[-1])
        except NotSeen:
            return self.find(where=lambda node: node.has('focused'))
        finally:
            listener.deregister('object:state-changed:focused')

    def scan(self, code):
        """What a barcode scanner does: keys faster than a person's, and Return as fast after them."""
        subprocess.run(['xdotool', 'type', '--delay', '2', '--args', '1', code, 'key', '--delay', '0', 'Return'], check=True)

    def choose(self, button, *path):
        """Opens a menu by its button and takes an item by its place, through submenus where the path has more.

        By place, because GTK 4.18 gives the items of a popover menu no names.
        """
        self.find(Role.TOGGLE_BUTTON, button).click()
        seen = []
        for place in path:

            def items(place=place, seen=tuple(seen)):
                """The items that are shown, once they are others than those of the menu above."""
                shown = list(self.all(Role.MENU_ITEM))
                return len(shown) > place and [item.accessible for item in shown] != list(seen) and shown

            menu = wait('menu items', items)
            seen = [item.accessible for item in menu]
            menu[place].click()

    def close(self, patience=20):
        """Closes the window as a person would and gives the exit status."""
        end = time.monotonic() + patience
        while time.monotonic() < end:
            try:  # an open dialog takes the first close for itself
                for window in self.children:
                    window.act('window.close')
            except (GLib.Error, AssertionError, AttributeError):
                pass
            try:
                return self.process.wait(0.3)
            except subprocess.TimeoutExpired:
                pass
        self.kill()
        raise AssertionError('the program did not end after its window was closed')

    def kill(self):
        """Ends it as a power cut would."""
        self.process.kill()
        self.process.wait()


def containing(words):
    """A pattern that finds these words anywhere."""
    return re.compile(re.escape(words))
