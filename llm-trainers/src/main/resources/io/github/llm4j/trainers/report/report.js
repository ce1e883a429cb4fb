'use strict';
const run = JSON.parse(document.getElementById('run').textContent);
const record = run.record, plan = record.plan, sessions = record.sessions;
const last = sessions[sessions.length - 1], machine = last.machine;
const $ = id => document.getElementById(id);

/* ---------- words ---------- */
const finite = x => typeof x === 'number' && Number.isFinite(x);
const whole = x => finite(x) ? Math.round(x).toLocaleString('en') : '–';
function short(x) { // 12.3 M
  if (!finite(x)) return '–';
  for (const [unit, size] of [['T', 1e12], ['G', 1e9], ['M', 1e6], ['k', 1e4]])
    if (Math.abs(x) >= size) { const v = x / (unit === 'k' ? 1e3 : size); return v.toFixed(v < 10 ? 2 : v < 100 ? 1 : 0) + ' ' + unit; }
  return whole(x);
}
function digits(x) { // four that count
  if (!finite(x)) return '–';
  const a = Math.abs(x);
  if (a !== 0 && (a < 1e-3 || a >= 1e6)) return x.toExponential(2).replace('e+', 'e');
  return x.toFixed(a >= 1000 ? 0 : a >= 100 ? 1 : a >= 10 ? 2 : a >= 1 ? 3 : 4);
}
const loss = x => finite(x) ? x.toFixed(4) : '–';
function bytes(x) {
  for (const [unit, size] of [['GiB', 2 ** 30], ['MiB', 2 ** 20], ['KiB', 2 ** 10]])
    if (x >= size) return (x / size).toFixed(1) + ' ' + unit;
  return x + ' B';
}
function time(s) {
  if (!finite(s)) return '–';
  if (s < 10) return s.toFixed(1) + ' s';
  s = Math.round(s);
  if (s < 60) return s + ' s';
  if (s < 3600) return Math.floor(s / 60) + ' min ' + s % 60 + ' s';
  const m = Math.floor(s / 60);
  if (m < 1440) return Math.floor(m / 60) + ' h ' + m % 60 + ' min';
  return Math.floor(m / 1440) + ' d ' + Math.floor(m / 60) % 24 + ' h';
}
const date = iso => iso.replace('T', ' ').replace(/:\d\dZ$/, ' UTC');

/* ---------- elements: text is only ever text ---------- */
function el(name, attributes, ...children) {
  const node = document.createElement(name);
  for (const [k, v] of Object.entries(attributes || {})) node.setAttribute(k, v);
  node.append(...children.filter(c => c !== null && c !== undefined));
  return node;
}
function svg(name, attributes, ...children) {
  const node = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [k, v] of Object.entries(attributes || {})) node.setAttribute(k, v);
  node.append(...children);
  return node;
}

/* ---------- the top ---------- */
const steps = run.steps, count = steps.step.length, end = count - 1;
const sets = run.sets, main = sets[0];
const at = count ? steps.step[end] : 0;
$('name').textContent = record.name;
$('state').append(el('strong', {}, run.state.charAt(0).toUpperCase() + run.state.slice(1)),
  ` · step ${whole(at)} of ${whole(plan.steps)} · ${time(count ? steps.elapsed[end] : 0)} of training · begun ${date(sessions[0].started)}`
  + (sessions.length > 1 ? ` · ${sessions.length} sessions` : ''));
function figure(term, text) { $('figures').append(el('div', {}, el('dt', {}, term), el('dd', {}, text))); }
if (main) {
  let best = -1;
  main.loss.forEach((v, i) => { if (finite(v) && (best < 0 || v < main.loss[best])) best = i; });
  if (best >= 0) figure(`best ${main.name} loss, at step ${whole(main.step[best])}`, loss(main.loss[best]));
}
if (count) figure('last training loss', loss(steps.loss[end]));
figure('parameters', short(plan.parameters));
figure('tokens learned from', short(count ? steps.tokens[end] : 0));
figure('tokens a second' + (finite(run.share) ? `, ${Math.round(100 * run.share)} % of the machine’s ceiling` : ''), whole(run.speed));

