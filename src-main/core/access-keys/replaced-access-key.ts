import type { AccessKey } from '../credentials.ts';

/** A key that is to be replaced. Its secret is null when it is no longer known. */
export type ReplacedKey = { readonly accessKeyId: string; readonly secretAccessKey: string | null };

/**
 * Puts a new access key where an AWS file has the old one, in every section that has it; every other
 * character stays, comments and line ends included. A secret belongs to the old key when its section has
 * the old ID. A section may have no ID, because the other file has it: then the secret itself decides.
 */
export function withReplacedAccessKey(text: string, old: ReplacedKey, key: AccessKey): string {
  return sectionsOf(text)
    .map((section) => withReplacedKey(section, old, key))
    .join('');
}

function withReplacedKey(section: string, old: ReplacedKey, key: AccessKey): string {
  const ids = valuesOf(section, 'aws_access_key_id');
  const hasOld = ids.includes(old.accessKeyId);
  // A section with the new ID and the old secret was left that way when only one of the two files was edited.
  const mayHaveSecret = ids.every((id) => id === key.accessKeyId);
  const replaced = withValue(section, 'aws_access_key_id', (id) => (id === old.accessKeyId ? key.accessKeyId : id));
  return withValue(replaced, 'aws_secret_access_key', (secret) => (hasOld || (mayHaveSecret && secret === old.secretAccessKey) ? key.secretAccessKey : secret));
}

/** Each section with its header; joining them gives the text again. */
function sectionsOf(text: string): readonly string[] {
  return text.split(/^(?=\uFEFF?[ \t]*\[)/m);
}

function valuesOf(section: string, name: string): readonly string[] {
  return [...section.matchAll(lineWith(name))].flatMap(({ 2: value }) => (value === undefined ? [] : [value]));
}

function withValue(section: string, name: string, next: (value: string) => string): string {
  return section.replaceAll(lineWith(name), (_line, start: string, value: string) => start + next(value));
}

/** botocore also accepts `:` in place of `=`, and keys in any case. */
function lineWith(name: string): RegExp {
  return new RegExp(`^([ \\t]*${name}[ \\t]*[=:][ \\t]*)(\\S+)`, 'gim');
}
