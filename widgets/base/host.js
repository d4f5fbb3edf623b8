// Stands in for the notebook's kernel in the published page: gives each front end a model with the
// anywidget interface (get, set, on, off, save_changes) and keeps `answers` in this browser.
// Each entry of `answers` has a storage key of its own, so that two tabs never overwrite each other.
// What it does beyond that when a trait is set stands in `onSet`, which the book fills for the front ends of a page.

const openStore = () => {
  try {
    const probe = "course/probe";
    localStorage.setItem(probe, "1");
    localStorage.removeItem(probe);
    return localStorage;
  } catch {
    return null; // refused: private window, blocked site data, no room
  }
};

const store = openStore();

const createModel = (name, prefix) => {
  const state = { name, answers: Object.create(null), storage: store ? "kept" : "refused" };
  const saved = new Map(); // entry -> its JSON, as this tab last read or wrote it
  const listeners = new Map();

  const emit = (event) => {
    for (const listener of [...(listeners.get(event) ?? [])]) listener();
  };

  const parse = (text) => {
    try {
      return JSON.parse(text);
    } catch {
      return text; // not JSON: the front end will find no answer in it, set it aside and say so
    }
  };

  const read = () => {
    const answers = Object.create(null); // a stored key may be called "__proto__" or "constructor"
    saved.clear();
    for (let index = 0; index < store.length; index += 1) {
      const key = store.key(index);
      if (!key.startsWith(prefix)) continue;
      const text = store.getItem(key);
      saved.set(key.slice(prefix.length), text);
      answers[key.slice(prefix.length)] = parse(text);
    }
    state.answers = answers;
  };

  const write = () => {
    try {
      for (const [entry, value] of Object.entries(state.answers)) {
        const text = JSON.stringify(value);
        if (saved.get(entry) === text) continue;
        store.setItem(prefix + entry, text);
        saved.set(entry, text);
      }
      for (const entry of [...saved.keys()]) {
        if (Object.hasOwn(state.answers, entry)) continue;
        store.removeItem(prefix + entry);
        saved.delete(entry);
      }
    } catch {
      state.storage = "refused"; // full or withdrawn: the answers live on in this page
      emit("change:storage");
    }
  };

  if (store) {
    read();
    addEventListener("storage", (event) => {
      // A null key means that everything was cleared at once.
      if (event.key !== null && !event.key.startsWith(prefix)) return;
      read();
      emit("change:answers");
    });
  }

  const set = (trait, value) => {
    if (state[trait] === value) return;
    state[trait] = value;
    emit(`change:${trait}`);
  };

  const get = (trait) => state[trait];
  return {
    get,
    set: (trait, value) => {
      set(trait, value);
      onSet[trait]?.(value, get, set);
    },
    save_changes: () => {
      if (store) write();
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

const start = (el) => {
  if ("alive" in el.dataset) return;
  el.dataset.alive = "";
  const { widget, name, keeps = `${widget}/${name}/` } = el.dataset;
  try {
    frontEnds[widget].render({ model: createModel(name, `course/${keeps}`), el });
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
      start(target);
    }
  },
  { rootMargin: "100% 0px" },
);
// Each kind of widget has a script of its own, with a host of its own.
const widgets = [...document.querySelectorAll(".course-widget")].filter((el) => el.dataset.widget in frontEnds);
for (const el of widgets) {
  if (el.hidden) {
    start(el); // it has no place of its own to come near
    continue;
  }
  nearby.observe(el);
  el.addEventListener("focusin", () => start(el), { once: true });
}
addEventListener("beforeprint", () => widgets.forEach(start));
