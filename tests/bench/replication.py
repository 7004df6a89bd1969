# SPDX-License-Identifier: GPL-3.0-or-later
"""What syncing costs, against the floor: the same requests sent by curl, what comes back thrown away.

The server is PouchDB Server as it comes. Server, floor and Stall run in turn, because the server is most of every figure.
"""

import base64
import hashlib
import http.client
import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / 'peer'))

DOCUMENTS = int(os.environ.get('STALL_BENCH_DOCUMENTS', '100000'))
EDITS = DOCUMENTS // 10
PICTURES, PICTURE_SIZE, PICTURES_A_TIME = 1000, 50 * 1024, 50
CHANGES = 100
PAGE = 1000
ROUNDS = 3
PULL_NODE = """
const PouchDB = require(process.env.STALL_PEERS + '/node_modules/pouchdb');
const db = new PouchDB(process.argv[2]);
db.replicate.from(process.argv[1], { batch_size: 1000 }).then(() => db.close());
"""


class Wire:
    """One connection that asks as an administrator."""

    def __init__(self, server):
        from peers import ADMIN

        self.connection = http.client.HTTPConnection('127.0.0.1', server.port, timeout=300)
        self.headers = {
            'Authorization': 'Basic ' + base64.b64encode(':'.join(ADMIN).encode()).decode(),
            'Content-Type': 'application/json',
            'Accept-Encoding': 'identity',
        }

    def ask(self, method, path, body=None):
        self.connection.request(method, path, body if isinstance(body, (bytes, type(None))) else json.dumps(body), self.headers)
        return self.connection.getresponse().read()


def order(number):
    """An order of about 530 bytes."""
    return {
        '_id': f'order:{number:08d}-5460-855c-a9f4-784548c733ca', 'kind': 'order', 'v': 1,
        'made_at': '2026-03-01T12:00:00.000Z', 'device': '01a202cc-4156-7000-b9ac-0c5464d0048c', 'number': str(number),
        'source': {'kind': 'live', 'ref': 'Opening the Vat'}, 'currency': 'CNY',
        'placed_at': f'2026-02-{1 + number % 28:02d}T12:03:00Z', 'ship_by': '2026-03-26T18:00:00Z',
        'customer': {'handle': f'Green Plum {number % 5000}'},
        'lines': [{'variant': f'e15a818b-f2e3-8ebc-b2ec-{number % 2000:012d}', 'sku': 'SK-SP-M', 'quantity': 1, 'price': {'amount': 49800, 'currency': 'CNY'}}],
        'totals': {'goods': {'amount': 49800, 'currency': 'CNY'}, 'total': {'amount': 49800, 'currency': 'CNY'}},
    }  # fmt: skip


def run(*command, **options):
    """Seconds, seconds of CPU and the most memory in MB of one program."""
    begin = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, **options)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f'bench: {command[0]} failed')
    return time.monotonic() - begin, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def stall_sync(server, database, folder):
    from peers import ADMIN

    read, write = os.pipe()
    os.write(write, ADMIN[1].encode() + b'\n')
    os.close(write)
    address = f'http://{ADMIN[0]}@127.0.0.1:{server.port}/{database}'
    figures = run('stallctl', '--stall', str(folder), 'sync', address, '--once', f'--password-fd={read}', pass_fds=[read])
    os.close(read)
    return figures


def curl(server, scratch, requests):
    """Seconds for requests over one connection, one after the other, what comes back thrown away."""
    from peers import ADMIN

    lines = []
    for number, (path, body) in enumerate(requests):
        if lines:
            lines.append('next')
        lines += [f'url = "http://127.0.0.1:{server.port}{path}"', f'user = "{":".join(ADMIN)}"', 'output = "/dev/null"', 'header = "Accept-Encoding: identity"', 'header = "Content-Type: application/json"', 'header = "Expect:"']
        if body is not None:
            file = scratch / f'body-{number}'
            file.write_bytes(body)
            lines.append(f'data-binary = "@{file}"')
    config = scratch / 'curl.config'
    config.write_text('\n'.join(lines), encoding='utf-8')
    return run('curl', '--silent', '--show-error', '--fail', '--config', str(config))[0]


