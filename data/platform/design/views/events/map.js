// SPDX-License-Identifier: GPL-3.0-or-later
// What happened to each order, in time order: its state is the fold of these.
function (doc) {
  if (doc.kind === 'event') emit([doc.order, doc.at], doc.step);
}
