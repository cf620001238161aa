import { describe, expect, it } from 'vitest';
import { proxyComplaint } from './limits.ts';

describe('the address of a proxy', () => {
  it.each(['', 'http://proxy.example:3128', 'https://proxy.example/'])('the address of a proxy may be “%s”', (address) => {
    expect(proxyComplaint(address)).toBeNull();
  });

  it.each(['proxy.example', 'socks5://proxy.example', 'http://', 'http://a b', 'http://proxy.example:99999'])(
    'the address of a proxy is not “%s”',
    (address) => {
      expect(proxyComplaint(address)).toBe('address');
    },
  );

  it('the address of a proxy holds no password, which the settings would keep in clear', () => {
    expect(proxyComplaint('http://alice:secret@proxy.example:3128')).toBe('password');
    expect(proxyComplaint('http://alice@proxy.example:3128')).toBe('password');
  });

  it('the address of a proxy is not longer than a settings file should hold', () => {
    expect(proxyComplaint(`http://${'a'.repeat(60)}.example`)).toBeNull();
    expect(proxyComplaint(`http://${'a'.repeat(2_048)}`)).toBe('address');
  });
});
