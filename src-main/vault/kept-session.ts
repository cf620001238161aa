import { z } from 'zod';
import type { HeldSession, Identity } from '../contract/ui-state.ts';
import type { SessionCredentials } from '../core/credentials.ts';
import type { SessionSource } from '../core/profiles/session-source.ts';
import { jsonOf } from '../core/json.ts';

/** A session with all that is needed to show it and to hand it over after a restart. */
export type KeptSession = {
  readonly credentials: SessionCredentials;
  readonly identity: Identity;
  /** Epoch milliseconds. */
  readonly issuedAt: number;
  /** As in `HeldSession`. Only a session that cost an MFA code is worth keeping. */
  readonly origin: HeldSession['origin'];
  /** As in `HeldSession`. */
  readonly endUnknown?: true;
  /** As in `HeldSession`. */
  readonly renewedUntil?: number;
  readonly madeFrom: SessionSource;
};

const Credentials = z.strictObject({
  accessKeyId: z.string(),
  secretAccessKey: z.string(),
  sessionToken: z.string(),
  expiresAt: z.number(),
});

const SessionIdentity = z.strictObject({
  accountId: z.string(),
  accountAlias: z.string().nullable(),
  arn: z.string(),
  userName: z.string(),
});

/** A list, because a profile may have any name, even `__proto__`. */
const SessionsFile = z.strictObject({
  version: z.literal(1),
  sessions: z.array(
    z.strictObject({
      profile: z.string(),
      credentials: Credentials,
      identity: SessionIdentity,
      issuedAt: z.number(),
      origin: z.literal('code'),
      madeFrom: z.strictObject({ accessKeyId: z.string().nullable(), roles: z.string().nullable() }),
    }),
  ),
});

/** The content of the sessions file before it is encrypted. */
export function sessionsText(sessions: ReadonlyMap<string, KeptSession>): string {
  const list = [...sessions].map(([profile, session]) => ({ profile, ...session, credentials: unmarked(session.credentials) }));
  return JSON.stringify({ version: 1, sessions: list });
}

/** Without `$source`, a property that the SDK adds to the credentials that it is called with. */
function unmarked({ accessKeyId, secretAccessKey, sessionToken, expiresAt }: SessionCredentials): SessionCredentials {
  return { accessKeyId, secretAccessKey, sessionToken, expiresAt };
}

/** Null for a text that this version did not write. */
export function parseSessions(text: string): ReadonlyMap<string, KeptSession> | null {
  const parsed = SessionsFile.safeParse(jsonOf(text));
  if (!parsed.success) return null;
  return new Map(parsed.data.sessions.map(({ profile, ...session }) => [profile, session]));
}
