// Starts a deck, and adds what a speaker may want beside reveal.js.

// Messages turn slides, so they count only from the window of notes that this deck opened, and in its previews only from
// that window. This listener is the first, and so keeps all others from the rest. A page from a disk may not look into
// another one, not even a preview into its own notes: there the window's own opener tells.
(() => {
  const isOurs = (source) => {
    if (source === window) return true;
    try {
      if (source.location.origin !== location.origin) return false;
      return source.opener === window || source === parent;
    } catch {
      return location.protocol === "file:" && source === parent && source !== window && Boolean(source.opener);
    }
  };
  addEventListener("message", (event) => {
    if (!event.source || !isOurs(event.source)) event.stopImmediatePropagation();
  }, true);
})();

const { settings, edition } = document.currentScript.dataset;
Reveal.initialize({ ...JSON.parse(settings), plugins: [RevealNotes] });

// A tablet has no keys: where fingers point, two of them stand on the screen. Not in the previews of the notes.
const touch = document.querySelector(".deck-touch");
touch.hidden = window !== parent;
const onTouch = (name, action) => touch.querySelector(`[data-does="${name}"]`).addEventListener("click", action);

// Light or dark slides for a light or dark room, with the key T.
(() => {
  const key = edition + "/deck-theme";
  const read = () => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null; // refused: the theme lasts as long as the page
    }
  };
  const dark = () => matchMedia("(prefers-color-scheme: dark)").matches;
  const show = (theme) => {
    document.body.dataset.theme = theme;
  };
  show(read() ?? (dark() ? "dark" : "light"));
  const change = () => {
    const theme = document.body.dataset.theme === "dark" ? "light" : "dark";
    show(theme);
    try {
      localStorage.setItem(key, theme);
    } catch {
      // nothing is kept
    }
  };
  Reveal.addKeyBinding({ keyCode: 84, key: "T", description: "Light or dark slides" }, change);
  onTouch("theme", change);
})();

// The notes, with the key S. A browser may hold the window back; then there is another way, and the slide says so.
(() => {
  const open = () => {
    const told = document.querySelector(".deck-notice");
    try {
      Reveal.getPlugin("notes").open();
      told.textContent = "";
    } catch {
      told.textContent = "The browser held back the window of notes. Allow pop-ups for this page and ask for the notes again (key S), or speak from the printed plan.";
      return;
    }
    try {
      // In a narrow window its label for the next slide would lie on that slide's heading.
      const notes = window.open("", "reveal.js - Notes").document;
      if (notes.querySelector("style.deck")) return;
      const style = Object.assign(notes.createElement("style"), { className: "deck" });
      style.textContent = "#upcoming-slide .label { top: auto; bottom: 10px; }";
      notes.head.append(style);
    } catch {
      // A deck that was loaded anew from a disk may not look into the window any more: it looks as it did.
    }
  };
  Reveal.addKeyBinding({ keyCode: 83, key: "S", description: "Speaker notes view" }, open);
  onTouch("notes", open);
})();

// The answer to a question that was put to the room, with the key A.
Reveal.addKeyBinding({ keyCode: 65, key: "A", description: "Show or hide the answer" }, () => {
  const answer = Reveal.getCurrentSlide().querySelector(".poll details");
  if (answer) answer.open = !answer.open;
});
