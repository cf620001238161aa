import { describe, expect, test } from 'vitest';
import { cacheFolder } from './checkout.mjs';
import { describeRuntime, stillGood } from './electron-runtime.mjs';
import { distFolder } from './fallback-runtime.mjs';
import { whyItFailed } from './official-runtime.mjs';

const fallback = {
  kind: 'fallback',
  version: '33.2.1',
  wanted: '45.4.1',
  dist: distFolder(cacheFolder),
  // Any file that exists.
  executable: process.execPath,
  reason: 'its download site could not be reached',
};

describe('The Electron runtime', () => {
  test('the Electron runtime is the fallback again without a new attempt at the official one', () => {
    expect(stillGood(fallback, { wanted: '45.4.1', retry: false })).toBe(true);
  });

  test('the Electron runtime is chosen anew on request', () => {
    expect(stillGood(fallback, { wanted: '45.4.1', retry: true })).toBe(false);
  });

  test('the Electron runtime is chosen anew when package.json names another Electron', () => {
    expect(stillGood(fallback, { wanted: '46.0.0', retry: false })).toBe(false);
  });

  test('the Electron runtime is chosen anew when the executable is gone', () => {
    expect(stillGood({ ...fallback, executable: '/not/there' }, { wanted: '45.4.1', retry: false })).toBe(false);
  });

  test('the Electron runtime is prepared anew when the shim or the way of preparing it changed', () => {
    expect(stillGood({ ...fallback, dist: '/an/older/one' }, { wanted: '45.4.1', retry: false })).toBe(false);
  });

  test('the Electron runtime is chosen when nothing is known yet', () => {
    expect(stillGood(null, { wanted: '45.4.1', retry: false })).toBe(false);
  });

  test('the Electron runtime is told in one line, with the reason for the fallback', () => {
    expect(describeRuntime(fallback)).toMatch(/^Electron runtime: fallback 33\.2\.1, .*its download site could not be reached.*$/);
    expect(describeRuntime({ kind: 'official', version: '45.4.1' })).toBe('Electron runtime: official 45.4.1.');
  });

  test.each([
    ['TypeError: fetch failed\n    at node:internal/deps/undici', false, 'its download site could not be reached'],
    ['Error [ERR_REQUIRE_ESM]: require() of an ES module is not supported.\n at x', false, 'require() of an ES module is not supported'],
    ['', true, 'it took longer than 10 minutes'],
    ['', false, 'install-electron failed without a word'],
  ])('the Electron runtime says why the official one could not be installed: %j', (stderr, timedOut, reason) => {
    expect(whyItFailed({ stderr, timedOut })).toBe(reason);
  });
});
