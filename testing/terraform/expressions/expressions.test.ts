import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askConsole } from './console.ts';
import { evaluatedIn } from './evaluated.ts';
import { sampleExpressions } from './samples.ts';

// The console leaves files in the folder in which it runs.
let project: string;
beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), 'expressions-'));
  await cp(join(import.meta.dirname, 'project'), project, { recursive: true });
});
afterAll(() => rm(project, { recursive: true }));

// EXPRESSIONS=2000 tries so many; SEED chooses others.
const count = Number(process.env['EXPRESSIONS'] ?? 60);
const seed = Number(process.env['SEED'] ?? 1);

describe(`${count} expressions`, () => {
  it('are what terraform console makes of them, or unknown, and hardly ever unknown', { timeout: 600_000 }, async () => {
    const expressions = sampleExpressions(count, seed);
    const [theirs, ours] = [await askConsole(project, expressions), await evaluatedIn(project, expressions)];
    const all = expressions.map((expression, index) => ({ expression, console: theirs[index] ?? null, app: ours[index] ?? null }));
    const judged = all.filter(({ console }) => console !== null);
    const different = judged.filter(({ console, app }) => app !== null && app !== console);
    const unknown = judged.filter(({ app }) => app === null);
    if (process.env['EXPRESSIONS'] !== undefined)
      process.stdout.write(
        `${judged.length} judged, ${different.length} different, ${unknown.length} unknown\n${unknown.map(({ expression }) => expression).join('\n')}\nnot judged:\n${all
          .filter(({ console }) => console === null)
          .map(({ expression }) => expression)
          .join('\n')}\n`,
      );
    expect(different).toEqual([]);
    expect(unknown.length / judged.length).toBeLessThan(0.02);
  });
});
