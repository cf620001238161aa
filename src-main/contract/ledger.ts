import { z } from 'zod';

/** ISO 8601 in UTC. */
const At = z.iso.datetime();

/** A program that got credentials; of its arguments at most one word is known, since others may be secrets. */
const Program = z.object({ pid: z.number(), command: z.string(), folder: z.string().nullable() });

/** The ways in which credentials leave the app. `console` is a sign-in to the AWS console. */
export const handOffWays = ['credential-process', 'exec', 'export', 'terminal', 'clipboard', 'console'] as const;
const Way = z.enum(handOffWays);
export type HandOffWay = z.infer<typeof Way>;

/**
 * Why the app let go of a session before its time: the user ended it, a new one took its place, its
 * profile means something else by now, AWS refused it, or it was revoked.
 */
export const endings = ['ended', 'renewed', 'profile-changed', 'refused', 'revoked'] as const;
const Ending = z.enum(endings);
export type Ending = z.infer<typeof Ending>;

/** What is done with an access key in a rotation. */
const KeyChange = z.enum(['created', 'put-in-place', 'deactivated', 'deleted']);

const common = { at: At, profile: z.string() };

/** One line of the ledger. An access key's ID names a session in CloudTrail, and is no secret. */
export const LedgerEntry = z.discriminatedUnion('event', [
  z.object({
    event: z.literal('issued'),
    ...common,
    kind: z.enum(['base', 'role']),
    accountId: z.string(),
    arn: z.string(),
    /** The role's name; null of a base session. */
    role: z.string().nullable(),
    /** The role session's name, of a base session the user's. */
    sessionName: z.string(),
    accessKeyId: z.string(),
    expiresAt: At,
  }),
  z.object({
    event: z.literal('handed-off'),
    ...common,
    accessKeyId: z.string(),
    way: Way,
    /** `renewable`: the program got the way to ask for credentials, and none itself. */
    credentials: z.enum(['renewable', 'static']),
    /** Null where nobody can tell. */
    program: Program.nullable(),
  }),
  z.object({ event: z.literal('ended'), ...common, accessKeyId: z.string(), how: Ending }),
  z.object({ event: z.literal('revoked'), ...common, arn: z.string(), policyName: z.string(), issuedBefore: At, neededUntil: At }),
  z.object({ event: z.literal('revocation-removed'), ...common, arn: z.string(), policyName: z.string() }),
  z.object({ event: z.literal('access-key'), ...common, accessKeyId: z.string(), change: KeyChange }),
]);
export type LedgerEntry = z.infer<typeof LedgerEntry>;

type EntryOf<E extends LedgerEntry['event']> = Extract<LedgerEntry, { event: E }>;

export type HandOffRecord = Omit<EntryOf<'handed-off'>, 'event' | 'profile' | 'accessKeyId'>;

/** A session with all that became of it. */
export type SessionRecord = Omit<EntryOf<'issued'>, 'event'> & {
  readonly record: 'session';
  readonly accountAlias: string | null;
  readonly handOffs: readonly HandOffRecord[];
  /** How many hand-offs came before those, and are left out. */
  readonly earlierHandOffs: number;
  /** Null while it lives. */
  readonly ended: { readonly at: string; readonly how: Ending | 'expired' } | null;
};

export type HistoryRecord =
  | SessionRecord
  | ({ readonly record: 'revoked' } & Omit<EntryOf<'revoked'>, 'event'>)
  | ({ readonly record: 'revocation-removed' } & Omit<EntryOf<'revocation-removed'>, 'event'>)
  | ({ readonly record: 'access-key' } & Omit<EntryOf<'access-key'>, 'event'>);

/** How many records are shown when nothing else is asked, and how many at most. */
export const historyDefault = 20;
export const historyMax = 1_000;
