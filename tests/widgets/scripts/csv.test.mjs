import assert from "node:assert/strict";
import { test } from "node:test";
import { asCsv } from "./parts.mjs";

test("no cell begins like a formula, and numbers stay numbers", () => {
  for (const text of ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "\n=1", "＝1"]) {
    assert.match(asCsv([[text]]), /^\ufeff"'/, JSON.stringify(text));
  }
  assert.equal(asCsv([["a", -0.5, null, 3]]), '\ufeff"a","-0.5","","3"\r\n');
});

test("quotes, commas and line ends stay in their cell", () => {
  assert.equal(asCsv([['say "a, b"\nand c']]), '\ufeff"say ""a, b""\nand c"\r\n');
});
