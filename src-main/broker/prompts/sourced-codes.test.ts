import { appendFile, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished } from 'vitest';
import { unknownProgram, withBroker, type BrokerRig } from '../../../testing/rigs/broker-rig.ts';
import type { CodeSource } from '../../contract/settings.ts';
import { slowAfterMs } from '../../core/prompts/code-source.ts';
import type { PromptSource } from '../../contract/ui-state.ts';

const it = withBroker();

/** Has `pass` give the codes of the device, as the settings say. */
function choose(rig: BrokerRig, changes: Partial<CodeSource> = {}): void {
  const source = { from: 'command', line: 'pass otp aws', touch: false, ...changes } as const;
  rig.broker.settings.change({ codeSources: { [rig.aws.alice.mfaSerial]: source } });
}

/** A `pass` that tells its start in a file, and prints what a file has. */
async function addPass(rig: BrokerRig, code: string, ...before: readonly string[]): Promise<void> {
  await giveCode(rig, code);
  await rig.addProgram('pass', [`echo "$$ $*" >> "${rig.programs}/starts"`, ...before, `cat "${rig.programs}/code"`]);
}

const giveCode = async (rig: BrokerRig, code: string): Promise<void> => {
  await rig.addProgram('unused', []);
  await writeFile(join(rig.programs, 'code'), `${code}\n`);
};

const starts = async (rig: BrokerRig): Promise<readonly string[]> => {
  const text = await readFile(join(rig.programs, 'starts'), 'utf8').catch(() => '');
  return text.split('\n').filter((line) => line !== '');
};

const progress = <K extends PromptSource['progress']['kind']>(rig: BrokerRig, kind: K) =>
  rig.shows(`a source that is ${kind}`, ({ prompt }) => {
    const found = prompt?.source?.progress;
    return found?.kind === kind ? (found as Extract<PromptSource['progress'], { kind: K }>) : undefined;
  });

const session = (rig: BrokerRig, name = 'default') =>
  rig.shows('a session', ({ profiles }) => profiles.find((each) => each.name === name && each.session.kind === 'active'));

/** The programs that gave the codes of the sessions, the latest first. */
const issued = async (rig: BrokerRig): Promise<unknown> => {
  const history = await rig.broker.ledger.history({ limit: 20 });
  return history.ok ? history.value.map((record) => (record.record === 'session' ? (record.codeFrom ?? null) : record.record)) : history.error;
};

