// @ts-check
// Needs: quiz/question.js
// Hotspot: a response is the key of a place, "b". The mark on the drawing and the list beside it are one choice.
//
// The places lie over the drawing as bare shapes. A line is met within half the tolerance, before what lies beneath it;
// then what is on top under the mark; then what is nearest, within the tolerance.

const hotspot = {
  ...choice,
  /** @param {Question} q */
  find: (q) => {
    choice.find(q);
    q.spots = q.form.querySelector(".spots");
    q.shapes = [...q.spots.querySelectorAll(".spot > *")];
    q.letters = [...q.spots.querySelectorAll(".letter")];
    q.spots.addEventListener("click", (/** @type {MouseEvent} */ { clientX, clientY }) => {
      if (q.fields.disabled) return;
      const input = q.inputs.get(hotspot.placeAt(q, clientX, clientY));
      if (!input) return tellIn(q, "No lettered place is here. Point nearer to one, or choose its letter.");
      input.focus({ preventScroll: true }); // keys go on from there
      input.checked = true;
      input.dispatchEvent(new Event("input", { bubbles: true }));
    });
  },
  /** The key of the place at a point of the window. @param {Question} q @param {number} x @param {number} y */
  placeAt: (q, x, y) => {
    const reach = Number(q.spots.dataset.tolerance) * q.spots.getScreenCTM().a;
    const lettered = q.letters.find((/** @type {Element} */ one) => {
      const { left, right, top, bottom } = /** @type {Element} */ (one.querySelector("circle")).getBoundingClientRect();
      return x >= left && x <= right && y >= top && y <= bottom;
    });
    let met = { key: lettered?.dataset.key, rank: lettered ? 0 : 4, away: reach };
    for (const shape of q.shapes) {
      const screen = shape.getScreenCTM();
      const isLine = "line" in shape.dataset;
      const within = !isLine && shape.isPointInFill(new DOMPoint(x, y).matrixTransform(screen.inverse()));
      const away = within ? 0 : hotspot.distance(shape, screen, x, y);
      const rank = isLine && away <= reach / 2 ? 1 : within ? 2 : away <= reach ? 3 : 4;
      if (rank < met.rank || (rank === met.rank && rank < 4 && away <= met.away)) {
        met = { key: shape.parentNode.dataset.key, rank, away };
      }
    }
    return met.key;
  },
  /** From a point of the window to the outline of a shape, in pixels. @param {SVGGeometryElement} shape
   * @param {DOMMatrix} screen @param {number} x @param {number} y */
  distance: (shape, screen, x, y) => {
    const length = shape.getTotalLength();
    const steps = Math.ceil(length / 3) + 1;
    return Math.min(...Array.from({ length: steps + 1 }, (_, step) => {
      const point = shape.getPointAtLength((length * step) / steps).matrixTransform(screen);
      return Math.hypot(point.x - x, point.y - y);
    }));
  },
  /** @param {Question} q @param {any} response */
  write: (q, response) => {
    choice.write(q, response);
    for (const node of q.spots.querySelectorAll("[data-key]")) node.classList.toggle("chosen", node.dataset.key === response);
  },
  /** @param {Question} q @param {any} response @returns {[number, string]} */
  grade: (q, response) => [Number(q.keys.includes(response)), `you marked ${lettersOf(q, [response])}.`],
  /** @param {Question} q @param {any} response @param {boolean} checked @param {boolean} open */
  mark: (q, response, checked, open) => {
    choice.mark(q, response, checked, open);
    for (const node of q.spots.querySelectorAll("[data-key]")) {
      const { mark = "" } = q.options.get(node.dataset.key).dataset;
      setMark(node, mark);
      const sign = node.querySelector(".sign");
      if (sign) setText(sign, mark === "right" ? "✓" : mark ? "✗" : "");
    }
  },
};
KINDS.hotspot = hotspot;
