// @ts-check
// Needs: base/chance.js
// Needs: base/kept.js
// Needs: base/markup.js
// Needs: base/shape.js
// Needs: head/drawing.js
// The rating trainer: draws the cases of cases.py, shows them as films or stills, and compares ratings with the key.
// State: `answers["<seed>/<place>"]` is { points: [one an item], words: was it told in words }, `answers["#place"]` is
// { seed, place }. For tests, `el.courseRating` holds `caseOf`, `keyOf`, `wordsOf`, `weightedKappa` and `bias`.

const SPEED = 4;
/** @type {Record<string, any>} */
const LENGTHS = { rest: 60, trick: 20, range: 12, hold: 66 };
/** @type {Record<string, any>} */
const TITLES = { rest: "At rest", trick: "Touch at the chin", range: "Going the other way", hold: "Holding straight" };
/** @type {Record<string, any>} */
const STEP = { rest: 2, trick: 2, range: 1, hold: 3 };

const weightedKappa = (/** @type {any} */ yours, /** @type {any} */ keys) => {
  const found = sum(yours.map((/** @type {any} */ points, /** @type {any} */ index) => Math.abs(points - keys[index]))) / keys.length;
  const chance = sum(yours.map((/** @type {any} */ points) => sum(keys.map((/** @type {any} */ key) => Math.abs(points - key))))) / keys.length ** 2;
  return chance === 0 ? null : 1 - found / chance;
};
const bias = (/** @type {any} */ yours, /** @type {any} */ keys) => sum(yours.map((/** @type {any} */ points, /** @type {any} */ index) => points - keys[index])) / keys.length;
/** A series' name, at most 40 characters: half an emoji would be no text for a link. */
const nameIn = (/** @type {string} */ text) => [...text.replace(/\p{Cs}/gu, "").trim()].slice(0, 40).join("");
const fixed = (/** @type {any} */ value) => value.toFixed(2).replace("-", "−");

