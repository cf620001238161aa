/** The long-term key of an IAM user. Read for one call and then let go. */
export type AccessKey = { readonly accessKeyId: string; readonly secretAccessKey: string };

export function isSameKey(one: AccessKey, other: AccessKey): boolean {
  return one.accessKeyId === other.accessKeyId && one.secretAccessKey === other.secretAccessKey;
}

/**
 * The secrets of one session, as GetSessionToken returned them. Values of this type only ever live
 * in `vault/`, in hand-offs, and on their way there; no state, log, error or renderer holds one.
 */
export type SessionCredentials = {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  /** The `Expiration` that AWS returned, in epoch milliseconds. */
  readonly expiresAt: number;
};
