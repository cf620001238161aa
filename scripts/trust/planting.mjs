/**
 * A change that takes away what a row of docs/trust.md says holds: `find`, which stands once in `file`, becomes `put`.
 * @typedef {{ file: string, find: string, put: string }} Change
 * @typedef {readonly Change[] | { none: string }} PlantedFault `none` says why there can be none
 */

const data = 'scripts/trust/planted/';

/** @returns {string} the text with the fault in it */
export const planted = (text, { find, put }) => text.split(find).join(put);

/**
 * @param {readonly import('../test/trust-rows.mjs').TrustRow[]} rows
 * @param {Readonly<Record<string, PlantedFault>>} faults by the first cells of the rows
 * @param {(file: string) => string} read
 * @returns {string[]} what keeps the faults from being planted, in sentences that say what to do
 */
export function flawsOf(rows, faults, read) {
  const names = rows.map(({ what }) => what);
  const perName = [...new Set(names)].flatMap((what) => {
    if (names.indexOf(what) !== names.lastIndexOf(what)) return [`Two rows of docs/trust.md are called “${what}”: give each a name of its own.`];
    if (Object.hasOwn(faults, what)) return [];
    return [
      `No fault is planted for the row “${what}” of docs/trust.md: add to ${data} the smallest change that takes away what holds, and see its test fail with \`npm run test:trust -- --planted '${what}'\`.`,
    ];
  });
  const perFault = Object.entries(faults).flatMap(([what, fault]) => [
    ...(names.includes(what) ? [] : [`${data} has a fault for “${what}”, which is no row of docs/trust.md: rename it as the row was, or take it out.`]),
    ...('none' in fault ? [] : fault.flatMap((each) => flawOf(what, each, read))),
  ]);
  return [...perName, ...perFault];
}

function flawOf(what, { file, find, put }, read) {
  if (find === put) return [`The fault for “${what}” in ${data} changes nothing.`];
  const times = read(file).split(find).length - 1;
  return times === 1 ? [] : [`The fault for “${what}” in ${data} looks for a text that stands ${times} times in ${file}, not once: ${find}`];
}
