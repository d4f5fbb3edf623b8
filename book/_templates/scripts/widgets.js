// A widget's script comes when the reader is near it: a page that is only opened stays light.
(() => {
  const scripts = JSON.parse(document.currentScript.dataset.scripts);
  const widgets = [...document.querySelectorAll(".course-widget")];
  const asked = new Set();
  const ask = (widget) => {
    const kind = widget.dataset.widget;
    if (asked.has(kind)) return;
    asked.add(kind);
    const script = Object.assign(document.createElement("script"), { src: scripts[kind] });
    // Without it the page reads as it does without scripts; when the network is back, it is asked for again.
    script.onerror = () => {
      asked.delete(kind);
      document.documentElement.classList.add("no-widgets");
      addEventListener("online", () => ask(widget), { once: true });
    };
    script.onload = () => document.documentElement.classList.remove("no-widgets");
    document.head.append(script);
  };
  const watch = (rootMargin) => {
    const near = new IntersectionObserver(
      (seen) => seen.forEach((one) => one.isIntersecting && ask(one.target)), { rootMargin },
    );
    widgets.forEach((widget) => near.observe(widget));
  };
  let moved = false;
  const move = (event) => {
    // The list of pages scrolls itself to the page that is open: that is no reader's move.
    if (moved || (event?.type === "scroll" && event.target !== document)) return;
    moved = true;
    widgets.filter((widget) => widget.hidden).forEach(ask); // it has no place of its own to come near
    watch("100% 0px");
  };
  for (const type of ["scroll", "pointerover", "pointerdown", "keydown", "focusin"]) {
    addEventListener(type, move, { passive: true, capture: true });
  }
  addEventListener("focusin", (event) => {
    const widget = event.target.closest(".course-widget");
    if (widget) ask(widget);
  });
  addEventListener("beforeprint", () => moved && widgets.forEach(ask));
  if (location.hash || scrollY) move();
  watch("0px");
})();
