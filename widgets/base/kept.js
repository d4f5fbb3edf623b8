// @ts-check
// Needs: base/shape.js
// What a widget keeps of what a reader does, and where that is, in words.

/** @param {Model} model @param {string} what as in "answers" @param {string} [way] out, where nothing is kept */
const whereKept = (model, what, way = " Save them as a file.") => {
  const storage = model.get("storage");
  if (storage === "refused") return `This browser refuses to keep ${what}: they will be gone when you leave.${way}`;
  if (storage !== "kept") return `Your ${what} live in this notebook’s kernel.`;
  const told = `Your ${what} stay in this browser, on this device. Nothing is sent.`;
  return location.protocol === "file:" ? `${told} ${ON_A_DISK}` : told;
};
const ON_A_DISK = "These pages come from a disk: some browsers let other files on it read what is kept, and some keep it for each page apart.";

const SET_ASIDE = "Some saved answers could not be read and were set aside.";

/** What a widget keeps, by entry. @param {Model} model @returns {Record<string, any>} */
const keptBy = (model) => (isRecord(model.get("answers")) ? model.get("answers") : {});

/** @param {Model} model @param {Record<string, any>} answers */
const keep = (model, answers) => {
  model.set("answers", answers);
  model.save_changes();
};

/** @param {Record<string, any>} answers @param {string[]} keys */
const without = (answers, keys) => Object.fromEntries(Object.entries(answers).filter(([key]) => !keys.includes(key)));

/** Tells a notebook's kernel what is new. @param {Model} model @param {Record<string, any>} traits */
const tellKernel = (model, traits) => {
  const news = Object.entries(traits).filter(([name, value]) => model.get(name) !== value);
  for (const [name, value] of news) model.set(name, value);
  if (news.length) model.save_changes();
};
