import { describe, expect } from 'vitest';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { LocalAws } from '../../../testing/aws/local-aws.ts';
import { withBroker, type BrokerRig } from '../../../testing/rigs/broker-rig.ts';
import { asksFor, deployFrom } from '../../../testing/rigs/foreign-rig.ts';
import { personAnswers, portalConfig, signInStep } from '../../../testing/rigs/sign-in-rig.ts';
import { testCipher } from '../../../testing/samples/test-cipher.ts';

const it = withBroker();
const context = () => ({ signal: new AbortController().signal });
const user = { by: 'user' } as const;

type Way = { readonly config: (aws: LocalAws) => string; readonly person: (aws: LocalAws) => string; readonly role: boolean };

const ways = {
  'an access portal': {
    config: (aws) => portalConfig(aws.startUrl, { dev: ['111111111111', 'AdministratorAccess'] }),
    person: () => 'sato',
    role: true,
  },
  'aws login': { config: (aws) => `[profile dev]\nlogin_session = ${aws.alice.arn}\nregion = us-east-1\n`, person: (aws) => aws.alice.arn, role: false },
} as const satisfies Readonly<Record<string, Way>>;
const names = Object.keys(ways) as readonly (keyof typeof ways)[];

/** Somebody is signed in; `deploy` is a role of account B that is assumed from there. */
async function signedIn(
  startRig: (options: { readonly config: string; readonly cipher?: ReturnType<typeof testCipher>; readonly hasTerminal?: boolean }) => Promise<BrokerRig>,
  aws: LocalAws,
  way: Way,
) {
  const rig = await startRig({ config: way.config(aws) + deployFrom('dev', aws.accounts.b.deployRoleArn), cipher: testCipher(), hasTerminal: true });
  rig.confirms = true;
  const asked = asksFor(rig, 'dev');
  await personAnswers(rig, way.person(aws));
  expect(await asked).toMatchObject({ ok: true });
  return rig;
}

async function callerOf(aws: LocalAws, variables: readonly (readonly [string, string])[]) {
  const {
    AWS_ACCESS_KEY_ID: accessKeyId = '',
    AWS_SECRET_ACCESS_KEY: secretAccessKey = '',
    AWS_SESSION_TOKEN: sessionToken = '',
  } = Object.fromEntries(variables);
  const sts = new STSClient({ endpoint: aws.endpoint, region: 'us-east-1', credentials: { accessKeyId, secretAccessKey, sessionToken } });
  return (await sts.send(new GetCallerIdentityCommand({}))).Account;
}

