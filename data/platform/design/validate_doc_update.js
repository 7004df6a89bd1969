// SPDX-License-Identifier: GPL-3.0-or-later
// Who may write which kind of document, and how it may change. Runs in any CouchDB's JavaScript, so: ES5.
function (doc, old, user) {
  // Kind by kind: who writes it, whether it is a fact (never changes), what it must say. A draft may lack anything.
  var OWNER = ['owner'];
  var STAFF = ['owner', 'helper'];
  var PLATFORM = ['platform'];
  var EVERYONE = ['owner', 'helper', 'platform'];
  var KINDS = {
    stall: { writers: OWNER },
    product: { writers: OWNER },
    movement: { writers: EVERYONE, fact: true, needs: ['variant', 'at'], check: checkMovement },
    order: { writers: EVERYONE, fact: true, needs: ['number', 'source', 'currency', 'placed_at'], check: checkOrder },
    event: { writers: EVERYONE, fact: true, needs: ['order', 'step', 'at'], part_of: 'order', check: checkEvent },
    remark: { writers: STAFF },
    contact: { writers: EVERYONE, check: checkContact },
    note: { writers: OWNER },
    echo: { writers: PLATFORM },
    context: { writers: ['owner', 'platform'], needs: ['product', 'type'] },
    poll: { writers: OWNER, check: checkPoll },
    ballot: { writers: EVERYONE, fact: true, needs: ['poll', 'option', 'at'], part_of: 'poll', check: checkBallot },
    tally: { writers: PLATFORM, needs: ['poll', 'votes'], part_of: 'poll', check: checkTally },
    decision: { writers: OWNER, fact: true, needs: ['poll', 'outcome', 'at'], part_of: 'poll' },
    signal: { writers: ['owner', 'platform'], check: checkSignal },
    reply: { writers: OWNER, needs: ['signal', 'answer'] },
    segment: { writers: OWNER },
    buyer: { writers: OWNER },
    deal: { writers: OWNER, needs: ['buyer'] },
    session: { writers: OWNER },
    listing: { writers: PLATFORM },
    plan: { writers: PLATFORM }
  };
  var MONEY_STEPS = ['paid', 'completed', 'refunded'];
  var STEPS = MONEY_STEPS.concat(['packed', 'shipped', 'delivered', 'cancelled', 'returned', 'waiting', 'resumed']);

  function refuse(words) {
    throw { forbidden: words };
  }

  function has(list, value) {
    return list.indexOf(value) !== -1;
  }

  function isWhole(value) {
    return typeof value === 'number' && Math.floor(value) === value;
  }

  function isTime(value) {
    return typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(value);
  }

  function isSame(a, b) {
    var name;

    if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return a === b;
    if (Object.keys(a).length !== Object.keys(b).length) return false;
    for (name in a) if (!(name in b) || !isSame(a[name], b[name])) return false;
    return true;
  }

  // What a document says, without what the database says of it. A picture is the same when its digest is.
  function content(of, without) {
    var result = {};
    var name;

    for (name in of) if (name.charAt(0) !== '_' && !has(without || [], name)) result[name] = of[name];
    return result;
  }

  // Who runs the server may write as anyone.
  function isAdmin() {
    return has(user.roles, '_admin');
  }

  function isOneOf(roles) {
    return isAdmin() || roles.some(function (role) {
      return has(user.roles, role);
    });
  }

  function isPlatform() {
    return isOneOf(PLATFORM);
  }

  // Amounts are whole numbers of the smallest coin, wherever they stand.
  function checkMoney(value, path) {
    var name;

    if (value === null || typeof value !== 'object') return;
    if ('amount' in value && 'currency' in value) {
      if (!isWhole(value.amount)) refuse('“' + path + '” is no whole number of the smallest coin.');
      if (!/^[A-Z]{3}$/.test(value.currency)) refuse('“' + path + '” has no currency of three letters.');
      return;
    }
    for (name in value) if (name.charAt(0) !== '_') checkMoney(value[name], path ? path + '.' + name : name);
  }

  function checkMovement() {
    if (!isWhole(doc.quantity) && !isWhole(doc.count)) refuse('A movement says a whole quantity or a count.');
  }

  function checkOrder() {
    if (typeof doc.source !== 'object' || typeof doc.source.kind !== 'string') refuse('An order says its source.');
    if (!isOneOf(['owner', 'platform']) && doc.source.kind !== 'fair') refuse('A helper writes down sales at a fair only.');
  }

  function checkEvent() {
    if (!has(STEPS, doc.step)) refuse('“' + doc.step + '” is no step of an order.');
  }

  function checkContact() {
    if (!isOneOf(['owner', 'platform'])) refuse('A contact is written by the platform, or by the owner who imports orders.');
    if (!isPlatform() && old && old.device === 'platform') refuse('What the platform knows of a customer is not edited here.');
  }

  // A poll that is open stays as the voters saw it; only its end may come earlier.
  function checkPoll() {
    if (!old || !old.opens_at || Date.parse(old.opens_at) > Date.now()) return;
    if (!isSame(content(doc, ['closes_at', 'made_at', 'device']), content(old, ['closes_at', 'made_at', 'device'])))
      refuse('An open poll stays as the voters saw it.');
    if (old.closes_at && (!doc.closes_at || Date.parse(doc.closes_at) > Date.parse(old.closes_at)))
      refuse('An open poll may close earlier, not later.');
  }

  function checkBallot() {
    if (!isPlatform() && doc.via === 'platform') refuse('A ballot cast on the platform is written by the platform.');
  }

  function checkTally() {
    ['votes', 'deposits'].forEach(function (member) {
      var before = (old && old[member]) || {};
      var after = doc[member] || {};
      var option;

      for (option in after) if (!isWhole(after[option]) || after[option] < 0) refuse('“' + member + '” holds whole numbers.');
      for (option in before) if (!(after[option] >= before[option])) refuse('The count of “' + option + '” may only rise.');
    });
  }

  function checkSignal() {
    if (isPlatform()) return;
    if (!doc['private'] || (old && !old['private'])) refuse('A signal of the platform is answered, not edited.');
  }

  // `kind:rest`; what belongs to a thing begins with its id.
  function checkId(rule, kind) {
    var parent;

    if (doc.kind !== kind) refuse('“kind” and “_id” name two kinds: “' + doc.kind + '” and “' + kind + '”.');
    if (doc._id.length <= kind.length + 1) refuse('“_id” says nothing after its kind.');
    if (!rule.part_of) return;
    parent = doc[rule.part_of];
    if (typeof parent !== 'string' || parent.indexOf(rule.part_of + ':') !== 0)
      refuse('“' + rule.part_of + '” is no ' + rule.part_of + '’s id.');
    if (doc._id.indexOf(kind + ':' + parent.slice(rule.part_of.length + 1) + ':') !== 0)
      refuse('“_id” does not begin with the ' + rule.part_of + ' it belongs to.');
  }

  function checkMembers(rule) {
    if (!isWhole(doc.v) || doc.v < 1) refuse('“v” is no version of the schema.');
    if (!isTime(doc.made_at)) refuse('“made_at” is no time in UTC.');
    if (typeof doc.device !== 'string' || doc.device === '') refuse('“device” is missing.');
    if (!isAdmin() && !isSameMaker() && (doc.device === 'platform') !== isPlatform()) refuse('“device” names another writer.');
    (rule.needs || []).forEach(function (member) {
      if (!(member in doc)) refuse('“' + member + '” is missing.');
    });
    ['at', 'placed_at', 'opens_at', 'closes_at'].forEach(function (member) {
      if (member in doc && doc[member] !== null && !isTime(doc[member])) refuse('“' + member + '” is no time in UTC.');
    });
    checkMoney(doc, '');
  }

  // Who merges by field keeps the maker's name.
  function isSameMaker() {
    return Boolean(old) && old.device === doc.device;
  }

  // An undo takes back what its own side wrote; money that was taken stays written.
  function checkDeletion(rule) {
    if (!old) return;
    if (rule.fact && old.device === 'platform' && !isPlatform()) refuse('What the platform wrote is not taken back here.');
    if (old.kind === 'event' && has(MONEY_STEPS, old.step) && !isPlatform())
      refuse('Money that was taken stays written. Record a refund instead.');
    if (old.kind === 'poll' && old.opens_at && Date.parse(old.opens_at) <= Date.now())
      refuse('A poll that was open stays. Close it instead.');
  }

  var kind = doc._id.split(':')[0];
  var rule = Object.prototype.hasOwnProperty.call(KINDS, kind) ? KINDS[kind] : null;

  if (doc._id.indexOf('_design/') === 0) {
    if (!isOneOf(PLATFORM)) refuse('Rules are the platform’s.');
    return;
  }
  if (!user.name && !isAdmin()) throw { unauthorized: 'Sign in first.' };
  if (old && old._deleted) old = null;
  if (!rule) {
    // What is newer than these rules comes from the platform first.
    if (!isPlatform()) refuse('The platform does not know “' + kind + '” yet.');
    return;
  }
  if (!isOneOf(rule.writers)) refuse('A ' + kind + ' is written by ' + rule.writers.join(' or ') + '.');
  if (doc._deleted) {
    checkDeletion(rule);
    return;
  }
  checkId(rule, kind);
  if (rule.fact && old) {
    if (!isSame(content(doc), content(old))) refuse('A ' + kind + ' never changes.');
    return;
  }
  checkMembers(rule);
  if (rule.check) rule.check();
}
