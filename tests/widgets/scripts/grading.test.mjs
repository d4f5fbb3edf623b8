import assert from "node:assert/strict";
import { test } from "node:test";
import { choice, hotspot, keyFeature, matching, numeric, ordering, parseNumber, seededRandom, shuffled } from "./parts.mjs";

const options = new Map([..."abcd"].map((key) => [key, {}]));
const optionList = { children: [...options.values()] };

test("a single best answer is right or not", () => {
  const q = { options, optionList, several: false, keys: ["c"] };
  assert.deepEqual(choice.grade(q, "c"), [1, "you chose C."]);
  assert.deepEqual(choice.grade(q, "a"), [0, "you chose A."]);
  assert.ok(choice.valid(q, "a") && !choice.valid(q, "e") && !choice.valid(q, ["a"]) && !choice.valid(q, "__proto__"));
});

test("of several right ones a wrong choice takes away a right one", () => {
  const q = { options, optionList, several: true, keys: ["a", "b"] };
  assert.equal(choice.grade(q, ["a", "b"])[0], 1);
  assert.equal(choice.grade(q, ["a"])[0], 0.5);
  assert.equal(choice.grade(q, ["a", "b", "c"])[0], 0.5);
  assert.equal(choice.grade(q, ["c", "d"])[0], 0);
  assert.ok(choice.valid(q, ["a"]) && !choice.valid(q, ["a", "a"]) && !choice.valid(q, "a"));
});

test("cases are matched one by one", () => {
  const q = { options, selects: [{}, {}], keys: ["a", "b"] };
  assert.equal(matching.grade(q, ["a", "c"])[0], 0.5);
  assert.equal(matching.lacking(q, ["a", null]), "Choose an answer for every case first (1 left).");
  assert.ok(matching.valid(q, ["a", null]) && !matching.valid(q, ["a"]) && !matching.valid(q, ["a", "e"]));
});

test("an order earns the steps that come after the step they should follow", () => {
  const q = { items: options, keys: [..."abcd"], ranks: new Map([..."abcd"].map((key, index) => [key, index + 1])) };
  assert.equal(ordering.grade(q, [..."abcd"])[0], 1);
  assert.equal(ordering.grade(q, [..."dcba"])[0], 0);
  assert.equal(ordering.grade(q, [..."bacd"])[0], 2 / 3);
  assert.ok(!ordering.valid(q, [..."aabc"]) && !ordering.valid(q, [..."abc"]));
});

test("steps of one rank may change places, and a step follows all of the rank before it", () => {
  const q = { items: options, keys: [..."abcd"], ranks: new Map([["a", 1], ["b", 2], ["c", 2], ["d", 3]]) };
  assert.equal(ordering.grade(q, [..."abcd"])[0], 1);
  assert.equal(ordering.grade(q, [..."acbd"])[0], 1);
  assert.equal(ordering.grade(q, [..."abdc"])[0], 2 / 3);
  assert.equal(ordering.grade(q, [..."dcba"])[0], 0);
  // Every order but the two right ones earns less than a point, and none less than nothing.
  const orders = (/** @type {string[]} */ left) => (left.length ? left.flatMap((one) => orders(left.filter((key) => key !== one)).map((rest) => [one, ...rest])) : [[]]);
  const points = orders([..."abcd"]).map((order) => ordering.grade(q, order)[0]);
  assert.equal(points.filter((one) => one === 1).length, 2);
  assert.ok(points.every((one) => one >= 0 && one <= 1));
});

test("of a key feature each deciding step counts, idle ones cost nothing, and a harmful one takes all", () => {
  const q = { options, optionList, keys: ["a", "b"], harmful: ["d"], most: 2 };
  assert.equal(keyFeature.grade(q, ["a", "b"])[0], 1);
  assert.equal(keyFeature.grade(q, ["a"])[0], 0.5);
  assert.equal(keyFeature.grade(q, ["a", "c"])[0], 0.5);
  assert.equal(keyFeature.grade(q, ["c"])[0], 0);
  const [points, told] = keyFeature.grade(q, ["a", "d"]);
  assert.equal(points, 0);
  assert.match(told, /^D would do harm here, so nothing counts this time/);
  assert.ok(keyFeature.valid(q, ["a", "d"]) && !keyFeature.valid(q, ["a", "b", "c"]) && !keyFeature.valid(q, ["a", "a"]));
});

test("a mark on any of several right places counts", () => {
  const q = { options, optionList, several: false, keys: ["b", "d"] };
  assert.deepEqual(hotspot.grade(q, "d"), [1, "you marked D."]);
  assert.deepEqual(hotspot.grade(q, "a"), [0, "you marked A."]);
  assert.ok(hotspot.valid(q, "b") && !hotspot.valid(q, "e") && !hotspot.valid(q, ["b"]));
});

test("a number is right within its tolerance, and a near miss is told", () => {
  const near = { dataset: { value: "50", tolerance: "0" }, querySelector: () => ({ textContent: "Half of it." }) };
  const q = { target: 26, solution: { dataset: { answer: "26", tolerance: "0.5" } }, misses: [near], number: { dataset: { minimum: "0" } } };
  assert.deepEqual(numeric.grade(q, "26,5"), [1, ""]);
  assert.equal(numeric.grade(q, "50")[1], "you wrote 50, which is too high. Half of it.");
  assert.equal(numeric.lacking(q, "-1"), "Write a number: 0 or more.");
  assert.match(numeric.lacking(q, "many"), /is not a number/);
});

test("numbers are read as people write and paste them", () => {
  for (const text of ["114", " 114 ", "114%", "114 %", "+114", "114,0", "114.", "\u200b114", "1\u200e14", "114\ufeff", "\u202a114\u202c", "1\u00ad14", "11\u20614\ufe0f"]) {
    assert.equal(parseNumber(text), 114, JSON.stringify(text));
  }
  assert.equal(parseNumber("−2,5"), -2.5);
  assert.equal(parseNumber("1,500", true), 1500);
  assert.equal(parseNumber("1 500", true), 1500);
  for (const text of ["", "many", "1/2", "0x29", "1e2", "--5", "5 apples", "4,1,1", "\u200b"]) assert.ok(Number.isNaN(parseNumber(text)), text);
});

test("a shuffle keeps every option, is the same for the same seed, and is fair", () => {
  const list = [..."abcde"];
  assert.deepEqual(shuffled(list, "7 q"), shuffled(list, "7 q"));
  const first = { a: 0, b: 0, c: 0, d: 0, e: 0 };
  for (let seed = 0; seed < 5000; seed += 1) {
    const order = shuffled(list, String(seed));
    assert.deepEqual([...order].sort(), list);
    first[order[0]] += 1;
  }
  for (const times of Object.values(first)) assert.ok(times > 850 && times < 1150, JSON.stringify(first));
});

test("the same seed gives the same numbers, which chance.py gives too", () => {
  const random = seededRandom("herring");
  const drawn = Array.from({ length: 3 }, random);
  assert.ok(drawn.every((value) => value >= 0 && value < 1));
  assert.deepEqual(drawn, Array.from({ length: 3 }, seededRandom("herring")));
});
