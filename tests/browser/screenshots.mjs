// Makes the pictures in docs/img again.
//
// node tests/browser/screenshots.mjs SEATLINE FOLDER, from the root of the repository.

import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

import { launch, open, page, save } from "./lib.mjs";

const AS_OF = ["--as-of", "2026-11-30", "-q"];
const [old, renewal, members] = ["old.json", "new.json", "members.csv"].map((name) => `samples/renewal/${name}`);
const report = page("picture-report", "report", "samples/gap-and-early-end-10.9.json", ...AS_OF);
const preflight = page("picture-preflight", "preflight", renewal, "--over", old, "--usage", members, "--no-policy", ...AS_OF);

mkdirSync("docs/img", { recursive: true });

async function picture(browser, file, name, { width = 1100, height = 760, fragment = "", opened = false }) {
  const tab = await open(browser, file, fragment);
  await tab.setViewport({ width, height });
  if (opened) await tab.evaluate(() => { document.querySelector("details").open = true; });
  await tab.screenshot({ path: `docs/img/${name}.webp`, type: "webp", quality: 80 });
  return tab;
}

const light = await launch("chromium");
await picture(light, report, "report", { opened: true });
await picture(light, preflight, "preflight", {});
await picture(light, preflight, "phone", { width: 390, height: 760 });
const tab = await open(light, report, "#day=2027-01-02");
const pdf = save("picture.pdf", await tab.pdf({ format: "A4", printBackground: true }));
const printed = save("picture.png", "").replace(/\.png$/, "");
execFileSync("pdftoppm", ["-r", "90", "-png", "-singlefile", pdf, printed]);
const paper = save("paper.html", `<img src="data:image/png;base64,${readFileSync(`${printed}.png`).toString("base64")}">`);
await tab.goto(String(pathToFileURL(paper)));
await (await tab.$("img")).screenshot({ path: "docs/img/printed.webp", type: "webp", quality: 80 });
await light.close();
const dark = await launch("chromium", { dark: true });
await picture(dark, report, "dark", { fragment: "#day=2027-01-02" });
await dark.close();
