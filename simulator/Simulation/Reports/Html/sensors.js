// What poles sensed: containers with their traffic light, quantities over time against the truth, counts, and what troubles of parts came to.

const QUALITIES = {
  ok: { label: "good", color: "--quality-ok", shape: "circle" },
  humid: { label: "humid", color: "--quality-humid", shape: "diamond" },
  warmingUp: { label: "warming up", color: "--quality-warming", shape: "triangle" },
  outOfRange: { label: "out of range", color: "--quality-bad", shape: "cross" },
  stale: { label: "stale", color: "--quality-stale", shape: "ring" },
  substituted: { label: "made with a substitute", color: "--quality-substituted", shape: "square" },
  notMeasured: { label: "not measured", color: "--quality-bad", shape: "cross" },
};

const LIGHTS = { green: ["--good", "circle"], yellow: ["--note", "triangle"], red: ["--bad", "diamond"], unknown: ["--muted", "ring"] };
const SENSOR_TITLES = { fillLevel: "Containers", waterLevel: "Water", particulates: "Particulate matter", climate: "Climate", carbonDioxide: "Carbon dioxide", gas: "Gas indices" };

function drawSensors(run) {
  const { sensors } = run.report;
  const section = byId("sensors");
  const isAny = sensors.quantities.length || sensors.containers.length || sensors.traffic.length || sensors.troubles.length;
  section.append(sectionTitle("sensors", "Sensors"));
  if (!isAny) {
    section.append(html("p", { class: "muted" }, "No pole of this run measures anything but its lamp."));
    return;
  }
  drawContainers(run, section);
  if (sensors.quantities.length) drawQuantities(run, section);
  if (sensors.traffic.length) drawTraffic(run, section);
  drawTroubles(run, section);
}

function sensorTable(section, title, columns, rows, options) {
  const container = html("div");
  section.append(html("h3", {}, title), container);
  table(container, columns, rows, { caption: title, ...options });
}

function drawContainers(run, section) {
  const { containers } = run.report.sensors;
  if (containers.length === 0) return;
  const rank = ["green", "yellow", "red", "unknown"];
  sensorTable(section, "Containers at the end of the run", [
    poleColumn(run),
    {
      title: "Traffic light", text: (row) => row.state, value: (row) => rank.indexOf(row.state),
      node: (row) => html("span", { class: "light" }, markerPicture(LIGHTS[row.state][1], LIGHTS[row.state][0]), row.state),
    },
    { title: "Really full", numeric: true, text: (row) => percent(row.fillPercent, 0), value: (row) => row.fillPercent },
    { title: "Told red", numeric: true, text: (row) => number(row.redCount), value: (row) => row.redCount },
    { title: "Emptied", numeric: true, text: (row) => number(row.emptiedCount), value: (row) => row.emptiedCount },
    { title: "of that told", numeric: true, text: (row) => number(row.emptiedToldCount), value: (row) => row.emptiedToldCount },
    { title: "Full by forecast", text: (row) => (row.fullAtSeconds === null ? MISSING : moment(run.scenario, row.fullAtSeconds)), value: (row) => row.fullAtSeconds, className: "nowrap" },
  ], containers, { noun: "container", filterLabel: "Filter by pole or light" });
}

function drawQuantities(run, section) {
  const { quantities } = run.report.sensors;
  const select = html("select", { id: "quantity-choice" });
  const sensors = [...new Set(quantities.map((quantity) => quantity.sensor))];
  for (const sensor of sensors) {
    const group = html("optgroup", { label: SENSOR_TITLES[sensor] ?? words(sensor) });
    quantities.forEach((quantity, index) => {
      if (quantity.sensor === sensor) group.append(html("option", { value: index }, quantity.poleId + ": " + quantity.name));
    });
    select.append(group);
  }
  const figure = html("figure", { class: "chart", id: "quantity-chart" });
  section.append(
    html("h3", {}, "Values over time"),
    html("p", { class: "lead" }, "The line is what was true, the marks are what was told; their shape says how good the pole called them. Shaded: the part was in trouble."),
    html("div", { class: "field" }, html("label", { for: "quantity-choice" }, "Pole and quantity"), select), figure);
  const draw = () => drawQuantity(figure, run, quantities[Number(select.value)]);
  select.addEventListener("change", draw);
  onWidth(figure, draw);
  const worth = quantities.findIndex((quantity) => quantity.troubles.length && quantity.told.length);
  select.value = String(Math.max(0, worth));
  draw();
}

