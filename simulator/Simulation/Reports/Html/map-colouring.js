// What the colours of the map can show. A colouring puts every pole in one of a few classes; a class has a label, a colour and a shape.

const SCALE = ["--scale-1", "--scale-2", "--scale-3", "--scale-4", "--scale-5"];
const NO_VALUE = { label: "no value", color: "--scale-none", shape: "ring" };

const COLOURINGS = [
  { id: "outcome", label: "What happened", classify: classifyOutcome },
  { id: "saving", label: "Energy saved against undimmed LED", classify: (poles) => classifyValue(poles, poleSaving, 0, "%") },
  { id: "delivery", label: "Status messages delivered", classify: (poles) => classifyByLimits(poles, poleDelivery, [80, 90, 95, 99], 0, "%") },
  { id: "spreading-factor", label: "Spreading factor", classify: classifySpreadingFactor },
  { id: "arrivals", label: "Arrivals counted", classify: (poles) => classifyValue(poles, (pole) => pole.counted, 0, "") },
  { id: "response", label: "Slowest light-up", classify: (poles) => classifyValue(poles, (pole) => pole.worstResponseMs, 0, "ms") },
];

/** All return { classes, classOf }: classOf has the number of the class of each pole. */
function classifyOutcome(poles) {
  const names = Object.keys(OUTCOMES);
  return { classes: names.map((name) => OUTCOMES[name]), classOf: poles.map((pole) => names.indexOf(pole.outcome)) };
}

function classifySpreadingFactor(poles) {
  const labels = ["SF7", "SF8", "SF9", "SF10", "SF11 and SF12"];
  return {
    classes: [...labels.map((label, index) => scaleClass(label, index)), NO_VALUE],
    classOf: poles.map((pole) => (pole.spreadingFactor < 7 ? labels.length : Math.min(pole.spreadingFactor - 7, 4))),
  };
}

/** Five classes with about the same number of poles in each. */
function classifyValue(poles, valueOf, decimals, unit) {
  const sorted = poles.map(valueOf).filter((value) => value !== null).sort((one, other) => one - other);
  const quantile = (part) => Number(sorted[Math.floor(part * (sorted.length - 1))].toFixed(decimals));
  const limits = sorted.length ? [...new Set([0.2, 0.4, 0.6, 0.8].map(quantile))] : [];
  return classifyByLimits(poles, valueOf, limits, decimals, unit);
}

function classifyByLimits(poles, valueOf, limits, decimals, unit) {
  const text = (value) => number(value, decimals) + (unit ? "\u00a0" + unit : "");
  const label = (index) => {
    if (limits.length === 0) return "all";
    if (index === 0) return "below " + text(limits[0]);
    return index === limits.length ? text(limits[index - 1]) + " and more" : number(limits[index - 1], decimals) + " to " + text(limits[index]);
  };
  const classes = Array.from({ length: limits.length + 1 }, (_, index) => scaleClass(label(index), index + 4 - limits.length));
  const classOf = poles.map((pole) => {
    const value = valueOf(pole);
    return value === null ? classes.length : limits.filter((limit) => value >= limit).length;
  });
  return { classes: [...classes, NO_VALUE], classOf };
}

function scaleClass(label, index) {
  return { label, color: SCALE[index], shape: "circle" };
}
