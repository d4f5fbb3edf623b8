// @ts-check
// What the course page shows of the book: chapters, objectives and the questions on each, as contents.py wrote them.
// A question's path is "<chapter>/<question id>@<hash>".

/** @typedef {{ row: HTMLTableRowElement, part: string, version: string, title: string, address: string, paths: string[] }} Chapter */
/** @typedef {{ chapters: Map<string, Chapter>, objectives: Map<HTMLElement, string[]>, owners: Map<string, HTMLElement>,
 *   bound: Set<string> }} Contents */

/** @param {string} path */
const chapterOf = (path) => path.slice(0, path.lastIndexOf("/"));
/** @param {string} path */
const keyOf = (path) => path.slice(path.lastIndexOf("/") + 1);

/** @param {HTMLElement} root @returns {Contents} */
function findContents(root) {
  /** @type {Contents} */
  const contents = { chapters: new Map(), objectives: new Map(), owners: new Map(), bound: new Set() };
  let part = "";
  for (const row of /** @type {NodeListOf<HTMLTableRowElement>} */ (root.querySelectorAll(".part-name, tr[data-chapter]"))) {
    if (row.matches(".part-name")) {
      part = row.textContent?.trim() ?? "";
      continue;
    }
    const { chapter: name = "", version = "" } = row.dataset;
    const pathsIn = (/** @type {string} */ keys = "") => keys.split(" ").filter(Boolean).map((key) => `${name}/${key}`);
    const items = /** @type {HTMLElement[]} */ ([...(row.nextElementSibling?.querySelectorAll("li") ?? [])]);
    for (const item of items) {
      contents.objectives.set(item, pathsIn(item.dataset.keys));
      for (const path of pathsIn(item.dataset.keys)) contents.owners.set(path, item);
      for (const path of pathsIn(item.dataset.bound)) contents.bound.add(path);
    }
    contents.chapters.set(name, {
      row,
      part,
      version,
      title: row.cells[0].textContent?.trim() ?? "",
      address: row.cells[0].querySelector("a")?.getAttribute("href") ?? "",
      paths: items.flatMap((item) => contents.objectives.get(item) ?? []),
    });
  }
  return contents;
}