/* ---------- curves ---------- */
const view = { over: 'step', log: false, smooth: 0.6, cursor: null };
const xWords = { step: x => 'step ' + whole(x), tokens: x => short(x) + ' tokens', elapsed: time };
const round = x => short(x).replace(/(\.\d*?)0+ /, '$1 ').replace('. ', ' ');
const xTicks = { step: round, tokens: round, elapsed: time };

/** An exponential mean that begins unbiased and passes over what isn't finite. */
function smoothed(values, weight) {
  let sum = 0, norm = 0;
  return values.map(v => {
    if (!finite(v)) return v;
    sum = weight * sum + (1 - weight) * v; norm = weight * norm + 1 - weight;
    return sum / norm;
  });
}
/** A path with at most four points a column of pixels: first, least, greatest, last; so no spike is lost. */
function path(xs, ys, sx, sy) {
  let text = '', pen = false, column = null, bucket = [];
  const flush = () => {
    if (!bucket.length) return;
    let low = bucket[0], high = bucket[0];
    for (const p of bucket) { if (p[1] < low[1]) low = p; if (p[1] > high[1]) high = p; }
    const keep = [...new Set([bucket[0], low, high, bucket[bucket.length - 1]])].sort((a, b) => a[2] - b[2]);
    for (const p of keep) { text += (pen ? 'L' : 'M') + p[0].toFixed(1) + ' ' + p[1].toFixed(1); pen = true; }
    bucket = [];
  };
  for (let i = 0; i < xs.length; i++) {
    const x = sx(xs[i]), y = finite(ys[i]) ? sy(ys[i]) : NaN;
    if (!finite(x) || !finite(y)) { flush(); pen = false; column = null; continue; }
    if (Math.floor(x) !== column) { flush(); column = Math.floor(x); }
    bucket.push([x, y, i]);
  }
  flush();
  return text;
}
function niceTicks(low, high, wanted) {
  if (!(high > low)) return [low];
  const raw = (high - low) / wanted, power = 10 ** Math.floor(Math.log10(raw));
  const unit = [1, 2, 2.5, 5, 10].find(m => m * power >= raw) * power, ticks = [];
  for (let i = Math.ceil(low / unit - 1e-9); i * unit <= high + unit * 1e-9; i++) ticks.push(i * unit);
  return ticks;
}
function timeTicks(low, high, wanted) {
  const unit = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 28800, 43200, 86400, 172800, 604800]
    .find(u => (high - low) / u <= wanted);
  if (!unit || high - low < 2) return niceTicks(low, high, wanted);
  const ticks = [];
  for (let t = Math.ceil(low / unit) * unit; t <= high; t += unit) ticks.push(t);
  return ticks;
}
function logTicks(low, high) {
  let ticks = [];
  for (let p = Math.floor(Math.log10(low)); p <= Math.ceil(Math.log10(high)); p++)
    for (const m of [1, 2, 3, 5, 7]) ticks.push(m * 10 ** p);
  ticks = ticks.filter(t => t >= low * .999 && t <= high * 1.001);
  return ticks.length < 3 ? niceTicks(low, high, 4).filter(t => t > 0) : ticks.length > 8 ? ticks.filter(t => /^[1]/.test(t.toExponential())) : ticks;
}
function tickWord(t, step) {
  if (t === 0) return '0';
  const a = Math.abs(t);
  if (a >= 1e4) return short(t).replace(/\.0+ /, ' ');
  if (a < 1e-3) return t.toExponential(1).replace('.0e', 'e');
  return t.toFixed(Math.max(0, Math.min(6, Math.ceil(-Math.log10(Math.abs(step || t)) + .7)))).replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '');
}

