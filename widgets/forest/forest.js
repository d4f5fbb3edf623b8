// @ts-check
// Needs: base/markup.js
// The forest plot's front end: chooses, pools and draws again, in the page and in a notebook, as Python does.
// It mirrors selection.py, wording.py, drawing.py and evidence/pooling; the sentences come with the markup.
// State: the trait `selection` and, out of it, `estimate`. Nothing is kept in the browser.
// For tests, `el.courseForest` holds `randomEffects` and `estimate()`.

const Z = 1.959963984540054;

/** A sum without the loss of small parts (Neumaier), as Python's fsum gives it. */
const fsum = (/** @type {any[]} */ values) => {
  let [total, lost] = [0, 0];
  for (const value of values) {
    const next = total + value;
    lost += Math.abs(total) >= Math.abs(value) ? total - next + value : value - next + total;
    total = next;
  }
  return total + lost;
};

const chanceWithin = (/** @type {any} */ angle, /** @type {number} */ freedom) => {
  const [sine, cosine, odd] = [Math.sin(angle), Math.cos(angle), freedom % 2];
  let term = odd ? cosine : 1;
  let total = freedom > 1 ? term : 0;
  for (let step = 2 + odd; step < freedom - 1; step += 2) {
    term *= ((step - 1) / step) * cosine * cosine;
    total += term;
  }
  return odd ? ((angle + sine * total) * 2) / Math.PI : sine * total;
};

const t975 = (/** @type {number} */ freedom) => {
  let [low, high] = [0, Math.PI / 2];
  for (let halving = 0; halving < 60; halving += 1) {
    const middle = (low + high) / 2;
    if (chanceWithin(middle, freedom) < 0.95) low = middle;
    else high = middle;
  }
  return Math.sqrt(freedom) * Math.tan((low + high) / 2);
};

/** @param {number[]} effects @param {number[]} variances @param {number} between @returns {[number[], number, number]} */
const weighted = (effects, variances, between) => {
  const weights = variances.map((/** @type {any} */ variance) => 1 / (variance + between));
  const mean = fsum(weights.map((/** @type {any} */ w, /** @type {any} */ i) => w * effects[i])) / fsum(weights);
  return [weights, mean, fsum(weights.map((/** @type {any} */ w, /** @type {any} */ i) => w * (effects[i] - mean) ** 2))];
};

const pauleMandel = (/** @type {number[]} */ effects, /** @type {number[]} */ variances) => {
  let between = 0;
  for (let round = 0; round < 10000; round += 1) {
    const [weights, mean, spread] = weighted(effects, variances, between);
    const excess = spread - (effects.length - 1);
    if (excess <= 0) break;
    const step = excess / fsum(weights.map((/** @type {any} */ w, /** @type {any} */ i) => (w * (effects[i] - mean)) ** 2));
    between += step;
    if (step <= 1e-15 * between) break;
  }
  return between;
};

const reml = (/** @type {number[]} */ effects, /** @type {number[]} */ variances) => {
  const likelihood = (/** @type {number} */ between) => {
    const [weights, , spread] = weighted(effects, variances, between);
    return (fsum(weights.map(Math.log)) - Math.log(fsum(weights)) - spread) / 2;
  };
  const centre = fsum(effects) / effects.length;
  const total = fsum(effects.map((/** @type {any} */ y) => (y - centre) ** 2)) / (effects.length - 1);
  let [between, height] = [0, likelihood(0)];
  for (let halvings = 0; halvings < 24; halvings += 1) {
    const start = total / 2 ** halvings;
    const found = likelihood(start);
    if (found > height) [between, height] = [start, found];
  }
  const unit = fsum(variances) / variances.length;
  for (let round = 0; round < 10000; round += 1) {
    const [weights, mean] = weighted(effects, variances, between);
    const [first, second, third] = [1, 2, 3].map((power) => fsum(weights.map((/** @type {any} */ w) => w ** power)));
    const score = fsum(weights.map((/** @type {any} */ w, /** @type {any} */ i) => (w * (effects[i] - mean)) ** 2));
    const step = (score - (first - second / first)) / (second - (2 * third) / first + (second / first) ** 2);
    let reached = Math.max(0, between + step);
    let found = likelihood(reached);
    while (found < height - 1e-9) {
      reached = (between + reached) / 2;
      found = likelihood(reached);
    }
    const moved = Math.abs(reached - between);
    [between, height] = [reached, found];
    if (moved <= 1e-14 * (between + unit)) break;
  }
  return between;
};

