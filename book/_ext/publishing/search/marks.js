// Marks the words that a search led to, where the reader has arrived, for a while or until Escape.
(() => {
  const WHILE = 60_000;
  const words = new URLSearchParams(location.search).getAll("marked").join(" ").split(" ").filter(Boolean);
  const place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  // A meaning stands after its term.
  const within = place?.tagName === "DT" ? [place, place.nextElementSibling] : [place ?? document.querySelector("article")];
  if (!words.length) return;
  const safe = words.map((word) => word.replace(/[^\p{L}\p{N}]/gu, "")).filter(Boolean).join("|");
  const wanted = new RegExp(`(?<![\\p{L}\\p{N}])(${safe})(?![\\p{L}\\p{N}])`, "giu");
  const found = [];
  for (const part of within.filter(Boolean)) {
    const texts = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      if (text.parentElement.closest("script, style, svg")) continue;
      for (const { index, 0: word } of text.data.matchAll(wanted)) found.push([text, index, word.length]);
    }
  }
  let clear = () => {};
  if (globalThis.CSS?.highlights && globalThis.Highlight) {
    const ranges = found.map(([text, start, length]) => {
      const range = new Range();
      range.setStart(text, start);
      range.setEnd(text, start + length);
      return range;
    });
    CSS.highlights.set("found", new Highlight(...ranges));
    clear = () => CSS.highlights.delete("found");
  } else {
    // Wrapped where nothing is alive: no widget and no number is touched. From the last, so that places stay true.
    const marks = [];
    for (const [text, start, length] of found.reverse()) {
      if (text.parentElement.closest(".course-widget, .est")) continue;
      const range = new Range();
      range.setStart(text, start);
      range.setEnd(text, start + length);
      marks.push(document.createElement("mark"));
      range.surroundContents(marks.at(-1));
    }
    clear = () => marks.splice(0).forEach((mark) => mark.replaceWith(...mark.childNodes));
  }
  addEventListener("keydown", ({ key }) => key === "Escape" && clear());
  setTimeout(clear, WHILE);
})();
