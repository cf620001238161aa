import { describe, expect, it } from 'vitest';
import { withReplacedAccessKey } from './replaced-access-key.ts';

const old = { accessKeyId: 'AKIAOLD', secretAccessKey: 'old/secret+of=alice' };
const key = { accessKeyId: 'AKIANEW', secretAccessKey: "$&$1$'new/secret" };
const replaced = (text: string, from: Parameters<typeof withReplacedAccessKey>[1] = old) => withReplacedAccessKey(text, from, key);

/** The text with one of the two keys filled in: everything else must be the same, byte for byte, before and after. */
const withOld = (text: string) => text.replaceAll('<id>', () => old.accessKeyId).replaceAll('<secret>', () => old.secretAccessKey);
const withNew = (text: string) => text.replaceAll('<id>', () => key.accessKeyId).replaceAll('<secret>', () => key.secretAccessKey);

describe('a new access key in the place of the old one', () => {
  it.each([
    ['an entry as aws configure writes it', '[default]\naws_access_key_id = <id>\naws_secret_access_key = <secret>\n'],
    [
      'several profiles with the same key',
      '[one]\naws_access_key_id = <id>\naws_secret_access_key = <secret>\n\n[two]\naws_access_key_id=<id>\naws_secret_access_key=<secret>\n',
    ],
    [
      'comments and other settings',
      '# keys of alice\n[default]\n; here\naws_access_key_id = <id> # a note\nregion = eu-west-1\naws_secret_access_key = <secret> ; another\noutput = json\n',
    ],
    ['the line ends of Windows', '[default]\r\naws_access_key_id = <id>\r\naws_secret_access_key = <secret>\r\nregion = eu-west-1\r\n'],
    ['no line end at the end', '[default]\naws_access_key_id = <id>\naws_secret_access_key = <secret>'],
    ['colons', '[default]\naws_access_key_id: <id>\naws_secret_access_key :<secret>\n'],
    ['upper case', '[default]\nAWS_ACCESS_KEY_ID = <id>\nAws_Secret_Access_Key = <secret>\n'],
    ['indented lines and spaces behind', '[default]\n  aws_access_key_id = <id>  \n\taws_secret_access_key\t=\t<secret>\t\n'],
    ['the secret above the ID', '[default]\naws_secret_access_key = <secret>\naws_access_key_id = <id>\n'],
    ['a byte order mark', '\uFEFF[default]\naws_access_key_id = <id>\naws_secret_access_key = <secret>\n'],
    ['only the ID, where the other file has the secret', '[default]\naws_access_key_id = <id>\n'],
    ['only the secret, where the other file has the ID', '[profile default]\nregion = eu-west-1\naws_secret_access_key = <secret>\n'],
  ])('a new access key in the place of the old one takes over %s', (_what, text) => {
    expect(replaced(withOld(text))).toBe(withNew(text));
  });

  it.each([
    ['other keys', '[default]\naws_access_key_id = AKIAOTHER\naws_secret_access_key = other\n'],
    ['a key whose ID only begins the same', '[default]\naws_access_key_id = AKIAOLDER\naws_secret_access_key = old/secret+of=alice2\n'],
    ['the secret beside another ID', `[default]\naws_access_key_id = AKIAOTHER\naws_secret_access_key = ${old.secretAccessKey}\n`],
    ['comments', `# aws_access_key_id = ${old.accessKeyId}\n[default]\n;aws_secret_access_key = ${old.secretAccessKey}\n`],
    [
      'the values of other settings',
      `[default]\nmy_aws_access_key_id = ${old.accessKeyId}\naws_access_key_id_old = ${old.accessKeyId}\nrole_session_name = ${old.accessKeyId}\n`,
    ],
    ['nothing', ''],
  ])('a new access key in the place of the old one leaves %s as it is', (_what, text) => {
    expect(replaced(text)).toBe(text);
  });

  it('a new access key in the place of the old one touches only the entries that have it', () => {
    const other = '\n[other]\naws_access_key_id = AKIAOTHER\naws_secret_access_key = other\n\n\n# end';
    const entry = '[default]\naws_access_key_id = <id>\naws_secret_access_key = <secret>\n';
    expect(replaced(withOld(entry) + other)).toBe(withNew(entry) + other);
  });

  it('an old access key is found by its ID alone when its secret is not known any more', () => {
    const text = withOld('[default]\naws_access_key_id = <id>\naws_secret_access_key = <secret>\n[secret-only]\naws_secret_access_key = <secret>\n');
    expect(replaced(text, { ...old, secretAccessKey: null })).toBe(
      `${withNew('[default]\naws_access_key_id = <id>\naws_secret_access_key = <secret>\n')}${withOld('[secret-only]\naws_secret_access_key = <secret>\n')}`,
    );
  });

  it('an entry that has the new ID with the old secret is mended', () => {
    const half = `[default]\naws_access_key_id = ${key.accessKeyId}\naws_secret_access_key = ${old.secretAccessKey}\n`;
    expect(replaced(half)).toBe(withNew('[default]\naws_access_key_id = <id>\naws_secret_access_key = <secret>\n'));
  });

  it('putting a new access key in the place of the old one may be done twice, and undone', () => {
    const text = withOld('[default]\naws_access_key_id = <id>\naws_secret_access_key = <secret>\n[secret-only]\naws_secret_access_key = <secret>\n');
    expect(replaced(replaced(text))).toBe(replaced(text));
    expect(withReplacedAccessKey(replaced(text), key, old)).toBe(text);
  });
});
