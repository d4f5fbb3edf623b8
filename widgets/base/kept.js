// @ts-check
// Where what a reader does is kept, in words, and how it is taken along.

/** @param {Model} model @param {string} what as in "answers" @param {string} [way] out, where nothing is kept */
const whereKept = (model, what, way = " Save them as a file.") => {
  const storage = model.get("storage");
  if (storage === "refused") return `This browser refuses to keep ${what}: they will be gone when you leave.${way}`;
  if (storage !== "kept") return `Your ${what} live in this notebook’s kernel.`;
  const told = `Your ${what} stay in this browser, on this device. Nothing is sent.`;
  return location.protocol === "file:" ? `${told} ${ON_A_DISK}` : told;
};
const ON_A_DISK = "These pages come from a disk: some browsers let other files on it read what is kept, and some keep it for each page apart.";

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
