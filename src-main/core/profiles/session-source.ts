/**
 * What the sessions of a profile are made from, according to the AWS files. If that changes, the profile
 * is another identity, and perhaps another account: its old session must not be handed out under its
 * name.
 */
export type SessionSource = {
  /** Null when it is not known without the keychain. An access key's ID is no secret. */
  readonly accessKeyId: string | null;
  /** The role, and those that lead to it; null for a base session. */
  readonly roles: string | null;
};

/** The sources of the profiles that the AWS files have, by the name of the profile. */
export type KnownSources = Pick<ReadonlyMap<string, SessionSource>, 'has' | 'get'>;

/**
 * Whether a session that was made from `kept` still belongs to a profile that now says `current`. A key
 * that moved into the keychain counts as the same; one that appears in the files counts as another.
 */
export function isSameSource(kept: SessionSource, current: SessionSource): boolean {
  return kept.roles === current.roles && (current.accessKeyId === null || kept.accessKeyId === current.accessKeyId);
}
