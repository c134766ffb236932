// The top of the page: what was run, whether every promise held, the figures that matter, and the checks one by one.

function drawMasthead(run) {
  const { scenario, report } = run;
  const end = moment(scenario, scenario.simulatedSeconds);
  fill(byId("masthead"), {}, [
    html("p", { class: "kind" }, "Street-light simulation report"),
    html("h1", {}, scenario.name),
    scenario.description ? html("p", { class: "description" }, scenario.description) : null,
    html("dl", { class: "run" },
      runFact("Time", moment(scenario, 0) + " to " + end + " (" + utcOffset(scenario.utcOffsetMinutes) + ")"),
      runFact("Poles", number(report.totals.poles)),
      runFact("Arrivals", number(report.totals.arrivals)),
      runFact("Radio frames", number(report.totals.frames)),
      runFact("Seed", String(scenario.seed))),
  ]);
}

function runFact(term, value) {
  return html("div", {}, html("dt", {}, term), html("dd", {}, value));
}

function drawHeadline(run) {
  const { report, scenario } = run;
  const judged = report.checks.filter((check) => check.isJudged);
  const failed = judged.filter((check) => !check.isPassed);
  const kind = judged.length === 0 ? "none" : failed.length === 0 ? "good" : "bad";
  fill(byId("headline"), {}, [
    html("div", { class: "verdict " + kind, id: "verdict" },
      markPicture(kind !== "bad", "mark"),
      html("p", { class: "statement" }, verdictText(judged.length, failed.length, report.checks.length - judged.length)),
      failed.length ? html("ul", {}, failed.map((check) => html("li", {}, check.title || check.name, ": ", check.measured))) : null),
    scenario.isComplete ? null : html("p", { class: "notice" },
      "The run was stopped after " + duration(scenario.simulatedSeconds) + " of " + duration(scenario.durationSeconds)
      + ". Everything here is about what has run."),
    keyFigures(report),
  ]);
}

function verdictText(checks, failed, unjudged) {
  if (unjudged) {
    return (checks ? verdictText(checks, failed, 0) + " " : "") + (unjudged === 1 ? "One promise was" : unjudged + " promises were") + " not judged.";
  }
  if (checks === 0) return "The scenario asked for no checks.";
  if (failed === 0) return checks === 1 ? "The one promise of the scenario held." : "All " + checks + " promises held.";
  return checks === 1 ? "The one promise of the scenario did not hold." : failed + " of " + checks + " promises did not hold.";
}

function keyFigures(report) {
  const { energy: used, radio, poles } = report;
  const darkCount = poles.filter((pole) => pole.unexplainedDarkSeconds > 0).length;
  const explainedCount = poles.filter((pole) => pole.darkSeconds > 0).length - darkCount;
  const raised = report.alarms.filter((alarm) => alarm.isRaised).length;
  const found = report.faults.filter((fault) => fault.detectedAfterSeconds !== null).length;
  const worst = poles.reduce((value, pole) => Math.max(value, pole.worstResponseMs ?? -1), -1);
  const figures = [
    ["Energy saved", figure(used.savingAgainstUndimmedPercent, 1, "%"), "against undimmed LED, controllers counted"],
    ["Saved against a timer", figure(used.savingAgainstTimerPercent, 1, "%"), "controllers counted"],
    ["Status delivered", figure(radio.statusDeliveryPercent, 2, "%"), "of " + plural(radio.statusSent, "message")],
    ["Poles dark for no reason", figure(darkCount, 0, ""), explainedCount
      ? plural(explainedCount, "pole") + " without mains, with a broken lamp or by command"
      : "of " + plural(poles.length, "pole")],
    worst >= 0 ? ["Slowest light-up", figure(worst, 0, "ms"), "from an arrival to the raised level"] : null,
    ["Alarms raised", figure(raised, 0, ""), report.faults.length ? found + " of " + plural(report.faults.length, "injected fault") + " found" : "no faults were injected"],
  ];
  return html("dl", { class: "key-figures" }, figures.filter(Boolean).map(([term, value, remark]) =>
    html("div", {}, html("dt", {}, term), html("dd", { class: "value" }, value), html("dd", { class: "remark" }, remark))));
}

function figure(value, decimals, unit) {
  return [number(value, decimals), unit && value !== null ? html("span", { class: "unit" }, unit) : null];
}

function drawChecks(run) {
  const { checks } = run.report;
  const section = byId("checks");
  section.append(sectionTitle("checks", "Checks"));
  if (checks.length === 0) {
    section.append(html("p", { class: "muted" }, "None."));
    return;
  }
  section.append(html("ul", { class: "checks" }, checks.map((check) => checkItem(run, check))));
}

function checkItem(run, check) {
  return html("li", { class: "check" },
    check.isJudged ? result(check.isPassed, check.isPassed ? "held" : "failed") : html("span", { class: "muted" }, "not judged"),
    html("div", { class: "title" }, check.title || check.name, html("span", { class: "name" }, check.name)),
    html("div", {}, html("span", { class: "part" }, "expected"), check.expectation),
    html("div", {}, html("span", { class: "part" }, "measured"), check.measured),
    check.isPassed || !check.isJudged ? null : checkFailures(run, check));
}

function checkFailures(run, check) {
  const list = html("div");
  table(list, [
    { title: "Pole", text: (failure) => failure.poleId, node: (failure) => poleLink(run, failure.poleId) },
    { title: "Time", text: (failure) => eventTime(run.scenario, failure.atSeconds), value: (failure) => failure.atSeconds, className: "nowrap" },
    { title: "What happened", text: (failure) => failure.text },
  ], check.failures, { caption: "Failures of " + check.name, noun: "failure", filterLabel: "Filter failures" });
  const unlisted = check.failureCount - check.failures.length;
  return html("details", { class: "more", open: check.failures.length <= 5 },
    html("summary", {}, plural(check.failureCount, "failure")),
    list,
    unlisted > 0 ? html("p", { class: "muted" }, "The first " + number(check.failures.length) + " are listed; " + number(unlisted) + " more were counted.") : null,
    check.replayCommand ? html("pre", { "aria-label": "Command that shows it again" }, check.replayCommand) : null);
}
