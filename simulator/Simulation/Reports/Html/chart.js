// The chart of light over time: level above, arrivals below, the night shaded, a cursor that reads values out for pointer and keyboard.
// One pole and the whole district are drawn by the same code.

const CHART = { left: 44, right: 14, top: 22, levelHeight: 190, gap: 30, arrivalsHeight: 54, bottom: 38 };

/**
 * Makes the chart in a figure. Its show(data) draws: levels (percent a bin), causes (a number a bin, or null), arrivals (a bin),
 * isSaturated(bin), wasDark (the lamp failed to be lit), events [{ seconds, text }], title, arrivalsTitle, summary for those who cannot see it.
 */
function createLightChart(figureElement, run) {
  const { scenario } = run;
  const binSeconds = run.report.seriesBinSeconds;
  const total = Math.max(scenario.simulatedSeconds, binSeconds);
  const title = html("h3");
  const readout = html("p", { class: "readout", role: "status" });
  const plot = svg("svg", { class: "plot", tabindex: "0", role: "application", "aria-roledescription": "chart" });
  const legend = html("ul", { class: "legend" });
  const alternative = html("details", { class: "alternative" }, html("summary", {}, "Hour by hour as a table"));
  let data = null;
  let width = 0;
  let cursorBin = -1;

  figureElement.append(html("figcaption", {}, title, readout), plot, legend, alternative);
  onWidth(figureElement, (newWidth) => { width = newWidth; draw(); });

  const x = (seconds) => CHART.left + (seconds / total) * (width - CHART.left - CHART.right);
  const binCount = () => Math.min(data.levels.length, Math.ceil(total / binSeconds));
  const binX = (bin) => x(Math.min(bin * binSeconds, total));

  function draw() {
    if (!data || width === 0) return;
    const height = CHART.top + CHART.levelHeight + CHART.gap + CHART.arrivalsHeight + CHART.bottom;
    plot.setAttribute("viewBox", `0 0 ${width} ${height}`);
    plot.setAttribute("height", height);
    plot.setAttribute("aria-label", data.summary + " Left and right arrow keys read the values.");
    plot.replaceChildren(
      ...drawNights(run, x, total, width),
      ...drawTimeAxis(scenario, x, total, width),
      ...drawLevels(data, binCount(), binX),
      ...drawDarkness(run, data, binCount(), binX, binSeconds),
      ...drawArrivals(data, binCount(), binX, width),
      ...drawEvents(data.events ?? [], x, total),
      svg("line", { class: "cursor", y1: CHART.top, y2: height - CHART.bottom, visibility: "hidden" }));
    plot.dataset.bins = binCount();
    moveCursor(cursorBin);
  }

  function moveCursor(bin) {
    cursorBin = data && bin >= 0 ? Math.min(bin, binCount() - 1) : -1;
    const line = plot.querySelector(".cursor");
    line.setAttribute("visibility", cursorBin < 0 ? "hidden" : "visible");
    readout.textContent = cursorBin < 0 ? "" : describe(cursorBin);
    if (cursorBin >= 0) {
      const middleX = (binX(cursorBin) + binX(cursorBin + 1)) / 2;
      line.setAttribute("x1", middleX);
      line.setAttribute("x2", middleX);
    }
  }

  function describe(bin) {
    const from = clockAt(scenario, bin * binSeconds);
    const to = clockAt(scenario, Math.min((bin + 1) * binSeconds, total));
    const level = data.levels[bin];
    const cause = data.causes && level > 0 ? " (" + CAUSES[data.causes[bin]].label + ")" : "";
    const arrivals = (data.isSaturated?.(bin) ? "at least " : "") + plural(data.arrivals[bin], "arrival");
    return from + "\u2013" + to + ": light " + percent(level, level % 1 ? 1 : 0) + cause + ", " + arrivals;
  }

  const binAt = (event) => {
    const seconds = ((event.clientX - plot.getBoundingClientRect().left - CHART.left) / (width - CHART.left - CHART.right)) * total;
    return seconds < 0 || seconds > total ? -1 : Math.floor(seconds / binSeconds);
  };
  plot.addEventListener("pointermove", (event) => moveCursor(binAt(event)));
  plot.addEventListener("pointerdown", (event) => moveCursor(binAt(event)));
  plot.addEventListener("pointerleave", () => moveCursor(-1));
  plot.addEventListener("keydown", (event) => {
    const steps = { ArrowRight: 1, ArrowLeft: -1, PageDown: 12, PageUp: -12 };
    if (steps[event.key]) moveCursor(Math.max(0, cursorBin + steps[event.key]));
    else if (event.key === "Home") moveCursor(0);
    else if (event.key === "End") moveCursor(binCount() - 1);
    else return;
    event.preventDefault();
  });
  alternative.addEventListener("toggle", fillAlternative);

  function fillAlternative() {
    while (alternative.childElementCount > 1) alternative.lastElementChild.remove();
    if (!alternative.open || !data) return;
    const container = html("div");
    table(container, hourColumns(data), hourRows(scenario, data, binCount(), binSeconds), { caption: data.title + ", hour by hour", noun: "hour" });
    alternative.append(container);
  }

  return {
    show(newData) {
      data = newData;
      title.textContent = data.title;
      legend.replaceChildren(...causeLegend(data), ...nightLegend(run));
      draw();
      fillAlternative();
    },
  };
}