const DASHES = ['', '', '7 3', '2 3', '9 3 2 3'];
const COLOURS = ['var(--a)', 'var(--b)', 'var(--c)', 'var(--d)', 'var(--e)'];
const byStep = (name, values, colour) => ({ name, xs: steps, values, colour, dash: '', smooth: true, mark: false });
const charts = [
  { title: 'Loss', large: true, word: loss, mayLog: true, series: [byStep('training', steps.loss, COLOURS[0]),
    ...sets.map((s, i) => ({ name: s.name, xs: s, values: s.loss, colour: COLOURS[1 + i % 4], dash: DASHES[1 + i % 4], smooth: false, mark: true }))] },
  { title: 'Learning rate', word: digits, zero: true, series: [{ ...byStep('', steps.lr, COLOURS[2]), smooth: false }] },
  { title: 'Norm of the gradient', word: digits, zero: true, series: [byStep('', steps.norm, COLOURS[3])] },
  { title: 'Tokens a second', word: whole, zero: true, series: [byStep('', steps.speed, COLOURS[0])] },
];

function extent(lists) {
  let low = Infinity, high = -Infinity;
  for (const list of lists) for (const v of list) if (finite(v)) { if (v < low) low = v; if (v > high) high = v; }
  return low > high ? null : [low, high];
}
function nearest(xs, x) {
  let low = 0, high = xs.length - 1;
  while (high - low > 1) { const mid = (low + high) >> 1; if (xs[mid] < x) low = mid; else high = mid; }
  return Math.abs(xs[low] - x) <= Math.abs(xs[high] - x) ? low : high;
}

