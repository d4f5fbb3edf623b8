// Counts how often a reader pressed the button.

const isCount = (value) => Number.isInteger(value) && value >= 0;

function render({ model, el }) {
  if (!el.querySelector(".tally")) el.innerHTML = model.get("markup");
  const root = el.querySelector(".tally");
  const button = root.querySelector("button");
  const output = root.querySelector("output");
  const ended = new AbortController();

  // What was kept may be old or broken: what is no count is read as none.
  const count = () => {
    const kept = model.get("answers").count;
    return isCount(kept) ? kept : 0;
  };
  const draw = () => {
    output.textContent = String(count());
  };
  const raise = () => {
    model.set("answers", { ...model.get("answers"), count: count() + 1 });
    model.save_changes();
    draw();
  };

  root.setAttribute("data-lm-suppress-shortcuts", "true");
  button.hidden = false;
  button.addEventListener("click", raise, { signal: ended.signal });
  model.on("change:answers", draw);
  draw();

  return () => {
    ended.abort();
    model.off("change:answers", draw);
  };
}

export default { render };
