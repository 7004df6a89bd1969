// SPDX-License-Identifier: GPL-3.0-or-later
// A feed of some kinds only, as `?filter=stall/kinds&kinds=order,event`. Deletions pass: they name their kind in the id.
function (doc, request) {
  return request.query.kinds.split(',').indexOf(doc._id.split(':')[0]) !== -1;
}
