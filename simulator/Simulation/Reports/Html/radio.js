// What the radio delivered, what it lost and why, and how busy the gateways were.

const LOSSES = [
  { field: "belowSensitivity", label: "too weak", color: "--loss-sensitivity" },
  { field: "interference", label: "interference", color: "--loss-interference" },
  { field: "noDemodulator", label: "gateway busy receiving", color: "--loss-demodulator" },
  { field: "gatewayTransmitting", label: "gateway transmitting", color: "--loss-transmitting" },
  { field: "gatewayDown", label: "gateway out of order", color: "--loss-down" },
];

function drawRadio(run) {
  const { radio } = run.report;
  const section = byId("radio");
  const rows = radio.bySpreadingFactor;
  section.append(sectionTitle("radio", "Radio"), html("p", { class: "lead" },
    radio.statusSent > 0
      ? percent(radio.statusDeliveryPercent, 2) + " of " + plural(radio.statusSent, "status message") + " reached the network server."
      : "No status messages were sent."));
  if (rows.length) drawSpreadingFactors(section, rows);
  drawGateways(section, radio);
  drawLater(section, run.report.journal);
  if (run.report.neighbours.lines > 0) drawNeighbours(section, run.report.neighbours);
}

/** What poles told each other of arrivals, and how soon the light rose ahead of the traveller. */
function drawNeighbours(section, neighbours) {
  const milliseconds = (value) => (value === null ? MISSING : number(Math.round(value)) + " ms");
  section.append(html("h3", {}, "Arrivals told from pole to pole"), definitions("facts", [
    ["Poles, lines", number(neighbours.poles) + ", " + number(neighbours.lines)],
    ["Found the next pole lit for them", number(neighbours.ahead) + " of " + number(neighbours.coming) + " (" + percent(share(neighbours.ahead, neighbours.coming)) + ")"],
    ["One hop, median and 95 %", milliseconds(neighbours.hopMedianMs) + ", " + milliseconds(neighbours.hop95PercentMs)],
    ["Broadcasts", number(neighbours.broadcasts)],
    ["Heard by the next pole", number(neighbours.heard) + " of " + number(neighbours.offered) + " (" + percent(share(neighbours.heard, neighbours.offered)) + ")"],
    ["Packets too weak", number(neighbours.tooWeak)],
    ["Packets while nobody listened", number(neighbours.notListening)],
    ["Packets while sending oneself", number(neighbours.sending)],
    ["Packets destroyed by another", number(neighbours.collided)],
    ["Packets lost to others in the band", number(neighbours.otherTraffic)],
    ["Broadcasts lost with four waiting", number(neighbours.overflowed)],
  ]));
  const list = html("div");
  table(list, [
    { title: "Poles ahead", numeric: true, text: (row) => number(row.polesAhead), value: (row) => row.polesAhead },
    { title: "Light rose", numeric: true, text: (row) => number(row.rises), value: (row) => row.rises },
    { title: "Median", numeric: true, text: (row) => milliseconds(row.medianMs), value: (row) => row.medianMs },
    { title: "95 %", numeric: true, text: (row) => milliseconds(row.percent95Ms), value: (row) => row.percent95Ms },
    { title: "Longest", numeric: true, text: (row) => milliseconds(row.longestMs), value: (row) => row.longestMs },
  ], neighbours.delays, { caption: "From the sensor's edge at one pole to the first more light at another", noun: "row" });
  section.append(list);
}

/** What was told by the poles' journals, after the network had not heard them. */
function drawLater(section, journal) {
  section.append(html("h3", {}, "Told later"));
  if (journal.messages === 0) {
    section.append(html("p", { class: "muted" }, "Nothing: the network heard the poles all the time."));
    return;
  }
  section.append(definitions("facts", [
    ["Journal messages", number(journal.messages)],
    ["Intervals that no status had told", number(journal.intervals)],
    ["Arrivals counted in them", number(journal.arrivals)],
    ["Alarms that nobody had heard", number(journal.alarms)],
    ["Entries that were known already", number(journal.alreadyKnown)],
    journal.undated > 0 ? ["Entries without a time", number(journal.undated)] : null,
    ["Told after, median", journal.medianDelaySeconds === null ? MISSING : duration(journal.medianDelaySeconds)],
    ["Told after, longest", journal.longestDelaySeconds === null ? MISSING : duration(journal.longestDelaySeconds)],
    ["Entries that poles had to drop", number(journal.lost)],
  ].filter(Boolean)));
}

