// @ts-check
// Needs: base/file.js
// Needs: quiz/question.js
// Needs: progress/contents.js
// A learner in a class is a saved file, held against what a file may hold before anything of it is counted.
//
// Files are those that the course page ("course-progress-2": { saved, answers: { "quiz/<chapter>/<key>": … } }) or a
// chapter ("course-progress-1": { saved, name, answers: { "<key>": … } }) saves; a key is "<question id>@<hash>".

/** @typedef {{ response: any, points: number }} First */
/** What of a file counts: the first responses by "<chapter>/<key>"; how many answers are left out, by the reason; and a
 * text that is the same for the same file.
 * @typedef {{ responses: Map<string, any>, out: Record<string, number>, twin: string }} Learner */

/** Reasons to leave an answer out, in words. @type {Record<string, string>} */
const LEFT_OUT = {
  unknown: "whose first response is not known",
  broken: "that could not be read",
  changed: "to questions that have changed since",
  unfit: "that cannot belong to the question",
};

/** "1 answer that could not be read, 2 answers to questions that have changed since". @param {Record<string, number>} out */
const tellLeftOut = (out) =>
  Object.keys(LEFT_OUT).filter((why) => out[why]).map((why) => `${count(out[why], "answer")} ${LEFT_OUT[why]}`).join(", ");

/** A file's name without what would turn the words around it, or end them. @param {File} file */
const nameOfFile = (file) => {
  const plain = file.name.replace(/[\p{Cc}\p{Cs}\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu, "");
  return [...plain].slice(0, 80).join("") || "a file";
};

/** The first response that was checked, or why it cannot be told; neither where nothing was checked. What the file says
 * of its points is not asked: marks are worked out anew.
 * @param {any} kept @returns {{ response?: any, why?: string }} */
const firstOf = (kept) => {
  const answer = answering.read(kept);
  if (!answer) return { why: "broken" };
  const { first, tries, checked, seen } = answer;
  const given = first ?? (first === undefined && tries === 1 && checked && !seen ? answering.latest(answer) : undefined);
  if (given) return given.response == null ? { why: "broken" } : { response: given.response };
  return tries ? { why: "unknown" } : {};
};

/** An Error says what is wrong with the file as a whole.
 * @param {File} file @param {{ has: (chapter: string) => boolean }} chapters @returns {Promise<Learner>} */
async function readLearner(file, chapters) {
  const saved = await readJson(file, 5e6);
  const known = ["course-progress-1", "course-progress-2"].indexOf(saved?.format);
  if (known < 0 || !isRecord(saved.answers)) throw new Error("holds no saved progress");
  // What else a course file holds (ticks, marks, the learner's pace) is nobody's business here.
  const held = Object.entries(saved.answers).filter(([key]) => !known || !key.startsWith("course/"));
  const entries = held.map(([key, kept]) => [known ? key.replace(/^quiz\//, "") : `${saved.name}/${key}`, kept]);
  const answers = entries.filter(([path]) => /^[\w/-]{1,200}\/[a-z0-9-]{1,100}@[0-9a-f]{10}$/.test(path));
  const ours = answers.filter(([path]) => chapters.has(chapterOf(path)));
  if (!ours.length && entries[0]?.[0].startsWith("sessions/")) {
    throw new Error("belongs to a page for patients, and only the questions of the course’s chapters are counted here");
  }
  if (!ours.length && answers.length) throw new Error("belongs to questions that this book does not have");
  /** @type {Learner} */
  const learner = { responses: new Map(), out: {}, twin: "" };
  for (const [path, kept] of ours) {
    const { response, why } = firstOf(kept);
    if (why) learner.out[why] = (learner.out[why] ?? 0) + 1;
    else if (response !== undefined) learner.responses.set(path, response);
  }
  const when = shape.text(40)(saved.saved) ? saved.saved : "";
  learner.twin = JSON.stringify([when, ...learner.responses]);
  return learner;
}

/** Marks a learner's responses; what belongs to no question, or cannot, is left out from now on. Those to questions that
 * could not be loaded, missing from the book's own list, are not spoken of.
 * @param {Learner} learner @param {Map<string, Question>} questions @param {string[]} missing @returns {Map<string, First>} */
const markFirsts = ({ responses, out }, questions, missing) => {
  /** @type {Map<string, First>} */
  const firsts = new Map();
  for (const [path, response] of responses) {
    if (missing.includes(chapterOf(path))) continue;
    const q = questions.get(path);
    const why = !q ? "changed" : !q.kind.valid(q, response) || q.kind.lacking(q, response) ? "unfit" : "";
    if (why) out[why] = (out[why] ?? 0) + 1;
    else firsts.set(path, { response, points: /** @type {Question} */ (q).kind.grade(q, response)[0] });
  }
  return firsts;
};
