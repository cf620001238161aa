import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hostileTexts, obeyed } from '../../testing/samples/hostile-texts.ts';
import { CliRig, failure, type Reply } from '../../testing/rigs/cli-rig.ts';

/** Stands in an answer wherever somebody else chose the text. */
const name = 'NAME';

const row = {
  address: name,
  place: { file: name, line: 3 },
  roles: [name, `arn:aws:iam::222222222222:role/${name}`],
  region: name,
  account: { accountId: '222222222222', name, alias: name, production: true },
};
const report = {
  folder: name,
  workspace: name,
  profile: name,
  verdict: 'mismatch',
  rows: [
    { ...row, verdict: 'match', reason: null },
    { ...row, verdict: 'mismatch', reason: { code: 'guard-mismatch', params: { provider: name, account: '1', meant: name, source: name } } },
    { ...row, verdict: 'unknown', reason: { code: 'guard-unknown', params: { provider: name, expression: name } } },
    { ...row, verdict: 'unstated', reason: { code: 'of-a-later-version', params: {} } },
  ],
  production: [],
  statementLines: 'allowed_account_ids = ["222222222222"]',
  state: { role: name, profile: name, account: { accountId: '444444444444', name, alias: name, production: true } },
  boundTo: [],
  stated: [],
  obstacles: [{ code: 'guard-module-not-installed', params: { modules: name } }],
};
const session = {
  record: 'session',
  at: '2026-11-23T15:00:00Z',
  profile: name,
  kind: 'role',
  accountId: '222222222222',
  accountAlias: name,
  arn: name,
  role: name,
  sessionName: name,
  accessKeyId: 'ASIAX',
  expiresAt: '2026-11-23T16:00:00Z',
  handOffs: [{ at: '2026-11-23T15:01:00Z', way: 'exec', credentials: 'static', program: { pid: 1, command: name, folder: name } }],
  earlierHandOffs: 0,
  ended: null,
};
const reached = {
  record: 'reached',
  at: '2026-11-23T15:02:00Z',
  profile: name,
  run: '1',
  accountId: '222222222222',
  role: name,
  outcome: 'refused',
  program: name,
  folder: name,
};
const preview = {
  principal: { kind: 'user', arn: name, name },
  policyName: name,
  issuedBefore: '2026-11-23T15:00:00Z',
  neededUntil: '2026-11-25T15:00:00Z',
  document: '{}',
  ends: [name],
  outlive: [name],
  consoleUrl: `https://${name}`,
  allowed: true,
};
const event = { eventId: '1', at: '2026-11-23T15:00:00Z', service: name, name, region: name, error: name, readOnly: false, assumed: null, consoleUrl: null };
const key = {
  accessKeyId: name,
  active: true,
  createdAt: '2026-11-23T15:00:00Z',
  lastUsed: { at: '2026-11-23T15:00:00Z', service: name, region: name },
  current: true,
};

const answers: Readonly<Record<string, unknown>> = {
  status: { sessions: [{ profile: name, kind: 'base', accountId: '1', accountAlias: name, arn: name, expiration: '2026-11-23T15:00:00Z', secondsLeft: 9 }] },
  logout: { ended: [name] },
  terminal: { terminal: name },
  install: { name, file: name, backup: name },
  uninstall: { entries: [{ name, file: name, backup: name }], needsPerson: false },
  history: { records: [session, reached] },
  activity: { accessKeyId: name, arn: name, regions: [name], events: [event], more: false },
  'access-keys': { userName: name, keys: [key], rotation: null },
  revocation: preview,
  console: { url: `https://${name}` },
  check: { report, shortRunway: null },
};

const commands: readonly (readonly string[])[] = [
  ['status'],
  ['status', '--json'],
  ['logout', 'prod'],
  ['terminal', 'prod'],
  ['install', 'prod'],
  ['install', 'prod', '--in-place'],
  ['uninstall', 'prod'],
  ['history'],
  ['history', '--json'],
  ['activity', 'prod'],
  ['keys', 'prod'],
  ['revoke', 'prod', '--dry-run'],
  ['console', 'prod', '--url'],
  ['check', 'prod'],
  ['check', 'prod', '--json'],
];

let rig: CliRig;
beforeEach(async () => {
  rig = await CliRig.open();
  await writeFile(join(rig.folder, 'main.tf'), 'provider "aws" {}\n');
  await rig.startApp({});
});
afterEach(() => rig.close());

/** The answers, or refusals, with this text for each name. */
function replies(text: string, refused: boolean): Readonly<Record<string, Reply>> {
  const named = (body: unknown): unknown => JSON.parse(JSON.stringify(body).replaceAll(name, JSON.stringify(text).slice(1, -1)));
  const refusal = failure('a-later-code', {}, name);
  return Object.fromEntries(Object.entries(answers).map(([request, body]) => [request, refused ? [422, named(refusal)] : [200, named(body)]]));
}

const print = async (args: readonly string[], world: object = {}) => {
  const { stdout, stderr } = await rig.run(args, world);
  return stdout + stderr;
};

describe.skipIf(process.platform === 'win32')('what commands print', () => {
  it.each(['en', 'ja'])('no command prints what a terminal would obey, nor a line of its own, whatever the app answers (%s)', async (language) => {
    const world = { env: { PATH: process.env['PATH'], LANG: language } };
    const missing: string[] = [];
    const obeys: string[] = [];
    for (const args of commands) {
      const command = args.join(' ');
      rig.replies = replies(name, false);
      if (!(await print(args, world)).includes(name)) missing.push(command);
      rig.replies = replies(`x\nsts-tray: forged ${hostileTexts().join('\n')}`, false);
      const text = await print(args, world);
      if (obeyed.test(text) || /^sts-tray: forged/m.test(text)) obeys.push(command);
    }
    expect({ missing, obeys }).toEqual({ missing: [], obeys: [] });
  });

  it('no failure prints what a terminal would obey', async () => {
    const obeys: string[] = [];
    const texts = hostileTexts(10);
    for (const text of [texts.slice(0, 40).join(''), texts.slice(40, 80).join(''), texts.slice(80).join('')]) {
      rig.replies = replies(text, true);
      for (const args of [['status'], ['check', text], [text], ['export', 'prod', '--shell', text]]) {
        if (obeyed.test(await print(args))) obeys.push(JSON.stringify(args));
      }
    }
    expect(obeys).toEqual([]);
  });
});
