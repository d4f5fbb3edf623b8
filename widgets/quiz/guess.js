// @ts-check
// Needs: base/kept.js
// Needs: base/markup.js
// A first guess before reading: kept at once, told in the closing set once the question is answered there.
//
// Kept with the chapter's answers as "#guess": { "<question id>@<hash>": "b", … }: a changed question loses its guess.

const guessing = {
  entry: "#guess",
  fits: shape.map(/^[a-z0-9-]{1,100}@[0-9a-f]{10}$/, shape.one([..."abcde"]), 50),
  /** @param {Record<string, any>} answers @returns {Record<string, string>} */
  in: (answers) => (guessing.fits(answers[guessing.entry]) ? answers[guessing.entry] : {}),
  /** With guesses of a file, where there are any; what was guessed here stays.
   * @param {Record<string, any>} mine @param {any} theirs @returns {Record<string, any>} as entries of `answers` */
  merge: (mine, theirs) =>
    guessing.fits(theirs) ? { [guessing.entry]: { ...theirs, ...guessing.in(mine) } } : {},
  /** Without those of some questions, as entries of `answers`. @param {Record<string, any>} answers @param {string[]} keys */
  without: (answers, keys) => {
    const left = without(guessing.in(answers), keys);
    return Object.keys(left).length ? { [guessing.entry]: left } : {};
  },
};

/** The pretest's front end. @param {Model} model @param {HTMLElement} root */
function askForGuesses(model, root) {
  const ended = new AbortController();
  const asked = /** @type {HTMLElement[]} */ ([...root.querySelectorAll(".question")]).map((form) => ({
    key: `${form.dataset.id}@${form.dataset.hash}`,
    options: /** @type {HTMLElement[]} */ ([...form.querySelectorAll(".options > li")]),
    told: /** @type {HTMLElement} */ (form.querySelector(".result")),
  }));
  const inputIn = (/** @type {HTMLElement} */ option) => /** @type {HTMLInputElement} */ (option.querySelector("input"));
  keepKeys(root.querySelectorAll("input, a"));

  function refresh() {
    const kept = keptBy(model);
    if (Object.hasOwn(kept, guessing.entry) && !guessing.fits(kept[guessing.entry])) {
      setText(/** @type {Element} */ (root.querySelector(".notice")), SET_ASIDE);
      return keep(model, without(kept, [guessing.entry]));
    }
    for (const { key, options, told } of asked) {
      const guess = guessing.in(kept)[key];
      for (const option of options) inputIn(option).checked = option.dataset.key === guess;
      setText(told, guess ? "Noted. You meet this question again at the end." : "");
    }
    return undefined;
  }

  root.addEventListener("input", ({ target }) => {
    for (const { key, options } of asked) {
      const chosen = options.find((option) => option.contains(/** @type {Node} */ (target)));
      const kept = keptBy(model);
      if (chosen) keep(model, { ...kept, [guessing.entry]: { ...guessing.in(kept), [key]: chosen.dataset.key } });
    }
  }, { signal: ended.signal });
  model.on("change:answers", refresh);
  refresh();

  return () => {
    ended.abort();
    model.off("change:answers", refresh);
  };
}
