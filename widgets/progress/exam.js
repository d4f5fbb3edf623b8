// @ts-check
// Needs: progress/stored.js
// An exam: which questions it asks, the record that stays of it, and its marks.

const MINUTE = 60_000;
/** @param {number} time */
const day = (time) => new Date(time).toLocaleDateString("en-GB", { dateStyle: "long" });

/** A place in line that depends on the word and the question alone, so that an exam can be drawn again (FNV-1a).
 * @param {string} text */
function lot(text) {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ /** @type {number} */ (character.codePointAt(0)), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}

/** So many of these questions, drawn by a code word. @param {string[]} paths @param {string} word @param {number} most */
function drawn(paths, word, most) {
  const lots = new Map(paths.map((path) => [path, lot(`${word} ${keyOf(path)}`)]));
  return [...paths].sort((one, other) => Number(lots.get(one)) - Number(lots.get(other))).slice(0, most);
}

/** @param {{ items: string[], answers: Record<string, any> }} set @param {string} path */
const resultIn = ({ answers }, path) => answering.read(answers[keyOf(path)]) ?? BLANK;

/** The record of an exam that is over. @param {any} set @param {Contents} contents */
function recordOf(set, { chapters }) {
  const { items, begun, over } = set;
  const checked = items.map((/** @type {string} */ path) => resultIn(set, path)).filter((/** @type {Answer} */ one) => one.checked);
  return {
    begun, over, questions: items.length, answered: checked.length, points: sum(checked.map(answering.points)),
    chapters: [...chapters.keys()].filter((name) => items.some((/** @type {string} */ path) => chapterOf(path) === name)),
    sure: answering.calibrate(checked),
  };
}

/** @param {ReturnType<typeof recordOf>} exam @param {Contents} contents */
const tellExam = (exam, { chapters }) =>
  `Exam on ${day(exam.over)}: ${shortNumber(exam.points)} of ${count(exam.questions, "point")}, ${exam.answered} answered, `
  + `in ${count(Math.max(1, Math.round((exam.over - exam.begun) / MINUTE)), "minute")}. ${tellCalibration(exam.sure)} `
  + `Chapters: ${exam.chapters.map((name) => chapters.get(name)?.title ?? name).join("; ")}.`;

/** What is told of an exam once it is over. @param {any} set @param {Contents} contents @returns {HTMLElement[]} */
function marksOf(set, { chapters, owners }) {
  /** @type {{ items: string[] }} */
  const { items } = set;
  const pointsIn = (/** @type {string[]} */ paths) => shortNumber(sum(paths.map((path) => answering.points(resultIn(set, path)))));
  const { answered, sure } = recordOf(set, /** @type {Contents} */ ({ chapters, owners }));
  const cells = (/** @type {string} */ tag, /** @type {string[]} */ texts) => make("tr", texts.map((text) => make(tag, text)));
  const table = (/** @type {string} */ caption, /** @type {string[]} */ heads, /** @type {string[][]} */ rows) =>
    make("div", make("table", [make("caption", caption), make("thead", cells("th", heads)), make("tbody", rows.map((row) => cells("td", row)))]),
      { className: "scroll", tabIndex: 0, role: "group", ariaLabel: "Table" });
  const byObjective = [...new Set(items.map((path) => owners.get(path)))].map((item) => {
    const paths = items.filter((path) => owners.get(path) === item);
    return [item?.firstChild?.textContent?.trim() ?? "", chapters.get(chapterOf(paths[0]))?.title ?? "", `${pointsIn(paths)} of ${paths.length}`];
  });
  return [
    make("p", `${pointsIn(items)} of ${count(items.length, "point")}; ${answered} of ${items.length} answered.`, { className: "total" }),
    table("How sure you were, and how often you were right", ["You were", "Times", "Right", "Share"], Object.entries(CERTAINTIES).map(
      ([name, words]) => [words, String(sure[name][1]), String(sure[name][0]), sure[name][1] ? `${Math.round((100 * sure[name][0]) / sure[name][1])} %` : "–"])),
    table("By objective", ["Objective", "Chapter", "Points"], byObjective),
    make("p", "The questions follow, with the reason for every option."),
  ];
}
