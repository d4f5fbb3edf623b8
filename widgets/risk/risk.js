// @ts-check
// Needs: base/kept.js
// Needs: base/markup.js
// Needs: base/shape.js
// The risk explorer's front end: first a guess, then each study's count as icons, gain and harm side by side.
//
// Contract. The model offers get, set, on, off and save_changes. All state is in its `answers`:
//   "<operation>/<topic>": { guess }, of 100 people, or null where the reader looked without one.
// The counts stand in the markup, as a list that reads by itself; nothing else holds them. The drawing is that of
// widgets/icons/drawing.py.

const PERSON = "a2 2 0 1 0 .1 0zm-3.4 10v-2q0-2.6 2.6-2.6h1.6q2.6 0 2.6 2.6v2z";

const isGuess = (/** @type {any} */ value) => value === null || shape.number(0, 100)(value);
const isEntry = shape.record({ guess: isGuess });
const whole = (/** @type {any} */ value) => Math.floor(value + 0.5);
/** Half a person stands for fewer than one, where some were counted: it is drawn in no icon, and is not none. */
const FEW = 0.5;
const inWords = (/** @type {number} */ share) => (share === FEW ? "fewer than 1" : share === 100 - FEW ? "more than 99" : `${share}`);
const inBrief = (/** @type {number} */ share) => inWords(share).replace("fewer than ", "<").replace("more than ", ">");
const number = (/** @type {string} */ words) => (/<|few/.test(words) ? FEW : />|more/.test(words) ? 100 - FEW : Number(words));
/** Share and interval, of 100, as the list prints them: "25 of 100 (9 to 53)". */
const read = (/** @type {string} */ text) => /** @type {RegExpMatchArray} */ (text.match(/^(.+) of 100(?: \((.+) to (.+)\))?/)).slice(1).filter((/** @type {string} */ words) => words !== undefined).map(number);
const mean = (/** @type {number[]} */ values) => sum(values) / values.length;

/** The path of the icons from `first` up to, not with, `last`: from the bottom left, row by row. */
function people(/** @type {number} */ first, /** @type {number} */ last) {
  let path = "";
  for (let row = 0; row < 10; row += 1) {
    const begin = Math.max(first - 10 * row, 0);
    const count = Math.min(last - 10 * row, 10) - begin;
    if (count > 0) path += `M${10 * begin + 5} ${109 - 12 * row}${Array(count).fill(PERSON).join("m13.4-10")}`;
  }
  return path;
}

/** Puts a study's count and its interval into the picture. */
function draw(/** @type {any} */ svg, /** @type {any} */ [share, low, high]) {
  const few = share % 1 > 0;
  const find = (/** @type {any} */ part) => svg.querySelector(part);
  find(".full").setAttribute("d", few ? "" : people(0, share));
  find(".hollow").setAttribute("d", few ? "" : people(share, 100));
  if (few) find(".few text").textContent = inBrief(share);
  else find(".few").remove();
  let words = `${inWords(share)} of 100`;
  if (high === undefined) find(".bar").remove();
  else {
    const at = (/** @type {any} */ value) => Math.round(1200 - 12 * value) / 10;
    const [top, foot] = [at(high), at(low)];
    find(".reach").setAttribute("d", `M111 ${top}V${foot}m-4 0h8M107 ${top}h8`);
    find(".point").setAttribute("d", `M111 ${at(share) - 3}l3 3-3 3-3-3z`);
    for (const [part, y, value] of [[".top", top - 4, high], [".foot", foot + 10, low]]) {
      find(part).setAttribute("x", 111);
      find(part).setAttribute("y", y);
      find(part).textContent = inBrief(value);
    }
    words += `; bar from ${inBrief(low)} to ${inBrief(high)}`;
  }
  svg.setAttribute("aria-label", words);
}

