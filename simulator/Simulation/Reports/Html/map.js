// The map and its controls: pointer, keyboard, colouring, legend. What is drawn is map-drawing.js's business.

function createMap(run) {
  const { poles, selection } = run;
  const figure = byId("map");
  const gatewayReports = run.report.radio.gateways;
  const view = new MapView([...poles, ...gatewayReports]);
  const canvas = html("canvas", {
    tabindex: "0",
    role: "application",
    "aria-roledescription": "map",
    "aria-label": "Map of " + plural(poles.length, "pole") + ". Arrow keys choose the next pole in that direction, plus and minus zoom, 0 shows everything.",
  });
  const tip = html("div", { class: "tip", hidden: true });
  const legend = html("ul", { class: "legend", "aria-label": "Legend" });
  const state = {
    poles: poles.map((pole, index) => ({ id: pole.id, point: view.points[index] })),
    gateways: gatewayReports.map((gateway, index) => ({ id: gateway.id, point: view.points[poles.length + index] })),
    streets: streetsOf(poles, view.points),
    selected: -1,
    classes: [],
    classOf: [],
  };
  readTheme();

  function readTheme() {
    const family = getComputedStyle(document.body).fontFamily;
    const known = new Map();
    state.font = (weight, size) => weight + " " + size + "px " + family;
    state.color = (property) => known.get(property) ?? known.set(property, colorOf(property)).get(property);
    state.colors = { surface: colorOf("--surface"), ink: colorOf("--ink"), muted: colorOf("--muted"), gateway: colorOf("--gateway"), font: state.font };
  }

  let isPending = false;
  function redraw() {
    if (isPending) return;
    isPending = true;
    requestAnimationFrame(() => {
      isPending = false;
      const ratio = devicePixelRatio || 1;
      canvas.width = Math.round(view.width * ratio);
      canvas.height = Math.round(view.height * ratio);
      const context = canvas.getContext("2d");
      context.scale(ratio, ratio);
      canvas.dataset.drawnPoles = drawMap(context, view, state);
      canvas.dataset.selectedPole = state.selected >= 0 ? state.poles[state.selected].id : "";
    });
  }

  function colourBy(colouring) {
    Object.assign(state, colouring.classify(poles));
    const counts = state.classes.map((_, classIndex) => state.classOf.filter((other) => other === classIndex).length);
    const entries = state.classes.map((poleClass, index) => counts[index] === 0 ? null : html("li", {},
      markerPicture(poleClass.shape, poleClass.color), poleClass.label, html("span", { class: "count" }, number(counts[index]))));
    legend.replaceChildren(...entries.filter(Boolean));
    if (state.gateways.length) legend.append(html("li", {}, markerPicture("gateway", "--gateway"), "Gateway", html("span", { class: "count" }, number(state.gateways.length))));
    redraw();
  }

  function zoomBy(factor) {
    view.zoom(factor);
    redraw();
  }

  function showAll() {
    view.fit();
    redraw();
  }

  const select = byId("map-colouring");
  select.append(...COLOURINGS.map((colouring) => html("option", { value: colouring.id }, colouring.label)));
  select.addEventListener("change", () => colourBy(COLOURINGS[select.selectedIndex]));

  figure.append(canvas,
    html("div", { class: "zoom" },
      html("button", { type: "button", "aria-label": "Zoom in", onclick: () => zoomBy(1.6) }, "+"),
      html("button", { type: "button", "aria-label": "Zoom out", onclick: () => zoomBy(1 / 1.6) }, "\u2212"),
      html("button", { type: "button", "aria-label": "Show all poles", title: "Show all poles", onclick: showAll },
        svg("svg", { viewBox: "0 0 16 16", width: 16, height: 16, "aria-hidden": "true" },
          svg("path", { d: "M2 6 V2 H6 M10 2 H14 V6 M14 10 V14 H10 M6 14 H2 V10", fill: "none", stroke: "currentColor", "stroke-width": 1.6 })))),
    tip,
    html("figcaption", {}, legend, html("p", { class: "hint" }, "Drag to move; zoom with the buttons, Ctrl and the wheel, or two fingers. North is up.")));

  selection.onChange((index) => {
    state.selected = index;
    view.reveal(state.poles[index].point);
    redraw();
  });
  onWidth(canvas, (width) => {
    view.resize(width, canvas.clientHeight);
    redraw();
  });
  onThemeChange(() => {
    readTheme();
    redraw();
  });
  handlePointer(canvas, tip, view, state, redraw, run);
  handleKeys(canvas, state, selection, zoomBy, showAll);
  colourBy(COLOURINGS[0]);
}

