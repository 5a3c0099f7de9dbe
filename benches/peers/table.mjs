// The bare table of seats at an instant: node table.mjs files|lines AS_OF_MS PATH. No check of anything.
import { createReadStream, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";

const [form, asOf, path] = [process.argv[2], Number(process.argv[3]), process.argv[4]];
const KINDS = [["userType", "userTypes"], ["appBundle", "appBundles"], ["extension", "extensions"], ["app", "apps"]];

function table(document) {
    let rows = "";
    for (const [kind, list] of KINDS) {
        const latest = new Map();
        for (const entry of document.MyEsri.provision[list] ?? []) {
            const known = latest.get(entry.id);
            if (known === undefined) latest.set(entry.id, entry.startDate <= asOf ? entry : null);
            else if (entry.startDate <= asOf && (known === null || entry.startDate > known.startDate)) latest.set(entry.id, entry);
        }
        for (const [id, entry] of latest) rows += `${kind}\t${id}\t${entry === null ? 0 : entry.maxUsers}\n`;
    }
    return rows;
}

if (form === "lines") {
    let rows = "";
    for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
        rows += table(JSON.parse(line));
        if (rows.length > 1 << 16) { process.stdout.write(rows); rows = ""; }
    }
    process.stdout.write(rows);
} else {
    const files = form === "files" ? readdirSync(path).sort().map((name) => join(path, name)) : [path];
    let rows = "";
    for (const file of files) {
        rows += table(JSON.parse(readFileSync(file, "utf8")));
        if (rows.length > 1 << 16) { process.stdout.write(rows); rows = ""; }
    }
    process.stdout.write(rows);
}
