import { expect, it } from 'vitest';
import { Emitter } from './emitter.ts';

it('an event reaches all who listen, and nobody who has stopped', () => {
  const heard: string[] = [];
  const doorbell = new Emitter<string>();
  doorbell.on((who) => heard.push(`kitchen: ${who}`));
  const stop = doorbell.on((who) => heard.push(`garden: ${who}`));
  doorbell.emit('alice');
  stop();
  doorbell.emit('bob');
  expect(heard).toEqual(['kitchen: alice', 'garden: alice', 'kitchen: bob']);
});
