// The pages where scripts, or scripts and styles, are off.

import assert from "node:assert/strict";

import { open, save, serve, text, textOfPdf } from "./lib.mjs";

/** The content of a page without its script and its data. */
function said(html) {
  const body = html.replace(/<(style|script)[^>]*>[\s\S]*?<\/\1>/g, "");
  const rows = [...body.matchAll(/<tr data-n=[\s\S]*?<\/tr>/g)].map(([row]) => row.replace(/<div class="why">[\s\S]*?<\/div>(?=<\/details>)/, ""));
  const plain = (markup) => markup.replace(/<[^>]*>/g, "").replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&quot;/g, "\"")
    .replace(/&amp;/g, "&").replace(/\s+/g, "");
  return rows.map(plain);
}

async function printedRows(tab, file, what) {
  // All on one page, since without styles a row may be broken where a page ends.
  const printed = textOfPdf(await tab.pdf({ width: "210mm", height: "3000mm", printBackground: true }));
  const rows = said(text(file));
  assert.ok(rows.length > 5);
  for (const row of rows) assert.ok(printed.includes(row), `${what}: no ${row} in ${printed.slice(0, 3000)}`);
}

/** On paper the head of a table stands on each of its pages, with all its titles, also those that are buttons on a screen. */
export async function headsOnPaper(browser, file) {
  const tab = await open(browser, file);
  const head = await tab.evaluate(() => document.querySelector("table thead").textContent.replace(/\s+/g, ""));
  const text = textOfPdf(await tab.pdf({ format: "A4", printBackground: true }));
  assert.ok(text.split(head).length > 2, `${head} stands once in ${text.slice(0, 3000)}`);
  await tab.close();
}

/** Without scripts the table of the as-of is there, and no control. `browser` has scripts off. */
export async function withoutScript(browser, file) {
  const tab = await open(browser, file);
  await printedRows(tab, file, "without scripts");
  save(`without-script-${browser.isFirefox ? "firefox" : "chromium"}.png`, await tab.screenshot());
  await tab.close();
}

/** Jenkins serves the files of a build without scripts and inline styles. */
const JENKINS = "sandbox; default-src 'none'; img-src 'self'; style-src 'self';";

export async function sandboxed(browser, file) {
  const site = await serve(() => ({ headers: { "Content-Security-Policy": JENKINS }, body: text(file) }));
  const tab = await open(browser, site.address);
  await printedRows(tab, file, "sandboxed");
  save(`jenkins-${browser.isFirefox ? "firefox" : "chromium"}.png`, await tab.screenshot());
  await tab.close();
  site.close();
}