describe('a session of somebody who signed in with the browser', () => {
  it.for(names)('is handed out in every way that the app has, and so is a role that is assumed with it (%s)', async (name, { aws, startRig }) => {
    const rig = await signedIn(startRig, aws, ways[name]);
    for (const [profile, account] of [
      ['dev', '111111111111'],
      ['deploy', '222222222222'],
    ] as const) {
      expect(await rig.broker.apiHandlers['credential-process']({ profile }, context())).toMatchObject({ ok: true, value: { AccountId: account } });
      const exported = await rig.broker.apiHandlers['hand-off']({ profile, credentials: 'static' }, context());
      if (!exported.ok) throw new Error(exported.error.code);
      expect(await callerOf(aws, exported.value.set)).toBe(account);
      await rig.broker.handOffs.openTerminal({ profile, credentials: 'static' });
      expect(await callerOf(aws, [...(rig.terminals.at(-1)?.variables ?? [])])).toBe(account);
    }
    const status = await rig.broker.apiHandlers.status({}, context());
    expect(status).toMatchObject({
      ok: true,
      value: {
        sessions: [
          { profile: 'dev', kind: ways[name].role ? 'role' : 'base', accountId: '111111111111' },
          { profile: 'deploy', kind: 'role', accountId: '222222222222' },
        ],
      },
    });
  });

  it.for(names)('is in the history and its calls in the activity (%s)', async (name, { aws, startRig }) => {
    const rig = await signedIn(startRig, aws, ways[name]);
    await asksFor(rig, 'deploy');
    const history = await rig.broker.apiHandlers.history({ profile: 'dev', limit: 5 }, context());
    expect(history).toMatchObject({ ok: true, value: { records: [{ record: 'session', profile: 'dev', accountId: '111111111111' }] } });
    const activity = await rig.broker.apiHandlers.activity({ profile: 'dev', limit: 20 }, context());
    expect(activity.ok && activity.value.events.map((event) => event.name)).toContain('AssumeRole');
  });

  it.for(names)('lets its role into the console, and says of a user why AWS does not (%s)', async (name, { aws, startRig }) => {
    const rig = await signedIn(startRig, aws, ways[name]);
    const refused = { ok: false, error: { code: 'console-base-session', params: { profile: 'dev', roles: 'deploy' } } };
    expect(await rig.broker.consoles.open('dev', 's3', user)).toEqual(ways[name].role ? { ok: true, value: null } : refused);
    for (const address of rig.signIns.slice(1)) await fetch(address, { redirect: 'manual' });
    expect(aws.signIns.map(({ accessKeyId }) => accessKeyId).includes(rig.credentials('dev')?.accessKeyId ?? '')).toBe(ways[name].role);
    expect(await rig.broker.consoles.open('deploy', null, user)).toEqual({ ok: true, value: null });
  });

  it('opens the console of a permission set with a page first, where nobody is signed in', async ({ aws, startRig }) => {
    const rig = await startRig({ config: ways['an access portal'].config(aws) });
    rig.confirms = true;
    const opened = rig.broker.apiHandlers.console({ profile: 'dev', addressOnly: true }, context());
    await personAnswers(rig, 'sato');
    expect(await opened).toMatchObject({ ok: true, value: { url: expect.stringContaining('Action=login') } });
  });

  it.for(names)('takes no session policies itself, with a sentence, and the role that is assumed with it takes them (%s)', async (name, { aws, startRig }) => {
    const rig = await signedIn(startRig, aws, ways[name]);
    const policies = { readOnly: true, arns: [], document: null };
    expect(await rig.broker.apiHandlers['hand-off']({ profile: 'dev', credentials: 'static', policies }, context())).toMatchObject({
      ok: false,
      error: { code: 'limit-as-given', params: { profile: 'dev' } },
    });
    const limited = await rig.broker.apiHandlers['hand-off']({ profile: 'deploy', credentials: 'static', policies }, context());
    expect(limited.ok).toBe(true);
  });

  it.for(names)(
    'ends by itself with logout, and comes back without a page; signing out ends it and the roles that were assumed with it (%s)',
    async (name, { aws, startRig }) => {
      const rig = await signedIn(startRig, aws, ways[name]);
      expect(await rig.broker.apiHandlers.logout({ profile: 'dev' }, context())).toMatchObject({ ok: true, value: { ended: ['dev'] } });
      expect(rig.store.state.signIns).toMatchObject([{ state: { kind: 'active' } }]);
      expect(await asksFor(rig, 'deploy')).toMatchObject({ ok: true });
      expect(rig.signIns).toHaveLength(1);
      expect(await rig.broker.apiHandlers['sign-out']({ name: 'dev' }, context())).toMatchObject({ ok: true });
      expect([rig.credentials('dev'), rig.credentials('deploy')]).toEqual([null, null]);
      void asksFor(rig, 'deploy');
      await signInStep(rig, 'browser');
    },
  );

  it.for(names)('comes back after a restart of the app without a page, and so does a role that is assumed with it (%s)', async (name, { aws, startRig }) => {
    const rig = await signedIn(startRig, aws, ways[name]);
    const next = await rig.restarted();
    expect(await asksFor(next, 'deploy')).toMatchObject({ ok: true, value: { session: { identity: { accountId: '222222222222' } } } });
    expect(await asksFor(next, 'dev')).toMatchObject({ ok: true });
    expect(next.signIns).toHaveLength(0);
  });
});
