// Moves the page to a day: seats, status, dates, summaries, pictures and the line that says which day it is, together.

const rows = [...document.querySelectorAll("tr[data-n]")].map((row) => ({
  row,
  item: data.items[Number(row.dataset.n)],
  name: row.querySelector("summary, th").textContent.toLowerCase(),
  cells: [...row.querySelectorAll("[data-c]")],
  readings: [...row.querySelectorAll(".entries > li")],
}));
const byElement = new Map(rows.map((row) => [row.row, row]));

function within(place) {
  return [...place.querySelectorAll("tr[data-n]")].map((row) => byElement.get(row));
}

function setText(place, text) {
  if (place.textContent !== text) place.textContent = text;
}

/** The text of each named cell, and its class where the class changes. */
const CELLS = {
  seats: (item, now, it) => [seatsInWords(item.kind, it.seats) + (it.certain ? "" : DOUBT)],
  status: (item, now, it) => [it.status + (it.certain ? "" : DOUBT), it.status],
  left: (item, now, it) => {
    const { days, band, certain } = left(now, it);
    return [days === null ? "" : `${days}${certain ? "" : DOUBT}`, `n ${band}`];
  },
  old: (item, now) => {
    if (!item.old) return [""];
    return [seatsInWords(item.kind, seatsAt(item.old, now.at)) + (isCertain(item.oldDoubts, now.at) ? "" : DOUBT)];
  },
  delta: (item, now, it) => {
    if (!item.old) return [""];
    const delta = it.seats - seatsAt(item.old, now.at);
    const certain = it.certain && isCertain(item.oldDoubts, now.at);
    return [`${delta > 0 ? "+" : ""}${delta}${certain ? "" : DOUBT}`];
  },
  assigned: (item, now) => [item.need && item.counted ? String(seatsAt(item.need, now.at)) : "not counted"],
  available: (item, now, it) => {
    if (!item.need || !item.counted) return [""];
    return [`${it.seats - seatsAt(item.need, now.at)}${it.certain ? "" : DOUBT}`];
  },
  short: (item, now, it) => {
    if (!item.need) return [""];
    const certain = it.certain && isCertain(item.needDoubts, now.at);
    return [`${Math.max(0, seatsAt(item.need, now.at) - it.seats)}${certain ? "" : DOUBT}`];
  },
};

function seatsInWords(kind, seats) {
  if (kind !== "capability") return String(seats);
  return seats > 0 ? "there" : "–";
}

function showRow({ item, it, cells, readings: places }, now) {
  for (const cell of cells) {
    if (cell.dataset.c === "dates") {
      const phrases = outlook(item, now, it);
      if (phrases.join("\n") !== [...cell.children].map((line) => line.textContent).join("\n")) {
        cell.replaceChildren(...phrases.map((phrase) => element("div", phrase)));
      }
      continue;
    }
    const [text, className] = CELLS[cell.dataset.c](item, now, it);
    setText(cell, text);
    if (className !== undefined) cell.className = className;
  }
  if (places.length > 0 && item.entries) {
    readings(item, now.at).forEach((reading, n) => {
      if (reading === null) return;
      places[n].className = reading === "holds" ? "holds" : "";
      setText(places[n].querySelector(".reading"), reading);
    });
  }
}

function showSummaries(now) {
  for (const license of document.querySelectorAll("section.license")) {
    const own = within(license);
    const items = own.map(({ item }) => item);
    const bands = own.map(({ it }) => left(now, it));
    for (const place of license.querySelectorAll("[data-band]")) {
      const inBand = bands.filter(({ band }) => band === place.dataset.band);
      setText(place, `${inBand.length}${inBand.every(({ certain }) => certain) ? "" : DOUBT}`);
    }
    for (const list of license.querySelectorAll(".months")) showMonths(list, items, now);
    for (const place of license.querySelectorAll("[data-admins]")) {
      showAdministrators(place, data.administrators[Number(place.dataset.admins)], now);
    }
  }
  for (const place of document.querySelectorAll("[data-total]")) {
    setText(place, totalOf(within(place.closest("table")).map(({ item }) => item), now));
  }
}

function showMark(now) {
  const [from, to, width] = data.chart;
  const within = Math.min(Math.max(now.at, from), to);
  const x = to > from ? Math.floor(((within - from) * width) / (to - from)) : 0;
  for (const mark of document.querySelectorAll("path.day")) mark.setAttribute("d", `M${x} 0V28`);
}

let shownNow = made;

function show(now) {
  shownNow = now;
  for (const place of document.querySelectorAll(".at")) setText(place, now.text);
  for (const row of rows) {
    row.it = given(row.item, now.at);
    showRow(row, now);
  }
  showSummaries(now);
  showMark(now);
}