/** @param {{ model: Model, el: HTMLElement }} shown */
function render({ model, el }) {
  const root = rootIn({ model, el }, ".risk");
  const find = (/** @type {string} */ selector) => /** @type {any} */ (root.querySelector(selector));
  const choice = Object.fromEntries([...root.querySelectorAll("select")].map((node) => [node.dataset.set, node]));
  const topics = Object.fromEntries([...choice.gain.options, ...choice.harm.options].map((option) => [option.value, option]));
  const harms = [...choice.harm.options];
  if (choice.beside.length < 2) {
    choice.beside.append(...[...choice.operation.options].map((option) => option.cloneNode(true)));
    choice.beside.value = choice.beside.dataset.first ?? "";
  }
  const tiles = new Map(); // key of a question -> its tile
  const ended = new AbortController();
  const links = model.get("links");
  for (const link of links ? root.querySelectorAll("a.est") : []) {
    Object.assign(link, { href: links[link.hash.slice(1)] ?? "", target: "_blank", rel: "noopener" });
  }

  const suppress = (/** @type {any} */ part) => keepKeys(part.querySelectorAll("a, button, input, select, summary"));
  suppress(root);

  /** Every question: its studies, or why there are none. */
  const cases = new Map();
  for (const operation of root.querySelectorAll("[data-operation]")) {
    const name = operation.dataset.operation;
    const label = operation.querySelector(".head").textContent;
    for (const item of operation.querySelectorAll("[data-topic]")) {
      const studies = [...item.querySelectorAll("li")];
      const counts = studies.map((study) => read(study.querySelector("b").textContent));
      cases.set(`${name}/${item.dataset.topic}`, { label, studies, counts, note: item.querySelector("p")?.textContent });
    }
    for (const item of operation.querySelectorAll("[data-unknown]")) {
      const why = item.querySelector("span").textContent;
      for (const topic of item.dataset.unknown.split(" ")) cases.set(`${name}/${topic}`, { label, studies: [], counts: [], why });
    }
  }

  const stored = () => keptBy(model);
  const isSound = (/** @type {any} */ [key, value]) => cases.has(key) && isEntry(value);
  const put = (/** @type {Record<string, any>} */ answers) => {
    keep(model, answers);
    sync();
  };

  /** How far a guess is from what was counted: 0 within the studies, else up to the nearest. */
  const miss = (/** @type {any} */ guess, /** @type {any} */ { counts }) => {
    const shares = counts.map((/** @type {any} */ [share]) => share);
    const [low, high] = [Math.min(...shares), Math.max(...shares)];
    return guess < low ? guess - low : guess > high ? guess - high : 0;
  };
  const counted = (/** @type {any} */ { counts }) => {
    const shares = counts.map((/** @type {any} */ [share]) => share);
    const [low, high] = [inWords(Math.min(...shares)), inWords(Math.max(...shares))];
    return low === high ? `${low} of 100` : `${low} to ${high} of 100, study by study`;
  };
  const far = (/** @type {number} */ off) => `${Math.abs(off) < 1 ? "less than 1" : whole(Math.abs(off))} too ${off > 0 ? "high" : "low"}`;

  const verdict = (/** @type {any} */ one, /** @type {any} */ guess) => {
    if (!one.studies.length) {
      const told = guess === null ? "" : ` Your guess of ${guess} is neither right nor wrong.`;
      return `We do not know. ${one.why}${told}`;
    }
    if (guess === null) return `Counted: ${counted(one)}.`;
    const off = miss(guess, one);
    const within = one.counts.some((/** @type {any} */ [, low, high]) => guess >= low && guess <= high);
    const found = off ? `you were ${far(off)}${within ? ", and chance alone could explain it" : ""}` : one.counts.length > 1 ? "your guess lies among the studies" : "your guess fits";
    return `You said ${guess}. Counted: ${counted(one)}: ${found}.`;
  };

  function createTile(/** @type {string} */ key) {
    const [operation, topic] = key.split("/");
    const one = cases.get(key);
    const tile = find("[data-part=tile]").content.firstElementChild.cloneNode(true);
    const kind = harms.includes(topics[topic]) ? "Harm" : "Gain";
    tile.style.cssText = find(`[data-operation=${operation}]`).style.cssText;
    tile.dataset.key = key;
    tile.querySelector(".head").textContent = `${kind}: ${topics[topic].textContent}`;
    tile.querySelector(".name").textContent = choice.operation.querySelector(`[value=${operation}]`).textContent;
    tile.querySelector(".asked").textContent = one
      ? `Of 100 people, how many ${topics[topic].dataset.asked}?` : "This is not asked of this operation.";
    suppress(tile);
    if (!one) tile.querySelector("form").replaceWith(tile.querySelector(".asked"));
    return tile;
  }

  function open(/** @type {any} */ tile, /** @type {any} */ guess) {
    const one = cases.get(tile.dataset.key);
    tile.querySelector("form").hidden = true;
    setText(tile.querySelector(".result"), verdict(one, guess));
    const pictures = one.studies.map((/** @type {HTMLElement} */ study, /** @type {any} */ place) => {
      const figure = find("[data-part=study]").content.firstElementChild.cloneNode(true);
      draw(figure.querySelector("svg"), one.counts[place]);
      figure.querySelector("figcaption").append(...study.cloneNode(true).childNodes);
      return figure;
    });
    const last = pictures.length ? make("p", one.note ?? "") : make("p", "?", { className: "blank" });
    tile.querySelector(".studies").replaceChildren(...pictures, ...(last.textContent ? [last] : []));
  }

  function sync() {
    const answers = stored();
    const { operation, beside, gain, harm } = Object.fromEntries(Object.entries(choice).map(([name, node]) => [name, node.value]));
    const keys = [...new Set([operation, beside])].filter(Boolean).flatMap((name) => [`${name}/${gain}`, `${name}/${harm}`]);
    for (const key of keys) if (!tiles.has(key)) tiles.set(key, createTile(key));
    for (const [key, tile] of tiles) {
      const entry = answers[key];
      const shown = tile.querySelector("form")?.hidden;
      if (entry && shown === false) open(tile, entry.guess);
      if (!entry && shown) tiles.set(key, createTile(key));
    }
    const wanted = keys.map((key) => tiles.get(key));
    const place = find(".tiles");
    if (wanted.some((tile, index) => tile !== place.children[index]) || place.children.length !== wanted.length) {
      place.replaceChildren(...wanted);
    }

    const guesses = [...cases.keys()].filter((key) => (answers[key]?.guess ?? null) !== null).map((key) => [key, answers[key]]);
    const scored = guesses.filter(([key]) => cases.get(key).studies.length)
      .map(([key, { guess }]) => ({ off: miss(guess, cases.get(key)), kind: harms.includes(topics[key.split("/")[1]]) ? "harm" : "gain" }));
    const lines = ["gain", "harm"].map((kind) => {
      const offs = scored.filter((one) => one.kind === kind).map((one) => one.off);
      if (!offs.length) return "";
      const off = mean(offs);
      const found = off ? `${far(off)} on average` : "neither too high nor too low";
      return ` Of ${kind}s you guessed ${found} (${offs.length}).`;
    });
    find(".so-far").hidden = !Object.keys(answers).length;
    setText(find(".calibration"), scored.length
      ? `Guesses so far where somebody counted: ${scored.length}. On average you were ${whole(mean(scored.map(({ off }) => Math.abs(off))))} of 100 off.${lines.join("")}`
      : "No guess so far that can be held against a count.");
    find(".so-far ul").replaceChildren(...guesses.map(([key, { guess }]) => make("li",
      `${cases.get(key).label}, ${topics[key.split("/")[1]].textContent.toLowerCase()}: ${verdict(cases.get(key), guess)}`)));
    setText(find(".kept"), whereKept(model, "guesses", ""));
  }

  /** Takes out what cannot be a guess, or answers a question that is no longer asked. */
  function refresh() {
    const answers = model.get("answers") ?? {};
    const sound = Object.entries(isRecord(answers) ? answers : {}).filter(isSound);
    if (!isRecord(answers) || sound.length < Object.keys(answers).length) {
      setText(find(".notice"), "Some saved guesses could not be read, or their question is gone: they were set aside.");
      keep(model, Object.fromEntries(sound));
    }
    sync();
  }

  /** The harms that are asked of the operation; another one is chosen where the last is not. */
  function offer() {
    const asked = harms.filter((option) => cases.has(`${choice.operation.value}/${option.value}`));
    const last = choice.harm.value;
    choice.harm.replaceChildren(...asked);
    choice.harm.value = asked.some((option) => option.value === last) ? last : asked[0].value;
  }

  function settle(/** @type {any} */ tile, /** @type {any} */ guess) {
    put({ ...stored(), [tile.dataset.key]: { guess } });
    tile.querySelector(".result").focus();
  }

  const listen = (/** @type {string} */ type, /** @type {(event: any) => void} */ act) => root.addEventListener(type, act, { signal: ended.signal });
  listen("change", (/** @type {any} */ event) => {
    if (!event.target.dataset.set) return;
    offer();
    sync();
  });
  listen("submit", (/** @type {any} */ event) => {
    event.preventDefault();
    const tile = event.target.closest(".tile");
    const text = tile.querySelector("input").value.trim().replace(/\s*%$/, "").replace(",", ".");
    const guess = /^\d+(\.\d*)?$|^\.\d+$/.test(text) ? Number(text) : NaN;
    if (isGuess(guess)) return settle(tile, guess);
    const result = tile.querySelector(".result");
    result.textContent += result.textContent ? "\u00a0" : "Write a number from 0 to 100.";
    return tile.querySelector("input").focus();
  });
  /** @type {Record<string, (button: any) => any>} */
  const acts = {
    skip: (/** @type {any} */ button) => settle(button.closest(".tile"), null),
    clear: () => askToClear(root, true),
    "clear-no": () => askToClear(root, false),
    "clear-yes": () => {
      askToClear(root, false);
      put({});
      setText(find(".notice"), "Your guesses were cleared.");
      choice.operation.focus();
    },
  };
  listen("click", (/** @type {any} */ event) => {
    const button = event.target.closest("[data-do]");
    if (button) acts[button.dataset.do](button);
  });
  model.on("change:answers", refresh);
  model.on("change:storage", sync);
  for (const part of [".choices", ".kept"]) find(part).hidden = false;
  offer();
  refresh();

  return () => {
    ended.abort();
    model.off("change:answers", refresh);
    model.off("change:storage", sync);
  };
}

export default { render };
