import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { Limits } from './limits.ts';
import { removeLeftLimits, unusedMs } from './left-limits.ts';

it('a limit that nobody asks for any more goes after 30 days with the configuration that asks for it, and one that is in use stays', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'limits-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const [limits, terminals] = [join(folder, 'limits'), join(folder, 'terminals')];
  const kept = async () => ({ limits: await readdir(limits), terminals: (await readdir(terminals)).toSorted() });
  const ids: string[] = [];
  for (const [index, profile] of ['left', 'used'].entries()) {
    const limit = await new Limits(limits).keep(profile, { readOnly: true, arns: [], document: null });
    const id = limit.ok ? limit.value.id : '';
    ids.push(id);
    const configuration = join(terminals, String(index).repeat(16));
    await mkdir(configuration, { recursive: true });
    await writeFile(join(configuration, 'config'), `[profile ${profile}]\ncredential_process = /opt/sts-tray credential-process --limit-id=${id} ${profile}\n`);
    const long = (Date.now() - 2 * unusedMs) / 1000;
    await utimes(join(limits, `${id}.json`), long, long);
  }
  await mkdir(join(terminals, 'profiles'));
  const before = await kept();
  // As a terminal does after the app was started anew.
  expect((await new Limits(limits).find(ids[1] ?? '')).ok).toBe(true);
  await removeLeftLimits({ limits, terminals, now: Date.now() });
  expect(await kept()).toEqual({ limits: [`${ids[1]}.json`], terminals: ['1'.repeat(16), 'profiles'] });
  expect(before.limits).toHaveLength(2);
  expect((await new Limits(limits).find(ids[0] ?? '')).ok).toBe(false);
});