function drawQuantity(figure, run, quantity) {
  const width = Math.max(280, figure.clientWidth || 800);
  const size = { left: 52, right: 12, top: 14, height: 220 };
  const total = run.scenario.simulatedSeconds;
  const values = [...quantity.truth.map((point) => point.value), ...quantity.told.map((told) => told.value).filter((value) => value !== null), ...quantity.thresholds.map((threshold) => threshold.value)];
  const { low, high, step } = niceRange(values);
  const x = (seconds) => size.left + ((width - size.left - size.right) * Math.min(Math.max(seconds, 0), total)) / total;
  const y = (value) => size.top + size.height * (1 - (value - low) / (high - low));
  const nodes = [svg("rect", { class: "frame", x: x(0), y: size.top, width: x(total) - x(0), height: size.height })];
  for (const span of quantity.troubles) {
    nodes.push(svg("rect", { class: "trouble", x: x(span.fromSeconds), y: size.top, width: Math.max(2, x(span.toSeconds) - x(span.fromSeconds)), height: size.height },
      svg("title", {}, span.text)));
    if (x(span.toSeconds) - x(span.fromSeconds) > span.text.length * 6.5) nodes.push(svg("text", { class: "trouble-label", x: x(span.fromSeconds) + 4, y: size.top + 14 }, span.text));
  }
  for (let value = low; value <= high + step / 1000; value += step) {
    nodes.push(svg("line", { class: "grid", x1: x(0), x2: x(total), y1: y(value), y2: y(value) }));
    nodes.push(svg("text", { x: size.left - 8, y: y(value) + 4, "text-anchor": "end" }, number(value, step < 1 ? 1 : 0)));
  }
  for (const threshold of quantity.thresholds) {
    nodes.push(svg("line", { class: "threshold", x1: x(0), x2: x(total), y1: y(threshold.value), y2: y(threshold.value) }));
    nodes.push(svg("text", { class: "label", x: x(total) - 4, y: y(threshold.value) - 5, "text-anchor": "end" }, threshold.name + " " + number(threshold.value)));
  }
  nodes.push(svg("path", { class: "truth", d: quantity.truth.map((point, index) => (index ? "L" : "M") + x(point.atSeconds).toFixed(1) + " " + y(point.value).toFixed(1)).join("") }));
  for (const told of quantity.told) nodes.push(toldMark(run, quantity, told, x, y, size));
  nodes.push(...sensorTimeAxis(run, x, total, width, size));
  const used = [...new Set(quantity.told.map((told) => told.quality))];
  figure.replaceChildren(
    html("figcaption", {}, html("strong", {}, quantity.name + " at " + quantity.poleId + ", " + quantity.unit), html("span", { class: "muted" }, plural(quantity.told.length, "value") + " told")),
    svg("svg", { class: "plot", viewBox: `0 0 ${width} ${size.top + size.height + 40}`, role: "img", "aria-label": quantity.name + " at " + quantity.poleId + " over the run" }, nodes),
    html("ul", { class: "legend" },
      html("li", {}, svg("svg", { viewBox: "0 0 16 16", "aria-hidden": "true" }, svg("path", { class: "truth", d: "M1 8H15" })), "true"),
      used.map((quality) => html("li", {}, markerPicture(QUALITIES[quality].shape, QUALITIES[quality].color), QUALITIES[quality].label))),
    quantityTable(run, quantity));
}

function toldMark(run, quantity, told, x, y, size) {
  const { shape, color, label } = QUALITIES[told.quality];
  const cx = x(told.atSeconds);
  const cy = told.value === null ? size.top + size.height - 6 : y(told.value);
  const picture = markerPicture(shape, color);
  const group = svg("g", { transform: `translate(${(cx - 6).toFixed(1)} ${(cy - 6).toFixed(1)}) scale(0.75)` });
  group.append(...picture.childNodes, svg("title", {}, eventTime(run.scenario, told.atSeconds) + ": " + withUnit(told.value, 1, quantity.unit) + ", " + label));
  return group;
}

function quantityTable(run, quantity) {
  const details = html("details", { class: "alternative" }, html("summary", {}, "The same as a table"));
  const container = html("div");
  details.append(container);
  table(container, [
    { title: "Time", text: (row) => eventTime(run.scenario, row.atSeconds), value: (row) => row.atSeconds, className: "nowrap" },
    { title: quantity.name, numeric: true, text: (row) => withUnit(row.value, 1, quantity.unit), value: (row) => row.value },
    { title: "Quality", text: (row) => QUALITIES[row.quality].label },
  ], quantity.told, { caption: quantity.name, noun: "value", filterLabel: "Filter by quality" });
  return details;
}

