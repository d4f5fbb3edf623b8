// @ts-check
// Needs in the page: progress/banks.js
// Needs: base/csv.js
// Needs: table/table.js
// Needs: classroom/learner.js
// Needs: quiz/hotspot.js
// Needs: quiz/key-feature.js
// The educator's front end: several learners' files become a table of questions. Nothing of them is kept.
//
// Contract. The questions come through the model's `wanted` ({ chapter: version }) and `banks` ({ chapter: markup, or ""
// where it cannot be had }); learner.js says what a file holds, and the quiz's own kinds mark each response anew.
// The arithmetic is that of item_analysis.py.

/** @typedef {{ line: HTMLElement, name: string, learner: Learner, firsts: Map<string, First> }} Opened */
/** @typedef {{ id: string, chapter: HTMLElement, text: string, learners: number, right: number,
 *   discrimination: number | null, chosen: string, expected: string }} Row */

/** Pearson's correlation, or null where a side does not vary. @param {number[][]} pairs */
function correlation(pairs) {
  const mean = [0, 1].map((side) => sum(pairs.map((pair) => pair[side])) / pairs.length);
  const moment = (/** @type {number} */ one, /** @type {number} */ other) =>
    sum(pairs.map((pair) => (pair[one] - mean[one]) * (pair[other] - mean[other])));
  const spread = Math.sqrt(moment(0, 0) * moment(1, 1));
  return spread > 1e-9 ? moment(0, 1) / spread : null;
}

/** What was chosen, in words: "A 3, B ✓ 12", case by case, or the commonest numbers.
 * @param {Question} q @param {First[]} firsts */
function chosenIn(q, firsts) {
  const { type } = q.form.dataset;
  const given = firsts.map((first) => first.response);
  const perOption = (/** @type {any[]} */ picked, /** @type {string[]} */ right) =>
    [...q.options.keys()]
      .map((key, index) => {
        const mark = right.includes(key) ? "\u00a0✓" : "";
        return `${letter(index)}${mark}\u00a0${picked.filter((one) => one === key).length}`;
      })
      .join(", ");
  if (type === "extended-matching") {
    const cases = q.keys.map((/** @type {string} */ right, /** @type {number} */ index) =>
      `case\u00a0${index + 1}: ${perOption(given.map((one) => one[index]), [right])}`);
    return cases.join("; ");
  }
  if (type !== "ordering" && type !== "numeric") return perOption(given.flat(), q.keys);
  const times = new Map();
  for (const { response, points } of firsts) {
    const order = points === 1 ? "the right order ✓" : "another order";
    const told = type === "ordering" ? order : `${visible(response)}${points === 1 ? " ✓" : ""}`;
    times.set(told, (times.get(told) ?? 0) + 1);
  }
  const commonest = [...times].sort((one, other) => other[1] - one[1]).slice(0, 6);
  return commonest.map(([told, number]) => `${told} (${number})`).join(", ");
}

/** What the author expected, and whether enough learners found it otherwise. @param {string} step @param {string} bounds from and up to,
 * of 100 right @param {number} right of 1 @param {boolean} enough */
function heldAgainst(step, bounds, right, enough) {
  const [low, high] = bounds.split(" ").map(Number);
  const found = 100 * right < low ? "harder" : 100 * right > high ? "easier" : "";
  return enough && found ? `${step}, found ${found}` : step;
}

