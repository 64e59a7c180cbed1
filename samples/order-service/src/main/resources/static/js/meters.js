// Reads the producers' meters, as /actuator/prometheus writes them. Nothing here touches the page.

/** The page's modes, and what the meters call them. */
export const MODES = { sync: 'sync', async: 'async', oneway: 'oneway', transactional: 'half' };

const TOPIC = 'sample-orders';
const LINE = /^mq_producer_send_seconds(_count)?\{(.*)\} (\S+)$/;
const LABEL = /(\w+)="([^"]*)"/g;

/** Of each mode: how many orders were sent so far, and the percentiles of the last seconds in ms (null if there were none). */
export function readMeters(text) {
  const modes = Object.fromEntries(Object.keys(MODES).map((mode) => [mode, { count: 0, p50: null, p99: null }]));
  for (const line of text.split('\n')) {
    const [, isCount, labelText, value] = LINE.exec(line) ?? [];
    const labels = labelText && Object.fromEntries([...labelText.matchAll(LABEL)].map(([, name, v]) => [name, v]));
    const mode = Object.keys(MODES).find((name) => MODES[name] === labels?.mode);
    if (!mode || labels.topic !== TOPIC) continue;
    if (isCount) {
      modes[mode].count += Number(value);
    } else if (labels.outcome === 'acked' || labels.outcome === 'handed_over') {
      const ms = Number(value) * 1000;
      if (labels.quantile === '0.5') modes[mode].p50 = ms || null;
      if (labels.quantile === '0.99') modes[mode].p99 = ms || null;
    }
  }
  return modes;
}

/** Orders per second and mode between two readings; none if the service has started anew meanwhile. */
export function rates(before, now) {
  const seconds = (now.at - before.at) / 1000;
  return Object.fromEntries(Object.keys(MODES).map((mode) => {
    const sent = now.modes[mode].count - before.modes[mode].count;
    return [mode, seconds > 0 && sent > 0 ? sent / seconds : 0];
  }));
}
