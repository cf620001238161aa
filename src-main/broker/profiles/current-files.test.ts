import { chmod, mkdir, mkdtemp, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, vi } from 'vitest';
import { withBroker, type BrokerRig } from '../../../testing/rigs/broker-rig.ts';
import { CurrentFiles } from './current-files.ts';

const role = (name: string, arn: string) => `[profile ${name}]\nrole_arn = ${arn}\nsource_profile = default\n`;

// Nothing watches the files of this broker, as where no watch is left, and where a file system tells of no changes.
const it = withBroker(({ accounts }) => ({ config: role('deploy', accounts.b.deployRoleArn) })).extend('folder', async ({}, { onCleanup }) => {
  const folder = await mkdtemp(join(tmpdir(), 'current-files-'));
  onCleanup(() => rm(folder, { recursive: true }));
  return folder;
});

const context = { signal: new AbortController().signal };

/** The account that a program gets a profile's credentials for, else why it gets none. */
async function accountOf({ broker }: BrokerRig, profile: string): Promise<string> {
  const answer = await broker.apiHandlers['credential-process']({ profile }, context);
  return answer.ok ? answer.value.AccountId : answer.error.code;
}

describe('AWS files of which no watch tells', () => {
  it('a role that was changed to another account is handed out for that one, though no watch told of it', async ({ rig, aws }) => {
    await rig.startSession();
    expect(await accountOf(rig, 'deploy')).toBe('222222222222');
    await writeFile(rig.store.state.files.config, role('deploy', aws.accounts.c.deployRoleArn));
    expect(await accountOf(rig, 'deploy')).toBe('333333333333');
    // Of the same length, and within the same second.
    await writeFile(rig.store.state.files.config, role('deploy', aws.accounts.b.deployRoleArn));
    expect(await accountOf(rig, 'deploy')).toBe('222222222222');
  });

  it('a profile that was added is found, and one whose role was taken out is not, though no watch told of it', async ({ rig, aws }) => {
    await rig.startSession();
    expect(await accountOf(rig, 'new')).toBe('profile-unknown');
    await writeFile(rig.store.state.files.config, role('new', aws.accounts.b.deployRoleArn));
    expect(await accountOf(rig, 'new')).toBe('222222222222');
    expect(await accountOf(rig, 'deploy')).toBe('profile-unknown');
  });

  it('exports are not copied of a role that was changed to another account, though no watch told of it', async ({ rig, aws }) => {
    await rig.startSession();
    await accountOf(rig, 'deploy');
    await writeFile(rig.store.state.files.config, role('deploy', aws.accounts.c.deployRoleArn));
    await rig.broker.commands.copyExports({ profile: 'deploy' });
    expect(rig.store.state.notice).toMatchObject({ kind: 'failed', error: { code: 'session-none' } });
  });

  it('a code that was typed for an access key which is not the profile’s any more is not sent, though no watch told of it', async ({ rig, aws }) => {
    await rig.openPrompt();
    const calls = aws.calls.length;
    await writeFile(rig.store.state.files.credentials, '[default]\naws_access_key_id = AKIASOMEBODYELSE\naws_secret_access_key = of somebody else\n');
    await rig.broker.commands.submitMfa({ promptId: rig.promptId, code: await aws.nextTotpCode() });
    expect(aws.calls.slice(calls).filter(({ action }) => action === 'GetSessionToken')).toEqual([]);
  });
});

describe('AWS files that nobody changed', () => {
  const hourAgo = new Date(Date.now() - 3_600_000);

  async function counted(folder: string) {
    const files = { config: join(folder, 'config'), credentials: join(folder, 'credentials') };
    await writeFile(files.config, 'a');
    await utimes(files.config, hourAgo, hourAgo);
    const read = vi.fn<() => Promise<void>>(async () => {});
    const current = new CurrentFiles({ files, read, now: () => Date.now() });
    await current.load();
    return { files, current, read };
  }

  it('AWS files that nobody changed are not read again', async ({ folder }) => {
    const { current, read } = await counted(folder);
    await Promise.all(Array.from({ length: 200 }, () => current.refresh()));
    expect(read).toHaveBeenCalledTimes(1);
  });

  it('AWS files are read once for two hundred programs that ask after a change', async ({ folder }) => {
    const { files, current, read } = await counted(folder);
    await writeFile(files.config, 'ab');
    await utimes(files.config, hourAgo, hourAgo);
    await Promise.all(Array.from({ length: 200 }, () => current.refresh()));
    expect(read).toHaveBeenCalledTimes(2);
  });

  it('AWS files are read again whichever way they changed: by a renaming, a new file, other rights, or none where one was', async ({ folder }) => {
    const { files, current, read } = await counted(folder);
    const changes = [
      () => rename(files.config, join(folder, 'away')),
      () => rename(join(folder, 'away'), files.config),
      async () => {
        await writeFile(files.credentials, '');
        await utimes(files.credentials, hourAgo, hourAgo);
      },
      () => chmod(files.credentials, 0o600),
      () => chmod(files.credentials, 0o640),
      () => rm(files.credentials),
      () => mkdir(files.credentials).then(() => utimes(files.credentials, hourAgo, hourAgo)),
    ];
    for (const [index, change] of changes.entries()) {
      await change();
      await current.refresh();
      expect(read).toHaveBeenCalledTimes(index + 2);
      await current.refresh();
      expect(read).toHaveBeenCalledTimes(index + 2);
    }
  });

  it('a file that was written a moment before is read again, since a second writing may leave the same time behind', async ({ folder }) => {
    const { files, current, read } = await counted(folder);
    await writeFile(files.config, 'b');
    await current.refresh();
    const { mtimeMs } = await stat(files.config);
    await current.refresh();
    expect(read).toHaveBeenCalledTimes(3);
    expect((await stat(files.config)).mtimeMs).toBe(mtimeMs);
  });
});
