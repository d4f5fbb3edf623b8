// @ts-check
// Needs: base/markup.js
// Needs: progress/course.js
// Needs: recall/schedule.js
// A session: its questions one at a time, a navigator over them, and what was learned at its end.

/** How a question stands, by sign and word. */
const STANDS = {
  open: ["○", "open"], right: ["✓", "right"], partly: ["◐", "partly right"], wrong: ["✗", "wrong"], shown: ["–", "shown"],
};

/** @param {Answer} answer @returns {keyof typeof STANDS} how its attempt stands */
function standOf(answer) {
  if (answer.shown || (answer.checked && answer.seen)) return "shown";
  if (!answer.checked) return "open";
  const points = answering.points(answer);
  return points === 1 ? "right" : points > 0 ? "partly" : "wrong";
}

/** The session on the page. @param {Course} course @param {HTMLElement} holder */
function steps({ answerTo, find, doing }, holder) {
  const list = find(".navigator ol");
  let place = 0;
  /** @type {string[]} */
  let items = [];
  const forms = () => /** @type {HTMLElement[]} */ ([...holder.querySelectorAll(".question")]);
  const isOpen = (/** @type {string} */ path) => standOf(answerTo(path)) === "open";
  /** The next one that is open, after this one or from the beginning; -1 where none is. */
  const following = () => {
    const others = [...items.keys()].map((_, step) => (place + 1 + step) % items.length).filter((index) => index !== place);
    return others.find((index) => isOpen(items[index])) ?? -1;
  };

  function sync() {
    items.forEach((path, index) => {
      const [sign, word] = STANDS[standOf(answerTo(path))];
      const button = list.children[index].firstChild;
      button.setAttribute("aria-current", String(index === place));
      button.dataset.stands = word;
      setText(button.children[0], `${index + 1} ${sign}`);
      setText(button.children[1], word);
    });
    forms().forEach((form, index) => form.toggleAttribute("hidden", index !== place));
    doing("previous").disabled = place === 0;
    setText(doing("next"), following() < 0 ? "See what you learned" : "Next");
  }

  /** @param {number} index */
  function go(index) {
    place = index;
    sync();
    const heading = /** @type {HTMLElement} */ (forms()[place].querySelector("h3"));
    heading.tabIndex = -1;
    find(".navigator").scrollIntoView();
    heading.focus({ preventScroll: true });
  }

  return {
    /** @param {string[]} paths */
    start: (paths) => {
      items = paths;
      place = Math.max(0, items.findIndex(isOpen));
      list.replaceChildren(...items.map((_, index) => {
        const button = make("button", [make("span"), " ", make("small")], { type: "button" });
        Object.assign(button.dataset, { act: "go", place: index });
        return make("li", button);
      }));
      sync();
    },
    sync,
    go,
    enter: () => go(place),
    previous: () => go(place - 1),
    /** Goes on; false where no other is open. */
    next: () => {
      const index = following();
      if (index >= 0) go(index);
      return index >= 0;
    },
    /** What is right needs no second try: Enter goes on. */
    offerNext: () => {
      const { activeElement } = document;
      if (activeElement?.matches("[data-do=again]") && holder.contains(activeElement) && standOf(answerTo(items[place])) === "right") {
        doing("next").focus();
      }
    },
  };
}

/** What is told at the end of a session. @param {Course} course @param {string[]} items @param {ReturnType<typeof todays>} today
 * @returns {HTMLElement[]} */
function endingOf({ contents, answerTo }, items, today) {
  const { chapters, owners } = contents;
  const now = dayOf(Date.now());
  const tried = items.filter((path) => answerTo(path).checked || answerTo(path).shown);
  const known = tried.filter((path) => standOf(answerTo(path)) === "right");
  const before = (/** @type {string} */ path) => answerTo(path).checks.slice(-2, -1)[0];
  const line = (/** @type {string} */ path) => {
    const [sign, word] = STANDS[standOf(answerTo(path))];
    const { title = "", address = "" } = chapters.get(chapterOf(path)) ?? {};
    const objective = owners.get(path)?.firstChild?.textContent?.trim() ?? "";
    const chapter = address ? make("a", title, { href: address }) : title;
    return make("li", [make("b", `${sign} ${word}. `), `${objective} `, make("small", [chapter, `; comes back ${tellDay(today.dueOn(path), now)}.`])]);
  };
  const list = (/** @type {string} */ heading, /** @type {string[]} */ paths) =>
    paths.length ? [make("h3", heading), make("ul", paths.map(line), { className: "learned" })] : [];
  const mended = known.filter((path) => before(path) && before(path).points < 1).length;
  const fresh = known.filter((path) => answerTo(path).tries === 1).length;
  const gains = [
    mended && `${count(mended, "question")} that you once got wrong, you now got right.`,
    fresh && `${count(fresh, "new question")} right at the first try.`,
  ].filter(Boolean);
  return [
    make("p", `${known.length} of ${tried.length} right. ${gains.join(" ")}`, { className: "total" }),
    ...list("What you know", known),
    ...list("What to look at once more", tried.filter((path) => !known.includes(path))),
    make("p", today.words()),
  ];
}
