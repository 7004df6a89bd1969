#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The desktop's notifications: shows none, but keeps what it was asked to show, and can be clicked.

As a program it owns the name on the session bus, writes each notification as a line of JSON and clicks the one whose
number is read from its input.
"""

import json
import queue
import subprocess
import sys
import threading

NAME = 'org.freedesktop.Notifications'
PATH = '/org/freedesktop/Notifications'
INTERFACE = """
<node>
  <interface name='org.freedesktop.Notifications'>
    <method name='GetCapabilities'><arg type='as' direction='out'/></method>
    <method name='GetServerInformation'>
      <arg type='s' direction='out'/><arg type='s' direction='out'/><arg type='s' direction='out'/>
      <arg type='s' direction='out'/>
    </method>
    <method name='Notify'>
      <arg type='s' direction='in'/><arg type='u' direction='in'/><arg type='s' direction='in'/>
      <arg type='s' direction='in'/><arg type='s' direction='in'/><arg type='as' direction='in'/>
      <arg type='a{sv}' direction='in'/><arg type='i' direction='in'/><arg type='u' direction='out'/>
    </method>
    <method name='CloseNotification'><arg type='u' direction='in'/></method>
    <signal name='NotificationClosed'><arg type='u'/><arg type='u'/></signal>
    <signal name='ActionInvoked'><arg type='u'/><arg type='s'/></signal>
  </interface>
</node>
"""


class Notifications:
    """Runs this file beside a test."""

    def __init__(self):
        self.process = subprocess.Popen(
            [sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self.process.stdout.readline() == 'ready\n'
        self.shown = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in self.process.stdout:
            self.shown.put(json.loads(line))

    def next(self, patience=60):
        """The next notification: its number, title and body."""
        return self.shown.get(timeout=patience)

    def click(self, notification):
        print(notification['number'], file=self.process.stdin, flush=True)

    def stop(self):
        self.process.kill()
        self.process.wait()
        self.process.stdin.close()


class Daemon:
    def __init__(self):
        self.count = 0
        self.answers = {
            'GetCapabilities': ('(as)', (['actions', 'body'],)),
            'GetServerInformation': ('(ssss)', ('none', 'none', '1', '1.2')),
        }

    def call(self, _connection, _sender, _path, _interface, method, arguments, invocation):
        from gi.repository import GLib

        if method == 'Notify':
            _program, replaces, _icon, title, body, actions, _hints, _timeout = arguments.unpack()
            self.count += 1
            number = replaces or self.count
            print(json.dumps({'number': number, 'title': title, 'body': body, 'actions': actions}), flush=True)
            invocation.return_value(GLib.Variant('(u)', (number,)))
        elif method in self.answers:
            invocation.return_value(GLib.Variant(*self.answers[method]))
        else:
            invocation.return_value(None)


def main():
    import gi

    gi.require_version('Gio', '2.0')
    from gi.repository import Gio, GLib

    daemon = Daemon()
    loop = GLib.MainLoop()
    connection = Gio.bus_get_sync(Gio.BusType.SESSION)
    description = Gio.DBusNodeInfo.new_for_xml(INTERFACE).interfaces[0]
    connection.register_object(PATH, description, daemon.call, None, None)

    def clicked(channel, _condition):
        line = channel.readline()
        if not line:
            return False
        connection.emit_signal(None, PATH, NAME, 'ActionInvoked', GLib.Variant('(us)', (int(line), 'default')))
        return True

    GLib.io_add_watch(sys.stdin, GLib.PRIORITY_DEFAULT, GLib.IO_IN, clicked)
    Gio.bus_own_name_on_connection(
        connection, NAME, Gio.BusNameOwnerFlags.NONE, lambda *_: print('ready', flush=True), lambda *_: loop.quit()
    )
    loop.run()


if __name__ == '__main__':
    main()
