import { expect, it } from 'vitest';
import { Emitter, PatientEmitter } from './emitter.ts';

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

it('what happened before anybody listened is told to the first who does, once and only the last of it', () => {
  const heard: string[] = [];
  const doorbell = new PatientEmitter<string>();
  doorbell.emit('alice');
  doorbell.emit('bob');
  doorbell.on((who) => heard.push(`kitchen: ${who}`));
  doorbell.on((who) => heard.push(`garden: ${who}`));
  doorbell.emit('carol');
  expect(heard).toEqual(['kitchen: bob', 'kitchen: carol', 'garden: carol']);
});
