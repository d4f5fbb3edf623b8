// @ts-check
// Rows as text that a spreadsheet opens: quoted, and with no cell that it would run.

/** A cell that begins so is a formula to a spreadsheet, quoted or not; blanks before it are skipped. */
const FORMULA = /^\s*[=+\-@＝＋－＠]|^[\t\r]/u;

/** Words are made harmless by the apostrophe that spreadsheets take for "text"; what is a number stays one.
 * @param {(string | number | null)[][]} rows */
const asCsv = (rows) => {
  const cell = (/** @type {string | number | null} */ value) => {
    const text = String(value ?? "");
    const harmless = typeof value !== "number" && FORMULA.test(text) ? "'" + text : text;
    return '"' + harmless.replaceAll('"', '""') + '"';
  };
  return "\ufeff" + rows.map((row) => row.map(cell).join(",") + "\r\n").join("");
};
