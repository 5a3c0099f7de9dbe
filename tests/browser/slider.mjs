// For each day the slider shows exactly the numbers of the program.

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

/** The print has every row of the page, in A4 and in Letter. */
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
      const doubt = item.certain ? "" : " ?";
      const short = Math.max(0, item.assigned - item.usableSeats) + doubt;
      const [seats, available] = [item.usableSeats, item.available].map((number) => number + doubt);
      const wanted = { seats, assigned: String(item.assigned), available, short };
      for (const [name, text] of Object.entries(wanted)) assert.equal(cells[name], text, `${id} on ${date(day)}`);
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

/** `preflight` at random days: the seats of every item; of counted items also assigned, available and short. */
export async function preflight(browser, file, rest, from) {
  const args = (day) => ["preflight", file, ...rest, "--no-policy", "--as-of", day, "-q"];
  const tab = await open(browser, page("preflight", ...args(from)));
  const [first, last] = await ends(tab);
  assert.equal(date(first), from);
  const next = random(first + 1);
  for (let count = 0; count < DAYS; count += 1) {
    const day = first + next(last - first + 1);
    await slide(tab, day);
    const { rows } = await read(tab);
    const { items } = json(...args(date(day)));
    assert.ok(rows.length > 0 && rows.length <= items.length);
    for (const { id, cells, kind } of rows) {
      const item = items.find((one) => one.id === id && noun(one.kind) === kind);
      const what = `${id} on ${date(day)}`;
      const doubt = item.certain ? "" : " ?";
      if (item.kind === "capability") continue;
      assert.equal(cells.seats, item.new + doubt, what);
      assert.equal(cells.assigned, item.assigned === null ? "not counted" : String(item.assigned), what);
      if (item.assigned === null) continue;
      assert.equal(cells.available, item.new - item.assigned + doubt, what);
      assert.equal(cells.short, Math.max(0, item.assigned - item.new) + doubt, what);
    }
  }
  await close(tab);
}

/** "user type" of userType. */
function noun(kind) {
  return kind.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** `timeline` at random days: seats and status. */
export async function timeline(browser, file, zone) {
  const args = (command, day) => [command, file, "--tz", zone, "--as-of", day, "-q"];
  const tab = await open(browser, page("timeline", ...args("timeline", "2026-02-03")));
  const [first, last] = await ends(tab);
  const next = random(last + 1);
  for (let count = 0; count < DAYS; count += 1) {
    const day = first + next(last - first + 1);
    await slide(tab, day);
    const { rows } = await read(tab);
    const [{ items }] = json(...args("report", date(day))).licenses;
    assert.equal(rows.length, items.length);
    items.forEach((item, n) => same(rows[n], item, `${item.id} on ${date(day)}`));
  }
  await close(tab);
}

/** Asserts that both are equal; the message has the first difference. */
function alike(shown, made, what) {
  shown.rows.forEach((row, n) => assert.deepEqual(row, made.rows[n], what));
  assert.deepEqual({ ...shown, rows: [] }, { ...made, rows: [] }, what);
}
