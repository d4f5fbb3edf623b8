// @ts-check
// Needs: head/pose.js
// A part of the drawing of the head: meshes filled pixel by pixel, with depth and light.

const WIDE = 5; // what the picture shows, in units of the body
const TOP = 1.62;

const LIGHT = [-0.42, 0.58, 0.7];

/** The picture of a pose from an azimuth in degrees (0 front, 90 the person's right side), `size` pixels square. */
const drawPerson = (/** @type {CanvasRenderingContext2D} */ context, /** @type {number} */ size, /** @type {Pose} */ pose, /** @type {number} */ view, /** @type {any} */ textures) => {
  const frames = bendSpine(pose);
  placeBody(pose, frames);
  const picture = context.createImageData(size, size);
  const pixels = new Uint32Array(picture.data.buffer);
  const depths = new Float32Array(size * size).fill(-9);
  const [sine, cosine] = [Math.sin(view * DEGREE), Math.cos(view * DEGREE)];
  const scale = size / WIDE;

  const fill = (/** @type {any} */ { columns, rows, points, shown, light }, /** @type {any} */ texture, /** @type {any} */ dim) => {
    for (let at = 0; at < shown.length; at += 3) {
      const x = shown[at];
      const z = shown[at + 2];
      shown[at] = (x * cosine + z * sine + WIDE / 2) * scale;
      shown[at + 1] = (TOP - shown[at + 1]) * scale;
      shown[at + 2] = (z * cosine - x * sine) * scale;
    }
    for (let at = 0; at < light.length; at += 1) {
      const column = at % columns;
      const right = 3 * (column + 1 === columns ? at - column : at + 1);
      const left = 3 * (column === 0 ? at + columns - 1 : at - 1);
      const down = 3 * (at + columns < light.length ? at + columns : at);
      const up = 3 * (at < columns ? at : at - columns);
      const ax = shown[right] - shown[left];
      const ay = shown[left + 1] - shown[right + 1];
      const az = shown[right + 2] - shown[left + 2];
      const bx = shown[down] - shown[up];
      const by = shown[up + 1] - shown[down + 1];
      const bz = shown[down + 2] - shown[up + 2];
      const nx = by * az - bz * ay;
      const ny = bz * ax - bx * az;
      const nz = bx * ay - by * ax;
      const facing = (nx * LIGHT[0] + ny * LIGHT[1] + nz * LIGHT[2]) / (Math.sqrt(nx * nx + ny * ny + nz * nz) || 1);
      light[at] = (0.7 + 0.34 * Math.max(-0.8, facing)) * (dim ? dim(points[3 * at], points[3 * at + 1], points[3 * at + 2]) : 1);
    }
    const { data, width, height } = texture;
    // A triangle: its three points, and for each the column and row on the texture.
    const triangle = (/** @type {number} */ a, /** @type {number} */ b, /** @type {number} */ c, /** @type {number} */ ua, /** @type {number} */ va, /** @type {number} */ ub, /** @type {number} */ vb, /** @type {number} */ uc, /** @type {number} */ vc) => {
      const ax = shown[3 * a];
      const ay = shown[3 * a + 1];
      const bx = shown[3 * b];
      const by = shown[3 * b + 1];
      const cx = shown[3 * c];
      const cy = shown[3 * c + 1];
      const area = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
      if (area >= 0) return; // seen from behind
      const left = Math.max(0, Math.ceil(Math.min(ax, bx, cx) - 0.01));
      const right = Math.min(size - 1, Math.max(ax, bx, cx) + 0.01);
      const bottom = Math.min(size - 1, Math.max(ay, by, cy) + 0.01);
      for (let y = Math.max(0, Math.ceil(Math.min(ay, by, cy) - 0.01)); y <= bottom; y += 1) {
        for (let x = left; x <= right; x += 1) {
          const wa = ((bx - x) * (cy - y) - (by - y) * (cx - x)) / area;
          const wb = ((cx - x) * (ay - y) - (cy - y) * (ax - x)) / area;
          const wc = 1 - wa - wb;
          if (wa < -0.001 || wb < -0.001 || wc < -0.001) continue;
          const depth = wa * shown[3 * a + 2] + wb * shown[3 * b + 2] + wc * shown[3 * c + 2];
          const place = y * size + x;
          if (depth <= depths[place]) continue;
          depths[place] = depth;
          const bright = wa * light[a] + wb * light[b] + wc * light[c];
          const colour = data[((wa * va + wb * vb + wc * vc) * (height - 1) | 0) * width + ((wa * ua + wb * ub + wc * uc) * (width - 1) | 0)];
          const red = Math.min(255, (colour & 255) * bright);
          const green = Math.min(255, ((colour >> 8) & 255) * bright * (0.93 + 0.07 * bright));
          const blue = Math.min(255, ((colour >> 16) & 255) * bright * (0.87 + 0.13 * bright));
          pixels[place] = 0xff000000 | (blue << 16) | (green << 8) | red;
        }
      }
    };
    for (let row = 0; row + 1 < rows; row += 1) {
      const v = row / (rows - 1);
      const below = (row + 1) / (rows - 1);
      for (let column = 0; column < columns; column += 1) {
        const u = column / columns;
        const next = (column + 1) / columns;
        const a = row * columns + column;
        const b = row * columns + ((column + 1) % columns);
        triangle(a, a + columns, b, u, v, u, below, next, v);
        triangle(b, a + columns, b + columns, next, v, u, below, next, below);
      }
    }
  };

  fill(body, textures.surface, (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ z) => 1 - 0.3 * smooth(-1.5, -0.75, y) * smooth(-0.5, 0.2, z) - 0.12 * smooth(-1.3, -0.8, y));
  for (const mesh of [skull, ...ears]) {
    placeOnSkull(mesh, frames[STEPS]);
    fill(mesh, mesh === skull ? textures.face : textures.plain, mesh === skull ? null : (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ z) => 1 - 0.25 * bump(y + 0.05, z + 0.06, 0.13, 0.09));
  }
  context.putImageData(picture, 0, 0);
};
