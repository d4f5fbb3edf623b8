// Needs answers.js. The fields of the page: results as one types, chosen by arrows and Enter, told to who does not see them.
const KINDS = {
  page: "Page", section: "Section", question: "Question", case: "Case", term: "Glossary", row: "Evidence", widget: "To try out",
  advice: "What to do",
};
const [SHOWN, LISTED, AROUND] = [8, 50, 170];
const ROOT = new URL("../", document.currentScript.src).href.split("?")[0];
document.head.append(Object.assign(document.createElement("style"), { textContent: style }));

const make = (tag, given = {}, ...inside) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (name in made && !/^(role|aria)/.test(name)) made[name] = value;
    else made.setAttribute(name, value);
  }
  made.append(...inside);
  return made;
};

// Where a place's words stand closest, with those words marked.
function snippet({ text, stems: wanted }) {
  const hits = hitsIn(text, wanted);
  let [start, best] = [0, 0];
  for (const { index } of hits) {
    const inside = hits.filter((hit) => hit.index >= index && hit.index < index + AROUND);
    const found = new Set(inside.map(([word]) => stem(plain(word)))).size;
    if (found > best) [start, best] = [index, found];
  }
  const sentence = text.slice(0, start).search(/[.?!] [^.?!]*$/) + 1;
  start = start - sentence < AROUND / 2 ? sentence : text.indexOf(" ", start - AROUND / 3);
  let end = start + AROUND >= text.length ? text.length : text.lastIndexOf(" ", start + AROUND);
  if (end <= start) end = text.length;
  return make("span", { className: "search-snippet" },
    start > 0 ? "… " : "", ...marked(text.slice(start, end).trim(), wanted), end < text.length ? " …" : "");
}

// A text, those of its words in marks that are wanted.
function marked(text, wanted) {
  const parts = [];
  let at = 0;
  for (const { 0: word, index } of hitsIn(text, wanted)) {
    parts.push(text.slice(at, index), make("mark", { textContent: word }));
    at = index + word.length;
  }
  return [...parts, text.slice(at)];
}
const hitsIn = (text, wanted) => [...text.matchAll(/[\p{L}\p{N}’']+/gu)].filter(([word]) => isOne(word, wanted));
const isOne = (word, wanted) => wordsOf(word).some((part) => !FEW.has(part) && wanted.has(stem(part)));

// A link to the place, which takes the words along as they are written there.
function address(hit) {
  const words = new Set((`${hit.title} ${hit.text}`.match(/[\p{L}\p{N}]+/gu) ?? []).filter((word) => isOne(word, hit.stems)));
  const some = [...new Set([...words].map((word) => word.toLowerCase()))].slice(0, 12);
  const marked = some.length ? `?marked=${some.map(encodeURIComponent).join("+")}` : "";
  return `${ROOT}${hit.address}${marked}${hit.kind === "page" ? "" : `#${hit.anchor}`}`;
}

function shown(hit, given) {
  const title = make("b", {}, ...marked(hit.title, hit.stems));
  const where = hit.kind === "page" ? [title] : [`${hit.page} › `, title];
  return make("a", { className: "search-hit", href: address(hit), ...given },
    make("span", { className: "search-kind", textContent: `${KINDS[hit.kind]}${hit.lay ? " · for patients" : ""}` }), ...where, snippet(hit));
}

const count = (number) => (number ? `${number} result${number === 1 ? "" : "s"}` : "Nothing found");

function enliven(form, number) {
  const field = form.querySelector("input");
  const id = `search-found-${number}`;
  const list = make("div", { id, className: "search-found", role: "listbox", "aria-label": "Results", hidden: true });
  const told = make("p", { className: "search-told", role: "status" });
  form.append(list, told);
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-expanded": "false", "aria-controls": id, "aria-autocomplete": "list", autocomplete: "off",
  })) field.setAttribute(name, value);
  let chosen = -1;
  const open = (yes) => {
    list.hidden = !yes;
    field.setAttribute("aria-expanded", String(yes));
    if (!yes) choose(-1);
    else place();
  };
  const place = () => {
    const box = field.getBoundingClientRect();
    const width = Math.min(Math.max(box.width, 576), innerWidth - 2 * Math.min(box.left, 16));
    const left = Math.min(box.left, innerWidth - width - 8);
    const top = box.bottom + 6;
    Object.assign(list.style, { left: `${left}px`, top: `${top}px`, width: `${width}px`, maxHeight: `${Math.max(160, innerHeight - top - 12)}px` });
  };
  const choose = (at) => {
    const options = [...list.querySelectorAll("[role=option]")];
    options[chosen]?.setAttribute("aria-selected", "false");
    chosen = at;
    if (!options[at]) {
      field.removeAttribute("aria-activedescendant");
      return;
    }
    options[at].setAttribute("aria-selected", "true");
    options[at].scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", options[at].id);
  };
  const look = () => {
    chosen = -1;
    field.removeAttribute("aria-activedescendant");
    if (!field.value.trim()) {
      open(false);
      told.textContent = "";
      return;
    }
    const hits = answers(field.value, { typing: true, most: SHOWN });
    list.setAttribute("role", hits.length ? "listbox" : "presentation");
    list.replaceChildren(...hits.map((hit, at) => shown(hit, { role: "option", id: `${id}-${at}`, tabIndex: -1, "aria-selected": "false" })));
    if (!hits.length) list.append(make("p", { className: "search-none", textContent: "Nothing found. Try another word for it." }));
    told.textContent = `${count(hits.length)}${hits.length ? "; arrows choose, Enter opens" : ""}`;
    list.scrollTop = 0;
    open(true);
  };
  field.addEventListener("input", look);
  field.addEventListener("focus", () => field.value.trim() && look());
  field.addEventListener("keydown", (event) => {
    const size = list.querySelectorAll("[role=option]").length;
    if (event.key === "Escape" && !list.hidden) {
      open(false);
    } else if (event.key === "Enter" && chosen >= 0) {
      list.querySelectorAll("[role=option]")[chosen].click();
    } else if (["ArrowDown", "ArrowUp"].includes(event.key) && size) {
      if (list.hidden) open(true);
      const step = event.key === "ArrowDown" ? 1 : -1;
      choose(chosen < 0 && step < 0 ? size - 1 : ((chosen + 1 + step + size + 1) % (size + 1)) - 1);
    } else return;
    event.preventDefault();
  });
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
  list.addEventListener("click", () => open(false));
  form.addEventListener("focusout", ({ relatedTarget }) => form.contains(relatedTarget) || open(false));
  addEventListener("resize", () => list.hidden || place());
  addEventListener("scroll", () => list.hidden || place(), { passive: true, capture: true });
  if (document.activeElement === field) look();
}

// The page of all results: the words come with its address, and stay in it.
function enlivenPage(form) {
  const field = form.querySelector("input");
  const told = document.querySelector(".search-count");
  const list = document.querySelector(".search-list");
  const look = () => {
    const hits = field.value.trim() ? answers(field.value, { most: LISTED }) : [];
    told.textContent = field.value.trim() ? count(hits.length) : "";
    list.replaceChildren(...hits.map((hit) => make("li", {}, shown(hit))));
  };
  field.value = new URLSearchParams(location.search).get("q") ?? "";
  field.addEventListener("input", look);
  look();
}

document.querySelectorAll("form[data-search]").forEach((form, number) => {
  if (form.classList.contains("search-page")) enlivenPage(form);
  else enliven(form, number);
});
globalThis.courseSearch = answers;
