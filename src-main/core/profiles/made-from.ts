/**
 * What the sessions of a profile are made from, as the AWS files say it. A profile that says
 * something else by now is another identity, and maybe another account: its old session is not to be
 * handed out under its name.
 */
export type MadeFrom = {
  /** Null where it cannot be told without the keychain. An access key's ID is no secret. */
  readonly accessKeyId: string | null;
  /** The role, and those that lead to it; null for a base session. */
  readonly roles: string | null;
};

/**
 * Whether a session that was made from `kept` is still what the profile means by `current`. A key
 * that went into the keychain is the same; one that appears in the files is taken for another.
 */
export function isSameSource(kept: MadeFrom, current: MadeFrom): boolean {
  return kept.roles === current.roles && (current.accessKeyId === null || kept.accessKeyId === current.accessKeyId);
}
