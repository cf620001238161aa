import { describe, expect, it } from 'vitest';
import { leaksIn } from './leaks.ts';

const secrets = ['canary-alpha', 'canary-omega'];

describe('a search for secrets', () => {
  it('a search for secrets names the text and the place in the list of each that it finds, and no secret', () => {
    expect(leaksIn('a log', 'this is the canary-omega', secrets)).toEqual([{ where: 'a log', secret: 1 }]);
    expect(leaksIn('a log', 'neither of them', secrets)).toEqual([]);
  });

  it('a search for secrets finds the second half of a secret', () => {
    expect(leaksIn('a log', 'of an -alpha', secrets)).toEqual([{ where: 'a log', secret: 0 }]);
  });

  it('a search for secrets finds a code as a whole, and not a number that has half of it', () => {
    expect(leaksIn('a log', 'code=345678', ['345678'])).toEqual([{ where: 'a log', secret: 0 }]);
    expect(leaksIn('a log', '12:34:56.678', ['345678'])).toEqual([]);
  });

  it.each([
    ['percent-encoded', 'code=caf%C3%A9%2Ftoken%2B&x'],
    ['hexadecimal', `0a${Buffer.from('café/token+').toString('hex')}ff`],
    ['Base64 at its beginning', Buffer.from('café/token+ and more').toString('base64')],
    ['Base64 after one byte', Buffer.from('"café/token+"').toString('base64')],
    ['Base64 after two bytes', Buffer.from('  café/token+').toString('base64')],
    ['Base64 for URLs', Buffer.from('~~café/token+??').toString('base64url')],
    ['UTF-16', Buffer.from('a café/token+', 'utf16le').toString('latin1')],
  ])('a search for secrets finds one in another form: %s', (_form, text) => {
    expect(leaksIn('a file', text, ['café/token+'])).toEqual([{ where: 'a file', secret: 0 }]);
    expect(leaksIn('a file', text, ['another/token+'.slice(0, 7)])).toEqual([]);
  });

  it('a search for secrets fails when there is no secret to look for', () => {
    expect(() => leaksIn('a log', 'anything', [])).toThrow('There is no secret to look for in a log');
    expect(() => leaksIn('a log', 'anything', ['canary-alpha', ''])).toThrow('There is no secret to look for in a log');
  });
});
