// What the chosen pole did, in figures; and the list of all poles as a table.

function createPolePanel(run) {
  const panel = byId("pole-panel");
  const announcement = html("p", { class: "visually-hidden", role: "status" });
  const content = html("div");
  const { poles, selection } = run;
  const step = (by) => selection.choose((selection.index + by + poles.length) % poles.length);
  const findings = poles.map((pole, index) => (pole.outcome === "ok" ? -1 : index)).filter((index) => index >= 0);
  const nextFinding = () => selection.choose(findings.find((index) => index > selection.index) ?? findings[0]);

  // Above the figures, so that the buttons stay where they are from pole to pole.
  panel.append(announcement, html("div", { class: "steps" },
    html("button", { type: "button", onclick: () => step(-1) }, "Previous"),
    html("button", { type: "button", onclick: () => step(1) }, "Next"),
    findings.length ? html("button", { type: "button", onclick: nextFinding }, "Next finding") : null), content);

  selection.onChange((index) => {
    const pole = poles[index];
    panel.dataset.poleId = pole.id;
    announcement.textContent = "Pole " + pole.id + ", " + OUTCOMES[pole.outcome].label;
    content.replaceChildren(...poleFacts(run, pole));
  });
}

function poleFacts(run, pole) {
  const outcome = OUTCOMES[pole.outcome];
  const place = [pole.street, pole.group].filter(Boolean).join(" \u00b7 ");
  const pairs = [
    ["Luminaire", withUnit(pole.fullPowerWatts, pole.fullPowerWatts % 1 ? 1 : 0, "W")],
    ["Energy, lamp", energy(pole.lampEnergyWattHours)],
    ["Energy, controller", energy(pole.controllerEnergyWattHours)],
    ["Saved against undimmed", percent(poleSaving(pole))],
    ["Lit for", duration(pole.lampOnSeconds)],
    pole.darkSeconds > 0 ? ["Dark for", duration(pole.darkSeconds)] : null,
    ["Arrivals counted", number(pole.counted) + " of " + number(pole.arrivals)],
    ["Slowest light-up", milliseconds(pole.worstResponseMs)],
    run.report.radio.isStatusDeliveryKnown
      ? ["Status delivered", number(pole.statusDelivered) + " of " + number(pole.statusSent)]
      : ["Status sent", number(pole.statusSent)],
    ["Joined after", pole.joinedAfterSeconds === null ? "never" : duration(pole.joinedAfterSeconds)],
    ["Spreading factor", pole.spreadingFactor ? "SF" + pole.spreadingFactor : MISSING],
    pole.downlinkMarginDecibel === null ? null : ["Downlink margin", withUnit(pole.downlinkMarginDecibel, 0, "dB")],
    pole.deviceBattery === null ? null : ["Supply", pole.deviceBattery === 0 ? "external" : pole.deviceBattery === 255 ? "not known" : percent(share(pole.deviceBattery, 254), 0)],
    ["Alarms raised", number(pole.alarms)],
  ];
  return [
    html("h3", {}, pole.id),
    place ? html("p", { class: "place" }, place) : null,
    html("ul", { class: "legend" }, html("li", {}, markerPicture(outcome.shape, outcome.color), outcome.label)),
    definitions("facts", pairs.filter(Boolean)),
    definitions("facts", CAUSES.filter(({ field }) => pole.secondsByCause[field] > 0)
      .map(({ field, label }) => ["Level by " + label, duration(pole.secondsByCause[field])])),
  ].filter(Boolean);
}

/** The table is made when it is first opened: it is for whoever wants it, and not for everybody to wait for. */
function createPoleList(run) {
  const details = byId("pole-list");
  details.addEventListener("toggle", () => {
    if (!details.open || details.childElementCount > 1) return;
    const container = html("div");
    details.append(container);
    table(container, [
      { title: "Pole", text: (pole) => pole.id, node: (pole) => poleLink(run, pole.id) },
      { title: "Street", text: (pole) => pole.street },
      { title: "Group", text: (pole) => pole.group },
      { title: "What happened", text: (pole) => OUTCOMES[pole.outcome].label },
      { title: "Saved", numeric: true, text: (pole) => percent(poleSaving(pole)), value: poleSaving },
      { title: "Delivered", numeric: true, text: (pole) => percent(poleDelivery(pole)), value: poleDelivery },
      { title: "SF", numeric: true, text: (pole) => String(pole.spreadingFactor || MISSING), value: (pole) => pole.spreadingFactor },
      { title: "Arrivals", numeric: true, text: (pole) => number(pole.counted), value: (pole) => pole.counted },
      { title: "Slowest light-up", numeric: true, text: (pole) => milliseconds(pole.worstResponseMs), value: (pole) => pole.worstResponseMs },
      { title: "Dark", numeric: true, text: (pole) => (pole.darkSeconds > 0 ? duration(pole.darkSeconds) : MISSING), value: (pole) => pole.darkSeconds },
    ], run.poles, { caption: "All poles", noun: "pole", filterLabel: "Filter poles" });
  });
}
