import type { AppError, Result } from '../../contract/app-error.ts';
import type { Profile, PromptStep } from '../../contract/ui-state.ts';
import type { Caller } from '../../aws/requests/calls.ts';
import { isSecurityKey } from '../../core/aws-names/arn.ts';
import { appError, failed, succeeded } from '../../core/errors.ts';

/** The prompt's step after `iam:ListMFADevices` answered for a user profile. */
export async function stepForDevices(profile: string, found: Result<readonly string[]>, caller: Promise<Result<Caller>>): Promise<PromptStep> {
  if (!found.ok) return stepForLookupFailure(found.error);
  const usable = found.value.filter((serial) => !isSecurityKey(serial));
  const [only, ...more] = usable;
  if (only !== undefined && more.length === 0) return { kind: 'enter-code', serial: only, refused: null };
  if (only !== undefined) return { kind: 'choose-device', devices: usable, reason: null };
  return chooseDevice(await whyNoDevice(profile, found.value, caller));
}

/**
 * The MFA device that a user's role profiles name, if they all name the same one. Many people write
 * `mfa_serial` only there, because that is where the AWS CLI asks for a code; it is still the user's device.
 */
export function serialOfRoles(user: string, profiles: readonly Profile[]): string | null {
  const ofUser = profiles.filter(({ role }) => role?.userProfile === user);
  const [only, ...more] = new Set(ofUser.flatMap(({ mfaSerial }) => mfaSerial ?? []));
  return only !== undefined && more.length === 0 ? only : null;
}

/** The one device that a code can be for when there is nobody to choose. */
export async function onlyDevice(profile: string, found: Result<readonly string[]>, caller: () => Promise<Result<Caller>>): Promise<Result<string>> {
  if (!found.ok) return found;
  const usable = found.value.filter((serial) => !isSecurityKey(serial));
  const [only, ...more] = usable;
  if (only === undefined) return failed(await whyNoDevice(profile, found.value, caller()));
  return more.length === 0 ? succeeded(only) : failed(appError('mfa-device-several', { profile }));
}

/** The step in which the user types the serial, and why. */
export function chooseDevice(reason: AppError): PromptStep {
  return { kind: 'choose-device', devices: [], reason };
}

/** Without the permission the user can still say which device it is; without AWS nothing can be done. */
function stepForLookupFailure(error: AppError): PromptStep {
  return error.code === 'permission-denied' ? chooseDevice(appError('mfa-device-lookup-denied')) : { kind: 'failed', error };
}

async function whyNoDevice(profile: string, serials: readonly string[], asked: Promise<Result<Caller>>): Promise<AppError> {
  const [unusable] = serials;
  if (unusable !== undefined) return appError('mfa-device-unusable', { serial: unusable });
  const caller = await asked;
  return appError('mfa-device-none', { userName: caller.ok ? caller.value.userName : profile });
}
