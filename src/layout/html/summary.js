// The summary of all items of a license.

const BANDS = [[30, "b0"], [60, "b1"], [90, "b2"], [121, "b3"], [Infinity, "b4"]];

/** The days until there are no seats, the band that they are in, and whether all readings agree on them. */
function left(now, it) {
  if (it.seats === 0) return { days: null, band: "b6", certain: it.certain };
  const certain = it.certainUntil === null;
  if (it.end === null || it.end > YEAR_2100) return { days: null, band: "b5", certain };
  const days = daysBetween(now.text, shown(it.end));
  return { days, band: BANDS.find(([most]) => days < most)[1], certain: certain || it.end < it.certainUntil };
}

const MOST_MONTHS = 24;

function monthOf(text) {
  return Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7)) - 1;
}

function monthName(number) {
  return `${String(Math.floor(number / 12)).padStart(4, "0")}-${String((number % 12) + 1).padStart(2, "0")}`;
}

/** The months from the first one in which an item ends, begins a gap or loses seats: the name, how many do each, and whether that is in doubt. */
function monthsOf(items, now) {
  const found = new Map();
  for (const item of items) {
    const certain = certainUntil(item.doubts, now.at);
    const last = item.seats.at(-1);
    const final = last && last[1] === 0 ? last[0] : null;
    let before = seatsAt(item.seats, now.at);
    for (const [at, seats] of item.seats) {
      if (at <= now.at) continue;
      if (seats < before && at <= YEAR_2100) {
        const month = monthOf(shown(at));
        if (!found.has(month)) found.set(month, { counts: [0, 0, 0], doubtful: false });
        const own = found.get(month);
        own.counts[seats > 0 ? 2 : at === final ? 0 : 1] += 1;
        own.doubtful ||= certain !== null && certain <= at;
      }
      before = seats;
    }
  }
  if (found.size === 0) return [];
  const first = Math.min(...found.keys());
  const near = [...found.keys()].filter((month) => month < first + MOST_MONTHS);
  const months = [];
  for (let month = first; month <= Math.max(...near); month += 1) {
    months.push({ name: monthName(month), ...(found.get(month) ?? { counts: [0, 0, 0], doubtful: false }) });
  }
  const beyond = [...found].filter(([month]) => month >= first + MOST_MONTHS).map(([, own]) => own);
  if (beyond.length === 0) return months;
  const counts = [0, 1, 2].map((n) => beyond.reduce((sum, own) => sum + own.counts[n], 0));
  return [...months, { name: "later", counts, doubtful: beyond.some((own) => own.doubtful) }];
}

function monthWords({ counts, doubtful }) {
  const nouns = ["end", "gap", "fall"].map((noun, n) => [counts[n], noun]).filter(([number]) => number > 0);
  return nouns.map(([number, noun]) => count(number, noun)).join(", ") + (doubtful ? DOUBT : "");
}

function element(name, ...children) {
  const made = document.createElement(name);
  made.append(...children);
  return made;
}

function showMonths(list, items, now) {
  const months = monthsOf(items, now).map((own) => {
    const month = element("li", element("span", own.name), " ", element("b", monthWords(own)));
    const [ends, gaps, falls] = own.counts;
    month.className = ends + gaps > 0 ? "ends" : falls > 0 ? "falls" : "none";
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

/** The user types that an administrator can have: they are compatible with the role and certainly have seats. */
function showAdministrators(place, types, now) {
  const usable = types.filter((type) => isCertain(type.doubts, now.at) && seatsAt(type.seats, now.at) > 0);
  const parts = usable.flatMap((type, n) => [n > 0 ? ", " : "", element("code", type.id)]).filter((part) => part !== "");
  place.replaceChildren(...(parts.length > 0 ? parts : ["no user type that is certain to have seats"]));
}
