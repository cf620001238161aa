import { describe, expect, test } from 'vitest';
import { sameDependencies } from './dependencies.mjs';

const locked = {
  packages: {
    '': { name: 'sts-tray' },
    'node_modules/zod': { version: '4.6.7' },
    'node_modules/for-macos': { version: '1.0.0', optional: true },
  },
};
const installed = (packages) => ({ packages });

describe('The installed dependencies', () => {
  test('the installed dependencies match when only optional packages of other platforms are missing', () => {
    expect(sameDependencies(locked, installed({ 'node_modules/zod': { version: '4.6.7' } }))).toBe(true);
  });

  test('the installed dependencies do not match in another version', () => {
    expect(sameDependencies(locked, installed({ 'node_modules/zod': { version: '4.6.6' } }))).toBe(false);
  });

  test('the installed dependencies do not match when a package is missing', () => {
    expect(sameDependencies(locked, installed({}))).toBe(false);
  });

  test('the installed dependencies do not match when one is left over that the lock file dropped', () => {
    const left = { 'node_modules/zod': { version: '4.6.7' }, 'node_modules/old': { version: '1.0.0' } };
    expect(sameDependencies(locked, installed(left))).toBe(false);
  });

  test('the installed dependencies do not match when an optional package is there in another version', () => {
    const other = { 'node_modules/zod': { version: '4.6.7' }, 'node_modules/for-macos': { version: '0.9.0' } };
    expect(sameDependencies(locked, installed(other))).toBe(false);
  });
});
