// The text of the book, from the words and signs that packed.py wrote.
function unpacked(words, text, single) {
  const signs = Array.from({ length: 95 }, (_, at) => String.fromCharCode(32 + at)).filter((sign) => !'"\\'.includes(sign));
  const value = new Map(signs.map((sign, at) => [sign, at]));
  const size = signs.length;
  const isWord = /^[\p{L}\p{N}]/u;
  let [whole, before] = ["", false];
  for (let at = 0; at < text.length; at += 1) {
    let code = value.get(text[at]);
    if (code === size - 1) {
      code = single + (size - single - 1) * size + value.get(text[at + 1]) * size + value.get(text[at + 2]);
      at += 2;
    } else if (code >= single) {
      code = single + (code - single) * size + value.get(text[at + 1]);
      at += 1;
    }
    const word = words[code];
    const now = isWord.test(word);
    whole += before && now ? ` ${word}` : word;
    before = now;
  }
  return whole;
}
