import { describe, expect, it } from 'vitest';
import { contentSecurityPolicy } from './content-security-policy.ts';
import { webPreferences } from './web-preferences.ts';

describe('the pages of the windows', () => {
  it('the pages of the windows have developer tools in a checkout, and none in a package', () => {
    expect(webPreferences({ preload: '/p.cjs', isPackaged: false }).devTools).toBe(true);
    expect(webPreferences({ preload: '/p.cjs', isPackaged: true }).devTools).toBe(false);
  });

  it.each([true, false])('the pages of the windows run in a sandbox, without Node and apart from the preload script, in a package or not: %s', (isPackaged) => {
    // Whatever is left out is as Electron has it, which is the safe way of each.
    expect(webPreferences({ preload: '/p.cjs', isPackaged })).toEqual({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      devTools: !isPackaged,
      preload: '/p.cjs',
    });
  });

  it('the pages of the windows load nothing from elsewhere, and make no script out of text', () => {
    const rules = contentSecurityPolicy.split('; ');
    expect(rules).toEqual(expect.arrayContaining(["default-src 'none'", "script-src 'self'", "require-trusted-types-for 'script'", "trusted-types 'none'"]));
    expect(contentSecurityPolicy).not.toMatch(/unsafe|https?:|\*/);
  });
});
