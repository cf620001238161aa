import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, vi } from 'vitest';
import { startBaseSession } from '../../../testing/aws/clients/sdk-session.ts';
import { withBroker, type BrokerRig } from '../../../testing/rigs/broker-rig.ts';
import { answerCommand, asksFor, deployFrom, inMinutes, printed, printing } from '../../../testing/rigs/foreign-rig.ts';
import { serveBroker } from '../../../testing/rigs/served-broker.ts';

const it = withBroker();

const minute = 60_000;
const command = '[profile corp]\ncredential_process = corp-sso --account dev\n';
const runsOf = async (rig: BrokerRig, program = 'corp-sso'): Promise<number> =>
  (await readFile(join(rig.programs, `${program}.runs`), 'utf8').catch(() => '')).split('\n').length - 1;

/** The session of a profile whose command a person allows. */
async function confirmed(rig: BrokerRig, profile = 'corp') {
  const asked = asksFor(rig, profile);
  await answerCommand(rig);
  return asked;
}

describe('the command of a profile', () => {
  it('the command of a profile runs once for 100 callers, after a person confirmed it whole, and its session is shown, held and recorded', async ({
    aws,
    startRig,
  }) => {
    const rig = await startRig({ config: command });
    const session = await startBaseSession(aws);
    await rig.addProgram('corp-sso', printing(printed(session), ['sleep 0.3']));
    const callers = Array.from({ length: 100 }, () => asksFor(rig, 'corp'));
    expect(await answerCommand(rig)).toMatchObject({
      purpose: 'credentials',
      line: 'corp-sso --account dev',
      profile: 'corp',
      file: rig.store.state.files.config,
    });
    const given = await Promise.all(callers);
    expect(new Set(given.map((one) => one.ok && one.value.credentials.accessKeyId))).toEqual(new Set([session.accessKeyId]));
    expect(await runsOf(rig)).toBe(1);
    expect(rig.profile('corp')).toMatchObject({
      foreign: { kind: 'command', program: 'corp-sso' },
      session: { kind: 'active', origin: 'source', expiresAt: session.expiration.getTime(), identity: { accountId: '111111111111', userName: 'alice' } },
    });
    await rig.broker.ledger.settled();
    expect(await rig.broker.ledger.history({ profile: 'corp', limit: 10 })).toMatchObject({ ok: true, value: [{ accessKeyId: session.accessKeyId }] });
  });

  it('the command of a profile that is called as a part of every object is served, and its first account is not asked about', async ({ aws, startRig }) => {
    const rig = await startRig({ config: '[profile constructor]\ncredential_process = corp-sso\n' });
    await rig.addProgram('corp-sso', printing(printed(await startBaseSession(aws))));
    expect(await confirmed(rig, 'constructor')).toMatchObject({ ok: true });
    expect(rig.store.state.question).toBeNull();
  });

  it('the command of a profile runs again 15 minutes before the end of what it gave, and not before', async ({ aws, startRig }) => {
    const rig = await startRig({ config: command });
    await rig.addProgram('corp-sso', printing(printed(await startBaseSession(aws), inMinutes(90))));
    await confirmed(rig);
    rig.ahead = 74 * minute;
    await asksFor(rig, 'corp');
    expect(await runsOf(rig)).toBe(1);
    rig.ahead = 76 * minute;
    await asksFor(rig, 'corp');
    expect(await runsOf(rig)).toBe(2);
  });

  it('the command of a profile that says no end counts for 15 minutes, which is said, and is not run for each caller', async ({ aws, startRig }) => {
    const rig = await startRig({ config: command });
    await rig.addProgram('corp-sso', printing(printed(await startBaseSession(aws), null)));
    await confirmed(rig);
    await asksFor(rig, 'corp');
    expect(await runsOf(rig)).toBe(1);
    const { session } = rig.profile('corp');
    expect(session).toMatchObject({ endUnknown: true });
    expect('expiresAt' in session && session.expiresAt - session.issuedAt).toBe(15 * minute);
    rig.ahead = 12 * minute;
    await asksFor(rig, 'corp');
    expect(await runsOf(rig)).toBe(2);
  });

  it('the command of a profile whose credentials last shorter than wanted is asked anew, and the answer says where they come from', async ({
    aws,
    startRig,
  }) => {
    const rig = await startRig({ config: command });
    await rig.addProgram('corp-sso', printing(printed(await startBaseSession(aws), inMinutes(40))));
    await confirmed(rig);
    const asked = await asksFor(rig, 'corp', 60 * minute);
    expect(asked).toMatchObject({ ok: false, error: { code: 'foreign-time-too-short', params: { profile: 'corp', wanted: 3600 } } });
    expect(await runsOf(rig)).toBe(2);
    expect(await asksFor(rig, 'corp', 30 * minute)).toMatchObject({ ok: true });
  });

  it('the command of a profile is asked about again when it changed, and what the old one gave is handed out no more', async ({ aws, startRig }) => {
    const rig = await startRig({ config: command });
    await rig.addProgram('corp-sso', printing(printed(await startBaseSession(aws))));
    await confirmed(rig);
    await writeFile(rig.store.state.files.config, command.replace('dev', 'prod'));
    await rig.broker.loadConfig();
    expect(rig.credentials('corp')).toBeNull();
    const asked = asksFor(rig, 'corp');
    expect((await answerCommand(rig, 'refuse')).line).toBe('corp-sso --account prod');
    expect(await asked).toMatchObject({ ok: false, error: { code: 'user-command-refused' } });
    expect(await runsOf(rig)).toBe(1);
  });

  it.for([
    ['prints nothing', ['true'], 'foreign-output-empty'],
    ['prints junk', ['echo Please sign in'], 'foreign-output-junk'],
    ['prints another version', [`echo '{"Version":2}'`], 'foreign-output-version'],
    ['prints no version', ['echo {}'], 'foreign-output-missing'],
    ['prints no key', [`echo '{"Version":1,"SecretAccessKey":"s","SessionToken":"t"}'`], 'foreign-output-missing'],
    ['prints a long-term key', [`echo '{"Version":1,"AccessKeyId":"AKIAEXAMPLE","SecretAccessKey":"s"}'`], 'foreign-output-long-term'],
    [
      'prints an end that is no time',
      [`echo '{"Version":1,"AccessKeyId":"A","SecretAccessKey":"s","SessionToken":"t","Expiration":"soon"}'`],
      'foreign-output-end',
    ],
    [
      'prints what has expired',
      [`echo '{"Version":1,"AccessKeyId":"A","SecretAccessKey":"s","SessionToken":"t","Expiration":"2020-01-01T00:00:00Z"}'`],
      'foreign-output-expired',
    ],
    ['prints without end', ['yes'], 'user-command-too-much'],
    ['fails with a sentence', ['echo no such app >&2; exit 3'], 'user-command-failed-saying'],
    ['asks on the terminal', ['exec 2>&1; read answer < /dev/tty', 'exit 1'], 'user-command-failed'],
    ['asks on the terminal and says so', ['read answer < /dev/tty || exit 1'], 'foreign-command-asks'],
    ['asks on standard input', ['printf "Password: " >&2; read answer || exit 1'], 'foreign-command-asks'],
  ] as const)('a command that %s brings a sentence of its own', async ([, lines, code], { startRig }) => {
    const rig = await startRig({ config: command });
    await rig.addProgram('corp-sso', lines);
    const asked = await confirmed(rig);
    expect(asked).toMatchObject({ ok: false, error: { code } });
    expect(JSON.stringify(asked)).not.toContain('"s"');
  });

  it.for([
    ['corp-sso | tee log', 'user-command-needs-shell'],
    ["corp-sso 'open", 'user-command-quote-open'],
  ])('a line that only a shell could run is refused before anybody is asked: %s', async ([line, code], { startRig }) => {
    const rig = await startRig({ config: `[profile corp]\ncredential_process = ${line}\n` });
    expect(await asksFor(rig, 'corp')).toMatchObject({ ok: false, error: { code } });
    expect(rig.store.state.question).toBeNull();
  });

  it('the credentials of a command that AWS refuses are handed to nobody', async ({ aws, startRig }) => {
    const rig = await startRig({ config: command });
    await rig.addProgram('corp-sso', printing(printed(await startBaseSession(aws))));
    aws.expireSessions();
    expect(await confirmed(rig)).toMatchObject({ ok: false, error: { code: 'foreign-command-expired' } });
    expect(rig.credentials('corp')).toBeNull();
  });

  it('the command of a profile ends when the last who waits for it hangs up', async ({ startRig }) => {
    const rig = await startRig({ config: command });
    await rig.addProgram('corp-sso', ['echo $$ > "$0.pid"', 'exec sleep 60']);
    const gone = new AbortController();
    const waiting = rig.sessions.credentials('corp', {
      minLeftMs: 0,
      requester: { by: 'program', program: async () => null, signal: gone.signal, waitMs: 20_000 },
    });
    await answerCommand(rig);
    const pid = await vi.waitFor(async () => Number(await readFile(join(rig.programs, 'corp-sso.pid'), 'utf8')), 5_000);
    gone.abort();
    expect(await waiting).toMatchObject({ ok: false, error: { code: 'mfa-cancelled' } });
    await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow('ESRCH'), 5_000);
  });

  it('a caller whose time is over is told so, and what the command brings later is kept for the next', async ({ aws, startRig }) => {
    const rig = await startRig({ config: command });
    await rig.addProgram('corp-sso', printing(printed(await startBaseSession(aws)), ['sleep 1']));
    const first = rig.sessions.credentials('corp', {
      minLeftMs: 0,
      requester: { by: 'program', program: async () => null, signal: new AbortController().signal, waitMs: 300 },
    });
    await answerCommand(rig);
    expect(await first).toMatchObject({ ok: false, error: { code: 'foreign-slow' } });
    expect(await asksFor(rig, 'corp')).toMatchObject({ ok: true });
    expect(await runsOf(rig)).toBe(1);
  });

  it('a role from a command is assumed with what it gave, and renewed without a question', async ({ aws, startRig }) => {
    const rig = await startRig({ config: command + deployFrom('corp', aws.accounts.b.deployRoleArn) });
    await rig.addProgram('corp-sso', printing(printed(await startBaseSession(aws))));
    expect(await confirmed(rig, 'deploy')).toMatchObject({ ok: true, value: { session: { origin: 'session', identity: { accountId: '222222222222' } } } });
    expect(rig.profile('deploy').role).toMatchObject({ userProfile: 'corp', withoutKey: true });
    rig.ahead = 50 * minute;
    expect(await asksFor(rig, 'deploy')).toMatchObject({ ok: true });
    expect(await runsOf(rig)).toBe(1);
  });

  it('a role with mfa_serial from a command is assumed where AWS lets it, and else the sentence says who has to sign in with MFA', async ({
    aws,
    startRig,
  }) => {
    const rig = await startRig({ config: `${command}${deployFrom('corp', aws.accounts.b.deployRoleArn)}mfa_serial = ${aws.alice.mfaSerial}\n` });
    await rig.addProgram('corp-sso', printing(printed(await startBaseSession(aws))));
    expect(await confirmed(rig, 'deploy')).toMatchObject({ ok: true });
    expect(rig.store.state.prompt).toBeNull();
    // This one does not trust the account.
    await writeFile(rig.store.state.files.config, `${command}${deployFrom('corp', aws.accounts.c.auditRoleArn)}mfa_serial = ${aws.alice.mfaSerial}\n`);
    await rig.broker.loadConfig();
    expect(await asksFor(rig, 'deploy')).toMatchObject({ ok: false, error: { code: 'foreign-role-mfa', params: { profile: 'deploy', source: 'corp' } } });
  });

  it('a code or a length for a profile without an access key at its end is refused with a sentence', async ({ aws, startRig }) => {
    const rig = await startRig({ config: command + deployFrom('corp', aws.accounts.b.deployRoleArn) });
    const wanted = { minLeftMs: 0, requester: { by: 'user' } } as const;
    const code = 'foreign-takes-no-code';
    expect(await rig.sessions.login('corp', wanted, { code: '123456' })).toMatchObject({ ok: false, error: { code } });
    expect(await rig.sessions.login('corp', wanted, { durationSeconds: 3600 })).toMatchObject({ ok: false, error: { code } });
    expect(await rig.sessions.login('deploy', wanted, { durationSeconds: 7200 })).toMatchObject({ ok: false, error: { code, params: { source: 'corp' } } });
    rig.sessions.requestSession({ profile: 'deploy', fromAccessKey: true });
    expect(rig.store.state.notice).toMatchObject({ kind: 'failed', error: { code } });
    expect(rig.store.state.prompt).toBeNull();
  });
});