/** evidence.pooling.random_effects, with its names. */
function randomEffects(/** @type {number[]} */ effects, /** @type {number[]} */ variances, { tau2 = "REML", interval = "mKH" } = {}) {
  const k = effects.length;
  const between = (tau2 === "PM" ? pauleMandel : reml)(effects, variances);
  const [weights, mean, spread] = weighted(effects, variances, between);
  const total = fsum(weights);
  const scale = Math.sqrt(spread / (k - 1));
  const error = Math.sqrt(1 / total) * (interval === "Wald" ? 1 : interval === "mKH" ? Math.max(1, scale) : scale);
  const reach = (interval === "Wald" ? Z : t975(k - 1)) * error;
  const ahead = k > 2 ? t975(k - 2) * Math.sqrt(between + error * error) : NaN;
  const q = weighted(effects, variances, 0)[2];
  return {
    k,
    estimate: mean,
    ci_low: mean - reach,
    ci_high: mean + reach,
    prediction_low: mean - ahead,
    prediction_high: mean + ahead,
    tau2: between,
    i2: q > 0 ? 100 * Math.max(0, (q - (k - 1)) / q) : 0,
    q,
    weights: weights.map((/** @type {any} */ weight) => weight / total),
  };
}

/** Log odds and their variance; half a person is added to either side where one side is empty. */
const logit = (/** @type {any} */ events, /** @type {any} */ people) => {
  const half = events === 0 || events === people ? 0.5 : 0;
  const [yes, no] = [events + half, people - events + half];
  return [Math.log(yes / no), 1 / yes + 1 / no];
};

const percent = (/** @type {any} */ value) => {
  const odds = Math.exp(-Math.abs(value));
  return (value >= 0 ? 100 : 100 * odds) / (1 + odds);
};

const rounded = (/** @type {any} */ value, /** @type {number} */ decimals) => {
  const text = Math.abs(value).toFixed(decimals);
  return value < 0 && Number(text) ? `−${text}` : text;
};

const set = (/** @type {any} */ node, /** @type {any} */ attributes) => {
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
};
const setLines = (/** @type {any} */ list, /** @type {string[]} */ lines, tag = "li") => {
  if ([...list.children].map((line) => line.textContent).join("\n") === lines.join("\n")) return;
  list.replaceChildren(...lines.map((/** @type {string} */ text) => make(tag, text)));
};