const levelY = (percentValue) => CHART.top + CHART.levelHeight * (1 - percentValue / 100);
const arrivalsTop = CHART.top + CHART.levelHeight + CHART.gap;

function drawNights(run, x, total, width) {
  const height = arrivalsTop + CHART.arrivalsHeight - CHART.top;
  const nodes = [svg("rect", { class: "frame", x: x(0), y: CHART.top, width: x(total) - x(0), height })];
  const clamp = (seconds) => Math.min(Math.max(seconds, 0), total);
  const band = (className, from, to) => {
    if (from === null || to === null || clamp(to) <= clamp(from)) return;
    nodes.push(svg("rect", { class: className, x: x(clamp(from)), y: CHART.top, width: x(clamp(to)) - x(clamp(from)), height }));
  };
  const sunLabel = (name, seconds, anchor) => {
    if (seconds === null || seconds < 0 || seconds > total) return;
    nodes.push(svg("line", { class: "sun-line", x1: x(seconds), x2: x(seconds), y1: CHART.top - 6, y2: CHART.top + height }));
    if (width < 30 * run.report.nights.length * 8) return;
    nodes.push(svg("text", { class: "sun", x: x(seconds), y: CHART.top - 10, "text-anchor": anchor }, name + " " + clockAt(run.scenario, seconds)));
  };
  for (const night of run.report.nights) {
    band("twilight", night.sunsetSeconds, night.sunriseSeconds);
    band("night", night.duskSeconds, night.dawnSeconds);
    sunLabel("dusk", night.duskSeconds, "start");
    sunLabel("dawn", night.dawnSeconds, "end");
  }
  return nodes;
}

function drawTimeAxis(scenario, x, total, width) {
  const bottom = arrivalsTop + CHART.arrivalsHeight;
  const nodes = [];
  for (const value of [0, 50, 100]) {
    nodes.push(svg("line", { class: value ? "grid" : "axis", x1: x(0), x2: x(total), y1: levelY(value), y2: levelY(value) }));
    nodes.push(svg("text", { x: CHART.left - 8, y: levelY(value) + 4, "text-anchor": "end" }, value + (value === 100 ? "\u202f%" : "")));
  }
  nodes.push(svg("line", { class: "axis", x1: x(0), x2: x(total), y1: bottom, y2: bottom }));
  const stepHours = [1, 2, 3, 4, 6, 12, 24, 48, 168].find((hours) => (hours * 3600 * (width - CHART.left)) / total >= 52) ?? 336;
  const start = localDate(scenario, 0);
  const sinceMidnight = start.getUTCHours() * 3600 + start.getUTCMinutes() * 60 + start.getUTCSeconds();
  let lastDay = "";
  for (let seconds = -sinceMidnight; seconds <= total; seconds += stepHours * 3600) {
    if (seconds < 0) continue;
    const date = localDate(scenario, seconds);
    nodes.push(svg("line", { class: "axis", x1: x(seconds), x2: x(seconds), y1: bottom, y2: bottom + 5 }));
    nodes.push(svg("text", { x: x(seconds), y: bottom + 18, "text-anchor": "middle" }, clockText(date)));
    if (shortDayText(date) !== lastDay) {
      lastDay = shortDayText(date);
      nodes.push(svg("text", { x: x(seconds), y: bottom + 33, "text-anchor": "middle" }, lastDay));
    }
  }
  return nodes;
}