describe('a command that asks this app for its own profile', () => {
  const asking = (socket: string, profile: string): string =>
    `curl -s --max-time 15 --unix-socket ${socket} "http://localhost/v1/credential-process?profile=${profile}&pid=$$" >&2; exit 1`;

  it.for([
    ['itself', { 'corp-sso': 'corp' }],
    ['a role from it', { 'corp-sso': 'deploy' }],
    ['another profile, whose command asks for the first', { 'corp-sso': 'other-corp', 'other-sso': 'corp' }],
  ] as const)('a command that asks this app for its own profile is found out while it runs: %s', async ([, programs], { aws, startRig }) => {
    const rig = await startRig({
      config: `${command}[profile other-corp]\ncredential_process = other-sso\n${deployFrom('corp', aws.accounts.b.deployRoleArn)}`,
    });
    rig.program = async (pid) => ({ pid, command: 'corp-sso', folder: null });
    const served = await serveBroker(rig);
    for (const [program, profile] of Object.entries(programs)) await rig.addProgram(program, [asking(served.socket, profile)]);
    const asked = asksFor(rig, 'corp');
    for (const _ of Object.keys(programs)) await answerCommand(rig);
    const outcome = await asked;
    expect(outcome).toMatchObject({ ok: false, error: { code: 'user-command-failed-saying', params: { line: expect.stringContaining('foreign-loop') } } });
    await served.dispose();
  });
});
