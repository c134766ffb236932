// Starts the page: unpacks the data, draws every section, chooses a first pole.

async function start() {
  const run = await loadRun();
  byId("content").hidden = false;
  drawMasthead(run);
  drawHeadline(run);
  drawContents();
  drawChecks(run);
  drawPoleSection(run);
  drawEnergy(run);
  drawSensors(run);
  drawRadio(run);
  drawCommands(run);
  drawAlarms(run);
  drawFaults(run);
  drawInput(run);
  drawColophon(run);
  document.body.dataset.ready = "true";
}

function drawPoleSection(run) {
  if (run.poles.length === 0) {
    byId("poles").hidden = true;
    byId("district").hidden = true;
    return;
  }
  createMap(run);
  createPoleSearch(run);
  createPolePanel(run);
  createPoleChart(run);
  createPoleList(run);
  drawDistrict(run);
  run.selection.choose(mostInteresting(run.poles));
}

/** The pole with the worst outcome, so that the page opens on what needs a look; without one the pole in the middle of the list. */
function mostInteresting(poles) {
  const order = ["dark", "checkFailed", "silent", "alarm"];
  for (const outcome of order) {
    const index = poles.findIndex((pole) => pole.outcome === outcome);
    if (index >= 0) return index;
  }
  return Math.floor(poles.length / 2);
}

function drawContents() {
  const entries = [["checks", "Checks"], ["poles", "Poles"], ["district", "District"], ["energy", "Energy"], ["sensors", "Sensors"], ["radio", "Radio"],
    ["commands", "Commands"], ["alarms", "Alarms"], ["faults", "Faults"], ["input", "Input"]];
  byId("contents").append(...entries.map(([id, title]) => html("a", { href: "#" + id }, title)));
}

function drawColophon(run) {
  const { scenario } = run;
  byId("colophon").append(
    html("p", {}, "Made by polesim " + scenario.toolVersion + " from one seed: the same scenario and seed give the same figures."),
    scenario.replayCommand ? html("pre", { "aria-label": "Command that repeats this run" }, scenario.replayCommand) : "",
    html("p", {}, "All of this is in report.json beside this page, in numbers."));
}

start().catch((error) => {
  byId("content").hidden = true;
  const problem = byId("load-problem");
  problem.hidden = false;
  problem.textContent = typeof DecompressionStream === "undefined"
    ? "This browser cannot unpack the data of this page (it has no DecompressionStream). Any current Chromium, Firefox or Safari can; report.json holds the same data."
    : "The data of this page could not be shown: " + error.message;
  console.error(error);
});