def pull_requests(wire, database):
    """The paged feed and `_bulk_get` of every page, as a first pull asks for them."""
    requests, since = [], 0
    while True:
        path = f'/{database}/_changes?style=all_docs&since={since}&limit={PAGE}&seq_interval={PAGE}'
        answer = json.loads(wire.ask('GET', path))
        requests.append((path, None))
        if not answer['results']:
            return requests
        since = answer['last_seq']
        wanted = [{'id': row['id'], 'rev': row['changes'][0]['rev']} for row in answer['results']]
        requests.append((f'/{database}/_bulk_get?revs=true&latest=true', json.dumps({'docs': wanted}).encode()))


def median(runs, column):
    return statistics.median(run[column] for run in runs)


def measure_pull(table, server, scratch, first_only):
    """A first pull; with @first_only of documents that were never changed, else each has two revisions."""
    database = 'first' if first_only else 'changed'
    server.add_database(database)
    wire = Wire(server)
    for start in range(0, DOCUMENTS, PAGE):
        documents = [order(number) for number in range(start, start + PAGE)]
        if not first_only:
            for document in documents:
                document.update(_rev='2-b', _revisions={'start': 2, 'ids': ['b', 'a']})
        wire.ask('POST', f'/{database}/_bulk_docs', {'docs': documents, 'new_edits': first_only})
    requests = pull_requests(wire, database)
    floors, ours, theirs = [], [], []
    for turn in range(ROUNDS):
        floors.append(curl(server, scratch, requests))
        ours.append(stall_sync(server, database, scratch / f'{database}-{turn}'))
        if turn == 0:
            theirs.append(run('node', '-e', PULL_NODE, f'http://admin:a-password-of-the-test@127.0.0.1:{server.port}/{database}', str(scratch / f'pouch-{database}')))
    floor = statistics.median(floors)
    empty = run('stallctl', '--version')[2]
    share = 0.8 if first_only else 1.3
    what = f'first pull of {DOCUMENTS} {"documents" if first_only else "changed documents"}'
    table.add(what, 's', median(ours, 0), f'≤ {share} × floor', floor, 'curl', share * floor)
    table.add(f'{what}, PouchDB in node', 's', theirs[0][0], '', floor, 'curl')
    table.add(f'{what}, CPU', 's', median(ours, 1), '≤ 5 s', theirs[0][1], 'PouchDB', 5 * DOCUMENTS / 100000)
    table.add(f'{what}, memory above the empty program', 'MB', median(ours, 2) - empty, '≤ 80', theirs[0][2], 'PouchDB', 80)


def measure_push(table, server, scratch, build):
    made = scratch / 'unsent'
    subprocess.run([Path(build, 'tests', 'bench', 'make-stall'), made, '100', str(EDITS)], check=True, stderr=subprocess.DEVNULL)
    floors, ours = [], []
    wire, bodies = Wire(server), []
    for turn in range(ROUNDS):
        folder = scratch / f'unsent-{turn}'
        subprocess.run(['cp', '-r', made, folder], check=True)
        server.add_database(f'push-{turn}')
        ours.append(stall_sync(server, f'push-{turn}', folder))
        if not bodies:
            rows = json.loads(wire.ask('GET', '/push-0/_all_docs?include_docs=true'))['rows']
            documents = [row['doc'] for row in rows]
            for document in documents:
                document['_revisions'] = {'start': 1, 'ids': [document['_rev'][2:]]}
            bodies = [json.dumps({'new_edits': False, 'docs': documents[start:start + PAGE]}).encode() for start in range(0, len(documents), PAGE)]
        server.add_database(f'raw-{turn}')
        floors.append(curl(server, scratch, [(f'/raw-{turn}/_bulk_docs', body) for body in bodies]))
    floor = statistics.median(floors)
    table.add(f'push of {len(documents)} documents', 's', median(ours, 0), '≤ 1.5 × _bulk_docs', floor, 'curl', 1.5 * floor)
    table.add(f'push of {len(documents)} documents, CPU', 's', median(ours, 1), '')


