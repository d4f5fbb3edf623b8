// @ts-check
// When a question comes back: FSRS, version 6, with its default parameters, as a plain function of an answer's history.
// Published by the Open Spaced Repetition group; fsrs.py says the same, and both are held against its own package.
// Days are the unit: there are no steps of minutes, no chance, and a question is due when nine of ten are remembered.

/** A review: a day, which may be a fraction, and how it went: 1 again, 2 hard, 3 good, 4 easy.
 * @typedef {{ day: number, rating: number }} Review */
/** Days until nine of ten are remembered, difficulty from 1 to 10, the day last seen, and whole days until it is due.
 * @typedef {{ stability: number, difficulty: number, seen: number, interval: number }} Memory */

const W = [
  0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796, 1.4835, 0.0614, 0.2629, 1.6483, 0.6014,
  1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
];
const RETENTION = 0.9;
const LONGEST_INTERVAL = 36_500;
const [AGAIN, HARD, GOOD, EASY] = [1, 2, 3, 4];

const memorising = (() => {
  const LEAST_STABILITY = 0.001;
  const factor = RETENTION ** (-1 / W[20]) - 1;
  const within = (/** @type {number} */ value, /** @type {number} */ least, /** @type {number} */ most) => Math.min(Math.max(value, least), most);
  const difficultyAt = (/** @type {number} */ rating) => W[4] - Math.exp(W[5] * (rating - 1)) + 1;
  /** Whole days that have passed; none where a clock went back. @param {Memory} memory @param {number} day */
  const passed = ({ seen }, day) => Math.max(0, Math.floor(day - seen));
  /** The share of people that would remember it on a day. @param {Memory} memory @param {number} day */
  const recallOn = (memory, day) => (1 + (factor * passed(memory, day)) / memory.stability) ** -W[20];

  /** Seen twice in a day. @param {number} stability @param {number} rating */
  const onSameDay = (stability, rating) => {
    const grows = Math.exp(W[17] * (rating - 3 + W[18])) * stability ** -W[19];
    return stability * (rating === AGAIN ? grows : Math.max(grows, 1));
  };
  /** @param {Memory} memory @param {number} recall */
  const forgotten = ({ stability, difficulty }, recall) => Math.min(
    W[11] * difficulty ** -W[12] * ((stability + 1) ** W[13] - 1) * Math.exp((1 - recall) * W[14]),
    stability / Math.exp(W[17] * W[18]),
  );
  /** @param {Memory} memory @param {number} recall @param {number} rating */
  const remembered = ({ stability, difficulty }, recall, rating) => {
    const grows = Math.exp(W[8]) * (11 - difficulty) * stability ** -W[9] * Math.expm1((1 - recall) * W[10]);
    return stability * (1 + grows * (rating === HARD ? W[15] : 1) * (rating === EASY ? W[16] : 1));
  };
  /** @param {number} difficulty @param {number} rating */
  const harder = (difficulty, rating) => {
    const moved = difficulty - (W[6] * (rating - 3) * (10 - difficulty)) / 9;
    return within(W[7] * difficultyAt(EASY) + (1 - W[7]) * moved, 1, 10);
  };

  /** @param {number} stability @param {number} difficulty @param {number} day @returns {Memory} */
  const noted = (stability, difficulty, day) => {
    const kept = Math.max(stability, LEAST_STABILITY);
    return { stability: kept, difficulty, seen: day, interval: within(Math.round(kept), 1, LONGEST_INTERVAL) };
  };
  /** @param {Memory | null} memory @param {Review} review */
  const reviewed = (memory, { day, rating }) => {
    if (!memory) return noted(W[rating - 1], within(difficultyAt(rating), 1, 10), day);
    const recall = recallOn(memory, day);
    const stability = passed(memory, day) < 1 ? onSameDay(memory.stability, rating)
      : rating === AGAIN ? forgotten(memory, recall) : remembered(memory, recall, rating);
    return noted(stability, harder(memory.difficulty, rating), day);
  };

  return {
    recallOn,
    /** What is left of an answer's reviews, in their order; null where there are none.
     * @param {Review[]} reviews @returns {Memory | null} */
    after: (reviews) => reviews.reduce(reviewed, /** @type {Memory | null} */ (null)),
  };
})();
