// Needs: base/chance.js
// The quiz's front end: it brings the markup of quiz.html to life, in a live notebook and in the page alike.
//
// Contract. The model offers get, set, on, off and save_changes. All state is in its `answers`:
//   "<question id>@<hash>": { response, certainty, hints, checked, shown, seen, tries, points, correct, first }
//   where `first` is { response, points } of the first check, or null where the answer had been seen before it;
//   "#set": { seed }, the order of shuffled options
// Check says how far the answer is right and why, for what was chosen; the rest is told once it is right, or shown.
// What is checked after the answer was seen earns nothing more.
// A model whose `exam` is "on" hides all that, and marks every question at once when it becomes "over".
// Entries are replaced, never changed in place, and a cleared answer is a missing key. `storage` ("kept", "refused",
// or undefined in a notebook) says where the host keeps answers; `score`, `possible` and `completed` are told to it.

const BLANK = {
  response: null, certainty: null, hints: 0, checked: false, shown: false, seen: false, tries: 0, points: 0,
  correct: false,
};
const CERTAINTIES = { very: "very sure", fairly: "fairly sure", guess: "guessing" };
const KEPT = {
  kept: "Your answers stay in this browser, on this device. Nothing is sent.",
  refused: "This browser refuses to keep answers: they will be gone when you leave. Save them as a file.",
  live: "Your answers live in this notebook’s kernel.",
};
const SET_ASIDE = "Some saved answers could not be read and were set aside.";
const CHANGED = "This question has changed since you answered it; your old answer was set aside.";

const isRecord = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const isCount = (value, most) => Number.isInteger(value) && value >= 0 && value <= most;
const letter = (index) => String.fromCharCode(65 + index);
const shortNumber = (value) => String(Math.round(value * 100) / 100);
const pointsIn = (value) => `${shortNumber(value)} ${value === 1 ? "point" : "points"}`;

/** The same order for the same seed, on every device (Fisher-Yates). */
function shuffled(list, seed) {
  const random = seededRandom(seed);
  const order = [...list];
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [order[last], order[other]] = [order[other], order[last]];
  }
  return order;
}

/** Puts children in order; moving a focused element would drop its focus, so that is given back. */
function reorder(parent, children) {
  if (children.every((child, index) => parent.children[index] === child)) return;
  const focused = parent.getRootNode().activeElement;
  parent.append(...children);
  if (focused && parent.contains(focused)) focused.focus();
}

/** A number as people write it: 26, 26%, 26.5, 26,5, and 1,500 or 1 500 where the answer is that large. */
function parseNumber(text, large) {
  let plain = text.trim().replace(/\s*%$/, "").replace(/^[−–]/, "-");
  if (large) plain = plain.replace(/[,\s](?=\d{3}(?!\d))/g, "");
  return /^[+-]?(\d+([.,]\d*)?|[.,]\d+)$/.test(plain) ? Number(plain.replace(",", ".")) : NaN;
}

const keysOf = (nodes) => nodes.map((node) => node.dataset.key);
const indexIn = (q, key) => [...q.optionList.children].indexOf(q.options.get(key));
const lettersOf = (q, keys) => keys.map((key) => indexIn(q, key)).sort((a, b) => a - b).map(letter).join(", ");

const setMark = (node, mark) => (mark ? (node.dataset.mark = mark) : delete node.dataset.mark);
const setText = (node, text) => node.textContent !== text && (node.textContent = text);

