// @ts-check
// What front ends do with the page's elements.

/** Writes only what is new, so that a status region is heard once. @param {Element} node @param {string} text */
const setText = (node, text) => {
  if (node.textContent !== text) node.textContent = text;
};

/** A new element. @param {string} tag @param {string | Node | (string | Node)[]} [content] @param {object} [properties] */
const make = (tag, content = [], properties = {}) => {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...[content].flat());
  return node;
};

/** A widget's root: its markup, which a notebook's empty place gets first.
 * @param {{ model: Model, el: HTMLElement }} shown @param {string} selector @returns {any} */
const rootIn = ({ model, el }, selector) => {
  if (!el.querySelector(selector)) el.innerHTML = model.get("markup");
  return el.querySelector(selector);
};

/** A new copy of what stands in a template. @param {ParentNode} root @param {string} name @returns {any} */
const partOf = (root, name) =>
  document.importNode(/** @type {HTMLTemplateElement} */ (root.querySelector(`template[data-part=${name}]`)).content, true);

/** First the page shows what the reader did, then what there is to read about it: of several acts the last is done.
 * @param {AbortSignal} signal @returns {(act: () => void) => void} */
const afterwards = (signal) => {
  /** @type {(() => void) | null} */
  let next = null;
  return (act) => {
    if (!next) requestAnimationFrame(() => setTimeout(() => {
      const last = next;
      next = null;
      if (!signal.aborted) last?.();
    }));
    next = act;
  };
};

/** Asks before all is cleared, or asks no more. @param {ParentNode} root @param {boolean} asking */
const askToClear = (root, asking) => {
  const find = (/** @type {string} */ selector) => /** @type {HTMLElement} */ (root.querySelector(selector));
  find(".sure-clear").hidden = !asking;
  find(`[data-do=${asking ? "clear-no" : "clear"}]`).focus();
};

/** JupyterLab hears single keys as commands (d d deletes a cell) unless the focused element itself says no.
 * @param {Iterable<Element>} controls */
const keepKeys = (controls) => {
  for (const control of controls) /** @type {HTMLElement} */ (control).dataset.lmSuppressShortcuts = "true";
};

/** In a notebook there is no list of references: a link to one leads to its record. @param {Element} root */
const linkSources = (root) => {
  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (root.querySelectorAll(".source[data-link]"))) {
    if (document.getElementById(link.hash.slice(1))) continue;
    Object.assign(link, { href: link.dataset.link, target: "_blank", rel: "noopener" });
  }
};

/** 2.5 for two and a half, 0.67 for two thirds. @param {number} value */
const shortNumber = (value) => String(Math.round(value * 100) / 100);
/** "1 point", "2 points". @param {number} number @param {string} thing */
const count = (number, thing) => `${shortNumber(number)} ${thing}${number === 1 ? "" : "s"}`;
/** @param {number[]} list */
const sum = (list) => list.reduce((total, one) => total + one, 0);