function drawSpreadingFactors(section, rows) {
  const sent = rows.reduce((sum, row) => sum + row.sent, 0);
  const airtime = rows.reduce((sum, row) => sum + row.airtimeMs, 0);
  const list = html("div");
  table(list, [
    { title: "Spreading factor", text: (row) => "SF" + row.spreadingFactor, value: (row) => row.spreadingFactor },
    { title: "Sent", numeric: true, text: (row) => number(row.sent), value: (row) => row.sent },
    { title: "Share", numeric: true, text: (row) => percent(share(row.sent, sent)), value: (row) => row.sent },
    { title: "Delivered", numeric: true, text: (row) => percent(row.deliveryPercent, 2), value: (row) => row.deliveryPercent },
    { title: "Airtime", numeric: true, text: (row) => duration(row.airtimeMs / 1000), value: (row) => row.airtimeMs },
    { title: "Share of airtime", numeric: true, text: (row) => percent(share(row.airtimeMs, airtime)), value: (row) => row.airtimeMs },
    ...LOSSES.map(({ field, label }) => ({ title: "Lost: " + label, numeric: true, text: (row) => number(row[field]), value: (row) => row[field] })),
  ], rows, { caption: "Uplink frames by spreading factor", noun: "row" });

  section.append(html("h3", {}, "Uplinks by spreading factor"), list, ...lossBars(rows));
}

function lossBars(rows) {
  const losses = rows.map((row) => LOSSES.reduce((sum, { field }) => sum + row[field], 0));
  const most = Math.max(...losses);
  if (most === 0) return [html("p", { class: "muted" }, "No uplink was lost.")];
  const used = LOSSES.filter(({ field }) => rows.some((row) => row[field] > 0));
  const bars = rows.map((row, index) => [
    html("div", { class: "text" }, "SF" + row.spreadingFactor),
    html("div", { class: "bar", "aria-hidden": "true" }, used.filter(({ field }) => row[field] > 0).map(({ field, color }) => {
      const part = html("span");
      part.style.width = (100 * row[field]) / most + "%";
      part.style.background = `var(${color})`;
      return part;
    })),
    html("div", { class: "value" }, number(losses[index]), html("small", {}, percent(share(losses[index], row.sent), 2) + " of sent")),
  ]);
  return [
    html("h3", {}, "Uplinks lost, by cause"),
    html("div", { class: "bars" }, bars),
    html("ul", { class: "legend" }, used.map(({ field, label, color }) => html("li", {}, markerPicture("square", color), label,
      html("span", { class: "count" }, number(rows.reduce((sum, row) => sum + row[field], 0)))))),
  ];
}

function drawGateways(section, radio) {
  const list = html("div");
  if (radio.gateways.length) {
    table(list, [
      { title: "Gateway", text: (gateway) => gateway.id },
      { title: "Received", numeric: true, text: (gateway) => number(gateway.received), value: (gateway) => gateway.received },
      { title: "Transmitted", numeric: true, text: (gateway) => number(gateway.transmitted), value: (gateway) => gateway.transmitted },
      { title: "Airtime", numeric: true, text: (gateway) => duration(gateway.airtimeMs / 1000), value: (gateway) => gateway.airtimeMs },
      { title: "Duty-cycle budget used, hardest hour", numeric: true, text: (gateway) => withUnit(gateway.dutyCycleBudgetPermille / 10, 1, "%"), value: (gateway) => gateway.dutyCycleBudgetPermille },
      { title: "Class C off its plan, at most", numeric: true, text: (gateway) => withUnit(gateway.classCTimingErrorMs, 1, "ms"), value: (gateway) => gateway.classCTimingErrorMs },
      {
        title: "Requests refused", numeric: true, value: (gateway) => gateway.refusedTooLate + gateway.refusedBusy + gateway.unanswered,
        text: (gateway) => number(gateway.refusedTooLate + gateway.refusedBusy + gateway.unanswered),
      },
    ], radio.gateways, { caption: "Gateways", noun: "gateway", filterLabel: "Filter gateways" });
  } else {
    list.append(html("p", { class: "muted" }, "The scenario has no gateway."));
  }

  section.append(html("div", { class: "two-columns" },
    html("div", {}, html("h3", {}, "Gateways"), list),
    html("div", {}, html("h3", {}, "Joins and downlinks"), definitions("facts", [
      ["Join requests sent", number(radio.joinRequests)],
      ["Join accepts taken", number(radio.joinAccepts)],
      ["Downlinks sent", number(radio.downlinksSent)],
      ["Downlinks received", number(radio.downlinksReceived)],
      ["Downlinks lost", number(radio.downlinksLost)],
    ]))));
}
