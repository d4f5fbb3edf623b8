// Needs words.js. What is found for a question, the best first: BM25 over titles, the page's name and text (BM25F).
const WEIGHT = { page: 1.15, section: 1, advice: 0.55, term: 0.8, widget: 0.9, case: 0.7, question: 0.5, row: 0.42 };
const [K, IN_TITLE, IN_PAGE, B] = [1.2, 2.5, 1, 0.6];
const [OF_PAGE, IN_REST] = [0.35, 0.25]; // the whole page's share; and words of a page whose sentences are left out

// A word that the book does not use is rather a lay person's, and an abbreviation a clinician's.
const [UNKNOWN, ABBREVIATION] = [0.6, 0.3];
const KEY = /^(key points|two minutes)$/i;
const BESIDE = /^(quality|objectives|review|about)\./; // pages on the book, not on its matter

const places = [];
let page = [];
for (const line of unpacked(book.words.split("\x7f"), book.text, book.single).split("\n")) {
  const parts = line.split("\t");
  if (parts.length === 2) {
    page = parts;
    continue;
  }
  const [kinds, anchor, named, text, more = ""] = parts;
  // A study's name may be left to its anchor: volkmann2014-… is Volkmann 2014.
  const title = named || anchor.replace(/^([a-z])([a-z]+)(\d{4}).*/, (_, first, rest, year) => `${first.toUpperCase()}${rest} ${year}`);
  const kind = kinds.replace("+", "");
  const lay = page[0].startsWith("sessions/");
  const weight = WEIGHT[kind] * (KEY.test(title) ? 1.4 : 1) * (kind === kinds ? 1 : 0.8) * (BESIDE.test(page[0]) ? 0.5 : 1);
  places.push({
    kind, address: page[0], page: page[1], anchor, title, text, lay, weight,
    heads: wordsOf(title).map(stem), body: wordsOf(text).map(stem), rest: more, more: wordsOf(more).map(stem), name: wordsOf(page[1]).map(stem),
  });
}
const typical = places.reduce((sum, { body }) => sum + body.length, 0) / places.length;
const postings = new Map(); // stem → place → how much it is said there
const spoken = new Map(); // stem → [by patients' pages, by others]
const known = new Map(); // word as it is written → how many places have its stem
const totals = [1, 1];
for (const [at, place] of places.entries()) {
  const add = (word, much) => {
    if (!postings.has(word)) postings.set(word, new Map());
    const found = postings.get(word);
    found.set(at, (found.get(at) ?? 0) + much);
  };
  // What is short is not better for it: most was longer in the book.
  const long = 1 - B + B * Math.max(0.8, place.body.length / typical);
  for (const word of place.heads) add(word, IN_TITLE);
  if (place.kind !== "page") for (const word of new Set(place.name)) add(word, IN_PAGE);
  for (const word of place.body) add(word, 1 / long);
  for (const word of place.more) add(word, IN_REST);
  // What patients read is held against what residents read.
  if (!["page", "section"].includes(place.kind)) continue;
  const side = place.lay ? 0 : 1;
  totals[side] += 1;
  for (const word of new Set([...place.heads, ...place.body])) {
    if (!spoken.has(word)) spoken.set(word, [0, 0]);
    spoken.get(word)[side] += 1;
  }
}
const many = (word) => postings.get(word)?.size ?? 0;
const rare = (word) => Math.log(1 + (places.length - many(word) + 0.5) / (many(word) + 0.5));
for (const { title, text, rest } of places) {
  for (const word of wordsOf(`${title} ${text} ${rest}`)) known.set(word, many(stem(word)));
}

// Words that mean the same: by the stems of each phrase, its whole group.
const groups = new Map();
const written = new Set();
for (const group of book.same) {
  const phrases = group.map((phrase) => wordsOf(phrase));
  for (const words of phrases) {
    words.forEach((word) => written.add(word));
    const key = words.map(stem).join(" ");
    groups.set(key, [...(groups.get(key) ?? []), ...phrases.filter((other) => other !== words)]);
  }
}
const LONGEST = 5;

