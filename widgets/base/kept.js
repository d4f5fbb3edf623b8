// @ts-check
// Where what a reader does is kept, in words, and how it is taken along.

/** @param {Model} model @param {string} what as in "your answers" */
const whereKept = (model, what) => {
  const named = what[0].toUpperCase() + what.slice(1);
  const storage = model.get("storage");
  if (storage === "refused") return `This browser refuses to keep ${what}: they will be gone when you leave. Save them as a file.`;
  if (storage !== "kept") return `${named} live in this notebook’s kernel.`;
  const told = `${named} stay in this browser, on this device. Nothing is sent.`;
  return location.protocol === "file:" ? `${told} ${ON_A_DISK}` : told;
};
const ON_A_DISK = "These pages come from a disk: some browsers let other files on it read what is kept, and some keep it for each page apart.";

/** Offers a value to the reader as a JSON file. @param {string} name @param {object} value */
const saveFile = (name, value) => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([JSON.stringify(value, null, 1)], { type: "application/json" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
};

/** A saved file's value, or null where it holds none. @param {File} file @param {number} most bytes */
const readJson = async (file, most) => {
  if (file.size > most) throw new Error("is too large to be saved progress");
  return file.text().then(JSON.parse).catch(() => null);
};
