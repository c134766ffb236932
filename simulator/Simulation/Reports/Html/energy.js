// What the lamps used, beside what they would have used.

function drawEnergy(run) {
  const used = run.report.energy;
  const adaptive = used.lampWattHours + used.controllersWattHours;
  const most = Math.max(used.undimmedWattHours, used.timerWattHours, adaptive);
  const section = byId("energy");
  section.append(sectionTitle("energy", "Energy"));
  if (!(most > 0)) {
    section.append(html("p", { class: "muted" }, "The lamps used nothing in this run."));
    return;
  }

  section.append(savingStatement(used, adaptive), html("div", { class: "bars", role: "list" },
    energyBar("Undimmed LED", "full level from dusk to dawn", [["--energy-undimmed", used.undimmedWattHours]], most, null),
    energyBar("Plain timer", "the same lamps on a fixed timetable", [["--energy-timer", used.timerWattHours]], most, null),
    energyBar("As run", "lamps " + energy(used.lampWattHours) + ", controllers " + energy(used.controllersWattHours),
      [["--energy-lamp", used.lampWattHours], ["--energy-controllers", used.controllersWattHours]], most, share(adaptive, used.undimmedWattHours))),
  html("ul", { class: "legend" },
    html("li", {}, markerPicture("square", "--energy-lamp"), "lamps"),
    html("li", {}, markerPicture("square", "--energy-controllers"), "controllers, day and night")));
}

function savingStatement(used, adaptive) {
  const saved = used.undimmedWattHours - adaptive;
  if (saved < 0) return html("p", { class: "statement-line" }, "Lamps and controllers used ", html("strong", {}, energy(-saved) + " more"), " than the undimmed lamps would have.");
  return html("p", { class: "statement-line" }, "Lamps and controllers together used ", html("strong", {}, energy(saved) + " less"),
    " than the same lamps undimmed. The controllers took ", percent(share(used.controllersWattHours, adaptive)), " of what was used.");
}

function energyBar(name, remark, parts, most, ofUndimmed) {
  const sum = parts.reduce((total, [, value]) => total + value, 0);
  const bar = html("div", { class: "bar", "aria-hidden": "true" }, parts.filter(([, value]) => value > 0).map(([color, value]) => {
    const part = html("span");
    part.style.width = (100 * value) / most + "%";
    part.style.background = `var(${color})`;
    return part;
  }));
  return [
    html("div", { class: "text", role: "listitem" }, name, html("small", {}, remark)),
    bar,
    html("div", { class: "value" }, energy(sum), ofUndimmed === null ? null : html("small", {}, percent(ofUndimmed, 0) + " of undimmed")),
  ];
}
