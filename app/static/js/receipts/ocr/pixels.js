/** Pictures as the models take them: a part of a picture at another size, channels apart, blue first. Pure. */

/** @typedef {{width: number, height: number, data: Uint8ClampedArray}} Picture rows of red, green, blue, alpha */
/** @typedef {{left: number, top: number, width: number, height: number}} Part */
/** @typedef {{first: Int32Array, count: Int32Array, weights: Float32Array, most: number}} Taps */

/** What the detector was trained with, for blue, green, red. */
const MEAN = [0.485, 0.456, 0.406];
const SPREAD = [0.229, 0.224, 0.225];
const CUBIC = -0.75;

/**
 * A part of a picture at another size, as the detector takes it.
 * @param {Picture} picture
 * @param {Part} part
 * @param {number} width
 * @param {number} height
 * @returns {Float32Array} three planes: blue, green, red
 */
export function detectorInput(picture, part, width, height) {
  const across = tapsOf(part.width, width);
  const down = tapsOf(part.height, height);
  const planes = new Float32Array(3 * width * height);
  const sums = new Float32Array(3 * width);
  const rows = new RowStore(picture, part, across, width, down.most);
  for (let y = 0; y < height; y++) {
    sums.fill(0);
    for (let tap = 0; tap < at(down.count, y); tap++) {
      const row = rows.get(inside(at(down.first, y) + tap, part.height));
      addScaled(sums, row, at(down.weights, y * down.most + tap));
    }
    writeRow(planes, sums, y, width, height);
  }
  return planes;
}

/** Rows of a part already at the new width; the last few are kept, because neighbours share them. */
class RowStore {
  #picture;
  #part;
  #taps;
  #rows;
  #known;

  /**
   * @param {Picture} picture
   * @param {Part} part
   * @param {Taps} taps
   * @param {number} width
   * @param {number} many
   */
  constructor(picture, part, taps, width, many) {
    this.#picture = picture;
    this.#part = part;
    this.#taps = taps;
    this.#rows = Array.from({ length: many + 1 }, () => new Float32Array(3 * width));
    this.#known = new Int32Array(many + 1).fill(-1);
  }

  /** @param {number} y  in the part */
  get(y) {
    const place = y % this.#rows.length;
    const row = /** @type {Float32Array} */ (this.#rows[place]);
    if (this.#known[place] !== y) {
      this.#known[place] = y;
      narrow(row, this.#picture, this.#part, y, this.#taps);
    }
    return row;
  }
}

/**
 * One row of a part at the new width.
 * @param {Float32Array} row
 * @param {Picture} picture
 * @param {Part} part
 * @param {number} y
 * @param {Taps} taps
 */
function narrow(row, { data, width }, part, y, { first, count, weights, most }) {
  const start = (part.top + y) * width + part.left;
  for (let x = 0; x < first.length; x++) {
    let red = 0;
    let green = 0;
    let blue = 0;
    const taps = count[x] ?? 0;
    const begin = first[x] ?? 0;
    for (let tap = 0; tap < taps; tap++) {
      const from = 4 * (start + inside(begin + tap, part.width));
      const weight = weights[x * most + tap] ?? 0;
      red += weight * (data[from] ?? 0);
      green += weight * (data[from + 1] ?? 0);
      blue += weight * (data[from + 2] ?? 0);
    }
    row[3 * x] = blue;
    row[3 * x + 1] = green;
    row[3 * x + 2] = red;
  }
}

/**
 * @param {Float32Array} sums
 * @param {Float32Array} row
 * @param {number} weight
 */
function addScaled(sums, row, weight) {
  for (let x = 0; x < sums.length; x++) sums[x] = (sums[x] ?? 0) + weight * (row[x] ?? 0);
}

/**
 * @param {Float32Array} planes
 * @param {Float32Array} sums
 * @param {number} y
 * @param {number} width
 * @param {number} height
 */
function writeRow(planes, sums, y, width, height) {
  for (let channel = 0; channel < 3; channel++) {
    const start = channel * width * height + y * width;
    const mean = MEAN[channel] ?? 0;
    const scale = 1 / (SPREAD[channel] ?? 1);
    for (let x = 0; x < width; x++) planes[start + x] = (whole(sums[3 * x + channel] ?? 0) / 255 - mean) * scale;
  }
}

/**
 * Which old places make each new one, and with what weight: means of areas to shrink, cubic curves to enlarge.
 * @param {number} from
 * @param {number} to
 * @returns {Taps}
 */
export function tapsOf(from, to) {
  const scale = from / to;
  const most = scale > 1 ? Math.ceil(scale) + 1 : 4;
  const taps = { first: new Int32Array(to), count: new Int32Array(to), weights: new Float32Array(to * most), most };
  for (let place = 0; place < to; place++) {
    const { first, weights } = scale > 1 ? areaTaps(place * scale, scale, from) : cubicTaps((place + 0.5) * scale - 0.5);
    taps.first[place] = first;
    taps.count[place] = weights.length;
    taps.weights.set(weights, place * most);
  }
  return taps;
}

/**
 * @param {number} start
 * @param {number} scale
 * @param {number} from
 */
function areaTaps(start, scale, from) {
  const end = Math.min(from, start + scale);
  const first = Math.floor(start + 1e-6);
  const weights = [];
  for (let x = first; x < end - 1e-6; x++) weights.push((Math.min(x + 1, end) - Math.max(x, start)) / (end - start));
  return { first, weights };
}

/** @param {number} centre */
function cubicTaps(centre) {
  const first = Math.floor(centre) - 1;
  return { first, weights: cubic(centre - first - 1) };
}

/**
 * The weights of four neighbours, for a place between the second and the third of them.
 * @param {number} t  0 to 1
 * @returns {[number, number, number, number]}
 */
export function cubic(t) {
  const far = (/** @type {number} */ x) => ((CUBIC * x - 5 * CUBIC) * x + 8 * CUBIC) * x - 4 * CUBIC;
  const near = (/** @type {number} */ x) => ((CUBIC + 2) * x - (CUBIC + 3)) * x * x + 1;
  const [one, two, three] = [far(t + 1), near(t), near(1 - t)];
  return [one, two, three, 1 - one - two - three];
}

/** @param {number} value  as a byte */
export function whole(value) {
  return value <= 0 ? 0 : value >= 255 ? 255 : Math.floor(value + 0.5);
}

/**
 * @param {number} place
 * @param {number} many
 */
function inside(place, many) {
  return place < 0 ? 0 : place < many ? place : many - 1;
}

/**
 * @param {Float32Array | Int32Array} list
 * @param {number} place
 */
function at(list, place) {
  return list[place] ?? 0;
}
