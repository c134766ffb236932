// What happened in the night: commands, alarms, faults that were put in, and the input that could not be used.

function eventSection(id, title, rows, columns, options) {
  const section = byId(id);
  section.append(sectionTitle(id, title));
  if (rows.length === 0) {
    section.append(html("p", { class: "muted" }, options.empty));
    return section;
  }
  const container = html("div");
  table(container, columns, rows, { caption: title, ...options });
  section.append(container);
  return section;
}

function timeColumn(run) {
  return { title: "Time", text: (row) => eventTime(run.scenario, row.atSeconds), value: (row) => row.atSeconds, className: "nowrap" };
}

function poleColumn(run, title = "Pole") {
  return { title, text: (row) => row.poleId, node: (row) => poleLink(run, row.poleId) };
}

function drawCommands(run) {
  const seconds = (field, title) => ({ title, numeric: true, text: (row) => duration(row[field]), value: (row) => row[field] });
  const section = eventSection("commands", "Commands", run.report.commands, [
    timeColumn(run),
    { title: "Command", text: (row) => words(row.kind) },
    { title: "To", text: (row) => row.target },
    { title: "Via", text: (row) => row.via },
    { title: "Poles", numeric: true, text: (row) => number(row.polesAddressed), value: (row) => row.polesAddressed },
    { title: "Obeyed", numeric: true, text: (row) => number(row.obeyed), value: (row) => row.obeyed },
    { title: "Refused", numeric: true, text: (row) => number(row.refused), value: (row) => row.refused },
    { title: "No answer", numeric: true, text: (row) => number(row.unanswered), value: (row) => row.unanswered },
    seconds("secondsUntil50Percent", "50 % after"),
    seconds("secondsUntil95Percent", "95 % after"),
    seconds("secondsUntil99Percent", "99 % after"),
    seconds("secondsUntil100Percent", "All after"),
  ], { noun: "command", filterLabel: "Filter commands", empty: "No command was sent." });
  drawObedience(section, run);
}

function drawAlarms(run) {
  eventSection("alarms", "Alarms", run.report.alarms, [
    timeColumn(run),
    poleColumn(run),
    { title: "Alarm", text: (row) => words(row.kind) },
    { title: "State", text: (row) => (row.isRaised ? "raised" : "cleared"), node: (row) => (row.isRaised ? html("strong", {}, "raised") : "cleared") },
    { title: "Level then", numeric: true, text: (row) => percent(row.levelPermille === null ? null : row.levelPermille / 10, 0), value: (row) => row.levelPermille },
    { title: "Power then", numeric: true, text: (row) => withUnit(row.powerWatts, 1, "W"), value: (row) => row.powerWatts },
    {
      title: "Known to the server after", numeric: true, value: (row) => row.receivedAfterSeconds,
      text: (row) => (row.receivedAfterSeconds === null ? "never" : duration(row.receivedAfterSeconds)),
    },
  ], { noun: "entry", nouns: "entries", filterLabel: "Filter by pole, alarm or state", empty: "No alarm was raised." });
}

function drawFaults(run) {
  eventSection("faults", "Faults put in", run.report.faults, [
    timeColumn(run),
    poleColumn(run, "Where"),
    { title: "Fault", text: (row) => words(row.kind) },
    {
      title: "Found", value: (row) => row.detectedAfterSeconds, text: (row) => foundText(row),
      node: (row) => result(row.detectedAfterSeconds !== null, foundText(row)),
    },
  ], { noun: "fault", filterLabel: "Filter faults", empty: "The scenario put in no faults." });
}

function foundText(fault) {
  return fault.detectedAfterSeconds === null ? "never found" : "after " + duration(fault.detectedAfterSeconds);
}

function drawInput(run) {
  const { rejectedRows, warnings } = run.report;
  const section = eventSection("input", "Input", rejectedRows, [
    { title: "File", text: (row) => row.file },
    { title: "Line", numeric: true, text: (row) => (row.line > 0 ? String(row.line) : MISSING), value: (row) => row.line },
    { title: "Value", text: (row) => row.value, node: (row) => html("code", {}, row.value) },
    { title: "Why it was not used", text: (row) => row.reason },
  ], { noun: "row", filterLabel: "Filter rows", empty: "Every row of the input was used." });
  if (rejectedRows.length) section.querySelector("h2").after(html("p", { class: "lead" }, plural(rejectedRows.length, "row") + " could not be used."));
  if (warnings.length) section.append(html("h3", {}, "Warnings"), html("ul", {}, warnings.map((text) => html("li", {}, text))));
}
