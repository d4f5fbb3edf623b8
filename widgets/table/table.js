// Search, choice and order for a table that reads without it. Nothing is kept: a reload shows every row.

const compare = new Intl.Collator("en", { numeric: true, sensitivity: "base" }).compare;

function render({ model, el }) {
  if (!el.querySelector(".data-table")) el.innerHTML = model.get("markup");
  const root = el.querySelector(".data-table");
  const body = root.querySelector("tbody");
  const rows = [...body.rows];
  const words = new Map(rows.map((row) => [row, row.textContent.toLowerCase()]));
  const headings = [...root.querySelectorAll("thead th")];
  const search = root.querySelector("input[type=search]");
  const choices = [...root.querySelectorAll("select")];
  const count = root.querySelector(".count");
  const ended = new AbortController();
  const { signal } = ended;
  const columnOf = (select) => headings.findIndex((heading) => heading.dataset.key === select.dataset.key);
  const textIn = (row, column) => row.cells[column].textContent.trim();

  for (const select of choices) {
    const values = [...new Set(rows.map((row) => textIn(row, columnOf(select))))].filter(Boolean).sort(compare);
    for (const value of values) select.add(new Option(value, value));
  }

  const filter = () => {
    const wanted = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      const fits =
        wanted.every((word) => words.get(row).includes(word))
        && choices.every((select) => !select.value || textIn(row, columnOf(select)) === select.value);
      row.hidden = !fits;
      shown += fits;
    }
    count.textContent = shown === rows.length ? `${rows.length} rows` : `${shown} of ${rows.length} rows`;
  };

  const value = (row, column) => row.cells[column].dataset.sort ?? textIn(row, column);
  const order = (column, down) => {
    // Rows without a value stay at the end, whichever way the others run.
    const full = rows.filter((row) => value(row, column));
    const empty = rows.filter((row) => !value(row, column));
    full.sort((one, other) => compare(value(one, column), value(other, column)) * (down ? -1 : 1));
    body.append(...full, ...empty);
  };

  headings.forEach((heading, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener("click", () => {
      const down = heading.getAttribute("aria-sort") === "ascending";
      for (const other of headings) other.removeAttribute("aria-sort");
      heading.setAttribute("aria-sort", down ? "descending" : "ascending");
      order(column, down);
    }, { signal });
  });
  search.addEventListener("input", filter, { signal });
  for (const select of choices) select.addEventListener("change", filter, { signal });

  // A link to a row that a filter hides must still lead there.
  const reveal = () => {
    const row = rows.find((one) => `#${one.id}` === decodeURIComponent(location.hash));
    if (row?.hidden) {
      search.value = "";
      for (const select of choices) select.value = "";
      filter();
      row.scrollIntoView();
    }
  };
  addEventListener("hashchange", reveal, { signal });

  for (const control of root.querySelectorAll("a, button, input, select")) {
    control.dataset.lmSuppressShortcuts = "true";
  }
  root.querySelector(".controls").hidden = false;
  filter();
  return () => ended.abort();
}

export default { render };
