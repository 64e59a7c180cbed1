// What a customer does: order, ask for a price, be reminded.
import { $, h, number } from './dom.js';
import { call, get } from './http.js';
import { showReceipt, showRefusal } from './results.js';

/** As many as a browser has connections to one host. */
const AT_A_TIME = 6;

let last = null;
let reminded = null;

export async function startShop() {
  $('order').addEventListener('submit', (event) => {
    event.preventDefault();
    place(chosen('mode'), Number(chosen('count')), wanted());
  });
  $('order').addEventListener('change', describe);
  $('too-many').addEventListener('click', orderTooMany);
  $('ask').addEventListener('click', ask);
  $('remind').addEventListener('click', remind);
  $('recall').addEventListener('click', recall);
  const shelves = await get('stock');
  $('product').replaceChildren(...shelves.map(({ product }) => h('option', {}, product)));
  describe();
}

const chosen = (name) => document.querySelector(`input[name=${name}]:checked`).value;
const wanted = () => ({ customer: $('customer').value, product: $('product').value, pieces: Number($('pieces').value) });

function describe() {
  const count = Number(chosen('count'));
  $('place').textContent = count === 1 ? 'Place order' : `Place ${number(count)} orders`;
}

// ---- orders

async function place(mode, count, order) {
  const outcomes = {};
  const start = performance.now();
  let left = count;
  $('place').disabled = true;
  await Promise.all(Array.from({ length: Math.min(AT_A_TIME, count) }, async () => {
    while (left-- > 0) {
      const outcome = await placeOne(mode, order);
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    }
  }));
  $('place').disabled = false;
  summarize(outcomes, count, (performance.now() - start) / 1000);
}

async function placeOne(mode, order) {
  try {
    const receipt = await call('POST', `orders?mode=${mode}`, order);
    showReceipt(mode, receipt);
    remember(receipt.orderId, order);
    return receipt.outcome;
  } catch (refusal) {
    showRefusal(mode, refusal);
    return refusal.title;
  }
}

function summarize(outcomes, count, seconds) {
  const parts = Object.entries(outcomes).map(([outcome, times]) => `${number(times)} ${outcome}`);
  $('summary').textContent = `${number(count)} order${count === 1 ? '' : 's'} in ${number(seconds)} s: ${parts.join(', ')}.`;
}

/** The stock is looked at last, inside the transaction, when row and message are on their way: both are gone afterwards. */
async function orderTooMany() {
  const order = wanted();
  const shelf = (await get('stock')).find(({ product }) => product === order.product);
  await place('transactional', 1, { ...order, pieces: shelf.pieces + 1 });
}

// ---- price

async function ask() {
  const { product, pieces } = wanted();
  try {
    const price = await call('GET', `prices/${encodeURIComponent(product)}?pieces=${pieces}`);
    say('price', 'done', h('b', {}, `${price.amount.toFixed(2)} ${price.currency}`), ` for ${price.pieces} × ${price.product}`, h('small', {}, `answered in ${number(price.ms)} ms`));
  } catch (refusal) {
    say('price', 'failed', `${refusal.title}: ${refusal.message}`);
  }
}

// ---- reminder

function remember(orderId, order) {
  last = { orderId, ...order };
  $('remind').disabled = false;
  if (!reminded) say('reminder', 'idle', `${order.customer}’s ${order.product} can be reminded of.`);
}

async function remind() {
  const seconds = Number($('seconds').value);
  try {
    const reminder = await call('POST', `orders/${last.orderId}/reminder`, { customer: last.customer, product: last.product, seconds });
    forget();
    reminded = { orderId: last.orderId, timer: setTimeout(() => delivered(reminder), seconds * 1000) };
    $('recall').disabled = false;
    say('reminder', 'done', `“${reminder.text}” at `, h('b', {}, new Date(reminder.due).toLocaleTimeString('en-GB')));
  } catch (refusal) {
    say('reminder', 'failed', `${refusal.title}: ${refusal.message}`);
  }
}

function delivered({ text }) {
  forget();
  say('reminder', 'done', `“${text}” is delivered.`);
}

async function recall() {
  const { orderId } = reminded;
  try {
    await call('DELETE', `orders/${orderId}/reminder`);
    forget();
    say('reminder', 'done', 'Recalled: it will never be delivered.');
  } catch (refusal) {
    say('reminder', 'failed', `${refusal.title}: ${refusal.message}`);
  }
}

function forget() {
  clearTimeout(reminded?.timer);
  reminded = null;
  $('recall').disabled = true;
}

function say(output, kind, ...words) {
  $(output).dataset.kind = kind;
  $(output).replaceChildren(...words);
}
