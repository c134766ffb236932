// Where a place is on the canvas: an equirectangular projection about the middle of the poles (true to scale within a city), and the
// part of it that is in view.

const METRES_PER_DEGREE = 111320;

class MapView {
  /** places: objects with latitude and longitude, in degrees. */
  constructor(places) {
    const latitudes = places.map((place) => place.latitude);
    const longitudes = places.map((place) => place.longitude);
    this.latitude = middle(latitudes);
    this.longitude = middle(longitudes);
    this.eastPerDegree = METRES_PER_DEGREE * Math.cos((this.latitude * Math.PI) / 180);
    this.points = places.map((place) => this.toMetres(place));
    this.width = 1;
    this.height = 1;
    this.fit();
  }

  toMetres(place) {
    return { x: (place.longitude - this.longitude) * this.eastPerDegree, y: (this.latitude - place.latitude) * METRES_PER_DEGREE };
  }

  resize(width, height) {
    const isUntouched = this.isFitted;
    this.width = width;
    this.height = height;
    if (isUntouched) this.fit();
  }

  /** Shows everything. */
  fit() {
    const horizontal = extent(this.points.map((point) => point.x));
    const vertical = extent(this.points.map((point) => point.y));
    const margin = 44;
    const room = (pixels) => Math.max(40, pixels - 2 * margin);
    this.scale = Math.min(room(this.width) / Math.max(horizontal.size, 40), room(this.height) / Math.max(vertical.size, 40));
    this.fittedScale = this.scale;
    this.centre = { x: horizontal.middle, y: vertical.middle };
    this.isFitted = true;
  }

  /** Pixels on the canvas of a point in metres. */
  toPixels(point) {
    return { x: (point.x - this.centre.x) * this.scale + this.width / 2, y: (point.y - this.centre.y) * this.scale + this.height / 2 };
  }

  pan(pixelsRight, pixelsDown) {
    this.centre = { x: this.centre.x - pixelsRight / this.scale, y: this.centre.y - pixelsDown / this.scale };
    this.isFitted = false;
  }

  /** Zooms so that what is under the given pixel stays there. */
  zoom(factor, x = this.width / 2, y = this.height / 2) {
    const scale = Math.min(Math.max(this.scale * factor, this.fittedScale * 0.5), 40);
    const anchor = { x: this.centre.x + (x - this.width / 2) / this.scale, y: this.centre.y + (y - this.height / 2) / this.scale };
    this.scale = scale;
    this.centre = { x: anchor.x - (x - this.width / 2) / scale, y: anchor.y - (y - this.height / 2) / scale };
    this.isFitted = false;
  }

  /** Moves a point into view if it is not. */
  reveal(point) {
    if (this.width <= 1) return;
    const pixels = this.toPixels(point);
    const margin = 30;
    const isInView = pixels.x > margin && pixels.x < this.width - margin && pixels.y > margin && pixels.y < this.height - margin;
    if (!isInView) {
      this.centre = { ...point };
      this.isFitted = false;
    }
  }
}

function extent(values) {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return values.length ? { low, high, size: high - low, middle: (low + high) / 2 } : { low: 0, high: 0, size: 0, middle: 0 };
}

const middle = (values) => extent(values).middle;
