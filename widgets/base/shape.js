// @ts-check
// What may be kept: a shape says of any value whether it is one. Stored values and files come from any hand, so each
// widget holds what it reads against a shape: bounded in length, number and depth, known names only.

/** @typedef {(value: any) => boolean} Shape */

/** @type {(value: any) => boolean} */
const isRecord = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

const shape = {
  /** @type {Shape} */
  flag: (value) => typeof value === "boolean",
  /** @type {(least: number, most: number) => Shape} */
  whole: (least, most) => (value) => Number.isInteger(value) && value >= least && value <= most,
  /** @type {(least: number, most: number) => Shape} */
  number: (least, most) => (value) => Number.isFinite(value) && value >= least && value <= most,
  /** Well-formed text, in UTF-16 units. @type {(most: number) => Shape} */
  text: (most) => (value) => typeof value === "string" && value.length <= most && !/\p{Cs}/u.test(value),
  /** @type {(known: readonly any[] | Set<any> | Map<any, any>) => Shape} */
  one: (known) => (value) => (Array.isArray(known) ? known.includes(value) : /** @type {Set<any>} */ (known).has(value)),
  /** @type {(inner: Shape) => Shape} */
  maybe: (inner) => (value) => value === null || value === undefined || inner(value),
  /** @type {(...inner: Shape[]) => Shape} */
  either: (...inner) => (value) => inner.some((each) => each(value)),
  /** @type {(each: Shape, most: number, least?: number) => Shape} */
  list: (each, most, least = 0) => (value) =>
    Array.isArray(value) && value.length >= least && value.length <= most && value.every(each),
  /** A list that names nothing twice. @type {(each: Shape, most: number, least?: number) => Shape} */
  set: (each, most, least) => (value) => shape.list(each, most, least)(value) && new Set(value).size === value.length,
  /** Names of one form, each with a value of one shape. @type {(name: RegExp, inner: Shape, most: number) => Shape} */
  map: (name, inner, most) => (value) =>
    isRecord(value) && Object.keys(value).length <= most && Object.entries(value).every(([key, one]) => name.test(key) && inner(one)),
  /** Known names only. @type {(fields: Record<string, Shape>) => Shape} */
  record: (fields) => (value) =>
    isRecord(value) && Object.keys(value).every((name) => Object.hasOwn(fields, name))
    && Object.entries(fields).every(([name, inner]) => inner(Object.hasOwn(value, name) ? value[name] : undefined)),
};

/** What no widget has ever kept: too deep, too many, too long, or text that is none. */
const BOUNDS = { depth: 8, values: 20_000, letters: 20_000 };

/** Whether a value out of JSON is of a size that can be looked at; anything else is not worth a second look.
 * @param {any} value @param {number} [depth] @param {{ values: number }} [left] @returns {boolean} */
function isBounded(value, depth = BOUNDS.depth, left = { values: BOUNDS.values }) {
  left.values -= 1;
  if (left.values < 0 || depth < 0) return false;
  if (typeof value === "string") return shape.text(BOUNDS.letters)(value);
  if (typeof value !== "object" || value === null) return true;
  return Object.entries(value).every(([name, inner]) =>
    shape.text(BOUNDS.letters)(name) && isBounded(inner, depth - 1, left));
}