/** @param {{ model: Model, el: HTMLElement }} shown */
function render({ model, el }) {
  const root = rootIn({ model, el }, ".classroom");
  const find = (/** @type {string} */ selector) => /** @type {any} */ (root.querySelector(selector));
  const doing = (/** @type {string} */ name) => find(`[data-act=${name}]`);
  const input = find("input");
  const place = find(".place");
  const items = /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll(".index > li"));
  const chapters = new Map([...items].map((item) => [item.dataset.chapter ?? "", item]));
  const ended = new AbortController();
  /** @type {Opened[]} */
  let opened = [];
  /** Chapters whose questions the open class still needs. @type {string[]} */
  let wanted = [];
  /** @type {Row[]} */
  let rows = [];
  let stopTable = () => {};

  const say = (/** @type {string} */ text) => setText(find(".notice"), text);
  const banks = () => model.get("banks") ?? {};

  function close() {
    stopTable();
    stopTable = () => {};
    [opened, wanted, rows] = [[], [], []];
    place.replaceChildren();
    find(".files").replaceChildren();
    doing("csv").hidden = true;
    doing("leave").hidden = true;
  }

  /** @param {File[]} files */
  async function open(files) {
    /** @type {HTMLElement[]} */
    const lines = [];
    /** @type {Map<string, string>} */
    const twins = new Map();
    /** @type {Opened[]} */
    const found = [];
    for (const file of files) {
      const name = nameOfFile(file);
      const line = make("li");
      lines.push(line);
      try {
        const learner = await readLearner(file, chapters);
        const twin = twins.get(learner.twin);
        if (twin) throw new Error(`is the same file as ${twin}`);
        twins.set(learner.twin, name);
        found.push({ line, name, learner, firsts: new Map() });
      } catch (error) {
        line.textContent = `${name}: left out, it ${/** @type {Error} */ (error).message}`;
      }
    }
    close();
    opened = found;
    find(".files").append(...lines);
    doing("leave").hidden = false;
    wanted = [...new Set(opened.flatMap(({ learner }) => [...learner.responses.keys()]).map(chapterOf))];
    if (!wanted.length) {
      tell([]);
      return;
    }
    say("The questions are on their way.");
    model.set("wanted", Object.fromEntries(wanted.map((name) => [name, chapters.get(name)?.dataset.version])));
    model.save_changes();
    show();
  }

  /** A line for each file, and the sum of all. @param {string[]} missing */
  function tell(missing) {
    // The same answers, saved at another time: perhaps one learner, for the educator to say.
    const same = new Map();
    for (const { line, name, learner, firsts } of opened) {
      const answers = JSON.stringify([...firsts]);
      const twin = firsts.size > place.dataset.others ? same.get(answers) : undefined;
      if (!same.has(answers)) same.set(answers, name);
      const left = tellLeftOut(learner.out);
      const taken = firsts.size ? count(firsts.size, "question") : "left out, it holds no first response that counts";
      const words = [taken, twin && `the same answers as ${twin}, saved at another time`, left && `left out: ${left}`];
      line.textContent = `${name}: ${words.filter(Boolean).join("; ")}`;
    }
    const all = Object.keys(LEFT_OUT).map((why) => [why, sum(opened.map(({ learner }) => learner.out[why] ?? 0))]);
    const left = tellLeftOut(Object.fromEntries(all));
    const learners = opened.filter(({ firsts }) => firsts.size).length;
    const lost = missing.map((name) => chapters.get(name)?.textContent).join("; ");
    const words = [`${count(learners, "learner")}.`, left && `Left out: ${left}.`, lost && `Could not be loaded: ${lost}.`];
    say(words.filter(Boolean).join(" "));
  }

  /** The table, once the questions are there. */
  function show() {
    if (!wanted.length || wanted.some((name) => banks()[name] === undefined)) return;
    const missing = wanted.filter((name) => !banks()[name]);
    /** By "<chapter>/<key>", in the order of the book. @type {Map<string, Question>} */
    const questions = new Map();
    for (const name of [...chapters.keys()].filter((one) => wanted.includes(one) && banks()[one])) {
      const bank = /** @type {HTMLTemplateElement} */ (make("template", [], { innerHTML: banks()[name] })).content;
      const part = (/** @type {string} */ which) => partOf(bank, which);
      for (const form of /** @type {NodeListOf<HTMLElement>} */ (bank.querySelectorAll(".question"))) {
        const q = findQuestion(form, part);
        questions.set(`${name}/${q.key}`, q);
      }
    }
    wanted = [];
    for (const one of opened) one.firsts = markFirsts(one.learner, questions, missing);
    tell(missing);

    const answered = opened.map(({ firsts }) => firsts).filter(({ size }) => size);
    const totals = new Map(answered.map((all) => [all, sum([...all.values()].map((first) => first.points))]));
    for (const [path, q] of questions) {
      const mine = answered.filter((all) => all.has(path));
      if (!mine.length) continue;
      const pointsOf = (/** @type {Map<string, First>} */ all) => all.get(path)?.points ?? 0;
      const firsts = mine.map((all) => /** @type {First} */ (all.get(path)));
      const pairs = mine
        .filter((all) => all.size > place.dataset.others)
        .map((all) => [pointsOf(all), ((totals.get(all) ?? 0) - pointsOf(all)) / (all.size - 1)]);
      rows.push({
        id: q.id,
        chapter: /** @type {HTMLElement} */ (chapters.get(chapterOf(path))),
        text: `${q.form.querySelector("h3").firstChild.textContent.trim()}. ${q.form.querySelector("legend").textContent.trim()}`,
        learners: mine.length,
        right: firsts.filter((first) => first.points === 1).length / mine.length,
        discrimination: pairs.length >= place.dataset.learners ? correlation(pairs) : null,
        chosen: chosenIn(q, firsts),
        expected: "",
      });
      const [row] = rows.slice(-1);
      const step = q.form.dataset.expected;
      if (step) row.expected = heldAgainst(step, place.dataset[step], row.right, row.learners >= place.dataset.learners);
    }
    if (!rows.length) return;
    place.append(document.importNode(find("template").content, true));
    place.querySelector("tbody").append(...rows.map(rowOf));
    stopTable = frontEnds.table.render({ model, el: place }) ?? stopTable;
    doing("csv").hidden = false;
  }

  /** @param {Row} row */
  function rowOf({ id, chapter, text, learners, right, discrimination, chosen, expected }) {
    const { address } = chapter.dataset;
    const index = discrimination === null ? "" : discrimination.toFixed(2).replace("-", "−");
    const cells = [learners, Math.round(right * 100), index].map((value) => make("td", String(value), { className: "number" }));
    // The table sorts by digits, and would not see the sign.
    if (discrimination !== null) cells[2].dataset.sort = (discrimination + 1).toFixed(4);
    const name = address ? make("a", text, { href: `${address}#q-${id}` }) : text;
    const foreseen = expected ? make("small", ` Expected: ${expected}.`) : "";
    return make("tr", [make("th", [name, foreseen], { scope: "row" }), make("td", chapter.textContent ?? ""), ...cells, make("td", chosen)]);
  }

  function saveTable() {
    const short = (/** @type {number | null} */ value) => (value === null ? null : Number(value.toFixed(4)));
    const lines = rows.map(({ id, chapter, text, learners, right, discrimination, chosen, expected }) => [
      chapter.textContent, id, text, learners, short(right), short(discrimination), chosen, expected,
    ]);
    const head = ["chapter", "question", "text", "learners", "share_right", "discrimination", "chosen", "expected"];
    offerFile("class.csv", new Blob([asCsv([head, ...lines])], { type: "text/csv" }));
    say("Saved as class.csv.");
  }

  root.addEventListener("click", (/** @type {any} */ event) => {
    const { act } = /** @type {HTMLElement} */ (event.target).dataset;
    if (act === "csv") saveTable();
    if (act !== "leave") return;
    close();
    say("The class was closed.");
    input.focus();
  }, { signal: ended.signal });
  input.addEventListener("change", async () => {
    await open([...input.files]);
    input.value = "";
  }, { signal: ended.signal });
  model.on("change:banks", show);

  keepKeys(root.querySelectorAll("button, input"));
  find(".tools").hidden = false;
  return () => {
    ended.abort();
    model.off("change:banks", show);
    stopTable();
  };
}

export default { render };
