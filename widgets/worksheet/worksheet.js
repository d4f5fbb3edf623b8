// @ts-check
// Needs: base/file.js
// Needs: base/markup.js
// Needs: base/shape.js
// The worksheet's front end: it keeps what is chosen and written, explains the answers of the knowledge check, and
// writes the sheet to take along.
//
// Contract. The model offers get, set, on, off and save_changes. All state is in its `answers`: the data-key of a
// thing asked, to the value chosen (radio buttons), the values ticked (boxes) or the words written; `checked` is true
// once the knowledge check was asked for. Nothing else is kept, and no key is kept that the page does not ask for.
// A key that ends in "@<hash>" holds for one text alone. `storage` is as for the quiz. Who asks that nothing be kept
// finds the answers in this page alone: what was kept is taken away, and nothing more is saved.

const FORGOTTEN = "Nothing is kept here: your answers are gone when you leave this page or load it anew. Print your sheet, or save your answers as a file that you take with you.";
const CHANGED = "Some statements have changed since you answered them; your old answers were set aside.";
const WEIGHTS = ["most", "much", "little", "not"];

/** @param {{ model: Model, el: HTMLElement }} shown */
function render({ model, el }) {
  const root = rootIn({ model, el }, ".worksheet");
  const find = (/** @type {string} */ selector) => /** @type {any} */ (root.querySelector(selector));
  const all = (/** @type {string} */ selector, /** @type {ParentNode} */ from = root) => /** @type {any[]} */ ([...from.querySelectorAll(selector)]);
  find("div[data-part=check]").append(partOf(root, "check"));
  root.append(partOf(root, "toolbar"));
  const toolbar = find(".toolbar");
  const [topNotice, toolNotice] = all(".notice");
  const result = find(".result");
  const ended = new AbortController();
  const forget = find("[data-do=forget]");
  const listen = (/** @type {string} */ type, /** @type {(event: any) => void} */ act) => root.addEventListener(type, act, { signal: ended.signal });

  // What is asked: its key, its kind, and its controls.
  const asked = new Map(all("[data-key]").map((node) => {
    const inputs = all("input", node);
    const labels = new Map(inputs.map((input) => [input.value, input.parentElement.textContent.trim()]));
    return [node.dataset.key, { node, inputs, labels, type: inputs[0]?.type ?? "text" }];
  }));
  const statements = all(".statement").map((node) => ({
    node,
    key: node.querySelector("[data-key]").dataset.key,
    right: node.dataset.answer,
    text: node.querySelector("legend").textContent,
    answer: node.querySelector(".answer"),
    sum: node.querySelector("summary"),
  }));

  keepKeys(all("a, button, input, textarea, summary"));
  linkSources(root);

  const stored = () => keptBy(model);

  function sound(/** @type {string} */ key, /** @type {any} */ value) {
    if (key === "checked") return value === true;
    const one = asked.get(key);
    if (!one) return false;
    if (one.type === "text") return typeof value === "string" && value.length <= one.node.maxLength;
    const known = shape.one(one.labels);
    return (one.type === "radio" ? known : shape.set(known, one.labels.size))(value);
  }

  /** What can be kept of some answers, and a word on what cannot. */
  function sift(/** @type {Record<string, any>} */ answers) {
    /** @type {Record<string, any>} */
    const kept = {};
    let notice = "";
    for (const [key, value] of Object.entries(isRecord(answers) ? answers : { "": answers })) {
      if (sound(key, value)) kept[key] = value;
      else {
        const stem = key.split("@")[0];
        const stale = key.includes("@") && [...asked.keys()].some((one) => one !== key && one.startsWith(`${stem}@`));
        notice = stale ? notice || CHANGED : SET_ASIDE;
      }
    }
    return { kept, notice };
  }

  function put(/** @type {Record<string, any>} */ answers) {
    model.set("answers", answers);
    if (!forget.checked) model.save_changes();
    sync();
  }

  /** Takes away what was kept, and goes on with it in this page; or keeps it from now on. */
  function keepOrForget() {
    const answers = stored();
    if (forget.checked) {
      keep(model, {});
    }
    put(answers);
  }

  function read(/** @type {any} */ { node, inputs, type }) {
    const picked = inputs.filter((/** @type {any} */ input) => input.checked).map((/** @type {any} */ input) => input.value);
    const value = type === "text" ? node.value : type === "radio" ? picked[0] : picked;
    return value?.length ? value : undefined;
  }

  function write(/** @type {any} */ { node, inputs, type }, /** @type {any} */ value) {
    for (const input of inputs) input.checked = type === "radio" ? input.value === value : (value ?? []).includes(input.value);
    if (type === "text" && node.value !== (value ?? "")) node.value = value ?? "";
  }

  /** The lines of the sheet for keys; a key that ends in "/" stands for all that begin with it. */
  function lines(/** @type {string} */ from, /** @type {Record<string, any>} */ answers) {
    if (from === "understand/") return statements.filter((one) => answers[one.key] && answers[one.key] !== one.right).map((one) => one.text);
    if (from === "matters/") {
      return WEIGHTS.flatMap((weight) => [...asked].filter(([key]) => key.startsWith(from) && answers[key] === weight)
        .map(([, one]) => `${one.labels.get(weight)}: ${one.node.querySelector("legend").textContent}`));
    }
    return from.split(" ").flatMap((/** @type {string} */ key) => [answers[key] ?? []].flat().map((value) => /** @type {any} */ (asked.get(key)).labels.get(value) ?? value));
  }

  function syncSheet(/** @type {Record<string, any>} */ answers) {
    for (const slot of all("[data-from]")) {
      const told = lines(slot.dataset.from, answers);
      if (slot.dataset.told === told.join("\n")) continue;
      slot.dataset.told = told.join("\n");
      slot.replaceChildren(...told.map((/** @type {string} */ line) => make("p", line)));
    }
  }

  function syncCheck(/** @type {Record<string, any>} */ answers) {
    const checked = answers.checked === true;
    for (const { node, key, right, answer, sum } of statements) {
      const mine = answers[key];
      const mark = !checked || !mine ? "" : mine === right ? "right" : "wrong";
      if (mark) node.dataset.mark = mark;
      else delete node.dataset.mark;
      setText(sum, mark ? (mark === "right" ? "Right. The answer:" : "Not right. The answer:") : "Answer");
      // Without a check the answer stays for the reader to open; after it, all that were answered are told.
      if (mark && !answer.open) answer.open = true;
    }
    const score = statements.filter((one) => answers[one.key] === one.right).length;
    setText(result, checked ? `${score} of ${statements.length} right. The rest stand on your sheet, to ask about.` : "");
  }

  function sync() {
    const answers = stored();
    for (const [key, one] of asked) write(one, answers[key]);
    syncCheck(answers);
    syncSheet(answers);
    setText(find(".kept"), forget.checked ? FORGOTTEN : whereKept(model, "answers"));
  }

  /** @type {Record<string, (button: any) => any>} */
  const acts = {
    check: () => {
      if (statements.some(({ key }) => stored()[key])) put({ ...stored(), checked: true });
      else setText(result, "Choose an answer first.");
    },
    print: () => {
      const page = document.documentElement;
      page.classList.add("print-sheet");
      addEventListener("afterprint", () => page.classList.remove("print-sheet"), { once: true });
      print();
    },
    save: () => setText(toolNotice, saveProgress(model, "worksheet")),
    clear: () => askToClear(root, true),
    "clear-no": () => askToClear(root, false),
    "clear-yes": () => {
      put({});
      for (const { answer } of statements) answer.open = false;
      askToClear(root, false);
      setText(topNotice, "");
      setText(toolNotice, "Your answers were cleared.");
    },
  };

  async function load(/** @type {File} */ file) {
    const { kept, notice } = sift(await savedIn(file, model, "worksheet"));
    put({ ...stored(), ...kept });
    return `Your answers were loaded. ${notice}`.trim();
  }

  listen("click", (/** @type {any} */ event) => {
    const button = event.target.closest("[data-do]");
    if (button && button !== forget && event.detail < 2) acts[button.dataset.do](button);
  });
  listen("input", (/** @type {any} */ event) => {
    if (event.target === forget) return keepOrForget();
    const place = event.target.closest("[data-key]");
    if (!place) return undefined;
    const { key } = place.dataset;
    const value = read(/** @type {any} */ (asked.get(key)));
    // A changed answer has to be checked anew.
    const rest = without(stored(), key.startsWith("understand/") ? [key, "checked"] : [key]);
    return put(value === undefined ? rest : { ...rest, [key]: value });
  });
  hearFiles(listen, load, (told) => setText(toolNotice, told));
  listen("submit", (/** @type {any} */ event) => event.preventDefault());

  function refresh() {
    const { kept, notice } = sift(model.get("answers") ?? {});
    if (notice) {
      setText(topNotice, notice);
      keep(model, kept);
    }
    sync();
  }
  model.on("change:answers", refresh);
  model.on("change:storage", sync);
  find(".kept").hidden = false;
  find(".keep").hidden = !("widget" in el.dataset);
  root.classList.add("alive");
  refresh();

  return () => {
    ended.abort();
    model.off("change:answers", refresh);
    model.off("change:storage", sync);
  };
}

export default { render };