describe('a source of codes', () => {
  it('a source of codes fills the prompt and sends by itself, once for all who wait, and the ledger names it without the code', async ({ rig }) => {
    choose(rig);
    const code = await rig.aws.nextTotpCode();
    await addPass(rig, code);
    const seen: string[] = [];
    onTestFinished(rig.store.subscribe(({ prompt }) => void seen.push(JSON.stringify(prompt))));
    const callers = await Promise.all(Array.from({ length: 50 }, () => rig.sessions.credentials('default', { minLeftMs: 0, requester: unknownProgram() })));
    expect(callers.map(({ ok }) => ok)).toEqual(callers.map(() => true));
    expect((await starts(rig)).map((line) => line.replace(/^\d+ /, ''))).toEqual(['otp aws']);
    expect(rig.store.state.prompt).toBeNull();
    expect(seen.some((prompt) => prompt.includes('"program":"pass"'))).toBe(true);
    expect(JSON.stringify([seen, rig.store.content.settings])).not.toContain(code);
    expect(await issued(rig)).toEqual(['pass']);
  });

  it('a source of codes that does not answer at once may wait for a touch, and typing wins', async ({ rig }) => {
    choose(rig, { line: 'ykman oath accounts code -s aws' });
    await rig.addProgram('ykman', [`echo $$ > "${rig.programs}/starts"`, 'sleep 60']);
    await rig.openPrompt();
    await progress(rig, 'slow');
    expect(rig.store.state.prompt?.source).toMatchObject({ program: 'ykman', touch: true });
    rig.broker.commands.askCodeSource({ promptId: rig.promptId, use: false });
    await progress(rig, 'stopped');
    const [pid] = await starts(rig);
    await expect.poll(() => readFile(`/proc/${pid}/stat`).catch(() => 'gone')).toBe('gone');
    await rig.submit(await rig.aws.nextTotpCode());
    await session(rig);
    expect(await issued(rig)).toEqual([null]);
  });

  it('a source of codes may wait for a touch only from when it was started: the login that is asked for its PATH before needs none', async ({ rig }) => {
    choose(rig, { line: 'ykman oath accounts code -s aws' });
    let start = (): void => {};
    rig.loginPath = new Promise((resolve) => (start = resolve));
    await rig.addProgram('ykman', ['sleep 60']);
    await rig.openPrompt();
    await new Promise((resolve) => setTimeout(resolve, slowAfterMs + 300));
    expect(rig.store.state.prompt?.source?.progress.kind).toBe('asking');
    start();
    await progress(rig, 'slow');
    rig.cancelPrompt();
  });

  it('a source of codes ends with the prompt that is cancelled', async ({ rig }) => {
    choose(rig);
    await addPass(rig, '', 'sleep 60');
    await rig.openPrompt();
    await progress(rig, 'slow');
    const [pid = ''] = (await starts(rig)).map((line) => line.split(' ')[0]);
    rig.cancelPrompt();
    await expect.poll(() => readFile(`/proc/${pid}/stat`).catch(() => 'gone')).toBe('gone');
    expect(rig.store.state.prompt).toBeNull();
  });

  it('a source of codes that gives one that was used is asked again when the next one begins', async ({ rig }) => {
    const code = await rig.aws.nextTotpCode();
    await rig.openPrompt();
    await rig.submit(code);
    choose(rig);
    await addPass(rig, code);
    await rig.openPrompt();
    const { until } = await progress(rig, 'waiting');
    const now = Date.now() + rig.ahead;
    expect([until % 30_000, until > now, until <= now + 30_000]).toEqual([0, true, true]);
    rig.cancelPrompt();
  });

  it('a source of codes that fails says why in the prompt, where the user types or asks it again', async ({ rig }) => {
    choose(rig, { line: 'bw get totp aws' });
    await rig.addProgram('bw', ['echo "Vault is locked." >&2', 'exit 1']);
    await rig.openPrompt();
    expect(await progress(rig, 'failed')).toMatchObject({ error: { code: 'code-source-locked', params: { program: 'bw', line: 'Vault is locked.' } } });
    await rig.addProgram('bw', [`echo ${await rig.aws.nextTotpCode()}`]);
    rig.broker.commands.askCodeSource({ promptId: rig.promptId, use: true });
    await session(rig);
  });

  it('a source of codes that is not there, or no command, says so and leaves the prompt to the user', async ({ rig }) => {
    for (const [line, code] of [
      ['nonexistent-program', 'user-command-not-found'],
      ['pass otp aws | head -n 1', 'user-command-needs-shell'],
    ] as const) {
      choose(rig, { line });
      await rig.openPrompt();
      expect(await progress(rig, 'failed')).toMatchObject({ error: { code } });
      rig.cancelPrompt();
      await rig.shows('no prompt', ({ prompt }) => (prompt === null ? true : undefined));
    }
  });
});

describe('an mfa_process', () => {
  const text = (rig: BrokerRig): Promise<void> =>
    writeFile(rig.store.content.files.config, '[default]\nmfa_process = pass otp aws\n').then(() => rig.broker.loadConfig());
  const asked = (rig: BrokerRig) => rig.shows('a question', ({ question }) => (question?.kind === 'command' ? question : undefined));

  it('an mfa_process is run once a person has confirmed it, and not asked for again', async ({ rig }) => {
    await text(rig);
    await addPass(rig, await rig.aws.nextTotpCode());
    await rig.openPrompt();
    const { questionId, ...question } = await asked(rig);
    expect(question).toMatchObject({ line: 'pass otp aws', profile: 'default', file: rig.store.content.files.config, purpose: 'mfa-code' });
    expect([rig.store.state.prompt?.source?.progress.kind, await starts(rig)]).toEqual(['confirming', []]);
    rig.broker.commands.answerQuestion({ questionId, permission: 'run' });
    await session(rig);
    await giveCode(rig, await rig.aws.nextTotpCode());
    rig.sessions.endSession({ profile: 'default' });
    await rig.openPrompt();
    await session(rig);
    expect([(await starts(rig)).length, rig.store.state.question]).toEqual([2, null]);
  });

  it('an mfa_process that only the role profiles of a user have counts for the user, whose device it is', async ({ rig }) => {
    const role = `role_arn = ${rig.aws.accounts.b.deployRoleArn}\nsource_profile = default\nmfa_process = pass otp aws`;
    await writeFile(rig.store.content.files.config, `[profile deploy]\n${role}\n[profile audit]\n${role}\n`);
    await rig.broker.loadConfig();
    await rig.openPrompt();
    expect(await asked(rig)).toMatchObject({ line: 'pass otp aws', profile: 'deploy' });
    rig.cancelPrompt();
    await writeFile(rig.store.content.files.config, `[profile deploy]\n${role}\n[profile audit]\n${role} other\n`);
    await rig.broker.loadConfig();
    await rig.openPrompt();
    expect([rig.store.state.prompt?.source, rig.store.state.question]).toEqual([null, null]);
  });

  it('an mfa_process that is refused is not run, and the user types', async ({ rig }) => {
    await text(rig);
    await addPass(rig, '');
    await rig.openPrompt();
    const { questionId } = await asked(rig);
    rig.broker.commands.answerQuestion({ questionId, permission: 'refuse' });
    expect(await progress(rig, 'failed')).toMatchObject({ error: { code: 'user-command-refused' } });
    await rig.answerPrompt();
    expect(await starts(rig)).toEqual([]);
  });

  it('an mfa_process is not asked for a device whose codes the user wants to type', async ({ rig }) => {
    await text(rig);
    choose(rig, { from: 'typing' });
    await rig.openPrompt();
    expect([rig.store.state.prompt?.source, rig.store.state.question]).toEqual([null, null]);
    await rig.answerPrompt();
  });
});

