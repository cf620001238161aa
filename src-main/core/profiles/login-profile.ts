import type { Result } from '../../contract/app-error.ts';
import { appError, failed, succeeded } from '../errors.ts';
import { awsLoginId, type AwsLoginPlace } from '../sign-in/sign-in-places.ts';
import type { ConfigEntry } from './config-entry.ts';

/**
 * The sign-in of an entry with `login_session`. Errors: `login-session-invalid` `{profile}`, `login-region-none`
 * `{profile}`: AWS Sign-In has an address for each region.
 */
export function loginSource({ name: profile, values }: ConfigEntry): Result<{ readonly kind: 'aws-login'; readonly place: AwsLoginPlace }> {
  const loginSession = values['login_session'] ?? '';
  const region = values['region'];
  if (!/^arn:[\w-]+:(?:iam|sts)::\d{12}:.+$/.test(loginSession)) return failed(appError('login-session-invalid', { profile }));
  if (!region) return failed(appError('login-region-none', { profile }));
  return succeeded({ kind: 'aws-login', place: { way: 'aws-login', signInId: awsLoginId(profile, loginSession), name: profile, loginSession, region } });
}
