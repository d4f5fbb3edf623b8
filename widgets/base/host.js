// @ts-check
// Needs: base/registry.js
// Needs: base/edition.js
// Needs: base/shape.js
// Stands in for the notebook's kernel in the published page: gives each front end a model with the
// anywidget interface (get, set, on, off, save_changes) and keeps `answers` in this browser.
// Each entry of `answers` has a storage key of its own, so that two tabs never overwrite each other. Entries are
// replaced, never changed in place. What no widget can have kept is read as null: the front end sets it aside.

/** The longest entry, in UTF-16 units; a long exam takes a tenth of it. */
const LONGEST = 200_000;
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

/** @param {string} text */
const parse = (text) => {
  try {
    const value = text.length > LONGEST ? null : JSON.parse(text);
    return isBounded(value) ? value : null;
  } catch {
    return null;
  }
};

/** @param {string | undefined} name @param {string} prefix @returns {Model} */
const createModel = (name, prefix) => {
  /** @type {Record<string, any>} */
  const state = { name, answers: Object.create(null), storage: store ? "kept" : "refused" };
  /** What this tab last read or wrote: entry -> its text and its value. @type {Map<string, { text: string, value: any }>} */
  let known = new Map();
  /** @type {Map<string, (() => void)[]>} */
  const listeners = new Map();

  /** @param {string} event */
  const emit = (event) => {
    for (const listener of [...(listeners.get(event) ?? [])]) listener();
  };

  /** @param {Storage} store */
  const read = (store) => {
    const found = new Map();
    const answers = Object.create(null); // a stored key may be called "__proto__" or "constructor"
    for (const key of Object.keys(store).filter((one) => one.startsWith(prefix))) {
      const entry = key.slice(prefix.length);
      const text = store.getItem(key) ?? "";
      const old = known.get(entry);
      found.set(entry, old?.text === text ? old : { text, value: parse(text) });
      answers[entry] = found.get(entry).value;
    }
    known = found;
    state.answers = answers;
  };

  /** @param {Storage} store */
  const write = (store) => {
    try {
      for (const [entry, value] of Object.entries(state.answers)) {
        if (known.has(entry) && known.get(entry)?.value === value) continue;
        const text = JSON.stringify(value);
        if (known.get(entry)?.text !== text) store.setItem(prefix + entry, text);
        known.set(entry, { text, value });
      }
      for (const entry of [...known.keys()]) {
        if (Object.hasOwn(state.answers, entry)) continue;
        store.removeItem(prefix + entry);
        known.delete(entry);
      }
    } catch {
      state.storage = "refused"; // full or withdrawn: the answers live on in this page
      emit("change:storage");
    }
  };

  if (store) {
    takeOver(store, prefix);
    read(store);
    addEventListener("storage", (event) => {
      // A null key means that everything was cleared at once.
      if (event.key !== null && !event.key.startsWith(prefix)) return;
      read(store);
      emit("change:answers");
    });
  }

  /** @type {Model["set"]} */
  const set = (trait, value) => {
    if (state[trait] === value) return;
    state[trait] = value;
    emit(`change:${trait}`);
  };

  /** @type {Model["get"]} */
  const get = (trait) => state[trait];
  return {
    get,
    set: (trait, value) => {
      set(trait, value);
      onSet[trait]?.(value, get, set);
    },
    save_changes: () => {
      if (store) write(store);
    },
    on: (event, listener) => {
      listeners.set(event, [...(listeners.get(event) ?? []), listener]);
    },
    off: (event, listener) => {
      const kept = listener ? (listeners.get(event) ?? []).filter((one) => one !== listener) : [];
      listeners.set(event, kept);
    },
  };
};

/** @param {HTMLElement} el */
const start = (el) => {
  if ("alive" in el.dataset) return;
  el.dataset.alive = "";
  const { widget = "", name, keeps = `${widget}/${name}/` } = el.dataset;
  try {
    frontEnds[widget].render({ model: createModel(name, `${EDITION}/${keeps}`), el });
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
addEventListener("beforeprint", () => widgets.forEach(start));