/** Runs of bins that have the same cause; bins without light belong to none. */
function causeRuns(data, bins) {
  const runs = [];
  for (let bin = 0; bin < bins; bin++) {
    if (data.levels[bin] <= 0) continue;
    const cause = data.causes ? data.causes[bin] : -1;
    const last = runs[runs.length - 1];
    if (last && last.cause === cause && last.end === bin) last.end = bin + 1;
    else runs.push({ cause, start: bin, end: bin + 1 });
  }
  return runs;
}

const causeColor = (cause) => `var(${cause < 0 ? "--energy-lamp" : CAUSES[cause].color})`;

function drawLevels(data, bins, binX) {
  const areas = new Map();
  const lines = new Map();
  const levelAt = (bin) => (bin < 0 || bin >= bins ? 0 : data.levels[bin]);
  for (const { cause, start, end } of causeRuns(data, bins)) {
    let top = "";
    for (let bin = start; bin < end; bin++) top += `V${levelY(data.levels[bin])}H${binX(bin + 1)}`;
    const closing = levelAt(end) === 0 ? `V${levelY(0)}` : "";
    areas.set(cause, (areas.get(cause) ?? "") + `M${binX(start)} ${levelY(0)}${top}V${levelY(0)}Z`);
    lines.set(cause, (lines.get(cause) ?? "") + `M${binX(start)} ${levelY(levelAt(start - 1))}${top}${closing}`);
  }
  return [
    ...[...areas].map(([cause, d]) => svg("path", { class: "area", d, fill: causeColor(cause) })),
    ...[...lines].map(([cause, d]) => svg("path", { class: "line", d, stroke: causeColor(cause) })),
    ...causeLabels(data, bins, binX),
  ];
}

/** Names the longest run of each cause in the chart itself, where there is room for the name. */
function causeLabels(data, bins, binX) {
  if (!data.causes) return [];
  const longest = new Map();
  for (const part of causeRuns(data, bins)) {
    const width = binX(part.end) - binX(part.start);
    if (width > (longest.get(part.cause)?.width ?? 0)) longest.set(part.cause, { ...part, width });
  }
  return [...longest.values()].filter((part) => part.width > CAUSES[part.cause].label.length * 7 + 8).map((part) =>
    svg("text", { class: "label", x: (binX(part.start) + binX(part.end)) / 2, y: levelY(0) - 8, "text-anchor": "middle" }, CAUSES[part.cause].label));
}

/** Underlines the bins between dusk and dawn in which a lamp that is known to have been dark gave no light at all. */
function drawDarkness(run, data, bins, binX, binSeconds) {
  if (!data.wasDark) return [];
  const isNight = (bin) => run.report.nights.some((night) => bin * binSeconds >= night.duskSeconds && (bin + 1) * binSeconds <= night.dawnSeconds);
  const nodes = [];
  for (let bin = 0; bin < bins; bin++) {
    const start = bin;
    while (bin < bins && data.levels[bin] === 0 && isNight(bin)) bin++;
    if (bin === start) continue;
    nodes.push(svg("rect", { class: "darkness", x: binX(start), y: levelY(0) - 3, width: binX(bin) - binX(start), height: 5 }));
    if (binX(bin) - binX(start) > 34) nodes.push(svg("text", { class: "darkness-label", x: (binX(start) + binX(bin)) / 2, y: levelY(0) - 10, "text-anchor": "middle" }, "dark"));
  }
  return nodes;
}