/** Limits and step of an axis that show all values with round numbers. */
function niceRange(values) {
  if (values.length === 0) return { low: 0, high: 1, step: 1 };
  let low = Math.min(...values);
  let high = Math.max(...values);
  if (low > 0 && low < high / 2) low = 0;
  const span = Math.max(high - low, Math.abs(high) * 0.02, 0.1);
  const power = 10 ** Math.floor(Math.log10(span / 4));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => span / candidate <= 6);
  low = Math.floor(low / step) * step;
  high = Math.ceil((high + step / 100) / step) * step;
  return { low, high, step };
}

function sensorTimeAxis(run, x, total, width, size) {
  const bottom = size.top + size.height;
  const nodes = [svg("line", { class: "axis", x1: x(0), x2: x(total), y1: bottom, y2: bottom })];
  const stepHours = [1, 2, 3, 4, 6, 12, 24, 48, 168].find((hours) => (hours * 3600 * (width - size.left)) / total >= 52) ?? 336;
  const start = localDate(run.scenario, 0);
  const sinceMidnight = start.getUTCHours() * 3600 + start.getUTCMinutes() * 60 + start.getUTCSeconds();
  for (let seconds = -sinceMidnight; seconds <= total; seconds += stepHours * 3600) {
    if (seconds < 0) continue;
    nodes.push(svg("line", { class: "axis", x1: x(seconds), x2: x(seconds), y1: bottom, y2: bottom + 5 }));
    nodes.push(svg("text", { x: x(seconds), y: bottom + 18, "text-anchor": "middle" }, stepHours >= 24 ? shortDayText(localDate(run.scenario, seconds)) : clockText(localDate(run.scenario, seconds))));
  }
  return nodes;
}

function drawTraffic(run, section) {
  const { traffic } = run.report.sensors;
  const names = [...new Set(traffic.flatMap((interval) => interval.counts.map((count) => count.name)))];
  const hours = new Map();
  for (const interval of traffic) {
    const date = localDate(run.scenario, interval.atSeconds - interval.lengthSeconds / 2);
    const key = shortDayText(date) + "\u2002" + twoDigits(date.getUTCHours()) + ":00";
    const row = hours.get(key) ?? { key, order: hours.size, sums: new Map(), withheld: 0 };
    hours.set(key, row);
    for (const { name, count } of interval.counts) {
      if (count === null) row.withheld++;
      else row.sums.set(name, (row.sums.get(name) ?? 0) + count);
    }
  }
  section.append(
    html("h3", {}, "Traffic by hour"),
    html("p", { class: "lead" }, "Counts of all poles with a radar. A count below the smallest that the operator publishes was never told; it is shown as withheld."));
  const container = html("div");
  section.append(container);
  table(container, [
    { title: "Hour from", text: (row) => row.key, value: (row) => row.order, className: "nowrap" },
    ...names.map((name) => ({ title: words(name), numeric: true, text: (row) => (row.sums.has(name) ? number(row.sums.get(name)) : "withheld"), value: (row) => row.sums.get(name) ?? -1 })),
    { title: "Counts withheld", numeric: true, text: (row) => number(row.withheld), value: (row) => row.withheld },
  ], [...hours.values()], { caption: "Traffic by hour", noun: "hour", filterLabel: "Filter hours" });
}

function drawTroubles(run, section) {
  const { troubles } = run.report.sensors;
  if (troubles.length === 0) return;
  const told = (row) => (row.alarm === "" ? "no alarm due" : row.toldAfterSeconds === null ? "not told" : "after " + duration(row.toldAfterSeconds));
  sensorTable(section, "Troubles and incidents, and what came of them", [
    timeColumn(run),
    poleColumn(run),
    { title: "What", text: (row) => words(row.what) + (row.how ? ", " + words(row.how) : "") },
    { title: "Alarm due", text: (row) => (row.alarm ? words(row.alarm) : MISSING) },
    { title: "Told", text: told, value: (row) => row.toldAfterSeconds, node: (row) => (row.alarm === "" ? told(row) : result(row.toldAfterSeconds !== null, told(row))) },
    { title: "End told", text: (row) => (row.endToldAfterSeconds === null ? MISSING : "after " + duration(row.endToldAfterSeconds)), value: (row) => row.endToldAfterSeconds },
    { title: "Values called good", numeric: true, text: (row) => number(row.goodValues), value: (row) => row.goodValues },
    { title: "flagged or missing", numeric: true, text: (row) => number(row.flaggedValues), value: (row) => row.flaggedValues },
  ], troubles, { noun: "trouble", filterLabel: "Filter by pole, part or alarm" });
}