// A word that nobody knows is taken for its neighbours: one letter apart, two in a long word.
function neighbours(word) {
  const most = word.length > 7 ? 2 : 1;
  if (word.length < 4 || /\d/.test(word)) return [];
  const near = [];
  for (const other of [...known.keys(), ...written]) {
    if (other.length < 4) continue;
    const far = apart(spelt(word), spelt(other), most);
    if (far <= most) near.push([far, -(known.get(other) ?? 1), other]);
  }
  near.sort((one, other) => one[0] - other[0] || one[1] - other[1]);
  return near.filter(([far]) => far === near[0][0]).slice(0, 3).map(([, , other]) => other);
}

const useful = (words) => {
  const some = words.filter((word) => !FEW.has(word)).map(stem);
  return some.length ? some : words.map(stem);
};

// What is asked for: each word or phrase, with what may stand for it.
function asked(words, typing) {
  const right = words.map((word, at) => {
    const held = many(stem(word)) || written.has(word) || groups.has(stem(word));
    if (FEW.has(word) || held) return [word];
    const last = typing && at === words.length - 1;
    const begun = last && [...known.keys()].some((other) => other.startsWith(word));
    return begun ? [word] : [...neighbours(word), word];
  });
  const asks = [];
  const bare = right.every(([word]) => FEW.has(word));
  for (let at = 0; at < right.length;) {
    let size = Math.min(LONGEST, right.length - at);
    const key = () => right.slice(at, at + size).map(([word]) => stem(word)).join(" ");
    while (size > 1 && !groups.has(key())) size -= 1;
    const [best, ...others] = right[at];
    if (size > 1 || bare || !FEW.has(best)) {
      const ways = [{ stems: useful(right.slice(at, at + size).map(([word]) => word)), weight: 1 }];
      for (const other of groups.get(key()) ?? []) ways.push({ stems: useful(other), weight: 0.7 });
      if (size === 1) for (const other of others) ways.push({ stems: [stem(other)], weight: 0.7 });
      if (typing && at + size === right.length) {
        const word = words.at(-1);
        const longer = [...known].filter(([other]) => other !== word && other.startsWith(word) && word.length > 1);
        longer.sort((one, other) => other[1] - one[1]);
        for (const [other] of longer.slice(0, 12)) {
          if (stem(other) !== stem(word)) ways.push({ stems: [stem(other)], weight: known.has(word) ? 0.3 : 0.8 });
        }
      }
      asks.push(ways);
    }
    at += size;
  }
  return asks;
}

// How much each place says of one ask, and with which words.
function said(ways) {
  const found = new Map();
  for (const [way, { stems: parts, weight }] of ways.entries()) {
    const sums = new Map();
    for (const part of parts) {
      for (const [at, much] of postings.get(part) ?? []) {
        const sum = sums.get(at) ?? [0, 0];
        sums.set(at, [sum[0] + (rare(part) * much * (K + 1)) / (much + K), sum[1] + 1]);
      }
    }
    for (const [at, [sum, parted]] of sums) {
      // What stands for it must be there whole.
      if (way && parted < parts.length) continue;
      const score = weight * sum * (parted / parts.length) ** 2;
      if (score > (found.get(at)?.score ?? 0)) found.set(at, { score });
    }
  }
  return found;
}

// Whether somebody asks in a lay person's words: near 1 if so, near 0 in a clinician's.
function layness(question) {
  const words = wordsOf(question);
  const short = new Set((question.match(/\b[A-Z][A-Za-z]*[A-Z]+\b/g) ?? []).map(plain));
  const shares = words.filter((word) => !FEW.has(word)).map((word) => {
    if (short.has(word)) return ABBREVIATION;
    const [lay, other] = spoken.get(stem(word)) ?? [0, 0];
    const rates = [(lay + 0.5) / totals[0], (other + 1) / totals[1]];
    return lay + other ? rates[0] / (rates[0] + rates[1]) : UNKNOWN;
  });
  const mean = shares.reduce((sum, share) => sum + share, 0) / (shares.length || 1);
  // Whole sentences are a lay person's too; a clinician puts one term beside the other.
  const told = words.some((word) => ASKING.has(word)) ? 0.3 : words.some((word) => ARTICLES.has(word)) ? 0.12 : 0;
  return Math.min(1, mean + told);
}

