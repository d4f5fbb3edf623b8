// @ts-check
// Needs: base/markup.js
// Shows one step at a time. Without it, and on paper, all steps stand below each other.

/** @param {{ model: Model, el: HTMLElement }} shown */
function render({ model, el }) {
  const root = rootIn({ model, el }, ".steps");
  const items = [...root.querySelectorAll("li")];
  const names = items.map((item) => item.querySelector(".name").textContent);
  // A page has the drawing as a file, in light and dark; a notebook has it with the widget.
  for (const still of root.querySelectorAll("img")) {
    if (still.dataset.still) still.src = `data:image/svg+xml,${encodeURIComponent(model.get("drawing"))}#${still.dataset.still.split("#")[1]}`;
    still.loading = "eager"; // one file: the next step and the paper wait for nothing
  }
  linkSources(root);
  let at = 0;
  const told = make("span", "", { role: "status" });
  const [back, next] = ["Back", "Next"].map((name, way) => make("button", name, { type: "button", onclick: () => go(at + 2 * way - 1) }));
  const tools = make("p", [back, told, next], { className: "tools" });

  /** @param {number} to */
  const go = (to) => {
    at = Math.min(Math.max(to, 0), items.length - 1);
    items.forEach((item, place) => { item.hidden = place !== at; });
    setText(told, `Step ${at + 1} of ${items.length}: ${names[at]}`);
    // Not disabled: whoever stands on it would lose the place.
    back.setAttribute("aria-disabled", String(at === 0));
    next.setAttribute("aria-disabled", String(at === items.length - 1));
  };
  tools.addEventListener("keydown", (/** @type {any} */ event) => {
    const way = { ArrowLeft: -1, ArrowRight: 1 }[/** @type {string} */ (event.key)];
    if (!way || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    go(at + way);
  });
  keepKeys([back, next, ...root.querySelectorAll("summary")]);
  root.querySelector("ol").before(tools);
  root.dataset.alive = "";
  go(0);
  return () => tools.remove();
}

export default { render };
