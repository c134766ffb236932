// The night of the chosen pole.

function createPoleChart(run) {
  const chart = createLightChart(byId("pole-chart"), run);
  const minutes = run.report.seriesBinSeconds / 60;
  const perBin = minutes >= 1 ? number(minutes, minutes % 1 ? 1 : 0) + " min" : run.report.seriesBinSeconds + " s";
  run.selection.onChange((index) => {
    const pole = run.poles[index];
    const arrivals = run.series.arrivals(index);
    chart.show({
      title: "Light at " + pole.id,
      summary: "Light level and arrivals at pole " + pole.id + " over the run.",
      levels: Array.from(run.series.levels(index), (halfPercent) => halfPercent / 2),
      causes: run.series.causes(index),
      arrivals: Array.from(arrivals),
      arrivalsTitle: "Arrivals in " + perBin,
      wasDark: pole.darkSeconds > 0,
      isSaturated: (bin) => arrivals[bin] === 255,
      events: eventsOf(run, pole.id),
    });
    byId("pole-chart").dataset.poleId = pole.id;
  });
}

function eventsOf(run, poleId) {
  const alarms = run.report.alarms.filter((alarm) => alarm.poleId === poleId && alarm.isRaised)
    .map((alarm) => ({ seconds: alarm.atSeconds, text: "alarm " + words(alarm.kind) + ", " + eventTime(run.scenario, alarm.atSeconds) }));
  const faults = run.report.faults.filter((fault) => fault.poleId === poleId)
    .map((fault) => ({ seconds: fault.atSeconds, text: "fault " + words(fault.kind) + ", " + eventTime(run.scenario, fault.atSeconds) }));
  return [...faults, ...alarms];
}
