import { describe, expect, test, vi } from 'vitest';
import { single } from './outcome.mjs';
import { runSteps } from './run-steps.mjs';

/** A step that notes when it begins and ends, and ends when it may. */
function stepOf(name, noted, { exitCode = 0, until = Promise.resolve() } = {}) {
  const run = async () => {
    noted.push(`${name} begins`);
    await until;
    noted.push(`${name} ends`);
    return single(exitCode);
  };
  return { name, run };
}

const failedIn = (outcomes) => outcomes.map(({ failed }) => failed.map(({ title }) => title));

describe('The steps of a test run', () => {
  test('the steps of a test run follow each other, and one that fails stops none of the others', async () => {
    vi.spyOn(console, 'log').mockReturnValue();
    const noted = [];
    const outcomes = await runSteps([stepOf('types', noted, { exitCode: 1 }), stepOf('unit tests', noted)]);
    expect(noted).toEqual(['types begins', 'types ends', 'unit tests begins', 'unit tests ends']);
    expect(failedIn(outcomes)).toEqual([['types: the tool itself'], []]);
  });

  test('the steps of a test run that stand in a list run beside the step behind it, and the run waits for them', async () => {
    vi.spyOn(console, 'log').mockReturnValue();
    const noted = [];
    let letGo;
    const until = new Promise((resolve) => (letGo = resolve));
    const last = { ...stepOf('e2e tests', noted), run: async () => (letGo(), noted.push('e2e tests'), single(0)) };
    const outcomes = await runSteps([[stepOf('types', noted, { until }), stepOf('unit tests', noted, { exitCode: 1 })], last]);
    expect(noted[0]).toBe('types begins');
    expect(noted).toContain('unit tests ends');
    expect(noted.indexOf('e2e tests')).toBeLessThan(noted.indexOf('types ends'));
    expect(failedIn(outcomes)).toEqual([[], [], ['unit tests: the tool itself']]);
  });

  test('a step that runs beside another shows what it printed below a heading of its own', async () => {
    vi.spyOn(console, 'log').mockReturnValue();
    const shown = [];
    const show = async (tool, args, { heading }) => (shown.push(`${heading}: ${tool} ${args.join(' ')}`), 0);
    const lint = { name: 'lint', run: async (showHere) => single(await showHere('oxlint', ['--deny-warnings'])) };
    await runSteps([[lint], stepOf('e2e tests', [])], show);
    expect(shown).toEqual(['\n── lint: oxlint --deny-warnings']);
  });
});
