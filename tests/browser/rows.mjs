// Filtering and sorting, by mouse and by keyboard.

import assert from "node:assert/strict";

import { close, open, read } from "./lib.mjs";

const visible = (shown) => shown.rows.filter((row) => !row.hidden);

async function choose(tab, id, value) {
  await tab.evaluate((name, wanted) => {
    const control = document.getElementById(name);
    control.value = wanted;
    control.dispatchEvent(new Event("input", { bubbles: true }));
  }, id, value);
}

export async function filters(browser, file) {
  const tab = await open(browser, file);
  const all = await read(tab);
  await choose(tab, "find", "CREATOR");
  let shown = visible(await read(tab));
  assert.ok(shown.length > 0 && shown.every((row) => row.id.toLowerCase().includes("creator")));
  await choose(tab, "find", "");
  for (const status of ["active", "upcoming", "lapsed", "expired", "empty"]) {
    await choose(tab, "status", status);
    shown = visible(await read(tab));
    const wanted = all.rows.filter((row) => row.cells.status.startsWith(status));
    assert.deepEqual(shown.map((row) => row.id), wanted.map((row) => row.id), status);
  }
  await choose(tab, "status", "");
  let sum = 0;
  for (const band of ["b0", "b1", "b2", "b3", "b4", "b5", "b6"]) {
    await choose(tab, "end", band);
    shown = visible(await read(tab));
    assert.ok(shown.every((row) => row.classes.includes(`n ${band}`)), band);
    sum += shown.length;
  }
  assert.equal(sum, all.rows.length, "every row is in one band");
  await close(tab);
}

export async function sorts(browser, file) {
  const tab = await open(browser, file);
  const column = async (nth) => {
    await tab.evaluate((n) => document.querySelectorAll("table thead th button")[n].click(), nth);
    return tab.evaluate(() => [...document.querySelector("table tbody").rows].map((row) => ({
      id: row.querySelector("code").textContent,
      name: row.cells[0].querySelector("summary").textContent.trim().toLowerCase(),
      seats: Number.parseInt(row.querySelector("[data-c=seats]").textContent, 10),
    })));
  };
  const ascending = await column(1);
  assert.deepEqual(ascending.map((row) => row.seats), ascending.map((row) => row.seats).sort((one, other) => one - other));
  const descending = await column(1);
  assert.deepEqual(descending.map((row) => row.seats), ascending.map((row) => row.seats).reverse());
  const byName = (await column(0)).map((row) => row.name);
  assert.deepEqual(byName, [...byName].sort());
  const sorted = await tab.evaluate(() => [...document.querySelectorAll("table th[aria-sort]")].map((th) => th.ariaSort ?? th.getAttribute("aria-sort")));
  assert.deepEqual(sorted, ["ascending"]);
  await close(tab);
}

/** Every control for the mouse is reached with Tab and answers to keys. */
export async function keyboard(browser, file) {
  const tab = await open(browser, file);
  const wanted = await tab.evaluate(() => {
    const all = [...document.querySelectorAll("input, select, button, summary, .scroll")];
    all.forEach((one, n) => { one.dataset.reach = n; });
    return all.length;
  });
  const reached = new Set();
  const step = async () => {
    await tab.keyboard.press("Tab");
    const [number, outline] = await tab.evaluate(() => {
      const one = document.activeElement;
      return [one?.dataset?.reach ?? null, one ? getComputedStyle(one).outlineStyle : "none"];
    });
    if (number !== null) {
      reached.add(number);
      assert.notEqual(outline, "none", `the focus of ${number} shows`);
    }
  };
  for (let count = 0; count < wanted * 2 + 20 && reached.size < wanted; count += 1) await step();
  assert.equal(reached.size, wanted, "all is reached with Tab");
  const focus = (what) => tab.evaluate((selector) => document.querySelector(selector).focus(), what);
  const before = (await read(tab)).at[0];
  await focus("#slider");
  await tab.keyboard.press("ArrowRight");
  await tab.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  const after = (await read(tab)).at[0];
  assert.equal(Date.parse(`${after.slice(0, 10)}Z`) - Date.parse(`${before.slice(0, 10)}Z`), 86400000);
  await focus("#after");
  await tab.keyboard.press("Enter");
  assert.ok((await read(tab)).at[0] > after);
  await focus("#back");
  await tab.keyboard.press(" ");
  assert.equal((await read(tab)).at[0], before);
  await focus("table thead button");
  await tab.keyboard.press("Enter");
  assert.equal(await tab.evaluate(() => document.querySelector("table thead th").getAttribute("aria-sort")), "ascending");
  await focus("table tbody summary");
  await tab.keyboard.press("Enter");
  const entries = await tab.evaluate(() => {
    const details = document.querySelector("table tbody details");
    return [details.open, details.querySelector(".entries > li").checkVisibility()];
  });
  assert.deepEqual(entries, [true, true]);
  await close(tab);
}

/** A link to a day opens that day; going back in the browser goes back. */
export async function fragment(browser, file) {
  const tab = await open(browser, file, "#day=2027-03-01");
  assert.equal((await read(tab)).at[0], "2027-03-01 00:00");
  await tab.evaluate(() => { location.hash = "#day=2027-04-01"; });
  await tab.waitForFunction(() => document.querySelector(".at").textContent.startsWith("2027-04-01"));
  const instead = () => tab.evaluate(() => document.getElementById("instead").textContent);
  assert.equal(await instead(), "");
  await tab.evaluate(() => { location.hash = "#day=nonsense"; });
  await tab.waitForFunction(() => document.querySelector(".at").textContent.startsWith("2026-"));
  assert.match(await instead(), /^There is no such day as nonsense/);
  await tab.evaluate(() => { location.hash = "#day=2027-02-30"; });
  await tab.waitForFunction(() => document.getElementById("instead").textContent.includes("2027-02-30"));
  // A day that the page does not have: the nearest one is shown, and the page says so.
  for (const [day, limit] of [["1999-01-01", "min"], ["2999-01-01", "max"]]) {
    await tab.evaluate((day) => { location.hash = `#day=${day}`; }, day);
    const nearest = await tab.evaluate((limit) => document.getElementById("day")[limit], limit);
    await tab.waitForFunction((nearest) => document.querySelector(".at").textContent.startsWith(nearest), {}, nearest);
    assert.match(await instead(), new RegExp(`it shows the nearest one, not ${day}`));
  }
  await close(tab);
}
