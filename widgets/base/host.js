// @ts-check
// Needs: base/edition.js
// Needs: base/shelf.js
// Stands in for the notebook's kernel in the published page: gives each front end a model with the
// anywidget interface (get, set, on, off, save_changes) and keeps `answers` in this browser (see shelf.js).

/** Keys of before editions had names, as far as they are ours. */
const BEFORE = /^course\/(?=(quiz|course|conference|worksheet|risk|rating|posture|poll)\/)/;

const openStore = () => {
  try {
    const probe = `${EDITION}/probe`;
    localStorage.setItem(probe, "1");
    localStorage.removeItem(probe);
    return localStorage;
  } catch {
    return null; // refused: private window, blocked site data, no room
  }
};

const store = openStore();

/** Moves what was kept below "course/" to this edition's name. @param {Storage} store @param {string} prefix */
const takeOver = (store, prefix) => {
  try {
    for (const key of Object.keys(store).filter((one) => BEFORE.test(one))) {
      const now = key.replace(BEFORE, `${EDITION}/`);
      if (!now.startsWith(prefix)) continue;
      if (store.getItem(now) === null) store.setItem(now, store.getItem(key) ?? "");
      store.removeItem(key);
    }
  } catch {
    // No room for both: the rest is taken over when there is.
  }
};

/** @type {Map<string, Shelf>} */
const shelves = new Map();

/** What this page keeps below a prefix: one shelf, however many widgets stand at it. @param {string} prefix @returns {Shelf} */
const shelfAt = (prefix) => {
  const known = shelves.get(prefix);
  if (known) return known;
  if (store) takeOver(store, prefix);
  const shelf = createShelf(prefix, store);
  shelves.set(prefix, shelf);
  return shelf;
};

if (store) addEventListener("storage", ({ key }) => {
  for (const [prefix, shelf] of shelves) {
    // A null key means that everything was cleared at once.
    if (key !== null && !key.startsWith(prefix)) continue;
    shelf.read();
    shelf.tell("change:answers");
  }
});

/** Puts what widgets of several pages have in common where the front end looks for it. @param {HTMLElement} el */
const fetchShared = (el) =>
  new Promise((resolve, reject) => {
    const script = Object.assign(document.createElement("script"), { src: el.dataset.shared, onerror: reject });
    script.onload = () => {
      const data = Object.assign(document.createElement("script"), { type: "application/json" });
      data.textContent = JSON.stringify(/** @type {any} */ (globalThis).courseData);
      (el.firstElementChild ?? el).append(data);
      resolve(undefined);
    };
    document.head.append(script);
  });

/** @type {WeakSet<HTMLElement>} */
const begun = new WeakSet();

/** @param {HTMLElement} el */
const start = async (el) => {
  if (begun.has(el)) return;
  begun.add(el);
  try {
    if (el.dataset.shared) await fetchShared(el);
  } catch {
    begun.delete(el); // the network may come back: its markup reads until then
    addEventListener("online", () => start(el), { once: true });
    return;
  }
  el.dataset.alive = "";
  const { widget = "", name, keeps = `${widget}/${name}/` } = el.dataset;
  try {
    frontEnds[widget].render({ model: createModel(name, shelfAt(`${EDITION}/${keeps}`)), el });
  } catch (error) {
    // The markup reads without its front end; say why nothing reacts.
    const notice = document.createElement("p");
    notice.setAttribute("role", "status");
    notice.textContent = "This exercise could not start in this browser. You can still read it below.";
    el.prepend(notice);
    console.error(error);
  }
};

// A widget starts when the reader comes near it, by scrolling or by key, so that a long page opens at once.
const nearby = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      nearby.unobserve(target);
      start(/** @type {HTMLElement} */ (target));
    }
  },
  { rootMargin: "100% 0px" },
);
// Each kind of widget has a script of its own, with a host of its own.
const widgets = [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".course-widget"))]
  .filter((el) => (el.dataset.widget ?? "") in frontEnds);
for (const el of widgets) {
  if (el.hidden) {
    start(el); // it has no place of its own to come near
    continue;
  }
  nearby.observe(el);
  el.addEventListener("focusin", () => start(el), { once: true });
}
// What is folded has no width to draw in; a fold that is printed was opened before (see the page's script).
addEventListener("beforeprint", () => widgets.filter((el) => !el.closest("details:not([open])")).forEach(start));
