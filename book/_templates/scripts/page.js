// What the page around the text does.
(() => {
  const all = (selector) => document.querySelectorAll(selector);

  // The parts out of sight follow a few a frame (page.css), so that no single task holds a phone up.
  // The theme asks at once where every heading stands, which would draw them all: it is told when they are there.
  const parts = [...all('.opening article :is(section section, [data-widget="quiz"] .question, .cited)')];
  const later = (act) => requestAnimationFrame(() => setTimeout(act));
  const open = (most = 64) => {
    for (let size = 0; size < most && parts.length; size += parts.shift().getElementsByTagName("*").length) {
      parts[0].classList.add("drawn");
    }
    if (parts.length) {
      later(open);
      return;
    }
    if ("opened" in document.documentElement.dataset) return;
    document.documentElement.dataset.opened = "";
    document.dispatchEvent(new Event("DOMContentLoaded"));
  };
  if (parts.length) {
    addEventListener("DOMContentLoaded", (event) => event.stopImmediatePropagation(), { capture: true, once: true });
    later(open);
    // Who moves on at once gets all the rest at once, and what they look at stays where it is.
    addEventListener("scroll", () => {
      const seen = document.elementFromPoint(innerWidth / 2, innerHeight / 2);
      const top = () => seen?.getBoundingClientRect().top ?? 0;
      const before = top();
      open(Infinity);
      scrollBy({ top: top() - before, behavior: "instant" });
    }, { once: true });
  } else document.documentElement.dataset.opened = "";

  // A drawer is put away when its reader has chosen; the book's shows the page that one is on.
  for (const link of all(":is(.sidebar-drawer, .toc-drawer) a")) {
    link.addEventListener("click", () => {
      for (const drawer of all(".sidebar-toggle")) drawer.checked = false;
    });
  }
  // The search is one script, which comes when a reader begins; on the page of results that is at once.
  const fields = [...all("form[data-search] input")];
  const script = (src) => document.head.append(Object.assign(document.createElement("script"), { src }));
  const begin = () => {
    const { search } = fields[0].form.dataset;
    if (!document.querySelector(`script[src="${search}"]`)) script(search);
  };
  for (const field of fields) {
    field.addEventListener("focus", begin);
    if (field.closest(".search-page")) begin();
  }
  addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input:not([type=radio], [type=checkbox], [type=range]), textarea, select, [contenteditable]");
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing) return;
    const field = fields.find((one) => one.checkVisibility?.() ?? one.offsetParent);
    if (!field) return;
    event.preventDefault();
    field.focus();
    field.select();
  });
  // Who comes from a search sees its words marked.
  const { search } = fields[0]?.form.dataset ?? {};
  if (search && /[?&]marked=/.test(location.search)) later(() => script(search.replace(/search\.js.*/, "marks.js")));

  // What a link leads to is in sight: some browsers open a fold for it, and the others are told to.
  const reveal = () => {
    const place = document.getElementById(location.hash.slice(1));
    const fold = place?.closest(".fold:not([open])");
    if (!fold) return;
    fold.open = true;
    place.scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  // The same link a second time changes no address.
  addEventListener("click", ({ target }) => target.closest('a[href*="#"]') && later(reveal));
  if (all(".fold").length) reveal();
  // Not every browser prints what is folded, though its style says so.
  const folded = [];
  addEventListener("beforeprint", () => {
    folded.push(...all(".objectives:not([open])"));
    if (all(".studies-too:checked").length) folded.push(...all(".studies:not([open])"));
    for (const fold of folded) fold.open = true;
  });
  addEventListener("afterprint", () => {
    for (const fold of folded.splice(0)) fold.open = false;
  });

  // The way back up belongs to the text: it stands in its landmark.
  const [up] = all(".back-to-top");
  if (up) all("article")[0]?.append(up);

  const show = () => {
    const [box] = all(".sidebar-scroll");
    const here = box?.querySelector(".current-page")?.getBoundingClientRect();
    if (here) box.scrollTo({ top: box.scrollTop + here.top - box.clientHeight / 2, behavior: "instant" });
  };
  document.getElementById("__navigation")?.addEventListener("change", show);
  later(show);
})();