// What the kinds of questions do differently. A response is what is stored:
//   single best answer "b" · multiple response ["a", "c"] · extended matching ["spd", null] · ordering ["b", "a", "c"]
//   · numeric "26,5", as it was typed.
const choice = {
  read: (q) => {
    const picked = [...q.options.keys()].filter((key) => q.inputs.get(key).checked);
    return q.several ? (picked.length ? picked : null) : picked[0] ?? null;
  },
  write: (q, response) => {
    for (const [key, input] of q.inputs) input.checked = choice.picked(response).includes(key);
  },
  picked: (response) => [response ?? []].flat(),
  valid: (q, response) =>
    q.several
      ? Array.isArray(response) && new Set(response).size === response.length && response.every((key) => q.options.has(key))
      : q.options.has(response),
  lacking: (q, response) => (choice.picked(response).length ? "" : "Choose an answer first."),
  grade: (q, response) => {
    const picked = choice.picked(response);
    const right = picked.filter((key) => q.keys.includes(key)).length;
    const wrong = picked.length - right;
    const points = Math.max(0, (right - wrong) / q.keys.length);
    const verdict = q.several
      ? `${right} of ${q.keys.length} right options chosen, and ${wrong} wrong.`
      : `you chose ${lettersOf(q, picked)}.`;
    return [points, verdict];
  },
  mark: (q, response, checked, open) => {
    const picked = choice.picked(response);
    for (const [key, option] of q.options) {
      const mine = checked && picked.includes(key);
      const right = q.keys.includes(key);
      const missed = checked && q.several && right && !mine;
      setMark(option, !open && !mine ? "" : right ? (missed ? "missed" : "right") : mine ? "wrong" : "");
      const words = `${right ? "Right" : "Wrong"}${mine ? ": your answer" : missed ? ", but you left it out" : ""}.`;
      setText(q.whys.get(key).querySelector("b"), words);
    }
  },
};

const matching = {
  read: (q) => {
    const chosen = q.selects.map((select) => select.value || null);
    return chosen.some(Boolean) ? chosen : null;
  },
  write: (q, response) => q.selects.forEach((select, index) => {
    const value = response?.[index] ?? "";
    if (select.value !== value) select.value = value;
  }),
  valid: (q, response) =>
    Array.isArray(response) && response.length === q.selects.length
    && response.every((key) => key === null || q.options.has(key)),
  lacking: (q, response) => {
    const left = q.selects.filter((_, index) => !response?.[index]).length;
    return left ? `Choose an answer for every case first (${left} left).` : "";
  },
  grade: (q, response) => {
    const right = response.filter((key, index) => key === q.keys[index]).length;
    return [right / q.keys.length, `${right} of ${q.keys.length} matched.`];
  },
  mark: (q, response, checked, open) => q.keys.forEach((key, index) => {
    const chosen = checked ? response[index] : null;
    setMark(q.stems[index], !chosen ? "" : chosen === key ? "right" : "wrong");
    setText(q.stemVerdicts[index], open || !chosen ? "" : chosen === key ? "✓ Right" : "✗ Not yet");
    const verdict = !chosen ? "" : chosen === key ? "Right: " : `Wrong: you chose ${lettersOf(q, [chosen])}; the answer is `;
    setText(q.stemWhys[index].querySelector("b"), `${verdict}${lettersOf(q, [key])}.`);
  }),
};

const ordering = {
  write: (q, response) => {
    reorder(q.itemList, response ? response.map((key) => q.items.get(key)) : q.firstOrder);
    [...q.itemList.children].forEach((item, index) => {
      const [up, down] = item.querySelectorAll("button");
      up.setAttribute("aria-disabled", index === 0);
      down.setAttribute("aria-disabled", index === q.items.size - 1);
    });
  },
  valid: (q, response) =>
    Array.isArray(response) && response.length === q.items.size && new Set(response).size === q.items.size
    && response.every((key) => q.items.has(key)),
  lacking: (q, response) => (response ? "" : "Put the steps in order first."),
  grade: (q, response) => {
    const pairs = q.keys.slice(1).map((key, index) => [q.keys[index], key]);
    const right = pairs.filter(([before, after]) => response.indexOf(before) < response.indexOf(after)).length;
    return [right / pairs.length, `${right} of ${pairs.length} steps come after the step they should follow.`];
  },
  mark: (q, response, checked, open) => {
    for (const [key, item] of q.items) {
      const place = q.keys.indexOf(key);
      const right = checked && response[place] === key;
      setMark(item, !checked || !open ? "" : right ? "right" : "wrong");
      setText(item.querySelector("b"), !checked || !open ? "" : right ? "Right place" : `Belongs at place ${place + 1}`);
    }
  },
};

