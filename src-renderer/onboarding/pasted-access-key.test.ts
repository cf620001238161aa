import { describe, expect, it } from 'vitest';
import { pastedAccessKey } from './pasted-access-key.ts';

const key = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };
const row = `${key.accessKeyId},${key.secretAccessKey}`;

describe('a pasted access key', () => {
  it.each([
    ['the file of the console', `Access key ID,Secret access key\r\n${row}\r\n`],
    ['the file with a byte order mark', `\uFEFFAccess key ID,Secret access key\n${row}`],
    ['its second line alone', row],
    ['cells of a table', row.replace(',', '\t')],
    ['quoted cells', `"${key.accessKeyId}","${key.secretAccessKey}"`],
    ['the file of a new user', `User name,Password,Access key ID,Secret access key,Console login link\nalice,,${row},https://111111111111.example/console`],
  ])('a pasted access key is read from %s', (_what, text) => {
    expect(pastedAccessKey(text)).toEqual(key);
  });

  it('a single value that is pasted is no access key, and is for its field', () => {
    expect(pastedAccessKey(`${key.secretAccessKey}\n`)).toBe('none');
    expect(pastedAccessKey(' ')).toBe('none');
  });

  it('a pasted access key is unreadable when no line has both parts', () => {
    expect(pastedAccessKey('Access key ID,Secret access key')).toBe('unreadable');
    expect(pastedAccessKey('one\ntwo')).toBe('unreadable');
  });
});