function answers(question, { typing = false, most = 50 } = {}) {
  const words = wordsOf(question);
  const asks = asked(words, typing && !/\s$/.test(question));
  const lay = layness(question);
  const parts = asks.map(said);
  const pages = parts.map(ofPages);
  const value = parts.map((found) => Math.max(0, ...[...found.values()].map(({ score }) => score)));
  const whole = value.reduce((sum, one) => sum + one, 0);
  const wanted = new Set(asks.flatMap(([{ stems: first }]) => first));
  const scored = [];
  for (const at of new Set(parts.flatMap((found) => [...found.keys()]))) {
    const place = places[at];
    let [score, covered] = [0, 0];
    for (const [index, found] of parts.entries()) {
      const here = found.get(at)?.score ?? 0;
      const near = pages[index].get(place.address) ?? 0;
      score += here + OF_PAGE * near;
      covered += value[index] * (here ? 1 : near ? 0.35 : 0);
    }
    score *= (covered / whole) ** 2 * place.weight;
    if (place.lay) score *= Math.exp(2.5 * (lay - 0.5));
    const heads = new Set(useful(wordsOf(place.title)));
    const inTitle = [...heads].filter((word) => wanted.has(word)).length;
    if (inTitle && inTitle >= wanted.size) score *= heads.size <= wanted.size + (place.kind === "term" ? 0 : 1) ? 1.4 : 1.15;
    score *= 1 + 0.15 * together(place, asks);
    scored.push({ place, score });
  }
  scored.sort((one, other) => other.score - one.score);
  return spread(scored.slice(0, 120)).slice(0, most).map(({ place, score }) => ({ ...place, score, stems: matched(place, asks) }));
}

// How much a whole page says of one ask: its best place, and how many more there are.
function ofPages(found) {
  const sums = new Map();
  for (const [at, { score }] of found) {
    const { address, weight } = places[at];
    const [best, sum] = sums.get(address) ?? [0, 0];
    sums.set(address, [Math.max(best, score), sum + score * weight]);
  }
  return new Map([...sums].map(([address, [best, sum]]) => [address, best * (0.5 + sum / (sum + 4 * best))]));
}

// How many words of the question stand side by side.
function together({ heads, body }, asks) {
  const near = (text, one, other) => text.some((word, at) => word === one && text.slice(at + 1, at + 4).includes(other));
  let count = 0;
  for (let at = 1; at < asks.length; at += 1) {
    const [one, other] = [asks[at - 1][0].stems.at(-1), asks[at][0].stems[0]];
    count += near(heads, one, other) || near(body, one, other);
  }
  return count;
}

// The first places are not all of one page.
function spread(scored) {
  const taken = new Map();
  const order = [];
  const left = [...scored];
  while (left.length) {
    let best = 0;
    for (let at = 1; at < left.length; at += 1) if (worth(left[at]) > worth(left[best])) best = at;
    const [one] = left.splice(best, 1);
    taken.set(one.place.address, (taken.get(one.place.address) ?? 0) + 1);
    order.push(one);
  }
  return order;
  function worth({ place, score }) {
    return score * 0.75 ** (taken.get(place.address) ?? 0);
  }
}

// The words of a place that answer: those that were asked for, and what stands for them where it is there whole.
function matched({ heads, body, more }, asks) {
  const here = new Set([...heads, ...body, ...more]);
  const held = asks.flatMap((ways) => ways.filter(({ stems: parts }, way) => !way || parts.every((part) => here.has(part))));
  return new Set(held.flatMap(({ stems: parts }) => parts).filter((word) => here.has(word)));
}
