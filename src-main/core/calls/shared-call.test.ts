import { beforeEach, describe, expect, it } from 'vitest';
import { SharedCall } from './shared-call.ts';

let begun: { readonly resolve: (value: number) => void; readonly reject: (error: unknown) => void }[];
let shared: SharedCall<number>;

beforeEach(() => {
  begun = [];
  shared = new SharedCall(() => new Promise((resolve, reject) => begun.push({ resolve, reject })));
});

describe('a shared call', () => {
  it('a shared call begins at once where none runs, and one after it for all who ask meanwhile', async () => {
    const first = shared.ask();
    const others = Array.from({ length: 500 }, () => shared.ask());
    expect(begun).toHaveLength(1);
    begun[0]?.resolve(1);
    expect(await first).toBe(1);
    await Promise.resolve();
    expect(begun).toHaveLength(2);
    begun[1]?.resolve(2);
    expect(new Set(await Promise.all(others))).toEqual(new Set([2]));
  });

  it('a shared call is never one that had begun before somebody asked', async () => {
    const first = shared.ask();
    const second = shared.ask();
    begun[0]?.resolve(1);
    await first;
    await Promise.resolve();
    const third = shared.ask();
    begun[1]?.resolve(2);
    expect(await second).toBe(2);
    await Promise.resolve();
    begun[2]?.resolve(3);
    expect(await third).toBe(3);
    const later = shared.ask();
    begun[3]?.resolve(4);
    expect([await later, begun.length]).toEqual([4, 4]);
  });

  it('a shared call that fails does so for those who share it, and for nobody after them', async () => {
    const first = shared.ask();
    const second = shared.ask();
    begun[0]?.reject(new Error('broken'));
    await expect(first).rejects.toThrow('broken');
    await Promise.resolve();
    begun[1]?.resolve(2);
    expect(await second).toBe(2);
  });
});
