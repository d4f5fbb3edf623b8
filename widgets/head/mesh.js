// @ts-check
// A part of the drawing of the head: meshes, and the curves that shape them.
//
// Axes of the body: x to its left, y up, z forward. Lengths are in half heights of the skull.

/** Columns and rows of points (x, y, z one after the other), where they are shown, and the light on each.
 * @typedef {{ columns: number, rows: number, points: Float32Array, shown: Float32Array, light: Float32Array }} Mesh */

const DEGREE = Math.PI / 180;

const within = (/** @type {number} */ value, /** @type {number} */ low, /** @type {number} */ high) => Math.min(high, Math.max(low, value));
const smooth = (/** @type {number} */ from, /** @type {number} */ to, /** @type {number} */ value) => {
  const part = within((value - from) / (to - from), 0, 1);
  return part * part * (3 - 2 * part);
};
const bump = (/** @type {number} */ across, /** @type {number} */ along, /** @type {number} */ wide, /** @type {number} */ high) => Math.exp(-((across / wide) ** 2) - (along / high) ** 2);

// Meshes: closed rings one below the other. A point's place on its texture is its column and row.

const grid = (/** @type {number} */ columns, /** @type {number} */ rows, /** @type {(column: number, row: number) => number[]} */ place) => {
  const points = new Float32Array(3 * columns * rows);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      points.set(place(column / columns, row / (rows - 1)), 3 * (row * columns + column));
    }
  }
  return { columns, rows, points, shown: points.slice(), light: new Float32Array(columns * rows) };
};

/** Azimuth of a column: 0 in front, finer there than behind. */
const azimuth = (/** @type {number} */ part) => {
  const from = 2 * part - 1;
  return Math.PI * (0.5 * from + 0.5 * from ** 3);
};

const across = (/** @type {number} */ angle) => {
  let [low, high] = [0, 1];
  for (let halving = 0; halving < 20; halving += 1) {
    const middle = (low + high) / 2;
    if (azimuth(middle) < angle * DEGREE) low = middle;
    else high = middle;
  }
  return low;
};