describe('an account of production', () => {
  it('an account of production takes no code of a source without touch, unless the settings say so', async ({ rig }) => {
    choose(rig);
    const { accountId } = rig.aws.alice;
    rig.broker.settings.setAccount({ accountId, production: true, name: 'live' });
    await addPass(rig, await rig.aws.nextTotpCode());
    await rig.openPrompt();
    expect(await progress(rig, 'failed')).toMatchObject({ error: { code: 'code-source-production', params: { program: 'pass', account: 'live' } } });
    expect(await starts(rig)).toEqual([]);
    rig.broker.settings.change({ codeSourcesInProduction: true });
    rig.broker.commands.askCodeSource({ promptId: rig.promptId, use: true });
    await session(rig);
  });

  it('an account of production takes no code of a source without touch for a session that opens its roles', async ({ rig }) => {
    choose(rig);
    const { files } = rig.store.state;
    await appendFile(files.config, `\n[profile live]\nrole_arn = ${rig.aws.accounts.b.deployRoleArn}\nsource_profile = default\n`);
    await rig.broker.loadConfig();
    rig.broker.settings.setAccount({ accountId: rig.aws.accounts.b.accountId, production: true, name: 'live' });
    await addPass(rig, await rig.aws.nextTotpCode());
    await rig.openPrompt();
    expect(await progress(rig, 'failed')).toMatchObject({ error: { code: 'code-source-production', params: { account: 'live' } } });
    expect(await starts(rig)).toEqual([]);
  });

  it('an account of production takes the code of a source that takes a touch', async ({ rig }) => {
    choose(rig, { touch: true });
    rig.broker.settings.setAccount({ accountId: rig.aws.alice.accountId, production: true });
    await addPass(rig, await rig.aws.nextTotpCode());
    await rig.openPrompt();
    await session(rig);
  });
});

