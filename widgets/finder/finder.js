// @ts-check
// Needs: base/markup.js
// Shows what follows from the answers about one person: everything else that the page holds steps aside.
// Nothing is kept, since it is about somebody.

/** @param {{ model: Model, el: HTMLElement }} shown */
function render({ model, el }) {
  const root = rootIn({ model, el }, ".finder");
  const form = root.querySelector("form");
  const state = root.querySelector(".state");
  const told = root.querySelector(".case");
  const findings = [...root.querySelectorAll("[data-finding]")].map((node) => ({
    node,
    when: Object.entries(JSON.parse(node.dataset.when)),
    unless: Object.entries(JSON.parse(node.dataset.unless ?? "{}")),
  }));
  const asked = [...root.querySelectorAll("[data-question]")];
  const needed = root.dataset.needed?.split(" ") ?? [];
  const verdicts = root.dataset.verdicts?.split("|") ?? [];
  const most = Number(root.dataset.most);
  const ended = new AbortController();
  const { signal } = ended;
  form.hidden = false;
  root.dataset.alive = "";
  keepKeys(root.querySelectorAll("input, button"));

  const draw = () => {
    /** @type {Record<string, string[]>} */
    const answers = {};
    const words = [];
    for (const field of asked) {
      const chosen = [...field.querySelectorAll("input:checked")];
      if (!chosen.length) continue;
      answers[field.dataset.question] = chosen.map((one) => one.value);
      words.push(chosen.map((one) => one.parentElement.textContent.trim()).join(", "));
    }
    const any = words.length > 0;
    let numbers = 0;
    let holds = false;
    const has = (/** @type {[string, string[]]} */ [question, wanted]) => answers[question]?.some((/** @type {string} */ one) => wanted.includes(one));
    for (const { node, when, unless } of findings) {
      const fits = when.every(has) && !unless.some(has);
      const counted = fits && node.closest("[data-section=numbers]") ? ++numbers : 0;
      node.hidden = !fits || counted > most;
      holds ||= fits && "holds" in node.dataset;
    }
    for (const head of root.querySelectorAll("[data-verdict-of]")) {
      const list = head.nextElementSibling;
      const shown = [...list.querySelectorAll("li:not([hidden])")];
      const worst = Math.max(-1, ...shown.map((one) => verdicts.indexOf(one.dataset.verdict)));
      setText(head.querySelector(".verdict"), worst < 0 ? "" : `: ${verdicts[worst]}`);
      head.hidden = list.hidden = worst < 0;
    }
    for (const section of root.querySelectorAll("[data-section]")) {
      section.hidden = !section.querySelector("li:not([hidden])");
    }
    const unasked = needed.filter((/** @type {string} */ one) => !answers[one]);
    const names = unasked.map((/** @type {string} */ one) => root.querySelector(`[data-question=${one}] legend`).textContent);
    const { ready, ask, hold } = state.dataset;
    setText(state, holds ? hold : unasked.length ? `${ask} ${names.join(" ")}` : ready);
    root.dataset.state = holds ? "hold" : unasked.length ? "ask" : "ready";
    setText(told, any ? `The person: ${words.join("; ")}.` : "");
    told.hidden = !any;
  };

  form.addEventListener("change", draw, { signal });
  form.addEventListener("reset", () => setTimeout(draw), { signal });
  form.addEventListener("submit", (/** @type {Event} */ event) => event.preventDefault(), { signal });
  root.querySelector("[data-do=print]").addEventListener("click", () => {
    const page = document.documentElement;
    page.classList.add("print-finder");
    addEventListener("afterprint", () => page.classList.remove("print-finder"), { once: true });
    print();
  }, { signal });
  draw();
  return () => ended.abort();
}

export default { render };
