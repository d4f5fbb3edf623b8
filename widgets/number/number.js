// @ts-check
// Opens, at a number of the text, a note on what stands behind it: on hover, on focus, and on the first tap.
// On a page for patients the number itself leads nowhere else: the row, written for doctors, is a link of the note.

let loading;

const loadNotes = (/** @type {string} */ address) => {
  loading ??= new Promise((resolve) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = () => resolve(/** @type {any} */ (globalThis).courseNotes);
    script.onerror = () => resolve({}); // the link to the row still works
    document.head.append(script);
  });
  return loading;
};

const idOf = (/** @type {HTMLAnchorElement} */ link) => decodeURIComponent(link.hash.slice(1));

/** @param {{ model: Model, el: HTMLElement }} shown */
function render({ el }) {
  const tip = document.createElement("div");
  tip.className = "est-note";
  tip.id = "est-note";
  tip.setAttribute("role", "complementary");
  tip.setAttribute("aria-label", "What stands behind this number");
  tip.hidden = true;
  document.body.append(tip);
  const ended = new AbortController();
  const { signal } = ended;
  const forPatients = el.dataset.for === "patients";
  /** @type {any} */
  let shown; // the link whose note is open
  /** @type {any} */
  let timer;

  const hide = () => {
    clearTimeout(timer);
    shown?.removeAttribute("aria-describedby");
    shown = undefined;
    tip.hidden = true;
  };

  const place = (/** @type {HTMLAnchorElement} */ link) => {
    const [at, page] = [link.getClientRects()[0], document.documentElement];
    tip.style.maxWidth = `${Math.min(352, page.clientWidth - 16)}px`;
    const left = Math.min(at.left, page.clientWidth - tip.offsetWidth - 8);
    const below = at.bottom + tip.offsetHeight + 8 < innerHeight || at.top < tip.offsetHeight + 8;
    tip.style.left = `${Math.max(8, left) + scrollX}px`;
    tip.style.top = `${(below ? at.bottom + 4 : at.top - tip.offsetHeight - 4) + scrollY}px`;
  };

  const show = async (/** @type {HTMLAnchorElement} */ link) => {
    const lines = (await loadNotes(el.dataset.notes ?? ""))[idOf(link)];
    if (!lines || !link.isConnected) return;
    hide();
    shown = link;
    const [study, ...rest] = lines;
    const parts = [Object.assign(document.createElement("b"), { textContent: study })];
    parts.push(...rest.map((/** @type {string} */ line) => Object.assign(document.createElement("p"), { textContent: line })));
    const more = Object.assign(document.createElement("a"), {
      href: link.href,
      textContent: forPatients ? "Its row in the evidence (a table for doctors)" : "See its row in the evidence",
    });
    if (!forPatients) more.tabIndex = -1; // by keyboard the number itself is that link
    parts.push(more);
    tip.replaceChildren(...parts);
    tip.hidden = false;
    link.setAttribute("aria-describedby", tip.id);
    place(link);
  };

  const later = (/** @type {any} */ act, /** @type {number} */ wait) => {
    clearTimeout(timer);
    timer = setTimeout(act, wait);
  };
  const linkAt = (/** @type {any} */ event) => event.target.closest?.("a.est");

  let touched = false;
  let returning = false;
  const listen = (/** @type {string} */ type, /** @type {any} */ act) => document.addEventListener(type, act, { signal });
  listen("pointerover", (/** @type {any} */ event) => {
    if (event.pointerType === "touch") return;
    const link = linkAt(event);
    if (link && link !== shown) later(() => show(link), 150);
    else if (link || tip.contains(event.target)) clearTimeout(timer);
    else if (shown && shown !== document.activeElement) later(hide, 250);
    else clearTimeout(timer);
  });
  listen("pointerdown", (/** @type {any} */ event) => {
    touched = event.pointerType === "touch";
    if (!linkAt(event) && !tip.contains(event.target)) hide();
  });
  listen("click", (/** @type {any} */ event) => {
    const link = linkAt(event);
    if (!link || (!forPatients && (!touched || link === shown))) return;
    event.preventDefault();
    show(link).then(() => {
      if (shown !== link) location.assign(link.href); // the notes did not come
      else if (!event.detail) tip.querySelector("a")?.focus(); // chosen by key: on to the note's link
    });
  });
  listen("focusin", (/** @type {any} */ event) => {
    const link = linkAt(event);
    if (returning) return;
    if (link && !touched) show(link);
    else if (!link && !tip.contains(event.target)) hide();
  });
  listen("keydown", (/** @type {any} */ event) => {
    const from = tip.contains(document.activeElement) && shown;
    if (event.key !== "Escape" && !(from && event.key === "Tab")) return;
    hide();
    returning = true;
    if (from) from.focus({ preventScroll: true }); // the reader goes on from the number
    returning = false;
  });
  addEventListener("resize", hide, { signal });
  // The reader's first move may have led to a number while this script was still on its way.
  const met = /** @type {HTMLAnchorElement | null} */ (document.querySelector("a.est:is(:hover, :focus-visible)"));
  if (met) show(met);
  return () => {
    ended.abort();
    tip.remove();
  };
}

export default { render };
