// Made-up licenses: with gaps, falls and unreadable values of every sort, and with names that would do harm.

import { random, save } from "./lib.mjs";

const DAY = 86400000;
const START = Date.UTC(2024, 0, 1);

/** A license with so many user types and apps. Parts of it can be read in more than one way. */
export function license(name, items, seed) {
  const next = random(seed);
  const entries = (kind, number) => Array.from({ length: number }, (_, n) => {
    const own = [];
    let at = START + next(900) * DAY + next(2) * (DAY / 2);
    for (let step = 0; step < 1 + next(5); step += 1) {
      own.push({ id: `${kind}${n}`, maxUsers: next(5) === 0 ? 0 : 1 + next(300), startDate: at });
      at += (1 + next(400)) * DAY;
    }
    if (next(3) > 0) own.push({ id: `${kind}${n}`, maxUsers: 0, startDate: at });
    if (next(8) === 0) own.push({ ...own[0], maxUsers: own[0].maxUsers + 1 });
    if (next(12) === 0) own.push({ id: `${kind}${n}`, maxUsers: -1, startDate: at - 20 * DAY });
    if (next(20) === 0) own.push({ id: `${kind}${n}`, maxUsers: 7, startDate: "soon" });
    return own;
  }).flat();
  const userTypes = Math.ceil(items / 2);
  const types = ["creatorUT", "GISProfessionalStdUT", "viewerUT", "editorUT"];
  const document = { MyEsri: {
    version: "11.4",
    definitions: { userTypes: types.map((id) => ({ id, name: id.replace("UT", ""), level: "2" })) },
    provision: {
      userTypes: [
        ...types.flatMap((id, n) => [
          { id, maxUsers: 100 + n, startDate: START + n * 100 * DAY },
          { id, maxUsers: 0, startDate: START + (900 + n * 30) * DAY },
        ]),
        ...entries("userType", userTypes),
      ],
      apps: [...entries("app", items - userTypes), { maxUsers: 5, startDate: START + 700 * DAY }],
    },
    portalCapabilities: [
      { id: "indoors", startDate: START, endDate: START + 500 * DAY },
      { id: "indoors", startDate: START + 520 * DAY, endDate: START + 900 * DAY },
      { id: "open", startDate: START + 300 * DAY },
    ],
  } };
  return save(`${name}.json`, JSON.stringify(document, null, 1));
}

/** Names that would be markup, script or links, or would change the order of letters. */
export const HOSTILE = [
  "<script>globalThis.harmed=1</script>", "<img src=x onerror=globalThis.harmed=1>", "</script><script>harmed=1</script>",
  "<!--<script>", "\" onfocus=harmed=1 autofocus=\"", "javascript:harmed=1", "a\u202eb\u0007c\u200bd", "]]>&amp;&#60;b>",
  "</title></style></head><b>", "{{7*7}}", "${harmed=1}", "\u2028\u2029",
];

export function hostile() {
  const ends = (id) => [{ id, maxUsers: 5, startDate: START }, { id, maxUsers: 0, startDate: START + 900 * DAY }];
  return save("hostile.json", JSON.stringify({ MyEsri: {
    version: HOSTILE[0],
    definitions: { userTypes: HOSTILE.map((id) => ({ id, name: id, level: id, description: id, extensions: [{ id }] })) },
    provision: { userTypes: HOSTILE.flatMap(ends), extensions: HOSTILE.flatMap(ends) },
  } }));
}
