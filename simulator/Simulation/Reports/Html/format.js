// Numbers, durations and moments as people read them. English words, 24-hour local time, thousands set apart by a thin space so that
// neither a comma nor a point can be taken for the other.

const MISSING = "–";

function number(value, decimals = 0) {
  if (value === null || value === undefined) return MISSING;
  const [whole, fraction] = Math.abs(value).toFixed(decimals).split(".");
  const grouped = whole.length > 4 ? whole.replace(/\B(?=(\d{3})+$)/g, "\u202f") : whole;
  const isZero = Number(value.toFixed(decimals)) === 0;
  return (value < 0 && !isZero ? "\u2212" : "") + grouped + (fraction ? "." + fraction : "");
}

function withUnit(value, decimals, unit) {
  return value === null || value === undefined ? MISSING : number(value, decimals) + "\u00a0" + unit;
}

const percent = (value, decimals = 1) => withUnit(value, decimals, "%");

function share(part, whole) {
  return whole > 0 ? (100 * part) / whole : null;
}

/** Energy in the unit that suits a total: {value, unit}. */
function energyParts(wattHours) {
  if (Math.abs(wattHours) >= 1e7) return { value: number(wattHours / 1e6, 2), unit: "MWh" };
  if (Math.abs(wattHours) >= 1000) return { value: number(wattHours / 1000, Math.abs(wattHours) >= 1e5 ? 0 : 1), unit: "kWh" };
  return { value: number(wattHours, Math.abs(wattHours) >= 100 ? 0 : 1), unit: "Wh" };
}

function energy(wattHours) {
  const { value, unit } = energyParts(wattHours);
  return value + "\u00a0" + unit;
}

function duration(seconds) {
  if (seconds === null || seconds === undefined) return MISSING;
  if (seconds < 10) return withUnit(seconds, 1, "s");
  if (seconds < 120) return withUnit(seconds, 0, "s");
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return withUnit(minutes, 0, "min");
  const rest = minutes % 60;
  return withUnit(Math.floor(minutes / 60), 0, "h") + (rest ? "\u00a0" + String(rest).padStart(2, "0") + "\u00a0min" : "");
}

function milliseconds(value) {
  return value !== null && value >= 10000 ? duration(value / 1000) : withUnit(value, 0, "ms");
}

/** A date whose UTC fields show local time at a moment of the run. */
function localDate(scenario, seconds) {
  let offsetMinutes = scenario.utcOffsetMinutes;
  for (const change of scenario.utcOffsetChanges) {
    if (change.atSeconds <= seconds) offsetMinutes = change.utcOffsetMinutes;
  }
  return new Date(Date.parse(scenario.startUtc) + offsetMinutes * 60000 + Math.floor(seconds) * 1000);
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const twoDigits = (value) => String(value).padStart(2, "0");

const dayText = (date) => date.getUTCDate() + "\u00a0" + MONTHS[date.getUTCMonth()] + "\u00a0" + date.getUTCFullYear();
const shortDayText = (date) => date.getUTCDate() + "\u00a0" + MONTHS[date.getUTCMonth()];
const clockText = (date) => twoDigits(date.getUTCHours()) + ":" + twoDigits(date.getUTCMinutes());

/** 20 Jun 2026, 22:15 for a moment of the run. */
function moment(scenario, seconds) {
  const date = localDate(scenario, seconds);
  return dayText(date) + ", " + clockText(date);
}

/** 20 Jun 22:15:07 for a moment of the run: for tables of events. */
function eventTime(scenario, seconds) {
  if (seconds === null || seconds === undefined) return MISSING;
  const date = localDate(scenario, seconds);
  return shortDayText(date) + "\u2002" + clockText(date) + ":" + twoDigits(date.getUTCSeconds());
}

function clockAt(scenario, seconds) {
  return clockText(localDate(scenario, seconds));
}

/** UTC+2, UTC+5:30, UTC. */
function utcOffset(minutes) {
  if (minutes === 0) return "UTC";
  const size = Math.abs(minutes);
  return "UTC" + (minutes < 0 ? "\u2212" : "+") + Math.floor(size / 60) + (size % 60 ? ":" + twoDigits(size % 60) : "");
}

/** A name of the schema (camelCase) as words: lampFailure becomes "lamp failure". */
function words(name) {
  return name.replace(/([a-z0-9])([A-Z])/g, "$1 $2").toLowerCase();
}

function plural(count, one, many = one + "s") {
  return number(count) + " " + (count === 1 ? one : many);
}
