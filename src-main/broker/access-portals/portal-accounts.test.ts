import { readFile } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import type { PortalAccountsStep } from '../../contract/sign-in.ts';
import { withBroker, type BrokerRig } from '../../../testing/rigs/broker-rig.ts';
import { asksFor, callsOf } from '../../../testing/rigs/foreign-rig.ts';
import { personAnswers, portalConfig } from '../../../testing/rigs/sign-in-rig.ts';
import { timePasses } from '../../../testing/processes/deadline.ts';

const it = withBroker((aws) => ({ config: portalConfig(aws.startUrl, {}) }));

const many = Array.from({ length: 2_000 }, (_none, index) => ({
  accountId: String(400_000_000_000 + index),
  accountName: `team-${index}`,
  emailAddress: `team-${index}@example.com`,
  roleNames: ['ReadOnlyAccess', 'AdministratorAccess'],
}));

/** Waits until the sheet is at a step that is meant. */
const sheetAt = (rig: BrokerRig, is: (step: PortalAccountsStep) => boolean) =>
  rig.shows('the accounts of the portal', ({ sheet }) => (sheet?.kind === 'portal-accounts' && is(sheet.step) ? sheet.step : undefined));
const complete = (rig: BrokerRig) => sheetAt(rig, (step) => step.kind === 'shown' && !step.asking && step.error === null);

/** How many accounts are listed. */
function listed({ store }: BrokerRig): number {
  const { sheet } = store.state;
  const accounts = sheet?.kind === 'portal-accounts' && sheet.step.kind === 'shown' ? sheet.step.accounts : [];
  return accounts.length;
}

async function opened(rig: BrokerRig, user = 'sato'): Promise<string> {
  const { signInId } = rig.store.state.signIns[0] ?? { signInId: '' };
  void rig.broker.commands.showPortalAccounts({ signInId });
  await personAnswers(rig, user);
  return signInId;
}

describe('the accounts of an access portal', () => {
  it('two thousand accounts with their roles are listed, though the portal throttles and pages', async ({ aws, rig }) => {
    aws.identityCenter.assign('mori', many);
    for (let times = 0; times < 6; times += 1) aws.faults.setOnce('sso:ListAccountRoles', { kind: 'throttled' });
    for (let times = 0; times < 3; times += 1) aws.faults.setOnce('sso:ListAccounts', { kind: 'throttled' });
    await opened(rig, 'mori');
    await expect.poll(() => listed(rig), { timeout: 100_000, interval: 200 }).toBe(2_000);
    const step = await complete(rig);
    const { accounts } = step as Extract<PortalAccountsStep, { kind: 'shown' }>;
    expect(accounts).toHaveLength(2_000);
    expect(accounts.every(({ roles }) => roles.join() === 'AdministratorAccess,ReadOnlyAccess')).toBe(true);
  }, 120_000);

  it('a list that was complete less than a day ago is shown again without a call, and asked for anew by hand', async ({ aws, rig }) => {
    const signInId = await opened(rig);
    await complete(rig);
    const before = callsOf(aws, 'ListAccounts');
    rig.broker.commands.closeSheet();
    await rig.broker.commands.showPortalAccounts({ signInId });
    expect((await complete(rig)).kind).toBe('shown');
    expect(callsOf(aws, 'ListAccounts')).toBe(before);
    await rig.broker.commands.refreshPortalAccounts();
    expect(callsOf(aws, 'ListAccounts')).toBe(before + 1);
    rig.ahead = 86_400_001;
    await rig.broker.commands.showPortalAccounts({ signInId }).catch(() => {});
    expect(callsOf(aws, 'ListAccounts')).toBeGreaterThan(before);
  });

  it('what came before a failure in the middle is kept, and the next try asks only for the rest', async ({ aws, rig }) => {
    aws.identityCenter.assign('kato', many.slice(0, 20));
    let answered = 0;
    aws.onCall = ({ action }) => {
      if (action === 'ListAccountRoles') answered += 1;
      if (answered === 10) aws.faults.set('sso:ListAccountRoles', { kind: 'unavailable' });
    };
    await opened(rig, 'kato');
    const broken = await sheetAt(rig, (step) => step.kind === 'shown' && step.error !== null);
    expect(broken).toMatchObject({ at: null, error: { code: 'service-failed' } });
    aws.onCall = () => {};
    aws.faults.clear();
    const [before, missing] = [callsOf(aws, 'ListAccountRoles'), 20 - listed(rig)];
    expect(missing).toBeLessThan(15);
    await rig.broker.commands.refreshPortalAccounts();
    await complete(rig);
    expect(listed(rig)).toBe(20);
    // Beside the one that failed three others may have been under way.
    expect(callsOf(aws, 'ListAccountRoles') - before).toBeLessThanOrEqual(missing + 3);
  });

  it('what a portal calls a role and is none is left out, and no profile gets the name default', async ({ aws, rig }) => {
    const roleNames = ['ReadOnlyAccess', 'x\n[default]\ncredential_process = /tmp/x', '[x]'];
    aws.identityCenter.assign('lies', [{ accountId: '400000000000', accountName: 'default', emailAddress: '', roleNames }]);
    await opened(rig, 'lies');
    expect(await complete(rig)).toMatchObject({ accounts: [{ roles: ['ReadOnlyAccess'] }] });
    await rig.broker.commands.previewProfiles({ chosen: [{ accountId: '400000000000', roleName: 'ReadOnlyAccess' }] });
    expect(rig.store.state.sheet).toMatchObject({ step: { preview: { names: ['default-ReadOnlyAccess'] } } });
  });

  it('a portal that gives no accounts, or cannot be reached, says so', async ({ aws, rig }) => {
    aws.identityCenter.assign('nobody', []);
    aws.faults.set('sso:ListAccounts', { kind: 'unavailable' });
    await opened(rig, 'nobody');
    expect(await sheetAt(rig, (step) => step.kind === 'failed')).toMatchObject({ error: { code: 'service-failed' } });
    aws.faults.clear();
    await rig.broker.commands.refreshPortalAccounts();
    expect(await complete(rig)).toMatchObject({ accounts: [], error: null });
  });

  it('a list that nobody looks at any more is not asked for to its end', async ({ aws, rig }) => {
    aws.identityCenter.assign('mori', many);
    const page = aws.faults.hold('sso:ListAccounts');
    const before = callsOf(aws, 'ListAccountRoles');
    await opened(rig, 'mori');
    await page.arrived;
    rig.broker.commands.closeSheet();
    page.release();
    await rig.shows('no sheet', ({ sheet }) => (sheet === null ? true : undefined));
    await timePasses(1_000);
    expect(callsOf(aws, 'ListAccountRoles')).toBe(before);
  });

  it('the next person who signs in never sees the list of the one before', async ({ aws, rig }) => {
    aws.identityCenter.assign('ando', many.slice(0, 2));
    const signInId = await opened(rig);
    await complete(rig);
    await rig.broker.commands.signOut({ signInId });
    rig.broker.commands.closeSheet();
    await opened(rig, 'ando');
    const step = await complete(rig);
    expect(step).toMatchObject({ accounts: [{ name: 'team-0' }, { name: 'team-1' }] });
  });
});

