// Words that come from outside, of which only these are written down: each is one that the app itself knows.

/** Codes of the operating system, of Node.js and of TLS (Node.js documentation, "Common system errors"). */
export const systemCodes = [
  'EACCES',
  'EADDRINUSE',
  'EAI_AGAIN',
  'EBUSY',
  'ECONNREFUSED',
  'ECONNRESET',
  'EDQUOT',
  'EEXIST',
  'EFBIG',
  'EHOSTUNREACH',
  'EINVAL',
  'EIO',
  'EISDIR',
  'ELOOP',
  'EMFILE',
  'ENAMETOOLONG',
  'ENETUNREACH',
  'ENOENT',
  'ENOSPC',
  'ENOTDIR',
  'ENOTFOUND',
  'ENXIO',
  'EPERM',
  'EPIPE',
  'EPROTO',
  'EROFS',
  'ETIMEDOUT',
  'ETXTBSY',
  'TimeoutError',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
] as const;

/** The services that the app calls, as its errors name them. */
export const awsServices = ['STS', 'IAM', 'CloudTrail', 'sts', 'signin'] as const;

/** What the app asks of AWS. */
export const awsActions = [
  'cloudtrail:LookupEvents',
  'iam:CreateAccessKey',
  'iam:DeleteAccessKey',
  'iam:DeleteRolePolicy',
  'iam:DeleteUserPolicy',
  'iam:GetAccessKeyLastUsed',
  'iam:GetRole',
  'iam:ListAccessKeys',
  'iam:ListAccountAliases',
  'iam:ListMFADevices',
  'iam:PutRolePolicy',
  'iam:PutUserPolicy',
  'iam:UpdateAccessKey',
  'signin:GetSigninToken',
  'sts:AssumeRole',
  'sts:GetCallerIdentity',
  'sts:GetSessionToken',
] as const;

/** Codes of AWS's errors (STS and IAM API references, "Common errors"). */
export const awsErrors = [
  'AccessDenied',
  'AccessDeniedException',
  'ExpiredToken',
  'ExpiredTokenException',
  'IncompleteSignature',
  'InternalFailure',
  'InvalidClientTokenId',
  'InvalidParameterValue',
  'LimitExceeded',
  'MalformedPolicyDocument',
  'NoSuchEntity',
  'OptInRequired',
  'PackedPolicyTooLarge',
  'RegionDisabledException',
  'RequestExpired',
  'ServiceUnavailable',
  'SignatureDoesNotMatch',
  'ThrottlingException',
  'UnrecognizedClientException',
  'ValidationError',
] as const;

export const platforms = ['linux', 'darwin', 'win32', 'other'] as const;
export const architectures = ['x64', 'arm64', 'ia32', 'arm', 'other'] as const;
/** What `XDG_SESSION_TYPE` may say (systemd, pam_systemd); `none` where nothing does, as outside Linux. */
export const sessionTypes = ['x11', 'wayland', 'tty', 'mir', 'none', 'other'] as const;
/** Names that `XDG_CURRENT_DESKTOP` has (freedesktop.org, "Registered OnlyShowIn Environments", and window managers). */
export const desktops = [
  'budgie',
  'cinnamon',
  'cosmic',
  'deepin',
  'enlightenment',
  'gnome',
  'gnome-classic',
  'hyprland',
  'i3',
  'kde',
  'lxde',
  'lxqt',
  'mate',
  'pantheon',
  'sway',
  'unity',
  'x-cinnamon',
  'xfce',
  'none',
  'other',
] as const;

/** The word of a list that a text is, whatever the case of its letters; `other` for one that is none. */
export function knownWord<W extends string>(words: readonly W[], text: string): W | 'other' {
  return words.find((word) => word.toLowerCase() === text.toLowerCase()) ?? 'other';
}

export type DesktopKind = { readonly session: (typeof sessionTypes)[number]; readonly desktop: (typeof desktops)[number] };

/** What kind of desktop an environment says that it is. */
export function desktopKind(env: Readonly<Record<string, string | undefined>>): DesktopKind {
  const [session, names] = [env['XDG_SESSION_TYPE'] ?? '', env['XDG_CURRENT_DESKTOP'] ?? ''];
  // `ubuntu:GNOME` is GNOME, as a distribution has it.
  const known = names.split(':').map((name) => knownWord(desktops, name));
  return {
    session: session === '' ? 'none' : knownWord(sessionTypes, session),
    desktop: names === '' ? 'none' : (known.find((name) => name !== 'other') ?? 'other'),
  };
}