def measure_pictures(table, server, scratch):
    """A first pull of products with a picture each."""
    server.add_database('pictures')
    wire, requests = Wire(server), []
    for start in range(0, PICTURES, PICTURES_A_TIME):
        numbers = range(start, start + PICTURES_A_TIME)
        documents = [
            {
                '_id': f'product:{number}', 'kind': 'product', 'v': 1, 'title': f'Shirt {number}', 'variants': [],
                '_attachments': {'cover': {'content_type': 'image/jpeg', 'data': base64.b64encode(hashlib.shake_128(str(number).encode()).digest(PICTURE_SIZE)).decode()}},
            }
            for number in numbers
        ]  # fmt: skip
        answer = json.loads(wire.ask('POST', '/pictures/_bulk_docs', {'docs': documents}))
        question = {'docs': [{'id': row['id'], 'rev': row['rev']} for row in answer]}
        requests.append(('/pictures/_bulk_get?revs=true&attachments=true', json.dumps(question).encode()))
    floors, ours = [], []
    for turn in range(ROUNDS):
        floors.append(curl(server, scratch, requests))
        ours.append(stall_sync(server, 'pictures', scratch / f'pictures-{turn}'))
    theirs = run('node', '-e', PULL_NODE, f'http://admin:a-password-of-the-test@127.0.0.1:{server.port}/pictures', str(scratch / 'pouch-pictures'))
    floor = statistics.median(floors)
    what = f'pull of {PICTURES} pictures of {PICTURE_SIZE // 1024} KiB'
    table.add(what, 's', median(ours, 0), '≤ 1.5 × floor', floor, 'curl', 1.5 * floor)
    table.add(f'{what}, PouchDB in node', 's', theirs[0], '', floor, 'curl')
    table.add(f'{what}, CPU', 's', median(ours, 1), '', theirs[1], 'PouchDB')


def measure_catching_up(table, server, scratch):
    """A device that comes back after a week to a stall that was synced whole."""
    server.add_database('week')
    wire, floors, ours = Wire(server), [], []
    for start in range(0, EDITS, PAGE):
        wire.ask('POST', '/week/_bulk_docs', {'docs': [order(number) for number in range(start, min(start + PAGE, EDITS))]})
    stall_sync(server, 'week', scratch / 'week')
    for turn in range(ROUNDS):
        since = json.loads(wire.ask('GET', '/week'))['update_seq']
        new = [order((turn + 1) * 10_000_000 + number) for number in range(CHANGES)]
        answer = json.loads(wire.ask('POST', '/week/_bulk_docs', {'docs': new}))
        question = {'docs': [{'id': row['id'], 'rev': row['rev']} for row in answer]}
        feed = f'/week/_changes?style=all_docs&since={since}&limit={PAGE}'
        floors.append(curl(server, scratch, [(feed, None), ('/week/_bulk_get?revs=true&latest=true', json.dumps(question).encode())]))
        ours.append(stall_sync(server, 'week', scratch / 'week'))
    floor, empty = statistics.median(floors), run('stallctl', '--version')
    what = f'catching up {CHANGES} changes'
    table.add(what, 's', median(ours, 0), '', floor, 'curl')
    table.add(f'{what}, CPU above the empty program', 's', median(ours, 1) - empty[1], '')


def measure(table, build, scratch):
    if not Path(os.environ.get('STALL_PEERS', '/nonexistent')).is_dir():
        table.skip('sync', 'there is no PouchDB Server here; ./dev test fetches it when there is a network')
        return
    from peers import Server

    for first_only in (True, False):
        server = Server()
        try:
            measure_pull(table, server, scratch, first_only)
        finally:
            server.stop()
    server = Server()
    try:
        measure_push(table, server, scratch, build)
        measure_pictures(table, server, scratch)
        measure_catching_up(table, server, scratch)
    finally:
        server.stop()
