// @ts-check
// Needs: head/skull.js
// Needs: head/neck.js
// A part of the drawing of the head: postures. A pose holds degrees, right and forward positive: headTurn, neckTurn,
// headTilt, neckTilt, headBend, neckBend, and rightShoulder, leftShoulder (0 to 1). Head: between skull and C2.
// Neck: between C2 and the trunk, spread over its length.

/** @typedef {Record<string, number>} Pose */
/** @typedef {{ centre: number[], turned: number[] }} Frame a piece of the neck: its place and its rotation */

const STEPS = 12; // pieces of the neck
/** @type {Pose} */
const REST = { headTurn: 0, neckTurn: 0, headTilt: 0, neckTilt: 0, headBend: 0, neckBend: 0, rightShoulder: 0, leftShoulder: 0 };

/** The pose that settings make: degrees in each plane and where, shifts, and shoulders in percent. */
const poseOf = (/** @type {any} */ set) => {
  /** @type {Pose} */
  const pose = { ...REST, rightShoulder: set.right / 100, leftShoulder: set.left / 100 };
  for (const [plane, key, shift] of [["turn", "Turn"], ["tilt", "Tilt", "lateral"], ["bend", "Bend", "sagittal"]]) {
    const at = set[plane + "At"];
    const onSkull = at === "neck" ? 0 : set[plane] / (at === "both" ? 2 : 1);
    const displaced = set[shift] ?? 0;
    pose["head" + key] = onSkull - displaced;
    pose["neck" + key] = set[plane] - onSkull + displaced;
  }
  return pose;
};

/** Turn first, then bend, then tilt, about axes of the part below: the order in which angles are read off. */
const rotation = (/** @type {number} */ turn, /** @type {number} */ tilt, /** @type {number} */ bend) => {
  const [a, b, c] = [-turn * DEGREE, bend * DEGREE, tilt * DEGREE];
  const [sa, ca, sb, cb, sc, cc] = [Math.sin(a), Math.cos(a), Math.sin(b), Math.cos(b), Math.sin(c), Math.cos(c)];
  return [
    cc * ca - sc * sb * sa, -sc * cb, cc * sa + sc * sb * ca,
    sc * ca + cc * sb * sa, cc * cb, sc * sa - cc * sb * ca,
    -cb * sa, sb, cb * ca,
  ];
};
const turned = (/** @type {number[]} */ m, /** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ z) => [m[0] * x + m[1] * y + m[2] * z, m[3] * x + m[4] * y + m[5] * z, m[6] * x + m[7] * y + m[8] * z];
const product = (/** @type {number[]} */ m, /** @type {number[]} */ n) => {
  const columns = [0, 1, 2].map((column) => turned(m, n[column], n[3 + column], n[6 + column]));
  return [0, 1, 2].flatMap((row) => columns.map((column) => column[row]));
};

const bendSpine = (/** @type {Pose} */ pose) => {
  const frames = [];
  let centre = [0, ROOT, ROOT_BACK];
  const [rise, run] = [(PIVOT[1] - ROOT) / STEPS, (PIVOT[2] - ROOT_BACK) / STEPS];
  for (let step = 0; step <= STEPS; step += 1) {
    const part = step / STEPS;
    const lean = 1 - (1 - part) ** 2;
    const neck = rotation(pose.neckTurn * part, pose.neckTilt * lean, pose.neckBend * lean);
    if (step) centre = turned(neck, 0, rise, run).map((value, index) => value + centre[index]);
    const share = smooth(0.5, 1, part);
    const skullOn = rotation(pose.headTurn * share, pose.headTilt * share, pose.headBend * share);
    frames.push({ centre, turned: product(neck, skullOn) });
  }
  return frames;
};

/** Moves a point into a frame of the spine, or the share of it that lies between two. */
const moveInto = (/** @type {Float32Array} */ shown, /** @type {number} */ at, /** @type {any} */ { centre, turned: m }, /** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ z, /** @type {number} */ share) => {
  shown[at] += share * (m[0] * x + m[1] * y + m[2] * z + centre[0]);
  shown[at + 1] += share * (m[3] * x + m[4] * y + m[5] * z + centre[1]);
  shown[at + 2] += share * (m[6] * x + m[7] * y + m[8] * z + centre[2]);
};

const placeBody = (/** @type {Pose} */ pose, /** @type {Frame[]} */ frames) => {
  const { points, shown } = body;
  shown.fill(0);
  for (let at = 0; at < points.length; at += 3) {
    const x = points[at];
    const y = points[at + 1];
    const z = points[at + 2];
    const part = (y - ROOT) / (PIVOT[1] - ROOT);
    if (part > 0) {
      const next = Math.min(STEPS - 1e-6, part * STEPS);
      const first = Math.floor(next);
      const height = y - ROOT - (next / STEPS) * (PIVOT[1] - ROOT);
      const depth = z - ROOT_BACK - (next / STEPS) * (PIVOT[2] - ROOT_BACK);
      moveInto(shown, at, frames[first], x, height, depth, first + 1 - next);
      moveInto(shown, at, frames[first + 1], x, height, depth, next - first);
    } else shown.set([x, y, z], at);
    const raised = x < 0 ? pose.rightShoulder : pose.leftShoulder;
    if (raised && part < 0.35) shown[at + 1] += 0.6 * raised * smooth(0.4, 1.8, Math.abs(x)) * (1 - smooth(-0.1, 0.35, part)) * smooth(-3.7, -2.4, y);
  }
};

const placeOnSkull = (/** @type {any} */ { points, shown }, /** @type {Frame} */ frame) => {
  shown.fill(0);
  for (let at = 0; at < points.length; at += 3) moveInto(shown, at, frame, points[at] - PIVOT[0], points[at + 1] - PIVOT[1], points[at + 2] - PIVOT[2], 1);
};
