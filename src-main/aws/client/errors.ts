import type { AppError } from '../../contract/app-error.ts';
import { isOfOwnPartition } from '../../core/aws-names/arn.ts';
import { appError } from '../../core/errors.ts';

/** What a call was about, so that its failure can say so. */
export type CallSubject = {
  /** The profile whose credentials the call was made with. */
  readonly profile: string;
  /** The action as IAM policies name it, such as `sts:GetSessionToken`. */
  readonly action: string;
  /** What AssumeRole was asked for. */
  readonly role?: { readonly roleArn: string; readonly durationSeconds: number };
};

export type AwsService = 'STS' | 'IAM' | 'CloudTrail' | 'IAM Identity Center' | 'AWS Sign-In';

export type CallContext = CallSubject & {
  readonly service: AwsService;
  /** The region that was called; left out where it cannot be at fault. */
  readonly region?: string;
  /** This machine's time when the answer came, in epoch milliseconds. */
  readonly now: number;
};

/** AWS refuses a signature when the clock is further off than this (AWS General Reference, Signature Version 4). */
const skewLimitSeconds = 300;

const networkErrors =
  /^(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|EPIPE|ECONNABORTED|TimeoutError|EPROTO|ERR_SSL_.*|PROXY_.*)$/;

/** OpenSSL's codes for what is wrong with a certificate, and Node's own code for a wrong host (Node.js documentation, TLS). */
const certificateErrors = /^(?:CERT_|UNABLE_TO_|(?:INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED|HOSTNAME_MISMATCH)$)|_CERT(?:_|$)/;

/** Turns what the SDK threw into an `AppError`. Nothing from the request is carried over. */
export function fromSdkError(error: unknown, context: CallContext): AppError {
  const { name, message, code, status, date, host } = describe(error);
  const network = [code, name].find((value) => networkErrors.test(value));
  if (status === null && certificateErrors.test(code)) return appError('certificate-refused', { service: context.service, reason: code });
  if (status === null && network !== undefined) {
    return appError('network-unreachable', { service: context.service, reason: [network, host].filter(Boolean).join(' ') });
  }
  if (status === 429) return appError('throttled', {});
  if (status !== null && status >= 500) return appError('service-failed', { service: context.service, status });
  return (
    fromMessage(message, context) ??
    fromName(name, date, context) ??
    appError('unexpected-answer', { service: context.service, name: name || code || 'an unknown error' })
  );
}

/** Only AWS's message distinguishes these; the code is AccessDenied for all of them. */
function fromMessage(message: string, { action, profile, role }: CallContext): AppError | null {
  if (/invalid MFA one time pass code/i.test(message)) return appError('mfa-code-wrong', {});
  if (/verify your MFA serial number/i.test(message)) return appError('mfa-serial-wrong', {});
  if (/serialNumber/i.test(message) && /failed to satisfy|constraint/i.test(message)) return appError('mfa-serial-wrong', {});
  if (/DurationSeconds/i.test(message)) {
    return role === undefined ? appError('duration-refused', {}) : appError('role-duration-refused', { roleArn: role.roleArn, seconds: role.durationSeconds });
  }
  const [, caller, denied] = /User: (\S+) is not authorized to perform: ([\w:]+)/i.exec(message) ?? [];
  if (role !== undefined && denied === action) return appError(refusalOf(message), { caller: caller ?? profile, roleArn: role.roleArn });
  // Session tags need a permission of their own, so the denied action may differ from the call's.
  if (/is not authorized to perform/i.test(message)) return appError('permission-denied', { action: denied ?? action });
  return null;
}

/** AWS's newer messages say which kind of policy decided ("Troubleshoot access denied error messages", IAM User Guide). */
function refusalOf(message: string): 'role-denied' | 'role-permission-missing' | 'role-not-allowed' {
  if (/with an explicit deny/i.test(message)) return 'role-denied';
  return /no identity-based policy allows/i.test(message) ? 'role-permission-missing' : 'role-not-allowed';
}

function fromName(name: string, date: number | null, { profile, action, role, service, region = '', now }: CallContext): AppError | null {
  const elsewhere = isOfOwnPartition(region) ? appError('access-key-other-partition', { profile, region }) : null;
  switch (name) {
    case 'SignatureDoesNotMatch':
    case 'InvalidSignatureException':
    case 'RequestExpired':
    case 'RequestTimeTooSkewed':
    case 'AuthFailure':
      return clockOff(date, now) ?? elsewhere ?? appError('access-key-secret-wrong', { profile });
    case 'InvalidClientTokenId':
    case 'UnrecognizedClientException':
      return elsewhere ?? appError('access-key-unknown', { profile });
    case 'Throttling':
    case 'ThrottlingException':
    case 'RequestLimitExceeded':
    case 'TooManyRequestsException':
    case 'TooManyRequestsError':
    case 'SlowDownException':
      return appError('throttled', {});
    case 'AccessDenied':
    case 'AccessDeniedException':
      return role === undefined ? appError('permission-denied', { action }) : appError('role-not-allowed', { caller: profile, roleArn: role.roleArn });
    case 'RegionDisabledException':
      return appError('region-disabled', { service });
    case 'NoSuchEntity':
    case 'NoSuchEntityException':
      return appError('entity-missing', { action, detail: role?.roleArn ?? profile });
    // Of session policies: those of IAM have names of their own, and are the app's.
    case 'MalformedPolicyDocument':
    case 'MalformedPolicyDocumentException':
      return role === undefined ? null : appError('policy-malformed', { roleArn: role.roleArn });
    case 'PackedPolicyTooLarge':
    case 'PackedPolicyTooLargeException':
      return role === undefined ? null : appError('policy-too-large', { roleArn: role.roleArn });
    case 'UnmodifiableEntity':
    case 'UnmodifiableEntityException':
      return appError('entity-protected', { action });
    case 'ExpiredToken':
    case 'ExpiredTokenException':
      return appError('session-expired', { profile });
    default:
      return null;
  }
}

/** How far this machine's clock is off, judged by the answer that the SDK threw; null when AWS would accept it. `now` is this machine's time. */
export function clockFault(error: unknown, now: number): AppError | null {
  return clockOff(describe(error).date, now);
}

/** How far this machine's clock is off, judged by the answer's `Date` header; null when AWS would accept it. */
function clockOff(date: number | null, now: number): AppError | null {
  if (date === null) return null;
  const seconds = Math.round((now - date) / 1000);
  if (Math.abs(seconds) < skewLimitSeconds) return null;
  return appError(seconds < 0 ? 'clock-behind' : 'clock-ahead', { seconds: Math.abs(seconds) });
}

type SdkError = {
  readonly name: string;
  readonly message: string;
  readonly code: string;
  readonly status: number | null;
  readonly date: number | null;
  readonly host: string | null;
};

/** The parts of an SDK or Node error that matter. Its shape differs between failures, so nothing is taken for granted. */
function describe(error: unknown): SdkError {
  const record = error as {
    name?: unknown;
    message?: unknown;
    code?: unknown;
    hostname?: unknown;
    address?: unknown;
    $metadata?: { httpStatusCode?: unknown };
    $response?: { headers?: Record<string, string>; statusCode?: unknown };
  };
  const status = record.$response?.statusCode ?? record.$metadata?.httpStatusCode;
  const date = Date.parse(record.$response?.headers?.['date'] ?? '');
  const host = record.hostname ?? record.address;
  return {
    name: text(record.name),
    message: text(record.message),
    code: text(record.code),
    status: typeof status === 'number' ? status : null,
    date: Number.isNaN(date) ? null : date,
    host: typeof host === 'string' ? host : null,
  };
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
