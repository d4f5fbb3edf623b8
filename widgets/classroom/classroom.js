// Needs in the page: progress/banks.js
// Needs: table/table.js
// The educator's front end: several learners' files become a table of questions. Nothing of them is kept.
//
// Contract. Files are those that the course page ("course-progress-2": { answers: { "quiz/<chapter>/<key>": … } }) or a
// chapter ("course-progress-1": { name, answers: { "<key>": … } }) saves; a key is "<question id>@<hash>". The questions
// come through the model's `wanted` ({ chapter: version }) and `banks` ({ chapter: markup, or "" where it cannot be had }).
// The arithmetic is that of item_analysis.py.

const NO_PROGRESS = "holds no saved progress";
const LARGEST = 5e6;
const PATH = /^[\w/-]+\/[a-z0-9-]+@[0-9a-f]{10}$/;

const isRecord = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const isShare = (value) => Number.isFinite(value) && value >= 0 && value <= 1;
const count = (number, thing) => `${number} ${thing}${number === 1 ? "" : "s"}`;
const sum = (list) => list.reduce((total, one) => total + one, 0);
const make = (tag, content = [], properties = {}) => {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...[content].flat());
  return node;
};

/** A file's answers by "<chapter>/<key>"; an Error says what is wrong with it. */
async function readFile(file) {
  if (file.size > LARGEST) throw new Error("is too large to be saved progress");
  let saved;
  try {
    saved = JSON.parse(await file.text());
  } catch {
    throw new Error(NO_PROGRESS);
  }
  const prefix = { "course-progress-1": `${saved?.name}/`, "course-progress-2": "" }[saved?.format];
  if (prefix === undefined || !isRecord(saved.answers)) throw new Error(NO_PROGRESS);
  const entries = Object.entries(saved.answers).map(([key, answer]) => [prefix + key.replace(/^quiz\//, ""), answer]);
  return entries.filter(([path, answer]) => PATH.test(path) && isRecord(answer));
}

/** The first response checked, with its points; undefined without any, null where the file does not tell which it was. */
function firstOf({ checked, tries, seen, response, points, first }) {
  if (isRecord(first) && isShare(first.points) && first.response != null) return first;
  if (!tries) return undefined;
  return first === undefined && checked && tries === 1 && !seen && isShare(points) ? { response, points } : null;
}

/** Pearson's correlation, or null where a side does not vary. */
function correlation(pairs) {
  const mean = [0, 1].map((side) => sum(pairs.map((pair) => pair[side])) / pairs.length);
  const moment = (one, other) => sum(pairs.map((pair) => (pair[one] - mean[one]) * (pair[other] - mean[other])));
  const spread = Math.sqrt(moment(0, 0) * moment(1, 1));
  return spread > 1e-9 ? moment(0, 1) / spread : null;
}

/** What was chosen, in words: "A 3, B ✓ 12", case by case, or the commonest numbers. */
function chosenIn(question, firsts) {
  const options = [...question.querySelectorAll(".options > li")].map((option) => option.dataset.key);
  const keys = (selector, name) => [...question.querySelectorAll(selector)].map((reason) => reason.dataset[name]);
  const given = firsts.map((first) => first.response);
  const perOption = (picked, right) =>
    options
      .map((key, index) => {
        const mark = right.includes(key) ? "\u00a0✓" : "";
        return `${String.fromCharCode(65 + index)}${mark}\u00a0${picked.filter((one) => one === key).length}`;
      })
      .join(", ");
  const { type } = question.dataset;
  if (type === "extended-matching") {
    return keys(".why > li[data-answer]", "answer")
      .map((right, index) => `case ${index + 1}: ${perOption(given.map((one) => one[index]), [right])}`)
      .join("; ");
  }
  if (options.length) return perOption(given.flat(), keys(".why > li[data-right]", "key"));
  const times = new Map();
  for (const { response, points } of firsts) {
    const order = points === 1 ? "the right order ✓" : "another order";
    const told = type === "ordering" ? order : `${response}${points === 1 ? " ✓" : ""}`;
    times.set(told, (times.get(told) ?? 0) + 1);
  }
  const commonest = [...times].sort((one, other) => other[1] - one[1]).slice(0, 6);
  return commonest.map(([told, number]) => `${told} (${number})`).join(", ");
}

function render({ model, el }) {
  if (!el.querySelector(".classroom")) el.innerHTML = model.get("markup");
  const root = el.querySelector(".classroom");
  const find = (selector) => root.querySelector(selector);
  const doing = (name) => find(`[data-act=${name}]`);
  const input = find("input");
  const place = find(".place");
  const chapters = new Map([...root.querySelectorAll(".index > li")].map((item) => [item.dataset.chapter, item]));
  const ended = new AbortController();
  let learners = []; // each a map from "<chapter>/<key>" to { response, points }
  let wanted = []; // chapters whose questions the open class still needs
  let rows = [];
  let told = "";
  let stopTable = () => {};

  const say = (text) => (find(".notice").textContent = text);
  const banks = () => model.get("banks") ?? {};

  function close() {
    stopTable();
    stopTable = () => {};
    [learners, wanted, rows] = [[], [], []];
    place.replaceChildren();
    find(".files").replaceChildren();
    doing("csv").hidden = true;
    doing("leave").hidden = true;
  }

  async function open(files) {
    const notes = [];
    const seen = new Set();
    const found = [];
    let untold = 0;
    for (const file of files) {
      try {
        const entries = await readFile(file);
        const text = JSON.stringify(entries);
        if (seen.has(text)) throw new Error("holds the same as another file");
        seen.add(text);
        const all = entries.filter(([path]) => chapters.has(path.slice(0, path.lastIndexOf("/")))).map(([path, answer]) => [path, firstOf(answer)]);
        const firsts = new Map(all.filter(([, first]) => first));
        untold += all.filter(([, first]) => first === null).length;
        if (!firsts.size) throw new Error("holds no first response");
        found.push(firsts);
        notes.push(`${file.name}: ${count(firsts.size, "question")}`);
      } catch (error) {
        notes.push(`${file.name}: left out, it ${error.message}`);
      }
    }
    close();
    learners = found;
    find(".files").append(...notes.map((note) => make("li", note)));
    doing("leave").hidden = false;
    told = `${count(learners.length, "learner")}.`;
    if (untold) told += ` Left out: ${count(untold, "answer")} whose first response is not known.`;
    say(told);
    wanted = [...new Set(learners.flatMap((learner) => [...learner.keys()]).map((path) => path.slice(0, path.lastIndexOf("/"))))];
    if (!wanted.length) return;
    model.set("wanted", Object.fromEntries(wanted.map((name) => [name, chapters.get(name).dataset.version])));
    model.save_changes();
    show();
  }

  /** The table, once the questions are there. */
  function show() {
    if (!wanted.length || wanted.some((name) => banks()[name] === undefined)) return;
    const missing = wanted.filter((name) => !banks()[name]);
    const questions = new Map(); // "<chapter>/<key>" -> chapter and question, in the order of the book
    for (const name of [...chapters.keys()].filter((one) => wanted.includes(one) && banks()[one])) {
      const bank = make("template", [], { innerHTML: banks()[name] }).content;
      for (const question of bank.querySelectorAll(".question")) {
        questions.set(`${name}/${question.dataset.id}@${question.dataset.hash}`, [chapters.get(name), question]);
      }
    }
    wanted = [];
    const before = sum(learners.map((learner) => learner.size));
    for (const learner of learners) for (const path of learner.keys()) if (!questions.has(path)) learner.delete(path);
    const lost = before - sum(learners.map((learner) => learner.size));
    if (lost) told += ` Left out: ${count(lost, "answer")} to questions that have changed since.`;
    if (missing.length) told += ` Could not be loaded: ${missing.map((name) => chapters.get(name).textContent).join("; ")}.`;
    say(told);

    const totals = new Map(learners.map((learner) => [learner, sum([...learner.values()].map((first) => first.points))]));
    for (const [path, [chapter, question]] of questions) {
      const mine = learners.filter((learner) => learner.has(path));
      if (!mine.length) continue;
      const firsts = mine.map((learner) => learner.get(path));
      const pairs = mine
        .filter((learner) => learner.size > place.dataset.others)
        .map((learner) => [learner.get(path).points, (totals.get(learner) - learner.get(path).points) / (learner.size - 1)]);
      rows.push({
        id: question.dataset.id,
        chapter,
        text: `${question.querySelector("h3").firstChild.textContent.trim()}. ${question.querySelector("legend").textContent.trim()}`,
        learners: mine.length,
        right: firsts.filter((first) => first.points === 1).length / mine.length,
        discrimination: pairs.length >= place.dataset.learners ? correlation(pairs) : null,
        chosen: chosenIn(question, firsts),
      });
    }
    if (!rows.length) return;
    place.append(document.importNode(find("template").content, true));
    place.querySelector("tbody").append(...rows.map(rowOf));
    stopTable = frontEnds.table.render({ model, el: place });
    doing("csv").hidden = false;
  }

  function rowOf({ id, chapter, text, learners: number, right, discrimination, chosen }) {
    const { address } = chapter.dataset;
    const none = discrimination === null;
    const digits = [number, Math.round(right * 100), none ? "" : discrimination.toFixed(2).replace("-", "−")];
    const cells = digits.map((value) => make("td", String(value), { className: "number" }));
    // The table sorts by digits, and would not see the sign.
    if (!none) cells[2].dataset.sort = (discrimination + 1).toFixed(4);
    const name = address ? make("a", text, { href: `${address}#q-${id}` }) : text;
    return make("tr", [make("th", name, { scope: "row" }), make("td", chapter.textContent), ...cells, make("td", chosen)]);
  }

  function saveTable() {
    const quoted = (value) => `"${String(value).replaceAll('"', '""')}"`;
    const lines = rows.map(({ id, chapter, text, learners: number, right, discrimination, chosen }) => [
      chapter.textContent, id, text, number, right.toFixed(4), discrimination?.toFixed(4) ?? "", chosen,
    ]);
    const head = ["chapter", "question", "text", "learners", "share_right", "discrimination", "chosen"];
    const csv = `\ufeff${[head, ...lines].map((line) => line.map(quoted).join(",")).join("\r\n")}\r\n`;
    const link = make("a", [], { href: URL.createObjectURL(new Blob([csv], { type: "text/csv" })), download: "class.csv" });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    say("Saved as class.csv.");
  }

  root.addEventListener("click", (event) => {
    const { act } = event.target.dataset;
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

  for (const control of root.querySelectorAll("button, input")) control.dataset.lmSuppressShortcuts = "true";
  find(".tools").hidden = false;
  return () => {
    ended.abort();
    model.off("change:banks", show);
    stopTable();
  };
}

export default { render };