describe('login with the code of a source', () => {
  const login = (rig: BrokerRig, codeFrom: string) => rig.broker.apiHandlers.login({ profile: 'default', codeFrom }, { signal: new AbortController().signal });

  it('login with the code of a source opens no prompt, and asks it once for all', async ({ rig }) => {
    choose(rig);
    await addPass(rig, await rig.aws.nextTotpCode());
    const logins = await Promise.all([login(rig, 'pass'), login(rig, 'pass')]);
    expect(logins.map(({ ok }) => ok)).toEqual([true, true]);
    expect([rig.raised, (await starts(rig)).length, await issued(rig)]).toEqual([0, 1, ['pass']]);
  });

  it('login with the code of a source takes no other one than is named', async ({ rig }) => {
    expect(await login(rig, 'pass')).toMatchObject({ ok: false, error: { code: 'code-source-none', params: { profile: 'default' } } });
    choose(rig);
    expect(await login(rig, 'op')).toMatchObject({
      ok: false,
      error: { code: 'code-source-other', params: { profile: 'default', program: 'pass', wanted: 'op' } },
    });
  });

  it('login beside an open prompt of the same device waits for the child that gives its code already, fifty of them too', async ({ rig }) => {
    choose(rig);
    await addPass(rig, await rig.aws.nextTotpCode(), `until [ -e "${rig.programs}/go" ]; do sleep 0.05; done`);
    await rig.openPrompt();
    await progress(rig, 'slow');
    const wanted = { minLeftMs: 0, requester: unknownProgram() };
    const logins = Array.from({ length: 50 }, () => rig.sessions.login('default', wanted, { codeFrom: 'pass' }));
    await writeFile(join(rig.programs, 'go'), '');
    expect((await Promise.all(logins)).filter(({ ok }) => !ok)).toEqual([]);
    expect([(await starts(rig)).length, await issued(rig), rig.store.state.prompt]).toEqual([1, ['pass'], null]);
  });

  it('login whose first caller goes leaves its child to the others, and the last one ends it', async ({ rig }) => {
    choose(rig);
    await addPass(rig, await rig.aws.nextTotpCode(), `until [ -e "${rig.programs}/go" ]; do sleep 0.05; done`);
    const callers = Array.from({ length: 3 }, () => new AbortController());
    const loginOf = (caller?: AbortController) =>
      rig.broker.apiHandlers.login({ profile: 'default', codeFrom: 'pass' }, { signal: caller?.signal ?? new AbortController().signal });
    const logins = callers.map(loginOf);
    await expect.poll(() => starts(rig)).toHaveLength(1);
    callers[0]?.abort();
    expect(await logins[0]).toMatchObject({ ok: false });
    const [pid] = (await starts(rig)).map((line) => line.split(' ')[0]);
    const isThere = () =>
      readFile(`/proc/${pid}/stat`).then(
        () => true,
        () => false,
      );
    expect(await isThere()).toBe(true);
    await writeFile(join(rig.programs, 'go'), '');
    expect((await Promise.all(logins.slice(1))).map(({ ok }) => ok)).toEqual([true, true]);
    expect((await starts(rig)).length).toBe(1);

    await rm(join(rig.programs, 'go'));
    await rm(join(rig.programs, 'starts'));
    const last = new AbortController();
    const left = loginOf(last);
    await expect.poll(() => starts(rig)).toHaveLength(1);
    const [child] = (await starts(rig)).map((line) => line.split(' ')[0]);
    last.abort();
    expect(await left).toMatchObject({ ok: false });
    await expect.poll(() => readFile(`/proc/${child}/stat`).catch(() => 'gone')).toBe('gone');
  });

  it('login goes on with its child when the prompt that shared it is cancelled, and needs it no more when the user types', async ({ rig }) => {
    choose(rig);
    await addPass(rig, await rig.aws.nextTotpCode(), `until [ -e "${rig.programs}/go" ]; do sleep 0.05; done`);
    const first = login(rig, 'pass');
    await expect.poll(() => starts(rig)).toHaveLength(1);
    await rig.openPrompt();
    await progress(rig, 'slow');
    rig.cancelPrompt();
    await writeFile(join(rig.programs, 'go'), '');
    expect([await first, (await starts(rig)).length]).toMatchObject([{ ok: true }, 1]);

    await rm(join(rig.programs, 'go'));
    const second = login(rig, 'pass');
    await expect.poll(() => starts(rig)).toHaveLength(2);
    await rig.openPrompt();
    await progress(rig, 'slow');
    await rig.submit(await rig.aws.nextTotpCode());
    expect(await second).toMatchObject({ ok: true });
    expect([(await starts(rig)).length, await issued(rig)]).toEqual([2, [null, 'pass']]);
  });

  it('sessions of two profiles with one device get their codes in turn, so that no two children ask the device', async ({ rig }) => {
    choose(rig);
    await appendFile(
      rig.store.content.files.config,
      `\n[profile deploy]\nrole_arn = ${rig.aws.accounts.b.deployRoleArn}\nsource_profile = default\nduration_seconds = 7200\n`,
    );
    await rig.broker.loadConfig();
    await addPass(
      rig,
      await rig.aws.nextTotpCode(),
      `[ ! -e "${rig.programs}/busy" ] || echo together >> "${rig.programs}/starts"`,
      `touch "${rig.programs}/busy"; sleep 0.5; rm "${rig.programs}/busy"`,
    );
    const stop = new AbortController();
    const logins = ['default', 'deploy'].map((profile) => rig.broker.apiHandlers.login({ profile, codeFrom: 'pass' }, { signal: stop.signal }));
    expect((await Promise.race(logins)).ok).toBe(true);
    await expect.poll(async () => (await starts(rig)).length).toBe(2);
    stop.abort();
    await Promise.all(logins);
    expect((await starts(rig)).filter((line) => line === 'together')).toEqual([]);
  });
});
