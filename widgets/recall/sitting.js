// @ts-check
// Needs: recall/schedule.js
// Which questions are asked at a sitting, and in which order: what was wrong though the learner was sure, what else was
// wrong, what would soon be forgotten; then new ones, as the learner's pace allows. Neighbours are mixed.

const SITTING = 10;

/** A question of the course as the choice sees it: its path, chapter, part of the book, objective, and whether it works
 * with a part of its chapter.
 * @typedef {{ path: string, chapter: string, part: string, objective: any, bound: boolean }} Place */
/** @typedef {"sure" | "wrong" | "fading"} Why */
const WHY = /** @type {Why[]} */ (["sure", "wrong", "fading"]);

/** What stands in an answer's way, the most pressing first. @param {Answer} answer @returns {Why} */
const whyAgain = (answer) =>
  !answering.isWrong(answer) ? "fading" : answering.latest(answer)?.certainty === "very" ? "sure" : "wrong";

/** One of each list in turn. @template T @param {T[][]} lists @returns {T[]} */
const inTurn = (lists) =>
  Array.from({ length: Math.max(0, ...lists.map((list) => list.length)) }, (_, index) => lists.flatMap((list) => list.slice(index, index + 1))).flat();

/** New questions, in turn from the chapters that were begun, then from two at a time. Those that work with a part of
 * their chapter are met there. @param {Place[]} unseen @param {(chapter: string) => boolean} isBegun */
function newOnes(unseen, isBegun) {
  /** @type {Map<string, Place[]>} */
  const byChapter = new Map();
  for (const place of unseen.filter(({ bound }) => !bound)) byChapter.set(place.chapter, [...(byChapter.get(place.chapter) ?? []), place]);
  const names = [...byChapter.keys()];
  const rest = names.filter((name) => !isBegun(name));
  const rounds = [names.filter(isBegun), ...rest.map((_, index) => (index % 2 ? [] : rest.slice(index, index + 2)))];
  return rounds.flatMap((round) => inTurn(round.map((name) => byChapter.get(name) ?? [])));
}

/** The same questions, neighbours beside each other: after one chapter another of its part, or else another, or else
 * another objective. @param {Place[]} places */
function mixed(places) {
  const left = [...places];
  /** @type {Place[]} */
  const order = [];
  while (left.length) {
    const last = order[order.length - 1];
    /** @type {((one: Place) => boolean)[]} */
    const wishes = [
      ({ chapter, part }) => part === last?.part && chapter !== last.chapter,
      ({ chapter }) => chapter !== last?.chapter,
      ({ objective }) => objective !== last?.objective,
    ];
    const found = last ? wishes.map((wish) => left.findIndex(wish)).find((index) => index >= 0) ?? 0 : 0;
    order.push(...left.splice(found, 1));
  }
  return order;
}

/** How the course stands on a day: what is due, by its reason; the new ones that the pace allows; and on which days how
 * many come back.
 * @param {Place[]} places in the order of the book @param {(path: string) => Answer} answerTo @param {Pace} pace
 * @param {number} today @param {(chapter: string) => boolean} isRead */
function standing(places, answerTo, pace, today, isRead) {
  const begun = new Set();
  /** @type {Record<Why, Place[]>} */
  const due = { sure: [], wrong: [], fading: [] };
  /** @type {Map<number, number>} */
  const days = new Map();
  /** @type {Place[]} */
  const unseen = [];
  /** @type {Map<string, number>} */
  const when = new Map();
  let news = 0;
  for (const place of places) {
    const answer = answerTo(place.path);
    const day = scheduling.dueOn(place.path, answer, pace, today);
    if (day === Infinity) {
      unseen.push(place);
      continue;
    }
    begun.add(place.chapter);
    news += Number(scheduling.isNewOn(answer, today));
    when.set(place.path, day);
    if (!pace.paused) days.set(Math.max(day, today), (days.get(Math.max(day, today)) ?? 0) + 1);
    if (day <= today && !pace.paused) due[whyAgain(answer)].push(place);
  }
  for (const why of WHY) due[why].sort((one, other) => Number(when.get(one.path)) - Number(when.get(other.path)));
  const allowed = pace.paused ? 0 : Math.max(0, pace.fresh - news);
  const fresh = newOnes(unseen, (chapter) => begun.has(chapter) || isRead(chapter));
  return { answered: when.size, due, fresh: fresh.slice(0, allowed), unseen: fresh, days };
}

/** The paths of a sitting. @param {ReturnType<typeof standing>} now */
function sittingOf({ due, fresh }) {
  /** @type {Place[]} */
  const chosen = [];
  for (const group of [...WHY.map((why) => due[why]), fresh]) chosen.push(...mixed(group.slice(0, SITTING - chosen.length)));
  return chosen.map(({ path }) => path);
}

/** Those that were wrong, whether they are due or not; sure ones first. @param {Place[]} places @param {(path: string) => Answer} answerTo */
const wrongOnes = (places, answerTo) =>
  WHY.slice(0, 2).flatMap((why) => places.filter(({ path }) => answering.isWrong(answerTo(path)) && whyAgain(answerTo(path)) === why));
