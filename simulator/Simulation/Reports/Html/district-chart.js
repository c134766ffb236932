// The mean of all poles over the night.

function drawDistrict(run) {
  const { series, poles } = run;
  const levels = new Float64Array(series.bins);
  const arrivals = new Float64Array(series.bins);
  for (let index = 0; index < poles.length; index++) {
    const poleLevels = series.levels(index);
    const poleArrivals = series.arrivals(index);
    for (let bin = 0; bin < series.bins; bin++) {
      levels[bin] += poleLevels[bin];
      arrivals[bin] += poleArrivals[bin];
    }
  }
  createLightChart(byId("district-chart"), run).show({
    title: "Mean of " + plural(poles.length, "pole"),
    summary: "Mean light level of all poles and their arrivals over the run.",
    levels: Array.from(levels, (sum) => Math.round((10 * sum) / (2 * poles.length)) / 10),
    causes: null,
    arrivals: Array.from(arrivals),
    arrivalsTitle: "Arrivals at all poles",
  });
}
