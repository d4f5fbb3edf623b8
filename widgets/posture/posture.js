// @ts-check
// Needs: base/kept.js
// Needs: base/markup.js
// Needs: head/drawing.js
// The posture explorer: from a posture to its suspects, or from muscles to a posture. See anatomy.py for the rules.
// State: `answers["#posture"]`, the values of the controls by their `data-set`, and `muscles`, a list like "right Longus colli".

const SIDEWAYS = ["left", "", "right"];
/** @type {Record<string, any>} */
const NAMES = {
  turn: { head: "torticaput", neck: "torticollis" },
  tilt: { head: "laterocaput", neck: "laterocollis" },
  forward: { head: "anterocaput", neck: "anterocollis" },
  back: { head: "retrocaput", neck: "retrocollis" },
};
/** @type {Record<string, any>} */
const MOVES = { turn: "turns", tilt: "tilts", forward: "bends forward", back: "bends back", shoulder: "lifts the shoulder" };
/** @type {Record<string, any>} */
const VERBS = { turn: "turned", tilt: "tilted", forward: "bent forward", back: "bent back" };

const capital = (/** @type {string} */ text) => text.charAt(0).toUpperCase() + text.slice(1);
/** "right Splenius capitis" as it stands in a sentence. */
const shown = (/** @type {any} */ key) => key.toLowerCase().replace("either ", "right or left ");
const listed = (/** @type {any} */ words) => words.join(", ").replace(/, ([^,]*)$/, " and $1");

