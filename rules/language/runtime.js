/* The words of the rule language for JavaScript (ES5, no library), as MEANING.md defines them.
   null is "missing" for a value and "cannot tell" for a condition. Dates are ISO text, so their order is the
   order of text and no Date object is met. Not here: any rule; to_javascript.py writes those. */
var jptRuntime = (function () {
  "use strict";

  var LARGEST = 1000000000000;
  var HOLDS = 0, VIOLATED = 1, CANNOT_TELL = 2, NOT_APPLICABLE = 3;

  /* A cell of another type than its column's is missing, NaN too: nobody is accused over 15 against "15". */
  function cell(row, name, type) {
    var value = row === null || row === undefined ? null : row[name];
    return typeof value === type && value === value ? value : null;
  }

  /* A code as its place in the list, so that order and equality are those of the list. */
  function code(row, name, slugs) {
    var place = slugs.indexOf(cell(row, name, "string"));
    return place < 0 ? null : place;
  }

  function not(condition) { return condition === null ? null : !condition; }

  function and(left, right) {
    if (left === false || right === false) { return false; }
    return left === null || right === null ? null : true;
  }

  function or(left, right) { return not(and(not(left), not(right))); }

  /* null < 15 is true in JavaScript: every comparison asks for null first. */
  function compared(holds) {
    return function (left, right) { return left === null || right === null ? null : holds(left, right); };
  }

  function isIn(value, choices) { return value === null ? null : choices.indexOf(value) >= 0; }

  function matches(text, pattern) { return text === null ? null : pattern.test(text); }

  function thaiIdOk(text) {
    var sum = 0, place;
    if (text === null) { return null; }
    if (!/^[0-9]{13}$/.test(text)) { return false; }
    for (place = 0; place < 12; place += 1) { sum += Number(text.charAt(place)) * (13 - place); }
    return (11 - sum % 11) % 10 === Number(text.charAt(12));
  }

  function operand(number) { return number === null || Math.abs(number) > LARGEST ? null : number; }

  function calculated(compute) {
    return function (left, right) { return left === null || right === null ? null : compute(left, right); };
  }

  function yearMonthDay(date) {
    return Number(date.slice(0, 4)) * 10000 + Number(date.slice(5, 7)) * 100 + Number(date.slice(8, 10));
  }

  /* What where says of each member; without where every member is meant. */
  function each(members, where) {
    return members.map(function (member) { return where === null ? true : where(member); });
  }

  /* The values of the members who fit; null as soon as nobody can tell of one whether it does. */
  function selected(members, where, value) {
    var fits = members === null ? [null] : each(members, where);
    if (fits.indexOf(null) >= 0) { return null; }
    return members.filter(function (_member, place) { return fits[place]; }).map(value);
  }

  function any(members, where) { return members === null ? null : each(members, where).reduce(or, false); }

  /* Nobody fits without having it. */
  function all(members, where, have) {
    return not(any(members, function (member) {
      return and(where === null ? true : where(member), not(have(member)));
    }));
  }

  function count(members, where) {
    var found = selected(members, where, function (member) { return member; });
    return found === null ? null : found.length;
  }

  function sum(members, where, value) {
    var found = selected(members, where, function (member) { return operand(value(member)); });
    if (found === null || found.indexOf(null) >= 0) { return null; }
    return found.reduce(function (total, number) { return total + number; }, 0);
  }

  function extreme(isBetter) {
    return function (members, where, value) {
      var found = selected(members, where, value);
      if (found === null || found.length === 0 || found.indexOf(null) >= 0) { return null; }
      return found.reduce(function (best, next) { return isBetter(next, best) ? next : best; });
    };
  }

  function only(members, where, value) {
    var found = selected(members, where, value);
    return found !== null && found.length === 1 ? found[0] : null;
  }

  function outcome(applies, must) {
    if (applies === false) { return NOT_APPLICABLE; }
    if (applies === null || must === null) { return CANNOT_TELL; }
    return must ? HOLDS : VIOLATED;
  }

  return {
    cell: cell, code: code, not: not, and: and, or: or, isIn: isIn, matches: matches, thaiIdOk: thaiIdOk,
    eq: compared(function (a, b) { return a === b; }),
    ne: compared(function (a, b) { return a !== b; }),
    lt: compared(function (a, b) { return a < b; }),
    le: compared(function (a, b) { return a <= b; }),
    gt: compared(function (a, b) { return a > b; }),
    ge: compared(function (a, b) { return a >= b; }),
    operand: operand,
    plus: calculated(function (a, b) { return a + b; }),
    minus: calculated(function (a, b) { return a - b; }),
    times: calculated(function (a, b) { return operand(a * b); }),
    yearsBetween: calculated(function (a, b) { return Math.floor((yearMonthDay(b) - yearMonthDay(a)) / 10000); }),
    count: count, any: any, all: all, sum: sum,
    min: extreme(function (a, b) { return a < b; }),
    max: extreme(function (a, b) { return a > b; }),
    only: only, outcome: outcome
  };
}());
