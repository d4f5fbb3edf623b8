// @ts-check
// Needs: head/mesh.js
// A part of the drawing of the head: skull, face and ears, as shapes.

/** What stands out of the face or lies in it: how far, where (degrees from the midline, degrees from the crown), and
 * over how many degrees across and along.
 * @type {[string, number, number, number, number, number][]} */
const FEATURES = [
  ["brows", 0.045, 22, 83, 18, 6],
  ["sockets", -0.075, 20, 92, 11, 6.5],
  ["eyes", 0.03, 20, 92.5, 7, 4],
  ["cheekbones", 0.05, 42, 103, 16, 12],
  ["cheeks", -0.03, 40, 122, 14, 10],
  ["mouth", 0.035, 0, 122, 17, 9],
  ["lips' meeting", -0.03, 0, 123.5, 15, 1.8],
  ["chin", 0.06, 0, 147, 22, 12],
  ["fold above the chin", -0.03, 0, 133.5, 20, 4],
  ["angle of the jaw", 0.05, 68, 128, 14, 12],
  ["temples", -0.05, 62, 78, 16, 18],
];

/** How low the hair comes at an azimuth, as an angle from the crown. */
const hairline = (/** @type {number} */ angle) => {
  const at = Math.abs(angle) / DEGREE;
  return (47 + 14 * smooth(22, 48, at) + 42 * smooth(52, 70, at) - 12 * smooth(82, 90, at) + 36 * smooth(100, 140, at)) * DEGREE;
};

const skull = grid(64, 58, (/** @type {number} */ column, /** @type {number} */ row) => {
  const angle = azimuth(column);
  const down = Math.PI * (0.002 + 0.996 * row);
  const side = Math.abs(angle) / DEGREE;
  const low = down / DEGREE;
  const round = Math.sin(down) ** (1 - 0.16 * smooth(0, 0.5, Math.cos(down)));
  let [x, y, z] = [round * Math.sin(angle), Math.cos(down), round * Math.cos(angle)];
  const jaw = smooth(0.1, -0.95, y);
  const front = smooth(-0.25, 0.7, z);
  x *= 0.78 - 0.2 * jaw + 0.03 * bump(low - 70, 0, 30, 1);
  z = z > 0 ? z * 0.86 : z * (1.02 - 0.35 * jaw);
  y *= 1.11;
  // Below, the chin comes forward and the underside of the jaw rises to the ears.
  z += 0.34 * jaw * jaw;
  y += 0.42 * smooth(-0.45, -1, Math.cos(down)) * (1 - smooth(0.2, 0.62, z));
  const out = 0.035 * smooth(4, -5, low - hairline(angle) / DEGREE)
    + FEATURES.reduce((total, [, far, aside, down, wide, high]) => total + far * bump(side - aside, low - down, wide, high), 0);
  const ridge = smooth(84, 109, low) * (1 - smooth(109.5, 116, low));
  const nose = (0.22 * ridge + 0.05) * bump(side, 0, 7 + 2.5 * ridge, 1) * smooth(80, 90, low) * (1 - smooth(110, 116.5, low))
    + 0.06 * bump(side - 8, low - 110, 4.5, 4);
  const length = Math.hypot(x, y, z);
  const grown = 1 + (out * (0.35 + 0.65 * front)) / length;
  return [x * grown, y * grown - 0.25 * nose, z * grown + nose];
});

const ear = (/** @type {number} */ side) => grid(16, 14, (/** @type {number} */ column, /** @type {number} */ row) => {
  const angle = 2 * Math.PI * column * side;
  const down = Math.PI * row;
  const reach = Math.sin(down) ** 0.7;
  let [tall, deep] = [reach * Math.cos(angle) * 0.26, reach * Math.sin(angle) * 0.15];
  deep *= 1 + 1.1 * Math.min(0, tall); // the lobe is narrower
  // A shell: the rim stands out, the middle is hollow, the back edge farther from the skull.
  const out = Math.cos(down) * 0.05 - (row < 0.5 ? 0.06 * (1 - reach) : 0) - 0.55 * deep;
  return [side * (0.775 + out + 0.06 * (tall + 0.26)), tall - 0.08, deep * 1.1 + 0.12 * tall - 0.13];
});
const ears = [ear(1), ear(-1)];
