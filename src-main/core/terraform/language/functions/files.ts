import { byCodePoints, collection, failure, isRecord, notKnown, type Value } from '../values/value.ts';
import { base64, bytesOf, hexadecimal, textOfBytes } from '../values/bytes.ts';
import { type CallContext, define, ofTexts, said, type TerraformFunction } from '../calling/define.ts';
import { filesThatMatch } from '../calling/file-sets.ts';
import type { Digest } from '../calling/surroundings.ts';

type Bytes = Uint8Array | typeof failure | typeof notKnown;
const ofBytes = (bytes: Bytes, act: (bytes: Uint8Array) => Value): Value => (typeof bytes === 'symbol' ? bytes : act(bytes));

/** A function of a file's content. */
const ofFile = (act: (bytes: Uint8Array, context: CallContext) => Value): TerraformFunction =>
  define({ params: ['string'] }, ([path], context) => ofBytes(context.surroundings.readFile(said(path)), (bytes) => act(bytes, context)));

/** One function of a text and one of a file, with the same algorithm. */
function hashed(algorithm: Digest, encode: (bytes: Uint8Array) => string): readonly [TerraformFunction, TerraformFunction] {
  const act = (bytes: Uint8Array, { surroundings }: CallContext): Value => encode(surroundings.digest(algorithm, bytes));
  return [define({ params: ['string'] }, ([text], context) => act(bytesOf(said(text)), context)), ofFile(act)];
}

const [md5, filemd5] = hashed('md5', hexadecimal);
const [sha1, filesha1] = hashed('sha1', hexadecimal);
const [sha256, filesha256] = hashed('sha256', hexadecimal);
const [sha512, filesha512] = hashed('sha512', hexadecimal);
const [base64sha256, filebase64sha256] = hashed('sha256', base64);
const [base64sha512, filebase64sha512] = hashed('sha512', base64);

const namespaces: Readonly<Record<string, string>> = {
  dns: '6ba7b810-9dad-11d1-80b4-00c04fd430c8',
  url: '6ba7b811-9dad-11d1-80b4-00c04fd430c8',
  oid: '6ba7b812-9dad-11d1-80b4-00c04fd430c8',
  x500: '6ba7b814-9dad-11d1-80b4-00c04fd430c8',
};

/** RFC 9562, 5.5. */
function uuidv5(namespace: string, name: string, { surroundings }: CallContext): Value {
  const digits = (namespaces[namespace] ?? namespace).replaceAll('-', '');
  if (!/^[0-9a-f]{32}$/.test(digits)) return notKnown;
  const start = Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  const hash = surroundings.digest('sha1', Uint8Array.from([...start, ...bytesOf(name)])).slice(0, 16);
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x50;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  return hexadecimal(hash).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** Filesystem and hash functions (Terraform language documentation, "Functions"). */
export const fileFunctions: Readonly<Record<string, TerraformFunction>> = {
  ...{ md5, filemd5, sha1, filesha1, sha256, filesha256, sha512, filesha512, base64sha256, filebase64sha256, base64sha512, filebase64sha512 },
  abspath: define({ params: ['string'] }, ([path], { surroundings: { folder } }) => {
    if (folder === null || said(path).includes('\\')) return notKnown;
    return cleaned(said(path).startsWith('/') ? said(path) : `${folder}/${said(path)}`);
  }),
  basename: ofTexts(1, (path = '') => (path === '' ? '.' : (/([^/]+)\/*$/.exec(path)?.[1] ?? '/'))),
  dirname: ofTexts(1, (path = '') => cleaned(path.slice(0, path.lastIndexOf('/') + 1))),
  file: ofFile((bytes) => textOfBytes(bytes)?.normalize('NFC') ?? failure),
  filebase64: ofFile(base64),
  fileexists: define({ params: ['string'] }, ([path], { surroundings }) => {
    const kind = surroundings.kindOf(said(path));
    if (kind === notKnown || kind === 'other') return notKnown;
    return kind === 'folder' ? failure : kind === 'file';
  }),
  fileset: define({ params: ['string', 'string'] }, ([folder, pattern], { surroundings }) => {
    const files = filesThatMatch(said(folder), said(pattern), surroundings);
    return files === notKnown ? notKnown : collection([...files].sort(byCodePoints), { kind: 'set', of: 'string' });
  }),
  uuidv5: define({ params: ['string', 'string'] }, ([namespace, name], context) => uuidv5(said(namespace), said(name), context)),
  // The user's own folder is not looked up.
  pathexpand: ofTexts(1, (path = '') => (path.startsWith('~') ? notKnown : path)),
  templatefile: define({ params: ['string', 'any'], takesPartly: true, takesStandIns: true }, ([path, names = null], { surroundings, render }) => {
    if (!isRecord(names)) return failure;
    return ofBytes(surroundings.readFile(said(path)), (bytes) => {
      const text = textOfBytes(bytes);
      return text === null ? failure : render(text, names);
    });
  }),
};

/** As Go cleans a path: without `.`, without `..` behind a name, and without slashes that mean nothing. */
export function cleaned(path: string): string {
  const isFull = path.startsWith('/');
  const names: string[] = [];
  for (const name of path.split('/')) {
    if (name === '' || name === '.') continue;
    if (name !== '..') names.push(name);
    else if (names.length > 0 && names.at(-1) !== '..') names.pop();
    else if (!isFull) names.push(name);
  }
  const clean = names.join('/');
  if (isFull) return `/${clean}`;
  return clean === '' ? '.' : clean;
}
