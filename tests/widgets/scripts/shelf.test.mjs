import assert from "node:assert/strict";
import { test } from "node:test";
import { createModel, createShelf } from "./parts.mjs";

/** As a browser's storage: what is kept are its own properties. */
const storage = (kept = {}, most = Infinity) => Object.create({
  getItem(key) { return Object.hasOwn(this, key) ? this[key] : null; },
  setItem(key, text) {
    if (text.length > most) throw new Error("full");
    this[key] = text;
  },
  removeItem(key) { delete this[key]; },
}, Object.getOwnPropertyDescriptors(kept));

const twoParts = (store) => {
  const shelf = createShelf("book/quiz/one/", store);
  const parts = [createModel("one", shelf), createModel("one", shelf)];
  const heard = [[], []];
  parts.forEach((part, index) => {
    for (const event of ["change:answers", "change:storage"]) part.on(event, () => heard[index].push(event));
  });
  return { shelf, parts, heard };
};

for (const [where, store] of [["kept", storage()], ["refused", null]]) {
  test(`what one part of a bank writes the others have, and hear of (${where})`, () => {
    const { parts: [pretest, closing], heard } = twoParts(store);
    pretest.set("answers", { "#guess": { "a@0123456789": "b" } });
    pretest.save_changes();
    assert.deepEqual(closing.get("answers"), { "#guess": { "a@0123456789": "b" } });
    assert.deepEqual(heard, [["change:answers"], ["change:answers"]]);
    closing.set("answers", { ...closing.get("answers"), "a@0123456789": 1 });
    closing.save_changes();
    assert.deepEqual(Object.keys(pretest.get("answers")), ["#guess", "a@0123456789"]);
    assert.equal(pretest.get("storage"), where);
    if (store) assert.deepEqual(Object.keys(store), ["book/quiz/one/#guess", "book/quiz/one/a@0123456789"]);
  });
}

test("parts share answers alone", () => {
  const { parts: [one, other], heard } = twoParts(storage());
  one.set("score", 1);
  assert.equal(other.get("score"), undefined);
  assert.deepEqual(heard, [[], []]);
});

test("a part that has gone hears no more", () => {
  const { parts: [one, other] } = twoParts(storage());
  let heard = 0;
  const hear = () => { heard += 1; };
  other.on("change:answers", hear);
  other.off("change:answers", hear);
  one.set("answers", { a: 1 });
  assert.equal(heard, 0);
});

test("what another tab wrote is read, what is not below the prefix is not, and what is broken is null", () => {
  const store = storage({ "book/quiz/one/a": "1", "book/quiz/two/b": "2" });
  const { shelf, parts: [one] } = twoParts(store);
  assert.deepEqual({ ...one.get("answers") }, { a: 1 });
  store.setItem("book/quiz/one/c", "{");
  shelf.read();
  assert.deepEqual({ ...one.get("answers") }, { a: 1, c: null });
});

test("where there is no room for more, every part is told, and keeps its answers", () => {
  const { parts: [one, other], heard } = twoParts(storage({}, 10));
  one.set("answers", { a: "longer than ten" });
  one.save_changes();
  assert.equal(other.get("storage"), "refused");
  assert.deepEqual(other.get("answers"), { a: "longer than ten" });
  assert.deepEqual(heard[1], ["change:answers", "change:storage"]);
});
