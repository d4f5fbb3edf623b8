// @ts-check
// Needs: quiz/question.js
// Key feature: a response is ["b", "e"], never more than may be chosen; one that would harm earns nothing.
const keyFeature = {
  ...choice,
  /** @param {Question} q */
  find: (q) => {
    choice.find(q);
    q.several = true;
    q.most = Number(q.form.dataset.choose);
    q.harmful = [...q.reasons.values()].filter((reason) => "harmful" in reason.dataset).map((reason) => reason.dataset.key);
    // Heard before the quiz hears it: a choice too many is taken back, and nothing is kept of it.
    q.form.addEventListener("input", (/** @type {any} */ event) => {
      if (!q.fields.contains(event.target) || (choice.read(q)?.length ?? 0) <= q.most) return;
      event.target.checked = false;
      event.stopPropagation();
      tellIn(q, `You may choose ${q.most}: take one away first.`);
    });
  },
  /** @param {Question} q @param {any} response */
  valid: (q, response) => shape.set(shape.one(q.options), q.most)(response),
  /** @param {Question} q @param {any} response @returns {[number, string]} */
  grade: (q, response) => {
    const picked = choice.picked(response);
    const harm = picked.filter((key) => q.harmful.includes(key));
    if (harm.length) return [0, `${lettersOf(q, harm)} would do harm here, so nothing counts this time. Better here than in clinic: read why.`];
    const right = picked.filter((key) => q.keys.includes(key)).length;
    return [right / q.keys.length, `${right} of ${q.keys.length} steps that decide.`];
  },
  /** @param {Question} q @param {any} response @param {boolean} checked @param {boolean} open */
  mark: (q, response, checked, open) => {
    choice.mark(q, response, checked, open);
    for (const key of q.harmful) {
      const mine = checked && choice.picked(response).includes(key);
      setText(q.whys.get(key).querySelector("b"), `Harmful${mine ? ": your answer" : ""}.`);
    }
  },
};
KINDS["key-feature"] = keyFeature;
