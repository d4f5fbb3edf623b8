// Needs in the page: progress/banks.js
// Needs: quiz/quiz.js
// The course page's front end: progress over all chapters, exams, and a set of what was wrong.
//
// Contract. The model offers get, set, on, off and save_changes. `answers` holds all that the book keeps, by path:
//   "quiz/<chapter>/<question id>@<hash>": an answer, as the quiz keeps it
//   "course/read/<chapter>": { read: the day it was ticked }
//   "course/set": { kind: "exam" | "redo", items: [<chapter>/<question id>@<hash>, …], and for an exam
//     begun, ends (null without a clock), over (null before the end): milliseconds, answers: as a quiz keeps them }
//   "course/exams": [{ begun, over, questions, answered, points, chapters, sure }, …], the latest last
// Questions are shown and marked by the quiz's own front end, on a model that is a view of these answers. They come
// through `wanted` ({ chapter: version }) and `banks` ({ chapter: markup, or "" where it cannot be had }).

const SURE = { very: "very sure", fairly: "fairly sure", guess: "guessing" };
const KEPT = {
  kept: "What you do stays in this browser, on this device. Nothing is sent.",
  refused: "This browser refuses to keep anything: it will be gone when you leave. Save it as a file.",
  live: "What you do lives in this notebook’s kernel.",
};
const MINUTE = 60_000;
const LARGEST = 5e6;
const OURS = /^(quiz|course)\//;
const NO_ANSWER = /^course\/(set$|read\/)|^quiz\/.*\/#set$/;

const isRecord = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const isShare = (value) => Number.isFinite(value) && value >= 0 && value <= 1;
const shortNumber = (value) => String(Math.round(value * 100) / 100);
const count = (number, thing) => `${shortNumber(number)} ${thing}${number === 1 ? "" : "s"}`;
const sum = (list) => list.reduce((total, one) => total + one, 0);
const setText = (node, text) => node.textContent !== text && (node.textContent = text);
const make = (tag, content = [], properties = {}) => {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...[content].flat());
  return node;
};
const chapterOf = (path) => path.slice(0, path.lastIndexOf("/"));
const keyOf = (path) => path.slice(path.lastIndexOf("/") + 1);
const day = (time) => new Date(time).toLocaleDateString("en-GB", { dateStyle: "long" });

/** An answer as it may be counted, or undefined if it is broken; whether its response fits is for the quiz to say. */
function soundAnswer(value) {
  if (!isRecord(value)) return undefined;
  const answer = { checked: false, shown: false, seen: false, tries: 0, points: 0, certainty: null, ...value };
  const { certainty, first } = answer;
  const sound =
    ["checked", "shown", "seen"].every((name) => typeof answer[name] === "boolean")
    && Number.isInteger(answer.tries) && answer.tries >= 0 && isShare(answer.points)
    && (certainty === null || Object.hasOwn(SURE, certainty))
    && (first == null || (isRecord(first) && isShare(first.points)));
  return sound ? answer : undefined;
}

const isAnswered = (answer) => answer.shown || answer.tries > 0;

/** How often right for each certainty: { very: [right, rated], … }. */
function calibrate(answers) {
  return Object.fromEntries(Object.keys(SURE).map((name) => {
    const rated = answers.filter((answer) => answer.checked && answer.certainty === name);
    return [name, [rated.filter((answer) => answer.points === 1).length, rated.length]];
  }));
}

const tellCalibration = (sure) =>
  Object.entries(sure)
    .filter(([, [, rated]]) => rated)
    .map(([name, [right, rated]]) => `When ${SURE[name]}: right ${right} of ${rated}.`)
    .join(" ");

