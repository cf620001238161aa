import { describe, expect, test } from 'vitest';
import { titlePattern, tried, trustRows, trustTable, unheld } from './trust-rows.mjs';

const document = `# Trust
| attack or fault | what holds | tried | test |
|---|---|---|---|
| a page asks | it is refused | 3 | \`e2e/a.spec.ts\`: a page (of any kind) is refused |
| a kill | nothing is lost | 1 | \`src-main/b.test.ts\`: The file › is whole |
`;
const rows = trustRows(document);
const run = (title, state = 'passed', times = 3) => ({ title, state, times });

describe('The table of docs/trust.md', () => {
  test('the table of docs/trust.md names what is tried, how often, and by which test', () => {
    expect(rows).toEqual([
      { what: 'a page asks', times: 3, file: 'e2e/a.spec.ts', title: 'a page (of any kind) is refused' },
      { what: 'a kill', times: 1, file: 'src-main/b.test.ts', title: 'The file › is whole' },
    ]);
    const pattern = new RegExp(titlePattern(rows));
    expect(['x a page (of any kind) is refused', 'The file @slow is whole', 'a page is refused'].map((title) => pattern.test(title))).toEqual([
      true,
      true,
      false,
    ]);
  });

  test('a row of docs/trust.md holds only when its own test ran, passed, and tried often enough', () => {
    const resultOf = (...tests) => tried(rows, tests).map(({ result, held }) => [result, held])[0];
    expect(resultOf(run('e2e/a.spec.ts › a page (of any kind) is refused'))).toEqual(['held', true]);
    expect(resultOf(run('e2e/b.spec.ts › a page (of any kind) is refused'))).toEqual(['no such test ran', false]);
    expect(resultOf(run('e2e/a.spec.ts › a page (of any kind) is refused', 'failed'))).toEqual(['failed', false]);
    expect(resultOf(run('e2e/a.spec.ts › a page (of any kind) is refused', 'unsteady'))).toEqual(['held at the second try only', true]);
    expect(resultOf(run('e2e/a.spec.ts › a page (of any kind) is refused', 'skipped'))).toEqual(['skipped', false]);
    expect(resultOf(run('e2e/a.spec.ts › a page (of any kind) is refused', 'passed', 2))[1]).toBe(false);
  });

  test('a row of docs/trust.md that does not hold is told of, unless its test is told of already', () => {
    const results = tried(rows, [run('e2e/a.spec.ts › a page (of any kind) is refused', 'failed')]);
    expect(unheld(results)).toEqual([{ title: 'docs/trust.md: a kill', reason: 'no such test ran' }]);
  });

  test('the printed table of docs/trust.md has a line for each row', () => {
    expect(trustTable(tried(rows, [run('src-main/b.test.ts › The file › is whole', 'passed', 100)]))).toBe(
      'a page asks       0 ×  no such test ran\na kill          100 ×  held',
    );
  });
});
