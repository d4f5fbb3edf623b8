// @ts-check
// Needs: base/file.js
// Needs: recall/calendar.js
// Needs: recall/sitting.js
// Needs: progress/course.js
// What is due today and why, in one line; which questions a session asks; the learner's pace.

/** What would be forgotten, in words. @type {Record<Why, (number: number) => string>} */
const REASONS = {
  sure: (number) => `${number} you were very sure of and got wrong`,
  wrong: (number) => `${number} you got wrong`,
  fading: (number) => `${number} you knew and would soon forget`,
};

/** @param {Course} course */
function todays(course) {
  const { contents: { chapters, owners, bound }, kept, answerTo, openSet, put, find, doing, all, say } = course;
  /** @type {Place[]} */
  const everywhere = [...chapters].flatMap(([chapter, { part, paths }]) =>
    paths.map((path) => ({ path, chapter, part, objective: owners.get(path), bound: bound.has(path) })));
  const today = () => dayOf(Date.now());
  const pace = () => /** @type {Pace} */ ({ ...PACE, ...kept().marks["course/recall"] });
  const isRead = (/** @type {string} */ chapter) => Object.hasOwn(kept().marks, `course/read/${chapter}`);
  const isMarked = (/** @type {Place} */ { path }) => Object.hasOwn(kept().marks, MARKED + path);
  const chosen = (/** @type {string} */ name) => find(`.choose [name=${name}]`).value;
  const stand = (places = everywhere) => standing(places, answerTo, pace(), today(), isRead);
  let told = 0;

  /** The paths of the next session, as the reader chose. */
  function next() {
    const places = everywhere.filter(({ part }) => !chosen("part") || part === chosen("part"));
    /** @type {Record<string, () => Place[]>} */
    const only = {
      wrong: () => wrongOnes(places, answerTo),
      marked: () => places.filter(isMarked),
      unseen: () => stand(places).unseen,
    };
    const asked = only[chosen("only")];
    return asked ? mixed(asked().slice(0, SITTING)).map(({ path }) => path) : sittingOf(stand(places));
  }

  /** @param {ReturnType<typeof stand>} now */
  function words({ answered, due, fresh, days }) {
    const number = sum(WHY.map((why) => due[why].length));
    const news = fresh.length ? `${count(fresh.length, "new question")} ${fresh.length === 1 ? "waits" : "wait"}${number ? " besides" : ""}.` : "";
    if (pace().paused) return "You have paused: nothing is asked for until you go on.";
    if (!answered) return "Nothing to catch up on. Begin with ten questions: each one you answer comes back just before you would forget it, after days, then weeks, then months.";
    if (number) return `${count(number, "question")} ${number === 1 ? "is" : "are"} due today: ${WHY.filter((why) => due[why].length).map((why) => REASONS[why](due[why].length)).join(", ")}. ${news}`.trim();
    const coming = [...days.keys()].sort((one, other) => one - other)[0];
    const later = coming === undefined ? "" : `${count(days.get(coming) ?? 0, "question")} ${days.get(coming) === 1 ? "comes" : "come"} back ${tellDay(coming, today())}.`;
    return `Nothing is due today: you are up to date. ${later} ${news}`.replace(/ +/g, " ").trim();
  }

  function tell() {
    const now = stand();
    told = today();
    const size = next().length;
    const { paused, fresh, exam } = pace();
    find(".today").hidden = openSet()?.kind === "session";
    setText(find(".due"), words(now));
    setText(doing("ten"), size && size !== SITTING ? `${size === 1 ? "One question" : `${size} questions`} now` : "Ten now");
    doing("ten").disabled = !size || Boolean(openSet());
    setText(find(".none"), size || paused ? "" : "There is no such question now. Choose others below, or come back on the day.");
    doing("calendar").disabled = !now.days.size;
    for (const [name, value] of Object.entries({ fresh, exam: exam ?? "" })) {
      const field = find(`.pace [name=${name}]`);
      if (field.value !== String(value) && document.activeElement !== field) field.value = value;
    }
    find(".pace [name=paused]").checked = paused;
    for (const flag of all("[data-act=flag]")) {
      const on = Object.hasOwn(kept().marks, MARKED + flag.dataset.path);
      setText(flag, on ? "★ Marked" : "☆ Mark");
      flag.setAttribute("aria-pressed", String(on));
    }
    const memories = [...owners.keys()].map((path) => scheduling.memoryOf(answerTo(path), told)).filter((one) => one !== null);
    const recalled = Math.round(sum(memories.map((one) => memorising.recallOn(one, told))));
    setText(find(".recalled"), memories.length ? `${count(memories.length, "question")} in review, of which you would know about ${recalled} today.` : "");
  }

  return {
    next,
    tell,
    /** A new day is told when it comes. */
    tick: () => {
      if (told !== today()) tell();
    },
    words: () => words(stand()),
    dueOn: (/** @type {string} */ path) => scheduling.dueOn(path, answerTo(path), pace(), today()),
    /** @param {HTMLElement} flag */
    flag: ({ dataset: { path = "" } }) => {
      const key = MARKED + path;
      put({ [key]: Object.hasOwn(kept().marks, key) ? undefined : { marked: isoDay(today()) } });
    },
    calendar: () => {
      const address = location.protocol === "file:" ? "" : location.href.replace(/[#?].*/, "");
      const file = new Blob([calendarOf(stand().days, Date.now(), address)], { type: "text/calendar" });
      offerFile("course-review.ics", file);
      say("today", "Saved as course-review.ics. Open it with your calendar; make it anew when you have answered more.");
    },
    /** What a learner sets; a value that is none goes back. @param {HTMLInputElement} field */
    set: (field) => {
      const { name, checked, value, valueAsNumber } = field;
      const change = name === "paused" ? checked : name === "fresh" ? valueAsNumber : value || null;
      const now = { ...pace(), [name]: change };
      if (scheduling.isPace(now)) put({ "course/recall": now });
      else field.value = String(pace()[/** @type {"fresh" | "exam"} */ (name)] ?? "");
    },
  };
}