/** @param {{ model: Model, el: HTMLElement }} shown */
function render({ model, el }) {
  const root = rootIn({ model, el }, ".rating");
  const find = (/** @type {string} */ selector) => /** @type {any} */ (root.querySelector(selector));
  const all = (/** @type {string} */ selector) => /** @type {any[]} */ ([...root.querySelectorAll(selector)]);
  const { cuts, limits, full, words, cases, seed: firstSeed, items } = JSON.parse(find("script").textContent);
  /** @type {any} */
  const bounds = { turn: cuts.rotation, tilt: cuts.laterocollis, bend: cuts.bend };
  const ended = new AbortController();
  const { signal } = ended;

  // Cases, as cases.py draws them.

  const caseOf = (/** @type {any} */ seed, /** @type {any} */ place) => {
    const draw = seededRandom(seed + "/" + place);
    const pick = (/** @type {any} */ low, /** @type {any} */ high) => low + Math.floor(draw() * (high - low + 1));
    const sign = () => (pick(0, 1) ? 1 : -1);
    const one = /** @type {any} */ ({ main: ["turn", "turn", "turn", "turn", "tilt", "tilt", "bend"][pick(0, 6)] });
    for (const [plane, limit] of Object.entries(limits)) {
      const points = plane === one.main ? pick(2, bounds[plane].length) : Math.max(0, pick(-1, 2));
      const low = points > 1 ? bounds[plane][points - 2] : 0;
      const size = points ? pick(low + 4, (bounds[plane][points - 1] ?? limit) - 3) : 0;
      one[plane] = size * sign() || 0;
      one[plane + "At"] = ["head", "neck", "both"][pick(0, 2)];
    }
    for (const [shift, plane] of [["lateral", "tilt"], ["sagittal", "bend"]]) {
      const size = pick(18, 30) * sign();
      one[shift] = pick(0, 2) === 0 && !one[plane] ? size : 0;
    }
    const raised = Math.max(0, pick(-2, 3));
    one.shoulder = [0, 17, 50, 85][raised] + (raised ? pick(-6, 6) : 0);
    one.raised = pick(0, 1) ? "right" : "left";
    one.share = [15, 38, 62, 88][pick(0, 3)] + pick(-6, 6);
    one.full = pick(0, 1) === 1;
    one.relief = pick(.../** @type {[number, number][]} */ ([[95, 100], [40, 80], [0, 20]])[pick(0, 2)]);
    const [size, most] = [Math.abs(one[one.main]), full[one.main]];
    const going = pick(0, 4);
    // Each number is drawn whether it is used or not, so that the next ones stay the same.
    const ways = [-most, -pick(20, most - 15), pick(-6, 6), pick(Math.floor(size * 0.45), Math.floor(size * 0.7)), size - pick(0, 3)];
    one.reach = ways[going === 3 && size < 30 ? 2 : going];
    const low = 64 - 15 * pick(1, 4);
    const long = pick(0, 4) === 0;
    one.held = long ? 66 : pick(low, low + 8);
    one.tremor = Math.max(0, pick(-4, 5));
    return one;
  };
  const step = (/** @type {any} */ value, /** @type {any} */ cut) => (value ? cut.findIndex((/** @type {any} */ most) => most === null || Math.abs(value) <= most) + 1 : 0);
  const sizeOf = (/** @type {any} */ one) => Math.abs(one[one.main]);
  /** @type {(one: any) => Record<string, number>} */
  const keyOf = (one) => ({
    rotation: step(one.turn, cuts.rotation),
    laterocollis: step(one.tilt, cuts.laterocollis),
    bend: step(one.bend, cuts.bend),
    lateral: Number(Math.abs(one.lateral) >= cuts.shift),
    sagittal: Number(Math.abs(one.sagittal) >= cuts.shift),
    duration: step(one.share, cuts.duration) + Number(one.full),
    trick: one.relief >= cuts.relief[0] ? 0 : one.relief >= cuts.relief[1] ? 1 : 2,
    shoulder: step(one.shoulder, cuts.shoulder),
    range: sizeOf(one) - one.reach <= 5 ? 4 : one.reach <= 5 - full[one.main] ? 0 : one.reach < -10 ? 1 : one.reach <= 10 ? 2 : 3,
    time: one.held > 60 ? 0 : 1 + cuts.seconds.filter((/** @type {any} */ least) => one.held < least).length,
  });
  /** @type {(one: any) => Record<string, string>} */
  const wordsOf = (one) => {
    const say = (/** @type {string} */ name, /** @type {any[]} */ ...values) => words[name].replace(/\{(\d)\}/g, (/** @type {any} */ _, /** @type {any} */ index) => values[index]);
    const aside = (/** @type {string} */ name, /** @type {any} */ value, right = "right", left = "left") => (value ? say(name, Math.abs(value), value > 0 ? right : left) : words.straight);
    return {
      rotation: aside("rotation", one.turn),
      laterocollis: aside("laterocollis", one.tilt),
      bend: aside("bend", one.bend, "forward", "backward"),
      lateral: aside("lateral", one.lateral),
      sagittal: aside("sagittal", one.sagittal, "forward", "backward"),
      duration: say(one.full ? "full" : "short", one.share),
      trick: say("trick", one.relief),
      shoulder: one.shoulder ? say("shoulder", one.shoulder, one.raised) : words.level,
      range: say(one.reach < 0 ? "past" : "before", Math.abs(one.reach), sizeOf(one), full[one.main]),
      time: one.held > 60 ? words.on : say("time", one.held),
    };
  };

  // Films: the pose of a case at a second of the clock.

  const between = (/** @type {any} */ from, /** @type {any} */ to, /** @type {any} */ now) => Math.min(1, Math.max(0, (now - from) / (to - from)));
  const partAt = (/** @type {any} */ film, /** @type {any} */ one, /** @type {any} */ now) => {
    if (film === "trick") return 1 - (one.relief / 100) * (between(5, 7, now) - between(15, 17, now));
    if (film === "hold") {
      // Within 10 degrees up to the second that the key counts, then back where the head wants to go.
      const widest = Math.max(...["turn", "tilt", "bend"].map((plane) => Math.abs(one[plane])));
      const near = (3 + 6.9 * between(one.held - 2, one.held, now)) / widest;
      return one.held > 60 ? 3 / widest : near + (1 - near) * between(one.held, one.held + 4, now);
    }
    const long = one.share / 5; // of each 20 seconds
    const phase = (now + 1) % 20; // the first picture shows the posture
    const level = phase < long * (one.full ? 0.85 : 0.25) ? 1 : 0.6;
    return Math.max(0, Math.min(level, phase / 0.6, (long - phase) / 0.6));
  };
  const poseAt = (/** @type {any} */ film, /** @type {any} */ one, /** @type {any} */ now) => {
    const part = film === "range" ? 1 : partAt(film, one, now);
    const set = { ...one, right: one.raised === "right" ? one.shoulder * part : 0, left: one.raised === "left" ? one.shoulder * part : 0 };
    for (const plane of ["turn", "tilt", "bend", "lateral", "sagittal"]) set[plane] *= part;
    if (film === "range") {
      const gone = between(1, 4, now) - between(9, 11, now);
      const size = sizeOf(one);
      set[one.main] = Math.sign(one[one.main]) * (size + (one.reach - size) * gone);
    }
    const pose = head.poseOf(set);
    // The clock is fast, the tremor is not.
    pose.headTurn += one.tremor * Math.sin((now / SPEED) * 6 * Math.PI);
    return pose;
  };

  // What is on the page.

  const stage = head.stage(find(".head"), signal);
  const sets = all("[data-item]");
  const seedField = find("[data-field=seed]");
  const asking = new URLSearchParams(location.search).get("cases");
  let [seed, place, film, now, told] = [firstSeed, 1, "rest", 0, ""];
  let current = caseOf(seed, place);

  const stored = () => keptBy(model);
  const sound = (/** @type {any} */ entry) => shape.list(shape.whole(0, 9), items.length, items.length)(entry?.points)
    && entry.points.every((/** @type {any} */ points, /** @type {any} */ index) => points <= items[index][2]);
  const put = (/** @type {any} */ answers) => keep(model, answers);
  const entryAt = (/** @type {any} */ at) => {
    const entry = stored()[seed + "/" + at];
    return sound(entry) ? entry : undefined;
  };
  const pointsOf = (/** @type {any} */ at) => {
    const key = keyOf(caseOf(seed, at));
    return items.map((/** @type {any} */ [name]) => key[name]);
  };
  const severity = (/** @type {any} */ points) => sum(points.map((/** @type {any} */ value, /** @type {any} */ index) => value * items[index][3]));
  const chosen = () => sets.map((set) => Number(set.querySelector(":checked")?.value ?? NaN));
  const fill = (/** @type {any} */ table, /** @type {any} */ rows) => {
    table.tBodies[0].replaceChildren(...rows.map((/** @type {any} */ [first, ...rest]) =>
      make("tr", [make("th", first, { scope: "row" }), ...rest.map((/** @type {string | number} */ text) => make("td", String(text)))])));
    table.parentNode.hidden = !rows.length;
  };
  const say = (/** @type {string} */ text) => { find(".result").textContent = text; };

  const showClock = () => {
    const touch = film !== "trick" ? "" : now >= 5 && now < 15 ? " · the hand is at the chin" : " · the hand is away";
    find(".clock").textContent = TITLES[film] + ": " + Math.round(now) + " s of " + LENGTHS[film] + touch;
    find("[data-do=play]").textContent = stage.playing() ? "Stop" : "Play";
  };
  const still = () => {
    stage.show(poseAt(film, current, now));
    showClock();
  };
  const open = (/** @type {string} */ name) => {
    [film, now] = [name, 0];
    for (const button of all("[data-film]")) button.setAttribute("aria-pressed", button.dataset.film === film);
    still();
  };
  const play = () => {
    if (stage.playing()) return still();
    const from = now >= LENGTHS[film] ? 0 : now;
    stage.play((/** @type {any} */ seconds) => {
      now = Math.min(LENGTHS[film], from + seconds * SPEED);
      return now < LENGTHS[film] ? poseAt(film, current, now) : null;
    }, showClock);
    showClock();
  };

  const sync = () => {
    const entry = entryAt(place);
    find(".place").textContent = "Case " + place + " of " + cases + " in “" + seed + "”. Simulated; not a person.";
    find("[data-do=next]").textContent = place < cases ? "Next case" : "First case again";
    find(".share a").href = "?cases=" + encodeURIComponent(seed) + "#rating-trainer";
    find("[data-do=words]").checked = Boolean(entry?.words) || find("[data-do=words]").checked;
    const lines = wordsOf(current);
    find(".words").hidden = !find("[data-do=words]").checked;
    find(".words").replaceChildren(...items.map((/** @type {any} */ [name, label]) => make("li", label + ": " + lines[name])));
    const key = pointsOf(place);
    fill(find(".key"), entry ? [
      ...items.map((/** @type {any} */ [name, label, , weight, rule], /** @type {any} */ index) => [label + (weight > 1 ? " (doubled)" : ""), entry.points[index],
        key[index] + (entry.points[index] === key[index] ? " ✓ same" : " ✗ differs"), lines[name] + " Steps: " + rule + "."]),
      ["Severity", severity(entry.points), severity(key), "The sum, with the duration factor counted twice."],
    ] : []);

    const places = Array.from({ length: cases }, (_, index) => index + 1).filter(entryAt);
    const yours = places.map((at) => entryAt(at).points);
    const keys = places.map(pointsOf);
    const inWords = places.filter((at) => entryAt(at).words).length;
    find(".agreement caption").textContent = "Your agreement over " + places.length + " of " + cases + " cases"
      + (inWords ? "; " + inWords + " of them told in words, which trains no eye" : "");
    fill(find(".agreement"), !places.length ? [] : [
      ...items.map((/** @type {any} */ [, label], /** @type {any} */ index) => {
        const [mine, theirs] = [yours, keys].map((list) => list.map((points) => points[index]));
        const kappa = weightedKappa(mine, theirs);
        const same = mine.filter((points, at) => points === theirs[at]).length;
        return [label, same + " of " + places.length, kappa === null ? "not defined: always the same points" : fixed(kappa), fixed(bias(mine, theirs))];
      }),
      ["Severity, points", yours.filter((points, at) => severity(points) === severity(keys[at])).length + " of " + places.length, "–", fixed(bias(yours.map(severity), keys.map(severity)))],
    ]);
  };

  const go = (/** @type {any} */ toSeed, /** @type {any} */ toPlace) => {
    [seed, place] = [nameIn(toSeed) || firstSeed, toPlace];
    current = caseOf(seed, place);
    seedField.value = seed;
    find("[data-do=words]").checked = false;
    const entry = entryAt(place);
    sets.forEach((set, index) => {
      for (const input of set.querySelectorAll("input")) input.checked = Boolean(entry) && Number(input.value) === entry.points[index];
    });
    open("rest");
    sync();
  };
  const remember = () => put({ ...stored(), "#place": { seed, place } });

  root.addEventListener("submit", (/** @type {any} */ event) => {
    event.preventDefault();
    if (event.target.matches(".series")) {
      go(seedField.value, 1);
      remember();
      return say("Case 1 of “" + seed + "”.");
    }
    const points = chosen();
    const left = points.filter(Number.isNaN).length;
    if (left) {
      sets[points.findIndex(Number.isNaN)].querySelector("input").focus();
      return say("Rate every item first (" + left + " left).");
    }
    put({ ...stored(), [seed + "/" + place]: { points, words: find("[data-do=words]").checked || Boolean(entryAt(place)?.words) } });
    const key = pointsOf(place);
    const same = points.filter((value, index) => value === key[index]).length;
    say(same + " of " + items.length + " items as the key. Severity: you " + severity(points) + ", key " + severity(key) + ".");
    return sync();
  }, { signal });
  /** @type {Record<string, () => void>} */
  const acts = {
    play,
    earlier: () => { now = Math.max(0, now - STEP[film]); still(); },
    later: () => { now = Math.min(LENGTHS[film], now + STEP[film]); still(); },
    new: () => {
      go(Array.from({ length: 5 }, () => "bcdfghjkmnpqrstvwxz"[Math.floor(Math.random() * 19)]).join(""), 1);
      remember();
      say("A new series: “" + seed + "”.");
    },
    next: () => {
      go(seed, place < cases ? place + 1 : 1);
      remember();
      say("Case " + place + " of " + cases + ".");
    },
    clear: () => {
      put(Object.fromEntries(Object.entries(stored()).filter(([name]) => !name.startsWith(seed + "/"))));
      go(seed, 1);
      say("Your ratings of “" + seed + "” are cleared.");
    },
    words: sync,
  };
  root.addEventListener("click", (/** @type {any} */ { target }) => {
    if (target.dataset.film) open(target.dataset.film);
    else acts[target.dataset.do]?.();
  }, { signal });
  const kept = () => {
    setText(find(".kept"), whereKept(model, "ratings", ""));
  };
  const load = () => {
    const broken = Object.entries(stored()).filter(([name, entry]) => !name.startsWith("#") && !sound(entry)).length;
    told = broken ? "Some saved ratings could not be read and were set aside." : "";
    sync();
    if (told) say(told);
  };

  // Without a wish for motion the films are stills, one after the other.
  find("[data-do=play]").hidden = matchMedia("(prefers-reduced-motion: reduce)").matches;
  keepKeys(all("a, button, input, summary"));
  for (const part of all(".rules, .printed")) part.open = false;
  find(".share").hidden = !("widget" in el.dataset);
  find(".live").hidden = false;
  model.on("change:answers", load);
  model.on("change:storage", kept);
  kept();
  const last = stored()["#place"];
  const at = Number.isInteger(last?.place) && last.place >= 1 && last.place <= cases ? last.place : 1;
  const before = typeof last?.seed === "string" && last.seed ? nameIn(last.seed) || firstSeed : firstSeed;
  const linked = nameIn(asking ?? "");
  go(linked || before, !linked || linked === before ? at : 1);
  load();
  /** @type {any} */ (el).courseRating = { caseOf, keyOf, wordsOf, weightedKappa, bias };
  return () => {
    model.off("change:answers", load);
    model.off("change:storage", kept);
    ended.abort();
  };
}

export default { render };
