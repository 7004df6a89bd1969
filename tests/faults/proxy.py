# SPDX-License-Identifier: GPL-3.0-or-later
"""A bad network in front of a good server: every answer may be lost, cut, doubled, refused or replaced, by a seed.

What happens to the n-th request of a kind depends on the seed and nothing else, whatever else is under way.
"""

import asyncio
import json
import random
import re
import struct
import socket
import threading

MAX_HEAD = 64 * 1024
REFUSALS = {
    401: 'unauthorized',
    403: 'forbidden',
    409: 'conflict',
    429: 'too_many_requests',
    500: 'internal_server_error',
    502: 'bad_gateway',
    503: 'service_unavailable',
}
GARBAGE = (b'<!DOCTYPE html><title>Free Wi-Fi</title>Please agree to our terms', b'{"results":[{"seq":', b'\x00\xff\xfe[[[[', b'')
# How often what goes wrong, of 1000 requests at full badness.
FAULTS = {
    'refused': 60,
    'reset': 60,
    'lost': 80,
    'cut': 80,
    'doubled': 80,
    'garbage': 40,
    'slow': 60,
    'late': 60,
    'stalled': 20,
    'too large': 20,
}


class Reset(Exception):
    """The connection is to break, not to close."""


async def read_message(reader):
    """The head and the body of a request, whose length its head says."""
    head = await reader.readuntil(b'\r\n\r\n')
    size = 0
    for line in head.split(b'\r\n')[1:]:
        name, _, value = line.partition(b':')
        if name.lower() == b'content-length':
            size = int(value)
    return head, await reader.readexactly(size) if size else b''


class Proxy:
    """Runs on a thread of its own, in front of 127.0.0.1:`port`; `badness` from 0 to 1 may be set at any time."""

    def __init__(self, port, seed):
        self.upstream = port
        self.seed = seed
        self.badness = 0.0
        self.counts = {}
        self.kinds = {}
        self.doom = None
        self.down = False
        self.held = set()
        self.loop = asyncio.new_event_loop()
        self.port = None
        started = threading.Event()
        self.thread = threading.Thread(target=self.run, args=(started,), daemon=True)
        self.thread.start()
        started.wait()

    def run(self, started):
        asyncio.set_event_loop(self.loop)
        server = self.loop.run_until_complete(asyncio.start_server(self.serve, '127.0.0.1', 0, limit=MAX_HEAD))
        self.port = server.sockets[0].getsockname()[1]
        started.set()
        self.loop.run_forever()
        under_way = asyncio.all_tasks(self.loop)
        for task in under_way:
            task.cancel()
        self.loop.run_until_complete(asyncio.gather(*under_way, return_exceptions=True))
        server.close()
        self.loop.close()

    def pull_cable(self):
        """Nothing goes through any more, what is under way neither."""
        self.down = True
        for writer in list(self.held):
            self.loop.call_soon_threadsafe(writer.transport.abort)

    def plug_in(self):
        self.down = False

    def stop(self):
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()

    def strike(self, after, blow, answered):
        """Calls `blow` at the request `after` the next; with `answered` once it was done there."""
        self.doom = [after, blow, answered]

    def is_struck(self):
        if self.doom is None:
            return None
        self.doom[0] -= 1
        if self.doom[0] >= 0:
            return None
        doom, self.doom = self.doom, None
        return doom

    def draw(self, head):
        """Chance of its own for every request: by its kind, not by ids, which are new in every run."""
        method, path, _ = head.split(b' ', 2)
        kind = re.sub(r'[?].*|%3A.*|-[0-9a-f]{32}', '', path.decode().split('/', 2)[-1])
        key = f'{method.decode()} {kind}'
        self.kinds[key] = self.kinds.get(key, 0) + 1
        return random.Random(f'{self.seed} {key} {self.kinds[key]}')

    def choose(self, chance):
        left = chance.randrange(1000)
        for fault, share in FAULTS.items():
            left -= share * self.badness
            if left < 0:
                self.counts[fault] = self.counts.get(fault, 0) + 1
                return fault
        return None

    async def serve(self, reader, writer):
        self.held.add(writer)
        try:
            if self.down:
                raise Reset
            head, body = await read_message(reader)
            doom = self.is_struck()
            if doom:
                if doom[2]:
                    await self.forward(head, body)
                await self.loop.run_in_executor(None, doom[1])
                raise Reset
            await self.answer(head, body, writer)
            writer.close()
        except Reset:
            option = struct.pack('ii', 1, 0)
            writer.get_extra_info('socket').setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, option)
            writer.transport.abort()
        except (OSError, EOFError, asyncio.IncompleteReadError):
            writer.close()
        finally:
            self.held.discard(writer)

    async def forward(self, head, body):
        """What the server answers, whole: it is told to close the connection after it."""
        first, *lines = head.split(b'\r\n')
        lines = [line for line in lines if line and not line.lower().startswith(b'connection:')]
        reader, writer = await asyncio.open_connection('127.0.0.1', self.upstream)
        writer.write(b'\r\n'.join([first, *lines, b'Connection: close', b'', b'']) + body)
        answer = await reader.read()
        writer.close()
        return answer

    def refuse(self, status):
        body = json.dumps({'error': REFUSALS.get(status, 'too_large'), 'reason': 'The network is bad today.'}).encode()
        head = f'HTTP/1.1 {status} No\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n'
        return head.encode() + body

    async def answer(self, head, body, writer):
        chance = self.draw(head)
        fault = self.choose(chance)
        if fault == 'reset':
            raise Reset
        if fault == 'refused':
            writer.write(self.refuse(chance.choice(list(REFUSALS))))
            return
        # A single document that is too large is set aside, rightly; only batches are tried here.
        if fault == 'too large' and len(body) > 4000:
            writer.write(self.refuse(413))
            return
        if fault == 'garbage':
            text = chance.choice(GARBAGE)
            writer.write(b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n' + text)
            return
        answer = await self.forward(head, body)
        if fault == 'doubled':
            answer = await self.forward(head, body)
        if fault == 'lost':
            raise Reset
        if fault == 'cut':
            writer.write(answer[: chance.randrange(len(answer) + 1)])
            return
        if fault == 'late':
            # Whatever was asked beside it is answered first.
            await asyncio.sleep(0.05)
        if fault == 'stalled':
            writer.write(answer[: len(answer) // 2])
            await writer.drain()
            await asyncio.sleep(0.3)
            raise Reset
        if fault == 'slow':
            for start in range(0, len(answer), 1 + len(answer) // 5):
                writer.write(answer[start : start + 1 + len(answer) // 5])
                await writer.drain()
                await asyncio.sleep(0.01)
            return
        writer.write(answer)
