'use strict';
// Draws the runs in RUNS. Two runs are drawn into the same plots; the second one is dashed.
(() => {
  const COLOURS = ['#1f6feb', '#d9480f', '#2b8a3e', '#9c36b5'];
  const two = RUNS.length > 1;
  const byId = (id) => document.getElementById(id);
  const element = (name, text, className) => {
    const made = document.createElement(name);
    if (text !== undefined) made.textContent = text;
    if (className) made.className = className;
    return made;
  };
  const number = (value, digits = 2) => value === undefined || value === null ? '' : Number(value).toLocaleString('en', { maximumFractionDigits: digits });
  const named = (label, run) => two ? label + ', ' + run.name : label;

  function table(head, rows, className) {
    const made = element('table', undefined, className);
    const first = made.createTHead().insertRow();
    head.forEach((text) => first.append(element('th', text)));
    const body = made.createTBody();
    rows.forEach((row) => {
      const line = body.insertRow();
      row.forEach((text) => line.append(element('td', text)));
    });
    return made;
  }

  function headings() {
    const first = RUNS[0];
    document.title = 'Load test: ' + RUNS.map((run) => run.scenario).join(' and ');
    byId('title').textContent = two ? RUNS.map((run) => run.scenario + ' (' + run.name + ')').join(' and ') : 'Load test: ' + first.scenario;
    byId('subtitle').textContent = RUNS.map((run) => run.startedAt + (run.partial ? ', partial: ended early' : '')).join(' and ');
    RUNS.forEach((run) => {
      if (run.partial) byId('faults').append(element('p', named('Ended early: what is here is partial', run), 'bad'));
      run.faults.forEach((fault) => byId('faults').append(element('p', named(fault, run), 'bad')));
    });
  }

  function latencies() {
    const rows = [];
    RUNS.forEach((run) => ['arrival', 'answer', 'sign-in'].forEach((kind) => {
      const of = run.latencies[kind];
      if (of.count === 0) return;
      const ms = (micros) => number(micros / 1000);
      rows.push([named(kind, run), number(of.count), ms(of.mean), ms(of.p50), ms(of.p90), ms(of.p99), ms(of.p999), ms(of.max)]);
    }));
    byId('latencies').append(table(['', 'count', 'mean', 'p50', 'p90', 'p99', 'p99.9', 'max'], rows));
  }

  function pairsTable(id, of, value) {
    const keys = [...new Set(RUNS.flatMap((run) => Object.keys(of(run))))].sort();
    byId(id).append(table(['', ...RUNS.map((run) => two ? run.name : '')], keys.map((key) => [key, ...RUNS.map((run) => value(of(run)[key]))]),
      id === 'parameters' ? 'parameters' : undefined));
  }

  function plot(title, series, options = {}) {
    const section = element('section');
    section.append(element('h2', title));
    byId('plots').append(section);
    const width = Math.max(260, section.clientWidth - 26);
    const chart = new uPlot({
      width, height: 250,
      scales: { x: { time: false, distr: options.xDistribution || 1, ...options.xScale }, y: { distr: options.log ? 3 : 1, ...options.yScale } },
      axes: [{ label: options.xLabel || 'seconds', size: 44, ...options.xAxis }, { label: options.yLabel, size: 64, ...options.yAxis }],
      series: [{ label: options.xLabel || 'second' }, ...series.lines.map((line, i) => ({
        label: line.label, stroke: COLOURS[(line.colour ?? i) % COLOURS.length], width: 1.6, dash: line.dashed ? [6, 4] : undefined,
        points: { show: series.x.length < 3 }, spanGaps: true,
        value: (_, value) => value === null ? '' : number(value),
      }))],
      hooks: options.shade ? { drawClear: [options.shade] } : {},
    }, [series.x, ...series.lines.map((line) => line.values)], section);
    window.addEventListener('resize', () => chart.setSize({ width: Math.max(260, section.clientWidth - 26), height: 250 }));
  }

  // Seconds of all runs on one axis; what a run does not have is a gap.
  function overTime(fields) {
    const x = [...new Set(RUNS.flatMap((run) => run.timeline.map((point) => point.second)))].sort((a, b) => a - b);
    const lines = RUNS.flatMap((run, r) => {
      const at = new Map(run.timeline.map((point) => [point.second, point]));
      return fields.map(([label, value], f) => ({
        label: named(label, run), colour: f, dashed: r === 1,
        values: x.map((second) => at.has(second) ? value(at.get(second)) : null),
      }));
    });
    return { x, lines };
  }

  function shadeUnmeasured(chart) {
    const context = chart.ctx;
    context.save();
    context.fillStyle = 'rgba(128,128,128,0.12)';
    RUNS[0].timeline.filter((point) => !point.measured).forEach((point) => {
      const left = chart.valToPos(point.second - 0.5, 'x', true);
      const right = chart.valToPos(point.second + 0.5, 'x', true);
      context.fillRect(left, chart.bbox.top, right - left, chart.bbox.height);
    });
    context.restore();
  }

  function timePlots() {
    const shade = two ? undefined : shadeUnmeasured;
    const ms = (field) => (point) => point.p50 > 0 ? point[field] / 1000 : null;
    plot('Latency', overTime([['p50', ms('p50')], ['p99', ms('p99')], ['p99.9', ms('p999')], ['max', ms('max')]]), { log: true, yLabel: 'ms', shade });
    plot('Texts', overTime([['sent', (p) => p.sent], ['done', (p) => p.done]]), { yLabel: 'a second', shade });
    plot('Sign-ins and failures', overTime([['sign-ins', (p) => p.connected], ['failures', (p) => p.failures]]), { yLabel: 'a second', shade });
    plot("Server's processor", overTime([['CPU', (p) => p.cpuPercent || null]]), { yLabel: '% of one', shade });
    plot("Server's memory", overTime([['resident', (p) => p.residentMib || null]]), { yLabel: 'MiB', shade });
    plot("Server's open files", overTime([['files', (p) => p.files || null]]), { yLabel: '', shade });
  }

  // By the number of nines: 90 % is 1, 99 % is 2.
  function distribution() {
    const nines = (percentile) => -Math.log10(1 - percentile / 100);
    ['arrival', 'sign-in'].forEach((kind) => {
      const all = RUNS.map((run) => run.distributions[kind].map(([percentile, value]) => [nines(percentile), value]));
      const x = [...new Set(all.flat().map(([level]) => level))].sort((a, b) => a - b);
      if (x.length === 0) return;
      const lines = RUNS.map((run, r) => {
        const at = new Map(all[r]);
        return { label: named('latency', run), colour: r, dashed: r === 1, values: x.map((level) => at.has(level) ? at.get(level) : null) };
      });
      plot('Distribution: ' + kind, { x, lines }, {
        log: true, yLabel: 'ms', xLabel: 'percentile',
        xAxis: { splits: () => [0, 1, 2, 3, 4, 5, 6].filter((level) => level <= x[x.length - 1] + 0.01), values: (_, splits) => splits.map((level) => level === 0 ? '0' : String(100 - 100 / 10 ** level).slice(0, 8)) },
      });
    });
  }

  headings();
  latencies();
  pairsTable('figures', (run) => ({ textsPerSecond: run.textsPerSecond, serverCpuMicrosPerText: run.cpuMicrosPerText, ...run.figures }), (value) => number(value));
  timePlots();
  distribution();
  pairsTable('parameters', (run) => run.parameters, (value) => value ?? '');
})();
