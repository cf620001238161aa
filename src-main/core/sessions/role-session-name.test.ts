import { describe, expect, it } from 'vitest';
import { roleSessionNameFor } from './role-session-name.ts';

describe('the name of a role session', () => {
  it.each([
    ['alice', 'alice'],
    ['alice@example.com', 'alice@example.com'],
    ['Ålice Müller', '-lice-M-ller'],
    ['a', 'sts-tray-a'],
    ['', 'sts-tray'],
    ['x'.repeat(100), 'x'.repeat(64)],
  ])('the name of a role session for the user “%s” is %s', (userName, name) => {
    expect(roleSessionNameFor(userName)).toBe(name);
    expect(name).toMatch(/^[\w+=,.@-]{2,64}$/);
  });
});
