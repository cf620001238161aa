import type { Result } from '../../contract/app-error.ts';
import type { CommandRequest } from '../../contract/ipc.ts';
import { headerOf, isInstallableName } from '../aws-files/config-lines.ts';
import type { NewSection } from '../aws-files/new-section.ts';
import { appError, failed, succeeded } from '../errors.ts';
import { placeOf } from './portal-profile.ts';
import { awsLoginId, type AwsLoginPlace, type IdentityCenterPlace, type SignInPlace } from '../sign-in/sign-in-places.ts';

/** What gives access to accounts and roles, and with it a token that renews itself (AWS CLI, `configure sso`). */
const scopes = 'sso:account:access';

/**
 * The place that somebody describes who has no entry for it yet. Errors: `profile-name-unusable` `{profile}`,
 * `portal-address-unusable` `{startUrl}`, `portal-name-unusable` `{name}`.
 */
export function newPlace(request: CommandRequest<'addSignIn'>): Result<SignInPlace> {
  return request.way === 'aws-login' ? newLogin(request) : newPortal(request);
}

function newLogin({ profile, region }: Extract<CommandRequest<'addSignIn'>, { way: 'aws-login' }>): Result<AwsLoginPlace> {
  if (!isInstallableName(profile)) return failed(appError('profile-name-unusable', { profile }));
  return succeeded({ way: 'aws-login', signInId: awsLoginId(profile, ''), name: profile, loginSession: null, region });
}

function newPortal({ name, startUrl, region }: Extract<CommandRequest<'addSignIn'>, { way: 'identity-center' }>): Result<IdentityCenterPlace> {
  const values = { sso_start_url: startUrl, sso_region: region, sso_registration_scopes: scopes };
  const place = placeOf(null, values);
  // To some of AWS's tools a comment begins there.
  if (place === null || /\s/.test(startUrl)) return failed(appError('portal-address-unusable', { startUrl }));
  const session = name ?? nameOf(new URL(startUrl));
  // With a space it would need quotes, which not all of AWS's tools read.
  if (!/^[\w.-]+$/.test(session) || !isInstallableName(session)) return failed(appError('portal-name-unusable', { name: session }));
  return succeeded({ ...place, name: session, isSession: true });
}

/** Of `https://example.awsapps.com/start` the word that says whose it is. */
function nameOf({ hostname }: URL): string {
  return hostname.endsWith('.awsapps.com') ? (hostname.split('.')[0] ?? hostname) : 'portal';
}

/** The `[sso-session NAME]` of a portal, as `aws configure sso` writes it. */
export function portalSection({ name, startUrl, region }: IdentityCenterPlace): NewSection {
  const settings = { sso_start_url: startUrl, sso_region: region, sso_registration_scopes: scopes };
  return { entry: `sso-session.${name}`, header: `[sso-session ${name}]`, settings };
}

/** The profile of whoever signed in, as `aws login` writes it. */
export function loginSection({ name, region }: AwsLoginPlace, arn: string): NewSection {
  return { entry: name, header: headerOf(name, 'config'), settings: { login_session: arn, region } };
}
