import { readFile, rm, writeFile } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import { awsLoginId } from '../../core/sign-in/sign-in-places.ts';
import { timePasses } from '../../../testing/processes/deadline.ts';
import { withBroker, type BrokerRig } from '../../../testing/rigs/broker-rig.ts';
import { asksFor } from '../../../testing/rigs/foreign-rig.ts';
import { personAnswers, signInStep } from '../../../testing/rigs/sign-in-rig.ts';

const it = withBroker();

const login = { way: 'aws-login', profile: 'sandbox', region: 'us-east-1' } as const;

const configOf = (rig: BrokerRig): Promise<string> => readFile(rig.store.state.files.config, 'utf8').catch(() => '');

/** Why the last thing that a window asked for was refused. */
const refusal = (rig: BrokerRig) => rig.shows('a refusal', ({ notice }) => (notice?.kind === 'failed' ? notice.error : undefined));

const session = (rig: BrokerRig, profile: string) =>
  rig.shows('a session', ({ profiles }) => profiles.find((each) => each.name === profile && each.session.kind === 'active'));

describe('a sign-in that the AWS files do not name yet', () => {
  it('an AWS sign-in for a profile that does not exist writes its entry with who signed in, and starts a session', async ({ aws, rig }) => {
    const before = '# mine\r\n[profile other]\r\nregion = eu-west-1';
    await writeFile(rig.store.state.files.config, before);
    await rig.broker.loadConfig();
    const told: (string | undefined)[] = [];
    rig.store.subscribe(({ notice }) => void told.push(notice?.kind));
    const added = rig.broker.commands.addSignIn(login);
    await signInStep(rig, 'browser');
    expect(await configOf(rig)).toBe(before);
    await personAnswers(rig, aws.alice.arn);
    await added;
    await session(rig, 'sandbox');
    expect(told).toContain('signed-in');
    expect(await configOf(rig)).toBe(`${before}\r\n\r\n[profile sandbox]\r\nlogin_session = ${aws.alice.arn}\r\nregion = us-east-1\r\n`);
    expect(await readFile(`${rig.store.state.files.config}.sts-tray-backup`, 'utf8')).toBe(before);
    await session(rig, 'sandbox');
    expect(rig.store.state.signIns).toMatchObject([{ name: 'sandbox', way: 'aws-login', state: { kind: 'active', identity: { name: aws.alice.arn } } }]);
    expect(await asksFor(rig, 'sandbox')).toMatchObject({ ok: true });
    expect(rig.signIns).toHaveLength(1);
  });

  it('an AWS sign-in of the default profile makes a config file where there is none', async ({ aws, rig }) => {
    await Promise.all(Object.values(rig.store.state.files).map((file) => rm(file)));
    await rig.broker.loadConfig();
    const added = rig.broker.commands.addSignIn({ ...login, profile: 'default' });
    await personAnswers(rig, aws.alice.arn);
    await added;
    expect(await configOf(rig)).toBe(`[default]\nlogin_session = ${aws.alice.arn}\nregion = us-east-1\n`);
    await session(rig, 'default');
  });

  it('an AWS sign-in that nobody completes writes nothing, and can be tried again from its window', async ({ aws, rig }) => {
    const added = rig.broker.commands.addSignIn(login);
    await personAnswers(rig, aws.alice.arn, 'deny');
    await added;
    const { signInId } = await signInStep(rig, 'failed');
    expect(await configOf(rig)).toBe('');
    expect(rig.store.state.signIns).toEqual([]);
    const again = rig.broker.commands.signIn({ signInId });
    await personAnswers(rig, aws.alice.arn);
    await again;
    expect(await configOf(rig)).toContain('[profile sandbox]');
    await session(rig, 'sandbox');
  });

  it('reading the AWS files anew leaves a sign-in open that has no entry in them yet', async ({ aws, rig }) => {
    const added = rig.broker.commands.addSignIn(login);
    await signInStep(rig, 'browser');
    await writeFile(rig.store.state.files.config, '[profile other]\nregion = eu-west-1\n');
    await rig.broker.loadConfig();
    await personAnswers(rig, aws.alice.arn);
    await added;
    expect(await configOf(rig)).toMatch(/^\[profile other\]\nregion = eu-west-1\n\n\[profile sandbox\]\n/);
    await session(rig, 'sandbox');
  });

  it('a profile that exists is not signed in to under its name, and its entry stays as it is', async ({ rig }) => {
    await writeFile(rig.store.state.files.config, '[profile sandbox]\nregion = eu-west-1\n');
    await rig.broker.commands.addSignIn(login);
    expect(await refusal(rig)).toMatchObject({ code: 'profile-exists', params: { profile: 'sandbox' } });
    expect(rig.store.state.signInPrompt).toBeNull();
    expect(await configOf(rig)).toBe('[profile sandbox]\nregion = eu-west-1\n');
  });

  it('a profile that somebody else wrote while the page was open is left alone, and no token is kept', async ({ aws, rig }) => {
    const added = rig.broker.commands.addSignIn(login);
    await signInStep(rig, 'browser');
    await writeFile(rig.store.state.files.config, '[profile sandbox]\nregion = eu-west-1\n');
    await personAnswers(rig, aws.alice.arn);
    await added;
    expect(await signInStep(rig, 'failed')).toMatchObject({ step: { error: { code: 'profile-exists' } } });
    expect(await configOf(rig)).toBe('[profile sandbox]\nregion = eu-west-1\n');
    for (const arn of ['', aws.alice.arn]) expect(rig.broker.heldSignIns.isHeld(awsLoginId('sandbox', arn))).toBe(false);
  });

  it('a sign-in that is cancelled while its entry is being written is kept by nobody, and starts no session', async ({ aws, rig }) => {
    const added = rig.broker.commands.addSignIn(login);
    await personAnswers(rig, aws.alice.arn);
    const { promptId } = await signInStep(rig, 'finishing');
    rig.broker.commands.cancelSignIn({ promptId });
    await added;
    // Longer than the writing takes.
    await timePasses(1_500);
    expect(rig.broker.heldSignIns.isHeld(awsLoginId('sandbox', aws.alice.arn))).toBe(false);
    expect(rig.credentials('sandbox')).toBeNull();
    expect(rig.store.state.notice?.kind).not.toBe('signed-in');
  });

  it('a sign-in that is asked for again while its page is open stays that of the region that was said first', async ({ aws, rig }) => {
    const added = rig.broker.commands.addSignIn(login);
    await signInStep(rig, 'browser');
    const again = rig.broker.commands.addSignIn({ ...login, region: 'eu-west-1' });
    await personAnswers(rig, aws.alice.arn);
    await Promise.all([added, again]);
    expect(await configOf(rig)).toContain(`region = ${login.region}`);
    await session(rig, 'sandbox');
    expect(rig.signIns).toHaveLength(1);
  });

  it('an access portal is written under the name that its address suggests or a person gives, and its page opens', async ({ aws, rig }) => {
    const added = rig.broker.commands.addSignIn({ way: 'identity-center', name: null, startUrl: aws.startUrl, region: 'us-east-1' });
    await personAnswers(rig, 'sato');
    await added;
    const section = `sso_start_url = ${aws.startUrl}\nsso_region = us-east-1\nsso_registration_scopes = sso:account:access\n`;
    expect(await configOf(rig)).toBe(`[sso-session portal]\n${section}`);
    expect(rig.store.state.signIns).toMatchObject([{ name: 'portal', way: 'identity-center', state: { kind: 'active' } }]);
    await rig.broker.commands.addSignIn({ way: 'identity-center', name: 'portal', startUrl: 'https://other.awsapps.com/start', region: 'us-east-1' });
    expect(await refusal(rig)).toMatchObject({ code: 'sso-session-exists', params: { name: 'portal' } });
    expect(await configOf(rig)).toBe(`[sso-session portal]\n${section}`);
  });

  it('an access portal that the AWS files have under another name is signed in to, and not written twice', async ({ aws, rig }) => {
    const text = `[sso-session corp]\nsso_start_url = ${aws.startUrl}\nsso_region = us-east-1\n`;
    await writeFile(rig.store.state.files.config, text);
    await rig.broker.loadConfig();
    const added = rig.broker.commands.addSignIn({ way: 'identity-center', name: 'mine', startUrl: `${aws.startUrl}/`, region: 'us-east-1' });
    await personAnswers(rig, 'sato');
    await added;
    expect(await configOf(rig)).toBe(text);
    expect(rig.store.state.signIns).toMatchObject([{ name: 'corp', state: { kind: 'active' } }]);
  });

  it.for([
    [{ ...login, profile: 'a]b' }, 'profile-name-unusable'],
    [{ way: 'identity-center', name: 'my corp', startUrl: 'https://example.awsapps.com/start', region: 'us-east-1' }, 'portal-name-unusable'],
    [{ way: 'identity-center', name: null, startUrl: 'example', region: 'us-east-1' }, 'portal-address-unusable'],
  ] as const)('what AWS tools would not read alike is refused before anything is opened: %o', async ([request, code], { rig }) => {
    await rig.broker.commands.addSignIn(request);
    expect(await refusal(rig)).toMatchObject({ code });
    expect([await configOf(rig), rig.store.state.signInPrompt]).toEqual(['', null]);
  });
});
