// @ts-check
// What stands before the front ends of a page: they enter themselves here, and the page's host starts them.

/** @typedef {{ get: (trait: string) => any, set: (trait: string, value: any) => void, save_changes: () => void,
 *   on: (event: string, act: () => void) => void, off: (event: string, act?: () => void) => void }} Model */

/** Front ends by kind. @type {Record<string, { render: (shown: { model: Model, el: HTMLElement }) => (() => void) | void }>} */
const frontEnds = {};

/** What the page does for a front end that sets a trait, where a notebook's kernel would.
 * @type {Record<string, (value: any, get: Model["get"], set: Model["set"]) => void>} */
const onSet = {};
