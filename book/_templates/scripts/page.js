// What the page around the text does.
(() => {
  const all = (selector) => document.querySelectorAll(selector);

  // The parts out of sight follow one a frame (page.css), so that no single task holds a phone up; then nothing waits.
  const parts = all(".opening :is(article > section > section, .quiz > .question)").values();
  const open = () => {
    const { value: part, done } = parts.next();
    if (done) {
      document.documentElement.classList.remove("opening");
      return;
    }
    part.style.contentVisibility = "visible";
    requestAnimationFrame(() => setTimeout(open));
  };
  requestAnimationFrame(() => setTimeout(open));

  // A drawer is put away when its reader has chosen; the book's shows the page that one is on.
  for (const link of all(":is(.sidebar-drawer, .toc-drawer) a")) {
    link.addEventListener("click", () => {
      for (const drawer of all(".sidebar-toggle")) drawer.checked = false;
    });
  }
  const show = () => {
    const [box] = all(".sidebar-scroll");
    const here = box?.querySelector(".current-page")?.getBoundingClientRect();
    if (here) box.scrollTo({ top: box.scrollTop + here.top - box.clientHeight / 2, behavior: "instant" });
  };
  document.getElementById("__navigation")?.addEventListener("change", show);
  requestAnimationFrame(() => setTimeout(show));
})();
