// Reads the schemas with ajv in its strict default, and the calendars with ical.js.
//
// node tests/readers/check.mjs SEATLINE FOLDER, from the root of the repository; see .ci/readers.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const [seatline, folder] = process.argv.slice(2);
const require = createRequire(path.resolve(folder, "package.json"));
const Ajv = require("ajv/dist/2020").default;
const ical = require("ical.js").default ?? require("ical.js");

const run = (...args) => execFileSync(seatline, [...args, "-q", "--as-of", "2025-12-01"], { encoding: "utf8" });

const schemas = readdirSync("docs/schema").filter((name) => name.endsWith(".schema.json"));
assert.ok(schemas.length > 8);
const quiet = { log() {}, warn() {}, error: console.error };
for (const name of schemas) {
    const schema = JSON.parse(readFileSync(`docs/schema/${name}`, "utf8"));
    const validate = new Ajv({ logger: quiet }).compile(schema);
    if (["report", "timeline"].includes(name.split(".")[0])) {
        const value = JSON.parse(run(name.split(".")[0], "samples/faulty.json", "-f", "json"));
        assert.ok(validate(value), `${name}: ${JSON.stringify(validate.errors)}`);
    }
    console.log(`ajv compiles ${name}`);
}

const text = run("timeline", "samples/gap-and-early-end-10.9.json", "-f", "ics", "--name", "EXAMPLE");
const events = new ical.Component(ical.parse(text)).getAllSubcomponents("vevent").map((one) => new ical.Event(one));
assert.ok(events.length > 2);
assert.equal(new Set(events.map((event) => event.uid)).size, events.length);
assert.ok(events.every((event) => event.startDate.isDate && event.summary.startsWith("EXAMPLE: ")));
console.log(`ical.js reads ${events.length} events`);
