import { z } from 'zod';

/** ISO 8601 in UTC. */
const At = z.iso.datetime();

/** A program that got credentials. At most one word of its arguments is kept, since others may be secrets. */
const Program = z.object({
  pid: z.number(),
  command: z.string(),
  folder: z.string().nullable(),
  /** Whether the kernel said that this process was connected, or had started what was; left out by versions that did not ask. */
  verified: z.boolean().optional(),
  /** What was connected instead, where that is known. */
  peer: z.object({ pid: z.number(), command: z.string() }).nullable().optional(),
});

/** The ways in which credentials leave the app. `console` is a sign-in to the AWS console. */
export const handOffMethods = ['credential-process', 'exec', 'export', 'terminal', 'clipboard', 'console'] as const;
const Way = z.enum(handOffMethods);
export type HandOffMethod = z.infer<typeof Way>;

/**
 * Why the app let go of a session before its time: the user ended it, a new one took its place, its
 * profile has come to mean something else, AWS refused it, or it was revoked.
 */
export const endings = ['ended', 'renewed', 'profile-changed', 'refused', 'revoked'] as const;
const EndReason = z.enum(endings);
export type EndReason = z.infer<typeof EndReason>;

/** What is done with an access key in a rotation. */
export const keyChanges = ['created', 'put-in-place', 'deactivated', 'deleted'] as const;
const KeyChange = z.enum(keyChanges);

/** How it went where a run wanted to reach an account. */
export const reachOutcomes = ['reached', 'failed', 'refused'] as const;

const common = { at: At, profile: z.string() };

/** One line of the ledger. An access key's ID names a session in CloudTrail, and is no secret. */
export const LedgerEntry = z.discriminatedUnion('event', [
  z.object({
    event: z.literal('issued'),
    ...common,
    kind: z.enum(['base', 'role']),
    accountId: z.string(),
    arn: z.string(),
    /** The role's name; null for a base session. */
    role: z.string().nullable(),
    /** The name of the role session; for a base session, the user's name. */
    sessionName: z.string(),
    accessKeyId: z.string(),
    expiresAt: At,
    /** The names of its session policies; left out for a session that has all that its role may. */
    policies: z.array(z.string()).optional(),
    /** The program that gave the MFA code; left out for one that was typed. */
    codeFrom: z.string().optional(),
  }),
  z.object({
    event: z.literal('handed-off'),
    ...common,
    accessKeyId: z.string(),
    way: Way,
    /** `renewable`: the program got a way to ask for credentials, not the credentials themselves. */
    credentials: z.enum(['renewable', 'static']),
    /** Null when it is not known. */
    program: Program.nullable(),
  }),
  z.object({ event: z.literal('ended'), ...common, accessKeyId: z.string(), how: EndReason }),
  z.object({ event: z.literal('revoked'), ...common, arn: z.string(), policyName: z.string(), issuedBefore: At, neededUntil: At }),
  z.object({ event: z.literal('revocation-removed'), ...common, arn: z.string(), policyName: z.string() }),
  /** A run assumed a role through the account relay, or with no role reached the account of its session; or it was not let. */
  z.object({
    event: z.literal('reached'),
    ...common,
    /** Tells runs apart. */
    run: z.string(),
    accountId: z.string(),
    /** The role's ARN; null for the account of the session itself. */
    role: z.string().nullable(),
    /** `failed`: AWS refused. `refused`: the relay did. */
    outcome: z.enum(reachOutcomes),
    /** Its name and at most one more word; null when it is not known. */
    program: z.string().nullable(),
    folder: z.string().nullable(),
  }),
  z.object({ event: z.literal('access-key'), ...common, accessKeyId: z.string(), change: KeyChange }),
]);
export type LedgerEntry = z.infer<typeof LedgerEntry>;

type EntryOf<E extends LedgerEntry['event']> = Extract<LedgerEntry, { event: E }>;

export type HandOffRecord = Omit<EntryOf<'handed-off'>, 'event' | 'profile' | 'accessKeyId'>;

/** A session and everything that happened to it. */
export type SessionRecord = Omit<EntryOf<'issued'>, 'event'> & {
  readonly record: 'session';
  readonly accountAlias: string | null;
  readonly handOffs: readonly HandOffRecord[];
  /** How many earlier hand-offs are left out. */
  readonly earlierHandOffs: number;
  /** Null while it lives. */
  readonly ended: { readonly at: string; readonly how: EndReason | 'expired' } | null;
};

export type HistoryRecord =
  | SessionRecord
  | ({ readonly record: 'revoked' } & Omit<EntryOf<'revoked'>, 'event'>)
  | ({ readonly record: 'revocation-removed' } & Omit<EntryOf<'revocation-removed'>, 'event'>)
  | ({ readonly record: 'reached' } & Omit<EntryOf<'reached'>, 'event'>)
  | ({ readonly record: 'access-key' } & Omit<EntryOf<'access-key'>, 'event'>);

/** How many records are shown by default, and how many at most. */
export const historyDefault = 20;
export const historyMax = 1_000;
