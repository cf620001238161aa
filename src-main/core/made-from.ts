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

export function isSameSource(one: MadeFrom, other: MadeFrom): boolean {
  const unknown = one.accessKeyId === null || other.accessKeyId === null;
  return one.roles === other.roles && (unknown || one.accessKeyId === other.accessKeyId);
}