const numeric = {
  read: (q) => q.number.value.trim() || null,
  write: (q, response) => {
    if (q.number.value.trim() !== (response ?? "")) q.number.value = response ?? "";
  },
  value: (q, response) => parseNumber(response ?? "", Math.abs(q.target) >= 1000),
  valid: (q, response) => typeof response === "string" && response.length <= 30,
  lacking: (q, response) => {
    if (!response) return "Write a number first.";
    const value = numeric.value(q, response);
    if (Number.isNaN(value)) return `“${response}” is not a number. Write one such as 26 or 26.5.`;
    const { minimum, maximum } = q.number.dataset;
    if (value >= (minimum ?? -Infinity) && value <= (maximum ?? Infinity)) return "";
    const bounds = [minimum && `${minimum} or more`, maximum && `${maximum} or less`];
    return `Write a number: ${bounds.filter(Boolean).join(", and ")}.`;
  },
  near: (value, node, of) => Math.abs(value - node.dataset[of]) <= Number(node.dataset.tolerance) + 1e-9,
  grade: (q, response) => {
    const value = numeric.value(q, response);
    if (numeric.near(value, q.solution, "answer")) return [1, ""];
    const miss = q.misses.find((node) => numeric.near(value, node, "value"));
    const verdict = `you wrote ${response}, which is too ${value > q.target ? "high" : "low"}.`;
    return [0, miss ? `${verdict} ${miss.querySelector("span").textContent}` : verdict];
  },
  mark: () => {},
};

const KINDS = {
  "single-best-answer": choice,
  "multiple-response": choice,
  "extended-matching": matching,
  ordering,
  numeric,
};

/** Everything of one question that the front end touches, found once. */
function findQuestion(form, part) {
  const find = (selector) => form.querySelector(selector);
  const all = (selector) => [...form.querySelectorAll(selector)];
  const byKey = (nodes) => new Map(nodes.map((node) => [node.dataset.key, node]));
  const answer = find(".answer");
  answer.before(part("question"));
  const q = {
    form,
    answer,
    kind: KINDS[form.dataset.type],
    id: form.dataset.id,
    key: `${form.dataset.id}@${form.dataset.hash}`,
    several: form.dataset.type === "multiple-response",
    note: "",
    fields: find(".answers"),
    optionList: find(".options"),
    options: byKey(all(".options > li")),
    hints: all(".hint"),
    sure: find(".sure"),
    result: find(".result"),
    button: Object.fromEntries(["check", "again", "show"].map((name) => [name, find(`[data-do=${name}]`)])),
  };
  // The reasons stand in the answer's list; once answered, each moves to its option.
  const reasons = all(".why > li[data-key]");
  q.homes = [];
  if (q.optionList) {
    q.authored = [...q.options.keys()];
    q.reasonList = reasons[0].parentNode;
    q.reasons = byKey(reasons);
    q.whys = new Map(reasons.map((reason) => [reason.dataset.key, reason.firstElementChild]));
    q.homes = reasons.map((reason) => [reason.firstElementChild, reason, q.options.get(reason.dataset.key)]);
  }
  if (q.kind === choice) {
    q.inputs = new Map([...q.options].map(([key, option]) => [key, option.querySelector("input")]));
    q.keys = reasons.filter((reason) => "right" in reason.dataset).map((reason) => reason.dataset.key);
  } else if (q.kind === matching) {
    const stemReasons = all(".why > li[data-answer]");
    q.stems = all(".stems > li");
    q.stemVerdicts = q.stems.map((stem) => stem.appendChild(Object.assign(document.createElement("small"), { className: "verdict" })));
    q.selects = all("select");
    q.keys = stemReasons.map((reason) => reason.dataset.answer);
    q.stemWhys = stemReasons.map((reason) => reason.firstElementChild);
    q.homes.push(...stemReasons.map((reason, index) => [reason.firstElementChild, reason, q.stems[index]]));
  } else if (q.kind === ordering) {
    q.keys = keysOf(reasons);
    q.itemList = find(".items");
    q.firstOrder = all(".items > li");
    q.items = byKey(q.firstOrder);
    for (const item of q.firstOrder) {
      const words = item.textContent.trim();
      item.append(document.createElement("b"), part("move"));
      item.querySelectorAll("button").forEach((button) => {
        button.setAttribute("aria-label", `Move ${button.dataset.do}: ${words}`);
      });
    }
  } else {
    q.number = find(".number input");
    q.solution = find("[data-answer]");
    q.target = Number(q.solution.dataset.answer);
    q.misses = all(".near > li");
  }
  return q;
}

