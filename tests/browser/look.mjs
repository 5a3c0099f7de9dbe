// axe and the Nu validator find no fault in any page.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";

import { close, open, require, text } from "./lib.mjs";

const AXE = text(require.resolve("axe-core/axe.min.js"));
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** No violation of A or AA: in the page as it is, at another day, filtered, and with open entries. */
export async function accessible(browser, file) {
  const tab = await open(browser, file);
  await tab.evaluate(AXE);
  const check = async (what) => {
    const violations = await tab.evaluate(async (values) => {
      const { violations: found } = await globalThis.axe.run(document, { runOnly: { type: "tag", values } });
      return found.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => `${node.html} ${node.failureSummary}`).join(" | ")}`);
    }, TAGS);
    assert.deepEqual(violations, [], `${file}: ${what}`);
  };
  await check("as it is");
  await tab.evaluate(() => document.querySelectorAll("details").forEach((one) => { one.open = true; }));
  await check("with entries");
  await tab.evaluate(() => {
    const find = document.getElementById("find");
    find.value = "creator";
    find.dispatchEvent(new Event("input", { bubbles: true }));
    document.querySelector("th button")?.click();
    document.getElementById("after")?.click();
  });
  await check("filtered and sorted on another day");
  await close(tab);
}

export function valid(files) {
  const jar = require.resolve("vnu-jar/build/dist/vnu.jar");
  const { stdout, status } = spawnSync("java", ["-jar", jar, "--stdout", "--errors-only", ...files], { encoding: "utf8", maxBuffer: 1 << 26 });
  assert.equal(status, 0, stdout.slice(0, 4000));
}
