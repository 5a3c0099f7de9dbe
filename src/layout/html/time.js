// Days and dates. Every date that is shown comes with the data, as the program shows it.
const data = JSON.parse(document.getElementById("data").textContent);
const DAY = 86400000;
const HOUR = 3600000;
const YEAR_2100 = 4102444800000;

/** The moment of the page as it was made. */
const made = { at: data.asOf, text: data.asOfText, day: null };

function dateOf(day) {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

/** The moment at which a day begins, by its number from 1970-01-01. */
function momentOf(day) {
  let shift = 0;
  for (const [from, ms] of data.days.shifts) {
    if (from > day) break;
    shift = ms;
  }
  return { at: day * DAY + shift, text: data.days.odd[day] ?? `${dateOf(day)} 00:00`, day };
}

function shown(at) {
  return data.texts[at];
}

/** The number of the day of a date as it is shown. */
function dayOf(text) {
  return Date.parse(text.slice(0, 10)) / DAY;
}

function daysBetween(from, to) {
  return dayOf(to) - dayOf(from);
}

/** The time between two moments: in days, or in hours where it is less than 48 hours. */
function span(from, fromText, to, toText) {
  const hours = Math.trunc((to - from) / HOUR);
  if (hours < 1) return "less than an hour";
  if (hours === 1) return "1 hour";
  return hours < 48 ? `${hours} hours` : `${daysBetween(fromText, toText)} days`;
}
