import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What can stand in the place of a file of the app's own, after an accident or by somebody's intent. */
export type Junk = {
  readonly what: string;
  /** Whether it is a regular file of a usual size, whose bytes can be read. */
  readonly isFile: boolean;
  /** Puts it there. The folder is made. */
  readonly put: (path: string) => void;
};

/** The same in every run, and no text. */
const bytes = Buffer.from(Array.from({ length: 4096 }, (_, index) => (index * 7919 + (index >> 3)) & 0xff));
const deep = 100_000;
const largeBytes = 50 * 1_048_576;

const file = (what: string, content: string | Buffer): Junk => ({ what, isFile: true, put: (path) => writeFileSync(madeFor(path), content) });
const other = (what: string, put: (path: string) => void): Junk => ({ what, isFile: false, put: (path) => put(madeFor(path)) });

export const junkInPlace: readonly Junk[] = [
  file('random bytes', bytes),
  file('no byte', ''),
  file('an array', '[{"version":1}]'),
  file('null', 'null'),
  file('JSON of another shape', '{"version":[],"terminals":7,"accessKeys":{"a":null},"favourites":{"a":1},"projects":[[]],"accounts":"x","event":{}}'),
  file('deeply nested JSON', `{"favourites":${'['.repeat(deep)}${']'.repeat(deep)},"projects":${'{"a":'.repeat(deep)}1${'}'.repeat(deep)}}`),
  file(
    'names that objects have anyway',
    '{"__proto__":{"version":1},"constructor":{"prototype":{"version":1}},"projects":{"__proto__":{"profile":"x"}},"language":{"toString":1}}',
  ),
  other('50 MB', (path) => {
    writeFileSync(path, '{"version":1');
    truncateSync(path, largeBytes);
  }),
  other('a folder', (path) => mkdirSync(join(path, 'inside'), { recursive: true })),
  other('a FIFO', (path) => {
    if (spawnSync('mkfifo', [path]).status !== 0) throw new Error('mkfifo failed');
  }),
  other('a link to a device without an end', (path) => symlinkSync('/dev/zero', path)),
];

function madeFor(path: string): string {
  mkdirSync(dirname(path), { recursive: true });
  return path;
}
