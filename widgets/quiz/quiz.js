// @ts-check
// Needs: base/file.js
// Needs: quiz/guess.js
// Needs: quiz/question.js
// Needs where used: quiz/hotspot.js
// Needs where used: quiz/key-feature.js
// The quiz's front end: it brings the markup of quiz.html to life, in a live notebook and in the page alike.
//
// Contract. The model offers get, set, on, off and save_changes. All state is in its `answers`:
//   "<question id>@<hash>": an answer, as answer.js tells it; "#set": { seed }, the order of shuffled options;
//   "#guess": what was guessed before reading, as guess.js tells it
// Check says how far the answer is right and why, for what was chosen; the rest is told once it is right, or shown.
// A model whose `exam` is "on" hides all that, and marks every question at once when it becomes "over".
// Entries are replaced, never changed in place, and a cleared answer is a missing key. `storage` ("kept", "refused",
// or undefined in a notebook) says where the host keeps answers; `score`, `possible` and `completed` are told to it.

/** The questions of all sets that have started, by key: one file may hold answers to several sets.
 * @type {Map<string, Question>} */
const onPage = new Map();

const CHANGED = "This question has changed since you answered it; your old answer was set aside.";

/** @param {{ model: Model, el: HTMLElement }} shown */
function render({ model, el }) {
  const root = rootIn({ model, el }, ".quiz");
  if (root.dataset.part === "pretest") return askForGuesses(model, root);
  const part = (/** @type {string} */ name) => partOf(root, name);
  const questions = [...root.querySelectorAll(".question")].map((form) => findQuestion(/** @type {HTMLElement} */ (form), part));
  for (const q of questions) onPage.set(q.key, q);
  root.append(part("toolbar"));
  const find = (/** @type {string} */ selector) => /** @type {any} */ (root.querySelector(selector));
  const toolbar = find(".toolbar");
  const redo = toolbar.querySelector("[data-do=redo]"); // a checkpoint has no tools
  const [topNotice, toolNotice] = root.querySelectorAll(".notice");
  const ended = new AbortController();
  /** @type {(type: string, act: (event: any) => void, capture?: boolean) => void} */
  const listen = (type, act, capture = false) => root.addEventListener(type, act, { capture, signal: ended.signal });

  keepKeys(root.querySelectorAll("a, button, input, select, summary"));
  linkSources(root);

  // What is kept.

  const stored = () => keptBy(model);
  const answerTo = (/** @type {Question} */ q) => readAnswer(q, stored()[q.key] ?? BLANK) ?? BLANK;
  const exam = () => model.get("exam");
  const seed = () => stored()["#set"]?.seed;

  /** @param {Record<string, any>} answers */
  function put(answers) {
    keep(model, answers);
    sync();
  }

  /** Puts new answers to questions; what was said of them goes.
   * @param {Question[]} asked @param {(answer: Answer, q: Question) => any} change */
  function save(asked, change) {
    for (const q of asked) q.note = "";
    put({ ...stored(), ...Object.fromEntries(asked.map((q) => [q.key, change(answerTo(q), q)])) });
  }

  /** What cannot be kept of some answers: entries of another text of a question, and broken ones.
   * @param {Record<string, any>} answers */
  function unfit(answers) {
    /** @type {{ stale: string[], broken: string[] }} */
    const found = { stale: [], broken: [] };
    const isSet = shape.record({ seed: shape.whole(0, 2 ** 31) });
    for (const [key, value] of Object.entries(answers)) {
      const [id, hash, ...rest] = key.split("@");
      const q = questions.find((candidate) => candidate.id === id);
      if (key === "#set") {
        if (!isSet(value)) found.broken.push(key);
      } else if (key === guessing.entry) {
        if (!guessing.fits(value)) found.broken.push(key);
      } else if (!/^[0-9a-f]{10}$/.test(hash) || rest.length) found.broken.push(key);
      else if (q && q.key !== key) found.stale.push(key);
      else if (q && !readAnswer(q, value)) found.broken.push(key);
      // Entries of other questions stay: the same bank may be shown in parts.
    }
    return found;
  }

  function setAside() {
    const answers = model.get("answers") ?? {};
    const { stale, broken } = isRecord(answers) ? unfit(answers) : { stale: [], broken: ["#"] };
    for (const q of questions) if (stale.some((key) => key.startsWith(`${q.id}@`))) q.note = CHANGED;
    if (broken.length) setText(topNotice, SET_ASIDE);
    if (stale.length || broken.length) {
      keep(model, without(stored(), [...stale, ...broken]));
    }
  }

  // What is on the page.

  // Entries are replaced, never changed in place: a long set redraws only what has changed.
  const guessOf = (/** @type {Question} */ q) => guessing.in(stored())[q.key];
  const stateOf = (/** @type {Question} */ q) => [stored()[q.key], q.note, seed(), exam(), guessOf(q)];
  const isStale = (/** @type {Question} */ q) => {
    const state = stateOf(q);
    return !q.drawn?.every((/** @type {any} */ one, /** @type {number} */ place) => one === state[place]);
  };
  const draw = (/** @type {Question} */ q) => {
    q.drawn = stateOf(q);
    drawQuestion(q, answerTo(q), seed(), Boolean(exam()));
    drawGuess(q, answerTo(q), guessOf(q));
  };
  const inSight = (/** @type {Question} */ q) => {
    const { top, bottom } = q.form.getBoundingClientRect();
    return bottom > 0 && top < innerHeight;
  };
  let waiting = 0;

  function sync() {
    if (exam()) root.dataset.exam = exam();
    const changed = questions.filter(isStale);
    // Of many the ones in sight come first, the others when these are drawn; at the start all at once.
    const now = changed.length > 2 && changed.every((q) => q.drawn) ? changed.filter(inSight) : changed;
    now.forEach(draw);
    clearTimeout(waiting);
    if (now.length < changed.length) waiting = setTimeout(() => questions.filter(isStale).forEach(draw), 30);
    setText(find(".kept"), whereKept(model, "answers"));
    tellScore();
  }

  function tellScore() {
    const answers = questions.map(answerTo);
    const running = exam() === "on";
    const possible = questions.length;
    const isDone = (/** @type {Answer} */ answer, /** @type {number} */ index) =>
      running ? !questions[index].kind.lacking(questions[index], answer.response) : answering.isAnswered(answer);
    const answered = answers.filter(isDone).length;
    const score = Math.round(sum(answers.map(answering.points)) * 100) / 100;
    setText(toolbar.querySelector(".score"), `${running ? "" : `${score} of ${possible} points; `}${answered} of ${possible} answered`);
    Object.assign(toolbar.querySelector("progress"), { max: possible, value: answered });
    const told = Object.entries(answering.calibrate(answers)).filter(([, [, rated]]) => rated).map(([name, [right, rated]]) =>
      `When ${CERTAINTIES[/** @type {keyof CERTAINTIES} */ (name)]} you were right ${right} of ${count(rated, "time")}.`);
    setText(toolbar.querySelector(".certainty"), running ? "" : told.join(" "));
    if (redo) redo.hidden = !answers.some(answering.isWrong);

    tellKernel(model, { score, possible, completed: answered === possible });
  }

  /** Brings a question's first control into view and focus; out of sight it may not be drawn yet. @param {Question} q */
  function goTo(q) {
    draw(q);
    q.fields.querySelector("input, select, button")?.focus();
  }

  // What a reader does.

  /** @type {Record<string, (q: Question, button: HTMLElement) => void>} */
  const inQuestion = {
    check: (q) => {
      const { response, checked } = answerTo(q);
      if (checked) return draw(q);
      const lacking = q.kind.lacking(q, response);
      if (lacking) return tellIn(q, lacking);
      if (exam()) return undefined;
      save([q], (answer) => answering.check(answer, q.kind.grade(q, response)[0], Date.now()));
      return q.button.again.focus();
    },
    show: (q) => {
      save([q], (answer) => answering.show(answer, Date.now()));
      q.button.again.focus();
    },
    again: (q) => {
      save([q], (answer) => answering.again(answer, q.kind.again ? q.kind.again(q, answer.response) : answer.response));
      goTo(q);
    },
    up: (q, button) => move(q, button, -1),
    down: (q, button) => move(q, button, 1),
  };

  /** @param {Question} q @param {HTMLElement} button @param {number} step */
  function move(q, button, step) {
    const [response, told] = q.kind.moved(q, button, step);
    if (response) save([q], (answer) => answering.change(answer, { response }));
    tellIn(q, told);
  }

  /** @type {Record<string, () => void>} */
  const inToolbar = {
    redo: () => {
      const wrong = questions.filter((q) => answering.isWrong(answerTo(q)));
      save(wrong, answering.redo);
      goTo(wrong[0]);
    },
    shuffle: () => {
      put({ ...stored(), "#set": { seed: 1 + Math.floor(Math.random() * 1e9) } });
      setText(toolNotice, "The options stand in a new order.");
    },
    save: () => setText(toolNotice, saveProgress(model, "quiz")),
    clear: () => askToClear(toolbar, true),
    "clear-no": () => askToClear(toolbar, false),
    "clear-yes": () => {
      for (const q of questions) q.note = "";
      // Questions of the same bank shown elsewhere keep their answers.
      const keys = questions.map((q) => q.key);
      put({ ...without(stored(), ["#set", guessing.entry, ...keys]), ...guessing.without(stored(), keys) });
      askToClear(toolbar, false);
      setText(topNotice, "");
      setText(toolNotice, "Your answers were cleared.");
    },
  };

  /** What is told of a file once its answers are here. @param {File} file */
  async function load(file) {
    const saved = await savedIn(file, model, "set of questions");
    const { stale, broken } = unfit(saved);
    const sound = without(saved, [...stale, ...broken]);
    const mine = questions.filter((q) => Object.hasOwn(sound, q.key));
    // The bank's other questions stand elsewhere on the page: their sets are started, so that each is held to its own.
    /** @type {Record<string, any>} */
    const others = {};
    for (const form of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".question"))) {
      const key = `${form.dataset.id}@${form.dataset.hash}`;
      if (!Object.hasOwn(sound, key) || mine.some((q) => q.key === key)) continue;
      form.closest(".course-widget")?.dispatchEvent(new Event("focusin"));
      const q = onPage.get(key);
      const theirs = q && readAnswer(q, sound[key]);
      if (theirs) others[key] = answering.merge(answerTo(q), theirs);
      else if (q) broken.push(key);
      else if (!Object.hasOwn(stored(), key)) others[key] = sound[key];
    }
    const asWell = Object.keys(others).length;
    const set = Object.hasOwn(sound, "#set") ? { "#set": sound["#set"] } : {};
    model.set("answers", { ...stored(), ...others, ...set, ...guessing.merge(stored(), sound[guessing.entry]) });
    save(mine, (answer, q) => answering.merge(answer, /** @type {Answer} */ (readAnswer(q, sound[q.key]))));
    return [
      `Answers to ${mine.length} of ${questions.length} questions loaded.`,
      ...(asWell ? [`So were ${count(asWell, "answer")} to questions in the text.`] : []),
      ...(broken.length ? [SET_ASIDE] : []),
      ...(stale.length ? [`Questions changed since then: ${stale.length}. Those answers were set aside.`] : []),
    ].join(" ");
  }

  const questionAt = (/** @type {Node} */ node) => questions.find((q) => q.form.contains(node));

  listen("click", (event) => {
    const button = event.target.closest("[data-do]");
    // The second click of a double click would land on the button that took this one's place.
    if (!button || (event.detail > 1 && !button.closest(".move"))) return;
    const act = button.dataset.do;
    const q = questionAt(button);
    if (q) inQuestion[act](q, button);
    else inToolbar[act]();
  });
  listen("keydown", (event) => {
    if (event.repeat && event.key === "Enter" && event.target.closest("[data-do]")) event.preventDefault();
  });
  listen("input", ({ target }) => {
    const q = questionAt(target);
    if (!q) return;
    const change = q.sure.contains(target) ? { certainty: target.value } : { response: q.kind.read(q) };
    q.drawn = null; // where nothing changes, the control goes back
    save([q], (answer) => answering.change(answer, change));
  });
  hearFiles(listen, load, (told) => setText(toolNotice, told));
  listen("submit", (event) => {
    event.preventDefault();
    const q = questionAt(event.target);
    if (q?.kind === numeric && !q.fields.disabled) inQuestion.check(q, q.button.check);
  });
  listen("toggle", ({ target }) => {
    const q = questionAt(target);
    if (!q || !target.open) return;
    const hints = q.hints.indexOf(target) + 1;
    if (hints > answerTo(q).hints) save([q], (answer) => ({ ...answer, hints }));
  }, true);

  // Printed to test oneself, the page has every reason among the answers at its end.
  addEventListener("beforeprint", () => {
    if (document.querySelector(".answers-beside:checked")) return;
    for (const q of questions) for (const [why, home] of q.homes) home.append(why);
  }, { signal: ended.signal });
  addEventListener("afterprint", () => questions.forEach(draw), { signal: ended.signal });

  /** The exam is over: what was answered is marked, and every reason is open. */
  function markExam() {
    const now = Date.now();
    save(questions, (answer, q) => {
      if (q.kind.lacking(q, answer.response)) return answering.show(answer);
      return { ...answering.check(answer, q.kind.grade(q, answer.response)[0], now), shown: true };
    });
  }

  function refresh() {
    setAside();
    if (exam() === "over" && questions.some((q) => !answerTo(q).shown)) markExam();
    sync();
  }
  model.on("change:answers", refresh);
  model.on("change:storage", sync);
  find(".kept").hidden = false;
  refresh();

  return () => {
    ended.abort();
    model.off("change:answers", refresh);
    model.off("change:storage", sync);
  };
}

export default { render };
