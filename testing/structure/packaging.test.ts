import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { checkout } from '../app/running-app.ts';

it('on macOS a package keeps all of the hardened runtime but that V8 may compile', () => {
  const { mac } = parse(readFileSync(join(checkout, 'electron-builder.yml'), 'utf8')) as { mac: Record<string, unknown> };
  expect(mac).toMatchObject({ hardenedRuntime: true, entitlements: 'assets/mac/entitlements.plist', entitlementsInherit: 'assets/mac/entitlements.plist' });
  const plist = readFileSync(join(checkout, String(mac['entitlements'])), 'utf8');
  expect([...plist.matchAll(/<key>([^<]*)<\/key>\s*<(\w+)\/>/g)].map(([, key, value]) => [key, value])).toEqual([['com.apple.security.cs.allow-jit', 'true']]);
  expect(plist.match(/<key>/g)).toHaveLength(1);
});
