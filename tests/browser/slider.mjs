// The slider shows exactly what the program says for the day.

import assert from "node:assert/strict";

import { close, json, open, page, random, read, run, slide, textOfPdf } from "./lib.mjs";

const DAYS = 20;
const date = (day) => new Date(day * 86400000).toISOString().slice(0, 10);
const ends = (tab) => tab.evaluate(() => [Number(document.getElementById("slider").min), Number(document.getElementById("slider").max)]);

/** `report` at random days: the JSON of each day, and the page that is made for it. */
export async function report(browser, file, zone) {
  const args = (day) => ["report", file, "--tz", zone, "--as-of", day, "-q"];
  const tab = await open(browser, page("report", ...args("2026-02-03")));
  const [first, last] = await ends(tab);
  const next = random(last);
  for (let count = 0; count < DAYS; count += 1) {
    const day = first + next(last - first + 1);
    await slide(tab, day);
    const shown = await read(tab);
    const [license] = json(...args(date(day))).licenses;
    assert.equal(shown.rows.length, license.items.length);
    license.items.forEach((item, n) => same(shown.rows[n], item, `${item.id} on ${date(day)}`));
    const administrators = license.administrators.join(", ") || "no user type that is certain to have seats";
    assert.deepEqual(shown.administrators, [administrators], date(day));
    alike(shown, await read(tab, run(...args(date(day)), "-f", "html")), date(day));
    assert.equal(await tab.evaluate(() => location.hash), `#day=${date(day)}`);
    if (count === 0) await printed(tab, `${date(day)} in ${zone}`);
  }
  await close(tab);
}

function same(row, item, what) {
  const doubt = item.certain ? "" : " ?";
  assert.equal(row.id, item.id);
  assert.equal(row.cells.status, item.status + doubt, what);
  if (item.kind === "capability") assert.equal(row.cells.seats, (item.status === "active" ? "there" : "–") + doubt, what);
  else assert.equal(row.cells.seats, item.usableSeats + doubt, what);
}

/** What is printed is what is shown: every row, in A4 and in Letter. */
async function printed(tab, what) {
  const rows = await tab.evaluate(() => [...document.querySelectorAll("h1, tr[data-n]")].map((row) => row.innerText));
  for (const format of ["A4", "Letter"]) {
    const text = textOfPdf(await tab.pdf({ format, printBackground: true }));
    for (const row of rows) {
      const wanted = row.replace(/\s+/g, "").replace(/^[▸▶]/, "");
      assert.ok(text.includes(wanted), `printed ${what} as ${format}: no ${wanted} in ${text.slice(0, 2000)}`);
    }
  }
}

/** `fit` at random days: seats, assigned, available. */
export async function fit(browser, file, usage) {
  const args = (day) => ["fit", file, "--usage", usage, "--as-of", day, "-q"];
  const tab = await open(browser, page("fit", ...args("2026-11-30")));
  const [first, last] = await ends(tab);
  assert.equal(date(first), "2026-11-30");
  const next = random(first);
  for (let count = 0; count < DAYS; count += 1) {
    const day = first + next(last - first + 1);
    await slide(tab, day);
    const { rows } = await read(tab);
    const { items } = json(...args(date(day)));
    for (const { id, cells } of rows) {
      const item = items.find((one) => one.id === id);
      const short = String(Math.max(0, item.assigned - item.usableSeats));
      const wanted = { seats: item.usableSeats, assigned: item.assigned, available: item.available, short };
      for (const [name, number] of Object.entries(wanted)) assert.equal(cells[name], String(number), `${id} on ${date(day)}`);
    }
  }
  await close(tab);
}

/** `diff` at random days: old, new, the difference. */
export async function diff(browser, old, renewal) {
  const args = (day) => ["diff", old, renewal, "--as-of", day, "-q"];
  const tab = await open(browser, page("diff", ...args("2026-11-30")));
  const [first, last] = await ends(tab);
  const next = random(last);
  for (let count = 0; count < DAYS; count += 1) {
    const day = first + next(last - first + 1);
    await slide(tab, day);
    const { rows } = await read(tab);
    const { items } = json(...args(date(day)));
    for (const { id, cells } of rows) {
      const item = items.find((one) => one.id === id);
      assert.equal(cells.old, String(item.old), `${id} on ${date(day)}`);
      assert.equal(cells.seats, String(item.new), `${id} on ${date(day)}`);
      assert.equal(cells.delta, item.delta > 0 ? `+${item.delta}` : String(item.delta), `${id} on ${date(day)}`);
    }
  }
  await close(tab);
}

/** The same, and if not, the first difference. */
function alike(shown, made, what) {
  shown.rows.forEach((row, n) => assert.deepEqual(row, made.rows[n], what));
  assert.deepEqual({ ...shown, rows: [] }, { ...made, rows: [] }, what);
}
