import { describe, expect, it } from 'vitest';
import { Turns } from './turns.ts';

describe('turns', () => {
  it('are taken one after the other, in the order of the calls', async () => {
    const turns = new Turns();
    const log: string[] = [];
    let endFirst = (): void => undefined;
    const first = turns.take(async () => {
      log.push('first begins');
      await new Promise<void>((resolve) => (endFirst = resolve));
      log.push('first ends');
      return 1;
    });
    const second = turns.take(async () => {
      log.push('second');
      return 2;
    });
    await Promise.resolve();
    expect(log).toEqual(['first begins']);
    endFirst();
    expect(await Promise.all([first, second])).toEqual([1, 2]);
    expect(log).toEqual(['first begins', 'first ends', 'second']);
  });

  it('go on after one that failed, whose failure is its own', async () => {
    const turns = new Turns();
    const failing = turns.take(() => Promise.reject(new Error('no')));
    const next = turns.take(async () => 'done');
    await expect(failing).rejects.toThrow('no');
    expect(await next).toBe('done');
  });
});