describe('a role of an access portal without a profile', () => {
  it('ACCOUNT/ROLE is a profile for whoever asks for it, and a card in the panel', async ({ rig }) => {
    const asked = asksForNamed(rig, '222222222222/AdministratorAccess');
    await personAnswers(rig, 'sato');
    expect(await asked).toMatchObject({ ok: true, value: { accountId: '222222222222' } });
    expect(rig.profile('222222222222/AdministratorAccess')).toMatchObject({
      foreign: { kind: 'identity-center', accountId: '222222222222', roleName: 'AdministratorAccess' },
      session: { kind: 'active', identity: { accountId: '222222222222' } },
    });
    expect(await asksFor(rig, '222222222222/AdministratorAccess')).toMatchObject({ ok: true });
  });

  it('ACCOUNT/ROLE that the portal does not give is refused with the account and the role', async ({ rig }) => {
    const asked = asksForNamed(rig, '222222222222/Absent');
    await personAnswers(rig, 'sato');
    expect(await asked).toMatchObject({ ok: false, error: { code: 'portal-assignment-removed', params: { account: '222222222222', role: 'Absent' } } });
  });

  it('ACCOUNT/ROLE without any portal, and in one of several, says what to write', async ({ aws, startRig }) => {
    const none = await startRig({ config: '[default]\nregion = us-east-1\n' });
    expect(await asksForNamed(none, '222222222222/AdministratorAccess')).toMatchObject({ ok: false, error: { code: 'portal-role-nowhere' } });
    const two = await startRig({
      config: `${portalConfig(aws.startUrl, {})}\n[sso-session other]\nsso_start_url = https://other.awsapps.com/start\nsso_region = us-east-1\n`,
    });
    expect(await asksForNamed(two, '222222222222/AdministratorAccess')).toMatchObject({
      ok: false,
      error: { code: 'portal-role-where', params: { profile: '222222222222/AdministratorAccess', names: 'corp, other' } },
    });
    const asked = asksForNamed(two, 'corp/222222222222/AdministratorAccess');
    await personAnswers(two, 'sato');
    expect(await asked).toMatchObject({ ok: true, value: { accountId: '222222222222' } });
    expect(await asksForNamed(two, 'absent/222222222222/AdministratorAccess')).toMatchObject({ ok: false, error: { code: 'portal-role-nowhere' } });
  });

  it('a profile that has the name of a role is used where it leads to that account', async ({ aws, startRig }) => {
    const rig = await startRig({ config: portalConfig(aws.startUrl, { '222222222222/AdministratorAccess': ['222222222222', 'AdministratorAccess'] }) });
    const asked = asksForNamed(rig, '222222222222/AdministratorAccess');
    await personAnswers(rig, 'sato');
    expect(await asked).toMatchObject({ ok: true, value: { accountId: '222222222222' } });
  });

  it.for([
    ['of another account', (startUrl: string) => portalConfig(startUrl, { '222222222222/AdministratorAccess': ['333333333333', 'ReadOnlyAccess'] })],
    [
      'that stands for another one',
      (startUrl: string) =>
        `${portalConfig(startUrl, { prod: ['333333333333', 'ReadOnlyAccess'] })}\n[profile 222222222222/AdministratorAccess]\ncredential_process = sts-tray credential-process prod\n`,
    ],
    [
      'with an access key',
      (startUrl: string) =>
        `${portalConfig(startUrl, {})}\n[profile 222222222222/AdministratorAccess]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = x\n`,
    ],
  ] as const)('a profile %s is never taken for the role of an account that it is called by', async ([, config], { aws, startRig }) => {
    const rig = await startRig({ config: config(aws.startUrl) });
    expect(await asksForNamed(rig, '222222222222/AdministratorAccess')).toMatchObject({
      ok: false,
      error: { code: 'portal-role-elsewhere', params: { account: '222222222222' } },
    });
  });

  it('a role that two portals may give is asked for at neither before it is named with one of them', async ({ aws, startRig }) => {
    const rig = await startRig({
      config: `${portalConfig(aws.startUrl, {})}\n[sso-session other]\nsso_start_url = https://other.awsapps.com/start\nsso_region = us-east-1\n`,
    });
    await opened(rig);
    await complete(rig);
    // The list of the other one is not known.
    expect(await asksForNamed(rig, '222222222222/AdministratorAccess')).toMatchObject({ ok: false, error: { code: 'portal-role-where' } });
  });
});

