// @ts-check
// Needs: base/file.js
// Needs: base/markup.js
// Needs: quiz/answer.js
// Needs: quiz/guess.js
// Needs: progress/contents.js
// Needs: recall/schedule.js
// What the course page keeps, by path, in the browser and in a saved file alike:
//   "quiz/<chapter>/<question id>@<hash>": an answer, as answer.js tells it; "quiz/<chapter>/#set": { seed };
//     "quiz/<chapter>/#guess": what was guessed before reading, as guess.js tells it
//   "course/read/<chapter>": { read: the day it was ticked }
//   "course/marked/<chapter>/<question id>@<hash>": { marked: the day it was marked }
//   "course/recall": the learner's pace, as schedule.js tells it
//   "course/set": { kind: "exam" | "redo" | "session", items: [<chapter>/<question id>@<hash>, …], for an exam and a
//     session begun and over (null before the end): milliseconds, and for an exam ends (null without a clock) and
//     answers: as a quiz keeps them }
//   "course/exams": [{ begun, over, questions, answered, points, chapters, sure }, …], the latest last

const MOST_EXAMS = 50;
const MARKED = "course/marked/";

/** What a value may be, by path. @param {Contents} contents */
function courseShapes({ chapters, owners }) {
  const { number, whole, text, one, maybe, list, set, record } = shape;
  const time = number(0, LATEST);
  const few = whole(0, 1000);
  const pair = list(few, 2, 2);
  const items = set(one(owners), owners.size, 1);
  const seed = record({ seed: whole(0, 2 ** 31) });
  const read = record({ read: isIsoDay });
  const marked = record({ marked: isIsoDay });
  const exam = record({
    begun: time, over: time, questions: few, answered: few, points: number(0, 1000), chapters: list(text(100), 100),
    sure: record(Object.fromEntries(Object.keys(CERTAINTIES).map((name) => [name, pair]))),
  });
  const begunExam = record({
    kind: one(["exam"]), items, begun: time, ends: maybe(time), over: maybe(time),
    answers: (value) => isRecord(value) && Object.keys(value).length <= owners.size,
  });
  const redo = record({ kind: one(["redo"]), items });
  const session = record({ kind: one(["session"]), items, begun: time, over: maybe(time) });
  return {
    exam,
    set: shape.either(begunExam, redo, session),
    /** @param {string} path @param {any} value whether the learner's pace, a question's mark, or a chapter's tick, order
     * or guesses: what no one counts */
    mark: (path, value) => {
      if (path === "course/recall") return scheduling.isPace(value);
      if (path.startsWith(MARKED)) return owners.has(path.slice(MARKED.length)) && marked(value);
      const name = path.replace(/^course\/read\/|^quiz\/|\/#(set|guess)$/g, "");
      /** @type {Record<string, Shape>} */
      const known = { [`course/read/${name}`]: read, [`quiz/${name}/#set`]: seed, [`quiz/${name}/${guessing.entry}`]: guessing.fits };
      return chapters.has(name) && Object.hasOwn(known, path) && known[path](value);
    },
  };
}

/** Sorts what is stored, or stands in a file: what counts, and in words what does not.
 * @param {Record<string, any>} found @param {Contents} contents @param {ReturnType<typeof courseShapes>} shapes */
function sift(found, { owners }, shapes) {
  /** @type {Record<string, Answer>} */
  const answers = {};
  /** @type {Record<string, any>} */
  const marks = {};
  const left = { changed: 0, broken: 0, exams: 0, unknown: 0 };
  for (const [path, value] of Object.entries(found)) {
    if (owners.has(path.slice(5)) && path.startsWith("quiz/")) {
      const answer = answering.read(value);
      if (answer) answers[path] = answer;
      else left.broken += 1;
    } else if (shapes.mark(path, value)) marks[path] = value;
    else if (/^quiz\/[\w/-]{1,200}\/[a-z0-9-]{1,100}@[0-9a-f]{10}$/.test(path)) left.changed += 1;
    else if (!/^course\/(set|exams)$/.test(path)) left.unknown += 1;
  }
  const listed = found["course/exams"] == null ? [] : [found["course/exams"]].flat();
  const exams = listed.filter(shapes.exam);
  left.exams = listed.length - exams.length;
  const set = shapes.set(found["course/set"]) ? found["course/set"] : undefined;
  return { answers, marks, exams: exams.slice(-MOST_EXAMS), set, left };
}

/** @param {ReturnType<typeof sift>["left"]} left */
const tellLeft = ({ changed, broken, exams, unknown }) => {
  const parts = [
    changed && `${count(changed, "answer")} to questions that have changed since.`,
    broken && `${count(broken, "answer")} that could not be read.`,
    exams && `${count(exams, "exam")} that could not be read.`,
    unknown && `${count(unknown, "entry").replace("entrys", "entries")} that this book does not know.`,
  ].filter(Boolean);
  return parts.length ? `Not counted: ${parts.join(" ")}` : "";
};

/** What a saved file holds, by path; an Error says what is wrong with it. @param {File} file @param {Contents} contents */
async function readProgress(file, { chapters }) {
  const saved = await readJson(file, 5e6);
  const known = ["course-progress-1", "course-progress-2"].indexOf(saved?.format);
  if (known < 0 || !isRecord(saved.answers)) throw new Error("holds no saved progress");
  if (known) return saved.answers;
  if (/^sessions\//.test(saved.name)) throw new Error("belongs to a session, whose questions are not counted here");
  if (!chapters.has(saved.name)) throw new Error("belongs to questions that this book does not have");
  return Object.fromEntries(Object.entries(saved.answers).map(([key, value]) => [`quiz/${saved.name}/${key}`, value]));
}

/** @param {Record<string, [number, number]>} sure */
const tellCalibration = (sure) =>
  Object.entries(CERTAINTIES)
    .filter(([name]) => sure[name]?.[1])
    .map(([name, words]) => `When ${words}: right ${sure[name][0]} of ${sure[name][1]}.`)
    .join(" ");
