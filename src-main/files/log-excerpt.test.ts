import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readLogExcerpt } from './log-excerpt.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'log-excerpt-'));
  await mkdir(join(folder, 'logs'));
});
afterEach(() => rm(folder, { recursive: true }));

const isOurs = (line: string): boolean => line.startsWith('ours');
const write = (name: string, text: string) => writeFile(join(folder, 'logs', name), text);

describe('the last lines of the log', () => {
  it('the last lines of the log go on from the older file into the present one', async () => {
    await write('main.old.log', 'ours 1\nours 2\n');
    await write('main.log', 'ours 3\r\nours 4\n');
    expect(await readLogExcerpt(folder, 3, isOurs)).toEqual({ lines: ['ours 2', 'ours 3', 'ours 4'], leftOut: 0 });
  });

  it('the last lines of the log are only those that are ours, and the others are counted', async () => {
    await write('main.log', 'ours 1\nsecret of another version\nours 2\n');
    expect(await readLogExcerpt(folder, 10, isOurs)).toEqual({ lines: ['ours 1', 'ours 2'], leftOut: 1 });
  });

  it('the last lines of the log are none where there is no log, or something else in its place', async () => {
    expect(await readLogExcerpt(join(folder, 'gone'), 10, isOurs)).toEqual({ lines: [], leftOut: 0 });
    for (const name of ['main.log', 'main.old.log']) await mkdir(join(folder, 'logs', name));
    expect(await readLogExcerpt(folder, 10, isOurs)).toEqual({ lines: [], leftOut: 0 });
  });
});
