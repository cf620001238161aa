export type SessionTag = { readonly key: string; readonly value: string };

export type SessionTags = {
  readonly sessionTags: readonly SessionTag[];
  /** The keys of the tags that the next role of a chain gets too. */
  readonly transitiveTagKeys: readonly string[];
};

/** The characters that STS accepts in the keys and values of tags (STS API reference, Tag). */
const tagText = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

const noTags: SessionTags = { sessionTags: [], transitiveTagKeys: [] };

/**
 * Reads `session_tags = key=value,key=value` and `transitive_session_tags = key,key`, as aws-vault
 * names and writes them. Null when they have another form, or when they break the limits of STS:
 * at most 50 tags, keys of 1 to 128 characters that differ by more than case, values of at most 256
 * (IAM user guide, "Pass session tags in AWS STS").
 */
export function parseSessionTags(tags: string | undefined, transitive: string | undefined): SessionTags | null {
  if (tags === undefined && transitive === undefined) return noTags;
  const sessionTags = parts(tags).map(parseTag);
  const transitiveTagKeys = parts(transitive);
  if (!sessionTags.every((tag) => tag !== null) || !transitiveTagKeys.every(isKey)) return null;
  const keys = new Set(sessionTags.map(({ key }) => key.toLowerCase()));
  if (keys.size < sessionTags.length || sessionTags.length > 50) return null;
  return { sessionTags, transitiveTagKeys };
}

function parts(list: string | undefined): readonly string[] {
  return list === undefined ? [] : list.split(',').map((part) => part.trim());
}

function parseTag(tag: string): SessionTag | null {
  const equals = tag.indexOf('=');
  if (equals < 0) return null;
  const key = tag.slice(0, equals).trim();
  const value = tag.slice(equals + 1).trim();
  return isKey(key) && value.length <= 256 && tagText.test(value) ? { key, value } : null;
}

function isKey(key: string): boolean {
  return key.length > 0 && key.length <= 128 && tagText.test(key);
}
