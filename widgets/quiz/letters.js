// @ts-check
// Needs: base/chance.js
// Needs: base/markup.js
// What the kinds of questions have in common: options with letters in their order on the page, and marks.

/** @param {number} index */
const letter = (index) => String.fromCharCode(65 + index);

/** The same order for the same seed, on every device (Fisher-Yates). @template T @param {T[]} list @param {string} seed */
function shuffled(list, seed) {
  const random = seededRandom(seed);
  const order = [...list];
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [order[last], order[other]] = [order[other], order[last]];
  }
  return order;
}

/** Puts children in order; moving a focused element would drop its focus, so that is given back.
 * @param {Element} parent @param {Element[]} children */
function reorder(parent, children) {
  if (children.every((child, index) => parent.children[index] === child)) return;
  const focused = /** @type {Document | ShadowRoot} */ (parent.getRootNode()).activeElement;
  parent.append(...children);
  if (focused && parent.contains(focused)) /** @type {HTMLElement} */ (focused).focus();
}

/** Everything of one question that the front end touches, found once; a kind adds what only it has.
 * @typedef {Record<string, any>} Question */

/** @param {Question} q @param {string[]} keys */
const lettersOf = (q, keys) =>
  keys.map((key) => [...q.optionList.children].indexOf(q.options.get(key))).sort((a, b) => a - b).map(letter).join(", ");

/** @param {HTMLElement} node @param {string} mark */
const setMark = (node, mark) => {
  if (mark) node.dataset.mark = mark;
  else delete node.dataset.mark;
};
