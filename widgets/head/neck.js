// @ts-check
// Needs: head/mesh.js
// A part of the drawing of the head: neck and trunk, as shapes.

const PIVOT = [0, -0.5, -0.2]; // skull on C2
const ROOT = -1.62; // neck on trunk
const ROOT_BACK = -0.42;

// Neck and trunk: rings given by height, half width, half depth and middle.
const RINGS = [
  [-0.1, 0.4, 0.38, -0.22], [-0.45, 0.46, 0.44, -0.22], [-0.8, 0.47, 0.47, -0.24], [-1.15, 0.5, 0.5, -0.3], [-1.42, 0.58, 0.54, -0.36],
  [-1.58, 0.76, 0.58, -0.4], [-1.7, 1.02, 0.6, -0.42], [-1.84, 1.38, 0.62, -0.42], [-2, 1.68, 0.64, -0.4],
  [-2.2, 1.89, 0.68, -0.36], [-2.5, 2.02, 0.76, -0.3], [-2.9, 2.06, 0.82, -0.25], [-3.6, 2, 0.86, -0.22],
];
const ringAt = (/** @type {number} */ part) => {
  const at = within(part, 0, 0.9999) * (RINGS.length - 1);
  const [one, next, share] = [RINGS[Math.floor(at)], RINGS[Math.floor(at) + 1], smooth(0, 1, at % 1) * 0.3 + (at % 1) * 0.7];
  return one.map((value, index) => value + (next[index] - value) * share);
};
const alongNeck = (/** @type {number} */ y) => within((y - ROOT) / (PIVOT[1] - ROOT), 0, 1);

const bodyAt = (/** @type {number} */ column, /** @type {number} */ row) => {
  const angle = azimuth(column);
  const [y, wide, deep, middle] = ringAt(row);
  const high = alongNeck(y);
  const side = Math.abs(angle) / DEGREE;
  const round = (/** @type {number} */ value, /** @type {any} */ power) => Math.sign(value) * Math.abs(value) ** power;
  const broad = smooth(0.6, 1.6, wide);
  let x = wide * round(Math.sin(angle), 1 - 0.25 * broad);
  let z = middle + deep * round(Math.cos(angle), 1 - 0.1 * broad);
  const neck = smooth(-1.75, -1.5, y);
  const sternomastoid = (0.075 - 0.045 * high) * bump(side - 13 - 92 * high, 0, 9 + 5 * high, 1);
  const notch = 0.06 * bump(side, y + 1.64, 8, 0.1);
  const larynx = 0.075 * bump(side, y + 1.04, 8, 0.14);
  const windpipe = 0.03 * bump(side, 0, 14, 1);
  const trapezius = 0.05 * bump(side - 150, 0, 22, 1) * (1 - high);
  const collarBones = 0.05 * bump(z > 0 ? y + 1.72 + 0.1 * Math.abs(x) : 9, Math.abs(x) - 0.85, 0.07, 0.8);
  const out = neck * (sternomastoid - notch + larynx + windpipe + trapezius) + collarBones;
  x += out * Math.sin(angle);
  z += out * Math.cos(angle);
  return [x, y, z];
};
const body = grid(56, 46, bodyAt);
