// @ts-check
// Needs: base/shape.js
// A number: a response is what was typed, "26,5", without what nobody sees.

/** Without spaces around it, and without marks that a chat program or a text pastes along: zero width, direction.
 * @param {string} text */
const visible = (text) => text.replace(/[\p{Cf}\p{Variation_Selector}]/gu, "").trim();

/** A number as people write it: 26, 26%, 26.5, 26,5, and 1,500 or 1 500 where the answer is that large.
 * @param {string} text @param {boolean} [large] */
function parseNumber(text, large) {
  let plain = visible(text).replace(/\s*%$/, "").replace(/^[−–]/, "-");
  if (large) plain = plain.replace(/[,\s](?=\d{3}(?!\d))/g, "");
  return /^[+-]?(\d+([.,]\d*)?|[.,]\d+)$/.test(plain) ? Number(plain.replace(",", ".")) : NaN;
}

const numeric = {
  /** @param {Question} q */
  find: (q) => {
    q.number = q.form.querySelector(".number input");
    q.solution = q.form.querySelector("[data-answer]");
    q.target = Number(q.solution.dataset.answer);
    q.misses = [...q.form.querySelectorAll(".near > li")];
  },
  /** @param {Question} q */
  read: (q) => visible(q.number.value) || null,
  /** @param {Question} q @param {any} response */
  write: (q, response) => {
    if (numeric.read(q) !== response) q.number.value = response ?? "";
  },
  /** @param {Question} q @param {any} response */
  value: (q, response) => parseNumber(response ?? "", Math.abs(q.target) >= 1000),
  /** @param {Question} q @param {any} response */
  valid: (q, response) => shape.text(30)(response),
  /** @param {Question} q @param {any} response */
  lacking: (q, response) => {
    if (!response) return "Write a number first.";
    const value = numeric.value(q, response);
    if (Number.isNaN(value)) return `“${response}” is not a number. Write one such as 26 or 26.5.`;
    const { minimum, maximum } = q.number.dataset;
    if (value >= (minimum ?? -Infinity) && value <= (maximum ?? Infinity)) return "";
    const bounds = [minimum && `${minimum} or more`, maximum && `${maximum} or less`];
    return `Write a number: ${bounds.filter(Boolean).join(", and ")}.`;
  },
  /** @param {number} value @param {HTMLElement} node @param {string} of */
  near: (value, node, of) => Math.abs(value - Number(node.dataset[of])) <= Number(node.dataset.tolerance) + 1e-9,
  /** @param {Question} q @param {any} response @returns {[number, string]} */
  grade: (q, response) => {
    const value = numeric.value(q, response);
    if (numeric.near(value, q.solution, "answer")) return [1, ""];
    const miss = q.misses.find((/** @type {HTMLElement} */ node) => numeric.near(value, node, "value"));
    const verdict = `you wrote ${response}, which is too ${value > q.target ? "high" : "low"}.`;
    return [0, miss ? `${verdict} ${miss.querySelector("span").textContent}` : verdict];
  },
  mark: () => {},
};
