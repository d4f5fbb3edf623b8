// @ts-check
// Needs: base/shape.js
// Needs: quiz/letters.js
// Extended matching: a response names an option for each stem, with gaps while it is made, ["spd", null].
const matching = {
  /** @param {Question} q */
  find: (q) => {
    const reasons = [...q.form.querySelectorAll(".why > li[data-answer]")];
    q.stems = [...q.form.querySelectorAll(".stems > li")];
    q.stemVerdicts = q.stems.map((/** @type {Element} */ stem) => stem.appendChild(make("small", [], { className: "verdict" })));
    q.selects = [...q.form.querySelectorAll("select")];
    q.keys = reasons.map((reason) => reason.dataset.answer);
    q.stemWhys = reasons.map((reason) => reason.firstElementChild);
    q.homes.push(...reasons.map((reason, index) => [reason.firstElementChild, reason, q.stems[index]]));
  },
  /** @param {Question} q */
  read: (q) => {
    const chosen = q.selects.map((/** @type {HTMLSelectElement} */ select) => select.value || null);
    return chosen.some(Boolean) ? chosen : null;
  },
  /** Where the answer is shown and nothing was checked, the key stands in its place.
   * @param {Question} q @param {any} response @param {boolean} checked @param {boolean} open */
  write: (q, response, checked, open) => q.selects.forEach((/** @type {HTMLSelectElement} */ select, /** @type {number} */ index) => {
    const value = (open && !checked ? q.keys : response)?.[index] ?? "";
    if (select.value !== value) select.value = value;
  }),
  /** @param {Question} q @param {any} response */
  valid: (q, response) => shape.list(shape.maybe(shape.one(q.options)), q.selects.length, q.selects.length)(response),
  /** @param {Question} q @param {any} response */
  lacking: (q, response) => {
    const left = q.selects.filter((/** @type {any} */ _, /** @type {number} */ index) => !response?.[index]).length;
    return left ? `Choose an answer for every case first (${left} left).` : "";
  },
  /** @param {Question} q @param {any} response @returns {[number, string]} */
  grade: (q, response) => {
    const right = q.keys.filter((/** @type {string} */ key, /** @type {number} */ index) => key === response[index]).length;
    return [right / q.keys.length, `${right} of ${q.keys.length} matched.`];
  },
  /** @param {Question} q @param {any} response @param {boolean} checked @param {boolean} open */
  mark: (q, response, checked, open) => q.keys.forEach((/** @type {string} */ key, /** @type {number} */ index) => {
    const chosen = checked ? response[index] : null;
    setMark(q.stems[index], !chosen ? "" : chosen === key ? "right" : "wrong");
    setText(q.stemVerdicts[index], open || !chosen ? "" : chosen === key ? "✓ Right" : "✗ Not yet");
    const verdict = !chosen ? "" : chosen === key ? "Right: " : `Wrong: you chose ${lettersOf(q, [chosen])}; the answer is `;
    setText(q.stemWhys[index].querySelector("b"), `${verdict}${lettersOf(q, [key])}.`);
  }),
};
