// @ts-check
// Needs: progress/stored.js
// What the parts of the course page share: its elements, and what the browser keeps.

/** @typedef {ReturnType<typeof openCourse>} Course */

/** @param {Model} model @param {HTMLElement} root */
function openCourse(model, root) {
  const find = (/** @type {string} */ selector) => /** @type {any} */ (root.querySelector(selector));
  const contents = findContents(root);
  const shapes = courseShapes(contents);
  const stored = () => keptBy(model);
  /** @type {[any, any]} */
  let sifted = [null, null];
  /** What of it counts. @returns {ReturnType<typeof sift>} */
  const kept = () => {
    if (sifted[0] !== stored()) sifted = [stored(), sift(stored(), contents, shapes)];
    return sifted[1];
  };
  const answerTo = (/** @type {string} */ path) => kept().answers[`quiz/${path}`] ?? BLANK;
  const doing = (/** @type {string} */ name) => find(`[data-act=${name}]`);
  return {
    model,
    contents,
    shapes,
    stored,
    kept,
    answerTo,
    find,
    doing,
    all: (/** @type {string} */ selector) => /** @type {any[]} */ ([...root.querySelectorAll(selector)]),
    say: (/** @type {string} */ part, /** @type {string} */ text) => setText(find(`.notice[data-part=${part}]`), text),
    wrongPaths: () => [...contents.owners.keys()].filter((path) => answering.isWrong(answerTo(path))),
    /** The set that is open, if there is one that can be used. */
    openSet: () => kept().set,
    /** Keeps values by path; what is undefined is forgotten. @param {Record<string, any>} change */
    put: (change) => {
      const answers = { ...stored(), ...change };
      for (const [path, value] of Object.entries(change)) if (value === undefined) delete answers[path];
      keep(model, answers);
    },
    /** Asks before something is lost. @param {string} name @param {boolean} asking @param {string} [text] */
    ask: (name, asking, text) => {
      const question = doing(`${name}-yes`).parentNode;
      question.hidden = !asking;
      if (text) setText(question.firstElementChild, text);
      if (asking) doing(`${name}-no`).focus();
    },
  };
}
