import { describe, expect, it } from 'vitest';
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
});
