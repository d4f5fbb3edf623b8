import assert from "node:assert/strict";
import { test } from "node:test";
import { guessing } from "./parts.mjs";

const A = "a@0123456789";
const B = "b@0123456789";

test("a guess is a letter for a question as it stands, and nothing else", () => {
  for (const sound of [{}, { [A]: "a" }, { [A]: "e", [B]: "b" }]) assert.ok(guessing.fits(sound));
  const many = Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`q${index}@0123456789`, "a"]));
  for (const broken of [null, 7, "a", [], { [A]: "f" }, { [A]: ["a"] }, { a: "a" }, { "a@012": "a" }, { __proto__: null, "": "a" }, many]) {
    assert.ok(!guessing.fits(broken), JSON.stringify(broken));
    assert.deepEqual(guessing.in({ "#guess": broken }), {});
  }
});

test("of a file's guesses those are taken that were not made here", () => {
  assert.deepEqual(guessing.merge({ "#guess": { [A]: "a" } }, { [A]: "b", [B]: "c" }), { "#guess": { [A]: "a", [B]: "c" } });
  assert.deepEqual(guessing.merge({}, { [B]: "c" }), { "#guess": { [B]: "c" } });
  assert.deepEqual(guessing.merge({ "#guess": { [A]: "a" } }, undefined), {});
});

test("clearing some questions takes their guesses and leaves the others", () => {
  const kept = { "#guess": { [A]: "a", [B]: "b" } };
  assert.deepEqual(guessing.without(kept, [A]), { "#guess": { [B]: "b" } });
  assert.deepEqual(guessing.without(kept, [A, B]), {});
});
