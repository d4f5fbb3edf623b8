// The drawing that widgets share: a head, neck and shoulders of our own small meshes, shaded, seen from any side.
// A part and no front end: it stands before each front end that asks for it (see widgets/front_end.py).
//
// Axes of the body: x to its left, y up, z forward. A pose holds degrees, right and forward positive:
//   headTurn, neckTurn, headTilt, neckTilt, headBend, neckBend, and rightShoulder, leftShoulder (0 to 1).
// Head: between skull and C2. Neck: between C2 and the trunk, spread over its length.
const head = (() => {
  const DEGREE = Math.PI / 180;
  const PIVOT = [0, -0.5, -0.2]; // skull on C2
  const ROOT = -1.62; // neck on trunk
  const ROOT_BACK = -0.42;
  const STEPS = 12; // pieces of the neck
  const STILL = 560;
  const MOVING = 320;
  const WIDE = 5; // what the picture shows, in units of the body
  const TOP = 1.62;

  const within = (value, low, high) => Math.min(high, Math.max(low, value));
  const smooth = (from, to, value) => {
    const part = within((value - from) / (to - from), 0, 1);
    return part * part * (3 - 2 * part);
  };
  const bump = (across, along, wide, high) => Math.exp(-((across / wide) ** 2) - (along / high) ** 2);

  // Meshes: closed rings one below the other. A point's place on its texture is its column and row.

  const grid = (columns, rows, place) => {
    const points = new Float32Array(3 * columns * rows);
    for (let row = 0; row < rows; row += 1) {
      for (let column = 0; column < columns; column += 1) {
        points.set(place(column / columns, row / (rows - 1)), 3 * (row * columns + column));
      }
    }
    return { columns, rows, points, shown: points.slice(), light: new Float32Array(columns * rows) };
  };

  /** Azimuth of a column: 0 in front, finer there than behind. */
  const azimuth = (part) => {
    const from = 2 * part - 1;
    return Math.PI * (0.5 * from + 0.5 * from ** 3);
  };
  /** How low the hair comes at an azimuth, as an angle from the crown. */
  const hairline = (angle) => {
    const at = Math.abs(angle) / DEGREE;
    return (47 + 14 * smooth(22, 48, at) + 42 * smooth(52, 70, at) - 12 * smooth(82, 90, at) + 36 * smooth(100, 140, at)) * DEGREE;
  };

  const skull = grid(64, 58, (column, row) => {
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
      + 0.045 * bump(side - 22, low - 83, 18, 6) // brows
      - 0.075 * bump(side - 20, low - 92, 11, 6.5) // sockets
      + 0.03 * bump(side - 20, low - 92.5, 7, 4) // eyes
      + 0.05 * bump(side - 42, low - 103, 16, 12) // cheekbones
      - 0.03 * bump(side - 40, low - 122, 14, 10)
      + 0.035 * bump(side, low - 122, 17, 9) // mouth
      - 0.03 * bump(side, low - 123.5, 15, 1.8)
      + 0.06 * bump(side, low - 147, 22, 12) // chin
      - 0.03 * bump(side, low - 133.5, 20, 4)
      + 0.05 * bump(side - 68, low - 128, 14, 12) // angle of the jaw
      - 0.05 * bump(side - 62, low - 78, 16, 18); // temples
    const ridge = smooth(84, 109, low) * (1 - smooth(109.5, 116, low));
    const nose = (0.22 * ridge + 0.05) * bump(side, 0, 7 + 2.5 * ridge, 1) * smooth(80, 90, low) * (1 - smooth(110, 116.5, low))
      + 0.06 * bump(side - 8, low - 110, 4.5, 4);
    const length = Math.hypot(x, y, z);
    const grown = 1 + (out * (0.35 + 0.65 * front)) / length;
    return [x * grown, y * grown - 0.25 * nose, z * grown + nose];
  });

  const ear = (side) => grid(16, 14, (column, row) => {
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

  // Neck and trunk: rings given by height, half width, half depth and middle.
  const RINGS = [
    [-0.1, 0.4, 0.38, -0.22], [-0.45, 0.46, 0.44, -0.22], [-0.8, 0.47, 0.47, -0.24], [-1.15, 0.5, 0.5, -0.3], [-1.42, 0.58, 0.54, -0.36],
    [-1.58, 0.76, 0.58, -0.4], [-1.7, 1.02, 0.6, -0.42], [-1.84, 1.38, 0.62, -0.42], [-2, 1.68, 0.64, -0.4],
    [-2.2, 1.89, 0.68, -0.36], [-2.5, 2.02, 0.76, -0.3], [-2.9, 2.06, 0.82, -0.25], [-3.6, 2, 0.86, -0.22],
  ];
  const ringAt = (part) => {
    const at = within(part, 0, 0.9999) * (RINGS.length - 1);
    const [one, next, share] = [RINGS[Math.floor(at)], RINGS[Math.floor(at) + 1], smooth(0, 1, at % 1) * 0.3 + (at % 1) * 0.7];
    return one.map((value, index) => value + (next[index] - value) * share);
  };
  const alongNeck = (y) => within((y - ROOT) / (PIVOT[1] - ROOT), 0, 1);

  const bodyAt = (column, row) => {
    const angle = azimuth(column);
    const [y, wide, deep, middle] = ringAt(row);
    const high = alongNeck(y);
    const side = Math.abs(angle) / DEGREE;
    const round = (value, power) => Math.sign(value) * Math.abs(value) ** power;
    const broad = smooth(0.6, 1.6, wide);
    let x = wide * round(Math.sin(angle), 1 - 0.25 * broad);
    let z = middle + deep * round(Math.cos(angle), 1 - 0.1 * broad);
    const neck = smooth(-1.75, -1.5, y);
    const cord = 0.075 - 0.045 * high;
    const out = neck * (cord * bump(side - 13 - 92 * high, 0, 9 + 5 * high, 1)
      - 0.06 * bump(side, y + 1.64, 8, 0.1) // above the breastbone
      + 0.075 * bump(side, y + 1.04, 8, 0.14) // larynx
      + 0.03 * bump(side, 0, 14, 1)
      + 0.05 * bump(side - 150, 0, 22, 1) * (1 - high))
      + 0.05 * bump(z > 0 ? y + 1.72 + 0.1 * Math.abs(x) : 9, Math.abs(x) - 0.85, 0.07, 0.8); // collar bones
    x += out * Math.sin(angle);
    z += out * Math.cos(angle);
    return [x, y, z];
  };
  const body = grid(56, 46, bodyAt);

  // Postures.

  /** Turn first, then bend, then tilt, about axes of the part below: the order in which angles are read off. */
  const rotation = (turn, tilt, bend) => {
    const [a, b, c] = [-turn * DEGREE, bend * DEGREE, tilt * DEGREE];
    const [sa, ca, sb, cb, sc, cc] = [Math.sin(a), Math.cos(a), Math.sin(b), Math.cos(b), Math.sin(c), Math.cos(c)];
    return [
      cc * ca - sc * sb * sa, -sc * cb, cc * sa + sc * sb * ca,
      sc * ca + cc * sb * sa, cc * cb, sc * sa - cc * sb * ca,
      -cb * sa, sb, cb * ca,
    ];
  };
  const apply = (m, x, y, z) => [m[0] * x + m[1] * y + m[2] * z, m[3] * x + m[4] * y + m[5] * z, m[6] * x + m[7] * y + m[8] * z];
  const times = (m, n) => {
    const columns = [0, 1, 2].map((column) => apply(m, n[column], n[3 + column], n[6 + column]));
    return [0, 1, 2].flatMap((row) => columns.map((column) => column[row]));
  };

  const bendSpine = (pose) => {
    const frames = [];
    let centre = [0, ROOT, ROOT_BACK];
    const [rise, run] = [(PIVOT[1] - ROOT) / STEPS, (PIVOT[2] - ROOT_BACK) / STEPS];
    for (let step = 0; step <= STEPS; step += 1) {
      const part = step / STEPS;
      const lean = 1 - (1 - part) ** 2;
      const neck = rotation(pose.neckTurn * part, pose.neckTilt * lean, pose.neckBend * lean);
      if (step) centre = apply(neck, 0, rise, run).map((value, index) => value + centre[index]);
      const share = smooth(0.5, 1, part);
      const skullOn = rotation(pose.headTurn * share, pose.headTilt * share, pose.headBend * share);
      frames.push({ centre, turned: times(neck, skullOn) });
    }
    return frames;
  };

  /** Moves a point into a frame of the spine, or the share of it that lies between two. */
  const move = (shown, at, { centre, turned: m }, x, y, z, share) => {
    shown[at] += share * (m[0] * x + m[1] * y + m[2] * z + centre[0]);
    shown[at + 1] += share * (m[3] * x + m[4] * y + m[5] * z + centre[1]);
    shown[at + 2] += share * (m[6] * x + m[7] * y + m[8] * z + centre[2]);
  };

  const placeBody = (pose, frames) => {
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
        move(shown, at, frames[first], x, height, depth, first + 1 - next);
        move(shown, at, frames[first + 1], x, height, depth, next - first);
      } else shown.set([x, y, z], at);
      const raised = x < 0 ? pose.rightShoulder : pose.leftShoulder;
      if (raised && part < 0.35) shown[at + 1] += 0.6 * raised * smooth(0.4, 1.8, Math.abs(x)) * (1 - smooth(-0.1, 0.35, part)) * smooth(-3.7, -2.4, y);
    }
  };

  const placeOnSkull = ({ points, shown }, frame) => {
    shown.fill(0);
    for (let at = 0; at < points.length; at += 3) move(shown, at, frame, points[at] - PIVOT[0], points[at + 1] - PIVOT[1], points[at + 2] - PIVOT[2], 1);
  };

  // Pictures: textures painted flat, then the meshes filled pixel by pixel with depth.

  const paint = (width, height, brush) => {
    const canvas = Object.assign(document.createElement("canvas"), { width, height });
    const context = canvas.getContext("2d", { willReadFrequently: true });
    brush(context);
    return { width, height, data: new Uint32Array(context.getImageData(0, 0, width, height).data.buffer) };
  };

  const parse = (colour) => [1, 3, 5].map((from) => parseInt(colour.slice(from, from + 2), 16));
  const mix = (one, two, share) => one.map((value, index) => value + (two[index] - value) * share);
  const css = (colour) => `rgb(${colour.map(Math.round).join(" ")})`;

  /** The colours of the drawing, out of the page's tokens. */
  const palette = (element) => {
    const style = getComputedStyle(element);
    const token = (name) => parse(style.getPropertyValue(`--course-${name}`).trim());
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

  const across = (angle) => {
    let [low, high] = [0, 1];
    for (let halving = 0; halving < 20; halving += 1) {
      const middle = (low + high) / 2;
      if (azimuth(middle) < angle * DEGREE) low = middle;
      else high = middle;
    }
    return low;
  };

  const face = (colours) => paint(512, 512, (context) => {
    const at = (angle, down) => [512 * across(angle), (512 * (down / 180 - 0.002)) / 0.996];
    const path = (points) => {
      context.beginPath();
      points.forEach(([angle, down]) => context.lineTo(...at(angle, down)));
    };
    const fill = (colour, points) => { context.fillStyle = css(colour); path(points); context.fill(); };
    const line = (colour, width, points) => {
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
      const mirrored = (points) => points.map(([angle, down]) => [side * angle, down]);
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

  // Superficial courses on the neck: azimuth and height (0 at the trunk, 1 at the skull), and width. Schematic.
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

  const surface = (colours, marks) => paint(256, 512, (context) => {
    const rowOf = (height) => {
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
      const [from, by, to, width] = COURSES[name].map((place) =>
        Array.isArray(place) ? [256 * across((side === "right" ? -1 : 1) * place[0]), rowOf(place[1])] : place);
      context.beginPath();
      context.moveTo(...from);
      context.quadraticCurveTo(...by, ...to);
      // Two strokes, so that the edge is soft.
      for (const part of [0.62, 0.4]) {
        context.lineWidth = width * part;
        context.stroke();
      }
    }
  });

  const LIGHT = [-0.42, 0.58, 0.7];

  /** The picture of a pose from an azimuth in degrees (0 front, 90 the person's right side), `size` pixels square. */
  const draw = (context, size, pose, view, textures) => {
    const frames = bendSpine(pose);
    placeBody(pose, frames);
    const picture = context.createImageData(size, size);
    const pixels = new Uint32Array(picture.data.buffer);
    const depths = new Float32Array(size * size).fill(-9);
    const [sine, cosine] = [Math.sin(view * DEGREE), Math.cos(view * DEGREE)];
    const scale = size / WIDE;

    const fill = ({ columns, rows, points, shown, light }, texture, dim) => {
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
      const triangle = (a, b, c, ua, va, ub, vb, uc, vc) => {
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

    fill(body, textures.surface, (x, y, z) => 1 - 0.3 * smooth(-1.5, -0.75, y) * smooth(-0.5, 0.2, z) - 0.12 * smooth(-1.3, -0.8, y));
    for (const mesh of [skull, ...ears]) {
      placeOnSkull(mesh, frames[STEPS]);
      fill(mesh, mesh === skull ? textures.face : textures.plain, mesh === skull ? null : (x, y, z) => 1 - 0.25 * bump(y + 0.05, z + 0.06, 0.13, 0.09));
    }
    context.putImageData(picture, 0, 0);
  };

  const REST = { headTurn: 0, neckTurn: 0, headTilt: 0, neckTilt: 0, headBend: 0, neckBend: 0, rightShoulder: 0, leftShoulder: 0 };
  const SIDES = [["right", "left"], ["back", "front"], ["left", "right"], ["front", "back"]];

  /**
   * Brings head.html to life: the view and its controls. `show(pose, marks)` draws a posture with muscles tinted
   * ("right scm"); `play(poseAt, told)` draws `poseAt(seconds)` until it gives null. Nothing is drawn out of sight.
   */
  const stage = (box, signal) => {
    const canvas = box.querySelector("canvas");
    const context = canvas.getContext("2d");
    const range = box.querySelector("input");
    const ends = box.querySelectorAll(".end");
    let [pose, marks, textures, painted, film, asked, refining] = [REST, [], null, "", null, 0, 0];
    let [inSight, dirty, last] = [true, true, 0];

    const paintNow = (size) => {
      if (canvas.width !== size) canvas.width = canvas.height = size;
      textures ??= (() => {
        const colours = palette(box);
        const plain = paint(1, 1, (brush) => { brush.fillStyle = css(colours.skin); brush.fillRect(0, 0, 1, 1); });
        return { colours, face: face(colours), plain };
      })();
      const wanted = marks.join();
      if (!textures.surface || painted !== wanted) textures.surface = surface(textures.colours, marks);
      painted = wanted;
      draw(context, size, { ...REST, ...pose }, Number(range.value), textures);
      dirty = false;
    };
    const step = (now) => {
      asked = 0;
      if (!inSight || document.hidden) return;
      if (film) {
        // Time passes only while it is seen; half the frames of a screen are enough for a neck.
        film.seconds += Math.min(0.1, (now - (last || now)) / 1000);
        last = now;
        const { told } = film;
        const next = film.poseAt(film.seconds);
        if (next) pose = next;
        else film = null;
        told?.();
      }
      paintNow(MOVING);
      clearTimeout(refining);
      if (film) ask();
      else refining = setTimeout(() => !film && paintNow(STILL), 180);
    };
    // First the page shows what the reader did, then the person is drawn.
    const ask = () => {
      dirty = true;
      asked ||= requestAnimationFrame((now) => setTimeout(step, 0, now));
    };
    const turn = () => {
      const view = Number(range.value);
      const words = SIDES[Math.round(view / 90) % 4];
      ends.forEach((end, index) => { end.textContent = words[index]; });
      range.setAttribute("aria-valuetext", `${view} degrees, from ${["the front", "the right", "behind", "the left"][Math.round(view / 90) % 4]}`);
      ask();
    };

    range.addEventListener("input", turn, { signal });
    box.addEventListener("click", ({ target }) => {
      if (!target.dataset.view) return;
      range.value = target.dataset.view;
      turn();
    }, { signal });
    let from = null;
    canvas.addEventListener("pointerdown", (event) => {
      from = event.clientX + Number(range.value) * 1.5;
      canvas.setPointerCapture(event.pointerId);
    }, { signal });
    canvas.addEventListener("pointermove", (event) => {
      if (from === null) return;
      range.value = ((from - event.clientX) / 1.5 + 720) % 360;
      turn();
    }, { signal });
    for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, () => { from = null; }, { signal });

    const sight = new IntersectionObserver(([{ isIntersecting }]) => {
      inSight = isIntersecting;
      last = 0;
      if (inSight && (dirty || film)) ask();
    });
    sight.observe(canvas);
    document.addEventListener("visibilitychange", () => {
      last = 0;
      if (dirty || film) ask();
    }, { signal });
    const repaint = () => { textures = null; ask(); };
    const theme = new MutationObserver(repaint);
    theme.observe(document.body, { attributes: true, attributeFilter: ["data-theme", "data-jp-theme-light"] });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint, { signal });
    // On paper the colours are the light ones.
    matchMedia("print").addEventListener("change", () => { textures = null; paintNow(STILL); }, { signal });
    signal.addEventListener("abort", () => {
      sight.disconnect();
      theme.disconnect();
      film = null;
    });
    box.hidden = false;
    turn();
    return {
      show: (next, tinted = marks) => { [pose, marks, film] = [next, tinted, null]; ask(); },
      play: (poseAt, told) => { [film, last] = [{ poseAt, told, seconds: 0 }, 0]; ask(); },
      playing: () => film !== null,
    };
  };

  // The severity part of the scale, as far as a posture alone can earn it. `cuts` come with the markup, from the evidence.

  const points = (value, cuts) => (Math.abs(value) < 1 ? 0 : cuts.findIndex((most) => most === null || Math.abs(value) <= most) + 1);
  const apart = (neck, skullOn, least) => Number(neck * skullOn < 0 && Math.min(Math.abs(neck), Math.abs(skullOn)) >= least);
  const excursion = (pose, cuts) => ({
    rotation: points(pose.headTurn + pose.neckTurn, cuts.rotation),
    laterocollis: points(pose.headTilt + pose.neckTilt, cuts.laterocollis),
    bend: points(pose.headBend + pose.neckBend, cuts.bend),
    lateral: apart(pose.neckTilt, pose.headTilt, cuts.shift),
    sagittal: apart(pose.neckBend, pose.headBend, cuts.shift),
    shoulder: points(100 * Math.max(pose.rightShoulder, pose.leftShoulder), cuts.shoulder),
  });

  /** The pose that settings make: degrees in each plane and where, shifts, and shoulders in percent. */
  const poseOf = (set) => {
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

  return { stage, excursion, poseOf, REST };
})();
