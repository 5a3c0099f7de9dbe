// Filters and sorts rows.

function control(id) {
  return document.getElementById(id);
}

function filter() {
  const wanted = (control("find").value ?? "").trim().toLowerCase();
  const status = control("status")?.value ?? "";
  const end = control("end")?.value ?? "";
  let shownRows = 0;
  for (const { row, name, it } of rows) {
    const fits = (wanted === "" || name.includes(wanted)) && (status === "" || it.status === status)
      && (end === "" || left(shownNow, it).band === end);
    row.hidden = !fits;
    if (fits) shownRows += 1;
  }
  for (const table of document.querySelectorAll(".scroll:has(tr[data-n])")) {
    table.hidden = table.querySelector("tr[data-n]:not([hidden])") === null;
  }
  const all = wanted === "" && status === "" && end === "";
  setText(control("count"), all ? "" : `${shownRows} of ${rows.length} shown`);
}

/** The value by which a cell is sorted. Missing numbers come last. */
function key(row, column, sort) {
  const cell = row.cells[column];
  const text = (cell.querySelector("summary") ?? cell).textContent.trim();
  if (sort === "text") return text.toLowerCase();
  const number = Number.parseFloat(text.replace("–", "-").replace("up to ", ""));
  return Number.isNaN(number) ? null : number;
}

function compare(one, other) {
  if (one === null || other === null) return one === other ? 0 : one === null ? 1 : -1;
  return one < other ? -1 : one > other ? 1 : 0;
}

let sorted = [];

function sortBy(head, descending) {
  const table = head.closest("table");
  const body = table.tBodies[0];
  const keyed = [...body.rows].map((row) => ({ row, key: key(row, head.cellIndex, head.dataset.sort) }));
  keyed.sort((one, other) => {
    const order = compare(one.key, other.key);
    const turn = descending && one.key !== null && other.key !== null ? -order : order;
    return turn || Number(one.row.dataset.n) - Number(other.row.dataset.n);
  });
  body.append(...keyed.map(({ row }) => row));
  for (const other of table.querySelectorAll("th[aria-sort]")) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", descending ? "descending" : "ascending");
  sorted = sorted.filter((one) => one.head.closest("table") !== table);
  sorted.push({ head, descending });
}

/** Puts the rows in order again after the day has moved. */
function sortAgain() {
  for (const { head, descending } of [...sorted]) sortBy(head, descending);
}

function makeSortable(head) {
  const button = document.createElement("button");
  button.type = "button";
  button.append(...head.childNodes);
  head.append(button);
  button.addEventListener("click", () => sortBy(head, head.getAttribute("aria-sort") === "ascending"));
}
