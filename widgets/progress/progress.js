// @ts-check
// Needs in the page: progress/banks.js
// Needs: quiz/quiz.js
// Needs: progress/overview.js
// Needs: progress/opened.js
// The course page's front end: what is due today, progress over all chapters, exams, and a set of what was wrong.
//
// Contract. The model offers get, set, on, off and save_changes. `answers` holds all that the book keeps, by path: see
// stored.js. The questions of chapters come through `wanted` ({ chapter: version }) and `banks` ({ chapter: markup, or
// "" where it cannot be had }).

/** @param {{ model: Model, el: HTMLElement }} shown */
function render({ model, el }) {
  const root = rootIn({ model, el }, ".progress-page");
  const ended = new AbortController();
  const listen = (/** @type {string} */ type, /** @type {(event: any) => void} */ act) =>
    root.addEventListener(type, act, { signal: ended.signal });
  const course = openCourse(model, root);
  const { contents, shapes, stored, kept, answerTo, wrongPaths, openSet, put, find, doing, all, say, ask } = course;
  const today = todays(course);
  const opened = openedSet(course, today);
  const form = find(".plan");

  /** What is open or was done here stays; of two answers to a question the one checked later counts. @param {File} file */
  async function load(file) {
    const found = sift(await readProgress(file, contents), contents, shapes);
    const mine = kept();
    const known = new Set(mine.exams.map(({ begun }) => begun));
    const exams = [...mine.exams, ...found.exams.filter(({ begun }) => !known.has(begun))].slice(-MOST_EXAMS);
    const answers = Object.entries(found.answers).map(([path, answer]) => [path, answering.merge(answerTo(path.slice(5)), answer)]);
    const guesses = Object.entries(found.marks).filter(([path]) => path.endsWith(`/${guessing.entry}`)).map(
      ([path, theirs]) => [path, guessing.merge({ [guessing.entry]: mine.marks[path] }, theirs)[guessing.entry]]);
    put({
      ...found.marks,
      ...Object.fromEntries(guesses),
      ...Object.fromEntries(answers),
      ...(mine.marks["course/recall"] && { "course/recall": mine.marks["course/recall"] }),
      ...(exams.length > mine.exams.length && { "course/exams": exams }),
      ...(found.set && !mine.set && { "course/set": found.set }),
    });
    const loaded = Object.values(found.answers).filter(answering.isAnswered).length;
    return `${count(loaded, "answer")} loaded. ${tellLeft(found.left)}`.trim();
  }

  // What a reader does.

  /** @type {Record<string, (control: any) => void>} */
  const acts = {
    ten: opened.beginSession,
    more: opened.beginSession,
    calendar: today.calendar,
    flag: today.flag,
    go: ({ dataset }) => opened.session.go(Number(dataset.place)),
    previous: opened.session.previous,
    next: () => opened.session.next() || opened.endSession(),
    "end-session": opened.endSession,
    redo: () => {
      const items = wrongPaths();
      opened.begin({ kind: "redo", items }, Object.fromEntries(items.map((path) => [`quiz/${path}`, answering.redo(answerTo(path))])));
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
      const { value, max } = find(".questions progress");
      ask("finish", true, `${value} of ${max} answered. End the exam and see the marks?`);
    },
    "finish-yes": () => setTimeout(() => opened.endExam("")),
    "finish-no": () => {
      ask("finish", false);
      doing("finish").focus();
    },
    close: () => {
      const { kind } = openSet();
      put({ ...opened.givenUp(openSet()), "course/set": undefined });
      find(kind === "session" ? "#course-today" : ".plan button").focus();
    },
    print: () => print(),
    save: () => {
      const answers = Object.fromEntries(Object.entries(stored()).filter(([path]) => /^(quiz|course)\//.test(path)));
      const saved = new Date().toISOString();
      const file = `course-progress-${saved.slice(0, 10)}.json`;
      saveFile(file, { format: "course-progress-2", saved, answers });
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
      acts["clear-no"](null);
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
    const control = event.target.closest("[data-act]");
    if (control && event.detail < 2) acts[control.dataset.act](control);
  });
  listen("change", async ({ target }) => {
    const { files, dataset } = target;
    if (dataset.read) {
      put({ [`course/read/${dataset.read}`]: target.checked ? { read: new Date().toISOString().slice(0, 10) } : undefined });
    } else if (find(".pace").contains(target)) {
      today.set(target);
    } else if (find(".choose").contains(target)) {
      today.tell();
    } else if (form.contains(target)) {
      if (target.matches(".whole")) {
        for (const box of target.closest(".part").querySelectorAll("[name=chapter]")) box.checked = target.checked;
      }
      syncPlan();
    } else if (files?.length && !find(".questions").contains(target)) {
      say("files", await load(files[0]).catch(({ message }) => `This file ${message}. Nothing was changed.`));
      target.value = "";
    }
  });
  listen("submit", (event) => {
    if (event.target !== form) return;
    event.preventDefault();
    opened.beginExam();
  });

  // What an exam writes changes nothing of the progress before its end.
  let counted = 0;
  function tell() {
    tellProgress(course);
    today.tell();
  }
  function sync() {
    if (opened.counts()) {
      clearTimeout(counted);
      counted = setTimeout(tell);
    }
    opened.sync();
  }
  model.on("change:answers", sync);
  model.on("change:storage", sync);
  model.on("change:banks", opened.sync);
  const clock = setInterval(() => {
    opened.tick();
    today.tick();
  }, 1000);

  keepKeys(all("a, button, input, select, summary"));
  for (const node of all(".live")) {
    node.hidden = false;
    node.classList.remove("live");
  }
  syncPlan();
  tell();
  opened.sync();

  return () => {
    ended.abort();
    clearInterval(clock);
    clearTimeout(counted);
    opened.close();
    model.off("change:answers", sync);
    model.off("change:storage", sync);
    model.off("change:banks", opened.sync);
  };
}

export default { render };
