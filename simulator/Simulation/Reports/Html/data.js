// The data of the run: unpacks the two blocks at the end of the page (zlib in base64; the layout of the series block stands in
// HtmlReport.cs) and holds which pole is chosen.

async function unpack(elementId) {
  const element = byId(elementId);
  const packed = Uint8Array.from(atob(element.textContent), (character) => character.charCodeAt(0));
  element.remove();
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** One byte a bin for every pole, by kind. */
class Series {
  constructor(bytes, poleCount) {
    this.bins = new DataView(bytes.buffer).getInt32(0, true);
    this.hasCauses = bytes[4] === 1;
    this.poleCount = poleCount;
    this.bytes = bytes.subarray(5);
  }

  kind(kindIndex, poleIndex) {
    const start = (kindIndex * this.poleCount + poleIndex) * this.bins;
    return this.bytes.subarray(start, start + this.bins);
  }

  /** Mean level in half percent. */
  levels(poleIndex) { return this.kind(0, poleIndex); }

  /** Arrivals that the pole counted; 255 stands for that or more. */
  arrivals(poleIndex) { return this.kind(1, poleIndex); }

  /** Numbers of causes, see CAUSES; null if none were recorded. */
  causes(poleIndex) { return this.hasCauses ? this.kind(2, poleIndex) : null; }
}

/** Which pole is chosen; tells everybody who asked when that changes. */
class Selection {
  constructor() {
    this.index = -1;
    this.listeners = [];
  }

  onChange(listener) { this.listeners.push(listener); }

  choose(index) {
    if (index === this.index) return;
    this.index = index;
    for (const listener of this.listeners) listener(index);
  }
}

async function loadRun() {
  const [reportBytes, seriesBytes] = await Promise.all([unpack("report-data"), unpack("report-series")]);
  const report = JSON.parse(new TextDecoder().decode(reportBytes));
  return {
    report,
    scenario: report.scenario,
    poles: report.poles,
    series: new Series(seriesBytes, report.poles.length),
    indexById: new Map(report.poles.map((pole, index) => [pole.id, index])),
    selection: new Selection(),
  };
}

/** Saving of a pole's lamp and controller against the same lamp undimmed, in percent. */
function poleSaving(pole) {
  const used = pole.lampEnergyWattHours + pole.controllerEnergyWattHours;
  return pole.undimmedEnergyWattHours > 0 ? 100 * (1 - used / pole.undimmedEnergyWattHours) : null;
}

const poleDelivery = (pole) => share(pole.statusDelivered, pole.statusSent);