/** @param {{ model: Model, el: HTMLElement }} shown */
function render({ model, el }) {
  const root = rootIn({ model, el }, ".posture");
  const find = (/** @type {string} */ selector) => /** @type {any} */ (root.querySelector(selector));
  const all = (/** @type {string} */ selector) => /** @type {any[]} */ ([...root.querySelectorAll(selector)]);
  const { actions, cuts, pulls, reaches, items } = JSON.parse(find("script").textContent);
  const ended = new AbortController();
  const { signal } = ended;
  const inBook = "widget" in el.dataset;
  const controls = all("[data-set]");
  const boxes = all("[data-muscle]");
  const stage = head.stage(find(".head"), signal);
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  let moving = !still;

  const read = () => {
    /** @type {any} */
    const set = { muscles: boxes.filter((box) => box.checked).map((box) => box.dataset.muscle) };
    for (const { type, checked, value, dataset } of controls) {
      if (type === "range") set[dataset.set] = Number(value);
      else if (type !== "radio" || checked) set[dataset.set] = value;
    }
    return set;
  };
  /** Puts values into the controls, which refuse what they cannot hold; gives how many were refused. */
  const write = (/** @type {any} */ set) => {
    let refused = 0;
    for (const control of controls) {
      const value = set[control.dataset.set];
      if (control.type === "radio") control.checked = control.value === (value === "muscles" ? value : "posture");
      else {
        control.value = value ?? (control.type === "range" ? 0 : "head");
        if (value !== undefined && control.value !== String(value)) refused += 1;
        if (!control.value) control.value = "head";
      }
    }
    const chosen = Array.isArray(set.muscles) ? set.muscles : [];
    for (const box of boxes) box.checked = chosen.includes(box.dataset.muscle);
    return refused;
  };

  const poseOf = (/** @type {any} */ set) => {
    if (set.begin === "posture") return head.poseOf(set);
    const pose = { ...head.REST };
    for (const { muscle, side, planes, levels, certainty } of actions) {
      const sides = ["right", "left"].filter((one) => set.muscles.includes(`${one} ${muscle}`));
      const size = pulls[certainty];
      for (const plane of planes) {
        // Bending needs both sides.
        const pull = side ? sum(sides.map((one) => size * (one === "right" ? side : -side))) : sides.length === 2 ? size : 0;
        if (plane === "shoulder") for (const one of sides) pose[`${one}Shoulder`] = Math.min(1, pose[`${one}Shoulder`] + size / 45);
        else for (const level of levels) {
          const key = level + (plane === "turn" ? "Turn" : plane === "tilt" ? "Tilt" : "Bend");
          pose[key] += ((plane === "back" ? -1 : 1) * pull) / levels.length;
        }
      }
    }
    return pose;
  };

  /** The movements a posture is made of: plane, level, degrees, and 1 for right, -1 for left, 0 for the midline. */
  const partsOf = (/** @type {any} */ pose) => ["head", "neck"].flatMap((level) => [
    ["turn", pose[`${level}Turn`]], ["tilt", pose[`${level}Tilt`]], [pose[`${level}Bend`] > 0 ? "forward" : "back", pose[`${level}Bend`]],
  ].filter(([, size]) => Math.abs(size) >= 1).map(([plane, size]) => ({
    plane, level, size: Math.abs(size), way: plane === "turn" || plane === "tilt" ? Math.sign(size) : 0,
  })));

  const suspectsOf = (/** @type {any} */ parts, /** @type {any} */ pose) => {
    const raised = ["right", "left"].filter((one) => pose[`${one}Shoulder`] > 0);
    const wanted = [...parts, ...raised.map((one) => ({ plane: "shoulder", way: one === "right" ? 1 : -1 }))];
    const found = new Map();
    const helps = (/** @type {any} */ { plane, level, way }, /** @type {any} */ action, /** @type {any} */ own) => action.planes.includes(plane) && (!level || action.levels.includes(level))
      && (action.certainty === "disputed" || !way || own * (plane === "shoulder" ? 1 : action.side) === way);
    for (const own of [1, -1]) {
      for (const action of actions) {
        const parts = wanted.filter((part) => helps(part, action, own));
        if (!parts.length) continue;
        const key = `${SIDEWAYS[own + 1]} ${action.muscle}`;
        const entry = found.get(key) ?? { own, action, does: [], doubts: [], weight: 0 };
        const doubtful = action.certainty === "disputed";
        entry.does.push(...parts.map((part) => (doubtful ? `${MOVES[part.plane]}: side disputed` : MOVES[part.plane])));
        if (action.dispute) entry.doubts.push(action.dispute);
        entry.weight += doubtful ? 0 : parts.length;
        found.set(key, entry);
      }
    }
    // What one muscle would spoil: the sternocleidomastoid turns one way and tilts the other.
    for (const entry of found.values()) {
      entry.against = [...new Set(actions.filter((/** @type {any} */ { muscle, certainty, side }) => muscle === entry.action.muscle && certainty === "settled" && side)
        .flatMap((/** @type {any} */ { planes, side, levels }) => wanted.filter((part) => part.way && part.plane !== "shoulder" && planes.includes(part.plane)
          && levels.includes(part.level) && entry.own * side === -part.way).map((part) => MOVES[part.plane])))];
    }
    for (const [key, entry] of [...found]) {
      if (entry.weight) continue;
      // Where the side is disputed both sides are suspects: one line is enough.
      found.delete(key);
      const name = entry.action.muscle;
      if (![1, -1].some((own) => found.get(SIDEWAYS[own + 1] + " " + name)?.weight)) found.set("either " + name, { ...entry, against: [] });
    }
    return [...found].sort(([, a], [, b]) => b.weight - b.against.length - (a.weight - a.against.length));
  };

  const inWords = (/** @type {any} */ pose, /** @type {any} */ parts, /** @type {any} */ tremor) => {
    const lines = parts.map((/** @type {any} */ { plane, level, size, way }) => {
      const where = level === "head" ? "The head is" : "The neck is";
      const to = way ? ` to the ${SIDEWAYS[way + 1]}` : "";
      return where + " " + VERBS[plane] + " " + Math.round(size) + "°" + to + (level === "head" ? ", on the neck." : ", on the trunk.");
    });
    for (const side of ["right", "left"]) {
      const share = Math.round(100 * pose[`${side}Shoulder`]);
      if (share) lines.push(`The ${side} shoulder is raised by ${share} % of what the drawing can lift.`);
    }
    const larynx = pose.neckTurn ? "The larynx has moved to the " + SIDEWAYS[Math.sign(pose.neckTurn) + 1] + "." : pose.headTurn ? "The larynx is in the midline." : "";
    if (larynx) lines.push(larynx);
    if (tremor) lines.push("Tremor turns the head to and fro by " + tremor + (moving ? "°." : "° (the movement is stopped)."));
    return lines.join(" ") || "The head is straight and the shoulders are level.";
  };

  const named = (/** @type {any} */ parts) => {
    const part = (/** @type {any} */ plane, /** @type {any} */ level) => parts.find((/** @type {any} */ one) => one.plane === plane && one.level === level);
    const shifts = [];
    const [headTilt, neckTilt] = [part("tilt", "head"), part("tilt", "neck")];
    if (headTilt && neckTilt && headTilt.way !== neckTilt.way) shifts.push(`lateral shift to the ${SIDEWAYS[neckTilt.way + 1]}`);
    if (part("forward", "neck") && part("back", "head")) shifts.push("forward sagittal shift");
    if (part("back", "neck") && part("forward", "head")) shifts.push("backward sagittal shift");
    const names = parts.map((/** @type {any} */ { plane, level, way }) => NAMES[plane][level] + (way ? ` to the ${SIDEWAYS[way + 1]}` : ""));
    return names.length ? capital(listed(names)) + (shifts.length ? ` (${listed(shifts)})` : "") : "No deviation of head or neck";
  };

  const why = (/** @type {any} */ key, /** @type {any} */ pose) => {
    const whole = /** @type {Record<string, string>} */ ({ rotation: "Turn", laterocollis: "Tilt", bend: "Bend" })[key];
    if (whole) {
      const size = pose[`head${whole}`] + pose[`neck${whole}`];
      return `head and neck together: ${Math.abs(Math.round(size))}°`;
    }
    if (key === "shoulder") return `${Math.round(100 * Math.max(pose.rightShoulder, pose.leftShoulder))} % of what the drawing can lift`;
    const way = key === "lateral" ? "Tilt" : "Bend";
    const [neck, skullOn] = [pose["neck" + way], pose["head" + way]];
    const round = (/** @type {any} */ value) => Math.abs(Math.round(value));
    return "neck " + round(neck) + "° and head " + round(skullOn) + "°, " + (neck * skullOn < 0 ? "opposed" : "not opposed");
  };

  const link = (/** @type {any} */ { href, link: address }) => {
    const node = make("a", "source", inBook ? { href } : { href: address, target: "_blank", rel: "noopener" });
    keepKeys([node]);
    return node;
  };

  const later = afterwards(signal);
  let aloud = false; // whether a move that is told of was the reader's last

  const sync = (/** @type {boolean} */ announced, note = "") => {
    const set = read();
    const pose = poseOf(set);
    const parts = partsOf(pose);
    const byMuscles = set.begin === "muscles";
    find(".by-posture").hidden = byMuscles;
    find(".by-muscles").hidden = !byMuscles;
    for (const control of controls) {
      if (control.type !== "range") continue;
      const { value, dataset: { set: key } } = control;
      const size = Math.abs(value);
      const ways = key === "bend" || key === "sagittal" ? ["backward", "", "forward"] : SIDEWAYS;
      const words = size + (["right", "left"].includes(key) ? " %" : "°") + (key !== "tremor" && control.min < 0 && size ? " " + ways[Math.sign(value) + 1] : "");
      control.parentNode.querySelector("b").textContent = words;
      control.setAttribute("aria-valuetext", words);
    }

    /** @type {any[]} */
    const suspects = byMuscles
      ? set.muscles.map((/** @type {string} */ key) => {
        const [own, muscle] = [key.startsWith("right") ? 1 : -1, key.replace(/^\w+ /, "")];
        const mine = actions.filter((/** @type {any} */ action) => action.muscle === muscle);
        const toward = (/** @type {any} */ { certainty, side }, /** @type {any} */ plane) => MOVES[plane] + (certainty === "disputed" ? ": side disputed"
          : !side ? " with its fellow" : plane === "shoulder" ? "" : " to the " + SIDEWAYS[own * side + 1]);
        return [key, { own, action: mine[0], does: mine.flatMap((/** @type {any} */ action) => action.planes.map((/** @type {any} */ plane) => toward(action, plane))), doubts: mine.map((/** @type {any} */ { dispute }) => dispute).filter(Boolean), against: [] }];
      })
      : suspectsOf(parts, pose);
    const marks = suspects.filter(([, entry]) => byMuscles || entry.weight > 0).map(([key, { action }]) => `${key.split(" ")[0]} ${action.band}`);
    stage.show(pose, [...new Set(marks)]);
    // Three to and fro in a second: the eye sees a tremor; the figure is ours.
    if (set.tremor && moving) stage.play((/** @type {any} */ seconds) => ({ ...pose, headTurn: pose.headTurn + set.tremor * Math.sin(seconds * 6 * Math.PI) }));
    find(".motion").hidden = !set.tremor;
    find("[data-do=motion]").textContent = moving ? "Stop the movement" : "Start the movement";
    aloud ||= announced;
    later(() => tell({ set, pose, parts, byMuscles, suspects, note }));
    return set;
  };

  const tell = (/** @type {any} */ { set, pose, parts, byMuscles, suspects, note }) => {
    const table = find(".suspects");
    table.caption.textContent = byMuscles ? "What these muscles do" : "Muscles that can make this posture, those that explain most first";
    const rows = suspects.map((/** @type {any} */ [key, { action, does, doubts, against }]) => {
      const first = make("th", [capital(shown(key)) + " ", link(action)], { scope: "row" });
      const second = make("td", capital([...new Set(does)].join("; ")));
      if (against.length) second.append(make("small", `But it ${listed(against)} the other way.`));
      for (const doubt of new Set(doubts)) second.append(make("small", doubt));
      return make("tr", [first, second, make("td", action.nerve), make("td", action.target)]);
    });
    table.tBodies[0].replaceChildren(...rows);
    table.parentNode.hidden = !rows.length;

    find(".reach").replaceChildren(...Object.entries(reaches).map(([reach, words]) => {
      const mine = suspects.filter((/** @type {any} */ [, { action }]) => action.reach === reach).map((/** @type {any} */ [key]) => shown(key));
      return make("li", `${words}: ${mine.length ? mine.join(", ") : "none of these"}.`);
    }), make("li", "Stimulation in the brain: does not depend on the nerve; see its own chapter."));
    find(".reach").hidden = find(".head-line").hidden = !rows.length;

    /** @type {Record<string, number>} */
    const earned = head.excursion(pose, cuts);
    const points = sum(Object.values(earned));
    const most = sum(Object.values(items).map(([, limit]) => limit));
    find(".earned tbody").replaceChildren(...Object.entries(items).map(([key, [label, limit]]) => {
      const first = make("th", label, { scope: "row" });
      return make("tr", [first, make("td", `${earned[key]} of ${limit}`), make("td", why(key, pose))]);
    }));

    find(".told").textContent = inWords(pose, parts, set.tremor);
    if (aloud) find(".summary").textContent = `${named(parts)}. These items: ${points} of ${most} points.${note}`;
    aloud = false;
  };

  /** @type {any} */
  let mine = null;
  const save = (/** @type {any} */ set) => {
    const answers = { ...model.get("answers"), "#posture": set };
    mine = answers;
    keep(model, answers);
  };
  const load = () => {
    if (model.get("answers") === mine) return; // what was just saved is shown already
    const kept = model.get("answers")?.["#posture"];
    const sound = isRecord(kept);
    const refused = write(sound ? kept : {});
    const lost = (kept !== undefined && !sound) || refused;
    sync(true, lost ? " Some of what was kept could not be read and was set aside." : "");
  };

  root.addEventListener("input", (/** @type {any} */ { target }) => target.matches("[data-set]") && sync(false), { signal });
  root.addEventListener("change", (/** @type {any} */ { target }) => target.matches("[data-set], [data-muscle]") && save(sync(true)), { signal });
  root.addEventListener("click", (/** @type {any} */ { target }) => {
    if (target.dataset.do === "motion") moving = !moving;
    else if (target.dataset.do === "clear") write({ begin: read().begin });
    else return;
    save(sync(true));
  }, { signal });
  keepKeys(all("a, button, input, select, summary"));
  model.on("change:answers", load);
  find(".all").open = false;
  find(".live").hidden = false;
  load();
  return () => {
    model.off("change:answers", load);
    ended.abort();
  };
}

export default { render };
