// @ts-check
// Needs: progress/exam.js
// Questions of several chapters as one set. They are shown and marked by the quiz's own front end, on a model that is a
// view of the course's answers.

/** The quiz's model: a view of the set's own answers in an exam, of the chapters' in a redo or a session.
 * @param {any} set @param {{ model: Model, stored: () => Record<string, any>, openSet: () => any, write: (change: Record<string, any>) => void }} course */
function viewOf(set, { model, stored, openSet, write }) {
  let hear = () => {};
  const exam = set.kind === "exam";
  const seats = new Map(set.items.map((/** @type {string} */ path) => [keyOf(path), `quiz/${path}`]));
  /** @type {any[]} */
  let seen = [];
  /** @type {Record<string, () => any>} */
  const traits = {
    answers: () => {
      if (exam) return openSet()?.answers ?? {};
      if (seen[0] !== stored()) {
        const kept = [...seats].filter(([, path]) => Object.hasOwn(stored(), path));
        seen = [stored(), Object.fromEntries(kept.map(([key, path]) => [key, stored()[path]]))];
      }
      return seen[1];
    },
    exam: () => (exam ? (openSet()?.over ? "over" : "on") : undefined),
    storage: () => model.get("storage"),
  };
  return {
    get: (/** @type {string} */ trait) => traits[trait]?.(),
    set: (/** @type {string} */ trait, /** @type {any} */ answers) => {
      if (trait !== "answers") return;
      if (!exam) write(Object.fromEntries([...seats].map(([key, path]) => [path, answers[key]])));
      else if (openSet()) write({ "course/set": { ...openSet(), answers } });
    },
    save_changes: () => {},
    on: (/** @type {string} */ event, /** @type {() => void} */ act) => {
      if (event === "change:answers") hear = act;
    },
    off: () => {},
    emit: () => hear(),
  };
}

/** The questions as they stand in their chapters, each with the name of its chapter and the way there.
 * @param {string[]} items @param {(chapter: string) => string} bank @param {Contents} contents */
function compose(items, bank, { chapters }) {
  const banks = new Map(items.map(chapterOf).map((name) => [name, document.createElement("template")]));
  for (const [name, template] of banks) template.innerHTML = bank(name);
  const [first] = banks.values();
  const quiz = /** @type {HTMLElement} */ (document.importNode(/** @type {Node} */ (first.content.querySelector(".quiz")), true));
  for (const old of quiz.querySelectorAll(".title, .question")) old.remove();
  quiz.setAttribute("aria-label", "Questions");
  items.forEach((path, index) => {
    const name = chapterOf(path);
    const [id, hash] = keyOf(path).split("@");
    const question = /** @type {HTMLElement} */ (banks.get(name)?.content.querySelector(`[data-id="${id}"][data-hash="${hash}"]`));
    const { title = name, address = "" } = chapters.get(name) ?? {};
    const link = (/** @type {string} */ words, anchor = "") =>
      address ? make("a", words, { href: address + anchor, target: "_blank", rel: "noopener" }) : words;
    const heading = /** @type {HTMLElement} */ (question.querySelector("h3"));
    heading.replaceChildren(`Question ${index + 1} `, make("small", `of ${items.length}`));
    const from = make("p", ["From: ", link(title), ". "], { className: "from" });
    const flag = make("button", "☆ Mark", { type: "button", ariaPressed: "false" });
    Object.assign(flag.dataset, { act: "flag", path });
    from.append(flag);
    const { needs } = question.dataset;
    if (needs) flag.before(link("Open what it works with, in its chapter", `#${needs}`), ". ");
    heading.after(from);
    const back = question.querySelector(".taught a");
    back?.replaceWith(link(back.textContent ?? "", back.getAttribute("href") ?? ""));
    quiz.querySelector("template")?.before(question);
  });
  return quiz;
}
