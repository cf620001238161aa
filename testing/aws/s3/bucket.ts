import { createHash } from 'node:crypto';
import { bucketAlreadyExists, invalidBucketName, noSuchBucket, ownedByYou, s3AccessDenied } from './s3-error.ts';

export type Bucket = {
  readonly name: string;
  /** The account that made it. */
  readonly accountId: string;
  readonly region: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  /** The documents of its subresources, by their names in the query: XML, and JSON for the policy. */
  readonly settings: Map<string, string>;
  /** The versions of each key, the newest first. */
  readonly versions: Map<string, readonly S3Object[]>;
};

/** A version of an object, or the marker of its deletion. */
export type S3Object = {
  readonly key: string;
  /** `null`, the word, for what was written while the bucket had no versions. */
  readonly versionId: string;
  readonly kind: 'object' | 'delete-marker';
  readonly body: Buffer;
  /** Hexadecimal, without quotation marks. */
  readonly etag: string;
  /** Epoch milliseconds. */
  readonly modifiedAt: number;
  /** The headers that come back with it: type, encoding, metadata, checksums, encryption. */
  readonly headers: Readonly<Record<string, string>>;
  readonly tags: readonly Tag[];
};

export type Tag = { readonly Key: string; readonly Value: string };

/** "General purpose bucket naming rules", Amazon S3 User Guide, without the reserved prefixes and suffixes. */
export function isBucketName(name: string): boolean {
  return /^[a-z\d][a-z\d.-]{1,61}[a-z\d]$/.test(name) && !name.includes('..') && !/^\d+\.\d+\.\d+\.\d+$/.test(name);
}

/** The canonical user ID of an account: 64 hexadecimal digits, which do not tell the account's number. */
export function canonicalId(accountId: string): string {
  return createHash('sha256').update(`canonical user ${accountId}`).digest('hex');
}

/** The buckets of all accounts, whose names are each taken once. */
export class Buckets {
  readonly #byName = new Map<string, Bucket>();

  /**
   * Makes a bucket. In us-east-1 the owner may make it again, and nothing changes.
   * Throws InvalidBucketName, BucketAlreadyExists or BucketAlreadyOwnedByYou.
   */
  create(made: Pick<Bucket, 'name' | 'accountId' | 'region' | 'createdAt'>): Bucket {
    if (!isBucketName(made.name)) throw invalidBucketName();
    const existing = this.#byName.get(made.name);
    if (existing !== undefined) {
      if (existing.accountId !== made.accountId) throw bucketAlreadyExists();
      if (existing.region !== 'us-east-1' || made.region !== 'us-east-1') throw ownedByYou();
      return existing;
    }
    const bucket: Bucket = { ...made, settings: new Map(), versions: new Map() };
    this.#byName.set(made.name, bucket);
    return bucket;
  }

  /** A bucket for its owner. Bucket policies are kept and not evaluated, so nobody else gets in. Throws NoSuchBucket or AccessDenied. */
  of(name: string, accountId: string): Bucket {
    const bucket = this.#byName.get(name);
    if (bucket === undefined) throw noSuchBucket();
    if (bucket.accountId !== accountId) throw s3AccessDenied();
    return bucket;
  }

  ownedBy(accountId: string): readonly Bucket[] {
    return [...this.#byName.values()].filter((bucket) => bucket.accountId === accountId).toSorted((one, other) => (one.name < other.name ? -1 : 1));
  }

  delete({ name }: Bucket): void {
    this.#byName.delete(name);
  }
}
