// How the seats of an item go on after a moment, in the words of the program. Where seats come back, the words name no end.
const DOUBT = " ?";
const MOST_GAPS = 2;

function count(number, noun) {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

function outlook(item, now, it) {
  const seated = item.kind !== "capability";
  const date = (at) => shown(at) + (it.certainUntil !== null && at >= it.certainUntil ? DOUBT : "");
  const until = (at) => ` (in ${span(now.at, now.text, at, shown(at))})`;
  const phrases = [];
  const coming = gaps(item.seats).filter((gap) => gap.from > now.at);
  const last = item.seats.at(-1);
  const end = last && last[1] === 0 ? last[0] : null;
  let told = 2 * coming.length + (end !== null && end > now.at ? 1 : 0);
  const next = it.later[0];
  if (next && next[1] > 0) {
    const again = it.status === "lapsed" ? "again " : "";
    const from = `${seated ? `${next[1]} ` : ""}from ${date(next[0])}`;
    phrases.push(again + from + until(next[0]));
    told += 1;
  }
  for (const gap of coming.slice(0, MOST_GAPS)) {
    const then = seated ? `, then ${gap.then}` : ", then again";
    phrases.push(`none from ${date(gap.from)} to ${date(gap.to)}${then}${until(gap.from)}`);
  }
  if (coming.length > MOST_GAPS) phrases.push(count(coming.length - MOST_GAPS, "more gap"));
  if (it.later.length > told) phrases.push(count(it.later.length - told, "more change"));
  const ending = endInWords(now, item.doubts, it, end, coming.length === 0, date);
  if (ending) phrases.push(ending);
  if (it.certainUntil !== null && it.certainUntil > now.at) phrases.push(`certain until ${shown(it.certainUntil)}`);
  return phrases;
}

/** From when on an item may have seats, where no seats are ever certain. */
function neverInWords(doubts) {
  const from = doubts?.[0]?.[0];
  if (from === undefined) return "never";
  return from === null ? "not certain" : `perhaps from ${shown(from)}${DOUBT}`;
}

function endInWords(now, doubts, it, end, steady, date) {
  if (end === null && it.status === "empty") return neverInWords(doubts);
  if (end === null) return `no end stated${it.certainUntil !== null ? DOUBT : ""}`;
  if (end <= now.at) return `ended ${shown(end)} (${span(end, shown(end), now.at, now.text)} ago)`;
  if (end > YEAR_2100) return `no end stated, perhaps perpetual (${date(end)})`;
  const left = it.status === "active" && steady ? ` (${span(now.at, now.text, end, shown(end))} left)` : "";
  return `ends ${date(end)}${left}`;
}

/** The words for each entry on a day; none for entries whose words do not change. */
function readings(item, at) {
  const starts = item.entries.filter((entry) => entry && entry[0] <= at).map((entry) => entry[0]);
  const latest = Math.max(...starts);
  return item.entries.map((entry) => {
    if (!entry) return null;
    const [start, later, end] = entry;
    if (start > at) return later;
    if (item.kind === "capability") return end === undefined || end > at ? "holds" : "over";
    return start === latest ? "holds" : "until the next entry";
  });
}
