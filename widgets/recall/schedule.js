// @ts-check
// Needs: base/chance.js
// Needs: quiz/answer.js
// Needs: recall/fsrs.js
// The days on which questions are due, out of the checks of their answers and what the learner has set.
//
// How a check is rated (the table stands in fsrs.py too, and on the course page):
//   less than the full point, or the answer was seen   again
//   right after a hint, or guessing                    hard
//   right, fairly sure or not said                     good
//   right, very sure                                   easy

/** What a learner sets: whether all rests, how many new questions a day, and the day of an exam.
 * @typedef {{ paused: boolean, fresh: number, exam: string | null }} Pace */
/** @type {Pace} */
const PACE = { paused: false, fresh: 10, exam: null };

/** In the week before an exam comes what would come after it. */
const EXAM_WEEK = 7;

/** The number of a time's day, by the reader's own calendar. @param {number} time */
const dayOf = (time) => {
  const date = new Date(time);
  return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / DAY;
};
/** The day's name in a calendar: 2026-12-03. @param {number} number */
const isoDay = (number) => new Date(number * DAY).toISOString().slice(0, 10);
/** @type {Shape} */
const isIsoDay = (value) => typeof value === "string" && /^[12]\d{3}-\d\d-\d\d$/.test(value) && Number.isFinite(Date.parse(value));
/** "today", "tomorrow", "on 3 December". @param {number} number @param {number} today */
const tellDay = (number, today) => {
  if (number <= today) return "today";
  if (number === today + 1) return "tomorrow";
  /** @type {Intl.DateTimeFormatOptions} */
  const form = { day: "numeric", month: "long", timeZone: "UTC", ...(number > today + 300 && { year: "numeric" }) };
  return `on ${new Date(number * DAY).toLocaleDateString("en-GB", form)}`;
};

const scheduling = (() => {
  const { flag, whole, maybe, record } = shape;

  /** @param {Check} check */
  const rate = ({ points, certainty, hints = 0, seen }) => {
    if (points < 1 || seen) return AGAIN;
    return hints || certainty === "guess" ? HARD : certainty === "very" ? EASY : GOOD;
  };

  /** What of an answer's checks has a day. A day that is still to come is a wrong clock's, and none; where a clock went
   * back, no time has passed. An answer that was looked up, and not tried that day, was not remembered.
   * @param {Answer} answer @param {number} today @returns {Review[]} */
  const reviewsOf = ({ checks, looked }, today) => {
    const isPast = (/** @type {number | null | undefined} */ at) => at != null && dayOf(at) <= today + 1;
    let day = -Infinity;
    const reviews = checks.filter(({ at }) => isPast(at)).map((check) => {
      day = Math.max(day, Math.min(dayOf(Number(check.at)), today));
      return { day, rating: rate(check) };
    });
    const seen = isPast(looked) ? Math.min(dayOf(Number(looked)), today) : -Infinity;
    return seen > day ? [...reviews, { day: seen, rating: AGAIN }] : reviews;
  };

  /** Answers are replaced, never changed in place: each is worked out once a day.
   * @type {WeakMap<Answer, { today: number, memory: Memory | null }>} */
  const known = new WeakMap();
  /** @param {Answer} answer @param {number} today */
  const memoryOf = (answer, today) => {
    const before = known.get(answer);
    if (before?.today === today) return before.memory;
    const memory = memorising.after(reviewsOf(answer, today));
    known.set(answer, { today, memory });
    return memory;
  };

  return {
    rate,
    memoryOf,
    /** @type {Shape} */
    isPace: record({ paused: flag, fresh: whole(0, 100), exam: maybe(isIsoDay) }),
    /** The day on which a question comes back: today where nobody knows when it was answered; never, where it was not.
     * @param {string} path @param {Answer} answer @param {Pace} pace @param {number} today */
    dueOn: (path, answer, { exam }, today) => {
      if (!answering.isAnswered(answer)) return Infinity;
      const memory = memoryOf(answer, today);
      if (!memory) return today;
      const due = memory.seen + memory.interval;
      const examined = exam ? Date.parse(exam) / DAY : 0;
      if (examined <= today || due < examined) return due;
      const before = examined - 1 - Math.floor(seededRandom(path)() * EXAM_WEEK);
      return memory.seen < before ? before : due;
    },
    /** Whether it was first answered on this day. @param {Answer} answer @param {number} today */
    isNewOn: ({ checks, tries, looked }, today) => {
      const at = tries ? (tries === checks.length ? checks[0].at : null) : looked;
      return at != null && dayOf(at) === today;
    },
  };
})();