function draw(chart) {
  const width = Math.max(260, Math.floor(chart.box.clientWidth)), height = chart.large ? Math.min(380, Math.max(240, width * .36)) : 190;
  const left = 50, right = 10, top = 10, bottom = 26;
  const logarithmic = chart.mayLog && view.log;
  const xRange = extent(chart.series.map(s => s.xs[view.over]).concat([steps[view.over]])) || [0, 1];
  if (xRange[0] === xRange[1]) xRange[1] = xRange[0] + 1;
  let yRange = extent(chart.series.map(s => logarithmic ? s.values.filter(v => v > 0) : s.values)) || [0, 1];
  if (chart.zero) yRange[0] = Math.min(0, yRange[0]);
  if (yRange[0] === yRange[1]) yRange = logarithmic ? [yRange[0] * .9, yRange[1] * 1.1] : [yRange[0] - .5, yRange[1] + .5];
  const pad = logarithmic ? 1 : (yRange[1] - yRange[0]) * .05;
  if (!logarithmic) yRange = [chart.zero && yRange[0] === 0 ? 0 : yRange[0] - pad, yRange[1] + pad];
  const map = logarithmic ? Math.log : v => v;
  const y0 = map(yRange[0]), y1 = map(yRange[1]);
  const sx = x => left + (x - xRange[0]) / (xRange[1] - xRange[0]) * (width - left - right);
  const sy = y => logarithmic && y <= 0 ? NaN : height - bottom - (map(y) - y0) / (y1 - y0) * (height - top - bottom);
  const plot = svg('svg', { class: 'plot', viewBox: `0 0 ${width} ${height}`, width, height, role: 'img', tabindex: 0, 'aria-label': said(chart) });
  const yTicks = logarithmic ? logTicks(yRange[0], yRange[1]) : niceTicks(yRange[0], yRange[1], chart.large ? 6 : 4);
  for (const t of yTicks) {
    const y = sy(t);
    if (y < top - 1 || y > height - bottom + 1) continue;
    plot.append(svg('line', { class: 'gridline', x1: left, x2: width - right, y1: y, y2: y }),
      svg('text', { x: left - 7, y: y + 3.5, 'text-anchor': 'end' }, tickWord(t, logarithmic ? t : yTicks.length > 1 ? yTicks[1] - yTicks[0] : t)));
  }
  const wanted = Math.max(2, Math.min(9, Math.floor((width - left) / 62)));
  for (const t of (view.over === 'elapsed' ? timeTicks : niceTicks)(xRange[0], xRange[1], wanted)) {
    const x = sx(t);
    plot.append(svg('line', { class: 'axis', x1: x, x2: x, y1: height - bottom, y2: height - bottom + 4 }),
      svg('text', { x: Math.min(x, width - right - 2), y: height - bottom + 17, 'text-anchor': x > width - 45 ? 'end' : x < left + 20 ? 'start' : 'middle' },
        view.over === 'elapsed' ? time(t).replace('.0 s', ' s').replace(/ min 0 s$/, ' min').replace(/ h 0 min$/, ' h') : xTicks[view.over](t)));
  }
  plot.append(svg('line', { class: 'axis', x1: left, x2: width - right, y1: height - bottom, y2: height - bottom }));
  for (const s of chart.series) {
    const xs = s.xs[view.over], stroke = { fill: 'none', style: `stroke:${s.colour}`, 'stroke-linejoin': 'round', 'stroke-linecap': 'round' };
    if (s.smooth && view.smooth > 0) {
      plot.append(svg('path', { ...stroke, d: path(xs, s.values, sx, sy), 'stroke-width': 1, opacity: .32 }));
      plot.append(svg('path', { ...stroke, d: path(xs, smoothed(s.values, view.smooth), sx, sy), 'stroke-width': 1.9 }));
    } else {
      plot.append(svg('path', { ...stroke, d: path(xs, s.values, sx, sy), 'stroke-width': 1.9, 'stroke-dasharray': s.dash }));
    }
    if (s.mark || xs.length === 1) {
      const room = (width - left) / Math.max(1, xs.length);
      if (room >= 13 || xs.length === 1) xs.forEach((x, i) => { if (finite(s.values[i])) plot.append(svg('circle', { cx: sx(x), cy: sy(s.values[i]), r: 2.8, style: `fill:var(--sheet);stroke:${s.colour}`, 'stroke-width': 1.6 })); });
    }
  }
  const line = svg('line', { class: 'cursor', y1: top, y2: height - bottom, visibility: 'hidden' });
  const dots = chart.series.map(s => svg('circle', { r: 4, style: `fill:${s.colour};stroke:var(--sheet)`, 'stroke-width': 1.5, visibility: 'hidden' }));
  plot.append(line, ...dots);
  Object.assign(chart, { sx, sy, line, dots, plot, width });
  plot.addEventListener('pointermove', e => {
    const box = plot.getBoundingClientRect(), x = (e.clientX - box.left) / box.width * width;
    point(nearest(steps[view.over], xRange[0] + (x - left) / (width - left - right) * (xRange[1] - xRange[0])));
  });
  plot.addEventListener('pointerleave', () => { if (document.activeElement !== plot) point(null); });
  plot.addEventListener('focus', () => point(view.cursor === null ? end : view.cursor));
  plot.addEventListener('blur', () => point(null));
  plot.addEventListener('keydown', e => {
    const page = Math.max(1, Math.round(count / 20)), moves = { ArrowLeft: -1, ArrowRight: 1, PageDown: page, PageUp: -page, Home: -count, End: count };
    if (!(e.key in moves)) return;
    e.preventDefault();
    point(Math.max(0, Math.min(end, (view.cursor === null ? end : view.cursor) + moves[e.key])));
    $('readout').textContent = xWords[view.over](steps[view.over][view.cursor]) + ': ' + chart.series.map(s => (s.name || chart.title) + ' ' + chart.word(s.values[index(s)])).join(', ');
  });
  chart.box.replaceChildren(plot);
}
/** Where a series stands at the cursor: an evaluation is the one before it. */
function index(s) {
  if (s.xs === steps) return view.cursor;
  const step = steps.step[view.cursor];
  let i = -1;
  while (i + 1 < s.xs.step.length && s.xs.step[i + 1] <= step) i++;
  return i;
}
function said(chart) {
  return chart.title + '. ' + chart.series.map(s => {
    const range = extent([s.values]);
    return (s.name ? s.name + ': ' : '') + (range ? `${s.values.length} points, from ${chart.word(s.values[0])} to ${chart.word(s.values[s.values.length - 1])}, least ${chart.word(range[0])}, greatest ${chart.word(range[1])}` : 'nothing yet');
  }).join('; ') + '.';
}
function point(i) {
  if (!count) return;
  view.cursor = i;
  for (const chart of charts) {
    const shown = i !== null;
    if (chart.line) {
      chart.line.setAttribute('visibility', shown ? 'visible' : 'hidden');
      if (shown) { const x = chart.sx(steps[view.over][i]); chart.line.setAttribute('x1', x); chart.line.setAttribute('x2', x); }
    }
    chart.series.forEach((s, n) => {
      const k = shown ? index(s) : s.values.length - 1, v = s.values[k], dot = chart.dots[n];
      const y = finite(v) ? chart.sy(v) : NaN;
      dot.setAttribute('visibility', shown && finite(y) ? 'visible' : 'hidden');
      if (shown && finite(y)) { dot.setAttribute('cx', chart.sx(s.xs[view.over][k])); dot.setAttribute('cy', y); }
      chart.now[n].textContent = chart.word(v);
    });
    chart.where.textContent = shown ? ['step', 'tokens', 'elapsed'].map(k => xWords[k](steps[k][i])).join(' · ') : '';
  }
}
function build() {
  for (const chart of charts) {
    chart.box = el('div');
    chart.now = chart.series.map(() => el('span', { class: 'now' }));
    chart.where = el('span', { class: 'where' });
    const caption = el('figcaption', {}, el('b', {}, chart.title), ...chart.series.map((s, i) => el('span', { class: 'key' },
      svg('svg', { width: 18, height: 8, 'aria-hidden': 'true' },
        svg('line', { x1: 1, x2: 17, y1: 4, y2: 4, style: `stroke:${s.colour}`, 'stroke-width': 2.4, 'stroke-dasharray': s.dash }),
        ...(s.mark ? [svg('circle', { cx: 9, cy: 4, r: 2.6, style: `fill:var(--sheet);stroke:${s.colour}`, 'stroke-width': 1.5 })] : [])),
      s.name, chart.now[i])), chart.large ? chart.where : null);
    $('charts').append(el('figure', chart.large ? { class: 'large' } : {}, caption, chart.box));
  }
  redraw();
}
function redraw() {
  $('smoothed').textContent = Math.round(view.smooth * 100) + ' %';
  const kept = view.cursor, focused = charts.findIndex(c => c.plot && c.plot === document.activeElement);
  charts.forEach(draw);
  if (focused >= 0) charts[focused].plot.focus();
  point(kept);
}
$('controls').addEventListener('submit', e => e.preventDefault());
$('controls').addEventListener('input', () => {
  view.over = $('controls').elements.over.value;
  view.log = $('log').checked;
  view.smooth = $('smooth').value / 100;
  redraw();
});
view.smooth = count > 100 ? .6 : 0;
$('smooth').value = view.smooth * 100;
if (count) {
  build();
  let wide = innerWidth;
  addEventListener('resize', () => { if (innerWidth !== wide) { wide = innerWidth; redraw(); } });
} else {
  $('controls').remove();
  document.querySelector('.hint').textContent = 'No step has been reported yet.';
}

