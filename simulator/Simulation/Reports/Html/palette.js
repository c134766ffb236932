// What colours and shapes mean. A colour never stands alone: outcomes have a shape each, causes are named in the chart and its read-out.

const OUTCOMES = {
  ok: { label: "No finding", color: "--outcome-ok", shape: "circle" },
  alarm: { label: "Alarm raised", color: "--outcome-alarm", shape: "triangle" },
  silent: { label: "Silent", color: "--outcome-silent", shape: "ring" },
  checkFailed: { label: "Named in a failed check", color: "--outcome-check-failed", shape: "diamond" },
  dark: { label: "Dark at night", color: "--outcome-dark", shape: "cross" },
};

/** By the number of the cause (LevelCause in the controller); the field is its name in secondsByCause. */
const CAUSES = [
  { field: "start", label: "start", color: "--cause-start" },
  { field: "program", label: "program", color: "--cause-program" },
  { field: "occupancy", label: "occupancy", color: "--cause-occupancy" },
  { field: "override", label: "command", color: "--cause-override" },
  { field: "clockUnknown", label: "clock unknown", color: "--cause-clock-unknown" },
  { field: "photocell", label: "photocell", color: "--cause-photocell" },
  { field: "powerReturnDelay", label: "power return delay", color: "--cause-power-return-delay" },
  { field: "failure", label: "failure", color: "--cause-failure" },
  { field: "scene", label: "scene", color: "--cause-scene" },
  { field: "emergency", label: "emergency", color: "--cause-emergency" },
  { field: "loadShedding", label: "load shedding", color: "--cause-load-shedding" },
  { field: "boost", label: "boost", color: "--cause-boost" },
  { field: "neighbour", label: "neighbour on the way", color: "--cause-neighbour" },
  { field: "darkSky", label: "dark sky", color: "--cause-dark-sky" },
  { field: "identify", label: "blinking", color: "--cause-identify" },
  { field: "daylight", label: "dark by day", color: "--cause-daylight" },
];

/** A colour as it is in the reader's light or dark setting. */
function colorOf(property) {
  return getComputedStyle(document.documentElement).getPropertyValue(property).trim();
}

/** A marker as a small picture: the same shapes as the map draws. */
function markerPicture(shape, colorProperty) {
  const color = `var(${colorProperty})`;
  const shapes = {
    circle: () => svg("circle", { cx: 8, cy: 8, r: 5, fill: color }),
    ring: () => svg("circle", { cx: 8, cy: 8, r: 4.6, fill: "none", stroke: color, "stroke-width": 2.4 }),
    triangle: () => svg("path", { d: "M8 2 L14.2 13 H1.8 Z", fill: color }),
    diamond: () => svg("path", { d: "M8 1.4 L14.6 8 L8 14.6 L1.4 8 Z", fill: color }),
    cross: () => svg("path", { d: "M3 3 L13 13 M13 3 L3 13", stroke: color, "stroke-width": 3, fill: "none" }),
    square: () => svg("rect", { x: 2, y: 2, width: 12, height: 12, fill: color }),
    framedSquare: () => svg("rect", { x: 2, y: 2, width: 12, height: 12, fill: color, stroke: "var(--rule-strong)" }),
    gateway: () => svg("path", { d: "M8 6 L4.6 14.5 M8 6 L11.4 14.5 M8 6 V14.5 M4 2 A5.6 5.6 0 0 0 4 9 M12 2 A5.6 5.6 0 0 1 12 9", stroke: color, "stroke-width": 1.6, fill: "none" }),
  };
  return svg("svg", { viewBox: "0 0 16 16", "aria-hidden": "true" }, shapes[shape]());
}

/** A tick or a cross in a circle, drawn in the text's colour. */
function markPicture(isGood, className) {
  return svg("svg", { viewBox: "0 0 32 32", class: className, "aria-hidden": "true" },
    svg("circle", { cx: 16, cy: 16, r: 14.5, fill: isGood ? "none" : "currentColor", stroke: "currentColor", "stroke-width": 3 }),
    svg("path", {
      d: isGood ? "M9 16.8 L14 21.8 L23.2 11.2" : "M11 11 L21 21 M21 11 L11 21",
      fill: "none",
      stroke: isGood ? "currentColor" : "var(--paper)",
      "stroke-width": 3.4,
    }));
}

/** "Held" or "Did not hold" and the like, with its mark. */
function result(isGood, text) {
  return html("span", { class: "result " + (isGood ? "good" : "bad") }, markPicture(isGood), text);
}
