// Tests the pages that seatline writes, in Chromium and in Firefox.
//
// node tests/browser/check.mjs SEATLINE FOLDER [STEP], from the root of the repository; FOLDER has the packages of package.json.
// With STEP it runs only the steps with this text in their names. See .ci/browser.

import assert from "node:assert/strict";

import * as closed from "./closed.mjs";
import { BROWSERS, close, launch, open, page, read, run } from "./lib.mjs";
import * as licenses from "./licenses.mjs";
import * as look from "./look.mjs";
import * as readable from "./readable.mjs";
import * as rows from "./rows.mjs";
import * as slider from "./slider.mjs";

const AS_OF = ["--as-of", "2026-11-30", "-q"];
const [old, renewal, members] = ["old.json", "new.json", "members.csv"].map((name) => `samples/renewal/${name}`);
const forty = licenses.license("forty", 40, 7);
const many = licenses.license("many", 2000, 8);
const verdicts = ["--usage", members, ...AS_OF];

const pages = {
  report: page("forty", "report", forty, ...AS_OF),
  sample: page("sample", "report", "samples/portal-10.8.json", "--as-of", "2019-01-01", "-q"),
  faulty: page("faulty", "report", "samples/faulty.json", ...AS_OF),
  two: page("two", "report", "samples/history.jsonl", ...AS_OF),
  timeline: page("timeline", "timeline", forty, ...AS_OF),
  byDate: page("by-date", "timeline", "samples/gap-and-early-end-10.9.json", "--by", "date", ...AS_OF),
  diff: page("diff", "diff", old, renewal, ...AS_OF),
  lost: page("lost", "diff", renewal, old, ...AS_OF),
  fit: page("fit", "fit", renewal, ...verdicts),
  preflight: page("preflight", "preflight", renewal, "--over", old, "--no-policy", ...verdicts),
  costs: page("costs", "preflight", renewal, "--over", old, "--prices", "samples/renewal/prices.csv", "--no-policy", ...verdicts),
  nobody: page("nobody", "preflight", renewal, "--nobody-yet", "--no-policy", ...AS_OF),
  hostile: page("hostile", "report", licenses.hostile(), ...AS_OF),
};
const large = page("many", "report", many, ...AS_OF);

let steps = 0;
async function step(what, work) {
  if (!what.includes(process.argv[4] ?? "")) return;
  const begin = Date.now();
  await work();
  steps += 1;
  console.log(`   ${what}: ${((Date.now() - begin) / 1000).toFixed(1)} s`);
}

/** The same question gives the same page. */
await step("the same bytes", () => {
  const twice = [1, 2].map(() => run("report", forty, ...AS_OF, "-f", "html"));
  assert.equal(twice[0], twice[1]);
});
await step("the Nu validator", () => look.valid([...Object.values(pages), large]));

for (const name of Object.keys(BROWSERS)) {
  console.log(`\n-- ${name}`);
  const browser = await launch(name);
  await step("nothing on the console", async () => {
    for (const file of Object.values(pages)) await close(await open(browser, file));
  });
  await step("no request leaves", () => closed.nothingLeaves(browser, pages.report));
  await step("names are text", () => closed.namesAreText(browser, pages.hostile));
  for (const [file, zone] of [[forty, "UTC"], [forty, "America/Sao_Paulo"], ["samples/faulty.json", "Europe/Berlin"]]) {
    await step(`twenty days of ${file.split("/").pop()} in ${zone}`, () => slider.report(browser, file, zone));
  }
  await step("twenty days of fit", () => slider.fit(browser, renewal, members));
  await step("twenty days of preflight", () =>
    slider.preflight(browser, renewal, ["--over", old, "--usage", members], "2026-11-30"));
  await step("twenty days of preflight in doubt", () => slider.preflight(browser, forty, ["--nobody-yet"], "2025-03-01"));
  for (const zone of ["UTC", "America/Sao_Paulo"]) {
    await step(`twenty days of timeline in ${zone}`, () => slider.timeline(browser, forty, zone));
  }
  await step("twenty days of diff", () => slider.diff(browser, old, renewal));
  await step("filter", () => rows.filters(browser, pages.report));
  await step("sort", () => rows.sorts(browser, pages.report));
  await step("keyboard", () => rows.keyboard(browser, pages.sample));
  await step("heads on paper", () => readable.headsOnPaper(browser, pages.report));
  await step("the day in the fragment", () => rows.fragment(browser, pages.report));
  await step("sandboxed as by Jenkins", () => readable.sandboxed(browser, pages.sample));
  await step("2,000 items", async () => {
    const tab = await open(browser, large);
    const shown = await read(tab);
    assert.ok(shown.rows.length >= 2000);
    await rows.filters(browser, large);
    await close(tab);
  });
  await step("axe, light", async () => {
    for (const file of Object.values(pages)) await look.accessible(browser, file);
  });
  await browser.close();
  const dark = await launch(name, { dark: true });
  await step("axe, dark", async () => {
    for (const file of Object.values(pages)) await look.accessible(dark, file);
  });
  await dark.close();
  const still = await launch(name, { scripts: false });
  await step("without scripts", () => readable.withoutScript(still, pages.sample));
  await still.close();
}
console.log(`\n${steps} steps passed`);
