// Draws the map: poles by class, gateways, street names where there is room, the chosen pole, and a scale bar.

/** Draws everything; returns how many poles are in view. */
function drawMap(context, view, state) {
  context.clearRect(0, 0, view.width, view.height);
  context.lineJoin = "round";
  drawStreetNames(context, view, state);
  const drawn = drawPoles(context, view, state);
  for (const gateway of state.gateways) drawGateway(context, view.toPixels(gateway.point), gateway.id, state.colors);
  if (state.selected >= 0) drawChosen(context, view, state);
  drawScaleBar(context, view, state.colors);
  return drawn;
}

function drawPoles(context, view, state) {
  const radius = Math.min(6.5, Math.max(2.4, view.scale * 7));
  let drawn = 0;
  state.classes.forEach((poleClass, classIndex) => {
    const isLoud = poleClass.shape !== "circle";
    const size = isLoud ? Math.max(radius * 1.25, 5) : radius;
    context.beginPath();
    for (let index = 0; index < state.poles.length; index++) {
      if (state.classOf[index] !== classIndex) continue;
      const pixels = view.toPixels(state.poles[index].point);
      if (pixels.x < -10 || pixels.y < -10 || pixels.x > view.width + 10 || pixels.y > view.height + 10) continue;
      traceMarker(context, poleClass.shape, pixels.x, pixels.y, size);
      drawn++;
    }
    paintMarkers(context, poleClass.shape, state.color(poleClass.color), isLoud ? state.colors.surface : null);
  });
  return drawn;
}

function traceMarker(context, shape, x, y, size) {
  if (shape === "triangle") {
    context.moveTo(x, y - size * 1.15);
    context.lineTo(x + size * 1.1, y + size * 0.85);
    context.lineTo(x - size * 1.1, y + size * 0.85);
    context.closePath();
  } else if (shape === "diamond") {
    context.moveTo(x, y - size * 1.25);
    context.lineTo(x + size * 1.25, y);
    context.lineTo(x, y + size * 1.25);
    context.lineTo(x - size * 1.25, y);
    context.closePath();
  } else if (shape === "cross") {
    context.moveTo(x - size, y - size);
    context.lineTo(x + size, y + size);
    context.moveTo(x + size, y - size);
    context.lineTo(x - size, y + size);
  } else {
    context.moveTo(x + size, y);
    context.arc(x, y, size, 0, 2 * Math.PI);
  }
}

function paintMarkers(context, shape, color, halo) {
  const isLine = shape === "ring" || shape === "cross";
  if (halo) {
    context.strokeStyle = halo;
    context.lineWidth = isLine ? 6 : 3;
    context.stroke();
  }
  if (isLine) {
    context.strokeStyle = color;
    context.lineWidth = 2.6;
    context.stroke();
  } else {
    context.fillStyle = color;
    context.fill();
  }
}

function drawChosen(context, view, state) {
  const { x, y } = view.toPixels(state.poles[state.selected].point);
  context.beginPath();
  context.arc(x, y, 12, 0, 2 * Math.PI);
  context.strokeStyle = state.colors.surface;
  context.lineWidth = 6;
  context.stroke();
  context.strokeStyle = state.colors.ink;
  context.lineWidth = 2.5;
  context.stroke();
  context.font = state.font(600, 13);
  label(context, state.poles[state.selected].id, x + 17, y + 4, state.colors.ink, state.colors.surface, view.width);
}

function drawGateway(context, { x, y }, id, colors) {
  context.beginPath();
  context.moveTo(x, y - 8);
  context.lineTo(x - 6, y + 9);
  context.moveTo(x, y - 8);
  context.lineTo(x + 6, y + 9);
  context.moveTo(x - 4, y + 3);
  context.lineTo(x + 4, y + 3);
  context.moveTo(x - 7, y - 3);
  context.arc(x, y - 8, 8.6, Math.PI * 0.8, Math.PI * 1.2);
  context.moveTo(x + 7, y - 13);
  context.arc(x, y - 8, 8.6, -Math.PI * 0.2, Math.PI * 0.2);
  context.strokeStyle = colors.surface;
  context.lineWidth = 6;
  context.stroke();
  context.strokeStyle = colors.gateway;
  context.lineWidth = 2.2;
  context.stroke();
  context.font = colors.font(600, 12);
  label(context, id, x + 13, y + 9, colors.gateway, colors.surface, Infinity);
}

function drawStreetNames(context, view, state) {
  context.font = state.font(400, 12);
  const taken = state.gateways.map(({ point }) => {
    const { x, y } = view.toPixels(point);
    return { left: x - 14, top: y - 20, right: x + 100, bottom: y + 14 };
  });
  for (const street of state.streets) {
    const first = view.toPixels(street.low);
    const last = view.toPixels(street.high);
    const textWidth = context.measureText(street.name).width;
    if (Math.max(last.x - first.x, last.y - first.y) < textWidth * 1.3) continue;
    const at = view.toPixels(street.anchor);
    const box = { left: at.x + 9, top: at.y - 24, right: at.x + 9 + textWidth, bottom: at.y - 8 };
    if (box.right > view.width || box.left < 0 || box.top < 0) continue;
    if (taken.some((other) => box.left < other.right + 8 && other.left < box.right + 8 && box.top < other.bottom + 4 && other.top < box.bottom + 4)) continue;
    taken.push(box);
    context.fillStyle = state.colors.muted;
    context.fillText(street.name, box.left, box.bottom - 4);
  }
}

/** Text with a halo so that it can be read over markers; left of its place if it would run out of the picture. */
function label(context, text, x, y, color, halo, width) {
  const shown = text.length > 40 ? text.slice(0, 39) + "\u2026" : text;
  const textWidth = context.measureText(shown).width;
  const left = x + textWidth > width - 4 ? x - textWidth - 34 : x;
  context.lineWidth = 4;
  context.strokeStyle = halo;
  context.strokeText(shown, left, y);
  context.fillStyle = color;
  context.fillText(shown, left, y);
}

function drawScaleBar(context, view, colors) {
  const metres = roundLength(110 / view.scale);
  const length = metres * view.scale;
  const left = 16.5;
  const bottom = view.height - 16.5;
  context.beginPath();
  context.moveTo(left, bottom - 6);
  context.lineTo(left, bottom);
  context.lineTo(left + length, bottom);
  context.lineTo(left + length, bottom - 6);
  context.strokeStyle = colors.surface;
  context.lineWidth = 4;
  context.stroke();
  context.strokeStyle = colors.ink;
  context.lineWidth = 1.5;
  context.stroke();
  context.font = colors.font(400, 12);
  label(context, metres >= 1000 ? metres / 1000 + " km" : metres + " m", left + 5, bottom - 5, colors.ink, colors.surface, Infinity);
}

/** The largest of 1, 2 and 5 times a power of ten that is not above the length. */
function roundLength(length) {
  const power = 10 ** Math.floor(Math.log10(length));
  return [5, 2, 1].find((step) => step * power <= length) * power;
}
