// What is said of all items of a license together.

const BANDS = [[30, "b0"], [60, "b1"], [90, "b2"], [121, "b3"], [Infinity, "b4"]];

/** The days until there are no seats, and the band that they are in. */
function left(now, it) {
  if (it.seats === 0) return { days: null, band: "b6" };
  if (it.end === null || it.end > YEAR_2100) return { days: null, band: "b5" };
  const days = daysBetween(now.text, shown(it.end));
  return { days, band: BANDS.find(([most]) => days < most)[1] };
}

const MOST_MONTHS = 24;

function monthOf(text) {
  return Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7)) - 1;
}

function monthName(number) {
  return `${String(Math.floor(number / 12)).padStart(4, "0")}-${String((number % 12) + 1).padStart(2, "0")}`;
}

/** From the first month in which anything ends or falls: `[name, ends, falls]`. */
function monthsOf(items, now) {
  const found = new Map();
  for (const item of items) {
    let before = seatsAt(item.seats, now.at);
    for (const [at, seats] of item.seats) {
      if (at <= now.at) continue;
      if (seats < before && at <= YEAR_2100) {
        const month = monthOf(shown(at));
        if (!found.has(month)) found.set(month, [0, 0]);
        found.get(month)[seats === 0 ? 0 : 1] += 1;
      }
      before = seats;
    }
  }
  if (found.size === 0) return [];
  const first = Math.min(...found.keys());
  const near = [...found.keys()].filter((month) => month < first + MOST_MONTHS);
  const months = [];
  for (let month = first; month <= Math.max(...near); month += 1) {
    months.push([monthName(month), ...(found.get(month) ?? [0, 0])]);
  }
  const beyond = [...found].filter(([month]) => month >= first + MOST_MONTHS).map(([, counts]) => counts);
  if (beyond.length === 0) return months;
  return [...months, ["later", ...[0, 1].map((n) => beyond.reduce((sum, counts) => sum + counts[n], 0))]];
}

function monthWords(ends, falls) {
  const one = (number, verb) => `${number} ${verb}${number === 1 ? "s" : ""}`;
  return [[ends, "end"], [falls, "fall"]].filter(([number]) => number > 0).map(([number, verb]) => one(number, verb)).join(", ");
}

function element(name, ...children) {
  const made = document.createElement(name);
  made.append(...children);
  return made;
}

function showMonths(list, items, now) {
  const months = monthsOf(items, now).map(([name, ends, falls]) => {
    const month = element("li", element("span", name), " ", element("b", monthWords(ends, falls)));
    month.className = ends > 0 ? "ends" : falls > 0 ? "falls" : "none";
    return month;
  });
  if (months.length === 0) {
    const nothing = element("li", "nothing");
    nothing.className = "none";
    months.push(nothing);
  }
  list.replaceChildren(...months);
}

/** "7 with 440 seats". */
function totalOf(items, now) {
  const seats = items.reduce((sum, item) => sum + BigInt(seatsAt(item.seats, now.at)), 0n);
  const certain = items.every((item) => isCertain(item.doubts, now.at));
  return `${items.length} with ${seats} seats${certain ? "" : DOUBT}`;
}

/** The user types that an administrator can have: compatible, and certainly with seats. */
function showAdministrators(place, types, now) {
  const usable = types.filter((type) => isCertain(type.doubts, now.at) && seatsAt(type.seats, now.at) > 0);
  const parts = usable.flatMap((type, n) => [n > 0 ? ", " : "", element("code", type.id)]).filter((part) => part !== "");
  place.replaceChildren(...(parts.length > 0 ? parts : ["no user type that is certain to have seats"]));
}