/* ---------- tables ---------- */
if (main) {
  const number = { class: 'number' };
  $('evaluations').append(el('thead', {}, el('tr', {}, ...['step', 'tokens', 'time', ...sets.map(s => s.name + ' loss'), 'training loss'].map(h => el('th', { class: 'number', scope: 'col' }, h)))));
  const low = extent([main.loss]), body = el('tbody');
  main.step.forEach((step, i) => {
    const k = count ? nearest(steps.step, step) : -1;
    body.append(el('tr', {}, el('td', number, whole(step)), el('td', number, whole(main.tokens[i])), el('td', number, time(main.elapsed[i])),
      ...sets.map((s, n) => { const j = s.step.indexOf(step); return el('td', { class: n === 0 && low && s.loss[j] === low[0] ? 'number best' : 'number' }, loss(s.loss[j])); }),
      el('td', number, k >= 0 ? loss(steps.loss[k]) : '–')));
  });
  $('evaluations').append(body);
} else $('evaluations-box').remove();

function sample(group) {
  return el('article', { class: 'sample' }, el('h3', {}, el('b', {}, 'Step ' + whole(group[0].step)), xWords.tokens(group[0].tokens)),
    ...group.map(s => el('pre', {}, el('span', { class: 'prompt' }, s.prompt), s.text)));
}
const groups = [];
for (const s of run.samples) {
  const before = groups[groups.length - 1];
  if (before && before[0].step === s.step) before.push(s); else groups.push([s]);
}
if (groups.length) {
  const recent = groups.slice(-3).reverse(), older = groups.slice(0, -3).reverse();
  $('samples').append(el('p', { class: 'hint' }, 'What the model wrote at each evaluation, the newest first; its prompt is shaded.'), ...recent.map(sample));
  if (older.length) $('samples').append(el('details', {}, el('summary', {}, older.length === 1 ? 'One earlier evaluation' : `${older.length} earlier evaluations`), ...older.map(sample)));
} else $('samples-box').remove();

