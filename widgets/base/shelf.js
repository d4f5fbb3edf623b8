// @ts-check
// Needs: base/registry.js
// Needs: base/shape.js
// What the published page keeps in this browser, by prefix: each entry of `answers` has a storage key of its own, so that
// two tabs never overwrite each other. Widgets of one page that keep below the same prefix (the parts of a bank) stand at
// one shelf: what one of them writes, the others have, too, also where the browser keeps nothing. Entries are replaced,
// never changed in place. What no widget can have kept is read as null: the front end sets it aside.

/** @typedef {{ answers: Record<string, any>, storage: "kept" | "refused", hear: Set<(event: string) => void>,
 *   tell: (event: string) => void, read: () => void, write: () => void }} Shelf */

/** The longest entry, in UTF-16 units; a long exam takes a tenth of it. */
const LONGEST_ENTRY = 200_000;

/** @param {string} text */
const parseEntry = (text) => {
  try {
    const value = text.length > LONGEST_ENTRY ? null : JSON.parse(text);
    return isBounded(value) ? value : null;
  } catch {
    return null;
  }
};

/** @param {string} prefix @param {Storage | null} store null where the browser refuses to keep anything @returns {Shelf} */
const createShelf = (prefix, store) => {
  /** What this tab last read or wrote: entry -> its text and its value. @type {Map<string, { text: string, value: any }>} */
  let known = new Map();
  /** @type {Shelf} */
  const shelf = {
    answers: Object.create(null),
    storage: store ? "kept" : "refused",
    hear: new Set(),
    tell: (event) => {
      for (const hear of [...shelf.hear]) hear(event);
    },
    read: () => {
      if (!store) return;
      const found = new Map();
      const answers = Object.create(null); // a stored key may be called "__proto__" or "constructor"
      for (const key of Object.keys(store).filter((one) => one.startsWith(prefix))) {
        const entry = key.slice(prefix.length);
        const text = store.getItem(key) ?? "";
        const old = known.get(entry);
        found.set(entry, old?.text === text ? old : { text, value: parseEntry(text) });
        answers[entry] = found.get(entry).value;
      }
      known = found;
      shelf.answers = answers;
    },
    write: () => {
      if (!store) return;
      try {
        for (const [entry, value] of Object.entries(shelf.answers)) {
          if (known.has(entry) && known.get(entry)?.value === value) continue;
          const text = JSON.stringify(value);
          if (known.get(entry)?.text !== text) store.setItem(prefix + entry, text);
          known.set(entry, { text, value });
        }
        for (const entry of [...known.keys()]) {
          if (Object.hasOwn(shelf.answers, entry)) continue;
          store.removeItem(prefix + entry);
          known.delete(entry);
        }
      } catch {
        shelf.storage = "refused"; // full or withdrawn: the answers live on in this page
        shelf.tell("change:storage");
      }
    },
  };
  shelf.read();
  return shelf;
};

/** A model with the anywidget interface, whose `answers` stand on a shelf.
 * @param {string | undefined} name @param {Shelf} shelf @returns {Model} */
const createModel = (name, shelf) => {
  /** @type {Record<string, any>} */
  const state = { name };
  /** @type {Map<string, (() => void)[]>} */
  const listeners = new Map();

  /** @param {string} event */
  const emit = (event) => {
    for (const listener of [...(listeners.get(event) ?? [])]) listener();
  };
  shelf.hear.add(emit);

  /** @type {Model["get"]} */
  const get = (trait) => (trait === "answers" || trait === "storage" ? shelf[trait] : state[trait]);
  /** @type {Model["set"]} */
  const set = (trait, value) => {
    if (get(trait) === value) return;
    if (trait === "answers") {
      shelf.answers = value;
      shelf.tell("change:answers");
    } else {
      state[trait] = value;
      emit(`change:${trait}`);
    }
  };
  return {
    get,
    set: (trait, value) => {
      set(trait, value);
      onSet[trait]?.(value, get, set);
    },
    save_changes: shelf.write,
    on: (event, listener) => {
      listeners.set(event, [...(listeners.get(event) ?? []), listener]);
    },
    off: (event, listener) => {
      const kept = listener ? (listeners.get(event) ?? []).filter((one) => one !== listener) : [];
      listeners.set(event, kept);
    },
  };
};
