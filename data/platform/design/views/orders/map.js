// SPDX-License-Identifier: GPL-3.0-or-later
// Orders by the time they were placed, with the source they came through.
function (doc) {
  if (doc.kind === 'order') emit(doc.placed_at, doc.source.kind);
}
