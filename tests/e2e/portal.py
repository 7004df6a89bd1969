#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""portal.py [FILE]: the desktop's file dialog, answered at once: whoever asks for a file is given FILE.

Without FILE the person declines whatever is asked: a file, to run in the background.
A program in a Flatpak asks the desktop's portal for files instead of opening a dialog of its own. Here that is us.
Writes a line when it is ready, and runs until it is ended.
"""

import sys

import gi

gi.require_version('Gio', '2.0')
from gi.repository import Gio, GLib  # noqa: E402

PATH = '/org/freedesktop/portal/desktop'
DECLINED = 1
INTERFACES = """
<node>
  <interface name='org.freedesktop.portal.FileChooser'>
    <method name='OpenFile'>
      <arg type='s' direction='in'/><arg type='s' direction='in'/><arg type='a{sv}' direction='in'/>
      <arg type='o' direction='out'/>
    </method>
    <method name='SaveFile'>
      <arg type='s' direction='in'/><arg type='s' direction='in'/><arg type='a{sv}' direction='in'/>
      <arg type='o' direction='out'/>
    </method>
    <property name='version' type='u' access='read'/>
  </interface>
  <interface name='org.freedesktop.portal.Background'>
    <method name='RequestBackground'>
      <arg type='s' direction='in'/><arg type='a{sv}' direction='in'/><arg type='o' direction='out'/>
    </method>
    <property name='version' type='u' access='read'/>
  </interface>
</node>
"""


class Portal:
    def __init__(self, path):
        self.uri = path and Gio.File.new_for_path(path).get_uri()

    def call(self, connection, sender, _path, _interface, _method, arguments, invocation):
        options = arguments.unpack()[-1]
        request = f'{PATH}/request/{sender[1:].replace(".", "_")}/{options["handle_token"]}'
        invocation.return_value(GLib.Variant('(o)', (request,)))
        # GTK wants to see the files of an answer that gives none.
        files = GLib.Variant('as', [self.uri] if self.uri else [])
        answer = (0 if self.uri else DECLINED, {'uris': files})
        connection.emit_signal(
            sender, request, 'org.freedesktop.portal.Request', 'Response', GLib.Variant('(ua{sv})', answer)
        )

    def get(self, *_):
        return GLib.Variant('u', 4)


def main():
    portal = Portal(sys.argv[1] if len(sys.argv) > 1 else None)
    loop = GLib.MainLoop()
    connection = Gio.bus_get_sync(Gio.BusType.SESSION)
    for description in Gio.DBusNodeInfo.new_for_xml(INTERFACES).interfaces:
        connection.register_object(PATH, description, portal.call, portal.get, None)
    Gio.bus_own_name_on_connection(
        connection, 'org.freedesktop.portal.Desktop', Gio.BusNameOwnerFlags.NONE, lambda *_: print('ready', flush=True), lambda *_: loop.quit()
    )
    loop.run()


main()