function facts(title, rows) {
  const list = el('dl');
  for (const [term, text, more] of rows) if (text !== '' && text !== null) list.append(el('dt', {}, term), el('dd', {}, text, more ? el('small', {}, ' ' + more) : null));
  $('facts').append(el('div', {}, el('h3', {}, title), list));
}
const memory = Object.entries(plan.bytes), total = memory.reduce((sum, [, b]) => sum + b, 0);
facts('Plan', [['parameters', whole(plan.parameters)], ['steps', whole(plan.steps), `of ${whole(plan['tokens-per-step'])} tokens`],
  ['a step', short(plan['flops-per-step']) + 'FLOP', 'in products'], ['memory', bytes(total)], ...memory.map(([name, b]) => ['  ' + name.replace('optimizer.', 'optimizer: '), bytes(b)])]);
facts('Data', [['to learn from', whole(record.data['train-tokens']) + ' tokens'], ['to measure with', record.data['validation-tokens'] ? whole(record.data['validation-tokens']) + ' tokens' : 'nothing'],
  ['vocabulary', whole(record.data['vocab-size'])],
  ...record.data.texts.flatMap(t => [[t.key.replace('data.', '').replace('.path', ''), t.path, `${whole(t.tokens)} tokens, checksum ${t.checksum.slice(0, 12)}`]])]);
facts('Machine', [['processor', machine.processor, `${machine.processors} usable`], ['threads', String(machine.threads)], ['memory', machine['memory-bytes'] ? bytes(machine['memory-bytes']) : ''],
  ['system', machine.system], ['backend', machine.backend], ['', machine.description], ['ceiling', finite(+machine.ceiling) ? short(+machine.ceiling) + 'FLOP/s' : '', 'of products, measured']]);
facts('Versions', [['llm4j', last.code.version], ['Java', last.code.java], ...last.code.components.map(c => [c.module, c.version, c.checksum === 'none' ? '' : c.checksum.slice(0, 12)])]);
if (sessions.length > 1) facts('Sessions', sessions.map((s, i) => [date(s.started), `from step ${whole(s['from-step'])}`, s.end ? `${s.end.how} at step ${whole(s.end.step)}` : i === sessions.length - 1 && run.state === 'running' ? 'running' : 'killed']));

function config() {
  const only = $('only-set').checked, body = el('tbody');
  let group = null;
  for (const { path, value, origin } of record.config) {
    if (only && (origin === 'default' || value === 'null')) continue;
    const first = path.includes('.') ? path.split('.')[0] : '';
    if (first !== group) { group = first; if (first) body.append(el('tr', { class: 'group' }, el('td', { colspan: 3 }, first))); }
    body.append(el('tr', {}, el('td', { class: 'value' }, first ? path.slice(first.length + 1) : path), el('td', { class: 'value' }, value), el('td', {}, origin)));
  }
  $('config').replaceChildren(el('thead', {}, el('tr', {}, ...['key', 'value', 'from'].map(h => el('th', { scope: 'col' }, h)))), body);
}
$('only-set').addEventListener('change', config);
config();
$('footer').textContent = `Written ${date(run.written)} by llm4j ${run['written-by']}. This file needs nothing beside itself; the numbers are in metrics.jsonl and run.json.`;
