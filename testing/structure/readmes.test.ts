import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { checkout } from '../app/running-app.ts';

/** What somebody reads before they decide; the rest is in docs/. */
const mostWords = 900;

const readme = (name: string) => readFileSync(join(checkout, name), 'utf8');

it('README.md has 900 words or less', () => {
  expect(readme('README.md').split(/\s+/).filter(Boolean).length).toBeLessThanOrEqual(mostWords);
});

it('both READMEs have the same commands, pictures and links to documents of both languages', () => {
  const codeOf = (text: string) => [...text.matchAll(/^(?:npm|sts-tray) [^#\n]*/gm)].map(([line]) => line.trim());
  const [english, japanese] = [readme('README.md'), readme('README.ja.md')];
  expect(codeOf(english).length).toBeGreaterThan(5);
  expect(codeOf(japanese)).toEqual(codeOf(english));
  const targetsOf = (text: string) =>
    [...text.matchAll(/\]\((docs\/[^)]*)\)/g)]
      .map(([, target = '']) => target.replace('.ja.md', '.md').replace(/-(?:en|ja)(?:-(?:light|dark))?\.(png|gif)$/, '.$1'))
      .toSorted();
  expect([...new Set(targetsOf(japanese))]).toEqual([...new Set(targetsOf(english))]);
});
