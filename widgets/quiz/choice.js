// @ts-check
// Needs: base/shape.js
// Needs: quiz/letters.js
// Single best answer, a response being "b"; and multiple response, ["a", "c"].
const choice = {
  /** Before the question is right, what was chosen gets its reason, and nothing else. */
  tellsChosen: true,
  /** @param {Question} q */
  find: (q) => {
    q.several = q.form.dataset.type === "multiple-response";
    q.inputs = new Map([...q.options].map(([key, option]) => [key, option.querySelector("input")]));
    q.keys = [...q.reasons.values()].filter((reason) => "right" in reason.dataset).map((reason) => reason.dataset.key);
  },
  /** One radio button cannot be unchosen by hand, so a single answer starts anew. @param {Question} q @param {any} response */
  again: (q, response) => (q.several ? response : null),
  /** @param {Question} q */
  read: (q) => {
    const picked = [...q.options.keys()].filter((key) => q.inputs.get(key).checked);
    return q.several ? (picked.length ? picked : null) : picked[0] ?? null;
  },
  /** @param {Question} q @param {any} response */
  write: (q, response) => {
    for (const [key, input] of q.inputs) input.checked = choice.picked(response).includes(key);
  },
  /** @param {any} response @returns {string[]} */
  picked: (response) => [response ?? []].flat(),
  /** @param {Question} q @param {any} response */
  valid: (q, response) => (q.several ? shape.set(shape.one(q.options), q.options.size) : shape.one(q.options))(response),
  /** @param {Question} q @param {any} response */
  lacking: (q, response) => (choice.picked(response).length ? "" : "Choose an answer first."),
  /** @param {Question} q @param {any} response @returns {[number, string]} */
  grade: (q, response) => {
    const picked = choice.picked(response);
    const right = picked.filter((key) => q.keys.includes(key)).length;
    const wrong = picked.length - right;
    const points = Math.max(0, (right - wrong) / q.keys.length);
    const verdict = q.several
      ? `${right} of ${q.keys.length} right options chosen, and ${wrong} wrong.`
      : `you chose ${lettersOf(q, picked)}.`;
    return [points, verdict];
  },
  /** @param {Question} q @param {any} response @param {boolean} checked @param {boolean} open */
  mark: (q, response, checked, open) => {
    const picked = choice.picked(response);
    for (const [key, option] of q.options) {
      const mine = checked && picked.includes(key);
      const right = q.keys.includes(key);
      const missed = checked && q.several && right && !mine;
      setMark(option, !open && !mine ? "" : right ? (missed ? "missed" : "right") : mine ? "wrong" : "");
      const words = `${right ? "Right" : "Wrong"}${mine ? ": your answer" : missed ? ", but you left it out" : ""}.`;
      setText(q.whys.get(key).querySelector("b"), words);
    }
  },
};