/** Streets with at least four poles: their extent, and the pole nearest their middle as the place of the name. Longest first. */
function streetsOf(poles, points) {
  const members = new Map();
  poles.forEach((pole, index) => {
    if (!pole.street) return;
    if (!members.has(pole.street)) members.set(pole.street, []);
    members.get(pole.street).push(points[index]);
  });
  return [...members].filter(([, list]) => list.length >= 4).map(([name, list]) => {
    const horizontal = extent(list.map((point) => point.x));
    const vertical = extent(list.map((point) => point.y));
    const centre = { x: horizontal.middle, y: vertical.middle };
    const anchor = list.reduce((best, point) => (distance(point, centre) < distance(best, centre) ? point : best));
    return { name, anchor, low: { x: horizontal.low, y: vertical.low }, high: { x: horizontal.high, y: vertical.high }, size: list.length };
  }).sort((one, other) => other.size - one.size);
}

const distance = (one, other) => Math.hypot(one.x - other.x, one.y - other.y);

function nearestPole(view, state, x, y, withinPixels) {
  let best = -1;
  let bestDistance = withinPixels;
  state.poles.forEach((pole, index) => {
    const away = distance(view.toPixels(pole.point), { x, y });
    if (away < bestDistance) {
      bestDistance = away;
      best = index;
    }
  });
  return best;
}

function handlePointer(canvas, tip, view, state, redraw, run) {
  const pointers = new Map();
  let hasMoved = false;

  const place = (event) => {
    const box = canvas.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };

  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    pointers.set(event.pointerId, place(event));
    hasMoved = pointers.size > 1;
    tip.hidden = true;
  });
  canvas.addEventListener("pointermove", (event) => {
    const now = place(event);
    const before = pointers.get(event.pointerId);
    if (!before) {
      showTip(now);
      return;
    }
    if (!hasMoved && distance(now, before) < 4) return;
    hasMoved = true;
    canvas.classList.add("dragging");
    if (pointers.size === 1) {
      view.pan(now.x - before.x, now.y - before.y);
    } else {
      const other = [...pointers].find(([id]) => id !== event.pointerId)[1];
      view.zoom(distance(now, other) / Math.max(1, distance(before, other)), other.x, other.y);
    }
    pointers.set(event.pointerId, now);
    redraw();
  });
  const release = (event) => {
    if (pointers.delete(event.pointerId) && !hasMoved && event.type === "pointerup") {
      const { x, y } = place(event);
      const index = nearestPole(view, state, x, y, 24);
      if (index >= 0) run.selection.choose(index);
    }
    canvas.classList.toggle("dragging", pointers.size > 0);
  };
  canvas.addEventListener("pointerup", release);
  canvas.addEventListener("pointercancel", release);
  canvas.addEventListener("pointerleave", () => { tip.hidden = true; });
  canvas.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey && document.activeElement !== canvas) return;
    event.preventDefault();
    const { x, y } = place(event);
    view.zoom(Math.exp(-event.deltaY * 0.0016), x, y);
    redraw();
  }, { passive: false });

  function showTip({ x, y }) {
    const index = nearestPole(view, state, x, y, 14);
    tip.hidden = index < 0;
    if (index < 0) return;
    const pole = run.poles[index];
    const poleClass = state.classes[state.classOf[index]];
    tip.textContent = [pole.id, pole.street, poleClass.label].filter(Boolean).join("\n");
    tip.style.left = Math.min(x + 14, view.width - tip.offsetWidth - 4) + "px";
    tip.style.top = Math.max(4, y - tip.offsetHeight - 8) + "px";
  }
}

function handleKeys(canvas, state, selection, zoomBy, showAll) {
  const directions = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  canvas.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (directions[event.key]) {
      const next = poleInDirection(state.poles, Math.max(0, selection.index), directions[event.key]);
      if (next >= 0) selection.choose(next);
    } else if (event.key === "+" || event.key === "=") zoomBy(1.6);
    else if (event.key === "-") zoomBy(1 / 1.6);
    else if (event.key === "0") showAll();
    else return;
    event.preventDefault();
  });
}

/** The pole that somebody means by "the next one that way": near, and not too far off to the side. */
function poleInDirection(poles, from, [right, down]) {
  const origin = poles[from].point;
  let best = -1;
  let bestCost = Infinity;
  poles.forEach((pole, index) => {
    const x = pole.point.x - origin.x;
    const y = pole.point.y - origin.y;
    const ahead = x * right + y * down;
    const aside = Math.abs(x * down - y * right);
    if (ahead <= 0 || aside > ahead * 1.7) return;
    const cost = ahead + 2 * aside;
    if (cost < bestCost) {
      bestCost = cost;
      best = index;
    }
  });
  return best;
}
