// @ts-check
// Needs: base/markup.js
// Needs: base/shape.js
// Draws the hands that a presenter counts and types. The same question may stand on two slides, before the
// session and after it: both show one count. Nobody's name is asked for, and the counts stay in this browser.
// In a deck the presenter's clicker wins: what a field has no use for leaves it, and turns the slide.

const ROUNDS = ["before", "after"];
const MOST = 999;
const TYPED = /^([\d.,+e-]|Backspace|Delete|Tab|Shift|ArrowUp|ArrowDown)$/;
const polls = new Map(); // entry -> the polls of that question that are alive on this page

const isCount = shape.whole(0, MOST);

// What was kept may be old, broken or somebody else's: what is no count reads as an empty field.
const sound = (/** @type {any} */ kept, /** @type {number} */ length) =>
  Object.fromEntries(
    ROUNDS.map((round) => {
      const hands = Array.isArray(kept?.[round]) ? kept[round] : [];
      return [round, Array.from({ length }, (_, index) => (isCount(hands[index]) ? hands[index] : null))];
    }),
  );

const words = (/** @type {(number | null)[]} */ hands) => {
  return hands.some((/** @type {any} */ one) => one !== null) ? count(sum(hands.map(Number)), "hand") : "not counted yet";
};

/** @param {{ model: Model, el: HTMLElement }} shown */
function render({ model, el }) {
  const root = rootIn({ model, el }, ".poll");
  const { entry } = root.dataset;
  const rows = [...root.querySelectorAll("tbody tr")];
  const fields = Object.fromEntries(
    ROUNDS.map((round) => [round, rows.map((row) => row.querySelector(`[data-round=${round}] input`))]),
  );
  const total = root.querySelector(".total");
  const clear = root.querySelector(".clear");
  const ended = new AbortController();
  const { signal } = ended;

  keepKeys([root]);
  for (const input of root.querySelectorAll("input")) input.hidden = false;

  const hands = () => sound(model.get("answers")[entry], rows.length);

  const draw = (/** @type {any} */ typing = undefined) => {
    const counted = hands();
    for (const round of ROUNDS) {
      const all = sum(counted[round]);
      fields[round].forEach((input, index) => {
        const count = counted[round][index];
        // The field that is being typed in keeps what stands in it, right or wrong.
        if (input !== typing) input.value = count ?? "";
        const share = all && count !== null ? (100 * count) / all : 0;
        const cell = input.closest("td");
        cell.querySelector("i").style.width = `${share}%`;
        cell.querySelector(".share").textContent = all && count !== null ? `${count} of ${all}` : "";
      });
    }
    setText(total, `Before: ${words(counted.before)}. After: ${words(counted.after)}.`);
    clear.hidden = ROUNDS.every((round) => counted[round].every((one) => one === null));
  };

  const keep = (/** @type {any} */ counted, /** @type {any} */ typing = undefined) => {
    const answers = { ...model.get("answers") };
    delete answers[entry];
    if (counted) answers[entry] = counted;
    model.set("answers", answers);
    model.save_changes();
    draw(typing);
    for (const other of polls.get(entry)) if (other !== twin) other.take(answers);
  };

  const twin = {
    model,
    take: (/** @type {Record<string, any>} */ answers) => {
      model.set("answers", { ...model.get("answers"), [entry]: answers[entry] });
      draw();
    },
  };
  const alive = polls.get(entry) ?? new Set();
  // Where the browser keeps nothing, the count comes from the other slide.
  for (const { model: other } of alive) {
    if (other.get("answers")[entry] && !model.get("answers")[entry]) model.set("answers", other.get("answers"));
  }
  alive.add(twin);
  polls.set(entry, alive);

  root.addEventListener("input", (/** @type {any} */ { target }) => {
    const counted = hands();
    for (const round of ROUNDS) {
      const index = fields[round].indexOf(target);
      if (index < 0) continue;
      const count = target.value === "" ? null : Number(target.value);
      const fits = !target.validity.badInput && (count === null || isCount(count));
      target.setCustomValidity(fits ? "" : `Type a whole number from 0 to ${MOST}.`);
      if (!fits) {
        total.textContent = target.validationMessage;
        return;
      }
      counted[round][index] = count;
    }
    keep(counted, target);
  }, { signal });
  root.addEventListener("keydown", (/** @type {any} */ event) => {
    const { target, key } = event;
    if (!target.matches("input") || !root.closest(".reveal")) return;
    if (event.ctrlKey || event.metaKey || event.altKey || TYPED.test(key)) return;
    event.preventDefault();
    target.blur(); // the deck hears keys when no field does, and this one is on its way to it
    if (key === "Escape" || key === "Enter") event.stopPropagation();
  }, { signal });
  clear.addEventListener("click", () => {
    keep(null);
    fields.before[0].focus(); // the button goes: the next thing to do is to count again
  }, { signal });
  const redraw = () => draw(root.contains(document.activeElement) ? document.activeElement : undefined);
  model.on("change:answers", redraw);
  draw();
  return () => {
    ended.abort();
    alive.delete(twin);
    model.off("change:answers", redraw);
  };
}

export default { render };
