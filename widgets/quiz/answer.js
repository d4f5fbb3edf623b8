// @ts-check
// Needs: base/shape.js
// An answer's journey. What stands on the screen and what counts are two things: an attempt is open or checked, shown
// or redone, and the latest of `checks` counts all the while, until another check takes its place. Only `check` adds
// to `checks`, and nothing but clearing takes from it: no control can lose a result.

/** What was checked: when (milliseconds, null where an older book kept no time), and how it went. The response stands
 * in the latest alone; `seen` says that the answer had been seen before, so that the points of before stand.
 * @typedef {{ at: number | null, points: number, certainty: string | null, hints: number, response?: any, seen?: boolean }} Check */
/** @typedef {{ response: any, certainty: string | null, hints: number, checked: boolean, shown: boolean, seen: boolean,
 *   opened: boolean, looked?: number | null, tries: number, first?: { response: any, points: number } | null, checks: Check[] }} Answer */

/** The attempt: its response, certainty and hints; whether it was checked, its answer shown now, or seen before its
 * check. Of the question: whether its answer was ever opened and when last, how often it was checked, the first response checked
 * (null where it is not known or came after the answer), and the last twenty checks. @type {Answer} */
const BLANK = {
  response: null, certainty: null, hints: 0, checked: false, shown: false, seen: false, opened: false, tries: 0, checks: [],
};
const CERTAINTIES = { very: "very sure", fairly: "fairly sure", guess: "guessing" };
const MOST_CHECKS = 20;
/** The year 3000: no clock is right that goes later. */
const LATEST = 32_503_680_000_000;
const DAY = 86_400_000;

