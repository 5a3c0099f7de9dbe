// Seats over time: steps `[from, seats]`, and times `[from, to]` at which they are not certain.

/** The index of the step that is in force, or -1. */
function stepAt(steps, at) {
  let [low, high] = [0, steps.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (steps[middle][0] <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function seatsAt(steps, at) {
  const index = stepAt(steps, at);
  return index < 0 ? 0 : steps[index][1];
}

/** The first time from `at` on at which readings differ, or null. */
function certainUntil(doubts, at) {
  const next = (doubts ?? []).find(([, to]) => to === null || to > at);
  return next ? Math.max(next[0] ?? -Infinity, at) : null;
}

function isCertain(doubts, at) {
  return certainUntil(doubts, at) !== at;
}

/** The seats of an item at a moment, its status, and whether they are certain. */
function given(item, at) {
  const index = stepAt(item.seats, at);
  const seats = index < 0 ? 0 : item.seats[index][1];
  const later = item.seats.slice(index + 1);
  const ended = later.find(([, count]) => count === 0);
  return { seats, status: status(seats, index >= 0, later.length > 0), later, end: ended ? ended[0] : null,
    certainUntil: certainUntil(item.doubts, at), certain: isCertain(item.doubts, at) };
}

function status(seats, before, after) {
  if (seats > 0) return "active";
  if (before) return after ? "lapsed" : "expired";
  return after ? "upcoming" : "empty";
}

/** The times without seats between two with some. */
function gaps(steps) {
  return steps.slice(0, -1).flatMap(([from, seats], n) =>
    seats === 0 ? [{ from, to: steps[n + 1][0], then: steps[n + 1][1] }] : []);
}
