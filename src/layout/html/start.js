// Shows the controls and does what they ask for. The day stands in the fragment, so that a link to it can be shared.

const { first, last } = data.days;
made.day = dayOf(made.text);

/** The number of a day that a text names; null where there is no such day. */
function dayNamed(text) {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) / DAY : NaN;
  return Number.isInteger(day) && dateOf(day) === text ? day : null;
}

/** Moves the page to the day that a text names, or to the nearest of its days, and says which days the page has. */
function moveToNamed(text) {
  const wanted = dayNamed(text);
  if (wanted === null) {
    moveTo(made);
    return say(text === "" ? "" : `There is no such day as ${text}: the page is back at ${made.text}.`);
  }
  const day = Math.min(Math.max(wanted, first), last);
  moveTo(momentOf(day));
  say(day === wanted ? "" : `This page has the days from ${dateOf(first)} to ${dateOf(last)}: it shows the nearest one, not ${text}.`);
}

function moveToFragment() {
  moveToNamed(location.hash.startsWith("#day=") ? location.hash.slice("#day=".length) : "");
}

function say(words) {
  control("instead").textContent = words;
}

function moveTo(now) {
  show(now);
  sortAgain();
  filter();
  control("day").value = dateOf(now.day);
  control("slider").value = String(now.day);
  control("slider").setAttribute("aria-valuetext", now.text);
  document.title = title(now);
}

const titleMade = document.title;

function title(now) {
  return document.querySelector("h1 .at") ? titleMade.replace(made.text, now.text) : titleMade;
}

/** Moves the page to a day and writes the day into the fragment; without a day, back to the moment for which the page was made. */
function goTo(day) {
  say("");
  history.replaceState(null, "", day === null ? location.href.split("#")[0] : `#day=${dateOf(day)}`);
  moveTo(day === null ? made : momentOf(day));
}

/** The nearest day before or after the present one on which a shown row changes. */
function changeFrom(direction) {
  let found = null;
  for (const { row, item } of rows) {
    if (row.hidden) continue;
    for (const [at] of [...item.seats, ...(item.old ?? []), ...(item.need ?? [])]) {
      const text = shown(at);
      // A change during a day has not happened yet when the day begins.
      let day = dayOf(text);
      if (momentOf(day).at < at) day += 1;
      const isBeyond = direction > 0 ? day > shownNow.day : day < shownNow.day;
      const isNearer = found === null || (direction > 0 ? day < found : day > found);
      if (day >= first && day <= last && isBeyond && isNearer) found = day;
    }
  }
  return found;
}

function start() {
  for (const head of document.querySelectorAll("th[data-sort]")) makeSortable(head);
  const [day, slider] = [control("day"), control("slider")];
  [day.min, day.max] = [dateOf(first), dateOf(last)];
  [slider.min, slider.max] = [String(first), String(last)];
  let waiting = null;
  slider.addEventListener("input", () => {
    if (waiting === null) requestAnimationFrame(() => { goTo(waiting); waiting = null; });
    waiting = Number(slider.value);
  });
  day.addEventListener("change", () => {
    const wanted = dayNamed(day.value);
    if (wanted === null) return;
    if (wanted >= first && wanted <= last) return goTo(wanted);
    history.replaceState(null, "", `#day=${day.value}`);
    moveToFragment();
  });
  for (const [id, direction] of [["before", -1], ["after", 1]]) {
    control(id).addEventListener("click", () => {
      const found = changeFrom(direction);
      if (found !== null) goTo(found);
    });
  }
  control("back").textContent = `Back to ${made.text}`;
  control("back").addEventListener("click", () => goTo(null));
  for (const id of ["find", "status", "end"]) control(id)?.addEventListener("input", filter);
  addEventListener("hashchange", moveToFragment);
  control("controls").hidden = false;
  moveToFragment();
}

if (rows.length > 0 && control("controls")) start();
