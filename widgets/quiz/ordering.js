// @ts-check
// Needs: base/shape.js
// Needs: quiz/letters.js
// Ordering: a response is all keys in an order, ["b", "a", "c"]; items of one rank may change places.
const ordering = {
  /** @param {Question} q @param {(name: string) => Node} part */
  find: (q, part) => {
    const reasons = [...q.form.querySelectorAll(".why > li[data-key]")];
    q.keys = reasons.map(({ dataset }) => dataset.key);
    q.ranks = new Map(reasons.map(({ dataset, value }, index) => [dataset.key, value || index + 1]));
    q.itemList = q.form.querySelector(".items");
    q.firstOrder = [...q.itemList.children];
    q.items = new Map(q.firstOrder.map((/** @type {HTMLElement} */ item) => [item.dataset.key, item]));
    for (const item of q.firstOrder) {
      const words = item.textContent.trim();
      item.append(document.createElement("b"), part("move"));
      for (const button of item.querySelectorAll("button")) button.setAttribute("aria-label", `Move ${button.dataset.do}: ${words}`);
    }
  },
  /** @param {Question} q @param {any} response */
  write: (q, response) => {
    reorder(q.itemList, response ? response.map((/** @type {string} */ key) => q.items.get(key)) : q.firstOrder);
    [...q.itemList.children].forEach((item, index) => {
      const [up, down] = item.querySelectorAll("button");
      up.setAttribute("aria-disabled", index === 0);
      down.setAttribute("aria-disabled", index === q.items.size - 1);
    });
  },
  /** The order with one item a place up (-1) or down, and what to say of it.
   * @param {Question} q @param {HTMLElement} button @param {number} step @returns {[string[] | null, string]} */
  moved: (q, button, step) => {
    const item = /** @type {HTMLElement} */ (button.closest("li"));
    const order = [...q.itemList.children].map((one) => one.dataset.key);
    const from = order.indexOf(item.dataset.key);
    const to = from + step;
    const words = item.firstElementChild?.textContent;
    if (to < 0 || to >= order.length) return [null, `“${words}” is already ${step < 0 ? "first" : "last"}.`];
    [order[from], order[to]] = [order[to], order[from]];
    return [order, `“${words}” is now ${to + 1} of ${order.length}.`];
  },
  /** @param {Question} q @param {any} response */
  valid: (q, response) => shape.set(shape.one(q.items), q.items.size, q.items.size)(response),
  /** @param {Question} q @param {any} response */
  lacking: (q, response) => (response ? "" : "Put the steps in order first."),
  /** @param {Question} q @param {any} response @returns {[number, string]} */
  grade: (q, response) => {
    const later = q.keys.filter((/** @type {string} */ key) => q.ranks.get(key) > 1);
    const right = later.filter((/** @type {string} */ key) => q.keys.every((/** @type {string} */ before) =>
      q.ranks.get(before) + 1 !== q.ranks.get(key) || response.indexOf(before) < response.indexOf(key))).length;
    return [right / later.length, `${right} of ${later.length} steps come after the step they should follow.`];
  },
  /** @param {Question} q @param {any} response @param {boolean} checked @param {boolean} open */
  mark: (q, response, checked, open) => {
    const told = checked && open;
    for (const [key, item] of q.items) {
      const places = q.keys.flatMap((/** @type {string} */ one, /** @type {number} */ index) => (q.ranks.get(one) === q.ranks.get(key) ? [index + 1] : []));
      const right = told && places.includes(response.indexOf(key) + 1);
      setMark(item, right ? "right" : told ? "wrong" : "");
      setText(item.querySelector("b"), right ? "Right place" : told ? `Belongs at place ${places.join(" or ")}` : "");
    }
  },
};
