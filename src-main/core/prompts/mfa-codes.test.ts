import { describe, expect, it } from 'vitest';
import { isUsed, nextCodeAt } from './mfa-codes.ts';

const used = [{ serial: 'device', code: '123456', usedAt: 60_000 }];

describe('a used MFA code', () => {
  it('a used MFA code is known as used while AWS could still take it for a new one', () => {
    expect(isUsed(used, 'device', '123456', 149_999)).toBe(true);
    expect(isUsed(used, 'device', '123456', 150_000)).toBe(false);
  });

  it('a used MFA code says nothing about another code or another device', () => {
    expect(isUsed(used, 'device', '654321', 60_001)).toBe(false);
    expect(isUsed(used, 'other', '123456', 60_001)).toBe(false);
  });
});

it('the next code comes at the next half minute of the clock', () => {
  expect(nextCodeAt(0)).toBe(30_000);
  expect(nextCodeAt(29_999)).toBe(30_000);
  expect(nextCodeAt(30_000)).toBe(60_000);
});
