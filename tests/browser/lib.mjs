// Runs seatline, opens its pages in a browser, and reads them.

import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import http from "node:http";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

export const [seatline, folder] = process.argv.slice(2).map((name) => path.resolve(name));
export const require = createRequire(path.join(folder, "package.json"));
const { default: puppeteer } = await import(pathToFileURL(require.resolve("puppeteer-core")));

const pages = path.join(folder, "pages");
mkdirSync(pages, { recursive: true });

/** The output of a command, whatever its verdict is. */
export function run(...args) {
  const { status, stdout, stderr } = spawnSync(seatline, args, { encoding: "utf8", maxBuffer: 1 << 28 });
  assert.ok(status === 0 || status === 1, `seatline ${args.join(" ")}: exit ${status}: ${stderr}`);
  return stdout;
}

export function json(...args) {
  return JSON.parse(run(...args, "-f", "json"));
}

/** Writes a page, and returns its path. */
export function save(name, text) {
  const file = path.join(pages, name);
  writeFileSync(file, text);
  return file;
}

export function page(name, ...args) {
  return save(`${name}.html`, run(...args, "-f", "html"));
}

export const BROWSERS = {
  chromium: { browser: "chrome", executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] },
  firefox: { browser: "firefox", executablePath: "/usr/bin/firefox-esr" },
};

export async function launch(name, { dark = false, scripts = true } = {}) {
  const options = BROWSERS[name];
  const prefs = { "layout.css.prefers-color-scheme.content-override": dark ? 0 : 1, "javascript.enabled": scripts };
  const browser = await puppeteer.launch({ ...options, headless: true, ...(name === "firefox" ? { extraPrefsFirefox: prefs } : {}) });
  return Object.assign(browser, { dark, scripts, isFirefox: name === "firefox" });
}

/** Opens a file or an address. The messages of the console are kept, and a test that does not read them fails. */
export async function open(browser, place, fragment = "") {
  const tab = await browser.newPage();
  tab.said = [];
  tab.on("console", (message) => tab.said.push(message.text()));
  tab.on("pageerror", (error) => tab.said.push(String(error)));
  await tab.setViewport({ width: 1280, height: 900 });
  if (!browser.isFirefox) {
    await tab.setJavaScriptEnabled(browser.scripts);
    await tab.emulateMediaFeatures([{ name: "prefers-color-scheme", value: browser.dark ? "dark" : "light" }]);
  }
  await tab.goto((place.startsWith("http") ? place : String(pathToFileURL(place))) + fragment);
  return tab;
}

export async function close(tab, said = []) {
  assert.deepEqual(tab.said, said, "console messages");
  await tab.close();
}

/** The content of a page, in a tab or a text: the cells and entries of each row, and the lines about all rows. */
export function read(tab, text = null) {
  return tab.evaluate((html) => {
    const root = html === null ? document : new DOMParser().parseFromString(html, "text/html");
    const all = (place, what) => [...place.querySelectorAll(what)];
    const texts = (place, what) => all(place, what).map((one) => one.textContent.trim());
    const rows = all(root, "tr[data-n]").map((row) => ({
      id: row.querySelector("code").textContent,
      kind: row.closest("table").querySelector("thead th").textContent,
      hidden: row.hidden,
      cells: Object.fromEntries(all(row, "[data-c]").map((cell) => [cell.dataset.c, cell.dataset.c === "dates"
        ? [...cell.children].map((line) => line.textContent).join("\n") : cell.textContent])),
      classes: all(row, "[data-c]").map((cell) => cell.className),
      entries: all(row, ".entries > li").map((entry) => `${entry.className} ${entry.textContent}`.trim()),
    }));
    return { rows, at: texts(root, ".at"), bands: texts(root, ".bands li"), months: texts(root, ".months li"),
      totals: texts(root, "[data-total]"), administrators: texts(root, "[data-admins]"), title: root.title };
  }, text);
}

/** Moves the slider as a user does. */
export async function slide(tab, day) {
  await tab.evaluate((value) => {
    const slider = document.getElementById("slider");
    slider.value = String(value);
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  }, day);
}

/** The text of a PDF in the order in which it was written, without blanks and ligatures. */
export function textOfPdf(bytes) {
  const file = save("printed.pdf", bytes);
  return execFileSync("pdftotext", ["-raw", file, "-"], { encoding: "utf8" }).normalize("NFKC").replace(/\s+/g, "");
}

/** A server on 127.0.0.1; `heard` has every path that was requested. */
export async function serve(answer) {
  const heard = [];
  const server = http.createServer((request, response) => {
    heard.push(request.url);
    const { headers = {}, body = "" } = answer(request.url);
    response.writeHead(200, { "Content-Type": "text/html; charset=utf-8", ...headers });
    response.end(body);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return { heard, address: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

export const text = (file) => readFileSync(file, "utf8");

/** Random numbers from 0 up to `below`, the same on every run. */
export function random(seed) {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
