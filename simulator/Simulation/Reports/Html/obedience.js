// How soon the lamps had the level that was commanded, command by command: what was on the air for it, and the share of the lamps over time.

const OBEDIENCE = { left: 48, right: 16, top: 14, bottom: 44, height: 240 };
const OBEDIENCE_LINES = [
  { color: "--cause-program", dash: null },
  { color: "--cause-occupancy", dash: "7 4" },
  { color: "--cause-override", dash: "2 3" },
  { color: "--cause-photocell", dash: "10 3 2 3" },
  { color: "--cause-clock-unknown", dash: "4 2" },
];
const MAXIMUM_DRAWN_COMMANDS = OBEDIENCE_LINES.length;

function drawObedience(section, run) {
  const rows = run.report.commands.filter((command) => command.kind === "setLevel");
  if (rows.length === 0) return;
  const list = html("div");
  const at = (percentage) => ({
    title: percentage + " % of lamps after", numeric: true,
    text: (row) => shortDuration(row.lampSecondsByPercent[percentage - 1]), value: (row) => row.lampSecondsByPercent[percentage - 1] ?? Infinity,
  });
  table(list, [
    timeColumn(run),
    { title: "Command", text: (row) => row.target },
    { title: "Via", text: (row) => row.via },
    { title: "Lamps at the level", numeric: true, text: (row) => number(row.lampsObeyed) + " of " + number(row.polesAddressed), value: (row) => row.lampsObeyed },
    at(50), at(90), at(99), at(100),
    { title: "Frames", numeric: true, text: (row) => number(row.framesSent), value: (row) => row.framesSent },
    { title: "Airtime", numeric: true, text: (row) => shortDuration(row.airtimeMs / 1000), value: (row) => row.airtimeMs },
    { title: "Collisions", numeric: true, text: (row) => number(row.collisions), value: (row) => row.collisions },
    { title: "Answers", numeric: true, text: (row) => number(row.obeyed + row.refused), value: (row) => row.obeyed + row.refused },
    { title: "Sent again by unicast", numeric: true, text: (row) => (row.via === "multicast" ? number(row.repairedByUnicast) : MISSING), value: (row) => row.repairedByUnicast },
  ], rows, { caption: "How soon lamps had the commanded level", noun: "command", filterLabel: "Filter commands" });

  section.append(html("h3", {}, "How soon lamps had the commanded level"),
    html("p", { class: "muted" }, "Measured at the lamps, the fade included; the answers of a multicast command come later, spread over minutes."), list);
  const drawn = rows.filter((row) => row.lampSecondsByPercent.length > 0).slice(0, MAXIMUM_DRAWN_COMMANDS);
  if (drawn.length > 0) section.append(obedienceFigure(run, drawn));
}

/** Seconds with three digits below a second, for what goes by in the blink of an eye. */
function shortDuration(seconds) {
  if (seconds === undefined || seconds === null) return MISSING;
  return seconds < 1 ? withUnit(seconds * 1000, 0, "ms") : duration(seconds);
}

function obedienceFigure(run, rows) {
  const plot = svg("svg", { role: "img", "aria-label": "Share of the lamps at the commanded level, over the time since the command. " + rows.map((row) => describeObedience(run, row)).join(" ") });
  const figure = html("figure", { class: "chart obedience" }, html("div", { class: "plot" }, plot),
    html("ul", { class: "legend" }, rows.map((row, index) => html("li", {},
      svg("svg", { viewBox: "0 0 30 16", class: "line-sample", "aria-hidden": "true" }, obedienceLine("M1 8H29", index)),
      eventTime(run.scenario, row.atSeconds) + "\u2002" + row.via + ", " + row.target))));
  onWidth(figure, (width) => drawObedienceLines(plot, rows, width));
  return figure;
}

function describeObedience(run, row) {
  const half = row.lampSecondsByPercent[49];
  const most = row.lampSecondsByPercent[98];
  return eventTime(run.scenario, row.atSeconds) + ", " + row.via + ": half after " + shortDuration(half) + ", 99 % after " + shortDuration(most) + ".";
}

function obedienceLine(d, index) {
  const { color, dash } = OBEDIENCE_LINES[index];
  return svg("path", { d, fill: "none", stroke: `var(${color})`, "stroke-width": 2.4, "stroke-dasharray": dash });
}

/** Time is drawn by its logarithm: a multicast takes a second where unicasts take minutes. */
function drawObedienceLines(plot, rows, width) {
  const { left, right, top, bottom, height } = OBEDIENCE;
  const seconds = rows.flatMap((row) => row.lampSecondsByPercent);
  const first = Math.min(0.1, ...seconds.filter((value) => value > 0));
  const last = Math.max(1, ...seconds) * 1.1;
  const x = (value) => left + ((width - left - right) * Math.log(Math.max(value, first) / first)) / Math.log(last / first);
  const y = (percentage) => top + (height - top - bottom) * (1 - percentage / 100);
  plot.setAttribute("viewBox", `0 0 ${width} ${height}`);
  plot.setAttribute("width", width);
  plot.setAttribute("height", height);
  const nodes = [];
  for (const value of [0, 25, 50, 75, 100]) {
    nodes.push(svg("line", { class: value ? "grid" : "axis", x1: left, x2: width - right, y1: y(value), y2: y(value) }));
    nodes.push(svg("text", { x: left - 8, y: y(value) + 4, "text-anchor": "end" }, value + (value === 100 ? "\u202f%" : "")));
  }
  for (const [value, label] of [[0.1, "0.1 s"], [1, "1 s"], [10, "10 s"], [60, "1 min"], [600, "10 min"], [3600, "1 h"], [36000, "10 h"]]) {
    if (value < first || value > last) continue;
    nodes.push(svg("line", { class: "grid", x1: x(value), x2: x(value), y1: top, y2: y(0) }));
    nodes.push(svg("text", { x: x(value), y: y(0) + 18, "text-anchor": "middle" }, label));
  }
  nodes.push(svg("text", { x: (left + width - right) / 2, y: height - 6, "text-anchor": "middle" }, "after the command"));
  rows.forEach((row, index) => {
    let d = `M${x(first)} ${y(0)}`;
    row.lampSecondsByPercent.forEach((value, at) => { d += `H${x(value)}V${y(at + 1)}`; });
    nodes.push(obedienceLine(d + `H${x(last)}`, index));
  });
  plot.replaceChildren(...nodes);
}
