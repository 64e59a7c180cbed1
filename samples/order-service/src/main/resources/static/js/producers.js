// What actuator says of the producers: /actuator/mqproducers, and their part of /actuator/health.
import { $, h, number } from './dom.js';

const SHORT = { mqProducer: 'primary', auditMqProducer: 'audit' };

export function showHealth(health, producers) {
  const status = health?.components?.mqProducer?.status ?? 'DOWN';
  const brokers = new Set(Object.values(producers ?? {}).flatMap((p) => p.brokers.map((b) => b.name)));
  $('health').dataset.status = status;
  $('health').textContent = health
    ? `${status} · ${Object.keys(producers).length} producers · ${brokers.size} broker${brokers.size === 1 ? '' : 's'}`
    : 'The service does not answer';
}

export function showProducers(producers, health) {
  const names = Object.keys(producers).sort().reverse();
  $('producers').replaceChildren(...names.map((name) => article(name, producers[name], health)));
}

function article(name, producer, health) {
  const status = health.components?.mqProducer?.components?.[name]?.status;
  const facts = [
    ['Group', producer.settings.group],
    ['Health', status ?? 'unknown'],
    ['In flight', number(producer.inFlight.messages)],
    ...producer.brokers.map((broker) => [broker.name, condition(broker)]),
    ...producer.nameServers.map((server) => ['Name server', server.lastFailure ?? ago(server.lastAnswerAgoMs)]),
  ];
  const failure = producer.lastFailures[0];
  return h('article', { 'data-producer': name },
    h('h3', {}, SHORT[name] ?? name, h('span', { class: 'state', 'data-status': producer.state }, producer.state.toLowerCase())),
    h('dl', {}, ...facts.flatMap(([term, value]) => [h('dt', {}, term), h('dd', {}, value)])),
    failure && h('p', { class: 'failure', title: failure.text }, `${time(failure.time)} ${failure.text}`));
}

function condition(broker) {
  if (broker.isolatedForMs > 0) return `avoided for ${number(Math.ceil(broker.isolatedForMs / 1000))} s`;
  if (!broker.connected) return 'not connected';
  return broker.latencyMs == null ? 'connected' : `${number(broker.latencyMs)} ms`;
}

function ago(ms) {
  return ms == null ? 'never' : `${number(Math.round(ms / 1000))} s ago`;
}

function time(instant) {
  return new Date(instant).toLocaleTimeString('en-GB');
}
