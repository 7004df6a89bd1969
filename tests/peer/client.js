// SPDX-License-Identifier: GPL-3.0-or-later
// client.js FOLDER: PouchDB as another device. Reads a JSON array of steps, does them in order, and writes the array of
// what each gave. A step is [what, …arguments]; an error gives {error, status}.
'use strict';
const path = require('path');
const PouchDB = require(path.join(process.env.STALL_PEERS, 'node_modules', 'pouchdb'));

const steps = {
  put: (db, doc) => db.put(doc),
  edit: async (db, id, change) => db.put({ ...(await db.get(id)), ...change }),
  edits: async (db, id, times) => {
    for (let n = 0; n < times; n++) await steps.edit(db, id, { n });
    return db.get(id);
  },
  force: (db, docs) => db.bulkDocs(docs, { new_edits: false }),
  remove: async (db, id) => db.remove(await db.get(id)),
  get: (db, id, options) => db.get(id, options || {}),
  attach: async (db, id, name, size) => {
    const content = Buffer.alloc(size);
    for (let i = 0; i < size; i++) content[i] = (i * 31 + (i >> 8)) & 255;
    return db.putAttachment(id, name, (await db.get(id))._rev, content, 'image/png');
  },
  attachment: async (db, id, name) => {
    const content = await db.getAttachment(id, name);
    return { size: content.length, sha256: require('crypto').createHash('sha256').update(content).digest('hex') };
  },
  all: db => db.allDocs({ include_docs: true, conflicts: true }),
  sync: async (db, url) => {
    const done = await db.sync(url, { batch_size: 200 });
    return { pushed: done.push.docs_written, pulled: done.pull.docs_written };
  },
};

async function main() {
  const db = new PouchDB(process.argv[2]);
  const results = [];
  let text = '';
  for await (const piece of process.stdin) text += piece;
  for (const [what, ...rest] of JSON.parse(text)) {
    try {
      results.push(await steps[what](db, ...rest));
    } catch (error) {
      results.push({ error: String(error.message), status: error.status });
    }
  }
  await db.close();
  process.stdout.write(JSON.stringify(results));
}

main();
