import { execFile, spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { describe, expect } from 'vitest';
import { eventually } from '../../../testing/processes/eventually.ts';
import { hurried } from '../../../testing/processes/hurried.ts';
import { withBroker, type BrokerRig } from '../../../testing/rigs/broker-rig.ts';
import { serveBroker } from '../../../testing/rigs/served-broker.ts';
import type { ActionQuestion } from '../../contract/question.ts';

const folder = '/home/alice/network';
const context = () => ({ signal: new AbortController().signal });

/** The broker with a session, at a real socket, which `post` asks with curl as any program can. */
const it = withBroker(({ accounts }) => ({
  config: `[profile deploy]\nrole_arn = ${accounts.b.deployRoleArn}\nsource_profile = default\n`,
})).extend('api', async ({ rig }, { onCleanup }) => {
  await rig.startSession();
  const { socket, dispose } = await serveBroker(rig);
  onCleanup(dispose);
  const args = (name: string, fields: object) => [
    ...['-q', '--silent', '--unix-socket', socket, '--header', 'content-type: application/json'],
    ...['--data', JSON.stringify(fields), '--write-out', '\n%{http_code}', `http://localhost/v1/${name}`],
  ];
  return {
    args,
    post: async (name: string, fields: object): Promise<readonly [status: string, body: string]> => {
      const { stdout } = await promisify(execFile)('curl', args(name, fields));
      const [body = '', status = ''] = stdout.split('\n');
      return [status, body];
    },
  };
});

/** The question that is shown, as soon as there is one. */
function asked(rig: BrokerRig): Promise<ActionQuestion> {
  return rig.shows('a question of a program', ({ question }) => (question?.kind === 'action' ? question : undefined));
}

function answer(rig: BrokerRig, { questionId }: ActionQuestion, permission: 'confirm' | 'refuse', typed?: string): void {
  rig.broker.commands.answerQuestion({ questionId, permission, ...(typed === undefined ? {} : { typed }) });
}

const changes = (rig: BrokerRig) =>
  rig.aws.calls.map(({ action }) => action).filter((action) => /AccessKey$|UserPolicy$/.test(action) && !action.startsWith('List'));

describe.skipIf(process.platform === 'win32')('what a program asks for by the local API', () => {
  it.for([
    ['rotate', { profile: 'default' }, { verb: 'rotate' }, '111111111111'],
    ['revoke', { profile: 'default' }, { verb: 'revoke', arn: 'arn:aws:iam::111111111111:user/alice' }, '111111111111'],
    [
      'bind',
      { profile: 'default', folder, workspace: 'default', accountIds: ['222222222222'] },
      { verb: 'bind', folder, workspace: 'default' },
      '222222222222',
    ],
    ['console', { profile: 'deploy', addressOnly: true }, { verb: 'console', role: 'deploy', addressOnly: true }, '222222222222'],
    ['console', { profile: 'deploy' }, { verb: 'console', role: 'deploy', addressOnly: false }, '222222222222'],
  ] as const)('is put to a person, and when that one refuses nothing is done: %j', async ([name, fields, action, accountId], { rig, api }) => {
    const before = changes(rig);
    const answered = api.post(name, { ...fields, pid: process.pid });
    const question = await asked(rig);
    expect(question).toMatchObject({
      profile: fields.profile,
      action,
      accountIds: [accountId],
      asker: { pid: process.pid, command: 'terraform plan', folder: '/home/alice/network' },
    });
    answer(rig, question, 'refuse');
    const [status, body] = await answered;
    expect([status, body]).toEqual(['409', expect.stringContaining('"code":"action-refused"')]);
    expect([changes(rig), rig.signIns, rig.store.content.settings.projects]).toEqual([before, [], {}]);
  });

  it('is done in production only with the name of the account typed', async ({ rig, api }) => {
    rig.broker.settings.setAccount({ accountId: '222222222222', name: 'prod-eu', production: true });
    const bound = api.post('bind', { profile: 'default', folder, workspace: 'default', accountIds: ['222222222222'] });
    const question = await asked(rig);
    answer(rig, question, 'confirm');
    answer(rig, question, 'confirm', 'prod');
    expect(rig.store.content.settings.projects).toEqual({});
    answer(rig, question, 'confirm', 'prod-eu');
    expect((await bound)[0]).toBe('200');
    expect(rig.store.content.settings.projects[folder]?.accounts).toEqual({ default: ['222222222222'] });
  });

  it('takes the mark of a production account away only when a person types its name, and marks others at once', async ({ rig, api }) => {
    const production = () => rig.store.content.settings.accounts['222222222222'];
    expect((await api.post('mark-account', { accountId: '222222222222', name: 'prod-eu', production: true }))[0]).toBe('200');
    for (const [marks, action] of [
      [{ production: false }, { verb: 'unmark-production' }],
      [{ name: 'sandbox' }, { verb: 'rename-production', name: 'sandbox' }],
      [{ name: null, production: false }, { verb: 'unmark-production' }],
    ] as const) {
      const answered = api.post('mark-account', { accountId: '222222222222', ...marks, pid: process.pid });
      const question = await asked(rig);
      expect(question).toMatchObject({ profile: null, action, accountIds: ['222222222222'], asker: { pid: process.pid } });
      answer(rig, question, 'confirm');
      answer(rig, question, 'refuse');
      expect((await answered)[1]).toContain('"code":"action-refused"');
      expect(production()).toMatchObject({ name: 'prod-eu', production: true });
    }
    expect((await api.post('mark-account', { accountId: '222222222222', name: 'prod-eu', color: 'red' }))[0]).toBe('200');
    const renamed = api.post('mark-account', { accountId: '222222222222', name: 'prod-2' });
    answer(rig, await asked(rig), 'confirm', 'prod-eu');
    expect((await renamed)[0]).toBe('200');
    expect(production()).toMatchObject({ name: 'prod-2', color: 'red', production: true });
  });

  it('that cannot be done at all is refused without a question', async ({ rig, api }) => {
    for (const [name, profile, code] of [
      ['delete-old-key', 'default', 'rotation-none'],
      ['remove-revocation', 'default', 'revocation-none'],
      ['console', 'default', 'console-base-session'],
      ['rotate', 'nobody', 'profile-unknown'],
    ] as const) {
      expect((await api.post(name, { profile }))[1]).toContain(`"code":"${code}"`);
      expect(rig.store.state.question).toBeNull();
    }
  });

  it('goes when the program hangs up, and the next question takes its place', async ({ rig, api }) => {
    const gone = spawn('curl', api.args('rotate', { profile: 'default' }));
    await asked(rig);
    const next = api.post('revoke', { profile: 'default' });
    gone.kill();
    const question = await rig.shows('the next question', ({ question: shown }) =>
      shown?.kind === 'action' && shown.action.verb === 'revoke' ? shown : undefined,
    );
    answer(rig, question, 'refuse');
    expect((await next)[0]).toBe('409');
    expect(changes(rig)).toEqual([]);
  });

  it('is not done when it has come to mean something else while the person was asked', async ({ rig, api }) => {
    const answered = api.post('rotate', { profile: 'default' });
    const question = await asked(rig);
    const { credentials } = rig.store.state.files;
    await writeFile(credentials, (await readFile(credentials, 'utf8')).replaceAll(rig.aws.alice.accessKeyId, 'AKIAIOSFODNN7EXAMPLE'));
    answer(rig, question, 'confirm');
    expect((await answered)[1]).toContain('"code":"action-changed"');
    expect(changes(rig)).toEqual([]);
  });

  it('is refused after two minutes without an answer', async ({ rig }) => {
    await rig.startSession();
    const { found, waited } = await hurried(() => rig.broker.apiHandlers.rotate({ profile: 'default' }, context()));
    expect(found).toEqual({ ok: false, error: { code: 'action-unanswered', params: { minutes: 2 } } });
    expect(waited).toBeGreaterThanOrEqual(120_000);
    await eventually(() => expect(rig.store.state.question).toBeNull());
    expect(changes(rig)).toEqual([]);
  });

  // The last one, because afterwards alice has another key.
  it('is done once a person confirms it', async ({ rig, api }) => {
    const before = changes(rig);
    const oldKeyId = rig.aws.alice.accessKeyId;
    const rotated = api.post('rotate', { profile: 'default' });
    const first = await asked(rig);
    expect(first.action).toEqual({ verb: 'rotate', accessKeyId: oldKeyId });
    answer(rig, first, 'confirm');
    expect((await rotated)[0]).toBe('200');
    const deleted = api.post('delete-old-key', { profile: 'default' });
    const second = await asked(rig);
    expect(second.action).toEqual({ verb: 'delete-old-key', accessKeyId: oldKeyId });
    answer(rig, second, 'confirm');
    expect((await deleted)[0]).toBe('200');
    expect(changes(rig).slice(before.length)).toEqual(['CreateAccessKey', 'UpdateAccessKey', 'DeleteAccessKey']);
  });
});
