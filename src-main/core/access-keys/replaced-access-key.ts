import type { AccessKey } from '../credentials.ts';

/** A key that is to be replaced. Its secret is null where it is not known any more. */
export type ReplacedKey = { readonly accessKeyId: string; readonly secretAccessKey: string | null };

/**
 * Puts a new access key where an AWS file has the old one, in every section that has it; every other
 * character stays, comments and line ends included. A secret is the old one's where its section has
 * the old ID; a section without an ID, which the other file may have, is told by the secret itself.
 */
export function withReplacedAccessKey(text: string, old: ReplacedKey, key: AccessKey): string {
  return sectionsOf(text)
    .map((section) => withReplacedKey(section, old, key))
    .join('');
}

function withReplacedKey(section: string, old: ReplacedKey, key: AccessKey): string {
  const ids = valuesOf(section, 'aws_access_key_id');
  const hasOld = ids.includes(old.accessKeyId);
  // One that has the new ID with the old secret was left so by an edit of only one of both files.
  const mayHaveSecret = ids.every((id) => id === key.accessKeyId);
  const replaced = withValue(section, 'aws_access_key_id', (id) => (id === old.accessKeyId ? key.accessKeyId : id));
  return withValue(replaced, 'aws_secret_access_key', (secret) => (hasOld || (mayHaveSecret && secret === old.secretAccessKey) ? key.secretAccessKey : secret));
}

/** Each with its header; they join to the text again. */
function sectionsOf(text: string): readonly string[] {
  return text.split(/^(?=\uFEFF?[ \t]*\[)/m);
}

function valuesOf(section: string, name: string): readonly string[] {
  return [...section.matchAll(lineWith(name))].flatMap(({ 2: value }) => (value === undefined ? [] : [value]));
}

function withValue(section: string, name: string, next: (value: string) => string): string {
  return section.replaceAll(lineWith(name), (_line, start: string, value: string) => start + next(value));
}

/** botocore takes `:` for `=` too, and keys in any case. */
function lineWith(name: string): RegExp {
  return new RegExp(`^([ \\t]*${name}[ \\t]*[=:][ \\t]*)(\\S+)`, 'gim');
}
