import assert from "node:assert/strict";
import { test } from "node:test";
import { BLANK, answering, courseShapes, drawn, isBounded, lot, recordOf, sift, tellCalibration, tellLeft } from "./parts.mjs";

const PATHS = ["one/a@0123456789", "one/b@0123456789", "two/c@0123456789"];
const contents = {
  chapters: new Map([["one", { paths: PATHS.slice(0, 2) }], ["two", { paths: PATHS.slice(2) }]]),
  owners: new Map(PATHS.map((path) => [path, {}])), objectives: new Map(), bound: new Set(),
};
const shapes = courseShapes(contents);
const NOW = 1_780_000_000_000;
const EXAM = { begun: NOW, over: NOW + 1, questions: 2, answered: 1, points: 1, chapters: ["one"], sure: { very: [1, 1], fairly: [0, 0], guess: [0, 0] } };
const SET = { kind: "exam", items: PATHS.slice(0, 2), begun: NOW, ends: null, over: null, answers: {} };
const sifted = (found) => sift(found, contents, shapes);

test("what the course keeps counts, and nothing else", () => {
  const answer = answering.check({ ...BLANK, response: "a" }, 1, NOW);
  const { answers, marks, exams, set, left } = sifted({
    [`quiz/${PATHS[0]}`]: answer, "quiz/one/#set": { seed: 3 }, "quiz/one/#guess": { "a@0123456789": "b" }, "course/read/two": { read: "2026-11-26" }, "course/exams": [EXAM], "course/set": SET,
    "course/recall": { paused: false, fresh: 5, exam: null }, [`course/marked/${PATHS[2]}`]: { marked: "2026-11-26" },
    [`quiz/${PATHS[1]}`]: { tries: -1 }, "quiz/one/a@9999999999": answer, "course/read/elsewhere": { read: "2026-11-26" }, "quiz/x/#set": { seed: 1 },
    "course/read/one": { read: "A".repeat(5_000_000) }, elsewhere: 1, "quiz/two/#guess": "b",
    "course/marked/one/gone@0123456789": { marked: "2026-11-26" }, [`course/marked/${PATHS[0]}`]: { marked: "x".repeat(1e6) },
  });
  assert.deepEqual(Object.keys(answers), [`quiz/${PATHS[0]}`]);
  assert.deepEqual(Object.keys(marks), ["quiz/one/#set", "quiz/one/#guess", "course/read/two", "course/recall", `course/marked/${PATHS[2]}`]);
  assert.deepEqual([exams, set], [[EXAM], SET]);
  assert.deepEqual(left, { changed: 1, broken: 1, exams: 0, unknown: 7 });
  assert.equal(tellLeft(left), "Not counted: 1 answer to questions that have changed since. 1 answer that could not be read. 7 entries that this book does not know.");
});

test("exams are few, of known names and possible times", () => {
  const broken = [
    null, 7, { over: "yesterday" }, { ...EXAM, begun: 1e300 }, { ...EXAM, chapters: ["A".repeat(1_000_000)] }, { ...EXAM, points: "1" },
    { ...EXAM, sure: {} }, { ...EXAM, sure: { ...EXAM.sure, very: [1] } }, { ...EXAM, more: 1 }, { ...EXAM, chapters: Array(101).fill("one") },
  ];
  assert.deepEqual(sifted({ "course/exams": [...broken, EXAM] }).exams, [EXAM]);
  const many = Array.from({ length: 10_000 }, (_, index) => ({ ...EXAM, begun: index }));
  assert.equal(sifted({ "course/exams": many }).exams.length, 50);
});

test("a set names known questions, each once", () => {
  const broken = [
    { ...SET, items: [] }, { ...SET, items: [PATHS[0], PATHS[0]] }, { ...SET, items: ["nowhere"] }, { ...SET, items: Array(60_000).fill(PATHS[0]) },
    { ...SET, ends: 1e308 }, { ...SET, begun: NaN }, { ...SET, kind: "other" }, { ...SET, answers: [] }, { kind: "redo" }, null, "set",
  ];
  for (const set of broken) assert.equal(sifted({ "course/set": set }).set, undefined, JSON.stringify(set)?.slice(0, 80));
  assert.deepEqual(sifted({ "course/set": { kind: "redo", items: PATHS } }).set, { kind: "redo", items: PATHS });
  const session = { kind: "session", items: PATHS, begun: NOW, over: null };
  assert.deepEqual(sifted({ "course/set": session }).set, session);
  for (const set of [{ ...session, begun: -1 }, { ...session, over: "now" }, { ...session, answers: {} }]) assert.equal(sifted({ "course/set": set }).set, undefined);
});

test("what is too deep, too long or no text is not looked at", () => {
  let deep = [];
  for (let depth = 0; depth < 50; depth += 1) deep = [deep];
  for (const value of [deep, "x".repeat(20_001), "\ud800", Array(20_001).fill(0), { ["y".repeat(20_001)]: 1 }]) assert.ok(!isBounded(value));
  assert.ok(isBounded({ a: [1, "two", null, { b: [true] }] }));
});

test("a code word draws the same exam for everybody, and every question as often", () => {
  const paths = Array.from({ length: 200 }, (_, index) => `chapter/question-${index}@0123456789`);
  assert.deepEqual(drawn(paths, "herring", 20), drawn([...paths].reverse(), "herring", 20));
  assert.notDeepEqual(drawn(paths, "herring", 20), drawn(paths, "mackerel", 20));
  assert.equal(lot("herring question"), lot("herring question"));
  const times = new Map(paths.map((path) => [path, 0]));
  for (let word = 0; word < 2000; word += 1) for (const path of drawn(paths, String(word), 20)) times.set(path, times.get(path) + 1);
  assert.ok(Math.min(...times.values()) > 130 && Math.max(...times.values()) < 280);
});

test("the record of an exam tells points, chapters and certainty", () => {
  const right = answering.check({ ...BLANK, response: "a", certainty: "very" }, 1, NOW);
  const record = recordOf({ ...SET, over: NOW + 1, answers: { "a@0123456789": right } }, contents);
  assert.deepEqual(record, { ...EXAM, points: 1, answered: 1 });
  assert.ok(shapes.exam(record));
  assert.equal(tellCalibration(record.sure), "When very sure: right 1 of 1.");
});
