import { describe, expect, it } from 'vitest';
import { portalSource } from './portal-profile.ts';

const corp = { sso_start_url: 'https://example.awsapps.com/start', sso_region: 'eu-central-1' };
const role = { sso_account_id: '222222222222', sso_role_name: 'Admin' };
const sessions = (name: string) => (name === 'corp' ? corp : undefined);
const sourceOf = (values: Readonly<Record<string, string>>) => portalSource({ name: 'dev', values }, sessions);

describe('a permission set in the AWS files', () => {
  it('a permission set in the AWS files is that of its sso-session, which one sign-in serves', () => {
    expect(sourceOf({ ...role, sso_session: 'corp' })).toEqual({
      ok: true,
      value: {
        kind: 'identity-center',
        accountId: '222222222222',
        roleName: 'Admin',
        place: {
          way: 'identity-center',
          signInId: 'identity-center eu-central-1 https://example.awsapps.com/start',
          name: 'corp',
          isSession: true,
          startUrl: 'https://example.awsapps.com/start',
          region: 'eu-central-1',
          scopes: ['sso:account:access'],
        },
      },
    });
  });

  it('a permission set of the older kind, with the portal in the profile, is of the same place, also with a # at its end', () => {
    const older = sourceOf({ ...role, ...corp, sso_start_url: `${corp.sso_start_url}/#/` });
    expect(older).toMatchObject({
      ok: true,
      value: { place: { name: 'example.awsapps.com', signInId: 'identity-center eu-central-1 https://example.awsapps.com/start' } },
    });
  });

  it.each([
    ['an sso-session that is not there', { ...role, sso_session: 'other' }, 'sso-session-missing'],
    ['another region than its sso-session', { ...role, sso_session: 'corp', sso_region: 'us-east-1' }, 'sso-session-contradicts'],
    ['no role', { sso_session: 'corp', sso_account_id: '222222222222' }, 'sso-session-incomplete'],
    ['no portal', role, 'sso-session-incomplete'],
    ['an account that is none', { ...role, sso_session: 'corp', sso_account_id: '22' }, 'sso-account-invalid'],
    ['a start URL that is no address', { ...role, ...corp, sso_start_url: 'corp' }, 'portal-address-invalid'],
  ])('a permission set with %s is refused, as botocore refuses it, with a sentence of its own', (_, values, code) => {
    expect(sourceOf(values)).toMatchObject({ ok: false, error: { code, params: { profile: 'dev' } } });
  });
});
