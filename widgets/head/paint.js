// @ts-check
// Needs: head/skull.js
// A part of the drawing of the head: colours, and the face as it is painted flat on the skull.

/** @typedef {number[]} Colour red, green, blue */

// Pictures: textures painted flat, then the meshes filled pixel by pixel with depth.

const painted = (/** @type {number} */ width, /** @type {number} */ height, /** @type {(context: CanvasRenderingContext2D) => void} */ brush) => {
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const context = /** @type {any} */ (canvas.getContext("2d", { willReadFrequently: true }));
  brush(context);
  return { width, height, data: new Uint32Array(context.getImageData(0, 0, width, height).data.buffer) };
};

const rgb = (/** @type {string} */ colour) => [1, 3, 5].map((from) => parseInt(colour.slice(from, from + 2), 16));
const mix = (/** @type {Colour} */ one, /** @type {Colour} */ two, /** @type {number} */ share) => one.map((/** @type {number} */ value, /** @type {number} */ index) => value + (two[index] - value) * share);
const css = (/** @type {Colour} */ colour) => `rgb(${colour.map(Math.round).join(" ")})`;

/** The colours of the drawing, out of the page's tokens. */
const palette = (/** @type {Element} */ element) => {
  const style = getComputedStyle(element);
  const token = (/** @type {string} */ name) => rgb(style.getPropertyValue(`--course-${name}`).trim());
  const [skin, ink, page, muted, line] = ["skin", "ink", "page", "muted", "muscle-line"].map(token);
  const dark = ink[0] > page[0];
  const flesh = dark ? mix(skin, [222, 178, 150], 0.62) : mix(skin, [222, 170, 140], 0.5);
  return {
    skin: flesh,
    shade: mix(flesh, line, 0.5),
    hair: dark ? mix(page, [120, 104, 92], 0.55) : mix(ink, [110, 90, 76], 0.55),
    eye: dark ? mix(flesh, [255, 255, 255], 0.55) : [250, 248, 244],
    iris: dark ? [40, 36, 34] : mix(ink, [70, 60, 50], 0.3),
    cloth: mix(token("accent-soft"), token("accent"), dark ? 0.22 : 0.3),
    muscle: token("muscle-line"),
    label: css(muted),
  };
};

const faceOf = (/** @type {any} */ colours) => painted(512, 512, (/** @type {CanvasRenderingContext2D} */ context) => {
  /** @type {(angle: number, down: number) => [number, number]} */
  const at = (angle, down) => [512 * across(angle), (512 * (down / 180 - 0.002)) / 0.996];
  const path = (/** @type {number[][]} */ points) => {
    context.beginPath();
    points.forEach((/** @type {any} */ [angle, down]) => context.lineTo(...at(angle, down)));
  };
  const fill = (/** @type {Colour} */ colour, /** @type {number[][]} */ points) => { context.fillStyle = css(colour); path(points); context.fill(); };
  const line = (/** @type {Colour} */ colour, /** @type {number} */ width, /** @type {number[][]} */ points) => {
    Object.assign(context, { strokeStyle: css(colour), lineWidth: width, lineCap: "round", lineJoin: "round" });
    path(points);
    context.stroke();
  };
  const { skin, shade, hair, eye, iris } = colours;
  context.fillStyle = css(skin);
  context.fillRect(0, 0, 512, 512);
  context.fillStyle = css(hair);
  context.beginPath();
  context.moveTo(-9, -9);
  for (let angle = -180; angle <= 180; angle += 3) {
    const [x, y] = at(angle, hairline(angle * DEGREE) / DEGREE);
    context.lineTo(x + Math.sign(angle) * (Math.abs(angle) === 180 ? 9 : 0), y);
  }
  context.lineTo(521, -9);
  context.fill();
  for (const side of [-1, 1]) {
    const mirrored = (/** @type {number[][]} */ points) => points.map((/** @type {any} */ [angle, down]) => [side * angle, down]);
    fill(mix(skin, shade, 0.5), mirrored([[8, 86], [20, 84], [33, 88], [34, 94], [20, 98], [8, 95]]));
    const lid = [[11.5, 93.5], [15, 90], [20, 88.6], [25, 89.6], [29.5, 93]];
    fill(eye, mirrored([...lid, [25, 95], [20, 95.8], [15, 95.2]]));
    context.save();
    path(mirrored([...lid, [25, 95], [20, 95.8], [15, 95.2]]));
    context.clip();
    context.beginPath();
    context.fillStyle = css(iris);
    context.ellipse(...at(side * 20.3, 91.4), 8.5, 10, 0, 0, 7);
    context.fill();
    context.restore();
    line(mix(iris, hair, 0.5), 4, mirrored(lid));
    line(mix(skin, shade, 0.9), 2, mirrored([[13, 95.2], [20, 97], [28, 95]]));
    line(mix(hair, skin, 0.12), 7, mirrored([[10, 83.5], [16, 81], [24, 80.2], [33, 83.5]]));
    line(mix(skin, shade, 1), 4, mirrored([[4, 114.5], [7, 115.2]]));
  }
  fill(mix(skin, shade, 0.62), [[-15, 123.5], [-6, 120.8], [0, 121.5], [6, 120.8], [15, 123.5], [8, 128], [0, 129], [-8, 128]]);
  line(mix(shade, iris, 0.45), 3, [[-15, 123.6], [-6, 123.4], [0, 124], [6, 123.4], [15, 123.6]]);
});
