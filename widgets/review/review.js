// @ts-check
// Needs: base/file.js
// Needs: base/markup.js
// The front end of the review form: it puts the sections of the page in, keeps what is answered, and saves the file.
//
// Contract. The model offers get, set, on, off and save_changes. Which pages there are stands in the trait `pages`, or
// where a published page has put it, in `globalThis.coursePages`: name to [title, [[section, digest], …]]. The page is
// that of the trait `page` or of the address, `?page=<name>`. All state is in `answers`: "<page>#<section>" to what was
// marked and written and the digest that was read, "<page>#" to the verdict, "who/…" to what stays the same from page to
// page. Nothing else is kept. A section that was read in another wording is asked for again.

const WHO = ["role", "interests", "consent", "name", "agreed"];
/** @type {Record<string, string>} */
const MISSING = {
  role: "Write your role.",
  interests: "Write your interests, or: none.",
  consent: "Say whether you are named.",
  name: "Write your name, or choose not to be named.",
  agreed: "The review can be used only with your consent.",
};

// Marks that cannot be seen come along when text is pasted; line breaks and tabs may stay.
const clean = (/** @type {string} */ text) => text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, " ").trim();
const today = () => {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
};

/** @param {{ model: Model, el: HTMLElement }} shown */
function render({ model, el }) {
  const root = rootIn({ model, el }, ".review");
  const find = (/** @type {string} */ selector, /** @type {ParentNode} */ from = root) => /** @type {any} */ (from.querySelector(selector));
  const all = (/** @type {string} */ selector, /** @type {ParentNode} */ from = root) => /** @type {any[]} */ ([...from.querySelectorAll(selector)]);
  const ended = new AbortController();
  const listen = (/** @type {EventTarget} */ target, /** @type {string} */ type, /** @type {(event: any) => void} */ act) => target.addEventListener(type, act, { signal: ended.signal });

  const given = model.get("pages");
  const pages = given && Object.keys(given).length ? given : (/** @type {any} */ (globalThis).coursePages ?? {});
  const name = model.get("page") || new URLSearchParams(location.search).get("page") || "";
  const known = Object.hasOwn(pages, name);
  const [title, sections] = known ? pages[name] : ["", []];
  const answers = () => keptBy(model);
  const text = (/** @type {string} */ key) => (typeof answers()[key] === "string" ? answers()[key] : "");

  function put(/** @type {string} */ key, /** @type {any} */ value) {
    const { [key]: before, ...rest } = answers();
    keep(model, value ? { ...rest, [key]: value } : rest);
  }

  // The page, or the list to choose from.
  const pageName = find(".page-name");
  if (known) {
    const link = make("a", title, { href: `${name}.html`, target: "_blank", rel: "noopener" });
    pageName.replaceChildren("You review ", link, ". Keep it open beside this form.");
  } else {
    const which = find(".which");
    which.hidden = !Object.keys(pages).length;
    which.open = true;
    setText(pageName, name ? "There is no such page in this book. Choose one:" : "Choose the page that you want to review.");
    find("ul", which).append(...Object.entries(pages).map(([page, [words]]) => make("li", make("a", words, { href: `?page=${page}` }))));
  }

  const place = find(".sections");
  if (known) place.replaceChildren(...sections.map((/** @type {any} */ [words], /** @type {any} */ index) => {
    const one = partOf(root, "section").firstElementChild;
    one.dataset.section = words;
    const link = find("a", one);
    const anchor = words.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^[-0-9]+|-+$/g, "");
    Object.assign(link, { href: `${name}.html#${anchor}`, textContent: words });
    for (const radio of all("[type=radio]", one)) radio.name = `rv-section-${index}`;
    return one;
  }));
  root.append(partOf(root, "toolbar"));
  const told = find(".told");
  keepKeys(all("a, button, input, textarea, summary"));

  /** What was answered on a section, if it still reads as it did. */
  function sound(/** @type {string} */ words, /** @type {string} */ digest) {
    const kept = answers()[`${name}#${words}`];
    return isRecord(kept) && kept.digest === digest && ["right", "change"].includes(kept.mark) && Array.isArray(kept.about)
      && typeof kept.words === "string" ? kept : undefined;
  }

  function readSection(/** @type {any} */ one, /** @type {string} */ digest) {
    const mark = find("[type=radio]:checked", one).value;
    const about = all(".about :checked", one).map((box) => box.value);
    return mark && { digest, mark, about: mark === "change" ? about : [], words: find("textarea", one).value };
  }

  function writeSection(/** @type {any} */ one, /** @type {any} */ kept) {
    for (const radio of all("[type=radio]", one)) radio.checked = radio.value === (kept?.mark ?? "");
    for (const box of all("[type=checkbox]", one)) box.checked = kept?.about.includes(box.value) ?? false;
    const area = find("textarea", one);
    if (area.value !== (kept?.words ?? "")) area.value = kept?.words ?? "";
    find(".more", one).hidden = !kept;
    find(".about", one).hidden = kept?.mark !== "change";
  }

  const keyOf = (/** @type {HTMLElement} */ field) => (field.dataset.key === "verdict" ? `${name}#` : field.dataset.key ?? "");

  function sync() {
    all(".section").forEach((one, index) => writeSection(one, sound(sections[index][0], sections[index][1])));
    for (const field of all("[data-key]")) {
      const value = text(keyOf(field));
      for (const input of all("input, textarea", field)) {
        if (["radio", "checkbox"].includes(input.type)) input.checked = input.value === value;
        else if (input.value !== value) input.value = value;
      }
      if ("named" in field.dataset) field.hidden = text("who/consent") !== "named";
    }
    setText(find(".kept"), whereKept(model, "answers"));
  }

  /** The file, or the first thing that it lacks with the control to fill in. @returns {any} */
  function review() {
    const read = sections.flatMap((/** @type {any} */ [section, digest]) => {
      const kept = sound(section, digest);
      return kept ? [{ section, digest, mark: kept.mark, about: kept.about, words: clean(kept.words) }] : [];
    });
    const who = Object.fromEntries(WHO.map((key) => [key, clean(text(`who/${key}`))]));
    if (who.consent !== "named") delete who.name;
    const lacking = (/** @type {string} */ words, /** @type {string} */ selector) => ({ words, control: find(selector) });
    if (!known) return lacking("Choose the page first.", ".which summary");
    if (!read.length) return lacking("Mark at least one section as right or to change.", ".sections input");
    const bare = read.find((/** @type {any} */ one) => one.mark === "change" && !one.words && !one.about.length);
    if (bare) return lacking(`Say what is to change in “${bare.section}”.`, `.section[data-section="${CSS.escape(bare.section)}"] textarea`);
    if (!text(`${name}#`)) return lacking("Give a verdict on the page.", "[data-key=verdict] input");
    const missing = WHO.find((key) => key in who && !who[key]);
    if (missing) return lacking(MISSING[missing], `[data-key="who/${missing}"] :is(input, textarea)`);
    const { agreed, ...by } = who;
    return { file: { format: "course-review-1", page: name, date: today(), by, agreed: agreed === "yes", verdict: text(`${name}#`), sections: read } };
  }

  /** @type {Record<string, (button: any) => any>} */
  const acts = {
    save: () => {
      const { file, words, control } = review();
      if (!file) {
        setText(told, words);
        control.focus();
        return;
      }
      const called = `review-${name.replaceAll("/", "-")}-${file.date}.json`;
      saveFile(called, file);
      setText(told, `Saved as ${called}. Hand it in as said above.`);
    },
    print: () => print(),
    clear: () => askToClear(root, true),
    "clear-no": () => askToClear(root, false),
    "clear-yes": () => {
      keep(model, Object.fromEntries(Object.entries(answers()).filter(([key]) => !key.startsWith(`${name}#`))));
      sync();
      askToClear(root, false);
      setText(told, "The answers about this page were cleared. Your role, interests and name are still here.");
    },
  };

  listen(root, "click", (/** @type {any} */ event) => {
    const button = event.target.closest("[data-do]");
    if (button && event.detail < 2) acts[button.dataset.do](button);
  });
  listen(root, "input", (/** @type {any} */ event) => {
    const one = event.target.closest(".section");
    if (one) {
      const [section, digest] = sections.find((/** @type {any} */ [words]) => words === one.dataset.section);
      put(`${name}#${section}`, readSection(one, digest));
    }
    const field = event.target.closest("[data-key]");
    if (field) {
      const { type, checked, value } = event.target;
      put(keyOf(field), type === "checkbox" && !checked ? "" : value);
    }
    setText(told, "");
    sync();
  });
  listen(root, "submit", (/** @type {any} */ event) => event.preventDefault());
  // On paper a field is as high as what is written in it.
  listen(globalThis, "beforeprint", () => {
    for (const area of all("textarea")) area.style.height = area.scrollHeight ? `${area.scrollHeight + 2}px` : "";
  });
  model.on("change:answers", sync);
  model.on("change:storage", sync);
  root.classList.add("alive");
  sync();

  return () => {
    ended.abort();
    model.off("change:answers", sync);
    model.off("change:storage", sync);
  };
}

export default { render };
