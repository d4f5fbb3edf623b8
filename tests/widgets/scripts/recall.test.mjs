import assert from "node:assert/strict";
import { test } from "node:test";
import { BLANK, PACE, answering, calendarOf, dayOf, isoDay, mixed, scheduling, sittingOf, standing, tellDay, wrongOnes } from "./parts.mjs";

const DAY = 86_400_000;
const NOW = new Date(2026, 10, 27, 9).getTime();
const TODAY = dayOf(NOW);
const checked = (points, daysAgo, changes = {}, before = BLANK) =>
  answering.check({ ...answering.redo(before), response: "a", ...changes }, points, NOW - daysAgo * DAY);
const due = (answer, pace = PACE) => scheduling.dueOn("one/a@0123456789", answer, pace, TODAY) - TODAY;

test("how a check is rated follows from points, certainty and hints", () => {
  const rate = (points, changes) => scheduling.rate({ points, certainty: null, hints: 0, ...changes });
  assert.deepEqual([rate(0), rate(0.99, { certainty: "very" }), rate(1, { seen: true })], [1, 1, 1]);
  assert.deepEqual([rate(1, { hints: 1, certainty: "very" }), rate(1, { certainty: "guess" }), rate(1), rate(1, { certainty: "very" })], [2, 2, 3, 4]);
});

test("a question comes back the next day where it was wrong, later where it was right", () => {
  assert.equal(due(checked(0, 0)), 1);
  assert.equal(due(checked(1, 0)), 2);
  assert.equal(due(checked(1, 0, { certainty: "very" })), 8);
  assert.equal(due(checked(1, 8, { certainty: "very" })), 0);
  assert.ok(due(checked(1, 0, {}, checked(1, 2))) > 7);
  assert.equal(due(BLANK), Infinity);
});

test("where no day is known it is due today; a day to come is none, and a clock that went back is no time", () => {
  assert.equal(due(answering.read({ response: "a", checked: true, tries: 1, points: 1 })), 0);
  assert.equal(due(checked(1, -9999)), 0);
  assert.equal(due(checked(1, 0, {}, checked(1, -9999))), 2);
  const back = checked(1, 5, {}, checked(1, 2));
  assert.ok(due(back) >= 0);
});

test("an answer that was only shown comes back the next day", () => {
  assert.equal(due(answering.show(BLANK, NOW)), 1);
  const looked = answering.show(answering.redo(checked(1, 8, { certainty: "very" })), NOW);
  assert.ok(due(looked) < due(checked(1, 0, { certainty: "very" }, checked(1, 8, { certainty: "very" }))));
  assert.deepEqual(answering.read(JSON.parse(JSON.stringify(looked))), looked);
});

test("what would come after an exam comes once in the week before it", () => {
  const exam = isoDay(TODAY + 20);
  const late = checked(1, 0, { certainty: "very" }, checked(1, 8, { certainty: "very" }));
  assert.ok(due(late) > 20);
  assert.ok(due(late, { ...PACE, exam }) >= 13 && due(late, { ...PACE, exam }) < 20);
  assert.equal(due(checked(1, 0), { ...PACE, exam }), 2);
  assert.ok(due(late, { ...PACE, exam: isoDay(TODAY - 1) }) > 20, "an exam that is over moves nothing");
});

const place = (chapter, id, part = "A") => ({ path: `${chapter}/${id}`, chapter, part, objective: `${chapter} ${id[0]}`, bound: id.endsWith("bound") });
const PLACES = [..."123456"].flatMap((id) => [place("one", id), place("two", id), place("three", id, "B")]);
const now = (answers, pace = PACE, read = []) => standing(PLACES, (path) => answers[path] ?? BLANK, pace, TODAY, (name) => read.includes(name));

test("sure and wrong come first, then wrong, then what fades, then new ones; neighbours are mixed", () => {
  const answers = {
    "one/1": checked(1, 3), "one/2": checked(0, 3), "one/3": checked(0, 3, { certainty: "very" }),
    "two/1": checked(0, 2, { certainty: "very" }), "two/2": checked(1, 0), "three/1": checked(0, 1, { certainty: "very" }),
  };
  const found = sittingOf(now(answers));
  assert.deepEqual(found.slice(0, 5), ["one/3", "two/1", "three/1", "one/2", "one/1"]);
  assert.equal(found.length, 10);
  for (let index = 6; index < 10; index += 1) assert.notEqual(found[index].split("/")[0], found[index - 1].split("/")[0]);
  assert.deepEqual(wrongOnes(PLACES, (path) => answers[path] ?? BLANK).map(({ path }) => path), ["two/1", "three/1", "one/3", "one/2"]);
});

test("after a question comes its neighbour of another chapter of its part", () => {
  assert.deepEqual(mixed([place("one", "1"), place("one", "2"), place("three", "1", "B"), place("two", "1")]).map(({ path }) => path), ["one/1", "two/1", "one/2", "three/1"]);
});

test("new ones keep to the pace and to chapters that were begun; a pause asks for nothing", () => {
  const one = { "two/1": checked(1, 0) };
  assert.equal(now(one, { ...PACE, fresh: 4 }).fresh.length, 3, "one was new today already");
  assert.deepEqual(now({}, { ...PACE, fresh: 3 }, ["three"]).fresh.map(({ path }) => path), ["three/1", "three/2", "three/3"]);
  assert.deepEqual(now({}, { ...PACE, fresh: 3 }).fresh.map(({ path }) => path), ["one/1", "two/1", "one/2"]);
  const paused = now({ "one/1": checked(0, 9) }, { ...PACE, paused: true });
  assert.deepEqual([sittingOf(paused), paused.days.size], [[], 0]);
});

test("the calendar has a day for each day on which something is due", () => {
  const { days } = now({ "one/1": checked(0, 9), "one/2": checked(0, 0), "two/1": checked(0, 0) });
  assert.deepEqual([...days].sort(), [[TODAY, 1], [TODAY + 1, 2]]);
  const text = calendarOf(days, NOW, "https://example.org/course.html");
  assert.equal(text.match(/BEGIN:VEVENT/g).length, 2);
  assert.match(text, /DTSTART;VALUE=DATE:20261128\r\nSUMMARY:2 questions to come back to\r\n/);
  assert.ok(text.split("\r\n").every((line) => line.length <= 75) && !/[^\r]\n/.test(text));
});

test("days have names", () => {
  assert.deepEqual([TODAY - 1, TODAY + 1, TODAY + 6].map((one) => tellDay(one, TODAY)), ["today", "tomorrow", "on 3 December"]);
  assert.ok(scheduling.isPace({ paused: true, fresh: 0, exam: "2026-12-03" }) && scheduling.isPace(PACE));
  for (const wrong of [{}, { ...PACE, fresh: -1 }, { ...PACE, exam: "2026-99-99" }, { ...PACE, exam: "x".repeat(1e6) }, { ...PACE, more: 1 }, null]) assert.ok(!scheduling.isPace(wrong));
});
