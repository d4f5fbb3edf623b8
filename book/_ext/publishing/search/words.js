// Words as a search knows them: one spelling for British and American English, and the stem of what is inflected.
const FEW = new Set(("a about after all an and any are as at be been before but by can could did do does for from get "
  + "had has have how i if in into is it its may me might more most my need no not of on one or our should so some "
  + "than that the their them then there these they this to was we were what when where which while who whom why "
  + "will with would you your am get gets got much many between vs versus look looks tell know happen happens thing "
  + "things want go goes going take takes make makes just please").split(" "));
const ASKING = new Set("i my me we our will can should am could would you your it does do".split(" "));
const ARTICLES = new Set(["the", "a", "an", "my", "what", "who", "how"]);
const IRREGULAR = { children: "child", dying: "die", died: "die", dies: "die", worse: "wors", worst: "wors", feet: "foot" };
const SPELLINGS = [
  [/ae|oe/g, "e"], [/([^aeiou])re$/, "$1er"], [/our(s|ed|ing|al)?$/, "or$1"], [/is(e|es|ed|er|ing|ation|ations)$/, "iz$1"],
  [/ys(e|es|ed|ing)$/, "yz$1"], [/^programme/, "program"], [/ll(ed|ing|or|ors)$/, "l$1"], [/^grey/, "gray"],
  [/^(practi|licen|defen|offen)[cs]e/, "$1se"], [/ph/g, "f"],
];
const ENDINGS = [
  [/(ational|ations?|ators?|ative|ating|ated|ates?)$/, 4], [/(ically|icals?|ics?)$/, 4], [/(ists?)$/, 5], [/(ments?|ness)$/, 4],
  [/(ions?|ive|ing|ed|ly|al|ia|um|us|is)$/, 4], [/(ing|ed)$/, 3], [/[ey]$/, 3],
];

const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/['’](s\b)?/g, "");
const spelt = (word) => SPELLINGS.reduce((so, [from, to]) => so.replace(from, to), word);
const stems = new Map();
const stem = (word) => {
  if (!stems.has(word)) stems.set(word, stemmed(word));
  return stems.get(word);
};
function stemmed(word) {
  if (Object.hasOwn(IRREGULAR, word)) return IRREGULAR[word];
  if (word.length < 4 || /\d/.test(word)) return word;
  let so = spelt(word).replace(/ies$/, "y").replace(/(x|ch|sh|ss|zz)es$/, "$1").replace(/([^siu])s$/, "$1");
  const [ending] = ENDINGS.find(([end, least]) => end.test(so) && so.replace(end, "").length >= least) ?? [];
  if (ending) so = so.replace(ending, "");
  return so.replace(/([^aeiou])\1$/, "$1").replace(/(?<=...)[ey]$/, "");
}
const wordsOf = (text) => plain(text).match(/[\p{L}\p{N}]+/gu) ?? [];

// How many letters must be changed, added, left out or swapped with a neighbour; more than `most` is told as more.
function apart(one, other, most) {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let before = [], row = [...other, 0].map((_, index) => index);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const same = one[i - 1] === other[j - 1];
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + !same);
      if (one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) next[j] = Math.min(next[j], before[j - 2] + 1);
    }
    if (Math.min(...next) > most) return most + 1;
    [before, row] = [row, next];
  }
  return row[other.length];
}
