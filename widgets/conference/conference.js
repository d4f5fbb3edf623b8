// @ts-check
// Needs: base/file.js
// Needs: base/markup.js
// Needs: base/shape.js
// The case conference's front end: it brings the markup of conference.html to life, in a live notebook and in the page
// alike, one step at a time.
//
// Contract. The model offers get, set, on, off and save_changes. All state is in its `answers`, one entry a case:
//   "<case>@<hash>": { at, chosen: { step: [choices] }, done: [steps], backs }
// `at` is the step that is shown, "" the debrief. The path is not stored: it follows from what was decided.
// Entries are replaced, never changed in place. `storage` says where the host keeps answers; `score`, `possible` and
// `completed` are told to it.

const CHANGED = "This case has changed since you worked on it; your old answers were set aside.";

/** @typedef {any} Step */
/** @typedef {any} Choice */
/** @typedef {{ at: string, chosen: Record<string, string[]>, done: string[], backs: number }} Entry */

/** @param {any} form @param {(name: string) => Node} part @returns {any} */
function findStep(form, part) {
  const find = (/** @type {string} */ selector) => form.querySelector(selector);
  form.append(part("step"));
  const result = make("p", [], { className: "result", tabIndex: -1 });
  find("legend")?.after(result);
  const choices = new Map([...form.querySelectorAll(".choices > li")].map((node) => [node.dataset.id, {
    node,
    input: node.querySelector("input"),
    told: node.querySelector("details"),
    words: node.querySelector("label").textContent,
    why: node.querySelector(".why").textContent,
    ...node.dataset,
  }]));
  return {
    form,
    choices,
    note: "",
    stage: find("h3 small").textContent,
    name: find("h3 span").textContent,
    fields: find("fieldset"),
    result,
    status: find(".note"),
    button: Object.fromEntries([...form.querySelectorAll("[data-do]")].map((node) => [node.dataset.do, node])),
    one: form.dataset.choose === "one",
    most: Number(form.dataset.most) || choices.size,
    next: form.dataset.next,
  };
}

