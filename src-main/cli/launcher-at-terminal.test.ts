import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cliTexts } from './texts/texts.ts';

const launcher = join(import.meta.dirname, '..', '..', 'bin', 'sts-tray');

let folder: string;
let app: Server;
let answerMs: number;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'launcher-'));
  await mkdir(join(folder, 'run'), { mode: 0o700 });
  // `exec --user-data-dir=… default -- COMMAND`: four words stand before the command.
  app = createServer((_request, response) => void setTimeout(() => response.end('become 4\n'), answerMs));
  app.listen(join(folder, 'run', 'api.sock'));
  await once(app, 'listening');
  await chmod(join(folder, 'run', 'api.sock'), 0o600);
});
afterEach(async () => {
  app.close();
  await rm(folder, { recursive: true });
});

/** What is on the screen of a terminal in which the launcher runs a command that prints its children. */
async function screen(ms: number, language: string): Promise<string> {
  answerMs = ms;
  const command = `'${launcher}' exec --user-data-dir='${folder}' default -- sh -c 'read -r children </proc/$$/task/$$/children; echo children: $children'`;
  // Only LC_MESSAGES: bash, which `script` starts, complains about other locales that are not there.
  const { LC_ALL: _all, LANG: _lang, ...others } = process.env;
  const env = { ...others, LC_MESSAGES: language };
  const { stdout } = await promisify(execFile)('script', ['-qec', command, '/dev/null'], { env });
  return stdout.replaceAll('\r', '');
}

describe.skipIf(process.platform !== 'linux')('the launcher at a terminal', () => {
  it.each(['en', 'ja'] as const)('the launcher at a terminal says in the language %s what it waits for, and leaves the command no child', async (language) => {
    const says = `sts-tray: ${cliTexts(language).t('app-waits')}\n`;
    expect(await screen(1_600, language)).toBe(`${says}children:\n`);
  });

  it('the launcher at a terminal says nothing when the app answers at once, however long the command then runs', async () => {
    expect(await screen(0, 'C')).toBe('children:\n');
  });
});