/** As the command line asks, which has the files looked at first. */
function asksForNamed(rig: BrokerRig, profile: string) {
  return rig.broker.apiHandlers.login({ profile }, { signal: new AbortController().signal });
}

describe('profiles for roles of an access portal', () => {
  it('profiles for chosen roles are shown before they are written, and used from then on', async ({ rig }) => {
    await opened(rig);
    await complete(rig);
    const before = await readFile(rig.store.state.files.config, 'utf8');
    const chosen = [
      { accountId: '222222222222', roleName: 'AdministratorAccess' },
      { accountId: '333333333333', roleName: 'ReadOnlyAccess' },
    ];
    await rig.broker.commands.previewProfiles({ chosen });
    const lines = '[profile stg]\nsso_session = corp\nsso_account_id = 222222222222\nsso_role_name = AdministratorAccess\n\n[profile prod]\n';
    expect(rig.store.state.sheet).toMatchObject({
      step: { preview: { names: ['stg', 'prod'], written: false, text: expect.stringContaining(lines) as string } },
    });
    expect(await readFile(rig.store.state.files.config, 'utf8')).toBe(before);
    await rig.broker.commands.writeProfiles();
    expect(rig.store.state.sheet).toMatchObject({ step: { preview: { written: true, error: null } } });
    const after = await readFile(rig.store.state.files.config, 'utf8');
    expect(after.startsWith(before)).toBe(true);
    expect(after).toContain(lines);
    expect(await asksFor(rig, 'prod')).toMatchObject({ ok: true, value: { session: { identity: { accountId: '333333333333' } } } });
  });

  it('profiles are written for the portal of the preview alone, and never without one', async ({ aws, startRig }) => {
    const rig = await startRig({
      config: `${portalConfig(aws.startUrl, {})}\n[sso-session other]\nsso_start_url = ${aws.startUrl}2\nsso_region = us-east-1\n`,
    });
    await opened(rig);
    await complete(rig);
    const before = await readFile(rig.store.state.files.config, 'utf8');
    void rig.broker.commands.previewProfiles({ chosen: [{ accountId: '222222222222', roleName: 'AdministratorAccess' }] });
    rig.broker.commands.closeSheet();
    void rig.broker.commands.showPortalAccounts({ signInId: rig.store.state.signIns[1]?.signInId ?? '' });
    await rig.shows('the other sheet', ({ sheet }) => (sheet?.kind === 'portal-accounts' && sheet.name === 'other' ? true : undefined));
    await timePasses(300);
    expect(rig.store.state.sheet).toMatchObject({ step: { kind: 'asking' } });
    await rig.broker.commands.writeProfiles();
    expect(await readFile(rig.store.state.files.config, 'utf8')).toBe(before);
  });
});