const answering = (() => {
  const { flag, whole, number, text, one, maybe, either, list, record } = shape;
  const share = number(0, 1);
  const time = maybe(number(0, LATEST));
  const certainty = maybe(one(Object.keys(CERTAINTIES)));
  /** Left out in books that had no such field. @type {(inner: Shape) => Shape} */
  const given = (inner) => (value) => value === undefined || inner(value);
  const hints = given(whole(0, 100));
  /** A response of any kind of question: text or a key, or a list of keys with gaps. */
  const response = maybe(either(text(100), list(maybe(text(100)), 30)));
  const check = record({ at: time, points: share, certainty, hints, response, seen: given(flag) });
  const first = maybe(record({ response, points: share }));
  const attempt = {
    response, certainty, hints, checked: given(flag), shown: given(flag), seen: given(flag), tries: given(whole(0, 1e6)), first,
  };
  const kept = record({ ...attempt, opened: given(flag), looked: time, checks: list(check, MOST_CHECKS) });
  /** As books kept an answer before they kept its checks. */
  const older = record({ ...attempt, points: given(share), correct: given(flag) });

  /** @param {Answer} answer @returns {Check | undefined} the check that counts */
  const latest = (answer) => answer.checks[answer.checks.length - 1];

  /** @param {any} value @returns {Answer | undefined} */
  const understood = (value) => {
    if (kept(value)) {
      const answer = { ...BLANK, ...value };
      if (answer.tries < answer.checks.length || (answer.tries === 0) !== (answer.checks.length === 0)) return undefined;
      if (answer.checked) answer.response = latest(answer)?.response ?? null;
      return !answer.checked || answer.response !== null ? answer : undefined;
    }
    if (!older(value)) return undefined;
    const { points = 0, correct, ...rest } = value;
    const answer = { ...BLANK, ...rest };
    if (answer.checked && !answer.tries) return undefined;
    answer.opened = answer.shown || answer.seen;
    const { checked, tries, seen } = answer;
    if (tries) {
      const [response, sure] = checked ? [answer.response, answer.certainty] : [null, null];
      answer.checks = [{ at: null, points, certainty: sure, hints: answer.hints, response, seen: seen || !checked }];
    }
    return answer;
  };

  /** Entries are replaced, never changed in place: each is looked at once. @type {WeakMap<object, Answer | undefined>} */
  const looked = new WeakMap();
  /** @param {any} value @returns {Answer | undefined} an answer as it may be counted, or undefined if it is none */
  const read = (value) => {
    if (!isRecord(value)) return undefined;
    if (!looked.has(value)) looked.set(value, understood(value));
    return looked.get(value);
  };

  /** @param {Answer} answer */
  const points = (answer) => latest(answer)?.points ?? 0;
  /** @param {Answer} answer */
  const isAnswered = (answer) => answer.tries > 0 || answer.opened;
  /** @param {Answer} answer */
  const isWrong = (answer) => isAnswered(answer) && points(answer) < 1;

  /** @param {Check[]} checks earlier ones need no response */
  const recent = (checks) => checks.slice(-MOST_CHECKS).map((one, index, all) => {
    if (index === all.length - 1) return one;
    const { response: _, ...rest } = one;
    return rest;
  });

  return {
    read,
    latest,
    points,
    isAnswered,
    isWrong,
    /** Changes the attempt while it is open: a control that is drawn late changes nothing of what was checked.
     * @param {Answer} answer @param {Partial<Answer>} change */
    change: (answer, change) => (answer.checked || answer.shown ? answer : { ...answer, ...change }),
    /** Where the attempt earned so many points. @param {Answer} answer @param {number} earned @param {number} at */
    check: (answer, earned, at) => {
      const { response, certainty, hints, seen, tries } = answer;
      // A clock beyond all years dates nothing; the check counts all the same.
      const now = { at: time(at) ? at : null, points: seen ? points(answer) : earned, certainty, hints, response, ...(seen && { seen }) };
      const first = answer.first === undefined && !tries ? { response, points: earned } : answer.first ?? null;
      return { ...answer, checked: true, shown: false, tries: tries + 1, first, checks: recent([...answer.checks, now]) };
    },
    /** The answer is shown: what is checked after it earns nothing more. @param {Answer} answer @param {number} [at] */
    show: (answer, at) => ({ ...answer, shown: true, seen: true, opened: true, first: answer.first ?? null, ...(time(at) && at != null && { looked: at }) }),
    /** Another try at the same attempt. @param {Answer} answer @param {any} response what of it stays */
    again: (answer, response) => ({ ...answer, checked: false, shown: false, certainty: null, response }),
    /** A new attempt, from nothing; one that is open already goes on. @param {Answer} answer */
    redo: (answer) => answer.checked || answer.shown || answer.seen
      ? { ...answer, response: null, certainty: null, hints: 0, checked: false, shown: false, seen: false } : answer,
    /** An attempt that was given up: what counts is on the screen again. @param {Answer} answer */
    giveUp: (answer) => {
      const stands = latest(answer);
      if (answer.checked || answer.shown) return answer;
      if (!stands) return answer.opened ? { ...answer, shown: true, seen: true } : answer;
      if (stands.response == null) return answer;
      return { ...answer, response: stands.response, certainty: stands.certainty, hints: stands.hints, checked: true, seen: Boolean(stands.seen) };
    },
    /** An exam's result is one more check in its chapter. @param {Answer} answer @param {Answer} exam */
    examine: (answer, exam) => {
      const first = isAnswered(answer) ? answer.first ?? null : exam.first;
      const checks = recent([...answer.checks, /** @type {Check} */ (latest(exam))]);
      return { ...exam, shown: false, opened: answer.opened, looked: answer.looked, tries: answer.tries + 1, first, checks };
    },
    /** Of an answer here and one in a file the one checked later goes on; the checks of both are kept. A date that is
     * still to come is a wrong clock's, and goes before all others; a day is left for clocks that differ.
     * @param {Answer} mine @param {Answer} theirs @param {number} [now] */
    merge: (mine, theirs, now = Date.now()) => {
      const [here, there] = [latest(mine), latest(theirs)];
      const when = (/** @type {Check | undefined} */ one) => (one?.at != null && one.at <= now + DAY ? one.at : 0);
      const newer = there && here ? when(there) >= when(here) : there || (!here && theirs.response !== null);
      const later = newer ? theirs : mine;
      const other = later === mine ? theirs : mine;
      const known = new Set(later.checks.map(({ at }) => at));
      const others = other.checks.filter(({ at }) => at !== null && !known.has(at));
      // What counts stays last, whatever the clocks said.
      const earlier = [...others, ...later.checks.slice(0, -1)].sort((one, next) => when(one) - when(next));
      const checks = [...earlier, ...later.checks.slice(-1)];
      const begun = (/** @type {Answer} */ one) => when(one.checks[0]);
      const first = !other.tries ? later.first : !later.tries ? other.first : begun(other) < begun(later) ? other.first : later.first;
      const looked = Math.max(mine.looked ?? 0, theirs.looked ?? 0);
      return {
        ...later, opened: mine.opened || theirs.opened, ...(looked > 0 && { looked }), first, checks: recent(checks),
        tries: Math.max(mine.tries, theirs.tries, Math.min(checks.length, MOST_CHECKS)),
      };
    },
    /** How often right for each certainty: { very: [right, rated], … }. @param {Answer[]} answers
     * @returns {Record<string, [number, number]>} */
    calibrate: (answers) => Object.fromEntries(Object.keys(CERTAINTIES).map((name) => {
      const rated = answers.map(latest).filter((check) => check?.certainty === name);
      return [name, [rated.filter((check) => check?.points === 1).length, rated.length]];
    })),
  };
})();
