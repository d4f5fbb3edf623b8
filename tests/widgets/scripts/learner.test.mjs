import assert from "node:assert/strict";
import { test } from "node:test";
import { firstOf, nameOfFile, readLearner, tellLeftOut } from "./parts.mjs";

test("a file's name cannot turn or end the words around it", () => {
  assert.equal(nameOfFile({ name: "mine\u202enosj.exe\u0000\n.json" }), "minenosj.exe.json");
  assert.equal(nameOfFile({ name: "\u202e" }), "a file");
  assert.equal(nameOfFile({ name: "x".repeat(500) }).length, 80);
});

test("what is left out is told by its reason", () => {
  assert.equal(tellLeftOut({ unfit: 1, broken: 2 }), "2 answers that could not be read, 1 answer that cannot belong to the question");
  assert.equal(tellLeftOut({}), "");
});

test("ticks, marks and the pace of a learner are nobody's business", async () => {
  const kept = { response: "b", checked: true, tries: 1, points: 1 };
  const answers = { "quiz/one/a@0123456789": kept, "course/marked/one/b@0123456789": { marked: "2026-11-26" }, "course/recall": { paused: true, fresh: 1, exam: null } };
  const text = JSON.stringify({ format: "course-progress-2", answers });
  const learner = await readLearner({ size: 1, text: async () => text }, new Map([["one", {}], ["course/marked/one", {}]]));
  assert.deepEqual([...learner.responses], [["one/a@0123456789", "b"]]);
  assert.deepEqual(learner.out, {});
});

test("the first response counts, and where it cannot be told there is a reason", () => {
  const older = { response: "b", checked: true, tries: 1, points: 1, seen: false, shown: false };
  assert.deepEqual(firstOf({ ...older, first: { response: "a", points: 0 } }), { response: "a" });
  assert.deepEqual(firstOf(older), { response: "b" });
  assert.deepEqual(firstOf({ ...older, tries: 2 }), { why: "unknown" });
  assert.deepEqual(firstOf({ ...older, first: null }), { why: "unknown" });
  assert.deepEqual(firstOf({ response: null, tries: 0 }), {});
  assert.deepEqual(firstOf({ checked: true, tries: 1, points: 1 }), { why: "broken" });
  for (const broken of [null, 5, "x", [], { ...older, first: { response: { toString: 1 }, points: 1 } }, { ...older, first: 7 }]) {
    assert.deepEqual(firstOf(broken), { why: "broken" }, JSON.stringify(broken));
  }
});
