// "constructor" is a word as any other: the index is asked for what it holds, and for nothing that objects inherit.
{
  const { hasOwnProperty } = Object.prototype;
  const { terms, titleterms } = Search._index ?? {};
  for (const words of [terms, titleterms]) if (words) Object.setPrototypeOf(words, { __proto__: null, hasOwnProperty });
}
