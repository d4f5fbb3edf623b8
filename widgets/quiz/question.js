// @ts-check
// Needs: quiz/answer.js
// Needs: quiz/choice.js
// Needs: quiz/matching.js
// Needs: quiz/ordering.js
// Needs: quiz/numeric.js
// One question on the page. A kind says what differs: find what only it has, read and write a response, whether one is
// valid (of this question) or lacking (what to say then), grade it as [points, verdict], and mark it. Further kinds enter
// themselves here: a page brings those that it asks (hotspot.js, key-feature.js).

/** @type {Record<string, any>} */
const KINDS = {
  "single-best-answer": choice,
  "multiple-response": choice,
  "extended-matching": matching,
  ordering,
  numeric,
};

/** @param {HTMLElement} form @param {(name: string) => Node} part @returns {Question} */
function findQuestion(form, part) {
  const find = (/** @type {string} */ selector) => /** @type {any} */ (form.querySelector(selector));
  const all = (/** @type {string} */ selector) => /** @type {any[]} */ ([...form.querySelectorAll(selector)]);
  const byKey = (/** @type {any[]} */ nodes) => new Map(nodes.map((node) => [node.dataset.key, node]));
  const answer = find(".answer");
  answer.before(part("question"));
  const { id, hash, type = "" } = form.dataset;
  /** @type {Question} */
  const q = {
    form,
    answer,
    kind: KINDS[type],
    id,
    key: `${id}@${hash}`,
    note: "",
    fields: find(".answers"),
    optionList: find(".options"),
    options: byKey(all(".options > li")),
    hints: all(".hint"),
    sure: find(".sure"),
    result: find(".result"),
    guessed: find(".guessed"),
    button: Object.fromEntries(["check", "again", "show"].map((name) => [name, find(`[data-do=${name}]`)])),
    // The reasons stand in the answer's list; once answered, each moves to its option: [reason, home, place].
    homes: [],
  };
  if (q.optionList) {
    const reasons = all(".why > li[data-key]");
    q.authored = [...q.options.keys()];
    q.reasonList = reasons[0].parentNode;
    q.reasons = byKey(reasons);
    q.whys = new Map(reasons.map((reason) => [reason.dataset.key, reason.firstElementChild]));
    q.homes = reasons.map((reason) => [reason.firstElementChild, reason, q.options.get(reason.dataset.key)]);
  }
  q.kind.find(q, part);
  return q;
}

/** A stored answer to this question, or undefined if it is broken. What was checked is graded anew.
 * @param {Question} q @param {any} stored @returns {Answer | undefined} */
function readAnswer(q, stored) {
  const answer = answering.read(stored);
  if (!answer) return undefined;
  const fits = (/** @type {any} */ response) => response == null || q.kind.valid(q, response);
  const stands = answering.latest(answer);
  const sound = fits(answer.response) && fits(stands?.response) && answer.hints <= q.hints.length
    && (answer.first == null || q.kind.valid(q, answer.first.response))
    && (!answer.checked || q.kind.lacking(q, answer.response) === "");
  if (!sound) return undefined;
  if (stands?.response == null || stands.seen) return answer;
  if (q.kind.lacking(q, stands.response)) return undefined;
  const [points] = q.kind.grade(q, stands.response);
  return { ...answer, checks: [...answer.checks.slice(0, -1), { ...stands, points }] };
}

/** @param {Question} q @param {Answer} answer */
const isOpen = (q, answer) => answer.shown || (answer.checked && q.kind.grade(q, answer.response)[0] === 1);

/** @param {Question} q @param {Answer} answer @param {boolean} exam */
function drawResult(q, answer, exam) {
  let text = q.note;
  let result = "";
  if (!text && answer.checked) {
    const [points, verdict] = q.kind.grade(q, answer.response);
    result = points === 1 ? "right" : points > 0 ? "partly" : "wrong";
    const words = { right: "Right.", partly: `Partly right: ${verdict}`, wrong: `Not yet: ${verdict}` }[result];
    const earned = answering.latest(answer)?.seen ? "You had seen the answer: your points stand" : count(points, "point");
    const tries = answer.tries > 1 ? `, try ${answer.tries}` : "";
    text = `${words} ${earned}${tries}.`;
  } else if (!text && answer.shown) {
    result = "shown";
    text = answer.tries ? "Answer shown. The points of your last try stand." : `${exam ? "Not answered" : "Answer shown"}: no points.`;
  }
  q.result.dataset.result = result;
  setText(q.result, text);
}

/** Says something in the question's status region; said twice, it is heard twice.
 * @param {Question} q @param {string} text */
function tellIn(q, text) {
  q.note = q.note === text ? `${text}\u00a0` : text;
  setText(q.result, q.note);
}

/** @param {Question} q @param {number | undefined} seed */
function drawOptions(q, seed) {
  if (!q.optionList) return;
  const fixed = "fixed" in q.form.dataset || !seed;
  const order = fixed ? q.authored : shuffled(q.authored, `${seed} ${q.id}`);
  reorder(q.optionList, order.map((/** @type {string} */ key) => q.options.get(key)));
  reorder(q.reasonList, order.map((/** @type {string} */ key) => q.reasons.get(key)));
  for (const select of q.selects ?? []) {
    const entries = new Map([...select.options].map((option) => [option.value, option]));
    reorder(select, ["", ...order].map((key) => entries.get(key)));
    order.forEach((/** @type {string} */ key, /** @type {number} */ index) =>
      setText(entries.get(key), letter(index) + entries.get(key).textContent.slice(1)));
  }
  const key = q.form.querySelector(".key");
  if (key) setText(key, lettersOf(q, q.keys));
}

/** @param {Question} q @param {Answer} answer @param {number | undefined} seed @param {boolean} exam */
function drawQuestion(q, answer, seed, exam) {
  const { response, checked } = answer;
  const open = isOpen(q, answer);
  const settled = open || checked;
  drawOptions(q, seed);
  q.kind.write(q, response, checked, open);
  q.kind.mark(q, response, checked, open);
  if (!settled) for (const node of q.form.querySelectorAll("[data-mark]")) setMark(node, "");
  const told = (/** @type {HTMLElement} */ place) => open || (checked && q.kind.tellsChosen && "mark" in place.dataset);
  for (const [why, home, place] of q.homes) (told(place) ? place : home).append(why);
  for (const input of q.sure.querySelectorAll("input")) input.checked = input.value === answer.certainty;
  q.hints.forEach((/** @type {HTMLDetailsElement} */ hint, /** @type {number} */ index) => {
    hint.hidden = index > answer.hints;
    if (index >= answer.hints) hint.open = false;
  });
  q.fields.disabled = settled;
  q.sure.disabled = settled;
  q.button.check.hidden = settled;
  q.button.show.hidden = open;
  q.button.again.hidden = !settled;
  if (q.answer.hidden === open) q.answer.open = open;
  q.answer.hidden = !open;
  q.form.classList.toggle("open", open);
  q.form.classList.toggle("settled", settled);
  drawResult(q, answer, exam);
}

/** What was guessed before reading, once the question is answered: whether it was right is told by the question.
 * @param {Question} q @param {Answer} answer @param {string | undefined} guess */
function drawGuess(q, answer, guess) {
  const told = guess && answering.isAnswered(answer) && q.options.has(guess);
  setText(q.guessed, told ? `Before reading you chose ${lettersOf(q, [guess])}.` : "");
}
