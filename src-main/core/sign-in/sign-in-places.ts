// Where people sign in, as the AWS files say it.

/** An IAM Identity Center: an `[sso-session NAME]`, or what a profile says by itself with `sso_start_url`. */
export type IdentityCenterPlace = {
  readonly way: 'identity-center';
  readonly signInId: string;
  /** The name of the `sso-session`, or the host of the start URL. */
  readonly name: string;
  /** Whether the name is that of an `sso-session`. */
  readonly isSession: boolean;
  readonly startUrl: string;
  readonly region: string;
  /** The `sso_registration_scopes`; for a profile with `sso_start_url`, which has none, `sso:account:access`. */
  readonly scopes: readonly string[];
};

/** AWS Sign-In, for a profile with `login_session`, or for one that the app made. */
export type AwsLoginPlace = {
  readonly way: 'aws-login';
  readonly signInId: string;
  /** The profile. */
  readonly name: string;
  /** The ARN of `login_session`; null where nobody has signed in yet. */
  readonly loginSession: string | null;
  readonly region: string;
};

export type SignInPlace = IdentityCenterPlace | AwsLoginPlace;

/**
 * One sign-in for each start URL and region, whatever the session is called, so that renaming it signs nobody out.
 * `startUrl` is one that can be parsed: its host may be written in any case.
 */
export function identityCenterId({ startUrl, region }: Pick<IdentityCenterPlace, 'startUrl' | 'region'>): string {
  return `identity-center ${region} ${withoutEnd(new URL(startUrl).href)}`;
}

/** The portal's own address may be copied with `/#/` at its end. */
function withoutEnd(url: string): string {
  return url.endsWith('/') || url.endsWith('#') ? withoutEnd(url.slice(0, -1)) : url;
}

/**
 * One for each profile and `login_session`: where the profile names somebody else from now on, what somebody signed in
 * for before is not theirs.
 */
export function awsLoginId(profile: string, loginSession: string): string {
  return `aws-login ${loginSession} ${profile}`;
}
