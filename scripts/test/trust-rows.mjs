/**
 * A row of the tables in docs/trust.md: what was tried, how often at least, and the test that tries it.
 * @typedef {{ what: string, times: number, file: string, title: string }} TrustRow
 * @typedef {{ title: string, state: 'passed' | 'unsteady' | 'failed' | 'skipped', times: number }} RunTest title begins with the file
 * @typedef {TrustRow & { result: string, held: boolean }} TriedRow `times` is how often it was tried
 */

/**
 * Rows have four cells: what is tried, what holds, how often it is tried, and `` `file`: title ``.
 * @returns {TrustRow[]}
 */
export function trustRows(text) {
  return text.split('\n').flatMap((line) => {
    const cells = line.split(/(?<!\\)\|/).map((cell) => cell.trim());
    const [, file, title] = /^`([^`]+)`: (.+)$/.exec(cells[4] ?? '') ?? [];
    return title === undefined ? [] : [{ what: cells[1], times: Number(cells[3]), file, title: title.replaceAll('\\|', '|') }];
  });
}

/** A pattern for the runners, which look for it in whole titles. Tags may stand between a title and that of its group. */
export const titlePattern = (rows) => rows.map(({ title }) => (title.split(' › ').at(-1) ?? '').replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')).join('|');

/** Whether a title that begins with its file is that of a row's test. */
export const isTestOf = (row, title) => title.startsWith(`${row.file} › `) && title.endsWith(` › ${row.title}`);

/** What a table says of a test that passed. One that failed first must not read as if it never had. */
const heldAs = { passed: 'held', unsteady: 'held at the second try only' };

/**
 * @param {readonly TrustRow[]} rows
 * @param {readonly RunTest[]} tests those that ran
 * @returns {TriedRow[]}
 */
export function tried(rows, tests) {
  return rows.map((row) => {
    const found = tests.find(({ title }) => isTestOf(row, title));
    if (found === undefined) return { ...row, times: 0, result: 'no such test ran', held: false };
    const held = heldAs[found.state];
    if (held === undefined) return { ...row, times: found.times, result: found.state, held: false };
    const isEnough = found.times >= row.times;
    return { ...row, times: found.times, result: isEnough ? held : `tried less often than the ${row.times} times of the document`, held: isEnough };
  });
}

/**
 * @param {readonly TriedRow[]} rows
 * @returns {import('./outcome.mjs').NamedTest[]} the rows that do not hold, but for those whose own test is told of as failed
 */
export const unheld = (rows) =>
  rows.flatMap(({ what, result, held }) => (held || result === 'failed' ? [] : [{ title: `docs/trust.md: ${what}`, reason: result }]));

/** @param {readonly TriedRow[]} rows */
export function trustTable(rows) {
  const width = Math.max(...rows.map(({ what }) => what.length));
  return rows.map(({ what, times, result }) => `${what.padEnd(width)}  ${String(times).padStart(6)} ×  ${result}`).join('\n');
}
