import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LocalAws } from '../../../testing/aws/local-aws.ts';
import { BrokerBench, resetAws, startAws } from '../../../testing/rigs/broker-rig.ts';

// What happens while a prompt is open, or AWS is asked, and the files or the user change their mind.

let aws: LocalAws;
let bench: BrokerBench;

beforeAll(async () => {
  aws = await startAws();
});
afterAll(() => aws.close());
beforeEach(async () => {
  resetAws(aws);
  bench = await BrokerBench.start(aws);
});
afterEach(() => bench.close());

const ask = (profile: string) => {
  const asker = { by: 'program', program: async () => null, signal: new AbortController().signal, waitMs: 20_000 } as const;
  return bench.sessions.credentials(profile, { minLeftMs: 0, asker });
};

async function editCredentials(edit: (text: string) => string): Promise<void> {
  const { credentials } = bench.store.state.files;
  await writeFile(credentials, edit(await readFile(credentials, 'utf8')));
  await bench.broker.loadConfig();
}

const without = (profile: string) => (text: string) => text.replace(new RegExp(`\\[${profile}\\]\\n.*\\n.*\\n`), '');

describe('a prompt', () => {
  it('is closed, and its programs are told, when its profile leaves the files', async () => {
    const waiting = ask('default');
    await bench.step('enter-code');
    await editCredentials(without('default'));
    expect(await waiting).toMatchObject({ ok: false, error: { code: 'profile-unknown', params: { profile: 'default' } } });
    expect(bench.store.state.prompt).toBeNull();
  });

  it('begins anew when its profile gets another access key', async () => {
    await bench.openPrompt();
    const before = bench.promptId;
    await editCredentials((text) => text.replaceAll(aws.alice.accessKeyId, 'AKIASOMEBODYELSE'));
    expect(bench.promptId).not.toBe(before);
  });

  it('that waits behind another one does not hold up the rest when its profile leaves the files', async () => {
    const [first, second] = [ask('default'), ask('other')];
    await bench.step('enter-code');
    await editCredentials(without('other'));
    await bench.submit(await aws.nextTotpCode());
    expect((await first).ok).toBe(true);
    expect(await second).toMatchObject({ ok: false, error: { code: 'profile-unknown', params: { profile: 'other' } } });
  });

  it('that cannot be filled in tells its programs why at once, and the next one tries again', async () => {
    aws.faults.set('iam:ListMFADevices', { kind: 'unavailable' });
    expect(await ask('default')).toMatchObject({ ok: false, error: { code: 'service-failed' } });
    aws.faults.clear();
    const waiting = ask('default');
    await bench.step('enter-code');
    await bench.submit(await aws.nextTotpCode());
    expect((await waiting).ok).toBe(true);
  });
});

describe('a session that comes too late', () => {
  it('is dropped when the user ended it while AWS was asked, and that is said', async () => {
    await bench.startSession();
    await bench.openPrompt();
    aws.faults.set('sts:GetSessionToken', { kind: 'delayed', milliseconds: 300 });
    const submitted = bench.submit(await aws.nextTotpCode());
    bench.sessions.endSession({ profile: 'default' });
    await submitted;
    expect(bench.credentials()).toBeNull();
    expect(bench.store.state.notice).toMatchObject({ kind: 'failed', error: { code: 'profile-changed', params: { profile: 'default' } } });
  });
});

describe('a profile that means something else by now', () => {
  it('hands out nothing of its old session', async () => {
    await bench.startSession('other');
    await editCredentials(without('other'));
    await writeFile(bench.store.state.files.config, '[profile other]\nsso_start_url = https://example.awsapps.com/start\nsso_account_id = 999999999999\n');
    await bench.broker.loadConfig();
    expect(bench.credentials('other')).toBeNull();
    expect(await ask('other')).toMatchObject({ ok: false, error: { code: 'profile-sso' } });
  });
});

describe('terminals that open at once', () => {
  it('share one private configuration', async () => {
    await bench.startSession();
    const held = bench.broker.held.find('default');
    if (held === null) throw new Error('no session');
    const all = await Promise.all(Array.from({ length: 20 }, () => bench.broker.handOffs.variables(held, 'renewable')));
    expect(all.every(({ ok }) => ok)).toBe(true);
    const [first] = all;
    const config = first?.ok === true ? first.value.find(([name]) => name === 'AWS_CONFIG_FILE')?.[1] : undefined;
    await vi.waitFor(async () =>
      expect(await readFile(config ?? '', 'utf8')).toContain('credential_process = /opt/sts-tray/bin/sts-tray credential-process default'),
    );
  });
});
