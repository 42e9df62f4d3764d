// Runs modules: one JSON object a line in, one out.
//
// {"path": ..., "env": {...}} -> {"out": what the module printed} or {"error": ...}

import readline from "node:readline";
import { pathToFileURL } from "node:url";

let printed = [];
console.log = (text) => printed.push(`${text}\n`);

for await (const line of readline.createInterface({ input: process.stdin })) {
  const asked = JSON.parse(line);
  Object.assign(process.env, asked.env);
  printed = [];
  let told;
  try {
    await import(pathToFileURL(asked.path));
    told = { out: printed.join("") };
  } catch (error) {
    told = { error: `${error.name}: ${error.message}` };
  }
  process.stdout.write(JSON.stringify(told) + "\n");
}
