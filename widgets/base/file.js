// @ts-check
// Needs: base/kept.js
// What a reader takes along as a file, and brings back.

/** Offers a file to the reader. @param {string} name @param {Blob} file */
const offerFile = (name, file) => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
};

/** Offers a value to the reader as a JSON file. @param {string} name @param {object} value */
const saveFile = (name, value) =>
  offerFile(name, new Blob([JSON.stringify(value, null, 1)], { type: "application/json" }));

/** A saved file's value, or null where it holds none. @param {File} file @param {number} most bytes */
const readJson = async (file, most) => {
  if (file.size > most) throw new Error("is too large to be saved progress");
  return file.text().then(JSON.parse).catch(() => null);
};

/** Offers what a widget keeps as a file, and says so. @param {Model} model @param {string} what as in "quiz" */
const saveProgress = (model, what) => {
  const name = model.get("name") ?? "";
  const file = `progress-${name.replaceAll("/", "-") || what}.json`;
  saveFile(file, { format: "course-progress-1", name, saved: new Date().toISOString(), answers: keptBy(model) });
  return `Saved as ${file}.`;
};

/** What such a file holds; an Error says what is wrong with it.
 * @param {File} file @param {Model} model @param {string} what as in "another case" @returns {Promise<Record<string, any>>} */
const savedIn = async (file, model, what) => {
  const saved = await readJson(file, 1e6);
  if (saved?.format !== "course-progress-1" || !isRecord(saved.answers)) throw new Error("holds no saved progress");
  const name = model.get("name");
  if (name && saved.name !== name) throw new Error(`belongs to another ${what}`);
  return saved.answers;
};

/** Hears of a file that is chosen, and says what came of it.
 * @param {(type: string, act: (event: any) => void) => void} listen @param {(file: File) => Promise<string>} load
 * @param {(told: string) => void} say */
const hearFiles = (listen, load, say) => listen("change", async ({ target }) => {
  if (target.type !== "file" || !target.files.length) return;
  say(await load(target.files[0]).catch(({ message }) => `This file ${message}. Nothing was changed.`));
  target.value = "";
});
