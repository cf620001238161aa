import { describe, expect, it } from 'vitest';
import { stillHeld } from '../../testing/memory/garbage.ts';
import { SerialQueue } from './serial-queue.ts';

describe('turns', () => {
  it('turns in a serial queue are taken one after the other, in the order of the calls', async () => {
    const turns = new SerialQueue();
    const log: string[] = [];
    let endFirst = (): void => undefined;
    const first = turns.run(async () => {
      log.push('first begins');
      await new Promise<void>((resolve) => (endFirst = resolve));
      log.push('first ends');
      return 1;
    });
    const second = turns.run(async () => {
      log.push('second');
      return 2;
    });
    await Promise.resolve();
    expect(log).toEqual(['first begins']);
    endFirst();
    expect(await Promise.all([first, second])).toEqual([1, 2]);
    expect(log).toEqual(['first begins', 'first ends', 'second']);
  });

  it('turns in a serial queue go on after one that failed, whose failure is its own', async () => {
    const turns = new SerialQueue();
    const failing = turns.run(() => Promise.reject(new Error('no')));
    const next = turns.run(async () => 'done');
    await expect(failing).rejects.toThrow('no');
    expect(await next).toBe('done');
  });

  it('turns in a serial queue leave nothing of what they returned or failed with: it may be a secret, or large', async () => {
    const turns = new SerialQueue();
    const returned = await turns.run(async () => ({ secretAccessKey: 'invented' })).then((value) => new WeakRef(value));
    const kept = await stillHeld([returned]);
    const reasons: WeakRef<object>[] = [];
    const failing = async () => {
      const error = new Error('no');
      reasons.push(new WeakRef(error));
      throw error;
    };
    await turns.run(failing).catch(() => undefined);
    expect(reasons).toHaveLength(1);
    expect([kept, await stillHeld(reasons)]).toEqual([0, 0]);
    expect(await turns.run(async () => 'done')).toBe('done');
  });
});
