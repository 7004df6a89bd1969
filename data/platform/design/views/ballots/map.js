// SPDX-License-Identifier: GPL-3.0-or-later
// [poll, option]: how many voted for each option, without reading one ballot.
function (doc) {
  if (doc.kind === 'ballot') emit([doc.poll, doc.option], null);
}
