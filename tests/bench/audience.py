# SPDX-License-Identifier: GPL-3.0-or-later
"""What the audience page costs: ballots a second, processor and memory, and how large it is."""

import os
import re
import socket
import subprocess
import threading
import time
import urllib.parse
from pathlib import Path

PHONES = 50
BALLOTS_A_PHONE = 100
PER_ADDRESS = 20  # as many as the page takes from one address in a row


def ask(port, address, head, body=b''):
    """One request as a phone makes it; the page ends each connection itself."""
    with socket.create_connection(('127.0.0.1', port), timeout=30, source_address=(address, 0)) as line:
        line.sendall(f'{head}\r\nHost: a\r\nContent-Length: {len(body)}\r\n\r\n'.encode() + body)
        said = b''
        while got := line.recv(65536):
            said += got
    head, body = said.split(b'\r\n\r\n', 1)
    return head.decode(), body


class Audience:
    def __init__(self, build, scratch):
        pictures = sorted(Path(build, 'data', 'sample').glob('*.png'))[:3]
        folder = scratch / 'audience'
        made = subprocess.run([Path(build, 'tests', 'hub', 'add-poll'), folder, '3600', 'shown', *pictures],
                              capture_output=True, text=True, check=True)
        self.poll, *self.options = made.stdout.split()
        self.server = subprocess.Popen(['stallctl', '--stall', folder, 'vote', 'serve', self.poll],
                                       stdout=subprocess.PIPE, text=True)
        url = urllib.parse.urlsplit(self.server.stdout.readline().strip())
        self.port, self.path = url.port, url.path

    def close(self):
        self.server.terminate()
        self.server.wait()

    def cpu(self):
        """Seconds of processor that the page has taken."""
        fields = Path(f'/proc/{self.server.pid}/stat').read_text(encoding='utf-8').rsplit(')', 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf('SC_CLK_TCK')

    def peak(self):
        """MB."""
        status = Path(f'/proc/{self.server.pid}/status').read_text(encoding='utf-8')
        return int(re.search(r'VmHWM:\s+(\d+)', status).group(1)) / 1024

    def ask(self, number, head, body=b''):
        return ask(self.port, f'127.8.{number // 250}.{number % 250 + 1}', head, body)

    def sizes(self):
        page, style = (self.ask(0, f'GET {self.path}{name} HTTP/1.1')[1] for name in ('', 'style.css'))
        pictures = [self.ask(0, f'GET {self.path}picture/{i} HTTP/1.1')[1] for i in range(3)]
        return len(page), len(style), max(map(len, pictures))

    def phone(self, number):
        """Who has opened the page, and the forms to be sent."""
        forms = []
        for i in range(BALLOTS_A_PHONE):
            address = number + i // PER_ADDRESS * PHONES + 1
            head, page = self.ask(address, f'GET {self.path} HTTP/1.1')
            cookie = re.search(r'Set-Cookie: ([^;]+)', head).group(1)
            token = re.search(rb'name="token" value="(\w+)"', page).group(1).decode()
            forms.append((address, f'POST {self.path}vote HTTP/1.1\r\nCookie: {cookie}\r\n'
                                   'Content-Type: application/x-www-form-urlencoded',
                          f'option={self.options[i % 3]}&token={token}'.encode()))
        return forms

    def rush(self):
        """All phones vote at once: (ballots acknowledged, seconds, seconds of processor)."""
        phones = [self.phone(number) for number in range(PHONES)]
        taken = []

        def vote(forms):
            taken.append(sum(self.ask(*form)[0].startswith('HTTP/1.1 303') for form in forms))

        threads = [threading.Thread(target=vote, args=(forms,)) for forms in phones]
        begin, cpu = time.monotonic(), self.cpu()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return sum(taken), time.monotonic() - begin, self.cpu() - cpu


def measure(table, build, scratch):
    audience = Audience(build, scratch)
    try:
        page, style, picture = audience.sizes()
        before = audience.peak()
        ballots, seconds, cpu = audience.rush()
        if ballots != PHONES * BALLOTS_A_PHONE:
            table.skip('ballots a second', f'only {ballots} were acknowledged')
            return
        table.add(f'ballots a second, {PHONES} phones at once', '1/s', ballots / seconds, '≥ 50')
        table.add('processor for a ballot', 'ms', 1000 * cpu / ballots, '')
        table.add('memory of the page before the rush, peak', 'MB', before, '')
        table.add(f'memory after {ballots} ballots, peak', 'MB', audience.peak(), '≤ 60', limit=60)
        table.add('page with its style', 'kB', (page + style) / 1000, '< 50', limit=50)
        table.add('largest picture of an option', 'kB', picture / 1000, '≤ 60', limit=60)
    finally:
        audience.close()
