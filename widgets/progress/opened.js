// @ts-check
// Needs: base/registry.js
// Needs: progress/course.js
// Needs: progress/session.js
// Needs: progress/set.js
// Needs: progress/today.js
// The set that is open on the course page: an exam, what was wrong, or a session.

/** @param {any} set */
const headingOf = ({ kind, items, over }) =>
  kind === "redo" ? "What I got wrong, once more"
    : kind === "exam" ? (over ? "The exam is over" : "The exam")
      : over ? "What you learned" : `${count(items.length, "question")}, one at a time`;

/** @param {Course} course @param {ReturnType<typeof todays>} today */
function openedSet(course, today) {
  const { model, contents, stored, kept, answerTo, openSet, put, find, doing, all, say, ask } = course;
  const { chapters, bound } = contents;
  const form = find(".plan");
  const setSection = find(".set");
  const holder = find(".questions");
  /** What stands in the page. @type {{ id: string, kind: string, emit: () => void, stop: any } | null} */
  let shown = null;
  const session = steps(course, holder);
  let writing = false;
  let due = false;
  let asked = false;
  let entering = false; // by the reader's own move
  /** @type {number | null} */
  let warned = null;
  const idOf = (/** @type {any} */ set) => `${set.begun} ${set.items}`;
  const write = (/** @type {Record<string, any>} */ change) => {
    writing = true;
    put(change);
    writing = false;
  };

  const bank = (/** @type {string} */ name) => model.get("banks")?.[name];
  /** Asks for the questions of chapters; true when all of them are there. @param {string[]} names */
  function have(names) {
    const missing = names.filter((name) => !bank(name));
    if (!missing.length) return true;
    const failed = missing.find((name) => bank(name) === "");
    if (!asked) {
      asked = true;
      model.set("wanted", Object.fromEntries(missing.map((name) => [name, chapters.get(name)?.version])));
      model.save_changes();
    } else if (failed) say("clock", `The questions of “${chapters.get(failed)?.title}” could not be loaded. Close the set and try again.`);
    return false;
  }

  function dismount() {
    shown?.stop();
    holder.replaceChildren();
    find(".marks").replaceChildren();
    shown = null;
  }

  /** @param {any} set */
  function mount(set) {
    holder.append(compose(set.items, bank, contents));
    const view = viewOf(set, { model, stored, openSet, write });
    shown = { id: idOf(set), kind: set.kind, emit: view.emit, stop: null };
    shown.stop = frontEnds.quiz.render({ model: view, el: holder });
    warned = null;
    say("clock", "");
    if (set.kind === "session") {
      session.start(set.items);
      if (entering) session.enter();
    } else if (entering && set.kind === "redo") {
      holder.querySelector(".question").scrollIntoView();
      holder.querySelector(":is(.answers) :is(input, select, button)")?.focus();
    }
    entering = false;
  }

  function syncSet() {
    const set = openSet();
    if (!set && stored()["course/set"] !== undefined) {
      put({ "course/set": undefined });
      say("exam", "The set that was open could not be read, or its questions have changed. It was set aside.");
      return;
    }
    const learned = set?.kind === "session" && set.over;
    if (!set || learned || (shown && shown.id !== idOf(set))) dismount();
    form.hidden = Boolean(set);
    setSection.hidden = !set;
    if (!set) return;
    const exam = set.kind === "exam";
    const running = exam && !set.over;
    const sitting = set.kind === "session" && !set.over;
    setText(find("#course-set"), headingOf(set));
    doing("finish").hidden = !running || !shown;
    doing("close").hidden = (running || sitting) && Boolean(shown);
    doing("more").hidden = !learned || !today.next().length;
    for (const part of all(".sitting")) part.hidden = !sitting || !shown;
    if (learned) {
      find(".marks").replaceChildren(...endingOf(course, set.items, today));
      return;
    }
    find(".clock").hidden = !running || set.ends == null;
    if (!shown) {
      if (!have([...new Set(set.items.map(chapterOf))])) return;
      if (due) mount(set);
      else setTimeout(syncSet); // the reader's move is answered first
      due = !due;
      if (!due) syncSet();
      return;
    }
    if (!writing) shown.emit();
    if (sitting) session.sync();
    if (sitting && writing) setTimeout(session.offerNext);
    if (running || !exam) find(".marks").replaceChildren();
    else if (!find(".marks").childElementCount) find(".marks").replaceChildren(...marksOf(openSet(), contents));
    tick();
  }

  /** Opens a set by the reader's own move; `change` is kept with it. @param {any} set @param {Record<string, any>} [change] */
  function begin(set, change) {
    asked = false;
    entering = true;
    say("exam", "");
    put({ ...change, "course/set": set });
    find("#course-set").focus();
  }

  function beginExam() {
    const [number, minutes, seed] = ["number", "minutes", "seed"].map((name) => form.elements[name]);
    const names = all(".plan [name=chapter]:checked").map((box) => box.value);
    const word = seed.value.trim() || String(Math.floor(Math.random() * 1e9));
    const paths = names.flatMap((name) => chapters.get(name)?.paths ?? []).filter((path) => !bound.has(path));
    const items = drawn(paths, word, number.valueAsNumber);
    if (!items.length) return say("exam", "Choose one chapter or more.");
    const begun = Date.now();
    const ends = minutes.valueAsNumber ? begun + minutes.valueAsNumber * MINUTE : null;
    return begin({ kind: "exam", items, begun, ends, over: null, answers: { "#set": { seed: 1 + (lot(word) % 1e9) } } });
  }

  /** What was left open is given up. @param {any} set @returns {Record<string, any>} */
  const givenUp = ({ kind, items }) => (kind === "exam" ? {} : Object.fromEntries(items
    .map((/** @type {string} */ path) => [`quiz/${path}`, answering.giveUp(answerTo(path))])
    .filter((/** @type {any} */ [path]) => Object.hasOwn(stored(), path))));

  /** So many questions as are due, new or chosen: each a new attempt, while what was checked before stands. */
  function beginSession() {
    const items = today.next();
    const anew = items.map((path) => [`quiz/${path}`, answering.redo(answerTo(path))]).filter(([path]) => Object.hasOwn(stored(), String(path)));
    const left = openSet() ? givenUp(openSet()) : {};
    if (items.length) begin({ kind: "session", items, begun: Math.min(Date.now(), LATEST), over: null }, { ...left, ...Object.fromEntries(anew) });
  }

  function endSession() {
    const set = openSet();
    if (set?.kind !== "session" || set.over) return;
    put({ "course/set": { ...set, over: Math.min(Date.now(), LATEST) } });
    find("#course-set").focus();
    find("#course-set").scrollIntoView();
  }

  /** @param {string} because */
  function endExam(because) {
    const set = openSet();
    if (!set || set.over) return;
    say("clock", because);
    ask("finish", false);
    // The quiz marks every question when it hears this.
    put({ "course/set": { ...set, over: Math.min(Date.now(), set.ends ?? Infinity) } });
    const over = openSet();
    const results = over.items.map((/** @type {string} */ path) => [path, resultIn(over, path)]).filter((/** @type {any} */ [, one]) => one.checked);
    const change = Object.fromEntries(results.map((/** @type {any} */ [path, result]) => [`quiz/${path}`, answering.examine(answerTo(path), result)]));
    put({ ...change, "course/exams": [...kept().exams, recordOf(over, contents)].slice(-MOST_EXAMS) });
    find("#course-set").focus();
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

  return {
    sync: syncSet,
    begin,
    beginExam,
    beginSession,
    session,
    endExam,
    endSession,
    givenUp,
    tick,
    close: dismount,
    /** Whether what changes now counts before the set is over. */
    counts: () => !writing || shown?.kind !== "exam",
  };
}
