// @ts-check
// Needs: base/markup.js
// Search, choice and order for a table that reads without it. Nothing is kept: a reload shows every row.

const compare = new Intl.Collator("en", { numeric: true, sensitivity: "base" }).compare;

/** @param {{ model: Model, el: HTMLElement }} shown */
function render({ model, el }) {
  const root = rootIn({ model, el }, ".data-table");
  const body = root.querySelector("tbody");
  const rows = [...body.rows];
  const words = new Map(rows.map((row) => [row, row.textContent.toLowerCase()]));
  const headings = [...root.querySelectorAll("thead th")];
  const search = root.querySelector("input[type=search]");
  const choices = [...root.querySelectorAll("select")];
  const count = root.querySelector(".count");
  const ended = new AbortController();
  const { signal } = ended;
  const columnOf = (/** @type {HTMLSelectElement} */ select) => headings.findIndex((heading) => heading.dataset.key === select.dataset.key);
  const textIn = (/** @type {HTMLTableRowElement} */ row, /** @type {number} */ column) => row.cells[column].textContent.trim();

  for (const select of choices) {
    const values = [...new Set(rows.map((row) => textIn(row, columnOf(select))))].filter(Boolean).sort(compare);
    for (const value of values) select.add(new Option(value, value));
  }

  // Columns keep the width that the whole table gave them: they do not jump, and fewer rows are laid out sooner.
  const table = body.parentElement;
  const hold = () => {
    if (table.style.tableLayout) return;
    const widths = headings.map((heading) => heading.offsetWidth);
    headings.forEach((heading, column) => { heading.style.width = `${widths[column]}px`; });
    Object.assign(table.style, { tableLayout: "fixed", width: `${table.offsetWidth}px` });
  };
  const release = () => {
    for (const { style } of [table, ...headings]) Object.assign(style, { tableLayout: "", width: "" });
  };

  const filter = () => {
    const wanted = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      const fits =
        wanted.every((/** @type {string} */ word) => words.get(row)?.includes(word))
        && choices.every((select) => !select.value || textIn(row, columnOf(select)) === select.value);
      row.hidden = !fits;
      shown += fits;
    }
    count.textContent = shown === rows.length ? `${rows.length} rows` : `${shown} of ${rows.length} rows`;
  };

  const value = (/** @type {HTMLTableRowElement} */ row, /** @type {number} */ column) => row.cells[column].dataset.sort ?? textIn(row, column);
  const order = (/** @type {number} */ column, /** @type {boolean} */ down) => {
    // Rows without a value stay at the end, whichever way the others run.
    const full = rows.filter((row) => value(row, column));
    const empty = rows.filter((row) => !value(row, column));
    full.sort((one, other) => compare(value(one, column), value(other, column)) * (down ? -1 : 1));
    body.append(...full, ...empty);
  };

  headings.forEach((heading, column) => {
    const button = make("button", [...heading.childNodes], { type: "button" });
    heading.append(button);
    button.addEventListener("click", () => {
      const down = heading.getAttribute("aria-sort") === "ascending";
      hold();
      for (const other of headings) other.removeAttribute("aria-sort");
      heading.setAttribute("aria-sort", down ? "descending" : "ascending");
      order(column, down);
    }, { signal });
  });
  const narrow = () => {
    hold();
    filter();
  };
  // A whole table takes long to lay out: it is held when a reader comes to search, before the first letter.
  root.querySelector(".controls").addEventListener("focusin", hold, { signal });
  search.addEventListener("input", narrow, { signal });
  for (const select of choices) select.addEventListener("change", narrow, { signal });
  addEventListener("resize", release, { signal });

  // A link leads to its row: out of a filter that hides it, and into sight of the box that the table scrolls in, which
  // neither a reload nor the way back does. Whoever came from a text can go back there.
  const back = make("button", "Back to where you were", { type: "button", className: "back" });
  back.addEventListener("click", () => history.back(), { signal });
  const reveal = () => {
    back.remove();
    const row = rows.find((one) => `#${one.id}` === location.hash);
    if (!row) return;
    if (row.hidden) {
      search.value = "";
      for (const select of choices) select.value = "";
      filter();
    }
    if (history.length > 1) row.cells[0].append(back);
    row.scrollIntoView({ block: "center", inline: "start", behavior: "instant" });
  };
  addEventListener("hashchange", reveal, { signal });
  addEventListener("pageshow", reveal, { signal });

  keepKeys(root.querySelectorAll("a, button, input, select"));
  root.querySelector(".controls").hidden = false;
  filter();
  reveal();
  return () => ended.abort();
}

export default { render };
