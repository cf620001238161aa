import type { AppError } from './app-error.ts';
import type { HistoryRecord } from './ledger.ts';
import type { PortalAccountsStep } from './sign-in.ts';

/**
 * What the panel shows in front of everything else, one at a time: a view of what was done, or an
 * action that needs a preview. `closeSheet` closes it.
 */
export type Sheet =
  /** The records of the ledger, the latest first; `more` when there are older ones. */
  | { readonly kind: 'history'; readonly step: HistoryStep }
  /** `accessKeyId` names the session that was asked for; null for the profile's current or last one. */
  | { readonly kind: 'activity'; readonly profile: string; readonly accessKeyId: string | null; readonly step: ActivityStep }
  | { readonly kind: 'revocation'; readonly profile: string; readonly step: RevocationStep }
  | { readonly kind: 'access-keys'; readonly profile: string; readonly step: AccessKeysStep }
  /** `name` is that of the `SignIn`. */
  | { readonly kind: 'portal-accounts'; readonly signInId: string; readonly name: string; readonly step: PortalAccountsStep }
  | { readonly kind: 'report'; readonly step: ReportStep };

/** The report of a problem as it would be saved, before anybody gets it. */
export type ReportStep =
  | { readonly kind: 'asking' }
  | { readonly kind: 'shown'; readonly text: string; /** Whether accounts and profiles have other names in it. */ readonly masksAccounts: boolean };

export type HistoryStep =
  | { readonly kind: 'asking' }
  | { readonly kind: 'shown'; readonly records: readonly HistoryRecord[]; readonly more: boolean }
  | { readonly kind: 'failed'; readonly error: AppError };

export type ActivityStep =
  | { readonly kind: 'asking' }
  /** `asking` while older events are being fetched; `error` says why that failed. */
  | { readonly kind: 'shown'; readonly activity: Activity; readonly asking: boolean; readonly error: AppError | null }
  | { readonly kind: 'failed'; readonly error: AppError };

/** What CloudTrail recorded of a session (CloudTrail API reference, LookupEvents). */
export type Activity = {
  /** The ID of the session's access key. */
  readonly accessKeyId: string;
  /** Whose calls they are: the ARN of the user, or of the role session. */
  readonly arn: string;
  /** The regions that were asked. */
  readonly regions: readonly string[];
  /** The latest first. */
  readonly events: readonly ActivityEvent[];
  readonly more: boolean;
};

export type ActivityEvent = {
  readonly eventId: string;
  /** ISO 8601 in UTC. */
  readonly at: string;
  /** Such as `s3`. */
  readonly service: string;
  /** Such as `CreateBucket`. */
  readonly name: string;
  readonly region: string;
  /** AWS's error code; null for a call that went through. */
  readonly error: string | null;
  readonly readOnly: boolean;
  /** For an AssumeRole: the role, and the access key ID of the new session, whose events are in the role's account. */
  readonly assumed: { readonly roleArn: string; readonly accessKeyId: string } | null;
  /** The event in the CloudTrail console; null for a partition whose console is not known. */
  readonly consoleUrl: string | null;
};

/** A denial of sessions that were issued before a given moment, as it would be written. */
export type RevocationPreview = {
  /** Where the inline policy goes. */
  readonly principal: { readonly kind: 'user' | 'role'; readonly name: string; readonly arn: string; readonly accountId: string };
  readonly policyName: string;
  /** The policy, as JSON in several lines. Its time is that of the preview; the policy that is written has the time of the writing. */
  readonly document: string;
  /** Until when the policy is needed, in ISO 8601: by then the longest session that it denies has run out. */
  readonly neededUntil: string;
  /** The profiles of this app whose sessions end with it. */
  readonly ends: readonly string[];
  /** Role profiles whose sessions were made from those. AWS keeps honouring them until they run out, after an hour at most. */
  readonly outlive: readonly string[];
  /** The page of the IAM console where an administrator adds the policy; null for a partition whose console is not known. */
  readonly consoleUrl: string | null;
};

export type RevocationStep =
  | { readonly kind: 'asking' }
  | { readonly kind: 'preview'; readonly preview: RevocationPreview }
  | { readonly kind: 'revoking'; readonly preview: RevocationPreview }
  | { readonly kind: 'revoked'; readonly preview: RevocationPreview }
  /** AWS did not let the policy be written: somebody else has to, and gets this preview, made after the refusal. */
  | { readonly kind: 'refused'; readonly preview: RevocationPreview; readonly error: AppError }
  | { readonly kind: 'failed'; readonly error: AppError };

/** An access key of an IAM user (IAM API reference, ListAccessKeys and GetAccessKeyLastUsed). */
export type AccessKeyInfo = {
  readonly accessKeyId: string;
  readonly active: boolean;
  /** ISO 8601 in UTC. */
  readonly createdAt: string;
  /** Null when it was never used, and when the user may not ask. */
  readonly lastUsed: { readonly at: string; readonly service: string; readonly region: string } | null;
  /** Whether it is the one that the profile has. */
  readonly current: boolean;
};

/** A rotation that was begun and has not ended. */
export type Rotation = {
  readonly oldKeyId: string;
  /** Null before AWS has made it. */
  readonly newKeyId: string | null;
  /** What was done last. After `deactivated` only the deletion is left. */
  readonly done: 'begun' | 'created' | 'put-in-place' | 'deactivated';
};

export type AccessKeys = {
  readonly userName: string;
  /** The oldest first. */
  readonly keys: readonly AccessKeyInfo[];
  readonly rotation: Rotation | null;
};

export type AccessKeysStep =
  | { readonly kind: 'asking' }
  /** `working` while an action on the keys is under way; `error` says why the last one failed. */
  | { readonly kind: 'shown'; readonly accessKeys: AccessKeys; readonly working: boolean; readonly error: AppError | null }
  | { readonly kind: 'failed'; readonly error: AppError };
