// @ts-check
// Needs: base/registry.js
// The page's answer to a front end that wants the questions of chapters: see banks.py for the kernel's.
// A classic script for each, since file:// refuses to fetch data; the book's extension pages/progress.py writes them.

const HERE = /** @type {HTMLScriptElement} */ (document.currentScript).src;

onSet.wanted = (wanted, get, set) => {
  for (const [chapter, version] of Object.entries(wanted)) {
    if (get("banks")?.[chapter]) continue;
    const script = document.createElement("script");
    script.src = String(new URL(`banks/${chapter.replaceAll("/", ".")}.js?v=${version}`, HERE));
    script.onload = script.onerror = () => {
      script.remove();
      set("banks", { ...get("banks"), [chapter]: /** @type {any} */ (globalThis).courseBanks?.[chapter] ?? "" });
    };
    document.head.append(script);
  }
};
