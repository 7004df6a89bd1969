# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether the window stays at 60 frames a second while a first pull runs.

The window is asked something small over and over. What its main thread works between two answers is how long a frame could
have had to wait; by the processor's time, because the clock on the wall tells of the machine's load.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / 'peer'))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / 'e2e'))

DOCUMENTS = int(os.environ.get('STALL_BENCH_WINDOW_DOCUMENTS', '20000'))
PAGE = 1000
FRAME = 1000 / 60


def product(number):
    price = {'amount': 6800, 'currency': 'CNY'}
    return {'_id': f'product:p{number}', 'kind': 'product', 'v': 1, 'title': f'Cup {number}', 'stage': 'on-sale', 'variants': [{'id': f'v{number}', 'sku': f'C-{number}', 'price': price}]}


def order(number):
    price = {'amount': 6800, 'currency': 'CNY'}
    lines = [{'variant': f'v{number}', 'quantity': 1, 'price': price}]
    placed_at = f'2026-02-{1 + number % 28:02d}T12:03:00Z'
    return {'_id': f'order:o{number}', 'kind': 'order', 'v': 1, 'number': str(number), 'source': {'kind': 'feed'}, 'currency': 'CNY', 'placed_at': placed_at, 'lines': lines}


def fill(server, database):
    server.add_database(database)
    for start in range(0, DOCUMENTS // 2, PAGE // 2):
        numbers = range(start, start + PAGE // 2)
        answer = server.ask('POST', f'/{database}/_bulk_docs', {'docs': [make(number) for number in numbers for make in (product, order)]}, user=None)
        assert answer[0] == 201, answer


def watch(program):
    """Milliseconds that the main thread worked before each answer, until everything has come."""
    from drive import Atspi, Role

    task = Path(f'/proc/{program.process.pid}/task/{program.process.pid}/schedstat')
    frame = program.find(Role.FRAME).accessible
    gaps = []
    while not program.sees(Role.BUTTON, 'All sent'):
        worked = None
        for _ in range(300):
            Atspi.Component.get_extents(frame, Atspi.CoordType.WINDOW)
            now = int(task.read_text(encoding='utf-8').split()[0]) / 1e6
            if worked is not None:
                gaps.append(now - worked)
            worked = now
            time.sleep(0.002)
    return gaps


def measure(table, scratch, settings):
    if not Path(os.environ.get('STALL_PEERS', '/nonexistent')).is_dir():
        table.skip('window', 'there is no PouchDB Server here; ./dev test fetches it when there is a network')
        return
    from drive import Program, Role
    from peers import Server

    server = Server(admin=None)
    try:
        for page in ('today', 'inventory', 'orders'):
            fill(server, page)
            stall = scratch / f'pull-{page}'
            subprocess.run(['stallctl', '--stall', stall, 'sample'], check=True, stdout=subprocess.DEVNULL)
            (stall / 'platform.ini').write_text(f'[platform]\naddress={server.url}/{page}\nuser=\n', encoding='utf-8')
            settings(page=page)
            program = Program('stall', '--stall', str(stall))
            program.find(Role.LIST, 'Sections')
            gaps = watch(program)
            program.kill()
            what = f'first pull of {DOCUMENTS} documents into {page}'
            table.add(f'{what}, the longest that a frame waits for the main thread, CPU', 'ms', max(gaps), f'≤ {FRAME:.1f}', limit=FRAME)
    finally:
        server.stop()
