// Two charts of the last minute. The figures of now are text beside them, for those who cannot see a canvas, too.
import { $, h, number } from './dom.js';
import { MODES } from './meters.js';

const SECONDS = 60;
const NAMES = { sync: 'sync', async: 'async', oneway: 'one-way', transactional: 'transactional' };

Object.assign(Chart.defaults.font, { family: getComputedStyle(document.body).fontFamily, size: 11.5 });

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

class MinuteChart {
  constructor(canvas, legend, lines, y) {
    this.legend = $(legend);
    this.lines = lines;
    this.chart = new Chart($(canvas), {
      type: 'line',
      data: { datasets: lines.map(() => ({ data: Array(SECONDS + 1).fill(null) })), labels: ages() },
      options: {
        animation: false,
        responsive: true,
        maintainAspectRatio: false,
        interaction: { mode: 'index', intersect: false },
        elements: { point: { radius: 0, hitRadius: 6 }, line: { borderWidth: 1.8, tension: 0.2 } },
        plugins: {
          legend: { display: false },
          tooltip: { callbacks: { title: ([item]) => age(item.parsed.x), label: (item) => ` ${item.dataset.label}  ${number(item.parsed.y)}` } },
        },
        scales: {
          x: { type: 'linear', min: -SECONDS, max: 0, grid: { display: false }, ticks: { stepSize: 15, callback: age, maxRotation: 0 } },
          y,
        },
      },
    });
    this.paint();
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.paint());
  }

  /** Gives everything the colours of the page. */
  paint() {
    const { data, options } = this.chart;
    data.datasets.forEach((dataset, i) => Object.assign(dataset, this.lines[i].style(colour(this.lines[i].mode))));
    Object.values(options.scales).forEach((scale) => {
      scale.ticks.color = colour('muted');
      scale.grid.color = colour('line');
      scale.border = { display: false };
    });
    this.chart.update();
  }

  push(values) {
    this.chart.data.datasets.forEach((dataset, i) => {
      dataset.data.push(values[i]);
      dataset.data.shift();
    });
    this.chart.update();
  }

  tell(describe) {
    this.legend.replaceChildren(...Object.keys(MODES).map((mode) => h('li', { class: mode }, `${NAMES[mode]} `, h('b', {}, describe(mode)))));
  }
}

/** Areas on top of each other, so that their sum can be seen. */
export class ThroughputChart extends MinuteChart {
  constructor(canvas, legend) {
    super(canvas, legend, Object.keys(MODES).map((mode) => ({
      mode,
      style: (c) => ({ label: NAMES[mode], borderColor: c, backgroundColor: `${c}3a`, fill: true, segment: { borderColor: idle } }),
    })), { stacked: true, beginAtZero: true, suggestedMax: 10, ticks: { maxTicksLimit: 5, callback: number }, grid: {} });
  }

  add(rates) {
    this.push(Object.keys(MODES).map((mode) => rates[mode]));
    this.tell((mode) => number(Math.round(rates[mode])));
  }
}

/** Logarithmic, as latencies are: the one slow send must not hide the thousand quick ones. */
export class LatencyChart extends MinuteChart {
  constructor(canvas, legend) {
    super(canvas, legend, Object.keys(MODES).flatMap((mode) => [
      { mode, style: (c) => ({ label: `${NAMES[mode]} p99`, borderColor: c, backgroundColor: c }) },
      { mode, style: (c) => ({ label: `${NAMES[mode]} p50`, borderColor: c, backgroundColor: c, borderDash: [3, 3], borderWidth: 1.3 }) },
    ]), { type: 'logarithmic', min: 0.1, suggestedMax: 100, ticks: { callback: powerOfTen }, grid: {}, afterBuildTicks: (axis) => { axis.ticks = axis.ticks.filter(({ value }) => powerOfTen(value) !== null); } });
  }

  add(modes) {
    this.push(Object.keys(MODES).flatMap((mode) => [modes[mode].p99, modes[mode].p50]));
    this.tell((mode) => (modes[mode].p50 === null ? '–' : `${number(modes[mode].p50)}/${number(modes[mode].p99)}`));
  }
}

/** Where a mode is not used its line would hide the one below. */
function idle({ p0, p1 }) {
  return p0.raw || p1.raw ? undefined : 'transparent';
}

function powerOfTen(value) {
  return Number.isInteger(Math.log10(value)) ? value : null;
}

function ages() {
  return Array.from({ length: SECONDS + 1 }, (_, i) => i - SECONDS);
}

function age(seconds) {
  return seconds === 0 ? 'now' : `${-seconds} s ago`;
}