function drawArrivals(data, bins, binX, width) {
  const most = data.arrivals.reduce((value, arrivals) => Math.max(value, arrivals), 0);
  const bottom = arrivalsTop + CHART.arrivalsHeight;
  let d = "";
  for (let bin = 0; bin < bins; bin++) {
    if (data.arrivals[bin] === 0) continue;
    const gap = binX(bin + 1) - binX(bin) > 4 ? 1 : 0;
    d += `M${binX(bin) + gap / 2} ${bottom}V${bottom - (CHART.arrivalsHeight * data.arrivals[bin]) / most}H${binX(bin + 1) - gap / 2}V${bottom}Z`;
  }
  return [
    svg("path", { class: "arrivals", d }),
    svg("text", { x: CHART.left, y: arrivalsTop - 9 }, data.arrivalsTitle + (width > 600 && most > 0 ? ", at most " + number(most) : "")),
    most > 0 ? svg("text", { x: CHART.left - 8, y: arrivalsTop + 9, "text-anchor": "end" }, number(most)) : "",
    svg("text", { x: CHART.left - 8, y: bottom + 4, "text-anchor": "end" }, "0"),
  ];
}

function drawEvents(events, x, total) {
  return events.filter((event) => event.seconds >= 0 && event.seconds <= total).map((event) =>
    svg("path", { class: "event", d: `M${x(event.seconds)} ${CHART.top + 3}l6.5 11h-13Z` }, svg("title", {}, event.text)));
}

function causeLegend(data) {
  if (!data.causes) return [];
  const used = [...new Set(causeRuns(data, data.levels.length).map((part) => part.cause))].sort((one, other) => one - other);
  const entries = used.map((cause) => html("li", {}, markerPicture("square", CAUSES[cause].color), CAUSES[cause].label));
  if (data.events?.length) entries.push(html("li", {}, markerPicture("triangle", "--bad"), "alarm or fault"));
  return entries;
}

function nightLegend(run) {
  if (run.report.nights.length === 0) return [];
  return [
    html("li", {}, markerPicture("framedSquare", "--night"), "civil dusk to dawn"),
    html("li", {}, markerPicture("framedSquare", "--twilight"), "sunset to sunrise"),
  ];
}

function hourRows(scenario, data, bins, binSeconds) {
  const rows = [];
  for (let bin = 0; bin < bins; bin++) {
    const date = localDate(scenario, bin * binSeconds);
    const name = shortDayText(date) + "\u2002" + twoDigits(date.getUTCHours()) + ":00";
    let row = rows[rows.length - 1];
    if (row?.name !== name) rows.push(row = { name, order: rows.length, bins: 0, level: 0, arrivals: 0, causes: new Map() });
    row.bins++;
    row.level += data.levels[bin];
    row.arrivals += data.arrivals[bin];
    if (data.causes && data.levels[bin] > 0) row.causes.set(data.causes[bin], (row.causes.get(data.causes[bin]) ?? 0) + 1);
  }
  return rows;
}

function hourColumns(data) {
  const mainCause = (row) => [...row.causes].sort((one, other) => other[1] - one[1])[0]?.[0];
  const columns = [
    { title: "Hour from", text: (row) => row.name, value: (row) => row.order, className: "nowrap" },
    { title: "Mean level", numeric: true, text: (row) => percent(row.level / row.bins), value: (row) => row.level / row.bins },
    { title: "Arrivals", numeric: true, text: (row) => number(row.arrivals), value: (row) => row.arrivals },
  ];
  if (data.causes) columns.push({ title: "Mostly because of", text: (row) => (row.causes.size ? CAUSES[mainCause(row)].label : "no light") });
  return columns;
}
