// What a speaker may want beside reveal.js: light or dark slides for a light or dark room, with the key T.
(() => {
  const key = "course/deck-theme";
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
})();
