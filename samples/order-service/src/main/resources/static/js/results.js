// One row for each order: what became of it, and where its message is.
import { $, h, number } from './dom.js';

const MOST = 1000;

/** Rows that come together are shown together: a browser lays the whole table out each time. */
const TOGETHER_MS = 150;

let rows = [];
let timer = null;

export function showReceipt(mode, { outcome, message, ms }) {
  add(mode, outcome, ms, message
    ? [cell(message.broker, 'broker'), cell(message.queue, 'queue number'), cell(message.offset ?? '–', 'offset number'), cell(message.id, 'id')]
    : [h('td', { class: 'detail', colspan: 4 }, 'written to the connection; nobody waits for an answer')]);
}

export function showRefusal(mode, { title, message, ms = 0 }) {
  add(mode, title, ms, [h('td', { class: 'detail', colspan: 4 }, message)]);
}

function add(mode, outcome, ms, place) {
  const name = mode === 'oneway' ? 'one-way' : mode;
  rows.unshift(h('tr', { 'data-mode': mode, 'data-outcome': outcome, class: mode },
    cell(name, 'mode'), cell(outcome, 'outcome'), ...place, cell(number(ms), 'ms number')));
  timer ??= setTimeout(show, TOGETHER_MS);
}

function show() {
  $('results').prepend(...rows);
  while ($('results').childElementCount > MOST) $('results').lastChild.remove();
  rows = [];
  timer = null;
}

function cell(value, classes) {
  return h('td', { class: classes }, value);
}
