import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import { unknownProgram, withBroker, type BrokerRig } from '../../../testing/rigs/broker-rig.ts';
import { eventually } from '../../../testing/processes/eventually.ts';

// What happens while a prompt is open, or AWS is asked, and the files or the user change their mind.

const it = withBroker();

const ask = (rig: BrokerRig, profile: string) => rig.sessions.credentials(profile, { minLeftMs: 0, requester: unknownProgram() });

async function editCredentials(rig: BrokerRig, edit: (text: string) => string): Promise<void> {
  const { credentials } = rig.store.state.files;
  await writeFile(credentials, edit(await readFile(credentials, 'utf8')));
  await rig.broker.loadConfig();
}

const without = (profile: string) => (text: string) => text.replace(new RegExp(`\\[${profile}\\]\\n.*\\n.*\\n`), '');

describe('a prompt', () => {
  it('a prompt is closed, and its programs are told, when its profile leaves the files', async ({ rig }) => {
    const waiting = ask(rig, 'default');
    await rig.step('enter-code');
    await editCredentials(rig, without('default'));
    expect(await waiting).toMatchObject({ ok: false, error: { code: 'profile-unknown', params: { profile: 'default' } } });
    expect(rig.store.state.prompt).toBeNull();
  });

  it('a prompt begins anew when its profile gets another access key', async ({ rig }) => {
    await rig.openPrompt();
    const before = rig.promptId;
    await editCredentials(rig, (text) => text.replaceAll(rig.aws.alice.accessKeyId, 'AKIASOMEBODYELSE'));
    expect(rig.promptId).not.toBe(before);
  });

  it('a prompt that waits behind another one does not hold up the rest when its profile leaves the files', async ({ rig }) => {
    const [first, second] = [ask(rig, 'default'), ask(rig, 'other')];
    await rig.step('enter-code');
    await editCredentials(rig, without('other'));
    await rig.submit(await rig.aws.nextTotpCode());
    expect((await first).ok).toBe(true);
    expect(await second).toMatchObject({ ok: false, error: { code: 'profile-unknown', params: { profile: 'other' } } });
  });

  it('a prompt that cannot be filled in tells its programs why at once, and the next one tries again', async ({ rig }) => {
    rig.aws.faults.set('iam:ListMFADevices', { kind: 'unavailable' });
    expect(await ask(rig, 'default')).toMatchObject({ ok: false, error: { code: 'service-failed' } });
    rig.aws.faults.clear();
    const waiting = ask(rig, 'default');
    await rig.answerPrompt();
    expect((await waiting).ok).toBe(true);
  });
});

describe('a session that comes too late', () => {
  it('a session that comes too late is dropped when the user ended it while AWS was asked, and that is said', async ({ rig }) => {
    await rig.startSession();
    await rig.openPrompt();
    const asking = rig.aws.faults.hold('sts:GetSessionToken');
    const submitted = rig.submit(await rig.aws.nextTotpCode());
    await asking.arrived;
    rig.sessions.endSession({ profile: 'default' });
    asking.release();
    await submitted;
    expect(rig.credentials()).toBeNull();
    expect(rig.store.state.notice).toMatchObject({ kind: 'failed', error: { code: 'profile-changed', params: { profile: 'default' } } });
  });
});

describe('a profile that means something else by now', () => {
  it('a profile that means something else by now hands out nothing of its old session', async ({ rig }) => {
    await rig.startSession('other');
    await editCredentials(rig, without('other'));
    await writeFile(rig.store.state.files.config, '[profile other]\nsso_start_url = https://example.awsapps.com/start\nsso_account_id = 999999999999\n');
    await rig.broker.loadConfig();
    expect(rig.credentials('other')).toBeNull();
    expect(await ask(rig, 'other')).toMatchObject({ ok: false, error: { code: 'sso-session-incomplete' } });
  });
});

describe('terminals that open at once', () => {
  it('terminals that open at once share one private configuration', async ({ rig }) => {
    await rig.startSession();
    const held = rig.broker.held.find('default');
    if (held === null) throw new Error('no session');
    const all = await Promise.all(Array.from({ length: 20 }, () => rig.broker.handOffs.variables(held, { kind: 'renewable', only: false })));
    expect(all.every(({ ok }) => ok)).toBe(true);
    const [first] = all;
    const config = first?.ok === true ? first.value.find(([name]) => name === 'AWS_CONFIG_FILE')?.[1] : undefined;
    await eventually(async () =>
      expect(await readFile(config ?? '', 'utf8')).toContain('credential_process = /opt/sts-tray/bin/sts-tray credential-process default'),
    );
  });
});
