import { describe, expect, it } from 'vitest';
import { namedPortalRole, namesForRoles, withPortalProfiles } from './portal-entries.ts';

const place = {
  way: 'identity-center',
  signInId: 'identity-center eu-west-1 https://corp.awsapps.com/start',
  name: 'corp',
  isSession: true,
  startUrl: 'https://corp.awsapps.com/start',
  region: 'eu-west-1',
  scopes: ['sso:account:access'],
} as const;
const account = (accountId: string, name: string) => ({ accountId, name, email: '', roles: ['Admin', 'ReadOnly'] });
const accounts = [
  account('111111111111', 'Shop dev'),
  account('222222222222', 'Shop dev'),
  account('333333333333', '日本 本番'),
  account('444444444444', '[#;]'),
];
const role = (accountId: string, roleName = 'Admin') => ({ accountId, roleName });
const names = (chosen: readonly ReturnType<typeof role>[], taken: readonly string[] = []) =>
  namesForRoles(chosen, accounts, (name) => taken.includes(name)).map(({ name }) => name);

describe('a role that is named without a profile', () => {
  it.for([
    ['111111111111/Admin', { portal: null, accountId: '111111111111', roleName: 'Admin' }],
    ['corp/111111111111/Read+Only=1,2.3@x-y', { portal: 'corp', accountId: '111111111111', roleName: 'Read+Only=1,2.3@x-y' }],
    ['shop-dev/Admin', null],
    ['11111111111/Admin', null],
    ['111111111111/', null],
    ['111111111111/Admin/x', null],
    ['a/b/111111111111/Admin', null],
    ['111111111111/Admin\n[profile other]', null],
  ] as const)('%j is read by its account’s number only', ([name, meant]) => {
    expect(namedPortalRole(name)).toEqual(meant);
  });
});

describe('the names of profiles for chosen roles', () => {
  it('a profile for a role is named by its account, and by its role too where several of the account were chosen', () => {
    expect(names([role('111111111111')])).toEqual(['Shop-dev']);
    expect(names([role('111111111111'), role('111111111111', 'ReadOnly')])).toEqual(['Shop-dev-Admin', 'Shop-dev-ReadOnly']);
  });

  it('a profile for a role never has the name of another one', () => {
    expect(names([role('111111111111'), role('222222222222')])).toEqual(['Shop-dev', 'Shop-dev-Admin']);
    expect(names([role('111111111111')], ['Shop-dev', 'Shop-dev-Admin'])).toEqual(['Shop-dev-Admin-111111111111']);
  });

  it('a profile for a role has no letter in its name that tools read in two ways', () => {
    expect(names([role('333333333333')])).toEqual(['日本-本番']);
    expect(names([role('444444444444')])).toEqual(['444444444444']);
  });
});

describe('writing profiles for roles of an access portal', () => {
  const profiles = [{ name: 'shop-dev', ...role('111111111111') }];
  const block = [
    '# sts-tray portal begin corp (profiles that STS Tray added when you chose them; they are yours to change)',
    '[profile shop-dev]',
    'sso_session = corp',
    'sso_account_id = 111111111111',
    'sso_role_name = Admin',
    '# sts-tray portal end corp',
    '',
  ].join('\n');
  const text = (...given: Parameters<typeof withPortalProfiles>) => {
    const written = withPortalProfiles(...given);
    return written.ok ? written.value : JSON.stringify(written.error);
  };

  it.for([
    ['an empty file', '', block],
    ['a file with a last line', '[default]\nregion = eu-west-1\n', `[default]\nregion = eu-west-1\n\n${block}`],
    ['a file whose last line has no end', '[default]', `[default]\n\n${block}`],
    ['a file from Windows', '[default]\r\n', `[default]\r\n\r\n${block.replaceAll('\n', '\r\n')}`],
  ] as const)('profiles are written at the end of %s, and every other character stays', ([, before, after]) => {
    expect(text(before, place, profiles)).toBe(after);
  });

  it('profiles that are chosen later stand in the same block, which may have moved', () => {
    const before = `${block}\n[profile other]\nregion = x\n`;
    const after = text(before, place, [{ name: 'shop-stg', ...role('222222222222') }]);
    expect(after).toContain('sso_role_name = Admin\n\n[profile shop-stg]\n');
    expect(after.indexOf('[profile shop-stg]')).toBeLessThan(after.indexOf('# sts-tray portal end corp'));
    expect(after.endsWith('\n[profile other]\nregion = x\n')).toBe(true);
  });

  it('writing the same profiles twice changes nothing', () => {
    expect(text(block, place, profiles)).toBe(block);
  });

  it('a profile of that name which somebody made meanwhile is never taken for the chosen one', () => {
    expect(text('[profile shop-dev]\nregion = x\n', place, profiles)).toBe('{"code":"portal-profile-taken","params":{"profile":"shop-dev"}}');
  });

  it('a portal without a session is named by its start URL in each profile', () => {
    expect(text('', { ...place, isSession: false, name: 'corp.awsapps.com' }, profiles)).toContain(
      '[profile shop-dev]\nsso_start_url = https://corp.awsapps.com/start\nsso_region = eu-west-1\nsso_account_id = 111111111111\n',
    );
  });
});
