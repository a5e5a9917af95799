// Asks GitHub's own language service about workflows and actions: prints each complaint with its
// place and fails where there is one.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { validate } from "@actions/languageservice";
import { TextDocument } from "vscode-languageserver-textdocument";

async function complaints(path) {
  const text = readFileSync(path, "utf8");
  const document = TextDocument.create(pathToFileURL(path).href, "yaml", 1, text);
  const found = await validate(document);
  return found.map(({ range, message }) => `${path}:${range.start.line + 1}: ${message}`);
}

Promise.all(process.argv.slice(2).map(complaints)).then((all) => {
  for (const complaint of all.flat()) {
    console.log(complaint);
    process.exitCode = 1;
  }
});