/** A place in line that depends on the seed and the question alone, so that an exam can be drawn again (FNV-1a). */
function lot(text) {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ character.codePointAt(0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}

/** What a saved file holds, by path; an Error says what is wrong with it. */
async function readFile(file, chapters) {
  if (file.size > LARGEST) throw new Error("is too large to be saved progress");
  const saved = await file.text().then(JSON.parse).catch(() => null);
  const known = ["course-progress-1", "course-progress-2"].indexOf(saved?.format);
  if (known < 0 || !isRecord(saved.answers)) throw new Error("holds no saved progress");
  if (known) return saved.answers;
  if (!chapters.has(saved.name)) throw new Error("belongs to questions that this book does not have");
  return Object.fromEntries(Object.entries(saved.answers).map(([key, value]) => [`quiz/${saved.name}/${key}`, value]));
}

function render({ model, el }) {
  if (!el.querySelector(".progress-page")) el.innerHTML = model.get("markup");
  const root = el.querySelector(".progress-page");
  const find = (selector) => root.querySelector(selector);
  const all = (selector) => [...root.querySelectorAll(selector)];
  const doing = (name) => find(`[data-act=${name}]`);
  const say = (part, text) => setText(find(`.notice[data-part=${part}]`), text);
  const ended = new AbortController();
  const listen = (type, act) => root.addEventListener(type, act, { signal: ended.signal });

  const chapters = new Map(); // name -> its row and the paths of its questions
  const objectives = new Map(); // list item -> the paths of its questions
  const owners = new Map(); // path of a question -> its objective's list item
  for (const row of all("tr[data-chapter]")) {
    const { chapter: name, version } = row.dataset;
    const paths = [];
    for (const item of row.nextElementSibling.querySelectorAll("li")) {
      const own = item.dataset.keys.split(" ").filter(Boolean).map((key) => `${name}/${key}`);
      objectives.set(item, own);
      for (const path of own) owners.set(path, item);
      paths.push(...own);
    }
    chapters.set(name, { row, version, paths, title: row.cells[0].textContent.trim() });
  }
  const form = find(".plan");
  const [number, minutes, seed] = ["number", "minutes", "seed"].map((name) => form.elements[name]);
  const setSection = find(".set");
  const holder = find(".questions");

  const stored = () => (isRecord(model.get("answers")) ? model.get("answers") : {});
  const none = soundAnswer({});
  const resultIn = (answers, path) => soundAnswer(answers[keyOf(path)]) ?? none;
  const read = new WeakMap(); // entries are replaced, never changed in place
  const answerTo = (path) => {
    const entry = stored()[`quiz/${path}`];
    if (!isRecord(entry)) return none;
    if (!read.has(entry)) read.set(entry, soundAnswer(entry) ?? none);
    return read.get(entry);
  };

  function put(change) {
    const answers = { ...stored(), ...change };
    for (const [path, value] of Object.entries(change)) if (value === undefined) delete answers[path];
    model.set("answers", answers);
    model.save_changes();
  }

  const isExam = (exam) => {
    try {
      return Number.isFinite(exam.begun + exam.over + exam.questions + exam.answered + exam.points) && tellExam(exam);
    } catch {
      return false; // a broken record
    }
  };
  const examsIn = (answers) => [answers["course/exams"] ?? []].flat().filter(isExam);
  const exams = () => examsIn(stored());

  let looked = []; // the set as it was last looked at, and what was found
  /** The set that is open, null where there is none, or undefined if it cannot be used any more. */
  function openSet() {
    const set = stored()["course/set"];
    if (looked[0] !== set || set === undefined) looked = [set, set === undefined ? null : soundSet(set)];
    return looked[1];
  }

  function soundSet(set) {
    const time = (value) => value === null || Number.isFinite(value);
    const sound =
      isRecord(set) && Array.isArray(set.items) && set.items.length > 0 && set.items.every((path) => owners.has(path))
      && (set.kind === "redo"
        || (set.kind === "exam" && isRecord(set.answers) && Number.isFinite(set.begun) && time(set.ends) && time(set.over)));
    return sound ? set : undefined;
  }

  const wrongPaths = () =>
    [...owners.keys()].filter((path) => {
      const answer = answerTo(path);
      return isAnswered(answer) && answer.points < 1;
    });

  // Progress.
  function tally(paths) {
    const answers = paths.map(answerTo).filter(isAnswered);
    return { answers, possible: paths.length, answered: answers.length, points: sum(answers.map((one) => one.points)) };
  }

  function syncProgress() {
    let ticks = 0;
    for (const [name, { row, paths }] of chapters) {
      const { possible, answered, points } = tally(paths);
      const ticked = Boolean(stored()[`course/read/${name}`]?.read);
      row.querySelector("input").checked = ticked;
      ticks += ticked;
      setText(row.querySelector(".answered"), `${answered} of ${possible}`);
      setText(row.querySelector(".points"), `${shortNumber(points)} of ${possible}`);
    }
    for (const [item, paths] of objectives) {
      const { possible, answered, points } = tally(paths);
      setText(item.querySelector(".told"), `${answered} of ${possible} answered, ${count(points, "point")}`);
    }
    const { answers, possible, answered, points } = tally([...owners.keys()]);
    const told = `${ticks} of ${chapters.size} chapters read, ${answered} of ${possible} questions answered, ${count(points, "point")}.`;
    setText(find(".sum"), told);
    find("progress").value = answered;
    setText(find(".certainty"), tellCalibration(calibrate(answers)));
    setText(find(".record-sum"), `${day(Date.now())}. ${told} ${tellCalibration(calibrate(answers))}`);
    setText(find(".kept"), KEPT[model.get("storage") ?? "live"] ?? "");
    const wrong = wrongPaths().length;
    setText(find(".wrong-sum"), `${wrong || "No"} question${wrong === 1 ? "" : "s"} so far.`);
    doing("redo").disabled = !wrong || Boolean(openSet()); // an open exam must not be lost
    find(".exams").replaceChildren(...exams().map((exam) => make("li", tellExam(exam))));
    say("top", unfit(stored()).told.trim());
  }

  const tellExam = (exam) =>
    `Exam on ${day(exam.over)}: ${shortNumber(exam.points)} of ${count(exam.questions, "point")}, ${exam.answered} answered, `
    + `in ${count(Math.max(1, Math.round((exam.over - exam.begun) / MINUTE)), "minute")}. ${tellCalibration(exam.sure)} `
    + `Chapters: ${exam.chapters.map((name) => chapters.get(name)?.title ?? name).join("; ")}.`;

  /** Answers that are kept but count for nothing, because they are broken or their question has changed. */
  function unfit(answers) {
    const paths = Object.keys(answers).filter((path) => path.startsWith("quiz/") && !path.endsWith("/#set"));
    const known = paths.filter((path) => owners.has(path.slice(5)));
    const sound = known.filter((path) => soundAnswer(answers[path]));
    const parts = [];
    if (paths.length > known.length) parts.push(`${count(paths.length - known.length, "answer")} to questions that have changed since.`);
    if (known.length > sound.length) parts.push(`${count(known.length - sound.length, "answer")} that could not be read.`);
    return { sound, told: parts.length ? ` Not counted: ${parts.join(" ")}` : "" };
  }
  // A set of questions: an exam, or what was wrong.
  let shown = null; // what stands in the page: { id, kind, emit, stop }
  let writing = false;
  let warned = null;
  const idOf = (set) => `${set.begun} ${set.items}`;

  /** The quiz's model: a view of the set's own answers in an exam, of the chapters' in a redo. */
  function viewOf(set) {
    let hear = () => {};
    const seats = new Map(set.items.map((path) => [keyOf(path), `quiz/${path}`]));
    let seen = [];
    const view = () => {
      if (set.kind === "exam") return openSet()?.answers ?? {};
      if (seen[0] !== stored()) {
        const kept = [...seats].filter(([, path]) => Object.hasOwn(stored(), path));
        seen = [stored(), Object.fromEntries(kept.map(([key, path]) => [key, stored()[path]]))];
      }
      return seen[1];
    };
    const write = (answers) => {
      writing = true;
      if (set.kind === "redo") put(Object.fromEntries([...seats].map(([key, path]) => [path, answers[key]])));
      else if (openSet()) put({ "course/set": { ...openSet(), answers } });
      writing = false;
    };
    const traits = {
      answers: view,
      exam: () => (set.kind === "exam" ? (openSet()?.over ? "over" : "on") : undefined),
      storage: () => model.get("storage"),
    };
    return {
      get: (trait) => traits[trait]?.(),
      set: (trait, value) => trait === "answers" && write(value),
      save_changes: () => {},
      on: (event, act) => event === "change:answers" && (hear = act),
      off: () => {},
      emit: () => hear(),
    };
  }

  const bank = (name) => model.get("banks")?.[name];
  let asked = false;
  /** Asks for the questions of chapters; true when all of them are there. */
  function have(names) {
    const missing = names.filter((name) => !bank(name));
    if (!missing.length) return true;
    const failed = missing.find((name) => bank(name) === "");
    if (!asked) {
      asked = true;
      model.set("wanted", Object.fromEntries(missing.map((name) => [name, chapters.get(name).version])));
      model.save_changes();
    } else if (failed) say("clock", `The questions of “${chapters.get(failed).title}” could not be loaded. Close the set and try again.`);
    return false;
  }

  function compose(set) {
    const banks = new Map(set.items.map(chapterOf).map((name) => [name, make("template", [], { innerHTML: bank(name) }).content]));
    const quiz = document.importNode(banks.values().next().value.querySelector(".quiz"), true);
    for (const old of quiz.querySelectorAll(".title, .question")) old.remove();
    quiz.setAttribute("aria-label", "Questions");
    set.items.forEach((path, index) => {
      const [id, hash] = keyOf(path).split("@");
      const question = banks.get(chapterOf(path)).querySelector(`[data-id="${id}"][data-hash="${hash}"]`);
      question.querySelector("h3").replaceChildren(`Question ${index + 1} `, make("small", `of ${set.items.length}`));
      quiz.querySelector("template").before(question);
    });
    return quiz;
  }

  function dismount() {
    shown?.stop();
    holder.replaceChildren();
    find(".marks").replaceChildren();
    shown = null;
  }

  function syncSet() {
    const set = openSet();
    if (set === undefined) {
      put({ "course/set": undefined });
      say("exam", "The set that was open could not be read, or its questions have changed. It was set aside.");
      return;
    }
    if (!set || (shown && shown.id !== idOf(set))) dismount();
    form.hidden = Boolean(set);
    setSection.hidden = !set;
    if (!set) return;
    const exam = set.kind === "exam";
    const running = exam && !set.over;
    setText(find("#course-set"), !exam ? "What I got wrong, once more" : running ? "The exam" : "The exam is over");
    const fresh = !shown;
    doing("finish").hidden = !running || fresh;
    doing("close").hidden = running && !fresh;
    find(".clock").hidden = !running || set.ends === null;
    if (fresh) {
      if (!have([...new Set(set.items.map(chapterOf))])) return;
      if (!due) {
        due = true;
        setTimeout(syncSet); // the reader's move is answered first
        return;
      }
      due = false;
      holder.append(compose(set));
      const view = viewOf(set);
      shown = { id: idOf(set), kind: set.kind, emit: view.emit };
      shown.stop = frontEnds.quiz.render({ model: view, el: holder });
      warned = null;
      say("clock", "");
      syncSet();
      return;
    }
    if (!writing) shown.emit();
    if (running || !exam) find(".marks").replaceChildren();
    else if (!find(".marks").childElementCount) syncMarks(set);
    tick();
  }
  let due = false;

  function begin(set) {
    asked = false;
    say("exam", "");
    put({ "course/set": set });
    find("#course-set").focus();
  }

  function beginExam() {
    const names = all(".plan [name=chapter]:checked").map((box) => box.value);
    const word = seed.value.trim() || String(Math.floor(Math.random() * 1e9));
    const lots = new Map(names.flatMap((name) => chapters.get(name).paths).map((path) => [path, lot(`${word} ${keyOf(path)}`)]));
    const items = [...lots.keys()].sort((one, other) => lots.get(one) - lots.get(other)).slice(0, number.valueAsNumber);
    if (!items.length) return say("exam", "Choose one chapter or more.");
    const begun = Date.now();
    const ends = minutes.valueAsNumber ? begun + minutes.valueAsNumber * MINUTE : null;
    return begin({ kind: "exam", items, begun, ends, over: null, answers: { "#set": { seed: 1 + (lot(word) % 1e9) } } });
  }

  function endExam(because) {
    const set = openSet();
    if (!set || set.over) return;
    say("clock", because);
    ask("finish", false);
    // The quiz marks every question when it hears this.
    put({ "course/set": { ...set, over: Math.min(Date.now(), set.ends ?? Infinity) } });
    const { items, begun, over, answers } = openSet();
    const change = {};
    const results = items.map((path) => resultIn(answers, path));
    results.forEach((result, index) => {
      if (!result.checked) return;
      const path = `quiz/${items[index]}`;
      const old = soundAnswer(stored()[path]);
      const first = old ? old.first ?? null : result.first;
      change[path] = { ...result, shown: false, tries: (old?.tries ?? 0) + 1, first };
    });
    const checked = results.filter((result) => result.checked);
    const record = {
      begun, over, questions: items.length, answered: checked.length, points: sum(checked.map((one) => one.points)),
      chapters: [...chapters.keys()].filter((name) => items.some((path) => chapterOf(path) === name)), sure: calibrate(checked),
    };
    put({ ...change, "course/exams": [...exams(), record].slice(-50) });
    find("#course-set").focus();
  }

  function syncMarks({ items, answers }) {
    const results = new Map(items.map((path) => [path, resultIn(answers, path)]));
    const points = (paths) => sum(paths.map((path) => results.get(path).points));
    const checked = [...results.values()].filter((result) => result.checked);
    const cells = (tag, texts) => make("tr", texts.map((text) => make(tag, text)));
    const table = (caption, heads, rows) =>
      make("table", [make("caption", caption), make("thead", cells("th", heads)), make("tbody", rows.map((row) => cells("td", row)))]);
    const scroll = (content) => make("div", content, { className: "scroll", tabIndex: 0, role: "group", ariaLabel: "Table" });
    const sure = Object.entries(calibrate(checked)).map(([name, [right, rated]]) => [
      SURE[name], String(rated), String(right), rated ? `${Math.round((100 * right) / rated)} %` : "–",
    ]);
    const byObjective = [...new Set(items.map((path) => owners.get(path)))].map((item) => {
      const paths = items.filter((path) => owners.get(path) === item);
      return [item.firstChild.textContent.trim(), chapters.get(chapterOf(paths[0])).title, `${shortNumber(points(paths))} of ${paths.length}`];
    });
    find(".marks").replaceChildren(
      make("p", `${shortNumber(points(items))} of ${count(items.length, "point")}; ${checked.length} of ${items.length} answered.`, { className: "total" }),
      scroll(table("How sure you were, and how often you were right", ["You were", "Times", "Right", "Share"], sure)),
      scroll(table("By objective", ["Objective", "Chapter", "Points"], byObjective)),
      make("p", "The questions follow, with the reason for every option."),
    );
  }

  function tick() {
    const set = shown && openSet();
    if (!set?.ends || set.over) return;
    const left = (set.ends - Date.now()) / MINUTE;
    if (left <= 0) return endExam("The time is up: the exam was ended and marked.");
    setText(find(".time"), left > 1 ? `${Math.ceil(left)} minutes left` : "Less than a minute left");
    const passed = left <= 1 ? 1 : left <= 5 ? 5 : 0;
    if (passed && passed !== warned) say("clock", `${count(passed, "minute")} or less left. You can add time.`);
    warned = passed;
  }

  // Files.
  async function load(file) {
    try {
      const found = await readFile(file, chapters);
      const { sound, told } = unfit(found);
      // What is open or was done here stays.
      const other = Object.keys(found).filter((path) => NO_ANSWER.test(path) && isRecord(found[path]) && !(openSet() && path === "course/set"));
      const mine = exams();
      const more = examsIn(found).filter((exam) => !mine.some((one) => one.begun === exam.begun));
      if (more.length) put({ "course/exams": [...mine, ...more] });
      put(Object.fromEntries([...sound, ...other].map((path) => [path, found[path]])));
      say("files", `${count(sound.length, "answer")} loaded.${told}`);
    } catch (error) {
      say("files", `This file ${error.message}. Nothing was changed.`);
    }
  }

  function ask(name, asking, text) {
    const question = doing(`${name}-yes`).parentNode;
    question.hidden = !asking;
    if (text) setText(question.firstElementChild, text);
    if (asking) doing(`${name}-no`).focus();
  }

  const acts = {
    redo: () => {
      const items = wrongPaths();
      const anew = items.map((path) => [`quiz/${path}`, { first: answerTo(path).first ?? null }]);
      put(Object.fromEntries(anew));
      begin({ kind: "redo", items });
    },
    longer: () => {
      put({ "course/set": { ...openSet(), ends: openSet().ends + 10 * MINUTE } });
      say("clock", "Ten minutes were added.");
    },
    "clock-off": () => {
      put({ "course/set": { ...openSet(), ends: null } });
      say("clock", "The clock is off.");
      find("#course-set").focus();
    },
    finish: () => {
      const { value, max } = holder.querySelector("progress");
      ask("finish", true, `${value} of ${max} answered. End the exam and see the marks?`);
    },
    "finish-yes": () => setTimeout(() => endExam("")),
    "finish-no": () => {
      ask("finish", false);
      doing("finish").focus();
    },
    close: () => {
      put({ "course/set": undefined });
      find(".plan button").focus();
    },
    print: () => print(),
    save: () => {
      const answers = Object.fromEntries(Object.entries(stored()).filter(([path]) => OURS.test(path)));
      const saved = new Date().toISOString();
      const file = `course-progress-${saved.slice(0, 10)}.json`;
      const link = make("a", [], { download: file });
      link.href = URL.createObjectURL(new Blob([JSON.stringify({ format: "course-progress-2", saved, answers })]));
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
      say("files", `Saved as ${file}.`);
    },
    clear: () => ask("clear", true),
    "clear-no": () => {
      ask("clear", false);
      doing("clear").focus();
    },
    "clear-yes": () => {
      model.set("answers", {});
      model.save_changes();
      acts["clear-no"]();
      say("files", "Everything was cleared.");
    },
  };

  function syncPlan() {
    for (const part of all(".plan .part")) {
      const boxes = [...part.querySelectorAll("[name=chapter]")];
      const chosen = boxes.filter((box) => box.checked).length;
      Object.assign(part.querySelector(".whole"), { checked: chosen === boxes.length, indeterminate: chosen > 0 && chosen < boxes.length });
      setText(part.querySelector("summary"), `${chosen} of ${count(boxes.length, "chapter")}`);
    }
  }

  listen("click", (event) => {
    const act = event.target.closest("[data-act]")?.dataset.act;
    if (act && event.detail < 2) acts[act]();
  });
  listen("change", async ({ target }) => {
    const { files, dataset } = target;
    if (dataset.read) {
      put({ [`course/read/${dataset.read}`]: target.checked ? { read: new Date().toISOString().slice(0, 10) } : undefined });
    } else if (form.contains(target)) {
      if (target.matches(".whole")) {
        for (const box of target.closest(".part").querySelectorAll("[name=chapter]")) box.checked = target.checked;
      }
      syncPlan();
    } else if (files?.length && !holder.contains(target)) {
      await load(files[0]);
      target.value = "";
    }
  });
  listen("submit", (event) => {
    if (event.target !== form) return;
    event.preventDefault();
    beginExam();
  });

  // What an exam writes changes nothing of the progress before its end.
  let counted = 0;
  function sync() {
    if (!writing || shown?.kind === "redo") {
      clearTimeout(counted);
      counted = setTimeout(syncProgress);
    }
    syncSet();
  }
  model.on("change:answers", sync);
  model.on("change:storage", sync);
  model.on("change:banks", syncSet);
  const clock = setInterval(tick, 1000);

  // JupyterLab hears single keys as commands unless the focused element itself says no.
  for (const control of all("a, button, input, summary")) control.dataset.lmSuppressShortcuts = "true";
  for (const node of all(".live")) {
    node.hidden = false;
    node.classList.remove("live");
  }
  syncPlan();
  syncProgress();
  syncSet();

  return () => {
    ended.abort();
    clearInterval(clock);
    clearTimeout(counted);
    dismount();
    model.off("change:answers", sync);
    model.off("change:storage", sync);
    model.off("change:banks", syncSet);
  };
}

export default { render };