/** A stored entry as this front end uses it, or undefined if it is broken. What was checked is graded anew. */
function readEntry(q, stored) {
  if (!isRecord(stored)) return undefined;
  const entry = { ...BLANK, ...stored };
  const { response, certainty } = entry;
  const sound =
    (response === null || q.kind.valid(q, response))
    && (certainty === null || Object.hasOwn(CERTAINTIES, certainty))
    && isCount(entry.hints, q.hints.length)
    && isCount(entry.tries, 1e6)
    && ["checked", "shown", "seen", "correct"].every((name) => typeof entry[name] === "boolean")
    && Number.isFinite(entry.points) && entry.points >= 0 && entry.points <= 1
    && (entry.first == null || (isRecord(entry.first) && q.kind.valid(q, entry.first.response)))
    && (!entry.checked || (entry.tries > 0 && q.kind.lacking(q, response) === ""));
  if (!sound) return undefined;
  if (entry.checked && !entry.seen) [entry.points] = q.kind.grade(q, response);
  entry.correct = entry.points === 1;
  return entry;
}

function render({ model, el }) {
  if (!el.querySelector(".quiz")) el.innerHTML = model.get("markup");
  const root = el.querySelector(".quiz");
  const templates = new Map([...root.querySelectorAll("template")].map((node) => [node.dataset.part, node]));
  const part = (name) => document.importNode(templates.get(name).content, true);
  const questions = [...root.querySelectorAll(".question")].map((form) => findQuestion(form, part));
  root.append(part("toolbar"));
  const toolbar = root.querySelector(".toolbar");
  const tool = (name) => toolbar.querySelector(`[data-do=${name}]`);
  const [topNotice, toolNotice] = root.querySelectorAll(".notice");
  const ended = new AbortController();
  const listen = (type, act, capture = false) => root.addEventListener(type, act, { capture, signal: ended.signal });

  // JupyterLab hears single keys as commands (d d deletes a cell) unless the focused element itself says no.
  for (const control of root.querySelectorAll("a, button, input, select, summary")) {
    control.dataset.lmSuppressShortcuts = "true";
  }
  for (const link of root.querySelectorAll(".source[data-link]")) {
    if (document.getElementById(link.getAttribute("href").slice(1))) continue;
    Object.assign(link, { href: link.dataset.link, target: "_blank", rel: "noopener" });
  }

  const stored = () => (isRecord(model.get("answers")) ? model.get("answers") : {});
  const entryOf = (q) => readEntry(q, stored()[q.key] ?? BLANK) ?? BLANK;
  const exam = () => model.get("exam");
  const isAnswered = (entry) => entry.shown || entry.tries > 0;
  const isRight = (q, entry) => entry.checked && q.kind.grade(q, entry.response)[0] === 1;
  const isOpen = (q, entry) => entry.shown || isRight(q, entry);

  function put(answers) {
    model.set("answers", answers);
    model.save_changes();
    sync();
  }

  function save(q, change) {
    q.note = "";
    put({ ...stored(), [q.key]: { ...entryOf(q), ...change } });
  }

  /** Says something in the question's status region; said twice, it is heard twice. */
  function tell(q, text) {
    q.note = q.note === text ? `${text}\u00a0` : text;
    syncResult(q, entryOf(q));
  }

  /** What cannot be kept of some answers: entries of another text of a question, and broken ones. */
  function unfit(answers) {
    const stale = [];
    const broken = [];
    for (const [key, value] of Object.entries(answers)) {
      const [id, hash, ...rest] = key.split("@");
      const q = questions.find((candidate) => candidate.id === id);
      if (key === "#set") {
        if (!isRecord(value) || !isCount(value.seed, 2 ** 31)) broken.push(key);
      } else if (!/^[0-9a-f]{10}$/.test(hash) || rest.length) broken.push(key);
      else if (q && q.key !== key) stale.push(key);
      else if (q && !readEntry(q, value)) broken.push(key);
      // Entries of other questions stay: the same bank may be shown in parts.
    }
    return { stale, broken };
  }

  const without = (answers, keys) =>
    Object.fromEntries(Object.entries(answers).filter(([key]) => !keys.includes(key)));

  function setAside() {
    const answers = model.get("answers") ?? {};
    const { stale, broken } = isRecord(answers) ? unfit(answers) : { stale: [], broken: ["#"] };
    for (const key of stale) {
      const q = questions.find((candidate) => key.startsWith(`${candidate.id}@`));
      q.note = CHANGED;
    }
    if (broken.length) setText(topNotice, SET_ASIDE);
    if (stale.length || broken.length) {
      model.set("answers", without(stored(), [...stale, ...broken]));
      model.save_changes();
    }
  }

  function syncResult(q, entry) {
    let text = q.note;
    let result = "";
    if (!text && entry.checked) {
      const [points, verdict] = q.kind.grade(q, entry.response);
      result = points === 1 ? "right" : points > 0 ? "partly" : "wrong";
      const words = { right: "Right.", partly: `Partly right: ${verdict}`, wrong: `Not yet: ${verdict}` };
      const earned = entry.seen ? "You had seen the answer: your points stand" : pointsIn(points);
      // The build's minifier takes a template inside a template for code, and would eat the space in it.
      const tries = entry.tries > 1 ? `, try ${entry.tries}` : "";
      text = `${words[result]} ${earned}${tries}.`;
    } else if (!text && entry.shown) {
      result = "shown";
      text = entry.tries
        ? "Answer shown. The points of your last try stand."
        : `${exam() ? "Not answered" : "Answer shown"}: no points.`;
    }
    q.result.dataset.result = result;
    setText(q.result, text);
  }

  function syncOptions(q, seed) {
    if (!q.optionList) return;
    const fixed = "fixed" in q.form.dataset || !seed;
    const order = fixed ? q.authored : shuffled(q.authored, `${seed} ${q.id}`);
    reorder(q.optionList, order.map((key) => q.options.get(key)));
    reorder(q.reasonList, order.map((key) => q.reasons.get(key)));
    for (const select of q.selects ?? []) {
      const entries = new Map([...select.options].map((option) => [option.value, option]));
      reorder(select, ["", ...order].map((key) => entries.get(key)));
      order.forEach((key, index) => setText(entries.get(key), letter(index) + entries.get(key).textContent.slice(1)));
    }
    const key = q.form.querySelector(".key");
    if (key) setText(key, lettersOf(q, q.keys));
  }

  function syncQuestion(q, entry, seed) {
    const open = isOpen(q, entry);
    const settled = open || entry.checked;
    syncOptions(q, seed);
    q.kind.write(q, entry.response);
    q.kind.mark(q, entry.response, entry.checked, open);
    if (!settled) for (const node of q.form.querySelectorAll("[data-mark]")) setMark(node, "");
    // Before the answer is open, only what was chosen gets its reason.
    const told = (place) => open || (entry.checked && q.kind === choice && "mark" in place.dataset);
    for (const [why, home, place] of q.homes) (told(place) ? place : home).append(why);
    for (const input of q.sure.querySelectorAll("input")) input.checked = input.value === entry.certainty;
    q.hints.forEach((hint, index) => {
      hint.hidden = index > entry.hints;
      if (index >= entry.hints) hint.open = false;
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
    syncResult(q, entry);
  }

  // Entries are replaced, never changed in place: a long set redraws only what has changed.
  const stateOf = (q) => [stored()[q.key], q.note, stored()["#set"]?.seed, exam()];
  const isStale = (q) => {
    const state = stateOf(q);
    return !q.drawn?.every((one, place) => one === state[place]);
  };
  const draw = (q) => {
    q.drawn = stateOf(q);
    syncQuestion(q, entryOf(q), stored()["#set"]?.seed);
  };
  const inSight = (q) => {
    const { top, bottom } = q.form.getBoundingClientRect();
    return bottom > 0 && top < innerHeight;
  };
  let waiting = 0;

  function sync() {
    const entries = questions.map(entryOf);
    const running = exam() === "on";
    if (exam()) root.dataset.exam = exam();
    const changed = questions.filter(isStale);
    // Of many the ones in sight come first, the others when these are drawn; at the start all at once.
    const now = changed.length > 2 && changed.every((q) => q.drawn) ? changed.filter(inSight) : changed;
    now.forEach(draw);
    clearTimeout(waiting);
    if (now.length < changed.length) waiting = setTimeout(() => questions.filter(isStale).forEach(draw), 30);
    setText(root.querySelector(".kept"), KEPT[model.get("storage") ?? "live"] ?? "");

    const possible = questions.length;
    const isDone = (entry, index) => (running ? !questions[index].kind.lacking(questions[index], entry.response) : isAnswered(entry));
    const answered = entries.filter(isDone).length;
    const score = Math.round(entries.reduce((sum, entry) => sum + entry.points, 0) * 100) / 100;
    const points = running ? "" : `${score} of ${possible} points; `;
    setText(toolbar.querySelector(".score"), `${points}${answered} of ${possible} answered`);
    Object.assign(toolbar.querySelector("progress"), { max: possible, value: answered });
    const told = Object.keys(CERTAINTIES).map((name) => {
      const rated = entries.filter((entry) => entry.checked && entry.certainty === name);
      const right = rated.filter((entry) => entry.correct).length;
      const times = rated.length === 1 ? "time" : "times";
      return rated.length ? `When ${CERTAINTIES[name]} you were right ${right} of ${rated.length} ${times}.` : "";
    });
    setText(toolbar.querySelector(".certainty"), told.filter(Boolean).join(" "));
    tool("redo").hidden = !entries.some((entry) => isAnswered(entry) && !entry.correct);

    const outcome = { score, possible, completed: answered === possible };
    const news = Object.entries(outcome).filter(([name, value]) => model.get(name) !== value);
    for (const [name, value] of news) model.set(name, value);
    if (news.length) model.save_changes();
  }

  const focusFirst = (q) => q.fields.querySelector("input, select, button")?.focus();

  const inQuestion = {
    check: (q) => {
      const entry = entryOf(q);
      const lacking = q.kind.lacking(q, entry.response);
      if (lacking) return tell(q, lacking);
      if (exam()) return undefined;
      const { response, seen, tries } = entry;
      const earned = q.kind.grade(q, response)[0];
      const points = seen ? entry.points : earned;
      const first = entry.first === undefined && !tries ? { response, points: earned } : entry.first ?? null;
      save(q, { checked: true, shown: false, tries: tries + 1, points, correct: points === 1, first });
      return q.button.again.focus();
    },
    show: (q) => {
      save(q, { shown: true, seen: true, first: entryOf(q).first ?? null });
      q.button.again.focus();
    },
    again: (q) => {
      // One radio button cannot be unchosen by hand, so a single answer starts anew; the others are mended.
      const response = q.kind === choice && !q.several ? null : entryOf(q).response;
      save(q, { checked: false, shown: false, certainty: null, response });
      focusFirst(q);
    },
    up: (q, button) => move(q, button, -1),
    down: (q, button) => move(q, button, 1),
  };

  function move(q, button, step) {
    const item = button.closest("li");
    const order = keysOf([...q.itemList.children]);
    const from = order.indexOf(item.dataset.key);
    const to = from + step;
    const words = item.firstElementChild.textContent;
    if (to < 0 || to >= order.length) return tell(q, `“${words}” is already ${step < 0 ? "first" : "last"}.`);
    [order[from], order[to]] = [order[to], order[from]];
    save(q, { response: order });
    return tell(q, `“${words}” is now ${to + 1} of ${order.length}.`);
  }

  function askToClear(asking) {
    toolbar.querySelector(".sure-clear").hidden = !asking;
    tool(asking ? "clear-no" : "clear").focus();
  }

  const inToolbar = {
    redo: () => {
      const wrong = questions.filter((q) => isAnswered(entryOf(q)) && !entryOf(q).correct);
      for (const q of wrong) q.note = "";
      const anew = wrong.map((q) => [q.key, { ...BLANK, first: entryOf(q).first ?? null }]);
      put({ ...stored(), ...Object.fromEntries(anew) });
      focusFirst(wrong[0]);
    },
    shuffle: () => {
      put({ ...stored(), "#set": { ...stored()["#set"], seed: 1 + Math.floor(Math.random() * 1e9) } });
      setText(toolNotice, "The options stand in a new order.");
    },
    save: () => {
      const name = model.get("name") ?? "";
      const progress = { format: "course-progress-1", name, saved: new Date().toISOString(), answers: stored() };
      const file = new Blob([JSON.stringify(progress, null, 1)], { type: "application/json" });
      const link = document.createElement("a");
      link.href = URL.createObjectURL(file);
      link.download = `progress-${name.replaceAll("/", "-") || "quiz"}.json`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
      setText(toolNotice, `Saved as ${link.download}.`);
    },
    clear: () => askToClear(true),
    "clear-no": () => askToClear(false),
    "clear-yes": () => {
      for (const q of questions) q.note = "";
      // Questions of the same bank shown elsewhere keep their answers.
      put(without(stored(), ["#set", ...questions.map((q) => q.key)]));
      askToClear(false);
      setText(topNotice, "");
      setText(toolNotice, "Your answers were cleared.");
    },
  };

  /** The answers in a saved file, or an Error whose message is for the reader. */
  function readProgress(text) {
    let progress;
    try {
      progress = JSON.parse(text);
    } catch {
      throw new Error("This file holds no saved progress. Nothing was changed.");
    }
    if (progress?.format !== "course-progress-1" || !isRecord(progress.answers)) {
      throw new Error("This file holds no saved progress. Nothing was changed.");
    }
    const name = model.get("name");
    if (name && progress.name !== name) {
      throw new Error("This file belongs to another set of questions. Nothing was changed.");
    }
    return progress.answers;
  }

  async function loadProgress(file) {
    try {
      if (file.size > 1e6) throw new Error("This file is too large to be saved progress. Nothing was changed.");
      const found = readProgress(await file.text());
      const { stale, broken } = unfit(found);
      const sound = without(found, [...stale, ...broken]);
      const mine = questions.filter((q) => Object.hasOwn(sound, q.key));
      for (const q of mine) q.note = "";
      const others = Object.keys(sound).filter((key) => key !== "#set" && !mine.some((q) => q.key === key));
      put({ ...stored(), ...without(sound, others) });
      const parts = [`Answers to ${mine.length} of ${questions.length} questions loaded.`];
      if (broken.length) parts.push(SET_ASIDE);
      if (stale.length) parts.push(`Questions changed since then: ${stale.length}. Those answers were set aside.`);
      setText(toolNotice, parts.join(" "));
    } catch (error) {
      setText(toolNotice, error.message);
    }
  }

  const questionAt = (node) => questions.find((q) => q.form.contains(node));

  listen("click", (event) => {
    const button = event.target.closest("[data-do]");
    // The second click of a double click would land on the button that took this one's place.
    if (!button || (event.detail > 1 && !button.closest(".move"))) return;
    const act = button.dataset.do;
    if (inToolbar[act]) inToolbar[act]();
    else inQuestion[act](questionAt(button), button);
  });
  listen("keydown", (event) => {
    if (event.repeat && event.key === "Enter" && event.target.closest("[data-do]")) event.preventDefault();
  });
  listen("input", (event) => {
    const q = questionAt(event.target);
    if (!q) return;
    if (q.sure.contains(event.target)) save(q, { certainty: event.target.value });
    else save(q, { response: q.kind.read(q) });
  });
  listen("change", async (event) => {
    if (event.target.type !== "file" || !event.target.files.length) return;
    await loadProgress(event.target.files[0]);
    event.target.value = "";
  });
  listen("submit", (event) => {
    event.preventDefault();
    const q = questionAt(event.target);
    if (q.kind === numeric && !q.fields.disabled) inQuestion.check(q);
  });
  listen("toggle", (event) => {
    const q = questionAt(event.target);
    if (!q || !event.target.open) return;
    const seen = q.hints.indexOf(event.target) + 1;
    if (seen > entryOf(q).hints) save(q, { hints: seen });
  }, true);

  /** The exam is over: what was answered is marked, and every reason is open. */
  function markExam() {
    const marked = questions.map((q) => {
      const { response, certainty } = entryOf(q);
      const checked = !q.kind.lacking(q, response);
      const points = checked ? q.kind.grade(q, response)[0] : 0;
      const first = checked ? { response, points } : null;
      const tries = Number(checked);
      const correct = points === 1;
      return [q.key, { ...BLANK, response, certainty, checked, shown: true, seen: !checked, tries, points, correct, first }];
    });
    put({ ...stored(), ...Object.fromEntries(marked) });
  }

  function refresh() {
    setAside();
    if (exam() === "over" && questions.some((q) => !entryOf(q).shown)) markExam();
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
