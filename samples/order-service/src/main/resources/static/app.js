// Starts the page: forms on the left, and what actuator says, once a second.
import { LatencyChart, ThroughputChart } from './js/charts.js';
import { get, text } from './js/http.js';
import { rates, readMeters } from './js/meters.js';
import { showHealth, showProducers } from './js/producers.js';
import { startShop } from './js/shop.js';

const EVERY_MS = 1000;

const throughput = new ThroughputChart('throughput', 'throughput-now');
const latency = new LatencyChart('latency', 'latency-now');
let before = null;

async function drawMeters() {
  const now = { at: performance.now(), modes: readMeters(await text('actuator/prometheus')) };
  if (before) {
    throughput.add(rates(before, now));
    latency.add(now.modes);
  }
  before = now;
}

async function drawProducers() {
  const [health, { producers }] = await Promise.all([get('actuator/health'), get('actuator/mqproducers')]);
  showHealth(health, producers);
  showProducers(producers, health);
}

async function tick() {
  const due = performance.now() + EVERY_MS;
  try {
    await Promise.all([drawMeters(), drawProducers()]);
  } catch {
    showHealth(null);
  }
  setTimeout(tick, Math.max(0, due - performance.now()));
}

startShop();
tick();
