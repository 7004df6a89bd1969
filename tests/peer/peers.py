# SPDX-License-Identifier: GPL-3.0-or-later
"""Starts PouchDB Server as its authors ship it, and speaks to it as curl would."""

import base64
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

SKIPPED = 77
ADMIN = ('admin', 'a-password-of-the-test')
PATIENCE = 60


def modules():
    """Where npm put the peers; without them the test is skipped."""
    folder = Path(os.environ.get('STALL_PEERS', '/nonexistent'), 'node_modules')
    if not folder.is_dir():
        print('Skipped: there is no PouchDB Server here; ./dev test fetches it when there is a network.')
        sys.exit(SKIPPED)
    return folder


def free_port():
    with socket.socket() as probe:
        probe.bind(('127.0.0.1', 0))
        return probe.getsockname()[1]


class Server:
    """A PouchDB Server of its own on a random port of this machine, with nothing in it; without `admin` anybody may do anything."""

    def __init__(self, admin=ADMIN):
        self.admin = admin
        self.home = tempfile.TemporaryDirectory(prefix='stall-peer.')
        self.port = free_port()
        self.url = f'http://127.0.0.1:{self.port}'
        script = modules() / 'pouchdb-server' / 'bin' / 'pouchdb-server'
        self.process = subprocess.Popen(
            ['node', script, '--in-memory', '--port', str(self.port), '--host', '127.0.0.1'],
            cwd=self.home.name,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                self.ask('GET', '/', user=None)
                break
            except OSError:
                if self.process.poll() is not None or time.monotonic() > deadline:
                    raise
                time.sleep(0.05)
        if admin:
            self.ask('PUT', f'/_config/admins/{admin[0]}', admin[1], user=None)

    def stop(self):
        self.process.kill()
        self.process.wait()
        self.home.cleanup()

    def ask(self, method, path, body=None, user=ADMIN):
        """What the server answers: the status and the body that it means."""
        request = urllib.request.Request(self.url + path, method=method)
        request.add_header('Content-Type', 'application/json')
        if user:
            request.add_header('Authorization', 'Basic ' + base64.b64encode(':'.join(user).encode()).decode())
        data = None if body is None else json.dumps(body).encode()
        try:
            with urllib.request.urlopen(request, data, timeout=PATIENCE) as answer:
                return answer.status, json.loads(answer.read())
        except urllib.error.HTTPError as answer:
            return answer.code, json.loads(answer.read() or b'{}')

    def add_user(self, name, roles):
        """A user whose password is the name."""
        user = {'type': 'user', 'name': name, 'password': name, 'roles': roles}
        status, answer = self.ask('PUT', f'/_users/org.couchdb.user:{name}', user)
        assert status == 201, answer

    def add_database(self, name):
        status, answer = self.ask('PUT', f'/{name}', user=self.admin)
        assert status == 201, answer


def quote(identifier):
    return urllib.parse.quote(identifier, safe='')
