import assert from "node:assert/strict";
import { test } from "node:test";
import { answering, BLANK, seededRandom } from "./parts.mjs";

const NOW = 1_780_000_000_000;
const wrong = answering.check({ ...BLANK, response: "b", certainty: "very" }, 0, NOW);
const right = answering.check({ ...BLANK, response: "a" }, 1, NOW);

test("a check counts, and keeps when it was", () => {
  assert.deepEqual(answering.latest(wrong), { at: NOW, points: 0, certainty: "very", hints: 0, response: "b" });
  assert.deepEqual(wrong.first, { response: "b", points: 0 });
  assert.ok(answering.isWrong(wrong) && !answering.isWrong(right));
  assert.equal(answering.points(right), 1);
});

test("whatever is tried, shown or redone, the latest check counts until another one", () => {
  const random = seededRandom("any sequence");
  const acts = {
    again: (answer) => answering.again(answer, null),
    redo: answering.redo,
    giveUp: answering.giveUp,
    show: answering.show,
    // Where a question is drawn late, a control of before is used on what was checked meanwhile.
    answer: (answer) => answering.change(answer, { response: random() < 0.5 ? "a" : "b", certainty: random() < 0.5 ? "guess" : null }),
    hint: (answer) => ({ ...answer, hints: 1 }),
    reload: (answer) => answering.read(JSON.parse(JSON.stringify(answer))),
    load: (answer) => answering.merge(answer, BLANK),
    loadOlder: (answer) => answering.merge(answer, { ...wrong, checks: [{ ...answering.latest(wrong), at: 1 }] }),
  };
  for (let round = 0; round < 300; round += 1) {
    let answer = random() < 0.5 ? wrong : right;
    let stands = answering.latest(answer);
    for (let step = 0; step < 30; step += 1) {
      const names = Object.keys(acts);
      const name = names[Math.floor(random() * names.length)];
      answer = acts[name](answer);
      assert.deepEqual(answering.latest(answer), stands, name);
      assert.ok(answering.isAnswered(answer), name);
      assert.deepEqual(answering.read(JSON.parse(JSON.stringify(answer))), answer, `${name} leaves what can be read`);
      if (random() < 0.2 && answer.response && !answer.checked) {
        const { tries, seen } = answer;
        answer = answering.check(answer, 1, NOW + round * 100 + step);
        assert.equal(answer.tries, tries + 1);
        if (seen) assert.equal(answering.points(answer), stands.points, "what was seen earns nothing");
        stands = answering.latest(answer);
      }
    }
    assert.ok(answer.checks.length <= 20);
  }
});

test("a redo begins anew, once; given up, what counts is on the screen again", () => {
  const redone = answering.redo(wrong);
  assert.deepEqual([redone.response, redone.checked, redone.seen], [null, false, false]);
  const begun = { ...redone, response: "c" };
  assert.equal(answering.redo(begun), begun);
  assert.deepEqual(answering.giveUp(begun), { ...wrong, hints: 0 });
});

test("after the answer was seen the points of before stand; a redo earns them again", () => {
  const shown = answering.show(answering.again(wrong, null));
  const copied = answering.check({ ...shown, response: "a" }, 1, NOW + 1);
  assert.equal(answering.points(copied), 0);
  const redone = answering.check({ ...answering.redo(copied), response: "a" }, 1, NOW + 2);
  assert.equal(answering.points(redone), 1);
});

test("an answer that was only shown counts as answered, without points, through a redo too", () => {
  const redone = answering.redo(answering.show(BLANK));
  assert.ok(answering.isAnswered(redone) && answering.isWrong(redone));
  assert.deepEqual(answering.latest(redone), undefined);
});

test("what older books kept is read", () => {
  const old = { response: "a", certainty: null, hints: 0, checked: true, shown: false, seen: false, tries: 2, points: 1, correct: true, first: { response: "b", points: 0 } };
  const read = answering.read(old);
  assert.equal(answering.points(read), 1);
  assert.deepEqual([read.tries, read.checks.length, read.checks[0].at, read.first.points], [2, 1, null, 0]);
  assert.deepEqual(answering.read({}), BLANK);
  const open = answering.read({ ...old, checked: false, response: null, points: 0.5 });
  assert.equal(answering.points(open), 0.5, "points stand while a new try is open");
});

test("what is no answer is none", () => {
  const spoilt = [
    null, 42, "a", [], { checked: "yes" }, { points: 99 }, { tries: -1 }, { certainty: "constructor" }, { response: { toString: 1 } },
    { response: "x".repeat(101) }, { response: Array(31).fill("a") }, { response: "\ud800" }, { checked: true, tries: 0 }, { unknown: 1 },
    { ...wrong, checks: [] }, { ...wrong, checks: Array(21).fill(wrong.checks[0]), tries: 30 },
    { ...wrong, checks: [{ ...wrong.checks[0], at: 1e300 }] }, { ...wrong, checks: [{ ...wrong.checks[0], points: 2 }] },
    { ...wrong, first: { response: "a" } }, { ...wrong, first: { points: 1, response: [["a"]] } },
  ];
  for (const value of spoilt) assert.equal(answering.read(value), undefined, JSON.stringify(value));
});

test("of an answer here and one in a file the one checked later counts, and the checks of both are kept", () => {
  const later = answering.check({ ...BLANK, response: "a" }, 1, NOW + 5);
  for (const merged of [answering.merge(wrong, later), answering.merge(later, wrong)]) {
    assert.equal(answering.points(merged), 1);
    assert.deepEqual(merged.checks.map(({ at }) => at), [NOW, NOW + 5]);
    assert.deepEqual(merged.first, wrong.first);
    assert.equal(merged.tries, 2);
  }
  assert.deepEqual(answering.merge(later, later), later);
  assert.deepEqual(answering.merge(BLANK, wrong), wrong);
  const timeless = answering.read({ response: "b", checked: true, tries: 1, points: 0 });
  assert.equal(answering.points(answering.merge(right, timeless)), 1);
});

test("a clock that is wrong does no harm", () => {
  for (const at of [-1, NaN, 1e300]) {
    const undated = answering.check({ ...BLANK, response: "a" }, 1, at);
    assert.equal(answering.latest(undated).at, null);
    assert.deepEqual(answering.read(undated), undated);
  }
  const ahead = answering.check({ ...BLANK, response: "b" }, 0, NOW + 1e12);
  for (const merged of [answering.merge(right, ahead, NOW), answering.merge(ahead, right, NOW)]) {
    assert.equal(answering.points(merged), 1, "a date to come does not outlast what is checked today");
    assert.equal(merged.checks.length, 2);
  }
  const back = answering.check(answering.redo(ahead), 1, NOW);
  assert.deepEqual(answering.latest(answering.merge({ ...back, response: "a" }, BLANK, NOW)), answering.latest(back));
});

test("certainty is set against being right", () => {
  const sure = answering.check({ ...BLANK, response: "a", certainty: "very" }, 1, NOW);
  assert.deepEqual(answering.calibrate([sure, wrong, right, BLANK]), { very: [1, 2], fairly: [0, 0], guess: [0, 0] });
});
