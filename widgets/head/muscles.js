// @ts-check
// Needs: head/paint.js
// Needs: head/neck.js
// A part of the drawing of the head: the neck's skin and cloth, and the courses of its superficial muscles.

// Superficial courses on the neck: azimuth and height (0 at the trunk, 1 at the skull), and width. Schematic.
/** @type {Record<string, any[]>} */
const COURSES = {
  scm: [[107, 1.02], [60, 0.5], [13, 0.02], 15],
  trapezius: [[165, 0.95], [150, 0.4], [125, -0.1], 17],
  splenius: [[122, 1], [146, 0.55], [172, 0], 14],
  semispinalis: [[160, 1], [162, 0.4], [160, -0.1], 13],
  levator: [[112, 0.72], [118, 0.35], [132, -0.05], 11],
  scalenes: [[78, 0.6], [76, 0.3], [80, -0.02], 13],
  longissimus: [[118, 0.9], [134, 0.4], [142, -0.1], 9],
  short: [[135, 1], [150, 0.9], [168, 0.78], 12],
  longus: [[24, 0.85], [16, 0.5], [15, 0.08], 9],
};

const skinOf = (/** @type {any} */ colours, /** @type {string[]} */ marks) => painted(256, 512, (/** @type {CanvasRenderingContext2D} */ context) => {
  const rowOf = (/** @type {number} */ height) => {
    let [low, high] = [0, 1];
    const y = ROOT + height * (PIVOT[1] - ROOT);
    for (let halving = 0; halving < 20; halving += 1) {
      const middle = (low + high) / 2;
      if (ringAt(middle)[0] > y) low = middle;
      else high = middle;
    }
    return 512 * low;
  };
  context.fillStyle = css(colours.skin);
  context.fillRect(0, 0, 256, 512);
  context.fillStyle = css(colours.cloth);
  context.beginPath();
  for (let angle = -180; angle <= 180; angle += 4) {
    const side = Math.abs(angle);
    context.lineTo(256 * across(angle), rowOf(-0.62 + 0.34 * smooth(20, 75, side) + 0.1 * smooth(110, 170, side)));
  }
  context.lineTo(256, 512);
  context.lineTo(0, 512);
  context.fill();
  Object.assign(context, { lineCap: "round", globalAlpha: 0.45, strokeStyle: css(colours.muscle) });
  for (const mark of marks) {
    const [side, name] = mark.split(" ");
    /** @type {any[]} */
    const [from, by, to, width] = COURSES[name].map((/** @type {number} */ place) =>
      Array.isArray(place) ? [256 * across((side === "right" ? -1 : 1) * place[0]), rowOf(place[1])] : place);
    context.beginPath();
    context.moveTo(from[0], from[1]);
    context.quadraticCurveTo(by[0], by[1], to[0], to[1]);
    // Two strokes, so that the edge is soft.
    for (const part of [0.62, 0.4]) {
      context.lineWidth = width * part;
      context.stroke();
    }
  }
});
