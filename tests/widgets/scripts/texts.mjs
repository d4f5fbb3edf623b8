// Prints the texts of a script that hold a space, sorted: what stands between quotes, and the pieces of templates.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const [compiler, file] = process.argv.slice(2);
const ts = createRequire(compiler)("typescript");
const found = [];
const look = (node) => {
  if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)) found.push(node.text);
  ts.forEachChild(node, look);
};
look(ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true, ts.ScriptKind.JS));
console.log(JSON.stringify(found.filter((text) => /\s/.test(text)).sort(), null, 1));