/** @param {{ model: Model, el: HTMLElement }} shown */
function render({ model, el }) {
  const root = rootIn({ model, el }, ".forest");
  const find = (/** @type {string} */ selector) => /** @type {any} */ (root.querySelector(selector));
  const data = JSON.parse(find("script").textContent);
  const links = model.get("links");
  const control = Object.fromEntries([...root.querySelectorAll("[data-set]")].map((node) => [node.dataset.set, node]));
  const consents = [...root.querySelectorAll("[data-consent]")];
  const rowOf = new Map(); // row id -> its table row, so that a tick keeps the focus
  const ended = new AbortController();
  const later = afterwards(ended.signal);
  let chosen = { ...data.opening, ...model.get("selection") };
  let { preset } = data;
  /** @type {any} */
  let estimate;

  const say = (/** @type {any} */ key, /** @type {any[]} */ ...values) => data.words[key].replace(/\{(\d)\}/g, (/** @type {any} */ _, /** @type {any} */ place) => values[place]);
  const name = (/** @type {any} */ row) => data.studies[row.study];
  const naming = (/** @type {any} */ key, /** @type {any} */ rows) => rows.length > 0 && say(key, [...new Set(rows.map(name))].join(", "));
  const questions = data.questions.map((/** @type {any} */ question) => ({
    ...question,
    rows: question.rows.map((/** @type {any} */ [id, study, months, people, figure, marks, printed]) =>
      ({ id, study, months, people, figure, marks, printed, design: marks.includes("t") ? "trial" : "series" })),
  }));
  const current = () => questions.findIndex((/** @type {any} */ question) =>
    ["measure", "procedure", "topic"].every((key) => question[key] === chosen[key]));

  const draw = () => {
    const question = questions[current()];
    const share = question.measure === "proportion";
    const inPercent = question.measure === "percent_improvement";

    // What is listed, what is counted, and what forbids one number.
    const [from, to] = chosen.months;
    const timed = from !== null || to !== null;
    const fitting = question.rows.filter((/** @type {any} */ row) =>
      (!timed || (row.months !== null && row.months >= (from ?? 0) && row.months <= (to ?? Infinity)))
      && (!chosen.design || row.design === chosen.design) && row.people >= chosen.minimum_people);
    const listed = fitting.filter((/** @type {any} */ row) => {
      const times = fitting.filter((/** @type {any} */ other) => other.study === row.study).map((/** @type {any} */ other) => other.months);
      return times.includes(null) || row.months === Math.max(...times);
    });
    const counted = listed.filter((/** @type {any} */ row) => !chosen.leave_out.includes(row.id));
    const keys = [...new Set(counted.map((/** @type {any} */ row) => row.study))];
    const overlaps = data.overlaps.filter((/** @type {any} */ [a, b]) => keys.includes(a) && keys.includes(b));
    const mixed = new Set(counted.map((/** @type {any} */ row) => row.design)).size > 1;
    const waived = (/** @type {any} */ consent) => chosen.accept.includes(consent);
    const reasons = [
      ...keys.filter((key) => counted.filter((/** @type {any} */ row) => row.study === key).length > 1)
        .map((key) => say("repeated", data.studies[key])),
      mixed && !waived("series and trials") && say("mixed"),
      ...overlaps.filter((/** @type {any} */ [, , certainty]) => certainty !== "possible" || !waived("possible overlap"))
        .map((/** @type {any} */ [a, b, certainty, reason]) => say(`overlap_${certainty}`, data.studies[a], data.studies[b], reason)),
      keys.length < 3 && say("few", keys.length),
    ].filter(Boolean);

    // Numbers, and how they are written.
    const decimals = inPercent ? 0 : 1;
    const unit = question.measure === "mean_change" ? " points" : "\u00a0%";
    const back = share ? percent : (/** @type {any} */ value) => value;
    const open = (/** @type {any} */ value) => inPercent && value > 100;
    const plain = (/** @type {any} */ value) => (open(value) ? "over 100" : rounded(value, decimals));
    const full = (/** @type {any} */ value) => rounded(value, decimals) + unit;
    const range = (/** @type {any} */ low, /** @type {any} */ high, joined = "to") => `${plain(low)} ${joined} ${plain(high)}${unit}`;
    const brackets = (/** @type {any} */ low, /** @type {any} */ high) => `(${plain(low)} to ${plain(high)})`.replaceAll(" ", "\u00a0");
    const effectOf = (/** @type {any} */ { figure, people }) =>
      share ? logit(figure, people) : inPercent ? [figure, chosen.assumed_sd ** 2 / people] : figure;
    const intervalOf = (/** @type {any} */ row) => {
      const [value, variance] = effectOf(row);
      return [0, -Z, Z].map((times) => back(value + times * Math.sqrt(variance)));
    };
    const pool = (/** @type {any} */ rows) => {
      const effects = rows.map(effectOf);
      const fit = randomEffects(effects.map((/** @type {any} */ [value]) => value), effects.map((/** @type {any} */ [, variance]) => variance), chosen);
      for (const key of /** @type {const} */ (["estimate", "ci_low", "ci_high", "prediction_low", "prediction_high"])) fit[key] = back(fit[key]);
      return fit;
    };
    const pooled = reasons.length ? null : pool(counted);
    const people = sum(counted.map((/** @type {any} */ row) => row.people));
    const { weights, ...numbers } = pooled ?? {};
    estimate = pooled ? { ...numbers, people, rows: counted.map((/** @type {any} */ row) => row.id) } : { refused: reasons };

    const intervals = listed.map(intervalOf);
    const [low, high, step] = question.axis;
    const within = (/** @type {any} */ value) => Math.min(Math.max(value, low), high);
    const place = (/** @type {any} */ value) => `${((100 * (within(value) - low)) / (high - low)).toFixed(2)}%`;
    const stroke = (/** @type {any} */ svg, /** @type {any} */ [value, lowest, highest], /** @type {any} */ size) => {
      set(svg.querySelector(".zero"), { x1: place(0), x2: place(0) });
      set(svg.querySelector(".ci"), { x1: place(lowest), x2: place(highest) });
      set(svg.querySelector(".low"), { x: place(lowest), display: lowest < low ? "inline" : "none" });
      set(svg.querySelector(".high"), { x: place(highest), display: highest > high ? "inline" : "none" });
      set(svg.querySelector("rect"), { x: place(value), width: size, height: size });
    };

    const headline = !pooled ? reasons
      : [say(share ? "result_share" : "result", pooled.k, people, full(pooled.estimate), range(pooled.ci_low, pooled.ci_high))];
    setLines(find(".headline"), headline, "p");
    Object.assign(root.dataset, { tone: data.procedures[question.procedure][1], measure: question.measure });
    const window = !timed ? "" : say(from === null ? "months_to" : to === null ? "months_from" : "months", from, to);
    const title = `${data.procedures[question.procedure][0]}: ${question.label}`;
    setText(find("caption"), [title, window].filter(Boolean).join(", "));
    setText(find("th.effect"), data.headings[question.measure]);
    setText(find("th.drawn"), data.directions[question.measure]);

    const rows = listed.map((/** @type {any} */ row, /** @type {any} */ index) => {
      const tr = rowOf.get(row.id) ?? find("template").content.firstElementChild.cloneNode(true);
      rowOf.set(row.id, tr);
      const cell = (/** @type {any} */ part) => tr.querySelector(part);
      const at = counted.indexOf(row);
      const weight = weights?.[at] ?? 0;
      const rival = at < 0 && data.overlaps.find((/** @type {any} */ [a, b]) =>
        (a === row.study && keys.includes(b)) || (b === row.study && keys.includes(a)));
      const [value, lowest, highest] = intervals[index];
      tr.className = at < 0 ? "out" : "";
      Object.assign(cell("input"), { hidden: false, checked: at >= 0, value: row.id });
      set(cell("input"), { "aria-label": `Count ${name(row)}${row.printed ? `, ${row.printed}` : ""}` });
      set(cell("a"), { href: links ? links[row.study] ?? "" : `${data.root}${question.page}.html#${row.id}` });
      if (links) set(cell("a"), { target: "_blank", rel: "noopener" });
      setText(cell("a"), name(row));
      setText(cell("small"), row.printed);
      const [a, b, certainty] = rival || [];
      setText(cell(".why"), at >= 0 ? "" : rival ? say(`left_${certainty}`, data.studies[a === row.study ? b : a]) : say("left"));
      setText(cell(".months"), `${row.months ?? ""}`);
      setText(cell(".people"), `${row.people}`);
      setText(cell(".effect"), share ? `${row.figure} of ${row.people}: ${full((100 * row.figure) / row.people)} ${brackets(lowest, highest)}`
        : inPercent ? `${row.figure}${unit} ${brackets(lowest, highest)}`.replace("-", "−") : `${full(value)} ${brackets(lowest, highest)}`);
      setText(cell(".weight"), at < 0 ? "–" : pooled ? `${rounded(100 * weight, 0)}\u00a0%` : "");
      stroke(cell("svg"), intervals[index], pooled && at >= 0 ? (4 + 12 * Math.sqrt(weight)).toFixed(1) : 6);
      return tr;
    });
    const body = find("tbody");
    if (rows.length !== body.children.length || rows.some((/** @type {any} */ row, /** @type {any} */ index) => row !== body.children[index])) {
      body.replaceChildren(...rows);
    }

    const foot = (/** @type {any} */ part) => find(`tfoot ${part}`);
    for (const part of [".pooled", ".prediction"]) foot(part).hidden = !pooled;
    if (pooled) {
      const [left, right] = [within(pooled.ci_low), within(pooled.ci_high)];
      const top = ((100 * (within(pooled.estimate) - left)) / (right - left || 1e-9)).toFixed(1);
      setText(foot(".pooled .people"), `${people}`);
      setText(foot(".pooled .effect"), `${full(pooled.estimate)} ${brackets(pooled.ci_low, pooled.ci_high)}`);
      set(foot(".pooled .zero"), { x1: place(0), x2: place(0) });
      set(foot(".diamond"), { x: place(left), width: `${((100 * (right - left)) / (high - low)).toFixed(2)}%`, viewBox: "0 0 100 10" });
      set(foot(".diamond path"), { d: `M0 5 ${top} 0 100 5 ${top} 10z` });
      setText(foot(".prediction .effect"), range(pooled.prediction_low, pooled.prediction_high));
      stroke(foot(".prediction svg"), [pooled.estimate, pooled.prediction_low, pooled.prediction_high], 0);
    }
    foot(".axis svg").replaceChildren(...Array.from({ length: Math.round((high - low) / step) + 1 }, (_, index) => {
      const label = foot("text").cloneNode();
      const value = low + step * index;
      set(label, { x: place(value) });
      label.textContent = `${+value.toPrecision(6)}`.replace("-", "−");
      return label;
    }));

    // What may be read into it, and what not.
    later(() => {
      const designs = counted.map((/** @type {any} */ row) => row.design);
      const tau2 = pooled && rounded(pooled.tau2, share ? 2 : 1);
      const events = sum(counted.map((/** @type {any} */ row) => row.figure));
      const past = [...intervals.map((/** @type {any} */ interval) => interval[2]), pooled?.ci_high, pooled?.prediction_high].some(open);
      const lists = {
        may: !pooled ? [] : [
          say(share ? "expect_share" : "expect", range(pooled.prediction_low, pooled.prediction_high, "and")),
          pooled.prediction_high - pooled.prediction_low > 60 && say("wide"),
          say(pooled.i2 < 0.5 ? "agree" : share ? "differ_share" : "differ", rounded(pooled.i2, 0), tau2, rounded(Math.sqrt(pooled.tau2), decimals)),
          pooled.k < 5 && say("scarce", pooled.k),
        ],
        "may-not": [
          designs.includes("series") && say(share ? "series_share" : "series"),
          designs.includes("trial") && say("trial"),
          !share && say("person"),
          pooled && (mixed || overlaps.length > 0) && say("waived"),
          past && say("bound"),
          share && counted.length > 0 && Math.min(events, people - events) < 10 && say("rare"),
          !share && say("global"),
        ],
        without: !pooled ? [] : pooled.k === 3 ? [say("without_few")] : counted.map((/** @type {any} */ row) => {
          const rest = pool(counted.filter((/** @type {any} */ other) => other !== row));
          return say("without", name(row), full(rest.estimate), range(rest.ci_low, rest.ci_high));
        }),
        how: [
          inPercent && say("sd", chosen.assumed_sd),
          inPercent && say("two_ways"),
          !inPercent && !share && say("correlation"),
          timed && naming("untimed", question.rows.filter((/** @type {any} */ row) => row.months === null)),
          naming("last", listed.filter((/** @type {any} */ row) => fitting.some((/** @type {any} */ other) => other.study === row.study && !listed.includes(other)))),
          naming("enrolled", counted.filter((/** @type {any} */ row) => row.marks.includes("e"))),
          naming("second_hand", counted.filter((/** @type {any} */ row) => row.marks.includes("s"))),
          naming("half", counted.filter((/** @type {any} */ row) => share && [0, row.people].includes(row.figure))),
          question.unfit > 0 && say("unfit", question.unfit),
          pooled && say("method", data.methods[chosen.tau2], data.methods[chosen.interval], rounded(pooled.q, 2)),
        ],
      };
      for (const [part, all] of Object.entries(lists)) {
        const lines = all.filter(Boolean);
        setLines(find(`.${part} ul`), lines);
        find(`.${part}`).hidden = !lines.length;
      }
    });

    // The controls say what is chosen.
    const values = { ...chosen, preset, question: current(), from: from ?? "", to: to ?? "" };
    for (const [key, node] of Object.entries(control)) if (node.value !== `${values[key]}`) node.value = values[key];
    find(".assumed").hidden = !inPercent;
    setText(find(".spread"), `${chosen.assumed_sd} points`);
    for (const label of root.querySelectorAll(".timed")) label.hidden = share;
    control.design.parentNode.hidden = !question.rows.some((/** @type {any} */ row) => row.design === "trial");
    for (const label of consents) {
      const consent = label.dataset.consent;
      label.hidden = !(consent === "possible overlap" ? overlaps.some((/** @type {any} */ [, , certainty]) => certainty === "possible") : mixed);
      label.firstElementChild.checked = waived(consent);
    }
    find(".consents").hidden = consents.every((label) => label.hidden);
  };

  const choose = (/** @type {any} */ changes, isPreset = "") => {
    chosen = { ...chosen, ...changes };
    preset = isPreset;
    draw();
    model.set("selection", chosen);
    model.set("estimate", estimate);
    model.save_changes();
  };
  const ask = (/** @type {any} */ index, months = [null, null], /** @type {any} */ leaveOut = [], isPreset = "") => {
    const { measure, procedure, topic } = questions[index];
    const fresh = { design: "", minimum_people: 1, accept: [] };
    choose({ measure, procedure, topic, months, leave_out: leaveOut, ...fresh }, isPreset);
  };
  const changed = (/** @type {any} */ { target }) => {
    const { value, checked, dataset: { set: key }, parentNode: { dataset: { consent } } } = target;
    const toggled = (/** @type {any} */ list, /** @type {any} */ entry, /** @type {any} */ on) => list.filter((/** @type {any} */ one) => one !== entry).concat(on ? entry : []);
    const number = (/** @type {string} */ text) => (text === "" ? null : Number(text));
    if (consent) choose({ accept: toggled(chosen.accept, consent, checked) });
    else if (!key) choose({ leave_out: toggled(chosen.leave_out, value, !checked) });
    else if (key === "preset") value ? ask(data.presets[value][2], data.presets[value][3], data.presets[value][4], value) : choose({});
    else if (key === "question") ask(value);
    else if (key === "from" || key === "to") choose({ months: [number(control.from.value), number(control.to.value)] });
    else choose({ [key]: target.type === "select-one" ? value : Math.max(1, value) });
  };

  const fill = (/** @type {any} */ select, /** @type {any} */ entries) => entries.forEach((/** @type {any} */ [group, label], /** @type {any} */ index) => {
    const box = [...select.children].find((one) => one.label === group)
      ?? select.appendChild(make("optgroup", [], { label: group }));
    box.append(new Option(label, index));
  });
  control.preset.add(new Option("Your own choice", ""));
  fill(control.preset, data.presets);
  fill(control.question, questions.map((/** @type {any} */ { procedure, choice }) => [data.procedures[procedure][0], choice]));
  const { signal } = ended;
  root.addEventListener("change", changed, { signal });
  control.assumed_sd.addEventListener("input", changed, { signal });
  keepKeys(root.querySelectorAll("a, input, select, summary"));
  find(".controls").hidden = false;
  draw();
  /** @type {any} */ (el).courseForest = { randomEffects, estimate: () => estimate };
  return () => ended.abort();
}

export default { render };
