// Makes the pictures in docs/img again, which somebody then looks at. It needs what .ci/browser needs, and LibreOffice.
//
// node tests/browser/screenshots.mjs SEATLINE FOLDER, from the root of the repository.

import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { pathToFileURL } from "node:url";

import { launch, open, page, run, save } from "./lib.mjs";

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

/** A part of a page of a PDF as a picture, which a browser can show. */
function part(pdf, name, number, resolution, { x = 0, y = 0, width = 0, height = 0 } = {}) {
  const file = save(`${name}.png`, "").replace(/\.png$/, "");
  const cut = ["-x", x, "-y", y, "-W", width, "-H", height].map(String);
  execFileSync("pdftoppm", ["-r", String(resolution), "-f", String(number), "-singlefile", ...cut, "-png", pdf, file]);
  return `<img src="data:image/png;base64,${readFileSync(`${file}.png`).toString("base64")}">`;
}

/** Pictures below each other, as one. */
async function together(tab, name, images) {
  const file = save(`${name}.html`, `<style>body { margin: 0 } div { width: fit-content } img { display: block }</style><div>${images.join("")}</div>`);
  await tab.goto(String(pathToFileURL(file)));
  await (await tab.$("div")).screenshot({ path: `docs/img/${name}.webp`, type: "webp", quality: 80 });
}

const tab = await open(light, preflight);
const printed = save("printed.pdf", await tab.pdf({ format: "A4", printBackground: true }));
await together(tab, "printed", [part(printed, "printed", 1, 90)]);

// A workbook as LibreOffice prints it: the sheet of seats, and the summary with its chart.
const book = save("workbook.xlsx", "");
run("report", "samples/gap-and-early-end-10.9.json", ...AS_OF, "-o", book);
execFileSync("soffice", ["--headless", "--convert-to", "pdf", "--outdir", dirname(book), book], { stdio: "ignore" });
const sheets = book.replace(/xlsx$/, "pdf");
await together(tab, "workbook", [
  part(sheets, "seats", 2, 130, { x: 30, y: 50, width: 1480, height: 290 }),
  part(sheets, "summary", 1, 130, { x: 30, y: 50, width: 1480, height: 730 }),
]);
await light.close();
const dark = await launch("chromium", { dark: true });
await picture(dark, report, "dark", { fragment: "#day=2027-01-02" });
await dark.close();