/** @param {{ model: Model, el: HTMLElement }} shown */
function render({ model, el }) {
  const root = rootIn({ model, el }, ".conference");
  const part = (/** @type {string} */ name) => partOf(root, name);
  /** @type {Map<string, any>} */
  const steps = new Map([...root.querySelectorAll(".step")].map((form) => [form.dataset.id, findStep(form, part)]));
  const debrief = root.querySelector(".debrief");
  const key = `${root.dataset.case}@${root.dataset.hash}`;
  /** @type {Entry} */
  const blank = { at: [...steps.keys()][0], chosen: {}, done: [], backs: 0 };
  debrief.append(part("print"));
  root.append(part("toolbar"));
  root.classList.add("alive");
  const toolbar = root.querySelector(".toolbar");
  const [topNotice, toolNotice] = root.querySelectorAll(".notice");
  const ended = new AbortController();
  const listen = (/** @type {string} */ type, /** @type {(event: any) => void} */ act) => root.addEventListener(type, act, { signal: ended.signal });

  keepKeys(root.querySelectorAll("a, button, input, h3, .result"));
  // In a notebook there is no list of references; the records' addresses stand at the end of the case.
  for (const { dataset, hash } of root.querySelectorAll("[data-link]")) {
    if (document.getElementById(hash.slice(1))) continue;
    for (const link of root.querySelectorAll(`[href="${hash}"]`)) {
      Object.assign(link, { href: dataset.link, target: "_blank", rel: "noopener" });
    }
  }

  /** The steps met so far, and whether they reach an end. @returns {[string[], boolean]} */
  function wayOf(/** @type {any} */ { chosen, done }) {
    /** @type {string[]} */
    const way = [];
    let id = blank.at;
    while (id && !way.includes(id)) {
      way.push(id);
      if (!done.includes(id)) return [way, false];
      const step = steps.get(id);
      id = step.one ? step.choices.get(chosen[id][0]).next : step.next;
    }
    return [way, true];
  }

  /** A stored entry as this front end uses it, or undefined if it is broken. */
  function readEntry(/** @type {any} */ stored) {
    if (!isRecord(stored)) return undefined;
    const { at, chosen, done, backs } = { ...blank, ...stored };
    const sound = (at === "" || steps.has(at)) && isRecord(chosen) && shape.set(shape.one(steps), steps.size)(done)
      && shape.whole(0, 1e6)(backs)
      && Object.entries(chosen).every(([id, picked]) => {
        const step = steps.get(id);
        return step && shape.set(shape.one(step.choices), step.one ? 1 : step.most)(picked);
      })
      && done.every((/** @type {string} */ id) => !steps.get(id).choices.size || (Object.hasOwn(chosen, id) && chosen[id].length));
    if (!sound) return undefined;
    const [way, complete] = wayOf({ chosen, done });
    return { at: (at ? way.includes(at) : complete) ? at : way[way.length - 1], chosen, done, backs };
  }

  const stored = () => keptBy(model);
  const current = () => readEntry(stored()[key]) ?? blank;
  const pickedIn = (/** @type {Entry} */ entry, /** @type {string} */ id) => (Object.hasOwn(entry.chosen, id) ? entry.chosen[id] : []);

  function put(/** @type {Record<string, any>} */ answers) {
    keep(model, answers);
    sync();
  }

  const save = (/** @type {any} */ change) => put({ ...stored(), [key]: { ...current(), ...change } });

  /** Entries of another text of this case, and broken ones: neither can be kept. */
  function sorted(/** @type {Record<string, any>} */ answers) {
    const entries = Object.entries(answers);
    const stale = entries.filter(([name]) => name !== key && /^[\w-]+@[0-9a-f]{10}$/.test(name));
    const sound = entries.filter(([name, value]) => name === key && readEntry(value));
    return { sound: Object.fromEntries(sound), stale: stale.length, broken: entries.length - stale.length - sound.length };
  }

  function setAside() {
    const answers = model.get("answers") ?? {};
    const { sound, stale, broken } = isRecord(answers) ? sorted(answers) : { sound: {}, stale: 0, broken: 1 };
    if (broken || stale) {
      setText(topNotice, broken ? SET_ASIDE : CHANGED);
      keep(model, sound);
    }
  }

  /** What the path needed and got, and what was left out on it. */
  function reckon(/** @type {Entry} */ entry) {
    const [way, complete] = wayOf(entry);
    /** @type {any} */
    const sum = { way, complete, score: 0, possible: 0, missed: [], harm: [], idle: [] };
    for (const id of way.filter((/** @type {any} */ one) => entry.done.includes(one))) {
      const step = steps.get(id);
      const picked = pickedIn(entry, id);
      const taken = picked.map((/** @type {any} */ one) => step.choices.get(one));
      const sound = step.one ? taken : [...step.choices.values()].filter((choice) => choice.worth === "sound");
      sum.possible += sound.length;
      sum.score += sound.filter((/** @type {Choice} */ choice) => step.one ? /sound|optional/.test(choice.worth) : taken.includes(choice)).length;
      sum.missed.push(...sound.filter((/** @type {Choice} */ choice) => !taken.includes(choice)));
      sum.harm.push(...taken.filter((/** @type {Choice} */ choice) => choice.worth === "unsafe"));
      sum.idle.push(...taken.filter((/** @type {Choice} */ choice) => choice.worth === "idle"));
    }
    return sum;
  }

  function syncStep(/** @type {string} */ id, /** @type {Step} */ step, /** @type {Entry} */ entry, /** @type {any} */ [first]) {
    const picked = pickedIn(entry, id);
    const done = entry.done.includes(id);
    step.form.classList.toggle("current", entry.at === id);
    step.form.classList.toggle("done", done);
    for (const [name, choice] of step.choices) {
      const taken = picked.includes(name);
      choice.input.checked = taken;
      choice.node.classList.toggle("taken", done && taken);
      choice.told.open = done && taken;
    }
    if (step.fields) step.fields.disabled = done;
    const { size } = step.choices;
    const said = !size || !done ? "" : step.one ? "You decided:" : `You chose ${picked.length} of ${size}:`;
    setText(step.result, said);
    setText(step.status, step.note);
    step.button.done.hidden = done || !size;
    step.button.next.hidden = !done && size > 0;
    step.button.change.hidden = !done || !size;
    step.button.back.hidden = id === first;
    setText(step.button.done, step.form.dataset.act);
  }

  function syncDebrief(/** @type {Entry} */ entry, /** @type {any} */ sum) {
    const list = (/** @type {string} */ title, /** @type {any} */ choices, /** @type {any} */ tell) =>
      choices.length ? [make("h4", title), make("ul", choices.map((/** @type {Choice} */ choice) => make("li", tell(choice))))] : [];
    const told = (/** @type {Choice} */ choice) => [make("b", choice.words.trim()), ` ${choice.why}`];
    const heading = (/** @type {string} */ covers) => [...debrief.querySelectorAll("dt")].find((node) => node.dataset.covers === covers).textContent;
    const path = sum.way.map((/** @type {string} */ id) => {
      const step = steps.get(id);
      const words = pickedIn(entry, id).map((/** @type {any} */ one) => step.choices.get(one).words.trim());
      return make("li", [make("b", `${step.stage}: ${step.name}`), words.length ? `: ${words.join("; ")}` : ""]);
    });
    const backs = entry.backs ? ` You went back ${count(entry.backs, "time")}.` : "";
    debrief.querySelector(".mine").replaceChildren(
      make("p", [make("b", `Of ${sum.possible} things that this path needed you did ${sum.score}.`), backs]),
      ...list("Harmful, or unsafe", sum.harm, told),
      ...(sum.missed.length ? list("Left out", sum.missed, (/** @type {Choice} */ choice) =>
        [make("b", `${heading(choice.covers)}: `), choice.words.trim(), make("br"), choice.why.replace(/^\S+ /, "")])
        : [make("p", "Nothing that this path needed was left out.")]),
      ...list("Changed nothing", sum.idle, told),
      make("h4", "Your path"), make("ol", path),
    );
  }

  function sync() {
    const entry = current();
    const sum = reckon(entry);
    for (const [id, step] of steps) syncStep(id, step, entry, sum.way);
    debrief.classList.toggle("current", entry.at === "");
    debrief.classList.toggle("reached", sum.complete);
    if (sum.complete) syncDebrief(entry, sum);

    const trail = toolbar.querySelector(".trail");
    const places = sum.complete ? [...sum.way, ""] : sum.way;
    while (trail.children.length > places.length) trail.lastChild.remove();
    places.forEach((/** @type {string} */ id, /** @type {any} */ index) => {
      let button = trail.children[index]?.firstChild;
      if (!button) {
        button = make("button", [], { type: "button" });
        button.dataset.do = "visit";
        keepKeys([button]);
        trail.append(make("li", button));
      }
      button.dataset.id = id;
      setText(button, id ? steps.get(id).name : "Debrief");
      if (entry.at === id) button.setAttribute("aria-current", "step");
      else button.removeAttribute("aria-current");
    });
    const place = entry.at ? `Step ${sum.way.indexOf(entry.at) + 1}` : "Debrief";
    setText(toolbar.querySelector(".score"), sum.complete
      ? `${place}. Of ${sum.possible} things that your path needed you did ${sum.score}.`
      : `${place}. What was left out is told at the end.`);
    setText(root.querySelector(".kept"), whereKept(model, "answers"));

    tellKernel(model, { score: sum.score, possible: sum.possible, completed: sum.complete });
  }

  const show = (/** @type {HTMLElement} */ node) => {
    node.focus({ preventScroll: true });
    node.scrollIntoView({ block: "start" });
  };
  const visit = (/** @type {string} */ at, change = {}) => {
    save({ at, ...change });
    show((at ? steps.get(at).form : debrief).querySelector("h3"));
  };
  const goBack = () => {
    const entry = current();
    const [way] = wayOf(entry);
    visit(way[(entry.at ? way.indexOf(entry.at) : way.length) - 1], { backs: entry.backs + 1 });
  };
  function tell(/** @type {Step} */ step, /** @type {string} */ text) {
    step.note = step.note === text ? `${text}\u00a0` : text;
    sync();
  }

  /** @type {Record<string, (button: any) => any>} */
  const acts = {
    done: () => {
      const entry = current();
      const step = steps.get(entry.at);
      if (!pickedIn(entry, entry.at).length) return tell(step, "Choose something first.");
      step.note = "";
      save({ done: [...entry.done, entry.at] });
      return show(step.result);
    },
    next: () => {
      const entry = current();
      const { at } = entry;
      const done = entry.done.includes(at) ? entry.done : [...entry.done, at];
      const [way] = wayOf({ ...entry, done });
      visit(way[way.indexOf(at) + 1] ?? "", { done });
    },
    change: () => {
      const entry = current();
      save({ done: entry.done.filter((/** @type {string} */ id) => id !== entry.at), backs: entry.backs + 1 });
      steps.get(entry.at).fields.querySelector("input:checked").focus();
    },
    back: goBack,
    visit: (/** @type {any} */ button) => visit(button.dataset.id),
    print: () => {
      root.classList.add("printing");
      addEventListener("afterprint", () => root.classList.remove("printing"), { once: true });
      print();
    },
    save: () => setText(toolNotice, saveProgress(model, "case")),
    clear: () => askToClear(toolbar, true),
    "clear-no": () => askToClear(toolbar, false),
    "clear-yes": () => {
      for (const step of steps.values()) step.note = "";
      put({});
      askToClear(toolbar, false);
      setText(topNotice, "");
      setText(toolNotice, "Your answers were cleared.");
    },
  };

  async function load(/** @type {File} */ file) {
    const { sound, stale, broken } = sorted(await savedIn(file, model, "case"));
    if (!sound[key] && stale) return CHANGED;
    if (!sound[key] && broken) return SET_ASIDE;
    if (!sound[key]) throw new Error("holds no answers");
    put(sound);
    return "Your path was loaded.";
  }

  listen("click", (/** @type {any} */ event) => {
    const button = event.target.closest("[data-do]");
    // The second click of a double click would land on the button that took this one's place.
    if (button && event.detail < 2) acts[button.dataset.do](button);
  });
  listen("keydown", (/** @type {any} */ event) => {
    if (event.repeat && event.key === "Enter" && event.target.closest("[data-do]")) event.preventDefault();
  });
  listen("input", (/** @type {any} */ event) => {
    const form = event.target.closest(".step");
    if (!form) return;
    const step = steps.get(form.dataset.id);
    const picked = [...step.choices.keys()].filter((id) => step.choices.get(id).input.checked);
    if (picked.length > step.most) {
      step.note = `You have time for ${step.most}: take one away first.`;
      sync();
      return;
    }
    step.note = "";
    save({ chosen: { ...current().chosen, [form.dataset.id]: picked } });
  });
  hearFiles(listen, load, (told) => setText(toolNotice, told));
  listen("submit", (/** @type {any} */ event) => event.preventDefault());

  function refresh() {
    setAside();
    sync();
  }
  model.on("change:answers", refresh);
  model.on("change:storage", sync);
  root.querySelector(".kept").hidden = false;
  refresh();

  return () => {
    ended.abort();
    model.off("change:answers", refresh);
    model.off("change:storage", sync);
  };
}

export default { render };
