// No page sends a request, whatever the license holds. A copy of the page without its policy does, which proves that the listener works.

import assert from "node:assert/strict";

import { HOSTILE } from "./licenses.mjs";
import { close, open, read, save, serve, text } from "./lib.mjs";

/** Markup that would send a request at once. */
const asking = (to) => `
  <img src="${to}/img" alt=""><link rel="stylesheet" href="${to}/style"><iframe src="${to}/frame" title="a"></iframe>
  <object data="${to}/object"></object><embed src="${to}/embed"><video src="${to}/video" autoplay></video>
  <script src="${to}/script"></scr` + `ipt><style>body { background: url("${to}/background") }</style>
  <p style="background: url('${to}/attribute')">a</p><svg><image href="${to}/image"/><use href="${to}/use#a"/></svg>
  <script>fetch("${to}/fetch", { mode: "no-cors" }); new Image().src = "${to}/new"; globalThis.harmed = 1;</scr` + `ipt>
  <img src="x" onerror="globalThis.harmed = 1; new Image().src = '${to}/handler'" alt="">
  <form action="${to}/form"><button id="send">Send</button></form>`;

const POLICY = /<meta http-equiv="Content-Security-Policy"[^>]*>/;

export async function nothingLeaves(browser, file) {
  const listener = await serve(() => ({}));
  const hostile = text(file).replace("<main>", `<main>${asking(listener.address)}`);
  assert.match(hostile, POLICY);
  let body = hostile;
  const site = await serve(() => ({ body }));
  const heard = async (place) => {
    listener.heard.length = 0;
    const tab = await open(browser, place);
    await new Promise((done) => setTimeout(done, 700));
    const harmed = await tab.evaluate(() => globalThis.harmed ?? null);
    const rows = (await read(tab)).rows.length;
    await tab.evaluate(() => document.getElementById("send").click());
    await new Promise((done) => setTimeout(done, 300));
    await tab.close();
    return { heard: [...new Set(listener.heard)].sort(), harmed, rows };
  };
  for (const place of [save("hostile-markup.html", hostile), site.address]) {
    const { heard: paths, harmed, rows } = await heard(place);
    assert.deepEqual(paths, [], `${place} asked for something`);
    assert.equal(harmed, null);
    assert.ok(rows > 0);
  }
  body = hostile.replace(POLICY, "");
  const open_ = await heard(site.address);
  for (const path of ["/img", "/style", "/script", "/fetch"]) assert.ok(open_.heard.includes(path), `${path} of ${open_.heard}`);
  assert.equal(open_.harmed, 1);
  listener.close();
  site.close();
}

/** Names that look like markup appear as text. */
export async function namesAreText(browser, file) {
  const tab = await open(browser, file);
  const shown = await read(tab);
  const visible = (name) => name.replace(/[\u0000-\u001f\u007f-\u009f\u200b\u2028-\u202e]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
  assert.deepEqual(shown.rows.map((row) => row.id).slice(0, HOSTILE.length), HOSTILE.map(visible));
  assert.equal(await tab.evaluate(() => globalThis.harmed ?? null), null);
  const strange = await tab.evaluate(() => document.querySelectorAll("main img, main script, main b[onfocus], main [autofocus]").length);
  assert.equal(strange, 0);
  await close(tab);
}
