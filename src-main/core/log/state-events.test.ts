import { describe, expect } from 'vitest';
import { withBroker, type BrokerRig } from '../../../testing/rigs/broker-rig.ts';
import { leaksIn } from '../../../testing/secrets/leaks.ts';
import { ledgerEvent } from './ledger-event.ts';
import { logLine } from './log-line.ts';
import { stateEvents } from './state-events.ts';

const it = withBroker(({ accounts }) => ({
  config: `[default]\nregion = eu-west-1\n[profile deploy]\nrole_arn = ${accounts.b.deployRoleArn}\nsource_profile = default\n[profile canary-acme]\nsso_session = canary\n`,
}));

/** What the log says from now on, without the times. */
function logOf(rig: BrokerRig): string[] {
  const lines: string[] = [];
  let before = rig.store.state;
  const add = (event: Parameters<typeof logLine>[1]): void => void lines.push(logLine(0, event).slice(25));
  rig.store.subscribe((state) => {
    for (const event of stateEvents(before, state)) add(event);
    before = state;
  });
  rig.broker.ledger.onEntry((entry) => add(ledgerEvent(entry)));
  return lines;
}

describe('what the log says of the state', () => {
  it('the log says which kinds of profiles were read, and the code of each problem', async ({ rig }) => {
    const lines = logOf(rig);
    await rig.broker.loadConfig();
    rig.store.change({ problems: [{ code: 'config-broken-line', params: { file: 'canary', line: 7 } }] });
    await rig.openPrompt();
    expect(lines.slice(0, 2)).toEqual(['profiles-read users=2 roles=1 installed=0 problems=1', 'problem code=config-broken-line line=7']);
    expect(lines.filter((line) => line.startsWith('profiles-read'))).toHaveLength(1);
  });

  it('the log follows a prompt from its opening over a refused code to its session, and to the end of that', async ({ rig }) => {
    const lines = logOf(rig);
    await rig.openPrompt();
    await rig.submit(rig.aws.alice.totpCode(0));
    expect(await rig.refusal()).toMatchObject({ code: 'mfa-code-wrong' });
    await rig.submit(await rig.aws.nextTotpCode());
    rig.sessions.endSession({ profile: 'default' });
    await rig.shows('no session', ({ profiles }) => (profiles[0]?.session.kind === 'none' ? true : undefined));
    const said = lines.filter((line) => /^(prompt|session)/.test(line));
    expect(said).toEqual(
      expect.arrayContaining([
        'prompt-opened for=user purpose=start',
        'prompt-step step=enter-code programs=0',
        'prompt-step step=starting programs=0',
        'prompt-step step=enter-code programs=0 code=mfa-code-wrong',
        'prompt-closed how=answered',
        'session-started kind=base',
        'session-ended how=ended',
      ]),
    );
    expect(new Set(said).size).toBeGreaterThanOrEqual(7);
    expect(said.filter((line) => line.startsWith('prompt-closed'))).toHaveLength(1);
  });

  it('the log tells a prompt that was cancelled from one that was answered', async ({ rig }) => {
    const lines = logOf(rig);
    await rig.openPrompt();
    rig.cancelPrompt();
    await rig.shows('no prompt', ({ prompt }) => (prompt === null ? true : undefined));
    expect(lines).toContain('prompt-closed how=cancelled');
  });

  it('the log says once of each failure that is shown, and which settings changed by their group', async ({ rig }) => {
    const lines = logOf(rig);
    rig.store.notify({ kind: 'failed', profile: 'default', error: { code: 'access-key-unknown', params: { profile: 'canary' } } });
    rig.broker.settings.change({ proxy: 'http://canary.example:3128' });
    await rig.shows('the proxy', ({ settings }) => (settings.proxy === '' ? undefined : true));
    expect(lines.filter((line) => line.startsWith('failed'))).toEqual(['failed code=access-key-unknown']);
    expect(lines).toContain('setting changed=network');
  });

  it('the log has no secret, account, name or code of what happened', async ({ rig }) => {
    const lines = logOf(rig);
    await rig.startSession();
    const code = rig.aws.alice.totpCode(0);
    await rig.openPrompt();
    await rig.submit(code);
    rig.cancelPrompt();
    rig.store.notify({
      kind: 'failed',
      profile: 'canary-acme',
      error: { code: 'profile-unknown', params: { profile: 'canary-acme', file: '/home/canary/x' } },
    });
    await rig.shows('a notice', ({ notice }) => notice ?? undefined);
    const { a, b } = rig.aws.accounts;
    const canaries = [a.accountId, b.accountId, code, 'canary', 'alice'];
    expect(lines.length).toBeGreaterThan(8);
    expect(leaksIn('the log', lines.join('\n'), rig.aws.secrets())).toEqual([]);
    expect(canaries.filter((canary) => lines.join('\n').includes(canary))).toEqual([]);
  });
});
