// Reads the schemas and the answers with ajv in its strict mode, which is the default, and the calendars with ical.js. The tests
// in Python have written the answers and calendars into the folder.
//
// node tests/readers/check.mjs FOLDER, from the root of the repository; see .ci/readers.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const [folder] = process.argv.slice(2);
const require = createRequire(path.resolve(folder, "package.json"));
const Ajv = require("ajv/dist/2020").default;
const ical = require("ical.js").default ?? require("ical.js");

const schemas = readdirSync("docs/schema").filter((name) => name.endsWith(".schema.json"));
assert.ok(schemas.length > 8);
const answers = readdirSync(`${folder}/answers`);
const ids = new Set();
let validated = 0;
for (const file of schemas) {
    const schema = JSON.parse(readFileSync(`docs/schema/${file}`, "utf8"));
    assert.ok(schema.$id.startsWith("urn:"), `${file}: ${schema.$id}`);
    ids.add(schema.$id);
    // Its advice on unions of types is no fault.
    const validate = new Ajv({ allErrors: true, logger: { log() {}, warn() {}, error: console.error } }).compile(schema);
    const name = file.split(".")[0];
    for (const answer of answers.filter((answer) => answer.startsWith(`${name}-`))) {
        const value = JSON.parse(readFileSync(`${folder}/answers/${answer}`, "utf8"));
        assert.ok(validate(value), `${answer}: ${JSON.stringify(validate.errors).slice(0, 2000)}`);
        validated += 1;
    }
}
assert.equal(ids.size, schemas.length, "no two schemas have one $id");
assert.ok(validated > 20);
console.log(`ajv compiles ${schemas.length} schemas, and ${validated} answers are as they say`);

let count = 0;
for (const file of readdirSync(`${folder}/calendars`)) {
    const text = readFileSync(`${folder}/calendars/${file}`, "utf8");
    const components = new ical.Component(ical.parse(text)).getAllSubcomponents("vevent");
    const events = components.map((component) => new ical.Event(component));
    assert.equal(new Set(events.map((event) => event.uid)).size, events.length, file);
    assert.equal(events.length, text.split("\r\nBEGIN:VEVENT\r\n").length - 1, file);
    assert.ok(events.every((event) => event.startDate.isDate && event.summary.includes(": ")), file);
    count += events.length;
}
assert.ok(count > 20);
console.log(`ical.js reads ${count} events`);
